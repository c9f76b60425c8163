"""Importing: anything in, once; what could not be read is told; nothing is lost or doubled."""

from __future__ import annotations

import os
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import ME, NOW, Letter

from maatje.app import capture
from maatje.app.home import Home
from maatje.app.settings import Settings
from maatje.errors import PathError, SettingError
from maatje.model.units import Seconds
from maatje.store import dump


def _talk(letter: Letter, *, people: int = 4, letters: int = 6) -> list[str]:
    """Some letters between the user and a few people, both ways."""
    rng = random.Random(5)
    found = []
    for number in range(letters * people):
        other = f"friend{number % people}@example.net"
        pair = (other, ME) if rng.random() < 0.5 else (ME, other)
        found.append(letter(*pair, days=10 + number * 3.5, subject=f"Talk {number}"))
    return found


def _digest(home: Home) -> str:
    with home.connect(read_only=True) as db:
        return dump.digest(db)


def test_a_mailbox_twice_is_a_mailbox_once(home: Home, letter: Letter, tmp_path: Path) -> None:
    """Adding the same archive again reads nothing and adds nothing."""
    box = tmp_path / "Inbox.mbox"
    box.write_text("".join(_talk(letter)))
    first = capture.add(home, [box], me=[ME], now=NOW)
    again = capture.add(home, [box], now=NOW)
    assert (first.new, again.new, first.interactions, again.interactions) == (24, 0, 24, 24)
    assert (first.contacts, again.contacts) == (4, 4)


def test_a_grown_mailbox_is_read_on(home: Home, letter: Letter, tmp_path: Path) -> None:
    """Of a mailbox that grew only the new end is read."""
    letters = _talk(letter)
    box = tmp_path / "Inbox.mbox"
    box.write_text("".join(letters[:20]))
    capture.add(home, [box], me=[ME], now=NOW)
    box.write_text("".join(letters))
    result = capture.add(home, [box], now=NOW)
    assert (result.new, result.sources[0].records) == (4, 24)


def test_a_message_that_was_being_written_is_read_whole_later(home: Home, letter: Letter, tmp_path: Path) -> None:
    """A mailbox read while its program appends to it: the message cut short then is there once it is whole."""
    box = tmp_path / "Inbox.mbox"
    late = letter("late@example.net", ME, days=1, subject="Just in")
    cut = late.index("late@example.net", 40) + 9
    box.write_text("".join(_talk(letter)) + late[:cut])
    capture.add(home, [box], me=[ME], now=NOW)
    with box.open("a") as file:
        file.write(late[cut:] + letter("later@example.net", ME, days=0.5))
    result = capture.add(home, [box], now=NOW)
    assert (result.new, result.sources[0].records) == (2, 26)
    assert capture.add(home, [box], now=NOW).new == 0


def test_a_card_corrected_in_place_is_read(home: Home, tmp_path: Path) -> None:
    """A file of the same length with other words in it is read again."""
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:Anna\nEMAIL:anna@example.net\nEND:VCARD\n"
    filling = "".join(card.replace("anna@", f"p{number:05d}@") for number in range(2_000))
    book = tmp_path / "cards.vcf"
    book.write_text(filling + card + filling)
    capture.add(home, [book], now=NOW)
    os.utime(book, ns=(1, 1))
    book.write_text(filling + card.replace("anna@", "hans@") + filling)
    assert capture.add(home, [book], now=NOW).new == 1


def test_the_user_of_a_calendar_alone(home: Home, tmp_path: Path) -> None:
    """Where no mail was read, who is in every meeting is the user; a long series counts once."""
    events = "".join(
        f"BEGIN:VEVENT\nUID:{number}\nDTSTAMP:20260101T000000Z\nDTSTART:202605{number + 1:02d}T100000Z\n"
        f"SUMMARY:Talk\nORGANIZER:mailto:{ME}\nATTENDEE:mailto:{ME}\nATTENDEE:mailto:friend{number % 3}@example.net\n"
        f"{'RRULE:FREQ=WEEKLY;COUNT=200' + chr(10) if number == 0 else ''}END:VEVENT\n"
        for number in range(6)
    )
    (tmp_path / "own.ics").write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n")
    assert capture.add(home, [tmp_path / "own.ics"], now=NOW).me == (ME,)


