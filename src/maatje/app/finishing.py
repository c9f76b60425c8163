"""What follows from rows that were read: who the user is, machines, touches, contacts, names, ties."""

from __future__ import annotations

from collections.abc import Sequence

from maatje.app import follow, selfhood
from maatje.identity.automata import Sender, sender_rule
from maatje.model.units import HandleId, Seconds
from maatje.planning.calendar import iso_week, week_label
from maatje.store import evidence, handles, interactions, latest, meta
from maatje.store.db import Db, transaction


def is_due(db: Db) -> bool:
    """Whether an import was broken off before what follows from it was worked out."""
    return bool(interactions.next_id(db) - 1 > int(meta.get(db, meta.ATTRIBUTED_TO) or 0))


def finish(
    db: Db, now: Seconds, *, own: Sequence[str] = (), others: Sequence[str] = (), everything: bool = False
) -> None:
    """
    Work out what follows from the rows: who the user is, machines, touches, contacts, names, ties.

    One transaction; safe to repeat; nothing but caches, and the user's own addresses, is written.
    """
    with transaction(db):
        everything = selfhood.settle(db, own, others) or everything
        handles.set_automata(db, _machines(db))
        follow.within(db, now, everything=everything)
        latest.drop_suggestions(db, week_label(*iso_week(now)))


def _machines(db: Db) -> dict[HandleId, str]:
    """The senders that are no persons, looking at all they ever sent."""
    found = {}
    for counts in evidence.of_senders(db):
        rule = sender_rule(
            Sender(
                counts.address,
                counts.n_in,
                counts.n_out,
                counts.n_met,
                counts.n_replies,
                counts.by_rule,
                counts.n_list,
                counts.n_list_senders,
            )
        )
        if rule:
            found[counts.handle_id] = rule
    return found
