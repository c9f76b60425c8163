"""
From what a telephone kept at a party to talks: delivered any number of times, counted once.

A telephone's clock may be wrong and its taps may arrive three times, in any order, from two telephones.
A tap is known by its id. The latest word on a guest counts; where two telephones say different things of
one guest, both lines of memory are kept and the conflict is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final, NamedTuple

from maatje.model.occasion import Encounter, Guest, Occasion, Tap
from maatje.model.sentence import Sentence, say
from maatje.model.units import DAY, Seconds
from maatje.planning.manners import fold

CLOCK_SLACK: Final = 120
"""Two clocks within so many seconds agree."""

AFTER_SECONDS: Final = 6 * 3600
"""So long after the end somebody may still be tapping, in the train."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Taps of different telephones that say different things of one guest: which, and the sentence that shows it."""

    guest_id: int | None
    name: str
    taps: tuple[str, ...]
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Delivery:
    """
    What one telephone hands over: its taps, and what its clock said when ours said ``received``.

    ``device`` names the telephone; ``device_now`` and ``received`` are instants; ``taps`` in any order,
    repeats allowed.
    """

    device: str
    taps: Sequence[Tap]
    device_now: Seconds
    received: Seconds


@dataclass(frozen=True, slots=True)
class Settled:
    """Talks in order of time, one per guest; how many taps came that were there already; what disagrees."""

    encounters: tuple[Encounter, ...]
    repeats: int
    conflicts: tuple[Conflict, ...]


class _Kept(NamedTuple):
    """A tap with its time on our clock, and the telephone it came from; ordered by time."""

    at: int
    id: str
    device: str
    tap: Tap


def settle(
    occasion: Occasion, guests: Iterable[Guest], deliveries: Iterable[Delivery], known: AbstractSet[str] = frozenset()
) -> Settled:
    """
    The talks that some deliveries amount to.

    Args:
        occasion: where it was.
        guests: its list, for the names and contacts. A tap on a guest who is not on it is kept by name.
        deliveries: in any order; each tap is counted once by its id, however often it comes.
        known: ids of taps that were settled before; they count as repeats and change nothing.
    Returns: one talk per guest spoken; a tap that takes an earlier one back leaves none. The same for the
        deliveries in any order.
    """
    by_id = {guest.id: guest for guest in guests}
    kept: dict[str, _Kept] = {}
    repeats = 0
    for delivery in deliveries:
        ahead = clock_error(delivery)
        for tap in delivery.taps:
            repeats += tap.id in known or tap.id in kept
            if tap.id not in known:
                one = _Kept(tap.at - ahead, tap.id, delivery.device, tap)
                kept[tap.id] = min(one, kept.get(tap.id, one), key=_order)
    return _told(occasion, by_id, sorted(kept.values(), key=_order), repeats)


def clock_error(delivery: Delivery) -> int:
    """
    By how many seconds a telephone's clock runs ahead of ours.

    Args:
        delivery: with both clocks at one moment.
    Returns: scalar, below zero where it runs behind; 0 where they agree within two minutes.
    """
    ahead = delivery.device_now - delivery.received
    return ahead if abs(ahead) > CLOCK_SLACK else 0


def _order(one: _Kept) -> tuple[int, str, str, bool, str, str]:
    return one.at, one.id, one.device, one.tap.spoke, one.tap.memory, one.tap.name


def _told(occasion: Occasion, guests: Mapping[int, Guest], kept: Sequence[_Kept], repeats: int) -> Settled:
    """Taps in order of time, guest by guest; a new face is known by its name."""
    groups: dict[tuple[int | None, str], list[_Kept]] = {}
    for one in kept:
        guest_id = one.tap.guest_id
        groups.setdefault((guest_id, "" if guest_id is not None else fold(one.tap.name)), []).append(one)
    encounters: list[Encounter] = []
    conflicts: list[Conflict] = []
    for (guest_id, _), some in groups.items():
        guest = None if guest_id is None else guests.get(guest_id)
        name = guest.name if guest is not None else next((one.tap.name.strip() for one in some if one.tap.name), "")
        if not name or not some[-1].tap.spoke:
            continue  # taken back; or neither on the list nor named: there is nobody to tell of
        lines = _lines(some)
        encounters.append(_encounter(occasion, guest, name, some))
        if len(lines) > 1:
            told = say("Different lines were kept of {name}; all of them are there.", name=name)
            conflicts.append(Conflict(guest_id, name, tuple(lines.values()), told))
    encounters.sort(key=lambda one: (one.at, one.tap_id))
    return Settled(tuple(encounters), repeats, tuple(conflicts))


def _encounter(occasion: Occasion, guest: Guest | None, name: str, some: Sequence[_Kept]) -> Encounter:
    """One talk at the time of its first tap, which is never outside the occasion: nobody spoke there before it."""
    first = next(one for one in some if one.tap.spoke)
    end = occasion.begin + DAY if occasion.end is None else max(occasion.begin, occasion.end) + AFTER_SECONDS
    return Encounter(
        occasion_id=occasion.id,
        at=Seconds(min(max(first.at, occasion.begin), end)),
        guest_id=None if guest is None else guest.id,
        contact_id=None if guest is None else guest.contact_id,
        name=name,
        memory="; ".join(_lines(some)),
        tap_id=first.id,
    )


def _lines(some: Sequence[_Kept]) -> dict[str, str]:
    """The last line of each telephone, with the tap it is from; one that is part of another says nothing more."""
    last: dict[str, _Kept] = {}
    for one in some:
        if one.tap.spoke and one.tap.memory.strip():
            last[one.device] = one
    said = {one.tap.memory.strip(): one.id for one in sorted(last.values(), key=_order)}
    return {line: tap for line, tap in said.items() if not any(line != other and line in other for other in said)}
