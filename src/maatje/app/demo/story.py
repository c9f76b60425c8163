"""
The demo's story from beginning to end: who lives in it, what they wrote, when they met, and what is true of it.

Everything is drawn from the seed, in a fixed order and with a generator per person or project, so
the same seed and present give the same story, and one person more does not rewrite the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from maatje.app.demo.civil import DEMO_NOW, read
from maatje.app.demo.crowd import crowd
from maatje.app.demo.ledger import FORESIGHT, Gathering, Guest, Ledger, Letter, party
from maatje.app.demo.noise import tell_list, tell_machines
from maatje.app.demo.people import Person, cast, cast_file, strangers
from maatje.app.demo.projects import staffed, tell_project
from maatje.app.demo.ties import Teller, decayed, tell
from maatje.model.record import Party
from maatje.model.units import DAY, Seconds


@dataclass(frozen=True, slots=True)
class TrueTie:
    """
    What is true of one tie at the story's present, whatever the mail shows of it.

    ``theirs_a_year`` and ``ours_a_year``: talks begun by each, as the tie now is; ``answers``: the
    chance that they answer; ``came_at``: when they next began a talk, within ninety days, or None.
    """

    name: str
    addresses: tuple[str, ...]
    part: str
    circle: int
    theirs_a_year: float
    ours_a_year: float
    answers: float
    came_at: Seconds | None


@dataclass(frozen=True, slots=True)
class TrueYield:
    """Something that came of a tie. ``kind``: assignment, information, referral; ``tie``: new, maintained, revived."""

    at: Seconds
    kind: str
    received: bool
    text: str
    through: str
    tie: str


@dataclass(frozen=True, slots=True)
class Story:
    """All of it: ``people`` by key, ``letters`` and ``gatherings`` in time order up to the present, and the truth."""

    people: tuple[Person, ...]
    letters: tuple[Letter, ...]
    gatherings: tuple[Gathering, ...]
    ties: tuple[TrueTie, ...]
    yields: tuple[TrueYield, ...]


def told(seed: int, until: Seconds) -> Story:
    """
    Tell the story up to ``until``.

    Args:
        seed: scalar; chooses the world.
        until: scalar, the story's present; the cast's calendar is moved along with it.
    Returns: a Story; equal arguments give equal stories.
    """
    ledger = Ledger(seed, until)
    people = _people(seed, until)
    projects = staffed(seed, until, tuple(person for person in people if person.flavour == "project"))
    for project in projects:
        tell_project(ledger, project)
    members = {person.key: person for project in projects for person in project.team}
    people = tuple(members.get(person.key, person) for person in people)
    for person in people:
        tell(Teller(ledger, person, Random(f"{seed}/tie/{person.name}")))
    _parties(ledger, people)
    _birthdays(ledger, people)
    tell_list(ledger, tuple(person for person in people if person.part == "a name on a mailing list"))
    tell_machines(ledger)
    ledger.letters.sort(key=lambda letter: (letter.at, letter.ident))
    ledger.gatherings.sort(key=lambda gathering: (gathering.at, gathering.uid))
    past = tuple(letter for letter in ledger.letters if letter.at < until)
    return Story(people, past, tuple(ledger.gatherings), _ties(ledger, people), _yields(until))


def _people(seed: int, until: Seconds) -> tuple[Person, ...]:
    """Cast, guests not met yet, crowd; a person's key is their place."""
    known = list(cast(until))
    known += strangers(len(known), until)
    names = frozenset(person.name for person in known)
    return (*known, *crowd(seed, len(known), until, names))


def _ties(ledger: Ledger, people: tuple[Person, ...]) -> tuple[TrueTie, ...]:
    """The truth of every tie, read off the phases and off what happened after the present."""
    came: dict[str, Seconds] = {}
    for letter in ledger.letters:
        if ledger.until <= letter.at < ledger.until + FORESIGHT and not letter.chain and not letter.kind:
            came.setdefault(letter.sender.address, letter.at)
    return tuple(_true_tie(person, ledger.until, came) for person in people if person.phases or person.moments)


