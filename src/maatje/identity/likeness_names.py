"""
How two names compare: first names to one level, surnames to another, whatever the script and the order.

A name is made ready once (``ready``) and compared many times, so everything that can be known of it
alone is worked out here: its words without accents, in Latin letters, and what they sound like.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from typing import Final, NamedTuple

from anyascii import anyascii
from rapidfuzz.distance import OSA

from maatje.identity.fellegi import NOTHING
from maatje.identity.names import is_company, parts
from maatje.identity.nicknames import are_one_name, full_names
from maatje.identity.words import PARTICLES, folded

_NOT_LETTERS: Final = re.compile(r"[^a-z]+")
_SOUNDS: Final = (
    ("sch", "s"), ("tsj", "c"), ("sj", "s"), ("sh", "s"), ("sz", "s"), ("tch", "c"), ("ch", "c"), ("cz", "c"),
    ("kh", "c"), ("zh", "z"), ("zj", "z"), ("ph", "f"), ("ck", "k"), ("ks", "x"), ("qu", "k"), ("th", "t"), ("dt", "t"),
    ("ij", "i"), ("ei", "i"), ("ey", "i"), ("ay", "i"), ("ai", "i"), ("ou", "o"), ("au", "o"), ("oe", "u"), ("ue", "u"),
    ("ae", "a"), ("ie", "i"), ("ee", "i"), ("oo", "o"), ("uu", "u"), ("aa", "a"), ("ya", "a"), ("ja", "a"), ("yu", "u"),
    ("iu", "u"), ("ju", "u"), ("yo", "o"), ("y", "i"), ("j", "i"), ("w", "v"), ("q", "k"), ("c", "k"), ("z", "s"),
    ("d", "t"), ("h", ""), ("ii", "i"),
)  # fmt: skip
"""One after the other: what the languages of one address book spell differently and mean alike."""

_PARTICLE: Final = "|".join(sorted(re.escape(word) for word in PARTICLES))
_DOUBLE: Final = re.compile(rf"(.+ \S+)-((?:(?:{_PARTICLE}) )+)(\S+)")
"""A double surname whose second half has particles: "Schouten-van Dijk"."""

_TWICE: Final = re.compile(r"(.)\1+")
_VOWELS: Final = re.compile(r"(?<!^)[aeiou]")


class Given(IntEnum):
    """How the first names of two compare, closest first."""

    SAME = 0
    INITIALS = 1
    """Two or more initials, and the same ones."""
    SPELLED = 2
    """A letter apart, or the same to the ear."""
    PET = 3
    """A short or familiar form of one name; or one of several first names."""
    INITIAL = 4
    """One is no more than a letter, and it fits."""
    FORMAL = 5
    """The letter fits the full form of what they are called: J. for Hans."""
    DIFFERENT = 6


class Family(IntEnum):
    """How the surnames of two compare, closest first."""

    SAME = 0
    SPELLED = 1
    """A letter or two apart, or the same to the ear."""
    PART = 2
    """One half of a double surname."""
    TURNED = 3
    """First name and surname have changed places."""
    DIFFERENT = 4


class Name(NamedTuple):
    """
    A name made ready: all words folded, in Latin letters, without particles in ``family``.

    ``fused``: the whole surname with its particles as one word; ``sounds`` of each piece of ``family``.
    """

    text: str
    given: tuple[str, ...]
    initials: str
    family: tuple[str, ...]
    fused: str
    sounds: tuple[str, ...]
    generation: str
    is_latin: bool


class NameLevels(NamedTuple):
    """The levels of both halves, ``NOTHING`` where one of the two leaves it out, and the words they agree on."""

    given: int
    family: int
    shared_given: str = ""
    shared_family: str = ""


@lru_cache(maxsize=1 << 16)
def letters(text: str) -> str:
    """
    The words of a text in small Latin letters, nothing else: "Müller-Öz" and "мюллер" become plain.

    Args:
        text: any; cut at 400 characters.
    """
    plain = folded(text)
    if not plain.isascii():
        plain = anyascii(plain).lower()
    return _NOT_LETTERS.sub(" ", plain.replace("'", "").replace("`", "")).strip()


@lru_cache(maxsize=1 << 16)
def sound(word: str) -> str:
    """
    Roughly what a word sounds like, the same for "Dmitri" and "Dmitriy", "Meijer" and "Meyer"; no spelling of anything.

    Args:
        word: small Latin letters.
    Returns: consonants, and a vowel where it opens the word; never longer than ``word``.
    """
    for old, new in _SOUNDS:
        word = word.replace(old, new)
    return _TWICE.sub(r"\1", _VOWELS.sub("", word))


@lru_cache(maxsize=1 << 16)
def ready(name: str) -> Name | None:
    """
    A name to compare by.

    Args:
        name: as ``tidy`` gives it.
    Returns: None for a company's name, and where no letter is left.
    """
    if not name or is_company(name):
        return None
    double = _DOUBLE.fullmatch(name)
    part = parts(double[1] if double else name)
    given = tuple(letters(part.given.replace(".", " ")).split())
    initials = letters(part.initials.lower()).replace(" ", "") if part.initials else ""
    while part.particles and given and given[-1] in PARTICLES:
        # "J. Op den Kamp": Op is none of his first names, whatever its capital.
        given, initials = given[:-1], initials[:-1]
    pieces = (*part.family.replace("-", " ").split(), double[3] if double else "")
    family = tuple(word for piece in pieces if (word := letters(piece).replace(" ", "")))
    if not given and not family:
        return None
    fused = letters(part.surname + (double[2] + double[3] if double else "")).replace(" ", "")
    return Name(
        name, tuple(word for word in given if len(word) > 1), initials, family, fused,
        tuple(sound(word) for word in family), letters(part.generation), name.isascii() or _is_latin(name),
    )  # fmt: skip


def _is_latin(name: str) -> bool:
    return all(ord(char) < 0x250 or 0x1E00 <= ord(char) < 0x1F00 or not char.isalpha() for char in name)


def compared(one: Name, other: Name) -> NameLevels:
    """
    How two names compare; the same either way round.

    Args:
        one, other: made ready.
    """
    family, shared = _family(one, other)
    if family == Family.DIFFERENT and (right := _turned(one, other) or _turned(other, one)):
        given, called = _given(*right)
        if given != Given.DIFFERENT:
            return NameLevels(given, Family.TURNED, called, min(set(right[0].family) & set(right[1].family)))
    given, called = _given(one, other)
    if one.generation and other.generation and one.generation != other.generation:
        given, called = Given.DIFFERENT, ""
    return NameLevels(given, family, called, shared)


def _turned(one: Name, other: Name) -> tuple[Name, Name] | None:
    """The two with the first one's halves changed, where that makes surnames meet: "Nguyen Linh", "Smit-Bos Anna"."""
    if not one.given or len(one.family) != 1 or len(one.family[0]) < 2:
        return None
    if one.given[0] == other.fused:
        return turned(one)._replace(family=other.family, fused=other.fused, sounds=other.sounds), other
    return None if set(one.given).isdisjoint(other.family) else (turned(one), other)


