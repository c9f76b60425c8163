"""How people are called: a table of invented names as headers and cards spell them."""

from __future__ import annotations

import pytest

from maatje.identity.names import NameParts, called, first_name, from_local_part, is_company, parts, sort_key, tidy
from maatje.identity.spelling import NAME_LIMIT

SPELLINGS = [
    ("Jan Smit", "Jan Smit"),
    ("Berg, Jan van den", "Jan van den Berg"),
    ("van den Berg, Jan", "Jan van den Berg"),
    ("Van den Berg, Jan", "Jan van den Berg"),
    ("Van Den Berg, Jan", "Jan Van Den Berg"),
    ("Berg van den, Jan", "Jan van den Berg"),
    ("Vries, J. de", "J. de Vries"),
    ("Vries, J.P. de (Jan)", "Jan de Vries"),
    ("J.P. (Jan) de Vries", "Jan de Vries"),
    ("Smit, K. (Acme)", "K. Smit"),
    ('"Smit, Karin"', "Karin Smit"),
    ("'Smit, Karin'", "Karin Smit"),
    ("'Karin Smit'", "Karin Smit"),
    ("'Karin Smit", "Karin Smit"),
    ('\\"Karin Smit\\"', "Karin Smit"),
    ("“Karin Smit”", "Karin Smit"),
    ("'t Hoen, Meindert", "Meindert 't Hoen"),
    ("Meindert 't Hoen", "Meindert 't Hoen"),
    ("Hoen, Meindert 't", "Meindert 't Hoen"),
    ("'Meindert 't Hoen'", "Meindert 't Hoen"),
    ("in 't Hout, Sanne", "Sanne in 't Hout"),
    ("Hout, Sanne in 't", "Sanne in 't Hout"),
    ("op den Dijk, Joost", "Joost op den Dijk"),
    ("Karin Smit (Acme B.V.)", "Karin Smit"),
    ("Karin Smit [mailto:karin@example.org]", "Karin Smit"),
    ("Karin Smit <karin@example.org>", "Karin Smit"),
    ("karin@example.org", ""),
    ("<karin@example.org>", ""),
    ("'karin@example.org'", ""),
    ("karin@example.org (Karin Smit)", "Karin Smit"),
    ("karin at example.org", ""),
    ("Karin Smit via Herring-Users", "Karin Smit"),
    ("'Karin Smit' via Herring-Users", "Karin Smit"),
    ("Karin Smit (via Docs)", "Karin Smit"),
    ("Karin Smit | Acme", "Karin Smit"),
    ("Karin Smit - ACME", "Karin Smit"),
    ("Karin Smit - Acme B.V.", "Karin Smit"),
    ("Anna de Vries - van Dijk", "Anna de Vries - van Dijk"),
    ("Karin Smit/AMS/ACME", "Karin Smit"),
    ("Karin Smit/AMS/ACME@ACME", "Karin Smit"),
    ("CN=Karin Smit/OU=Ams/O=Acme", "Karin Smit"),
    ("Peterson, Walter K.", "Walter K. Peterson"),
    ("KARIN SMIT", "Karin Smit"),
    ("JAN VAN DER BERG", "Jan van der Berg"),
    ("VAN DER BERG, JAN", "Jan van der Berg"),
    ("VRIES, J.P. DE", "J.P. de Vries"),
    ("jan van der berg", "Jan van der Berg"),
    ("karin smit", "Karin Smit"),
    ("Jean DUPRET", "Jean Dupret"),
    ("Jan DE VRIES", "Jan de Vries"),
    ("PATRICK O'BRIEN", "Patrick O'Brien"),
    ("IJSBRAND VISSER", "IJsbrand Visser"),
    ("ijsbrand visser", "IJsbrand Visser"),
    ("RONALD MCDONNELL", "Ronald McDonnell"),
    ("drs. J. de Vries", "J. de Vries"),
    ("prof. dr. ir. Jan Smit", "Jan Smit"),
    ("mr. Karin de Wit", "Karin de Wit"),
    ("Dr. Anna Schmidt", "Anna Schmidt"),
    ("Smit, drs. Karin", "Karin Smit"),
    ("Mr. Jansen", "Mr. Jansen"),
    ("Karin Smit, PhD", "Karin Smit"),
    ("Karin Smit MSc", "Karin Smit"),
    ("Smit, Karin, MBA", "Karin Smit"),
    ("Adam Doe Jr.", "Adam Doe Jr."),
    ("Adam Doe, Jr.", "Adam Doe Jr."),
    ("Doe, Adam Jr.", "Adam Doe Jr."),
    ("Eichenau, Friedrich von der", "Friedrich von der Eichenau"),
    ("von der Heide, Ulla", "Ulla von der Heide"),
    ("Müller-Lindenau, Karl", "Karl Müller-Lindenau"),
    ("de la Fontaine, Marie", "Marie de la Fontaine"),
    ("Fontaine, Marie de la", "Marie de la Fontaine"),
    ("García Moreno, Gabriela", "Gabriela García Moreno"),
    ("dos Santos, João", "João dos Santos"),
    ("Santos, João dos", "João dos Santos"),
    ("della Torre, Paolo", "Paolo della Torre"),
    ("Di Marco, Laura", "Laura Di Marco"),
    ("Ortega y Prado, José", "José Ortega y Prado"),
    ("Nguyễn Văn An", "Nguyễn Văn An"),
    ("Acme, Inc.", "Acme, Inc."),
    ("Acme B.V.", "Acme B.V."),
    ("Bakkerij De Haring", "Bakkerij De Haring"),
    ("KPN Klantenservice", "KPN Klantenservice"),
    ("ABN", "ABN"),
    ("Stichting DELTA", "Stichting DELTA"),
    ("Sales, Marketing and Support", "Sales, Marketing and Support"),
    ("Müller & Söhne, Köln", "Müller & Söhne, Köln"),
    ("Dr. Oetje", "Dr. Oetje"),
    ("Karin Smit (she/her)", "Karin Smit"),
    ("(Karin Smit)", "Karin Smit"),
    ("Karin Smit (Acme", "Karin Smit"),
    ("Karin  Smit", "Karin Smit"),
    ("Jan v.d. Berg", "Jan v.d. Berg"),
    ("Berg, Jan v.d.", "Jan v.d. Berg"),
    ("Jan v/d Berg", "Jan v/d Berg"),
    ("Wit-de Boer, Anna de", "Anna de Wit-de Boer"),
    ("Smit, Jan-Peter", "Jan-Peter Smit"),
    ("Secretary on behalf of Karin Smit", "Karin Smit"),
    ("Smit, Karin - BZK", "Karin Smit"),
    ("jan", "jan"),
    ('Karin "Kaatje" Smit', 'Karin "Kaatje" Smit'),
    ("O'Neill, Sean", "Sean O'Neill"),
    ("'s-Gravesande, Willem", "Willem 's-Gravesande"),
    ("Jan\x00Smit", "Jan Smit"),
    ("\u202eJan Smit", "Jan Smit"),
    ("J\u200ban Smit", "Jan Smit"),
    ("\ud800Jan Smit", "Jan Smit"),
    ("=?utf-8?Q?Jan?=", ""),
    ("", ""),
]


