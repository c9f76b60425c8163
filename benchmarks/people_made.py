"""
An invented address book with its answers: who is who among Dutch and international people, by mail, phone and chat.

``made(people, seed)`` gives contacts as they lie in a store after exact keys have joined, so two contacts of one person
share no address and no number. It imports nothing of the matcher: names, variants and noise are its own (seeded).

What makes it hard: namesakes (by the spread of names, and one in a hundred on purpose, a quarter of those close
colleagues), families that share surname, telephone and domain, fathers and sons of one name, job changers, pet names,
initials only, names turned round, other scripts, slips of the finger, married and double surnames, local parts that
tell nothing, people with a number and a first name only, and writers who copy both addresses of one person.
About one true pair in twenty tells too little for anybody to find it.

Usage: python benchmarks/people_made.py [--people N] [--seed N]  prints a hundred contacts to look at.
"""

from __future__ import annotations

import argparse
import random
import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import accumulate, combinations

from people_names import COMMON, DUTCH_SPELLING, GIVEN, HALVES, LATIN, PET, SHARES

MONTH = 30 * 86_400
BEGIN = 1_262_304_000
"""January 2010; ``MONTHS`` later the book ends."""
MONTHS = 180
PROVIDERS = ("gmail", "hotmail", "yahoo", "gmx", "wanadoo", "posteo", "icloud", "posthoorn", "netland")
"""Of which two are small ones that no list knows; the hosts end in .example, so nobody is reached."""
TEAM, MESSAGES = 12, 10
"""Colleagues who write to one another, and how many messages to several each of them is good for."""
OFFICES = ("full", "full", "dotted", "flat", "given", "initial")
HOMES = ("full", "full", "dotted", "flat", "year", "year", "handle", "handle", "turned", "given")
"""How addresses are made at work and at home."""
FIRMS = (
    "Haring", "Zilver", "Noord", "Delta", "Blauw", "Linde", "Atlas", "Brand", "Kern", "Vaart", "Sterk", "Licht", "Bron",
    "Toren", "Duin", "Orion",
)  # fmt: skip
FIRM_ENDS = ("werk", "lab", "bureau", "huis", "groep", "advies", "punt", "bouw", "zorg", "data", "media", "plan")
HANDLES = ("zee", "bos", "maan", "wolk", "duin", "kat", "uil", "rots", "vlinder", "boter")
HANDLE_ENDS = ("fietst", "zeilt", "kookt", "muziek", "tuin", "ster", "vos", "haring", "reist", "zwemt")
SMALL = {"van", "de", "den", "der", "ter", "op", "'t", "von", "la", "el"}


@dataclass
class Made:
    """A contact: ``person`` is the answer; instants in seconds, 0 where it was never active."""

    person: int
    names: list[str] = field(default_factory=list)
    mails: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)
    birthday: str = ""
    months: tuple[int, int] | None = None
    firm: int | None = None
    circle: int = 0
    team: int = 0

    def is_active(self, month: int) -> bool:
        """Whether it wrote or met in that month."""
        return self.months is not None and self.months[0] <= month <= self.months[1]

    @property
    def span(self) -> tuple[int, int]:
        """First and last instant."""
        return (BEGIN + self.months[0] * MONTH, BEGIN + self.months[1] * MONTH) if self.months else (0, 0)


@dataclass
class Person:
    """Somebody, and all that the book could know of them."""

    id: int
    kind: str
    is_woman: bool
    given: str
    second: str
    family: str
    maiden: str
    home: str
    mobile: str
    birthday: str
    jobs: list[tuple[int, int, int]]
    circle: int
    team: int
    own_host: str


@dataclass
class Book:
    """The contacts, and how often two of them (places, ascending) stood in one message."""

    contacts: list[Made]
    together: Counter[tuple[int, int]]


