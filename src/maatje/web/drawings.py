"""
The drawings as numbers: the pile, the circle map, the years of a tie, how well it guessed.

Pure geometry after the mock's README; templates turn it into SVG. Nothing is random: where a thing needs to look
loose, it is moved by a hash of the contact, so that people keep their place from day to day.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from maatje.model.evaluation import Tally
from maatje.model.page import CirclePlace, YearRow
from maatje.model.plan import Tie
from maatje.model.units import ContactId

SHEET_WIDTH: Final = 124.0
SLANT_X: Final = 38.0
SLANT_Y: Final = 25.0
PER_LEAF: Final = 12
"""So many of the others share one pressed leaf."""
MOST_LEAVES: Final = 34
"""No more pressed leaves than this, however many people there are; then each stands for more of them."""

CENTRE: Final = 190.0
RADII: Final = {5: 62.0, 15: 102.0, 50: 141.0, 150: 180.0}
_BANDS: Final = {15: (74.0, 92.0), 50: (113.0, 131.0), 150: (151.0, 171.0)}
_SLOTS: Final = {15: 12, 50: 40, 150: 104}
_GAP: Final = math.radians(13)
"""Half the opening at the foot of each ring, where its figure stands."""

WEEK_WIDTH: Final = 10
LAST_WEEK: Final = 51


def turn(contact_id: ContactId, salt: str) -> float:
    """A number in [0, 1) that belongs to this contact for good; ``salt`` gives another."""
    digest = hashlib.blake2b(f"{salt}:{contact_id}".encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") / 2**32


# --- the pile


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the pile: its front left corner, and the class of its edge by chance ("f1" to "f4", "" pressed)."""

    x: float
    y: float
    edge: str
    has_edge: bool


@dataclass(frozen=True, slots=True)
class Label:
    """A name beside the pile: where its line begins, its height, the name as it fits, the words after it."""

    from_x: float
    from_y: float
    y: float
    name: str
    words: str
    is_strong: bool


@dataclass(frozen=True, slots=True)
class PileDrawing:
    """The pile: sheets from the bottom up, labels from the top down, and the height of the drawing."""

    sheets: tuple[Sheet, ...]
    labels: tuple[Label, ...]
    height: float


def edge_of(chance: float) -> str:
    """The class of a sheet's edge: from "f1", likely, to "f4", hardly."""
    if chance >= 0.75:
        return "f1"
    if chance >= 0.5:
        return "f2"
    return "f3" if chance >= 0.15 else "f4"


def letters_width(text: str) -> float:
    """About how wide a text is, in ems of a sans: enough to know whether a name fits beside the pile."""
    return sum(_letter_width(sign) for sign in text)


def _letter_width(sign: str) -> float:
    if sign in "iljtfrI'.,-|’ ()":
        return 0.31
    if sign in "mwMW@":
        return 0.88
    if ord(sign) > 0x2E80:
        return 1.0
    return 0.7 if sign.isupper() else 0.58


def fit(text: str, ems: float) -> str:
    """The text, or as much of it as is no wider than ``ems``, with an ellipsis."""
    if letters_width(text) <= ems:
        return text
    width, kept = 0.9, ""
    for sign in text:
        width += _letter_width(sign)
        if width > ems:
            break
        kept += sign
    return kept.rstrip() + "…"


