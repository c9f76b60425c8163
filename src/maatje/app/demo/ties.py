"""
A tie as a small generative model: pauses, who begins, who answers, when people meet.

Each phase is a renewal process: pauses are gamma-distributed with the phase's rates as their
mean, the beginner is drawn in proportion, and a talk goes on from turn to turn by chance. What
is drawn here is all that freshness can find, so the rates are the truth to hold it against.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp, log
from random import Random

from maatje.app.demo.civil import YEAR, local, utc
from maatje.app.demo.ledger import FORESIGHT, Gathering, Guest, Ledger, Letter, awake, fill, fresh_hour, party
from maatje.app.demo.people import Moment, Person, Phase, words
from maatje.model.record import Party
from maatje.model.units import DAY, Seconds

LOYAL_DAYS = 120
"""In her latest months Hanneke has answered everybody but those whom the story leaves waiting."""

HER_PACE = 2.5
"""Hours after which half of Hanneke's answers have gone."""

TIDY_DAYS = 25
"""In her latest weeks she has also had the last word in every talk."""


@dataclass(frozen=True, slots=True)
class Teller:
    """One person's tie being told: the ledger it goes into and that person's own generator."""

    ledger: Ledger
    person: Person
    rng: Random


def tell(teller: Teller) -> None:
    """Write a whole tie down: what is drawn from its phases and what is told of it, and changes of address."""
    for phase in teller.person.phases:
        for at, theirs in _talks(teller, phase):
            subject = _subject(teller, at)
            talk(teller, at, subject, phase, theirs=theirs)
        for at in _meetings(teller, phase):
            meet(teller, at)
    _told(teller)
    _moves(teller)


def decayed(phase: Phase, at: float) -> float:
    """The part of a phase's rates that is left at an instant; scalar in (0, 1]."""
    if phase.halving == 0.0:
        return 1.0
    return float(2.0 ** (-(at - phase.begins) / YEAR / phase.halving))


def _talks(teller: Teller, phase: Phase) -> Iterator[tuple[Seconds, bool]]:
    """When talks begin within a phase, and whether they began it; up to the story's foresight."""
    rng, flavour = teller.rng, teller.person.flavour
    total = phase.theirs + phase.ours
    ends = min(phase.ends, teller.ledger.until + FORESIGHT)
    at = phase.begins + rng.random() * YEAR / max(total, 0.01)
    while at < ends and total * decayed(phase, at) > 0.03:
        begins = fresh_hour(rng, at, flavour)
        if begins < ends:
            yield begins, rng.random() * total < phase.theirs
        pause = rng.gammavariate(phase.regularity, 1.0 / phase.regularity) / (total * decayed(phase, at))
        at += max(0.4 * DAY, pause * YEAR)


def _meetings(teller: Teller, phase: Phase) -> Iterator[Seconds]:
    """When two people meet within a phase; nothing after the story's present, which has its own occasions."""
    if phase.meets == 0.0:
        return
    at = float(phase.begins)
    while phase.meets * decayed(phase, at) > 0.02:
        at += teller.rng.expovariate(phase.meets * decayed(phase, at)) * YEAR
        if at >= min(phase.ends, teller.ledger.until - 4 * DAY):
            return
        yield Seconds(int(at))


def _subject(teller: Teller, at: Seconds) -> str:
    """A subject that fits the two."""
    kind = teller.person.flavour
    if kind == "project":
        kind = "work"
    organisation = teller.person.post(at).organisation
    return fill(teller.rng, teller.rng.choice(words()["subjects"][kind]), at, org=organisation)


def talk(teller: Teller, at: Seconds, subject: str, phase: Phase, *, theirs: bool) -> None:
    """A thread between two: a first message and, by chance, answers in turn."""
    ledger, person, rng = teller.ledger, teller.person, teller.rng
    last = write(teller, at, subject, theirs=theirs)
    if not theirs and local(at).month in (7, 8, 12) and rng.random() < 0.08:
        _away(teller, last)
    if theirs:
        loyal = at > ledger.until - LOYAL_DAYS * DAY
        chance = 1.0 if loyal else 0.85 if person.flavour == "passer" else 0.94
    else:
        chance = phase.answers
    while rng.random() < chance and (len(last.chain) < 8 or chance == 1.0):
        theirs = not theirs
        at = _answer_time(teller, last.at, theirs=theirs)
        last = write(teller, at, subject, last, theirs=theirs)
        # Lately she has had the last word, so that only those whom the story leaves waiting are owed one.
        chance = 1.0 if theirs and at > ledger.until - TIDY_DAYS * DAY else phase.talk


def _answer_time(teller: Teller, asked: Seconds, *, theirs: bool) -> Seconds:
    """When an answer comes: log-normal around the writer's pace; Hanneke's never wait past the present."""
    rng, until = teller.rng, teller.ledger.until
    pace = teller.person.pace if theirs else HER_PACE
    at = awake(rng, asked + 300 + min(20 * DAY, exp(rng.gauss(log(pace), 1.0)) * 3600))
    if asked < until <= at and not theirs:
        return Seconds(asked + max(1, int((until - asked) * rng.uniform(0.3, 0.8))))
    return at


