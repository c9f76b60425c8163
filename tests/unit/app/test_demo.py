"""The demo's archives: the same for ever, readable by anybody's parser, and true to their own story."""

from __future__ import annotations

import mailbox
import re
from collections import Counter
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses, parsedate_to_datetime
from hashlib import sha256
from pathlib import Path

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatje.app.demo import DEMO_NOW, DemoArchives, write_archives
from maatje.app.demo.civil import local, mail_date, offset, utc
from maatje.app.demo.diary import fold
from maatje.app.demo.mails import encoded
from maatje.app.demo.story import Story, told
from maatje.model.units import DAY, Seconds

ALLOWED = ("example.org", "example.com", "example.net")


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> DemoArchives:
    """The demo's archives as `maatje demo` writes them."""
    return write_archives(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def story() -> Story:
    """The demo's story."""
    return told(1851, DEMO_NOW)


def digests(paths: tuple[Path, ...]) -> dict[str, str]:
    """A digest of every file below the paths, by name."""
    files = [one for path in paths for one in ([path] if path.is_file() else sorted(path.rglob("*")))]
    return {
        str(one.relative_to(one.anchor)).rpartition("demo")[2]: sha256(one.read_bytes()).hexdigest()
        for one in files
        if one.is_file()
    }


def mails(box: Path, every: int = 1) -> list[Message]:
    """The headers of every ``every``-th message of an mbox, read by the standard library."""
    blocks = (b"\n" + box.read_bytes().replace(b"\r\n", b"\n")).split(b"\nFrom ")[1:]
    parser = BytesHeaderParser()
    return [parser.parsebytes(block.partition(b"\n")[2]) for block in blocks[::every]]


def test_same_seed_same_bytes(archives: DemoArchives, tmp_path: Path) -> None:
    """The same seed and present write the same bytes, whatever was drawn before in the process."""
    again = write_archives(tmp_path / "demo")
    first, second = digests(archives.paths), digests(again.paths)
    assert sorted(first.values()) == sorted(second.values())
    assert archives.truth == again.truth


def test_another_seed_is_another_crowd_with_the_same_cast() -> None:
    """Another seed changes the crowd and not the people who have a part to play."""
    one, other = told(1851, DEMO_NOW), told(7, DEMO_NOW)
    assert [p.name for p in one.people[:28]] == [p.name for p in other.people[:28]]
    assert [p.name for p in one.people[60:90]] != [p.name for p in other.people[60:90]]


def test_the_story_moves_with_its_present() -> None:
    """A later present moves the cast's calendar along, so that the demo's week stays the demo's week."""
    later = Seconds(DEMO_NOW + 28 * DAY)
    there = {letter.subject: letter.at for letter in told(1851, later).letters}
    here = {letter.subject: letter.at for letter in told(1851, DEMO_NOW).letters}
    subject = "Zit jij op de 24e in de jury?"
    assert there[subject] - here[subject] == 28 * DAY


def test_sizes(archives: DemoArchives, story: Story) -> None:
    """About eight hundred people and some thirty thousand mails, over twelve years."""
    assert 780 <= len(story.people) <= 820
    assert 25_000 <= archives.mails <= 36_000
    assert story.letters[0].at < DEMO_NOW - 11.8 * 365 * DAY
    assert story.letters[-1].at < DEMO_NOW


def test_everything_is_invented(archives: DemoArchives) -> None:
    """No address lies outside the domains that are kept for examples."""
    for message in mails(archives.paths[2], 5) + mails(archives.paths[4], 5):
        parties = getaddresses([str(value) for name in ("From", "To", "Cc") for value in message.get_all(name, [])])
        assert all(address.endswith(ALLOWED) for _, address in parties)


def test_the_standard_library_reads_the_mail(archives: DemoArchives, story: Story) -> None:
    """Mail reads back with its date, subject, sender and thread."""
    by_ident = {letter.ident: letter for letter in story.letters}
    for path in archives.paths[:5]:
        for message in mails(path, 7):
            letter = by_ident[message["Message-ID"].strip("<>")]
            assert int(parsedate_to_datetime(message["Date"]).timestamp()) == letter.at
            assert str(make_header(decode_header(message["Subject"]))) == letter.subject
            assert [address for _, address in getaddresses([message["From"]])] == [letter.sender.address]
            assert re.findall(r"<([^>]+)>", message.get("References", "")) == list(letter.chain)


def test_every_letter_lies_in_a_box(archives: DemoArchives, story: Story) -> None:
    """Nothing is lost between the boxes, and only the projects' folder holds copies."""
    files = [one for path in archives.paths[:6] for one in (path, *sorted(path.rglob("*"))) if one.is_file()]
    marks = Counter(mark for one in files for mark in re.findall(rb"^Message-ID: <([^>]+)>", one.read_bytes(), re.M))
    assert {mark.decode() for mark in marks} == {letter.ident for letter in story.letters}
    assert set(marks.values()) == {1, 2}
    copies = re.findall(rb"^Message-ID: <([^>]+)>", archives.paths[3].read_bytes(), re.M)
    assert {mark for mark, times in marks.items() if times == 2} == set(copies)
    assert len(mailbox.mbox(str(archives.paths[3]))) == len(copies)


def test_only_the_oldest_box_has_crlf(archives: DemoArchives) -> None:
    """The old employer's export has the line ends of a Windows program, the others have not."""
    has_crlf = [b"\r\n" in path.read_bytes()[:4096] for path in archives.paths[:5]]
    assert has_crlf == [True, False, False, False, False]


def test_the_calendar_parses(archives: DemoArchives) -> None:
    """The diary is valid iCalendar with series, moved and cancelled ones, and three occasions ahead."""
    calendar = icalendar.Calendar.from_ical(archives.paths[7].read_bytes())
    events = list(calendar.walk("VEVENT"))
    assert sum("RRULE" in event for event in events) > 30
    assert any("RECURRENCE-ID" in event for event in events)
    assert any(event.get("STATUS") == "CANCELLED" for event in events)
    ahead = [str(e["SUMMARY"]) for e in events if "RRULE" not in e and e["DTSTART"].dt.timestamp() > DEMO_NOW]
    assert ahead == ["Haringparty bij Van Beek & Roos", "Boekpresentatie Liesbeth Kuiper", "Afscheid Gerrit Stam"]


def test_the_herring_party(story: Story) -> None:
    """The fourth party at Van Beek & Roos has thirty-four guests and Hanneke; nineteen of them have written or met."""
    parties = [one for one in story.gatherings if one.title == "Haringparty bij Van Beek & Roos"]
    assert len(parties) == 4
    assert len(parties[-1].guests) == 35
    assert f"{local(parties[-1].at):%A %d %B %H:%M}" == "Thursday 11 June 17:00"


def test_who_waits_for_an_answer(story: Story) -> None:
    """In the last three weeks Hanneke had the last word with everybody but those who are to wait."""
    latest: dict[str, tuple[Seconds, bool, str]] = {}
    mine = ("hanneke@oldenhof.example.org", "h.oldenhof@waterman.example.com")
    people = {post.address for person in story.people for post in person.posts}
    for letter in story.letters:
        if letter.kind == "":
            is_mine = letter.sender.address in mine
            for party in letter.to if is_mine else (letter.sender,):
                latest[party.address] = (letter.at, is_mine, letter.subject)
    waiting = {
        subject
        for address, (at, is_mine, subject) in latest.items()
        if address in people and not is_mine and DEMO_NOW - 21 * DAY < at < DEMO_NOW - DAY
    }
    assert waiting == {"Zit jij op de 24e in de jury?", "Hoe heette die mediator uit Deventer?", "Dank!"}


def test_the_truth_is_told(archives: DemoArchives) -> None:
    """Who comes by often in the story does come by after its present, and who is dormant does not."""
    ties = {tie.name: tie for tie in archives.truth.ties}
    assert ties["Marijke van Loon"].came_at is not None
    assert ties["Wim Terlouw"].theirs_a_year == 0
    often = [tie.came_at is not None for tie in archives.truth.ties if tie.theirs_a_year > 12]
    seldom = [tie.came_at is not None for tie in archives.truth.ties if tie.theirs_a_year < 0.2]
    assert sum(often) / len(often) > 0.9
    assert sum(seldom) / len(seldom) < 0.05
    assert [one.tie for one in archives.truth.yields] == ["maintained", "maintained", "revived", "new", "maintained"]


def test_memories_belong_to_the_cast(archives: DemoArchives, story: Story) -> None:
    """Every memory is about somebody who lives in the story, and told in both languages."""
    names = {person.name for person in story.people}
    assert {name for name, _ in archives.memories} <= names
    assert [name for name, _ in archives.memories] == [name for name, _ in archives.memories_nl]


@given(st.integers(min_value=1_400_000_000, max_value=1_800_000_000))
def test_civil_time_goes_there_and_back(at: int) -> None:
    """An instant read off the Dutch clock and set again is the same, but for the hour that comes twice."""
    wall = local(Seconds(at)).replace(tzinfo=None)
    assert utc(wall) in (at, at + 3600)
    assert parsedate_to_datetime(mail_date(Seconds(at))).timestamp() == at
    assert offset(Seconds(at)) in (3600, 7200)


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), max_size=120))
def test_encoded_words_read_back(text: str) -> None:
    """Whatever a name or subject holds, the standard library reads it back from its encoded words."""
    if not text.isascii():
        assert str(make_header(decode_header(encoded(text)))) == text


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=400))
def test_folding_loses_nothing(text: str) -> None:
    """A folded line unfolds to itself and no piece is longer than the formats allow."""
    folded = fold(text)
    assert folded.replace("\n ", "") == text
    assert all(len(piece.encode()) <= 75 for piece in folded.split("\n"))
