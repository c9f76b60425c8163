"""An occasion's list of guests: everybody on it, searchable; and a newer list, shown before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from maatje.app import guests as lists
from maatje.app.guests import Entry, Preview
from maatje.app.wording import Voice
from maatje.model.manners import Manners
from maatje.model.occasion import Guest, GuestStatus, Occasion
from maatje.model.sentence import Sentence, say, say_n
from maatje.model.units import Seconds
from maatje.sources.guests import ColumnGuess, Meaning
from maatje.web.contexts.occasion import work_of
from maatje.web.contexts.occasion_head import Head, head_view
from maatje.web.contexts.people import LONGEST_TITLE, Person, listing, person, shown
from maatje.web.held import Held

SHOWN: Final = 200
"""So many of a list stand on the page; two letters find the others."""

ENTRIES: Final = 100
PROBLEMS: Final = 10
NAMES: Final = 20

MEANINGS: Final = {
    Meaning.NAME: say("name"),
    Meaning.FIRST: say("first name"),
    Meaning.PARTICLE: say("between first and last name"),
    Meaning.LAST: say("last name"),
    Meaning.ORGANISATION: say("organisation"),
    Meaning.TITLE: say("position"),
    Meaning.MAIL: say("mail address"),
    Meaning.PHONE: say("telephone"),
    Meaning.STATUS: say("whether they come"),
    Meaning.TICKET: say("ticket"),
    Meaning.NOTE: say("note"),
    Meaning.DATE: say("date"),
    Meaning.HOST: say("whether they are the host"),
    Meaning.IGNORED: say("nothing we need"),
}
"""What a column may hold, in words."""

STATES: Final = {lists.NEW: say("new"), lists.BACK: say("there again"), lists.KNOWN: say("on the list already")}


@dataclass(frozen=True, slots=True)
class GuestView:
    """One guest on the list: who, doing what, how they stand to the user; None where they are no contact."""

    id: int
    name: str
    person: Person | None
    work: str
    status: str
    note: str
    is_dropped: bool
    is_wanted: bool
    may_want: bool
    is_me: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it was recognised: its header, samples, and which meaning is proposed."""

    number: int
    header: str
    samples: str
    meaning: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class PreviewView:
    """A list that was given: its columns, the guests with their matches, and who would drop out."""

    file: str
    columns: tuple[Column, ...]
    meanings: tuple[tuple[str, str], ...]
    entries: tuple[tuple[str, str, str, str], ...]
    entries_more: str
    summary: str
    dropped: str
    notes: tuple[str, ...]
    problems: tuple[str, ...]
    problems_more: str
    is_partial: bool
    may_be_partial: bool
    asks: bool
    can_keep: bool


@dataclass(frozen=True, slots=True)
class ListView:
    """The page of a list."""

    head: Head
    words: str
    status: str
    guests: tuple[GuestView, ...]
    more: str
    total: int
    preview: PreviewView | None
    has_calendar: bool
    is_mourning: bool


def list_view(
    occasion: tuple[Occasion, Manners],
    listed: Sequence[Guest],
    words: str,
    held: Held | None,
    at: tuple[Voice, Seconds],
) -> ListView:
    """
    The page of a list.

    Args:
        words: what is searched for, "" for everybody.
        held: a newer list that was shown and not kept yet.
        at: the voice and the moment to say it at.
    """
    (one, manners), (voice, now) = occasion, at
    found = lists.search(listed, words) if words else tuple(listed)
    return ListView(
        head_view(one, manners, voice, now),
        words,
        _status(words, len(found), voice),
        tuple(_guest(guest, voice, is_mourning=manners.mourning) for guest in found[:SHOWN]),
        voice.text_n("And {n} more; two letters find them.", "And {n} more; two letters find them.", len(found) - SHOWN)
        if len(found) > SHOWN
        else "",
        len(listed),
        preview_view(held, voice) if held is not None else None,
        bool(one.origin),
        manners.mourning,
    )  # fmt: skip


