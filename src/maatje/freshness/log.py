"""The user's touches as arrays, so that a million of them are read in under a second."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maatje.freshness.params import FULL

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

Row = tuple[int, int, int, float, int, int]
"""One touch as the store keeps it: contact_id, at, direction, weight, reply mark, channel."""

_ROW = np.dtype([("id", "i8"), ("at", "i8"), ("direction", "i1"), ("weight", "f4"), ("reply", "i1"), ("channel", "i1")])
_PART = 1 << 17
"""So many touches at a time fit the processor's cache with all that is made of them; more at once is slower."""

_WITHIN_BITS, _AT_BITS, _AT_LIMIT, _TIE_LIMIT = 5, 33, 1 << 33, 1 << 25


@dataclass(frozen=True, slots=True, eq=False)
class Log:
    """
    All touches of all ties, by tie, then instant, then direction (in before out) and weight (full before light).

    ``contact_ids`` (k,) ascending; ``starts`` (k + 1,) where each tie's touches begin; per touch, all (m,):
    ``tie`` its place in ``contact_ids``, ``at`` seconds UTC, ``direction`` and ``channel`` as in
    ``model.interaction``, ``weight`` in (0, 1], ``reply`` a ``ReplyMark``.
    """

    contact_ids: Ints
    starts: Ints
    tie: Ints
    at: Ints
    direction: npt.NDArray[np.int8]
    weight: npt.NDArray[np.float32]
    reply: npt.NDArray[np.int8]
    channel: npt.NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.at)

    def take(self, chosen: Flags) -> Log:
        """
        Some of the touches; ties that keep none are left out.

        Args:
            chosen: (m,) which touches to keep.
        """
        kept = np.bincount(self.tie[chosen], minlength=len(self.contact_ids))
        alive = kept > 0
        starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(kept[alive])))
        return Log(
            self.contact_ids[alive],
            starts,
            (np.cumsum(alive) - 1)[self.tie[chosen]],
            self.at[chosen],
            self.direction[chosen],
            self.weight[chosen],
            self.reply[chosen],
            self.channel[chosen],
        )

    def parts(self) -> Iterator[tuple[slice, Log]]:
        """
        The log in lots of whole ties, each with the places of its touches; views, so nothing is copied but ``tie``.

        What is worked out per tie may be worked out per lot: the same numbers, and several times as quickly.
        """
        low, ties = 0, len(self.contact_ids)
        while low < ties:
            # At least one tie, however long it is.
            high = max(low + 1, int(np.searchsorted(self.starts, self.starts[low] + _PART, side="right")) - 1)
            rows = slice(int(self.starts[low]), int(self.starts[high]))
            yield (
                rows,
                Log(
                    self.contact_ids[low:high],
                    self.starts[low : high + 1] - rows.start,
                    self.tie[rows] - low,
                    self.at[rows],
                    self.direction[rows],
                    self.weight[rows],
                    self.reply[rows],
                    self.channel[rows],
                ),
            )
            low = high


def from_rows(rows: Iterable[Row]) -> Log:
    """
    The log of touches read from the store, in whatever order they come.

    Args:
        rows: tuples (contact_id, at, direction, weight, reply, channel), any order; empty gives an empty log.
    Returns: the log; what it says never depends on the order of the rows.
    """
    length = len(rows) if isinstance(rows, list | tuple) else -1
    table = np.fromiter(rows, dtype=_ROW, count=length)
    ids, at, direction, weight, reply, channel = (np.ascontiguousarray(table[name]) for name in _ROW.names or ())
    return from_columns(ids, at, direction, weight, reply, channel)


def from_columns(
    ids: Ints,
    at: Ints,
    direction: npt.NDArray[np.int8],
    weight: npt.NDArray[np.float32],
    reply: npt.NDArray[np.int8],
    channel: npt.NDArray[np.int8],
) -> Log:
    """
    The log of touches given as columns, in any order.

    Args:
        ids, at, direction, weight, reply, channel: (m,) each, as in ``Row``.
    Returns: the log.
    """
    order = _order(ids, at, _within_an_instant(direction, weight, reply))
    if order is not None:
        ids, at, direction = ids[order], at[order], direction[order]
        weight, reply, channel = weight[order], reply[order], channel[order]
    begins = np.flatnonzero(np.diff(ids, prepend=ids[:1] - 1))
    starts = np.append(begins, len(ids)).astype(np.int64)
    tie = np.repeat(np.arange(len(begins), dtype=np.int64), np.diff(starts))
    return Log(ids[begins], starts, tie, at, direction, weight, reply, channel)


def _within_an_instant(
    direction: npt.NDArray[np.int8], weight: npt.NDArray[np.float32], reply: npt.NDArray[np.int8]
) -> Ints:
    """How touches of one instant lie: in before out, full before light, then by mark; below 32."""
    return (direction.astype(np.int64) << 3) | ((weight < np.float32(FULL.value)).astype(np.int64) << 2) | reply


def _order(ids: Ints, at: Ints, within: Ints) -> npt.NDArray[np.intp] | None:
    """How to sort touches by tie, instant and place within it; None where they already are."""
    if len(ids) == 0:
        return None
    packs = ids.min() >= 0 and ids.max() < _TIE_LIMIT and at.min() >= 0 and at.max() < _AT_LIMIT
    if not packs:
        return np.lexsort((within, at, ids))
    # One integer that sorts like the three columns: a single sort instead of three.
    key = (((ids << _AT_BITS) | at) << _WITHIN_BITS) | within
    if bool(np.all(key[1:] >= key[:-1])):
        return None
    return np.argsort(key, kind="stable")
