"""A diary in which people write under two addresses: pairs to be asked about, as many as a test needs."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.web import web_diary

from maatje.app import same
from maatje.app.capture import add
from maatje.app.home import Home

NAMES = (
    "Wietske Oosterhoff", "Folkert Zijlstra", "Jildou Haanstra", "Sjoerd Boomsma", "Tjitske Wytzes", "Gosse Kalma",
    "Aafke Dotinga", "Hidde Nauta", "Nynke Veldman", "Rinse Ypma", "Baukje Cnossen", "Durk Elgersma", "Lolke Inia",
    "Minke Paulusma", "Ulbe Quarles",
)  # fmt: skip
"""Invented, and no two alike."""


def make(folder: Path, twins: int, people: int = 5, *, compare: bool = True) -> Home:
    """The diary with so many people more who write under two addresses, first by one and then by the other."""
    home = web_diary.make(folder, people)
    me = ("Hanneke Oldenhof", web_diary.ME)
    text = ""
    for number, name in enumerate(NAMES[:twins]):
        given, family = name.lower().split()
        for place, address in enumerate((f"{given}.{family}@old.example.org", f"{given}.{family}@new.example.net")):
            them = (name, address)
            for turn in range(3):
                at = web_diary.TODAY - timedelta(days=700 - 300 * place - 20 * turn + number)
                text += web_diary.message(them, me, at, f"Plan {turn}")
                text += web_diary.message(me, them, at + timedelta(hours=5), f"Re: Plan {turn}")
    if twins:
        archive = folder / "twins.mbox"
        archive.write_text(text, encoding="utf-8")
        add(home, [archive], now=web_diary.NOW)
    if compare:
        with home.connect() as db:
            same.look(db)
    return home


def two_addresses(home: Home) -> tuple[int, int, int]:
    """A contact whom one card gives two addresses: their number, and those of the two addresses."""
    card = (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:two\r\nFN:Beppe Tweemaal\r\nEMAIL:beppe@example.org\r\n"
        "EMAIL:beppe@example.net\r\nEND:VCARD\r\n"
    )
    path = home.path.parent / "two.vcf"
    path.write_text(card, encoding="utf-8", newline="")
    add(home, [path], now=web_diary.NOW)
    with home.connect(read_only=True) as db:
        found = list(db.execute("SELECT contact_id, id FROM handles WHERE value LIKE 'beppe@%' ORDER BY value"))
    assert found[0][0] == found[1][0]
    return found[0][0], found[0][1], found[1][1]
