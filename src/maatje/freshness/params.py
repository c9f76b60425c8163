"""
Every number that the model does not learn, with its unit, bounds and source; learned ones live in ``prior.json``.

The order of ``INPUTS`` and ``REPLY_INPUTS`` is the order of the columns that ``features`` returns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

DAY: Final = 86_400
"""Seconds in a day; days are counted from the epoch in UTC."""

NEVER: Final = -(1 << 62)
"""The instant of something that never happened, smaller than every instant, so that max() works."""

LATER: Final = 1 << 62
"""The instant of something that has not happened yet."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number of the model: ``low`` and ``high`` bound what it may sensibly be, ``source`` says who chose it."""

    name: str
    value: float
    unit: str
    low: float
    high: float
    source: str


PROMPTED: Final = Parameter(
    "prompted", 3.0, "days", 0.5, 7.0, "SCIENCE §3; 1 to 7 days do not change the ranking of models (§8, trap 4)"
)
REPLY_WITHIN: Final = Parameter("reply_within", 7.0, "days", 1.0, 30.0, "SCIENCE §3, target c")
NEVER_AGE: Final = Parameter("never_age", 4000.0, "days", 1000.0, 20_000.0, "SCIENCE §3: an age that stands for never")
WINDOW: Final = Parameter("window", 30.0, "days", 7.0, 90.0, "SCIENCE-2 §3.3")
WINDOWS: Final = Parameter("windows", 200.0, "windows", 12.0, 400.0, "SCIENCE-2 §3.3: older ones count as one")
LATELY: Final = Parameter("lately", 6.0, "windows", 3.0, 12.0, "SCIENCE-2 §3.3")
FULL: Final = Parameter(
    "full", 0.5, "weight", 0.25, 1.0, "decisions/0007: a lighter touch is a crowd's, it makes no day and no answer"
)
RETURNS: Final = Parameter(
    "returns", 3.0, "windows", 1.0, 12.0, "decisions/0013: the share of ties that came back; one window wobbles"
)
PEAK_BUCKET: Final = Parameter("peak_bucket", 90.0, "days", 30.0, 120.0, "decisions/0007: four make a year")

PARAMETERS: Final = (PROMPTED, REPLY_WITHIN, NEVER_AGE, WINDOW, WINDOWS, LATELY, RETURNS, FULL, PEAK_BUCKET)

SUMS: Final = (
    ("in", 7),
    ("in", 30),
    ("in", 90),
    ("in", 365),
    ("out", 7),
    ("out", 30),
    ("out", 90),
    ("uin", 7),
    ("uin", 30),
    ("uin", 90),
    ("asked", 90),
    ("answered", 90),
)
"""
The decayed sums a tie keeps: channel and half-life in days.

``asked``: fresh writes whose seven days are over; ``answered``: those of them answered in time.
"""

TIMES: Final = ("seen", "since", "first", "last_in", "last_out", "last_uin", "last_met")
"""Instants a tie keeps. ``seen``/``since``: latest and earliest touch of any weight; the rest: full touches only."""

COUNTS: Final = (
    "n_in",
    "n_out",
    "n_met",
    "n_asked",
    "n_replied",
    "n_answered",
    "n_fresh",
    "n_fresh_replied",
    "unanswered",
)
"""Counts a tie keeps. ``n_asked``: own messages that could be answered; ``n_fresh``: asks after a silence."""

INPUTS: Final = (
    "E_in_7", "E_in_30", "E_out_7", "E_out_30", "E_uin_30", "E_n", "E_act30",
    "a", "au", "ai", "ao", "te",
    "wA", "wU", "w6", "wa6",
    "g", "gr", "n",
    "S_da_7", "S_da_30", "S_da_90", "S_du_30", "S_du_90",
    "a*te", "a*n", "te*te", "a*a", "n*te", "wA*wA",
    "r30_90", "ru30_90", "r90_365",
    "E_back", "E_came",
    "u2", "u3", "u5",
    "a>20", "a>70", "a>200", "au>60", "au>600", "te>60", "te>150", "te>350",
    "lm", "ls", "lz", "lr", "ulm", "uls", "ulz", "ulr",
    "bg_in", "bg_any",
)  # fmt: skip
"""
SCIENCE-2's V2 (user, ages, windows, rhythm, day sums, products, user's trend, BG/NBD) and decisions/0013's: the
share of the user's ties that came back lately, ages of earlier unprompted days, bends in the ages at so many days,
the pauses' logarithm (mean, spread, how far out this silence is, log-odds of its end), of all and of unprompted days.
"""

PRODUCTS: Final = (("a", "te"), ("a", "n"), ("te", "te"), ("a", "a"), ("n", "te"), ("wA", "wA"))

BENDS: Final = tuple((name, name.split(">")[0], float(name.split(">")[1])) for name in INPUTS if ">" in name)
"""Inputs that are 0 up to an age and rise with its logarithm beyond: name, the age's input, days."""

EARLIER: Final = (2, 3, 5)
"""Which of the latest unprompted days have an input of their own; the very latest is ``au``."""

REPLY_INPUTS: Final = (
    "S_in_7", "S_in_30", "S_in_90", "S_out_7", "S_out_30", "S_out_90", "S_uin_7", "S_uin_30", "S_uin_90",
    "age", "age_in", "age_out", "age_uin", "tenure",
    "rep_ratio", "in_share", "open",
    "ego90", "ego_all", "ego_n",
)  # fmt: skip
"""SCIENCE-2's inputs for a reply within seven days, and own messages since the last sign of life (decisions/0013)."""

TARGETS: Final = ("comes_by_30", "comes_by_90", "active_30", "active_90", "replies_7")
"""The five chances. All but the last read ``INPUTS``."""
