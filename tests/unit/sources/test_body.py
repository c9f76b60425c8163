"""The text of one message, found again where an import saw it, and nobody else's letter instead."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maatje.errors import FormatError
from maatje.model.record import Mail
from maatje.model.units import Seconds
from maatje.sources import eml, emlx, maildir, mbox
from maatje.sources.body import Place, body_text, text_of
from maatje.sources.html_text import html_text
from maatje.sources.limits import MAX_TEXT

AT = Seconds(1_425_373_872)
DATE = "Date: Tue, 3 Mar 2015 10:11:12 +0100\n"


def letter(number: int, body: str = "", *, fields: str = "", has_id: bool = True) -> bytes:
    """One message; its text is ``body``, or tells its number."""
    identifier = f"Message-ID: <{number}@example.org>\n" if has_id else ""
    return f"From: jan@example.org\n{DATE}{identifier}{fields}\n{body or f'Letter {number}'}\n".encode()


def box(*letters: bytes) -> bytes:
    """A mailbox."""
    return b"".join(b"From jan@example.org Tue Mar  3 10:11:12 2015\n" + one + b"\n" for one in letters)


def places(path: Path, form: str, found: Iterator[object]) -> list[Place]:
    """Where an import saw each message of a source."""
    return [Place(path, form, mail.place, mail.native_id, mail.at) for mail in found if isinstance(mail, Mail)]


def test_each_letter_of_a_mailbox(tmp_path: Path) -> None:
    """Each message of a mailbox gives its own text, without the next one's; "From " within a letter does not end it."""
    path = tmp_path / "in.mbox"
    path.write_bytes(box(letter(1), letter(2, "Hi\n\nFrom here on\n\nbye"), letter(3)))
    texts = [body_text(place).strip() for place in places(path, "mbox", mbox.read(path, name="in"))]
    assert texts == ["Letter 1", "Hi\n\nFrom here on\n\nbye", "Letter 3"]


def test_a_mailbox_with_lengths(tmp_path: Path) -> None:
    """Where a mailbox goes by Content-Length, a separator within a letter is text."""
    inner = "Hi\n\nFrom jan@example.org Tue Mar  3 10:11:12 2015\nFrom: quoted@example.org\n\nbye"
    path = tmp_path / "in.mbox"
    path.write_bytes(box(letter(1, inner, fields=f"Content-Length: {len(inner) + 1}\n"), letter(2)))
    found = places(path, "mbox", mbox.read(path, name="in"))
    assert [body_text(place).strip() for place in found] == [inner, "Letter 2"]


def test_single_files(tmp_path: Path) -> None:
    """A file of one message and Apple's frame around one give the message's text alone."""
    plain, framed = tmp_path / "1.eml", tmp_path / "1.emlx"
    plain.write_bytes(letter(1))
    framed.write_bytes(f"{len(letter(1))}\n".encode() + letter(1) + b"<plist>Letter 9</plist>")
    assert [body_text(one).strip() for one in places(plain, "eml", eml.read(plain, name="in"))] == ["Letter 1"]
    assert [body_text(one).strip() for one in places(framed, "emlx", emlx.read(framed, name="in"))] == ["Letter 1"]


def test_a_maildir_is_searched_by_id(tmp_path: Path) -> None:
    """In a Maildir the message is found by its Message-ID, also after its flags and so its name changed."""
    for folder in ("cur", "new"):
        (tmp_path / folder).mkdir()
    for number in range(5):
        (tmp_path / "new" / f"{AT + number * 1000}.M{number}.host").write_bytes(letter(number))
    found = places(tmp_path, "maildir", maildir.read(tmp_path, name="in"))
    os.rename(tmp_path / "new" / f"{AT + 3000}.M3.host", tmp_path / "cur" / f"{AT + 3000}.M3.host:2,S")
    assert [body_text(place).strip() for place in found] == [f"Letter {number}" for number in range(5)]
    assert body_text(found[0]._replace(native_id="9@example.org")) == ""


def test_another_letter_is_never_given(tmp_path: Path) -> None:
    """Where a mailbox changed meanwhile, the place holds another message or none: then there is no text."""
    path = tmp_path / "in.mbox"
    path.write_bytes(box(letter(1), letter(2)))
    first, second = places(path, "mbox", mbox.read(path, name="in"))
    path.write_bytes(box(letter(3), letter(4)))
    assert [body_text(first), body_text(second)] == ["", ""]
    path.write_bytes(box(letter(2)))
    assert body_text(second) == ""
    assert body_text(second._replace(offset=3)) == ""


