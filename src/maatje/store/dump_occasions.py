"""What a store says of occasions, for its digest: by what things are called, never by their numbers."""

from __future__ import annotations

from typing import Final

_OCCASION: Final = "o.name, o.begin"
_IF: Final = "CASE WHEN m.contact_id IS NULL THEN NULL ELSE {who} END"

OCCASIONS: Final[tuple[tuple[str, str], ...]] = (
    (
        "occasions",
        "SELECT name, kind, begin, ending, zone, place, series, source, origin, all_day, cost_hours, cost_cents, "
        "currency, evening, thanked_at FROM occasions",
    ),
    (
        "figures",
        f"SELECT {_OCCASION}, m.place, m.name, m.part, {_IF} FROM figures m "  # noqa: S608
        "JOIN occasions o ON o.id = m.occasion_id",
    ),
    (
        "guests",
        f"SELECT {_OCCASION}, m.name, m.organisation, m.title, m.mail, m.phone, m.note, m.said, m.dropped, "  # noqa: S608
        f"m.wanted, {_IF} FROM guests m JOIN occasions o ON o.id = m.occasion_id",
    ),
    (
        "guest_candidates",
        f"SELECT {_OCCASION}, g.name, g.mail, m.chance, {{who}} FROM guest_candidates m "  # noqa: S608
        "JOIN guests g ON g.id = m.guest_id JOIN occasions o ON o.id = g.occasion_id",
    ),
    (
        "encounters",
        f"SELECT {_OCCASION}, m.name, m.at, m.memory, g.name, i.digest, {_IF} FROM encounters m "  # noqa: S608
        "JOIN occasions o ON o.id = m.occasion_id LEFT JOIN guests g ON g.id = m.guest_id "
        "LEFT JOIN interactions i ON i.id = m.interaction_id",
    ),
    (
        "taps",
        f"SELECT {_OCCASION}, m.id, g.name, m.at, m.came_at, m.tap FROM taps m "  # noqa: S608
        "JOIN occasions o ON o.id = m.occasion_id LEFT JOIN guests g ON g.id = m.guest_id",
    ),
    (
        "promises",
        f"SELECT m.whose, m.text, m.made_at, m.due, m.done_at, {_OCCASION}, {{who}} FROM promises m "  # noqa: S608
        "LEFT JOIN occasions o ON o.id = m.occasion_id",
    ),
    (
        "introductions",
        f"SELECT n.state, n.to_name, n.at, {_OCCASION}, "  # noqa: S608
        + ", ".join(
            f"(SELECT {{who}} FROM (SELECT n.{column} AS contact_id) m WHERE m.contact_id IS NOT NULL)"  # noqa: S608
            for column in ("via_id", "to_id", "other_id")
        )
        + " FROM introductions n LEFT JOIN occasions o ON o.id = n.occasion_id",
    ),
    ("coffees", "SELECT m.uid, m.begin, m.ending, m.place, m.sequence, {who} FROM coffees m"),
    ("faces", "SELECT m.due, {who} FROM faces m"),
)
"""As in ``dump``: ``{who}`` is who ``m.contact_id`` is, by their first handle. A face's card holds our number."""
