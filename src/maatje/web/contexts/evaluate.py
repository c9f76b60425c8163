"""Does it guess well: what came of the guesses about the user's own past, in sentences, two drawings and tables."""

from __future__ import annotations

from dataclasses import dataclass

from maatje.app import evaluate
from maatje.app.evaluate import Kept
from maatje.app.wording import Voice
from maatje.model.evaluation import Past, Tally, Way
from maatje.model.sentence import Day, Sentence, say
from maatje.web.drawings import Mark, Reach, reach, reliability_drawing


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group of guesses: what was said, what happened, between what that lies, how many guesses."""

    said: str
    happened: str
    between: str
    guesses: str


@dataclass(frozen=True, slots=True)
class NamedRow:
    """Of the people that one way names, how many came, and the bar that shows it."""

    name: str
    words: str
    label: str
    bar: Reach


@dataclass(frozen=True, slots=True)
class WayRow:
    """One way of guessing: in words and figures."""

    name: str
    words: str
    auc: str
    log_loss: str


@dataclass(frozen=True, slots=True)
class KindRow:
    """People of one kind, and how well it guesses about them."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class EvaluateView:
    """The page, ready to be drawn; without a test yet, or with too little, there are sentences only."""

    lead: str
    verdict: tuple[str, ...]
    held: str
    is_tested: bool
    is_enough: bool
    marks: tuple[Mark, ...]
    words: str
    groups: tuple[GroupRow, ...]
    named: tuple[NamedRow, ...]
    ways: tuple[WayRow, ...]
    kinds: tuple[KindRow, ...]
    how: str
    age: str


def evaluate_view(kept: Kept | None, voice: Voice) -> EvaluateView:
    """The page of the last test; None where there was none."""
    if kept is None:
        lead = voice.text("Not tested yet: maatje can guess your own past again and look what happened.")
        return EvaluateView(lead, (), "", False, False, (), "", (), (), (), (), "", "")
    past = kept.past
    fine = past.is_enough
    return EvaluateView(
        lead=voice.text(
            "Every thirty days maatje guessed with what it could know on that day, and looked what happened."
        ),
        verdict=_verdict(past, voice),
        held=voice.say(evaluate.in_all(past.whole)) if fine else "",
        is_tested=True,
        is_enough=fine,
        marks=reliability_drawing(past.groups) if fine else (),
        words=voice.say(_plot_words(past)),
        groups=tuple(_group(one, voice) for one in past.groups if one.n) if fine else (),
        named=tuple(_named(way, voice) for way in past.ways if way.name != "own" and way.named.n) if fine else (),
        ways=tuple(_way(way, voice) for way in past.ways) if fine else (),
        kinds=tuple(
            KindRow(
                voice.say(evaluate.KINDS[kind.name]),
                " ".join(voice.say(sentence) for sentence in evaluate.of_kind(kind)),
            )
            for kind in past.kinds
        )
        if fine
        else (),
        how=voice.say(evaluate.how(past)),
        age=_age(kept, voice),
    )


def _verdict(past: Past, voice: Voice) -> tuple[str, ...]:
    """What came of it, by paragraph; whether its chances held stands beside the plot."""
    if not past.is_enough:
        return tuple(voice.say(sentence) for sentence in evaluate.verdict(past))
    told = [" ".join(voice.say(sentence) for sentence in evaluate.fresh(past))]
    return tuple(told if past.supports_waiting else [*told, voice.say(evaluate.unsupported(past))])


def _age(kept: Kept, voice: Voice) -> str:
    tested = voice.text("Tested {day:on}.", day=Day(kept.past.as_of))
    return tested if kept.is_current else tested + " " + voice.text("Something was added or changed since.")


def _plot_words(past: Past) -> Sentence:
    """The plot for whoever cannot see it."""
    known = [one for one in past.groups if one.is_enough]
    fits = sum(one.low <= one.said <= one.high for one in known)
    return say(
        "On the diagonal, what was said happened as often. Of {n} groups of enough guesses, {fits} agree with it as far"
        " as can be told, in {above} more came than said, in {below} fewer. The table below gives the figures.",
        n=len(known),
        fits=fits,
        above=sum(one.said < one.low for one in known),
        below=sum(one.said > one.high for one in known),
    )


def _group(one: Tally, voice: Voice) -> GroupRow:
    between = voice.interval(one.low, one.high) if one.is_enough else voice.text("too few to tell")
    return GroupRow(voice.figure(one.said), voice.figure(one.share), between, voice.number(one.n))


def _named(way: Way, voice: Voice) -> NamedRow:
    tally = way.named
    name = voice.say(evaluate.WAYS[way.name])
    came = voice.text("{came} of {n} came by", came=tally.came, n=tally.n)
    label = voice.text(
        "{name}: {words}, likely between {low} and {high}",
        name=name, words=came, low=voice.figure(tally.low), high=voice.figure(tally.high),
    )  # fmt: skip
    return NamedRow(name, came, label, reach(tally))


def _way(way: Way, voice: Voice) -> WayRow:
    words = voice.text("too little to tell")
    if way.auc is not None:
        words = voice.chance(way.auc)
    loss = "" if way.log_loss is None else f"{way.log_loss:.3f}".removeprefix("0")
    return WayRow(voice.say(evaluate.WAYS[way.name]), words, voice.figure(way.auc), loss)
