"""Guests out of cards and calendars."""

from __future__ import annotations

from pathlib import Path

from maatje.model.record import Coming
from maatje.sources.guests import CALLED_OFF, Kind, read_guests

CARDS = "\r\n".join(
    [
        *("BEGIN:VCARD", "VERSION:3.0", "FN:Anna Wit", "ORG:Uitgeverij Voorbeeld", "TITLE:Redacteur"),
        *("EMAIL:Anna@example.org", "TEL:+31 6 12345678", "END:VCARD"),
        *("BEGIN:VCARD", "VERSION:4.0", "KIND:group", "FN:Clubje", "END:VCARD", ""),
    ]
)
MEETING = """BEGIN:VCALENDAR
VERSION:2.0
METHOD:REQUEST
BEGIN:VEVENT
UID:{uid}
SEQUENCE:{sequence}
STATUS:{status}
DTSTAMP:20260301T100000Z
DTSTART:20260312T170000Z
DTEND:20260312T200000Z
SUMMARY:Haringparty
ORGANIZER;CN=Henk Host:mailto:henk@example.org
ATTENDEE;CN=Anna Wit;PARTSTAT=ACCEPTED:mailto:anna@example.org
ATTENDEE;CN=Bram Smit;PARTSTAT={bram}:mailto:bram@example.org
ATTENDEE;CN=Daan Vos;PARTSTAT=TENTATIVE:mailto:daan@example.org
ATTENDEE;CN=Zaal 1;CUTYPE=ROOM:mailto:zaal@example.org
END:VEVENT
END:VCALENDAR
"""


def invitation(uid: str = "a", sequence: int = 0, status: str = "CONFIRMED", bram: str = "DECLINED") -> str:
    """A party's invitation."""
    return MEETING.format(uid=uid, sequence=sequence, status=status, bram=bram)


def test_cards(tmp_path: Path) -> None:
    """Cards give their people with firm, work, address and number; a card of a group is nobody."""
    path = tmp_path / "cards.vcf"
    path.write_text(CARDS)
    for source in (path, CARDS):
        found = read_guests(source)
        assert found.kind is Kind.CARDS
        (guest,) = found.guests
        assert (guest.name, guest.organisation, guest.title, guest.mails, guest.phones) == (
            "Anna Wit", "Uitgeverij Voorbeeld", "Redacteur", ("anna@example.org",), ("+31 6 12345678",),
        )  # fmt: skip


def test_an_invitation(tmp_path: Path) -> None:
    """An invitation gives those asked with their answers, and the organiser as host; a room is nobody."""
    path = tmp_path / "party.ics"
    path.write_text(invitation())
    for source in (path, invitation()):
        found = read_guests(source)
        assert [(one.name, one.status, one.host) for one in found.guests] == [
            ("Henk Host", Coming.GOING, True),
            ("Anna Wit", Coming.GOING, False),
            ("Bram Smit", Coming.DECLINED, False),
            ("Daan Vos", Coming.MAYBE, False),
        ]
        assert (found.kind, found.notes) == (Kind.CALENDAR, ())


def test_the_newest_answer_stands(tmp_path: Path) -> None:
    """Of two versions of a meeting in one file the newer one's answers count, in whatever order they stand."""
    path = tmp_path / "party.ics"
    path.write_text(invitation(sequence=2, bram="ACCEPTED") + invitation(sequence=1))
    found = read_guests(path)
    assert [one.status for one in found.guests if one.name == "Bram Smit"] == [Coming.GOING]
    assert found.notes == ()


def test_several_meetings_are_said(tmp_path: Path) -> None:
    """A calendar of several meetings gives everybody once and says that there were several."""
    path = tmp_path / "all.ics"
    path.write_text(invitation("a") + invitation("b"))
    found = read_guests(path)
    assert len(found.guests) == 4
    assert found.notes[0].plural == "This calendar holds {n} meetings; the guests of all of them are listed."


def test_a_meeting_called_off(tmp_path: Path) -> None:
    """A meeting that was called off has no guests, and says why."""
    found = read_guests(invitation(status="CANCELLED"))
    assert (found.guests, [one.message for one in found.problems]) == ((), [CALLED_OFF])
