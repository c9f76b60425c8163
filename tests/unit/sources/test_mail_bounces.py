"""Which addresses a delivery report tells as out of reach, and which messages are no report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maatje.model.record import Mail, Mark
from maatje.sources import eml, emlx, maildir, mbox
from maatje.sources.boundaries import OVERLAP
from maatje.sources.limits import HEAD, MAX_REPORT_BYTES
from maatje.sources.windows import ROOM, WINDOW

JAN = "Jan@Example.org"
FOUND = ("jan@example.org",)
STATUS = f"Final-Recipient: rfc822; {JAN}\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 no such user\n"


def report(
    status: str = STATUS, *, sender: str = "MAILER-DAEMON@mx.example.net", fields: str = "", told: str = "Sorry.\n"
) -> bytes:
    """A delivery report in three parts, its status part as given."""
    return (
        f"From: Mail Delivery System <{sender}>\nTo: me@example.org\nSubject: Undelivered Mail Returned to Sender\n"
        f"Date: Tue, 3 Mar 2015 10:11:12 +0100\nMessage-ID: <1@mx.example.net>\n{fields}"
        'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status;\n\tboundary="=_b/1"\n\n'
        f"This is a report.\n\n--=_b/1\nContent-Type: text/plain\n\n{told}\n"
        "--=_b/1\nContent-Description: Delivery report\nContent-Type: message/delivery-status\n\n"
        f"Reporting-MTA: dns; mx.example.net\n\n{status}\n"
        "--=_b/1\nContent-Type: message/rfc822\n\nFrom: me@example.org\nTo: els@example.org\n\n"
        "Final-Recipient: rfc822; els@example.org\nAction: failed\nStatus: 5.1.1\n\n--=_b/1--\n"
    ).encode()


def plain(fields: str, *, sender: str = "mailer-daemon@mx.example.net", subject: str = "Mail delivery failed") -> bytes:
    """A report in plain text with further header fields."""
    return (
        f"From: {sender}\nTo: me@example.org\nSubject: {subject}\nDate: Tue, 3 Mar 2015 10:11:12 +0100\n{fields}\n"
        "A message that you sent could not be delivered.\n"
    ).encode()


def failed(data: bytes, marks: int = 0) -> tuple[str, ...]:
    """What the reader tells of a message's bytes."""
    found = eml.read_message(data, marks, 0)
    assert isinstance(found, Mail)
    return found.failed


def test_a_report_tells_who_failed() -> None:
    """The recipient of the status part is told in lower case; what the returned letter says is not."""
    assert failed(report()) == FOUND


def test_crlf_and_an_unmarked_sender() -> None:
    """Line ends do not matter, and neither does the sender where the return path is empty."""
    data = report(sender="outlook@example.net", fields="Return-Path: <>\n")
    assert failed(data) == failed(data.replace(b"\n", b"\r\n")) == FOUND


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (STATUS + "\n" + STATUS.replace(JAN, "els@example.org"), ("jan@example.org", "els@example.org")),
        (STATUS + "\n" + STATUS, FOUND),
        (STATUS + "\n" + STATUS.replace("failed", "delivered").replace(JAN, "els@example.org"), FOUND),
        (STATUS.replace("5.1.1", "5.1.10"), FOUND),
        (STATUS.replace("5.1.1", "5.2.1 (mailbox disabled)"), FOUND),
        (STATUS.replace("5.1.1", "5.4.4"), FOUND),
        (STATUS.replace("5.1.1", "5.0.0"), FOUND),
        (STATUS.replace("rfc822; " + JAN, "RFC822;<" + JAN + ">"), FOUND),
        (STATUS.replace("Action: failed", "action:  Failed (no such user)"), FOUND),
        ("Original-Recipient: rfc822;jan@example.org\n" + STATUS.replace(JAN, "j@zalm.example"), FOUND),
        (STATUS.replace("550 no such user", "550 5.7.1 Spam").replace("Status: 5.1.1", "Status: 5.0.0"), ()),
        (STATUS.replace("5.1.1", "4.4.7"), ()),
        (STATUS.replace("5.1.1", "5.2.2"), ()),
        (STATUS.replace("5.1.1", "5.3.4"), ()),
        (STATUS.replace("5.1.1", "5.7.1"), ()),
        (STATUS.replace("5.1.1", "5.1.8"), ()),
        (STATUS.replace("5.1.1", "511"), ()),
        (STATUS.replace("Status: 5.1.1\n", ""), ()),
        (STATUS.replace("failed", "delayed"), ()),
        (STATUS.replace("failed", "relayed"), ()),
        (STATUS.replace("Action: failed\n", ""), ()),
        (STATUS.replace("rfc822; ", ""), ()),
        (STATUS.replace("rfc822", "x400"), ()),
        (STATUS.replace(JAN, "jan"), ()),
        (STATUS.replace(JAN, "a@b@c"), ()),
        ("", ()),
    ],
)
def test_which_failures_count(status: str, expected: tuple[str, ...]) -> None:
    """Only "failed" with a status that speaks of the address: no delay, no full mailbox, no refused letter."""
    assert failed(report(status)) == expected


