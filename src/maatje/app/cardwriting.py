"""
A contact as one address card: what counts of them, every handle, and all that their cards say besides.

Of fields that somebody has once (name, work, birthday, note, picture) the card says what the contact
page says. A number that belongs to somebody else too (a switchboard) is kept under a name of its
own, so that reading the cards back joins nobody who is not one.
"""

from __future__ import annotations

import base64
import hashlib
import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from maatje.identity.names import tidy
from maatje.identity.normalise import mail_handle, phone_handle
from maatje.model.contact import Contact, Handle, HandleKind
from maatje.model.record import Card, Origin, Property
from maatje.model.units import ContactId
from maatje.sources.contentlines import escaped, mail_address, unescaped
from maatje.sources.contentlines import tidy as tidied
from maatje.sources.jscontact_props import canonical
from maatje.sources.vcard_card import card_of, organisation_of, phone_text
from maatje.sources.vcard_photo import media_type
from maatje.sources.vcard_text import MAX_PROPERTIES
from maatje.sources.vcard_write import as_version
from maatje.store import contacts, overlay
from maatje.store.db import Db, rows
from maatje.store.held import Held, Shelf

SHARED: Final = "X-SHARED-"
"""Before the name of a property that holds somebody else's address or number."""

_ONCE: Final = frozenset({"FN", "N", "BDAY", "PHOTO", "UID", "REV", "EMAIL", "TEL"})
"""Written by rules of their own, from whichever card counts."""
_SINGLE: Final = frozenset({"KIND", "GENDER", "ANNIVERSARY", "PRODID", "X-ADDRESSBOOKSERVER-KIND"})
"""What a card may say once only; what another says differently is kept under X-."""
_KINDS: Final = {HandleKind.MAIL: "EMAIL", HandleKind.PHONE: "TEL", HandleKind.URL: "URL", HandleKind.CHAT: "IMPP"}


class Cards:
    """
    One card for each contact, by number, then the cards that name nobody. May be gone through again and again.

    Reads; use it within a ``snapshot``, so that each time it gives the same.
    """

    def __init__(self, db: Db, region: str) -> None:
        self._db = db
        self._region = region
        self._shelf = Shelf(db)
        self._ids = [ContactId(one) for (one,) in rows(db, "SELECT id FROM contacts WHERE root_id = id ORDER BY id")]

    def __len__(self) -> int:
        """How many contacts there are."""
        return len(self._ids)

    def __iter__(self) -> Iterator[Card]:
        """The cards, made as they are asked for."""
        for contact_id in self._ids:
            person = contacts.contact(self._db, contact_id)
            photo = overlay.photo(self._db, contact_id)
            yield card(person, self._shelf.of(contact_id), photo, self._region)
        for held in self._shelf.of_nobody():
            found = card_of("", 0, held.version, list(held.properties))
            if found is not None:
                yield found


def card(person: Contact, held: Sequence[Held], photo: bytes | None, region: str) -> Card:
    """
    A contact's card, in vCard 4.0.

    Args:
        person: with all handles and what counts of the fields. held: the cards they hold, the one
            that counts most first. photo: their picture. region: where numbers without a country are.
    """
    read = [found for one in held if (found := card_of("", 0, one.version, list(one.properties))) is not None]
    cards = [(found, _grouped(as_version(found, "4.0"), number)) for number, found in enumerate(read)]
    props = [
        *_fields(person, cards), *_reach(person.handles, cards, region), *_others(person, cards), *_picture(photo),
        *_revision(cards),
    ]  # fmt: skip
    props = list(dict.fromkeys(props))[: MAX_PROPERTIES - 1]
    made = card_of("", person.id, "4.0", [*props, _uid(person, cards)])
    return made or Card(Origin(""), "4.0", person.name)


_Cards = Sequence[tuple[Card, tuple[Property, ...]]]
"""A contact's cards with their properties as vCard 4.0 has them."""


def _grouped(props: tuple[Property, ...], number: int) -> tuple[Property, ...]:
    """Properties whose groups are no other card's: on the first card as they were, on others with a mark."""
    if number == 0:
        return props
    return tuple(prop._replace(group=f"m{number}-{prop.group}") if prop.group else prop for prop in props)


def _fields(person: Contact, cards: _Cards) -> Iterable[Property]:
    """Name, work, birthday and note: in a card's own words where they are those that count."""
    yield Property("FN", escaped(person.name))
    # The parts of a name are told only by a card that calls them so.
    named = next((props for found, props in cards if tidy(found.name) == person.name), ())
    yield from (prop._replace(group="") for prop in named if prop.name == "N")
    for name, text, field in (("ORG", person.organisation, "organisation"), ("TITLE", person.title, "title")):
        if text:
            told = next((props for found, props in cards if getattr(found, field) == text), ())
            same = [prop for prop in told if prop.name == name and _says(prop) == text]
            yield Property(name, same[0].value if same else escaped(text))
    if person.birthday:
        yield Property(
            "BDAY", person.birthday.replace("-", "") if person.birthday[:1] != "-" else _day(person.birthday)
        )
    if person.note:
        yield Property("NOTE", escaped(person.note))


