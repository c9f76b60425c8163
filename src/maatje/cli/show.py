"""Values as plain text for a terminal: short lines, no colour needed, the same words as on the pages."""

from __future__ import annotations

import os
import shutil
import textwrap
from collections.abc import Iterable
from dataclasses import replace

import click

from maatje.app.wording import N_, Voice
from maatje.model.interaction import Direction, Interaction
from maatje.model.page import Added, ContactPage, Found, Pile, SetAside, SourceLine, Why
from maatje.model.plan import LastTouch, Tie
from maatje.model.sentence import say_n

WIDEST = 88
MANY_FILES = 12
"""More files of one format than this are told in one line."""

PLACES = {"byte": N_("byte {n}"), "entry": N_("entry {n}"), "message": N_("message {n}"), "line": N_("line {n}")}
"""Where in a source a problem lies, by the word a source uses."""

RULES = (
    *(N_("auto-reply"), N_("booking"), N_("bounce"), N_("calendar-group"), N_("calendar-notice"), N_("calendar-room")),
    *(N_("mailing-list"), N_("newsletter"), N_("no-reply"), N_("notice"), N_("one-time-address"), N_("one-way")),
    N_("room"),
)
"""The rules' names, for the catalogue; in JSON they stay as they are."""


def width() -> int:
    """How wide a line may be: the terminal's, at most what reads well."""
    return min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST)


def opened(text: str) -> str:
    """A text with its first letter as at the beginning of a sentence; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def paragraph(text: str, indent: int = 0) -> str:
    """A text broken into lines."""
    pad = " " * indent
    return textwrap.fill(text, width(), initial_indent=pad, subsequent_indent=pad)


def heading(text: str, aside: str = "") -> str:
    """A section's title, as on the page with its few words beside it."""
    return "\n" + click.style(text, bold=True) + (f"  {aside}" if aside else "")


def last(touch: LastTouch, voice: Voice) -> str:
    """The latest contact moment in words: who came, and when."""
    words = {
        Direction.IN: voice.text("they wrote, {day}", day=voice.day(touch.at)),
        Direction.OUT: voice.text("you wrote, {day}", day=voice.day(touch.at)),
        Direction.BOTH: voice.text("met, {day}", day=voice.day(touch.at)),
    }
    return words[touch.direction]


def pile(page: Pile, voice: Voice) -> str:
    """The pile as a table, best first."""
    if not page.total:
        return voice.text("Nobody is on the pile yet. Begin with: maatje add PATH")
    head = (
        voice.text_n(
            "The pile: one person.",
            "The pile: {n} people; about {expected} of them will come by within a month, whatever you do.",
            page.total,
            expected=voice.count(round(page.expected)),
        )
        if round(page.expected)
        else voice.text_n(
            "The pile: one person; hardly likely to come by within a month, whatever you do.",
            "The pile: {n} people; hardly any of them will come by within a month, whatever you do.",
            page.total,
        )
    )
    rows = [_pile_row(tie, voice) for tie in page.ties]
    names = max((len(row[0]) for row in rows), default=0)
    lasts = max((len(row[3]) for row in rows), default=0)
    lines = [paragraph(head), ""]
    lines += [f"  {row[0]:<{names}}  {row[1]:>3}  {row[2]:>12}  {row[3]:<{lasts}}  {row[4]}".rstrip() for row in rows]
    if page.matching > len(page.ties):
        lines += ["", voice.text("{shown} of {total} shown.", shown=str(len(page.ties)), total=str(page.matching))]
    return "\n".join(lines)


def _pile_row(tie: Tie, voice: Voice) -> tuple[str, str, str, str, str]:
    """Name, chance, interval, last sign, circle."""
    interval = voice.interval(tie.chances.low, tie.chances.high)
    circle = str(tie.circle) if tie.circle else ""
    return tie.name, voice.figure(tie.chances.comes_by_30), interval, last(tie.last, voice), circle


def moment(item: Interaction, voice: Voice) -> str:
    """One contact moment as a line."""
    who = {
        Direction.IN: voice.text("they wrote"),
        Direction.OUT: voice.text("you wrote"),
        Direction.BOTH: voice.text("met"),
    }[item.direction]
    title = f": {item.title}" if item.title else ""
    return f"{voice.date(item.at)}  {who}{title}"


