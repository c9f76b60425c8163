"""
Work in teams: bursts of mail between several, weekly meetings, and what is left of them afterwards.

Most colleagues of a project are never heard of again; about a third leave a thin tie that halves
every half year. That is how project ties go, and a clock of fixed intervals cannot tell them apart.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from maatje.app.demo.civil import DEMO_NOW, YEAR, local, read, utc
from maatje.app.demo.ledger import Gathering, Guest, Ledger, awake, fill, fresh_hour, party
from maatje.app.demo.people import Person, Phase, Post, begin, cast_file, plain, words
from maatje.model.record import Party
from maatje.model.units import DAY, Seconds

PROJECTS = 34
"""Assignments over the twelve years."""

OLD_TEAM = "Waterman"
"""The name of the team at the old employer's."""

COLLEAGUES = 9
"""The team at the old employer's, which met every week for nearly four years."""


@dataclass(frozen=True, slots=True)
class Project:
    """One assignment: a name, a stretch of time, a team, and how many talks a week it takes."""

    name: str
    begins: Seconds
    ends: Seconds
    team: tuple[Person, ...]
    talks_a_week: float


def staffed(seed: int, until: Seconds, people: tuple[Person, ...]) -> tuple[Project, ...]:
    """Divide the project people over the old team and the assignments, and give each a tie of that length."""
    rng = Random(f"{seed}/projects")
    changed = read(cast_file()["me"]["changed"], until - DEMO_NOW)
    projects = [_old_team(rng, people[:COLLEAGUES], begin(until), changed)]
    rest = people[COLLEAGUES:]
    size = len(rest) / PROJECTS
    span = until - 300 * DAY - begin(until)
    for number in range(PROJECTS):
        team = rest[round(number * size) : round((number + 1) * size)]
        begins = Seconds(begin(until) + int(span * (number + rng.random()) / PROJECTS))
        ends = Seconds(min(until - 5 * DAY, begins + rng.randint(120, 300) * DAY))
        label = fill(rng, rng.choice(words()["subjects"]["project_names"]), begins)
        projects.append(_project(rng, label, begins, ends, team))
    return tuple(projects)


def _old_team(rng: Random, team: tuple[Person, ...], begins: Seconds, ends: Seconds) -> Project:
    """The colleagues at the old employer's, with its addresses until they left it too."""
    members = []
    for person in team:
        given, family = person.name.split(" ", 1)
        old = Post(begins, f"{plain(given)[0]}.{plain(family)}@waterman.example.com", "Waterman Advies", person.name)
        later = replace(person.posts[-1], since=Seconds(ends + rng.randint(-400, 900) * DAY))
        members.append(replace(person, posts=(old, later)))
    project = _project(rng, OLD_TEAM, begins, ends, tuple(members))
    return replace(project, talks_a_week=0.6)


def _project(rng: Random, name: str, begins: Seconds, ends: Seconds, team: tuple[Person, ...]) -> Project:
    """A project whose people each have a tie of its length, and some a thin one afterwards."""
    members = []
    for person in team:
        rate = rng.uniform(0.6, 3) if name != OLD_TEAM else rng.uniform(1, 4)
        phases = [Phase(begins, ends, rate, rate, 0, rng.uniform(0.7, 0.95), 1.0, 0.2)]
        if rng.random() < 0.35:
            last = Seconds(ends + int(5 * YEAR))
            phases.append(Phase(ends, last, 1.2, 1.4, 0.4, 0.7, 1.0, 0.2, halving=rng.uniform(0.3, 1.2)))
        members.append(replace(person, phases=tuple(phases)))
    return Project(name, begins, ends, tuple(members), rng.uniform(0.25, 0.55))


def tell_project(ledger: Ledger, project: Project) -> None:
    """Write down what a team writes to each other and when it meets."""
    rng = Random(f"{ledger.seed}/project/{project.begins}/{project.name}")
    at = project.begins + rng.random() * 7 * DAY
    while at < project.ends - DAY:
        _round(ledger, rng, project, fresh_hour(rng, at, "project"))
        at += rng.expovariate(project.talks_a_week / (7 * DAY))
    _series(ledger, rng, project)


