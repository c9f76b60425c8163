"""
The parts of a name, how to sort it, whom to greet by it, and what an address alone tells of it.

``tidy`` (module ``spelling``) is the door for names as read; the functions here expect its result
and bear anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from maatje.identity.spelling import tidy
from maatje.identity.words import COMPANY, FUNCTIONS, GENERATIONS, PARTICLES, folded

__all__ = ["NameParts", "called", "first_name", "from_local_part", "is_company", "parts", "sort_key", "tidy"]

_INITIAL: Final = re.compile(r"(?:[^\W\d_]{1,2}\.-?)+|[^\W\d_]")
_NICKNAME: Final = re.compile(r"[\"“„”«»][^\"“„”«»]*[\"“”«»]")
_LOCAL: Final = re.compile(r"[a-z]{1,15}(?:-[a-z]{2,15})?(?:[._]{1,2}[a-z]{1,15}(?:-[a-z]{2,15})?){1,5}\d{0,4}")
_VOWEL: Final = re.compile(r"[aeiouy]")
_ALSO_FIRST_NAMES: Final = frozenset({"al", "el", "y", "e"})
_ALSO_CAPITAL: Final = frozenset({"van", "de", "den", "der", "von", "di", "da"})
_FUSED: Final = re.compile(r"(van(?:der|den|de))([a-z]{3,})")
_FUSED_WORDS: Final = {"vander": "van der", "vanden": "van den", "vande": "van de"}
_KNOWN: Final = """de boer,de bruijn,de bruin,de graaf,de groot,de haan,de jong,de jonge,de koning,de lange,de leeuw,
de vos,de vries,de waal,de wit,de wilde,de winter,de ruiter,de rooij,van beek,van dam,van dijk,van dongen,van doorn,
van es,van leeuwen,van loon,van rijn,van rooij,van vliet,van wijk,ter horst,ten brink"""
_KNOWN_FUSED: Final = {word.strip().replace(" ", ""): word.strip() for word in _KNOWN.split(",")}


@dataclass(frozen=True, slots=True)
class NameParts:
    """
    A name taken apart: ``given`` "Jan Peter", ``particles`` "van den", ``family`` "Berg", ``initials`` "JP".

    Any may be "". ``given`` holds written-out first names only; ``initials`` one letter for each,
    also of those that were given as a letter. ``generation`` is "Jr." and the like.
    """

    given: str = ""
    particles: str = ""
    family: str = ""
    initials: str = ""
    generation: str = ""

    @property
    def surname(self) -> str:
        """Particles and family name together: "van den Berg"."""
        return f"{self.particles} {self.family}".strip()


@lru_cache(maxsize=1 << 14)
def parts(name: str) -> NameParts:
    """
    The parts of a name, for sorting and likeness; a guess where a name does not tell.

    Args:
        name: as ``tidy`` gives it. One word alone is a given name, unless it follows particles;
            of "Gabriela García Moreno" only the last word is the family name.
    """
    words = _NICKNAME.sub(" ", name).split()
    generation = words.pop() if len(words) > 2 and words[-1].lower() in GENERATIONS else ""
    if not words:
        return NameParts()
    if len(words) == 1:
        return NameParts(given=words[0], initials=words[0][:1].upper())
    first = next((at for at, word in enumerate(words[:-1]) if _is_particle(word, at)), len(words) - 1)
    last = first
    while last < len(words) - 1 and _is_particle(words[last], last):
        last += 1
    given = words[:first]
    written = [word for word in given if _INITIAL.fullmatch(word) is None]
    initials = "".join(_initials(word) for word in given)
    return NameParts(" ".join(written), " ".join(words[first:last]), " ".join(words[last:]), initials, generation)


def _is_particle(word: str, at: int) -> bool:
    """At the start a capital may hide a particle; further on "Van" is one, "Ben" or "Al" is a name."""
    lower = word.lower()
    is_small = word == lower or (at == 0 and lower not in _ALSO_FIRST_NAMES) or lower in _ALSO_CAPITAL
    return is_small and lower in PARTICLES


def _initials(word: str) -> str:
    """The letters of one first name: "JP" of "J.P.", "JP" of "Jan-Peter", "J" of "Jan"."""
    return "".join(piece[:1].upper() for piece in re.split(r"[.\- ]+", word) if piece)


def is_company(name: str) -> bool:
    """Whether a name holds a word that people are not called by: "B.V.", "Stichting", "Bank"."""
    return any(word in COMPANY for word in name.lower().replace(",", " ").split())


def sort_key(name: str) -> tuple[str, str, str]:
    """
    Where a name goes in an alphabet: by family name, as the Dutch do without its particles.

    Args:
        name: as ``tidy`` gives it.
    Returns: three folded texts: family name (a company's or single name as a whole), first names, particles.
    """
    if is_company(name):
        return folded(name), "", ""
    part = parts(name)
    if not part.family:
        return folded(part.given), "", ""
    return folded(part.family), folded(part.given or part.initials), folded(part.particles)


def first_name(name: str) -> str:
    """
    By what to call somebody in a sentence: "Jan" of "Jan Peter van den Berg", "Jan-Peter" kept whole.

    Args:
        name: as ``tidy`` gives it.
    Returns: the first written-out given name; the whole name where there is none ("J. de Vries") or
        it is a company's; never "" for a name that is not.
    """
    if is_company(name):
        return name
    given = parts(name).given
    return given.split()[0] if given else name


@lru_cache(maxsize=1 << 14)
def from_local_part(local: str) -> str:
    """
    The name that an address alone seems to tell, for people who never wrote it out.

    Args:
        local: what stands before the ``@``, without one; or a whole address.
    Returns: "Jan van den Berg" of "jan.van.den.berg", "J. de Vries" of "j.devries"; "" where it does
        not look like a name, and for functions ("sales.team", "info").
    """
    bare = local.partition("@")[0].partition("+")[0].lower()
    if len(bare) > 60 or _LOCAL.fullmatch(bare) is None:
        return ""
    words = re.split(r"[._]+", bare.rstrip("0123456789"))
    if any(word in FUNCTIONS for word in words) or len(words[-1]) < 2 or words[0] in PARTICLES - {"al", "el", "v"}:
        return ""
    if not any(len(word) > 2 and _VOWEL.search(word) for word in words) or _VOWEL.search(words[-1]) is None:
        return ""
    spelled = " ".join([*(f"{word}." if len(word) == 1 else word for word in words[:-1]), _unfused(words[-1])])
    spelled = spelled.replace(" v. d. ", " v.d. ").replace(" vd ", " v.d. ")
    return tidy(" ".join(_as_word(word, at) for at, word in enumerate(spelled.split())))


def _as_word(word: str, at: int) -> str:
    """With a capital, and one behind a hyphen; particles small, but for the first word."""
    if at and word in PARTICLES:
        return word
    return "-".join(piece.capitalize() for piece in word.split("-"))


def _unfused(word: str) -> str:
    """ "vandenberg" as "van den berg", "devries" as "de vries"; other words as they are."""
    if word in _KNOWN_FUSED:
        return _KNOWN_FUSED[word]
    found = _FUSED.fullmatch(word)
    return f"{_FUSED_WORDS[found[1]]} {found[2]}" if found else word


def called(name: str, address: str = "") -> str:
    """
    How a person is called, by the display name and by the address where the name does not tell.

    Args:
        name: a display name as read, may be "".
        address: their mail address, may be "".
    Returns: the tidied name, "DUPRET Jean" turned where the address begins with "jean"; else what
        the address tells; else "".
    """
    text = tidy(name)
    if not text:
        return from_local_part(address)
    words = text.split()
    local = re.split(r"[._-]+", address.partition("@")[0].lower())
    is_turned = len(words) == 2 and len(local) == 2 and [folded(word) for word in reversed(words)] == local
    if is_turned and words[0].isupper() and len(words[0]) > 1 and not words[1].isupper():
        return tidy(f"{words[1]} {words[0]}")
    return text
