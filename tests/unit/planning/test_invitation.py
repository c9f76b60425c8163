"""The invitation file, read back with another reader."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatje.errors import FormatError, ParameterError
from maatje.model.record import Answer, Attendee, Meeting, Origin, Party
from maatje.model.units import Seconds
from maatje.planning.invitation import (
    LONGEST_TEXT,
    Invitation,
    Method,
    answered,
    folded,
    invitation_text,
    make_uid,
    media_type,
)

BEGIN = Seconds(1_781_251_200)  # 2026-06-12 08:00 UTC
PLAIN = Invitation(
    uid=make_uid("secret", 7, 1),
    begin=BEGIN,
    end=Seconds(BEGIN + 3600),
    stamp=Seconds(BEGIN - 86_400),
    organiser=Party("Hanneke Oldenhof", "hanneke@example.org"),
    guests=(Party('Bram "B." Hoekzema; tekenaar', "bram+kade@example.org"),),
    summary="Koffie",
    place="Oude Waag, Amersfoort",
    description="Eén uur;\nmet de tekeningen, en \\ zonder haast",
)


def read(invitation):
    """The one event of an invitation, as icalendar reads it."""
    calendar = icalendar.Calendar.from_ical(invitation_text(invitation).encode())
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def test_another_reader_reads_all_of_it():
    """What RFC 5546 asks of a request is there, once, and is read back as it was meant."""
    calendar, event = read(PLAIN)
    assert (str(calendar["METHOD"]), str(calendar["VERSION"])) == ("REQUEST", "2.0")
    assert PLAIN.uid == str(event["UID"])
    assert datetime(2026, 6, 12, 8, tzinfo=UTC) == event.decoded("DTSTART")
    assert datetime(2026, 6, 12, 9, tzinfo=UTC) == event.decoded("DTEND")
    assert datetime(2026, 6, 11, 8, tzinfo=UTC) == event.decoded("DTSTAMP")
    assert (PLAIN.summary, PLAIN.place, PLAIN.description) == tuple(
        str(event[name]) for name in ("SUMMARY", "LOCATION", "DESCRIPTION")
    )
    assert (event["SEQUENCE"], str(event["STATUS"])) == (0, "CONFIRMED")


def test_what_each_reader_is_known_to_need():
    """Outlook: UTC times and no zone undeclared; Gmail: mailto and an asked attendee; Apple: the organiser attends."""
    text = invitation_text(PLAIN)
    _, event = read(PLAIN)
    assert "TZID" not in text
    assert all(line.endswith("Z") for line in text.splitlines() if line.startswith(("DTSTART", "DTEND", "DTSTAMP")))
    assert str(event["ORGANIZER"]) == "mailto:hanneke@example.org"
    chair, asked = event["ATTENDEE"]
    assert (chair.params["ROLE"], chair.params["PARTSTAT"]) == ("CHAIR", "ACCEPTED")
    assert str(chair) == str(event["ORGANIZER"])
    assert str(asked) == "mailto:bram+kade@example.org"
    assert tuple(asked.params[name] for name in ("PARTSTAT", "RSVP", "ROLE", "CN")) == (
        "NEEDS-ACTION",
        "TRUE",
        "REQ-PARTICIPANT",
        "Bram 'B.' Hoekzema; tekenaar",
    )
    assert media_type() == "text/calendar; charset=UTF-8; method=REQUEST"


def test_moved_and_called_off():
    """A moved meeting keeps its name and counts up; one called off says so in method and status."""
    _, event = read(replace(PLAIN, sequence=1, begin=Seconds(BEGIN + 60)))
    assert (PLAIN.uid, 1) == (str(event["UID"]), event["SEQUENCE"])
    calendar, event = read(replace(PLAIN, sequence=2, method=Method.CANCEL))
    assert (str(calendar["METHOD"]), str(event["STATUS"])) == ("CANCEL", "CANCELLED")
    assert media_type(Method.CANCEL).endswith("CANCEL")


def test_lines_are_folded_and_end_in_crlf():
    """No line is longer than 75 octets, every line ends in CR LF, and no character is cut in two."""
    text = invitation_text(replace(PLAIN, summary="Koffie – één kopje ☕ " * 20))
    lines = text.split("\r\n")
    assert lines[-1] == ""
    assert not any("\n" in line or "\r" in line for line in lines)
    assert max(len(line.encode()) for line in lines) <= 75
    assert max(len(line.encode()) for line in lines) >= 72
    assert (
        str(read(replace(PLAIN, summary="Koffie – één kopje ☕ " * 20))[1]["SUMMARY"]) == "Koffie – één kopje ☕ " * 20
    )


@given(st.text(max_size=400))
def test_folding_comes_undone(line):
    """Taking the breaks out gives the line back, whatever is in it."""
    if any("\ud800" <= char <= "\udfff" for char in line):
        return
    assert line == folded(line).replace("\r\n ", "") or "\r\n " in line
    if "\r\n" not in line:
        assert all(len(part.encode()) <= 75 for part in folded(line).split("\r\n"))


@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=60))
def test_no_text_breaks_out_of_its_line(summary, description, name):
    """Whatever a title, a text or a name holds, the file has the same lines, and the text comes back."""
    invitation = replace(PLAIN, summary=summary, description=f"x{description}", guests=(Party(name, "a@example.org"),))
    calendar, event = read(invitation)
    assert len(calendar.walk("VEVENT")) == 1
    assert [str(one) for one in event["ATTENDEE"]] == ["mailto:hanneke@example.org", "mailto:a@example.org"]
    keys = [
        line.partition(":")[0].partition(";")[0]
        for line in invitation_text(invitation).replace("\r\n ", "").split("\r\n")
    ]
    assert keys.count("ATTENDEE") == 2
    assert set(keys) <= {
        "", "BEGIN", "END", "PRODID", "VERSION", "CALSCALE", "METHOD", "UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE",
        "SUMMARY", "LOCATION", "DESCRIPTION", "ORGANIZER", "ATTENDEE", "STATUS", "TRANSP",
    }  # fmt: skip


@given(
    st.text(
        st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_characters="".join(map(chr, range(127, 160)))),
        max_size=200,
    )
)
def test_printable_text_comes_back(text):
    """A title of printable characters is read back exactly as it was."""
    assert text == str(read(replace(PLAIN, summary=text))[1]["SUMMARY"])


@pytest.mark.parametrize("text", ["C:\\nieuw\\,;", "a\\\\n", "; , \\; \\,", "één\ntwee"])
def test_marks_come_back(text):
    """Backslash, comma, semicolon and line end are escaped so that the reader gives them back."""
    assert text == str(read(replace(PLAIN, description=text))[1]["DESCRIPTION"])


@pytest.mark.parametrize(
    "address",
    [
        "",
        "bram",
        "@example.org",
        "bram@",
        "bram@example.org\r\nATTENDEE:mailto:x@example.org",
        "bram@example.org\u2028x",
        "a b@example.org",
        "a;b@example.org",
        "a:b@example.org",
        'a"b@example.org',
        "<bram@example.org>",
        "a@b@example.org",
        "x" * 250 + "@example.org",
    ],
)
def test_an_address_that_could_break_out_is_refused(address):
    """An address with line ends, marks or spaces in it goes into no invitation, and is not quoted in the refusal."""
    for wrong in ({"guests": (Party("Bram", address),)}, {"organiser": Party("Me", address)}):
        with pytest.raises(FormatError) as caught:
            invitation_text(replace(PLAIN, **wrong))
        assert not address or address not in str(caught.value)


def test_an_address_of_other_letters_is_a_uri():
    """Letters that no URI holds are written by their octets."""
    _, event = read(replace(PLAIN, guests=(Party("", "jürgen%x@exämple.org"),)))
    assert str(event["ATTENDEE"][1]) == "mailto:j%C3%BCrgen%25x@ex%C3%A4mple.org"
    assert "CN" not in event["ATTENDEE"][1].params


def test_what_is_no_meeting_is_refused():
    """A meeting that ends before it begins or counts below nought is a fault of ours; one with nobody is the user's."""
    for wrong in ({"end": BEGIN}, {"sequence": -1}):
        with pytest.raises(ParameterError):
            invitation_text(replace(PLAIN, **wrong))
    with pytest.raises(FormatError):
        invitation_text(replace(PLAIN, guests=()))


