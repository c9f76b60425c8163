"""
What one contact consists of: parts that are one person, each still knowing what it was by itself.

A merge notes that two parts are one (``joins``) and moves nothing else: handles keep the part that
they belong to (``own_id``), memories and wishes stay on theirs. Whom somebody is part of now
(``root_id``, and the handles' ``contact_id``) follows from those notes, so that a split gives back
exactly what was there, whatever was read or merged in between.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import product
from typing import NamedTuple

import apsw

from maatje.errors import N_, UnknownNameError, UserError
from maatje.model.contact import Handle
from maatje.model.units import ContactId, HandleId, Seconds
from maatje.store import meta
from maatje.store.db import Db, rows, value
from maatje.store.handles import handle_from


class Part(NamedTuple):
    """A contact as it was before it was merged: what it was called then, and its handles."""

    contact_id: ContactId
    name: str
    handles: tuple[Handle, ...]


class Union:
    """Who is one with whom, by whatever pairs are joined: the lowest number of each is its root."""

    def __init__(self, pairs: Iterable[tuple[int, int]]) -> None:
        self._above: dict[int, int] = {}
        for one, other in pairs:
            self.join(one, other)

    def root(self, number: int) -> int:
        """The lowest number that this one is joined with; itself, where it is joined with none."""
        path = []
        while (above := self._above.get(number, number)) != number:
            path.append(number)
            number = above
        self._above.update((one, number) for one in path)
        return number

    def join(self, one: int, other: int) -> bool:
        """Make two one; False where they were already."""
        here, there = sorted((self.root(one), self.root(other)))
        self._above[there] = here
        return here != there


class Keys:
    """
    Parts joined by equal keys, found anew from all cards each time: so it does not matter what was before.

    What the user merged plays no part in ``root``, so that taking a merge back leaves what imports
    alone would have made; but nothing is joined that would make two one of whom they said that they are two.
    """

    def __init__(self, db: Db) -> None:
        self._keys = Union(())
        self._all = Union(rows(db, "SELECT one, other FROM joins"))
        self._apart: dict[int, set[int]] = {}
        for one, other in rows(db, _DIFFERENT.format("own_id")):
            here, there = self._all.root(one), self._all.root(other)
            self._apart.setdefault(here, set()).add(there)
            self._apart.setdefault(there, set()).add(here)

    def root(self, part: int) -> int:
        """The lowest part that this one is joined with by equal keys."""
        return self._keys.root(part)

    def whole(self, part: int) -> int:
        """The lowest part that this one is joined with by equal keys and the user's word."""
        return self._all.root(part)

    def are_apart(self, one: int, other: int) -> bool:
        """Whether the user said of these two, or of any that they are one with, that they are not the same."""
        return self._all.root(other) in self._apart.get(self._all.root(one), ())

    def join(self, one: int, other: int) -> bool:
        """Two parts have a key in common: they are one, unless the user said that they are two (False)."""
        if self.are_apart(one, other):
            return False
        enemies = self._apart.pop(self._all.root(one), set()) | self._apart.pop(self._all.root(other), set())
        former = {self._all.root(one), self._all.root(other)}
        self._keys.join(one, other)
        self._all.join(one, other)
        left = self._all.root(one)
        for enemy in enemies:
            self._apart[enemy] = (self._apart[enemy] - former) | {left}
        if enemies:
            self._apart[left] = enemies
        return True


_DIFFERENT = (
    "SELECT DISTINCT min(a.{0}, b.{0}), max(a.{0}, b.{0}) FROM differents d JOIN handles a ON a.id = d.one "
    "JOIN handles b ON b.id = d.other WHERE a.{0} IS NOT NULL AND b.{0} IS NOT NULL AND a.{0} <> b.{0}"
)


