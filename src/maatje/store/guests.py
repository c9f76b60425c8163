"""Who is on an occasion's list, and which contact each of them is, or may be."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

import apsw

from maatje.errors import N_, UserError
from maatje.model.contact import HandleKind
from maatje.model.occasion import Guest, GuestStatus
from maatje.model.units import ContactId, HandleId, Seconds
from maatje.store import parts
from maatje.store.db import Db, row, rows, value


class Row(NamedTuple):
    """A guest as it is written: ``contact_id`` with ``said`` is the user's word; ``candidates`` with their chances."""

    guest: Guest
    phone: str = ""
    note: str = ""
    said: bool = False
    candidates: tuple[tuple[ContactId, float], ...] = ()


class Own(NamedTuple):
    """By what the user would be recognised on a list: their addresses, and the names seen with them."""

    mails: frozenset[str]
    names: frozenset[str]


_COLUMNS: Final = (
    "g.id, g.occasion_id, g.name, g.organisation, g.title, g.mail, c.root_id, g.said, g.dropped, g.wanted, g.phone, "
    "g.note FROM guests g LEFT JOIN contacts c ON c.id = g.contact_id"
)


def of_occasion(db: Db, occasion_id: int) -> tuple[Row, ...]:
    """
    Everybody on an occasion's list, in its order; three questions, however long it is.

    ``is_me`` is left to the caller, who knows the names (see ``own``).
    """
    return _read(db, "g.occasion_id = ?", (occasion_id,))


def of_occasions(db: Db, occasion_ids: Iterable[int]) -> dict[int, tuple[Row, ...]]:
    """The lists of several occasions, by occasion; those without a guest are left out."""
    wanted = array("q", sorted(set(occasion_ids)))
    if not wanted:
        return {}
    found: dict[int, list[Row]] = {}
    for one in _read(db, "g.occasion_id IN carray(?)", (apsw.carray(wanted),)):
        found.setdefault(one.guest.occasion_id, []).append(one)
    return {number: tuple(some) for number, some in found.items()}


def get(db: Db, guest_id: int) -> Row:
    """
    One guest.

    Raises: UserError: there is none by this number.
    """
    found = _read(db, "g.id = ?", (guest_id,))
    if not found:
        raise UserError(N_("There is no guest number {number}."), number=str(guest_id))
    return found[0]


def _read(db: Db, chosen: str, bindings: tuple[Any, ...]) -> tuple[Row, ...]:
    found = rows(db, f"SELECT {_COLUMNS} WHERE {chosen} ORDER BY g.id", bindings)
    if not found:
        return ()
    may_be: dict[int, dict[ContactId, float]] = {}
    for guest_id, contact, chance in db.execute(
        "SELECT k.guest_id, c.root_id, max(k.chance) FROM guest_candidates k JOIN guests g ON g.id = k.guest_id "  # noqa: S608
        f"JOIN contacts c ON c.id = k.contact_id WHERE {chosen} GROUP BY k.guest_id, c.root_id ORDER BY 3 DESC, 2",
        bindings,
    ):
        may_be.setdefault(guest_id, {})[ContactId(contact)] = chance
    alone = {one for (one,) in db.execute("SELECT root_id FROM contacts WHERE leave_alone = 1")}
    return tuple(_row(one, may_be.get(one[0], {}), alone) for one in found)


def _row(found: tuple[Any, ...], may_be: dict[ContactId, float], alone: set[int]) -> Row:
    number, occasion_id, name, organisation, title, mail, contact, said, dropped, wanted, phone, note = found
    status = GuestStatus.NEW
    if contact is not None:
        status = GuestStatus.KNOWN
    elif may_be and not said:
        status = GuestStatus.PERHAPS
    guest = Guest(
        id=number,
        occasion_id=occasion_id,
        name=name,
        organisation=organisation,
        title=title,
        mail=mail,
        status=status,
        contact_id=None if contact is None else ContactId(contact),
        candidates=tuple(may_be) if status is GuestStatus.PERHAPS else (),
        dropped=bool(dropped),
        leave_alone=contact in alone,
        wanted=bool(wanted),
    )
    return Row(guest, phone, note, bool(said), tuple(may_be.items()))


