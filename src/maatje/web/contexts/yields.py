"""The pages of what came of it: the report a picture a question, one line understood, the year's letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from maatje.app.ledger import MESSAGE_MINUTES
from maatje.app.wording import Voice
from maatje.app.yields import DIRECTIONS, KINDS, Understood, typed
from maatje.errors import MaatjeError
from maatje.model.ledger import (
    Contrast,
    Experiment,
    ExperimentState,
    LedgerReport,
    Outcome,
    Rate,
    RateLine,
    ReadOut,
    Yield,
    YieldDirection,
)
from maatje.model.sentence import Day, Sentence, say
from maatje.planning.giving import Giving
from maatje.planning.letter import Letter
from maatje.planning.money import Money, written
from maatje.planning.rates import rate
from maatje.planning.readout import QUESTIONS
from maatje.web.contexts.people import LONGEST_TITLE, Person, capital, person, shown
from maatje.web.spans import STEPS, CurveDrawing, SpanDrawing, curve_drawing, span_drawing, step_for

LATEST: Final = 12
"""So much of what came stands open on the page; what came earlier is folded away."""

MOST: Final = 500
"""So much of it is on the page at all; all of it is in ``maatje yield list``."""


@dataclass(frozen=True, slots=True)
class SpanRow:
    """One line of a picture: its title and sentence, and the drawing with its words; None where nothing is drawn."""

    title: str
    words: str
    label: str
    drawing: SpanDrawing | None


@dataclass(frozen=True, slots=True)
class Picture:
    """One question: its title and aside, its rows, and the figures under the strip."""

    key: str
    title: str
    aside: str
    rows: tuple[SpanRow, ...]
    scale: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HourRow:
    """What came per hour, through one way."""

    title: str
    words: str
    figure: str
    between: str


@dataclass(frozen=True, slots=True)
class Came:
    """One thing that was written down; ``is_given``: the other had the good of it."""

    number: int
    when: str
    what: str
    kind: str
    way: str
    people: tuple[Person, ...]
    worth: str
    is_given: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """The experiment as the page tells it: off, running, or read."""

    is_running: bool
    is_read: bool
    lead: str
    lines: tuple[str, ...]
    pictures: tuple[Picture, ...]
    questions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LedgerView:
    """Does it work? Ready to be drawn."""

    lead: str
    since: str
    gifts: tuple[str, ...]
    pictures: tuple[Picture, ...]
    hours: tuple[HourRow, ...]
    assumed: str
    differences: tuple[str, ...]
    lag: str
    curve: CurveDrawing | None
    curve_words: tuple[str, str]
    evenings: str
    exchange: str
    left_out: tuple[str, ...]
    came: tuple[Came, ...]
    earlier: tuple[Came, ...]
    trial: Trial


def ledger_view(
    report: LedgerReport,
    gift: tuple[Giving, Mapping[int, str]],
    made: Sequence[tuple[Yield, tuple[str, ...]]],
    trial: tuple[Experiment | None, ReadOut | None],
    voice: Voice,
) -> LedgerView:
    """The report's page."""
    titles = (
        ("kinds", voice.text("By kind of tie"), report.kinds),
        ("began", voice.text("By who began"), report.began),
        ("strengths", voice.text("By how close it ever was"), report.strengths),
        ("ways", voice.text("By way"), report.ways),
        ("series", voice.text("By series of gatherings"), report.series),
    )
    lines = tuple(came(one, names, voice) for one, names in made[:MOST])
    curve = curve_drawing(report.lag)
    return LedgerView(
        lead=" ".join(voice.say(sentence) for sentence in report.lead),
        since=voice.text("Since {day}: {moments} contact moments.", day=Day(report.since), moments=report.moments),
        gifts=gifts(*gift, voice),
        pictures=tuple(_picture(*one, voice) for one in titles if one[2]),
        hours=tuple(_hours(one, voice) for one in report.ways if one.hours is not None),
        assumed=voice.text(
            "A message is taken as {minutes} minutes, which nobody measured; an hour with four people as a quarter "
            "each.",
            minutes=MESSAGE_MINUTES,
        ),
        differences=tuple(voice.say(one.sentence) for one in report.differences),
        lag=voice.say(report.lag.sentence),
        curve=curve,
        curve_words=("", "") if curve is None else (voice.span(curve.days), hundred(curve.share, voice)),
        evenings=voice.say(report.evenings.sentence) if report.evenings.sentence else "",
        exchange=voice.say(report.exchange),
        left_out=tuple(voice.say(sentence) for sentence in report.left_out),
        came=lines[:LATEST],
        earlier=lines[LATEST:],
        trial=trial_view(*trial, voice),
    )


