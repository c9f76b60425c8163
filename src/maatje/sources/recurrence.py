"""
Which days a series falls on: our guard first, then a library in the sandbox.

``guarded`` turns a rule as found into one that cannot run away: known parts only, daily at the
finest, an end at the window's edge, few times a day. ``expand`` runs in the child and knows local
wall-clock times only; zones, exceptions and moved instances are settled by the caller, so the
library sees neither.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import islice
from types import SimpleNamespace
from typing import Final

from maatje.errors import N_, FormatError
from maatje.sources import sandbox

MAX_DATES: Final = 1_000
MAX_RULES: Final = 4
MAX_TIMES_A_DAY: Final = 24
_STEPS: Final = 60_000  # dates looked at before giving up: every day for 160 years
_CPU_SECONDS: Final = 1  # a real rule takes milliseconds
_LAST_YEAR: Final = 2100
_AHEAD: Final = timedelta(days=731)
_KINDS: Final = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_DAY: Final = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)\Z")
_RANGES: Final = {
    "BYMONTH": (1, 12),
    "BYMONTHDAY": (1, 31),
    "BYYEARDAY": (1, 366),
    "BYWEEKNO": (1, 53),
    "BYSETPOS": (1, 366),
}
_TIMES: Final = {"BYHOUR": (0, 23), "BYMINUTE": (0, 59), "BYSECOND": (0, 59)}


def guarded(rule: str) -> tuple[str, str]:
    """
    A rule that is safe to expand, and its UNTIL as written ("" if none).

    Args:
        rule: the value of an RRULE.
    Returns: the rule normalised without UNTIL, which the caller turns into local time.
    Raises: FormatError: finer than daily, INTERVAL below 1, or no rule at all.
    """
    found = dict(_part(piece) for piece in rule.upper().replace(" ", "").replace("\\", "").split(";") if "=" in piece)
    kind = found.get("FREQ", "")
    if kind not in _KINDS:
        raise FormatError(N_("it repeats more often than daily, or in no known way"))
    kept = [f"FREQ={kind}"]
    interval = _number(found.get("INTERVAL", "1"))
    if interval < 1:
        raise FormatError(N_("it repeats without any interval"))
    kept.append(f"INTERVAL={min(interval, 1_000)}")
    count = _number(found["COUNT"]) if "COUNT" in found else 0
    # A count below 1 says nothing; one that no window can hold neither. UNTIL or the window ends the series.
    if count and count <= _STEPS and "UNTIL" not in found:
        kept.append(f"COUNT={count}")
    if found.get("WKST", "") in ("MO", "TU", "WE", "TH", "FR", "SA", "SU"):
        kept.append(f"WKST={found['WKST']}")
    days = [match for day in found.get("BYDAY", "").split(",")[:100] if (match := _DAY.match(day)) is not None]
    if days:
        # "The second Monday" means nothing in a weekly rule.
        has_number = kind in ("MONTHLY", "YEARLY")
        kept.append("BYDAY=" + ",".join(f"{match[1] or ''}{match[2]}" if has_number else match[2] for match in days))
    kept.extend(_lists(found))
    kept.extend(_times(found))
    return ";".join(kept), found.get("UNTIL", "")


def _part(piece: str) -> tuple[str, str]:
    key, _, value = piece.partition("=")
    return key, value


def _number(text: str) -> int:
    """A whole number, or 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 12 else 0


def _lists(found: dict[str, str]) -> Iterable[str]:
    for key, (low, high) in _RANGES.items():
        numbers = [text for text in found.get(key, "").split(",")[:400] if low <= _number(text.lstrip("+-")) <= high]
        if numbers:
            yield f"{key}={','.join(numbers)}"


def _times(found: dict[str, str]) -> Iterable[str]:
    """Hours, minutes and seconds; if they give more than 24 times a day, only the first of each."""
    lists: dict[str, list[str]] = {}
    for key, (low, high) in _TIMES.items():
        texts = (text for text in found.get(key, "").split(",")[:60] if len(text) < 3 and text.isdecimal())
        lists[key] = list(dict.fromkeys(text for text in texts if low <= int(text) <= high))
    product = 1
    for numbers in lists.values():
        product *= max(1, len(numbers))
    for key, numbers in lists.items():
        if numbers:
            yield f"{key}={','.join(numbers if product <= MAX_TIMES_A_DAY else numbers[:1])}"