def test_a_path_means_the_same_from_anywhere(
    home: Home, letter: Letter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mailbox named by a relative path is the one that was added by its full path; its namesake elsewhere is not."""
    for number in range(2):
        (tmp_path / f"{number}").mkdir()
        (tmp_path / f"{number}" / "Inbox.mbox").write_text(letter(f"p{number}@example.net", ME, days=number + 1))
    full = capture.add(home, [tmp_path / "0" / "Inbox.mbox"], me=[ME], now=NOW)
    for number in range(2):
        monkeypatch.chdir(tmp_path / f"{number}")
        result = capture.add(home, [Path("Inbox.mbox")], now=NOW)
        assert (result.new, result.sources[0].path == full.sources[0].path) == (number, number == 0)


def test_a_mailbox_that_became_another_is_read_anew(home: Home, letter: Letter, tmp_path: Path) -> None:
    """A mailbox compacted by its program is read from the start, and nothing counts twice."""
    letters = _talk(letter)
    box = tmp_path / "Inbox.mbox"
    box.write_text("".join(letters))
    capture.add(home, [box], me=[ME], now=NOW)
    box.write_text("".join(letters[5:]) + letter("new@example.net", ME, days=2))
    result = capture.add(home, [box], now=NOW)
    assert (result.new, result.interactions) == (1, 25)


def test_copies_in_several_folders_count_once(home: Home, letter: Letter, tmp_path: Path) -> None:
    """One message in two folders is one, though the exporter gave each copy a Message-ID of its own."""
    text = letter("anna@example.net", ME, subject="Lunch")
    (tmp_path / "a.mbox").write_text(text)
    (tmp_path / "b.mbox").write_text(text.replace("Message-ID: <", "Message-ID: <copy."))
    result = capture.add(home, [tmp_path / "a.mbox", tmp_path / "b.mbox"], me=[ME], now=NOW)
    assert result.interactions == 1


def test_two_messages_with_one_id_are_two(home: Home, letter: Letter, tmp_path: Path) -> None:
    """Two different messages that bear the same Message-ID are both kept."""
    one = letter("anna@example.net", ME, subject="One", headers="X-A: 1\n")
    other = letter("anna@example.net", ME, subject="Two").replace("Message-ID: <", "Message-ID: <", 1)
    import re

    same = re.sub(r"Message-ID: <[^>]+>", "Message-ID: <same@example.org>", one + other)
    (tmp_path / "a.mbox").write_text(same)
    assert capture.add(home, [tmp_path / "a.mbox"], me=[ME], now=NOW).interactions == 2


def test_everything_in_one_call(home: Home, letter: Letter, tmp_path: Path) -> None:
    """Files, folders and zip archives are read in one call, each recognised by its content."""
    folder = tmp_path / "stuff"
    (folder / "Maildir" / "cur").mkdir(parents=True)
    (folder / "Maildir" / "new").mkdir()
    (folder / "Maildir" / "tmp").mkdir()
    single = letter("bob@example.net", ME, days=4, subject="Single").split("\n", 1)[1]
    (folder / "Maildir" / "cur" / "1.host:2,S").write_text(single)
    (folder / "cards").write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Anna de Wit\nEMAIL:anna@example.net\nEND:VCARD\n")
    with zipfile.ZipFile(folder / "takeout.zip", "w") as archive:
        archive.writestr("Takeout/Mail/All.mbox", letter("anna@example.net", ME, days=5))
        archive.writestr("Takeout/readme.html", "<html></html>")
    result = capture.add(home, [folder], me=[ME], now=NOW)
    assert sorted(line.format for line in result.sources) == ["maildir", "mbox", "vcard"]
    assert (result.interactions, result.contacts, result.problems_total) == (2, 2, 0)


def test_a_maildir_message_whose_flags_change_is_the_same(home: Home, letter: Letter, tmp_path: Path) -> None:
    """A message that moves from new to cur and gains flags is not read again; a new one is."""
    for box in ("cur", "new", "tmp"):
        (tmp_path / "Maildir" / box).mkdir(parents=True)
    single = letter("bob@example.net", ME, days=4).split("\n", 1)[1]
    (tmp_path / "Maildir" / "new" / "1.host").write_text(single)
    capture.add(home, [tmp_path / "Maildir"], me=[ME], now=NOW)
    (tmp_path / "Maildir" / "new" / "1.host").rename(tmp_path / "Maildir" / "cur" / "1.host:2,RS")
    (tmp_path / "Maildir" / "new" / "2.host").write_text(single.replace("Hello", "Other"))
    result = capture.add(home, [tmp_path / "Maildir"], now=NOW)
    assert (result.new, result.sources[0].records) == (1, 2)


def test_a_bad_record_is_told_and_the_rest_goes_on(home: Home, letter: Letter, tmp_path: Path) -> None:
    """A message without any date is a problem with its place; its neighbours are read."""
    good = letter("anna@example.net", ME)
    bad = "From x Thu Jan  1 00:00:00 1970\nFrom: anna@example.net\nTo: x@example.org\n\nno date\n\n"
    (tmp_path / "a.mbox").write_text(good + bad + letter("anna@example.net", ME, days=9))
    result = capture.add(home, [tmp_path / "a.mbox"], me=[ME], now=NOW)
    assert (result.interactions, result.problems_total) == (2, 1)
    assert result.problems[0].where.startswith("message 2")
    assert "anna" not in " ".join(problem.message + problem.where for problem in result.problems)


def test_paths_that_are_not_there_are_named(home: Home, tmp_path: Path) -> None:
    """A path that does not exist is named before anything is read, and no store is made."""
    with pytest.raises(PathError, match=r"nowhere\.mbox"):
        capture.add(home, [tmp_path / "nowhere.mbox"], now=NOW)
    assert home.is_empty


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02" * 100, b"just some words\n"])
def test_files_that_are_nothing_are_named(home: Home, tmp_path: Path, content: bytes) -> None:
    """An empty file, or one in no known format, is named with the reason."""
    (tmp_path / "thing").write_bytes(content)
    with pytest.raises(PathError, match="thing"):
        capture.add(home, [tmp_path / "thing"], now=NOW)


def test_an_address_that_is_none_is_refused(home: Home, letter: Letter, tmp_path: Path) -> None:
    """A --me that is no mail address is refused before anything is read."""
    (tmp_path / "a.mbox").write_text(letter("anna@example.net", ME))
    with pytest.raises(SettingError, match="nonsense"):
        capture.add(home, [tmp_path / "a.mbox"], me=["nonsense"], now=NOW)


def test_subjects_are_kept_only_where_wanted(home: Home, letter: Letter, tmp_path: Path) -> None:
    """With the setting off no word of a subject lies in any file of the home, and copies still count once."""
    (tmp_path / "a.mbox").write_text(letter("anna@example.net", ME, subject="Kruudmoes"))
    (tmp_path / "b.mbox").write_text(letter("anna@example.net", ME, subject="Kruudmoes"))
    quiet = Home(home.path, Settings(keep_subjects=False))
    result = capture.add(quiet, [tmp_path / "a.mbox", tmp_path / "b.mbox"], me=[ME], now=NOW)
    assert result.interactions == 1
    assert all(b"ruudmoes" not in path.read_bytes() for path in home.path.rglob("*") if path.is_file())


def test_bodies_are_never_kept(home: Home, letter: Letter, tmp_path: Path) -> None:
    """No word of a message's body lies in any file of the home."""
    (tmp_path / "a.mbox").write_text(letter("anna@example.net", ME, body="the secret of the quay"))
    capture.add(home, [tmp_path / "a.mbox"], me=[ME], now=NOW)
    assert all(b"secret of the quay" not in path.read_bytes() for path in home.path.rglob("*") if path.is_file())


def test_who_the_user_is_can_be_said_later(home: Home, letter: Letter, tmp_path: Path) -> None:
    """Saying --me afterwards gives the same store as saying it at first."""
    (tmp_path / "a.mbox").write_text("".join(_talk(letter)))
    other = Home(tmp_path / "other", home.settings)
    capture.add(home, [tmp_path / "a.mbox"], me=["somebody@example.org"], now=NOW)
    capture.add(home, [], me=[ME], now=NOW)
    capture.add(other, [tmp_path / "a.mbox"], me=["somebody@example.org", ME], now=NOW)
    assert _digest(home) == _digest(other)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(24)), cut=st.integers(1, 23))
