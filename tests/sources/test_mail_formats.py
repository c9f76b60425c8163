"""Mailboxes, folders and files of mail: boundaries, splitting, broken and huge samples, calendar parts."""

from __future__ import annotations

import base64
import contextlib
import os
import sys
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sources.mail_golden import DATA, written

from maatje.errors import FormatError
from maatje.model.record import Mail, Mark, Problem
from maatje.sources import eml, emlx, maildir, mbox, pipermail
from maatje.sources.calendar_parts import calendar_parts, parts_of
from maatje.sources.windows import WINDOW

DATE = "Date: Tue, 3 Mar 2015 10:11:12 +0100\n"


def one(number: int, body: str = "Hi\n", sender: str = "x") -> str:
    """One mbox message."""
    line = f"From {sender}@example.org Tue Mar  3 10:11:12 2015\nFrom: {sender}@example.org\n"
    return f"{line}{DATE}Message-ID: <{number}@example.org>\n\n{body}\n"


def ids(path: Path, **options: int) -> list[str]:
    """The Message-IDs of a mailbox."""
    found = list(mbox.read(path, name="m", **options))
    assert all(isinstance(mail, Mail) for mail in found)
    return [mail.native_id.partition("@")[0] for mail in found if isinstance(mail, Mail)]


bodies = st.lists(
    st.sampled_from(
        [
            "Hi\n",
            "From here on\n",
            "\nFrom Amsterdam, Tue Mar  3 10:11:12 2015\nit rained\n",
            "\n>From x@example.org Tue Mar  3 10:11:12 2015\nFrom: quoted@example.org\n",
            "From \n",
            "x" * 3_000 + "\n",
            "\n\n\n",
        ]
    ),
    max_size=4,
).map("".join)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(bodies, min_size=1, max_size=12), st.integers(1, 20_000), st.booleans())
def test_split_anywhere_gives_the_same_messages(tmp_path: Path, made: list[str], chunk: int, crlf: bool) -> None:
    """A mailbox read in ranges of any size gives the messages of one read, and the ranges tile the file."""
    path = tmp_path / "m.mbox"
    text = "".join(one(number, body) for number, body in enumerate(made))
    path.write_bytes((text.replace("\n", "\r\n") if crlf else text).encode())
    ranges = list(mbox.split(path, 0, chunk))
    whole = list(mbox.read(path, name="m"))
    assert [str(number) for number in range(len(made))] == ids(path)
    assert whole == [found for start, stop in ranges for found in mbox.read(path, name="m", start=start, stop=stop)]
    assert [0, *(stop for _, stop in ranges)] == [*(start for start, _ in ranges), path.stat().st_size]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=2_000), st.integers(1, 500))
def test_no_bytes_break_a_mailbox(tmp_path: Path, data: bytes, chunk: int) -> None:
    """Any bytes behind a "From " line are messages and problems that tile the file, never an exception."""
    path = tmp_path / "m.mbox"
    path.write_bytes(one(0).encode() + b"From x Tue Mar  3 10:11:12 2015\nA:" + data)
    for found in mbox.read(path, name="m"):
        assert isinstance(found, Mail | Problem)
    assert path.stat().st_size == [stop for _, stop in mbox.split(path, 0, chunk)][-1]


def test_messages_tile_the_file(tmp_path: Path) -> None:
    """Each message's bytes begin where the one before ended, and are found again by place and length."""
    path = tmp_path / "m.mbox"
    path.write_text("".join(one(number) for number in range(5)))
    mails = [mail for mail in mbox.read(path, name="m") if isinstance(mail, Mail)]
    data = path.read_bytes()
    assert b"".join(data[mail.place : mail.place + mail.length] for mail in mails) == data


