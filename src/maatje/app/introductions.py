"""
Who can introduce the user to whom, and introductions asked, made and declined, in both directions.

Nobody is asked twice within a year; the one rule for that lies in ``planning.introductions``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from maatje.app import ties
from maatje.errors import N_, UserError
from maatje.model.briefing import Path
from maatje.model.occasion import Guest, Introduction, IntroductionState
from maatje.model.page import Act
from maatje.model.plan import Tie
from maatje.model.sentence import Sentence, say
from maatje.model.units import ContactId, Seconds
from maatje.planning.acquaintance import Graph, node_of
from maatje.planning.introductions import Asking, asked_lately, introduce, readiness
from maatje.store import contacts, occasions, undo
from maatje.store import introductions as store
from maatje.store.db import Db, snapshot

ASKED_MOST: Final = 300
"""So many of those whom one would ask gladliest are looked at, beside those present and those who know the target."""

_WORDS: Final = {
    IntroductionState.ASKED: say("{via} was asked to introduce you to {to}."),
    IntroductionState.MADE: say("{via} introduced you to {to}."),
    IntroductionState.DECLINED: say("{via} would rather not introduce you to {to}."),
}


def record(
    db: Db,
    state: IntroductionState,
    via: ContactId | None,
    to: ContactId | None,
    now: Seconds,
    *,
    other: ContactId | None = None,
    to_name: str = "",
    occasion_id: int | None = None,
) -> Introduction:
    """
    Keep that somebody was asked to introduce the user, did, or would rather not; or that the user introduced two.

    Args:
        via: whom the user asked; None: the user introduced ``to`` and ``other``.
        to_name: who was to be met, where they are no contact.
    Can be undone. Raises: UserError: who introduces whom is not told, nobody by a number, or they were
        asked within a year already.
    """
    told = to is not None or bool(to_name.strip())
    if not told or (via is None and (other is None or to is None)) or (via is not None and via in (to, other)):
        raise UserError(N_("Say who introduces whom: two different people."))
    if other is not None and other == to:
        raise UserError(N_("Say who introduces whom: two different people."))
    if occasion_id is not None:
        occasions.get(db, occasion_id)
    name = contacts.contact(db, to).name if to is not None else " ".join(to_name.split())
    if state is IntroductionState.ASKED and via is not None:
        past = [one for one, _ in store.every(db)]
        if contacts.contact(db, via).id in asked_lately(past, now):
            raise UserError(
                N_("{name} was asked for an introduction within a year already."), name=contacts.contact(db, via).name
            )
    act = Act(_sentence(db, state, via, other, name), say("That introduction is not noted any more."))
    with undo.journaled(db, act, now):
        number = store.add(db, Introduction(state, via, to, now, other, 0, occasion_id), "" if to is not None else name)
    return next(one for one, _ in store.every(db) if one.id == number)


def _sentence(db: Db, state: IntroductionState, via: ContactId | None, other: ContactId | None, name: str) -> Sentence:
    if via is None:
        assert other is not None
        return say("You brought {to} and {other} together.", to=name, other=contacts.contact(db, other).name)
    return say(_WORDS[state].text, via=contacts.contact(db, via).name, to=name)


def every(db: Db) -> tuple[tuple[Introduction, str], ...]:
    """All introductions, newest first, each with the name of who was to be met. Reads only."""
    with snapshot(db):
        return store.every(db)


def paths(
    db: Db, frame: ties.Frame, wanted: Iterable[Guest], present: Sequence[Guest], graph: Graph
) -> Mapping[int, tuple[Path, ...]]:
    """
    By whom the user may be introduced to each of these guests, by guest id. Reads; a fixed number of questions.

    Args:
        present: the guests who may come, for asking on the spot. graph: who knows whom, the wanted among them.
    """
    targets = list(wanted)
    if not targets:
        return {}
    told = [one for one, _ in store.every(db)]
    here = {guest.contact_id for guest in present if guest.contact_id is not None and guest.may_come}
    known = _gladly(db, frame, here, [node_of(guest) for guest in targets], graph)
    ready = {tie.contact_id: readiness(tie, frame.now, told) for tie in known.values()}
    barred = {one for one, (circle, alone) in frame.wishes.items() if alone or circle == 0}
    asking = Asking({one: share for one, share in ready.items() if share > 0.0}, here, barred, known, told)
    return {guest.id: introduce(graph, node_of(guest), asking) for guest in targets}


def _gladly(
    db: Db, frame: ties.Frame, here: set[ContactId], targets: Sequence[int], graph: Graph
) -> dict[ContactId, Tie]:
    """The ties of those who may be asked: present, gladly asked, or well known to a target."""
    scores = frame.scores
    order = sorted(
        frame.shown, key=lambda at: -scores.replies_7[at] * max(frame.worths[at], scores.active_90[at])
    )  # fmt: skip
    places = set(order[:ASKED_MOST])
    near = [graph.people[graph.targets[at]] for node in targets for at in graph.row(node)[:ASKED_MOST]]
    for one in (*here, *near):
        if (place := frame.place.get(ContactId(one))) is not None:
            places.add(place)
    chosen = sorted(places)
    return {tie.contact_id: tie for tie in ties.make_ties(db, frame, chosen)}
