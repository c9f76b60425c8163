"""
Contact lists as CSV: our own export, and those of Google, Outlook, Thunderbird, Roundcube and LinkedIn.

Comma, semicolon or tab, in any charset of theirs, with notes above the header. A column that is not
known is kept as a property of its own (``X-…``). A bad row is a ``Problem`` and the rest is read.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from maatje.errors import N_
from maatje.model.record import Card, Origin, Problem
from maatje.sources import contacts_csv_own
from maatje.sources.contacts_csv_columns import MAX_COLUMNS, Column, columns_of
from maatje.sources.contacts_csv_row import properties_of
from maatje.sources.contentlines import tidy
from maatje.sources.vcard_card import card_of
from maatje.sources.vcard_text import MAX_PROPERTIES, TooManyPropertiesError

FORMAT: Final = "contacts-csv"
PREAMBLE: Final = 12
"""Lines above the header that are passed over at most: LinkedIn explains itself first."""
MAX_LINE: Final = 20_000_000
_DELIMITERS: Final = ",;\t"
_SEP: Final = re.compile(r"sep=(.)\s*\Z", re.IGNORECASE)
_BLOCK: Final = 1 << 20


def sniff(head: bytes, path: Path) -> bool:
    """Whether the first bytes of a file are a table whose header is surely that of a list of contacts."""
    return _header(io.StringIO(head.decode(_encoding(head), "replace"), newline="")) is not None


def read(path: Path, *, name: str, start: int = 0, stop: int | None = None) -> Iterator[Card | Problem]:
    """
    The contacts of a list, in its order; the place of each is the number of its row, from 1.

    One piece: ``start`` other than 0 gives nothing and ``stop`` is not looked at. Safe to repeat.
    Yields a ``Problem`` for a row that cannot be understood or says nothing of anybody, and for a table without the
    header of a contact list. Empty rows are passed over.
    Raises: OSError: the file cannot be opened.
    """
    if start:
        return
    with _text(path) as file:
        found = _header(file)
        if found is None:
            yield Problem(Origin(name), "the header", N_("The columns of this table are not those of a contact list."))
            return
        header, columns, delimiter = found
        own = contacts_csv_own.layout(header)
        for number, row in _rows(file, delimiter):
            origin, where = Origin(name, place=number), f"row {number}"
            if isinstance(row, str):
                yield Problem(origin, where, row)
            elif any(cell and not cell.isspace() for cell in row):
                yield _card(row, header, columns, (name, number), own)


def _card(
    row: list[str],
    header: list[str],
    columns: tuple[Column, ...],
    place: tuple[str, int],
    own: contacts_csv_own.Layout | None,
) -> Card | Problem:
    origin, where = Origin(place[0], place=place[1]), f"row {place[1]}"
    if len(row) > MAX_COLUMNS:
        return Problem(origin, where, N_("A row of more than 500 columns was left out."))
    try:
        if own is not None:
            version, props = contacts_csv_own.properties_of(row, own)
        else:
            version, props = "4.0", properties_of(row, header, columns)
        if len(props) > MAX_PROPERTIES:
            raise TooManyPropertiesError
        card = card_of(place[0], place[1], version, props)
    except Exception:  # noqa: BLE001 - the record boundary: whatever one row does, the others are read
        return Problem(origin, where, N_("This row could not be understood."))
    return card or Problem(origin, where, N_("A row that tells of nobody."))


def _rows(file: Iterator[str], delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """The rows below the header with their numbers; a text of ours where one is broken."""
    reader = csv.reader(file, delimiter=delimiter)
    number = 0
    while True:
        number += 1
        try:
            yield number, next(reader)
        except StopIteration:
            return
        except csv.Error:
            # A quote that never closes runs on until a cell is longer than any real one; then the next line begins.
            yield number, N_("A row with a cell that never ends.")


def _header(file: Iterator[str]) -> tuple[list[str], tuple[Column, ...], str] | None:
    """The header, what its columns are, and the delimiter; the file then stands at the first row below it."""
    forced = ""
    for _ in range(PREAMBLE):
        line = next(file, None)
        if line is None:
            return None
        if (match := _SEP.match(line.strip())) is not None:
            forced = match[1]
            continue
        if len(line) > 100_000:
            return None
        for delimiter in forced or _DELIMITERS:
            header = [tidy(cell, 200) for cell in next(csv.reader([line], delimiter=delimiter), [])]
            if contacts_csv_own.layout(header) is not None:
                return header, (), delimiter
            if (columns := columns_of(header)) is not None:
                return header, columns, delimiter
    return None


@contextmanager
def _text(path: Path) -> Iterator[Iterator[str]]:
    """The file's lines with their ends, decoded."""
    with path.open("rb") as file:
        encoding = _encoding_of(file)
        file.seek(0)
        text = io.TextIOWrapper(file, encoding, errors="replace", newline="")
        # A line without end comes in pieces; it breaks its row, never the machine.
        yield iter(lambda: text.readline(MAX_LINE), "")


def _encoding_of(file: IO[bytes]) -> str:
    """The charset of a whole file: the first bytes tell, and whether all of it is UTF-8."""
    encoding = _encoding(file.read(_BLOCK))
    if encoding != "utf-8-sig":
        return encoding
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while block := file.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return encoding


def _encoding(head: bytes) -> str:
    """UTF-8, UTF-16 with or without its mark, or Windows-1252, by the first bytes."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    if b"\0" in head[:4096]:
        even, odd = head[:4096:2], head[1:4096:2]
        for encoding, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
            if zeros.count(0) > 0.8 * len(zeros) and others.count(0) == 0:
                return encoding
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"
