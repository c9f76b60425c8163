"""
The briefing before an occasion: a handful to greet, who will come anyway, the rest, and the not yet met.

Linear in the guests, so that a list of two thousand takes a moment. At a funeral it knows only who was
close to whom: no pace, no worth, no promises, no introductions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from maatje.model.briefing import Briefing, BriefingLine, Path, Unmet
from maatje.model.manners import Manners
from maatje.model.occasion import Figure, Guest, GuestStatus, Occasion, Part, Whose
from maatje.model.plan import Tie
from maatje.model.sentence import Count, Day, Sentence, say, say_n
from maatje.model.units import DAY, ContactId, Seconds
from maatje.planning.acquaintance import Graph
from maatje.planning.closeness import close_ones
from maatje.planning.grief import in_grief
from maatje.planning.introductions import nobody
from maatje.planning.manners import fold
from maatje.planning.openings import Known, met_fact, opening, promise_facts
from maatje.planning.pacing import HANDFUL, pace
from maatje.planning.reason import silence_fact
from maatje.planning.restraint import Moment, is_likely_to_come, leave_alone, silence_is_an_answer
from maatje.planning.shortlist import LEAST_WORTH
from maatje.planning.week import is_dormant

MISSED_HALF_DAYS: Final = 90.0
"""After a quarter of a year without each other half of the wish to speak is there."""

OWED_BONUS: Final = 0.3
"""What an open promise of the user's adds to worth; one of theirs adds a third of that."""

BOOK_AT_LEAST: Final = 100
BOOK_SHARE: Final = 0.5
"""So many known guests, and this share of all contacts: that is an address book, not a list of guests."""


@dataclass(frozen=True, slots=True)
class Around:
    """
    What a briefing is made against, beside the list.

    ``paths``: for the wanted guests, by guest id. ``graph``: who knows whom, for a funeral.
    ``contacts``: how many there are in all. ``trusts_coming``: the user's past supports "they will come".
    """

    now: Seconds
    paths: Mapping[int, tuple[Path, ...]] = field(default_factory=lambda: MappingProxyType({}))
    graph: Graph | None = None
    contacts: int = 0
    trusts_coming: bool = True
    utc_offset: int = 0

    @property
    def moment(self) -> Moment:
        """The moment at which the rules of restraint are asked."""
        return Moment(self.now, self.utc_offset, trusts_coming=self.trusts_coming)


@dataclass(frozen=True, slots=True)
class _Somebody:
    """A known person who may be there, once, however often the list names them."""

    contact_id: ContactId
    name: str
    guest: Guest | None
    part: Part | None
    known: Known
    namesakes: int = 1


def make_briefing(
    occasion: Occasion,
    manners: Manners,
    guests: Sequence[Guest],
    about: Mapping[ContactId, Known],
    around: Around,
) -> Briefing:
    """
    What to know before an occasion.

    Args:
        occasion, manners: the gathering, and of its kind.
        guests: its list, in any order; empty is said, not refused.
        about: what is known of the contacts on it; whoever is missing is told by name alone.
        around: the moment, the paths, who knows whom.
    Returns: the briefing; the same for the same arguments. The user, who dropped out and who died is in
        none of its lists; who is to be left alone is shown as such, and never to be greeted.
    """
    coming = [guest for guest in guests if guest.may_come]
    everybody = _known(occasion, guests, about, is_funeral=manners.mourning)
    ask = tuple(guest for guest in coming if guest.status is GuestStatus.PERHAPS)
    strangers = [guest for guest in coming if guest.status is GuestStatus.NEW]
    plain = Briefing(
        occasion=occasion,
        manners=manners,
        pacing=None,
        greet=(),
        will_come=(),
        rest=(),
        ask=ask,
        unmet=_unmet(occasion, strangers, around) if not manners.mourning else _bare(strangers),
        close=(),
        notes=_notes(occasion, guests, everybody, around),
        guests=len(everybody) + len(ask) + len(strangers),
        known=len(everybody),
        dropped=sum(guest.dropped for guest in guests),
    )
    if manners.mourning:
        return _mourned(plain, everybody, around)
    return _lively(plain, everybody, around)