Rules = list[tuple[str, datetime | None]]
"""Guarded rules, each with its last possible local time or None."""


def dates(rules: Rules, first: datetime, window: tuple[datetime, datetime]) -> list[datetime]:
    """
    The local times of a series within a window, in order, at most 1,000.

    If there are more, the 800 before the last two years of the window are kept, and 200 of what
    follows: a daily meeting is known for years back, and for as long ahead as anyone plans.

    Args:
        rules: at most four are used.
        first: the local time of the first meeting, naive; it belongs to the series even if no rule gives it.
        window: naive local times, first to last, both included.
    Raises: FormatError: the library failed, or took too long.
    """
    low, high = window
    ends = ((rule, high if until is None else min(until, high)) for rule, until in rules[:MAX_RULES])
    asked = [[rule, end.isoformat()] for rule, end in ends]
    question = {"rules": asked, "first": first.isoformat(), "low": low.isoformat(), "high": high.isoformat()}
    try:
        answer = sandbox.shared("maatje.sources.recurrence:expand", cpu_seconds=_CPU_SECONDS).ask(question)
        found = [datetime.fromisoformat(text) for text in answer]
    except (sandbox.SandboxError, TypeError, ValueError) as error:
        raise FormatError(N_("its repetition could not be worked out")) from error
    if low <= first <= high:
        found.append(first)
    return _around(sorted(set(found)), high)


def _around(found: list[datetime], high: datetime) -> list[datetime]:
    """At most 1,000 of these dates in order, those around two years before ``high``."""
    if len(found) <= MAX_DATES:
        return found
    start = bisect_right(found, high - _AHEAD) - MAX_DATES * 4 // 5
    start = max(0, min(start, len(found) - MAX_DATES))
    return found[start : start + MAX_DATES]


def expand(question: dict[str, object]) -> list[str]:
    """
    In the child: the dates of some guarded rules, as ISO texts.

    Args:
        question: "rules" as [rule, last time], "first", "low" and "high" as ISO texts, all local and naive.
    Returns: per rule at most 1,000, not before "low" nor after "high".
    """
    rrulestr = _library()
    first = datetime.fromisoformat(str(question["first"]))
    low = datetime.fromisoformat(str(question["low"]))
    high = datetime.fromisoformat(str(question["high"]))
    found: list[str] = []
    rules = question["rules"]
    assert isinstance(rules, list)
    for rule, until_text in rules:
        until = datetime.fromisoformat(until_text)
        start = _nearer(rule, first, low)
        text = f"{rule};UNTIL={until:%Y%m%dT%H%M%S}" if "COUNT=" not in rule else rule
        dates: list[datetime] = []
        for date in islice(rrulestr(text, dtstart=start), _STEPS):
            if date > until:
                break
            if date >= low:
                dates.append(date)
        found.extend(date.isoformat() for date in _around(dates, high))
    return found


@lru_cache(1)
def _library() -> Callable[..., Iterable[datetime]]:
    """
    dateutil's rule reader, which otherwise looks for a 30th of February until the year 9999.

    Loaded here, not above: only the child needs it.
    """
    from dateutil import rrule  # type: ignore[import-untyped]

    rrule.datetime = SimpleNamespace(**{**vars(rrule.datetime), "MAXYEAR": _LAST_YEAR})
    reader: Callable[..., Iterable[datetime]] = rrule.rrulestr
    return reader


def _nearer(rule: str, first: datetime, low: datetime) -> datetime:
    """A start of the same rhythm just before the window, for series that began centuries ago."""
    if "COUNT=" in rule or first >= low:
        return first
    interval = int(rule.partition("INTERVAL=")[2].partition(";")[0])
    kind = rule.partition(";")[0]
    step = {"FREQ=DAILY": 1, "FREQ=WEEKLY": 7}.get(kind, 0) * interval
    if step:
        return first + timedelta(days=(low - first).days // step * step)
    # The calendar comes back after 400 years, weekdays and leap days included.
    if (400 if kind == "FREQ=YEARLY" else 4_800) % interval:
        return first
    return first.replace(year=first.year + (low.year - first.year) // 400 * 400)
