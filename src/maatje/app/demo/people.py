"""
Who lives in the demo: the cast with a part to play, and the crowd drawn around it.

A person's tie with Hanneke is a row of phases, each with its own rates: the truth that
freshness is asked to find. All names are combined from lists, all addresses lie under the
example domains.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from maatje.app.demo.civil import DEMO_NOW, read
from maatje.model.units import DAY, Seconds

YEARS = 12
"""How far back the archives reach."""


@dataclass(frozen=True, slots=True)
class Phase:
    """
    A stretch of a tie with one manner.

    ``theirs``, ``ours``, ``meets``: talks begun by them, begun by Hanneke, and meetings, per year.
    ``answers``: the chance that they answer a first message; ``talk``: that a talk goes on at each
    turn after. ``regularity``: shape of the pauses, 1 for chance, more for a rhythm.
    ``halving``: years in which the rates halve, 0 for never.
    """

    begins: Seconds
    ends: Seconds
    theirs: float
    ours: float
    meets: float
    answers: float = 0.85
    regularity: float = 1.3
    talk: float = 0.4
    halving: float = 0.0


@dataclass(frozen=True, slots=True)
class Post:
    """An address somebody writes from, since an instant, and the organisation it belongs to."""

    since: Seconds
    address: str
    organisation: str
    name: str


@dataclass(frozen=True, slots=True)
class Moment:
    """Something told rather than drawn: ``who`` is they, we or met; "Re: x" answers the latest "x"."""

    at: Seconds
    who: str
    title: str


@dataclass(frozen=True, slots=True)
class Person:
    """One of the demo's people. ``part`` says in plain words what they are there for; ``posts`` oldest first."""

    key: int
    name: str
    part: str
    flavour: str
    circle: int
    posts: tuple[Post, ...]
    phases: tuple[Phase, ...]
    moments: tuple[Moment, ...] = ()
    title: str = ""
    birthday: str = ""
    phone: str = ""
    pace: float = 2.0
    """Hours after which half of their answers have come."""

    def post(self, at: Seconds) -> Post:
        """The address in use at an instant."""
        current = self.posts[0]
        for post in self.posts[1:]:
            if post.since <= at:
                current = post
        return current


@cache
def words() -> dict[str, Any]:
    """The lists of ``words_nl.toml``."""
    return tomllib.loads(files(__package__).joinpath("words_nl.toml").read_text("utf-8"))


@cache
def cast_file() -> dict[str, Any]:
    """What ``cast_nl.toml`` says."""
    return tomllib.loads(files(__package__).joinpath("cast_nl.toml").read_text("utf-8"))


def plain(text: str) -> str:
    """A name reduced to what an address may hold: lower-case ASCII letters and digits."""
    bare = unicodedata.normalize("NFKD", text.replace("ı", "i").replace("ø", "o").replace("Ø", "O"))
    return "".join(sign for sign in bare if sign.isascii() and sign.isalnum()).lower()


def cast(until: Seconds) -> Iterator[Person]:
    """The people with a part, in the order of the file, their calendar moved so that the demo's week is ``until``'s."""
    shift = until - DEMO_NOW
    for key, entry in enumerate(cast_file()["person"]):
        yield _member(key, entry, shift, until)


def strangers(first_key: int, until: Seconds) -> Iterator[Person]:
    """The guests of the herring party whom Hanneke has not met yet: names on a list, no tie."""
    for key, name in enumerate(cast_file()["party"]["strangers"], first_key):
        given, family = name.split(" ", 1)
        address = f"{plain(given)}.{plain(family)}@gasten.example.org"
        yield Person(key, name, "not met yet", "work", 0, (Post(begin(until), address, "", name),), ())


def begin(until: Seconds) -> Seconds:
    """The instant at which the archives begin."""
    return Seconds(until - int(YEARS * 365.25 * DAY))


def _member(key: int, entry: Mapping[str, Any], shift: int, until: Seconds) -> Person:
    """One person of the cast file."""

    def at(text: str, empty: Seconds) -> Seconds:
        return read(text, shift) if text else empty

    first, last = begin(until), Seconds(until + 400 * DAY)
    names = [(at(since, first), name) for since, name in entry.get("names", [["", entry["name"]]])]
    posts = []
    for since, address, organisation in entry["addresses"]:
        moment_of = at(since, first)
        name = [known for begins, known in names if begins <= moment_of][-1]
        posts.append(Post(moment_of, address, organisation, name))
    phases = tuple(
        Phase(
            at(begins, first), at(ends, last), float(theirs), float(ours), float(meets), answers, float(regular), talk
        )
        for begins, ends, theirs, ours, meets, answers, regular, talk in entry["phases"]
    )
    moments = tuple(Moment(read(when, shift), who, title) for when, who, title in entry.get("moments", ()))
    return Person(
        key,
        entry["name"],
        entry["part"],
        entry["flavour"],
        entry["circle"],
        tuple(posts),
        phases,
        moments,
        entry.get("title", ""),
        entry.get("birthday", ""),
        entry.get("phone", ""),
        entry.get("pace", 2.0),
    )
