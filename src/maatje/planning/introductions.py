"""
Who can introduce the user to somebody not met yet, by whom they know: one person, or two in a row.

Those on the list are tried first: a word at the party costs nobody a letter. A path is worth the
product of its steps: how gladly the first would be asked, and how well each next one is known.
Nobody is asked twice in a year, whatever came of it; whoever is to be left alone is no step of a path.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from maatje.model.briefing import Path, Step
from maatje.model.occasion import Guest, Introduction, IntroductionState
from maatje.model.plan import Tie
from maatje.model.sentence import MonthOf, Sentence, say, say_n
from maatje.model.units import DAY, ContactId, Seconds, Share
from maatje.planning.acquaintance import Graph
from maatje.planning.grief import in_grief
from maatje.planning.restraint import UNANSWERED

ASK_AGAIN_DAYS: Final = 365
"""Nobody is asked for an introduction twice within so many days."""

LEAST_SCORE: Final = 0.02
"""A path below this is no path: better to say that there is nobody."""

THIN: Final = 0.25
"""A step below this rests on one thread or one organisation: ask first whether they know each other at all."""


@dataclass(frozen=True, slots=True)
class Asking:
    """
    Whom the user could ask.

    ``ready``: how gladly each would be asked, in (0, 1], by contact; whoever is not in it is not asked.
    ``present``: the contacts on the list. ``barred``: those who may not be a step of a path at all.
    ``ties`` and ``told`` (introductions recorded) give the evidence of the first step, as far as known.
    """

    ready: Mapping[int, float]
    present: AbstractSet[int] = frozenset()
    barred: AbstractSet[int] = frozenset()
    ties: Mapping[ContactId, Tie] = field(default_factory=lambda: MappingProxyType({}))
    told: Sequence[Introduction] = ()


def asked_lately(told: Iterable[Introduction], now: Seconds) -> frozenset[ContactId]:
    """
    Who was asked for an introduction within a year, whatever came of it.

    Args:
        told: introductions recorded, in any order. Those the user made are left out.
        now: scalar instant; one recorded by a clock that runs ahead counts as well.
    """
    since = now - ASK_AGAIN_DAYS * DAY
    return frozenset(one.via for one in told if one.via is not None and one.at > since)


def readiness(tie: Tie, now: Seconds, told: Sequence[Introduction] = ()) -> float:
    """
    How gladly somebody would be asked for an introduction.

    Args:
        tie: of the user with them.
        now: scalar instant.
        told: introductions recorded, of anybody.
    Returns: scalar in [0, 1]; 0 for who is left alone, in mourning, silent to two messages, or asked within
        a year. Else P(reply in 7 days) times how fresh or dear the tie is (the larger of worth and P(active
        within 90 days)); each introduction made takes a third off what is missing, each declined halves.
    """
    left_alone = tie.leave_alone or (tie.circle_is_own and tie.circle == 0)
    if left_alone or in_grief(tie, now) or tie.unanswered >= UNANSWERED:
        return 0.0
    if tie.not_until is not None and now < tie.not_until:
        return 0.0
    own = [one for one in told if one.via == tie.contact_id]
    if asked_lately(own, now):
        return 0.0
    gladly = tie.chances.replies_7 * max(tie.worth, tie.chances.active_90)
    made = sum(one.state is IntroductionState.MADE for one in own)
    declined = sum(one.state is IntroductionState.DECLINED for one in own)
    return float((1.0 - (1.0 - gladly) * (2.0 / 3.0) ** made) * 0.5**declined) if gladly > 0.0 else 0.0


def introduce(graph: Graph, to: int, asking: Asking, limit: int = 3) -> tuple[Path, ...]:
    """
    The best ways to be introduced to somebody.

    Args:
        graph: who knows whom.
        to: whom to meet: a contact's id, or ``acquaintance.node_of`` a guest.
        asking: whom the user could ask.
        limit: how many paths at most; scalar, >= 1.
    Returns: those over somebody present first, then the others, best first within each; one path for
        each person to ask. Empty where there is nobody that can be seen.
    """
    if to not in graph.index:
        return ()
    barred = {*asking.barred, to}
    here = {
        person: ready for person, ready in asking.ready.items() if person in asking.present and person not in barred
    }
    found = _search(graph, to, here, barred, limit)
    if len(found) < limit:
        away = {who: ready for who, ready in asking.ready.items() if who not in here and who not in barred}
        found += _search(graph, to, away, barred, limit - len(found))
    return tuple(_path(graph, to, one, asking) for one in found)


def nobody(guest: Guest, occasion_name: str) -> Sentence:
    """
    What is said where nobody can introduce: that, and a fact for an opening.

    Args:
        guest: not met yet.
        occasion_name: of the occasion.
    """
    if guest.title and guest.organisation:
        fact = say("They are {title} at {organisation}.", title=guest.title, organisation=guest.organisation)
    elif guest.organisation:
        fact = say("They come from {organisation}.", organisation=guest.organisation)
    else:
        fact = say("You have {occasion} in common, and who asked you both.", occasion=occasion_name)
    return say("Nobody I can see. {fact}", fact=fact)


_Found = tuple[float, int, int, int]
"""Score, index of whom to ask, position in the target's row, position in the middle one's row (-1: no middle)."""


class _Best:
    """The best few, one for each person to ask; ``floor`` is what the next one has to beat."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.floor = LEAST_SCORE
        self.found: dict[int, _Found] = {}

    def offer(self, one: _Found) -> None:
        """Take it, if it is better than what is there."""
        old = self.found.get(one[1])
        if old is not None and old[0] >= one[0]:
            return
        self.found[one[1]] = one
        if len(self.found) > self.limit:
            del self.found[min(self.found, key=lambda via: self.found[via][0])]
        if len(self.found) == self.limit:
            self.floor = min(kept[0] for kept in self.found.values())

    def in_order(self) -> list[_Found]:
        """Best first."""
        return sorted(self.found.values(), key=lambda one: -one[0])


