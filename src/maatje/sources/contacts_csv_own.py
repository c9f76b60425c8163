"""
Our own contact list as CSV: a table for the eye and the spreadsheet, and the whole card beside it.

The first columns are what people look for; the last hold the card as vCard text, in pieces that no
spreadsheet cuts, so that nothing is lost. No cell can be taken for a formula (SAFETY, input 3): one
that could is preceded by an apostrophe, and exactly that is taken off again on reading.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from maatje.model.record import Card, Property
from maatje.sources import vcard
from maatje.sources.contacts_csv_row import day_of
from maatje.sources.contentlines import escaped, unescaped
from maatje.sources.vcard_write import write

FIRST: Final = ("name", "given", "family", "organisation", "title", "birthday", "note")
OTHER: Final = "other"
PIECE: Final = 32_000
"""Characters of a card in one cell: spreadsheets cut a cell at 32,767."""

_SHOWN: Final = frozenset({"FN", "N", "ORG", "TITLE", "BDAY", "NOTE", "EMAIL", "TEL"})
_UNSHOWN: Final = frozenset({"PHOTO", "LOGO", "SOUND", "KEY", "UID", "REV", "PRODID", "AGENT"})
_FORMULA: Final = "=+-@"
_SKIPPED: Final = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
# A spreadsheet would take the noughts off, or round it.
_NUMBER: Final = re.compile(r"0\d+\Z|\d{12,}\Z")
_NUMBERED: Final = re.compile(r"(mail|phone|card) ([1-9]\d{0,2})\Z")


class Layout(NamedTuple):
    """Which columns of a table of ours hold what: by name for the single ones, in order for the others."""

    single: dict[str, int]
    mails: tuple[int, ...]
    phones: tuple[int, ...]
    cards: tuple[int, ...]


def neutral(text: str) -> str:
    """The text as a cell that no spreadsheet calculates, and none changes; ``restored`` takes it back."""
    return f"'{text}" if _is_risky(text) else text


def restored(cell: str) -> str:
    """The text of a cell that ``neutral`` made."""
    return cell[1:] if cell[:1] == "'" and _is_risky(cell[1:]) else cell


def _is_risky(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula or a number, apostrophes before it not counted."""
    text = text.lstrip("'")
    if text[:1] in ("\t", "\r", "\n") or _NUMBER.match(text) is not None:
        return True
    for character in text:
        if character == "'" or unicodedata.category(character) in _SKIPPED:
            continue
        return unicodedata.normalize("NFKC", character)[:1] in _FORMULA
    return False


def lines(cards: Iterable[Card]) -> Iterator[str]:
    """
    The cards as a table, line by line, CRLF line ends, each cell in quotes.

    ``cards`` is gone through twice, to know how many columns there are; nothing is kept in memory.
    """
    mails = phones = pieces = 1
    for card in cards:
        mails, phones = max(mails, len(card.mails)), max(phones, len(card.phones))
        pieces = max(pieces, len(_pieces(card)))
    header = [*FIRST, *(f"mail {n + 1}" for n in range(mails)), *(f"phone {n + 1}" for n in range(phones))]
    header += [OTHER, *(f"card {n + 1}" for n in range(pieces))]
    # The mark at the beginning is how a spreadsheet knows that this is UTF-8.
    yield "\ufeff" + _line(header)
    for card in cards:
        shown = [*_shown(card), *_padded(card.mails, mails), *_padded(card.phones, phones), _others(card)]
        yield _line([neutral(cell) for cell in (*shown, *_padded(_pieces(card), pieces))])


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerow(cells)
    return out.getvalue()


def _shown(card: Card) -> tuple[str, ...]:
    return card.name, card.given, card.family, card.organisation, card.title, card.birthday, card.note


def _padded(found: Sequence[str], number: int) -> tuple[str, ...]:
    return (*found, *("" for _ in range(number - len(found))))


