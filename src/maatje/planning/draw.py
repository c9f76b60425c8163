"""
A lot that can be drawn again: weighted, without a generator, from a hash of the week and the contact.

After Efraimidis and Spirakis each entry gets the key u ** (1 / weight) and the largest keys win. Here
u comes from a hash of week, seed and contact, so the same week always draws the same people, and
adding or removing a contact leaves everybody else's key as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from math import log
from typing import Final

_STEPS: Final = 2.0**64


def draw_keys(ids: Sequence[int], weights: Sequence[float], label: str, seed: int = 0) -> list[float]:
    """
    The lot of every entry; the largest is drawn first.

    Args:
        ids: contact ids, n of them.
        weights: chances to be drawn, in proportion; n scalars, finite; <= 0 is never drawn.
        label: what is drawn for, such as "2026-W24".
        seed: scalar; another seed, another draw.
    Returns: n scalars < 0, -inf for entries that are never drawn; the logarithm of u ** (1 / weight).
    """
    base = blake2b(f"{seed}:{label}:".encode(), digest_size=8)
    keys: list[float] = []
    for contact_id, weight in zip(ids, weights, strict=True):
        if weight <= 0.0:
            keys.append(float("-inf"))
            continue
        lot = base.copy()
        lot.update(b"%d" % contact_id)
        # The half keeps u inside (0, 1): its logarithm is finite and below zero.
        keys.append(log((int.from_bytes(lot.digest()) + 0.5) / _STEPS) / weight)
    return keys
