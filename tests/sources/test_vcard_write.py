"""The way out as vCard: every property survives, whatever version it came from."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.golden import DATA

from maatje.model.record import Card, Origin, Property
from maatje.sources import vcard
from maatje.sources.contentlines import escaped
from maatje.sources.vcard_write import as_version, write

CORPORA = Path(__file__).parents[2].parent / "shared" / "corpora"
Version = Literal["4.0", "3.0"]
VERSIONS: tuple[Version, ...] = ("4.0", "3.0")


def again(card: Card, version: Version = "4.0") -> Card:
    """The card as it is read from what was written; every line within its 75 octets."""
    text = write([card], version)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    (found,) = vcard.parse(text.encode(), name="x")
    assert isinstance(found, Card)
    return found


def of(*props: Property, version: str = "4.0") -> Card:
    """A card of these properties."""
    return Card(Origin("x"), version, "A", properties=(Property("FN", "A"), Property("N", "A;;;;"), *props))


def samples() -> list[Path]:
    """Our own sample cards, and the real ones where they are on this machine."""
    return [*sorted((DATA / "vcard").glob("*.vcf")), *sorted((CORPORA / "vcard").rglob("*.vcf"))]


@pytest.mark.parametrize("version", VERSIONS)
def test_every_property_survives(version: Version) -> None:
    """Cards of every version, Apple's and Android's among them, come back with every property they had."""
    for path in samples():
        for card in vcard.read(path, name="x"):
            if not isinstance(card, Card):
                continue
            found, wanted = again(card, version), as_version(card, version)
            kept = [prop for prop in found.properties if prop.name not in ("FN", "N") or prop in wanted]
            assert kept == list(wanted), path
            for field in ("name", "mails", "phones", "organisation", "title", "birthday", "note", "photo", "revised"):
                assert getattr(found, field) == getattr(card, field), path


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\x85\u2028\u2029"), max_size=90)
VALUES = st.lists(
    st.sampled_from(["END:VCARD", "BEGIN:VCARD", " ", "é", "\\n", "a" * 30, "\\,", ";", "x"]), max_size=12
)
PARAM = st.text("abcXYZ 9^'\"\n:;,=é\\", max_size=8).map(str.strip)
PARAMS = st.lists(
    st.tuples(
        st.sampled_from(["LANGUAGE", "X-P", "PREF", "ALTID", "X-É"]), st.lists(PARAM, min_size=1, max_size=3).map(tuple)
    ),
    max_size=3,
).map(tuple)


@given(st.sampled_from(["NOTE", "X-THING", "AGENT"]), VALUES.map("".join) | TEXT.map(escaped), PARAMS)
@settings(max_examples=300, deadline=None)
def test_any_property_survives(name: str, value: str, params: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
    """Any value and parameters come back, empty ones and those that look like the end of a card too."""
    card = of(Property(name, value, params, "item1"))
    assert again(card).properties == card.properties


def test_a_fold_never_looks_like_the_end() -> None:
    """However long the text before it is, a card within a card does not end the one around it."""
    for length in range(160):
        for mark in ("END:VCARD", " end:vcard", "BEGIN:VCARD"):
            card = of(Property("AGENT", "é" * (length // 2) + "x" * (length % 2) + mark + "\\n"), Property("TEL", "1"))
            assert again(card).properties == card.properties
            text = of(Property("NOTE", "a" * length + mark))
            assert again(text).properties == text.properties


def test_what_other_programs_cannot_read_is_said_in_the_new_way() -> None:
    """A birthday without its year, a preference, and bytes in base64 are written as vCard 4.0 has them."""
    props = (
        Property("BDAY", "1604-04-12", (("X-APPLE-OMIT-YEAR", ("1604",)), ("VALUE", ("date",)))),
        Property("TEL", "1", (("TYPE", ("CELL", "pref")), ("PREF", ("7",)))),
        Property("KEY", "QUJD", (("ENCODING", ("B",)), ("TYPE", ("PGP",)))),
        Property("NOTE", "a, b\\, c \\\\, d"),
    )
    assert as_version(Card(Origin("x"), "2.1", "A", properties=props), "4.0") == (
        Property("BDAY", "--0412", (("VALUE", ("date",)),)),
        Property("TEL", "1", (("TYPE", ("CELL",)), ("PREF", ("1",)))),
        Property("KEY", "data:application/pgp;base64,QUJD"),
        Property("NOTE", "a\\, b\\, c \\\\\\, d"),
    )


@pytest.mark.parametrize(
    "prop",
    [Property("BEGIN", "VCARD"), Property("END", "VCARD"), Property("X Y", "1"), Property("X", "1", (), "a b"),
     Property("VERSION", "2.1"), Property("TEL:1\r\nEMAIL", "a@example.org"), Property("", "x")],
)  # fmt: skip
def test_what_is_no_line_is_not_written(prop: Property) -> None:
    """A property that would begin or end a card, or is none at all, is left out and harms nothing."""
    assert again(of(prop, Property("TEL", "1"))).properties == of(Property("TEL", "1")).properties


def test_lone_surrogates() -> None:
    """Half a character is written as a question mark, and the card is whole."""
    text = write([of(Property("NOTE", "a\ud800b" + "c" * 100))])
    assert re.search(r"NOTE:a\?b", text)