def write(teller: Teller, at: Seconds, subject: str, after: Letter | None = None, *, theirs: bool) -> Letter:
    """One letter between the two; an answer carries Re: and, unless their program is an old one, the thread."""
    ledger, person = teller.ledger, teller.person
    them, me = party(person, at), ledger.me(at)
    sender, to = (them, me) if theirs else (me, them)
    if after and not subject.startswith("Re: "):
        subject = f"Re: {subject}"
    forgetful = theirs and person.key % 19 == 7 and person.key > 40
    return ledger.write(at, sender, (to,), subject, None if forgetful else after, flavour=person.flavour)


def meet(teller: Teller, day: Seconds, title: str = "", *, exact: bool = False) -> None:
    """A meeting between the two, some called off, some announced by mail with a calendar part."""
    ledger, person, rng = teller.ledger, teller.person, teller.rng
    at = day if exact else _meeting_hour(teller, day)
    them, me = party(person, at), ledger.me(at)
    given = person.name.split(" ")[0]
    title = title or rng.choice(words()["subjects"]["meeting"]).format(wie=given)
    organiser, other = (me, them) if rng.random() < 0.55 else (them, me)
    guests: tuple[Guest, ...] = (Guest(organiser), Guest(other))
    chance, status = rng.random(), "CONFIRMED"
    if not exact and chance < 0.04:
        status = "CANCELLED"
    elif not exact and chance < 0.08:
        guests = (Guest(organiser), Guest(other, "DECLINED"))
    place = rng.choice(words()["places"]["towns"])
    if rng.random() < 0.5:
        place = f"{rng.choice(words()['places']['rooms'])}, {place}"
    minutes = rng.choice((45, 60, 90, 90, 120))
    uid = f"{ledger.mark()}@agenda.example.org"
    ledger.gatherings.append(Gathering(uid, at, minutes, title, place, organiser, guests, status))
    if not exact and status == "CONFIRMED" and rng.random() < 0.3:
        asked = Seconds(at - rng.randint(3, 12) * DAY)
        asks, asked_one = party(person, asked), ledger.me(asked)
        sender, to = (asked_one, asks) if organiser == me else (asks, asked_one)
        ledger.write(asked, sender, (to,), f"Uitnodiging: {title}", flavour=person.flavour, kind="invitation", uid=uid)


def _meeting_hour(teller: Teller, day: Seconds) -> Seconds:
    """An hour to meet: lunch and coffee on weekdays, dinners and walks for friends."""
    rng, wall = teller.rng, local(day)
    if teller.person.flavour == "friend":
        hour = rng.choice((11, 12, 15, 18, 19))
    else:
        hour = rng.choice((9, 10, 12, 12, 14, 16))
        if wall.weekday() >= 5:
            wall = local(Seconds(day - 2 * DAY))
    return utc(wall.replace(hour=hour, minute=rng.choice((0, 0, 30)), second=0, tzinfo=None))


def _told(teller: Teller) -> None:
    """The moments that the story tells rather than draws; "Re: x" answers the latest "x"."""
    latest: dict[str, Letter] = {}
    for told in teller.person.moments:
        if told.who == "met":
            meet(teller, told.at, told.title, exact=True)
        else:
            _told_letter(teller, told, latest)


def _told_letter(teller: Teller, told: Moment, latest: dict[str, Letter]) -> None:
    """One letter that the story tells."""
    subject = told.title.removeprefix("Re: ")
    after = latest.get(subject) if told.title.startswith("Re: ") else None
    latest[subject] = write(teller, told.at, subject, after, theirs=told.who == "they")


def _away(teller: Teller, asked: Letter) -> None:
    """Their program answers that they are on holiday."""
    at = Seconds(asked.at + 60)
    sender, subject = party(teller.person, at), f"Automatisch antwoord: {asked.subject}"
    teller.ledger.write(at, sender, (asked.sender,), subject, asked, kind="away")


def _moves(teller: Teller) -> None:
    """A new employer: some announce it, and now and then a letter still goes to the old address and comes back."""
    ledger, person, rng = teller.ledger, teller.person, teller.rng
    living = [(phase.begins, phase.ends) for phase in person.phases]
    for old, new in zip(person.posts, person.posts[1:], strict=False):
        known = any(begins < new.since < ends for begins, ends in living)
        if not known or new.since > ledger.until - 120 * DAY:
            continue
        if rng.random() < 0.5:
            at = fresh_hour(rng, new.since + 3 * DAY, "work")
            to = ledger.me(at) if rng.random() < 0.6 else party(person, at)
            ledger.write(at, party(person, at), (to,), "Nieuw adres", flavour="work")
        if rng.random() < 0.35:
            _returned(teller, old.name, old.address, new.since)


def _returned(teller: Teller, name: str, address: str, since: Seconds) -> None:
    """A letter to an address that is no more, and the postmaster's word for it."""
    ledger, rng = teller.ledger, teller.rng
    at = fresh_hour(rng, since + rng.randint(15, 70) * DAY, "work")
    me = ledger.me(at)
    asked = ledger.write(at, me, (Party(name, address),), _subject(teller, at), flavour="work")
    postmaster = Party("Mail Delivery System", f"mailer-daemon@{me.address.partition('@')[2]}")
    subject = "Undelivered Mail Returned to Sender"
    ledger.write(Seconds(at + 4), postmaster, (me,), subject, asked, kind="bounce")
