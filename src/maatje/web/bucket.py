"""How often somebody may knock: a bucket of tries that fills up again, one per name, and a bounded number of names."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

MOST_NAMES: Final = 1024
"""More names than this are not told apart: the fullest bucket goes, for it has least to remember."""


class Bucket:
    """
    A limit on tries. Safe to call from any thread.

    ``burst``: how many at once, >= 1. ``per_second``: how many come back each second, > 0. ``clock`` gives
    seconds, and never goes back.
    """

    def __init__(self, burst: int, per_second: float, clock: Callable[[], float]) -> None:
        self._burst = float(burst)
        self._rate = per_second
        self._clock = clock
        self._lock = threading.Lock()
        self._left: dict[str, tuple[float, float]] = {}

    def take(self, name: str = "") -> bool:
        """Whether this name may try once more now; if so, the try is counted."""
        with self._lock:
            now = self._clock()
            left = self._now_in(name, now)
            if name not in self._left and len(self._left) >= MOST_NAMES:
                del self._left[max(self._left, key=lambda one: self._now_in(one, now))]
            allowed = left >= 1.0
            self._left[name] = (left - 1.0 if allowed else left, now)
            return allowed

    def _now_in(self, name: str, now: float) -> float:
        left, since = self._left.get(name, (self._burst, now))
        return min(self._burst, left + max(0.0, now - since) * self._rate)
