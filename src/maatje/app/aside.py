"""What was set aside, by which rule, and how the user takes it back."""

from __future__ import annotations

from maatje.app import edit, follow
from maatje.identity.automata import RULES
from maatje.identity.normalise import read_handle
from maatje.model.contact import Handle, HandleKind
from maatje.model.page import Act, SetAside
from maatje.model.sentence import Sentence, say
from maatje.model.units import HandleId, Seconds
from maatje.store import aside as store
from maatje.store import handles, undo
from maatje.store.db import Db, snapshot

OF_MESSAGES = frozenset({"invitation", *(rule.name for rule in RULES if not rule.is_sender)})
"""Rules about a message, not about who sent it: a person's out-of-office answer makes nobody a machine."""

SENTENCES: dict[str, Sentence] = {rule.name: rule.sentence for rule in RULES} | {
    "invitation": say("An invitation that no calendar of yours answered."),
    "calendar-room": say("A room or a piece of equipment, not a person."),
    "calendar-group": say("A group's address, not a person."),
}


def sentence(rule: str) -> Sentence:
    """What a rule means, in words; a rule without any says its name."""
    return SENTENCES.get(rule) or say("Set aside: {rule}.", rule=rule)


def set_aside(db: Db, *, offset: int = 0, limit: int = 200) -> SetAside:
    """What was set aside: the senders with most messages first, and the messages by rule."""
    with snapshot(db):
        totals = store.totals(db)
        return SetAside(
            tuple(one for one in store.automata(db, offset, limit) if one.kept or one.rule not in OF_MESSAGES),
            totals.automata,
            totals.crowds,
            tuple((rule, sentence(rule), number) for rule, number in store.counts(db)),
        )


def find_sender(db: Db, text: str) -> Handle | None:
    """The sender that an address or "#number" (a handle's, as ``aside`` lists it) means."""
    bare = text.strip().removeprefix("#")
    if bare.isdecimal():
        # A longer number is no row of ours, and more than the store can hold.
        return None if len(bare) > 18 else handles.by_id(db, int(bare))
    found = read_handle(text)
    return None if found is None else handles.by_value(db, HandleKind(found[0]), found[1])


def keep(db: Db, handle_id: int, now: Seconds) -> None:
    """A sender that was set aside, or somebody only met in passing, is a person after all. Can be undone."""
    handle = handles.by_id(db, HandleId(handle_id))
    if handle is not None and not handle.automaton and not handle.is_me:
        edit.know(db, handle.id, now)
    else:
        _set_kept(db, HandleId(handle_id), now, kept=True)


def unkeep(db: Db, handle_id: int, now: Seconds) -> None:
    """A sender that was taken for a person is set aside again. Can be undone."""
    handle = handles.by_id(db, HandleId(handle_id))
    if handle is not None and not handle.automaton and not handle.kept and handle.contact_id is not None:
        edit.unknow(db, handle.contact_id, now)
        return
    _set_kept(db, HandleId(handle_id), now, kept=False)


def _set_kept(db: Db, handle_id: HandleId, now: Seconds, *, kept: bool) -> None:
    handle = handles.by_id(db, handle_id)
    value = handle.value if handle else ""
    person, aside = (
        say("{sender} counts as a person.", sender=value),
        say("{sender} was set aside again.", sender=value),
    )
    act = Act(person, aside) if kept else Act(aside, person)
    with undo.journaled(db, act, now, lambda: follow.within(db, now)):
        handles.keep(db, handle_id, kept=kept)
