"""Who is one contact, what they are called, and what the user said of them."""

from __future__ import annotations

import pytest
from tests.store.store_making import JAN, ME, NOW, PIA, TOM, add, add_cards, card, fresh, handle, mail, settle, who

from maatje.errors import UserError
from maatje.model.contact import HandleKind
from maatje.model.record import Card, Property
from maatje.model.units import ContactId, HandleId, Seconds
from maatje.store import contacts, handles, notes, overlay
from maatje.store.db import Db, rows, transaction, value


def _people(db: Db) -> list[tuple[str, ...]]:
    """Every contact as its addresses."""
    found = rows(db, "SELECT group_concat(value, ' ') FROM (SELECT * FROM handles ORDER BY value) GROUP BY contact_id")
    return sorted(tuple(text.split()) for (text,) in found if text != ME.address)


def test_who_touches_or_stands_on_a_card_is_somebody() -> None:
    """Correspondents and cards make contacts; a mere name in somebody else's mail, and the user, do not."""
    db = fresh()
    add(db, mail(10, JAN, [ME, PIA]))
    add_cards(db, (card("Tom Test"), [TOM.address]))
    settle(db)
    found = dict(rows(db, "SELECT value, contact_id FROM handles"))
    assert {address for address, one in found.items() if one is not None} == {JAN.address, TOM.address}
    assert contacts.count(db) == 2


def test_one_card_is_one_person() -> None:
    """The addresses on one card belong to one contact, and two cards with one address join."""
    db = fresh()
    add(db, mail(10, JAN, [ME]), mail(20, PIA, [ME]), mail(30, TOM, [ME]))
    settle(db)
    assert contacts.count(db) == 3
    add_cards(db, (card("Jan"), [JAN.address, PIA.address]), (card("J. de Proef"), [PIA.address, "+31201234567"]))
    with transaction(db):
        assert len(contacts.ensure_contacts(db, NOW)) == 1
    assert _people(db) == [("+31201234567", "jan@example.org", "pia@example.net"), ("tom@example.com",)]
    assert contacts.count(db) == 2
    with transaction(db):
        assert contacts.ensure_contacts(db, NOW) == []


def _differ(one: str, other: str) -> bool:
    return one.split()[0] != other.split()[0]


@pytest.mark.parametrize("turned", [False, True])
def test_a_switchboard_joins_nobody(turned: bool) -> None:
    """A number on the cards of people with different names leaves them apart, and belongs to the first by name."""
    found = [(card("Jan Jansen"), [JAN.address, "+31"]), (card("Pia Pietersen"), [PIA.address, "+31"])]
    db = fresh()
    for one in reversed(found) if turned else found:
        add_cards(db, one)
        with transaction(db):
            contacts.ensure_contacts(db, NOW, _differ)
    assert _people(db) == [("+31", "jan@example.org"), ("pia@example.net",)]


def test_wishes_of_joined_contacts_are_kept() -> None:
    """When two turn out to be one, memories, wishes and what was dismissed of both stay."""
    db = fresh()
    add(db, mail(10, JAN, [ME]), mail(20, PIA, [ME]))
    settle(db)
    jan, pia = ContactId(who(db, JAN.address)), ContactId(who(db, PIA.address))
    with transaction(db):
        contacts.set_circle(db, pia, 15)
        contacts.set_leave_alone(db, pia, on=True)
        notes.remember(db, jan, "De boot", Seconds(1))
        notes.remember(db, pia, "Het feest", Seconds(2))
        notes.dismiss(db, pia, "not-now", Seconds(1), Seconds(9))
        notes.dismiss(db, jan, "not-now", Seconds(2), Seconds(5))
        notes.note_suggestions(db, "2026-W10", "greeting", [pia, jan], Seconds(3))
    add_cards(db, (card("Jan"), [JAN.address, PIA.address]))
    settle(db)
    one = contacts.contact(db, jan)
    assert (one.circle, one.leave_alone, len(one.handles)) == (15, True, 2)
    assert [memory.text for memory in notes.memories(db, jan)] == ["Het feest", "De boot"]
    assert notes.dismissals(db) == {(jan, "not-now"): (2, 9)}
    assert [found.contact_id for found in notes.suggestions(db, "2026-W10")] == [jan]
    assert contacts.contact(db, pia) == one, "a part's number means the whole"
    with pytest.raises(UserError):
        contacts.contact(db, ContactId(99))


def test_the_users_own_card_is_nobody() -> None:
    """A card with an address of the user's own makes no contact, nor does an address found to be theirs later."""
    db = fresh()
    add(db, mail(10, TOM, [JAN]))
    add_cards(db, (card("Ada"), [ME.address, "+31"]))
    settle(db)
    assert contacts.count(db) == 1
    with transaction(db):
        handles.set_me(db, [(HandleKind.MAIL, ME.address), (HandleKind.MAIL, TOM.address)])
    settle(db, everything=True)
    assert (
        rows(db, "SELECT c.id FROM contacts c JOIN handles h ON h.contact_id = c.id WHERE h.value = ?", (TOM.address,))
        == []
    )
    assert contacts.count(db) == 1


