"""The week as plain text for a terminal: the same words as on the page."""

from __future__ import annotations

from collections.abc import Iterable

import click

from maatje.app.wording import Voice
from maatje.cli.show import heading, opened, paragraph
from maatje.model.plan import Suggestion, Week


def week(page: Week, voice: Voice) -> str:
    """The one page."""
    lines = [
        click.style(voice.text("Week {number}", number=str(page.iso_week)), bold=True)
        + "  "
        + voice.week_range(page.iso_year, page.iso_week)
    ]
    if page.is_quiet:
        lines += ["", paragraph(voice.text("A quiet week, as you asked. Nothing is suggested."))]
    if page.answers:
        lines.append(heading(voice.text("Answers owed"), voice.text("they wrote; you come first")))
        lines += _suggestions(page.answers, voice)
    if page.greetings:
        title = voice.text_n("A greeting", "{n} greetings", len(page.greetings))
        lines.append(heading(opened(title), voice.text("if you feel like it")))
        lines += _suggestions(page.greetings, voice)
    if page.old_acquaintance is not None:
        lines.append(heading(voice.text("An old acquaintance"), voice.text("drawn by lot")))
        lines += _suggestions((page.old_acquaintance,), voice)
    if page.let_them_come or page.waiting_notes:
        lines.append(heading(voice.text("They will come by themselves"), voice.text("within a month; do nothing")))
        lines += [
            f"  {item.tie.name}, {voice.chance(chance)}  {voice.figure(chance)}"
            for item in page.let_them_come
            for chance in (item.tie.chances.comes_by_30,)
        ]
        lines += [paragraph(voice.say(sentence), 2) for sentence in page.waiting_notes]
    lines += _occasions(page, voice)
    if not (page.answers or page.greetings or page.old_acquaintance or page.is_quiet):
        lines += ["", paragraph(voice.text("Nothing to do this week. That is a result."))]
    if page.blind_spots:
        lines.append(heading(voice.text("What maatje cannot see")))
        lines.append(paragraph(" ".join(voice.say(sentence) for sentence in page.blind_spots), 2))
    lines += [
        "",
        paragraph(voice.text("That is all there is to do. What stays undone on Sunday is gone, not overdue.")),
    ]
    return "\n".join(lines)


def _suggestions(items: Iterable[Suggestion], voice: Voice) -> list[str]:
    """People with their reasons, and memories where there are any."""
    lines = []
    for item in items:
        lines.append("  " + click.style(item.tie.name, bold=True))
        lines.append(paragraph(voice.say(item.reason), 4))
        if item.tie.memory:
            lines.append(paragraph(f"“{item.tie.memory}”", 4))
    return lines


def _occasions(page: Week, voice: Voice) -> list[str]:
    """What is ahead, what is still open of what was, and the days to know."""
    lines = []
    if page.occasions:
        lines.append(heading(voice.text("Occasions ahead")))
        for ahead in page.occasions:
            where = f", {ahead.place}" if ahead.place else ""
            number = f"  #{ahead.occasion_id}" if ahead.occasion_id is not None else ""
            when = voice.when(ahead.at, all_day=ahead.all_day)
            lines.append(paragraph(f"{when}: {ahead.title}{where}{number}", 2))
    if page.still_open:
        lines.append(heading(voice.text("Still open"), voice.text("from occasions of late")))
        lines += [paragraph(voice.say(one.sentence), 2) for one in page.still_open]
    if page.days:
        lines.append(heading(voice.text("Days to know"), voice.text("nothing needs doing")))
        lines += [paragraph(voice.say(one.sentence), 2) for one in page.days]
    return lines
