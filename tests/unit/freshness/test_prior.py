"""The shipped prior: valid, kin to the published weights, and refused when it is not what it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import maatje.freshness.prior as prior_module
from maatje.errors import FormatError
from maatje.freshness.bgnbd import BgNbd
from maatje.freshness.features import inputs
from maatje.freshness.labels import label
from maatje.freshness.log import from_rows
from maatje.freshness.odds import chance
from maatje.freshness.params import DAY, INPUTS, PARAMETERS
from maatje.freshness.prior import parse, shipped
from maatje.freshness.state import fold

TEXT = Path(prior_module.__file__).with_name("prior.json").read_text(encoding="utf-8")

PUBLISHED = {
    "E_in_7": (0.2720, 0.2307), "E_in_30": (-0.1901, -0.3242), "E_out_7": (0.1255, 0.2553),
    "E_out_30": (-0.0891, -0.0362), "E_uin_30": (0.2552, 0.3992), "E_n": (-0.4096, -0.5326),
    "E_act30": (0.0268, -0.0072), "a": (-0.2724, -0.3472), "au": (0.0567, -0.0188),
    "ai": (0.0039, 0.0515), "ao": (-0.0182, -0.0023), "te": (0.2692, 0.1961),
    "wA": (-0.0150, 0.1755), "wU": (0.2175, -0.0214), "w6": (-0.0521, -0.0978),
    "wa6": (0.0625, 0.0867), "g": (-0.0125, 0.0657), "gr": (0.0836, 0.0959),
    "n": (0.1282, 0.1732), "S_da_7": (0.1393, 0.4437), "S_da_30": (0.0124, 0.1355),
    "S_da_90": (0.0534, 0.4608), "S_du_30": (0.4731, 0.0470), "S_du_90": (0.6182, 0.1365),
    "a*te": (0.0022, 0.0062), "a*n": (0.1085, 0.0955), "te*te": (0.0170, 0.0125),
    "a*a": (-0.0169, -0.0016), "n*te": (-0.0900, -0.0685), "wA*wA": (-0.0291, 0.0064),
    "r30_90": (-0.7067, -0.5440), "ru30_90": (0.0982, -0.2702), "r90_365": (0.0904, 0.0450),
    "bg_in": (0.1151, 0.0542), "bg_any": (0.0893, 0.1656),
}  # fmt: skip
"""SCIENCE-2's printed weights: comes by within 30 days, active within 30 days."""
INTERCEPTS = (-2.0866, -0.9929)
RHYTHM = (BgNbd(0.2267, 4.8720, 0.2746, 1.1662), BgNbd(0.2216, 3.5073, 0.2858, 0.9880))


def changed(**parts: Any) -> str:
    """The shipped prior with some parts replaced."""
    return json.dumps(json.loads(TEXT) | parts)


@pytest.mark.parametrize(("column", "target"), [(0, "comes_by_30"), (1, "active_30")])
def test_kin_to_the_published_weights(column: int, target: str) -> None:
    """On invented users the shipped prior says much what SCIENCE-2's printed weights say, and in nearly their order."""
    far, alike = [], []
    for seed in range(12):
        rng = np.random.default_rng(seed)
        pace = rng.pareto(1.2, 120) + 0.2
        tie = rng.choice(120, int(rng.integers(400, 6000)), p=pace / pace.sum())
        at = np.sort(rng.integers(0, int(rng.integers(300, 2500)) * DAY, len(tie)))
        way = rng.integers(1, 3, len(tie))
        columns = (tie.tolist(), at.tolist(), way.tolist())
        log = from_rows([(t, a, d, 1.0, 0, 1) for t, a, d in zip(*columns, strict=True)])
        states, now = fold(log, label(log)), int(at[-1]) + DAY
        weights = np.array([PUBLISHED.get(name, (0.0, 0.0))[column] for name in INPUTS])
        published = chance(INTERCEPTS[column] + inputs(states, now, RHYTHM) @ weights)
        line = shipped().lines[target]
        ours = chance(line.intercept + inputs(states, now, shipped().rhythm) @ line.weights)
        far.append(np.abs(ours - published))
        alike.append(np.corrcoef(ours, published)[0, 1])
    # The inputs added by decisions/0013 move chances, of the user's own rate above all.
    assert np.concatenate(far).mean() < 0.04
    assert np.concatenate(far).max() < 0.25
    assert min(alike) > 0.96


def test_shipped_prior_is_valid() -> None:
    """What ships parses, and says from which six logs it comes."""
    assert len(shipped().typical) == 56
    logs = json.loads(TEXT)["provenance"]["logs"]
    assert list(logs) == ["eu", "enron150", "radoslaw", "college", "w3c", "lk_man"]


def test_every_fault_is_told_at_once() -> None:
    """A broken prior is refused with everything that is wrong with it, NaN and a missing weight among it."""
    data = json.loads(TEXT)
    data["targets"]["comes_by_30"]["weights"]["a"] = float("nan")
    del data["targets"]["active_90"]["weights"]["te"]
    data["targets"]["replies_7"]["intercept"] = 1e9
    data["rhythm"]["in"]["r"] = -1.0
    data["bands"]["quiet"]["odds"][0] = 99.0
    data["typical"]["nonsense"] = 1.0
    with pytest.raises(FormatError) as caught:
        parse(json.dumps(data))
    for phrase in (
        "comes_by_30.weights.a is not a number",
        "active_90.weights.te is missing",
        "replies_7.intercept is beyond",
        "rhythm.in.r is not above 0",
        "bands.quiet.odds do not ascend",
        "typical.nonsense is unknown",
    ):
        assert phrase in str(caught.value)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("{", "not JSON"),
        ("[]", "not of the format"),
        ('{"format": "other"}', "not of the format"),
        (changed(version=1), "version 1, this maatje knows version 2"),
        (changed(bands={}), "bands.active"),
    ],
)
def test_another_file_is_refused(text: str, phrase: str) -> None:
    """A file that is no prior, or one of another version, is refused in a sentence."""
    with pytest.raises(FormatError, match=phrase):
        parse(text)


def test_parameters_lie_within_their_bounds() -> None:
    """Every chosen number is inside the bounds it names, and says who chose it."""
    assert [p.name for p in PARAMETERS if not (p.low <= p.value <= p.high and p.unit and p.source)] == []
