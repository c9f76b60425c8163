"""
Does it work? The report: what came of it beside what was done for it, with what is not known.

Lines stand in a fixed order, by kind of tie, by who began, by way, by series: never by what they
bring, and nothing is summed per person. Each thing that came counts once, for the person with whom it
began. What could not be counted is said, with how many and why.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from maatje.errors import ParameterError
from maatje.model.ledger import (
    Began,
    Difference,
    Evenings,
    Exposure,
    Gathering,
    LagCurve,
    LedgerReport,
    Rate,
    RateLine,
    Standing,
    TieKind,
    TieStrength,
    Way,
    Yield,
    YieldDirection,
    YieldKind,
)
from maatje.model.sentence import Count, Sentence, say, say_n
from maatje.model.units import DAY, Days, Seconds
from maatje.planning.lag import Acquaintance, lag_curve
from maatje.planning.rates import difference, rate, spread_of
from maatje.planning.tiekinds import tie_strength

TITLES: Final[dict[str, Sentence]] = {
    TieKind.NEW: say("new ties"),
    TieKind.MAINTAINED: say("maintained ties"),
    TieKind.REVIVED: say("revived ties"),
    TieKind.DORMANT: say("dormant ties"),
    TieStrength.STRONG: say("strong ties"),
    TieStrength.WEAK: say("weak ties"),
    Began.THEY: say("talks that they began"),
    Began.USER: say("talks that you began"),
    Began.TOGETHER: say("talks that began with a meeting"),
    Way.MESSAGE: say("messages and calls"),
    Way.MEETING: say("meetings"),
    Way.GATHERING: say("gatherings"),
}
"""What each line is called, by its key."""

_PAIRS: Final = (
    (TieKind.MAINTAINED, TieKind.NEW),
    (TieKind.REVIVED, TieKind.MAINTAINED),
    (TieKind.REVIVED, TieKind.NEW),
    (TieStrength.STRONG, TieStrength.WEAK),
    (Began.THEY, Began.USER),
)
"""What is set beside what; chosen beforehand, so that no difference is fished for."""

HOUR: Final = 3600


class Entry(NamedTuple):
    """
    One yield as the report needs it.

    ``contact_id``: with whom it began, None where nobody is known (any more). ``standing``: how things
    stood then (``tiekinds.aggregate``), None before any contact moment.
    """

    made: Yield
    contact_id: int | None
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class LedgerInput:
    """
    All that the report is made from, for the time from ``since`` (when the ledger began) to ``now``.

    ``exposures`` within that time, summed per contact and standing; ``entries`` all that was written
    down, in any order; ``gatherings`` within that time; ``first_at`` and ``peak_days`` by contact.
    """

    since: Seconds
    now: Seconds
    exposures: Sequence[Exposure]
    entries: Sequence[Entry]
    gatherings: Sequence[Gathering] = ()
    first_at: Mapping[int, Seconds] = field(default_factory=dict)
    peak_days: Mapping[int, float] = field(default_factory=dict)


def ledger_report(given: LedgerInput) -> LedgerReport:
    """
    The whole report.

    Args:
        given: plain rows; ``since`` <= ``now``.
    Returns: the same for the same rows, in whatever order.
    Raises: ParameterError: the ledger begins after now.
    """
    if given.since > given.now:
        raise ParameterError("a ledger cannot begin in the future")
    entries, left_out = _sorted_out(given)
    received = [one for one in entries if one.made.direction is YieldDirection.RECEIVED]
    placed = [one for one in received if one.standing is not None and one.contact_id is not None]
    kinds = _lines(given, placed, TieKind, lambda row: row.kind)
    strengths = _lines(given, placed, TieStrength, lambda row: _strength(given, row))
    began = _lines(given, placed, Began, lambda row: row.began)
    whole = _whole(given, placed)
    counts = {way: _by_kind(entries, way) for way in YieldDirection}
    return LedgerReport(
        since=given.since,
        as_of=given.now,
        moments=sum(row.moments for row in given.exposures),
        hours=sum(row.seconds for row in given.exposures) / HOUR,
        received=counts[YieldDirection.RECEIVED],
        given=counts[YieldDirection.GIVEN],
        whole=whole,
        kinds=kinds,
        strengths=strengths,
        began=began,
        ways=_lines(given, placed, Way, lambda row: row.way),
        series=_series(given, received),
        differences=_differences((*kinds, *strengths, *began)),
        lag=_lag(given, placed),
        evenings=_evenings(given.gatherings),
        exchange=_exchange(counts),
        lead=_lead(whole, kinds),
        left_out=left_out,
    )


class _Row(NamedTuple):
    """What a yield and an exposure share: whose, and in which standing."""

    contact_id: int
    kind: TieKind
    began: Began
    way: Way


def _sorted_out(given: LedgerInput) -> tuple[list[Entry], tuple[Sentence, ...]]:
    """The entries that count, each once, by time; and what was left out, said."""
    ahead = early = double = 0
    seen: set[tuple[object, ...]] = set()
    kept: list[Entry] = []
    for one in sorted(given.entries, key=lambda entry: (entry.made.at, entry.made.id)):
        made = one.made
        day = made.at // DAY
        text = " ".join(made.text.casefold().split()).rstrip(".!")
        key = (day, made.direction, made.kind, one.contact_id, text, made.worth_cents, made.currency)
        if made.at > given.now:
            ahead += 1
        elif made.at < given.since:
            early += 1
        elif key in seen:
            double += 1
        else:
            seen.add(key)
            kept.append(one)
    return kept, _left_out(kept, ahead, early, double)


def _left_out(kept: Sequence[Entry], ahead: int, early: int, double: int) -> tuple[Sentence, ...]:
    """What is not counted, and why, in a fixed order; nothing where everything counts."""
    received = [one for one in kept if one.made.direction is YieldDirection.RECEIVED]
    nobody = sum(one.contact_id is None for one in received)
    before = sum(one.contact_id is not None and one.standing is None for one in received)
    out = []
    if ahead:
        out.append(say_n("{n} thing lies in the future and waits.", "{n} things lie in the future and wait.", ahead))
    if early:
        out.append(
            say_n(
                "{n} thing came before the ledger began and is not counted.",
                "{n} things came before the ledger began and are not counted.",
                early,
            )
        )
    if double:
        out.append(
            say_n(
                "{n} thing was written down twice and counts once.",
                "{n} things were written down twice and count once.",
                double,
            )
        )
    if nobody:
        out.append(
            say_n(
                "{n} thing is led back to nobody who is known here: it counts as received, and for no kind of tie.",
                "{n} things are led back to nobody who is known here: they count as received, and for no kind of tie.",
                nobody,
            )
        )
    if before:
        out.append(
            say_n(
                "{n} thing came before any contact that maatje saw: it counts as received, and for no kind of tie.",
                "{n} things came before any contact that maatje saw: they count as received, and for no kind of tie.",
                before,
            )
        )
    return tuple(out)


def _strength(given: LedgerInput, row: _Row | Exposure) -> TieStrength:
    return tie_strength(given.peak_days.get(row.contact_id, 0.0))


def _rows(placed: Iterable[Entry]) -> list[_Row]:
    """Where each thing belongs; one that is led back to an occasion came through a gathering."""
    rows = []
    for one in placed:
        if one.contact_id is not None and one.standing is not None:
            way = one.standing.way if one.made.occasion_id is None else Way.GATHERING
            rows.append(_Row(one.contact_id, one.standing.kind, one.standing.began, way))
    return rows


Sorter = Callable[[_Row | Exposure], str]


def _lines(
    given: LedgerInput,
    placed: Sequence[Entry],
    keys: type[TieKind] | type[TieStrength] | type[Began] | type[Way],
    sorter: Sorter,
) -> tuple[RateLine, ...]:
    """One question's lines in the order of its keys; those with neither moments nor yields are left out."""
    done: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    spent: dict[str, int] = defaultdict(int)
    for row in given.exposures:
        key = sorter(row)
        done[key][row.contact_id] += row.moments
        spent[key] += row.seconds
    came: dict[str, Counter[int]] = defaultdict(Counter)
    for entry in _rows(placed):
        came[sorter(entry)][entry.contact_id] += 1
    return tuple(_line(key, TITLES[key], came[key], done[key], spent[key]) for key in keys if done[key] or came[key])