class World:
    """The names and firms that people are drawn from."""

    def __init__(self, rng: random.Random, people: int) -> None:
        self.rng = rng
        self.kinds, shares = zip(*SHARES.items(), strict=True)
        self.kind_weights = list(accumulate(shares))
        self.firms = max(20, people // 9)
        self.firm_weights = list(accumulate(1 / (n + 8) for n in range(self.firms)))
        self.firm_names = [self._firm(n) for n in range(self.firms)]
        self.firm_formats = [rng.choice(OFFICES) for _ in range(self.firms)]
        self.boards = [_number(rng, "+3120") for _ in range(self.firms)]
        self.circles = max(10, people // 25)

    def _firm(self, number: int) -> str:
        tail = self.rng.choice(["", "", " B.V.", " BV", " Advies", " Nederland"])
        return f"{self.rng.choice(FIRMS)}{self.rng.choice(FIRM_ENDS)}{'' if number < 60 else number}{tail}"

    def firm(self) -> int:
        """A firm, large ones more often."""
        return self.rng.choices(range(self.firms), cum_weights=self.firm_weights)[0]

    def given(self, kind: str, *, is_woman: bool) -> str:
        """A first name, common ones more often."""
        names = GIVEN[kind][is_woman].split()
        return names[min(int(self.rng.expovariate(2.4) * len(names)), len(names) - 1)]

    def family(self, kind: str) -> str:
        """A surname: one of the common ones, or one put together."""
        if self.rng.random() < 0.4:
            names = COMMON[kind].split(",")
            return names[min(int(self.rng.expovariate(2.5) * len(names)), len(names) - 1)]
        first, last = (self.rng.choice(half.split()) for half in HALVES[kind])
        particle = self.rng.choice(["", "", "", "van ", "van de ", "ten "]) if kind == "nl" else ""
        return particle + first + last


def _number(rng: random.Random, area: str) -> str:
    return area + "".join(rng.choice("0123456789") for _ in range(12 - len(area)))


def _person(world: World, number: int) -> Person:
    rng = world.rng
    kind = rng.choices(world.kinds, cum_weights=world.kind_weights)[0]
    is_woman = rng.random() < 0.48
    family = world.family(kind)
    if kind in ("ru", "pl") and is_woman:
        family = family + "а" if family.endswith(("в", "н")) else re.sub("ski$", "ska", family)
    start = rng.randrange(-60, MONTHS - 6)
    jobs = []
    while start < MONTHS:
        end = start + int(rng.expovariate(1 / 70)) + 6
        if end > 0:
            jobs.append((world.firm(), max(0, start), min(MONTHS, end)))
        start = end + rng.choice([0, 0, 1, 3, 12])
        if rng.random() < 0.35:
            break
    born = f"{rng.randrange(1945, 2001)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
    is_married = is_woman and rng.random() < 0.25
    second = world.given(kind, is_woman=is_woman) if rng.random() < 0.45 else ""
    return Person(
        number, kind, is_woman, world.given(kind, is_woman=is_woman), second, family,
        world.family(kind) if is_married else "", _number(rng, "+3130") if rng.random() < 0.4 else "",
        _number(rng, "+316"), born, jobs, rng.randrange(world.circles), rng.randrange(1 << 16), "",
    )  # fmt: skip


def _relatives(world: World, people: list[Person]) -> None:
    """Families: a partner and children with one house, one number, at times one domain, at times one name."""
    rng, at = world.rng, 0
    while at < len(people) - 4:
        size = rng.choice([1, 1, 1, 1, 1, 1, 2, 2, 3, 4])
        head = people[at]
        home = head.home or _number(rng, "+3130")
        host = f"{_ascii(head.family)}-familie.example" if rng.random() < 0.3 else ""
        for other in people[at + 1 : at + size]:
            other.kind, other.home, head.home, head.own_host, other.own_host = head.kind, home, home, host, host
            names = {one.given for one in people[at : at + size] if one is not other}
            while (given := world.given(head.kind, is_woman=other.is_woman)) in names:
                pass
            other.given = given
            other.second = other.second and world.given(head.kind, is_woman=other.is_woman)
            other.maiden = other.maiden and world.family(head.kind)
            if rng.random() < 0.8:
                other.family = head.family
            if rng.random() < 0.015 and other.is_woman == head.is_woman:
                other.given = head.given
            if rng.random() < 0.5:
                other.circle = head.circle
        at += size


def _namesakes(world: World, people: list[Person]) -> None:
    """One in a hundred bears another one's full name; a quarter of those sit in the same team all their lives."""
    rng = world.rng
    for other in rng.sample(people, len(people) // 100):
        one = rng.choice(people)
        if one is other:
            continue
        other.kind, other.is_woman, other.given, other.family = one.kind, one.is_woman, one.given, one.family
        other.second = other.second and world.given(one.kind, is_woman=one.is_woman)
        other.maiden = ""
        if rng.random() < 0.25:
            other.jobs, other.circle, other.team = list(one.jobs), one.circle, one.team


def _ascii(text: str, *, dutch: bool = False) -> str:
    # "й" and "ё" are letters of their own, "ά" is not: accents go only where the letter is not known whole.
    latin = "".join(LATIN.get(char) or _bare(char) for char in text.lower())
    if dutch:
        for old, new in DUTCH_SPELLING:
            latin = latin.replace(old, new)
    return "".join(char for char in latin if char.isascii() and char.isalpha())


def _bare(char: str) -> str:
    return "".join(LATIN.get(part, part) for part in _accentless(char))


def _accentless(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


def _latin(text: str, rng: random.Random) -> str:
    """A name in Latin letters where it is not."""
    if not any(ord(char) > 0x36F for char in text):
        return text
    is_dutch = rng.random() < 0.3
    return " ".join(_ascii(word, dutch=is_dutch).capitalize() for word in text.split())


def _slip(text: str, rng: random.Random) -> str:
    """One letter doubled, lost, swapped with the next, or another."""
    if len(text) < 4:
        return text
    at = rng.randrange(1, len(text) - 1)
    before, after = text[:at], text[at + 1 :]
    swapped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return rng.choice([before + text[at] * 2 + after, before + after, swapped, before + rng.choice("aeinrst") + after])


def _surname(person: Person, rng: random.Random, month: int) -> str:
    """The surname they go by: a married one, a double one, or their own."""
    if not person.maiden:
        return person.family
    if month < 60:
        return person.maiden
    double = f"{person.family}-{person.maiden}"
    return rng.choice([person.family, double, double, person.maiden])


def display(person: Person, rng: random.Random, month: int) -> str:
    """How a mail program, a card or a chat shows them: one of the many ways."""
    family, given = _surname(person, rng, month), person.given
    if rng.random() < 0.25 and given in PET:
        given = rng.choice(PET[given].split())
    if rng.random() < 0.8:
        given, family = _latin(given, rng), _latin(family, rng)
    if rng.random() < 0.2:
        given, family = _accentless(given), _accentless(family)
    if rng.random() < 0.035:
        family = _slip(family, rng)
    elif rng.random() < 0.02:
        given = _slip(given, rng)
    first = _latin(person.given, rng)[0]
    initials = first + "." + (f"{_latin(person.second, rng)[0]}." if person.second and rng.random() < 0.7 else "")
    small = [word for word in family.split() if word in SMALL]
    bare = " ".join(word for word in family.split() if word not in SMALL)
    way = rng.random()
    if way < 0.56:
        return f"{given} {family}"
    if way < 0.68:
        return f"{initials} {family}"
    if way < 0.77:
        return f"{bare}, {given} {' '.join(small)}".strip()
    if way < 0.81:
        return f"{bare}, {initials} {' '.join(small)}".strip()
    if way < 0.85:
        return f"{given} {family}".upper() if rng.random() < 0.5 else f"{given} {family}".lower()
    if way < 0.88:
        return f"{given} {initials[2:] or initials} {family}".replace("  ", " ")
    if way < 0.91:
        return f"{bare} {given}" if not small else f"{given} {family}"
    return given if way < 0.92 else f"{given} {family}" if way < 0.99 else ""


def _local(person: Person, rng: random.Random, style: str, month: int) -> str:
    given, family = _ascii(person.given) or "x", _ascii(_surname(person, rng, month).split("-")[0]) or "x"
    if style == "handle":
        return rng.choice(HANDLES) + rng.choice(HANDLE_ENDS) + str(rng.randrange(1, 999))
    second = (_ascii(person.second) or "x")[0] if person.second else ""
    return {
        "full": f"{given}.{family}", "dotted": f"{given[0]}.{family}", "flat": f"{given[0]}{family}", "given": given,
        "initial": f"{given[0]}{second}.{family}", "turned": f"{family}.{given}",
        "year": f"{given}{family}{person.birthday[2:4]}",
    }[style]  # fmt: skip


def _contacts(world: World, person: Person, taken: set[str]) -> list[Made]:
    """What the book holds of one person: each handle apart, then some joined as exact keys or a card would."""
    rng, found = world.rng, []
    for firm, begin, end in rng.sample(person.jobs, min(len(person.jobs), rng.choice([0, 1, 1, 1, 2, 3]))):
        host = "".join(char for char in world.firm_names[firm].split()[0].lower() if char.isalnum())
        made = Made(person.id, months=(begin, max(begin + 1, end)), firm=firm)
        made.mails = [_free(f"{_local(person, rng, world.firm_formats[firm], begin)}@{host}.example", taken)]
        made.organisations = [world.firm_names[firm]] if rng.random() < 0.45 else []
        if rng.random() < 0.12:
            made.phones = [world.boards[firm]]
        found.append((begin, made))
    # At home people keep their way of making an address when they change their provider.
    style = rng.choice(HOMES)
    local = _local(person, rng, style, rng.randrange(MONTHS))
    for _ in range(rng.choice([0, 0, 0, 0, 1, 1, 1, 1, 2])):
        begin = rng.randrange(0, MONTHS - 3)
        hosts = [f"{rng.choice(PROVIDERS)}.example"] + ([person.own_host] * 3 if person.own_host else [])
        made = Made(person.id, months=(begin, rng.randrange(begin + 2, MONTHS)))
        if rng.random() < 0.4:
            local = _local(person, rng, style, begin)
        made.mails = [_free(f"{local}@{rng.choice(hosts)}", taken)]
        found.append((begin, made))
    if rng.random() < 0.3 or not found:
        made = Made(person.id, phones=[person.mobile])
        if rng.random() < 0.35 and person.home:
            made.phones = [person.home] if rng.random() < 0.4 else [person.mobile, person.home]
        if rng.random() < 0.35 and person.jobs:
            made.organisations = [world.firm_names[rng.choice(person.jobs)[0]]]
        made.birthday = person.birthday if rng.random() < 0.25 else ""
        found.append((MONTHS, made))
    # Some people give a card with everything on it: handles that a card has joined are one contact.
    while len(found) > 1 and rng.random() < 0.45:
        (begin, one), (_, other) = found.pop(), found.pop()
        one.mails, one.phones = one.mails + other.mails, one.phones + other.phones
        one.organisations = list(dict.fromkeys(one.organisations + other.organisations))
        spans = [made.months for made in (one, other) if made.months]
        one.months = (min(span[0] for span in spans), max(span[1] for span in spans)) if spans else None
        one.firm = other.firm if one.firm is None else one.firm
        one.birthday = one.birthday or other.birthday or (person.birthday if rng.random() < 0.3 else "")
        found.append((begin, one))
    for month, made in found:
        made.circle, made.team = person.circle, person.team
        _named(person, made, rng, month)
    return [made for _, made in found]


def _free(address: str, taken: set[str]) -> str:
    """The address, or with a number where another has it."""
    local, _, host = address.partition("@")
    number = 1
    while address in taken:
        number += 1
        address = f"{local}{number}@{host}"
    taken.add(address)
    return address


def _named(person: Person, made: Made, rng: random.Random, month: int) -> None:
    """The names under which a contact was seen; now and then the card knows a telephone with a slip in it."""
    names = [display(person, rng, month) for _ in range(rng.choice([1, 1, 1, 2]))]
    if not made.mails and rng.random() < 0.06:
        names = [_latin(person.given, rng)]
    made.names = [name for name in dict.fromkeys(names) if name]
    if made.mails and not made.phones and rng.random() < 0.12:
        # Another number of theirs; or the same one with a slip, or with the country of whoever wrote it down.
        at, way = rng.randrange(5, 12), rng.random()
        slip = person.mobile[:at] + rng.choice("0123456789") + person.mobile[at + 1 :]
        abroad = person.mobile.replace("+31", "+32")
        made.phones = [slip if way < 0.04 else abroad if way < 0.1 else _number(rng, "+316")]
    if rng.random() < 0.08:
        year, day = person.birthday[:5], person.birthday[5:]
        made.birthday = rng.choice([year + day] * 8 + ["--" + day] + [f"{year}{day[3:]}-{day[:2]}"])


def _messages(world: World, contacts: list[Made]) -> Counter[tuple[int, int]]:
    """Messages to several at once, within a team or a circle, in some month; and who stood in one with whom."""
    rng, own = world.rng, defaultdict(list)
    firms: defaultdict[int, list[int]] = defaultdict(list)
    circles: defaultdict[int, list[int]] = defaultdict(list)
    for place, made in enumerate(contacts):
        if made.months is None:
            continue
        own[made.person].append(place)
        if made.firm is not None:
            firms[made.firm].append(place)
        # Any address of somebody may take part in what their friends write.
        if rng.random() < (0.45 if made.firm is not None else 0.9):
            circles[made.circle].append(place)
    groups = list(circles.values())
    for members in firms.values():
        teams = max(1, len(members) // TEAM)
        groups += [[at for at in members if contacts[at].team % teams == team] for team in range(teams)]
    together: Counter[tuple[int, int]] = Counter()
    for group in groups:
        for _ in range(MESSAGES * len(group)):
            month = rng.randrange(MONTHS)
            active = [at for at in group if contacts[at].is_active(month)]
            if len(active) < 2:
                continue
            # One address of each, as a writer picks them.
            people = list({contacts[at].person: at for at in rng.sample(active, len(active))}.values())
            some = set(people[: rng.choice([2, 2, 3, 4, 6])])
            for at in tuple(some):
                # Writing to both addresses of somebody, to be sure.
                others = [other for other in own[contacts[at].person] if contacts[other].is_active(month)]
                if len(others) > 1 and rng.random() < 0.006:
                    some.update(others)
            together.update(combinations(sorted(some), 2))
    return together


def made(people: int, seed: int) -> Book:
    """
    An invented book of so many people; about 1.4 contacts each.

    Args:
        people: >= 10.
        seed: the same seed, the same book.
    """
    world = World(random.Random(f"people {seed}"), people)
    everybody = [_person(world, number) for number in range(people)]
    _relatives(world, everybody)
    _namesakes(world, everybody)
    taken: set[str] = set()
    contacts = [one for person in everybody for one in _contacts(world, person, taken)]
    world.rng.shuffle(contacts)
    return Book(contacts, _messages(world, contacts))


def main() -> None:
    """Show some."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=5_000)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    book = made(given.people, given.seed)
    counts = Counter(one.person for one in book.contacts)
    pairs = sum(n * (n - 1) // 2 for n in counts.values())
    print(f"{len(book.contacts)} contacts of {len(counts)} people, {pairs} true pairs, {len(book.together)} met pairs")
    several = [person for person, n in counts.items() if n > 1][:40]
    for one in sorted((one for one in book.contacts if one.person in several), key=lambda one: one.person):
        print(one.person, one.names, one.mails, one.phones, one.organisations, one.birthday, one.months)


if __name__ == "__main__":
    main()