def contact(page: ContactPage, voice: Voice) -> str:
    """All about one contact."""
    person = page.contact
    lines = [click.style(person.name, bold=True) + f"  #{person.id}"]
    role = ", ".join(part for part in (person.title, person.organisation) if part)
    if role:
        lines.append("  " + role)
    for handle in person.handles:
        aside = ""
        if handle.automaton and not handle.kept:
            aside = "  " + voice.text("set aside: {rule}", rule=voice.text(handle.automaton))
        lines.append(f"  {handle.value}{aside}")
    lines += [paragraph(f"· {voice.say(one.sentence)}", 2) for one in page.noticed]
    if person.is_light:
        passing = voice.text(
            "Met once, in passing; somebody you know? maatje keep {address}", address=person.handles[0].value
        )
        lines += ["", paragraph(passing, 2)]
    if person.leave_alone:
        lines += ["", paragraph(voice.text("Left alone, as you asked."), 2)]
    if page.tie is None:
        lines += ["", paragraph(voice.text("No contact moment that counts was found."), 2)]
    else:
        lines += ["", *_tie_lines(page, page.tie, voice)]
    if page.memories:
        lines.append(heading(voice.text("Memories")))
        lines += [paragraph(memory.text, 2) for memory in page.memories]
    if page.moments:
        lines.append(heading(voice.text("Last moments")))
        lines += ["  " + moment(item, voice) for item in page.moments]
    return "\n".join(lines)


def _tie_lines(page: ContactPage, tie: Tie, voice: Voice) -> list[str]:
    """How the tie lies now."""
    return [
        paragraph(
            opened(
                voice.text(
                    "{chance} that they come by within a month; {answer} that they answer if you write.",
                    chance=voice.chance(tie.chances.comes_by_30),
                    answer=voice.chance(tie.chances.replies_7),
                )
            ),
            2,
        ),
        paragraph(
            opened(
                voice.text(
                    "{place} of {of} on the pile; {moments} moments since {first}; last: {last}.",
                    place=voice.ordinal(page.place),
                    of=str(page.of),
                    moments=str(tie.interactions),
                    first=voice.month(tie.first_at),
                    last=last(tie.last, voice),
                )
            ),
            2,
        ),
    ]


def why(page: Why, voice: Voice) -> str:
    """Why somebody is, or is not, on this week's page."""
    lines = [
        click.style(voice.text("Why {name}?", name=page.contact.name), bold=True),
        paragraph(voice.say(page.lead), 2),
    ]
    if page.tie is not None:
        chances = page.tie.chances
        lines.append(heading(voice.text("Three questions")))
        lines += [
            paragraph(
                f"{voice.text('How dear is this tie?')} {voice.say(page.worth)} ({voice.figure(page.tie.worth)})", 2
            ),
            paragraph(
                f"{voice.text('Would they answer?')} "
                + opened(voice.text("{chance}, within a week.", chance=voice.chance(chances.replies_7)))
                + f" ({voice.figure(chances.replies_7)})",
                2,
            ),
            paragraph(
                f"{voice.text('Would they come by anyway?')} "
                + opened(voice.text("{chance}, within a month.", chance=voice.chance(chances.comes_by_30)))
                + f" ({voice.figure(chances.comes_by_30)}; {voice.interval(chances.low, chances.high)})",
                2,
            ),
        ]
    if page.pulls:
        lines.append(heading(voice.text("What makes it likelier (+) or less likely (–) that they come by")))
        lines += [
            paragraph(f"{'+' if pull.strength >= 0 else '–'} {voice.say(pull.sentence)}", 2) for pull in page.pulls
        ]
    if page.verdicts:
        lines.append(heading(voice.text("The manners, one by one")))
        lines += [
            paragraph(f"{'■' if verdict.holds_back else '·'} {voice.say(verdict.sentence)}", 2)
            for verdict in page.verdicts
        ]
    return "\n".join(lines)


def found(page: Found, voice: Voice) -> str:
    """What a search brought up."""
    if not page.understood:
        return voice.text("These words cannot be searched for; try plain words.")
    if not page.hits:
        return voice.text("Nothing was found for “{words}”.", words=page.words)
    lines = []
    for hit in page.hits:
        when = f"{voice.date(hit.at)}  " if hit.at is not None else ""
        name = f"{hit.name}: " if hit.name and hit.kind != "contact" else ""
        number = f"  #{hit.contact_id}" if hit.kind == "contact" and hit.contact_id is not None else ""
        if hit.kind == "named":
            number = "  " + voice.text("only ever copied; somebody you know? maatje keep {address}", address=hit.text)
        lines.append(f"{when}{name}{hit.text or hit.name}{number}")
    if page.more:
        lines.append(voice.text("There is more; add a word to narrow it down."))
    return "\n".join(lines)


