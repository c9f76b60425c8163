"""
One contact as comparing sees it: what is known (``Sketch``), and the same made ready once (``Person``).

All that costs time and depends on one contact alone is done here, because a contact of a large
book is compared with dozens of others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import permutations
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from maatje.identity.likeness_names import Name, letters, ready, sound
from maatje.identity.names import from_local_part
from maatje.identity.organisations import organisation_domain
from maatje.identity.words import COMPANY, FUNCTIONS
from maatje.model.units import Seconds

NAMES_LIMIT: Final = 6
"""So many spellings of one contact's name are compared; handles and organisations likewise, a few more."""

HANDLES_LIMIT: Final = 12
TAIL: Final = 8
"""Digits at the end of a telephone number that are its own, whatever stands before them."""

_LEFT_OVER: Final = 2
_SIGNS: Final = re.compile(r"[^a-z0-9]+")


class Sketch(NamedTuple):
    """
    A contact for comparing: every part may be empty.

    ``names`` tidied; ``mails`` and ``phones`` normalised; ``birthday`` as "1975-03-04" or "--03-04";
    ``first_at`` and ``last_at`` the span of what they wrote or met, 0 where nothing is known;
    ``correspondents`` the ids of contacts often in the same messages.
    """

    id: int
    names: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    birthday: str = ""
    first_at: Seconds = Seconds(0)
    last_at: Seconds = Seconds(0)
    correspondents: frozenset[int] = frozenset()


class Local(NamedTuple):
    """What stands before the ``@``: without signs, and whether the name alone could have made it."""

    bare: str
    is_told: bool


class Person(NamedTuple):
    """A sketch made ready; ``organisations`` are keys from names and hosts."""

    sketch: Sketch
    names: tuple[Name, ...]
    locals: tuple[Local, ...]
    mails: frozenset[str]
    phones: tuple[str, ...]
    organisations: frozenset[str]


class Surnames(NamedTuple):
    """What a book's names teach of local parts: the pieces of each one-word surname, and the first names."""

    pieces: Mapping[str, tuple[str, ...]]
    given: frozenset[str]


def surnames_of(people: Iterable[Sketch]) -> Surnames:
    """
    What local parts such as "jdevries" can be read by; the same for every order of the people.

    Args:
        people: in any order.
    """
    pieces: dict[str, tuple[str, ...]] = {}
    given: set[str] = set()
    for person in people:
        for name in _names(person):
            given.update(name.given[:1])
            if len(name.fused) > 3:
                pieces[name.fused] = min(name.family, pieces.get(name.fused, name.family))
    return Surnames(pieces, frozenset(given))


def _names(sketch: Sketch) -> list[Name]:
    return [name for text in dict.fromkeys(sketch.names[:NAMES_LIMIT]) if (name := ready(text)) is not None]


def made_ready(sketch: Sketch, known: Surnames) -> Person | None:
    """
    A sketch to compare by.

    Args:
        sketch: of one contact.
        known: of the whole book.
    Returns: None for what is no person: a company, or an address of a function without a name.
    """
    own = _names(sketch)
    locals_ = [address.partition("@")[0].partition("+")[0] for address in sketch.mails[:HANDLES_LIMIT]]
    if not own and (sketch.names or (locals_ and all(_is_function(local) for local in locals_))):
        return None
    names = _completed(own, locals_, known)
    told = _told(names)
    firms = organisation_keys(sketch)
    return Person(
        sketch,
        tuple(names),
        tuple(dict.fromkeys(_local(local, told) for local in locals_ if not _is_function(local))),
        frozenset(sketch.mails[:HANDLES_LIMIT]),
        tuple(dict.fromkeys(number.partition(";")[0] for number in sketch.phones[:HANDLES_LIMIT])),
        # A host that bears their own surname is a family's: it tells nothing of who in it they are.
        frozenset(key for key in firms if not any(len(name.fused) > 3 and name.fused in key for name in names)),
    )


def _is_function(local: str) -> bool:
    """ "info", "sales.team", "1234": nobody's in particular."""
    words = [word for word in _SIGNS.split(local) if not word.isdigit() and word]
    return not words or any(word in FUNCTIONS for word in words)


