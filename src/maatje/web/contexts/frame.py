"""What is around every page: language, navigation, the form token, what the last act did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LANGUAGES: Final = {"en": "English", "nl": "Nederlands"}
"""The languages there are, each by its own name."""


@dataclass(frozen=True, slots=True)
class Frame:
    """
    The frame of one page.

    ``token`` is "" where nobody is let in: then there is neither navigation nor form. ``here`` is the
    page's own address, for acts to come back to; ``current`` the entry of the navigation that it is under.
    """

    lang: str
    token: str
    here: str
    current: str
    said: str
    undo: tuple[str, str, str] | None
    has_htmx: bool
    is_fragment: bool

    @property
    def other_lang(self) -> str:
        """The language to change to."""
        return "en" if self.lang == "nl" else "nl"

    @property
    def other_name(self) -> str:
        """That language, by its own name."""
        return LANGUAGES[self.other_lang]


def accepted(header: str) -> str:
    """The first of our languages that a browser asks for, by its weights; English where it asks for none."""
    wishes = []
    for place, part in enumerate(header.split(",")[:20]):
        tag, _, rest = part.strip().partition(";")
        weight = _weight(rest)
        if tag[:2].lower() in LANGUAGES and (len(tag) == 2 or tag[2] == "-") and weight > 0:
            wishes.append((-weight, place, tag[:2].lower()))
    return min(wishes)[2] if wishes else "en"


def _weight(text: str) -> float:
    name, _, number = text.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(number)
    except ValueError:
        return 0.0
