"""What could I give?"""

from __future__ import annotations

import pytest

from maatje.model.occasion import Promise, Whose
from maatje.model.units import ContactId, Seconds
from maatje.planning.giving import Note, wanted, what_could_i_give

ANNA, BRAM, CARLA = ContactId(1), ContactId(2), ContactId(3)


def note(contact_id: ContactId, text: str, at: int = 100) -> Note:
    """A line of somebody, by a name that goes with the number."""
    return Note(contact_id, {1: "Anna", 2: "Bram", 3: "Carla"}[contact_id], text, Seconds(at))


@pytest.mark.parametrize(
    ("seeks", "offers", "words"),
    [
        ("Looks for a printer for her book", "Works as a printer in Zwolle", ("printer",)),
        ("Zoekt een drukker", "Heeft een kleine drukkerij", ("drukker",)),
        ("Is op zoek naar een boekhouder", "Hij is boekhouder", ("boekhouder",)),
        ("Heeft een fotograaf nodig voor de bruiloft", "Is fotograaf, ook trouwen", ("fotograaf",)),
        ("needs help with grant applications", "is good at grant applications", ("applications", "grant")),
        ("New job; looking for a house in Utrecht", "Verhuurt een house in Utrecht", ("house", "utrecht")),
    ],
)
def test_who_seeks_meets_who_offers(seeks: str, offers: str, words: tuple[str, ...]) -> None:
    """Two lines that share a word, one that seeks and one that offers, in Dutch and English."""
    (match,) = what_could_i_give((), [note(ANNA, seeks), note(BRAM, offers)]).matches
    assert (match.seeks.name, match.offers.name, match.words) == ("Anna", "Bram", words)
    assert dict(match.sentence.values)["sought"] == seeks


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Looks for a printer", "Looks for a printer too"),
        ("Looks for a printer", "Hates printers"),
        ("Zoekt een goede aannemer", "Is een goede tandarts"),
        ("Talked about the sea", "Makes boats"),
        ("Looks for", "Is a"),
        ("", ""),
    ],
)
def test_what_is_no_match(one: str, other: str) -> None:
    """Two who seek, a mere mention, stop words only, nothing at all."""
    assert what_could_i_give((), [note(ANNA, one), note(BRAM, other)]).matches == ()


def test_one_who_seeks_and_offers_in_one_line() -> None:
    """The clause before "but" offers, the one after it seeks."""
    line = "Is a carpenter, but looks for a workshop"
    assert set(wanted(line, offered=True).values()) == {"carpenter"}
    assert set(wanted(line, offered=False).values()) == {"workshop"}


def test_nobody_is_matched_with_themselves_an_acquaintance_or_when_left_alone() -> None:
    """The three who need no introduction."""
    notes = [note(ANNA, "Zoekt een drukker"), note(ANNA, "Is drukker"), note(BRAM, "Is drukker")]
    assert len(what_could_i_give((), notes).matches) == 1
    assert what_could_i_give((), notes, acquainted={frozenset({ANNA, BRAM})}).matches == ()
    assert what_could_i_give((), notes, apart={BRAM}).matches == ()


def test_more_shared_words_first_then_the_newest() -> None:
    """The likeliest match leads; the list ends at its limit."""
    notes = [
        note(ANNA, "Looks for a carpenter", 900),
        note(BRAM, "Looks for an oak table", 100),
        note(CARLA, "Makes oak table tops; is a carpenter", 50),
    ]
    matches = what_could_i_give((), notes).matches
    assert [one.seeks.name for one in matches] == ["Bram", "Anna"]
    assert len(what_could_i_give((), notes, limit=1).matches) == 1


def test_open_promises_of_ones_own_oldest_first() -> None:
    """Kept ones, theirs, and those to people left alone are not shown."""
    promises = [
        Promise(1, ANNA, Whose.MINE, "send the article", Seconds(300)),
        Promise(2, BRAM, Whose.MINE, "the book", Seconds(200)),
        Promise(3, ANNA, Whose.THEIRS, "a recipe", Seconds(100)),
        Promise(4, ANNA, Whose.MINE, "kept", Seconds(50), done_at=Seconds(60)),
        Promise(5, CARLA, Whose.MINE, "left alone", Seconds(10)),
    ]
    assert [one.id for one in what_could_i_give(promises, (), apart={CARLA}).promises] == [2, 1]


def test_many_notes_stay_quick_and_bounded() -> None:
    """A thousand lines give a bounded list, each pair once."""
    notes = [
        Note(ContactId(n), f"P{n}", "Looks for a printer" if n % 2 else "Is a printer", Seconds(n)) for n in range(200)
    ]
    matches = what_could_i_give((), notes).matches
    assert len(matches) == 20
    assert len({(one.seeks.contact_id, one.offers.contact_id) for one in matches}) == 20
