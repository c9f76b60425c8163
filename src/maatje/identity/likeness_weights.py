"""
What each fact weighs: per level how often it occurs for one person (m) and for two (u).

Printed by ``python benchmarks/people_fit.py`` from invented people; hand-copied here, so that a
change shows. ``GIVEN`` and ``FAMILY``: u among random pairs. All others: u among pairs of *different*
people who are called alike, for those are the ones compared: relatives share a telephone, colleagues
a circle (decisions/0012).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from maatje.identity.fellegi import Shares, Weights

WEIGHTS: Final[Mapping[str, tuple[Shares, Shares]]] = {
    "given": (
        (0.75, 0.0038, 0.027, 0.072, 0.14, 0.0027, 0.0067),
        (0.0047, 8.9e-06, 0.0013, 0.0024, 0.014, 0.0016, 0.98),
    ),
    "family": ((0.85, 0.048, 0.049, 0.034, 0.022), (0.0021, 0.0011, 0.00035, 8.5e-05, 1)),
    "address": ((0.002, 0.014, 0.23, 0.0049, 0.75), (0.002, 0.002, 0.19, 0.002, 0.81)),
    "phone": ((0.0025, 0.025, 0.015, 0.96), (0.002, 0.002, 0.002, 1)),
    "work": ((0.15, 0.013, 0.84), (0.019, 0.002, 0.98)),
    "time": ((0.19, 0.41, 0.39), (0.061, 0.58, 0.36)),
    "circle": ((0.4, 0.059, 0.066, 0.48), (0.014, 0.002, 0.0044, 0.98)),
    "birthday": ((0.76, 0.12, 0.11, 0.0079), (0.002, 0.002, 0.0022, 0.99)),
    "together": ((0.83, 0.15, 0.023, 0.002), (0.41, 0.071, 0.095, 0.43)),
}
"""m and u per field; the levels are those of ``likeness_names`` and ``likeness_fields``."""

USUAL: Final = {"given": 0.0048, "family": 0.0024, "initial": 0.06, "work": 0.007}
"""How often a name, an initial or an employer agrees by accident when nothing is known of how common it is."""

EXPECTED: Final = 0.3
"""The fixed prior: three true pairs are expected for every ten contacts."""

EXPECTED_GUEST: Final = 0.5
"""Of a guest on a list: one in two is expected to be a contact already."""

PROPOSAL: Final = 0.99
"""From this chance on it is a proposal, if one of its facts is a person's own (``Fact.is_own``)."""

QUESTION: Final = 0.04
"""From this chance on it is a question. Both were chosen on the books that the weights were counted on."""

BITS: Final[Mapping[str, Shares]] = {
    field: Weights((shares[0],), (shares[1],)).bits()[0] for field, shares in WEIGHTS.items()
}
"""What each level weighs, with a last 0.0 for ``NOTHING``."""
