"""Pasted lines: whatever mess a person has, each guest once, as written, and nobody made up."""

from __future__ import annotations

import pytest

from maatje.model.record import Coming, GuestLine
from maatje.sources.guests import Kind, Meaning, read_guests
from maatje.sources.guests_line import persons
from maatje.sources.guests_paste import HALF_READ, NOT_A_GUEST


def one(text: str) -> GuestLine:
    """The single guest of a line."""
    (guest,) = read_guests(text).guests
    return guest


def names(text: str) -> list[str]:
    """The names that a text gives, in order."""
    return [guest.name for guest in read_guests(text).guests]


@pytest.mark.parametrize(
    ("line", "name", "organisation"),
    [
        ("Jan de Vries, Gemeente Voorbeeld", "Jan de Vries", "Gemeente Voorbeeld"),
        ("Jan de Vries (Gemeente Voorbeeld)", "Jan de Vries", "Gemeente Voorbeeld"),
        ("Jan de Vries - Gemeente Voorbeeld", "Jan de Vries", "Gemeente Voorbeeld"),
        ("Jan de Vries — Acme", "Jan de Vries", "Acme"),
        ("Jan de Vries | Acme", "Jan de Vries", "Acme"),
        ("Jan de Vries @ Acme", "Jan de Vries", "Acme"),
        ("Jan de Vries bij Acme", "Jan de Vries", "Acme"),
        ("Gemeente Voorbeeld: Jan de Vries", "Jan de Vries", "Gemeente Voorbeeld"),
        ("1. Jan de Vries, Acme", "Jan de Vries", "Acme"),
        ("12) Jan de Vries, Acme", "Jan de Vries", "Acme"),
        ("- Jan de Vries", "Jan de Vries", ""),
        ("• Jan-Willem de Vries", "Jan-Willem de Vries", ""),
        ("prof. dr. Anna Jansen, Universiteit Voorbeeld", "prof. dr. Anna Jansen", "Universiteit Voorbeeld"),
        ("Anna Smit, PhD, Acme", "Anna Smit, PhD", "Acme"),
        ("Berg, Jan van den", "Berg, Jan van den", ""),
        ("Berg, J.P. van den, Acme", "Berg, J.P. van den", "Acme"),
        ("Jansen, P.", "Jansen, P.", ""),
        ("Vries, drs. A. de", "Vries, drs. A. de", ""),
        ("De heer en mevrouw Jansen", "De heer en mevrouw Jansen", ""),
        ("Jansen & Zonen", "Jansen & Zonen", ""),
        ("Johanna (Hannie) de Wit, Acme", "Johanna (Hannie) de Wit", "Acme"),
        ("山田 太郎", "山田 太郎", ""),
        ("محمد علي", "محمد علي", ""),
        ("\u202eJan\u202c de\u200b Vries", "Jan de Vries", ""),
        ("JosÃ© GarcÃ\xada, Acme", "José García", "Acme"),
        ("Naam: Jan de Vries, Acme", "Jan de Vries", "Acme"),
    ],
)
def test_name_and_organisation(line: str, name: str, organisation: str) -> None:
    """A line gives the name as written, and the organisation where it stands."""
    guest = one(line)
    assert (guest.name, guest.organisation) == (name, organisation)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Bram Bakker <Bram@Example.org>", GuestLine("Bram Bakker", mails=("bram@example.org",))),
        ('"Wit, Bram de" <b@example.org>', GuestLine("Wit, Bram de", mails=("b@example.org",))),
        ("Bakker, Bram <b@example.org>", GuestLine("Bakker, Bram", mails=("b@example.org",))),
        ("b@example.org (Bram Bakker)", GuestLine("Bram Bakker", mails=("b@example.org",))),
        ("b@example.org", GuestLine("", mails=("b@example.org",))),
        (
            "Bram Bakker, b@example.org, tel. 06-12345678, Acme",
            GuestLine("Bram Bakker", "Acme", mails=("b@example.org",), phones=("06-12345678",)),
        ),
        ("+31 6 12345678", GuestLine("", phones=("+31 6 12345678",))),
        ("Bram Bakker, directeur, Acme", GuestLine("Bram Bakker", "Acme", "directeur")),
        ("Bram Bakker, Acme, directeur", GuestLine("Bram Bakker", "Acme", "directeur")),
        ("Voorzitter: Bram Bakker", GuestLine("Bram Bakker", title="Voorzitter")),
        ("J. Jansen + partner", GuestLine("J. Jansen", note="+ partner")),
        ("J. Jansen +1", GuestLine("J. Jansen", note="+1")),
        ("Bram Bakker (afgemeld)", GuestLine("Bram Bakker", status=Coming.DECLINED)),
        ("Bram Bakker - komt niet", GuestLine("Bram Bakker", status=Coming.DECLINED)),
        ("Bram Bakker: ja", GuestLine("Bram Bakker", status=Coming.GOING)),
        ("✅ Bram Bakker", GuestLine("Bram Bakker", status=Coming.GOING)),
        ("❌ Bram Bakker", GuestLine("Bram Bakker", status=Coming.DECLINED)),
        ("[x] Bram Bakker", GuestLine("Bram Bakker", status=Coming.GOING)),
        ("[ ] Bram Bakker", GuestLine("Bram Bakker")),
        ("Bram Bakker (host)", GuestLine("Bram Bakker", host=True)),
        ("Bram Bakker (komt later)", GuestLine("Bram Bakker", note="komt later")),
        ('=HYPERLINK("x")', GuestLine('=HYPERLINK("x")')),
    ],
)
def test_all_that_a_line_says(line: str, expected: GuestLine) -> None:
    """Addresses, numbers, work, company, answers and hosts are told apart, and a formula is text."""
    assert one(line)._replace(raw=(), place=0) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jan de Vries en Fenna de Graaf", ["Jan de Vries", "Fenna de Graaf"]),
        ("Jan en Fenna de Graaf", ["Jan", "Fenna de Graaf"]),
        ("Jan de Vries; Fenna de Graaf; Piet Smit", ["Jan de Vries", "Fenna de Graaf", "Piet Smit"]),
        ("Jan de Vries; Fenna de Graaf", ["Jan de Vries", "Fenna de Graaf"]),
        ("Jan de Vries, Piet Smit en Anna Bakker", ["Jan de Vries", "Piet Smit", "Anna Bakker"]),
        (
            "Jan de Vries, Fenna Wit, Piet Smit en Anna Bakker",
            ["Jan de Vries", "Fenna Wit", "Piet Smit", "Anna Bakker"],
        ),
        ("Jan de Vries • Fenna Wit • Piet Smit", ["Jan de Vries", "Fenna Wit", "Piet Smit"]),
        ("Aan: Jan Wit; Eva Wit; Smit, P.\nCC: Piet Bakker", ["Jan Wit", "Eva Wit", "Smit, P.", "Piet Bakker"]),
        ("Anna, Bram de Wit, +31 6 12345678, +31 6 87654321, You", ["Anna", "Bram de Wit", "", ""]),
        ("+31 6 12345678\n~Jan de Vries\n+31 6 11112222\nGroepsbeheerder", ["", "Jan de Vries", ""]),
        ("<Jan>\n\n\n---\n   Piet Smit   \n", ["Jan", "Piet Smit"]),
    ],
)
def test_several_in_one_line(text: str, expected: list[str]) -> None:
    """Lists in one line and couples give each of them, in order."""
    assert names(text) == expected


