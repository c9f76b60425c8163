"""
Who is one contact: every handle with a touch or on a card has one, and a card's handles share it.

Joining is by exact keys alone, pair by pair of cards, so that the result does not depend on the
order in which cards came in, and a later card never takes an earlier joining apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from typing import Final, NamedTuple

from maatje.model.units import Seconds
from maatje.store import meta
from maatje.store.db import Db, rows, value

NAMES_LIMIT: Final = 100
"""A handle on cards of more different names than this joins only cards of one name."""

_SAID: Final = """(
  SELECT id FROM contacts WHERE circle IS NOT NULL OR leave_alone = 1
  UNION SELECT contact_id FROM memories UNION SELECT contact_id FROM dismissals)
"""
"""Contacts of whom the user said something: these are never given up."""


class _CardKeys(NamedTuple):
    """A card as joining sees it."""

    name: str
    handles: tuple[int, ...]


class _Group(NamedTuple):
    """Cards of one person: the handles that are theirs, and those of them that others' cards hold as well."""

    handles: frozenset[int]
    contested: frozenset[int]


def agree(_one: str, _other: str) -> bool:
    """The default for ``contradict``: no two names contradict each other."""
    return False


def ensure_contacts(db: Db, now: Seconds, contradict: Callable[[str, str], bool] = agree) -> int:
    """
    Give every handle that is somebody a contact, and join those whom cards show to be one. Writes.

    Args:
        contradict: whether the names on two cards cannot be one person's; then a handle on both (a
            switchboard, a family's address) joins nobody and belongs to the first of them by name.
    Safe to repeat, and the same whatever the order of import. Of joined contacts the lowest id is
    left, with the wishes and memories of all. The user's own handles, and a card that holds one,
    are nobody's. Returns: how many handles left their contact for another, or for none; then the
    states of their ties must be made again.
    """
    _release(db)
    former: dict[int, int | None] = dict(rows(db, "SELECT id, contact_id FROM handles WHERE is_me = 0"))
    owner = dict(former)
    groups = _groups(_cards(db), contradict)
    merged = _join(groups, owner)
    new = [
        group.handles for group in groups if group.handles and all(owner.get(one, 0) is None for one in group.handles)
    ]
    on_cards = frozenset().union(*(group.handles for group in groups))
    touched = rows(
        db,
        "SELECT id FROM handles h WHERE contact_id IS NULL AND is_me = 0 "
        "AND EXISTS (SELECT 1 FROM touches t WHERE t.handle_id = h.id) ORDER BY id",
    )
    new += [frozenset([one]) for (one,) in touched if one not in on_cards]
    _make(db, now, new, owner)
    moved = [(owner[one], one) for one in owner if owner[one] != former[one]]
    db.executemany("UPDATE handles SET contact_id = ? WHERE id = ?", moved)
    for loser, left in sorted(merged.items()):
        _hand_over(db, loser, left)
    gone = _sweep(db)
    return gone + sum(former[one] is not None for _, one in moved)


def _release(db: Db) -> None:
    """Take the user's own handles out of every contact."""
    db.execute("UPDATE handles SET contact_id = NULL WHERE is_me = 1 AND contact_id IS NOT NULL")


def _cards(db: Db) -> list[_CardKeys]:
    """All cards that name a handle, by name and digest: an order that is the same in every store."""
    found: dict[int, tuple[str, list[int]]] = {}
    for number, name, handle in db.execute(
        "SELECT c.id, c.name, k.handle_id FROM cards c JOIN card_handles k ON k.card_id = c.id "
        "ORDER BY c.name, c.digest"
    ):
        found.setdefault(number, (name, []))[1].append(handle)
    own = {one for (one,) in rows(db, "SELECT id FROM handles WHERE is_me = 1")}
    return [
        # A card that holds an address of the user's own is the user's, and joins nobody.
        _CardKeys(name, tuple(handles)) for name, handles in found.values() if own.isdisjoint(handles)
    ]  # fmt: skip


def _groups(cards: list[_CardKeys], contradict: Callable[[str, str], bool]) -> list[_Group]:
    """The cards joined by the handles that they share; each handle belongs to the first card that holds it."""
    parent = list(range(len(cards)))
    holders: dict[int, list[int]] = {}
    for at, card in enumerate(cards):
        for handle in card.handles:
            holders.setdefault(handle, []).append(at)
    for having in holders.values():
        for one, other in _pairs(cards, having, contradict):
            here, there = sorted((_root(parent, one), _root(parent, other)))
            parent[there] = here
    theirs: dict[int, set[int]] = {}
    contested: set[int] = set()
    for handle, having in holders.items():
        theirs.setdefault(_root(parent, having[0]), set()).add(handle)
        if len({_root(parent, at) for at in having}) > 1:
            contested.add(handle)
    return [_Group(frozenset(found), frozenset(found & contested)) for _, found in sorted(theirs.items())]