def gifts(found: Giving, names: Mapping[int, str], voice: Voice) -> tuple[str, ...]:
    """What one could give, a sentence each."""
    promised = (
        voice.text(
            "You promised {name} {day:on}: “{text}”",
            name=shown(names.get(one.contact_id, "")), day=Day(one.made_at), text=shown(one.text, LONGEST_TITLE),
        )
        for one in found.promises
    )  # fmt: skip
    return (*promised, *(voice.say(one.sentence) for one in found.matches))


def _picture(key: str, title: str, lines: Sequence[RateLine], voice: Voice) -> Picture:
    """One question on one scale; of series a hundred evenings is no measure, there it is per evening."""
    per = 1.0 if key == "series" else 100.0
    aside = voice.text("received per evening") if key == "series" else voice.text("per hundred contact moments")
    step = step_for([one.moments for one in lines if one.moments is not None], per)
    rows = tuple(_row(one, step, per, voice) for one in lines)
    return Picture(key, title, aside, rows, tuple(decimal(step * place, voice) for place in range(STEPS + 1)))


def _row(line: RateLine, step: float, per: float, voice: Voice) -> SpanRow:
    title = capital(shown(voice.say(line.title), 60))
    words = voice.say(line.sentence)
    if line.moments is None:
        return SpanRow(title, words, "", None)
    found = line.moments
    label = voice.text(
        "{title}: {rate}, likely between {low} and {high}",
        title=title, rate=decimal(found.per * per, voice), low=decimal(found.low * per, voice),
        high=decimal(found.high * per, voice),
    )  # fmt: skip
    return SpanRow(title, words, label, span_drawing(found, step, per))


def _hours(line: RateLine, voice: Voice) -> HourRow:
    assert line.hours is not None
    words = voice.say(line.hours_sentence) if line.hours_sentence else ""
    between = voice.text("{low} and {high}", low=decimal(line.hours.low, voice), high=decimal(line.hours.high, voice))
    return HourRow(capital(voice.say(line.title)), words, decimal(line.hours.per, voice), between)


def decimal(value: float, voice: Voice) -> str:
    """A rate with two digits that tell something: "0.16", "2.1", "140"; a comma where the language has one."""
    said = f"{value:.2g}" if value < 10 else f"{value:.0f}"
    said = f"{float(said):.6f}".rstrip("0").rstrip(".") if "e" in said else said
    return said.replace(".", ",") if voice.lang == "nl" else said


def hundred(share: float, voice: Voice) -> str:
    """A share as so many of a hundred."""
    return voice.text("{n} of a hundred", n=round(100 * share))


def came(made: Yield, names: Sequence[str], voice: Voice) -> Came:
    """One thing that was written down, with its people where their names are given."""
    worth = made.worth_word
    if made.worth_cents is not None:
        worth = written(Money(made.worth_cents, made.currency), voice.lang)
    return Came(
        made.id, capital(voice.day(made.at)), shown(made.text, LONGEST_TITLE), voice.say(KINDS[made.kind]),
        voice.say(DIRECTIONS[made.direction]),
        tuple(person(number, name) for number, name in zip(made.contact_ids, names, strict=False)),
        shown(worth), made.direction is YieldDirection.GIVEN,
    )  # fmt: skip


def trial_view(kept: Experiment | None, found: ReadOut | None, voice: Voice) -> Trial:
    """The experiment: how to begin one, that one runs, or what it says."""
    questions = tuple((one.value, voice.say(QUESTIONS[one])) for one in Outcome)
    if kept is None or found is None:
        lead = voice.text("Whether greeting helps, only an experiment can tell: who comes by might have come anyway.")
        return Trial(False, False, lead, (), (), questions)
    lines = tuple(voice.say(sentence) for sentence in (*found.notes, *found.left_out))
    if found.state is ExperimentState.RUNNING:
        return Trial(True, False, voice.say(QUESTIONS[kept.question]), lines, (), questions)
    first = found.contrasts[0]
    lead = f"{voice.say(QUESTIONS[first.outcome])} {voice.say(first.sentence)}"
    pictures = tuple(_contrast(one, voice, is_first=one is first) for one in found.contrasts)
    return Trial(False, True, lead, lines, pictures, questions)


