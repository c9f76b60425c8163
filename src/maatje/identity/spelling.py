"""
From a display name as headers and cards spell it to how a person is called.

``tidy`` applies small steps, each a function that either leaves a name as it is or makes it
plainer, until nothing changes any more.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from maatje.identity.clean import cleaned
from maatje.identity.lettering import lettered
from maatje.identity.words import COMPANY, GENERATIONS, NORTHERN_PARTICLES, PARTICLES, SUFFIXES, TITLES

NAME_LIMIT: Final = 80
"""Longest name that is shown, in characters."""

_ROUNDS: Final = 12
_PLAIN: Final = re.compile(r"[A-Z][a-z]{1,20}(?: [A-Z]\.)?(?: (?:van|de|den|der|von|ter)){0,3} [A-Z][a-z]{2,20}")
_PAIRS: Final = {'"': '"', "“": "”", "„": "“", "«": "»", "'": "'", "‘": "’", "`": "'", "‚": "‘"}
_ENDS: Final = ' \t,;:|/\\"“”„«»`*_~<>-–—'
_TURNED_PARTICLE: Final = re.compile(r"['’‘][ts](?=[ -])", re.IGNORECASE)
_BRACKETS: Final = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_LOTUS: Final = re.compile(r"(?:CN=)?([^/]{2,60}?)(?:/(?:OU?=)?[A-Z0-9][A-Z0-9 &_.-]*)+(?:@.*)?", re.IGNORECASE)
_LOTUS_TAIL: Final = re.compile(r"/(?:OU?=)?[A-Z]{2}")
_VIA: Final = re.compile(r"\s(?:via|namens)\s.*", re.IGNORECASE)
_BEHALF: Final = re.compile(r".*\son behalf of\s+", re.IGNORECASE)
_BAR: Final = re.compile(r"\s+(?:[|•·]|//|@)\s.*")
_DASH: Final = re.compile(r"\s+[-–—]\s+(.*)")
_OBFUSCATED: Final = re.compile(r"\S+ (?:at|\(at\)) \S+(?:\.| dot )\S+")
_INITIALS: Final = re.compile(r"(?<!\w)(?:[A-Z][a-z]{0,2}\.[ -]?)+")
_FIRST: Final = re.compile(r"[^\W\d_][\w.'’-]*")


@lru_cache(maxsize=1 << 15)
def _tidied(name: str) -> str:
    text = cleaned(name)
    for _ in range(_ROUNDS):
        before = text
        for step in _STEPS:
            text = step(text)
        text = _cut(cleaned(text))
        if text == before:
            return text
    # A name that never comes to rest was made to tease; nobody is called so.
    return ""


def tidy(name: str) -> str:
    """
    How a person is called: "Berg, Jan van den (Acme)" becomes "Jan van den Berg".

    Args:
        name: a display name as read; any text.
    Returns: one clean line of at most ``NAME_LIMIT`` characters; "" where nothing in it is a name
        (an address, for one). Titles are left out; companies stay as they are written.
        ``tidy`` of a result is that result.
    """
    if len(name) < 60 and _PLAIN.fullmatch(name):
        return name
    return _tidied(name[:4_000])


def _unquoted(text: str) -> str:
    """Quotes around the whole, backslashes and the odd sign at an end taken off; ``'t Hart`` keeps its own."""
    text = text.replace("\\", "").strip(_ENDS)
    is_particle = _TURNED_PARTICLE.match(text) is not None
    if len(text) > 1 and _PAIRS.get(text[0]) == text[-1] and not is_particle:
        return text[1:-1].strip(_ENDS)
    if text[:1] in "'‘’" and not is_particle:
        text = text[1:]
    if text.endswith(("'", "’", "‘")):
        text = text[:-1]
    if text.count('"') == 1:
        text = text.replace('"', " ")
    return text.strip(_ENDS)


def _without_addresses(text: str) -> str:
    """Mail and web addresses are not part of a name."""
    if "=?" in text or _OBFUSCATED.fullmatch(text):
        return ""
    if "@" not in text and "://" not in text and "<" not in text:
        return text
    before, sign, _ = text.partition("<")
    if sign and before.strip(_ENDS):
        text = before
    words = [word for word in text.split() if "://" not in word and ("@" not in word or word == "@")]
    return " ".join(words).removesuffix(" @").strip("@ ").strip(_ENDS)


def _without_brackets(text: str) -> str:
    """A remark in brackets goes; a first name in brackets takes the place of its initials."""
    found = _BRACKETS.search(text)
    if found is None:
        return text if not any(sign in text for sign in "()[]{}") else re.sub(r"\s*[(\[{].*|[)\]}]", "", text)
    inner = found[1].strip()
    rest = f"{text[: found.start()].rstrip()} {text[found.end() :].lstrip()}".strip()
    if not _without_addresses(rest).strip(_ENDS + "."):
        return inner
    initials = _INITIALS.search(rest)
    if initials and _FIRST.fullmatch(inner) and inner[:1].isupper() and inner[0] in initials[0]:
        return f"{rest[: initials.start()]}{inner} {rest[initials.end() :]}".strip()
    return rest