def pile_drawing(
    top: Sequence[tuple[Tie, str]], others: tuple[int, str], dormant: tuple[int, str], *, loose: int = 7
) -> PileDrawing:
    """
    The pile with the names of those on top.

    Args:
        top: best first, each with its chance in short words; the first ``loose`` are drawn.
        others, dormant: how many people lie below, and the words for them; zero leaves them out.
    """
    y, label_y = 35.0, 18.0
    sheets: list[Sheet] = []
    labels: list[Label] = []
    for place, (tie, words) in enumerate(top[:loose]):
        chance = float(tie.chances.comes_by_30)
        edge, x = edge_of(chance), 6 + 30 * chance + _jitter(tie.contact_id)
        sheets.append(Sheet(round(x, 1), round(y, 1), edge, True))
        along = 0.6 if place == 0 else 0.3
        start = (round(x + SHEET_WIDTH + SLANT_X * along, 1), round(y - SLANT_Y * along, 1))
        labels.append(Label(*start, label_y, fit(tie.name, 8.9), words, edge == "f1"))
        y, label_y = y + 9 + 13 * chance, label_y + 22
    y += 3
    per_leaf = max(PER_LEAF, (others[0] + dormant[0]) / MOST_LEAVES)
    for (count, words), edge, seed in ((others, "", 1), (dormant, "f4", 2)):
        if count <= 0:
            continue
        leaves = max(1, round(count / per_leaf))
        first = y
        for number in range(leaves):
            x = 6 + _jitter(ContactId(seed * 1000 + number))
            sheets.append(Sheet(round(x, 1), round(y, 1), edge, False))
            y += 2.6
        middle = (first + y - 2.6) / 2 - 6
        label_y = max(middle + 4, label_y + 2)
        labels.append(Label(137.0, round(middle, 1), round(label_y, 1), "", words, False))
        label_y += 22
    return PileDrawing(tuple(reversed(sheets)), tuple(labels), math.ceil(max(y + 9, label_y - 10)))


def _jitter(contact_id: ContactId) -> float:
    return (turn(contact_id, "sheet") - 0.5) * 5


# --- the circles


@dataclass(frozen=True, slots=True)
class Dot:
    """One person on the circle map: place, season ("touch", "quiet", "dormant"), full name, the name written beside."""

    x: float
    y: float
    season: str
    name: str
    written: str


@dataclass(frozen=True, slots=True)
class CircleDrawing:
    """The circle map: rings as (radius, figure), outermost first, and everybody's dot."""

    rings: tuple[tuple[float, int], ...]
    dots: tuple[Dot, ...]


def circle_drawing(places: Iterable[CirclePlace]) -> CircleDrawing:
    """The map of those in a circle; people outside all circles are not on it."""
    by_circle: dict[int, list[CirclePlace]] = {5: [], 15: [], 50: [], 150: []}
    for place in places:
        if place.circle in by_circle:
            by_circle[place.circle].append(place)
    dots = _inner(by_circle[5])
    for circle, band in _BANDS.items():
        dots += _ring(by_circle[circle], _SLOTS[circle], band)
    rings = tuple((radius, circle) for circle, radius in sorted(RADII.items(), reverse=True))
    return CircleDrawing(rings, tuple(dots))


def _inner(places: list[CirclePlace]) -> list[Dot]:
    """The inner five stand evenly, the first at the top, so that their names find room."""
    places = sorted(places, key=lambda place: turn(place.contact_id, "inner"))
    radius = 38.0 if len(places) <= 6 else 44.0
    dots = []
    for number, place in enumerate(places):
        x, y = _at(2 * math.pi * number / len(places), radius)
        written = fit(place.name.split()[0], 4.4) if place.name.split() and len(places) <= 6 else ""
        dots.append(Dot(x, y, place.season, place.name, written))
    return dots


def _ring(places: list[CirclePlace], slots: int, band: tuple[float, float]) -> list[Dot]:
    """Everybody takes the slot of their hash, or the next free one, so that one more moves nearly nobody."""
    slots = max(slots, math.ceil(len(places) * 1.05))
    taken: set[int] = set()
    dots = []
    for place in sorted(places, key=lambda place: place.contact_id):
        slot = int(turn(place.contact_id, "slot") * slots)
        while slot in taken:
            slot = (slot + 1) % slots
        taken.add(slot)
        angle = math.pi + _GAP + (2 * math.pi - 2 * _GAP) * (slot + 0.5) / slots
        radius = band[0] + (band[1] - band[0]) * turn(place.contact_id, "radius")
        x, y = _at(angle, radius)
        dots.append(Dot(x, y, place.season, place.name, ""))
    return dots