def _round(ledger: Ledger, rng: Random, project: Project, at: Seconds) -> None:
    """One thread within the team, answered to all."""
    circle = rng.sample(project.team, min(len(project.team), rng.choice((2, 3, 3, 4, 5))))
    spoken = [None, *circle] if rng.random() < 0.4 else [circle[0], None, *circle[1:]]
    template = rng.choice(words()["subjects"]["project"])
    subject = fill(rng, template, at, naam=project.team[0].name.split(" ")[0], project=project.name)
    last = None
    for turn in range(1 + min(len(spoken) - 1, int(rng.expovariate(1.0)))):
        if turn:
            at = awake(rng, at + 600 + min(6 * DAY, rng.lognormvariate(1.8, 1.0) * 3600))
        if at >= min(project.ends, ledger.until):
            return
        parties = [ledger.me(at) if who is None else party(who, at) for who in spoken]
        sender = parties.pop(turn)
        to, cc = tuple(parties[:2]), tuple(parties[2:])
        title = f"Re: {subject}" if turn else subject
        last = ledger.write(at, sender, to, title, last, cc=cc, flavour="project")


def _series(ledger: Ledger, rng: Random, project: Project) -> None:
    """The regular meeting of a team, every few weeks, as a series with a few left out and one moved."""
    weeks = rng.choice((3, 4, 4, 6)) if project.name != OLD_TEAM else 1
    first = local(Seconds(project.begins + rng.randint(1, 6) * DAY))
    if first.weekday() >= 5:
        first = local(Seconds(project.begins + 7 * DAY))
    at = utc(first.replace(hour=rng.choice((9, 10, 13, 15)), minute=0, second=0, tzinfo=None))
    times = max(2, int((project.ends - at) / (7 * DAY * weeks)))
    every = tuple(_same_hour(at, number * 7 * weeks, local(at).hour) for number in range(times))
    left_out = tuple(sorted(rng.sample(every[1:], min(times - 1, times // 8))))
    kept = [instance for instance in every[1:] if instance not in left_out]
    moved = ((kept[0], Seconds(kept[0] + DAY + 3600)),) if kept else ()
    guests = _table(ledger, rng, project, at)
    organiser = guests[0 if rng.random() < 0.5 else 1].party
    title = "Teamoverleg Waterman" if project.name == OLD_TEAM else f"Projectoverleg {project.name}"
    uid, rule = f"{ledger.mark()}@agenda.example.org", f"FREQ=WEEKLY;INTERVAL={weeks};COUNT={times}"
    place = guests[-1].party.name
    ledger.gatherings.append(
        Gathering(uid, at, 60, title, place, organiser, guests, rule=rule, left_out=left_out, moved=moved)
    )


def _table(ledger: Ledger, rng: Random, project: Project, at: Seconds) -> tuple[Guest, ...]:
    """Who sits there: Hanneke, the team, at the old employer's the whole floor, and the room."""
    team = [Guest(party(who, at), rng.choice(("ACCEPTED", "ACCEPTED", "TENTATIVE"))) for who in project.team]
    if project.name == OLD_TEAM:
        floor = ((rng.choice(words()["names"]["women"]), rng.choice(words()["names"]["families"])) for _ in range(14))
        team += [Guest(Party(f"{a} {b}", f"{plain(a)}.{plain(b)}@waterman.example.com")) for a, b in floor]
    where = rng.choice(words()["places"]["rooms"])
    room = Guest(Party(f"Zaal {where}", f"zaal.{rng.randint(1, 9)}@zalen.example.org"), "ACCEPTED", "ROOM")
    return (Guest(ledger.me(at)), *team, room)


def _same_hour(at: Seconds, days: int, hour: int) -> Seconds:
    """The instant some days later at the same hour of the Dutch clock, as a weekly series has it."""
    return utc(local(Seconds(at + days * DAY)).replace(hour=hour, tzinfo=None))