def turned(name: Name) -> Name:
    """
    A name the other way round: what stood first is the surname.

    Args:
        name: with a first name and one surname.
    """
    family, given = name.given, name.family
    fused, sounds = "".join(family), tuple(sound(word) for word in family)
    return name._replace(given=given, initials=given[0][0], family=family, fused=fused, sounds=sounds)


def _family(one: Name, other: Name) -> tuple[int, str]:
    if not one.family or not other.family:
        return _of_single(one, other)
    if one.fused == other.fused or one.family == other.family:
        return Family.SAME, min("".join(one.family), "".join(other.family))
    if len(one.family) > 1 or len(other.family) > 1 or len(one.given) > 1 or len(other.given) > 1:
        half = _half(one, other)
        if half:
            return Family.PART, half
    if one.sounds == other.sounds or _is_slip(one.fused, other.fused) or _is_slip(*_joined(one, other)):
        return Family.SPELLED, max(_joined(one, other))
    return Family.DIFFERENT, ""


def _joined(one: Name, other: Name) -> tuple[str, str]:
    return "".join(one.family), "".join(other.family)


def _half(one: Name, other: Name) -> str:
    """A piece that both surnames hold; of "Gabriela García Moreno" García may be one."""
    mine = {*one.family, *one.given[1:]}
    theirs = {*other.family, *other.given[1:]}
    both = sorted(
        word for word in mine & theirs if len(word) > 2 and (word in one.family or word in other.family)
    )  # fmt: skip
    return both[0] if both else ""


