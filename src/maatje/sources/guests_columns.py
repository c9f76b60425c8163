"""
What each column of a guest list means: by the words above it and by what its cells are.

A meaning is sure or it is asked. Sure is a header known as a whole whose cells do not speak against
it, or cells that can be one thing only (mail addresses). Everything else is a proposal to be
confirmed before anything is written. A column that is ignored is still kept in ``GuestLine.raw``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from maatje.sources.guests_cells import mails_in, plain_words, share
from maatje.sources.guests_headers import (
    BARE_NAMES,
    EITHER,
    INITIALS,
    Meaning,
    exact,
    header_words,
    hint,
    is_about_somebody_else,
    is_question,
)
from maatje.sources.guests_profile import LOOKED_AT, MOST, Profile, profile_of

SAMPLES: Final = 3
NEARLY_ALL: Final = 0.8
_PARTS: Final = (Meaning.NAME, Meaning.FIRST, Meaning.LAST)
_SHORT_HONORIFICS_TEXT: Final = (
    "mr mrs ms miss dr prof ir ing drs dhr mevr mw heer mevrouw de heer mme m herr frau sir dame mx ds jhr"
)
_SHORT_HONORIFICS: Final = frozenset(_SHORT_HONORIFICS_TEXT.split())
_ROLES_TEXT: Final = (
    "organizer organiser presenter attendee attendees speaker spreker deelnemer host gastheer gastvrouw guest "
    "gast member lid co organizer cohost panelist participant vrijwilliger volunteer crew pers press vip "
    "genodigde organisator"
)
_ROLES: Final = frozenset(_ROLES_TEXT.split())


class ColumnGuess(NamedTuple):
    """
    A column: its header as read ("" without one), up to three samples, and what it seems to hold.

    ``sure`` False: to be asked, ``meaning`` is the proposal. ``number`` counts from 0, and is the
    key under which an answer is given back.
    """

    header: str
    samples: tuple[str, ...]
    meaning: Meaning
    sure: bool
    number: int = 0


def guess(
    header: Sequence[str], rows: Sequence[Sequence[str]], answers: Mapping[int, Meaning] | None = None
) -> tuple[ColumnGuess, ...]:
    """
    What each column means.

    Args:
        header: the cells above, () where the list has none.
        rows: cleaned cells, in order; () for a list with a header only.
        answers: the user's own word on columns by number, which stands whatever the cells say.
    Returns: one for each column of the widest row, in order.
    """
    width = max((len(row) for row in (header, *rows)), default=0)
    heads = [header[number] if number < len(header) else "" for number in range(width)]
    filled = [[row[number] for row in rows if number < len(row) and row[number]] for number in range(width)]
    profiles = [profile_of(cells) for cells in filled]
    found = [_alone(head, profile) for head, profile in zip(heads, profiles, strict=True)]
    found = _together(heads, profiles, found, rows)
    for number, meaning in (answers or {}).items():
        if 0 <= number < width:
            found[number] = (meaning, True)
    return tuple(
        ColumnGuess(heads[number], tuple(dict.fromkeys(profiles[number].cells))[:SAMPLES], *found[number], number)
        for number in range(width)
    )


_Guess = tuple[Meaning, bool]


def _alone(header: str, cells: Profile) -> _Guess:
    """What a column is, by itself."""
    if header_words(header) in EITHER:
        return _either(cells)
    known = exact(header)
    if known is not None:
        return _checked(known, header_words(header), cells)
    if not cells.cells:
        return (hint(header) or Meaning.IGNORED, hint(header) is None or is_question(header))
    found = _by_cells(header, cells)
    return found if found is not None else _by_hint(header, cells)


def _either(cells: Profile) -> _Guess:
    """ "Title" or "Role": work, an address form, or the part somebody plays."""
    if not cells.cells:
        return Meaning.TITLE, True
    words = [plain_words(one) for one in cells.cells]
    if share(all(part in _SHORT_HONORIFICS for part in one.split()) for one in words) >= MOST:
        return Meaning.IGNORED, True
    if share(one in _ROLES for one in words) >= MOST:
        return Meaning.TICKET, True
    return Meaning.TITLE, cells.job >= 0.3 and cells.is_text


def _checked(known: Meaning, words: str, cells: Profile) -> _Guess:
    """A known header, unless its cells are plainly something else; then it is asked."""
    if not cells.cells or known in (Meaning.NOTE, Meaning.DATE, Meaning.TICKET):
        return known, True
    if known is Meaning.IGNORED:
        # "Participant ID" may be the only place where the address stands: settled beside the other columns.
        return known, True
    if known is Meaning.MAIL:
        return known, cells.mail >= MOST
    if known is Meaning.PHONE:
        # Numbers without the leading zero are what spreadsheets make of telephones.
        return known, cells.phone + cells.code >= MOST
    if known is Meaning.STATUS:
        if cells.date >= MOST:
            return Meaning.DATE, True
        return known, cells.status >= MOST
    if known is Meaning.HOST:
        return (known, True) if cells.yes_no >= MOST else (Meaning.IGNORED, cells.name >= MOST)
    if cells.mail >= MOST:
        return Meaning.MAIL, known is Meaning.NAME
    if words == "guests" and cells.code >= MOST:
        return Meaning.IGNORED, True
    if known is Meaning.NAME and cells.organisation >= MOST:
        return Meaning.ORGANISATION, False
    return known, cells.may_be_words


def _by_cells(header: str, cells: Profile) -> _Guess | None:
    """What the cells leave no doubt about under an unknown header; None where they say nothing."""
    is_other = is_about_somebody_else(header)
    if cells.mail >= MOST:
        return (Meaning.IGNORED, False) if is_other else (Meaning.MAIL, True)
    if cells.phone >= MOST:
        return (Meaning.IGNORED, False) if is_other else (Meaning.PHONE, cells.phone >= NEARLY_ALL)
    if cells.date >= MOST:
        return Meaning.DATE, True
    if cells.yes_no >= MOST:
        is_answer = not header or hint(header) is Meaning.STATUS
        return (Meaning.STATUS, False) if is_answer else (Meaning.IGNORED, True)
    if cells.status >= NEARLY_ALL:
        return Meaning.STATUS, not is_question(header)
    if cells.code >= MOST:
        return (Meaning.PHONE, False) if hint(header) is Meaning.PHONE else (Meaning.IGNORED, True)
    return None


def _by_hint(header: str, cells: Profile) -> _Guess:
    """A column of text under a header that is not known as a whole; "" is settled beside the others."""
    if not header:
        return Meaning.NOTE, False
    meaning = hint(header)
    if meaning is None:
        is_empty_talk = is_question(header) or (len(cells.cells) > 2 and len(set(cells.cells)) == 1)
        return (Meaning.IGNORED, True) if is_empty_talk else (Meaning.NOTE, False)
    if is_about_somebody_else(header):
        return Meaning.IGNORED, False
    proof = {
        Meaning.NAME: cells.name, Meaning.FIRST: cells.word, Meaning.LAST: cells.word, Meaning.TITLE: cells.job,
        Meaning.ORGANISATION: cells.organisation, Meaning.NOTE: 1.0, Meaning.TICKET: 1.0 if cells.name < MOST else 0.0,
    }.get(meaning, 0.0)  # fmt: skip
    return meaning, proof >= NEARLY_ALL and len(cells.cells) > 1


def _together(
    heads: Sequence[str], profiles: Sequence[Profile], found: list[_Guess], rows: Sequence[Sequence[str]]
) -> list[_Guess]:
    """What only the columns beside each other tell."""
    _bare_name(heads, found, rows)
    _initials(heads, found)
    _only_address(profiles, found)
    if not any(meaning in _PARTS for meaning, _ in found):
        _names_by_cells(heads, profiles, found, rows)
    _organisation_by_cells(heads, profiles, found)
    names = [number for number, (meaning, _) in enumerate(found) if meaning is Meaning.NAME]
    for number in names[1:]:
        # Two columns of names: "Naam" may be the firm's and "Contact" the guest's.
        found[number] = (Meaning.NAME, False)
    if len(names) > 1 and profiles[names[0]].organisation >= 0.3:
        found[names[0]] = (Meaning.NAME, False)
    _answers_by_cells(heads, profiles, found)
    for meaning in (Meaning.MAIL, Meaning.PHONE):
        known = [number for number, (one, _) in enumerate(found) if one is meaning and exact(heads[number]) is not None]
        for number, (one, _) in enumerate(found):
            if known and one is meaning and number not in known and heads[number]:
                # Beside the guest's own address, one under other words may be somebody else's.
                found[number] = (meaning, False)
    for meaning in (Meaning.STATUS, Meaning.FIRST, Meaning.LAST):
        same = [number for number, (one, _) in enumerate(found) if one is meaning]
        for number in same[1:]:
            found[number] = (meaning, False)
    return found


def _answers_by_cells(heads: Sequence[str], profiles: Sequence[Profile], found: list[_Guess]) -> None:
    """Ticks and yes or no under unknown words, where nothing else says who comes: the likeliest is asked."""
    if any(meaning is Meaning.STATUS for meaning, _ in found):
        return
    for number, (meaning, _) in enumerate(found):
        if meaning is Meaning.IGNORED and profiles[number].yes_no >= MOST and exact(heads[number]) is None:
            found[number] = (Meaning.STATUS, False)
            return


def _bare_name(heads: Sequence[str], found: list[_Guess], rows: Sequence[Sequence[str]]) -> None:
    """ "Naam" beside "Voornaam": the last name, unless the first stands in it too."""
    firsts = [number for number, (meaning, _) in enumerate(found) if meaning is Meaning.FIRST]
    if not firsts or any(meaning is Meaning.LAST for meaning, _ in found):
        return
    for number, (meaning, sure) in enumerate(found):
        if meaning is not Meaning.NAME or header_words(heads[number]) not in BARE_NAMES:
            continue
        pairs = [
            (row[firsts[0]].casefold(), row[number].casefold())
            for row in rows
            if max(firsts[0], number) < len(row) and row[firsts[0]] and row[number]
        ]
        within = share(first in whole.split() or whole.startswith(first + " ") for first, whole in pairs)
        if within < 0.2:
            found[number] = (Meaning.LAST, sure and bool(pairs))
        elif within < MOST:
            found[number] = (Meaning.NAME, False)


def _initials(heads: Sequence[str], found: list[_Guess]) -> None:
    """Initials are a first name only where no other is."""
    firsts = [number for number, (meaning, _) in enumerate(found) if meaning is Meaning.FIRST]
    if len(firsts) > 1:
        for number in firsts:
            if header_words(heads[number]) in INITIALS:
                found[number] = (Meaning.IGNORED, True)


def _only_address(profiles: Sequence[Profile], found: list[_Guess]) -> None:
    """Addresses under a header that is passed over: proposed where no other column has any."""
    if any(meaning is Meaning.MAIL for meaning, _ in found):
        return
    for number, (meaning, _) in enumerate(found):
        if meaning is Meaning.IGNORED and profiles[number].mail >= MOST:
            found[number] = (Meaning.MAIL, False)
            return


def _names_by_cells(
    heads: Sequence[str], profiles: Sequence[Profile], found: list[_Guess], rows: Sequence[Sequence[str]]
) -> None:
    """The names of a list whose headers do not tell them."""
    free = [
        number
        for number, (meaning, _) in enumerate(found)
        if profiles[number].is_text and exact(heads[number]) is None and meaning in (Meaning.NOTE, Meaning.IGNORED)
    ]
    mails = next((number for number, (meaning, _) in enumerate(found) if meaning is Meaning.MAIL), None)
    whole = [number for number in free if profiles[number].name >= MOST]
    if whole:
        proven = [number for number in whole if _in_mail(rows, number, mails) >= 0.5]
        best = proven[0] if proven else whole[0]
        others_are_none = all(profiles[one].name < 0.3 for one in free if one != best)
        certain = bool(proven) or (others_are_none and profiles[best].name >= NEARLY_ALL and len(rows) > 1)
        found[best] = (Meaning.NAME, certain and profiles[best].distinct > 0.5)
        return
    single = [number for number in free if profiles[number].word >= MOST]
    pair = next(((one, one + 1) for one in single if one + 1 in single), None)
    if pair is None:
        if single:
            found[single[0]] = (Meaning.NAME, False)
        elif free and not heads[free[0]]:
            found[free[0]] = (Meaning.NAME, False)
        return
    at = [_place_in_mail(rows, number, mails) for number in pair]
    first, last = pair if at[0] <= at[1] else (pair[1], pair[0])
    proof = min(_in_mail(rows, number, mails) for number in pair)
    found[first] = (Meaning.FIRST, proof >= MOST and at[0] != at[1])
    found[last] = (Meaning.LAST, proof >= MOST and at[0] != at[1])


def _local_parts(rows: Sequence[Sequence[str]], number: int, mails: int | None) -> list[tuple[list[str], str]]:
    """The words of a column's cells beside the part before the @ of the same row's address."""
    if mails is None:
        return []
    return [
        (plain_words(row[number]).split(), plain_words(found[0].partition("@")[0]))
        for row in rows[:LOOKED_AT]
        if max(number, mails) < len(row) and row[number] and (found := mails_in(row[mails]))
    ]


def _in_mail(rows: Sequence[Sequence[str]], number: int, mails: int | None) -> float:
    """In which part of the rows a word of three letters of this column stands in the mail address; scalar in 0..1."""
    found = _local_parts(rows, number, mails)
    return share(any(len(word) > 2 and word in local for word in words) for words, local in found)


def _place_in_mail(rows: Sequence[Sequence[str]], number: int, mails: int | None) -> float:
    """Where on average this column's longest word stands in the addresses; scalar >= 0, 0 where it never does."""
    at = [local.find(max(words, key=len)) for words, local in _local_parts(rows, number, mails) if words]
    at = [one for one in at if one >= 0]
    return sum(at) / len(at) if at else 0.0


def _organisation_by_cells(heads: Sequence[str], profiles: Sequence[Profile], found: list[_Guess]) -> None:
    """Organisations and work among the columns of text that are still open."""
    has_name = any(meaning in _PARTS for meaning, _ in found)
    taken = Counter(meaning for meaning, _ in found)
    for number, (meaning, sure) in enumerate(found):
        cells = profiles[number]
        if sure or meaning is not Meaning.NOTE or not cells.is_text or not has_name:
            continue
        if cells.job >= 0.5 and cells.job > cells.organisation and not taken[Meaning.TITLE]:
            found[number] = (Meaning.TITLE, cells.job >= NEARLY_ALL and not heads[number])
        elif taken[Meaning.ORGANISATION] or (heads[number] and cells.organisation < 0.5):
            continue
        elif cells.organisation >= 0.3 or not heads[number]:
            found[number] = (Meaning.ORGANISATION, cells.organisation >= MOST and cells.job < 0.3)
        taken[found[number][0]] += 1
