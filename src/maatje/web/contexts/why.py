"""Why somebody is on the page, or is not: three questions multiplied, the facts, the manners one by one."""

from __future__ import annotations

from dataclasses import dataclass

from maatje.app.wording import Voice
from maatje.model.page import Why
from maatje.model.plan import Tie
from maatje.model.sentence import Chance, say
from maatje.planning.restraint import TITLES
from maatje.web.contexts.people import Person, person
from maatje.web.drawings import PullBar, pull_bar


@dataclass(frozen=True, slots=True)
class Question:
    """One of the three factors: what is asked, the answer in words, its figure and interval ("" if none)."""

    asks: str
    words: str
    label: str
    figure: str
    interval: str


@dataclass(frozen=True, slots=True)
class PullView:
    """One fact that pulls, and which way, in words for whoever cannot see the bar."""

    words: str
    way: str
    bar: PullBar


@dataclass(frozen=True, slots=True)
class RuleView:
    """One rule of restraint and what it says of this tie."""

    title: str
    words: str
    holds_back: bool


@dataclass(frozen=True, slots=True)
class WhyView:
    """The page, ready to be drawn. Without a tie there are neither questions nor pulls."""

    person: Person
    title: str
    lead: str
    questions: tuple[Question, ...]
    together: str
    product: str
    result: str
    pulls_title: str
    pulls: tuple[PullView, ...]
    rules: tuple[RuleView, ...]
    leave_alone: bool


def why_view(why: Why, voice: Voice) -> WhyView:
    """The page of one "why"."""
    who = person(why.contact.id, why.contact.name)
    tie = why.tie
    likely = tie is not None and tie.chances.comes_by_30 >= 0.5
    title = say("What makes them likely to come by") if likely else say("What makes them unlikely to come by")
    return WhyView(
        person=who,
        title=voice.text("Why {name}?", name=who.first),
        lead=voice.say(why.lead),
        questions=_questions(why, tie, voice) if tie is not None else (),
        together=_together(why, voice),
        product=_product(tie, voice) if tie is not None else "",
        result=voice.figure(why.benefit),
        pulls_title=voice.say(title),
        pulls=tuple(
            PullView(
                voice.say(pull.sentence),
                voice.text("(likelier)") if pull.strength >= 0 else voice.text("(less likely)"),
                pull_bar(pull.strength),
            )
            for pull in why.pulls
        ),
        rules=tuple(
            RuleView(voice.say(TITLES[verdict.rule]), voice.say(verdict.sentence), verdict.holds_back)
            for verdict in why.verdicts
        ),
        leave_alone=why.contact.leave_alone,
    )


def _questions(why: Why, tie: Tie, voice: Voice) -> tuple[Question, ...]:
    chances = tie.chances
    comes = voice.text("{chance}, within a month.", chance=Chance(chances.comes_by_30))
    return (
        Question(
            voice.text("How dear is this tie?"), voice.say(why.worth), voice.text("worth"), voice.figure(tie.worth), ""
        ),
        Question(
            voice.text("Would they answer?"),
            voice.text("{chance}, within a week.", chance=Chance(chances.replies_7)),
            "",
            voice.figure(chances.replies_7),
            "",
        ),
        Question(
            voice.text("Would they come by anyway?"),
            comes,
            "",
            voice.figure(chances.comes_by_30),
            voice.interval(chances.low, chances.high),
        ),
    )


def _together(why: Why, voice: Voice) -> str:
    if why.rank < 1:
        return voice.text("Together, with nobody to compare them with.")
    return voice.text(
        "Together: number {rank} of {of} this week; {shown} are shown.", rank=why.rank, of=why.of, shown=why.shown
    )


def _product(tie: Tie, voice: Voice) -> str:
    factors = (tie.worth, tie.chances.replies_7, 1 - tie.chances.comes_by_30)
    return " × ".join(voice.figure(factor) for factor in factors)