def test_what_was_added_is_read_alone(tmp_path: Path) -> None:
    """Reading from the old end gives only what was appended since; a start within a message moves on."""
    path = tmp_path / "m.mbox"
    path.write_text(one(1))
    end = path.stat().st_size
    with path.open("a") as file:
        file.write(one(2) + one(3))
    assert ids(path, start=end) == ["2", "3"]
    assert ids(path, start=end - 10) == ["2", "3"]
    assert ids(path, start=path.stat().st_size) == []


def test_a_separator_needs_no_blank_line_but_a_field(tmp_path: Path) -> None:
    """A dated "From " line with a field behind it separates even where a program left out the blank line."""
    path = tmp_path / "m.mbox"
    path.write_text(one(1).rstrip("\n") + "\n" + one(2))
    assert ids(path) == ["1", "2"]


@pytest.mark.parametrize(
    "line",
    [
        "From x@example.org Tue Mar  3 10:11:12 2015",
        "From x@example.org  Tue Mar 3 10:11:12 2015",
        "From x@example.org Tue Mar  3 10:11:12 CET 2015",
        "From x@example.org Tue Mar  3 10:11:12 2015 +0100",
        "From 123@xxx Tue Mar 03 10:11:12 +0000 2015",
        "From x@example.org Tue, 3 Mar 2015 10:11:12 +0100",
        "From x Tue Mar  3 10:11 2015 remote from host",
        "From x at example.org  Tue Mar  3 10:11:12 2015",
        "From x@example.org 2015-03-03 10:11:12 +0100",
        "From - Tue Mar 03 10:11:12 2015",
        'From "a b"@example.org Tue Mar  3 10:11:12 2015',
    ],
)
def test_dated_lines_of_many_programs(tmp_path: Path, line: str) -> None:
    """Each program's form of the "From " line separates messages."""
    path = tmp_path / "m.mbox"
    path.write_text(f"{one(1)}{line}\nFrom: y@example.org\n{DATE}Message-ID: <2@example.org>\n\nHi\n")
    assert ids(path) == ["1", "2"]


def test_patches_in_a_body_are_no_messages(tmp_path: Path) -> None:
    """A git patch pasted into a message stays part of it; a file of patches is read as messages."""
    patch = (
        f"From {'0a' * 20} Mon Sep 17 00:00:00 2001\nFrom: p@example.org\n{DATE}Message-ID: <p@example.org>\n\nx\n\n"
    )
    path = tmp_path / "m.mbox"
    path.write_text(one(1, "See:\n\n" + patch) + one(2))
    assert ids(path) == ["1", "2"]
    path.write_text(patch * 2)
    assert ids(path) == ["p", "p"]


def test_lengths_protect_what_lies_between(tmp_path: Path) -> None:
    """In a Content-Length mailbox a whole message inside a body is body, and the mailbox is one range."""
    path = DATA / "lengths.mbox"
    assert ids(path) == ["four", "five"]
    assert [(0, path.stat().st_size)] == list(mbox.split(path, 0, 10))


def test_a_wrong_length_is_not_believed(tmp_path: Path) -> None:
    """Where a later Content-Length does not fit, the next "From " line ends the message."""
    path = tmp_path / "m.mbox"
    path.write_bytes(
        (DATA / "lengths.mbox").read_bytes().replace(b"Length: 4\n", b"Length: 999999\n") + one(6).encode()
    )
    assert ids(path) == ["four", "five", "6"]


@pytest.mark.parametrize(
    ("data", "message"),
    [(b"", mbox.EMPTY), (b"\0" * 500, mbox.NOT_MAILBOX), (b"From here\n\nx", mbox.NOT_MAILBOX)],
)
def test_no_mailbox_is_one_problem(tmp_path: Path, data: bytes, message: str) -> None:
    """An empty or foreign file gives one plain problem that names the file and quotes nothing."""
    path = tmp_path / "m.mbox"
    path.write_bytes(data)
    (found,) = mbox.read(path, name="Inbox")
    assert isinstance(found, Problem)
    assert ("Inbox", "byte 0", message) == (found.origin.source, found.where, found.message)


