"""The demo's story written to disk, in the formats in which mail programs, telephones and calendars leave things."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from maatje.app.demo.cards import address_book
from maatje.app.demo.civil import DEMO_NOW, YEAR, mbox_date
from maatje.app.demo.diary import diary
from maatje.app.demo.ledger import Letter
from maatje.app.demo.mails import Postman
from maatje.app.demo.people import cast_file
from maatje.app.demo.story import Story, TrueTie, TrueYield, told
from maatje.model.units import DAY, Seconds

SEED: Final = 1851
"""The world that `maatje demo` shows."""

_INBOX, _SENT, _PROJECTS = "Inbox.mbox", "Verzonden.mbox", "Projecten.mbox"


@dataclass(frozen=True, slots=True)
class Truth:
    """What is so, whatever the archives show: every tie's rates and what came of some."""

    ties: tuple[TrueTie, ...]
    yields: tuple[TrueYield, ...]


@dataclass(frozen=True, slots=True)
class DemoArchives:
    """
    What was written, in the order in which to add it.

    ``me`` is Hanneke's address, ``me_before`` the one at her old employer's; ``now`` the story's
    present; ``memories`` and ``memories_nl`` are (name, text) to remember after the import, in
    English and in Dutch; ``mails`` counts different messages.
    """

    paths: tuple[Path, ...]
    me: str
    me_before: str
    now: Seconds
    memories: tuple[tuple[str, str], ...]
    memories_nl: tuple[tuple[str, str], ...]
    mails: int
    truth: Truth


def write_archives(folder: Path, *, seed: int = SEED, until: Seconds = DEMO_NOW) -> DemoArchives:
    """
    Write Hanneke Oldenhof's twelve years into a folder: six mailboxes, a Maildir, an address book, a calendar.

    Writes only below ``folder``, which is made if need be; safe to repeat: the same seed and
    ``until`` write the same bytes. Reads no clock. About two seconds for some 30,000 mails.

    Args:
        folder: where to write.
        seed: scalar; another number gives another crowd around the same cast.
        until: scalar, the story's present.
    """
    story = told(seed, until)
    me = cast_file()["me"]
    folder.mkdir(parents=True, exist_ok=True)
    paths = _write_mail(folder, seed, story, until)
    cards, calendar = folder / "contacts.vcf", folder / "calendar.ics"
    book = address_book(seed, story.people, (me["name"], me["address"], me["before"]), until)
    cards.write_bytes(book.replace("\n", "\r\n").encode())
    calendar.write_bytes(diary(story.gatherings, until).replace("\n", "\r\n").encode())
    memories = cast_file()["memory"]
    return DemoArchives(
        (*paths, cards, calendar),
        me["address"],
        me["before"],
        until,
        tuple((one["name"], one["en"]) for one in memories),
        tuple((one["name"], one["nl"]) for one in memories),
        len(story.letters),
        Truth(story.ties, story.yields),
    )


def _write_mail(folder: Path, seed: int, story: Story, until: Seconds) -> tuple[Path, ...]:
    """All mailboxes; the path of each, oldest mail first."""
    me = cast_file()["me"]
    mine = frozenset((me["address"], me["before"]))
    postman = Postman(Random(f"{seed}/bodies"), {one.uid: one for one in story.gatherings}, mine)
    boxes: dict[str, list[tuple[Letter, str]]] = {}
    latest: list[tuple[Letter, str]] = []
    for letter in story.letters:
        text = postman.mail(letter)
        is_mine = letter.sender.address in mine
        if letter.at >= until - YEAR:
            latest.append((letter, text))
        else:
            boxes.setdefault(_box(letter, until, is_mine=is_mine), []).append((letter, text))
        if letter.flavour == "project" and letter.ident[0] in "3b" and letter.at < until - YEAR:
            boxes.setdefault(_PROJECTS, []).append((letter, text))
    mail = folder / "mail"
    mail.mkdir(exist_ok=True)
    paths = [_write_mbox(mail / name, boxes[name]) for name in sorted(boxes)]
    return (*paths, _write_maildir(mail / "Maildir", latest, mine))


def _box(letter: Letter, until: Seconds, *, is_mine: bool) -> str:
    """The mailbox in which a letter lies: the old employer's export, archives by years, then Inbox and Verzonden."""
    ago = (until - letter.at) / YEAR
    if ago > 8.2:
        return "Archief-2014-2018.mbox"
    if is_mine:
        return _SENT
    return "Archief-2018-2022.mbox" if ago > 4.2 else _INBOX


def _write_mbox(path: Path, letters: Iterable[tuple[Letter, str]]) -> Path:
    """One mbox; the oldest with CRLF ends, as a Windows program left it."""
    pieces = []
    for letter, text in letters:
        quoted = text.replace("\nFrom ", "\n>From ")
        pieces.append(f"From {letter.sender.address} {mbox_date(letter.at)}\n{quoted}\n")
    joined = "".join(pieces)
    if path.name.startswith("Archief-2014"):
        joined = joined.replace("\n", "\r\n")
    path.write_bytes(joined.encode())
    return path


def _write_maildir(path: Path, letters: Iterable[tuple[Letter, str]], mine: frozenset[str]) -> Path:
    """The last year as a Maildir with a folder for sent mail; the latest unread mail lies in ``new``."""
    sent = path / ".Verzonden"
    for folder in (path, sent):
        for name in ("cur", "new", "tmp"):
            (folder / name).mkdir(parents=True, exist_ok=True)
    (sent / "maildirfolder").write_bytes(b"")
    newest = max((letter.at for letter, _ in letters), default=Seconds(0))
    for number, (letter, text) in enumerate(letters):
        name = f"{letter.at}.M{number}P851.hanze"
        if letter.sender.address in mine:
            place = sent / "cur" / f"{name}:2,S"
        elif letter.at > newest - DAY:
            place = path / "new" / name
        else:
            place = path / "cur" / f"{name}:2,{'RS' if number % 3 else 'S'}"
        place.write_bytes(text.encode())
    return path
