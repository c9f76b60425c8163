"""
Lists of guests: read by any way, shown with who they may be, added only then; and the answers to "is it X?".

Equal keys (address, number, an answer given at an earlier edition) say who somebody is; likeness alone
is asked. A newer list over an older one adds, marks who dropped out, and doubles nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from maatje.app import matching
from maatje.app.answering import drop, find, is_contact, is_nobody, want
from maatje.errors import N_, PathError, UserError
from maatje.model.occasion import Figure, Guest, GuestStatus, Listed, Occasion, Part
from maatje.model.page import Act
from maatje.model.record import Answer, Coming, GuestLine, Problem
from maatje.model.sentence import Sentence, say, say_n
from maatje.model.units import ContactId, Seconds
from maatje.planning.guestlist import Renewal, renew
from maatje.planning.manners import fold
from maatje.planning.series import last_edition
from maatje.sources.guests import ColumnGuess, GuestList, Kind, Meaning, read_guests
from maatje.store import acquainted, occasions, undo
from maatje.store import guests as store
from maatje.store.db import Db, snapshot
from maatje.store.guests import Row

__all__ = [
    "BACK", "KNOWN", "NEW", "Added", "Entry", "Preview", "add", "drop", "every", "find", "is_contact",
    "is_nobody", "phone_note", "preview", "preview_calendar", "preview_edition", "search", "want",
]  # fmt: skip

NEW: Final = "new"
KNOWN: Final = "known"
BACK: Final = "back"

_ANSWERS: Final = {
    Answer.ACCEPTED: Coming.GOING,
    Answer.TENTATIVE: Coming.MAYBE,
    Answer.DECLINED: Coming.DECLINED,
    Answer.DELEGATED: Coming.DECLINED,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """
    A guest as the list would be after adding: ``state`` is NEW, KNOWN (on the list already) or BACK (dropped
    out before, there again). ``guest`` tells who they are or may be.
    """

    guest: Guest
    state: str
    phone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """
    What a list would make of an occasion's guests; nothing is written yet.

    ``columns`` that are not ``sure`` are to be asked. ``dropped``: who would be marked as dropped out.
    ``declined`` lines said that they will not come, ``repeats`` named somebody a second time. ``asks``: so
    many would drop out that it may not be the whole list. The last three are for ``add``.
    """

    occasion: Occasion
    columns: tuple[ColumnGuess, ...]
    entries: tuple[Entry, ...]
    dropped: tuple[Guest, ...]
    declined: int
    problems: tuple[Problem, ...]
    notes: tuple[Sentence, ...]
    repeats: int
    asks: bool
    base: tuple[Row, ...]
    rows: tuple[Row, ...]
    hosts: tuple[str, ...] = ()

    @property
    def asked(self) -> tuple[ColumnGuess, ...]:
        """The columns whose meaning the user is to confirm."""
        return tuple(column for column in self.columns if not column.sure)

    @property
    def fresh(self) -> int:
        """How many would be added."""
        return sum(entry.state == NEW for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a list did; ``guests`` may come now, of whom some are known, some to be asked, the rest new."""

    occasion: Occasion
    added: int
    dropped: int
    back: int
    guests: int
    known: int
    unsure: int


def preview(
    db: Db,
    occasion_id: int,
    source: Path | str,
    *,
    name: str = "",
    meanings: Mapping[int, Meaning] | None = None,
    region: str = "NL",
    partial: bool = False,
) -> Preview:
    """
    A file or pasted text as a list of guests, matched with the contacts. Writes nothing.

    Args:
        source: a path, or the text itself.
        meanings: the user's answers about columns, by ``ColumnGuess.number``.
        partial: it is not the whole list: it adds, and nobody drops out.
    Raises: UserError: no such occasion. PathError: the file cannot be read.
    """
    occasion = occasions.get(db, occasion_id)
    try:
        found = read_guests(source, name=name, meanings=meanings)
    except OSError as error:
        raise PathError(str(source), N_("cannot be read"), error.strerror or "") from error
    return of_list(db, occasion, found, region=region, partial=partial)


def preview_calendar(db: Db, occasion_id: int, *, region: str = "NL") -> Preview:
    """
    The guests that the calendar's own invitation names now. Writes nothing.

    Raises: UserError: the occasion is in no calendar that was read.
    """
    occasion = occasions.get(db, occasion_id)
    found = acquainted.event_of(db, occasion.origin, occasion.begin) if occasion.origin else None
    if found is None:
        raise UserError(N_("{name} is in no calendar that was read."), name=occasion.name)
    lines = event_lines(db, found.id)
    return of_list(db, occasion, GuestList(Kind.CALENDAR, guests=lines), region=region)


