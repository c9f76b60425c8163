"""
What was learned from public logs before anybody's own past is known: ``prior.json``, checked before it is believed.

Written by ``benchmarks/fit_prior.py``; the provenance inside says from what.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np

from maatje.errors import FormatError
from maatje.freshness.bgnbd import BgNbd
from maatje.freshness.log import Floats
from maatje.freshness.params import INPUTS, REPLY_INPUTS, TARGETS

FORMAT: Final = "maatje-prior"
VERSION: Final = 2

_LARGEST: Final = 1e4
_CONSTANTS: Final = ("r", "alpha", "a", "b")


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One logistic model: ``intercept`` scalar, ``weights`` (k,) for raw inputs in their order."""

    intercept: float
    weights: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """How far people differ from the prior: at log-odds ``odds`` (b,) ascending, standard deviation ``spread`` (b,)."""

    odds: Floats
    spread: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Prior:
    """
    All that is learned. ``lines`` by target; ``rhythm`` BG/NBD's constants for days they came and for all days;
    ``active`` and ``quiet`` the bands of comes-by-30; ``typical`` the median of each input, (56,).
    """

    rhythm: tuple[BgNbd, BgNbd]
    lines: Mapping[str, Line]
    active: Band
    quiet: Band
    typical: Floats


@cache
def shipped() -> Prior:
    """The prior that comes with this version, read once."""
    return parse(Path(__file__).with_name("prior.json").read_text(encoding="utf-8"))


def parse(text: str) -> Prior:
    """
    A prior from its JSON text.

    Args:
        text: as ``benchmarks/fit_prior.py`` writes it.
    Returns: the prior, every number finite and within bounds.
    Raises: FormatError: not a prior of this version; the message lists everything that is wrong.
    """
    try:
        data = json.loads(text)
    except ValueError as error:
        raise FormatError(f"The prior is not JSON: {error}.") from error
    wrong = _violations(data)
    if wrong:
        raise FormatError("The prior cannot be used: " + "; ".join(wrong) + ".")
    lines = {
        target: Line(line["intercept"], np.array([line["weights"][name] for name in names_of(target)], np.float64))
        for target, line in data["targets"].items()
    }
    inward, whole = (BgNbd(**data["rhythm"][kind]) for kind in ("in", "any"))
    active, quiet = (
        Band(np.array(data["bands"][kind]["odds"], np.float64), np.array(data["bands"][kind]["spread"], np.float64))
        for kind in ("active", "quiet")
    )
    return Prior((inward, whole), lines, active, quiet, np.array([data["typical"][name] for name in INPUTS]))


def names_of(target: str) -> tuple[str, ...]:
    """
    The inputs of a target, in order.

    Args:
        target: one of ``TARGETS``.
    """
    return REPLY_INPUTS if target == "replies_7" else INPUTS


def _violations(data: Any) -> list[str]:
    """Everything that is wrong with a prior, as phrases; empty where nothing is."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        return [f"it is not of the format {FORMAT!r}"]
    if data.get("version") != VERSION:
        return [f"it is of version {data.get('version')!r}, this maatje knows version {VERSION}"]
    wrong = []
    targets = _dict(data, "targets")
    for target in TARGETS:
        line = _dict(targets, target)
        wrong += _number(line.get("intercept"), f"{target}.intercept")
        wrong += _named(_dict(line, "weights"), names_of(target), f"{target}.weights")
    for kind in ("in", "any"):
        constants = _dict(_dict(data, "rhythm"), kind)
        wrong += _named(constants, _CONSTANTS, f"rhythm.{kind}")
        wrong += [f"rhythm.{kind}.{name} is not above 0" for name in _CONSTANTS if _is_number(constants.get(name), 0.0)]
    for kind in ("active", "quiet"):
        wrong += _band(_dict(_dict(data, "bands"), kind), f"bands.{kind}")
    return wrong + _named(_dict(data, "typical"), INPUTS, "typical")


def _dict(data: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A part of the file, empty where it is missing or no object."""
    part = data.get(name)
    return part if isinstance(part, dict) else {}


def _named(part: Mapping[str, Any], names: Sequence[str], where: str) -> list[str]:
    """What is wrong with an object that must hold one number for each name and nothing else."""
    wrong = [f"{where}.{name} is unknown" for name in part if name not in names]
    for name in names:
        wrong += _number(part.get(name), f"{where}.{name}")
    return wrong


def _number(value: Any, where: str) -> list[str]:
    """What is wrong with one number."""
    if value is None:
        return [f"{where} is missing"]
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return [f"{where} is not a number"]
    return [] if abs(value) <= _LARGEST else [f"{where} is beyond ±{_LARGEST:.0f}"]


def _is_number(value: Any, at_most: float) -> bool:
    """Whether a value is a number that small."""
    return isinstance(value, int | float) and value <= at_most


def _band(band: Mapping[str, Any], where: str) -> list[str]:
    """What is wrong with a band: two lists of one length, odds ascending, spreads >= 0."""
    odds, spread = band.get("odds"), band.get("spread")
    if not isinstance(odds, list) or not isinstance(spread, list) or len(odds) != len(spread) or not odds:
        return [f"{where} is not two lists of one length"]
    wrong = [phrase for k, value in enumerate(odds) for phrase in _number(value, f"{where}.odds[{k}]")]
    wrong += [phrase for k, value in enumerate(spread) for phrase in _number(value, f"{where}.spread[{k}]")]
    if not wrong and any(right <= left for left, right in pairwise(odds)):
        wrong.append(f"{where}.odds do not ascend")
    if not wrong and min(spread) < 0:
        wrong.append(f"{where}.spread is below 0")
    return wrong
