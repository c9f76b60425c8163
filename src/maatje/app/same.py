"""
The same person? Contacts that look alike, compared and asked; merging, splitting, and "they are two".

Comparing all of a large book takes seconds, so what was found is kept; each answer takes its pair off.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from typing import Final

from maatje.app import follow, recall
from maatje.errors import N_, SettingError
from maatje.identity.likeness import Sketch
from maatje.identity.likeness import likely as compare
from maatje.identity.names import tidy
from maatje.identity.normalise import read_handle
from maatje.model.page import Act
from maatje.model.same import Duplicates, Pair, Part, Side, Told, Weighed
from maatje.model.sentence import say
from maatje.model.units import ContactId, HandleId, Seconds, Share
from maatje.store import contacts, meta, overlay, parts, sketches, touches, undo
from maatje.store.db import Db, snapshot, transaction

COMPARED: Final = "compared"
TALKS: Final = 3
OFTEN: Final = 2
"""Who stands in so many messages with somebody is a correspondent of theirs."""

MOST_CORRESPONDENTS: Final = 50
QUICK: Final = 3_000
"""So many contacts are compared while a page waits; more only when the user asks."""


def look(db: Db) -> int:
    """Compare all contacts and keep what was found. Returns: how many pairs may be one person."""
    with snapshot(db):
        raw = sketches.sketches(db)
        together = sketches.seen_together(db)
        version = sketches.read_so_far(db)
    near: dict[int, list[tuple[int, int]]] = {}
    for (one, other), times in together.items():
        if times >= OFTEN:
            near.setdefault(one, []).append((-times, other))
            near.setdefault(other, []).append((-times, one))
    people = [sketch_of(one, near.get(one.contact_id, [])) for one in raw]
    found = [
        sketches.Likely(
            ContactId(pair.one), ContactId(pair.other), pair.chance, pair.verdict,
            tuple(fact.sentence for fact in pair.facts), tuple(fact.bits for fact in pair.facts),
        )
        # Also those said to be two people: they are left out when read, so that undo brings the question back.
        for pair in compare(people, together=together)
    ]  # fmt: skip
    with transaction(db):
        there = set(contacts.names(db))
        sketches.keep_likely(db, [pair for pair in found if pair.one in there and pair.other in there])
        meta.put(db, COMPARED, version)
    return len(found)


def sketch_of(raw: sketches.Raw, near: Sequence[tuple[int, int]] = ()) -> Sketch:
    """One contact for comparing; ``near`` are those they stand together with, most often first, as (-times, who)."""
    return Sketch(
        raw.contact_id,
        tuple(dict.fromkeys(tidied for name in raw.names if (tidied := tidy(name)))),
        raw.mails,
        raw.phones,
        raw.organisations,
        raw.birthday,
        raw.first_at,
        raw.last_at,
        frozenset(other for _, other in sorted(near)[:MOST_CORRESPONDENTS]),
    )


def is_current(db: Db) -> bool:
    """Whether contacts were compared since more was read."""
    return str(meta.get(db, COMPARED)) == sketches.read_so_far(db)


def look_where_quick(db: Db) -> None:
    """Compare all contacts where more was read since, and there are few enough for somebody to wait for it."""
    if not is_current(db) and contacts.count(db) <= QUICK:
        look(db)


def duplicates(
    db: Db,
    now: Seconds,
    *,
    offset: int = 0,
    limit: int = 20,
    skipped: Collection[frozenset[ContactId]] = frozenset(),
    of: ContactId | None = None,
) -> Duplicates:
    """
    The pairs found when contacts were last compared and not answered since. Reads only.

    Args:
        skipped: pairs that are not asked for now. of: only pairs with this contact; None for all.
    """
    with snapshot(db):
        found = [
            one
            for one in sketches.likely(db)
            if (of is None or of in (one.one, one.other)) and frozenset((one.one, one.other)) not in skipped
        ]
        return Duplicates(
            tuple(_pair(db, sketches.unfolded(one), now) for one in found[offset : offset + limit]),
            len(found),
            sum(one.verdict == "proposal" for one in found),
            is_current(db),
        )


def _pair(db: Db, found: sketches.Likely, now: Seconds) -> Pair:
    one, other = (side(db, which, now) for which in (found.one, found.other))
    # Whom the user knows better stands first: a merge goes by that name.
    if other.moments > one.moments:
        one, other = other, one
    facts = tuple(Weighed(sentence, bits) for sentence, bits in zip(found.facts, found.bits, strict=True))
    return Pair(one, other, Share(found.chance), found.verdict == "proposal", facts)


def side(db: Db, contact_id: ContactId, now: Seconds) -> Side:
    """One contact as it is laid beside another."""
    person = contacts.contact(db, contact_id)
    moments, first_at, last_at = touches.span(db, person.id, now)
    return Side(
        person.id,
        person.name,
        tuple(one.value for one in person.handles),
        person.organisation,
        person.title,
        moments,
        first_at,
        last_at,
        touches.timeline(db, person.id, 0, TALKS, before=now),
    )


def alike(db: Db, contact_id: ContactId) -> tuple[tuple[ContactId, str], ...]:
    """Who may be the same person as a contact, likeliest first: number and name. Reads only."""
    with snapshot(db):
        root = parts.root(db, contact_id)
        found = [
            one.other if one.one == root else one.one for one in sketches.likely(db) if root in (one.one, one.other)
        ]
        names = contacts.names(db, found)
        return tuple((one, names[one]) for one in found)


def merge(db: Db, left: ContactId, right: ContactId, now: Seconds) -> tuple[str, str]:
    """
    Two contacts are one person; the first keeps their name where no card says otherwise. Can be undone.

    Returns: what both were called. Raises: UserError: they are one already, or nobody by a number.
    """
    one, other = contacts.contact(db, left), contacts.contact(db, right)
    act = Act(
        say("{other} was made one with {name}.", name=one.name, other=other.name),
        say("{name} and {other} are two again.", name=one.name, other=other.name),
    )
    with undo.journaled(db, act, now, partial(follow.within, db, now)):
        parts.merge(db, left, right)
    return one.name, other.name


def not_same(db: Db, left: ContactId, right: ContactId, now: Seconds) -> tuple[str, str]:
    """
    Two contacts are two people, for good: never asked again, never joined by a card. Can be undone.

    Returns: what both are called. Raises: UserError: they are one contact, or nobody by a number.
    """
    one, other = contacts.contact(db, left), contacts.contact(db, right)
    act = Act(
        say("{name} and {other} are two people.", name=one.name, other=other.name),
        say("It is open again whether {name} and {other} are one.", name=one.name, other=other.name),
    )
    with undo.journaled(db, act, now):
        parts.say_not_same(db, left, right, now)
    return one.name, other.name


def split(db: Db, contact_id: ContactId, texts: Sequence[str], now: Seconds) -> tuple[str, str]:
    """
    Take addresses (or whole parts, as "#12" or by their name) out of a contact. Can be undone.

    Returns: what the contact was called, and what those taken out are called now.
    Raises: SettingError: something named is not theirs. UserError: nothing would be left.
    """
    person = contacts.contact(db, contact_id)
    return take_out(db, person.id, [one for text in texts for one in _handles_named(db, person.id, text)], now)


def take_out(db: Db, contact_id: ContactId, chosen: Sequence[HandleId], now: Seconds) -> tuple[str, str]:
    """As ``split``, by the numbers of the addresses."""
    person = contacts.contact(db, contact_id)
    act = Act(
        say("{name} was taken apart.", name=person.name),
        say("{name} is one contact again.", name=person.name),
    )
    made: list[ContactId] = []
    with undo.journaled(db, act, now, partial(follow.within, db, now)):
        made.append(parts.split(db, person.id, chosen, now))
    return person.name, contacts.contact(db, made[0]).name


def _handles_named(db: Db, contact_id: ContactId, text: str) -> list[HandleId]:
    """The handles of a contact that a typed text means: an address or number of theirs, or a part."""
    there = parts.parts(db, contact_id)
    number = recall.NUMBER.fullmatch(text.strip()) if text.strip().startswith("#") else None
    for part in there:
        if (number and part.contact_id == int(number[1])) or part.name.casefold() == text.strip().casefold():
            return [handle.id for handle in part.handles]
    found = read_handle(text)
    for part in there:
        for handle in part.handles:
            if found is not None and (handle.kind.value, handle.value) == found:
                return [handle.id]
    raise SettingError(N_("“{text}” is no address or part of theirs."), text=text)


def told(db: Db, contact_id: ContactId) -> Told:
    """A contact field by field with where each comes from, and its parts. Raises: UserError: nobody by this number."""
    with snapshot(db):
        root = parts.root(db, contact_id)
        consists = tuple(
            Part(one.contact_id, one.name, tuple(handle.value for handle in one.handles))
            for one in parts.parts(db, root)
        )
        return Told(root, overlay.fields(db, root), consists)