def aside(page: SetAside, voice: Voice) -> str:
    """What was set aside, by rule and then by sender."""
    if not page.rules and not page.automata:
        return voice.text("Nothing was set aside.")
    lines = [heading(voice.text("Set aside, by rule")).lstrip("\n")]
    lines += [paragraph(f"{messages:>7}  {voice.say(sentence)}", 2) for _, sentence, messages in page.rules]
    if page.automata:
        lines.append(heading(voice.text("The largest senders"), voice.text("a person after all? maatje keep #number")))
        kept = voice.text("counted, as you asked")
        lines += [
            f"  {item.messages:>6}  #{item.handle_id}  {item.value}  ({kept if item.kept else voice.text(item.rule)})"
            for item in page.automata[:40]
        ]
    return "\n".join(lines)


def added(result: Added, voice: Voice) -> str:
    """What an import did, source by source, and what could not be read."""
    lines = [_source_line(line, voice) for line in _gathered(result.sources, voice)]
    all_told = voice.text(
        "{moments} with {people}; {aside} of machines and crowds set aside.",
        moments=say_n("one contact moment", "{n} contact moments", result.interactions),
        people=say_n("one person", "{n} people", result.contacts),
        aside=say_n("one message", "{n} messages", result.automata + result.crowds),
    )
    lines += ["", paragraph(all_told), paragraph(_me(result, voice))]
    if result.nameless_cards:
        told = voice.text_n(
            "One card names neither an address nor a number; nobody is known by it.",
            "{n} cards name neither an address nor a number; nobody is known by them.",
            result.nameless_cards,
        )
        lines.append(paragraph(told))
    return "\n".join(lines)


def _source_line(line: SourceLine, voice: Voice) -> str:
    """One source, or many of a kind, with what was new in it."""
    new = voice.text("new")
    told = f"  {line.new:>8} {new}  {line.format:<10} {line.path}"
    if not line.problems:
        return told
    return f"{told}  " + voice.text("with {faults}", faults=say_n("one problem", "{n} problems", line.problems))


def _gathered(sources: Iterable[SourceLine], voice: Voice) -> Iterable[SourceLine]:
    """The sources as they came; many files of one format, such as a folder of letters, told in one line."""
    by_format: dict[str, list[SourceLine]] = {}
    for line in sources:
        by_format.setdefault(line.format, []).append(line)
    for lines in by_format.values():
        if len(lines) <= MANY_FILES:
            yield from lines
            continue
        try:
            folder = os.path.commonpath([line.path for line in lines]) or "."
        except ValueError:  # some paths absolute, some not
            folder = "."
        yield replace(
            lines[0],
            path=voice.text_n("one file in {folder}", "{n} files in {folder}", len(lines), folder=folder),
            records=sum(line.records for line in lines),
            new=sum(line.new for line in lines),
            problems=sum(line.problems for line in lines),
        )


def _me(result: Added, voice: Voice) -> str:
    """Which addresses are taken for the user's own, and how to say otherwise."""
    if not result.me:
        return voice.text("Which address is yours? Say so with: maatje add --me you@example.org")
    mine = ", ".join(result.me)
    if result.me_is_sure:
        told = [voice.text("You are {me}.", me=mine)]
    else:
        told = [voice.text("You are probably {me}. If not, say so: maatje add --me you@example.org", me=mine)]
    told += [voice.text("No mail names {address}: a slip of the pen?", address=one) for one in result.me_unseen]
    told += [
        voice.text("Is {address} yours as well? Then say: maatje add --me {address}", address=one)
        for one in result.me_asked[:3]
    ]
    return " ".join(told)


def problems(result: Added, voice: Voice, most: int = 20) -> str:
    """The problems, the first of them one by one."""
    lines = [voice.text_n("One record could not be read:", "{n} records could not be read:", result.problems_total)]
    lines += [
        f"  {one.origin.source}, {_where(one.where, voice)}: {_matter(one.message, voice)}"
        for one in result.problems[:most]
    ]
    if result.problems_total > most:
        lines.append("  " + voice.text("… and more; all of them: maatje add --json"))
    return "\n".join(lines)


def _where(place: str, voice: Voice) -> str:
    """A problem's place in words of this language."""
    said = []
    for part in place.split(", "):
        word, _, number = part.partition(" ")
        said.append(voice.text(PLACES[word], n=number) if word in PLACES else voice.text(part))
    return ", ".join(said)


def _matter(message: str, voice: Voice) -> str:
    """What is the matter with a record, in this language; of a calendar entry with the reason behind it."""
    told = N_("A calendar entry could not be read in full: {reason}.")
    opening = told.partition("{")[0]
    if not message.startswith(opening):
        return voice.text(message)
    return voice.text(told, reason=voice.text(message.removeprefix(opening).removesuffix(".")))
