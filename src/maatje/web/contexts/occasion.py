"""An occasion beforehand: manners, the evening in minutes, whom to greet, who can introduce whom; and its sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from maatje.app.wording import Voice
from maatje.model.briefing import Briefing, BriefingLine, Close, Pacing, Path, Unmet
from maatje.model.manners import Coffee, Manners
from maatje.model.occasion import Guest, Introduction, IntroductionState
from maatje.model.same import Side
from maatje.model.sentence import Day, Sentence, say, say_n
from maatje.model.units import ContactId, Seconds
from maatje.planning.introductions import THIN
from maatje.planning.manners import BUSINESS, COFFEE, fold, thanks, wait
from maatje.web.contexts.occasion_head import PARTS, Head, head_view
from maatje.web.contexts.occasions import guests_said
from maatje.web.contexts.people import LONGEST_TITLE, Person, capital, listing, person, shown
from maatje.web.drawings_paths import PathDrawing, Strip, path_drawing, strip_drawing

UNMET_MOST = 100
"""So many of those not met yet stand on the page; the others are found on the list."""

ASKED_MOST = 5
"""So many are asked about at a time."""

CANDIDATES_MOST = 3
HISTORY = {
    IntroductionState.ASKED: say("{via} was asked to introduce you."),
    IntroductionState.MADE: say("{via} introduced you."),
    IntroductionState.DECLINED: say("{via} would rather not introduce you."),
}


@dataclass(frozen=True, slots=True)
class LineView:
    """Somebody known who may be there, in facts; "" where there is nothing."""

    person: Person
    part: str
    work: str
    facts: str
    memory: str
    opening: str
    note: str


@dataclass(frozen=True, slots=True)
class EveningView:
    """The evening: its length, when to come and go, what is planned, and the drawing of it."""

    length: str
    hours: str
    words: str
    enough: str
    strip: Strip | None


@dataclass(frozen=True, slots=True)
class PathView:
    """A way to somebody not met yet: drawn, told, and whom to ask."""

    via: Person
    title: str
    words: str
    caption: str
    figure: str
    drawing: PathDrawing


@dataclass(frozen=True, slots=True)
class UnmetView:
    """Somebody not met yet; ``told`` is what became of introductions to them so far."""

    guest_id: int
    name: str
    work: str
    note: str
    is_wanted: bool
    may_want: bool
    paths: tuple[PathView, ...]
    nobody: str
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Whom a guest may be."""

    person: Person
    words: str


