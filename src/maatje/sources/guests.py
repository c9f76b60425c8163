"""
Guest lists by any way a person gets them, as guests to be shown: nothing is written or matched here.

Pasted lines, tables (CSV, or copied from a page or sheet), Excel workbooks, address cards and calendar
invitations. What each column means is sure or asked; ``read_guests`` again with the answers gives
the list as the user says it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Final

from maatje.errors import N_
from maatje.model.record import Answer, Card, Coming, GuestLine, Meeting, Origin, Problem
from maatje.model.sentence import Count, Sentence, say, say_n
from maatje.sources import icalendar, vcard
from maatje.sources.guests_cells import cleaned, is_date, is_mail, is_name, is_phone, plain_words, share
from maatje.sources.guests_columns import ColumnGuess, guess
from maatje.sources.guests_headers import Meaning
from maatje.sources.guests_paste import read_paste
from maatje.sources.guests_rows import guest_of, merged
from maatje.sources.guests_table import (
    LOOKED_AT,
    MAX_ROWS,
    MAX_TEXT,
    Grid,
    Row,
    delimiter_of,
    grid_of,
    headed,
    read_lines,
)
from maatje.sources.guests_xlsx import read_xlsx
from maatje.sources.guests_xlsx import sniff as is_workbook
from maatje.sources.limits import HEAD

__all__ = ["ColumnGuess", "GuestList", "Kind", "Meaning", "guests_of_cards", "guests_of_meeting", "read_guests"]

ADDRESS_BOOK: Final = 5_000
"""A list longer than this is most likely a whole address book: read, and said."""
_TABLE_ENDINGS: Final = frozenset({".csv", ".tsv", ".tab"})
_PEOPLE: Final = frozenset({"individual", "group", "unknown", ""})
_COMING: Final = {
    Answer.ACCEPTED: Coming.GOING,
    Answer.TENTATIVE: Coming.MAYBE,
    Answer.DECLINED: Coming.DECLINED,
    Answer.DELEGATED: Coming.DECLINED,
}
NO_TEXT: Final = N_("This is no text, table, workbook, card or calendar. Save the list as CSV, or paste its lines.")
WEB_PAGE: Final = N_("This is a web page. Copy the list in it and paste it, or save it as CSV.")
NOBODY: Final = N_("This row names nobody.")
CALLED_OFF: Final = N_("This meeting was called off; its guests are left out.")


class Kind(StrEnum):
    """What a guest list came as."""

    TABLE = "table"
    LINES = "lines"
    CARDS = "cards"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class GuestList:
    """
    A guest list as read, to be shown before anything is written.

    ``columns``: what each is, sure or to be asked; () for cards and calendars. ``guests`` in the
    list's order, those that stood there twice once (``merged`` lines went into others).
    ``problems``: lines that were left out or half read. ``notes``: what to say about the whole list.
    """

    kind: Kind
    columns: tuple[ColumnGuess, ...] = ()
    guests: tuple[GuestLine, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Sentence, ...] = ()
    merged: int = 0

    @property
    def asked(self) -> tuple[ColumnGuess, ...]:
        """The columns whose meaning the user is to confirm."""
        return tuple(column for column in self.columns if not column.sure)

    @property
    def namesakes(self) -> tuple[tuple[int, ...], ...]:
        """The places of guests of one name, a group for each name, in the list's order."""
        return _namesakes(self.guests)


def read_guests(source: Path | str, *, name: str = "", meanings: Mapping[int, Meaning] | None = None) -> GuestList:
    """
    A guest list from a file, or from text that was pasted.

    Safe to repeat: nothing is written. Never raises for what a list holds; lines that cannot be
    read are problems, a file that cannot be read at all is one problem and no guests.

    Args:
        source: a path, or the text itself.
        name: shown in problems; "" takes the path.
        meanings: the user's answers, by ``ColumnGuess.number``; they stand whatever the cells say.
    Raises: OSError: the file cannot be read.
    """
    answers = meanings or {}
    if isinstance(source, str):
        return _text(source, name or "text", answers)
    name = name or str(source)
    with source.open("rb") as file:
        head = file.read(HEAD)
    if is_workbook(head):
        return _table(read_xlsx(source, name=name), name, answers)
    if vcard.sniff(head, source):
        return guests_of_cards(vcard.read(source, name=name))
    if icalendar.sniff(head, source):
        return _calendar(icalendar.read(source, name=name))
    if (reason := _no_list(head)) is not None:
        return GuestList(Kind.LINES, problems=(Problem(Origin(name), N_("the file"), reason),))
    if source.suffix.lower() in _TABLE_ENDINGS and delimiter_of(list(islice(read_lines(source), LOOKED_AT))):
        return _table(grid_of(read_lines(source), name=name), name, answers)
    return _lines(read_lines(source), name, answers)


