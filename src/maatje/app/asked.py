"""Did anything come of these? Asked on the week's page once a month at most; one tap answers, and so does nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from maatje.model.units import DAY, ContactId, Seconds
from maatje.planning.asking import PAUSE_DAYS, likely, may_ask
from maatje.planning.tiekinds import Moments, aggregate
from maatje.store import contacts, exposure, meta, touches, yields
from maatje.store.db import Db, transaction

ASKED: Final = meta.YIELD_ASKED
ANSWERED: Final = "yield_answered"
PEOPLE: Final = "yield_people"
OPEN: Final = 7 * DAY
"""For so long the question stays on the page; then it is gone, as everything on it is."""


def question(db: Db, now: Seconds, *, is_quiet: bool = False) -> tuple[tuple[ContactId, str], ...]:
    """
    Whom the page asks about now, by number and name: as it was put, until it is answered or a week is over. Reads only.
    """
    asked, answered = _instant(db, ASKED), _instant(db, ANSWERED)
    is_answered = answered is not None and asked is not None and answered >= asked
    if asked is None or is_answered or is_quiet or not 0 <= now - asked < OPEN:
        return ()
    ids = [ContactId(int(number)) for number in str(meta.get(db, PEOPLE) or "").split()]
    names = contacts.names(db, ids)
    return tuple((one, names[one]) for one in ids if one in names)


def candidates(db: Db, now: Seconds, *, is_quiet: bool = False) -> tuple[tuple[ContactId, str], ...]:
    """
    Of whom the question may be put now; nobody where it may not be. Reads only.

    Never sooner than thirty days after it was last put, whether it was answered or not, nor after
    something was written down or "nothing" was said; not in a quiet week.
    """
    instants = [at for at in (_instant(db, ASKED), _instant(db, ANSWERED)) if at is not None]
    if not may_ask(max(instants, default=None), now, is_quiet=is_quiet):
        return ()
    return _people(db, Seconds(now - PAUSE_DAYS * DAY), now)


def put(db: Db, contact_ids: Iterable[ContactId], now: Seconds) -> None:
    """Put the question of these people, so that it comes back in a month. Writes; call it in a transaction."""
    meta.put(db, PEOPLE, " ".join(str(one) for one in contact_ids))
    meta.put(db, ASKED, now)


def answer(db: Db, now: Seconds) -> None:
    """It was answered, by writing something down or by "nothing": it is not on the page any longer. Writes."""
    with transaction(db):
        meta.put(db, ANSWERED, now)
        meta.bump(db)


def _instant(db: Db, key: str) -> Seconds | None:
    found = meta.get(db, key)
    return None if found is None else Seconds(int(found))


def _people(db: Db, since: Seconds, now: Seconds) -> tuple[tuple[ContactId, str], ...]:
    recent = touches.contacts_between(db, since, now)
    alone = {one for one, (_, is_alone) in contacts.wishes(db).items() if is_alone}
    done = aggregate(Moments(*exposure.moments(db, now, recent)), since, now)
    chosen = likely(done.exposures, yields.told_since(db, since) | alone)
    names = contacts.names(db, chosen)
    return tuple((one, names[one]) for one in chosen if one in names)
