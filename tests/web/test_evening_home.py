"""What the telephone is shown of a real home: whom to greet first, facts only where nobody can read along."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.web.web_during import host

from maatje.app import clock, guests, occasions, wishes
from maatje.app.home import Home
from maatje.app.wording import Voice
from maatje.errors import UserError
from maatje.model.occasion import GuestStatus
from maatje.planning.taps import Delivery
from maatje.web.evening import Person
from maatje.web.evening_home import HomeEvening

VOICE = Voice("en")


def known(home: Home, occasion: int) -> dict[str, int]:
    """Say of everybody on the list who may be somebody known that it is so; gives contacts by name."""
    now = clock.now()
    found = {}
    with home.connect() as db:
        for guest in guests.every(db, occasion):
            if guest.status is GuestStatus.PERHAPS and guest.candidates:
                guests.is_contact(db, guest.id, guest.candidates[0], now)
                found[guest.name] = guest.candidates[0]
        wanted = next(one for one in guests.every(db, occasion) if one.name == "Yara Coenen")
        guests.want(db, wanted.id, True, now)
        wishes.leave_alone(db, found["Sander Blom"], True, now)
    return found


def people(home: Home, occasion: int | None, *, hints: bool) -> dict[str, Person]:
    """The list, by name, in its order."""
    party = HomeEvening(home, clock.now, occasion, hints=hints).party(VOICE)
    assert party is not None
    return {one.name: one for one in party.people}


def test_whom_to_greet_comes_first(tmp_path: Path) -> None:
    """Those to greet, then those one would like to meet, then the others; who is to be left alone is shown as such."""
    home, occasion = host(tmp_path)
    known(home, occasion)
    found = people(home, occasion, hints=True)
    sections = [one.section for one in found.values()]
    assert sections == sorted(sections, key=["greet", "meet", "all"].index)
    assert sections[0] == "greet"
    assert found["Yara Coenen"].section == "meet"
    assert found["Yara Coenen"].hint.startswith("not met yet")
    assert found["Sander Blom"] == Person(found["Sander Blom"].id, "Sander Blom", "Firm 1", "to be left alone", "all")
    plain = people(home, occasion, hints=False)
    assert {one.hint for one in plain.values()} == {""}
    assert list(plain) == list(found)


def test_a_funeral_is_a_list_of_names(tmp_path: Path) -> None:
    """At a funeral nobody is put first and no fact is shown, but for who is to be left alone."""
    home, occasion = host(tmp_path)
    known(home, occasion)
    with home.connect() as db:
        occasions.edit(db, occasion, occasions.Change(kind="funeral"), clock.now())
    found = people(home, occasion, hints=True)
    assert {one.section for one in found.values()} <= {"all", "meet"}
    assert {one.hint for one in found.values()} <= {"", "to be left alone", "not met yet"}
    assert not {one.hint for one in found.values() if one.section == "greet"}


def test_no_occasion_is_none(tmp_path: Path) -> None:
    """Without an occasion that is on or comes there is nothing to show; taps of none that is there are refused."""
    home, occasion = host(tmp_path)
    now = clock.now()
    assert people(home, None, hints=False)
    with home.connect() as db:
        occasions.remove(db, occasion, now)
    evening = HomeEvening(home, clock.now)
    assert evening.party(VOICE) is None
    with pytest.raises(UserError):
        evening.deliver(occasion, Delivery("x", (), now, now))