@dataclass(frozen=True, slots=True)
class AskView:
    """A guest who may be somebody known: asked, never assumed."""

    guest_id: int
    name: str
    work: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class BeforeView:
    """The page before an occasion; at a funeral there is neither evening nor anybody to greet."""

    head: Head
    numbers: str
    last_time: tuple[str, str] | None
    manners_title: str
    manners: tuple[tuple[str, str], ...]
    evening: EveningView | None
    greet_title: str
    greet: tuple[LineView, ...]
    will_come: tuple[LineView, ...]
    rest: tuple[LineView, ...]
    rest_title: str
    wanted: tuple[UnmetView, ...]
    unmet: tuple[UnmetView, ...]
    unmet_title: str
    unmet_more: str
    ask: tuple[AskView, ...]
    ask_more: str
    close: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    is_mourning: bool
    is_past: bool
    has_list: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What a briefing is told with: names of all on its paths, sides of the asked, introductions, the last edition."""

    names: Mapping[ContactId, str]
    sides: Mapping[int, tuple[Side, ...]]
    told: Sequence[tuple[Introduction, str]]
    last_time: tuple[int, str] | None
    is_past: bool


def before_view(found: Briefing, known: Known, voice: Voice, now: Seconds) -> BeforeView:
    """The page of a briefing."""
    manners, is_mourning = found.manners, found.manners.mourning
    unmet = tuple(_unmet(one, found, known, voice) for one in found.unmet)
    others = [one for one in unmet if not one.is_wanted]
    asks = found.ask[:ASKED_MOST]
    # The host counts among the guests, list or not.
    listed = any(one.guest_id is not None for one in (*found.greet, *found.will_come, *found.rest))
    has_list = bool(listed or found.ask or found.unmet or found.dropped)
    rest_n, others_n = len(found.rest), len(others)
    return BeforeView(
        head=head_view(found.occasion, manners, voice, now),
        numbers=voice.say(guests_said(found.guests, found.known)) if has_list else "",
        last_time=None if known.last_time is None else (f"/occasion/{known.last_time[0]}", known.last_time[1]),
        manners_title=voice.text("Manners: {kind}", kind=voice.say(manners.name)),
        manners=manners_lines(found, voice),
        evening=_evening(found.pacing, voice) if found.pacing is not None else None,
        greet_title=voice.text_n("{n} to greet", "{n} to greet", len(found.greet)),
        greet=tuple(line_view(one, voice) for one in found.greet),
        will_come=tuple(line_view(one, voice) for one in found.will_come),
        rest=tuple(line_view(one, voice) for one in found.rest),
        rest_title=_rest_title(rest_n, voice, is_mourning=is_mourning),
        wanted=tuple(one for one in unmet if one.is_wanted),
        unmet=tuple(others[:UNMET_MOST]),
        unmet_title=voice.text_n("{n} not met yet", "{n} not met yet", others_n),
        unmet_more=_more(others_n - UNMET_MOST, voice),
        ask=tuple(_ask(one, known, voice) for one in asks),
        ask_more=_more(len(found.ask) - len(asks), voice),
        close=tuple((shown(one.name), _close(one, voice)) for one in found.close),
        notes=tuple(voice.say(one) for one in found.notes),
        is_mourning=is_mourning,
        is_past=known.is_past,
        has_list=has_list,
    )


def _rest_title(number: int, voice: Voice, *, is_mourning: bool) -> str:
    if is_mourning:
        return voice.text_n("{n} whom you know", "{n} whom you know", number)
    return voice.text_n("{n} other whom you know", "{n} others whom you know", number)


def _more(number: int, voice: Voice) -> str:
    return voice.text_n("And {n} more.", "And {n} more.", number) if number > 0 else ""


def manners_lines(found: Briefing, voice: Voice) -> tuple[tuple[str, str], ...]:
    """How to behave, as pairs; at a funeral business and coffee are not even named as what is not to be done."""
    manners = found.manners
    lines: list[tuple[str, Sentence]] = [(voice.text("Say first"), manners.first)]
    if not manners.mourning:
        lines += [
            (voice.text("Business"), BUSINESS[manners.business]),
            (voice.text("Coffee"), COFFEE[manners.coffee]),
        ]
    told = [(name, voice.say(words)) for name, words in lines]
    after = (thanks(manners, found.occasion.figures), wait(manners))
    told.append((voice.text("Afterwards"), " ".join(voice.say(one) for one in after)))
    return tuple(told)


def _evening(pacing: Pacing, voice: Voice) -> EveningView:
    hours = ""
    if pacing.arrive_at is not None and pacing.leave_at is not None:
        hours = voice.text(
            "Come at {arrive}, go by {leave}.", arrive=voice.time(pacing.arrive_at), leave=voice.time(pacing.leave_at)
        )
    return EveningView(
        voice.text_n("{n} minute for talks", "{n} minutes for talks", pacing.minutes),
        hours,
        voice.say(pacing.sentence),
        voice.say(pacing.enough),
        strip_drawing(pacing.minutes, pacing.talks, pacing.each),
    )


def line_view(one: BriefingLine, voice: Voice) -> LineView:
    """One person of a briefing, each fact once."""
    change = one.change if isinstance(one.change, str) else voice.say(one.change)
    # Where and when the two last met may be the opening too; then it is told there.
    met = None if one.met is not None and one.opening is not None and one.met.values == one.opening.values else one.met
    facts = [voice.say(said) for said in (one.last, met) if said is not None]
    facts += [voice.say(said) for said in one.promises]
    opening = "" if one.opening is None else voice.say(one.opening)
    if opening in facts or (one.memory and one.memory in opening):
        opening = ""
    if change and change not in opening:
        facts.append(change)
    return LineView(
        person(one.contact_id, one.name),
        "" if one.part is None else voice.say(PARTS[one.part]),
        shown(one.organisation),
        " ".join(facts),
        shown(one.memory, 400),
        opening,
        "" if one.note is None else voice.say(one.note),
    )


def work_of(guest: Guest, voice: Voice) -> str:
    """What a list says that somebody does, and where."""
    return ", ".join(word for word in (shown(guest.title), shown(guest.organisation)) if word)


def _unmet(one: Unmet, found: Briefing, known: Known, voice: Voice) -> UnmetView:
    guest = one.guest
    is_mourning = found.manners.mourning
    told = [
        voice.text("{what}, {day}", what=voice.say(_bare(HISTORY[it.state], known, it)).rstrip("."), day=Day(it.at))
        for it, name in known.told
        if it.via is not None and fold(name) == fold(guest.name) and it.other is None
    ]
    return UnmetView(
        guest.id,
        shown(guest.name),
        work_of(guest, voice),
        voice.text("To be left alone.") if guest.leave_alone else "",
        guest.wanted and not is_mourning,
        not guest.leave_alone and not is_mourning,
        () if is_mourning else tuple(_path(path, guest, known, voice) for path in one.paths[:2]),
        "" if one.nobody is None else voice.say(one.nobody),
        () if is_mourning else tuple(told),
    )


def _bare(sentence: Sentence, known: Known, one: Introduction) -> Sentence:
    return Sentence(sentence.text, (("via", known.names.get(one.via, "") if one.via is not None else ""),))


def _path(path: Path, guest: Guest, known: Known, voice: Voice) -> PathView:
    via = person(path.via, known.names.get(path.via, ""))
    names = [
        voice.text("you"),
        *(shown(known.names.get(step.other, "")) for step in path.steps[:-1]),
        shown(guest.name),
    ]
    told = [capital(listing(step.evidence, voice)) for step in path.steps]
    steps = [(step.strength < THIN, words) for step, words in zip(path.steps, told, strict=True)]
    title = voice.text(
        "You, by way of {via}, to {name}", via=say_list(names[1:-1], voice), name=names[-1]
    )  # fmt: skip
    words = ". ".join(f"{one} – {other}: {said}" for one, other, said in zip(names, names[1:], told, strict=False))
    there = voice.text("{name} will be there.", name=via.first) if path.is_present else ""
    thin = voice.text("Thin: ask {name} first whether they know them at all.", name=via.first) if path.is_thin else ""
    caption = " ".join(part for part in (there, thin) if part)
    return PathView(via, title, words, caption, voice.figure(path.score), path_drawing(names, steps))


def say_list(names: Sequence[str], voice: Voice) -> str:
    """Names one after the other, "and" before the last."""
    if len(names) < 2:
        return "".join(names)
    former = ", ".join(names[:-1])
    return voice.text("{one} and {other}", one=former, other=names[-1])


def _ask(guest: Guest, known: Known, voice: Voice) -> AskView:
    sides = known.sides.get(guest.id, ())[:CANDIDATES_MOST]
    return AskView(
        guest.id,
        shown(guest.name),
        work_of(guest, voice),
        tuple(Candidate(person(one.contact_id, one.name), _side(one, voice)) for one in sides),
    )


def _side(one: Side, voice: Voice) -> str:
    work = ", ".join(word for word in (shown(one.title), shown(one.organisation)) if word)
    moments = voice.say(say_n("one contact moment", "{n} contact moments", one.moments)) if one.moments else ""
    parts = [work, *(shown(handle, LONGEST_TITLE) for handle in one.handles[:1]), moments]
    return "; ".join(part for part in parts if part)


def _close(one: Close, voice: Voice) -> str:
    told = listing(one.evidence, voice)
    words = voice.text("close to {name}", name=shown(one.to_name))
    return f"{words}: {told}" if told else words


@dataclass(frozen=True, slots=True)
class SheetView:
    """What goes on one A4: whom to greet, the not yet met, the others, room for a hand, two lines of manners."""

    head: Head
    numbers: str
    greet: tuple[LineView, ...]
    will_come: tuple[LineView, ...]
    wanted: tuple[UnmetView, ...]
    rest: tuple[LineView, ...]
    rest_more: str
    close: tuple[tuple[str, str], ...]
    manners: tuple[str, ...]
    is_mourning: bool


SHEET_REST = 34
"""So many others fit on the sheet, in two columns."""


def sheet_view(found: Briefing, known: Known, voice: Voice, now: Seconds) -> SheetView:
    """The sheet of a briefing."""
    manners = found.manners
    lines = [voice.say(manners.first)]
    if not manners.mourning:
        lines.append(_business(manners, voice))
    lines += [voice.say(thanks(manners, found.occasion.figures)), voice.say(wait(manners))]
    room = SHEET_REST - 4 * len(found.greet) // 2
    return SheetView(
        head_view(found.occasion, manners, voice, now),
        voice.say(guests_said(found.guests, found.known)) if found.guests else "",
        tuple(line_view(one, voice) for one in found.greet),
        tuple(line_view(one, voice) for one in found.will_come),
        tuple(_unmet(one, found, known, voice) for one in found.unmet if one.guest.wanted and not manners.mourning)[:4],
        tuple(line_view(one, voice) for one in found.rest[:room]),
        _more(len(found.rest) - room, voice),
        tuple((shown(one.name), _close(one, voice)) for one in found.close),
        tuple(lines),
        manners.mourning,
    )


def _business(manners: Manners, voice: Voice) -> str:
    words = voice.text("Business: {words}", words=voice.say(BUSINESS[manners.business]))
    if manners.coffee is Coffee.NEVER:
        return words
    return f"{words} {voice.text('Coffee: {words}', words=voice.say(COFFEE[manners.coffee]))}"
