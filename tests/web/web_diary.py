"""An invented diary of three years for the pages to show: a mailbox, a calendar and cards, added like any user's."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from pathlib import Path

from maatje.app.capture import add
from maatje.app.home import Home, open_home
from maatje.app.week import settle_week
from maatje.model.units import Seconds, instant

ME = "hanneke@oldenhof.example.org"
TODAY = datetime(2026, 6, 9, 8, 41, tzinfo=UTC)
NOW = instant(TODAY)
NAMES = (
    "Marijke van Loon", "Sander Blom", "Hein Verbruggen", "Nadia Bouzid", "Joost Wiersma", "Roos Dijkema",
    "Fenna de Graaf", "Liesbeth Kuiper", "Gerrit Stam", "Imke Jansma", "Bram Hoekzema", "Aaltje Postma",
    "Rachid el Amrani", "Wim Terlouw", "Job van Beek", "Ruben Olde", "Tineke Smid", "Karel Bos",
    "Yvonne Aal", "Piet Mol",
)  # fmt: skip
NEWS = ("The Daily Herring", "news@herring.example.org")
SUBJECTS = ("Lunch", "The boat", "Rota study", "A book for you", "Photos of the quay", "How are things?", "Minutes")


def address(name: str) -> str:
    """The invented address of somebody."""
    return name.lower().replace(" ", ".") + "@example.org"


def message(sender: tuple[str, str], to: tuple[str, str], at: datetime, subject: str, *extra: str) -> str:
    """One message as it lies in a mailbox."""
    lines = (
        f"From - {at:%a %b %d %H:%M:%S %Y}",
        f"From: {sender[0]} <{sender[1]}>",
        f"To: {to[0]} <{to[1]}>",
        f"Date: {format_datetime(at)}",
        f"Subject: {subject}",
        f"Message-ID: <{at.timestamp():.0f}.{abs(hash((sender, to, subject))) % 10**9}@example.org>",
        *extra,
    )
    return "\n".join(lines) + "\n\nHello.\n\n"


@cache
def mailbox(people: int) -> str:
    """Three years of mail with so many people; each has a rhythm of their own."""
    rng = random.Random(7)
    me = ("Hanneke Oldenhof", ME)
    found: list[tuple[datetime, str]] = []
    for number in range(people):
        name = NAMES[number] if number < len(NAMES) else f"Person {number}"
        them = (name, address(name))
        pause = 6 + 7 * (number % 20)
        at = TODAY - timedelta(days=1100 - number % 30)
        end = TODAY - timedelta(days=(pause * 2) if number % 3 else 2)
        while at < end:
            subject = SUBJECTS[rng.randrange(len(SUBJECTS))]
            first, second = (me, them) if rng.random() < 0.45 else (them, me)
            found.append((at, message(first, second, at, subject)))
            later = at + timedelta(hours=rng.randrange(3, 60))
            if rng.random() < 0.75 and later < TODAY:
                reply = message(
                    second, first, later, f"Re: {subject}", f"In-Reply-To: <{at.timestamp():.0f}@example.org>"
                )
                found.append((later, reply))
            at += timedelta(days=pause * rng.uniform(0.6, 1.4))
    for week in range(60):
        at = TODAY - timedelta(weeks=week + 1)
        letter = message(NEWS, me, at, "News", "List-Id: <news.herring.example.org>")
        found.append((at, letter))
    asked = TODAY - timedelta(days=3)
    found.append((asked, message(("Joost Wiersma", address("Joost Wiersma")), me, asked, "Will you sit on the jury?")))
    return "".join(text for _, text in sorted(found))


def calendar() -> str:
    """Lunches, and a herring party to come."""

    def event(uid: str, at: datetime, title: str, names: tuple[str, ...], place: str) -> str:
        guests = "".join(f"ATTENDEE;CN={name};PARTSTAT=ACCEPTED:mailto:{address(name)}\r\n" for name in names)
        return (
            f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:{at:%Y%m%dT%H%M%SZ}\r\nDURATION:PT2H\r\n"
            f"SUMMARY:{title}\r\nLOCATION:{place}\r\nORGANIZER:mailto:{ME}\r\n{guests}END:VEVENT\r\n"
        )

    lunches = "".join(
        event(f"lunch-{number}@example.org", TODAY - timedelta(days=40 * number + 5), "Lunch", (name,), "Groningen")
        for number, name in enumerate(NAMES[:10])
    )
    party = event("party@example.org", TODAY + timedelta(days=2, hours=6), "Herring party", NAMES[:6], "Amersfoort")
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\n{lunches}{party}END:VCALENDAR\r\n"


def make(folder: Path, people: int = len(NAMES)) -> Home:
    """A home with this diary in it, settled on its week."""
    archive = folder / "archive"
    archive.mkdir(parents=True)
    (archive / "mail.mbox").write_text(mailbox(people), encoding="utf-8")
    (archive / "calendar.ics").write_text(calendar(), encoding="utf-8", newline="")
    home = open_home(folder / "home", make=True)
    add(home, [archive], me=[ME], now=NOW)
    with home.connect() as db:
        settle_week(db, NOW, home.settings)
    return home


def now() -> Seconds:
    """The moment the diary is looked at."""
    return NOW
