"""The page to add things on: what there is, what the last import did, and how to add more; and the undo list."""

from __future__ import annotations

from dataclasses import dataclass

from maatje.app.wording import N_, Voice
from maatje.model.page import Added, Coverage, Undoable
from maatje.model.sentence import Sentence, say, say_n
from maatje.web.contexts.people import LONGEST_TITLE, shown

KINDS = {"mail": N_("Mail"), "meeting": N_("Calendar"), "card": N_("Address book")}
"""What each kind of source is called."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one kind of source reaches."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class AddedView:
    """What the last import did."""

    sources: tuple[tuple[str, str], ...]
    found: tuple[tuple[str, str], ...]
    me: str
    problems: tuple[str, ...]
    problems_words: str


@dataclass(frozen=True, slots=True)
class AddView:
    """The page."""

    reaches: tuple[Reach, ...]
    added: AddedView | None


@dataclass(frozen=True, slots=True)
class UndoLine:
    """One act that can be taken back."""

    id: int
    words: str
    when: str
    undone: bool
    back: str


def add_view(coverage: tuple[Coverage, ...], added: Added | None, voice: Voice) -> AddView:
    """The page, with what the last import did if there was one."""
    reaches = tuple(_reach(one, voice) for one in coverage if one.records)
    return AddView(reaches, _added(added, voice) if added is not None else None)


def undo_lines(acts: tuple[Undoable, ...], voice: Voice) -> tuple[UndoLine, ...]:
    """What can be taken back, latest first as it was given."""
    return tuple(
        UndoLine(
            act.id,
            voice.say(act.what),
            f"{voice.day(act.at)}, {voice.time(act.at)}",
            act.undone,
            voice.say(say("If you undo it: {what}", what=act.back)) if act.back is not None else "",
        )
        for act in acts
    )


def _reach(one: Coverage, voice: Voice) -> Reach:
    name = voice.text(KINDS[one.kind]) if one.kind in KINDS else one.kind
    number = voice.number(one.records)
    if one.first_at is None or one.last_at is None:
        return Reach(name, voice.say(say_n("{n} record", "{n} records", one.records)))
    words = say(
        "{number}, from {first} to {last}", number=number, first=voice.date(one.first_at), last=voice.date(one.last_at)
    )
    return Reach(name, voice.say(words))


def _added(added: Added, voice: Voice) -> AddedView:
    sources = tuple(
        (shown(line.path, LONGEST_TITLE), voice.say(_line(line.records, line.new))) for line in added.sources
    )
    aside = say("{automata} from automata and {crowds} to a crowd", automata=added.automata, crowds=added.crowds)
    return AddedView(
        sources,
        (
            (voice.text("New"), voice.say(say_n("{n} contact moment", "{n} contact moments", added.new))),
            (voice.text("People"), voice.number(added.contacts)),
            (voice.text("Set aside"), voice.say(aside)),
        ),
        ", ".join(shown(address) for address in added.me),
        tuple(f"{shown(one.where)}: {shown(one.message, LONGEST_TITLE)}" for one in added.problems[:20]),
        voice.say(_problems(added.problems_total)) if added.problems_total else "",
    )


def _line(records: int, new: int) -> Sentence:
    if not records:
        return say("nothing that could be read")
    return say("{records} read, {new} new", records=records, new=new)


def _problems(total: int) -> Sentence:
    return say_n(
        "{n} record could not be read; the rest went on.", "{n} records could not be read; the rest went on.", total
    )
