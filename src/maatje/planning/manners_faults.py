"""What can be wrong with a kind of occasion that somebody wrote: every fault named, so that one reading mends all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from maatje.model.manners import Business, Coffee
from maatje.model.occasion import Part

SPOKEN: Final = ("name", "first", "thanks", "enough")
"""The fields that are sentences: the catalogue takes them from the file (``tools/toml_sentences.py``)."""

MOURNING_DAYS: Final = 56
"""A mourning kind asks for at least eight weeks of quiet (restraint's rule 6)."""

NUMBERS: Final = {
    "arrive": (0, 240),
    "leave": (0, 240),
    "lasts": (15, 6000),
    "thank_days": (1, 60),
    "wait_days": (0, 365),
}
"""The fields that are whole numbers, with the least and the most."""

_REQUIRED: Final = (*SPOKEN, "words", "business", "coffee", "thank", "thank_days", "wait_days")
_KNOWN: Final = {*_REQUIRED, *NUMBERS, "talking", "mourning"}
_PLACES: Final = frozenset({"whom", "days"})
_KIND: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LONGEST: Final = 300


def kind_faults(kind: str, table: Any) -> list[str]:
    """
    All that is wrong with one kind.

    Args:
        kind: its key.
        table: as TOML gives it.
    Returns: each as "kind.field: what"; empty where it can be used.
    """
    if not _KIND.fullmatch(kind):
        return [f"{kind[:40]}: a key is written in small letters, digits and _"]
    if not isinstance(table, dict):
        return [f"{kind}: not a table"]
    found = [f"{kind}.{name}: is missing" for name in _REQUIRED if name not in table]
    found += [f"{kind}.{name}: is not known" for name in table if name not in _KNOWN]
    for name in (name for name in (*_REQUIRED, *NUMBERS, "talking", "mourning") if name in table):
        if fault := _field_fault(name, table[name]):
            found.append(f"{kind}.{name}: {fault}")
    return list(dict.fromkeys(found)) or _mourning_faults(kind, table)


def _field_fault(name: str, value: Any) -> str:
    """What is wrong with one field, or ""."""
    if name in SPOKEN:
        return _sentence_fault(name, value)
    if name in NUMBERS:
        least, most = NUMBERS[name]
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        return "" if is_whole and least <= value <= most else f"must be a whole number from {least} to {most}"
    match name:
        case "business":
            return _choice_fault(value, [str(each) for each in Business])
        case "coffee":
            return _choice_fault(value, [str(each) for each in Coffee])
        case "thank":
            return _list_fault(value) or next(filter(None, (_choice_fault(one, list(Part)) for one in value)), "")
        case "words":
            return _list_fault(value) or _words_fault(value)
        case "talking":
            is_share = isinstance(value, int | float) and not isinstance(value, bool) and 0.0 <= value <= 1.0
            return "" if is_share else "must be a number from 0 to 1"
        case _:
            return "" if isinstance(value, bool) else "must be true or false"


def _sentence_fault(name: str, value: Any) -> str:
    """A sentence holds text, is not too long, and names no place that nothing fills."""
    if not isinstance(value, str) or not value.strip():
        return "must be a sentence"
    if len(value) > _LONGEST:
        return f"is longer than {_LONGEST} characters"
    allowed = _PLACES if name == "thanks" else frozenset()
    unknown = sorted(set(re.findall(r"\{([^{}]*)\}", value)) - allowed)
    return f"nothing fills {{{unknown[0]}}}" if unknown else ""


def _choice_fault(value: Any, choices: Sequence[str]) -> str:
    return "" if value in choices else "must be one of " + ", ".join(choices)


def _list_fault(value: Any) -> str:
    is_texts = isinstance(value, list) and value and all(isinstance(one, str) and one.strip() for one in value)
    return "" if is_texts else "must be a list of words"


def _words_fault(words: Sequence[str]) -> str:
    """A word with fewer than three letters, or a star inside, would fit half of all titles."""
    short = next((word for word in words if len(word.strip("* ")) < 3 or "*" in word.strip("*")), None)
    return "" if short is None else f"“{short[:40]}” needs three letters, and stars at its ends only"


def _mourning_faults(kind: str, table: Mapping[str, Any]) -> list[str]:
    """A mourning kind keeps business, coffee and hurry out; a user may not loosen that."""
    if not table.get("mourning", False):
        return []
    loose = (name for name in ("business", "coffee") if table[name] != "never")
    found = [f"{kind}.{name}: must be never where there is mourning" for name in loose]
    if table["wait_days"] < MOURNING_DAYS:
        found.append(f"{kind}.wait_days: must be at least {MOURNING_DAYS} where there is mourning")
    return found
