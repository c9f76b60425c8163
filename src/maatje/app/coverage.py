"""What maatje cannot see, said plainly on every page that might mislead without it."""

from __future__ import annotations

from maatje.model.page import Coverage
from maatje.model.sentence import Day, Sentence, say
from maatje.model.units import DAY, Seconds
from maatje.store import coverage as store
from maatje.store.db import Db

STALE_DAYS = 14
"""Mail or calendar that ends longer ago than this is told."""


def coverage(db: Db) -> tuple[Coverage, ...]:
    """How far each kind of source reaches."""
    return store.coverage(db)


def blind_spots(db: Db, now: Seconds) -> tuple[Sentence, ...]:
    """
    What is missing as of ``now``: kinds never read, and kinds that end before it.

    Never empty: telephone calls and talks in the street are always out of sight.
    """
    by_kind = {one.kind: one for one in coverage(db)}
    found = []
    mail, calendar = by_kind.get("mail"), by_kind.get("meeting")
    if mail is None or mail.last_at is None:
        found.append(say("No mail has been read."))
    elif mail.last_at < now - STALE_DAYS * DAY:
        found.append(say("Mail ends on {day}.", day=Day(mail.last_at)))
    if calendar is None or calendar.last_at is None:
        found.append(say("No calendar has been read."))
    elif calendar.last_at < now - STALE_DAYS * DAY:
        found.append(say("The calendar ends on {day}.", day=Day(calendar.last_at)))
    if "card" not in by_kind or not by_kind["card"].records:
        found.append(say("No address book has been read."))
    found.append(
        say("Telephone calls, chats and talks in the street are out of sight; somebody may be closer than this knows.")
    )
    return tuple(found)