def _lively(plain: Briefing, everybody: Sequence[_Somebody], around: Around) -> Briefing:
    """The three lists of a day on which one may plan."""
    coming = [one for one in everybody if _will_come(one, around)]
    coming_ids = {one.contact_id for one in coming}
    able = [one for one in everybody if one.contact_id not in coming_ids and _may_greet(one, around)]
    able.sort(key=lambda one: (one.part is not Part.HOST, -wish_to_speak(one.known), one.contact_id))
    pacing = None if _is_over(plain.occasion, around.now) else pace(plain.occasion, plain.manners, len(able))
    greet = able[: HANDFUL if pacing is None else pacing.talks]
    shown = coming_ids | {one.contact_id for one in greet}
    rest = sorted((one for one in everybody if one.contact_id not in shown), key=_by_name)
    coming.sort(key=lambda one: (-_comes(one), one.contact_id))
    return replace(
        plain,
        pacing=pacing,
        greet=tuple(_line(one, around) for one in greet),
        will_come=tuple(_line(one, around) for one in coming),
        rest=tuple(_line(one, around) for one in rest),
    )


def _mourned(plain: Briefing, everybody: Sequence[_Somebody], around: Around) -> Briefing:
    """Names, and who was close to whom; nothing else."""
    names = {one.contact_id: one.name for one in everybody}
    mourned = {
        figure.contact_id: figure.name
        for figure in plain.occasion.playing(Part.HONOURED, Part.FAMILY)
        if figure.contact_id is not None
    }
    close = () if around.graph is None else close_ones(around.graph, {**names, **mourned}, mourned.keys())
    rest = tuple(
        BriefingLine(one.guest.id if one.guest else None, one.contact_id, one.name, _organisation(one), one.part)
        for one in sorted(everybody, key=_by_name)
    )
    return replace(plain, rest=rest, close=close)


def wish_to_speak(known: Known) -> float:
    """
    How much one would want to speak somebody at an occasion, for putting one before the other.

    Args:
        known: of one contact.
    Returns: scalar in [0, 1.4]; worth * (1 - 2 ** -(days of silence / 90)) * (1 - P(comes by in 30 days)), and
        a bonus for open promises. Ours, not fitted.
    """
    promised = [one.whose for one in known.promises if one.is_open]
    bonus = OWED_BONUS * (Whose.MINE in promised) + OWED_BONUS / 3 * (Whose.THEIRS in promised)
    if known.tie is None:
        return bonus
    missed = 1.0 - 2.0 ** (-max(0.0, known.tie.silence.days) / MISSED_HALF_DAYS)
    return float(known.tie.worth * missed * (1.0 - known.tie.chances.comes_by_30) + bonus)


def _known(
    occasion: Occasion, guests: Sequence[Guest], about: Mapping[ContactId, Known], *, is_funeral: bool
) -> list[_Somebody]:
    """The known people on the list, and the host where the list leaves them out; each once."""
    coming = [guest for guest in guests if guest.may_come]
    figures: dict[ContactId, Figure] = {}
    for figure in occasion.figures:
        if figure.contact_id is not None:
            figures.setdefault(figure.contact_id, figure)
    out = {guest.contact_id for guest in guests if guest.is_me}
    if is_funeral:
        out |= {who for who, figure in figures.items() if figure.part is Part.HONOURED}
    namesakes = Counter(fold(guest.name) for guest in coming)
    found: dict[ContactId, _Somebody] = {}
    for guest in coming:
        who = guest.contact_id
        if guest.status is GuestStatus.KNOWN and who is not None and who not in found and who not in out:
            part = figures[who].part if who in figures else None
            known = about.get(who, Known())
            found[who] = _Somebody(who, _name(known, guest.name), guest, part, known, namesakes[fold(guest.name)])
    for who, figure in figures.items():
        if who not in found and who not in out:
            known = about.get(who, Known())
            found[who] = _Somebody(who, _name(known, figure.name), None, figure.part, known)
    return list(found.values())


def _may_greet(one: _Somebody, around: Around) -> bool:
    """Whether somebody may be among the handful; the host is greeted out of courtesy, whatever the tie is worth."""
    if _is_left_alone(one, around) or (one.known.tie is not None and in_grief(one.known.tie, around.now)):
        return False
    if one.part is Part.HOST:
        return True
    tie = one.known.tie
    if tie is not None and silence_is_an_answer(tie, around.moment).holds_back:
        return False
    is_dear = tie is not None and tie.worth >= LEAST_WORTH
    return is_dear or any(promise.is_open for promise in one.known.promises)


