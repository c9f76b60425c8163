"""
Guest lists as Excel workbooks: the sheet with most guests, as rows of text.

Own and bounded, because what reads workbooks elsewhere trusts them: python-calamine 0.9.1 ends the whole
process over two cells that lie far apart (a file of 1.4 kB: it makes room for all between them), and
openpyxl 3.1.5 bounds neither the archive nor the texts. Here the archive passes ``archive.unpack``'s
rules first; then expat reads part by part, refuses every document type and entity, and stops at the
limits. Values only: a formula is never looked at, its last stored result is text like any other, and
macros, pictures and links are never opened.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Final
from xml.parsers import expat

from maatje.errors import N_, FormatError
from maatje.model.record import Origin, Problem
from maatje.sources import archive
from maatje.sources.guests_cells import MAX_CELL, cleaned, is_mail, is_name
from maatje.sources.guests_table import MAX_COLUMNS, MAX_ROWS, PREAMBLE, Grid, Row, headed

MAX_SHEETS: Final = 20
MAX_TEXTS: Final = 600_000
"""Shared texts that are kept. They stand in the order of their first use: what is cut lies below the last row read."""
MAX_TEXT_CHARACTERS: Final = 40_000_000
MAX_DEPTH: Final = 64
MAX_TOKEN: Final = 4_000_000
"""Bytes of one tag; the parser would keep all of a longer one in memory."""
MAX_CELLS: Final = 2_000_000
"""Cells of one sheet that are looked at."""
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of an old .xls file, and of a workbook that is locked with a password."""
_WANTED: Final = re.compile(r"xl/(?:worksheets/[^/]+|sharedStrings|styles|workbook)\.xml\Z", re.IGNORECASE)
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})\Z")
_DATE_FORMATS: Final = frozenset({14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)})
_CLOCK_FORMATS: Final = frozenset({18, 19, 20, 21, 45, 46, 47})
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_BLOCK: Final = 65_536
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")

LOCKED: Final = N_("This workbook is locked with a password. Save it without one, or as CSV, and give that.")
OLD: Final = N_("This is a workbook of the old kind (.xls). Save it as .xlsx or CSV, and give that.")
BINARY: Final = N_("This is a workbook of the binary kind (.xlsb). Save it as .xlsx or CSV, and give that.")
OTHER: Final = N_("This is no workbook that is read here. Save the list as .xlsx or CSV, and give that.")
DAMAGED: Final = N_("The workbook is damaged and could not be read to its end.")
REFUSED: Final = N_("The workbook was refused: it declares entities, which no list of guests does.")
EMPTY: Final = N_("There is nothing in this workbook.")


def sniff(head: bytes) -> bool:
    """Whether the first bytes are a workbook's, of the new, the old or the locked kind."""
    return head[:4] == b"PK\x03\x04" or head.startswith(OLE)


def read_xlsx(path: Path, *, name: str) -> Grid:
    """
    The rows of the sheet that looks most like a list of guests.

    Copies of the parts are made in a private folder and removed. Never raises for what the file
    holds: then the grid has one ``Problem`` and no rows. Cells are at most ``MAX_CELL`` characters.
    Raises: OSError: the file cannot be read, or the copies cannot be written.
    """
    try:
        with path.open("rb") as file:
            if file.read(8) == OLE:
                raise FormatError(_old(path))
        with tempfile.TemporaryDirectory(prefix="maatje-") as folder:
            parts, problems = _parts(path, Path(folder), name)
            grid = _best(parts, name)
            return grid._replace(problems=(*problems, *grid.problems))
    except FormatError as error:
        return Grid((), problems=(Problem(Origin(name), N_("the workbook"), str(error)),))


def _old(path: Path) -> str:
    """Which of the two a file in the old container is: its directory names the locked package."""
    with path.open("rb") as file:
        return LOCKED if _ENCRYPTED in file.read(4_000_000) else OLD


def _parts(path: Path, folder: Path, name: str) -> tuple[dict[str, Path], list[Problem]]:
    """The parts of the workbook that are read, copied out, by their names in small letters."""
    names = [entry.name.lower() for entry in archive.entries(path)]
    if "xl/workbook.bin" in names:
        raise FormatError(BINARY)
    if not any(one.startswith("xl/worksheets/") for one in names):
        raise FormatError(OTHER)
    parts: dict[str, Path] = {}
    problems: list[Problem] = []
    for member in archive.unpack(path, folder, name=name, wanted=lambda one, _: _WANTED.match(one) is not None):
        if isinstance(member, Problem):
            problems.append(member)
        else:
            parts[member.name.lower()] = member.path
    return parts, problems