def test_the_header_of_exim_and_gmail() -> None:
    """X-Failed-Recipients counts where there is no status part, one address or several."""
    assert failed(plain(f"X-Failed-Recipients: {JAN}\n")) == FOUND
    both = "X-Failed-Recipients: jan@example.org,\n els@example.org\n"
    assert failed(plain(both)) == ("jan@example.org", "els@example.org")


def test_the_status_part_goes_before_the_header() -> None:
    """Where a report says itself that it is a delay, its header is not believed."""
    data = report(STATUS.replace("5.1.1", "4.4.1"), fields=f"X-Failed-Recipients: {JAN}\n")
    assert failed(data) == ()


@pytest.mark.parametrize(
    "data",
    [
        report(sender="els@example.org"),
        report(sender="els@example.org", fields="Return-Path: <els@example.org>\n"),
        report(fields="Resent-From: els@example.org\n"),
        report(fields="List-Id: <herring.example.org>\n"),
        report().replace(b"delivery-status;", b"disposition-notification;"),
        report(fields="Return-Path: <>\n").replace(b"multipart/report", b"multipart/mixed"),
        report().replace(b"message/delivery-status", b"text/plain"),
        report().replace(b"boundary", b"border"),
        plain(f"X-Failed-Recipients: {JAN}\n", sender="els@example.org"),
        plain(f"X-Failed-Recipients: {JAN}\n", subject="Delivery Status Notification (Delay)"),
        plain(f"X-Failed-Recipients: {JAN}\n", subject="Warning: message 1abc delayed 24 hours"),
        plain("X-Failed-Recipients: nobody\n"),
        plain("X-Other: jan@example.org\n"),
        plain("X-Failed-Recipients: jan@example.org\n", sender="mailer-daemon@example.org, els@example.org"),
    ],
    ids=[
        "forwarded", "a person's", "passed on", "through a list", "a receipt", "no report", "no status part",
        "no boundary", "a person's header", "delay", "warning", "no address", "other field", "two senders",
    ],
)  # fmt: skip
def test_what_is_no_report(data: bytes) -> None:
    """A letter, a report that somebody passed on, a receipt or a warning tells nothing."""
    assert failed(data) == ()


def test_a_report_within_a_letter_is_none() -> None:
    """A bounce that a friend attached tells of the friend's mail."""
    head = b"From: els@example.org\nDate: Tue, 3 Mar 2015 10:11:12 +0100\nContent-Type: multipart/mixed; boundary=x\n\n"
    assert failed(head + b"--x\nContent-Type: message/rfc822\n\n" + report() + b"\n--x--\n") == ()


@pytest.mark.parametrize("mark", [Mark.SENT, Mark.DRAFT, Mark.JUNK])
def test_only_received_mail_counts(mark: Mark) -> None:
    """A report among sent, unsent or unwanted mail was not meant for the user."""
    assert failed(report(), int(mark)) == ()


def test_a_report_is_marked_as_before() -> None:
    """The header still marks a message as a bounce, whoever it is from."""
    found = eml.read_message(plain("X-Failed-Recipients: x\n", sender="els@example.org"), 0, 0)
    assert isinstance(found, Mail)
    assert found.marks & Mark.BOUNCE


