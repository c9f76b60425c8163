"""Who on a list of guests is which contact: by equal keys for sure, by an answer given before, by likeness perhaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from maatje.app import same
from maatje.app.talks import keys
from maatje.identity.likeness import Book, Sketch
from maatje.identity.names import tidy
from maatje.identity.normalise import mail_handle, phone_handle
from maatje.identity.resolve import names_contradict
from maatje.model.occasion import Guest, GuestStatus, Occasion
from maatje.model.same import Side
from maatje.model.units import ContactId, Seconds
from maatje.planning.manners import fold
from maatje.planning.series import editions
from maatje.store import contacts, guests, occasions, sketches
from maatje.store.db import Db, snapshot
from maatje.store.guests import Own, Row

SURE = 1.0


def matched(
    db: Db, occasion: Occasion, rows: Sequence[Row], told: Mapping[int, ContactId], region: str
) -> tuple[Row, ...]:
    """
    The rows with who each is, or may be; those that are settled already stay as they are. Reads only.

    Args:
        told: who some are for sure, by guest.
        region: of telephone numbers without a country.
    """
    own = guests.own(db)
    open_rows = [
        one for one in rows if one.guest.contact_id is None and not one.said and not marked(one.guest, own).is_me
    ]
    if not open_rows:
        return tuple(rows)
    earlier = [one.id for one in editions(occasion, occasions.every(db))]
    said = {
        (fold(name), fold(organisation)): who for (name, organisation), who in guests.said_before(db, earlier).items()
    }
    owners = guests.owners(db, {key for one in open_rows for key in keys(one)})
    names = contacts.names(db, owners.values())
    found: dict[int, Row] = {}
    rest: list[Row] = []
    for one in open_rows:
        place = (fold(one.guest.name), fold(one.guest.organisation))
        owner = next((owners[key] for key in keys(one) if key in owners), None)
        if one.guest.id in told:
            found[one.guest.id] = _known(one, told[one.guest.id])
        elif owner is not None and not names_contradict(tidy(one.guest.name), names.get(owner, "")):
            found[one.guest.id] = _known(one, owner)
        elif place in said:
            found[one.guest.id] = _answered(one, said[place])
        else:
            rest.append(one if owner is None else one._replace(candidates=((owner, SURE / 2),)))
    found |= _alike(db, rest, region)
    return tuple(found.get(one.guest.id, one) for one in rows)


def _known(one: Row, contact_id: ContactId) -> Row:
    guest = replace(one.guest, contact_id=contact_id, status=GuestStatus.KNOWN, candidates=())
    return one._replace(guest=guest, candidates=())


def _answered(one: Row, contact_id: ContactId | None) -> Row:
    """As the user said of the same guest at an earlier edition."""
    if contact_id is None:
        return one._replace(said=True, candidates=(), guest=replace(one.guest, status=GuestStatus.NEW, candidates=()))
    return _known(one, contact_id)._replace(said=True)


def _alike(db: Db, rest: Sequence[Row], region: str) -> dict[int, Row]:
    """Who the others may be, by likeness alone."""
    if not rest:
        return {}
    book = Book([same.sketch_of(one) for one in sketches.sketches(db)])
    found = {}
    for one in rest:
        likely = [
            (ContactId(max(like.one, like.other)), float(like.chance)) for like in book.guest(_sketch(one, region))
        ]
        may_be = dict(one.candidates) | dict(likely)
        in_order = tuple(sorted(may_be.items(), key=lambda pair: (-pair[1], pair[0])))
        status = GuestStatus.PERHAPS if in_order else GuestStatus.NEW
        guest = replace(one.guest, status=status, candidates=tuple(who for who, _ in in_order))
        found[guest.id] = one._replace(guest=guest, candidates=in_order)
    return found


def _sketch(one: Row, region: str) -> Sketch:
    """What a list tells of a guest, for comparing; its number is below zero, so that it is nobody's of the book."""
    name = tidy(one.guest.name)
    mail, phone = mail_handle(one.guest.mail), phone_handle(one.phone, region)
    return Sketch(
        -one.guest.id,
        (name,) if name else (),
        () if mail is None else (mail,),
        () if phone is None else (phone,),
        (one.guest.organisation,) if one.guest.organisation else (),
    )


def marked(guest: Guest, own: Own) -> Guest:
    """A guest, marked where it is the user: by an address of theirs, or by their full name where none is given."""
    names = {fold(name) for name in own.names if " " in name}
    is_me = guest.mail in own.mails if guest.mail else fold(guest.name) in names
    return replace(guest, is_me=True) if is_me else guest


def sides(db: Db, guest: Guest, now: Seconds) -> tuple[Side, ...]:
    """Who a guest may be, as they are laid side by side; likeliest first. Reads only."""
    with snapshot(db):
        return tuple(same.side(db, one, now) for one in guest.candidates)