def settle(db: Db, keys: Keys) -> list[HandleId]:
    """
    Make who is part of whom follow from what was joined, for contacts and handles. Writes; safe to repeat.

    Args:
        keys: what equal keys join.
    Returns: the handles of every contact that lost one, or got one from another; the states of their
    ties must be made again.
    """
    wrong = [
        (root, one) for one, known in rows(db, "SELECT id, root_id FROM contacts") if (root := keys.whole(one)) != known
    ]
    db.executemany("UPDATE contacts SET root_id = ? WHERE id = ?", wrong)
    moved = dict(
        rows(
            db,
            "SELECT h.id, h.contact_id FROM handles h LEFT JOIN contacts c ON c.id = h.own_id "
            "WHERE h.contact_id IS NOT c.root_id",
        )
    )
    db.executemany(
        "UPDATE handles SET contact_id = (SELECT root_id FROM contacts c WHERE c.id = own_id) WHERE id = ?",
        [(one,) for one in moved],
    )
    former = array("q", sorted({one for one in moved.values() if one is not None}))
    if not former:
        return []
    db.execute("DELETE FROM tie_states WHERE contact_id IN carray(?)", (apsw.carray(former),))
    left = rows(db, "SELECT id FROM handles WHERE contact_id IN carray(?)", (apsw.carray(former),))
    return sorted({HandleId(one) for (one,) in left} | {HandleId(one) for one, was in moved.items() if was is not None})


def root(db: Db, contact_id: int) -> ContactId:
    """
    Who a contact is now: itself, or the one that it is part of.

    Raises: UserError: there was never anybody by this number.
    """
    found = known_root(db, contact_id)
    if found is None:
        raise UnknownNameError(f"#{contact_id}")
    return found


def known_root(db: Db, contact_id: int) -> ContactId | None:
    """As ``root``, or None where there was never anybody by this number."""
    found = value(db, "SELECT root_id FROM contacts WHERE id = ?", (contact_id,))
    return None if found is None else ContactId(int(found))


def parts(db: Db, contact_id: int) -> tuple[Part, ...]:
    """What a contact consists of, by number."""
    names = rows(db, "SELECT id, name FROM contacts WHERE root_id = ? ORDER BY id", (root(db, contact_id),))
    return tuple(Part(ContactId(one), name, _handles(db, one)) for one, name in names)


def _handles(db: Db, part: int) -> tuple[Handle, ...]:
    found = rows(
        db,
        "SELECT id, kind, value, contact_id, is_me, automaton, kept FROM handles WHERE own_id = ? "
        "ORDER BY kind <> 'mail', kind, value",
        (part,),
    )
    return tuple(handle_from(one) for one in found)


def merge(db: Db, left: int, right: int) -> None:
    """
    From now on two contacts are one. Writes; moves no memory, wish or message.

    What was said of the two being different is taken back. ``settle`` and what follows must come after.
    Raises: UserError: they are one already, or there is nobody by a number.
    """
    here, there = sorted((root(db, left), root(db, right)))
    if here == there:
        raise UserError(N_("These are one contact already."))
    _no_longer_different(db, here, there)
    db.execute("INSERT INTO joins(one, other) VALUES (?, ?)", (here, there))


def split(db: Db, contact_id: int, handle_ids: Iterable[int], now: Seconds) -> ContactId:
    """
    Take handles out of a contact: together they are one contact, as before where they were one before.

    Parts whose handles are all among them come back as they were, with their own memories and wishes;
    other handles get a new contact. That the two are not the same is remembered. Writes; ``settle`` and
    what follows must come after. Returns: the lowest part of what the handles are now.
    Raises: UserError: a handle is not theirs, or none would be left.
    """
    here = root(db, contact_id)
    chosen = set(handle_ids)
    owner: dict[int, int] = dict(rows(db, "SELECT id, own_id FROM handles WHERE contact_id = ?", (here,)))
    if not chosen or not chosen <= owner.keys():
        raise UserError(N_("That address is not one of theirs."))
    if chosen == owner.keys():
        raise UserError(N_("That is all there is of them; something must stay."))
    stay = {owner[one] for one in owner if one not in chosen}
    leave = {owner[one] for one in chosen} - stay
    broken = sorted(one for one in chosen if owner[one] in stay)
    # Parts without an address of their own stay with the others.
    others = {one for (one,) in rows(db, "SELECT id FROM contacts WHERE root_id = ?", (here,))} - leave
    _cut(db, leave, others)
    if broken:
        made = _make(db, now)
        db.executemany("UPDATE handles SET own_id = ? WHERE id = ?", [(made, one) for one in broken])
        leave.add(made)
    for side in (leave, others):
        _hold_together(db, sorted(side))
    say_different(db, chosen, owner.keys() - chosen, now)
    return ContactId(min(leave))


