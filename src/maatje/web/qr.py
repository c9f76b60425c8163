"""An address as a square that a telephone's camera reads: as signs for a terminal, as a path for a page."""

from __future__ import annotations

from itertools import zip_longest
from typing import NamedTuple

import segno

QUIET = 2
"""Light modules around it; four are asked for, two are read by every camera and fit a terminal of 80 signs."""


class Square(NamedTuple):
    """A drawing ``size`` units wide and high, and the path of its dark modules."""

    size: int
    path: str


def modules(text: str) -> list[list[bool]]:
    """Rows of modules, True where dark, with a light margin."""
    found = segno.make_qr(text, error="m").matrix_iter(scale=1, border=QUIET)
    return [[bool(one) for one in row] for row in found]


def blocks(text: str) -> str:
    """
    Lines for a terminal, two rows in each.

    Light modules are drawn, dark ones left open: right on a dark ground, and most cameras read the reverse.
    """
    rows = modules(text)
    signs = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}
    pairs = zip_longest(rows[::2], rows[1::2], fillvalue=[True] * len(rows[0]))
    return "\n".join("".join(signs[one] for one in zip(upper, lower, strict=True)) for upper, lower in pairs)


def square(text: str) -> Square:
    """The same for an SVG: one path, a stretch per run of dark modules."""
    rows = modules(text)
    path = ""
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            if not row[x]:
                x += 1
                continue
            begin = x
            while x < len(row) and row[x]:
                x += 1
            path += f"M{begin} {y}h{x - begin}v1h-{x - begin}z"
    return Square(len(rows), path)
