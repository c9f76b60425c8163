"""The one clock: everywhere else ``now`` is an argument."""

from __future__ import annotations

import time

from maatje.model.units import Seconds


def now() -> Seconds:
    """The present instant, whole seconds since 1970 UTC."""
    return Seconds(int(time.time()))


def stopwatch() -> float:
    """Seconds on a clock that never goes back, for measuring how long something took."""
    return time.perf_counter()
