"""One person, many names: merging moves nothing, splitting gives back exactly what was there."""

from __future__ import annotations

import pytest
from tests.store.store_making import ME, NOW, add, add_cards, card, fresh, handle, mail, settle

from maatje.errors import UserError
from maatje.model.record import Party
from maatje.model.units import ContactId, Seconds
from maatje.store import contacts, dump, notes, parts
from maatje.store.db import Db, transaction

PEOPLE = [Party(f"Persoon {letter}", f"{letter}@example.org") for letter in "abcdef"]


def _store(count: int = 6) -> Db:
    db = fresh()
    add(db, *(mail(10 + at, who, [ME], f"Van {who.name}") for at, who in enumerate(PEOPLE[:count])))
    settle(db)
    return db


def _merge(db: Db, one: int, other: int) -> None:
    with transaction(db):
        parts.merge(db, one, other)
    settle(db)


def _split(db: Db, contact: int, *addresses: str) -> ContactId:
    with transaction(db):
        made = parts.split(db, contact, [handle(db, address) for address in addresses], NOW)
    settle(db)
    return made


def _groups(db: Db) -> list[list[str]]:
    return sorted([one.value for one in contacts.contact(db, number).handles] for number in contacts.names(db))


def test_a_merge_moves_handles_and_nothing_else() -> None:
    """Memories and wishes are seen on the whole, and stand on the part that they were said of."""
    db = _store(2)
    with transaction(db):
        notes.remember(db, ContactId(2), "De boot", Seconds(1))
        contacts.set_circle(db, ContactId(2), 15)
    _merge(db, 1, 2)
    assert contacts.names(db).keys() == {1}
    assert (contacts.contact(db, ContactId(2)).id, contacts.wishes(db)) == (1, {1: (15, False)})
    assert [one.text for one in notes.memories(db, ContactId(1))] == ["De boot"]
    _split(db, 1, "b@example.org")
    assert contacts.wishes(db) == {2: (15, False)}
    assert [one.text for one in notes.memories(db, ContactId(2))] == ["De boot"]
    assert notes.memories(db, ContactId(1)) == ()


@pytest.mark.parametrize("order", [(1, 2, 3, 4, 5), (5, 4, 3, 2, 1), (3, 1, 5, 2, 4)])
def test_a_chain_of_five_comes_apart(order: tuple[int, ...]) -> None:
    """Five merges, an import in between, five splits in another order: as if nothing had been merged."""
    db, plain = _store(), _store()
    for number in (2, 3, 4, 5, 6):
        _merge(db, number, 1)
    assert _groups(db) == [[one.address for one in PEOPLE]]
    for store in (db, plain):
        add(store, mail(99, PEOPLE[2], [ME], "Later"))
        settle(store)
    for number in order:
        _split(db, parts.root(db, number + 1), PEOPLE[number].address)
    with transaction(db):
        db.execute("DELETE FROM differents")
    assert dump.parts(db) == dump.parts(plain)


def test_what_hung_together_only_through_what_left_stays_one() -> None:
    """The middle one of three is taken out: the other two stay one contact."""
    db = _store(3)
    _merge(db, 1, 2)
    with transaction(db):
        db.execute("INSERT INTO joins(one, other) VALUES (2, 3)")
    settle(db)
    _split(db, 1, "b@example.org")
    assert _groups(db) == [["a@example.org", "c@example.org"], ["b@example.org"]]


def test_a_card_does_not_join_again_what_was_split() -> None:
    """Addresses of one card that the user took apart stay apart, whatever cards come later; new ones join one side."""
    db = _store(2)
    add_cards(db, (card("Samen"), ["a@example.org", "b@example.org"]))
    settle(db)
    assert _groups(db) == [["a@example.org", "b@example.org"]]
    _split(db, 1, "b@example.org")
    add_cards(db, (card("Samen", uid="2"), ["a@example.org", "b@example.org", "z@example.org"]))
    settle(db)
    assert _groups(db) == [["a@example.org", "z@example.org"], ["b@example.org"]]


def test_later_imports_follow_a_merge() -> None:
    """An address that a card adds to one part belongs to the whole, and leaves with the part."""
    db = _store(2)
    add_cards(db, (card("Bee"), ["b@example.org"]))
    settle(db)
    _merge(db, 1, 2)
    add_cards(db, (card("Bee", uid="2"), ["b@example.org", "b2@example.org"]))
    settle(db)
    assert _groups(db) == [["a@example.org", "b2@example.org", "b@example.org"]]
    _split(db, 1, "b@example.org", "b2@example.org")
    assert _groups(db) == [["a@example.org"], ["b2@example.org", "b@example.org"]]


def test_not_the_same_is_remembered_for_good() -> None:
    """Two people stay two, until the user merges them after all."""
    db = _store(2)
    with transaction(db):
        parts.say_not_same(db, 1, 2, NOW)
    add_cards(db, (card("Samen"), ["a@example.org", "b@example.org"]))
    settle(db)
    assert _groups(db) == [["a@example.org"], ["b@example.org"]]
    assert parts.apart(db) == {(1, 2)}
    _merge(db, 1, 2)
    assert (parts.apart(db), len(contacts.names(db))) == (set(), 1)


def test_what_cannot_be_is_refused_whole() -> None:
    """Merging one with itself, in a circle, with nobody; splitting a stranger, the last address, or none at all."""
    db = _store(3)
    _merge(db, 1, 2)
    before = dump.digest(db)
    refused = [
        lambda: parts.merge(db, 1, 1),
        lambda: parts.merge(db, 2, 1),
        lambda: parts.merge(db, 1, 99),
        lambda: parts.say_not_same(db, 1, 2, NOW),
        lambda: parts.split(db, 3, [handle(db, "c@example.org")], NOW),
        lambda: parts.split(db, 1, [handle(db, "c@example.org")], NOW),
        lambda: parts.split(db, 1, [], NOW),
        lambda: parts.split(db, 99, [1], NOW),
    ]
    for deed in refused:
        with pytest.raises(UserError), transaction(db):
            deed()
    assert dump.digest(db) == before