def next_id(db: Db) -> int:
    """The first number that no guest has."""
    return 1 + int(value(db, "SELECT ifnull(max(id), 0) FROM guests"))


def add(db: Db, new: Iterable[Row], now: Seconds) -> None:
    """Keep new guests under their own numbers, with who they may be. Writes."""
    some = list(new)
    db.executemany(
        "INSERT INTO guests(id, occasion_id, name, organisation, title, mail, phone, note, contact_id, said, dropped, "
        "wanted, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(one.guest.id, one.guest.occasion_id, *_written(db, one), now) for one in some],
    )
    _write_candidates(db, some)


def change(db: Db, some: Iterable[Row]) -> None:
    """Write guests over what was there of them, and who they may be. Writes."""
    new = list(some)
    db.executemany(
        "UPDATE guests SET name = ?, organisation = ?, title = ?, mail = ?, phone = ?, note = ?, contact_id = ?, "
        "said = ?, dropped = ?, wanted = ? WHERE id = ?",
        [(*_written(db, one), one.guest.id) for one in new],
    )
    db.executemany("DELETE FROM guest_candidates WHERE guest_id = ?", [(one.guest.id,) for one in new])
    _write_candidates(db, new)


def _written(db: Db, one: Row) -> tuple[Any, ...]:
    guest = one.guest
    contact = None if guest.contact_id is None else parts.root(db, guest.contact_id)
    return (
        guest.name, guest.organisation, guest.title, guest.mail, one.phone, one.note, contact, int(one.said),
        int(guest.dropped), int(guest.wanted),
    )  # fmt: skip


def _write_candidates(db: Db, some: Iterable[Row]) -> None:
    db.executemany(
        "INSERT OR IGNORE INTO guest_candidates(guest_id, contact_id, chance) VALUES (?, ?, ?)",
        [(one.guest.id, contact, chance) for one in some for contact, chance in one.candidates],
    )


def counts(db: Db) -> dict[int, tuple[int, int, int]]:
    """Of every occasion with a list: how many may come beside the user, are known, and are to be asked."""
    found = rows(
        db,
        "SELECT g.occasion_id, count(*), sum(g.contact_id IS NOT NULL), sum(g.contact_id IS NULL AND g.said = 0 "
        "AND EXISTS (SELECT 1 FROM guest_candidates k WHERE k.guest_id = g.id)) "
        "FROM guests g WHERE g.dropped = 0 AND g.mail NOT IN (SELECT value FROM handles WHERE is_me = 1) "
        "GROUP BY g.occasion_id",
    )
    return {number: (guests, known, unsure) for number, guests, known, unsure in found}


def own(db: Db) -> Own:
    """By what the user would be recognised on a list."""
    mails = frozenset(
        text for (text,) in db.execute("SELECT value FROM handles WHERE is_me = 1 AND kind = ?", (HandleKind.MAIL,))
    )
    names = frozenset(
        name
        for (name,) in db.execute(
            "SELECT DISTINCT n.name FROM handle_names n JOIN handles h ON h.id = n.handle_id WHERE h.is_me = 1"
        )
    )
    return Own(mails, names)


def owners(db: Db, keys: Iterable[tuple[HandleKind, str]]) -> dict[tuple[HandleKind, str], ContactId]:
    """Which contact each of these handles is one of; those of nobody, or of no person, are left out."""
    found: dict[tuple[HandleKind, str], ContactId] = {}
    for kind, text in keys:
        known = row(
            db,
            "SELECT contact_id FROM handles WHERE kind = ? AND value = ? AND contact_id IS NOT NULL AND is_me = 0 "
            "AND (automaton = '' OR kept = 1)",
            (kind.value, text),
        )
        if known is not None:
            found[(kind, text)] = ContactId(known[0])
    return found