def test_who_loses_all_touches_is_given_up_unless_spoken_of() -> None:
    """A sender found to be an automaton is no contact any more; of whom the user said something stays."""
    db = fresh()
    add(db, mail(10, JAN, [ME]), mail(20, PIA, [ME]))
    settle(db)
    with transaction(db):
        contacts.set_circle(db, ContactId(who(db, PIA.address)), 5)
        handles.set_automata(db, {HandleId(handle(db, one.address)): "one-way" for one in (JAN, PIA)})
    settle(db)
    assert list(contacts.names(db).values()) == ["Pia Proef"]
    with transaction(db):
        handles.set_automata(db, {})
    settle(db)
    assert contacts.count(db) == 2
    assert who(db, JAN.address) == 3, "numbers are never given twice"


def test_names_rank_card_over_header_over_address() -> None:
    """A card's name stands above headers, the one seen most above others, any above the address."""
    db = fresh()
    add(db, mail(10, PIA._replace(name=""), [ME]), mail(11, JAN, [ME]), mail(12, JAN._replace(name="J."), [ME]))
    add(db, mail(13, JAN._replace(name=" Jan de Proef "), [ME]), mail(14, TOM, [ME]))
    add_cards(db, (card("Tom van de Kaart", uid="t", revised=5), [TOM.address]))
    settle(db)
    assert set(contacts.names(db).values()) == {"pia", "Jan de Proef", "Tom van de Kaart"}
    assert value(db, "SELECT group_concat(name_rank) FROM (SELECT name_rank FROM contacts ORDER BY 1)") == "1,2,3"  # type: ignore[arg-type]
    with transaction(db):
        assert contacts.refresh_names(db, str.strip) == 0
        assert contacts.refresh_names(db, lambda _: "", lambda _: "Uit adres", [who(db, PIA.address)]) == 1
        assert contacts.refresh_names(db, str.strip, contact_ids=[]) == 0
    assert contacts.names(db, [who(db, PIA.address)]) == {who(db, PIA.address): "Uit adres"}


REVISIONS: list[tuple[Card, list[str]]] = [
    (card("Jan", uid="u", revised=1, organisation="Oud", title="Chef", birthday="1970-01-01"), [JAN.address]),
    (card("Jan de Proef", uid="u", revised=2, organisation="Nieuw"), [JAN.address]),
    (card("Jan P.", organisation="Zonder datum", title="Baas"), [JAN.address]),
]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_the_newest_card_tells_the_facts(order: tuple[int, ...]) -> None:
    """A newer revision replaces the older of one UID in any order; other cards fill what it leaves out."""
    db = fresh()
    for at in order:
        add_cards(db, REVISIONS[at])
        add_cards(db, REVISIONS[at])
    settle(db)
    one = contacts.contact(db, ContactId(who(db, JAN.address)))
    assert (one.name, one.organisation, one.title, one.birthday) == ("Jan de Proef", "Nieuw", "Baas", "")
    assert value(db, "SELECT count(*) FROM cards") == 2  # type: ignore[arg-type]


def test_a_card_is_kept_whole() -> None:
    """Unknown properties and the picture are stored; a group's card joins nobody."""
    db = fresh()
    odd = card("Jan", properties=(Property("X-ODD", "é", (("TYPE", ("a", "b")),), "item1"),), photo=b"png")
    add_cards(db, (odd, [JAN.address]), (card("Club", is_group=True), [PIA.address, TOM.address]))
    settle(db)
    assert contacts.count(db) == 1
    assert "X-ODD" in value(db, "SELECT body FROM cards WHERE name = 'Jan'")  # type: ignore[arg-type]
    assert overlay.photo(db, ContactId(who(db, JAN.address))) == b"png"


def test_wishes_are_checked() -> None:
    """Only circles that exist, and only people who exist."""
    db = fresh()
    add(db, mail(10, JAN, [ME]))
    settle(db)
    with transaction(db):
        for circle in (5, 15, 50, 150, 0, None):
            contacts.set_circle(db, ContactId(1), circle)
        with pytest.raises(UserError, match="circle"):
            contacts.set_circle(db, ContactId(1), 7)
        with pytest.raises(UserError, match="Nobody"):
            contacts.set_leave_alone(db, ContactId(2), on=True)
    assert contacts.wishes(db) == {}


def test_the_mail_address_is_the_one_last_in_touch() -> None:
    """Of several addresses, the one that was used last is the one to write to."""
    db = fresh()
    add_cards(db, (card("Jan"), [JAN.address, TOM.address, "+31"]))
    add(db, mail(10, TOM, [ME]), mail(20, JAN, [ME]))
    settle(db)
    assert contacts.mails(db, [ContactId(1)]) == {ContactId(1): JAN.address}
