"""Gatherings as iCalendar text: the diary as a program exports it, and the part of an invitation by mail."""

from __future__ import annotations

from collections.abc import Iterable

from maatje.app.demo.civil import local
from maatje.app.demo.ledger import Gathering, Guest
from maatje.model.record import Party
from maatje.model.units import DAY, Seconds, moment

_ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""


def diary(gatherings: Iterable[Gathering], until: Seconds) -> str:
    """All gatherings as one VCALENDAR with LF ends; ``until`` is when the export was made."""
    head = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//maatje//demo agenda//NL\nCALSCALE:GREGORIAN\n{_ZONE}"
    return head + "".join(_event(one, until) for one in gatherings) + "END:VCALENDAR\n"


def invitation(gathering: Gathering) -> str:
    """One gathering as the calendar part of an invitation."""
    stamp = Seconds(gathering.at - 30 * DAY)
    head = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//maatje//demo post//NL\nMETHOD:REQUEST\n{_ZONE}"
    return head + _event(gathering, stamp) + "END:VCALENDAR\n"


def _event(gathering: Gathering, stamp: Seconds) -> str:
    """One VEVENT, with further ones for moved instances of a series."""
    lines = ["BEGIN:VEVENT", f"UID:{gathering.uid}", f"DTSTAMP:{_utc(min(stamp, Seconds(gathering.at - 2 * DAY)))}"]
    lines += _when(gathering.at, gathering.minutes, gathering)
    if gathering.rule:
        lines.append(f"RRULE:{gathering.rule}")
    lines += [f"EXDATE;TZID=Europe/Amsterdam:{_wall(one)}" for one in gathering.left_out]
    lines += _about(gathering)
    text = "".join(f"{fold(line)}\n" for line in lines) + "END:VEVENT\n"
    return text + "".join(_moved(gathering, old, new, stamp) for old, new in gathering.moved)


def _moved(gathering: Gathering, old: Seconds, new: Seconds, stamp: Seconds) -> str:
    """One instance of a series that was moved to another hour."""
    lines = ["BEGIN:VEVENT", f"UID:{gathering.uid}", f"DTSTAMP:{_utc(min(stamp, Seconds(old - DAY)))}"]
    lines.append(f"RECURRENCE-ID;TZID=Europe/Amsterdam:{_wall(old)}")
    lines += _when(new, gathering.minutes, gathering)
    lines += _about(gathering)
    return "".join(f"{fold(line)}\n" for line in lines) + "END:VEVENT\n"


def _when(at: Seconds, minutes: int, gathering: Gathering) -> list[str]:
    """Begin and end: a date for whole days, UTC for every fifth entry, else Dutch time."""
    if gathering.all_day:
        return [f"DTSTART;VALUE=DATE:{local(at):%Y%m%d}", "TRANSP:TRANSPARENT"]
    if not gathering.rule and gathering.uid[0] in "05a":
        return [f"DTSTART:{_utc(at)}", f"DURATION:PT{minutes}M"]
    ends = Seconds(at + minutes * 60)
    return [f"DTSTART;TZID=Europe/Amsterdam:{_wall(at)}", f"DTEND;TZID=Europe/Amsterdam:{_wall(ends)}"]


def _about(gathering: Gathering) -> list[str]:
    """Title, place, organiser, guests and status."""
    lines = [f"SUMMARY:{escaped(gathering.title)}"]
    if gathering.place:
        lines.append(f"LOCATION:{escaped(gathering.place)}")
    if gathering.organiser is not None:
        lines.append(f"ORGANIZER;CN={_quoted(gathering.organiser)}:mailto:{gathering.organiser.address}")
    lines += [_guest(guest) for guest in gathering.guests]
    lines.append(f"STATUS:{gathering.status}")
    lines.append(f"SEQUENCE:{1 if gathering.status == 'CANCELLED' else 0}")
    return lines


def _guest(guest: Guest) -> str:
    """One ATTENDEE line."""
    return (
        f"ATTENDEE;CUTYPE={guest.kind};ROLE=REQ-PARTICIPANT;PARTSTAT={guest.answer};"
        f"CN={_quoted(guest.party)}:mailto:{guest.party.address}"
    )


def _quoted(who: Party) -> str:
    """A name as a parameter: in quotes where it holds a comma."""
    return f'"{who.name}"' if "," in who.name else who.name


def escaped(text: str) -> str:
    """Text as iCalendar and vCard write it."""
    return text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;").replace("\n", "\\n")


def fold(line: str) -> str:
    """A content line in pieces of at most 73 bytes, never within a character."""
    if len(line.encode()) <= 73:
        return line
    pieces, piece, size = [], "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > 72:
            pieces.append(piece)
            piece, size = "", 0
        piece += sign
        size += width
    return "\n ".join((*pieces, piece))


def _wall(at: Seconds) -> str:
    """An instant on the Dutch clock."""
    return f"{local(at):%Y%m%dT%H%M%S}"


def _utc(at: Seconds) -> str:
    """An instant in UTC."""
    return f"{moment(at):%Y%m%dT%H%M%SZ}"
