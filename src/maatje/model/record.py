"""
What a source read, before anybody is known: mail, cards and meetings, and problems as data.

Mail records are named tuples, not dataclasses: a mailbox of twenty years holds a million of
them, they cross a process boundary, and a named tuple is made and pickled several times faster.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, IntFlag, StrEnum
from typing import NamedTuple

from maatje.model.units import Seconds


@dataclass(frozen=True, slots=True)
class Origin:
    """
    Where a record came from.

    ``source`` is the path as the user sees it (``archive.zip!Inbox.mbox`` for a member),
    ``native_id`` the source's own id (Message-ID, UID) or "", ``place`` the byte offset or item
    number within the source, for finding it again.
    """

    source: str
    native_id: str = ""
    place: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """
    A record that could not be read, as data: told at the end, never an exception, never content.

    ``where`` says the place ("message 12, byte 4096"); ``message`` is a plain English sentence
    without names, addresses or text from the record.
    """

    origin: Origin
    where: str
    message: str


class Party(NamedTuple):
    """A name and address as a header gives them: ``address`` lower-cased and checked, ``name`` decoded, may be ""."""

    name: str
    address: str


class Mark(IntFlag):
    """What the headers of a message say about its nature, beyond who and when."""

    NONE = 0
    LIST_ID = 1
    """List-Id, List-Post or the like: it came through a mailing list."""
    UNSUBSCRIBE = 2
    """List-Unsubscribe: a newsletter, a list, or bulk."""
    BULK = 4
    """Precedence: bulk, list or junk."""
    AUTO = 8
    """Auto-Submitted other than "no", X-Auto-Response-Suppress, X-Autoreply and their like."""
    BOUNCE = 16
    """An empty Return-Path, or multipart/report: a delivery report."""
    REPLY = 32
    """In-Reply-To or References is present."""
    RE = 64
    """The subject begins with Re:, Antw:, AW:, SV: or the like."""
    SENT = 128
    """It lay in a folder of sent mail."""
    CAMPAIGN = 256
    """Headers that only mass-mailing programs write (X-Campaign, Feedback-ID, X-Mailer of such)."""
    LIES = 512
    """Its From cannot be trusted (two addresses in one, text after the address): credited to nobody."""
    CALENDAR = 1024
    """It carries a calendar part: an invitation, answer or cancellation."""
    CUT = 2048
    """It named more recipients than the limit; the rest were not read."""
    DRAFT = 4096
    """It lay among drafts, templates or unsent mail: nobody ever got it."""
    JUNK = 8192
    """Its folder, label or a spam filter's header says that it is unwanted."""
    SERIES = 16384
    """One of a series of meetings: between more than two it is routine, and weighs little."""
    TRIMMED = 32768
    """Somebody in it was forgotten at the user's word; it is no longer as it was written."""


class Mail(NamedTuple):
    """
    One message's envelope: headers only, never a body (a mail server's delivery report is no letter).

    ``at`` is the Date header in UTC (else the envelope line's, else the newest Received).
    ``to`` and ``cc`` keep header order; ``bcc`` is known in sent mail only. ``recipients`` is how
    many there were before any limit. ``native_id`` and ``answers`` are Message-ID and In-Reply-To
    (else the last of References) without brackets, or "". ``reply_to`` as given, or None.
    ``place`` and ``length`` are the message's bytes within its source, for reading it again.
    ``failed`` are the addresses that a mail server's report says could not be reached for good.
    """

    at: Seconds
    sender: Party | None
    to: tuple[Party, ...]
    cc: tuple[Party, ...]
    bcc: tuple[Party, ...]
    reply_to: Party | None
    subject: str
    native_id: str
    answers: str
    marks: int
    recipients: int
    place: int
    length: int
    failed: tuple[str, ...] = ()


class Property(NamedTuple):
    """One vCard property as read: ``group`` and parameters kept, so that nothing unknown is lost."""

    name: str
    value: str
    params: tuple[tuple[str, tuple[str, ...]], ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """
    One vCard: the known fields decoded, every property kept for the way back out.

    ``name`` is FN, else composed from N, NICKNAME, ORG or the first address, never empty.
    ``family``, ``given``, ``additional``, ``prefix``, ``suffix`` are N's parts. ``birthday`` is
    an ISO date or ``--MM-DD``. ``photo`` is the decoded picture or None (links are never fetched).
    ``revised`` is REV. ``version`` is "2.1", "3.0" or "4.0".
    """

    origin: Origin
    version: str
    name: str
    family: str = ""
    given: str = ""
    additional: str = ""
    prefix: str = ""
    suffix: str = ""
    nickname: str = ""
    mails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    organisation: str = ""
    title: str = ""
    birthday: str = ""
    note: str = ""
    categories: tuple[str, ...] = ()
    is_group: bool = False
    photo: bytes | None = None
    revised: Seconds | None = None
    properties: tuple[Property, ...] = field(default=(), repr=False)


class Answer(IntEnum):
    """What an attendee said to an invitation."""

    NONE = 0
    ACCEPTED = 1
    TENTATIVE = 2
    DECLINED = 3
    DELEGATED = 4


class Attendee(NamedTuple):
    """Somebody on a meeting's list. ``kind`` is CUTYPE in lower case: individual, group, resource, room, unknown."""

    name: str
    address: str
    answer: Answer
    kind: str
    is_optional: bool


@dataclass(frozen=True, slots=True)
class Meeting:
    """
    One instance of a meeting; a series is read as its instances, within the limits.

    ``uid`` and ``instance`` (the recurrence id as a UTC instant, 0 for a single event) name it for
    good; ``sequence`` and ``stamp`` say which version is newer. ``is_cancelled`` takes an earlier
    version back. ``all_day`` meetings begin at midnight UTC of their first day.
    ``method`` is the calendar's METHOD in upper case or "".
    """

    origin: Origin
    uid: str
    instance: Seconds
    at: Seconds
    duration_seconds: int
    title: str
    place: str
    organiser: Party | None
    attendees: tuple[Attendee, ...]
    is_cancelled: bool = False
    all_day: bool = False
    sequence: int = 0
    stamp: Seconds = Seconds(0)
    method: str = ""
    recurs: bool = False


Record = Mail | Card | Meeting


class Coming(StrEnum):
    """What a guest list says about somebody's coming."""

    UNSAID = ""
    GOING = "going"
    """Said yes, has a ticket, or was let in."""
    MAYBE = "maybe"
    DECLINED = "declined"
    """Said no, took it back, was refunded or did not come."""
    WAITING = "waiting"
    """On the waiting list, or not let in yet."""


class GuestLine(NamedTuple):
    """
    Somebody on a guest list, as read: names are not tidied and nobody is known yet.

    ``name`` is "" only where ``mails`` or ``phones`` tell who it is. ``mails`` are lower-cased and
    checked, ``phones`` as written. ``host``: they invite. ``note`` is what else was said of them
    ("+ partner", a heading they stood under). ``place`` is the line, row or card, from 1. ``raw``
    is each filled column as its header and text, so that nothing that is ignored is lost; text in
    it is data, a leading "=" too: whoever writes it to a table makes it harmless there.
    """

    name: str
    organisation: str = ""
    title: str = ""
    mails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    status: Coming = Coming.UNSAID
    host: bool = False
    note: str = ""
    ticket: str = ""
    place: int = 0
    raw: tuple[tuple[str, str], ...] = ()
