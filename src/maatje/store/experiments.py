"""The experiment as it was fixed, and the lots that fell. What they say is for ``planning`` to read, once over."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from maatje.errors import N_, UserError
from maatje.model.ledger import Experiment, Lot, Outcome
from maatje.model.units import ContactId, Seconds
from maatje.store.db import Db, row, rows, value


class Kept(NamedTuple):
    """An experiment and its number."""

    number: int
    experiment: Experiment


def latest(db: Db) -> Kept | None:
    """The experiment that was switched on last, running or over; None where there never was one."""
    found = row(
        db,
        "SELECT id, begun_at, horizon_at, question, seed, watch_days, worth_knowing, stopped_at "
        "FROM experiments ORDER BY id DESC LIMIT 1",
    )
    if found is None:
        return None
    number, begun, horizon, question, seed, days, worth, stopped = found
    return Kept(
        number,
        Experiment(
            Seconds(begun), Seconds(horizon), Outcome(question), seed, days, worth,
            None if stopped is None else Seconds(stopped),
        ),
    )  # fmt: skip


def begin(db: Db, experiment: Experiment) -> int:
    """
    Keep an experiment that is being switched on. Writes. Returns: its number.

    Raises: UserError: one is running; two at a time would hold back for each other.
    """
    running = latest(db)
    if running is not None and is_running(running.experiment, experiment.begun_at):
        raise UserError(N_("An experiment is running already. It is read once it is over; nothing was changed."))
    return int(
        value(
            db,
            "INSERT INTO experiments(begun_at, horizon_at, question, seed, watch_days, worth_knowing, stopped_at) "
            "VALUES (?, ?, ?, ?, ?, ?, NULL) RETURNING id",
            (
                experiment.begun_at, experiment.horizon_at, experiment.question.value, experiment.seed,
                experiment.watch_days, experiment.worth_knowing,
            ),
        )
    )  # fmt: skip


def stop(db: Db, number: int, at: Seconds) -> None:
    """Switch an experiment off; its lots stay. Writes; the first instant holds."""
    db.execute("UPDATE experiments SET stopped_at = ? WHERE id = ? AND stopped_at IS NULL", (at, number))


def is_running(experiment: Experiment, now: Seconds) -> bool:
    """Whether an experiment holds anybody back now."""
    return experiment.stopped_at is None and experiment.begun_at <= now < experiment.horizon_at


def lots(db: Db, number: int) -> tuple[Lot, ...]:
    """All lots of an experiment in the order in which they fell, by who somebody is now: two parts have two lots."""
    found = rows(
        db,
        "SELECT k.root_id, l.at, l.stratum, l.block, l.place, l.is_held, l.expected FROM lots l "
        "JOIN contacts k ON k.id = l.contact_id WHERE l.experiment_id = ? ORDER BY l.at, l.stratum, l.block, l.place",
        (number,),
    )
    return tuple(
        Lot(ContactId(who), Seconds(at), stratum, block, place, bool(held), expected)
        for who, at, stratum, block, place, held, expected in found
    )


def keep_lots(db: Db, number: int, fallen: Iterable[Lot]) -> None:
    """Keep the lots that fell. Writes; who has one keeps it."""
    db.executemany(
        "INSERT OR IGNORE INTO lots(experiment_id, contact_id, at, stratum, block, place, is_held, expected) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (number, one.contact_id, one.at, one.stratum, one.block, one.place, int(one.is_held), one.expected)
            for one in fallen
        ],
    )