def _contrast(one: Contrast, voice: Voice, *, is_first: bool) -> Picture:
    """The two groups on one scale, with what chance alone leaves open."""
    groups = (
        (say("Suggested"), one.suggested, one.n_suggested),
        (say("Held back"), one.held, one.n_held),
    )
    rates = [rate(round(mean * n), n) for _, mean, n in groups if n]
    step = step_for(rates)
    rows = tuple(_group(title, rate(round(mean * n), n), step, voice) for title, mean, n in groups if n)
    title = voice.say(QUESTIONS[one.outcome])
    aside = voice.text("of a hundred people") if is_first else voice.say(one.sentence)
    return Picture(
        one.outcome.value, title, aside, rows, tuple(decimal(step * place, voice) for place in range(STEPS + 1))
    )


def _group(title: Sentence, found: Rate, step: float, voice: Voice) -> SpanRow:
    words = voice.text("{came} of {n} people", came=found.n, n=round(found.exposure))
    name = voice.say(title)
    label = voice.text(
        "{title}: {rate}, likely between {low} and {high}",
        title=name, rate=decimal(100 * found.per, voice), low=decimal(100 * found.low, voice),
        high=decimal(100 * found.high, voice),
    )  # fmt: skip
    return SpanRow(name, words, label, span_drawing(found, step))


@dataclass(frozen=True, slots=True)
class EntryView:
    """
    The entry form. ``form`` its fields as they were understood or typed; ``is_shown``: there is something to
    look at before it is kept; ``number`` of what is being changed, 0 for something new.
    """

    number: int
    form: Mapping[str, str]
    is_shown: bool
    notes: tuple[str, ...]
    fault: str
    kinds: tuple[tuple[str, str], ...]
    directions: tuple[tuple[str, str], ...]


def entry_view(
    voice: Voice,
    form: Mapping[str, str],
    *,
    number: int = 0,
    found: Understood | None = None,
    fault: MaatjeError | None = None,
) -> EntryView:
    """The form with what a line came to, or what was typed and why it cannot be."""
    fields = dict.fromkeys(("line", "text", "kind", "direction", "people", "day", "worth", "occasion"), "")
    notes: list[str] = []
    if found is not None:
        fields |= {
            "text": found.text,
            "kind": found.kind.value if found.kind else "",
            "direction": found.direction.value if found.direction else "",
            "people": ", ".join(typed(who, name) for who, name in found.people),
            "day": voice.iso(found.at),
            "worth": written(found.money, voice.lang) if found.money else found.worth_word,
            "occasion": typed(*found.occasion) if found.occasion else "",
        }
        notes += [voice.fault(one) for one in found.faults]
        notes += [voice.say(one) for one in (*found.asks, *found.notes)]
    fields |= {name: text for name, text in form.items() if name in fields}
    return EntryView(
        number, fields, found is not None or bool(number) or fault is not None, tuple(notes),
        voice.fault(fault) if fault else "",
        tuple((kind.value, voice.say(words)) for kind, words in KINDS.items()),
        tuple((way.value, voice.say(words)) for way, words in DIRECTIONS.items()),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class LetterView:
    """The year's letter, ready to be drawn or printed."""

    title: str
    opening: str
    sections: tuple[tuple[str, str, tuple[str, ...]], ...]
    before: int
    after: int


def letter_view(found: Letter, voice: Voice, *, first: int, last: int) -> LetterView:
    """The letter of one year, with the years before and after it where there are any (0: none)."""
    return LetterView(
        voice.text("The year {year}", year=str(found.year)),
        voice.say(found.opening),
        tuple(
            (section.key, voice.say(section.title), tuple(shown(voice.say(line), 400) for line in section.lines))
            for section in found.sections
        ),
        found.year - 1 if found.year > first else 0,
        found.year + 1 if found.year < last else 0,
    )