def _will_come(one: _Somebody, around: Around) -> bool:
    """Whether they will find the user by themselves; never said of the host, who has a house full."""
    tie = one.known.tie
    if tie is None or not around.trusts_coming or one.part is Part.HOST or is_dormant(tie):
        return False
    return is_likely_to_come(tie) and not (_is_left_alone(one, around) or in_grief(tie, around.now))


def _is_left_alone(one: _Somebody, around: Around) -> bool:
    if one.guest is not None and one.guest.leave_alone:
        return True
    return one.known.tie is not None and leave_alone(one.known.tie, around.moment).holds_back


def _line(one: _Somebody, around: Around) -> BriefingLine:
    """One person in facts; of who is left alone nothing but that."""
    guest_id = one.guest.id if one.guest else None
    tie = one.known.tie
    bare = BriefingLine(guest_id, one.contact_id, one.name, _organisation(one), one.part)
    if _is_left_alone(one, around):
        return replace(bare, note=say("To be left alone."))
    if tie is not None and in_grief(tie, around.now):
        return replace(bare, memory=tie.memory, note=say("In mourning: nothing businesslike."))
    met_at = max((shared.at for shared in one.known.shared if shared.at < around.now), default=0)
    return replace(
        bare,
        # Who was met at a gathering since is not told of an earlier last time.
        last=None if tie is None or tie.last.at < met_at else silence_fact(tie),
        met=met_fact(one.known, around.now),
        opening=opening(one.known, around.now),
        memory="" if tie is None else tie.memory,
        promises=promise_facts(one.known.promises),
        change=one.known.change,
        note=say("There are two or more of that name on the list.") if one.namesakes > 1 else None,
    )


def _unmet(occasion: Occasion, strangers: Sequence[Guest], around: Around) -> tuple[Unmet, ...]:
    """The not yet met, the wanted first, each of those with who can introduce or that nobody can."""
    found: list[Unmet] = []
    for guest in sorted(strangers, key=lambda one: (not one.wanted, fold(one.name), one.id)):
        paths = around.paths.get(guest.id, ()) if guest.wanted and not guest.leave_alone else ()
        is_stuck = guest.wanted and not paths and not guest.leave_alone
        found.append(Unmet(guest, paths, nobody(guest, occasion.name) if is_stuck else None))
    return tuple(found)


def _bare(strangers: Sequence[Guest]) -> tuple[Unmet, ...]:
    return tuple(Unmet(guest) for guest in sorted(strangers, key=lambda one: (fold(one.name), one.id)))


def _notes(
    occasion: Occasion, guests: Sequence[Guest], everybody: Sequence[_Somebody], around: Around
) -> tuple[Sentence, ...]:
    """What is odd about the list or the day, so that nobody is surprised."""
    found: list[Sentence] = []
    if not guests:
        found.append(say("There is no list of guests yet."))
    if len(everybody) >= BOOK_AT_LEAST and len(everybody) >= BOOK_SHARE * max(1, around.contacts):
        found.append(
            say(
                "This list names {known} of the {contacts} people you know. Is it your address book?",
                known=Count(len(everybody)),
                contacts=Count(around.contacts),
            )
        )
    doubles = _doubles(guests)
    if doubles:
        found.append(say_n("{n} guest is on the list twice.", "{n} guests are on the list more than once.", doubles))
    if _is_over(occasion, around.now):
        found.append(
            say("This was {day:on}; what there is to do now is to say who you spoke.", day=Day(occasion.begin))
        )
    return tuple(found)


def _doubles(guests: Sequence[Guest]) -> int:
    """How many contacts the list names more than once."""
    named = Counter(guest.contact_id for guest in guests if guest.contact_id is not None and guest.may_come)
    return sum(times > 1 for times in named.values())


def _is_over(occasion: Occasion, now: Seconds) -> bool:
    end = occasion.begin + DAY if occasion.all_day or occasion.end is None else max(occasion.begin, occasion.end)
    return end <= now


def _comes(one: _Somebody) -> float:
    tie: Tie | None = one.known.tie
    return 0.0 if tie is None else tie.chances.comes_by_30


def _name(known: Known, otherwise: str) -> str:
    """The contact's own name rather than how a list spelt it."""
    return known.tie.name if known.tie is not None and known.tie.name else otherwise


def _organisation(one: _Somebody) -> str:
    return one.guest.organisation if one.guest else ""


def _by_name(one: _Somebody) -> tuple[str, int]:
    return fold(one.name), one.contact_id