def event_lines(db: Db, event_id: int) -> tuple[GuestLine, ...]:
    """Who is on a meeting's list, as a list of guests; its organiser is the host."""
    return tuple(
        GuestLine(
            one.name,
            mails=(one.address,),
            status=_ANSWERS.get(Answer(one.answer), Coming.UNSAID),
            host=one.is_organiser,
            place=number,
        )
        for number, one in enumerate(acquainted.listed(db, event_id), 1)
    )


def preview_edition(db: Db, occasion_id: int, earlier_id: int | None = None) -> Preview:
    """
    The guests of the last edition, or of the one named: perhaps they come again. Nobody drops out. Writes nothing.

    Raises: UserError: there is no earlier edition, or nobody was on its list.
    """
    occasion = occasions.get(db, occasion_id)
    earlier = occasions.get(db, earlier_id) if earlier_id is not None else last_edition(occasion, occasions.every(db))
    if earlier is None:
        raise UserError(N_("There is no earlier edition of {name}."), name=occasion.name)
    were = [one for one in store.of_occasion(db, earlier.id) if not one.guest.dropped]
    lines = tuple(
        GuestLine(
            one.guest.name,
            one.guest.organisation,
            one.guest.title,
            (one.guest.mail,) if one.guest.mail else (),
            (one.phone,) if one.phone else (),
            place=number,
        )
        for number, one in enumerate(were, 1)
    )
    known = {_key(_listed(line)): one.guest.contact_id for line, one in zip(lines, were, strict=True)}
    return of_list(db, occasion, GuestList(Kind.TABLE, guests=lines), partial=True, known=known)


def of_list(
    db: Db,
    occasion: Occasion,
    found: GuestList,
    *,
    region: str = "NL",
    partial: bool = False,
    known: Mapping[tuple[str, ...], ContactId | None] | None = None,
) -> Preview:
    """
    A list that was read, over the guests that are there. Writes nothing.

    Args:
        known: who some of them are for sure, by ``_key``.
    """
    with snapshot(db):
        base = store.of_occasion(db, occasion.id)
        coming = [line for line in found.guests if line.status is not Coming.DECLINED]
        lines = {_key(listed): line for line in reversed(coming) for listed in (_listed(line),)}
        renewal = renew([one.guest for one in base], map(_listed, coming), occasion.id, store.next_id(db))
        if partial:
            renewal = _without_drops(renewal)
        rows = _rows(base, renewal, lines)
        told = {guest.id: who for guest in renewal.guests if (who := (known or {}).get(_key(_of(guest))))}
        rows = matching.matched(db, occasion, rows, told, region)
        own = store.own(db)
    return Preview(
        occasion=occasion,
        columns=found.columns,
        entries=_entries(rows, renewal, own),
        dropped=tuple(one.guest for one in rows if one.guest.id in renewal.dropped),
        declined=len(found.guests) - len(coming),
        problems=found.problems,
        notes=(*found.notes, *_notes(len(found.guests) - len(coming), renewal)),
        repeats=renewal.repeats,
        asks=renewal.asks,
        base=base,
        rows=rows,
        hosts=_hosts(coming, own),
    )


def _hosts(coming: Sequence[GuestLine], own: store.Own) -> tuple[str, ...]:
    """Who invites, by name; not the user, whom nobody need thank."""
    named = [Guest(0, 0, line.name, mail=next(iter(line.mails), "")) for line in coming if line.host and line.name]
    return tuple(guest.name for guest in named if not matching.marked(guest, own).is_me)


def _listed(line: GuestLine) -> Listed:
    mail = next(iter(line.mails), "")
    name = line.name.strip() or (mail or next(iter(line.phones), ""))
    return Listed(name, line.organisation, line.title, mail)


def _of(guest: Guest) -> Listed:
    return Listed(guest.name, guest.organisation, guest.title, guest.mail)


def _key(listed: Listed) -> tuple[str, ...]:
    """By what a line is found again, as ``planning.guestlist`` tells lines apart."""
    return (listed.mail.lower(),) if listed.mail else (fold(listed.name), fold(listed.organisation))


def _without_drops(renewal: Renewal) -> Renewal:
    dropped = set(renewal.dropped)
    guests = tuple(replace(one, dropped=False) if one.id in dropped else one for one in renewal.guests)
    return replace(renewal, guests=guests, dropped=(), asks=False)


