"""
Whether a text that the user wrote pants: sales talk, hurry, false warmth, blanks left unfilled.

The hunted know that they are hunted. Nothing is rewritten and nothing is forbidden: the phrase is
named, with what is amiss with it, and the user decides. The phrases are data (``phrases.toml``).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from maatje.model.sentence import Sentence, say

KINDS: Final[dict[str, Sentence]] = {
    "pitch": say("“{phrase}” is how one sells; they will hear it."),
    "hurry": say("“{phrase}” hurries them."),
    "nag": say("“{phrase}” reminds them that they did not answer."),
    "empty": say("“{phrase}” is what everybody writes; say what you mean."),
    "favour": say("“{phrase}” asks for something before anything was given."),
    "blank": say("“{phrase}” is a blank that was not filled in."),
}
"""What is amiss, by kind of phrase; ``{phrase}`` is quoted from the text."""

LONGEST: Final = 100_000
"""More characters than this are not read: a greeting is short."""


@dataclass(frozen=True, slots=True)
class Offence:
    """One phrase found: what it says, where it begins and ends in the text, and what is amiss."""

    phrase: str
    begin: int
    end: int
    sentence: Sentence


def draft_check(text: str, lang: str | None = None) -> tuple[Offence, ...]:
    """
    The panting phrases of a text, in reading order.

    Args:
        text: what the user wrote; only the first ``LONGEST`` characters are read.
        lang: "nl" or "en" for that language alone; None for both.
    Returns: offences by place; empty where the text may go out as it is. Where two
            overlap, the one that begins first stays.
    """
    body = text[:LONGEST]
    found: list[Offence] = []
    for kind, pattern in _patterns(lang):
        for hit in pattern.finditer(body):
            phrase = " ".join(hit.group(0).split())
            sentence = Sentence(KINDS[kind].text, (("phrase", phrase),))
            found.append(Offence(phrase, hit.start(), hit.end(), sentence))
    found.sort(key=lambda offence: (offence.begin, -offence.end))
    kept: list[Offence] = []
    for offence in found:
        if not kept or offence.begin >= kept[-1].end:
            kept.append(offence)
    return tuple(kept)


@lru_cache(maxsize=4)
def _patterns(lang: str | None) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """One pattern per kind, of all phrases of the language(s)."""
    table = tomllib.loads(files("maatje.planning").joinpath("phrases.toml").read_text("utf-8"))
    out: list[tuple[str, re.Pattern[str]]] = []
    for kind in KINDS:
        phrases = [phrase for code in table if lang in (None, code) for phrase in table[code].get(kind, ())]
        if kind == "blank":
            out.append((kind, re.compile("|".join(table["blank"]["patterns"]))))
        elif phrases:
            # Longest first, so that the alternation names the whole phrase.
            phrases.sort(key=len, reverse=True)
            out.append((kind, re.compile("|".join(map(_as_pattern, phrases)), re.IGNORECASE)))
    return tuple(out)


def _as_pattern(phrase: str) -> str:
    """A phrase as whole words: any white space between them, either apostrophe within."""
    words = (re.escape(word).replace("'", "['’]") for word in phrase.split())
    return r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)"