def _others(card: Card) -> str:
    """What else the card says, for the eye: one line for each property that is no bytes."""
    told = [prop for prop in card.properties if prop.name not in _SHOWN | _UNSHOWN and len(prop.value) < 2_000]
    return "\n".join(f"{prop.name.removeprefix('X-').capitalize()}: {unescaped(prop.value)}" for prop in told)


def _pieces(card: Card) -> list[str]:
    text = write([card])
    return [text[at : at + PIECE] for at in range(0, len(text), PIECE)]


def layout(header: Sequence[str]) -> Layout | None:
    """Where the columns of a table of ours stand, whatever order a spreadsheet left them in; None where it is none."""
    single: dict[str, int] = {}
    several: dict[str, dict[int, int]] = {"mail": {}, "phone": {}, "card": {}}
    for at, text in enumerate(header):
        name = text.strip().lower()
        if (match := _NUMBERED.match(name)) is not None:
            several[match[1]].setdefault(int(match[2]), at)
        else:
            single.setdefault(name, at)
    if not set(FIRST) <= single.keys() or not all(1 in found for found in several.values()):
        return None
    mails, phones, cards = (tuple(found[number] for number in sorted(found)) for found in several.values())
    return Layout(single, mails, phones, cards)


def properties_of(row: Sequence[str], own: Layout) -> tuple[str, list[Property]]:
    """
    The version and properties of a row of ours: those of its card, with what was changed in the other cells since.

    A row without a card, as one typed below the others, is read from its cells.
    """
    cells = [restored(cell) for cell in row]

    def at(place: int) -> str:
        return cells[place] if place < len(cells) else ""

    text = "".join(at(place) for place in own.cards)
    found = [card for card in vcard.parse(text.encode("utf-8", "replace"), name="") if isinstance(card, Card)]
    card = found[0] if len(found) == 1 else None
    shown = tuple(at(own.single[name]) for name in FIRST)
    mails, phones = (tuple(one for place in some if (one := at(place))) for some in (own.mails, own.phones))
    if card is None:
        return "4.0", [prop for prop in _typed(shown, mails, phones) if prop.value]
    return card.version, _edited(card, _typed(shown, mails, phones), shown, (mails, phones))


def _typed(shown: Sequence[str], mails: Iterable[str], phones: Iterable[str]) -> list[Property]:
    """The cells as properties, each field once."""
    name, given, family, organisation, title, birthday, note = shown
    fields = [Property("FN", escaped(name)), Property("N", f"{escaped(family)};{escaped(given)};;;")]
    fields += [Property("ORG", escaped(organisation)), Property("TITLE", escaped(title))]
    fields += [Property("BDAY", day_of(birthday) or ""), Property("NOTE", escaped(note))]
    fields += [Property("EMAIL", text.replace("\\", "\\\\")) for text in mails]
    return fields + [Property("TEL", text.replace("\\", "\\\\")) for text in phones]


def _edited(
    card: Card, typed: list[Property], shown: Sequence[str], reach: tuple[tuple[str, ...], tuple[str, ...]]
) -> list[Property]:
    """The card's properties, those of a changed cell replaced by what stands there now."""
    before = _shown(card)
    names = ("FN", "N", "N", "ORG", "TITLE", "BDAY", "NOTE")
    # A spreadsheet turns line ends and blanks about; that is no change of the user's.
    changed = {name for name, old, new in zip(names, before, shown, strict=True) if old.split() != new.split()}
    changed |= {
        name for name, old, new in zip(("EMAIL", "TEL"), (card.mails, card.phones), reach, strict=True) if old != new
    }
    if "BDAY" in changed and shown[5] and day_of(shown[5]) in (None, card.birthday.replace("-", "")):
        changed.discard("BDAY")
    kept = [prop for prop in card.properties if prop.name not in changed]
    known = {(prop.name, prop.value): prop for prop in card.properties}
    new = [known.get((prop.name, prop.value), prop) for prop in typed if prop.name in changed and prop.value.strip(";")]
    return [*kept, *new]