def test_accepted_when_the_calendar_shows_it():
    """The newest version in the calendars read says what they answered; a meeting taken back is declined."""

    def version(sequence, answer, *, uid=PLAIN.uid, is_cancelled=False):
        bram = Attendee("Bram", "bram+kade@example.org", answer, "individual", is_optional=False)
        when = (Seconds(0), BEGIN, 3600)
        return Meeting(
            Origin("x.ics"), uid, *when, "Koffie", "", None, (bram,), is_cancelled=is_cancelled, sequence=sequence
        )

    first, second = version(0, Answer.NONE), version(1, Answer.ACCEPTED)
    other = version(7, Answer.DECLINED, uid="other")
    assert answered(PLAIN.uid, "Bram+Kade@example.org", [second, other, first]) is Answer.ACCEPTED
    assert answered(PLAIN.uid, "bram+kade@example.org", [first]) is Answer.NONE
    assert answered(PLAIN.uid, "x@example.org", [first]) is None
    assert answered(PLAIN.uid, "bram+kade@example.org", [other]) is None
    gone = version(2, Answer.ACCEPTED, is_cancelled=True)
    assert answered(PLAIN.uid, "bram+kade@example.org", [gone, second]) is Answer.DECLINED


def test_a_long_text_is_cut():
    """A description of a megabyte does not become an invitation of a megabyte."""
    assert len(invitation_text(replace(PLAIN, description="x" * 10**6))) < 2 * LONGEST_TEXT


def test_a_name_for_good():
    """The same parts give the same name, others another, and none of them can be read in it."""
    assert make_uid("s", 7, 1) == make_uid("s", 7, 1) != make_uid("s", 71)
    assert len(PLAIN.uid) == 36
