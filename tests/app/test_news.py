"""What changed with somebody is noticed from what was read, told as the reason for a greeting, and never invented."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import ME, NOW, Letter

from maatje.app import capture, recall
from maatje.app.home import Home
from maatje.model.units import DAY, Seconds
from maatje.planning.reason import greeting_reason


def _card(firm: str, revised: str, title: str = "") -> str:
    return (
        f"BEGIN:VCARD\nVERSION:3.0\nUID:jo\nREV:{revised}\nFN:Jo Baan\nEMAIL:jo@oud.example.org\nORG:{firm}\n"
        f"TITLE:{title}\nEND:VCARD\n"
    )


def _kinds(home: Home, name: str, *, may_read_bodies: bool = False) -> dict[str, str]:
    with home.connect(read_only=True) as db:
        page = recall.contact_page(db, recall.resolve_name(db, name), NOW, may_read_bodies=may_read_bodies)
    return {one.kind: " ".join(str(value) for _, value in one.sentence.values) for one in page.noticed}


def _talk(letter: Letter, address: str, *, since: float, count: int = 12, **more: str) -> list[str]:
    return [
        letter(
            *((address, ME) if at % 2 else (ME, address)), days=since + at * 6, name="Jo Baan" if at % 2 else "", **more
        )
        for at in range(count)
    ]


def test_a_later_card_with_another_employer(home: Home, letter: Letter, tmp_path: Path) -> None:
    """A newer revision of a card tells of a new employer, in whatever order the two were read, and on the page why."""
    (tmp_path / "Inbox.mbox").write_text("".join(_talk(letter, "jo@oud.example.org", since=40)))
    old, new = tmp_path / "old.vcf", tmp_path / "new.vcf"
    old.write_text(_card("Oude Werf", "20240101T000000Z"))
    new.write_text(_card("Nieuwe Haven", "20260301T000000Z"))
    capture.add(home, [tmp_path / "Inbox.mbox", new], me=[ME], now=Seconds(NOW - DAY))
    assert _kinds(home, "Jo") == {}
    capture.add(home, [old], now=NOW)
    told = _kinds(home, "Jo")
    assert "Nieuwe Haven" in told["employer"]
    with home.connect(read_only=True) as db:
        tie = recall.contact_page(db, recall.resolve_name(db, "Jo"), NOW).tie
    assert tie is not None
    assert tie.noticed is not None
    assert dict(greeting_reason(tie).values)["noticed"] == tie.noticed


def test_another_employers_address_takes_over(home: Home, letter: Letter, tmp_path: Path) -> None:
    """Mail from a new organisation's address, and none from the old one any more, is told with both domains."""
    letters = _talk(letter, "jo@oudewerf.example", since=300, count=20)
    letters += _talk(letter, "jo@nieuwehaven.example", since=5, count=20)
    (tmp_path / "Inbox.mbox").write_text("".join(letters))
    book = tmp_path / "jo.vcf"
    book.write_text(
        "BEGIN:VCARD\nVERSION:4.0\nFN:Jo Baan\nEMAIL:jo@oudewerf.example\nEMAIL:jo@nieuwehaven.example\nEND:VCARD\n"
    )
    capture.add(home, [tmp_path / "Inbox.mbox", book], me=[ME], now=NOW)
    assert set(_kinds(home, "Jo")) == {"domain"}


def test_a_dead_address_is_told_until_it_lives(home: Home, letter: Letter, tmp_path: Path) -> None:
    """A delivery report on a person's address is shown with them, and not once they have written from it again."""
    report = letter(
        "mailer-daemon@example.org", ME, days=4, subject="Undelivered",
        headers="Return-Path: <>\nX-Failed-Recipients: jo@oud.example.org\nAuto-Submitted: auto-replied\n",
    )  # fmt: skip
    box = tmp_path / "Inbox.mbox"
    box.write_text("".join([*_talk(letter, "jo@oud.example.org", since=40), report]))
    capture.add(home, [box], me=[ME], now=NOW)
    assert set(_kinds(home, "jo@oud.example.org")) == {"dead-address"}
    alive = tmp_path / "later.mbox"
    alive.write_text(letter("jo@oud.example.org", ME, days=2, name="Jo Baan"))
    capture.add(home, [alive], now=NOW)
    assert _kinds(home, "jo@oud.example.org") == {}


def test_a_signature_is_read_only_where_allowed(home: Home, letter: Letter, tmp_path: Path) -> None:
    """The newest mail's signature tells a new title where the settings allow bodies to be read."""
    box, book = tmp_path / "Inbox.mbox", tmp_path / "jo.vcf"
    book.write_text(_card("Oude Werf BV", "20240101T000000Z", "Adviseur"))
    signed = letter(
        "jo@oud.example.org", ME, days=3, name="Jo Baan",
        body="Hi,\n\nSee you there.\n\nKind regards,\n\n-- \nJo Baan\nDirector\nNieuwe Haven BV",
    )  # fmt: skip
    box.write_text("".join([*_talk(letter, "jo@oud.example.org", since=40), signed]))
    capture.add(home, [box, book], me=[ME], now=NOW)
    assert _kinds(home, "Jo") == {}
    assert "Director" in " ".join(_kinds(home, "Jo", may_read_bodies=True).values())
    box.unlink()
    assert _kinds(home, "Jo", may_read_bodies=True) == {}
