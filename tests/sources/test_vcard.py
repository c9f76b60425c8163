"""Address books: real-world quirks, hostile cards, and the way back out."""

from __future__ import annotations

import base64
import struct
import sys
import zlib
from pathlib import Path

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.golden import DATA, expected, plain

from maatje.model.record import Card, Origin, Problem, Property
from maatje.sources import vcard
from maatje.sources.contentlines import escaped
from maatje.sources.vcard_photo import is_picture
from maatje.sources.vcard_write import write

CASES = sorted(path.stem for path in (DATA / "vcard").glob("*.vcf"))
GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


def book(*lines: str, version: str = "3.0") -> bytes:
    """One card of these lines."""
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""]).encode()


def one(data: bytes) -> Card:
    """The single card in the bytes."""
    (card,) = vcard.parse(data, name="x")
    assert isinstance(card, Card)
    return card


def png(width: int, height: int) -> bytes:
    """A PNG header that states these dimensions."""
    body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + body + struct.pack(">I", zlib.crc32(body))


@pytest.mark.parametrize("case", CASES)
def test_golden(case: str) -> None:
    """Each sample gives what lies beside it."""
    assert plain(vcard.read(DATA / "vcard" / f"{case}.vcf", name=case)) == expected("vcard", case)


@pytest.mark.parametrize("case", CASES)
def test_sniffed(case: str) -> None:
    """Each sample is known by its content."""
    path = DATA / "vcard" / f"{case}.vcf"
    assert vcard.sniff(path.read_bytes()[:65_536], path)


def test_no_network() -> None:
    """A picture by address is never fetched, whatever the address; the card is kept without it."""
    asked: list[str] = []
    armed = True

    def note(event: str, _: object) -> None:
        if armed and event.startswith(("socket.", "urllib")):
            asked.append(event)

    sys.addaudithook(note)
    links = (
        "http://169.254.169.254/latest",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "file:///etc/passwd",
        "data:text/html;base64,PGI+",
        "//example.org/x.png",
    )
    cards = [one(book("FN:A", f"PHOTO;VALUE=uri:{link}")) for link in links]
    armed = False
    assert [(card.name, card.photo) for card in cards] == [("A", None)] * len(links)
    assert all(prop.name != "PHOTO" for card in cards for prop in card.properties)
    assert asked == []


@pytest.mark.parametrize(
    "data",
    [
        b"<html><script>alert(1)</script></html>",
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="x"/>',
        png(50_000, 50_000),
        b"GIF89a/*" + b"\x00" * 20 + b"*/=1;alert(1)",
        GIF[:-1] + b"alert(1)",
        b"\xff\xd8\xff\xe0" + b"A" * 50,
        b"BM<script>" + b"\0" * 60,
        b"",
    ],
)
def test_unsafe_picture(data: bytes) -> None:
    """What is no raster image of bearable size is dropped, and the rest of the card kept."""
    card = one(book("FN:A", "PHOTO;ENCODING=b;TYPE=PNG:" + base64.b64encode(data).decode(), "TEL:1"))
    assert (card.photo, card.phones) == (None, ("1",))


def test_pictures() -> None:
    """Small pictures of the usual kinds are kept as they are; one of more than 5 MB is not."""
    assert is_picture(png(640, 640))
    assert one(book("FN:A", "PHOTO;ENCODING=b:" + base64.b64encode(GIF).decode())).photo == GIF
    assert not is_picture(png(640, 640) + bytes(5 * 1024 * 1024))


def test_same_uid() -> None:
    """Two cards with one UID are two cards, whatever the UID looks like."""
    for uid in ("a", "", "../../x", "u" * 4_000_000):
        data = book("FN:One", f"UID:{uid}") + book("FN:Two", f"UID:{uid}")
        assert [card.name for card in vcard.parse(data, name="x") if isinstance(card, Card)] == ["One", "Two"]


