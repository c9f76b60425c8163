"""
An invitation as iCalendar text: one meeting, METHOD:REQUEST, for the user to attach to their own mail.

What it holds is what the three big readers are known to need. RFC 5546 §3.2.2 asks for ORGANIZER, ATTENDEE,
DTSTAMP, DTSTART, SUMMARY and UID. Outlook refuses clock times without a zone that is declared in the file,
so times are given in UTC, which every reader shows in its own user's zone (a single meeting needs no rule).
Gmail shows its buttons only with METHOD, a ``mailto:`` organiser and an attendee who is asked (RSVP,
NEEDS-ACTION) under the address the mail goes to. Apple's Calendar expects the organiser among the attendees.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from typing import Final
from urllib.parse import quote
from uuid import UUID

from maatje.errors import N_, FormatError, ParameterError
from maatje.model.record import Answer, Meeting, Party
from maatje.model.units import Seconds, moment

FOLD_OCTETS: Final = 75
"""A line is folded after so many octets, its end not counted (RFC 5545 §3.1)."""

LONGEST_TEXT: Final = 4000

PRODUCT: Final = "-//maatje//maatje//EN"


class Method(StrEnum):
    """What is asked of the reader. A moved meeting is another REQUEST with a higher sequence."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Invitation:
    """
    One meeting to invite to.

    ``uid`` stays the same for every version, ``sequence`` grows with each; ``begin`` < ``end`` are instants,
    ``stamp`` is when this version was made. ``organiser`` is the user, ``guests`` are asked to answer.
    ``summary`` is the title; ``place`` and ``description`` may be "".
    """

    uid: str
    begin: Seconds
    end: Seconds
    stamp: Seconds
    organiser: Party
    guests: tuple[Party, ...]
    summary: str
    place: str = ""
    description: str = ""
    sequence: int = 0
    method: Method = Method.REQUEST


def media_type(method: Method = Method.REQUEST) -> str:
    """
    The Content-Type under which the text is a request and not only a file.

    Args:
        method: the same as in the text.
    """
    return f"text/calendar; charset=UTF-8; method={method}"


def make_uid(*parts: object) -> str:
    """
    A name for a meeting, the same for the same parts, that tells nothing of them.

    Args:
        parts: what makes it this meeting and no other, with something of the user's own that is secret.
    Returns: a UUID, as RFC 7986 §5.3 advises.
    """
    digest = bytearray(blake2b("\0".join(map(str, parts)).encode(), digest_size=16).digest())
    digest[6] = (digest[6] & 0x0F) | 0x80  # version 8: of our own making
    digest[8] = (digest[8] & 0x3F) | 0x80
    return str(UUID(bytes=bytes(digest)))


def invitation_text(invitation: Invitation) -> str:
    """
    The invitation as a file holds it.

    Args:
        invitation: one meeting.
    Returns: iCalendar text, lines ending in CR LF and folded at 75 octets; to be written in UTF-8 as it is.
    Raises: FormatError: an address that is none, or nobody is invited. ParameterError: an end before the
        begin, or a sequence below zero: a fault of ours.
    """
    if invitation.end <= invitation.begin or invitation.sequence < 0:
        raise ParameterError("a meeting ends after it begins, and its versions count up from nought")
    if not invitation.guests:
        raise FormatError(N_("An invitation needs somebody to invite."))
    return "".join(folded(line) + "\r\n" for line in _lines(invitation))


def answered(uid: str, address: str, meetings: Iterable[Meeting]) -> Answer | None:
    """
    What somebody said to an invitation, as far as the calendars read show it.

    Args:
        uid: of the invitation.
        address: whom it went to, of any case.
        meetings: as calendars gave them, in any order.
    Returns: the answer in the newest version; DECLINED where that takes the meeting back; None where no
        calendar shows the meeting, or it does not name them.
    """
    versions = [meeting for meeting in meetings if meeting.uid == uid]
    if not versions:
        return None
    newest = max(versions, key=lambda meeting: (meeting.sequence, meeting.stamp, meeting.is_cancelled))
    if newest.is_cancelled:
        return Answer.DECLINED
    return next((one.answer for one in newest.attendees if one.address.lower() == address.lower()), None)