def test_any_order_and_split_give_the_same(
    order: list[int], cut: int, letter: Letter, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The same messages in any order, in one archive or two, one of them twice, make the same store."""
    room = tmp_path_factory.mktemp("order")
    letters = _talk(letter)
    whole, parts = Home(room / "whole", Settings()), Home(room / "parts", Settings())
    (room / "all.mbox").write_text("".join(letters))
    (room / "1.mbox").write_text("".join(letters[at] for at in order[:cut]))
    (room / "2.mbox").write_text("".join(letters[at] for at in order[cut - 1 :]))
    capture.add(whole, [room / "all.mbox"], me=[ME], now=NOW)
    capture.add(parts, [room / "2.mbox"], me=[ME], now=NOW)
    capture.add(parts, [room / "1.mbox"], now=NOW)
    assert _digest(whole) == _digest(parts)


def test_a_rebuild_changes_nothing(home: Home, letter: Letter, tmp_path: Path) -> None:
    """Tie states kept up to date bit by bit equal those computed anew."""
    from maatje.app import mending
    from maatje.store import states

    letters = _talk(letter)
    for number in range(0, 24, 6):
        (tmp_path / f"{number}.mbox").write_text("".join(letters[number : number + 6]))
        capture.add(home, [tmp_path / f"{number}.mbox"], me=[ME], now=NOW)
    with home.connect() as db:
        before = states.read_states(db)
        mending.rebuild(db, NOW)
        assert states.read_states(db) == before


def test_worker_processes_read_the_same(
    home: Home, letter: Letter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two reading processes and small pieces give the same store as one process."""
    from maatje.app import intake, reading

    (tmp_path / "a.mbox").write_text("".join(_talk(letter, people=20, letters=10)))
    capture.add(home, [tmp_path / "a.mbox"], me=[ME], now=NOW)
    monkeypatch.setattr(reading, "SMALL_BYTES", 0)
    monkeypatch.setattr(intake, "CHUNK_BYTES", 5_000)
    other = Home(tmp_path / "other", Settings(workers=2))
    capture.add(other, [tmp_path / "a.mbox"], me=[ME], now=NOW)
    assert _digest(home) == _digest(other)


def test_states_serve_any_instant(home: Home, letter: Letter, tmp_path: Path) -> None:
    """The pile as of an earlier instant equals that of a store which never read anything later."""
    from maatje.app import pile

    letters = _talk(letter)
    earlier = Seconds(NOW - 40 * 86_400)
    (tmp_path / "all.mbox").write_text("".join(letters))
    (tmp_path / "old.mbox").write_text("".join(letters[9:]))
    old = Home(tmp_path / "old", home.settings)
    capture.add(home, [tmp_path / "all.mbox"], me=[ME], now=NOW)
    capture.add(old, [tmp_path / "old.mbox"], me=[ME], now=earlier)
    seen = []
    for one in (home, old):
        with one.connect(read_only=True) as db:
            page = pile.pile(db, earlier)
            seen.append([(tie.name, round(tie.chances.comes_by_30, 9), tie.interactions) for tie in page.ties])
    assert seen[0] == seen[1]
