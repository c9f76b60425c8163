"""Who is who, as text: pairs that may be one, what is known of somebody and whence, what forgetting erases."""

from __future__ import annotations

import click

from maatje.app.catalogue import N_
from maatje.app.forget import Going, Gone
from maatje.app.whence import NAMES, whence
from maatje.app.wording import Voice
from maatje.cli.show import heading, paragraph
from maatje.model.same import Duplicates, Pair, Side, Told

FACTS = 5


def duplicates(found: Duplicates, voice: Voice) -> str:
    """The pairs, likeliest first, and how to answer."""
    if not found.pairs:
        return paragraph(voice.text("Nobody looks like anybody else. Equal addresses were joined by themselves."))
    lines = [paragraph(voice.text("Equal addresses were joined by themselves. These look alike, and only you know."))]
    for pair in found.pairs:
        lines += _pair(pair, voice)
    rest = found.total - len(found.pairs)
    if rest > 0:
        more = voice.text_n("And one pair more, less likely.", "And {n} pairs more, less likely.", rest)
        lines += ["", paragraph(more)]
    first = found.pairs[0]
    ids = {"one": f"#{first.one.contact_id}", "other": f"#{first.other.contact_id}"}
    lines += [
        "",
        paragraph(voice.text("One person: maatje merge {one} {other}   Two: maatje different {one} {other}", **ids)),
        paragraph(voice.text("They can wait for ever; nothing depends on them.")),
    ]
    return "\n".join(lines)


def _pair(pair: Pair, voice: Voice) -> list[str]:
    chance = voice.text("{chance} that they are one", chance=voice.chance(pair.chance))
    title = voice.text("{name} and {other}", name=pair.one.name, other=pair.other.name)
    lines = [heading(title, chance)]
    for side in (pair.one, pair.other):
        lines += [paragraph(line, 2) for line in side_lines(side, voice)]
    for fact in pair.facts[:FACTS]:
        way = voice.text("for") if fact.bits > 0 else voice.text("against")
        lines.append(paragraph(f"{way}: {voice.say(fact.sentence)}", 4))
    return lines


def side_lines(side: Side, voice: Voice) -> list[str]:
    """One side in two or three lines."""
    lines = [f"#{side.contact_id}  {side.name}  {', '.join(side.handles[:3])}"]
    work = ", ".join(word for word in (side.title, side.organisation) if word)
    if work:
        lines.append("    " + work)
    if side.first_at is not None and side.last_at is not None:
        number = voice.text_n("one contact moment", "{n} contact moments", side.moments)
        span = voice.text(
            "{number}, {first} to {last}", number=number, first=voice.date(side.first_at), last=voice.date(side.last_at)
        )
        lines.append("    " + span)
    return lines


def told(found: Told, voice: Voice) -> str:
    """What is known field by field, with where each comes from, and the parts."""
    lines = []
    for field in found.fields:
        lines.append(f"  {voice.text(NAMES[field.name]):<14} {field.value}")
        lines.append(paragraph(whence(field, voice), 17))
    if len(found.parts) > 1:
        lines.append(heading(voice.text("Made one of"), voice.text("maatje split takes it apart")))
        lines += [paragraph(f"#{part.contact_id}  {part.name}  {', '.join(part.handles)}", 2) for part in found.parts]
    return "\n".join(lines)


def going(found: Going, voice: Voice) -> str:
    """What forgetting will erase, before it is asked for."""
    lines = [heading(voice.text("Forgetting {name} erases for good:", name=found.name))]
    for one, many, number in (
        (N_("one address or number"), N_("{n} addresses and numbers"), found.handles),
        (N_("one card, with its photograph and notes"), N_("{n} cards, with photographs and notes"), found.cards),
        (N_("one message or meeting"), N_("{n} messages and meetings"), found.messages),
        (N_("one memory"), N_("{n} memories"), found.memories),
    ):
        if number:
            lines.append("  · " + voice.text_n(one, many, number))
    if found.shared:
        lines.append(
            paragraph(
                voice.text_n(
                    "One message or meeting with others stays, without their name.",
                    "{n} messages and meetings with others stay, without their name.",
                    found.shared,
                ),
                2,
            )
        )
    if found.elsewhere:
        lines.append(
            paragraph(
                voice.text_n(
                    "One memory with somebody else mentions them, and stays as it is.",
                    "{n} memories with others mention them, and stay as they are.",
                    found.elsewhere,
                ),
                2,
            )
        )
    lines.append(paragraph(voice.text("No import brings them back, and undo does not either."), 2))
    return "\n".join([*lines, *_backups(found, voice), ""])


def _backups(found: Going, voice: Voice) -> list[str]:
    if not found.backups:
        return []
    said = voice.text_n(
        "One copy still holds them; delete it yourself when you no longer need it:",
        "{n} copies still hold them; delete these yourself when you no longer need them:",
        len(found.backups),
    )
    return [paragraph(said, 2), *(f"    {path}" for path in found.backups)]


def gone(found: Gone, voice: Voice) -> str:
    """That it is gone, and how that was checked."""
    lines = [click.style(voice.text("{name} is forgotten.", name=found.going.name), bold=True)]
    checked = voice.text_n(
        "Every byte of maatje's own file was looked through:",
        "Every byte of maatje's own {n} files was looked through:",
        found.files,
    )
    if found.left:
        lines.append(paragraph(checked + " " + voice.text("something of them is still in"), 2))
        lines += [f"    {path}" for path in found.left]
    else:
        lines.append(paragraph(checked + " " + voice.text("nothing of them is left."), 2))
    if found.read_from:
        own = voice.text_n(
            "One file that was read from tells of them still; it is yours, and was left alone.",
            "{n} files that were read from tell of them still; they are yours, and were left alone.",
            found.read_from,
        )
        lines.append(paragraph(own, 2))
    return "\n".join([*lines, *_backups(found.going, voice)])
