"""Tie states as the store keeps them: two blobs a tie, quick to read for all ties at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from maatje.freshness.params import COUNTS, DAY, NEVER, SUMS, TIMES
from maatje.freshness.state import Days, States

_ROW_BYTES: Final = 8 * (len(SUMS) + len(TIMES) + len(COUNTS))
_UIN_BITS: Final = 18
_IN_ONLY: Final = DAY + 1


def pack(states: States) -> list[tuple[int, bytes, bytes]]:
    """
    The states as rows to be stored: contact_id, sums (with times and counts), days.

    Args:
        states: n states.
    Returns: n rows by contact_id; equal states give equal bytes.
    """
    row = np.concatenate(
        (states.sums.astype("<f8").view("<i8"), states.times.astype("<i8"), states.counts.astype("<i8")), axis=1
    )
    days = states.days
    since = np.where(days.uin_at > NEVER, days.uin_at - days.at, np.where(days.has_in, _IN_ONLY, _IN_ONLY + 1))
    sums, packed = row.tobytes(), ((days.at << _UIN_BITS) | since).astype("<i8").tobytes()
    edges = (days.starts * 8).tolist()
    return [
        (contact_id, sums[place * _ROW_BYTES : (place + 1) * _ROW_BYTES], packed[edges[place] : edges[place + 1]])
        for place, contact_id in enumerate(states.contact_ids.tolist())
    ]


def unpack(rows: Iterable[tuple[int, bytes, bytes]]) -> States:
    """
    The states of stored rows, the reverse of ``pack``.

    Args:
        rows: (contact_id, sums, days) by contact_id; empty gives no states.
    Returns: n states.
    Raises: ValueError: a blob is not one that ``pack`` made, so the cache wants a rebuild.
    """
    listed: Sequence[tuple[int, bytes, bytes]] = rows if isinstance(rows, list) else list(rows)
    table = np.frombuffer(b"".join([row[1] for row in listed]), "<i8").astype(np.int64)
    if len(table) * 8 != len(listed) * _ROW_BYTES:
        raise ValueError("stored tie states have another shape than this version's")
    table = table.reshape(len(listed), _ROW_BYTES // 8)
    blobs = [row[2] for row in listed]
    packed = np.frombuffer(b"".join(blobs), "<i8").astype(np.int64)
    starts = np.zeros(len(listed) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, blobs), np.int64, len(blobs)) // 8, out=starts[1:])
    at, since = packed >> _UIN_BITS, packed & ((1 << _UIN_BITS) - 1)
    return States(
        np.array([row[0] for row in listed], np.int64),
        np.ascontiguousarray(table[:, : len(SUMS)]).view(np.float64),
        table[:, len(SUMS) : len(SUMS) + len(TIMES)],
        table[:, len(SUMS) + len(TIMES) :],
        Days(starts, at, since <= _IN_ONLY, np.where(since < _IN_ONLY, at + since, NEVER)),
    )
