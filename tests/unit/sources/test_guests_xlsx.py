"""Workbooks: what they hold is read as text, and nothing in them can hang, fill or start anything."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest
from tests.unit.sources.guest_workbooks import HEAD, SPACE, STYLES, cells, sheet, workbook

from maatje.model.record import Coming
from maatje.sources import guests_table, guests_xlsx
from maatje.sources.guests import read_guests

ROWS = (
    ("Naam", "Organisatie", "E-mail", "Status"),
    ("Anna van den Berg", "Gemeente Voorbeeld", "anna@example.org", "Aanwezig"),
    ("Bram Bakker", "", "bram@example.org", "Afgemeld"),
)


def test_a_plain_list(tmp_path: Path) -> None:
    """A workbook gives its guests with the row each stands in."""
    found = read_guests(workbook(tmp_path / "list.xlsx", sheet(ROWS)))
    assert [(one.name, one.organisation, one.mails, one.status, one.place) for one in found.guests] == [
        ("Anna van den Berg", "Gemeente Voorbeeld", ("anna@example.org",), Coming.GOING, 2),
        ("Bram Bakker", "", ("bram@example.org",), Coming.DECLINED, 3),
    ]
    assert (found.problems, found.asked) == ((), ())


def test_shared_texts_runs_and_readings(tmp_path: Path) -> None:
    """Shared texts are joined from their runs, without the readings that stand above Japanese."""
    shared = (
        f"{HEAD}<sst {SPACE}><si><t>Name</t></si><si><r><t>Anna </t></r><r><t>Berg</t></r></si>"
        "<si><t>山田</t><rPh><t>ヤマダ</t></rPh></si></sst>"
    )
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row>'
        '<row r="3"><c r="A3" t="s"><v>2</v></c></row><row r="4"><c r="A4" t="s"><v>99</v></c></row>'
    )
    grid = guests_xlsx.read_xlsx(workbook(tmp_path / "x.xlsx", cells(rows), sharedStrings=shared), name="x")
    assert [row.cells for row in grid.rows] == [("Name",), ("Anna Berg",), ("山田",)]


def test_serial_numbers(tmp_path: Path) -> None:
    """Numbers in a style of dates become dates, others stay numbers; the leap day that never was does no harm."""
    row = (
        '<row r="1"><c r="A1" s="1"><v>46093</v></c><c r="B1" s="2"><v>46093.75</v></c><c r="C1" s="3"><v>0.5</v></c>'
        '<c r="D1"><v>46093</v></c><c r="E1"><v>31612345678</v></c><c r="F1" s="1"><v>1e300</v></c>'
        '<c r="G1" t="b"><v>1</v></c><c r="H1" t="e"><v>#REF!</v></c><c r="I1"><v>2.50</v></c></row>'
    )
    grid = guests_xlsx.read_xlsx(workbook(tmp_path / "x.xlsx", cells(row), styles=STYLES), name="x")
    assert grid.rows[0].cells == (
        "2026-03-12", "2026-03-12 18:00", "12:00", "46093", "31612345678", "1e300", "TRUE", "", "2.50",
    )  # fmt: skip


def test_days_since_1904(tmp_path: Path) -> None:
    """A workbook that counts from 1904 says so, and its days are right."""
    book = f'{HEAD}<workbook {SPACE}><workbookPr date1904="1"/></workbook>'
    row = '<row r="1"><c r="A1" s="1"><v>44631</v></c></row>'
    path = workbook(tmp_path / "x.xlsx", cells(row), styles=STYLES, workbook=book)
    assert guests_xlsx.read_xlsx(path, name="x").rows[0].cells == ("2026-03-12",)


def test_the_sheet_with_guests_is_chosen(tmp_path: Path) -> None:
    """Of several sheets the one with most people is read, wherever it stands."""
    notes = sheet([["Draaiboek"], *[[f"{hour}:00", "12"] for hour in range(10, 23)]])
    found = read_guests(workbook(tmp_path / "x.xlsx", notes, sheet(ROWS), sheet([["1", "2"]])))
    assert [one.name for one in found.guests] == ["Anna van den Berg", "Bram Bakker"]


def test_formulas_are_never_computed(tmp_path: Path) -> None:
    """Of a formula only its stored result is read; text that begins like one stays text."""
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row>'
        '<row r="2"><c r="A2" t="str"><f>HYPERLINK("x","y")</f><v>Anna Berg</v></c></row>'
        '<row r="3"><c r="A3"><f>1+1</f></c></row>'
        '<row r="4"><c r="A4" t="inlineStr"><is><t>=1+1</t></is></c></row>'
        '<row r="5"><c r="A5" t="str"><v>@SUM(A1)</v><f>LATE()</f></c></row>'
    )
    found = read_guests(workbook(tmp_path / "x.xlsx", cells(rows)), meanings={})
    assert [one.name for one in found.guests] == ["Anna Berg", "=1+1", "@SUM(A1)"]


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE w SYSTEM "http://example.org/x.dtd">',
    ],
)
def test_entities_are_refused(tmp_path: Path, before: str) -> None:
    """A workbook that declares a document type is refused as a whole, and says so."""
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>Anna Berg</t></is></c></row>'
    found = read_guests(workbook(tmp_path / "x.xlsx", cells(row, before)))
    assert (found.guests, [one.message for one in found.problems]) == ((), [guests_xlsx.REFUSED])


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    """A sheet that would grow more than a hundredfold is not unpacked."""
    path = workbook(tmp_path / "x.xlsx", cells(" " * 30_000_000))
    found = read_guests(path)
    assert found.guests == ()
    assert "hundredfold" in found.problems[0].message


def test_an_endless_tag_is_not_kept(tmp_path: Path) -> None:
    """A tag longer than any real one ends the reading before it fills the memory."""
    long = random.Random(1).randbytes(guests_xlsx.MAX_TOKEN).hex()
    found = read_guests(workbook(tmp_path / "x.xlsx", cells(f'<row r="1" x="{long}"></row>')))
    assert [one.message for one in found.problems] == [guests_xlsx.DAMAGED]


def test_endless_texts_are_cut(tmp_path: Path) -> None:
    """A cell of any length, in one piece or in thousands of runs, is kept to the limit."""
    runs = "".join(f"<r><t>{number:08} </t></r>" for number in range(20_000))
    shared = f"{HEAD}<sst {SPACE}><si>{runs}</si><si><t>Anna Wit</t></si></sst>"
    row = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    grid = guests_xlsx.read_xlsx(workbook(tmp_path / "x.xlsx", cells(row), sharedStrings=shared), name="x")
    assert (len(grid.rows[0].cells[0]), grid.rows[0].cells[1]) == (2_000, "Anna Wit")


def test_two_far_cells_are_two_cells(tmp_path: Path) -> None:
    """A cell in the last row and column of all costs no more than another."""
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Anna Berg</t></is></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>2</v></c>'
        '<c r="B1048576" t="inlineStr"><is><t>Bram Smit</t></is></c></row>'
    )
    grid = guests_xlsx.read_xlsx(workbook(tmp_path / "x.xlsx", cells(rows)), name="x")
    assert [(row.place, row.cells) for row in grid.rows] == [(1, ("Anna Berg",)), (1_048_576, ("", "Bram Smit"))]


def test_too_many_rows_are_cut_off(tmp_path: Path) -> None:
    """A list beyond the limit is read up to it, and the cut is said."""
    rows = [
        ["Naam", "E-mail"],
        *[[f"Gast {chr(97 + n % 26)}", f"g{n}@example.org"] for n in range(guests_table.MAX_ROWS + 50)],
    ]
    found = read_guests(workbook(tmp_path / "x.xlsx", sheet(rows)))
    assert len(found.guests) == guests_table.MAX_ROWS
    assert "left out" in found.notes[0].text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (guests_xlsx.OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), guests_xlsx.LOCKED),
        (guests_xlsx.OLE + bytes(600) + "Workbook".encode("utf-16-le"), guests_xlsx.OLD),
        (b"PK\x03\x04" + bytes(100), "The archive is damaged or cut short."),
    ],
)
def test_other_workbooks_are_named(tmp_path: Path, data: bytes, message: str) -> None:
    """Locked, old and broken workbooks each get a sentence that says what to do or what is wrong."""
    path = tmp_path / "x.xls"
    path.write_bytes(data)
    found = read_guests(path)
    assert (found.guests, [one.message for one in found.problems]) == ((), [message])


def test_other_archives_are_named(tmp_path: Path) -> None:
    """A binary workbook and an archive of something else are not taken for lists."""
    for member, message in (("xl/workbook.bin", guests_xlsx.BINARY), ("word/document.xml", guests_xlsx.OTHER)):
        path = tmp_path / "x.zip"
        with zipfile.ZipFile(path, "w") as file:
            file.writestr(member, "x")
        assert [one.message for one in read_guests(path).problems] == [message]


def test_a_broken_sheet_gives_what_it_has(tmp_path: Path) -> None:
    """A sheet cut short gives the rows before the cut, and a problem."""
    text = sheet(ROWS)
    found = read_guests(workbook(tmp_path / "x.xlsx", text[: text.index("Bram")]))
    assert [one.name for one in found.guests] == ["Anna van den Berg"]
    assert [one.message for one in found.problems] == [guests_xlsx.DAMAGED]


def test_an_empty_workbook(tmp_path: Path) -> None:
    """A workbook of nothing says so and is no error."""
    found = read_guests(workbook(tmp_path / "x.xlsx", cells("")))
    assert [one.message for one in found.problems] == [guests_xlsx.EMPTY]
    assert found.notes[0].text == "There is nobody on this list."


def test_no_copies_stay_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The parts that were copied out are gone afterwards, also of a workbook that was refused."""
    path = workbook(tmp_path / "x.xlsx", sheet(ROWS), cells("", "<!DOCTYPE w [<!ENTITY a 'b'>]>"))
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    read_guests(path)
    assert list(scratch.iterdir()) == []
