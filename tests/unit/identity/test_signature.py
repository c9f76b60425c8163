"""What a signature tells, and what is no signature of the sender's."""

from __future__ import annotations

import pytest

from maatje.identity.signature import Signature, own_lines, read_signature

FULL = Signature("Jan de Vries", "Beleidsadviseur", "Gemeente Haringdam", "020 123 45 67")
DUTCH = """Hoi Els,

Tot dan!

Met vriendelijke groet,

Jan de Vries
Beleidsadviseur
Gemeente Haringdam
Dorpsstraat 1, Haringdam
T: 020 123 45 67
E: jan@example.org
www.example.org

Disclaimer: dit bericht is vertrouwelijk.
Directeur
"""


def test_a_dutch_signature() -> None:
    """Name, title, organisation and number are read from behind the farewell; address and disclaimer are not."""
    assert read_signature(DUTCH, "Jan de Vries") == FULL


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "See you.\n\nKind regards,\nAnna\n\n-- \nAnna Berg, PhD\nSenior Researcher | Herring Institute Ltd.\n"
            "+31 6 12345678",
            Signature("Anna Berg, PhD", "Senior Researcher", "Herring Institute Ltd", "+31 6 12345678"),
        ),
        (
            "ok\n--\nAnna Berg | Director, Herring Ltd | M +44 20 7946 0000",
            Signature("Anna Berg", "Director", "Herring Ltd", "+44 20 7946 0000"),
        ),
        (
            "Best,\nAnna Berg\nDirector at Fish & Sons\nSent from my iPhone",
            Signature("Anna Berg", "Director", "Fish & Sons"),
        ),
        ("Groet, Anna\n\nAnna Berg\nOntwikkelaar", Signature("Anna Berg", "Ontwikkelaar")),
        (
            "Groeten,\r\nmw. Anna Berg\r\nprojectleider Water, Waterschap Haringland\r\n",
            Signature("mw. Anna Berg", "projectleider Water", "Waterschap Haringland"),
        ),
        ("Regards,\nAnna Berg\nDirector\n-- \nHerring Ltd", Signature("Anna Berg", "Director")),
        ("MVG\nANNA BERG\nVerpleegkundige", Signature("ANNA BERG", "Verpleegkundige")),
        (
            "Op 3 maart 2015 schreef Jan <jan@example.org>:\n> Groet,\n> Anna Berg\n> Directeur\nprima\n-- \n"
            "Anna Berg\nHoogleraar",
            Signature("Anna Berg", "Hoogleraar"),
        ),
    ],
    ids=["dashes", "one line", "at", "first name", "crlf and comma", "before dashes", "capitals", "below a quote"],
)
def test_forms_of_signatures(text: str, expected: Signature) -> None:
    """Dutch and English, with dashes or a farewell, on one line or on several."""
    assert read_signature(text, "Anna Berg") == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hello",
        "Kind regards,\nAnna",
        "Kind regards,\nAnna\nDirector",
        "Kind regards,\nEls Smit\nDirector",
        "Kind regards,\nAnna Berg",
        "Kind regards,\nAnna Berg\nThe best team in the world\nHerring Street 1",
        "Kind regards,\nAnna Berg\nI am your new manager",
        "Kind regards,\nAnna Berg\nManager Herring Ltd",
        "Kind regards,\nAnna Berg\nMuseum Street, London",
        "Kind regards,\nAnna Berg\nFax: 020 123 45 67\nKvK 01234567890",
        "Anna Berg\nDirector",
        "> Kind regards,\n> Anna Berg\n> Director",
        "ok\n\nOn Tue, 3 Mar 2015 at 10:11, Jan <jan@example.org> wrote:\n\nhi\n\nKind regards,\nAnna Berg\nDirector",
        "ok\n\nOp di 3 mrt 2015 schreef Jan de Vries\n<jan@example.org>:\n\nhi\n\nGroet,\nAnna Berg\nDirecteur",
        "ok\n\nOp 3 mrt. 2015 heeft Jan het volgende geschreven:\n\nhi\n\nGroet,\nAnna Berg\nDirecteur",
        "ok\n\n-----Oorspronkelijk bericht-----\nGroet,\nAnna Berg\nDirecteur",
        "ok\n\n---------- Forwarded message ---------\nGroet,\nAnna Berg\nDirecteur",
        "ok\n\n________________________________\nVan: Jan\nVerzonden: dinsdag\n\nGroet,\nAnna Berg\nDirecteur",
        "ok\n\nFrom: Jan\nDate: Tuesday\n\nRegards,\nAnna Berg\nDirector",
        "Kind regards,\nDisclaimer: secret\nAnna Berg\nDirector",
    ],
)
def test_no_signature_to_be_sure_of(text: str) -> None:
    """Quoted, passed on, another's, without a full name or with lines that could be anything: nothing is told."""
    assert read_signature(text, "Anna Berg") is None


@pytest.mark.parametrize("name", ["", "Anna", "anna@example.org", "J. Berg", "dr. Berg"])
def test_a_name_must_be_a_full_one(name: str) -> None:
    """By one word of a name no signature is known."""
    assert read_signature("Regards,\nAnna Berg\nDirector", name) is None


def test_an_attribution_alone_does_not_end_the_text() -> None:
    """Behind quoted lines the sender may go on; behind an unmarked quotation nobody knows who speaks."""
    quoted = "On Tue, Jan <j@example.org> wrote:\n> hi\nyes"
    assert own_lines(quoted) == ["yes"]
    assert own_lines(quoted.replace("> hi", "hi")) == []


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "\0" * 1_000_000,
        "--\n" * 300_000,
        "Groet,\n" * 150_000,
        "> " * 500_000,
        ("On " + "x " * 130 + "wrote\n") * 4_000,
        "From: x\n" * 120_000,
        "Groet,\nJan de Vries\n" + "| " * 500_000,
        "Groet,\nJan de Vries\n" + ("+31" + "1 " * 70 + "\n") * 6_000,
    ],
    ids=["letters", "nul", "dashes", "farewells", "quotes", "attributions", "headers", "bars", "numbers"],
)
def test_huge_and_hostile_text(text: str) -> None:
    """A megabyte of whatever says nothing, and is read to its limit only."""
    assert read_signature(text, "Jan de Vries") is None


def test_unseen_characters_tell_nothing() -> None:
    """A title with a NUL or a mark that turns the line is not shown."""
    assert read_signature("Groet,\nJan de Vries\nDirec\0teur\nDirecteur \u202egro", "Jan de Vries") is None
