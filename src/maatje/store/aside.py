"""What was set aside, by which rule and of whom: shown, counted, and never hidden."""

from __future__ import annotations

from typing import Final, NamedTuple

from maatje.model.page import Aside
from maatje.store.db import Db, rows, value
from maatje.store.touches import NEVER_KEPT

_OF_MESSAGES: Final = ", ".join(f"'{rule}'" for rule in NEVER_KEPT)
_BY_SENDER: Final = f"""
  SELECT sender, min(set_aside) AS rule, count(*) AS messages, max(at) AS last_at
  FROM interactions INDEXED BY interactions_aside
  WHERE set_aside <> '' AND set_aside NOT IN ({_OF_MESSAGES}) AND sender IS NOT NULL GROUP BY sender
"""  # noqa: S608  # rules: ours


def automata(db: Db, offset: int = 0, limit: int = 200) -> tuple[Aside, ...]:
    """
    Senders whose messages were set aside, and handles that are things: most messages first.

    ``rule`` is the handle's own where it has one, else one of its messages'; ``name`` the display
    name seen most. Crowds are about the message, not the sender, and are only counted.
    """
    found = rows(
        db,
        f"""
        WITH senders AS ({_BY_SENDER})
        SELECT h.id, h.value, CASE WHEN h.automaton <> '' THEN h.automaton ELSE ifnull(s.rule, '') END,
          ifnull(s.messages, 0) AS messages, s.last_at, h.kept
        FROM handles h LEFT JOIN senders s ON s.sender = h.id
        WHERE s.sender IS NOT NULL OR h.automaton <> ''
        ORDER BY messages DESC, h.value LIMIT ?2 OFFSET ?1
        """,  # noqa: S608
        (offset, limit),
    )
    names = "SELECT name FROM handle_names WHERE handle_id = ? ORDER BY seen DESC, name LIMIT 1"
    return tuple(
        Aside(handle_id, value(db, names, (handle_id,)) or "", text, rule, messages, last_at, bool(kept))
        for handle_id, text, rule, messages, last_at, kept in found
    )


def automata_total(db: Db) -> int:
    """How many senders and things ``automata`` lists in all."""
    return int(
        value(
            db,
            f"WITH senders AS ({_BY_SENDER}) SELECT count(*) FROM handles h "  # noqa: S608
            "WHERE h.automaton <> '' OR h.id IN (SELECT sender FROM senders)",
        )
    )


def counts(db: Db) -> tuple[tuple[str, int], ...]:
    """Per rule, how many messages and meetings it keeps out of every sum; most first."""
    found = rows(
        db,
        "SELECT set_aside, count(*) AS n FROM interactions INDEXED BY interactions_aside WHERE set_aside <> '' "
        "GROUP BY set_aside ORDER BY n DESC, set_aside",
    )
    return tuple((rule, count) for rule, count in found)


class Totals(NamedTuple):
    """How many messages and meetings count; and how many do not: by automata, as crowds, else (lies, drafts, junk)."""

    counted: int
    automata: int
    crowds: int
    other: int


def totals(db: Db) -> Totals:
    """The totals over all that was read; reads every interaction once."""
    by_rule = dict(counts(db))
    aside = sum(by_rule.values())
    crowds = by_rule.pop("crowd", 0)
    other = sum(by_rule.pop(rule, 0) for rule in NEVER_KEPT)
    # Messages that no rule caught, of a sender that is an automaton for all the others it sent.
    more = int(
        value(
            db,
            "SELECT count(*) FROM interactions i JOIN handles h ON h.id = i.sender "
            "WHERE i.set_aside = '' AND i.channel = 1 AND h.automaton <> '' AND h.kept = 0",
        )
    )
    everything = int(value(db, "SELECT count(*) FROM interactions"))
    return Totals(everything - aside - more, sum(by_rule.values()) + more, crowds, other)