def _completed(own: list[Name], locals_: list[str], known: Surnames) -> list[Name]:
    """
    The names, and what the addresses add to them.

    "Jan" of jdevries@ is Jan de Vries; "J. de Vries" of jan.devries@ or jan@ likewise.
    """
    if not own:
        return [name for local in locals_ if (name := _read(local, known)) is not None]
    if not any(name.family for name in own):
        read = [name for local in locals_ if (name := _read(local, known)) is not None]
        called = own[0].given[:1]
        fitting = (name for name in read if called and name.initials[:1] == called[0][0])
        return own + [name._replace(given=called, initials=called[0][0] + name.initials[1:]) for name in fitting]
    if any(name.given for name in own):
        return own
    for local in locals_:
        for name in own:
            if called_in := _called(local, name, known):
                return [name._replace(given=(called_in,)) if other is name else other for other in own]
    return own


def _called(local: str, name: Name, known: Surnames) -> str:
    """The first name that an address tells beside a surname ("jan.devries") or alone, if the book knows it."""
    bare = _bare(local).rstrip("0123456789")
    for surname in dict.fromkeys((name.fused, "".join(name.family), *name.family)):
        if surname and surname in bare:
            bare = bare.replace(surname, "", 1)
            break
    is_first = bare[:1] == name.initials[:1] and len(bare) > 2
    return bare if is_first and bare in known.given else ""


@lru_cache(maxsize=1 << 14)
def _spelled(local: str) -> Name | None:
    return ready(from_local_part(local))


def _read(local: str, known: Surnames) -> Name | None:
    """The name in a local part: with its signs, or by a surname that the book holds."""
    name = _spelled(local)
    if name is not None:
        # "sr.marwell" are two initials, "jo.marwell" is somebody called Jo.
        is_letters = bool(name.given) and len(name.given[0]) == 2 and name.given[0] not in known.given
        return name._replace(given=(), initials=name.given[0]) if is_letters else name
    bare = _bare(local).rstrip("0123456789")
    for at in range(1, len(bare) - 3):
        pieces = known.pieces.get(bare[at:])
        if pieces is not None and (at == 1 or bare[:at] in known.given):
            given = (bare[:at],) if at > 1 else ()
            return _name(given, bare[0], pieces, bare[at:])
    return None


def _name(given: tuple[str, ...], initial: str, family: tuple[str, ...], fused: str) -> Name:
    text = " ".join((*given, *family))
    return Name(text, given, initial, family, fused, tuple(sound(word) for word in family), "", True)


def _bare(local: str) -> str:
    return _SIGNS.sub("", local)


def _told(names: Iterable[Name]) -> tuple[str, ...]:
    """The words that the names of a contact could put into an address, the longest first, in both orders."""
    words = {word for name in names for word in (*name.given, *name.family, name.fused) if len(word) > 1}
    whole = {a + b for name in names for a, b in permutations((*name.given[:1], name.fused), 2)}
    return tuple(sorted(words | whole, key=lambda word: (-len(word), word)))


def _local(local: str, told: tuple[str, ...]) -> Local:
    """A local part, and whether names, a letter or two and one figure account for all of it."""
    bare = _bare(local)
    rest = bare.rstrip("0123456789") if bare[-2:-1].isalpha() else bare
    for word in told:
        # "aleksey" of Алексей, "mueller" of Müller: spelled as well as one can.
        if len(word) > 6 and OSA.distance(rest, word, score_cutoff=2) <= 2:
            return Local(bare, True)
        rest = rest.replace(word, "", 1)
    return Local(bare, len(rest) <= _LEFT_OVER and not any(char.isdigit() for char in rest))


def organisation_keys(sketch: Sketch) -> set[str]:
    """
    What employers are compared by: their names without legal forms, and the label of hosts that are not for all.

    Args:
        sketch: of one contact.
    """
    keys = {_organisation(name) for name in sketch.organisations[:HANDLES_LIMIT]}
    keys.update(host_key(address.rpartition("@")[2]) for address in sketch.mails[:HANDLES_LIMIT])
    return keys - {""}


@lru_cache(maxsize=1 << 14)
def _organisation(name: str) -> str:
    words = name.lower().replace(",", " ").split()
    return letters(" ".join(word for word in words if word not in COMPANY) or name).replace(" ", "") or ""


@lru_cache(maxsize=1 << 14)
def host_key(host: str) -> str:
    """
    The label by which a host's owner is known: "acme" of mail.acme.co.uk; "" for a host that is for everybody.

    Args:
        host: in lower case.
    """
    label = organisation_domain(host).partition(".")[0]
    return letters(label).replace(" ", "") or label
