"""Talks at occasions, each with the interaction that it is, and the taps that a telephone delivered."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable
from typing import NamedTuple

import apsw

from maatje.model.interaction import Channel
from maatje.model.occasion import Encounter, Tap
from maatje.model.units import ContactId, Seconds
from maatje.store import interactions, parts, touches
from maatje.store.db import Db, rows


class Talk(NamedTuple):
    """A talk as it was kept, by its number."""

    id: int
    encounter: Encounter
    interaction_id: int | None


class KeptTap(NamedTuple):
    """A tap as it was sent: by which telephone, what its clock said when ours said ``came_at``."""

    tap: Tap
    device: str
    device_now: Seconds
    came_at: Seconds


def of_occasion(db: Db, occasion_id: int) -> tuple[Talk, ...]:
    """The talks at an occasion, in order of time."""
    return _read(db, "e.occasion_id = ?", (occasion_id,))


def every(db: Db) -> tuple[Talk, ...]:
    """All talks at all occasions, in order of time."""
    return _read(db, "1", ())


def _read(db: Db, chosen: str, bindings: tuple[int, ...]) -> tuple[Talk, ...]:
    found = rows(
        db,
        "SELECT e.id, e.occasion_id, e.at, e.guest_id, c.root_id, e.name, e.memory, e.interaction_id "  # noqa: S608
        f"FROM encounters e LEFT JOIN contacts c ON c.id = e.contact_id WHERE {chosen} ORDER BY e.at, e.id",
        bindings,
    )
    return tuple(
        Talk(
            number,
            Encounter(
                occasion_id, Seconds(at), guest_id, None if contact is None else ContactId(contact), name, memory
            ),
            interaction,
        )
        for number, occasion_id, at, guest_id, contact, name, memory, interaction in found
    )


def counts(db: Db) -> dict[int, int]:
    """How many talks are kept of each occasion that has any."""
    return dict(rows(db, "SELECT occasion_id, count(*) FROM encounters GROUP BY occasion_id"))


def add(db: Db, one: Encounter, title: str) -> int:
    """
    Keep a talk, and at once as an interaction, so that the tie's clock moves. Writes; returns its number.

    ``one.contact_id`` must be set. ``touches.attribute(db, everything=False)`` must follow.
    """
    assert one.contact_id is not None
    contact = parts.root(db, one.contact_id)
    interaction = interactions.add_encounter(db, contact, one.at, channel=Channel.ENCOUNTER, title=title)
    db.execute(
        "INSERT INTO encounters(occasion_id, guest_id, contact_id, name, at, memory, interaction_id) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (one.occasion_id, one.guest_id, contact, one.name, one.at, one.memory, interaction),
    )
    return int(db.last_insert_rowid())


def set_memory(db: Db, talk_id: int, memory: str) -> None:
    """Write the line of a talk over the former. Writes."""
    db.execute("UPDATE encounters SET memory = ?2 WHERE id = ?1 AND memory <> ?2", (talk_id, memory))


def take_back(db: Db, talk: Talk) -> None:
    """A talk that was none: it goes, and its interaction with it. Writes; ``touches.attribute`` must follow."""
    db.execute("DELETE FROM encounters WHERE id = ?", (talk.id,))
    if talk.interaction_id is not None:
        touches.revoke(db, [talk.interaction_id])
        db.execute("DELETE FROM due WHERE interaction_id = ?", (talk.interaction_id,))
        db.execute("DELETE FROM interactions WHERE id = ?", (talk.interaction_id,))


def is_only_here(db: Db, contact_id: ContactId, guest_id: int) -> bool:
    """Whether nothing is known of a contact but talks with this guest: they were made for it."""
    found = rows(
        db,
        "SELECT 1 FROM handles h JOIN card_handles k ON k.handle_id = h.id WHERE h.contact_id = ?1 UNION ALL "
        "SELECT 1 FROM handles h JOIN participants p ON p.handle_id = h.id WHERE h.contact_id = ?1 "
        "AND p.interaction_id NOT IN (SELECT interaction_id FROM encounters WHERE guest_id = ?2 "
        "AND interaction_id IS NOT NULL) UNION ALL "
        "SELECT 1 FROM handles h JOIN interactions i ON i.sender = h.id WHERE h.contact_id = ?1 LIMIT 1",
        (contact_id, guest_id),
    )
    return not found


def spoken_at(db: Db, contact_ids: Iterable[int]) -> list[tuple[ContactId, int]]:
    """At which occasions each of these contacts was spoken: (contact, occasion)."""
    wanted = array("q", sorted(set(contact_ids)))
    if not wanted:
        return []
    found = rows(
        db,
        "SELECT DISTINCT c.root_id, e.occasion_id FROM encounters e JOIN contacts c ON c.id = e.contact_id "
        "WHERE c.root_id IN carray(?) ORDER BY 1, 2",
        (apsw.carray(wanted),),
    )
    return [(ContactId(contact), occasion) for contact, occasion in found]


def keep_taps(db: Db, occasion_id: int, new: Iterable[KeptTap]) -> None:
    """Keep taps as they were sent, each once. Writes; safe to repeat."""
    db.executemany(
        "INSERT OR IGNORE INTO taps(id, occasion_id, guest_id, at, came_at, tap) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (one.tap.id, occasion_id, one.tap.guest_id, one.tap.at, one.came_at, _text(one)) for one in new
        ],
    )  # fmt: skip


def _text(one: KeptTap) -> str:
    told = {
        "name": one.tap.name, "spoke": one.tap.spoke, "memory": one.tap.memory, "device": one.device,
        "now": one.device_now,
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def taps(db: Db, occasion_id: int) -> tuple[KeptTap, ...]:
    """All taps of an occasion, in the order in which they came."""
    found = rows(
        db, "SELECT id, guest_id, at, came_at, tap FROM taps WHERE occasion_id = ? ORDER BY came_at, id", (occasion_id,)
    )
    kept = []
    for number, guest_id, at, came_at, text in found:
        told = json.loads(text)
        tap = Tap(number, Seconds(at), guest_id, told["name"], told["spoke"], told["memory"])
        kept.append(KeptTap(tap, told["device"], Seconds(told["now"]), Seconds(came_at)))
    return tuple(kept)


def known_taps(db: Db, ids: Iterable[str]) -> dict[str, int]:
    """Which of these taps are here already, and of which occasion."""
    found: dict[str, int] = {}
    for one in set(ids):
        found.update(rows(db, "SELECT id, occasion_id FROM taps WHERE id = ?", (one,)))
    return found
