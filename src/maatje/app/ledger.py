"""Does it work? What came of it beside what was done for it: the report, from rows to sentences."""

from __future__ import annotations

from typing import Final

from maatje.app import ties
from maatje.freshness.rhythm import peak
from maatje.model.ledger import Gathering, LedgerReport
from maatje.model.units import DAY, Seconds
from maatje.planning.ledger import Entry, LedgerInput, ledger_report
from maatje.planning.tiekinds import Moments, aggregate
from maatje.store import exposure, yields
from maatje.store.db import Db, snapshot

MESSAGE_MINUTES: Final = 5
"""What a message is taken to cost: nobody measures it, and the report says so."""


def report(db: Db, now: Seconds) -> LedgerReport:
    """
    The report from the day the ledger was begun, or of the first thing in it, to ``now``. Reads only.

    A ledger with nothing in it has a report too, which says so.
    """
    with snapshot(db):
        begun = yields.begun_at(db)
        # From the beginning of that day: what was written on it belongs to it as well.
        since = Seconds(min(now if begun is None else begun, now) // DAY * DAY)
        made = yields.every(db)
        columns = Moments(*exposure.moments(db, Seconds(now + 1)), message_seconds=60 * MESSAGE_MINUTES)
        # Of a yield only the day is known: what was written on that day may well be what brought it.
        asked = [(one.contact_ids[0], Seconds((one.at // DAY + 1) * DAY - 1)) for one in made if one.contact_ids]
        done = aggregate(columns, since, Seconds(now + 1), asked)
        standings = iter(done.standings)
        entries = [
            Entry(one, one.contact_ids[0], next(standings)) if one.contact_ids else Entry(one, None, None)
            for one in made
        ]
        states = ties.states_at(db, now)
        peaks = dict(zip(states.contact_ids.tolist(), peak(states)[0].tolist(), strict=True))
        been = [
            Gathering(one.occasion_id, one.at, one.name, one.series, one.seconds, one.evening == "yes" if one.evening
                      else None)
            for one in exposure.gatherings(db, since, Seconds(now + 1))
        ]  # fmt: skip
        return ledger_report(LedgerInput(since, now, done.exposures, entries, been, done.first_at, peaks))