def _lines(invitation: Invitation) -> Iterator[str]:
    """The content lines, not folded."""
    yield "BEGIN:VCALENDAR"
    yield f"PRODID:{PRODUCT}"
    yield "VERSION:2.0"
    yield "CALSCALE:GREGORIAN"
    yield f"METHOD:{invitation.method}"
    yield "BEGIN:VEVENT"
    yield f"UID:{_escaped(invitation.uid)}"
    yield f"DTSTAMP:{_utc(invitation.stamp)}"
    yield f"DTSTART:{_utc(invitation.begin)}"
    yield f"DTEND:{_utc(invitation.end)}"
    yield f"SEQUENCE:{invitation.sequence}"
    yield f"SUMMARY:{_escaped(invitation.summary)}"
    if invitation.place:
        yield f"LOCATION:{_escaped(invitation.place)}"
    if invitation.description:
        yield f"DESCRIPTION:{_escaped(invitation.description)}"
    yield f"ORGANIZER{_named(invitation.organiser)}:{_mailto(invitation.organiser.address)}"
    chair = "ROLE=CHAIR;PARTSTAT=ACCEPTED"
    yield f"ATTENDEE;CUTYPE=INDIVIDUAL;{chair}{_named(invitation.organiser)}:{_mailto(invitation.organiser.address)}"
    for guest in invitation.guests:
        asked = "ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE"
        yield f"ATTENDEE;CUTYPE=INDIVIDUAL;{asked}{_named(guest)}:{_mailto(guest.address)}"
    yield "STATUS:CANCELLED" if invitation.method is Method.CANCEL else "STATUS:CONFIRMED"
    yield "TRANSP:OPAQUE"
    yield "END:VEVENT"
    yield "END:VCALENDAR"


def folded(line: str) -> str:
    """
    A content line with breaks, each followed by a space, and never within a character.

    Args:
        line: without its end; of any length.
    Returns: every part at most 75 octets in UTF-8, the space included.
    """
    if len(line) * 4 <= FOLD_OCTETS:
        return line
    out: list[str] = []
    part, size = "", 0
    for char in line:
        width = len(char.encode())
        if size + width > FOLD_OCTETS:
            out.append(part)
            part, size = "", 1  # the space that begins the next part
        part += char
        size += width
    return "\r\n ".join((*out, part))


def _utc(at: Seconds) -> str:
    return moment(at).strftime("%Y%m%dT%H%M%SZ").rjust(16, "0")


def _escaped(text: str) -> str:
    """A TEXT value: control characters gone, line ends as ``\\n``, the four marks escaped."""
    plain = text[:LONGEST_TEXT].replace("\r\n", "\n").replace("\r", "\n")
    for mark in ("\\", ";", ","):
        plain = plain.replace(mark, "\\" + mark)
    return "".join(char for char in plain if char == "\n" or _is_text(char)).replace("\n", "\\n")


def _named(party: Party) -> str:
    """
    The CN parameter, quoted, or "" where there is no name.

    A double quote cannot stand in a quoted parameter, and readers differ on RFC 6868's way round it;
    an apostrophe is read by all.
    """
    name = "".join(char for char in party.name[:200] if _is_text(char)).replace('"', "'").strip()
    return f';CN="{name}"' if name else ""


def _mailto(address: str) -> str:
    """A mail address as a URI; refused where it could break out of its line."""
    local, at, domain = address.rpartition("@")
    is_plain = all(_is_text(char) and char not in ' "<>(),:;\\[]' for char in address)
    if not (at and local and domain and is_plain) or "@" in local or len(address) > 254:
        raise FormatError(N_("That is no mail address an invitation could go to."))
    return f"mailto:{quote(address, safe='@!#$&*+/=^_`{|}~.-')}"


def _is_text(char: str) -> bool:
    """Whether a character may stand in a line: no control, no lone surrogate, no line or paragraph end."""
    code = ord(char)
    return not (code < 32 or 127 <= code < 160 or 0xD800 <= code < 0xE000 or code in (0x2028, 0x2029))
