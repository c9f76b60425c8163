"""Guest lists of any content: never an error, nobody made up, nothing lost, and the same again."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.sources.guest_workbooks import sheet, workbook

from maatje.sources.guests import Meaning, read_guests
from maatje.sources.guests_cells import cleaned
from maatje.sources.guests_rows import merged
from maatje.sources.guests_table import MAX_ROWS

PIECES = st.sampled_from(
    [
        *("Jan", "de Vries", "Berg, Jan van den", "Gemeente X", "a@example.org", "<b@example.org>", '"', "(", ")"),
        *(",", ";", "\t", "\n", " - ", " en ", "+ partner", "06-12345678", "23 going", "Afgemeld:", "To:", "=1+1"),
        *("✅", "1.", "•", ":", "\u202e", "\0", "prof. dr.", "Ã©", "@", "<", ">", "ja", "\r", " ", "é", "山田"),
        *("BEGIN:VCARD", "BEGIN:VCALENDAR", "Naam;E-mail"),
    ]
)
MESS = st.one_of(st.text(max_size=400), st.lists(PIECES, max_size=60).map("".join))
WORD = st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x17F), min_size=1, max_size=10)
PERSON = st.tuples(WORD.map(str.capitalize), WORD.map(str.capitalize), st.integers(0, 99_999))


@given(MESS)
@settings(max_examples=400, deadline=None)
def test_any_text(text: str) -> None:
    """Any text gives a list; whoever is on it has a name, an address or a number, on one clean line."""
    found = read_guests(text)
    assert found == read_guests(text)
    for guest in found.guests:
        assert guest.name or guest.mails or guest.phones
        assert guest.name == cleaned(guest.name)
        assert all(mail == mail.lower() and mail.count("@") == 1 for mail in guest.mails)
    assert len(found.guests) <= MAX_ROWS


@given(MESS, st.dictionaries(st.integers(-1, 5), st.sampled_from(Meaning), max_size=4))
@settings(max_examples=150, deadline=None)
def test_any_answers(text: str, answers: dict[int, Meaning]) -> None:
    """Whatever the user answers is followed, and asked no more."""
    found = read_guests(text, meanings=answers)
    for column in found.columns:
        if column.number in answers:
            assert (column.meaning, column.sure) == (answers[column.number], True)


@given(st.binary(max_size=600))
@settings(max_examples=150, deadline=None)
def test_any_bytes(data: bytes) -> None:
    """Any file gives a list, also one that begins like a workbook: the same twice, each guest on one clean line."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        for start in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe"):
            path.write_bytes(start + data)
            found = read_guests(path)
            assert found == read_guests(path)
            assert all(guest.name == cleaned(guest.name) for guest in found.guests)
            assert len(found.guests) <= MAX_ROWS


@given(st.lists(PERSON, min_size=2, max_size=12, unique_by=lambda one: one[2]), st.sampled_from(",;\t|"))
@settings(max_examples=100, deadline=None)
def test_a_table_and_a_workbook_say_the_same(people: list[tuple[str, str, int]], delimiter: str) -> None:
    """The same list as a file and as a workbook gives the same guests in the same order, none lost."""
    rows = [["Voornaam", "Achternaam", "E-mail"], *[[one, other, f"p{n}@example.org"] for one, other, n in people]]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    with tempfile.TemporaryDirectory() as folder:
        book = read_guests(workbook(Path(folder) / "x.xlsx", sheet(rows)))
    listed = read_guests(text.getvalue())
    assert listed.guests == book.guests
    assert [one.mails for one in listed.guests] == [(f"p{number}@example.org",) for *_, number in people]


@given(st.lists(PERSON, max_size=12))
@settings(max_examples=100, deadline=None)
def test_joining_doubles(people: list[tuple[str, str, int]]) -> None:
    """Joined twice is joined once; nobody with another name or address disappears; lines are all counted."""
    text = "Name,Email\n" + "".join(f"{one} {other},p{number % 5}@example.org\n" for one, other, number in people)
    found = read_guests(text)
    assert merged(found.guests).merged == 0
    assert len(found.guests) + found.merged == len(people)


@given(st.text(max_size=3_000))
@settings(max_examples=200, deadline=None)
def test_cleaning_is_done_once(text: str) -> None:
    """A cleaned cell is on one line, within its limit, and stays as it is when cleaned again."""
    once = cleaned(text)
    assert len(once) <= 2_000
    assert not any(char in once for char in "\n\r\t\0\u202e\u200b")
    assert cleaned(once) == once