def _at(angle: float, radius: float) -> tuple[float, float]:
    """A point on the map; angles run clockwise from the top."""
    return round(CENTRE + radius * math.sin(angle), 1), round(CENTRE - radius * math.cos(angle), 1)


# --- the years


@dataclass(frozen=True, slots=True)
class YearDrawing:
    """One year as three paths and the length of its line, which ends today; ``words`` say the same."""

    year: int
    line: int
    path_in: str
    path_out: str
    path_met: str
    words: str


def year_drawing(row: YearRow, until_week: int | None, words: str) -> YearDrawing:
    """
    A row of the years: they wrote above the line, the user below, meetings right through it.

    Args:
        row: the weeks as 0..52; the odd days of a long year fall in the last cell.
        until_week: the week that today is in, for this year; None for a year that is over.
    """
    line = WEEK_WIDTH * (LAST_WEEK + 1) if until_week is None else WEEK_WIDTH * (min(until_week, LAST_WEEK) + 1)
    return YearDrawing(
        row.year,
        line,
        _marks(row.weeks_in, 2, "3h6v8h-6z"),
        _marks(row.weeks_out, 2.5, "13h5v7h-5z"),
        _marks(row.weeks_met, 1, "0h8v24h-8z"),
        words,
    )


def _marks(weeks: Iterable[int], inset: float, shape: str) -> str:
    cells = sorted({min(max(week, 0), LAST_WEEK) for week in weeks})
    return "".join(f"M{WEEK_WIDTH * cell + inset:g} {shape}" for cell in cells)


# --- pulls


@dataclass(frozen=True, slots=True)
class PullBar:
    """A bar from the middle of a strip 200 wide: to the right for likelier, to the left for less likely."""

    x: float
    width: float
    is_up: bool


def pull_bar(strength: float) -> PullBar:
    """
    The bar of one fact.

    Args:
        strength: scalar in [-1, 1]; beyond it is cut off.
    """
    width = round(100 * min(1.0, abs(strength)), 1)
    return PullBar(100.0 if strength >= 0 else 100.0 - width, width, strength >= 0)


# --- reliability

PLOT_LEFT: Final = 44.0
PLOT_FOOT: Final = 340.0
PLOT_SIDE: Final = 320.0
STRIP: Final = 400.0


@dataclass(frozen=True, slots=True)
class Mark:
    """One group of guesses on the plot: where, how large, its interval from ``top`` down; ``is_early``: too few."""

    x: float
    y: float
    radius: float
    top: float
    foot: float
    is_early: bool


def reliability_drawing(groups: Iterable[Tally]) -> tuple[Mark, ...]:
    """
    Groups of guesses against what happened, on a square of 320 with its corner at (44, 340).

    Args:
        groups: in order of chance; those without guesses are left out. Radius 3 + √n/4.2, at most 15.
    """
    return tuple(
        Mark(
            round(PLOT_LEFT + PLOT_SIDE * one.said, 1),
            round(PLOT_FOOT - PLOT_SIDE * one.share, 1),
            round(min(15.0, 3 + math.sqrt(one.n) / 4.2), 1),
            round(PLOT_FOOT - PLOT_SIDE * one.high, 1),
            round(PLOT_FOOT - PLOT_SIDE * one.low, 1),
            not one.is_enough,
        )
        for one in groups
        if one.n
    )


@dataclass(frozen=True, slots=True)
class Reach:
    """A share and its interval on a strip 400 wide; ``is_early``: too few to tell."""

    x: float
    low: float
    high: float
    is_early: bool


def reach(tally: Tally) -> Reach:
    """
    The share that came, with what it lies between.

    Args:
        tally: at least one guess.
    """
    x, low, high = (round(STRIP * value, 1) for value in (tally.share, tally.low, tally.high))
    return Reach(x, low, high, not tally.is_enough)
