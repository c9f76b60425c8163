"""
Story or experiment? Switched on and off, the lots that fall each week, and the answer once it is over.

Question and horizon are fixed when it is switched on. Until it is over nothing is said of it: not
whom it holds back, and not how many.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from maatje.errors import N_, UserError
from maatje.freshness.labels import label
from maatje.freshness.log import from_rows
from maatje.model.interaction import Direction
from maatje.model.ledger import Experiment, Lot, Outcome, ReadOut, YieldDirection
from maatje.model.page import Act
from maatje.model.plan import Week
from maatje.model.sentence import Day, say
from maatje.model.units import DAY, ContactId, Seconds
from maatje.planning.experiment import begin as checked
from maatje.planning.experiment import draw, held_now
from maatje.planning.readout import Watched, read_out
from maatje.store import experiments, touches, undo, yields
from maatje.store.db import Db, snapshot
from maatje.store.exposure import FULL

MONTH: Final = 30
LONGEST_MONTHS: Final = 120
ROUNDS: Final = 12
"""So often somebody may take the place of one held back; a page has fewer places than this."""


def begin(db: Db, question: Outcome, months: int, seed: int, now: Seconds) -> Experiment:
    """
    Switch the experiment on, its question and horizon fixed. Can be undone until the first lot fell.

    Args:
        months: from now to the horizon, of thirty days. seed: of the lots; nobody needs to know it.
    Raises: UserError: one is running, or the horizon is too near, or too far; nothing was changed.
    """
    if not 1 <= months <= LONGEST_MONTHS:
        raise UserError(N_("An experiment lasts at most {months} months."), months=str(LONGEST_MONTHS))
    horizon = Seconds(now + months * MONTH * DAY)
    chosen = checked(Experiment(now, horizon, question, seed), now)
    act = Act(
        say("The experiment was switched on, until {day}.", day=Day(horizon)),
        say("The experiment was never switched on."),
    )
    with undo.journaled(db, act, now):
        experiments.begin(db, chosen)
    return chosen


def stop(db: Db, now: Seconds) -> Experiment:
    """
    Switch the experiment off before its time; what it has can be read. Can be undone.

    Raises: UserError: none is running.
    """
    kept = experiments.latest(db)
    if kept is None or not experiments.is_running(kept.experiment, now):
        raise UserError(N_("No experiment is running."))
    act = Act(say("The experiment was switched off."), say("The experiment runs on."))
    with undo.journaled(db, act, now):
        experiments.stop(db, kept.number, now)
    return kept.experiment


def latest(db: Db) -> Experiment | None:
    """The experiment that was switched on last, running or over; None where there never was one."""
    kept = experiments.latest(db)
    return None if kept is None else kept.experiment


def is_running(db: Db, now: Seconds) -> bool:
    """Whether an experiment is running now."""
    kept = experiments.latest(db)
    return kept is not None and experiments.is_running(kept.experiment, now)


def page_without(
    db: Db, draw_page: Callable[[frozenset[ContactId]], Week], known: frozenset[ContactId], now: Seconds
) -> tuple[Week, int, tuple[Lot, ...]]:
    """
    This week's page without those held back, and the lots that fell for it. Reads only.

    Args:
        draw_page: makes the page without these people. known: whom this week's page named before; for them the lot
            falls another week, or somebody would vanish from a page that was looked at.
    Returns: the page, the experiment's number (0 for none), and the lots to be kept with it: whoever takes the
        place of one held back has a lot too.
    """
    kept = experiments.latest(db)
    if kept is None or not experiments.is_running(kept.experiment, now):
        return draw_page(frozenset()), 0, ()
    log = list(experiments.lots(db, kept.number))
    before = len(log)
    page = draw_page(held_now(kept.experiment, log, now))
    for _ in range(ROUNDS):
        old = [] if page.old_acquaintance is None else [page.old_acquaintance]
        would = [
            (one.tie.contact_id, float(one.tie.worth), float(one.tie.chances.comes_by_30))
            for one in (*page.greetings, *old)
            if one.tie.contact_id not in known
        ]
        fallen = draw(kept.experiment, log, would, now)
        log += fallen
        if not any(lot.is_held for lot in fallen):
            break
        page = draw_page(held_now(kept.experiment, log, now))
    return page, kept.number, tuple(log[before:])


def read(db: Db, now: Seconds) -> ReadOut | None:
    """What the experiment says, or that it still runs; None where there never was one. Reads only."""
    with snapshot(db):
        kept = experiments.latest(db)
        if kept is None:
            return None
        # Who was made one with another has two lots; the first holds, as it did.
        log = tuple({lot.contact_id: lot for lot in reversed(experiments.lots(db, kept.number))}.values())[::-1]
        return read_out(kept.experiment, log, _watched(db, kept.experiment, log), now)


def _watched(db: Db, experiment: Experiment, log: Sequence[Lot]) -> list[Watched]:
    """What became of each within the days they are watched: came by, was heard of or met, brought something."""
    ends = {lot.contact_id: lot.at + experiment.watch_days * DAY for lot in log}
    begins = {lot.contact_id: lot.at for lot in log}
    last = Seconds(max(ends.values(), default=0))
    found = touches.read_touches(db, before=last, contact_ids=ends)
    unprompted = label(from_rows(found)).is_unprompted.tolist() if found else []
    came: set[int] = set()
    active: set[int] = set()
    for (number, at, direction, weight, *_), is_unprompted in zip(found, unprompted, strict=True):
        who = ContactId(number)
        if begins[who] < at <= ends[who]:
            if is_unprompted:
                came.add(number)
            # A greeting of the user's own makes no tie alive: it takes two.
            if direction != Direction.OUT and weight >= FULL:
                active.add(number)
    brought = dict.fromkeys(ends, 0)
    for made in yields.every(db):
        if made.direction is YieldDirection.RECEIVED and made.contact_ids and made.contact_ids[0] in ends:
            who = made.contact_ids[0]
            brought[who] += begins[who] < made.at <= ends[who]
    return [Watched(who, who in came, who in active, brought[who]) for who in ends]
