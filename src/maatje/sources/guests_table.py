"""
Guest lists as tables: the rows of a CSV file or of text copied out of one, and where their header is.

Comma, semicolon, tab or bar; UTF-8, UTF-16 or Windows-1252, also mixed line by line; notes above the
header and blank lines between are passed over. No formula is ever computed.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Final, NamedTuple

from maatje.errors import N_
from maatje.model.record import Origin, Problem
from maatje.sources.contentlines import decoded
from maatje.sources.guests_cells import cleaned, is_code, is_date, is_mail, is_phone, is_yes_no, mails_in
from maatje.sources.guests_headers import Meaning, exact, hint

MAX_ROWS: Final = 20_000
"""Guests that are read at most; what follows is said to be left out."""
MAX_COLUMNS: Final = 500
MAX_SPAN: Final = 60
"""Lines that one row may go on for: the longest answers to a form."""
MAX_LINE: Final = 1_000_000
"""Bytes of one line; the rest of it counts as the next."""
MAX_TEXT: Final = 64_000_000
"""Bytes of a text file that are read; no list of 20,000 guests has as many."""
PREAMBLE: Final = 20
"""Rows above the header at most: meeting programs write a summary first."""
LOOKED_AT: Final = 60
_DELIMITERS: Final = ",;\t|"
_SEP: Final = re.compile(r"sep=(.)\s*\Z", re.IGNORECASE)


class Row(NamedTuple):
    """A row's number in the file as a person counts, from 1, and its cleaned cells."""

    place: int
    cells: tuple[str, ...]


class Grid(NamedTuple):
    """The filled rows of a table in their order, whether more followed than are read, and what went wrong."""

    rows: tuple[Row, ...]
    is_cut: bool = False
    problems: tuple[Problem, ...] = ()


class Headed(NamedTuple):
    """A table's header, () where it has none, and the rows below it; repetitions of the header are left out."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]


def read_lines(path: Path) -> Iterator[str]:
    """
    A text file's lines with their ends, each decoded by itself: files are glued together of several charsets.

    Raises: OSError: the file cannot be opened.
    """
    with path.open("rb") as file:
        encoding = _wide(file.read(4_096))
        file.seek(0)
        if encoding:
            yield from file.read(MAX_TEXT).decode(encoding, "replace").lstrip("\ufeff").splitlines(keepends=True)
            return
        left = MAX_TEXT
        while left > 0 and (line := file.readline(MAX_LINE)):
            left -= len(line)
            text_line = decoded(line).lstrip("\ufeff")
            # Old programs end lines with a lone CR; then all of the file is one line of bytes.
            yield from text_line.splitlines(keepends=True) if "\r" in text_line.rstrip("\r\n") else (text_line,)


def _wide(head: bytes) -> str:
    """The charset of two-byte text by its mark or its zeros, "" for all others."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    even, odd = head[::2], head[1::2]
    for encoding, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zeros and zeros.count(0) > 0.7 * len(zeros) and others.count(0) == 0:
            return encoding
    return ""


def grid_of(lines: Iterable[str], *, name: str, delimiter: str = "") -> Grid:
    """
    The rows of delimited text; at most ``MAX_ROWS`` and a header's worth.

    Args:
        lines: with their ends. name: shown in problems. delimiter: "" to find it out.
    """
    stream = iter(lines)
    sample = list(islice(stream, LOOKED_AT))
    if sample and (forced := _SEP.match(sample[0].strip())) is not None:
        delimiter = forced[1]
        sample[0] = "\n"
    delimiter = delimiter or delimiter_of(sample) or ","
    rows: list[Row] = []
    problems: list[Problem] = []
    feed = _Feed(chain(sample, stream))
    while len(rows) < MAX_ROWS + PREAMBLE:
        place = feed.begin()
        cells = _next_row(feed, delimiter)
        if cells is None:
            return Grid(tuple(rows), False, tuple(problems))
        if isinstance(cells, str):
            problems.append(_problem(name, place, cells))
        elif any(clean := tuple(cleaned(cell) for cell in cells)):
            rows.append(Row(place, clean))
    feed.begin()
    return Grid(tuple(rows), _next_row(feed, delimiter) is not None, tuple(problems))