def _true_tie(person: Person, until: Seconds, came: Mapping[str, Seconds]) -> TrueTie:
    """The truth of one tie."""
    now = [phase for phase in person.phases if phase.begins <= until < phase.ends]
    theirs = sum(phase.theirs * decayed(phase, until) for phase in now)
    ours = sum(phase.ours * decayed(phase, until) for phase in now)
    addresses = tuple(post.address for post in person.posts)
    answers = now[-1].answers if now else 0.0
    came_at = min((came[address] for address in addresses if address in came), default=None)
    return TrueTie(person.name, addresses, person.part, person.circle, theirs, ours, answers, came_at)


def _yields(until: Seconds) -> tuple[TrueYield, ...]:
    """What came of it, as far as the story tells."""
    shift = until - DEMO_NOW
    return tuple(
        TrueYield(read(one["at"], shift), one["kind"], one["received"], one["text"], one["through"], one["tie"])
        for one in cast_file()["yield"]
    )


def _parties(ledger: Ledger, people: tuple[Person, ...]) -> None:
    """The herring parties, then and now, and the two occasions ahead."""
    by_name = {person.name: person for person in people}
    herring = cast_file()["party"]
    unmet = [person for person in people if person.part == "not met yet"]
    known = [by_name[name] for name in herring["known"]]
    for number, when in enumerate(herring["dates"]):
        at = read(when, ledger.until - DEMO_NOW)
        last = number == len(herring["dates"]) - 1
        guests = known + unmet if last else [one for one in known if one.posts[0].since <= at] + unmet[number::3]
        _invited(ledger, herring, at, by_name[herring["host"]], guests)
    old = cast_file()["old_party"]
    for when in old["dates"]:
        at = read(when, ledger.until - DEMO_NOW)
        team = [person for person in people if person.posts[0].organisation == "Waterman Advies"]
        early = [one for one in people if one.phases and one.phases[0].begins <= at < one.phases[0].ends]
        _invited(ledger, old, at, team[0], team[1:] + [one for one in early if one not in team][:18])
    for one in cast_file()["ahead"]:
        at = read(one["at"], ledger.until - DEMO_NOW)
        guests = [by_name[name] for name in one["known"]] + unmet[: one["strangers"]]
        _invited(ledger, one, at, by_name[one["host"]], guests, by_mail=False)


def _invited(
    ledger: Ledger, told: Mapping[str, Any], at: Seconds, host: Person, guests: list[Person], *, by_mail: bool = True
) -> None:
    """One gathering with its guest list, and the invitation that its host sent to everybody at once."""
    rng = Random(f"{ledger.seed}/{told['title']}/{at}")
    organiser, me = party(host, at), ledger.me(at)
    others = [guest for guest in guests if guest is not host]
    answers = ("ACCEPTED", "ACCEPTED", "ACCEPTED", "TENTATIVE", "NEEDS-ACTION", "DECLINED")
    listed = (Guest(organiser), Guest(me), *(Guest(party(one, at), rng.choice(answers)) for one in others))
    uid = f"{ledger.mark()}@agenda.example.org"
    ledger.gatherings.append(Gathering(uid, at, told["minutes"], told["title"], told["place"], organiser, listed))
    sent = Seconds(at - 22 * DAY)
    if by_mail and sent < ledger.until:
        to: tuple[Party, ...] = (ledger.me(sent), *(party(one, sent) for one in others))
        title = f"Uitnodiging: {told['title']}"
        ledger.write(sent, party(host, sent), to, title, flavour="work", kind="invitation", uid=uid)


def _birthdays(ledger: Ledger, people: tuple[Person, ...]) -> None:
    """Birthdays of the cast in the diary, every year, nobody invited."""
    for person in people:
        if person.birthday and person.key < 40:
            month, day = person.birthday[-5:].split("-")
            at = read(f"2014-{month}-{day} 12:00")
            uid, title = f"{ledger.mark()}@agenda.example.org", f"Verjaardag {person.name.split(' ')[0]}"
            ledger.gatherings.append(Gathering(uid, at, 0, title, "", None, (), rule="FREQ=YEARLY", all_day=True))
