"""
Sums of money as people write them, in whole cents: € 1.250,50; 1,250.50 EUR; 12k; 3 mille; duizend euro.

Nothing is guessed in silence: where a point or comma can be read two ways, the reading comes with a note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from maatje.errors import N_, ParameterError, UserError
from maatje.model.sentence import Sentence, say

_SYMBOLS: Final = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY"}
_CODES: Final = frozenset(["EUR", "USD", "GBP", "CHF", "JPY", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "CAD", "AUD"])
_NAMES: Final = {
    **dict.fromkeys(("euro", "euros", "euri", "eurootjes", "eurotjes"), "EUR"),
    **dict.fromkeys(("dollar", "dollars"), "USD"),
    **dict.fromkeys(("pound", "pounds", "pond"), "GBP"),
    **dict.fromkeys(("frank", "franken", "francs"), "CHF"),
}
_SCALES: Final = {
    **dict.fromkeys(("k", "mille", "duizend", "thousand"), 1_000),
    "ton": 100_000,
    **dict.fromkeys(("m", "mln", "mio", "miljoen", "million"), 1_000_000),
}
_SMALL: Final = {
    **dict.fromkeys(("een", "één", "a", "one"), 1),
    **dict.fromkeys(("twee", "two"), 2),
    **dict.fromkeys(("drie", "three"), 3),
    **dict.fromkeys(("vier", "four"), 4),
    **dict.fromkeys(("vijf", "five"), 5),
    **dict.fromkeys(("zes", "six"), 6),
    **dict.fromkeys(("zeven", "seven"), 7),
    **dict.fromkeys(("acht", "eight"), 8),
    **dict.fromkeys(("negen", "nine"), 9),
    **dict.fromkeys(("tien", "ten"), 10),
    **dict.fromkeys(("elf", "eleven"), 11),
    **dict.fromkeys(("twaalf", "twelve"), 12),
    **dict.fromkeys(("dertien", "thirteen"), 13),
    **dict.fromkeys(("veertien", "fourteen"), 14),
    **dict.fromkeys(("vijftien", "fifteen"), 15),
    **dict.fromkeys(("zestien", "sixteen"), 16),
    **dict.fromkeys(("zeventien", "seventeen"), 17),
    **dict.fromkeys(("achttien", "eighteen"), 18),
    **dict.fromkeys(("negentien", "nineteen"), 19),
    **dict.fromkeys(("twintig", "twenty"), 20),
    **dict.fromkeys(("dertig", "thirty"), 30),
    **dict.fromkeys(("veertig", "forty"), 40),
    **dict.fromkeys(("vijftig", "fifty"), 50),
    **dict.fromkeys(("zestig", "sixty"), 60),
    **dict.fromkeys(("zeventig", "seventy"), 70),
    **dict.fromkeys(("tachtig", "eighty"), 80),
    **dict.fromkeys(("negentig", "ninety"), 90),
}
_HUNDREDS: Final = ("honderd", "hundred")
_JOINING: Final = ("en", "ën", "and")
_WORDS: Final = sorted((*_SMALL, *_HUNDREDS, *_JOINING, *_SCALES, "anderhalf", "anderhalve"), key=len, reverse=True)
_WORD_SCALES: Final = frozenset({"mille", "duizend", "thousand", "ton", "mln", "miljoen", "million"})

MOST_CENTS: Final = 10**14
"""A billion thousand: more is a slip of the finger."""

_FIGURES: Final = re.compile(r"\d(?:[\d.,'’ \u00a0\u202f]*\d)?")
_FIELD: Final = re.compile(r"[€$£¥]|[^\W\d_]+\.?|\d(?:[\d.,'’ \u00a0\u202f]*\d)?|\S")


@dataclass(frozen=True, slots=True)
class Money:
    """Whole cents >= 0 in a currency (three capitals); ``note`` says how an ambiguous number was read, or None."""

    cents: int
    currency: str
    note: Sentence | None = None


def parse_money(text: str, locale: str = "nl", currency: str = "EUR") -> Money:
    """
    A sum as it was typed.

    Two or fewer digits after the last point or comma are cents, groups of three are thousands. Before
    "k" or "miljoen" one point or comma is read as ``locale`` writes decimals, with a note.

    Args:
        text: one sum and nothing else, with or without a currency.
        locale: "nl" (1.250,50) or "en" (1,250.50).
        currency: what is meant where none is named.
    Returns: whole cents.
    Raises: UserError: not one sum, negative, or with parts of a cent.
    """
    shown = " ".join(text.split())
    fields = [found.group(0) for found in _FIELD.finditer(_trimmed(shown))]
    named = [code for field in fields if (code := _currency(field))]
    rest = [field for field in fields if not _currency(field)]
    if len(set(named)) > 1 or not rest or len(shown) > 200:
        raise _not_money(shown)
    if rest[0] in ("-", "−", "–"):
        raise UserError(
            N_("“{text}” is below zero. Write the sum, and say whether it was received or given."), text=shown[:80]
        )
    unit = named[0] if named else currency
    if rest[0][0].isdigit():
        scale = _scale(rest[1:], shown)
        number, is_doubtful = _number(rest[0], locale, scaled=scale != 1, shown=shown)
        value = number * scale
    else:
        value, is_doubtful = Decimal(_words(rest, shown)), False
    cents = value * 100
    if cents != int(cents) or cents > MOST_CENTS:
        raise _not_money(shown)
    note = None
    if is_doubtful:
        note = say("“{text}” was read as {sum}.", text=rest[0], sum=written(Money(int(cents), unit), locale))
    return Money(int(cents), unit, note)


def _trimmed(shown: str) -> str:
    """Without the dash that stands for no cents: "1250,-", "1250,--", "1250.-"."""
    return re.sub(r"(?<=\d)[.,](?:-{1,2}|[–—]|=)", "", shown)


def _currency(field: str) -> str:
    """The code a field names, or ""."""
    bare = field.rstrip(".")
    if bare in _SYMBOLS:
        return _SYMBOLS[bare]
    return bare.upper() if bare.upper() in _CODES else _NAMES.get(bare.casefold(), "")


def _scale(rest: list[str], shown: str) -> int:
    """What the words after a number multiply it by."""
    scale = 1
    for field in rest:
        step = _SCALES.get(field.casefold().rstrip("."))
        if step is None or scale != 1:
            raise _not_money(shown)
        scale = step
    return scale


def _number(field: str, locale: str, *, scaled: bool, shown: str) -> tuple[Decimal, bool]:
    """A number in figures, and whether it could be read another way."""
    bare = re.sub(r"[ \u00a0\u202f'’](?=\d{3}(?!\d))", "", field)
    if not re.fullmatch(r"\d[\d.,]*", bare):
        raise _not_money(shown)
    marks = [char for char in bare if char in ".,"]
    if not marks:
        return Decimal(bare), False
    last = marks[-1]
    whole, _, end = bare.rpartition(last)
    if len(set(marks)) == 2:
        other = marks[0]
        if marks.count(last) > 1 or not _grouped(whole, other):
            raise _not_money(shown)
        return Decimal(whole.replace(other, "") + "." + end), False
    if len(marks) > 1:
        if not _grouped(bare, last):
            raise _not_money(shown)
        return Decimal(bare.replace(last, "")), False
    if scaled:
        # "1.250k": a decimal mark where the locale writes one, thousands where they fit, and doubtful when both do.
        is_thousands = len(end) == 3 and _grouped(bare, last) and last == ("." if locale == "nl" else ",")
        return Decimal(whole + end if is_thousands else f"{whole}.{end}"), len(end) == 3
    if len(end) == 3 and _grouped(bare, last):
        # Nobody writes tenths of cents: these are thousands, even with the mark the language has for decimals.
        return Decimal(whole + end), last == ("," if locale == "nl" else ".")
    return Decimal(f"{whole}.{end}"), False


def _grouped(number: str, mark: str) -> bool:
    """Whether a number is cut into groups of three, the first of one to three and not beginning with 0."""
    return bool(re.fullmatch(rf"[1-9]\d{{0,2}}(?:{re.escape(mark)}\d{{3}})+", number))


def _words(fields: list[str], shown: str) -> int:
    """A number in words, Dutch or English, up to millions."""
    letters = "".join(fields).casefold().replace("-", "")
    total = part = 0
    seen = False
    while letters:
        word = next((word for word in _WORDS if letters.startswith(word) and not _is_letter(word)), None)
        if word is None and letters[0] == "a" and not seen:
            word = "a"
        if word is None or (word in _JOINING and not seen):
            raise _not_money(shown)
        letters = letters[len(word) :]
        if word.startswith("anderhal"):
            scale = next((name for name in _SCALES if len(name) > 1 and letters.startswith(name)), None)
            if scale is None or seen:
                raise _not_money(shown)
            total, letters = _SCALES[scale] * 3 // 2, letters[len(scale) :]
        elif word in _SMALL:
            part += _SMALL[word]
        elif word in _HUNDREDS:
            part = max(1, part) * 100
        elif word in _SCALES:
            total, part = total + max(1, part) * _SCALES[word], 0
        seen = True
    return total + part


def _is_letter(word: str) -> bool:
    return len(word) == 1


def _not_money(shown: str) -> UserError:
    return UserError(
        N_("“{text}” is not a sum that maatje can read. Write it like € 1.250,50, 1,250.50 EUR, 12k or 3 mille."),
        text=shown[:80],
    )


def written(money: Money, locale: str = "nl") -> str:
    """
    A sum as that language writes it: "€ 1.250,50" or "€1,250.50"; other currencies by their code.

    Args:
        money: cents >= 0.
        locale: "nl" or "en".
    Returns: text that ``parse_money`` reads as the same sum.
    Raises: ParameterError: less than nothing.
    """
    if money.cents < 0:
        raise ParameterError("a yield is never worth less than nothing")
    whole, cents = divmod(money.cents, 100)
    said = f"{whole:,}" + (f".{cents:02d}" if cents else "")
    if locale == "nl":
        said = said.translate({ord(","): ".", ord("."): ","})
    symbol = next((sign for sign, code in _SYMBOLS.items() if code == money.currency), money.currency)
    return f"{symbol}{said}" if locale == "en" and len(symbol) == 1 else f"{symbol} {said}"


_NUMBER: Final = r"\d(?:[\d.,'’]|[ \u00a0\u202f](?=\d{3}(?!\d)))*(?:,-{1,2}|(?<=\d))"
_UNIT: Final = "|".join(sorted((*_NAMES, *(code.lower() for code in _CODES)), key=len, reverse=True))
_SCALE: Final = "|".join(sorted(_SCALES, key=len, reverse=True))
_AFTER: Final = rf"(?:\s?(?:{_SCALE})\b)?"
_WORDY: Final = "|".join(word for word in _WORDS if len(word) > 1)
_SUM: Final = re.compile(
    rf"[€$£¥]\s?{_NUMBER}{_AFTER}"
    rf"|\b(?:{_UNIT})\s?{_NUMBER}{_AFTER}"
    rf"|\b{_NUMBER}{_AFTER}\s?(?:€|\$|£|(?:{_UNIT})\b)"
    rf"|\b\d[\d.,]*\s?(?:k|mille|mln|ton|miljoen|million)\b"
    rf"|\b(?:a\s)?(?:(?:{_WORDY})[\s-]?)+\s?(?:{_UNIT})\b",
    re.IGNORECASE,
)


def find_money(line: str) -> tuple[int, int] | None:
    """
    Where a sum stands in a line: a number with a currency or "k", "mille" and the like, or in words.

    Args:
        line: as typed.
    Returns: (begin, end) of the first, or None; a bare number is no sum.
    """
    found = _SUM.search(line)
    return None if found is None else (found.start(), found.end())
