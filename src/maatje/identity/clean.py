"""Text that may be shown: nothing unseen, nothing endless, nothing that turns the line around (SAFETY #4)."""

from __future__ import annotations

import unicodedata
from typing import Final

RAW_LIMIT: Final = 2_000
"""So many characters of a name are looked at; the rest of a megabyte is nobody's name."""

MARKS_LIMIT: Final = 3
"""So many combining marks stay upon one letter: enough for Vietnamese, too few to climb out of a line."""

_GONE: Final = frozenset({"Cf", "Cs", "Co", "Cn"})
_BLANK: Final = frozenset({"Cc", "Zs", "Zl", "Zp"})


def cleaned(text: str) -> str:
    """
    One line of visible text in NFC: control characters become blanks, unseen ones vanish.

    Args:
        text: any, also with NUL, lone surrogates, direction marks or thousands of accents.
    Returns: at most ``RAW_LIMIT`` characters, single blanks, none at the ends; cleaned again it is itself.
    """
    text = text[:RAW_LIMIT]
    if text.isascii() and text.isprintable():
        return text if "  " not in text and text == text.strip() else " ".join(text.split())
    marks = 0
    kept: list[str] = []
    # Decomposed first, so that the count of marks is the same before and after composing.
    for char in unicodedata.normalize("NFD", text):
        category = unicodedata.category(char)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if category in _GONE or marks > MARKS_LIMIT or (marks and (not kept or kept[-1] == " ")):
            continue
        kept.append(" " if category in _BLANK else char)
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())[:RAW_LIMIT].strip()