def _of_single(one: Name, other: Name) -> tuple[int, str]:
    """A single word is a first name mostly; where it is the other's surname, that is what it tells."""
    for bare, full in ((one, other), (other, one)):
        if not bare.family and bare.given and full.family and bare.given[0] in full.family and bare.given != full.given:
            return Family.SAME, bare.given[0]
    return NOTHING, ""


@lru_cache(maxsize=1 << 18)
def _is_slip(one: str, other: str) -> bool:
    """Whether two words differ as a slip of the finger makes them differ: a letter in four, two in ten."""
    shorter = min(len(one), len(other))
    most = 0 if shorter < 4 else 1 if shorter < 9 else 2
    return most > 0 and abs(len(one) - len(other)) <= most and OSA.distance(one, other, score_cutoff=most) <= most


def _given(one: Name, other: Name) -> tuple[int, str]:
    if not one.initials or not other.initials:
        return NOTHING, ""
    if (not one.family and one.given[:1] and one.given[0] in other.family) or (
        not other.family and other.given[:1] and other.given[0] in one.family
    ):
        return NOTHING, ""
    if one.given and other.given:
        return _written(one, other)
    if not one.given and not other.given:
        return _letters_only(one.initials, other.initials)
    bare, full = (other, one) if one.given else (one, other)
    if full.initials[0] == bare.initials[0]:
        rest = min(len(full.initials), len(bare.initials))
        return (Given.INITIAL, full.initials[0]) if full.initials[:rest] == bare.initials[:rest] else _clash()
    is_formal = any(name[0] == bare.initials[0] for name in full_names(full.given[0]))
    return (Given.FORMAL, bare.initials[0]) if is_formal else _clash()


def _clash() -> tuple[int, str]:
    return Given.DIFFERENT, ""


def _letters_only(one: str, other: str) -> tuple[int, str]:
    """Initials alone on both sides."""
    shorter = min(len(one), len(other))
    if one[:shorter] != other[:shorter]:
        return _clash()
    return (Given.INITIALS, one) if one == other and shorter > 1 else (Given.INITIAL, one[0])


def _written(one: Name, other: Name) -> tuple[int, str]:
    """Both written out."""
    mine, theirs = one.given[0], other.given[0]
    if mine == theirs:
        # "Jan Peter" and "Jan Willem" are brothers rather than one; "Jan" is either.
        shorter = min(len(one.initials), len(other.initials))
        is_surname = not {*one.given[1:]}.isdisjoint(other.family) or not {*other.given[1:]}.isdisjoint(one.family)
        is_clash = one.initials[:shorter] != other.initials[:shorter] and not is_surname
        return _clash() if is_clash else (Given.SAME, mine)
    if mine in other.given[1:] or theirs in one.given[1:] or "".join(one.given) == "".join(other.given):
        return Given.PET, ""
    if _are_spelled_alike(mine, theirs):
        return Given.SPELLED, ""
    return (Given.PET, "") if are_one_name(mine, theirs) else _clash()


@lru_cache(maxsize=1 << 18)
def _are_spelled_alike(one: str, other: str) -> bool:
    """Jan and Jaan are not; Dmitri and Dmitriy, Michiel and Michhiel are. Erik and Erika are two names."""
    if min(len(one), len(other)) < 4 or (one[-1] != other[-1] and {one[-1], other[-1]} & set("ae")):
        return False
    return sound(one) == sound(other) or _is_slip(one, other)
