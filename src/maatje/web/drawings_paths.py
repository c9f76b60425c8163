"""
An occasion's drawings as numbers: an evening in minutes, and the way from the user to somebody not met yet.

After the mock; pure geometry, the words stand beside it. A path is drawn solid where it is known well, dashed
where a step of it rests on next to nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 400.0
EDGE: Final = 28.0
"""How far the first and the last ring stand from the sides."""
RADIUS: Final = 8.0
SIGN: Final = 6.4
"""How wide a sign of the small letter is, about."""
GAP: Final = 0.12
"""Which part of a talk's strip is left open, so that talks can be told apart."""


@dataclass(frozen=True, slots=True)
class Strip:
    """An evening ``minutes`` wide: a bar for each talk as (x, width), and the free time after them or None."""

    minutes: int
    talks: tuple[tuple[float, float], ...]
    free: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Node:
    """Somebody on a path: where, what stands below, by which class and anchor of the text it is drawn."""

    x: float
    text_x: float
    name: str
    look: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Line:
    """A step: from where to where, whether it is thin, and up to two lines of words above its middle."""

    begin: float
    end: float
    middle: float
    is_weak: bool
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PathDrawing:
    """A path of two or three steps on a field 400 wide."""

    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]


def strip_drawing(minutes: int, talks: int, each: int) -> Strip | None:
    """
    An evening in minutes.

    Args:
        minutes: for talks in all; below one there is nothing to draw.
        talks, each: how many are planned, of how many minutes.
    """
    if minutes <= 0:
        return None
    bars = tuple((float(number * each), round(each * (1 - GAP), 2)) for number in range(talks))
    spent = talks * each
    return Strip(minutes, bars, (spent, minutes - spent) if spent < minutes else None)


def path_drawing(names: Sequence[str], steps: Sequence[tuple[bool, str]]) -> PathDrawing:
    """
    The way from the user to somebody.

    Args:
        names: of all on it, the user first; one more than the steps.
        steps: each whether it is thin, and its words.
    """
    pause = (WIDTH - 2 * EDGE) / len(steps)
    places = [EDGE + pause * number for number in range(len(names))]
    room = int(pause * 0.94 / SIGN)
    return PathDrawing(
        tuple(_node(number, places, names, pause) for number in range(len(names))),
        tuple(
            Line(
                places[number] + RADIUS,
                places[number + 1] - RADIUS,
                (places[number] + places[number + 1]) / 2,
                is_weak,
                two_lines(words, room),
            )
            for number, (is_weak, words) in enumerate(steps)
        ),
    )


def _node(number: int, places: Sequence[float], names: Sequence[str], pause: float) -> Node:
    is_first, is_last = number == 0, number == len(names) - 1
    look = "me" if is_first else "node unmet" if is_last else "node"
    anchor = "" if is_first else "end" if is_last else "mid"
    # In a long path the last two names would touch: the name of the last one has the room of the side.
    room = int(pause * (1.0 if len(names) <= 3 else 0.92) / (SIGN * 1.15))
    text_x = 8.0 if is_first else WIDTH - 4 if is_last else places[number]
    return Node(places[number], text_x, cut(names[number], room), look, anchor)


def two_lines(text: str, room: int) -> tuple[str, ...]:
    """A text over at most two lines of so many signs, as even as its words allow; a mark says that it went on."""
    if len(text) <= room:
        return (text,) if text else ()
    words = text.split()
    splits = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    fitting = [pair for pair in splits if len(pair[0]) <= room]
    if not fitting:
        return (cut(text, room),)
    first, second = min(fitting, key=lambda pair: max(len(pair[0]), len(pair[1])))
    return first, cut(second, room)


def cut(text: str, room: int) -> str:
    """A text of at most so many signs."""
    return text if len(text) <= room else text[: max(1, room - 1)].rstrip() + "…"
