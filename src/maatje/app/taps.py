"""
What a telephone kept at a party, taken in: each tap exactly once by its id, however often it is delivered.

The taps themselves are kept as they were sent and are no act; the talks made of them are one, and can be undone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from maatje.app import follow, matching, talks
from maatje.errors import N_, SettingError
from maatje.model.occasion import Guest, Occasion, Tap
from maatje.model.page import Act
from maatje.model.sentence import say
from maatje.model.units import EARLIEST, LATEST, Seconds
from maatje.planning.manners import fold
from maatje.planning.taps import Conflict, Delivery, Settled, settle
from maatje.store import encounters, occasions, undo
from maatje.store import guests as lists
from maatje.store.db import Db, snapshot
from maatje.store.encounters import KeptTap

MOST: Final = 1_000
"""More taps at once are no evening."""

LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Delivered:
    """``taken`` taps were new, ``repeats`` known; ``ids`` the telephone may forget; ``conflicts`` are shown."""

    taken: int
    repeats: int
    conflicts: tuple[Conflict, ...]
    ids: tuple[str, ...]


def read_taps(shape: Any, received: Seconds) -> Delivery:
    """
    A delivery as the telephone sends it: {"device", "now", "taps": [{"id", "at", "guest", "name", "spoke", "memory"}]}.

    Args:
        shape: from JSON; anything. received: what our clock says.
    Raises: SettingError: it is no delivery; nothing of it is quoted.
    """
    try:
        found = shape["taps"]
        if not isinstance(found, list) or len(found) > MOST:
            raise ValueError
        made = tuple(_tap(one) for one in found)
        return Delivery(_text(shape.get("device", "")), made, _instant(shape["now"]), received)
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        raise SettingError(N_("What the telephone sent cannot be read. It keeps its taps.")) from error


def _tap(shape: Any) -> Tap:
    guest = shape.get("guest")
    if guest is not None and (type(guest) is not int or not 0 < guest < 1 << 62):
        raise ValueError
    number = _text(shape["id"])
    spoke = shape.get("spoke", True)
    if not number or type(spoke) is not bool:
        raise ValueError
    memory = " ".join(_text(shape.get("memory", ""), talks.LONGEST_LINE).split())
    return Tap(number, _instant(shape["at"]), guest, " ".join(_text(shape.get("name", "")).split()), spoke, memory)


def _text(found: Any, most: int = LONGEST) -> str:
    if not isinstance(found, str):
        raise TypeError
    # A lone surrogate can be kept nowhere; what is longer than a line is cut rather than lost.
    return "".join(char for char in found if char >= " " and not 0xD800 <= ord(char) < 0xE000)[:most]


def _instant(found: Any) -> Seconds:
    if isinstance(found, bool) or not isinstance(found, (int, float)) or not EARLIEST <= found <= LATEST:
        raise ValueError
    return Seconds(int(found))


def deliver(db: Db, occasion_id: int, delivery: Delivery, now: Seconds) -> Delivered:
    """
    Take in what a telephone kept. Safe to repeat: a tap that is here already changes nothing.

    A tap of a guest of another occasion is kept by its name, if it has one. Raises: UserError: no such occasion.
    """
    occasion = occasions.get(db, occasion_id)
    ids = tuple(dict.fromkeys(tap.id for tap in delivery.taps))
    act = Act(
        say("What the telephone kept at {name} was taken in.", name=occasion.name),
        say("What the telephone kept at {name} is taken out again.", name=occasion.name),
    )
    with undo.journaled(db, act, now, partial(follow.within, db, Seconds(now + 1))):
        there = encounters.known_taps(db, ids)
        fresh = {tap.id: tap for tap in reversed(delivery.taps) if tap.id not in there}
        encounters.keep_taps(
            db,
            occasion_id,
            [KeptTap(tap, delivery.device, delivery.device_now, now) for tap in fresh.values()],
        )
        if fresh:
            _settle(db, occasion, fresh.values(), now)
    return Delivered(len(fresh), len(delivery.taps) - len(fresh), conflicts(db, occasion_id), ids)


def _settle(db: Db, occasion: Occasion, fresh: Iterable[Tap], now: Seconds) -> None:
    """
    The talks of those whom the new taps are about, from all taps on them; the others stay as they are.

    So what the user took back or wrote otherwise meanwhile is not brought back by a tap on somebody else.
    """
    new = list(fresh)
    about = {_about(tap) for tap in new}
    own = lists.own(db)
    rows = {row.guest.id: row for row in lists.of_occasion(db, occasion.id)}
    able = {number: row for number, row in rows.items() if not matching.marked(row.guest, own).is_me}
    me = rows.keys() - able.keys()
    kept = [one for one in encounters.taps(db, occasion.id) if _about(one.tap) in about and one.tap.guest_id not in me]
    found = _settled(occasion, [row.guest for row in able.values()], kept)
    spoken = set()
    for one in found.encounters:
        told = replace(one, at=min(one.at, now), guest_id=None, contact_id=None, memory=talks.line(one.memory[:500]))
        talks.record(db, occasion, told, None if one.guest_id is None else able[one.guest_id], now)
        spoken.add((one.guest_id, "" if one.guest_id is not None else fold(one.name)))
    for tap in new:
        guest_id, name = _about(tap)
        if (guest_id, name) in spoken or (guest_id is not None and guest_id not in able):
            continue
        row = None if guest_id is None else lists.get(db, guest_id)
        contact_id = None if row is None else row.guest.contact_id
        talk = talks.find(encounters.of_occasion(db, occasion.id), row, contact_id, tap.name)
        if talk is not None and not tap.spoke:
            talks.take_back(db, talk)


def _about(tap: Tap) -> tuple[int | None, str]:
    return (tap.guest_id, "" if tap.guest_id is not None else fold(tap.name))


def _settled(occasion: Occasion, guests: Sequence[Guest], kept: Sequence[KeptTap]) -> Settled:
    """All that these taps amount to."""
    deliveries = [Delivery(one.device, (one.tap,), one.device_now, one.came_at) for one in kept]
    return settle(occasion, guests, deliveries)


def conflicts(db: Db, occasion_id: int) -> tuple[Conflict, ...]:
    """Where two telephones kept different things of one guest. Reads only. Raises: UserError: no such occasion."""
    with snapshot(db):
        occasion = occasions.get(db, occasion_id)
        kept = encounters.taps(db, occasion_id)
        if len({one.device for one in kept}) < 2:
            return ()
        guests = [row.guest for row in lists.of_occasion(db, occasion_id)]
    return _settled(occasion, guests, kept).conflicts
