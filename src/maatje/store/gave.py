"""What the ledger asks of other tables: lines written of people, open promises, who knows whom, occasions by name."""

from __future__ import annotations

from typing import NamedTuple

from maatje.model.occasion import Promise, Whose
from maatje.model.units import ContactId, Seconds
from maatje.store.db import Db, rows, value
from maatje.store.exposure import FULL


class Line(NamedTuple):
    """Something the user wrote of somebody, and when."""

    contact_id: ContactId
    text: str
    at: Seconds


def lines(db: Db) -> tuple[Line, ...]:
    """All memories, and the notes on cards and of the user's own, by contact; each text once."""
    found = rows(
        db,
        "SELECT k.root_id, m.text, m.at FROM memories m JOIN contacts k ON k.id = m.contact_id "
        "UNION SELECT k.root_id, e.value, e.at FROM edits e JOIN contacts k ON k.id = e.contact_id "
        "WHERE e.field = 'note' AND e.value <> '' "
        "UNION SELECT h.contact_id, c.note, ifnull(c.revised, 0) FROM cards c JOIN card_handles j ON j.card_id = c.id "
        "JOIN handles h ON h.id = j.handle_id WHERE c.note <> '' AND h.contact_id IS NOT NULL ORDER BY 1, 3, 2",
    )
    seen: dict[tuple[int, str], Line] = {}
    for number, text, at in found:
        seen.setdefault((number, text), Line(ContactId(number), text, Seconds(at)))
    return tuple(seen.values())


def promises(db: Db) -> tuple[Promise, ...]:
    """All promises that are still open, by when they were made."""
    found = rows(
        db,
        "SELECT p.id, k.root_id, p.whose, p.text, p.made_at, p.due, p.occasion_id FROM promises p "
        "JOIN contacts k ON k.id = p.contact_id WHERE p.done_at IS NULL ORDER BY p.made_at, p.id",
    )
    return tuple(
        Promise(
            one[0], ContactId(one[1]), Whose(one[2]), one[3], Seconds(one[4]),
            None if one[5] is None else Seconds(one[5]), one[6],
        )
        for one in found
    )  # fmt: skip


def occasions(db: Db) -> tuple[tuple[int, str, str, Seconds], ...]:
    """Number, name, the words it may be found by, and beginning of every occasion, the latest first."""
    found = rows(db, "SELECT id, name, name || ' ' || series, begin FROM occasions ORDER BY begin DESC, id DESC")
    return tuple((number, name, words, Seconds(begin)) for number, name, words, begin in found)


def occasion_names(db: Db) -> dict[int, str]:
    """What occasions are called."""
    return dict(rows(db, "SELECT id, name FROM occasions"))


def first_moment(db: Db, contact_id: ContactId) -> Seconds | None:
    """When the first contact moment with somebody was, as the ledger counts them; None where there was none."""
    found = value(
        db,
        "SELECT min(t.at) FROM handles h JOIN touches t ON t.handle_id = h.id WHERE h.contact_id = ? AND t.weight >= ?",
        (contact_id, FULL),
    )
    return None if found is None else Seconds(found)


def good_evenings(db: Db, since: Seconds, until: Seconds) -> tuple[tuple[str, Seconds], ...]:
    """Name and beginning of the occasions in [since, until) of which the user said that it was a good evening."""
    found = rows(
        db, "SELECT name, begin FROM occasions WHERE evening = 'yes' AND begin >= ? AND begin < ? ORDER BY begin, id",
        (since, until),
    )  # fmt: skip
    return tuple((name, Seconds(begin)) for name, begin in found)


def waited_for(db: Db, since: Seconds, until: Seconds) -> tuple[tuple[ContactId, Seconds], ...]:
    """Of whom it was said in [since, until) that they would come by themselves, and when; once a month each."""
    found = rows(
        db,
        "SELECT k.root_id, min(s.at) FROM suggestions s JOIN contacts k ON k.id = s.contact_id "
        "WHERE s.kind = 'wait' AND s.at >= ? AND s.at < ? GROUP BY k.root_id, s.at / (30 * 86400) ORDER BY 2, 1",
        (since, until),
    )
    return tuple((ContactId(number), Seconds(at)) for number, at in found)
