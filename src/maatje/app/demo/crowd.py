"""
The crowd around the cast: some seven hundred and fifty people drawn by tier, each with a tie of its own.

The tiers follow what is known of personal networks: a few close, fifteen, fifty, a hundred and
fifty, friends who fell silent, ties that fade, colleagues of one project, and passers-by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import exp
from random import Random

from maatje.app.demo.civil import YEAR
from maatje.app.demo.people import Moment, Person, Phase, Post, begin, plain, words
from maatje.model.units import DAY, Seconds


@dataclass(frozen=True, slots=True)
class Tier:
    """How many people of a kind there are and what their ties are like; ``phases`` draws one tie."""

    part: str
    count: int
    circle: int
    flavours: tuple[str, ...]
    phases: Callable[[Random, Seconds], tuple[Phase, ...]]


def crowd(seed: int, first_key: int, until: Seconds, taken: frozenset[str]) -> Iterator[Person]:
    """Everybody but the cast. Each person has a generator of their own, so that one does not disturb the next."""
    names = set(taken)
    key = first_key
    for tier in TIERS:
        for number in range(tier.count):
            rng = Random(f"{seed}/{tier.part}/{number}")
            yield _person(rng, key, tier, names, until)
            key += 1


def _person(rng: Random, key: int, tier: Tier, names: set[str], until: Seconds) -> Person:
    """One drawn person: name, addresses, tie."""
    given, family = _name(rng, names)
    name = f"{given} {family}"
    flavour = rng.choice(tier.flavours)
    phases = tier.phases(rng, until)
    posts = tuple(_posts(rng, given, family, flavour, phases, until))
    return Person(
        key,
        name,
        tier.part,
        flavour,
        tier.circle,
        posts,
        phases,
        _lately(rng, until) if tier.circle == 15 else (),
        title=rng.choice(words()["places"]["titles"]) if posts[-1].organisation else "",
        birthday=_birthday(rng) if tier.circle or rng.random() < 0.1 else "",
        phone=f"06 5550 {key:04}" if rng.random() < 0.6 else "",
        pace=exp(rng.gauss(1.6, 0.8)),
    )


def _lately(rng: Random, until: Seconds) -> tuple[Moment, ...]:
    """A meeting in the last fortnight: whoever of the fifteen has no part to play is in touch."""
    return (Moment(Seconds(until // DAY * DAY - rng.randint(1, 12) * DAY + 10 * 3600), "met", ""),)


def _name(rng: Random, names: set[str]) -> tuple[str, str]:
    """A given and a family name that nobody has yet."""
    lists = words()["names"]
    while True:
        given = rng.choice(rng.choice((lists["women"], lists["men"])))
        family = rng.choice(lists["families"])
        if f"{given} {family}" not in names:
            names.add(f"{given} {family}")
            return given, family


def _birthday(rng: Random) -> str:
    """A birthday as cards write it, sometimes without the year."""
    month, day = rng.randint(1, 12), rng.randint(1, 28)
    return f"--{month:02}-{day:02}" if rng.random() < 0.3 else f"{rng.randint(1950, 1994)}-{month:02}-{day:02}"


def _posts(
    rng: Random, given: str, family: str, flavour: str, phases: tuple[Phase, ...], until: Seconds
) -> Iterator[Post]:
    """Addresses over the years: one at home for friends, one per employer for the others."""
    local = f"{plain(given)}.{plain(family)}"
    name = f"{given} {family}"
    if flavour == "friend":
        yield Post(begin(until), f"{local}@{rng.choice(words()['places']['homes'])}", "", name)
        return
    since = begin(until)
    form = rng.choice((local, local, f"{plain(given)[0]}.{plain(family)}", f"{plain(given)}{plain(family)[0]}"))
    shown = rng.choice((name, name, name, f"{family}, {given}" if " " not in family else name))
    last = max((phase.ends for phase in phases), default=until)
    while True:
        kind, label = rng.choice(words()["places"]["kinds"]), rng.choice(words()["places"]["labels"])
        domain = f"{plain(label)}-{plain(kind)}.example.{rng.choice(('org', 'com', 'net'))}"
        yield Post(since, f"{form}@{domain}", f"{kind} {label}", shown)
        since = Seconds(since + int(rng.gammavariate(2.5, 4.0) * YEAR))
        if since >= min(last, until):
            return


def _spread(rng: Random, mean: float, width: float = 0.5) -> float:
    """A rate around ``mean``, log-normal, so that none is below nought and a few are high."""
    return mean * exp(rng.gauss(0.0, width))


def _begins(rng: Random, until: Seconds, latest_years_ago: float) -> Seconds:
    """When a tie began: a third of them before the archives do."""
    span = until - begin(until) - int(latest_years_ago * YEAR)
    return Seconds(begin(until) + max(0, int(rng.uniform(-0.5, 1.0) * span)))


def _living(theirs: float, ours: float, meets: float, answers: float) -> Callable[[Random, Seconds], tuple[Phase, ...]]:
    """A tie that is kept up to this day, with a change of manner somewhere on the way."""

    def draw(rng: Random, until: Seconds) -> tuple[Phase, ...]:
        first, last = _begins(rng, until, 1.0), Seconds(until + int(YEAR))
        turn = Seconds(int(rng.uniform(first, until)))
        regular, certain = rng.choice((1.0, 1.3, 2.0, 4.0)), min(0.97, _spread(rng, answers, 0.12))
        comes, goes, met = _spread(rng, theirs, 0.6), _spread(rng, ours, 0.4), _spread(rng, meets, 0.3)
        change = exp(rng.gauss(0.0, 0.5))
        return (
            Phase(first, turn, comes * change, goes * change, met * change, certain, regular, 0.2),
            Phase(turn, last, comes, goes, met, certain, regular, 0.2),
        )

    return draw


def _dormant(rng: Random, until: Seconds) -> tuple[Phase, ...]:
    """Once warm, silent for three to eight years."""
    last = Seconds(until - int(rng.uniform(3.05, 8.0) * YEAR))
    first = Seconds(max(begin(until), int(last - rng.uniform(1.5, 6.0) * YEAR)))
    return (Phase(first, last, _spread(rng, 5.5), _spread(rng, 5.5), _spread(rng, 2), 0.88, 1.3, 0.25),)


def _fading(rng: Random, until: Seconds) -> tuple[Phase, ...]:
    """A tie that halves every year or so, without anybody deciding anything."""
    first = _begins(rng, until, 1.5)
    rates = (_spread(rng, 5, 0.3), _spread(rng, 5, 0.3), _spread(rng, 1.5))
    return (Phase(first, Seconds(until + int(YEAR)), *rates, 0.75, 1.0, 0.2, halving=rng.uniform(0.4, 1.6)),)


def _lopsided(rng: Random, until: Seconds) -> tuple[Phase, ...]:
    """They always come by themselves."""
    first = _begins(rng, until, 2.0)
    return (Phase(first, Seconds(until + int(YEAR)), _spread(rng, 7, 0.4), _spread(rng, 0.8), 0.5, 0.9, 2.0, 0.15),)


def _chaser(rng: Random, until: Seconds) -> tuple[Phase, ...]:
    """Hanneke writes, they seldom answer and never begin."""
    first = _begins(rng, until, 2.0)
    return (Phase(first, Seconds(until - 400 * DAY), 0.1, _spread(rng, 3), 0.1, 0.25, 1.0, 0.1),)


def _passing(rng: Random, until: Seconds) -> tuple[Phase, ...]:
    """A few messages within some weeks, and never again."""
    first = Seconds(int(rng.uniform(begin(until), until - 45 * DAY)))
    ours = rng.choice((0.0, 8.0, 14.0))
    return (Phase(first, Seconds(first + rng.randint(20, 70) * DAY), 14, ours, 0, 0.7, 1.0, 0.2),)


def _project(rng: Random, until: Seconds) -> tuple[Phase, ...]:
    """A colleague for as long as a project lasts; where the project lies is told by ``projects``."""
    return ()


TIERS = (
    Tier("one of the fifteen", 5, 15, ("friend", "work"), _living(7, 7, 3, 0.88)),
    Tier("one of the fifty", 33, 50, ("friend", "work", "work"), _living(2.4, 2.4, 1.2, 0.82)),
    Tier("one of the hundred and fifty", 100, 150, ("work", "work", "friend"), _living(0.7, 0.7, 0.4, 0.72)),
    Tier("a dormant friend", 28, 50, ("friend", "work"), _dormant),
    Tier("a tie that fades", 60, 150, ("friend", "work", "work"), _fading),
    Tier("comes by unasked", 10, 150, ("friend", "work"), _lopsided),
    Tier("seldom answers", 8, 0, ("work",), _chaser),
    Tier("a colleague of one project", 246, 0, ("project",), _project),
    Tier("somebody passing by", 240, 0, ("passer",), _passing),
    Tier("a name on a mailing list", 28, 0, ("work",), _project),
)
"""The crowd, tier by tier."""