def test_only_the_beginning_is_read() -> None:
    """A status part behind the limit is not seen, and one that the limit cuts tells no half address."""
    assert failed(report(told="x" * (MAX_REPORT_BYTES // 2))) == FOUND
    assert failed(report(told="x" * MAX_REPORT_BYTES)) == ()
    turned = f"Action: failed\nStatus: 5.1.1\nFinal-Recipient: rfc822; {JAN}\n"
    start = MAX_REPORT_BYTES - report(turned, told="").partition(b"\n\n")[2].index(JAN.encode())
    assert failed(report(turned, told="x" * (start - 2_000))) == FOUND
    for more in range(-15, 5):
        assert failed(report(turned, told="x" * (start + more))) == ()


def _mbox(path: Path, data: bytes) -> Path:
    line = b"From MAILER-DAEMON Tue Mar  3 10:11:12 2015\n"
    other = b"From els@example.org Tue Mar  3 10:11:12 2015\n" + plain("", sender="els@example.org")
    (path / "in.mbox").write_bytes(other + b"\n" + line + data + b"\n" + other)
    return path / "in.mbox"


def _eml(path: Path, data: bytes) -> Path:
    (path / "1.eml").write_bytes(data)
    return path / "1.eml"


def _emlx(path: Path, data: bytes) -> Path:
    (path / "1.emlx").write_bytes(f"{len(data)}\n".encode() + data + b"<plist/>")
    return path / "1.emlx"


def _maildir(path: Path, data: bytes) -> Path:
    (path / "cur").mkdir()
    (path / "cur" / "1425373872.M1.host:2,S").write_bytes(data)
    return path


@pytest.mark.parametrize(("module", "write"), [(mbox, _mbox), (eml, _eml), (emlx, _emlx), (maildir, _maildir)])
@pytest.mark.parametrize("told", ["Sorry.", "x" * 40_000])
def test_every_format_tells_alike(
    tmp_path: Path, module: object, write: Callable[[Path, bytes], Path], told: str
) -> None:
    """Mailboxes, single files, Apple's and Maildirs all tell the same of one report, and nothing of other mail."""
    found = list(module.read(write(tmp_path, report(told=told)), name="in"))  # type: ignore[attr-defined]
    assert all(isinstance(mail, Mail) for mail in found)
    assert [mail.failed for mail in found if mail.failed] == [FOUND]


def test_a_report_does_not_run_into_the_next_message(tmp_path: Path) -> None:
    """A report cut off in a mailbox takes nothing from the message behind it, even with the same boundary."""
    cut = report().partition(b"--=_b/1\nContent-Description")[0]
    path = tmp_path / "in.mbox"
    line = b"From MAILER-DAEMON Tue Mar  3 10:11:12 2015\n"
    second = report().replace(b"From: Mail Delivery System <MAILER-DAEMON@mx.example.net>", b"From: els@example.org")
    path.write_bytes(line + cut + b"\n" + line + second)
    found = list(mbox.read(path, name="in"))
    assert [mail.failed for mail in found if isinstance(mail, Mail)] == [(), ()]


@pytest.mark.parametrize("window_end", [HEAD, WINDOW, HEAD - OVERLAP + WINDOW])
def test_nor_does_one_at_the_end_of_a_window(tmp_path: Path, window_end: int) -> None:
    """So it is too where the next message begins beyond the bytes that were read at once."""
    line = b"From MAILER-DAEMON Tue Mar  3 10:11:12 2015\n"
    cut = report(told="x" * (ROOM + 5_000)).partition(b"--=_b/1\nContent-Description")[0]
    second = report(sender="els@example.org", fields="X-Forwarded: yes\n")
    first = line + plain("", sender="els@example.org")
    path = tmp_path / "in.mbox"
    path.write_bytes(
        first + b"x" * (window_end - ROOM - len(first) - 3_000) + b"\n\n" + line + cut + b"\n" + line + second
    )
    found = list(mbox.read(path, name="in"))
    assert [mail.failed for mail in found if isinstance(mail, Mail)] == [(), (), ()]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="Ff:;@.5 \r\n\t-=_bcjan/1\0é", max_size=300), st.integers(0, 1500))
def test_broken_reports_never_raise(noise: str, at: int) -> None:
    """Whatever stands within a report, it is read; what is told is an address of it."""
    data = report()
    data = data[:at] + noise.encode() + data[at:]
    found = eml.read_message(data, 0, 0)
    if isinstance(found, Mail):
        assert all(one.encode() in data.lower() for one in found.failed)
