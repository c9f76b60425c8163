"""Tables of guests: any charset, any separator, and rows that break leave the others alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.sources.guest_layouts import LAYOUTS, UNSEEN, Layout

from maatje.model.record import Coming
from maatje.sources import guests_table
from maatje.sources.guests import NO_TEXT, NOBODY, WEB_PAGE, Kind, Meaning, read_guests
from maatje.sources.guests_columns import guess


@pytest.mark.parametrize("one", LAYOUTS + UNSEEN, ids=[one.name for one in LAYOUTS + UNSEEN])
def test_every_column_is_right_or_asked(one: Layout) -> None:
    """Of forty-two invented layouts every column has its true meaning or is asked, and every guest is read."""
    found = read_guests(one.text)
    assert len(found.columns) == len(one.truth)
    wrong = [
        (column.header, column.meaning, truth)
        for column, truth in zip(found.columns, one.truth, strict=True)
        if column.sure and column.meaning not in truth.split("|")
    ]
    assert (wrong, len(found.guests), found.problems) == ([], one.guests, ())


def test_little_is_asked() -> None:
    """Over the layouts the rules were made by fewer than one column in ten is asked, and every proposal is right."""
    columns = [pair for one in LAYOUTS for pair in zip(read_guests(one.text).columns, one.truth, strict=True)]
    asked = [(column.meaning, truth) for column, truth in columns if not column.sure]
    assert len(asked) * 10 < len(columns)
    assert [pair for pair in asked if pair[0] not in pair[1].split("|")] == []


def test_answers_stand_whatever_the_cells_say() -> None:
    """Read again with the user's answers, columns are what they say, and nothing is asked of them."""
    text = "A,B\nAnna Wit,x@example.org\nBram Smit,y@example.org\n"
    found = read_guests(text, meanings={0: Meaning.ORGANISATION, 1: Meaning.NOTE, 99: Meaning.NAME})
    assert [(column.meaning, column.sure) for column in found.columns] == [
        (Meaning.ORGANISATION, True),
        (Meaning.NOTE, True),
    ]
    assert (found.guests, [one.message for one in found.problems]) == ((), [NOBODY, NOBODY])


