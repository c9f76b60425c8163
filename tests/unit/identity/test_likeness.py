"""Proposals and questions: what speaks for one person, what against, and what is never offered."""

from __future__ import annotations

from itertools import product

import pytest

from maatje.identity import blocking
from maatje.identity.likeness import Book, Likeness, Sketch, likely
from maatje.identity.likeness_weights import QUESTION
from maatje.identity.sketch import made_ready, surnames_of
from maatje.model.units import DAY, Seconds

YEAR = 365 * DAY
AT = 1_500_000_000

GIVEN = ("Arjen", "Bente", "Coen", "Dewi", "Egbert", "Froukje", "Gijs", "Hilde", "Ivo", "Jolijn")
FAMILY = ("Aalders", "Beukema", "Cramer", "Doornbos", "Elsinga", "Faber", "Gort", "Hazelhof", "Idema", "Kip")
STRANGERS = tuple(
    Sketch(1_000 + n, (f"{given} {family}",), (f"p{n}@h{n}.example",))
    for n, (given, family) in enumerate(product(GIVEN, FAMILY))
)
"""A hundred people nobody is like, so that a book has a size."""


def found(*sketches: Sketch, together: dict[tuple[int, int], int] | None = None) -> dict[tuple[int, int], Likeness]:
    """What is offered of a few among a hundred strangers."""
    offered = likely((*sketches, *STRANGERS), together=together or {})
    return {(one.one, one.other): one for one in offered if one.other < 1_000}


def said(likeness: Likeness) -> list[str]:
    """The texts of its facts."""
    return [fact.sentence.text for fact in likeness.facts]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jan van den Berg", "J. van den Berg"),
        ("Jan van den Berg", "Jan Vandenberg"),
        ("Jan van den Berg", "Berg Jan"),
        ("Fenna de Graaf", "Fenna de Graff"),
        ("Cornelis Oosterhof", "Kees Oosterhof"),
        ("Сергей Иванов", "Sergej Ivanov"),
        ("Γιώργος Παπαδόπουλος", "Giorgos Papadopoylos"),
        ("Jan Vermeulen", "J. Vermeulen-Oost"),
        ("Marloes Schouten", "M. Schouten-van Dijk"),
        ("Gabriela García Moreno", "Gabriela García"),
        ("Jürgen Müller", "Juergen Mueller"),
        ("Dmitri Volkov", "Dmitriy Volkov"),
        ("Hans ter Horst", "J. ter Horst"),
    ],
)
def test_spellings_of_one_name_are_asked(one: str, other: str) -> None:
    """Particles, initials, pet names, turned names, other scripts, double surnames and slips still make a question."""
    offered = found(Sketch(1, (one,), ("a1@b1.example",)), Sketch(2, (other,), ("c2@d2.example",)))
    assert (1, 2) in offered
    assert offered[1, 2].verdict == "question"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jan van den Berg", "Piet van den Berg"),
        ("J.P. de Vries", "J.M. de Vries"),
        ("Jan Peter de Vries", "Jan Willem de Vries"),
        ("Jan de Vries Jr.", "Jan de Vries Sr."),
        ("Erik Postma", "Erika Postma"),
        ("Fenna de Graaf", "Fenna Oosterhof"),
        ("Jan Postma B.V.", "Jan Postma"),
    ],
)
def test_two_people_are_not_asked(one: str, other: str) -> None:
    """Other first names, other second initials, father and son, man and woman, a firm: nothing is asked."""
    assert found(Sketch(1, (one,), ("a1@b1.example",)), Sketch(2, (other,), ("c2@d2.example",))) == {}


def test_a_distinctive_local_part_makes_a_proposal() -> None:
    """The same odd word before the @, and the name: that is one person."""
    one = Sketch(1, ("Jan Oosterhof",), ("zeevos71@gmail.com",))
    other = Sketch(2, ("J. Oosterhof",), ("zeevos71@hotmail.com",))
    likeness = found(one, other)[1, 2]
    assert likeness.verdict == "proposal"
    assert "Their addresses are the same before the @, and no name explains it." in said(likeness)


def test_an_address_tells_the_first_name_behind_an_initial() -> None:
    """ "J. Oosterhof" who writes as jolanda.oosterhof@ is not Jan."""
    one = Sketch(1, ("J. Oosterhof",), ("jolanda.oosterhof@a.example",))
    others = (Sketch(2, ("Jan Oosterhof",)), Sketch(3, ("Jolanda Oosterhof",)))
    assert set(found(one, *others)) == {(1, 3)}


def test_an_address_tells_the_surname_behind_a_first_name() -> None:
    """ "Jan" who writes as joosterhof@ may be Jan Oosterhof, whom the book knows."""
    assert (1, 2) in found(Sketch(1, ("Jan",), ("joosterhof@a.example",)), Sketch(2, ("Jan Oosterhof",)))


def test_often_together_is_strong_evidence_against() -> None:
    """Two of one name who stand in one message again and again are two people."""
    friends = frozenset({500, 501, 502, 503})
    one = Sketch(1, ("Jan Bos",), ("jan.bos@a.example",), (), ("Acme",), correspondents=friends)
    other = Sketch(2, ("Jan Bos",), ("jan.bos2@a.example",), (), ("Acme",), correspondents=friends)
    alone = found(one, other)[1, 2]
    met = Book((one, other, *STRANGERS)).compare(1, 2, together=9)
    assert met is not None
    assert met.score < alone.score - 6
    assert "Both were in one message at once." in said(met)


