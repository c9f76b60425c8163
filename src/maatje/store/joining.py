"""
Who is one contact: every handle with a touch or on a card has one, and a card's handles share it.

Joining is by exact keys alone, pair by pair of cards, so that the result does not depend on the
order in which cards came in, and a later card never takes an earlier joining apart. What is joined
keeps its own part (parts.py), so that the user can take it apart again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations
from typing import Final, NamedTuple

from maatje.model.units import HandleId, Seconds
from maatje.store import meta
from maatje.store.db import Db, rows, value
from maatje.store.parts import Keys, settle

NAMES_LIMIT: Final = 100
"""A handle on cards of more different names than this joins only cards of one name."""

SAID: Final = """(
  SELECT root_id FROM contacts WHERE circle IS NOT NULL OR leave_alone = 1 OR known = 1 OR id IN (
    SELECT contact_id FROM memories UNION SELECT contact_id FROM dismissals UNION SELECT contact_id FROM edits
    UNION SELECT contact_id FROM promises UNION SELECT contact_id FROM encounters WHERE contact_id IS NOT NULL
    UNION SELECT contact_id FROM guests WHERE said = 1 AND contact_id IS NOT NULL))
"""
"""Contacts of whom the user said something, of any part of theirs: these are never given up."""


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


def ensure_contacts(db: Db, now: Seconds, contradict: Callable[[str, str], bool] = agree) -> list[HandleId]:
    """
    Give every handle that is somebody a contact, and join those whom cards show to be one. Writes.

    Args:
        contradict: whether the names on two cards cannot be one person's; then a handle on both (a
            switchboard, a family's address) joins nobody and belongs to the first of them by name.
    Safe to repeat, and the same whatever the order of import. Joined contacts are parts of
    the lowest of them, with their own wishes and memories. Whom the user said to be two are never
    joined. The user's own handles, and a card that holds one, are nobody's.
    Returns: as ``parts.settle``: the handles whose ties must be made again.
    """
    _release(db)
    former: dict[int, int | None] = dict(rows(db, "SELECT id, own_id FROM handles WHERE is_me = 0"))
    owner = dict(former)
    groups = _groups(_cards(db), contradict)
    keys = Keys(db)
    _join(groups, owner, keys)
    new = [
        group.handles for group in groups if group.handles and all(owner.get(one, 0) is None for one in group.handles)
    ]
    on_cards = frozenset().union(*(group.handles for group in groups))
    touched = rows(
        db,
        "SELECT id FROM handles h WHERE own_id IS NULL AND is_me = 0 "
        "AND EXISTS (SELECT 1 FROM touches t WHERE t.handle_id = h.id) ORDER BY id",
    )
    new += [frozenset([one]) for (one,) in touched if one not in on_cards]
    _make(db, now, new, owner)
    moved = [(owner[one], one) for one in owner if owner[one] != former[one]]
    db.executemany("UPDATE handles SET own_id = ? WHERE id = ?", moved)
    _sweep(db)
    return settle(db, keys)


def _release(db: Db) -> None:
    """Take the user's own handles out of every contact."""
    db.execute("UPDATE handles SET own_id = NULL WHERE is_me = 1 AND own_id IS NOT NULL")


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


def _join(groups: list[_Group], owner: dict[int, int | None], keys: Keys) -> None:
    """Give each group's handles a part of one contact, in ``owner``, and join the parts in ``keys``."""
    contested = frozenset().union(*(group.contested for group in groups))
    for group in groups:
        sure = {part for one in group.handles - group.contested if (part := owner[one]) is not None}
        for other in sorted(sure)[1:]:
            keys.join(min(sure), other)
    claimed = {keys.root(part) for one, part in owner.items() if part is not None and one not in contested}
    for group in groups:
        sure = {part for one in group.handles - group.contested if (part := owner[one]) is not None}
        # A contested handle brings its contact along only where nobody else is in that.
        lone = {part for one in group.contested if (part := owner[one]) is not None and keys.root(part) not in claimed}
        known = sorted(sure or lone)
        for other in known[1:]:
            keys.join(known[0], other)
        home = known[0] if known else None
        for one in group.handles:
            owner[one] = _home(owner[one], home, keys, is_contested=one in group.contested)


def _home(own: int | None, home: int | None, keys: Keys, *, is_contested: bool) -> int | None:
    """Where a group's handle belongs: where it was, unless others claim it as well and the group has a home."""
    if own is None or (is_contested and home is None):
        return home
    if home is None or not is_contested or keys.root(own) == keys.root(home) or keys.are_apart(own, home):
        return own
    return home


def _make(db: Db, now: Seconds, new: list[frozenset[int]], owner: dict[int, int | None]) -> None:
    """New contacts, numbered on from the highest that ever was: a number is never given twice."""
    last = max(int(value(db, "SELECT ifnull(max(id), 0) FROM contacts")), int(meta.get(db, meta.LAST_CONTACT) or 0))
    made = []
    for handles in sorted(new, key=min):
        last += 1
        made.append((last, now, last))
        owner.update((one, last) for one in handles)
    db.executemany("INSERT INTO contacts(id, created_at, root_id) VALUES (?, ?, ?)", made)
    meta.put(db, meta.LAST_CONTACT, last)


def _sweep(db: Db) -> None:
    """Handles that are neither touched nor on a card leave their contact; contacts left with none are given up."""
    db.execute(
        f"""
        UPDATE handles SET own_id = NULL WHERE own_id IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM touches t WHERE t.handle_id = handles.id)
          AND NOT EXISTS (SELECT 1 FROM card_handles k WHERE k.handle_id = handles.id)
          AND (SELECT root_id FROM contacts c WHERE c.id = own_id) NOT IN {SAID}
        """  # noqa: S608
    )
    db.execute(
        f"DELETE FROM contacts WHERE root_id NOT IN {SAID} "  # noqa: S608
        "AND NOT EXISTS (SELECT 1 FROM handles h WHERE h.own_id = contacts.id) "
        "AND NOT EXISTS (SELECT 1 FROM joins j WHERE j.one = contacts.id) "
        "AND NOT EXISTS (SELECT 1 FROM joins j WHERE j.other = contacts.id)"
    )