def _no_list(head: bytes) -> str | None:
    """Why a file is no list of any kind, or None."""
    start = head[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<?xml", b"{\\rtf")):
        return WEB_PAGE if not start.startswith(b"{") else NO_TEXT
    if start.startswith((b"%pdf", b"\x89png", b"\xff\xd8\xff", b"gif8", b"\x1f\x8b")):
        return NO_TEXT
    zeros = head.count(0)
    # UTF-16 has a zero in every other place, or a mark; anything else with many zeros is no text.
    is_wide = head[:2] in (b"\xff\xfe", b"\xfe\xff") or (
        max(head[::2].count(0), head[1::2].count(0)) == zeros and zeros * 10 > len(head)
    )
    return NO_TEXT if zeros > 8 and not is_wide else None


def _text(text: str, name: str, answers: Mapping[int, Meaning]) -> GuestList:
    """A pasted text: cards, a calendar, a table, or lines."""
    text = text[:MAX_TEXT]
    start = text[:200].lstrip("\ufeff \t\r\n").upper()
    if start.startswith("BEGIN:VCARD"):
        return guests_of_cards(vcard.parse(text.encode("utf-8", "replace"), name=name))
    if start.startswith("BEGIN:VCALENDAR"):
        return _calendar(icalendar.parse(text.encode("utf-8", "replace"), name=name))
    return _lines(text.splitlines(keepends=True), name, answers)


def _lines(lines: Iterable[str], name: str, answers: Mapping[int, Meaning]) -> GuestList:
    """Lines of text: a table where they are cut like one, else people line by line."""
    stream = iter(lines)
    sample = list(islice(stream, LOOKED_AT))
    delimiter = _cut_by(sample)

    def everything() -> Iterable[str]:
        yield from sample
        yield from stream

    if delimiter:
        return _table(grid_of(everything(), name=name, delimiter=delimiter), name, answers)
    found = read_paste(everything(), name=name, answers=answers)
    return _list(Kind.LINES, found.columns, found.guests, found.problems, is_cut=found.is_cut)


def _cut_by(lines: Sequence[str]) -> str:
    """
    What cuts pasted lines into a table, "" where they are lines of people.

    A tab does, as it comes from a page or a sheet. Others only below a header of known words, or where
    most lines have as many and are not lists of names; for commas one column must be addresses, numbers or dates.
    """
    filled = [line for line in lines if line.strip()]
    if share("\t" in line.strip("\r\n") for line in filled) >= 0.5:
        return "\t"
    delimiter = delimiter_of(filled)
    if not delimiter:
        return ""
    grid = grid_of(filled, name="", delimiter=delimiter)
    if len([cell for cell in headed(grid).header if cell]) > 1:
        return delimiter
    widths = [len(row.cells) for row in grid.rows]
    width = max(set(widths), key=widths.count, default=0)
    if len(widths) < 2 or width < 2 or share(one == width for one in widths) < 0.8:
        return ""
    if any("<" in line and "@" in line for line in filled):
        return ""
    has_facts = any(share(_is_fact(row, number) for row in grid.rows) >= 0.6 for number in range(width))
    if delimiter == "," and not (width > 2 and has_facts):
        return ""
    cells = [cell for row in grid.rows for cell in row.cells if cell]
    return "" if share(is_name(cell) for cell in cells) > 0.9 else delimiter


def _is_fact(row: Row, number: int) -> bool:
    """Whether a cell is an address, a number or a date, as the columns of a table are and pieces of a line are not."""
    cell = row.cells[number] if number < len(row.cells) else ""
    return is_mail(cell) or is_phone(cell) or is_date(cell)


def _table(grid: Grid, name: str, answers: Mapping[int, Meaning]) -> GuestList:
    """The guests of a table."""
    table = headed(grid)
    columns = guess(table.header, [row.cells for row in table.rows], answers)
    guests: list[GuestLine] = []
    problems = list(grid.problems)
    for row in table.rows[:MAX_ROWS]:
        guest = guest_of(row.cells, columns, row.place)
        if guest is None:
            problems.append(Problem(Origin(name, place=row.place), f"row {row.place}", NOBODY))
        else:
            guests.append(guest)
    is_cut = grid.is_cut or len(table.rows) > MAX_ROWS
    return _list(Kind.TABLE, columns, guests, problems, is_cut=is_cut)


def guests_of_cards(found: Iterable[Card | Problem]) -> GuestList:
    """The people on address cards; cards of groups are left out."""
    guests: list[GuestLine] = []
    problems: list[Problem] = []
    is_cut = False
    for number, card in enumerate(found, 1):
        if isinstance(card, Problem):
            problems.append(card)
        elif len(guests) >= MAX_ROWS:
            is_cut = True
            break
        elif not card.is_group:
            mails = tuple(dict.fromkeys(mail.lower() for mail in card.mails))
            guests.append(GuestLine(card.name, card.organisation, card.title, mails, card.phones, place=number))
    return _list(Kind.CARDS, (), guests, problems, is_cut=is_cut)


def guests_of_meeting(meeting: Meeting) -> tuple[GuestLine, ...]:
    """Who is asked to a meeting, with their answers, in its order; its organiser is the host. Rooms are nobody."""
    host = meeting.organiser
    guests = [
        GuestLine(
            cleaned(one.name),
            mails=(one.address,) if one.address else (),
            status=_COMING.get(one.answer, Coming.UNSAID),
            host=host is not None and bool(host.address) and host.address == one.address,
            note="",
            place=number,
        )
        for number, one in enumerate(meeting.attendees, 1)
        if one.kind in _PEOPLE and (one.name or one.address)
    ]
    if host is not None and (host.name or host.address) and not any(guest.host for guest in guests):
        mails = (host.address,) if host.address else ()
        guests.insert(0, GuestLine(cleaned(host.name), mails=mails, status=Coming.GOING, host=True))
    return tuple(guests)


def _calendar(found: Iterable[Meeting | Problem]) -> GuestList:
    """The guests of every meeting in a calendar; of one that stands there twice the newest answers."""
    newest: dict[str, list[Meeting]] = defaultdict(list)
    problems: list[Problem] = []
    for meeting in found:
        if isinstance(meeting, Problem):
            problems.append(meeting)
        elif meeting.is_cancelled:
            problems.append(Problem(meeting.origin, N_("the meeting"), CALLED_OFF))
        elif len(newest) < MAX_ROWS:
            newest[meeting.uid or str(meeting.origin.place)].append(meeting)
    guests: dict[object, GuestLine] = {}
    for meetings in newest.values():
        for meeting in sorted(meetings, key=lambda one: (one.sequence, one.stamp)):
            for guest in guests_of_meeting(meeting):
                guests[guest.mails or plain_words(guest.name)] = guest
    notes: tuple[Sentence, ...] = ()
    if len(newest) > 1:
        notes = (
            say_n(
                "This calendar holds {n} meeting; its guests are listed.",
                "This calendar holds {n} meetings; the guests of all of them are listed.",
                len(newest),
            ),
        )
    listed = [guest._replace(place=number) for number, guest in enumerate(guests.values(), 1)]
    made = _list(Kind.CALENDAR, (), listed[:MAX_ROWS], problems, is_cut=len(listed) > MAX_ROWS)
    return replace(made, notes=(*notes, *made.notes))


def _list(
    kind: Kind,
    columns: tuple[ColumnGuess, ...],
    guests: Sequence[GuestLine],
    problems: Sequence[Problem],
    *,
    is_cut: bool,
) -> GuestList:
    """The list with its doubles joined, and what is to be said about all of it."""
    once = merged(guests)
    notes: list[Sentence] = []
    if not once.guests:
        notes.append(say("There is nobody on this list."))
    if is_cut:
        notes.append(say("The list is longer than {n} guests; what follows was left out.", n=Count(MAX_ROWS)))
    elif len(once.guests) > ADDRESS_BOOK:
        notes.append(say("This list has {n} names: is it a whole address book?", n=Count(len(once.guests))))
    if once.merged:
        notes.append(
            say_n(
                "{n} line stood there twice, with the same name and address, and was joined.",
                "{n} lines stood there twice, with the same name and address, and were joined.",
                once.merged,
            )
        )
    if same := len(_namesakes(once.guests)):
        notes.append(
            say_n(
                "{n} name stands on the list more than once; they are kept as different people.",
                "{n} names stand on the list more than once; they are kept as different people.",
                same,
            )
        )
    return GuestList(kind, columns, once.guests, tuple(problems), tuple(notes), once.merged)


def _namesakes(guests: Sequence[GuestLine]) -> tuple[tuple[int, ...], ...]:
    places: dict[str, list[int]] = defaultdict(list)
    for guest in guests:
        if guest.name:
            places[plain_words(guest.name)].append(guest.place)
    return tuple(tuple(group) for group in places.values() if len(group) > 1)
