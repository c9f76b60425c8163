"""The header scan and the words, dates and marks read from it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatje.model.record import Mail, Mark
from maatje.sources.dates import read_date, read_received
from maatje.sources.folders import folder_marks, is_sent_folder, label_marks
from maatje.sources.headers import Field, scan
from maatje.sources.limits import MAX_SUBJECT, MAX_WORDS
from maatje.sources.message import read_head
from maatje.sources.words import decode_bytes, decode_value

NAMES = ["From", "To", "Cc", "Bcc", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Reply-To"]
NOISE = ["Received", "DKIM-Signature", "X-Foo", "X-From", "MIME-Version", "Tofu"]

value = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=20)
folded = st.lists(value, min_size=1, max_size=5).flatmap(
    lambda words: st.lists(st.sampled_from([" ", "\n ", "\n\t", "  "]), min_size=len(words), max_size=len(words)).map(
        lambda gaps: "".join(gap + word for gap, word in zip([" ", *gaps[1:]], words, strict=True))
    )
)
fields = st.lists(
    st.tuples(st.sampled_from(NAMES + NOISE), st.sampled_from([str, str.lower, str.upper]), folded), max_size=12
)


def words(text: str | bytes | None) -> list[str]:
    """A value without its folding."""
    return (text.decode() if isinstance(text, bytes) else text or "").split()


@given(fields, st.booleans())
def test_scan_equals_the_standard_library(made: list, crlf: bool) -> None:
    """For any well-formed block the scan finds the values that email.parser with compat32 finds."""
    block = "".join(f"{case(name)}:{text}\n" for name, case, text in made)
    if crlf:
        block = block.replace("\n", "\r\n")
    theirs = BytesHeaderParser(policy=compat32).parsebytes(block.encode() + b"\n")
    ours, _ = scan(block.encode().rstrip(b"\r\n"))
    for name in NAMES:
        found = ours.get(Field[name.upper().replace("-", "_")])
        values = theirs.get_all(name, [])
        if name in {"To", "Cc", "Bcc"}:
            assert words(",".join(values).replace(",", " ")) == words((found or b"").replace(b",", b" "))
        elif name == "From" and len({tuple(words(one)) for one in values}) > 1:
            assert b"," in (found or b"")  # two different From are joined, and make a lie
        else:
            assert words(theirs.get(name)) == words(found)


@given(st.binary(max_size=400))
def test_no_bytes_break_the_scan(data: bytes) -> None:
    """Whatever the bytes, a header block is read or refused with a sentence, never with an exception."""
    assert isinstance(read_head(data, 0, 0), Mail | str)
    assert isinstance(read_head(b"Date: 3 Mar 2015 10:11:12 +0100\nFrom:" + data, 0, 0), Mail | str)


@given(
    st.binary(max_size=300), st.sampled_from([b"utf-8", b"utf-7", b"x-none", b"utf-16", b"idna", b"undefined", b"hex"])
)
def test_any_word_decodes(data: bytes, charset: bytes) -> None:
    """Any encoded word in any charset gives printable text without halves of letters or control characters."""
    for encoding in (b"?q?", b"?B?"):
        text = decode_value(b"=?" + charset + encoding + data + b"?= x", MAX_SUBJECT)
        text.encode()
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", text)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"=?utf-8?q?Caf=C3=A9_noir?=", "Café noir"),
        (b"=?UTF-8?B?4oKs?= =?utf-8?B?NQ==?=", "€5"),
        (b"=?utf-8?b?4oI=?=\n =?utf-8?b?rA==?=", "€"),
        (b"=?iso-8859-1?Q?a?= and =?iso-8859-1?Q?b?=", "a and b"),
        (b"=?utf-8?B?aGFsbG8?=", "hallo"),
        (b"=?gb2312?B?xOO6ww==?=", "你好"),
        (b"=?us-ascii?Q?=93so=94?=", "“so”"),
        (b"=?x-unknown?Q?Andr=E9?=", "Andr�"),
        (b"Andr\xe9", "André"),
        (b"Andr\xc3\xa9", "André"),
        (b"two\r\n lines\0", "two lines"),
        (b"=?utf-8?q?open", "=?utf-8?q?open"),
    ],
)
def test_words_read_as_meant(raw: bytes, expected: str) -> None:
    """Encoded words, split letters, missing padding and raw 8-bit text come out as a person reads them."""
    assert expected == decode_value(raw, MAX_SUBJECT)


def test_a_charset_with_a_nul_is_only_unknown() -> None:
    """A charset name no codec can have does not stop the reading."""
    assert decode_bytes(b"abc", "utf\0-8") == "abc"


def test_twenty_thousand_words_are_cut() -> None:
    """A subject of 20,000 encoded words is cut to its first, and is one line."""
    subject = decode_value(b" ".join([b"=?utf-8?q?a_b?="] * 20_000), MAX_SUBJECT)
    assert len(subject) <= MAX_SUBJECT
    assert subject.startswith("a b" * 10)
    assert subject.count("a") <= MAX_WORDS


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"Tue, 3 Mar 2015 10:11:12 +0100 (CET)", 1425373872),
        (b" 3 Mar 2015 10:11:12 +0100", 1425373872),
        (b"Tue,  3 Mar 2015 09:11:12 GMT", 1425373872),
        (b"Tue, 03 Mar 2015 09:11:12", 1425373872),
        (b"Tue, 3 Mar 2015 05:41:12 -0330", 1425373872),
        (b"Tue Mar  3 09:11:12 2015", 1425373872),
        (b"Tue Mar 03 09:11:12 +0000 2015", 1425373872),
        (b"2015-03-03T10:11:12+01:00", 1425373872),
        (b"Tuesday, March 3, 2015 09:11:12", 1425373872),
        (b"Tue, 3 Mar 15 10:11:12 +0100", 1425373872),
        (b"Tue, 3 Mar 0015 10:11:12 +0100", 1425373872),
        (b"Tue, 3 Mar 115 10:11:12 +0100", 1425373872),
        (b"Tue, 3 Mar 2015 09:11:12 +9900", 1425373872),
        (b"Sat, 31 Dec 2016 23:59:60 +0000", 1483228799),
        (b"Thu, 1 Jan 1970 00:00:00 +0000", None),
        (b"Thu, 1 Jan 2105 00:00:00 +0000", None),
        (b"Tue, 31 Feb 2015 10:11:12 +0100", None),
        (b"Tue, 3 Mar 2015 25:11:12 +0100", None),
        (b"soon", None),
        (b"", None),
    ],
)
def test_dates(raw: bytes, expected: int | None) -> None:
    """Dates in the forms of real mail are instants; dates that cannot be true are none."""
    assert expected == read_date(raw)


@given(st.integers(1, 4_102_444_799), st.integers(-14 * 60, 14 * 60))
def test_dates_round_trip(at: int, minutes: int) -> None:
    """Any instant written with any zone is read back to the second."""
    zoned = datetime.fromtimestamp(at, timezone(timedelta(minutes=minutes)))
    assert at == read_date(format_datetime(zoned).encode())


@given(st.binary(max_size=300))
def test_no_date_raises(data: bytes) -> None:
    """Any bytes are a date or None."""
    read_date(data)
    read_received(b"from x; " + data)


def test_the_next_candidate_dates_a_message() -> None:
    """Without a good Date the envelope line dates a message, then the newest Received."""
    head = (
        b"Date: never\nReceived: by x; Tue, 3 Mar 2015 10:11:12 +0100\nReceived: by y; Tue, 3 Mar 2015 09:00:00 +0100"
    )
    by_line = read_head(head, 0, 0, envelope=b"From x@example.org Mon Mar  2 00:00:00 2015")
    by_received = read_head(head, 0, 0)
    assert isinstance(by_line, Mail)
    assert isinstance(by_received, Mail)
    assert (by_line.at, by_received.at) == (1425254400, 1425373872)


@pytest.mark.parametrize(
    ("field", "mark"),
    [
        ("List-Id: <x.example.org>", Mark.LIST_ID),
        ("LIST-POST: <mailto:x@example.org>", Mark.LIST_ID),
        ("X-Google-Group-Id: 1", Mark.LIST_ID),
        ("Sender: x-bounces@example.org", Mark.LIST_ID),
        ("Delivered-To: mailing list x@example.org", Mark.LIST_ID),
        ("List-Unsubscribe: <mailto:x@example.org>", Mark.UNSUBSCRIBE),
        ("Precedence: Bulk", Mark.BULK),
        ("Precedence: auto_reply", Mark.AUTO),
        ("Auto-Submitted: auto-replied", Mark.AUTO),
        ("Auto-Submitted: no", Mark.NONE),
        ("X-Auto-Response-Suppress: All", Mark.AUTO),
        ("X-Autoreply: yes", Mark.AUTO),
        ("Return-Path: <>", Mark.BOUNCE),
        ("Return-Path: <x@example.org>", Mark.NONE),
        ("Content-Type: Multipart/Report; x=y", Mark.BOUNCE),
        ("Content-Type: text/calendar; method=REPLY", Mark.CALENDAR),
        ("In-Reply-To: <x@y>", Mark.REPLY),
        ("References: <x@y>", Mark.REPLY),
        ("In-Reply-To:", Mark.NONE),
        ("Subject: Antw: uw vraag", Mark.RE),
        ("Subject: [list] RE[2]: x", Mark.RE),
        ("Subject: Regards", Mark.NONE),
        ("Feedback-ID: 7:campaign:esp", Mark.CAMPAIGN),
        ("Feedback-ID: 12345:user:proton", Mark.NONE),
        ("X-Campaign: spring", Mark.CAMPAIGN),
        ("X-Mailer: MailChimp Mailer", Mark.CAMPAIGN),
        ("X-Mailer: Apple Mail (2.3445)", Mark.NONE),
        ("X-Gmail-Labels: Inbox,Sent", Mark.SENT),
        ("X-Gmail-Labels: =?UTF-8?Q?Envoy=C3=A9s?=", Mark.SENT),
        ("X-Spam-Flag: YES", Mark.JUNK),
        ("X-Mozilla-Status: 0001", Mark.NONE),
        ("no field at all", Mark.NONE),
    ],
)
def test_marks(field: str, mark: Mark) -> None:
    """Each header that says what a message is gives its mark, and its look-alikes do not."""
    found = read_head(f"{field}\nFrom: x@example.org\nDate: 3 Mar 2015 10:11:12 +0000".encode(), 0, 0)
    assert isinstance(found, Mail)
    assert mark == Mark(found.marks)


def test_a_thousand_headers_are_enough() -> None:
    """What stands behind a thousand fields is not looked at."""
    head = b"X: y\n" * 1_000 + b"Date: 3 Mar 2015 10:11:12 +0000"
    assert isinstance(read_head(head, 0, 0), str)
    assert isinstance(read_head(head[5:], 0, 0), Mail)


@pytest.mark.parametrize(
    "name",
    [
        "Sent",
        "Sent Items.mbox",
        "_sent_mail.mbox",
        "Sent Messages.mbox/Messages/1.emlx",
        "takeout.zip!Takeout/Mail/[Gmail]/Sent Mail.mbox",
        "Verzonden items",
        "Gesendete Objekte",
        "Éléments envoyés",
        "Maildir/.INBOX.Sent",
        ".Envoy&AOk-s",
        "Sent.sbd/2014",
    ],
)
def test_sent_folders_in_many_languages(name: str) -> None:
    """A folder or file of sent mail is known by its name, wherever in the path it stands."""
    assert is_sent_folder(name)


@pytest.mark.parametrize("name", ["Inbox", "absent.mbox", "presents", "sentinel/x.eml", "sent-to-me-not", ""])
def test_other_folders_are_not_sent(name: str) -> None:
    """Names that only resemble one are not sent mail."""
    assert not is_sent_folder(name)


def test_drafts_and_junk() -> None:
    """Drafts were never sent and junk is unwanted, by folder or by Gmail's labels."""
    assert folder_marks("Concepten.mbox") == Mark.DRAFT
    assert folder_marks("Ongewenste e-mail") == Mark.JUNK
    assert label_marks('Drafts,"Sent"') == Mark.SENT | Mark.DRAFT