def test_a_bad_message_among_good_ones(tmp_path: Path) -> None:
    """A message without a date is a problem with its number and place; the rest goes on."""
    path = tmp_path / "m.mbox"
    undated = one(2).replace(DATE, "").replace("Tue Mar  3", "Tue Mar 33")
    path.write_text(one(1) + "From - Tue Mar\nX: y\n" + undated + one(3))
    assert [type(record).__name__ for record in mbox.read(path, name="m")] == ["Mail", "Problem", "Mail"]
    never = one(2).replace(DATE, "Date: Thu, 1 Jan 1970 00:00:00 +0000\n").replace("2015", "1969")
    path.write_text(one(1) + never + one(3))
    places = [record.where for record in mbox.read(path, name="m") if isinstance(record, Problem)]
    assert places == [f"message 2, byte {len(one(1))}"]


def test_a_cut_last_message_is_kept(tmp_path: Path) -> None:
    """A mailbox that ends within a message, even within its header, still gives that message."""
    path = tmp_path / "m.mbox"
    path.write_text(one(1) + one(2)[:-8])
    assert ids(path) == ["1", "2"]
    path.write_text(one(1) + one(2).partition("Message-ID")[0])
    assert ids(path) == ["1", ""]


def test_bodies_wider_than_the_window(tmp_path: Path) -> None:
    """Bodies larger than the reading window, with separators across its edge, lose and double nothing."""
    path = tmp_path / "m.mbox"
    sizes = [WINDOW - 300, WINDOW * 2 + 17, 10, WINDOW - 4_096, 1, WINDOW - 150, 3]
    text = "".join(
        one(number, "y" * (size % 70) + ("\n" + "x" * 69) * (size // 70)) for number, size in enumerate(sizes)
    )
    path.write_text(text)
    assert [str(number) for number in range(len(sizes))] == ids(path)
    assert text.count("\n\n") >= len(sizes)
    ranges = list(mbox.split(path, 0, 500_000))
    assert [str(number) for number in range(len(sizes))] == [
        name for start, stop in ranges for name in ids(path, start=start, stop=stop)
    ]


def test_a_header_block_wider_than_the_window(tmp_path: Path) -> None:
    """20,000 recipients at the end of a window are read like anywhere else."""
    to = ",\n ".join(f"User {number} <user{number}@example.org>" for number in range(20_000))
    path = tmp_path / "m.mbox"
    path.write_text(one(0, "z" * (WINDOW - 40_000) + "\n") + one(1).replace(DATE, f"{DATE}To: {to}\n") + one(2))
    mails = [mail for mail in mbox.read(path, name="m") if isinstance(mail, Mail)]
    assert [mail.recipients for mail in mails] == [0, 20_000, 0]
    assert len(mails[1].to) == 2_000


@pytest.mark.skipif(sys.platform == "win32", reason="needs sparse files")
def test_a_sparse_mailbox_streams(tmp_path: Path) -> None:
    """A mailbox with a hole of 300 MB gives its two messages, with no more in memory than a few windows."""
    path = tmp_path / "m.mbox"
    first = one(1).encode()
    with path.open("wb") as file:
        file.write(first)
        file.truncate(300_000_000)
        file.seek(300_000_000)
        file.write(b"\n" + one(2).encode())
    tracemalloc.start()
    assert ids(path) == ["1", "2"]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 16 * WINDOW


def test_a_mailbox_that_shrinks_meanwhile(tmp_path: Path) -> None:
    """A mail program that compacts its mailbox while it is read costs messages, not the process."""
    path = tmp_path / "m.mbox"
    path.write_text("".join(one(number, "x" * 5_000 + "\n") for number in range(1_000)))
    reading = mbox.read(path, name="m")
    assert isinstance(next(reading), Mail)
    os.truncate(path, 2_000_000)
    assert 100 < sum(1 for _ in reading) < 1_000


def test_same_id_different_content(tmp_path: Path) -> None:
    """Two different messages with one Message-ID are both given."""
    path = tmp_path / "m.mbox"
    path.write_text(one(1) + one(1, "other\n", sender="y"))
    assert ids(path) == ["1", "1"]


def test_control_characters_stay_out() -> None:
    """Bare CR, LF and NUL in header values are gone from what is read, and add no field."""
    head = b"Date: 3 Mar 2015 10:11:12 +0000\nSubject: a\rBcc: evil@example.org\0b\nTo: A\rB <a@b.example>\n\n"
    found = eml.read_message(head, 0, 0)
    assert isinstance(found, Mail)
    assert (found.subject, found.bcc, found.to[0].name) == ("aBcc: evil@example.orgb", (), "AB")


def test_sent_by_its_folder(tmp_path: Path) -> None:
    """Mail in a folder of sent mail is marked so by the name that is shown for it."""
    path = tmp_path / "m.mbox"
    path.write_text(one(1))
    (found,) = mbox.read(path, name="archive.zip!Verzonden items.mbox")
    assert isinstance(found, Mail)
    assert found.marks & Mark.SENT


# Maildir


def maildir_with(tmp_path: Path) -> Path:
    """A Maildir with two messages, a broken one, and a sent folder inside."""
    for folder in ("cur", "new", "tmp", ".Sent/cur", ".Sent/new"):
        (tmp_path / folder).mkdir(parents=True)
    text = one(1).partition("\n")[2]
    (tmp_path / "cur" / "1.host;2,S").write_text(text)
    (tmp_path / "new" / "2.host").write_text(text.replace("<1@", "<2@"))
    (tmp_path / "tmp" / "3.host").write_text(text)
    (tmp_path / "cur" / "4.host;2,D").write_text(text.replace("<1@", "<4@"))
    (tmp_path / "cur" / "5.host").write_bytes(b"")
    (tmp_path / ".Sent" / "cur" / "6.host;2,S").write_text(text.replace("<1@", "<6@"))
    (tmp_path / "dovecot-uidlist").write_text("3 V1 N1\n")
    return tmp_path


def test_maildir_items_in_order(tmp_path: Path) -> None:
    """A Maildir gives one record for each item of cur and new, folders inside included, tmp left out."""
    path = maildir_with(tmp_path)
    names = maildir.list_items(path)
    assert names == (".Sent/cur/6.host;2,S", "cur/1.host;2,S", "cur/4.host;2,D", "cur/5.host", "new/2.host")
    found = list(maildir.read_items(path, names, name="Mail"))
    assert [record.native_id.partition("@")[0] if isinstance(record, Mail) else "" for record in found] == [
        "6",
        "1",
        "4",
        "",
        "2",
    ]
    marks = [record.marks for record in found if isinstance(record, Mail)]
    assert marks == [Mark.SENT, 0, Mark.DRAFT, 0]
    assert [one.place if isinstance(one, Mail) else one.origin.place for one in found] == [0, 1, 2, 3, 4]
    assert next(one.origin.source for one in found if isinstance(one, Problem)) == "Mail/cur/5.host"
    assert found == list(maildir.read(path, name="Mail"))


def test_maildir_is_known_by_its_folders(tmp_path: Path) -> None:
    """A Maildir is a folder with two of cur, new and tmp; an ordinary folder or file is none."""
    assert not maildir.sniff(b"", tmp_path)
    assert maildir.sniff(b"", maildir_with(tmp_path))
    assert not maildir.sniff(b"", tmp_path / "dovecot-uidlist")


@pytest.mark.skipif(sys.platform == "win32", reason="needs symbolic links")
def test_maildir_follows_no_links(tmp_path: Path) -> None:
    """Links out of a Maildir or round in it are not followed; a vanished item is a problem."""
    path = maildir_with(tmp_path / "m")
    (path / "loop").symlink_to(path)
    (path / "cur" / "7").symlink_to(path / "cur" / "5.host")
    assert len(maildir.list_items(path)) == 5
    (found,) = maildir.read_items(path, ["cur/gone"], name="m")
    assert isinstance(found, Problem)
    assert found.message == maildir.UNREADABLE


def test_plain_folders_of_messages(tmp_path: Path) -> None:
    """A folder of one-message files that is no Maildir is listed whole, without hidden files."""
    (tmp_path / "a").mkdir()
    for name in ("a/1", "2", ".hidden"):
        (tmp_path / name).write_text("x")
    assert maildir.list_folder(tmp_path) == ("2", "a/1")


# One file, one message


@pytest.mark.parametrize("reader", [eml, emlx])
def test_empty_files_are_problems(tmp_path: Path, reader: object) -> None:
    """An empty file is one problem in every format of one message."""
    path = tmp_path / "x"
    path.write_bytes(b"")
    (found,) = reader.read(path, name="x")  # type: ignore[attr-defined]
    assert isinstance(found, Problem)
    assert found.message == eml.EMPTY


def test_text_is_no_message(tmp_path: Path) -> None:
    """A text file is not taken for mail, and says so if it is read as such."""
    path = tmp_path / "letter.txt"
    path.write_text("Dear: all,\n\nSee you.\n")
    assert not eml.sniff(path.read_bytes(), path)
    path.write_text("Dear all,\n\nSee you.\n")
    (found,) = eml.read(path, name="x")
    assert isinstance(found, Problem)
    assert "no header" in found.message


def test_old_line_ends_and_marks(tmp_path: Path) -> None:
    """A byte order mark, a "From " line before it and line ends of old Macs do not hide a message."""
    text = one(1)
    for data in (text.replace("\n", "\r"), "\ufeff" + text, "\n\n" + text, text.partition("\n")[2]):
        found = eml.read_message(data.encode(), 0, 0)
        assert isinstance(found, Mail), repr(data[:20])
        assert found.native_id == "1@example.org"


def test_apple_flags_say_draft(tmp_path: Path) -> None:
    """An .emlx whose flags say draft is marked as one, and one cut short is read."""
    path = tmp_path / "1.emlx"
    data = (DATA / "apple.emlx").read_bytes()
    path.write_bytes(data.replace(b"8590195713", b"64"))
    (draft,) = emlx.read(path, name="x")
    path.write_bytes(data[:100])
    (cut,) = emlx.read(path, name="x")
    assert isinstance(draft, Mail)
    assert isinstance(cut, Mail)
    assert (draft.marks, cut.marks, cut.length) == (Mark.DRAFT, 0, 96)


def test_pipermail_splits_like_a_mailbox() -> None:
    """An archive read in two ranges gives what one read gives."""
    path = DATA / "archive.pipermail"
    whole = list(pipermail.read(path, name="x"))
    ranges = list(mbox.split(path, 0, 100))
    assert len(ranges) == 3
    assert whole == [found for a, b in ranges for found in pipermail.read(path, name="x", start=a, stop=b)]


# Calendar parts


def test_the_invitation_inside() -> None:
    """The calendar part of an invitation is found, decoded, by the place and length of its mail."""
    path = DATA / "invitation.eml"
    (mail,) = eml.read(path, name="x")
    assert isinstance(mail, Mail)
    assert mail.marks & Mark.CALENDAR
    (part,) = calendar_parts(path, mail.place, mail.length)
    assert part.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"UID:herring-2015@example.org" in part


def test_calendars_inside_a_mailbox(tmp_path: Path) -> None:
    """Invitations in a mailbox are marked, also where the part lies windows away, and only they are."""
    invitation = (DATA / "invitation.eml").read_text()
    line = "From x@example.org Tue Mar  3 10:11:12 2015\n"
    far = invitation.replace("Come!", "x" * 70 + ("\n" + "x" * 70) * (2 * WINDOW // 71))
    path = tmp_path / "m.mbox"
    path.write_text(line + invitation + "\n" + one(1, "Content-Type: text/calendar\n") + line + far + "\n" + one(2))
    mails = [mail for mail in mbox.read(path, name="m") if isinstance(mail, Mail)]
    assert [bool(mail.marks & Mark.CALENDAR) for mail in mails] == [True, False, True, False]
    for mail in (mails[0], mails[2]):
        assert len(calendar_parts(path, mail.place, mail.length)) == 1
    assert calendar_parts(path, mails[1].place, mails[1].length) == ()


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("7bit", "BEGIN:VCALENDAR"),
        ("quoted-printable", "BEGIN:=\nVCALENDAR"),
        ("base64", base64.b64encode(b"BEGIN:VCALENDAR").decode().rstrip("=")),
        ("x-own", "BEGIN:VCALENDAR"),
    ],
)
def test_encodings_of_a_part(encoding: str, body: str) -> None:
    """A calendar part is decoded from every transfer encoding, and without parts around it."""
    message = f"Content-Type: TEXT/Calendar\nContent-Transfer-Encoding: {encoding}\n\n{body}\n"
    assert [part.strip() for part in parts_of(message.encode())] == [b"BEGIN:VCALENDAR"]


def test_a_part_in_another_charset() -> None:
    """A calendar part in Latin-1 comes out as UTF-8."""
    assert parts_of(b"Content-Type: text/calendar; charset=iso-8859-1\n\nCaf\xe9") == ("Café".encode(),)


def nested(depth: int) -> bytes:
    """A message of parts within parts."""
    lines = [f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth)]
    return ("".join(lines) + "Content-Type: text/calendar\n\nBEGIN\n").encode()


def test_parts_within_parts_have_a_floor() -> None:
    """Twenty levels are looked into; a thousand are refused without recursion; the envelope is still read."""
    assert list(parts_of(nested(19))) == [b"BEGIN\n"]
    with pytest.raises(FormatError):
        parts_of(nested(1_000))
    assert isinstance(eml.read_message(b"Date: 3 Mar 2015 10:11:12 +0000\n" + nested(1_000), 0, 0), Mail)


def test_too_many_parts_are_refused() -> None:
    """A message of 600 parts is refused, and so is one that is too large to look into."""
    with pytest.raises(FormatError):
        parts_of(b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 600)
    with pytest.raises(FormatError):
        calendar_parts(DATA / "invitation.eml", 0, 60_000_000)


@pytest.mark.parametrize("boundary", ['""', "b", "'", '"(.*"', "é"])
@pytest.mark.parametrize("kind", ["multipart/mixed", "message/rfc822", "text/calendar"])
def test_odd_boundaries_do_no_harm(boundary: str, kind: str) -> None:
    """Empty, missing and odd boundaries give what can be had and never an exception."""
    found = parts_of(f"Content-Type: {kind}; boundary={boundary}\n\n--{boundary}\n\n--{boundary}--\n".encode())
    assert all(isinstance(part, bytes) for part in found)
    assert len(found) <= 1


@given(st.binary(max_size=500))
def test_no_bytes_break_the_parts(data: bytes) -> None:
    """Any bytes as a message or as a multipart body end in parts or a FormatError."""
    for message in (data, b"Content-Type: multipart/mixed; boundary=-\n\n" + data):
        with contextlib.suppress(FormatError):
            assert sum(map(len, parts_of(message))) <= len(message)


def test_problems_quote_nothing(tmp_path: Path) -> None:
    """A problem's words hold no text, name or address of the record."""
    path = tmp_path / "m.mbox"
    path.write_text(one(1, sender="canary").replace(DATE, "Subject: canary\n").replace("2015", "1969"))
    shown = str(written(mbox.read(path, name="m")))
    assert "date" in shown
    assert "canary" not in shown
