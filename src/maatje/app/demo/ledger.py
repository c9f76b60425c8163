"""What the demo's story writes down: letters and gatherings, before any format has been chosen for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from random import Random
from typing import Final, NamedTuple

from maatje.app.demo.civil import DEMO_NOW, local, read, utc
from maatje.app.demo.people import Person, cast_file, words
from maatje.model.record import Party
from maatje.model.units import DAY, Seconds

FORESIGHT: Final = 90 * DAY
"""How far the story goes on after its present, so that the truth of a forecast is known."""


class Letter(NamedTuple):
    """
    One mail. ``chain`` holds the Message-IDs before it in the thread, oldest first, () for a first message.

    ``kind`` is "" for a person's mail, else list, newsletter, notification, robot, away, bounce or
    invitation; ``uid`` names the gathering of an invitation.
    """

    at: Seconds
    sender: Party
    to: tuple[Party, ...]
    cc: tuple[Party, ...]
    subject: str
    ident: str
    chain: tuple[str, ...]
    flavour: str
    kind: str = ""
    uid: str = ""


class Guest(NamedTuple):
    """Somebody on a gathering's list. ``answer`` is a PARTSTAT, ``kind`` a CUTYPE."""

    party: Party
    answer: str = "ACCEPTED"
    kind: str = "INDIVIDUAL"


@dataclass(frozen=True, slots=True)
class Gathering:
    """
    One entry of the diary. ``rule`` is an RRULE or ""; ``left_out`` and ``moved`` are instances of it.

    ``status`` is CONFIRMED or CANCELLED; ``all_day`` entries have no hour.
    """

    uid: str
    at: Seconds
    minutes: int
    title: str
    place: str
    organiser: Party | None
    guests: tuple[Guest, ...]
    status: str = "CONFIRMED"
    rule: str = ""
    left_out: tuple[Seconds, ...] = ()
    moved: tuple[tuple[Seconds, Seconds], ...] = ()
    all_day: bool = False


@dataclass(slots=True)
class Ledger:
    """The story as it is being written; ``until`` is its present. One per run, never shared."""

    seed: int
    until: Seconds
    letters: list[Letter] = field(default_factory=list)
    gatherings: list[Gathering] = field(default_factory=list)
    _count: int = 0
    _me: tuple[Party, Party] | None = None
    _changed: Seconds = Seconds(0)

    def mark(self) -> str:
        """A new name for a letter or gathering, the same in every run of one seed."""
        self._count += 1
        return blake2b(f"{self.seed}/{self._count}".encode(), digest_size=10).hexdigest()

    def me(self, at: Seconds) -> Party:
        """Hanneke, by the address she had at an instant."""
        if self._me is None:
            told = cast_file()["me"]
            self._changed = read(told["changed"], self.until - DEMO_NOW)
            self._me = (Party(told["name"], told["before"]), Party(told["name"], told["address"]))
        return self._me[at >= self._changed]

    def write(
        self,
        at: Seconds,
        sender: Party,
        to: tuple[Party, ...],
        subject: str,
        after: Letter | None = None,
        *,
        cc: tuple[Party, ...] = (),
        flavour: str = "work",
        kind: str = "",
        uid: str = "",
    ) -> Letter:
        """Write one letter down; ``after`` is the one it answers."""
        chain = (*after.chain[-6:], after.ident) if after else ()
        ident = f"{self.mark()}@{sender.address.partition('@')[2]}"
        letter = Letter(at, sender, to, cc, subject, ident, chain, flavour, kind, uid)
        self.letters.append(letter)
        return letter


def party(person: Person, at: Seconds) -> Party:
    """Somebody as a header names them at an instant."""
    post = person.post(at)
    return Party(post.name, post.address)


def fill(rng: Random, template: str, at: Seconds, *, org: str = "", naam: str = "", project: str = "") -> str:
    """A template with its places filled and a capital at the beginning."""
    if "{" in template:
        calendar, towns = words()["calendar"], words()["places"]["towns"]
        wall = local(at)
        text = template.format(
            plaats=rng.choice(towns),
            dag=calendar["days"][(wall.weekday() + rng.randint(2, 6)) % 7],
            maand=calendar["months"][(wall.month - 1 + rng.randint(0, 2)) % 12],
            org=org or rng.choice(words()["places"]["labels"]),
            naam=naam or rng.choice(rng.choice((words()["names"]["women"], words()["names"]["men"]))),
            project=project,
            nr=rng.randint(3, 9999),
            jaar=wall.year,
            label=rng.choice(words()["places"]["labels"]),
        )
        return text[:1].upper() + text[1:]
    return template


def fresh_hour(rng: Random, day: float, flavour: str) -> Seconds:
    """An hour on a day at which somebody sits down to write: evenings for friends, office hours for the rest."""
    wall = local(Seconds(int(day)))
    if flavour == "friend":
        hour = rng.triangular(7.5, 23.2, 20.5)
    else:
        hour = rng.triangular(8.0, 18.5, 10.0)
        if wall.weekday() >= 5 and rng.random() < 0.85:
            wall = local(Seconds(int(day) + (7 - wall.weekday()) * DAY))
    second = int(hour * 3600)
    return utc(
        wall.replace(hour=second // 3600, minute=second // 60 % 60, second=second % 60, microsecond=0, tzinfo=None)
    )


def awake(rng: Random, at: float) -> Seconds:
    """The same instant, or the next morning where Dutch clocks show night."""
    hour = local(Seconds(int(at))).hour
    if hour >= 7:
        return Seconds(int(at))
    return Seconds(int(at) + int((7 - hour + rng.random() * 2) * 3600))