def _line(key: str, title: Sentence, came: Mapping[int, int], done: Mapping[int, int], spent: int) -> RateLine:
    """One line: what came, per contact moment and per hour."""
    n, moments = sum(came.values()), sum(done.values())
    # A contact who brought nothing scatters by (rate * moments)^2 at most, which only matters to the busiest.
    people = [(came.get(one, 0), float(size)) for one, size in done.items()]
    people.extend((size, 0.0) for one, size in came.items() if one not in done)
    spread = spread_of(people) if n else 1.0
    per_moment = rate(n, moments, spread) if moments else None
    per_hour = rate(n, spent / HOUR, spread) if spent else None
    hours = None if per_hour is None else _hours_sentence(per_hour)
    return RateLine(key, title, per_moment, per_hour, _sentence(n, moments, per_moment), hours)


def _sentence(n: int, moments: int, found: Rate | None) -> Sentence:
    if found is None:
        return say_n(
            "{n} thing came without a contact moment before it: nothing to divide by.",
            "{n} things came without a contact moment before them: nothing to divide by.",
            n,
        )
    if not found.is_enough:
        return say("Too early to say: {came} of {moments} contact moments.", came=n, moments=moments)
    return say(
        "About one in {each} contact moments: {came} of {moments}.",
        each=max(1, round(1.0 / found.per)),
        came=n,
        moments=moments,
    )


def _hours_sentence(found: Rate) -> Sentence:
    if not found.is_enough:
        return say("Too early to say.")
    if found.per >= 1.0:
        return say("About {times} an hour.", times=Count(round(found.per)))
    return say("One in about {hours} hours.", hours=round(1.0 / found.per))


