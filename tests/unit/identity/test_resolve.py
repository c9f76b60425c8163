"""Exact keys join, names never do; a typed name finds whom it means."""

from __future__ import annotations

import pytest

from maatje.identity.resolve import How, Keyed, Known, groups, names_contradict, resolve_name

MAIL, PHONE = ("mail", "jan@example.org"), ("phone", "+31201234567")


def test_exact_keys_join() -> None:
    """One address or number makes one contact, also in a chain."""
    records = [Keyed("Jan Smit", (MAIL,)), Keyed("Karin", ()), Keyed("", (MAIL, PHONE)), Keyed("J. Smit", (PHONE,))]
    assert groups(records).groups == ((0, 2, 3), (1,))
    assert groups(records).contested == ()


@pytest.mark.parametrize(("one", "other"), [("Jan Smit", "Jan Smit"), ("Jan Ⅷ", "Jan VIII"), ("Jan Groß", "Jan GROSS")])
def test_names_never_join(one: str, other: str) -> None:
    """Equal names, and names that are equal only after folding, are no key."""
    records = [Keyed(one, (("mail", "a@example.org"),)), Keyed(other, (("mail", "b@example.org"),))]
    assert groups(records).groups == ((0,), (1,))


def test_a_switchboard_joins_nobody() -> None:
    """Colleagues with one telephone number stay apart, and the number is named as contested."""
    records = [Keyed("Jan Smit", (PHONE,)), Keyed("Karin Visser", (PHONE,)), Keyed("Piet de Wit", (PHONE,))]
    assert groups(records).groups == ((0,), (1,), (2,))
    assert groups(records).contested == (PHONE,)


def test_a_number_of_thousands_takes_no_time() -> None:
    """A switchboard on five thousand cards is seen for what it is."""
    records = [Keyed(f"{first}{at:04} Smit", (PHONE,)) for at, first in enumerate(["Jan", "Karin"] * 2_500)]
    result = groups(records)
    assert len(result.groups) == 5_000
    assert result.contested == (PHONE,)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Jan Smit", "Karin Visser", True),
        ("Jan Smit", "Karin Smit", True),
        ("Jan Smit", "Joost Smit", True),
        ("Jan Smit", "J. Smit", False),
        ("Jan Smit", "P. Smit", True),
        ("Karin Smit", "Karin de Wit", False),
        ("Jan Smit", "Jan-Willem Smit", False),
        ("Jan Smit", "", False),
        ("Jan Smit", "Acme B.V.", False),
        ("Jan Smit", "Jan", False),
    ],
)
def test_names_contradict(one: str, other: str, expected: bool) -> None:
    """Other first names contradict; initials, a changed surname and silence do not."""
    assert expected == names_contradict(one, other)
    assert expected == names_contradict(other, one)


PEOPLE = (
    Known(1, "Jan van den Berg", ("jan@example.org",)),
    Known(2, "Jan Smit", ("jsmit@example.org", "+31612345678")),
    Known(3, "Zoë de Vries", ("zoe@example.org",)),
    Known(4, "Berghuis, Makelaars", ()),
    Known(5, "Karin Smit", ("karin@example.org",)),
    Known(6, "", ("piet.jansen@example.org",)),
)


@pytest.mark.parametrize(
    ("text", "ids", "how"),
    [
        ("jan van den berg", [1], How.NAME),
        ("Berg, Jan van den", [1], How.NAME),
        ("Jan Berg", [1], How.NAME),
        ("zoe de vries", [3], How.NAME),
        ("Zoe", [3], How.FIRST_NAME),
        ("jan", [2, 1], How.FIRST_NAME),
        ("j smit", [2], How.WORDS),
        ("smit", [2, 5], How.WORDS),
        ("vri", [3], How.WORDS),
        ("JSMIT@example.org", [2], How.HANDLE),
        ("06 12345678", [2], How.HANDLE),
        ("piet.jansen", [6], How.LOCAL_PART),
    ],
)
def test_resolve_name(text: str, ids: list[int], how: How) -> None:
    """A name finds its person by the best kind of match, with or without accents and particles."""
    matches = resolve_name(text, PEOPLE)
    assert ids == [match.contact_id for match in matches]
    assert {match.how for match in matches} == {how}


@pytest.mark.parametrize("text", ["", " ", "%", ".*", "'; DROP TABLE", "nobody", "x" * 10_000])
def test_resolve_name_finds_nobody(text: str) -> None:
    """What is nobody's name finds nobody and has no meaning as a pattern."""
    assert resolve_name(text, PEOPLE) == ()