def _best(parts: dict[str, Path], name: str) -> Grid:
    """The sheet with most rows that look like guests; of equal ones the first."""
    texts = _Texts()
    if (path := parts.get("xl/sharedstrings.xml")) is not None:
        _parse(path, texts.start, texts.end, texts.data)
    styles = _Styles()
    if (path := parts.get("xl/styles.xml")) is not None:
        _parse(path, styles.start, styles.end, None)
    epoch = _Epoch()
    if (path := parts.get("xl/workbook.xml")) is not None:
        _parse(path, epoch.start, None, None)
    sheets = sorted((one for one in parts if one.startswith("xl/worksheets/")), key=lambda one: (len(one), one))
    best: Grid | None = None
    score = -1
    for sheet in sheets[:MAX_SHEETS]:
        reader = _Sheet(texts.found, styles.kinds(), epoch.first_day)
        is_whole = _parse(parts[sheet], reader.start, reader.end, reader.data)
        problems = () if is_whole else (Problem(Origin(name), N_("the workbook"), DAMAGED),)
        grid = Grid(tuple(reader.rows), reader.is_cut, problems)
        likeness = _guests_in(grid)
        if likeness > score:
            best, score = grid, likeness
    if best is None or not (best.rows or best.problems):
        raise FormatError(EMPTY)
    return best


def _guests_in(grid: Grid) -> int:
    """Rows with a name or an address in them, of a table with a header twice: a rough count, to choose a sheet by."""
    rows = sum(any(is_mail(cell) or is_name(cell) for cell in row.cells) for row in grid.rows)
    return rows * 2 + bool(grid.rows) + (1 if headed(grid).header else 0)


class _EnoughError(Exception):
    """The limits of a part are reached: what was read stands."""


_Start = Callable[[str, dict[str, str]], None]
_End = Callable[[str], None]
_Data = Callable[[str], None]


def _parse(path: Path, start: _Start, end: _End | None, data: _Data | None) -> bool:
    """
    Read one part, by its names without their namespaces; False where it breaks off.

    Raises: FormatError: it has a document type or an entity.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    depth = 0

    def refuse(*_: object) -> int:
        raise FormatError(REFUSED)

    def begun(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise FormatError(DAMAGED)
        start(name.rpartition(" ")[2], attributes)

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(name.rpartition(" ")[2])

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    parser.StartElementHandler = begun
    parser.EndElementHandler = ended
    if data is not None:
        parser.CharacterDataHandler = data
        parser.buffer_text = True
    try:
        with path.open("rb") as file:
            fed = 0
            while block := file.read(_BLOCK):
                parser.Parse(block, False)
                fed += len(block)
                if fed - parser.CurrentByteIndex > MAX_TOKEN:
                    raise FormatError(DAMAGED)
            parser.Parse(b"", True)
    except _EnoughError:
        return True
    except expat.ExpatError:
        return False
    return True


class _Texts:
    """The texts that cells share: runs joined, the readings of Japanese (rPh) left out."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._piece: list[str] | None = None
        self._is_text = False
        self._spoken = 0
        self._size = 0
        self._left = 0

    def start(self, name: str, _: dict[str, str]) -> None:
        """Begins an item or a run of its text."""
        if name == "si":
            self._piece, self._left = [], 4 * MAX_CELL
        elif name == "rPh":
            self._spoken += 1
        self._is_text = name == "t" and not self._spoken

    def end(self, name: str) -> None:
        """Keeps an item that is complete."""
        self._is_text = False
        if name == "rPh":
            self._spoken -= 1
        elif name == "si" and self._piece is not None:
            text = cleaned("".join(self._piece))
            self._size += len(text)
            if len(self.found) >= MAX_TEXTS or self._size > MAX_TEXT_CHARACTERS:
                raise _EnoughError
            self.found.append(text)
            self._piece = None

    def data(self, text: str) -> None:
        """Takes text of a run."""
        if self._is_text and self._piece is not None and self._left > 0:
            self._piece.append(text[: self._left])
            self._left -= len(text)