def _cut(db: Db, leave: set[int], others: set[int]) -> None:
    """Nothing joins these parts and those any more."""
    cut = [
        (one, other)
        for one, other in rows(db, "SELECT one, other FROM joins")
        if (one in leave and other in others) or (one in others and other in leave)
    ]
    db.executemany("DELETE FROM joins WHERE one = ? AND other = ?", cut)


def _hold_together(db: Db, members: Sequence[int]) -> None:
    """These parts are one, also those that only hung together by what was cut."""
    union = Union(rows(db, "SELECT one, other FROM joins"))
    new = [(members[0], other) for other in members[1:] if union.join(members[0], other)]
    db.executemany("INSERT INTO joins(one, other) VALUES (?, ?)", new)


def _make(db: Db, now: Seconds) -> int:
    """A new contact, numbered on from the highest that ever was: a number is never given twice."""
    number = 1 + max(
        int(value(db, "SELECT ifnull(max(id), 0) FROM contacts")), int(meta.get(db, meta.LAST_CONTACT) or 0)
    )
    db.execute("INSERT INTO contacts(id, created_at, root_id) VALUES (?1, ?2, ?1)", (number, now))
    meta.put(db, meta.LAST_CONTACT, number)
    return number


def adopt(db: Db, handle_id: HandleId, now: Seconds) -> ContactId:
    """
    The contact of a handle, made where it has none: somebody only ever named in others' messages. Writes.

    ``settle`` and what follows must come after. Raises: UserError: no such handle, or the user's own.
    """
    found = rows(db, "SELECT own_id, is_me FROM handles WHERE id = ?", (handle_id,))
    if not found or found[0][1]:
        raise UserError(N_("There is no sender number {number}."), number=str(handle_id))
    if found[0][0] is not None:
        return root(db, found[0][0])
    made = _make(db, now)
    db.execute("UPDATE handles SET own_id = ? WHERE id = ?", (made, handle_id))
    return ContactId(made)


def say_different(db: Db, some: Iterable[int], others: Iterable[int], now: Seconds) -> None:
    """Remember for good that these handles and those are not one person's. Writes; safe to repeat."""
    pairs = sorted({(min(pair), max(pair)) for pair in product(set(some), set(others)) if pair[0] != pair[1]})
    db.executemany(
        "INSERT OR IGNORE INTO differents(one, other, at) VALUES (?, ?, ?)", [(*pair, now) for pair in pairs]
    )


def say_not_same(db: Db, left: int, right: int, now: Seconds) -> None:
    """
    Remember for good that two contacts are not the same. Writes; safe to repeat.

    Raises: UserError: they are one contact.
    """
    here, there = root(db, left), root(db, right)
    if here == there:
        raise UserError(N_("These are one contact already."))
    say_different(db, _of(db, here), _of(db, there), now)


def apart(db: Db) -> set[tuple[ContactId, ContactId]]:
    """The pairs of contacts of whom the user said that they are not the same, the lower number first."""
    found = rows(db, _DIFFERENT.format("contact_id"))
    return {(ContactId(one), ContactId(other)) for one, other in found}


def _of(db: Db, contact_id: int) -> list[int]:
    return [one for (one,) in rows(db, "SELECT id FROM handles WHERE contact_id = ?", (contact_id,))]


def _no_longer_different(db: Db, here: int, there: int) -> None:
    some = {(min(pair), max(pair)) for pair in product(_of(db, here), _of(db, there))}
    db.executemany("DELETE FROM differents WHERE one = ? AND other = ?", sorted(some))
