"""What the experiment says once its time is over, in sentences; before that, only that it runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from maatje.model.ledger import Contrast, Experiment, ExperimentState, Lot, Outcome, ReadOut
from maatje.model.sentence import Count, Day, Sentence, Span, say, say_n
from maatje.model.units import DAY, ContactId, Days, Seconds
from maatje.planning.experiment import DOUBT, effect_of, people_needed

QUESTIONS: Final[dict[Outcome, Sentence]] = {
    Outcome.COMES_BY: say("Do those who are greeted come by more?"),
    Outcome.ACTIVE: say("Are the ties of those who are greeted more alive?"),
    Outcome.YIELD: say("Does more come of those who are greeted?"),
}
"""What can be asked, by outcome."""


class Watched(NamedTuple):
    """What became of one person within ``watch_days`` of their lot: came by, was in touch, brought so many things."""

    contact_id: ContactId
    came_by: bool
    was_active: bool
    yields: int


def read_out(experiment: Experiment, log: Sequence[Lot], watched: Iterable[Watched], now: Seconds) -> ReadOut:
    """
    The experiment's answer, or that it still runs.

    Args:
        experiment: as it was fixed.
        log: its lots.
        watched: what became of people; those no longer known are missing, and said.
        now: scalar instant.
    Returns: contrasts for those whose whole time lies before the horizon and the switching off; none while
        it runs. Switched off halfway it says what it has, and that it is less than was planned.
    """
    state = _state(experiment, now)
    held = sum(lot.is_held for lot in log)
    if state is ExperimentState.RUNNING:
        note = say(
            "The experiment runs until {day}. Nothing is read before: looking early makes chance look like an effect.",
            day=Day(experiment.horizon_at),
        )
        # How many were held back is not said either: on a short page one might guess whom.
        return ReadOut(state, len(log), 0, (), (note,), ())
    end = min(now, experiment.horizon_at, experiment.stopped_at or experiment.horizon_at)
    known = {one.contact_id: one for one in watched}
    over = [lot for lot in log if lot.at + experiment.watch_days * DAY <= end]
    counted = [lot for lot in over if lot.contact_id in known]
    left_out = _left_out(experiment, len(log) - len(over), len(over) - len(counted))
    order = (experiment.question, *(one for one in Outcome if one is not experiment.question))
    contrasts = tuple(_contrast(experiment, counted, known, outcome) for outcome in order)
    return ReadOut(state, len(log), held, contrasts, _notes(experiment, state), left_out)


def _state(experiment: Experiment, now: Seconds) -> ExperimentState:
    stopped = experiment.stopped_at
    if stopped is not None and stopped < experiment.horizon_at:
        return ExperimentState.STOPPED
    return ExperimentState.DONE if now >= experiment.horizon_at else ExperimentState.RUNNING


def _value(one: Watched, outcome: Outcome) -> float:
    if outcome is Outcome.COMES_BY:
        return float(one.came_by)
    return float(one.was_active) if outcome is Outcome.ACTIVE else float(one.yields)


def _contrast(
    experiment: Experiment, lots: Sequence[Lot], known: Mapping[ContactId, Watched], outcome: Outcome
) -> Contrast:
    """The two groups beside each other for one outcome."""
    values = {lot.contact_id: _value(known[lot.contact_id], outcome) for lot in lots}
    held = [values[lot.contact_id] for lot in lots if lot.is_held]
    greeted = [values[lot.contact_id] for lot in lots if not lot.is_held]
    effect, low, high, p = effect_of(lots, values, experiment.seed)
    spread = _variance([*held, *greeted])
    needed = max(0, people_needed(spread, experiment.worth_knowing) - len(lots))
    return Contrast(
        outcome,
        len(greeted),
        len(held),
        sum(greeted) / max(1, len(greeted)),
        sum(held) / max(1, len(held)),
        effect,
        low,
        high,
        p,
        needed,
        _verdict(outcome, (effect, p), len(held), needed),
    )


def _variance(values: Sequence[float]) -> float:
    """The variance of an outcome; as if one more person were half and half, so that it is never 0."""
    n = len(values) + 1
    mean = (sum(values) + 0.5) / n
    return (sum((value - mean) ** 2 for value in values) + 0.25) / n


def _verdict(outcome: Outcome, found: tuple[float, float], held: int, needed: int) -> Sentence:
    """What may be said of one outcome."""
    effect, p = found
    if held and p <= DOUBT:
        if outcome is Outcome.COMES_BY:
            return say("Those greeted came by more.") if effect > 0 else say("Those greeted came by less.")
        if outcome is Outcome.ACTIVE:
            said_less = say("The ties of those greeted were less alive.")
            return say("The ties of those greeted were more alive.") if effect > 0 else said_less
        return say("More came of those greeted.") if effect > 0 else say("Less came of those greeted.")
    if needed:
        return say_n(
            "Too early to say; about {n} person more is needed.",
            "Too early to say; about {n} people more are needed.",
            needed,
        )
    return say("No difference worth knowing of was seen.")


def _notes(experiment: Experiment, state: ExperimentState) -> tuple[Sentence, ...]:
    """What must be known beside the figures."""
    notes = [say("This is one life and one experiment: it says what happened here, not what happens to others.")]
    if state is ExperimentState.STOPPED and experiment.stopped_at is not None:
        notes.append(
            say(
                "It was switched off {stopped:on}, before {horizon}. "
                "Whoever stops when it looks good finds an effect too often.",
                stopped=Day(experiment.stopped_at),
                horizon=Day(experiment.horizon_at),
            )
        )
    notes.append(say("The first question was chosen beforehand and decides; the others are told along."))
    return tuple(notes)


def _left_out(experiment: Experiment, unfinished: int, gone: int) -> tuple[Sentence, ...]:
    """Who is not counted, and why."""
    out: list[Sentence] = []
    if unfinished:
        out.append(
            say_n(
                "{n} person is not counted: {span} had not passed since their lot.",
                "{n} people are not counted: {span} had not passed since their lot.",
                unfinished,
                span=Span(Days(float(experiment.watch_days))),
            )
        )
    if gone:
        out.append(
            say_n(
                "{n} person is not counted: they are no longer known here.",
                "{n} people are not counted: they are no longer known here.",
                gone,
            )
        )
    return tuple(out)


def pace(experiment: Experiment, enrolled: int, needed: int, now: Seconds) -> Sentence | None:
    """
    When an answer may be expected, at the pace so far.

    Args:
        experiment: running or over.
        enrolled: people so far; needed: people still needed; scalars, >= 0.
        now: scalar instant.
    Returns: None where nobody was enrolled, or nobody more is needed.
    """
    passed = now - experiment.begun_at
    if not enrolled or not needed or passed <= 0:
        return None
    return say(
        "At this pace {count} people more take about {span}.",
        count=Count(needed),
        span=Span(Days(needed * passed / enrolled / DAY)),
    )
