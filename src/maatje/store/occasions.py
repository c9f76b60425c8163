"""Occasions and who plays a part in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from maatje.errors import N_, UserError
from maatje.model.occasion import Evening, Figure, Occasion, OccasionSource, Part
from maatje.model.units import ContactId, Seconds
from maatje.store import parts
from maatje.store.db import Db, row, rows, value

_COLUMNS: Final = (
    "id, name, kind, begin, ending, zone, place, series, source, origin, all_day, cost_hours, cost_cents, currency, "
    "evening"
)


def add(db: Db, one: Occasion, now: Seconds) -> int:
    """Keep a new occasion with its figures; its own ``id`` is not looked at. Writes. Returns: its number."""
    db.execute(
        f"INSERT INTO occasions({_COLUMNS}, made_at) VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        (*_written(one), now),
    )
    number = int(db.last_insert_rowid())
    set_figures(db, number, one.figures)
    return number


def change(db: Db, one: Occasion) -> None:
    """Write an occasion over the former of its number. Writes only what differs: an equal one changes no row."""
    if get(db, one.id) == one:
        return
    names = [f"{name.strip()} = ?" for name in _COLUMNS.split(",")[1:]]
    db.execute(f"UPDATE occasions SET {', '.join(names)} WHERE id = ?", (*_written(one), one.id))  # noqa: S608
    set_figures(db, one.id, one.figures)


def _written(one: Occasion) -> tuple[Any, ...]:
    cents = None if one.cost_money is None else round(one.cost_money * 100)
    evening = "" if one.evening is None else one.evening.value
    return (
        one.name, one.kind, one.begin, one.end, one.zone, one.place, one.series, one.source.value, one.origin,
        int(one.all_day), one.cost_hours, cents, one.currency, evening,
    )  # fmt: skip


def set_figures(db: Db, occasion_id: int, figures: Sequence[Figure]) -> None:
    """Say who plays a part in an occasion, exactly these. Writes; safe to repeat."""
    db.execute("DELETE FROM figures WHERE occasion_id = ?", (occasion_id,))
    db.executemany(
        "INSERT INTO figures(occasion_id, place, name, part, contact_id) VALUES (?, ?, ?, ?, ?)",
        [
            (occasion_id, place, one.name, one.part.value, _root(db, one.contact_id))
            for place, one in enumerate(figures)
        ],
    )


def _root(db: Db, contact_id: int | None) -> int | None:
    return None if contact_id is None else parts.root(db, contact_id)


def remove(db: Db, occasion_id: int) -> None:
    """Take an occasion away with its list; talks that were interactions stay. Writes; safe to repeat."""
    db.execute("DELETE FROM occasions WHERE id = ?", (occasion_id,))


def get(db: Db, occasion_id: int) -> Occasion:
    """
    One occasion.

    Raises: UserError: there is none by this number.
    """
    found = row(db, f"SELECT {_COLUMNS} FROM occasions WHERE id = ?", (occasion_id,))  # noqa: S608
    if found is None:
        raise UserError(N_("There is no occasion number {number}."), number=str(occasion_id))
    return _occasion(found, _figures(db, occasion_id).get(occasion_id, ()))


def every(db: Db) -> tuple[Occasion, ...]:
    """All occasions, by begin. Reads; two questions."""
    figures = _figures(db)
    found = rows(db, f"SELECT {_COLUMNS} FROM occasions ORDER BY begin, id")  # noqa: S608
    return tuple(_occasion(one, figures.get(one[0], ())) for one in found)


def between(db: Db, after: Seconds, until: Seconds) -> tuple[Occasion, ...]:
    """Those that begin after an instant and not later than another, by begin."""
    found = rows(
        db,
        f"SELECT {_COLUMNS} FROM occasions WHERE begin > ? AND begin <= ? ORDER BY begin, id",  # noqa: S608
        (after, until),
    )
    figures = _figures(db) if found else {}
    return tuple(_occasion(one, figures.get(one[0], ())) for one in found)


def by_origin(db: Db, origin: str) -> int | None:
    """The number of the occasion that came from this event or file, or None."""
    found = value(db, "SELECT id FROM occasions WHERE origin = ? AND origin <> ''", (origin,))
    return None if found is None else int(found)


def origins(db: Db) -> frozenset[str]:
    """Where the occasions came from, as far as they came from somewhere."""
    return frozenset(one for (one,) in db.execute("SELECT origin FROM occasions WHERE origin <> ''"))


def thank(db: Db, occasion_id: int, at: Seconds) -> None:
    """Note that host and organisers were thanked. Writes; safe to repeat."""
    db.execute("UPDATE occasions SET thanked_at = ? WHERE id = ? AND thanked_at IS NULL", (at, occasion_id))


def thanked(db: Db, occasion_ids: Iterable[int]) -> frozenset[int]:
    """Of which of these occasions host and organisers were thanked."""
    wanted = set(occasion_ids)
    found = rows(db, "SELECT id FROM occasions WHERE thanked_at IS NOT NULL")
    return frozenset(one for (one,) in found if one in wanted)


def _figures(db: Db, occasion_id: int | None = None) -> dict[int, tuple[Figure, ...]]:
    found: dict[int, list[Figure]] = {}
    for number, name, part, contact in db.execute(
        "SELECT f.occasion_id, f.name, f.part, c.root_id FROM figures f LEFT JOIN contacts c ON c.id = f.contact_id "
        "WHERE ?1 IS NULL OR f.occasion_id = ?1 ORDER BY f.occasion_id, f.place",
        (occasion_id,),
    ):
        contact_id = None if contact is None else ContactId(contact)
        found.setdefault(number, []).append(Figure(name, Part(part), contact_id))
    return {number: tuple(some) for number, some in found.items()}


def _occasion(found: tuple[Any, ...], figures: tuple[Figure, ...]) -> Occasion:
    number, name, kind, begin, end, zone, place, series, source, origin, all_day, hours, cents, currency, evening = (
        found
    )
    return Occasion(
        id=number,
        name=name,
        kind=kind,
        begin=Seconds(begin),
        end=None if end is None else Seconds(end),
        zone=zone,
        place=place,
        figures=figures,
        series=series,
        source=OccasionSource(source),
        origin=origin,
        all_day=bool(all_day),
        cost_hours=hours,
        cost_money=None if cents is None else cents / 100,
        currency=currency,
        evening=Evening(evening) if evening else None,
    )
