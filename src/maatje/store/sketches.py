"""What comparing needs of all contacts at once: names, handles, workplaces, whom they are seen with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import Final, NamedTuple

from maatje.model.sentence import Sentence
from maatje.model.units import ContactId, Seconds
from maatje.store import sentences
from maatje.store.db import Db, row, rows

FEW: Final = 8
"""Messages and meetings of more people tell little of who knows whom."""


class Raw(NamedTuple):
    """One contact as it was read; names not tidied yet, ``birthday`` "" where no card tells it."""

    contact_id: ContactId
    names: tuple[str, ...]
    mails: tuple[str, ...]
    phones: tuple[str, ...]
    organisations: tuple[str, ...]
    birthday: str
    first_at: Seconds
    last_at: Seconds


def sketches(db: Db) -> list[Raw]:
    """All contacts, by number: those set aside as no persons have none. Reads; a fixed number of questions."""
    names: dict[int, dict[str, None]] = {}
    for contact_id, name in db.execute(_NAMES):
        names.setdefault(contact_id, {})[name] = None
    handles: dict[int, dict[str, list[str]]] = {}
    for contact_id, kind, text in db.execute(
        "SELECT contact_id, kind, value FROM handles WHERE contact_id IS NOT NULL ORDER BY contact_id, kind, value"
    ):
        handles.setdefault(contact_id, {}).setdefault(kind, []).append(text)
    organisations: dict[int, dict[str, None]] = {}
    birthdays: dict[int, str] = {}
    for contact_id, organisation, birthday in db.execute(_CARDS):
        if organisation:
            organisations.setdefault(contact_id, {})[organisation] = None
        if birthday:
            birthdays.setdefault(contact_id, birthday)
    spans = {one: (first, last) for one, first, last in db.execute(_SPANS)}
    return [
        Raw(
            ContactId(one),
            tuple(names.get(one, ())),
            tuple(found.get("mail", ())),
            tuple(found.get("phone", ())),
            tuple(organisations.get(one, ())),
            birthdays.get(one, ""),
            *(Seconds(at) for at in spans.get(one, (0, 0))),
        )
        for one, found in sorted(handles.items())
    ]


_NAMES: Final = """
  SELECT contact_id, name FROM (
    SELECT id AS contact_id, name, 0 AS place, 0 AS seen FROM contacts WHERE root_id = id AND name_rank > 1
    UNION ALL SELECT h.contact_id, c.name, 1, 0 FROM handles h JOIN card_handles k ON k.handle_id = h.id
      JOIN cards c ON c.id = k.card_id WHERE h.contact_id IS NOT NULL
    UNION ALL SELECT h.contact_id, n.name, 2, sum(n.seen) FROM handles h JOIN handle_names n ON n.handle_id = h.id
      WHERE h.contact_id IS NOT NULL GROUP BY h.contact_id, n.name)
  ORDER BY contact_id, place, seen DESC, name
"""
_CARDS: Final = """
  SELECT DISTINCT h.contact_id, c.organisation, c.birthday FROM handles h JOIN card_handles k ON k.handle_id = h.id
    JOIN cards c ON c.id = k.card_id
  WHERE h.contact_id IS NOT NULL AND (c.organisation <> '' OR c.birthday <> '') ORDER BY 1, 2, 3
"""
_SPANS: Final = """
  SELECT h.contact_id, min(t.at), max(t.at) FROM handles h JOIN touches t ON t.handle_id = h.id
  WHERE h.contact_id IS NOT NULL AND t.direction <> 2 GROUP BY h.contact_id
"""


def read_so_far(db: Db) -> str:
    """How much was read that comparing rests on: another text after each import that added somebody."""
    found = row(db, "SELECT count(*), max(id), (SELECT count(*) FROM cards), (SELECT max(id) FROM cards) FROM handles")
    return repr(found)


def seen_together(db: Db) -> Counter[tuple[int, int]]:
    """How many messages and meetings of a few people name both of two contacts (the lower number first)."""
    found: Counter[tuple[int, int]] = Counter()
    for people in _gatherings(db):
        found.update(combinations(sorted(people), 2))
    return found


def _gatherings(db: Db) -> Iterator[set[int]]:
    """The contacts in each message and meeting of at least two of them and at most ``FEW``."""
    current, people = 0, set[int]()
    for interaction, contact_id in db.execute(
        "SELECT p.interaction_id, h.contact_id FROM participants p JOIN handles h ON h.id = p.handle_id "
        "JOIN interactions i ON i.id = p.interaction_id "
        "WHERE h.contact_id IS NOT NULL AND i.recipients BETWEEN 2 AND ?1 AND i.set_aside = '' "
        "UNION ALL SELECT i.id, h.contact_id FROM interactions i JOIN handles h ON h.id = i.sender "
        "WHERE h.contact_id IS NOT NULL AND i.recipients BETWEEN 2 AND ?1 AND i.set_aside = '' ORDER BY 1",
        (FEW,),
    ):
        if interaction != current:
            if len(people) > 1:
                yield people
            current, people = interaction, set()
        people.add(contact_id)
    if len(people) > 1:
        yield people


class Likely(NamedTuple):
    """Two contacts that may be one person, as it was found when they were last compared."""

    one: ContactId
    other: ContactId
    chance: float
    verdict: str
    facts: tuple[Sentence, ...]
    bits: tuple[float, ...]


class Kept(NamedTuple):
    """As ``Likely``, its facts still as they are written; ``unfolded`` reads them, which takes longest."""

    one: ContactId
    other: ContactId
    chance: float
    verdict: str
    facts: str


def unfolded(kept: Kept) -> Likely:
    """A pair with its facts."""
    return Likely(*kept[:4], *sentences.all_weighed(kept.facts))


def keep_likely(db: Db, found: list[Likely]) -> None:
    """Keep what a comparison of all contacts found, over what was found before. Writes; a cache."""
    db.execute("DELETE FROM likely")
    db.executemany(
        "INSERT OR REPLACE INTO likely(one, other, chance, verdict, facts) VALUES (?, ?, ?, ?, ?)",
        [
            (min(pair.one, pair.other), max(pair.one, pair.other), pair.chance, pair.verdict,
             sentences.weighed(pair.facts, pair.bits))
            for pair in found
        ],
    )  # fmt: skip


def likely(db: Db) -> list[Kept]:
    """What was found, likeliest first, without what was merged since, or said to be two people."""
    found = rows(
        db,
        "SELECT a.root_id, b.root_id, max(l.chance), l.verdict, l.facts FROM likely l "
        "JOIN contacts a ON a.id = l.one JOIN contacts b ON b.id = l.other WHERE a.root_id <> b.root_id "
        "GROUP BY min(a.root_id, b.root_id), max(a.root_id, b.root_id) ORDER BY 3 DESC, l.one, l.other",
    )
    apart = {
        (one, other)
        for one, other in rows(
            db,
            "SELECT DISTINCT a.contact_id, b.contact_id FROM differents d JOIN handles a ON a.id = d.one "
            "JOIN handles b ON b.id = d.other",
        )
    }
    return [
        Kept(ContactId(one), ContactId(other), chance, verdict, facts)
        for one, other, chance, verdict, facts in found
        if (one, other) not in apart and (other, one) not in apart
    ]
