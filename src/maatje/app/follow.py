"""What has to follow whenever the rows under the caches changed by the user's word."""

from __future__ import annotations

from maatje.app import ties
from maatje.identity.names import from_local_part, tidy
from maatje.identity.resolve import names_contradict
from maatje.model.units import Seconds
from maatje.store import joining, meta, naming, passing, touches
from maatje.store.db import Db, transaction


def _from_address(address: str) -> str:
    """What somebody is called of whom only an address is known: a name where it looks like one, else the address."""
    return from_local_part(address.partition("@")[0]) or address


def _contradict(one: str, other: str) -> bool:
    """Whether the names on two cards cannot well be one person's."""
    return names_contradict(tidy(one), tidy(other))


def up(db: Db, now: Seconds, *, everything: bool = False) -> None:
    """Bring touches, contacts, names and tie states up to date. One transaction; safe to repeat."""
    with transaction(db):
        within(db, now, everything=everything)


def within(db: Db, now: Seconds, *, everything: bool = False) -> int:
    """As ``up``, inside a transaction of the caller's. Returns: how many ties were computed again."""
    result = touches.attribute(db, everything=everything)
    moved = joining.ensure_contacts(db, now, _contradict)
    naming.refresh_names(db, tidy, _from_address)
    touched = None if everything or result.handle_ids is None else [*result.handle_ids, *moved]
    passing.settle(db, touched)
    ties_done = ties.refresh(db, now, touched)
    meta.bump(db)
    return ties_done
