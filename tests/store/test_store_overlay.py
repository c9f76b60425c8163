"""Whose word counts: the user's, then the address book trusted most, then the newest card."""

from __future__ import annotations

import pytest
from tests.store.store_making import JAN, ME, NOW, PIA, add, add_cards, card, fresh, handle, mail, settle, source, who

from maatje.errors import UserError
from maatje.model.contact import HandleKind
from maatje.model.units import ContactId, Seconds
from maatje.store import cards, contacts, handles, overlay, passing
from maatje.store.db import Db, transaction


def _told(db: Db) -> dict[str, tuple[str, str, str]]:
    jan = ContactId(who(db, JAN.address))
    return {one.name: (one.value, one.origin, one.source) for one in overlay.fields(db, jan)}


def _store() -> Db:
    db = fresh()
    add(db, mail(10, JAN, [ME]))
    found = [
        (card("Jan Nieuw", revised=200, organisation="Nieuw BV"), "werk.vcf"),
        (card("Jan Oud", revised=100, organisation="Oud BV", title="Directeur"), "thuis.vcf"),
    ]
    for one, path in found:
        with transaction(db):
            cards.add(db, handles.HandleBook(db), source(db, path), [(one, [(HandleKind.MAIL, JAN.address)])])
    settle(db)
    return db


def test_each_field_comes_from_the_newest_card_that_tells_it() -> None:
    """A newer card without a title leaves the older one's standing; each field names its address book."""
    db = _store()
    assert _told(db) == {
        "name": ("Jan Nieuw", "card", "werk.vcf"),
        "organisation": ("Nieuw BV", "card", "werk.vcf"),
        "title": ("Directeur", "card", "thuis.vcf"),
    }


def test_the_book_trusted_most_counts_and_the_users_word_above_all() -> None:
    """Trust turns the order of cards; an edit stands above both, and is taken back by clearing it."""
    db = _store()
    jan = ContactId(who(db, JAN.address))
    with transaction(db):
        overlay.trust(db, source(db, "thuis.vcf"))
    settle(db)
    assert (_told(db)["organisation"], contacts.names(db)[jan]) == (("Oud BV", "card", "thuis.vcf"), "Jan Oud")
    with transaction(db):
        overlay.edit(db, jan, "name", "Jantje", NOW)
        overlay.edit(db, jan, "organisation", "Eigen", NOW)
    settle(db)
    assert (_told(db)["organisation"], contacts.names(db)[jan]) == (("Eigen", "you", ""), "Jantje")
    assert contacts.contact(db, jan).organisation == "Eigen"
    with transaction(db):
        overlay.clear(db, jan, "name")
    settle(db)
    assert contacts.names(db)[jan] == "Jan Oud"


def test_only_fields_there_are() -> None:
    """A field that is none, and a contact that is none, are refused."""
    db = _store()
    for contact_id, field in ((1, "salary"), (99, "name")):
        with pytest.raises(UserError), transaction(db):
            overlay.edit(db, ContactId(contact_id), field, "x", NOW)


def _light(db: Db) -> set[str]:
    return {contacts.names(db)[one] for one in passing.passers_by(db)}


def test_who_was_only_copied_or_met_once_is_met_in_passing() -> None:
    """A copy of the user's own mail makes nobody a tie; a letter, a card, or the user's word does."""
    db = fresh()
    add(db, mail(10, ME, [JAN], cc=[PIA]), mail(20, JAN, [ME]))
    settle(db)
    assert _light(db) == {PIA.name}
    add(db, mail(30, ME, [JAN], cc=[PIA]))
    settle(db)
    assert len(_light(db)) == 1, "many copies are still copies"
    with transaction(db):
        contacts.set_known(db, ContactId(who(db, PIA.address)), on=True)
    assert _light(db) == set()
    with transaction(db):
        contacts.set_known(db, ContactId(who(db, PIA.address)), on=False)
    add(db, mail(40, PIA, [ME]))
    settle(db)
    assert _light(db) == set()


def test_a_card_makes_somebody_known() -> None:
    """Whoever stands in an address book is no passer-by."""
    db = fresh()
    add(db, mail(10, ME, [JAN], cc=[PIA]))
    settle(db)
    add_cards(db, (card("Pia"), [PIA.address]))
    settle(db)
    assert (_light(db), handle(db, PIA.address) > 0) == (set(), True)


def test_revisions_of_a_card_are_noted_in_any_order() -> None:
    """Where somebody worked as of each revision stays known, though only the newest card is kept."""
    found = [card("Jan", uid="1", revised=at, organisation=f"Firma {at}") for at in (100, 300, 200)]
    noted = []
    for order in (found, found[::-1]):
        db = fresh()
        for one in order:
            add_cards(db, (one, [JAN.address]))
        noted.append(db.execute("SELECT revised, organisation FROM card_past ORDER BY revised").fetchall())
        assert db.execute("SELECT organisation FROM cards").fetchall() == [("Firma 300",)]
    assert noted[0] == noted[1] == [(Seconds(at), f"Firma {at}") for at in (100, 200, 300)]