class _Styles:
    """Which of a sheet's styles are dates or times of day: only they tell a serial number from a number."""

    def __init__(self) -> None:
        self._own: dict[int, str] = {}
        self._used: list[int] = []
        self._is_cell = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Takes a format or a style."""
        if name == "numFmt" and len(self._own) < 10_000:
            self._own[_number(attributes.get("numFmtId", ""))] = attributes.get("formatCode", "")[:200]
        elif name == "cellXfs":
            self._is_cell = True
        elif name == "xf" and self._is_cell and len(self._used) < 100_000:
            self._used.append(_number(attributes.get("numFmtId", "")))

    def end(self, name: str) -> None:
        """Leaves the list of styles."""
        if name == "cellXfs":
            self._is_cell = False

    def kinds(self) -> list[str]:
        """For each style "date", "clock" or ""."""
        return [self._kind(number) for number in self._used]

    def _kind(self, number: int) -> str:
        if number in _DATE_FORMATS or number in _CLOCK_FORMATS:
            return "date" if number in _DATE_FORMATS else "clock"
        code = _QUOTED.sub("", self._own.get(number, "")).lower().partition(";")[0]
        if "y" in code or "d" in code or "j" in code:
            return "date"
        return "clock" if "h" in code or "ss" in code or "u" in code else ""


class _Epoch:
    """The day that a workbook counts from: 1900, or 1904 as old Macs did."""

    def __init__(self) -> None:
        self.first_day = date(1899, 12, 30)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Looks for the one setting."""
        if name == "workbookPr" and attributes.get("date1904", "0") in ("1", "true"):
            self.first_day = date(1904, 1, 1)


class _Sheet:
    """The filled rows of one sheet, up to the limits."""

    def __init__(self, texts: list[str], kinds: list[str], first_day: date) -> None:
        self.rows: list[Row] = []
        self.is_cut = False
        self._texts, self._kinds, self._first_day = texts, kinds, first_day
        self._place = 0
        self._cells: dict[int, str] = {}
        self._column = -1
        self._type = self._style = ""
        self._value: list[str] = []
        self._is_value = False
        self._left = self._looked = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begins a row, a cell or its value."""
        if name == "row":
            stated = _number(attributes.get("r", ""))
            self._place = stated if stated > self._place else self._place + 1
            self._cells, self._column = {}, -1
        elif name == "c":
            match = _REFERENCE.match(attributes.get("r", ""))
            self._column = _column(match[1]) if match is not None else self._column + 1
            self._type, self._style = attributes.get("t", ""), attributes.get("s", "")
            self._value, self._is_value, self._left = [], False, 4 * MAX_CELL
            self._looked += 1
            if self._looked > MAX_CELLS:
                self.is_cut = True
                raise _EnoughError
        else:
            self._is_value = name == "v" or (name == "t" and self._type == "inlineStr")

    def end(self, name: str) -> None:
        """Keeps a cell or a row that is complete."""
        self._is_value = False
        if name == "c" and self._value:
            if 0 <= self._column < MAX_COLUMNS and (text := self._text("".join(self._value))):
                self._cells[self._column] = text
            self._value = []
        elif name == "row" and self._cells:
            if len(self.rows) >= MAX_ROWS + PREAMBLE:
                self.is_cut = True
                raise _EnoughError
            width = max(self._cells) + 1
            self.rows.append(Row(self._place, tuple(self._cells.get(one, "") for one in range(width))))

    def data(self, text: str) -> None:
        """Takes text of a value; a formula's text lies outside values and is never taken."""
        if self._is_value and self._left > 0:
            self._value.append(text[: self._left])
            self._left -= len(text)

    def _text(self, value: str) -> str:
        """A cell as a person sees it, nearly: dates as ISO, whole numbers without a point."""
        if self._type == "s":
            number = _number(value)
            return self._texts[number] if 0 <= number < len(self._texts) and value.strip().isdecimal() else ""
        if self._type == "b":
            return "TRUE" if value.strip() == "1" else "FALSE"
        if self._type in ("str", "inlineStr", "d"):
            return cleaned(value)
        if self._type == "e":
            return ""
        return self._numeral(cleaned(value, 40))

    def _numeral(self, text: str) -> str:
        try:
            number = float(text)
        except ValueError:
            return text
        style = _number(self._style)
        kind = self._kinds[style] if self._style and 0 <= style < len(self._kinds) else ""
        if kind and 0 <= number < 2_958_466:
            return _moment(number, kind, self._first_day)
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else text


def _moment(serial: float, kind: str, first_day: date) -> str:
    """A serial number as an ISO date, with its time where it has one; a time of day alone as such."""
    minutes = round((serial % 1) * 1440) % 1440
    clock = f"{minutes // 60:02}:{minutes % 60:02}"
    if kind == "clock" and serial < 1:
        return clock
    try:
        day = (first_day + timedelta(days=int(serial))).isoformat()
    except OverflowError:
        return str(serial)
    return f"{day} {clock}" if minutes else day


def _column(letters: str) -> int:
    """A column's number from 0 by its letters: A, Z, AA, XFD."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _number(text: str) -> int:
    """A small whole number as an attribute states it; 0 for anything else."""
    return int(text) if text.isascii() and text.strip().isdecimal() and len(text) < 10 else 0
