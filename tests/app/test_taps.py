"""What a telephone delivers counts once, whatever happens on the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import ME, NOW, Letter

from maatje.app import after, capture, guests, mending, occasions, taps
from maatje.app.home import Home
from maatje.errors import SettingError
from maatje.model.occasion import Occasion
from maatje.model.units import Seconds
from maatje.store import dump
from maatje.store.db import Db

BEGIN = Seconds(NOW - 4 * 3600)


@pytest.fixture
def db(home: Home, letter: Letter, tmp_path: Path) -> Iterator[Db]:
    """A home with one friend."""
    box = tmp_path / "Inbox.mbox"
    box.write_text(letter("anna@example.net", ME, days=40, name="Anna Roos") + letter(ME, "anna@example.net", days=39))
    capture.add(home, [box], me=[ME], now=NOW)
    with home.connect() as opened:
        yield opened


@pytest.fixture
def party(db: Db) -> Occasion:
    """A party that is going on, with Anna, Bob and the user on its list."""
    made = occasions.new(db, occasions.Draft("Herring party", BEGIN, Seconds(NOW + 3600)), NOW)
    text = f"Name,Email\nAnna Roos,anna@example.net\nBob Boot,bob@example.com\nHanneke,{ME}\n"
    guests.add(db, guests.preview(db, made.id, text), NOW)
    return made


def tap(number: str, guest: int | None = None, **more: Any) -> dict[str, Any]:
    """One tap as a telephone sends it."""
    return {"id": number, "at": NOW - 600, "guest": guest, "name": "", "spoke": True, "memory": "", **more}


def deliver(db: Db, party: Occasion, *some: dict[str, Any], device: str = "one", now: int = NOW) -> taps.Delivered:
    """A delivery of these taps."""
    return taps.deliver(db, party.id, taps.read_taps({"device": device, "now": now, "taps": list(some)}, NOW), NOW)


def _ids(db: Db, party: Occasion) -> dict[str, int]:
    return {guest.name: guest.id for guest in guests.every(db, party.id)}


def _talked(db: Db, party: Occasion) -> list[tuple[str, str]]:
    return sorted((talk.name, talk.memory) for talk in after.page(db, party.id, NOW).talked)


def test_three_deliveries_count_once(db: Db, party: Occasion) -> None:
    """The same taps three times, in part and in another order: one talk each, one act, and the same store."""
    anna, bob = _ids(db, party)["Anna Roos"], _ids(db, party)["Bob Boot"]
    some = [tap("a", anna, memory="The mast"), tap("b", bob), tap("c", name="Mies Bakker")]
    first = deliver(db, party, *some)
    assert (first.taken, first.repeats, first.ids) == (3, 0, ("a", "b", "c"))
    after_once = dump.parts(db)
    assert deliver(db, party, *reversed(some)).repeats == 3
    assert deliver(db, party, some[1], some[1]).taken == 0
    assert dump.parts(db) == after_once
    assert _talked(db, party) == [("Anna Roos", "The mast"), ("Bob Boot", ""), ("Mies Bakker", "")]
    assert len(mending.undo_list(db, NOW)) == 3


def test_undone_stays_undone(db: Db, party: Occasion) -> None:
    """Taps whose talks were taken back are not brought back by a telephone that delivers them again."""
    anna = _ids(db, party)["Anna Roos"]
    deliver(db, party, tap("a", anna))
    mending.undo(db, None, NOW)
    assert deliver(db, party, tap("a", anna)).taken == 0
    assert _talked(db, party) == []


def test_a_tap_takes_an_earlier_one_back(db: Db, party: Occasion) -> None:
    """ "We spoke" tapped by mistake and taken back leaves no talk, delivered together or apart."""
    anna, bob = _ids(db, party)["Anna Roos"], _ids(db, party)["Bob Boot"]
    deliver(db, party, tap("a", anna, at=NOW - 900), tap("b", bob, at=NOW - 900))
    deliver(db, party, tap("c", anna, spoke=False, at=NOW - 300))
    assert _talked(db, party) == [("Bob Boot", "")]


def test_two_telephones_that_disagree_are_shown(db: Db, party: Occasion) -> None:
    """Different lines from two telephones are both kept, and the conflict is shown."""
    anna = _ids(db, party)["Anna Roos"]
    deliver(db, party, tap("a", anna, memory="Boats"), device="one")
    told = deliver(db, party, tap("b", anna, memory="Bees"), device="two")
    assert [conflict.guest_id for conflict in told.conflicts] == [anna]
    ((name, memory),) = _talked(db, party)
    assert name == "Anna Roos"
    assert {"Boats", "Bees"} <= set(memory.split("; "))


def test_clocks_that_differ_are_set_right(db: Db, party: Occasion) -> None:
    """A telephone three days ahead: its talks lie within the party, and never after now."""
    anna = _ids(db, party)["Anna Roos"]
    ahead = 3 * 86_400
    deliver(db, party, tap("a", anna, at=NOW - 600 + ahead), now=NOW + ahead)
    (talk,) = after.page(db, party.id, NOW).talked
    assert talk.at == NOW - 600


def test_the_user_is_nobody_to_speak(db: Db, party: Occasion) -> None:
    """A tap on the user's own line makes no talk, and one on a guest who is gone is kept by its name."""
    mine = next(guest.id for guest in guests.every(db, party.id) if guest.is_me)
    deliver(db, party, tap("a", mine, name="Hanneke"), tap("b", 999, name="Wim Wit"), tap("c", 998))
    assert _talked(db, party) == [("Wim Wit", "")]


@pytest.mark.parametrize(
    "shape",
    [
        None, [], {}, {"taps": [], "device": "x"}, {"taps": [{}], "device": "x", "now": NOW},
        {"taps": [tap("")], "device": "x", "now": NOW}, {"taps": [tap("a", -1)], "device": "x", "now": NOW},
        {"taps": [tap("a", at="now")], "device": "x", "now": NOW}, {"taps": "no", "device": "x", "now": NOW},
        {"taps": [tap("a", spoke="yes")], "device": "x", "now": NOW}, {"taps": [], "device": 1, "now": NOW},
        {"taps": [tap("a")] * 1001, "device": "x", "now": NOW}, {"taps": [], "device": "x", "now": float("nan")},
    ],
)  # fmt: skip
def test_what_is_no_delivery_is_refused(shape: Any) -> None:
    """Anything that is no delivery is refused in one sentence, so that the telephone keeps what it has."""
    with pytest.raises(SettingError, match="keeps its taps"):
        taps.read_taps(shape, NOW)


VALUES = st.one_of(st.integers(), st.text(), st.none(), st.booleans(), st.floats())
TAPS = st.lists(st.dictionaries(st.sampled_from(["id", "at", "guest", "name", "spoke", "memory"]), VALUES))


@given(st.dictionaries(st.sampled_from(["taps", "device", "now"]), st.one_of(VALUES, TAPS)))
def test_any_shape_is_read_or_refused(shape: Any) -> None:
    """Whatever a telephone sends is a delivery or a plain refusal, never a fault of ours."""
    try:
        found = taps.read_taps(shape, NOW)
    except SettingError:
        return
    assert all(one.id and len(one.memory) <= 500 for one in found.taps)
