"""What changed with somebody, as a reason to greet: a new employer or title, an address that died. Never invented."""

from __future__ import annotations

from pathlib import Path

from maatje.errors import FormatError
from maatje.identity.change import Bounce, Facts, Revision, Signed, Use
from maatje.identity.changes import changes
from maatje.model.page import Noticed
from maatje.model.units import ContactId, Seconds
from maatje.store import news as store
from maatje.store.db import Db


def noticed(
    db: Db, names: dict[ContactId, str], now: Seconds, *, signed: dict[ContactId, Signed] | None = None
) -> dict[ContactId, tuple[Noticed, ...]]:
    """
    What changed lately with these contacts (id to name), the best reason first. Reads; a fixed number of questions.

    Args:
        signed: what signatures tell, where bodies were read.
    """
    return {
        contact_id: tuple(
            Noticed(change.kind.value, change.sentence, change.since)
            for change in changes(_facts(found, names[contact_id], (signed or {}).get(contact_id)), now)
        )
        for contact_id, found in store.news(db, list(names), now).items()
    }


def _facts(found: store.News, name: str, signed: Signed | None) -> Facts:
    return Facts(
        name,
        tuple(Revision(*one) for one in found.revised),
        tuple(Use(*one) for one in found.used),
        signed,
        tuple(Bounce(*one) for one in found.came_back),
    )


def signed(db: Db, contact_id: ContactId, name: str, now: Seconds) -> Signed | None:
    """
    What the signature under somebody's newest mail tells; None where the mail cannot be found or read any more.

    Only where the settings allow bodies to be read; nothing of the mail is kept.
    """
    # Imported here: hardly anybody allows bodies to be read, and every command would pay for the readers of mail.
    from maatje.identity.signature import read_signature
    from maatje.sources.body import Place, body_text

    newest = store.newest_mail(db, contact_id, now)
    if newest is None:
        return None
    try:
        text = body_text(Place(Path(newest.path), newest.format, newest.offset, newest.native_id, newest.at))
    except (OSError, FormatError):
        return None
    found = read_signature(text, name)
    return None if found is None else Signed(found.organisation, found.title, newest.at)


def news_of(db: Db, contact_id: ContactId, name: str, now: Seconds, *, may_read_bodies: bool) -> tuple[Noticed, ...]:
    """What changed lately with one contact, the best reason first."""
    told = signed(db, contact_id, name, now) if may_read_bodies else None
    found = noticed(db, {contact_id: name}, now, signed={contact_id: told} if told is not None else None)
    return found[contact_id]


def first_news(db: Db, names: dict[ContactId, str], now: Seconds) -> dict[ContactId, Noticed]:
    """The best reason of each of these contacts that has any."""
    return {one: found[0] for one, found in noticed(db, names, now).items() if found}