def _search(graph: Graph, to: int, ready: Mapping[int, float], barred: AbstractSet[int], limit: int) -> list[_Found]:
    """
    The best paths over these people, exactly: a row is left as soon as nothing in it can beat what was found.

    Every row runs from the best known down, so the bound is the weight at hand times the gladdest of all.
    """
    index = graph.index
    willing = array("d", bytes(8 * len(graph.people)))
    degrees = 0
    for person, gladly in ready.items():
        if (at := index.get(person)) is not None and gladly > 0.0:
            willing[at] = gladly
            degrees += graph.starts[at + 1] - graph.starts[at]
    if not degrees:
        return []
    best = _Best(limit)
    top = max(willing)
    shut = {index[person] for person in barred if person in index}
    row = graph.row(to)
    for position in row:
        known = graph.weights[position]
        if known * top <= best.floor:
            break
        via = graph.targets[position]
        if known * willing[via] > best.floor:
            best.offer((known * willing[via], via, position, -1))
    if degrees < sum(graph.starts[at + 1] - graph.starts[at] for at in graph.targets[row.start : row.stop]):
        _from_the_willing(graph, row, (willing, shut), best)
    else:
        _from_the_target(graph, row, (willing, shut), best)
    return best.in_order()


def _from_the_target(graph: Graph, row: range, people: tuple[array[float], set[int]], best: _Best) -> None:
    """Two in a row, looked for from whom the target knows."""
    starts, targets, weights = graph.starts, graph.targets, graph.weights
    willing, shut = people
    top = max(willing)
    for last in row:
        near = weights[last] * top
        if near <= best.floor:
            return
        middle = targets[last]
        if middle in shut:
            continue
        begin, end = starts[middle], starts[middle + 1]
        near = weights[last]
        enough = best.floor / (near * top)
        for first, (via, known) in enumerate(zip(targets[begin:end], weights[begin:end], strict=True), begin):
            if known <= enough:
                break
            gladly = willing[via]
            if gladly and near * known * gladly > best.floor:
                best.offer((near * known * gladly, via, last, first))
                enough = best.floor / (near * top)


def _from_the_willing(graph: Graph, row: range, people: tuple[array[float], set[int]], best: _Best) -> None:
    """Two in a row, looked for from those who could be asked: cheaper where these know fewer people."""
    starts, targets, weights = graph.starts, graph.targets, graph.weights
    willing, shut = people
    lasts: dict[int, int] = {}
    for position in row:
        if targets[position] not in shut:
            lasts.setdefault(targets[position], position)
    top = max((weights[position] for position in lasts.values()), default=0.0)
    able = sorted((at for at, gladly in enumerate(willing) if gladly), key=lambda at: -willing[at])
    for via in able:
        if willing[via] * top <= best.floor:
            return
        for first in range(starts[via], starts[via + 1]):
            reach = willing[via] * weights[first]
            if reach * top <= best.floor:
                break
            last = lasts.get(targets[first])
            if last is not None and reach * weights[last] > best.floor:
                best.offer((reach * weights[last], via, last, _back(graph, targets[first], first)))


def _back(graph: Graph, middle: int, position: int) -> int:
    """The same pair as it stands in the middle one's row."""
    pair = graph.pairs[position]
    return next(at for at in range(graph.starts[middle], graph.starts[middle + 1]) if graph.pairs[at] == pair)


def _path(graph: Graph, to: int, found: _Found, asking: Asking) -> Path:
    """A path with the evidence of every step."""
    score, at, last, first = found
    via = ContactId(graph.people[at])
    positions = [last] if first < 0 else [first, last]
    people = [via, *(ContactId(graph.people[graph.targets[last]]) for _ in positions[1:]), ContactId(to)]
    own = Step(None, via, Share(asking.ready[via]), _own_evidence(via, asking))
    steps = [
        Step(one, other, Share(graph.weights[position]), graph.evidence(position))
        for (one, other), position in zip(pairwise(people), positions, strict=True)
    ]
    is_thin = any(step.strength < THIN for step in steps)
    return Path(via, ContactId(to), (own, *steps), Share(score), via in asking.present, is_thin)


def _own_evidence(via: ContactId, asking: Asking) -> tuple[Sentence, ...]:
    """How the user knows whom to ask: meetings, else messages; and what they introduced before."""
    found: list[Sentence] = []
    tie = asking.ties.get(via)
    if tie is not None:
        since = MonthOf(tie.first_at)
        if tie.n_met:
            found.append(say_n("{n} meeting since {month}", "{n} meetings since {month}", tie.n_met, month=since))
        elif tie.interactions:
            said = tie.interactions
            found.append(say_n("{n} message since {month}", "{n} messages since {month}", said, month=since))
    made = sum(one.via == via and one.state is IntroductionState.MADE for one in asking.told)
    if made:
        found.append(say_n("introduced you {n} time before", "introduced you {n} times before", made))
    return tuple(found)