def test_without_an_id_the_instant_must_do(tmp_path: Path) -> None:
    """A message without a Message-ID is known by its instant."""
    path = tmp_path / "1.eml"
    path.write_bytes(letter(1, has_id=False))
    assert body_text(Place(path, "eml", 0, "", AT)).strip() == "Letter 1"
    assert body_text(Place(path, "eml", 0, "", Seconds(AT + 1))) == ""


def test_sources_that_are_not_there(tmp_path: Path) -> None:
    """A member of an archive and a lost file raise what the system says; other formats have no text."""
    with pytest.raises(OSError, match="No such file"):
        body_text(Place(tmp_path / "mail.zip!in.mbox", "mbox", 0, "1@example.org", AT))
    assert body_text(Place(tmp_path, "vcard", 0, "1@example.org", AT)) == ""


MIXED = """MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: multipart/alternative; boundary=c

--c
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Caf=E9
--c
Content-Type: text/html

<p>Marked</p>
--c--
--b
Content-Type: text/plain; name=notes.txt

Attached
--b
Content-Type: text/plain
Content-Disposition: attachment

Attached too
--b
Content-Type: message/rfc822

From: els@example.org

Another's
--b--
"""


def test_plain_text_goes_before_html() -> None:
    """The plain part is decoded and taken; its HTML twin, attachments and attached letters are not."""
    assert text_of(DATE.encode() + MIXED.encode()).strip() == "Café"


def test_html_is_the_last_resort() -> None:
    """Where the plain part is empty, the HTML's words are the text."""
    assert text_of(MIXED.replace("Caf=E9", "").encode()).strip() == "Marked"


def test_encodings_and_controls() -> None:
    """base64 in an unknown charset is read, line ends are one kind, control characters are gone."""
    body = base64.b64encode(b"a\r\nb\rc\0\x1bd").decode()
    fields = "Content-Type: text/plain; charset=x-unknown\nContent-Transfer-Encoding: base64\n"
    assert text_of(letter(1, body, fields=fields)) == "a\nb\ncd"


def test_huge_and_endless_messages() -> None:
    """Much text is cut at the limit; too many parts are refused."""
    assert len(text_of(letter(1, "x" * 3_000_000))) == MAX_TEXT
    nested = "".join(f"Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n" for depth in range(50))
    with pytest.raises(FormatError):
        text_of(DATE.encode() + nested.encode())


def test_html_without_its_tags() -> None:
    """Blocks are lines, quotations are marked, styles, scripts and comments are gone, entities are letters."""
    source = (
        "<html><head><title>No</title><style>p {}</style></head><body><p>Hoi&nbsp;Els &amp; co,</p><!-- <p>No</p> -->"
        "<script>alert(1)</script><div>Groet,<br>Jan<br/>de  Vries</div>"
        "<blockquote>Dag<p>Jan</p></blockquote>eind</body>"
    )
    text = html_text(source)
    assert [line for line in text.split("\n") if line] == [
        "Hoi Els & co,",
        "Groet,",
        "Jan",
        "de Vries",
        "> Dag",
        "> Jan",
        "eind",
    ]


@pytest.mark.parametrize(
    "source",
    [
        "<" * 300_000,
        "<a " * 100_000,
        "<!--" * 80_000,
        "<!" * 150_000,
        "<p>" * 100_000,
        "<blockquote>" * 25_000 + "x",
        "&" * 300_000,
    ],
)
def test_hostile_html(source: str) -> None:
    """Unclosed tags, comments and quotations without end are read in one go."""
    assert len(html_text(source)) <= len(source)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["<p>", "</p>", "<br>", "<!--", "-->", "<style>", "</style>", "a", "&lt;", " ", "\n"])))
def test_html_text_has_no_tags(pieces: list[str]) -> None:
    """No tag of the source is in the text, no line has blanks at its ends, no two empty lines follow each other."""
    text = html_text("".join(pieces))
    assert not any(tag in text for tag in ("<p>", "</p>", "<br>", "<style>", "</style>", "<!--"))
    assert "\n\n\n" not in text
    assert all(line == line.strip() for line in text.split("\n"))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 700))
def test_broken_messages_give_text_or_a_refusal(noise: bytes, at: int) -> None:
    """Whatever bytes stand in a message, its text is text, without control characters, or it is refused."""
    data = DATE.encode() + MIXED.encode()
    try:
        text = text_of(data[:at] + noise + data[at:])
    except FormatError:
        return
    assert all(char in "\n\t" or ord(char) >= 32 for char in text)