def _rows(base: Sequence[Row], renewal: Renewal, lines: Mapping[tuple[str, ...], GuestLine]) -> tuple[Row, ...]:
    """The renewed guests with number and note, as they were or as the new line tells them."""
    former = {one.guest.id: one for one in base}
    rows = []
    for guest in renewal.guests:
        line = lines.get(_key(_of(guest)))
        was = former.get(guest.id)
        phone = "" if line is None else next(iter(line.phones), "")
        note = "" if line is None else line.note
        if was is None:
            rows.append(Row(guest, phone, note))
        else:
            rows.append(was._replace(guest=guest, phone=was.phone or phone, note=was.note or note))
    return tuple(rows)


def _entries(rows: Sequence[Row], renewal: Renewal, own: store.Own) -> tuple[Entry, ...]:
    new, back = set(renewal.added), set(renewal.back)
    return tuple(
        Entry(
            matching.marked(one.guest, own),
            NEW if one.guest.id in new else BACK if one.guest.id in back else KNOWN,
            one.phone,
            one.note,
        )
        for one in rows
        if not one.guest.dropped
    )


def _notes(declined: int, renewal: Renewal) -> list[Sentence]:
    notes = []
    if declined:
        notes.append(
            say_n(
                "{n} person on it said that they will not come, and is left out.",
                "{n} people on it said that they will not come, and are left out.",
                declined,
            )
        )
    if renewal.asks:
        notes.append(
            say_n(
                "{n} guest of the former list is not on this one. Is it the whole list?",
                "{n} guests of the former list are not on this one. Is it the whole list?",
                len(renewal.dropped),
            )
        )
    return notes


def add(db: Db, found: Preview, now: Seconds) -> Added:
    """
    Write a list as it was shown. One act; undo takes it all back.

    Raises: UserError: the list was changed since it was shown, or there is nobody on it.
    """
    occasion = found.occasion
    if not found.rows:
        raise UserError(N_("There is nobody on this list. Nothing was changed."))
    act = Act(
        say("The list of guests of {name} was read.", name=occasion.name),
        say("The list of guests of {name} is again as it was before.", name=occasion.name),
    )
    with undo.journaled(db, act, now):
        keep(db, found, now)
    there = [one for one in found.rows if not one.guest.dropped]
    return Added(
        occasion,
        found.fresh,
        len(found.dropped),
        sum(entry.state == BACK for entry in found.entries),
        len(there),
        sum(one.guest.status is GuestStatus.KNOWN for one in there),
        sum(one.guest.status is GuestStatus.PERHAPS for one in there),
    )


def keep(db: Db, found: Preview, now: Seconds) -> None:
    """As ``add``, within an act of the caller's."""
    former = {one.guest.id: one for one in found.base}
    new = [one for one in found.rows if one.guest.id not in former]
    if store.of_occasion(db, found.occasion.id) != found.base or (new and new[0].guest.id != store.next_id(db)):
        raise UserError(N_("The list was changed in the meantime. Look at it once more."))
    store.add(db, new, now)
    store.change(db, [one for one in found.rows if former.get(one.guest.id, one) != one])
    if found.hosts and not found.occasion.playing(Part.HOST):
        by_name = {one.guest.name: one.guest.contact_id for one in found.rows}
        hosts = [Figure(name, Part.HOST, by_name.get(" ".join(name.split()))) for name in dict.fromkeys(found.hosts)]
        occasions.set_figures(db, found.occasion.id, (*found.occasion.figures, *hosts))


def moved(found: Preview, occasion: Occasion) -> Preview:
    """A list that was shown before its occasion was kept, for the occasion as it was kept; it had no guests then."""
    rows = tuple(one._replace(guest=replace(one.guest, occasion_id=occasion.id)) for one in found.rows)
    return replace(found, occasion=occasion, rows=rows)


def every(db: Db, occasion_id: int) -> tuple[Guest, ...]:
    """Everybody on an occasion's list, in its order, the user and who dropped out among them. Reads only."""
    with snapshot(db):
        own = store.own(db)
        return tuple(matching.marked(one.guest, own) for one in store.of_occasion(db, occasion_id))


def phone_note(db: Db, occasion_id: int) -> dict[int, tuple[str, str]]:
    """What else a list said of its guests: telephone number and note, by guest; who has neither is left out."""
    return {one.guest.id: (one.phone, one.note) for one in store.of_occasion(db, occasion_id) if one.phone or one.note}


def search(guests: Sequence[Guest], letters: str) -> tuple[Guest, ...]:
    """
    The guests of whom a word begins with these letters, in the order of the list.

    Args:
        letters: two are enough; accents and capitals do not matter. Several words must each be found.
    """
    wanted = fold(letters).split()
    return tuple(
        guest
        for guest in guests
        if all(
            any(word.startswith(part) for word in fold(f"{guest.name} {guest.organisation}").split())
            for part in wanted
        )
    )  # fmt: skip
