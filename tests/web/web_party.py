"""A small diary with a gathering: a herring party with a list as people have it; and, where asked for, a funeral."""

from __future__ import annotations

from pathlib import Path

from tests.web import web_diary

from maatje.app import guests, occasions
from maatje.app.home import Home
from maatje.app.occasions import Draft
from maatje.model.occasion import Part
from maatje.model.units import DAY, Seconds

NOW = web_diary.NOW
BEGIN = Seconds(NOW + 2 * DAY + 22_740)
"""Thursday 11 June 2026, 15:00 UTC."""
END = Seconds(BEGIN + 9_000)

LIST = """Marijke van Loon, Waterschap
Sander Blom <sander.blom@example.org>
Hein Verbruggen, hein.verbruggen@example.org
Nadia Bouzid (Zorgplein)
Joost Wiersma - joost.wiersma@example.org
Roos Dijkema, roos.dijkema@example.org
B. Hoekzema, Provincie
Yara Coenen, Zorgbestuur
Thijs Veldkamp, Veercooperatie, thijs@veer.example.org
"""
"""A list as it comes in a mail: six the user knows, one who may be known, two not met."""


def now() -> Seconds:
    """The moment the diary is looked at: two days before the party."""
    return NOW


def after() -> Seconds:
    """The morning after the party."""
    return Seconds(END + 14 * 3600)


def make(folder: Path, people: int = 20, listed: str = LIST) -> Home:
    """A home with a party and its list (number 1)."""
    home = web_diary.make(folder, people)
    with home.connect() as db:
        draft = Draft("Herring party", BEGIN, END, place="Amersfoort", people=((Part.HOST, "Roos Dijkema"),))
        party = occasions.new(db, draft, NOW)
        guests.add(db, guests.preview(db, party.id, listed), NOW)
    return home


def bury(home: Home, listed: str = LIST) -> int:
    """A funeral the day after the party, with the same list. Gives: its number."""
    with home.connect() as db:
        people = ((Part.HONOURED, "Wim Terlouw"), (Part.FAMILY, "Roos Dijkema"))
        made = occasions.new(db, Draft("Funeral of Wim Terlouw", Seconds(BEGIN + DAY), people=people), NOW)
        guests.add(db, guests.preview(db, made.id, listed), NOW)
    return made.id