def _without_units(text: str) -> str:
    """Lotus Notes' "Jan Smit/DEPT/ORG@ORG" without what follows the name."""
    if "/" in text and _LOTUS_TAIL.search(text) and (lotus := _LOTUS.fullmatch(text)) and " " in lotus[1].strip():
        return lotus[1].strip(_ENDS)
    return text


def _without_tails(text: str) -> str:
    """What programs and offices hang behind a name: "via List", "| Company", "- ORG"."""
    text = _BAR.sub("", _BEHALF.sub("", _VIA.sub("", text)))
    dash = _DASH.search(text)
    if dash and dash.start() and _is_office(dash[1]):
        text = text[: dash.start()]
    return text.strip(_ENDS)


def _is_office(text: str) -> bool:
    """Whether what stands behind a dash is an organisation rather than the second half of a surname."""
    words = text.split()
    return any(word.lower() in COMPANY for word in words) or (
        len(words) == 1 and len(text) <= 6 and text.isupper() and text.isalpha()
    )


def _without_titles(text: str) -> str:
    """ "prof. dr. Jan Smit, PhD" without its honours, as long as two words remain."""
    words = text.split()
    while len(words) > 2 and words[0].lower() in TITLES:
        words = words[1:]
    # "Smit, drs. Jan": titles stand behind the comma as well.
    for at in range(1, len(words)):
        if words[at - 1].endswith(",") and words[at].lower() in TITLES and len(words) > 2:
            words = words[:at] + words[at + 1 :]
            break
    while len(words) > 2 and words[-1].lower().rstrip(",") in SUFFIXES:
        bare = words[-1].rstrip(",")
        if not words[-2].endswith(",") and len(bare) < 3:
            break
        words = [*words[:-2], words[-2].rstrip(",")]
    return " ".join(words)


def _turned(text: str) -> str:
    """ "Surname, First" as "First Surname", particles where they belong."""
    family, comma, given = text.partition(",")
    family_words, given_words = family.split(), given.split()
    if not comma or not family_words or not given_words:
        return text.strip(_ENDS)
    if given_words[0].lower() in GENERATIONS and len(given_words) == 1:
        return f"{family.strip()} {given.strip()}"
    if not _could_be_given(given_words) or not _could_be_family(family_words):
        return text
    generation = given_words.pop() if len(given_words) > 1 and given_words[-1].lower() in GENERATIONS else ""
    tail = _tail(given_words)
    own = _tail(family_words)
    given_words = given_words[: len(given_words) - len(tail)]
    family_words = [*tail, *own, *family_words[: len(family_words) - len(own)]]
    if not tail:
        family_words = _small_start(family_words)
    return " ".join(word for word in (*given_words, *family_words, generation) if word)


def _tail(words: list[str]) -> list[str]:
    """The particles at the end of words, in small letters, that follow something else."""
    at = len(words)
    while at > 1 and words[at - 1] in PARTICLES:
        at -= 1
    return words[at:]


def _small_start(family: list[str]) -> list[str]:
    """ "Van den Berg, Jan" begins with a capital for its place only; "Van Den Berg" is how they spell it."""
    particles = [word for word in family if word.lower() in PARTICLES]
    is_for_its_place = family[0].lower() in NORTHERN_PARTICLES and all(word.islower() for word in particles[1:])
    return [family[0].lower(), *family[1:]] if is_for_its_place and len(family) > 1 else family


def _could_be_given(words: list[str]) -> bool:
    """Whether the words behind a comma can be first names: few, letters only, no company, no list of more."""
    return len(words) <= 6 and all(
        _FIRST.match(word) is not None
        and not any(char.isdigit() or char in ",;" for char in word)
        and (word.lower() not in COMPANY)
        for word in (word.removeprefix("'").removeprefix("’") for word in words)
    )


def _could_be_family(words: list[str]) -> bool:
    """Whether the words before a comma can be a surname."""
    return len(words) <= 7 and not any(
        word.lower() in COMPANY or any(char.isdigit() for char in word) for word in words
    )


def _cut(text: str) -> str:
    """At most ``NAME_LIMIT`` characters, cut between words where there is one to cut between."""
    if len(text) <= NAME_LIMIT:
        return text
    short = text[:NAME_LIMIT]
    return short.rsplit(" ", 1)[0] if " " in short[NAME_LIMIT // 2 :] else short


_STEPS: Final = (
    _unquoted,
    _without_units,
    _without_brackets,
    _without_addresses,
    _without_tails,
    lettered,
    _without_titles,
    _turned,
)
