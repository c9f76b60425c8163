"""Invented mail and meetings for the store's tests, and the few steps that every test of it takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from maatje.model.contact import HandleKind
from maatje.model.record import Answer, Attendee, Card, Mail, Meeting, Origin, Party
from maatje.model.units import Seconds
from maatje.store import cards, contacts, handles, interactions, meetings, passing, sources, touches
from maatje.store.db import Db, connect, transaction

NOW = Seconds(2_000_000)
ME = Party("Ada Voorbeeld", "ada@example.org")
JAN = Party("Jan de Proef", "jan@example.org")
PIA = Party("Pia Proef", "pia@example.net")
TOM = Party("Tom Test", "tom@example.com")


def mail(
    at: int,
    sender: Party | None,
    to: Sequence[Party],
    subject: str = "Een woordje",
    *,
    cc: Sequence[Party] = (),
    bcc: Sequence[Party] = (),
    marks: int = 0,
    native_id: str | None = None,
    recipients: int | None = None,
) -> Mail:
    """One message."""
    number = len(to) + len(cc) + len(bcc) if recipients is None else recipients
    name = f"{at}@example.org" if native_id is None else native_id
    return Mail(Seconds(at), sender, tuple(to), tuple(cc), tuple(bcc), None, subject, name, "", marks, number, 0, 100)


def meeting(uid: str, at: int, people: Sequence[tuple[Party, Answer]], **more: object) -> Meeting:
    """One meeting; the first of the people called it."""
    attendees = tuple(Attendee(who.name, who.address, answer, "individual", False) for who, answer in people)
    known: dict[str, object] = {
        "origin": Origin("agenda.ics", uid),
        "uid": uid,
        "instance": Seconds(0),
        "at": Seconds(at),
        "duration_seconds": 3600,
        "title": "Koffie",
        "place": "Haven",
        "organiser": people[0][0] if people else None,
        "attendees": attendees,
    }
    return Meeting(**{**known, **more})  # type: ignore[arg-type]


def card(name: str, *, uid: str = "", revised: int | None = None, **more: object) -> Card:
    """One address card."""
    when = None if revised is None else Seconds(revised)
    return Card(Origin("boek.vcf", uid), "4.0", name, revised=when, **more)  # type: ignore[arg-type]


def fresh(*, me: Iterable[Party] = (ME,)) -> Db:
    """A store in memory that knows who the user is."""
    db = connect(":memory:")
    with transaction(db):
        handles.set_me(db, [(HandleKind.MAIL, one.address) for one in me])
    return db


def source(db: Db, path: str = "post.mbox") -> int:
    """The id of a source; within a transaction."""
    return sources.remember(db, path, "mbox", NOW).id


def add(db: Db, *mails: Mail | tuple[Mail, str], keep_subjects: bool = True) -> interactions.AddCount:
    """Messages, each perhaps with the rule that sets it aside, in one transaction."""
    rows = [interactions.mail_row(*one) if type(one) is tuple else interactions.mail_row(one, "") for one in mails]  # type: ignore[arg-type]
    with transaction(db):
        return interactions.add_mail(db, handles.HandleBook(db), source(db), rows, keep_subjects=keep_subjects)


def add_meetings(db: Db, *found: Meeting) -> interactions.AddCount:
    """Meetings in one transaction."""
    with transaction(db):
        book = handles.HandleBook(db)
        return meetings.add_meetings(db, book, source(db, "agenda.ics"), [(one, "") for one in found])


def add_cards(db: Db, *found: tuple[Card, Sequence[str]]) -> int:
    """Cards with their handles: mail addresses, and telephone numbers that begin with "+"."""
    rows = [
        (one, [(HandleKind.PHONE if text.startswith("+") else HandleKind.MAIL, text) for text in texts])
        for one, texts in found
    ]
    with transaction(db):
        return cards.add(db, handles.HandleBook(db), source(db, "boek.vcf"), rows)


def settle(db: Db, *, everything: bool = False) -> touches.Attributed:
    """What follows an import: touches, contacts, names."""
    with transaction(db):
        return follow(db, everything)


def follow(db: Db, everything: bool = False) -> touches.Attributed:
    """As ``settle``, within a transaction."""
    result = touches.attribute(db, everything=everything)
    contacts.ensure_contacts(db, NOW)
    contacts.refresh_names(db, str.strip)
    passing.settle(db)
    return result


def who(db: Db, address: str) -> int:
    """The contact of a mail address."""
    found = handles.by_value(db, HandleKind.MAIL, address)
    assert found is not None
    assert found.contact_id is not None
    return found.contact_id


def handle(db: Db, address: str) -> int:
    """The handle of a mail address."""
    found = handles.by_value(db, HandleKind.MAIL, address)
    assert found is not None
    return found.id


def touched(db: Db) -> list[tuple[str, int, int, float]]:
    """All touches as (address, at, direction, weight), by address and instant."""
    return db.execute(
        "SELECT h.value, t.at, t.direction, t.weight FROM touches t JOIN handles h ON h.id = t.handle_id "
        "ORDER BY 1, 2, 3"
    ).fetchall()
