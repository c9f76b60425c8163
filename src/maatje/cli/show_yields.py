"""What came of it, as text: what was understood, the report question by question, the experiment, the year's letter."""

from __future__ import annotations

from collections.abc import Sequence

import click

from maatje.app.ledger import MESSAGE_MINUTES
from maatje.app.wording import Voice
from maatje.app.yields import DIRECTIONS, KINDS, Understood
from maatje.cli.show import heading, opened, paragraph
from maatje.model.ledger import (
    Contrast,
    Experiment,
    LedgerReport,
    Outcome,
    RateLine,
    ReadOut,
    Yield,
)
from maatje.model.sentence import Day
from maatje.model.units import ContactId
from maatje.planning.giving import Giving
from maatje.planning.letter import Letter
from maatje.planning.money import Money, written
from maatje.planning.readout import QUESTIONS

GIVING = 5
"""So much of what one could give stands above the report."""

Gift = tuple[Giving, dict[int, str]]


def understood(found: Understood, voice: Voice) -> str:
    """What a line came to, to be looked at before it is kept."""
    kind = voice.say(KINDS[found.kind]) if found.kind else "?"
    way = voice.say(DIRECTIONS[found.direction]) if found.direction else "?"
    rows = [(voice.text("What"), f"{kind}, {way}")]
    if found.people:
        rows.append((voice.text("Through"), ", ".join(f"{name} (#{number})" for number, name in found.people)))
    rows.append((voice.text("When"), voice.day(found.at)))
    if found.occasion:
        rows.append((voice.text("Occasion"), found.occasion[1]))
    if worth := worth_words(found.money, found.worth_word, voice):
        rows.append((voice.text("Worth"), worth))
    wide = max(len(name) for name, _ in rows)
    lines = [paragraph(f"“{found.text}”", 2), *(f"  {name:<{wide}}  {words}" for name, words in rows)]
    faults = [voice.fault(fault) for fault in found.faults]
    questions = [voice.say(sentence) for sentence in (*found.asks, *found.notes)]
    return "\n".join([*lines, *(paragraph(words, 2) for words in (*faults, *questions))])


def worth_words(money: Money | None, word: str, voice: Voice) -> str:
    """A sum, or the user's own word; "" for neither."""
    return written(money, voice.lang) if money else word


def listed(found: Sequence[tuple[Yield, tuple[str, ...]]], voice: Voice) -> str:
    """All that was written down."""
    if not found:
        return paragraph(voice.text('Nothing is written down yet. maatje yield add "LINE" writes something down.'))
    lines = []
    for made, names in found:
        worth = Money(made.worth_cents, made.currency) if made.worth_cents is not None else None
        words = [voice.say(KINDS[made.kind]), voice.say(DIRECTIONS[made.direction]), ", ".join(filter(None, names))]
        words.append(worth_words(worth, made.worth_word, voice))
        lines.append(f"{made.id:>6}  {voice.day(made.at)}  {made.text}")
        lines.append(paragraph(", ".join(filter(None, words)), 8))
    return "\n".join(lines)


def report(found: LedgerReport, gift: Gift, experiment: ReadOut | None, voice: Voice) -> str:
    """The report, a question a section; what one could give stands first."""
    lines = [click.style(voice.text("Does it work?"), bold=True)]
    lines.append(paragraph(" ".join(voice.say(sentence) for sentence in found.lead), 2))
    moments, day = found.moments, Day(found.since)
    since = voice.text("Since {day}: {moments} contact moments.", day=day, moments=moments)
    lines.append(paragraph(f"{since} {voice.say(found.exchange)}", 2))
    if gift[0].promises or gift[0].matches:
        lines.append(heading(voice.text("What could I give?")))
        lines += _gift(*gift, voice)
    questions: tuple[tuple[str, tuple[RateLine, ...]], ...] = (
        (voice.text("By kind of tie"), found.kinds),
        (voice.text("By how close it ever was"), found.strengths),
        (voice.text("By who began"), found.began),
        (voice.text("By way"), found.ways),
        (voice.text("By series of gatherings"), found.series),
    )
    for title, rows in questions:
        if rows:
            lines.append(heading(title, voice.text("received, per contact moment and per hour")))
            for row in rows:
                hours = f" {voice.say(row.hours_sentence)}" if row.hours_sentence else ""
                lines.append(paragraph(f"{opened(voice.say(row.title))}: {voice.say(row.sentence)}{hours}", 2))
    if found.ways:
        lines.append(paragraph(assumed(voice), 2))
    if found.differences:
        lines.append(heading(voice.text("Side by side"), voice.text("pairs chosen beforehand")))
        lines += [paragraph(voice.say(one.sentence), 2) for one in found.differences]
    lines.append(heading(voice.text("How long does it take?")))
    lines.append(paragraph(voice.say(found.lag.sentence), 2))
    if found.evenings.sentence:
        lines.append(paragraph(voice.say(found.evenings.sentence), 2))
    if found.left_out:
        lines.append(heading(voice.text("What was left out")))
        lines += [paragraph(voice.say(sentence), 2) for sentence in found.left_out]
    if experiment is not None:
        lines += ["", read_out(experiment, voice)]
    return "\n".join(lines)