def test_endless_line(tmp_path: Path) -> None:
    """A card of 100 MB in one line is one problem, and the next card is read."""
    path = tmp_path / "huge.vcf"
    with path.open("wb") as file:
        file.write(b"BEGIN:VCARD\r\nFN:Big\r\nNOTE:")
        for _ in range(100):
            file.write(b"VCARD:" * 174_763)
        file.write(b"\r\nEND:VCARD\r\n" + book("FN:Small"))
    found = list(vcard.read(path, name="x"))
    assert [type(record) for record in found] == [Problem, Card]


@pytest.mark.parametrize("end", [b"", b"END:VCARD\n" * 10_000])
def test_nested_begins(end: bytes) -> None:
    """Ten thousand BEGIN lines inside each other are one problem."""
    found = list(vcard.parse(b"BEGIN:VCARD\n" * 10_000 + end, name="x"))
    assert [type(record) for record in found] == [Problem]


def test_too_many_properties() -> None:
    """A card of more than 1,000 lines is a problem without its text; the others are read."""
    found = list(vcard.parse(book("FN:A", *["TEL:1"] * 1_001) + book("FN:B"), name="x"))
    assert [type(record) for record in found] == [Problem, Card]


def test_missing_end() -> None:
    """A card that never ends, ends where the next begins; all are read."""
    data = b"BEGIN:VCARD\nFN:A\nBEGIN:VCARD\nFN:B\nEND:VCARD\nBEGIN:VCARD\nFN:C"
    assert [card.name for card in vcard.parse(data, name="x") if isinstance(card, Card)] == ["A", "B", "C"]


def test_nested_cards() -> None:
    """Cards inside a card do not become people, and are kept in a property."""
    data = b"BEGIN:VCARD\nN:Parent\nBEGIN:VCARD\nN:Child\nEND:VCARD\nTEL:1\nEND:VCARD\n"
    card = one(data)
    assert (card.name, card.phones) == ("Parent", ("1",))
    assert [prop.name for prop in card.properties] == ["N", "TEL", "AGENT"]


@pytest.mark.parametrize("charset", ["utf-16", "utf-8-sig", "utf-8", "cp1252", "latin-1"])
def test_charsets(charset: str) -> None:
    """Byte order marks and the 8-bit charsets of old address books are understood."""
    text = book("FN:Chloé Öztürk").decode()
    assert one(text.encode(charset)).name == "Chloé Öztürk"


@pytest.mark.parametrize("charset", ["utf-7", "x-unknown", "rot13", "unicode_escape", "zlib", "idna"])
def test_unknown_charset(charset: str) -> None:
    """A charset that is none still gives text, never an error and never a decoded trick."""
    card = one(book(f"FN;CHARSET={charset};ENCODING=QUOTED-PRINTABLE:Anna=C3=28+ADw-", version="2.1"))
    assert card.name == "Anna�(+ADw-"


def test_named_by_what_there_is() -> None:
    """Without FN, a card goes by N, nickname, firm, address, number or chat name; with nothing it is a problem."""
    lines = ("N:de Vries;Anna;;;", "NICKNAME:Ans", "ORG:;Advies", "EMAIL:a@example.org", "TEL:12", "IMPP:xmpp:a")
    names = [one(book(line)).name for line in lines]
    assert names == ["Anna de Vries", "Ans", "Advies", "a@example.org", "12", "xmpp:a"]
    assert [type(record) for record in vcard.parse(book(), name="x")] == [Problem]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("BDAY:1985-04-12", "1985-04-12"),
        ("BDAY:19850412T100000Z", "1985-04-12"),
        ("BDAY;VALUE=date:--0412", "--04-12"),
        ("BDAY:1604-04-12", "--04-12"),
        ("BDAY:1985-02-30", ""),
        ("BDAY:circa 1800", ""),
        ("BDAY:1985", ""),
    ],
)
def test_birthdays(line: str, day: str) -> None:
    """A birthday is a day of the calendar with or without its year, or nothing."""
    assert one(book("FN:A", line)).birthday == day