def _whole(given: LedgerInput, placed: Sequence[Entry]) -> RateLine:
    done: dict[int, int] = defaultdict(int)
    for row in given.exposures:
        done[row.contact_id] += row.moments
    came = Counter(row.contact_id for row in _rows(placed))
    return _line("all", say("all ties"), came, done, sum(row.seconds for row in given.exposures))


def _series(given: LedgerInput, received: Sequence[Entry]) -> tuple[RateLine, ...]:
    """By series of gatherings, in the order of their first evening; per evening and per hour there."""
    came = Counter(one.made.occasion_id for one in received if one.made.occasion_id is not None)
    groups: dict[str, list[Gathering]] = defaultdict(list)
    for one in sorted(given.gatherings, key=lambda row: (row.at, row.occasion_id)):
        groups[one.series or one.title].append(one)
    out = []
    for name, evenings in groups.items():
        n = sum(came[one.occasion_id] for one in evenings)
        per_evening, spent = rate(n, len(evenings)), sum(one.seconds for one in evenings)
        per_hour = rate(n, spent / HOUR) if spent else None
        if per_evening.is_enough:
            sentence = say("{came} from {evenings} evenings.", came=Count(n), evenings=Count(len(evenings)))
        else:
            sentence = say("Too early to say: {came} from {evenings}.", came=n, evenings=len(evenings))
        hours = None if per_hour is None else _hours_sentence(per_hour)
        out.append(RateLine(name, say("{title}", title=name), per_evening, per_hour, sentence, hours))
    return tuple(out)


def _differences(lines: Sequence[RateLine]) -> tuple[Difference, ...]:
    """The pairs chosen beforehand, where both were done at all."""
    by_name = {line.name: (line.name, line.title, line.moments) for line in lines if line.moments is not None}
    out = []
    for one, other in _PAIRS:
        first, second = by_name.get(one), by_name.get(other)
        if first is not None and second is not None and first[2] is not None and second[2] is not None:
            out.append(difference((first[0], first[1], first[2]), (second[0], second[1], second[2])))
    return tuple(out)


def _lag(given: LedgerInput, placed: Sequence[Entry]) -> LagCurve:
    """From the first contact to the first thing that came; who knew each other before is watched from ``since`` on."""
    first_came: dict[int, Seconds] = {}
    for one in placed:
        if one.contact_id is not None:
            first_came.setdefault(one.contact_id, one.made.at)
    people = []
    for contact_id, first in given.first_at.items():
        if first > given.now:
            continue
        came_at = first_came.get(contact_id)
        left = given.now if came_at is None else came_at
        entered = max(0, given.since - first)
        people.append(Acquaintance(Days(entered / DAY), Days(max(entered, left - first) / DAY), came_at is not None))
    return lag_curve(people)


def _evenings(gatherings: Sequence[Gathering]) -> Evenings:
    told = [one.was_good for one in gatherings if one.was_good is not None]
    good = sum(told)
    if not told:
        return Evenings(len(gatherings), 0, 0, None)
    sentence = say_n(
        "Of {n} gathering you called {good} a good evening. That counts too, and first.",
        "Of {n} gatherings you called {good} a good evening. That counts too, and first.",
        len(told),
        good=Count(good),
    )
    return Evenings(len(gatherings), len(told), good, sentence)


def _by_kind(entries: Iterable[Entry], direction: YieldDirection) -> tuple[tuple[YieldKind, int], ...]:
    counts = Counter(one.made.kind for one in entries if one.made.direction is direction)
    return tuple((kind, counts[kind]) for kind in YieldKind if counts[kind])


def _exchange(counts: Mapping[YieldDirection, tuple[tuple[YieldKind, int], ...]]) -> Sentence:
    gave, got = (sum(n for _, n in counts[way]) for way in (YieldDirection.GIVEN, YieldDirection.RECEIVED))
    if not gave and not got:
        return say("Nothing is written down yet. What you do not write down maatje cannot see.")
    return say(
        "Given: {gave}; received: {got}. What you do not write down maatje cannot see.",
        gave=gave,
        got=got,
    )


def _lead(whole: RateLine, kinds: Sequence[RateLine]) -> tuple[Sentence, ...]:
    """The answer in two sentences: keeping up, and new acquaintances."""
    if whole.moments is None or not whole.moments.is_enough:
        return (say("Too early to say."),)
    found = {line.name: line.moments for line in kinds}
    keeping = [one for key in (TieKind.MAINTAINED, TieKind.REVIVED) if (one := found.get(key)) is not None]
    new = found.get(TieKind.NEW)
    does_keeping = any(one.is_enough for one in keeping)
    does_new = new is not None and new.is_enough
    return (
        say("Keeping up with people: something comes of it.")
        if does_keeping
        else say("Keeping up with people: too early to say."),
        say("New acquaintances: something comes of them.") if does_new else say("New acquaintances: too early to say."),
    )