def test_a_silence_and_a_beginning_are_told_by_month() -> None:
    """One address that falls silent as the other begins speaks for a change of work."""
    one = Sketch(1, ("Fenna Oosterhof",), first_at=Seconds(AT), last_at=Seconds(AT + YEAR))
    other = Sketch(2, ("F. Oosterhof",), first_at=Seconds(AT + YEAR + 20 * DAY), last_at=Seconds(AT + 3 * YEAR))
    likeness = found(one, other)[1, 2]
    assert "One falls silent in {fell}, the other begins in {began}." in said(likeness)


def test_people_in_common_are_counted_without_the_two() -> None:
    """The two themselves are not people they have in common."""
    one = Sketch(1, ("Fenna Oosterhof",), correspondents=frozenset({2, 7, 8, 9}))
    other = Sketch(2, ("F. Oosterhof",), correspondents=frozenset({1, 7, 8, 9}))
    fact = next(fact for fact in found(one, other)[1, 2].facts if fact.sentence.plural is not None)
    assert fact.sentence.plural == "They have {n} people in common."
    assert dict(fact.sentence.values)["n"].number == 3


def test_a_common_surname_weighs_less_than_a_rare_one() -> None:
    """Among two hundred called Jansen, the name says less than among none."""
    pair = (Sketch(1, ("Fenna Jansen",)), Sketch(2, ("Fenna Jansen",)))
    crowd = tuple(Sketch(10 + n, (f"{chr(97 + n % 26) * 3}{n} Jansen",)) for n in range(200))
    rare, common = Book((*pair, *STRANGERS)).compare(1, 2), Book((*pair, *crowd, *STRANGERS)).compare(1, 2)
    assert rare is not None
    assert common is not None
    assert common.chance < rare.chance


@pytest.mark.parametrize("pair", [(1, 2), (2, 1)])
def test_what_the_user_said_apart_stays_apart(pair: tuple[int, int]) -> None:
    """ "Not the same" is remembered: the pair is not offered again, whichever way round it was said."""
    sketches = (Sketch(1, ("Fenna Oosterhof",)), Sketch(2, ("Fenna Oosterhof",)))
    assert found(*sketches) != {}
    assert likely((*sketches, *STRANGERS), together={}, apart=[pair]) == ()


@pytest.mark.parametrize(("one", "other"), [("Ⅷ Straße", "VIII STRASSE"), ("Jan Bos", "Jan Bos"), ("İpek", "ipek")])
def test_equal_names_alone_are_never_a_proposal(one: str, other: str) -> None:
    """Equal names, or names equal after folding, are at most a question (SAFETY #7)."""
    offered = found(Sketch(1, (one,)), Sketch(2, (other,)))
    assert all(likeness.verdict == "question" for likeness in offered.values())


def test_functions_and_companies_match_nobody() -> None:
    """info@ without a name, and a firm, are no person's double."""
    people = (Sketch(1, (), ("info@bos.example",)), Sketch(2, ("Bos B.V.",), ("info@bos.example",)))
    assert found(*people, Sketch(3, ("Jan Bos",), ("jan@bos.example",))) == {}
    assert Book(people).compare(1, 2) is None


def test_compare_bears_strange_questions() -> None:
    """A contact with itself, or one that is not there, is no comparison."""
    book = Book(STRANGERS)
    assert book.compare(1_000, 1_000) is None
    assert book.compare(1_000, 7) is None


def test_a_guest_is_found_by_name_and_organisation() -> None:
    """ "F. de Graaf, Oosterlab" on a list is the Fenna de Graaf of oosterlab.example, the other one comes after."""
    book = Book(
        (
            Sketch(1, ("Fenna de Graaf",), ("fenna@oosterlab.example",)),
            Sketch(2, ("Frits de Graaf",), ("frits@elders.example",)),
            *STRANGERS,
        )
    )
    guests = book.guest(Sketch(-1, ("F. de Graaf",), organisations=("Oosterlab B.V.",)))
    assert [max(likeness.one, likeness.other) for likeness in guests] == [1, 2]
    assert guests[0].chance > guests[1].chance
    assert book.guest(Sketch(-1, ("Zacharias Nergens",))) == ()


def test_five_thousand_of_one_name_stay_few_pairs() -> None:
    """Five thousand people of one name are neither compared pair by pair nor offered."""
    crowd = [Sketch(n, ("Jan de Vries",), (f"jan.devries{n}@a{n}.example",)) for n in range(5_000)]
    known = surnames_of(crowd)
    ready = [person for sketch in crowd if (person := made_ready(sketch, known)) is not None]
    assert len(ready) == 5_000
    assert len(blocking.pairs(blocking.blocks(ready))) <= len(ready) * blocking.MOST
    assert likely(crowd, together={}) == ()


@pytest.mark.parametrize(
    "name", ["", "x" * 10_000, "\x00", "\u202eJan\u202c", "а" * 5_000, "- -", "'", "(", "Jan\x00B"]
)
def test_hostile_names_are_borne(name: str) -> None:
    """Empty, endless, unseen or turned text is compared like any other, without an error."""
    sketches = (Sketch(1, (name,), (f"{name}@x.example",), (name,), (name,), name), Sketch(2, (name,)))
    for likeness in likely((*sketches, *STRANGERS), together={(1, 2): 1}):
        assert QUESTION <= likeness.chance <= 1