@pytest.mark.parametrize(
    "address", ["a b@example.org", "a@b@example.org", "a%0d%0abcc:b@example.org", "a@", "<x", "a@[127.0.0.1]"]
)
def test_bad_addresses(address: str) -> None:
    """What could break a header later is no address."""
    assert one(book("FN:A", f"EMAIL:{address}")).mails == ()


def test_pieces() -> None:
    """Cards read in two byte ranges are the cards read at once."""
    data = DATA / "vcard" / "apple30.vcf"
    whole = list(vcard.read(data, name="x"))
    for cut in range(0, data.stat().st_size, 37):
        parts = [*vcard.read(data, name="x", stop=cut), *vcard.read(data, name="x", start=cut)]
        assert [record.name for record in parts] == [record.name for record in whole]


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\x85\u2028\u2029"), max_size=60)
NAMES = st.sampled_from(["NOTE", "X-THING", "TITLE", "ADR", "EMAIL", "X-ABLABEL", "RELATED", "CATEGORIES", "N"])
VALUES = st.text("abcXYZ 9^'\"\n:;é", max_size=8).map(str.strip).filter(bool)
PARAMS = st.lists(
    st.tuples(
        st.sampled_from(["TYPE", "LANGUAGE", "X-P", "PREF", "ALTID"]),
        st.lists(VALUES, min_size=1, max_size=3).map(tuple),
    ),
    max_size=3,
).map(tuple)
PROPERTIES = st.lists(
    st.builds(Property, NAMES, TEXT.map(escaped), PARAMS, st.sampled_from(["", "item1"])), max_size=8
).map(lambda found: (Property("FN", "Someone"), Property("N", "One;Some;;;"), *found))


@given(PROPERTIES, st.sampled_from(["3.0", "4.0"]))
@settings(max_examples=100, deadline=None)
def test_round_trip(found: tuple[Property, ...], version: str) -> None:
    """What is written and read again has every property, parameter and group it had."""
    card = Card(Origin("x"), version, "Someone", properties=found)
    text = write([card], version)  # type: ignore[arg-type]
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert one(text.encode()).properties == found


@given(TEXT, TEXT, TEXT)
@settings(max_examples=100, deadline=None)
def test_oracle(given_name: str, family: str, note: str) -> None:
    """What vobject writes, we read as it does."""
    theirs = vobject.vCard()
    theirs.add("n").value = vobject.vcard.Name(family=family, given=given_name)
    theirs.add("fn").value = "F " + note[:20]
    theirs.add("note").value = note
    card = one(theirs.serialize().encode())
    again = vobject.readOne(theirs.serialize())
    assert card.note == again.note.value.strip()
    assert card.name == " ".join(again.fn.value.split())
    if isinstance(again.n.value.family, str):  # a list where it holds a bare comma
        assert card.family == " ".join(again.n.value.family.split())


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes(noise: bytes) -> None:
    """No bytes make the reader raise."""
    data = b"BEGIN:VCARD\nFN:A\n" + noise + b"\nEND:VCARD\n" + noise
    assert all(isinstance(record, Card | Problem) for record in vcard.parse(data, name="x"))


@pytest.mark.parametrize("case", CASES)
def test_written_in_the_other_version(case: str) -> None:
    """A card of any version written as 3.0 or 4.0 keeps its name, addresses, numbers, note and picture."""
    for card in vcard.read(DATA / "vcard" / f"{case}.vcf", name=case):
        assert isinstance(card, Card)
        for version in ("3.0", "4.0"):
            again = one(write([card], version).encode())  # type: ignore[arg-type]
            assert (again.name, again.mails, again.phones, again.photo, again.note, again.birthday) == (
                card.name, card.mails, card.phones, card.photo, card.note, card.birthday,
            )  # fmt: skip


def test_no_line_is_slipped_in() -> None:
    """A line end in a value or parameter cannot begin a property of its own."""
    note = Property("NOTE", "a\r\nTEL:1", (("X", ("b\nc",)),))
    card = Card(Origin("x"), "4.0", "A\r\nEMAIL:evil@example.org", properties=(note,))
    again = one(write([card]).encode())
    assert (again.mails, again.phones) == ((), ())
