"""What the people of an occasion's pages are called, and whom a typed name means there. Reads only."""

from __future__ import annotations

from collections.abc import Iterable

from maatje.app import recall
from maatje.identity.normalise import read_handle
from maatje.model.briefing import Briefing, Unmet
from maatje.model.occasion import Guest
from maatje.model.units import ContactId
from maatje.store import contacts
from maatje.store.db import Db


def of(db: Db, who: Iterable[int]) -> dict[ContactId, str]:
    """What these contacts are called."""
    return contacts.names(db, who)


def of_guests(db: Db, some: Iterable[Guest]) -> dict[ContactId, str]:
    """What the contacts that guests are, or may be, are called."""
    return of(db, _ids(some))


def of_unmet(db: Db, some: Iterable[Unmet]) -> dict[ContactId, str]:
    """What everybody on the paths to these guests is called."""
    return of(db, _on_paths(some))


def of_briefing(db: Db, page: Briefing) -> dict[ContactId, str]:
    """What everybody is called whom a briefing names by number: candidates, and those on paths."""
    return of(db, {*_ids(page.ask), *_on_paths(page.unmet)})


def _ids(some: Iterable[Guest]) -> set[int]:
    found: set[int] = set()
    for guest in some:
        found.update(guest.candidates)
        if guest.contact_id is not None:
            found.add(guest.contact_id)
    return found


def _on_paths(some: Iterable[Unmet]) -> set[int]:
    return {who for one in some for path in one.paths for who in (path.via, *(step.other for step in path.steps))}


def resolve(db: Db, text: str) -> ContactId:
    """Whom a typed name means. Raises: UserError: nobody, or several."""
    return recall.resolve_name(db, text)


def by_key(db: Db, text: str) -> ContactId | None:
    """
    Whom a typed "#12" or address means; None for anything else: a name alone may be a new face's.

    Raises: UserError: nobody by this number or address.
    """
    is_number = text.strip().startswith("#") and recall.NUMBER.fullmatch(text.strip()) is not None
    return recall.resolve_name(db, text) if is_number or read_handle(text) is not None else None