def _status(words: str, number: int, voice: Voice) -> str:
    if not words:
        return ""
    return voice.say(say_n("{n} by these letters.", "{n} by these letters.", number)) if number else voice.text(
        "Nobody on the list by these letters."
    )  # fmt: skip


def _guest(guest: Guest, voice: Voice, *, is_mourning: bool) -> GuestView:
    who = person(guest.contact_id, guest.name) if guest.contact_id is not None else None
    may_want = guest.status is GuestStatus.NEW and guest.may_come and not guest.leave_alone and not is_mourning
    return GuestView(
        guest.id,
        shown(guest.name),
        who,
        work_of(guest, voice),
        voice.say(_standing(guest)),
        voice.text("To be left alone.") if guest.leave_alone else "",
        guest.dropped,
        guest.wanted and not is_mourning,
        may_want,
        guest.is_me,
    )


def _standing(guest: Guest) -> Sentence:
    if guest.is_me:
        return say("you")
    if guest.dropped:
        return say("not on the newest list")
    if guest.status is GuestStatus.KNOWN:
        return say("you know them")
    return say("perhaps somebody you know") if guest.status is GuestStatus.PERHAPS else say("not met yet")


def preview_view(held: Held, voice: Voice) -> PreviewView:
    """A list before it is kept."""
    found = held.preview
    # What the list changes comes first: who is new, then who is there again.
    in_order = sorted(found.entries, key=lambda one: list(STATES).index(one.state))
    rest = len(found.entries) - ENTRIES
    problems = len(found.problems) - PROBLEMS
    return PreviewView(
        shown(held.name, LONGEST_TITLE),
        tuple(_column(one, voice) for one in found.columns),
        tuple((meaning.name.lower(), voice.say(words)) for meaning, words in MEANINGS.items()),
        tuple(_entry(one, voice) for one in in_order[:ENTRIES]),
        voice.text_n("And {n} more.", "And {n} more.", rest) if rest > 0 else "",
        _summary(found, voice),
        _dropped(found, voice),
        tuple(voice.say(one) for one in found.notes),
        tuple(f"{shown(one.where)}: {voice.text(one.message)}" for one in found.problems[:PROBLEMS]),
        voice.text_n("And {n} more.", "And {n} more.", problems) if problems > 0 else "",
        held.is_partial,
        held.source is not None and (bool(found.dropped) or held.is_partial),
        found.asks,
        bool(found.rows),
    )


def _column(one: ColumnGuess, voice: Voice) -> Column:
    samples = " · ".join(shown(sample, 40) for sample in one.samples if sample)
    header = shown(one.header) or voice.text("Column {number}", number=one.number + 1)
    return Column(one.number, header, samples, one.meaning.name.lower(), one.sure)


def _entry(one: Entry, voice: Voice) -> tuple[str, str, str, str]:
    guest = one.guest
    standing = "" if guest.status is GuestStatus.NEW and not guest.is_me else voice.say(_standing(guest))
    standing = standing or voice.say(say("not met yet"))
    return shown(guest.name), work_of(guest, voice), standing, voice.say(STATES[one.state])


def _summary(found: Preview, voice: Voice) -> str:
    known = sum(one.guest.status is GuestStatus.KNOWN for one in found.entries)
    unsure = sum(one.guest.status is GuestStatus.PERHAPS for one in found.entries)
    said: list[str | Sentence] = [say_n("{n} guest on it", "{n} guests on it", len(found.entries))]
    if found.fresh != len(found.entries):
        said.append(say_n("{n} new", "{n} new", found.fresh))
    if known:
        said.append(say_n("{n} you know", "{n} you know", known))
    if unsure:
        said.append(say_n("{n} to be asked", "{n} to be asked", unsure))
    if found.repeats:
        said.append(say_n("{n} named twice", "{n} named twice", found.repeats))
    return listing(said, voice) + "."


def _dropped(found: Preview, voice: Voice) -> str:
    if not found.dropped:
        return ""
    names = ", ".join(shown(one.name) for one in found.dropped[:NAMES])
    rest = len(found.dropped) - NAMES
    return names + (f" {voice.text_n('and one more', 'and {n} more', rest)}" if rest > 0 else "")