def _day(birthday: str) -> str:
    return "--" + birthday[2:].replace("-", "")


def _says(prop: Property) -> str:
    """What the reader makes of the property: a title, the firm of ORG."""
    return organisation_of(prop) if prop.name == "ORG" else tidied(unescaped(prop.value))


def _reach(handles: Sequence[Handle], cards: _Cards, region: str) -> Iterable[Property]:
    """Addresses and numbers as the cards write them; then those that no card has."""
    own = {(one.kind, one.value) for one in handles if not one.is_me}
    left = dict.fromkeys(own)
    for _, props in cards:
        for prop in props:
            if prop.name not in ("EMAIL", "TEL"):
                continue
            handle = _handle(prop, region)
            if handle is None:
                yield prop
            elif handle in left:
                del left[handle]
                yield prop if handle[0] is HandleKind.MAIL or "+" in prop.value else prop._replace(value=handle[1])
            elif handle not in own:
                yield prop._replace(name=SHARED + prop.name)
    for kind, text in sorted(left, key=lambda one: (one[0] is not HandleKind.MAIL, one)):
        yield Property(_KINDS.get(kind, f"X-{kind.value.upper()}"), text.replace("\\", "\\\\"))


def _handle(prop: Property, region: str) -> tuple[HandleKind, str] | None:
    """The handle that reading this property gives, or None."""
    if prop.name == "EMAIL":
        address = mail_handle(mail_address(unescaped(prop.value)))
        return None if address is None else (HandleKind.MAIL, address)
    number = phone_handle(phone_text(unescaped(prop.value)), region)
    return None if number is None else (HandleKind.PHONE, number)


def _others(person: Contact, cards: _Cards) -> Iterable[Property]:
    """All else that the cards say, each thing once."""
    told: set[object] = set()
    single: set[str] = set()
    for found, props in cards:
        labels = _labels(props)
        for prop in props:
            if prop.name in _ONCE or _is_said(person, found, prop):
                continue
            same = canonical(prop)._replace(group="")
            key = (same, labels.get(prop.group, frozenset()) if prop.group else frozenset())
            if key in told:
                continue
            told.add(key)
            if prop.name in _SINGLE:
                if prop.name in single:
                    prop = prop._replace(name=f"X-{prop.name.removeprefix('X-')}")
                single.add(prop.name)
            yield prop


def _labels(props: Iterable[Property]) -> dict[str, frozenset[object]]:
    """What stands in each group of a card."""
    groups: dict[str, set[object]] = {}
    for prop in props:
        if prop.group:
            groups.setdefault(prop.group, set()).add((prop.name, prop.value))
    return {group: frozenset(found) for group, found in groups.items()}


def _is_said(person: Contact, found: Card, prop: Property) -> bool:
    """Whether the property is a field that is written from what counts, or is a former word for it."""
    text = unescaped(prop.value).strip()
    if prop.name == "NOTE":
        return not person.note or text in (person.note, found.note, "")
    if prop.name in ("TITLE", "ROLE"):
        return not person.title or _says(prop) in (person.title, found.title, "")
    return prop.name == "ORG" and (
        not person.organisation or _says(prop) in (person.organisation, found.organisation, "")
    )


def _picture(photo: bytes | None) -> Iterable[Property]:
    if photo is not None:
        yield Property("PHOTO", f"data:{media_type(photo)};base64,{base64.b64encode(photo).decode()}")


def _revision(cards: _Cards) -> Iterable[Property]:
    """The newest REV of the cards."""
    dated = [(found.revised, props) for found, props in cards if found.revised is not None]
    if dated:
        newest = max(dated, key=lambda one: one[0])[1]
        yield from [prop for prop in newest if prop.name == "REV"][:1]


def _uid(person: Contact, cards: _Cards) -> Property:
    """The UID of the card that counts most, else one that follows from their first handle: the same each time."""
    for _, props in cards:
        for prop in props:
            if prop.name == "UID" and prop.value.strip():
                return Property("UID", prop.value)
    first = min((f"{one.kind}:{one.value}" for one in person.handles), default=f"contact {person.id}")
    digest = hashlib.blake2b(first.encode("utf-8", "surrogatepass"), digest_size=16, person=b"maatje contact").digest()
    return Property("UID", f"urn:uuid:{uuid.UUID(bytes=digest, version=5)}")
