"""Capitals where a name has them: from JAN VAN DER BERG, jan van der berg and Jean DUPONT."""

from __future__ import annotations

import re
from typing import Final

from maatje.identity.words import COMPANY, PARTICLES

_VOWEL: Final = re.compile(r"[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüœý]", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_][^\W\d_.'’-]*\.?")
_SPELLED: Final = {"gmbh": "GmbH", "bv": "BV", "nv": "NV", "ii": "II", "iii": "III", "iv": "IV", "ng": "Ng"}
_NAMELIKE: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|[.'’,-])*|['’][ts](?:-\w+)?,?", re.UNICODE)


def lettered(text: str) -> str:
    """
    A name all in capitals or all in small letters, written as a name; others as they are.

    Args:
        text: a clean name. A single word keeps its letters: it may be a company's.
    """
    words = text.split()
    if len(words) < 2 or not all(_NAMELIKE.fullmatch(word) for word in words):
        return text
    if text.isupper() and not _are_letters_only(words):
        return _as_name(words)
    if text.islower() and not any(word in COMPANY for word in words) and not _is_bare_family(words):
        return _as_name(words)
    if _ends_in_capitals(words):
        return " ".join(_written(word) if word.isupper() and not _is_initials(word) else word for word in words)
    return text


def _is_bare_family(words: list[str]) -> bool:
    """Small letters and nothing but particles and one word: "van dijk" is changed, "de van" is nothing."""
    return all(word in PARTICLES for word in words)


def _are_letters_only(words: list[str]) -> bool:
    """Whether there is no word among them that is longer than an abbreviation: "ABN", "J. P."."""
    return not any(len(word.strip(".,")) > 3 and _VOWEL.search(word) for word in words)


def _as_name(words: list[str]) -> str:
    """Each word with its capital, the particles small unless one begins a name without a comma."""
    written = [_written(word) for word in words]
    if "," not in "".join(words) and written[0].islower() and written[0][:1] not in "'’":
        written[0] = written[0][:1].upper() + written[0][1:]
    return " ".join(written)


def _written(word: str) -> str:
    """One word as names write it: small where it is a particle."""
    return word.lower() if word.lower().rstrip(",") in PARTICLES else _capital(word)


def _ends_in_capitals(words: list[str]) -> bool:
    """Jean DUPONT, Jan DE VRIES: first names as usual, then the whole surname in capitals."""
    at = next((at for at, word in enumerate(words) if word.isupper() and not _is_initials(word)), 0)
    first, last = words[:at], words[at:]
    return (
        bool(first)
        and all(word[:1].isupper() for word in first)
        and any(word.istitle() and len(word) > 1 for word in first)
        and not any(word.lower() in COMPANY for word in words)
        and all(word.isupper() for word in last)
        and any(len(word) > 3 and _VOWEL.search(word) for word in last)
    )


def _is_initials(word: str) -> bool:
    """ "J.", "J.P.", "JP": letters that stand for names."""
    bare = word.replace(".", "").replace("-", "").replace(",", "")
    return len(bare) == 1 or ("." in word and len(bare) <= 4) or (len(bare) <= 3 and _VOWEL.search(bare) is None)


def _capital(word: str) -> str:
    """One word as names write it: Jan, Jan-Peter, O'Brien, McDonald, IJsbrand, J.P., 's-Gravesande."""
    bare = word.lower().strip(".,")
    if bare in _SPELLED:
        return word.lower().replace(bare, _SPELLED[bare])
    if word.isupper() and _is_initials(word):
        return word
    if word[:1] in "'’":
        return word[:2].lower() + _WORD.sub(_one, word[2:].lower())
    return _WORD.sub(_one, word.lower())


def _one(found: re.Match[str]) -> str:
    part = found[0]
    if part.startswith("ij") and len(part) > 3 and _VOWEL.match(part[2]) is None:
        return "IJ" + part[2:]
    if part.startswith("mc") and len(part) > 4:
        return "Mc" + part[2:].capitalize()
    return part[:1].upper() + part[1:]