class _Feed:
    """
    Lines for one row at a time, which can be put back.

    A quote that is never closed would swallow everybody below it: a row gets ``MAX_SPAN`` lines at the
    most, and if it was not closed by then only its first line is lost.
    """

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._back: deque[str] = deque()
        self._line = 0
        self.taken: list[str] = []

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= MAX_SPAN:
            raise StopIteration
        line = self._back.popleft() if self._back else next(self._lines).replace("\0", "")
        self._line += 1
        self.taken.append(line)
        return line

    def begin(self) -> int:
        """Begins a row; the number of its first line, from 1."""
        self.taken = []
        return self._line + 1

    def put_back(self) -> None:
        """Gives all lines of this row back but the first."""
        self._back.extendleft(reversed(self.taken[1:]))
        self._line -= len(self.taken) - 1


def _next_row(feed: _Feed, delimiter: str) -> list[str] | str | None:
    """The cells of the next row, a sentence for one that is broken, None at the end."""
    try:
        cells = next(csv.reader(feed, delimiter=delimiter))
    except StopIteration:
        return None
    except csv.Error:
        feed.put_back()
        return N_("A row with a cell that never ends.")
    if len(feed.taken) > 1 and sum(line.count('"') for line in feed.taken) % 2:
        feed.put_back()
        return N_("A row with a cell that never ends.")
    return cells if len(cells) <= MAX_COLUMNS else N_("A row with too many columns was left out.")


def _problem(name: str, place: int, message: str) -> Problem:
    return Problem(Origin(name, place=place), f"row {place}", message)


def delimiter_of(lines: Sequence[str]) -> str:
    """What cuts most of the lines into one number of cells, known headers first; "" where nothing does."""
    best, chosen = (0.0, 0.0, 0), ""
    filled = [line for line in lines if line.strip()]
    for delimiter in _DELIMITERS:
        # Line by line: one quote that is never closed must not hide how the others are cut.
        rows = [row for line in filled if (row := _cut(line, delimiter))]
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if not widths:
            continue
        width, often = widths.most_common(1)[0]
        headers = max(_header_score(row) for row in rows[:PREAMBLE])
        score = (headers, round(often / len(rows), 1), width)
        if score > best:
            best, chosen = score, delimiter
    return chosen


def _cut(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _header_score(row: Sequence[str]) -> float:
    """How much of a header a row is: known words count one, hints less; 0 with an address or number in it."""
    cells = [cleaned(cell, 300) for cell in row if cell and not cell.isspace()]
    if not cells or any(mails_in(cell) or is_phone(cell) or is_date(cell) for cell in cells):
        return 0.0
    known = sum(1.0 if exact(cell) is not None else 0.4 if hint(cell) is not None else 0.0 for cell in cells)
    return known if known >= 1.4 or known * 2 >= len(cells) else 0.0


def headed(grid: Grid) -> Headed:
    """
    The table cut into header and rows.

    The header is the row among the first twenty with most known words; a list may have none, or one
    of unknown words, which shows in cells that are of another kind than those below them.
    """
    rows = grid.rows
    scores = [_header_score(row.cells) for row in rows[:PREAMBLE]]
    best = max(scores, default=0.0)
    if best >= 1 or (best > 0 and len(rows) > 1):
        at = scores.index(best)
        if _is_header(rows[at].cells, best):
            header = rows[at].cells
            return Headed(header, tuple(row for row in rows[at + 1 :] if row.cells != header))
    if len(rows) > 1 and _differs(rows[0].cells, [row.cells for row in rows[1:LOOKED_AT]]):
        return Headed(rows[0].cells, tuple(row for row in rows[1:] if row.cells != rows[0].cells))
    return Headed((), rows)


def _is_header(cells: Sequence[str], score: float) -> bool:
    """Whether known words make this a header: two of them, or one that is sure to be no guest."""
    if score >= 1.4:
        return True
    known = [exact(cell) for cell in cells if cell]
    return any(one is not None and one is not Meaning.IGNORED for one in known) or len(known) == 1


def _differs(first: Sequence[str], others: Sequence[Sequence[str]]) -> bool:
    """Whether the first row is words where the rows below are addresses, numbers, dates or ticks."""
    if any(_kind(cell) or mails_in(cell) for cell in first):
        return False
    for number, cell in enumerate(first):
        below = [_kind(row[number]) for row in others if number < len(row) and row[number]]
        if cell and below and sum(map(bool, below)) >= 0.6 * len(below):
            return True
    return False


def _kind(cell: str) -> bool:
    return is_mail(cell) or is_phone(cell) or is_date(cell) or is_yes_no(cell) or is_code(cell)