def test_address_lines() -> None:
    """A line of mail addresses, folded or not, gives each with their name; what belongs to none is said."""
    text = 'To: Jan Wit <jan@example.org>, "Graaf, Eva de" <eva@example.org>;\n  Piet <p@example.org>, anna@example.org'
    assert [(guest.name, guest.mails) for guest in read_guests(text).guests] == [
        ("Jan Wit", ("jan@example.org",)),
        ("Graaf, Eva de", ("eva@example.org",)),
        ("Piet", ("p@example.org",)),
        ("", ("anna@example.org",)),
    ]
    half = read_guests("Jan <j@example.org>, Fenna de Graaf, Piet <p@example.org>")
    assert [problem.message for problem in half.problems] == [HALF_READ]


def test_headings_count_for_what_is_below() -> None:
    """Headings with counts say who comes, who does not and who invites, until the next."""
    text = """
    Gastenlijst haringparty

    Aanwezig (2):
    Jan de Vries
    Piet Smit (misschien)
    Afgemeld: 1
    Anna Bakker
    23 going, 4 maybe
    Not going
    Tom Mulder
    Organisatie
    Eva Vos
    Sprekers:
    Kees Visser, Acme
    """
    found = read_guests(text)
    assert [(one.name, one.status, one.host, one.note) for one in found.guests] == [
        ("Jan de Vries", Coming.GOING, False, ""),
        ("Piet Smit", Coming.MAYBE, False, ""),
        ("Anna Bakker", Coming.DECLINED, False, ""),
        ("Tom Mulder", Coming.DECLINED, False, ""),
        ("Eva Vos", Coming.UNSAID, True, ""),
        ("Kees Visser", Coming.UNSAID, False, "Sprekers"),
    ]
    assert found.problems == ()