def assumed(voice: Voice) -> str:
    """What the hours rest on."""
    return voice.text(
        "A message is taken as {minutes} minutes, which nobody measured; an hour with four people as a quarter each.",
        minutes=MESSAGE_MINUTES,
    )


def read_out(found: ReadOut | None, voice: Voice) -> str:
    """What the experiment says, or that there is none, or that it runs."""
    lines = [click.style(voice.text("Story or experiment?"), bold=True)]
    if found is None:
        off = voice.text("There is no experiment. maatje yield experiment on begins one; it holds back one in ten.")
        return "\n".join([*lines, paragraph(off, 2)])
    for number, contrast in enumerate(found.contrasts):
        lines += _contrast(contrast, voice, is_first=number == 0)
    lines += [paragraph(voice.say(sentence), 2) for sentence in (*found.notes, *found.left_out)]
    return "\n".join(lines)


def _contrast(one: Contrast, voice: Voice, *, is_first: bool) -> list[str]:
    question = voice.say(QUESTIONS[one.outcome])
    lines = [paragraph(f"{question} {voice.say(one.sentence)}", 2 if is_first else 4)]
    lines.append(paragraph(groups(one, voice), 4))
    return lines


def groups(one: Contrast, voice: Voice) -> str:
    """The two groups beside each other in figures."""
    between = ""
    if one.n_held and one.n_suggested and one.low > float("-inf") and one.high < float("inf"):
        between = " " + voice.text(
            "The difference is {effect}, likely between {low} and {high}.",
            effect=signed(one.effect), low=signed(one.low), high=signed(one.high),
        )  # fmt: skip
    if one.outcome is Outcome.YIELD:
        words = voice.text(
            "Greeted: {greeted} things for each of {n} people; held back: {held} for each of {m}.",
            greeted=voice.figure(one.suggested), n=one.n_suggested, held=voice.figure(one.held), m=one.n_held,
        )  # fmt: skip
    else:
        words = voice.text(
            "Greeted: {greeted} of {n}; held back: {held} of {m}.",
            greeted=round(one.suggested * one.n_suggested), n=one.n_suggested,
            held=round(one.held * one.n_held), m=one.n_held,
        )  # fmt: skip
    return words + between


def signed(value: float) -> str:
    """A difference of shares: "+.12"."""
    return f"{value:+.2f}".replace("0.", ".", 1).replace("-", "−")


def begun(experiment: Experiment, voice: Voice) -> str:
    """That the experiment is on, and what was fixed."""
    return voice.text(
        "The experiment runs until {day}. The question that decides: {question} One in ten of those you would greet "
        "is held back, by lot; nobody sees whom. Nothing is read before that day.",
        day=Day(experiment.horizon_at),
        question=QUESTIONS[experiment.question],
    )


def giving(found: Giving, names: dict[int, str], voice: Voice) -> str:
    """What there is to give."""
    lines = [click.style(voice.text("What could I give?"), bold=True)]
    if not found.promises and not found.matches:
        nothing = voice.text(
            "Nothing that was written down. What somebody looks for can be remembered: "
            'maatje remember NAME "looks for a printer".'
        )
        return "\n".join([*lines, paragraph(nothing, 2)])
    return "\n".join([*lines, *_gift(found, names, voice)])


def _gift(found: Giving, names: dict[int, str], voice: Voice) -> list[str]:
    lines = [
        paragraph(
            voice.text(
                "You promised {name} {day:on}: “{text}”", name=names.get(ContactId(one.contact_id), ""),
                day=Day(one.made_at), text=one.text,
            ),
            2,
        )
        for one in found.promises
    ]  # fmt: skip
    return [*lines, *(paragraph(voice.say(one.sentence), 2) for one in found.matches)]


def question(found: Sequence[tuple[ContactId, str]], voice: Voice) -> str:
    """The monthly question, or that there is nothing to ask."""
    if not found:
        return paragraph(voice.text("Nothing to ask now. It comes once a month at most."))
    lines = [click.style(voice.text("Did anything come of these?"), bold=True)]
    lines += [f"  #{number}  {name}" for number, name in found]
    lines.append(paragraph(voice.text('maatje yield add "LINE" writes it down; nothing is an answer too.'), 2))
    return "\n".join(lines)


def letter(found: Letter, voice: Voice) -> str:
    """The year's letter."""
    lines = [click.style(voice.say(found.opening), bold=True)]
    for section in found.sections:
        lines.append(heading(voice.say(section.title)))
        lines += [paragraph(voice.say(line), 2) for line in section.lines]
    return "\n".join(lines)