def test_what_is_ignored_is_kept() -> None:
    """Every filled cell is kept with its header, whatever its column means."""
    (guest,) = read_guests("Order #,Name,Email,Diet\n7,Anna Wit,a@example.org,=1+1\n").guests
    assert guest.raw == (("Order #", "7"), ("Name", "Anna Wit"), ("Email", "a@example.org"), ("Diet", "=1+1"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_charsets_and_line_ends(tmp_path: Path, encoding: str, end: str) -> None:
    """A list reads the same in every charset and with every line end that programs write."""
    path = tmp_path / "list.csv"
    path.write_bytes(
        end.join(["Naam;E-mail", "Chloé de Wit;c@example.org", "Jürgen Groß;j@example.org", ""]).encode(encoding)
    )
    assert [(one.name, one.mails) for one in read_guests(path).guests] == [
        ("Chloé de Wit", ("c@example.org",)),
        ("Jürgen Groß", ("j@example.org",)),
    ]


def test_charsets_mixed_and_mangled(tmp_path: Path) -> None:
    """Lines of different charsets in one file, and text that was mangled before, come out right."""
    path = tmp_path / "list.csv"
    path.write_bytes(
        "Naam;E-mail\nChloé Wit;c@example.org\n".encode()
        + "Jürgen Groß;j@example.org\n".encode("cp1252")
        + "Zoë Smit;z@example.org\n".encode().decode("cp1252").encode()
    )
    assert [one.name for one in read_guests(path).guests] == ["Chloé Wit", "Jürgen Groß", "Zoë Smit"]


def test_marks_of_direction_are_gone() -> None:
    """A mark that turns text around is in no name, no address and no header."""
    (guest,) = read_guests("\u200fNaam;E-mail\n\u202eAnna\u202c Wit;\u200ea@example.org\n").guests
    assert (guest.name, guest.mails) == ("Anna Wit", ("a@example.org",))


def test_rows_that_break() -> None:
    """A row of nobody, of too many cells or without end is a problem with its place; the others are read."""
    text = "Naam;E-mail\nAnna Wit;a@example.org\n;;\n;-\nTotaal;\n" + ";" * 600 + "\nBram Smit;b@example.org\n"
    found = read_guests(text)
    assert [one.name for one in found.guests] == ["Anna Wit", "Bram Smit"]
    assert [one.where for one in found.problems] == ["row 6", "row 4", "row 5"]
    endless = read_guests('Naam,E-mail\nAnna Wit,a@example.org\nx,"' + "y" * 200_000 + "\nBram Smit,b@example.org\n")
    assert [one.name for one in endless.guests] == ["Anna Wit", "Bram Smit"]
    assert [one.where for one in endless.problems] == ["row 3"]


def test_a_quote_that_never_closes_hides_nobody() -> None:
    """Of a row whose quote never closes only that row is lost; a cell of several lines is one cell."""
    rows = "".join(f"Gast Wit,g{number}@example.org,\n" for number in range(200))
    found = read_guests(f'Name,Email,Note\nAnna Wit,a@example.org,"two\nlines"\nBram Smit,b@example.org,"oh\n{rows}')
    assert len(found.guests) == 201
    assert (found.guests[0].note, found.guests[1].place) == ("two lines", 5)
    assert [one.where for one in found.problems] == ["row 4"]


def test_header_again_and_again() -> None:
    """A header that is repeated on every page is no guest."""
    found = read_guests("Naam;E-mail\nAnna Wit;a@example.org\nNaam;E-mail\nBram Smit;b@example.org\n")
    assert [one.place for one in found.guests] == [2, 4]


def test_one_person_with_two_tickets() -> None:
    """Somebody who gave a ticket back and took another one is one guest, and comes."""
    text = "Name,Email,Ticket,Status\nAnna Wit,a@example.org,Early,Refunded\nAnna Wit,A@example.org,Late,Attending\n"
    found = read_guests(text)
    assert [(one.status, one.ticket) for one in found.guests] == [(Coming.GOING, "Early; Late")]
    assert found.merged == 1


def test_yes_under_a_header_of_refusal() -> None:
    """A yes below "Afgemeld" is a no, and a no is a yes."""
    found = read_guests("Naam;Afgemeld\nAnna Wit;ja\nBram Smit;nee\nDaan Vos;\n")
    assert [one.status for one in found.guests] == [Coming.DECLINED, Coming.GOING, Coming.UNSAID]


def test_whole_address_book(tmp_path: Path) -> None:
    """More than five thousand are read and said to be many; beyond the limit the rest is left out, and that is said."""
    path = tmp_path / "all.csv"
    path.write_text("Name,Email\n" + "".join(f"Anna Wit,a{number}@example.org\n" for number in range(5_001)))
    found = read_guests(path)
    assert (len(found.guests), found.notes[0].text) == (5_001, "This list has {n} names: is it a whole address book?")
    path.write_text(
        "Name,Email\n" + "".join(f"Anna Wit,a{n}@example.org\n" for n in range(guests_table.MAX_ROWS + 100))
    )
    cut = read_guests(path)
    assert len(cut.guests) == guests_table.MAX_ROWS
    assert cut.notes[0].text == "The list is longer than {n} guests; what follows was left out."


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7\n\x00\x01\x02", NO_TEXT),
        (b"\x89PNG\r\n\x1a\n" + bytes(90), NO_TEXT),
        (bytes(range(256)) * 40, NO_TEXT),
        (b"<!DOCTYPE html><table><tr><td>Anna Wit</td></tr></table>", WEB_PAGE),
        (b"<html xmlns:x='urn:x'><table>", WEB_PAGE),
    ],
)
def test_what_is_no_list(tmp_path: Path, data: bytes, message: str) -> None:
    """A picture, a document or a web page gets a sentence that says what to do instead."""
    path = tmp_path / "list.xls"
    path.write_bytes(data)
    found = read_guests(path)
    assert (found.guests, [one.message for one in found.problems]) == ((), [message])


def test_a_file_of_lines(tmp_path: Path) -> None:
    """A text file, or a CSV file of one column, is read line by line."""
    for name in ("list.txt", "list.csv"):
        path = tmp_path / name
        path.write_text("Anna Wit\nBram Smit\n")
        found = read_guests(path)
        assert (found.kind, [one.name for one in found.guests]) == (Kind.LINES, ["Anna Wit", "Bram Smit"])


def test_a_missing_file(tmp_path: Path) -> None:
    """Only a file that cannot be opened raises."""
    with pytest.raises(FileNotFoundError):
        read_guests(tmp_path / "nothing.csv")


def test_known_headers_that_the_cells_belie() -> None:
    """A header that its cells speak against is asked, not believed."""
    rows = [("12", "Anna Wit", "rood"), ("13", "Bram Smit", "groen")]
    columns = guess(("Email", "Name", "Phone"), rows)
    assert guess(("Company",), [("12",), ("13",)])[0].sure is False
    assert [(column.meaning, column.sure) for column in columns] == [
        (Meaning.MAIL, False),
        (Meaning.NAME, True),
        (Meaning.PHONE, False),
    ]