def make_face(db: Db, name: str, keys: Iterable[tuple[HandleKind, str]], where: str, now: Seconds) -> ContactId:
    """
    A contact for somebody met who was none yet, so that the talk can be kept. Writes; what follows must come after.

    Args:
        name: what they are called.
        keys: addresses and numbers that are surely theirs. One that is taken is passed over.
        where: words that tell where they were met; with the name they make a handle where no key serves.
    """
    for kind, text in keys:
        known = row(
            db,
            "SELECT id, own_id, is_me, automaton, kept FROM handles WHERE kind = ? AND value = ?",
            (kind.value, text),
        )
        if known is None:
            return _face(db, _handle(db, kind, text), name, now)
        if known[1] is None and not known[2] and (not known[3] or known[4]):
            return _face(db, known[0], name, now)
    base = " ".join(f"{name}, {where}".split())
    text, number = base, 1
    while value(db, "SELECT 1 FROM handles WHERE kind = ? AND value = ?", (HandleKind.NAME.value, text)) is not None:
        number += 1
        text = f"{base} ({number})"
    return _face(db, _handle(db, HandleKind.NAME, text), name, now)


def _handle(db: Db, kind: HandleKind, text: str) -> int:
    db.execute("INSERT INTO handles(kind, value) VALUES (?, ?)", (kind.value, text))
    return int(db.last_insert_rowid())


def _face(db: Db, handle_id: int, name: str, now: Seconds) -> ContactId:
    contact = parts.adopt(db, HandleId(handle_id), now)
    db.execute("UPDATE handles SET contact_id = ? WHERE id = ?", (contact, handle_id))
    db.execute(
        "INSERT INTO handle_names(handle_id, name, seen) VALUES (?, ?, 1) "
        "ON CONFLICT(handle_id, name) DO UPDATE SET seen = seen + 1",
        (handle_id, name),
    )
    return contact


def organisations(db: Db) -> dict[ContactId, str]:
    """Where each contact works, as their newest card says, or the user; those of whom nobody says it are left out."""
    found: dict[ContactId, str] = dict(
        rows(
            db,
            "SELECT h.contact_id, c.organisation FROM cards c JOIN card_handles k ON k.card_id = c.id "
            "JOIN handles h ON h.id = k.handle_id WHERE c.organisation <> '' AND h.contact_id IS NOT NULL "
            "ORDER BY ifnull(c.revised, 0), c.digest",
        )
    )
    told = (
        "SELECT c.root_id, e.value FROM edits e JOIN contacts c ON c.id = e.contact_id WHERE e.field = 'organisation'"
    )
    found.update(rows(db, f"{told} ORDER BY e.at"))
    return found


def said_before(db: Db, occasion_ids: Iterable[int]) -> Mapping[tuple[str, str], ContactId | None]:
    """What the user said of guests of these occasions: (name, organisation) as listed, to a contact or nobody."""
    wanted = array("q", sorted(set(occasion_ids)))
    if not wanted:
        return {}
    found = rows(
        db,
        "SELECT g.name, g.organisation, c.root_id FROM guests g LEFT JOIN contacts c ON c.id = g.contact_id "
        "WHERE g.said = 1 AND g.occasion_id IN carray(?) ORDER BY g.id",
        (apsw.carray(wanted),),
    )
    return {(name, organisation): contact for name, organisation, contact in found}


def own_name(db: Db) -> str:
    """What the user is called: the name seen most with their addresses, or ""."""
    found = value(
        db,
        "SELECT n.name FROM handle_names n JOIN handles h ON h.id = n.handle_id WHERE h.is_me = 1 "
        "GROUP BY n.name ORDER BY sum(n.seen) DESC, n.name LIMIT 1",
    )
    return "" if found is None else str(found)
