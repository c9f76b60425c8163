"""
Guest lists as lines somebody pasted: one a line, with bullets or numbers, or all in one line; address lines of mail.

What a heading says ("Going (23)", "Afgemeld:", "Organisatie") counts for the lines below it. A line that
does not look like a guest is a ``Problem``, never a guest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from maatje.errors import N_
from maatje.model.record import Coming, GuestLine, Origin, Problem
from maatje.sources.addresses import read_addresses
from maatje.sources.guests_cells import (
    MAX_CELL,
    MAX_SHORT,
    cleaned,
    coming_of,
    digits,
    is_code,
    is_date,
    is_host,
    is_mail,
    is_name,
    is_organisation,
    is_phone,
    mails_in,
    plain_words,
    share,
)
from maatje.sources.guests_columns import SAMPLES, ColumnGuess
from maatje.sources.guests_headers import Meaning
from maatje.sources.guests_line import HONORIFICS, Line, persons, take_apart, without_bullet
from maatje.sources.guests_rows import MAX_NOTE, guest_of
from maatje.sources.guests_table import MAX_ROWS

MAX_LINE: Final = 100_000
_PER_LINE: Final = 2_000
"""People that one line may hold."""
_TO: Final = re.compile(
    r"\s*(?:to|cc|bcc|aan|van|from|an|à|von|kopie(?: aan)?|verzonden aan|reply-to|invitees|vereist|required|optional|"
    r"optioneel|genodigden|guests?|gasten|aanwezig|aanwezigen|attendees|deelnemers|participants)\s*:\s*(?=\S)",
    re.IGNORECASE,
)
_ANGLED: Final = re.compile(r"<[^<>@\s]{1,64}@[^<>@\s]{1,255}>")
_NO_SEMICOLON: Final = re.compile(r'(?:"[^"]*"|[^";]|")+')
"""What stands between semicolons; one within quotes is text."""
_INNER_BULLET: Final = re.compile(r"\s+[•·▪◦‣●|]\s+")
_RULE: Final = re.compile(r"[\W_]+")
_COUNT: Final = re.compile(r"[(\[]?\b\d{1,6}\b(?:\s*(?:/|van|of)\s*\d{1,6})?[)\]]?")
_COUNTS: Final = re.compile(r"\s*\d{1,6} [^\W\d]+(?: [^\W\d]+)?(?:\s*[,;·•|/&]\s*\d{1,6} [^\W\d]+(?: [^\W\d]+)?)+\s*\Z")
_HEADINGS_TEXT: Final = (
    "guests guest list guestlist gasten gast gastenlijst deelnemers deelnemer deelnemerslijst attendees "
    "attendee attendee list participants participant participant list genodigden genodigde namen naam name "
    "names leden members invitees invited aanwezigen lijst list contacten contacts teilnehmer gaste gasteliste "
    "invites liste personen people wie who totaal total aantal see all show all alles tonen group members "
    "groepsleden bijlage"
)
_HEADINGS: Final = frozenset(_HEADINGS_TEXT.split()) | {
    "guest list",
    "attendee list",
    "participant list",
    "group members",
    "see all",
    "show all",
    "list of guests",
}
_LIST_OF: Final = re.compile(
    r"(?:gastenlijst|deelnemerslijst|guest ?list|attendee list|participants? list|list of|"
    r"lijst van|pagina \d|page \d)\b",
    re.IGNORECASE,
)
_GREETING: Final = re.compile(
    r"(?:beste|dear|hallo|hello|hi|hoi|geachte|groeten?|met vriendelijke|kind regards|best regards|hierbij|please|"
    r"bedankt|thanks|https?://|www\.)\b",
    re.IGNORECASE,
)
_FAREWELL: Final = re.compile(
    r"(?:met |with |mit )?(?:vriendelijke |hartelijke |kind |best |warm |freundlichen )?"
    r"(?:groet(?:en|jes)?|regards|gr)\b\W*\Z",
    re.IGNORECASE,
)
_DAY: Final = re.compile(
    r"\s*(?:\d{1,2}[:.]\d\d\b|(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
    r"\b.*\d|(?:locatie|location|plaats|datum|date|tijd|time|adres|address|where|when|waar|wanneer)\s*:)",
    re.IGNORECASE,
)
_ONESELF: Final = frozenset(
    {
        "you",
        "u",
        "jij",
        "jou",
        "ik",
        "group admin",
        "groepsbeheerder",
        "beheerder",
        "admin",
        "community",
        "moi",
        "du",
        "ich",
    }
)
NOT_A_GUEST: Final = N_("This line does not look like a guest and was left out.")
HALF_READ: Final = N_("Something in this line belongs to no address; please look at it.")


class Pasted(NamedTuple):
    """What lines gave: one or two columns to confirm, the guests, problems, and whether lines were cut off."""

    columns: tuple[ColumnGuess, ...]
    guests: tuple[GuestLine, ...]
    problems: tuple[Problem, ...]
    is_cut: bool


class _Entry(NamedTuple):
    """A line taken apart, with its number and what the heading above it said."""

    place: int
    line: Line
    raw: str


@dataclass(slots=True)
class _Reading:
    """What is known so far while going down the lines."""

    name: str
    status: Coming = Coming.UNSAID
    host: bool = False
    heading: str = ""
    is_signed: bool = False
    """The line before was a farewell: the next is who sent the list, not who is on it."""
    entries: list[_Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    is_cut: bool = False

    def add(self, place: int, line: Line, raw: str) -> None:
        """Keeps a guest with what the heading above says."""
        if len(self.entries) >= MAX_ROWS:
            self.is_cut = True
            return
        notes = line.notes if not self.heading or self.heading in line.notes else (*line.notes, self.heading)
        status = line.status if line.status is not None else self.status
        self.entries.append(_Entry(place, line._replace(status=status, host=line.host or self.host, notes=notes), raw))

    def doubt(self, place: int, message: str) -> None:
        """Notes a line that was not, or only half, understood."""
        self.problems.append(Problem(Origin(self.name, place=place), f"line {place}", message))


def read_paste(lines: Iterable[str], *, name: str, answers: Mapping[int, Meaning] | None = None) -> Pasted:
    """
    The guests of pasted lines.

    Args:
        lines: as pasted, with or without their ends.
        name: shown in problems.
        answers: what the user says that the piece before (0) and behind (1) the first separator is.
    """
    reading = _Reading(name)
    for place, text in _joined(lines):
        if reading.is_cut:
            break
        _line(reading, place, text)
    columns = _columns(reading.entries, answers or {})
    guests = tuple(guest for entry in reading.entries for guest in _guests(entry, columns))
    return Pasted(columns, guests[:MAX_ROWS], tuple(reading.problems), reading.is_cut or len(guests) > MAX_ROWS)


def _joined(lines: Iterable[str]) -> Iterable[tuple[int, str]]:
    """Cleaned lines with their numbers; an address line that goes on below is one."""
    held: tuple[int, str] | None = None
    for place, raw in enumerate(lines, 1):
        text = cleaned(raw, MAX_LINE)
        if held is not None and "@" in text and (held[1].endswith((",", ";")) or raw[:1] in " \t"):
            held = (held[0], f"{held[1]} {text}"[:MAX_LINE])
            continue
        if held is not None:
            yield held
            held = None
        if text and "@" in text and (_TO.match(text) is not None or text.endswith((",", ";"))):
            held = (place, text)
        elif text:
            yield place, text
    if held is not None:
        yield held


def _line(reading: _Reading, place: int, text: str) -> None:
    """One line: a rule, a heading, a row of addresses or names, or a guest."""
    bare = without_bullet(text) if not text.startswith("#") else text
    if _RULE.fullmatch(text) is not None or _COUNTS.match(text) is not None or plain_words(bare) in _ONESELF:
        return
    if reading.is_signed or _FAREWELL.match(text) is not None:
        reading.is_signed = not reading.is_signed
        reading.doubt(place, NOT_A_GUEST)
        return
    if _heading(reading, text):
        return
    match = _TO.match(text)
    body = text[match.end() :] if match is not None else text
    if _addresses(reading, place, body):
        return
    if match is not None and coming_of(plain_words(match[0])) is not None:
        reading.status = coming_of(plain_words(match[0])) or Coming.UNSAID
    for piece in _people(body, is_list=match is not None):
        _person(reading, place, piece)


def _heading(reading: _Reading, text: str) -> bool:
    """Whether a line is a heading; then what it says counts from here on."""
    marked = text.startswith("#") or text.endswith(":")
    core = _COUNT.sub(" ", text).strip(" :#*=_-–—•·()[]")
    words = plain_words(core)
    if not words:
        return True  # a number alone: a count, or a page
    if "," in core or "@" in text:
        return False
    coming = coming_of(core)
    if coming is None:
        coming = next((one for part in (words.split()[0], words.split()[-1]) if words.split()[-1] in _HEADINGS
                       and (one := coming_of(part)) is not None), None)  # fmt: skip
    is_known = words in _HEADINGS or _LIST_OF.match(core) is not None
    is_hosts = is_host(core) and len(words.split()) <= 2 and not is_name(core)
    if coming is None and not is_known and not is_hosts and not marked:
        return False
    reading.status = coming or Coming.UNSAID
    reading.host = is_hosts
    is_label = coming is None and not is_known and not is_hosts and len(words.split()) <= 4
    reading.heading = cleaned(core, MAX_SHORT) if is_label and _GREETING.match(core) is None else ""
    return True


def _addresses(reading: _Reading, place: int, text: str) -> bool:
    """Whether a line is several addresses, each somebody; then they are kept."""
    if "@" not in text:
        return False
    pieces = _between_semicolons(text)
    items = [item.strip() for piece in pieces for item in piece.split(",") if item.strip()]
    if len(_ANGLED.findall(text)) < 2 and not (len(items) > 1 and all(is_mail(item) for item in items)):
        return False
    for piece in pieces[:_PER_LINE]:
        if "@" not in piece:
            _person(reading, place, piece)
            continue
        found = read_addresses(piece.encode())
        for party in found.parties:
            line = Line(party.name, mails=(party.address,), is_named=True)
            reading.add(place, line, piece if len(pieces) > 1 else "")
        if not found.is_clean or found.total > len(found.parties) or _lost(piece, found.total):
            reading.doubt(place, HALF_READ)
    return True


def _between_semicolons(text: str) -> list[str]:
    return [piece.strip() for piece in _NO_SEMICOLON.findall(text) if piece.strip()]


def _lost(text: str, read: int) -> bool:
    """Whether more addresses or names stand in a text than were read: "Jan <j@…>, Fenna de Graaf, Piet <p@…>"."""
    between = [part for part in _ANGLED.sub("\n", text).split("\n") if '"' not in part and "," in part.strip(", ")]
    return text.count("@") > read or bool(between and read > 1)


def _people(text: str, *, is_list: bool) -> Sequence[str]:
    """The pieces of a line that are each about somebody: the line itself, or the names it lists."""
    pieces = [one for one in _INNER_BULLET.split(text) if one.strip()] if _INNER_BULLET.search(text) else [text]
    if len(pieces) > 2 and share(is_name(without_bullet(one)) for one in pieces) > 0.5:
        return pieces[:_PER_LINE]
    pieces = _between_semicolons(text)
    if len(pieces) > 2 or (len(pieces) == 2 and (is_list or all(_is_somebody(one) for one in pieces))):
        return pieces[:_PER_LINE]
    pieces = [one.strip() for one in text.split(",") if one.strip()]
    if len(pieces) > 1 and share(is_phone(one) for one in pieces) * len(pieces) >= 2:
        return pieces[:_PER_LINE]  # the members of a chat: numbers and the few that have a name
    everybody = [person for one in pieces for person in persons(one)]
    # "Jan Wit, Piet Smit en Anna Bakker": the couple at the end makes it a list, and no firm's name.
    is_series = len(pieces) == 2 and len(everybody) > 2 and persons(pieces[0]) == (pieces[0],)
    if (len(pieces) > 2 or is_list or is_series) and all(
        is_name(one) and not is_organisation(one) for one in everybody
    ):
        return everybody[:_PER_LINE]
    return (text,)


def _is_somebody(text: str) -> bool:
    text = text.split(",")[0]
    return (is_name(text) and not is_organisation(text)) or bool(mails_in(text))


def _person(reading: _Reading, place: int, text: str) -> None:
    """One piece that may be a guest."""
    if plain_words(text) in _ONESELF:
        return
    line = take_apart(text[:MAX_CELL])
    is_reached = bool(line.mails or line.phones)
    if not is_reached and (not line.first or _is_talk(line.first, text)):
        reading.doubt(place, NOT_A_GUEST)
    else:
        reading.add(place, line, text)


def _is_talk(name: str, text: str) -> bool:
    """Whether a line is a sentence, a date, a link or a greeting, and no guest."""
    words = name.split()
    if (
        _GREETING.match(text) is not None
        or _DAY.match(text) is not None
        or is_date(text)
        or is_date(name)
        or is_code(name)
        or len(words) > 9
        or "?" in name
    ):
        return True
    if digits(name) * 2 > len(name) or not any(char.isalpha() for char in name):
        return True
    if plain_words(words[0]) in HONORIFICS or plain_words(" ".join(words[:2])) == "de heer":
        return False
    small = sum(word[:1].islower() for word in words)
    return len(words) >= 5 and not is_name(name) and small * 2 > len(words) and not is_organisation(name)


def _columns(entries: Sequence[_Entry], answers: Mapping[int, Meaning]) -> tuple[ColumnGuess, ...]:
    """What stands before and behind the first separator, over the whole list."""
    open_lines = [entry.line for entry in entries if entry.line.first and not entry.line.is_named]
    firsts = [entry.line.first for entry in entries if entry.line.first]
    seconds = [entry.line.second for entry in entries if entry.line.second]
    if not firsts:
        return ()
    meanings = [(Meaning.NAME, True), (Meaning.ORGANISATION, True)]
    both = [line for line in open_lines if line.second]
    if both and share(is_organisation(line.first) for line in both) >= 0.5:
        if share(is_name(line.second) for line in both) >= 0.6:
            is_plain = all(not is_organisation(line.second) for line in both)
            meanings = [(Meaning.ORGANISATION, is_plain), (Meaning.NAME, is_plain)]
    elif both and share(not line.is_sure for line in both) >= 0.3:
        meanings = [(Meaning.LAST, False), (Meaning.FIRST, False)]
    elif both and share(is_name(line.second) and not is_organisation(line.second) for line in both) > 0.5:
        # "Jan de Vries, Van Oord": the firm's name may as well be a second guest's.
        meanings[1] = (Meaning.ORGANISATION, False)
    found = [ColumnGuess("", _samples(firsts), *meanings[0], 0)]
    if seconds:
        found.append(ColumnGuess("", _samples(seconds), *meanings[1], 1))
    return tuple(
        one._replace(meaning=answers[one.number], sure=True) if one.number in answers else one for one in found
    )


def _samples(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))[:SAMPLES]


def _guests(entry: _Entry, columns: Sequence[ColumnGuess]) -> Iterable[GuestLine]:
    """The guest of a line, or the two that share it; addresses go with the first of them."""
    line = entry.line
    read = columns
    turned = {one.meaning for one in columns} & {Meaning.FIRST, Meaning.LAST}
    if line.is_named or (turned and line.is_sure):
        read = tuple(one._replace(meaning=(Meaning.NAME, Meaning.ORGANISATION)[one.number]) for one in columns)
    row = (line.first, line.second)
    found = guest_of(row, read, entry.place) if columns else None
    base = found or GuestLine("", place=entry.place)
    note = "; ".join(dict.fromkeys(filter(None, (base.note, *line.notes))))[:MAX_NOTE]
    base = base._replace(
        title=base.title or line.title,
        mails=tuple(dict.fromkeys((*line.mails, *base.mails))),
        phones=line.phones or base.phones,
        status=line.status or base.status,
        host=line.host or base.host,
        note=note,
        raw=(("", entry.raw[:MAX_CELL]),) if entry.raw else (),
    )
    names = persons(base.name) if base.name else ("",)
    yield base._replace(name=names[0])
    for name in names[1:]:
        yield base._replace(name=name, mails=(), phones=())
