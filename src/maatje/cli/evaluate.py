"""``maatje evaluate``: the user's own past guessed again, in sentences, two tables, or JSON."""

from __future__ import annotations

from collections.abc import Sequence

import click

from maatje.app import evaluate as past_test
from maatje.app.wording import Voice
from maatje.cli import shapes, show
from maatje.cli.options import Given, shared
from maatje.model.evaluation import Past, Tally, Way

TENTH = 10


@click.command()
@shared
def evaluate(given: Given) -> None:
    """Does it guess well? Your own past, guessed again month by month with what was known then."""
    home = given.open()
    voice = given.voice(home)
    with home.connect(read_only=home.is_empty) as db:
        past = past_test.evaluate(db, given.at()) if home.is_empty else past_test.look_again(db, given.at())
    if given.as_json:
        given.print_json(shape(past, voice))
    else:
        click.echo(page(past, voice))


def page(past: Past, voice: Voice) -> str:
    """What came of it, for the terminal."""
    lines = [click.style(voice.text("Tested on your own past"), bold=True)]
    lines += [show.paragraph(voice.say(sentence), 2) for sentence in past_test.verdict(past)]
    if not past.is_enough:
        return "\n".join(lines)
    lines.append(show.heading(voice.text("When it said so, was it so?"), voice.text("comes by within a month")))
    lines += _groups(past, voice)
    lines.append(show.heading(voice.text("Against simpler ways"), voice.text("of two people, the right one first")))
    lines += _ways(past.ways, voice)
    lines.append(show.heading(voice.text("Where it is good, and where not")))
    for kind in past.kinds:
        words = " ".join(voice.say(sentence) for sentence in past_test.of_kind(kind))
        lines.append(show.paragraph(f"{voice.say(past_test.KINDS[kind.name])}: {words}", 2))
    lines.append(show.heading(voice.text("How it was done")))
    lines.append(show.paragraph(voice.say(past_test.how(past)), 2))
    return "\n".join(lines)


def _groups(past: Past, voice: Voice) -> list[str]:
    heads = voice.text("Said"), voice.text("Happened"), voice.text("Between"), voice.text("Guesses")
    rows = [
        (
            voice.figure(one.said),
            voice.figure(one.share),
            voice.interval(one.low, one.high) if one.is_enough else voice.text("too few to tell"),
            voice.number(one.n),
        )
        for one in past.groups
        if one.n
    ]
    return _table([heads, *rows], "<>>>")


def _ways(ways: tuple[Way, ...], voice: Voice) -> list[str]:
    rows = [
        (
            voice.say(past_test.WAYS[way.name]),
            "" if way.auc is None else voice.chance(way.auc),
            voice.figure(way.auc),
        )
        for way in ways
    ]
    return _table(rows, "<<>")


def _table(rows: Sequence[tuple[str, ...]], sides: str) -> list[str]:
    """Rows in columns, each as wide as its widest."""
    widths = [max((len(row[at]) for row in rows), default=0) for at in range(len(sides))]
    cells = [[f"{text:{side}{width}}" for text, side, width in zip(row, sides, widths, strict=True)] for row in rows]
    return ["  " + "  ".join(row).rstrip() for row in cells]


def shape(past: Past, voice: Voice) -> shapes.Json:
    """``evaluate --json``; what is not known is null."""
    return {
        "as_of": shapes.iso(past.as_of),
        "horizon_days": 30,
        "enough": past.is_enough,
        "sentences": [voice.say(sentence) for sentence in past_test.verdict(past)],
        "cutoffs": past.cutoffs,
        "first": shapes.iso(past.first_at),
        "last": shapes.iso(past.last_at),
        "people": past.people,
        "all": tally(past.whole),
        "ways": {
            way.name: {"auc": rounded(way.auc), "log_loss": rounded(way.log_loss), "named": tally(way.named)}
            for way in past.ways
        },
        "ahead_of_clock": None if past.ahead is None else [rounded(bound) for bound in past.ahead],
        "reliability": [
            {"from": place / TENTH, "to": (place + 1) / TENTH, **tally(one)} for place, one in enumerate(past.groups)
        ],
        "kinds": {kind.name: {"auc": rounded(kind.auc), **tally(kind.tally)} for kind in past.kinds},
        "waiting": {
            **tally(past.expected),
            "people": past.expected_people,
            "supported": past.supports_waiting,
        },
    }


def tally(one: Tally) -> shapes.Json:
    """Guesses, how many came true, and between what the share lies."""
    return {
        "guesses": one.n,
        "came": one.came,
        "said": rounded(one.said) if one.n else None,
        "happened": rounded(one.share) if one.n else None,
        "interval": [rounded(one.low), rounded(one.high)] if one.n else None,
    }


def rounded(value: float | None) -> float | None:
    """Four decimals: more would say more than is known."""
    return None if value is None else round(value, 4)
