"""
Which columns the rows of a complete export stand for, for the way out and the way in alike.

Only sections whose rows are table rows, number for number; the others have questions of their own.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Columns(NamedTuple):
    """A section's table and columns, in the order of its row's fields, and the columns that order them."""

    table: str
    columns: str
    order: str

    @property
    def select(self) -> str:
        """SQL: the section's rows."""
        return f"SELECT {self.columns} FROM {self.table} ORDER BY {self.order}"  # noqa: S608  # names: ours

    @property
    def insert(self) -> str:
        """SQL: one row of the section."""
        marks = ", ".join("?" * len(self.columns.split(",")))
        return f"INSERT INTO {self.table}({self.columns}) VALUES ({marks})"  # noqa: S608  # names: ours


PLAIN: Final[dict[str, Columns]] = {
    "sources": Columns(
        "sources",
        "path, format, added_at, size, mtime_ns, head, done_to, is_complete, records, new, problems, first_at, "
        "last_at, trust",
        "id",
    ),
    "contacts": Columns(
        "contacts", "id, created_at, root_id, name, name_rank, circle, leave_alone, known, light", "id"
    ),
    "joins": Columns("joins", "one, other", "one, other"),
    "revisions": Columns("card_past", "native_id, revised, organisation, title", "native_id, revised"),
    "memories": Columns("memories", "contact_id, text, at", "id"),
    "edits": Columns("edits", "contact_id, field, value, at", "contact_id, field"),
    "dismissals": Columns("dismissals", "contact_id, kind, at, until", "contact_id, kind"),
    "suggestions": Columns("suggestions", "contact_id, week, kind, at, position", "week, kind, position, contact_id"),
    "quiet_weeks": Columns("quiet_weeks", "week", "week"),
    "forgotten": Columns("tombstones", "key, at", "key"),
    "occasions": Columns(
        "occasions",
        "id, name, kind, begin, made_at, ending, zone, place, series, source, origin, all_day, cost_hours, cost_cents, "
        "currency, evening, thanked_at",
        "id",
    ),
    "figures": Columns("figures", "occasion_id, place, name, part, contact_id", "occasion_id, place"),
    "guests": Columns(
        "guests",
        "id, occasion_id, name, added_at, organisation, title, mail, phone, note, contact_id, said, dropped, wanted",
        "id",
    ),
    "candidates": Columns("guest_candidates", "guest_id, contact_id, chance", "guest_id, contact_id"),
    "taps": Columns("taps", "id, occasion_id, at, came_at, tap, guest_id", "id"),
    "promises": Columns("promises", "id, contact_id, whose, text, made_at, due, occasion_id, done_at", "id"),
    "introductions": Columns("introductions", "id, state, at, via_id, to_id, other_id, to_name, occasion_id", "id"),
    "coffees": Columns("coffees", "id, contact_id, uid, begin, ending, made_at, place, sequence", "id"),
    "faces": Columns("faces", "contact_id, due, card", "contact_id"),
    "yields": Columns(
        "yields",
        "id, kind, direction, at, text, made_at, occasion_id, worth_cents, currency, worth_word",
        "id",
    ),
    "yielded_by": Columns("yield_contacts", "yield_id, place, contact_id", "yield_id, place"),
    "experiments": Columns(
        "experiments",
        "id, begun_at, horizon_at, question, seed, watch_days, worth_knowing, stopped_at",
        "id",
    ),
    "lots": Columns(
        "lots",
        "experiment_id, contact_id, at, stratum, block, place, is_held, expected",
        "experiment_id, contact_id",
    ),
}
"""Sections that are tables: numbers stay as they are, since they are read into an empty store."""