def _pairs(
    cards: list[_CardKeys], having: list[int], contradict: Callable[[str, str], bool]
) -> Iterable[tuple[int, int]]:
    """Pairs of cards on one handle that are one person's."""
    by_name: dict[str, list[int]] = {}
    for at in having:
        by_name.setdefault(cards[at].name, []).append(at)
    for same in by_name.values():
        yield from ((same[0], other) for other in same[1:])
    if len(by_name) <= NAMES_LIMIT:
        for one, other in combinations(by_name, 2):
            if not contradict(one, other):
                yield by_name[one][0], by_name[other][0]


def _root(parent: list[int], at: int) -> int:
    while parent[at] != at:
        parent[at] = parent[parent[at]]
        at = parent[at]
    return at


def _join(groups: list[_Group], owner: dict[int, int | None]) -> Mapping[int, int]:
    """Give each group's handles one contact where any has one, in ``owner``; returns which contacts went into which."""
    merged: dict[int, int] = {}

    def left(contact: int) -> int:
        while contact in merged:
            contact = merged[contact]
        return contact

    contested = frozenset().union(*(group.contested for group in groups))
    claimed = {contact for handle, contact in owner.items() if contact is not None and handle not in contested}
    for group in groups:
        sure = {owner[one] for one in group.handles - group.contested} - {None}
        # A contested handle brings its contact along only where nobody else is in that.
        lone = {owner[one] for one in group.contested} - {None} - claimed
        known = sorted({left(one) for one in sure or lone if one is not None})
        for loser in known[1:]:
            merged[loser] = known[0]
        for handle in group.handles:
            owner[handle] = known[0] if known else None
    for handle, contact in owner.items():
        if contact is not None:
            owner[handle] = left(contact)
    return {loser: left(loser) for loser in merged}


def _make(db: Db, now: Seconds, new: list[frozenset[int]], owner: dict[int, int | None]) -> None:
    """New contacts, numbered on from the highest that ever was: a number is never given twice."""
    last = max(int(value(db, "SELECT ifnull(max(id), 0) FROM contacts")), int(meta.get(db, meta.LAST_CONTACT) or 0))
    made = []
    for handles in sorted(new, key=min):
        last += 1
        made.append((last, now))
        owner.update((one, last) for one in handles)
    db.executemany("INSERT INTO contacts(id, created_at) VALUES (?, ?)", made)
    meta.put(db, meta.LAST_CONTACT, last)


def _hand_over(db: Db, loser: int, left: int) -> None:
    """Wishes and memories of a contact go to the one it is joined into; then it is gone."""
    both = (left, loser)
    db.execute(
        """
        UPDATE contacts SET leave_alone = max(contacts.leave_alone, o.leave_alone),
          created_at = min(contacts.created_at, o.created_at),
          circle = CASE WHEN contacts.circle IS NULL OR o.circle IS NULL THEN ifnull(contacts.circle, o.circle)
                        ELSE min(contacts.circle, o.circle) END
        FROM contacts o WHERE contacts.id = ?1 AND o.id = ?2
        """,
        both,
    )
    db.execute("UPDATE memories SET contact_id = ?1 WHERE contact_id = ?2", both)
    db.execute("UPDATE OR IGNORE suggestions SET contact_id = ?1 WHERE contact_id = ?2", both)
    db.execute(
        "INSERT INTO dismissals(contact_id, kind, at, until) SELECT ?1, kind, at, until FROM dismissals "
        "WHERE contact_id = ?2 ON CONFLICT(contact_id, kind) DO UPDATE SET at = max(at, excluded.at), "
        "until = max(until, excluded.until)",
        both,
    )
    db.execute("DELETE FROM contacts WHERE id = ?", (loser,))
    db.execute("DELETE FROM tie_states WHERE contact_id = ?", (left,))


def _sweep(db: Db) -> int:
    """Handles that are neither touched nor on a card leave their contact; contacts left with none are given up."""
    db.execute(
        f"""
        UPDATE handles SET contact_id = NULL WHERE contact_id IS NOT NULL AND contact_id NOT IN {_SAID}
          AND NOT EXISTS (SELECT 1 FROM touches t WHERE t.handle_id = handles.id)
          AND NOT EXISTS (SELECT 1 FROM card_handles k WHERE k.handle_id = handles.id)
        """  # noqa: S608
    )
    gone = db.changes()
    db.execute(
        f"DELETE FROM contacts WHERE id NOT IN {_SAID} "  # noqa: S608
        "AND NOT EXISTS (SELECT 1 FROM handles h WHERE h.contact_id = contacts.id)"
    )
    return gone