@pytest.mark.parametrize(("spelled", "expected"), SPELLINGS)
def test_tidy(spelled: str, expected: str) -> None:
    """A display name becomes how a person is called, and stays so."""
    assert expected == tidy(spelled)
    assert expected == tidy(expected)


@pytest.mark.parametrize(
    "piece", ["a", "\u0301", "(", "Jan, ", "- ", "A. ", "via ", "a/B", "()", "'", "\u202e", "@ ", "|"]
)
def test_endless_names_are_cut(piece: str) -> None:
    """A megabyte of anything is cut to a line, in no time worth mentioning."""
    assert len(tidy(piece * (1_000_000 // len(piece)))) <= NAME_LIMIT


def test_marks_do_not_climb() -> None:
    """Ten thousand accents on one letter are not shown."""
    assert len(tidy("e" + "\u0301" * 10_000 + " Smit")) < 12


PARTS = [
    ("Jan van den Berg", NameParts("Jan", "van den", "Berg", "J")),
    ("J.P. de Vries", NameParts("", "de", "Vries", "JP")),
    ("Jan Peter de Wit-van Dijk", NameParts("Jan Peter", "de", "Wit-van Dijk", "JP")),
    ("Walter K. Peterson", NameParts("Walter", "", "Peterson", "WK")),
    ("Jan-Peter Smit", NameParts("Jan-Peter", "", "Smit", "JP")),
    ("Van den Berg", NameParts("", "Van den", "Berg", "")),
    ("Karin", NameParts("Karin", "", "", "K")),
    ("Meindert 't Hoen", NameParts("Meindert", "'t", "Hoen", "M")),
    ("Sanne in 't Hout", NameParts("Sanne", "in 't", "Hout", "S")),
    ("Joost op den Dijk", NameParts("Joost", "op den", "Dijk", "J")),
    ("Jan v.d. Berg", NameParts("Jan", "v.d.", "Berg", "J")),
    ("Ben Smit", NameParts("Ben", "", "Smit", "B")),
    ("Al Pacelli", NameParts("Al", "", "Pacelli", "A")),
    ("Ulla von der Heide", NameParts("Ulla", "von der", "Heide", "U")),
    ("Marie de la Fontaine", NameParts("Marie", "de la", "Fontaine", "M")),
    ("João dos Santos", NameParts("João", "dos", "Santos", "J")),
    ("Paolo della Torre", NameParts("Paolo", "della", "Torre", "P")),
    ("Adam Doe Jr.", NameParts("Adam", "", "Doe", "A", "Jr.")),
    ('Karin "Kaatje" Smit', NameParts("Karin", "", "Smit", "K")),
    ("", NameParts()),
]


@pytest.mark.parametrize(("name", "expected"), PARTS)
def test_parts(name: str, expected: NameParts) -> None:
    """Given names, particles, family name and initials are told apart."""
    assert expected == parts(name)


def test_sort_key_goes_by_family_name() -> None:
    """The Dutch alphabet ignores particles and accents; companies and single names stand by their own."""
    names = ["Jan van den Berg", "Anna de Vries", "Zoë Çelik", "Acme B.V.", "Karin"]
    assert sorted(names, key=sort_key) == ["Acme B.V.", "Jan van den Berg", "Zoë Çelik", "Karin", "Anna de Vries"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Jan Peter van den Berg", "Jan"),
        ("Jan-Peter Smit", "Jan-Peter"),
        ("J. de Vries", "J. de Vries"),
        ("Acme B.V.", "Acme B.V."),
        ("Karin", "Karin"),
        ("", ""),
    ],
)
def test_first_name(name: str, expected: str) -> None:
    """Somebody is addressed by a first name that is written out, else by the whole name."""
    assert expected == first_name(name)


@pytest.mark.parametrize(
    ("local", "expected"),
    [
        ("jan.van.den.berg", "Jan van den Berg"),
        ("jan.van.den.berg@example.org", "Jan van den Berg"),
        ("j.devries", "J. de Vries"),
        ("j.vandermeer", "J. van der Meer"),
        ("walter.peterson", "Walter Peterson"),
        ("k..peterson", "K. Peterson"),
        ("jan_smit1975", "Jan Smit"),
        ("jean-pierre.dupret", "Jean-Pierre Dupret"),
        ("jan.smit+list", "Jan Smit"),
        ("jan.v.d.berg", "Jan v.d. Berg"),
        ("info", ""),
        ("sales.team", ""),
        ("no-reply", ""),
        ("r-devel", ""),
        ("jdevries", ""),
        ("x.y", ""),
        ("a.b.c", ""),
        ("a" * 500, ""),
        ("", ""),
    ],
)
def test_from_local_part(local: str, expected: str) -> None:
    """An address tells a name only where it looks like one."""
    assert expected == from_local_part(local)


def test_called_uses_the_address_where_the_name_is_silent() -> None:
    """A missing name is read from the address, and the address settles which word is the first name."""
    assert called("", "jan.smit@example.org") == "Jan Smit"
    assert called("DUPRET Jean", "jean.dupret@example.org") == "Jean Dupret"
    assert called("Karin Smit", "info@example.org") == "Karin Smit"
    assert called("", "info@example.org") == ""


def test_companies_are_known_by_their_words() -> None:
    """Companies are not taken apart as people."""
    assert is_company("Acme B.V.")
    assert is_company("Stichting De Haring")
    assert not is_company("Jan van den Berg")