def test_talk_is_no_guest() -> None:
    """Greetings, sentences, dates and the sender's own name are problems with their lines, never guests."""
    text = (
        "Beste allen,\nhierbij de lijst van gasten voor vrijdag:\n- Jan de Vries\n12 juni 2026\n"
        "vrijdag 12 juni, 17.00 uur\nKunnen jullie laten weten of dit klopt?\nGroeten,\nKlaas Zender\n"
    )
    found = read_guests(text)
    assert [guest.name for guest in found.guests] == ["Jan de Vries"]
    assert [(one.where, one.message) for one in found.problems] == [
        (f"line {number}", NOT_A_GUEST) for number in (1, 4, 5, 6, 7, 8)
    ]


def test_last_name_first_is_asked_and_answered() -> None:
    """Where the words could be last and first name, it is asked, and the answer is followed."""
    text = "Jansen, Piet\nSmit, Anna\nBakker, Klaas\nEva Vos, Gemeente Voorbeeld"
    found = read_guests(text)
    assert [column.sure for column in found.columns] == [False, False]
    assert names(text) == ["Piet Jansen", "Anna Smit", "Klaas Bakker", "Eva Vos"]
    told = read_guests(text, meanings={0: Meaning.NAME, 1: Meaning.ORGANISATION})
    assert [(guest.name, guest.organisation) for guest in told.guests[:2]] == [("Jansen", "Piet"), ("Smit", "Anna")]
    assert told.asked == ()


def test_organisation_first() -> None:
    """A list whose lines begin with the organisation is read so."""
    found = read_guests("Gemeente Voorbeeld, Jan Wit\nStichting X, Piet Smit\nDrukkerij Y B.V., Anna Bakker")
    assert [(guest.name, guest.organisation) for guest in found.guests] == [
        ("Jan Wit", "Gemeente Voorbeeld"),
        ("Piet Smit", "Stichting X"),
        ("Anna Bakker", "Drukkerij Y B.V."),
    ]
    assert found.asked == ()


def test_a_firm_that_looks_like_a_person_is_asked() -> None:
    """Where the second parts may be names too, it is asked."""
    found = read_guests("Jan de Vries, Van Oord\nPiet Smit, Albert Heijn")
    assert [(column.meaning, column.sure) for column in found.columns] == [
        (Meaning.NAME, True),
        (Meaning.ORGANISATION, False),
    ]


def test_two_of_one_name() -> None:
    """Two lines of one name stay two people with their lines; the same with one address is one."""
    found = read_guests("Jan Smit\nJan Smit\nEva Vos <e@example.org>\nEva Vos <e@example.org>")
    assert [(guest.name, guest.place) for guest in found.guests] == [("Jan Smit", 1), ("Jan Smit", 2), ("Eva Vos", 3)]
    assert (found.merged, found.namesakes) == (1, ((1, 2),))


@pytest.mark.parametrize(
    "piece", [",", ";", "- ", "a;", "(", "en ", "1 a, ", "@", "<a@b.nl>,", '"', "06-1", "x, ", "Jan en "]
)
def test_long_lines_end(piece: str) -> None:
    """A line of a hundred thousand characters is read in one go, whatever it repeats, and keeps to the limits."""
    for text in (piece * (100_000 // len(piece)), f"a@example.org {piece * 50_000}", f"{piece * 50_000} 06-12345678 x"):
        assert all(len(guest.name) <= 200 and len(guest.note) <= 500 for guest in read_guests(text).guests)


def test_nothing() -> None:
    """An empty text is an empty list, and it is said."""
    for text in ("", "\n \n", "---\n", "Gasten:\n"):
        found = read_guests(text)
        assert (found.kind, found.guests, found.notes[0].text) == (Kind.LINES, (), "There is nobody on this list.")


def test_persons_stay_together_where_it_is_a_firm() -> None:
    """Only two people's names are two guests."""
    assert persons("Bakker & de Boer Advocaten") == ("Bakker & de Boer Advocaten",)
    assert persons("dhr. en mevr. de Wit") == ("dhr. en mevr. de Wit",)
    assert persons("Anna Wit & Bram Wit & Daan Wit") == ("Anna Wit", "Bram Wit", "Daan Wit")
