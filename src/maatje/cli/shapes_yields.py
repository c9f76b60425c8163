"""What came of it, as JSON: a contract, so names stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite

from maatje.app.wording import Voice
from maatje.app.yields import Understood
from maatje.cli.shapes import Json, iso
from maatje.model.ledger import Contrast, Difference, Experiment, LedgerReport, Rate, RateLine, ReadOut, Yield
from maatje.planning.giving import Giving, Note
from maatje.planning.letter import Letter


def made(one: Yield, names: tuple[str, ...]) -> Json:
    """One thing that was written down."""
    return {
        "number": one.id,
        "kind": one.kind.value,
        "direction": one.direction.value,
        "at": iso(one.at),
        "text": one.text,
        "people": [{"id": number, "name": name} for number, name in zip(one.contact_ids, names, strict=True)],
        "occasion": one.occasion_id,
        "worth_cents": one.worth_cents,
        "currency": one.currency or None,
        "worth_word": one.worth_word or None,
    }


def understood(found: Understood, number: int, voice: Voice) -> Json:
    """What was written down, and the notes beside it."""
    kept = found.made()
    names = tuple(name for _, name in found.people)
    return {
        **made(kept, names),
        "number": number,
        "notes": [voice.say(sentence) for sentence in (*found.asks, *found.notes)],
        "unknown": [voice.fault(fault) for fault in found.faults],
    }


def report(found: LedgerReport, voice: Voice) -> Json:
    """``yield report --json``: every rate with what it likely lies between; what is not known is null."""
    return {
        "since": iso(found.since),
        "as_of": iso(found.as_of),
        "moments": found.moments,
        "hours": round(found.hours, 2),
        "received": {kind.value: number for kind, number in found.received},
        "given": {kind.value: number for kind, number in found.given},
        "whole": _line(found.whole, voice),
        "kinds": [_line(one, voice) for one in found.kinds],
        "strengths": [_line(one, voice) for one in found.strengths],
        "began": [_line(one, voice) for one in found.began],
        "ways": [_line(one, voice) for one in found.ways],
        "series": [_line(one, voice) for one in found.series],
        "differences": [_difference(one, voice) for one in found.differences],
        "lag": {
            "people": found.lag.people,
            "came": found.lag.came,
            "median_days": _round(found.lag.median),
            "median_between": [_round(found.lag.median_low), _round(found.lag.median_high)],
            "points": [[_round(number) for number in point] for point in found.lag.points],
            "said": voice.say(found.lag.sentence),
        },
        "evenings": {"number": found.evenings.n, "told": found.evenings.told, "good": found.evenings.good},
        "said": [voice.say(sentence) for sentence in (*found.lead, found.exchange)],
        "left_out": [voice.say(sentence) for sentence in found.left_out],
    }


def _line(one: RateLine, voice: Voice) -> Json:
    return {
        "name": one.name,
        "title": voice.say(one.title),
        "per_moment": _rate(one.moments),
        "per_hour": _rate(one.hours),
        "said": voice.say(one.sentence),
    }


def _rate(one: Rate | None) -> Json | None:
    if one is None:
        return None
    return {
        "number": one.n,
        "exposure": _round(one.exposure),
        "rate": _round(one.per),
        "between": [_round(one.low), _round(one.high)],
        "spread": _round(one.spread),
        "enough": one.is_enough,
    }


def _difference(one: Difference, voice: Voice) -> Json:
    return {
        "more": one.more,
        "less": one.less,
        "ratio": _round(one.ratio),
        "between": [_round(one.low), _round(one.high)],
        "sure": _round(one.sure),
        "enough": one.is_enough,
        "said": voice.say(one.sentence),
    }


def begun(experiment: Experiment) -> Json:
    """What was fixed when the experiment was switched on; its seed is nobody's business while it runs."""
    return {
        "begun_at": iso(experiment.begun_at),
        "horizon_at": iso(experiment.horizon_at),
        "watch_days": experiment.watch_days,
        "worth_knowing": experiment.worth_knowing,
    }


def read_out(found: ReadOut, voice: Voice) -> Json:
    """``yield experiment read --json``; while it runs there is no contrast in it, nor how many were held back."""
    return {
        "state": found.state.value,
        "enrolled": found.enrolled,
        "held": found.held if found.contrasts else None,
        "contrasts": [_contrast(one, voice) for one in found.contrasts],
        "notes": [voice.say(sentence) for sentence in found.notes],
        "left_out": [voice.say(sentence) for sentence in found.left_out],
    }


def _contrast(one: Contrast, voice: Voice) -> Json:
    return {
        "outcome": one.outcome.value,
        "suggested": {"people": one.n_suggested, "mean": _round(one.suggested)},
        "held": {"people": one.n_held, "mean": _round(one.held)},
        "effect": _round(one.effect),
        "between": [_round(one.low), _round(one.high)],
        "p": _round(one.p),
        "still_needed": one.still_needed,
        "said": voice.say(one.sentence),
    }


def giving(found: Giving, names: Mapping[int, str], voice: Voice) -> Json:
    """``give --json``."""
    return {
        "promises": [
            {
                "contact": {"id": one.contact_id, "name": names.get(one.contact_id, "")},
                "text": one.text,
                "made_at": iso(one.made_at),
                "due": iso(one.due),
            }
            for one in found.promises
        ],
        "matches": [
            {
                "seeks": _note(one.seeks),
                "offers": _note(one.offers),
                "words": list(one.words),
                "said": voice.say(one.sentence),
            }
            for one in found.matches
        ],
    }


def _note(one: Note) -> Json:
    return {"id": one.contact_id, "name": one.name, "text": one.text}


def letter(found: Letter, voice: Voice) -> Json:
    """``year --json``."""
    return {
        "year": found.year,
        "opening": voice.say(found.opening),
        "sections": [
            {
                "key": section.key,
                "title": voice.say(section.title),
                "lines": [voice.say(line) for line in section.lines],
            }
            for section in found.sections
        ],
    }


def _round(value: float | None) -> float | None:
    """Six decimals; without a bound there is none."""
    return None if value is None or not isfinite(value) else round(float(value), 6)
