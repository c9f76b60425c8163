"""Odd pasts and odd files: sane chances, a clear sentence, and nothing written."""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks"))

import freshness
from maatje.freshness.evaluation import look_back
from maatje.freshness.labels import label
from maatje.freshness.log import Row, from_rows
from maatje.freshness.params import DAY
from maatje.freshness.predict import Scores, score
from maatje.freshness.state import fold

NOW = 1_700_000_000
CHANCES = ("comes_by_30", "comes_by_90", "active_30", "active_90", "replies_7", "low", "high")
IN, OUT = 1, 2


def _row(who: int, at: float, way: int) -> Row:
    return who, int(at), way, 1.0, 0, 1


def _monthly(who: int, way: int, since: float = 0.0) -> list[Row]:
    """Somebody in touch every month for four years, up to ``since`` seconds from now."""
    return [_row(who, NOW + since - back * 30 * DAY, way) for back in range(1, 49)]


NO_REPLIES = [row for who in range(1, 9) for row in _monthly(who, OUT)]
ONE_CONTACT = _monthly(1, IN) + _monthly(1, OUT, -3 * DAY)
BEFORE_1990 = [row for who in range(1, 9) for row in _monthly(who, who % 2 + 1, -40.0 * 365 * DAY)]
FUTURE = [row for who in range(1, 9) for row in _monthly(who, who % 2 + 1, 9.0 * 365 * DAY)]
GIANT_DAY = [_row(n % 7 + 1, NOW - DAY + n % 3600, n % 2 + 1) for n in range(20_000)]
PASTS = {
    "no replies": NO_REPLIES, "one contact": ONE_CONTACT, "before 1990": BEFORE_1990, "future": FUTURE,
    "one giant day": GIANT_DAY, "nothing": [],
}  # fmt: skip


def _said(rows: list[Row], now: int) -> Scores:
    log = from_rows(rows)
    return score(fold(log, label(log)), now)


@pytest.mark.parametrize("name", PASTS)
@pytest.mark.parametrize("now", [NOW, NOW - 60 * 365 * DAY, NOW + 100 * 365 * DAY], ids=["now", "back", "ahead"])
def test_chances_are_sane(name: str, now: int) -> None:
    """Whatever past there is, and however far the clock went back or ahead, chances are finite and in [0, 1]."""
    found = _said(PASTS[name], now)
    for target in CHANCES:
        assert all(math.isfinite(value) and 0.0 <= value <= 1.0 for value in getattr(found, target)), target
    assert all(math.isfinite(value) and value >= 0.0 for value in found.silence_days)


@pytest.mark.parametrize("name", ["one contact", "one giant day", "nothing", "future"])
def test_a_past_that_tells_too_little_says_so(name: str) -> None:
    """A past with one contact, of one day, of none or of the future is too little to tell, and moves nothing."""
    rows = [row for row in PASTS[name] if row[1] < NOW]
    log = from_rows(rows)
    past = look_back(log, label(log), NOW)
    assert not past.is_enough
    assert past.shift == 0.0


def test_who_never_answers_is_not_expected() -> None:
    """Eight people who never wrote a word in four years are neither expected to come nor to answer."""
    found = _said(NO_REPLIES, NOW)
    assert max(found.comes_by_30) < 0.2
    assert max(found.replies_7) < 0.2


def test_the_future_is_not_known() -> None:
    """Touches dated after now change nothing of what is said now."""
    log = from_rows(NO_REPLIES + ONE_CONTACT + FUTURE)
    known = from_rows([row for row in NO_REPLIES + ONE_CONTACT + FUTURE if row[1] < NOW])
    assert score(fold(log, label(log), NOW), NOW) == score(fold(known, label(known), NOW), NOW)


def test_one_giant_day_is_one_day() -> None:
    """Thousands of messages within an hour are one active day, and no rhythm."""
    assert set(_said(GIANT_DAY, NOW).active_days) == {1}


def _people(n: int, days: float) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(0)
    src, dst = rng.integers(0, 30, n), rng.integers(0, 30, n)
    return {"src": src, "dst": dst, "t": rng.integers(0, int(days * DAY), n)}


HOSTILE = {
    "no column t": {"src": [1], "dst": [2]},
    "does not hold whole numbers": {"src": [1.0, math.nan], "dst": [2, 3], "t": [1, 2]},
    "no message from one person to another": {"src": [1, 1], "dst": [1, 1], "t": [1, 2]},
    "more than 200 years": {**_people(500, 400), "t": _people(500, 400)["t"] * 1000},
    "too short for a horizon": _people(500, 1),
    "nobody in it has 20 messages": {"src": [1, 2] * 400, "dst": [2, 1] * 400, "t": [n * DAY for n in range(800)]},
}


@pytest.mark.parametrize("phrase", HOSTILE)
def test_the_benchmark_refuses_in_a_sentence(
    phrase: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that is no log of messages, or too little of one, gets one clear line, exit code 2, and no table."""
    path = tmp_path / "log.parquet"
    pq.write_table(pa.table(HOSTILE[phrase]), path)
    monkeypatch.setattr(sys, "argv", ["freshness.py", str(path), "--quick"])
    assert freshness.main() == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("log.parquet cannot be judged: ")
    assert phrase in told.err
    assert [one.name for one in tmp_path.iterdir()] == ["log.parquet"]


def test_the_benchmark_refuses_what_is_no_parquet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A text file, a missing one, and one that would be judged on what it was fitted on are refused."""
    path = tmp_path / "log.parquet"
    path.write_text("src,dst,t\n1,2,3\n")
    for asked, phrase in (
        ([str(path)], "cannot be judged"),
        ([str(tmp_path / "none.parquet")], "There is no file"),
        ([str(path), "--in-sample"], "judged on what it never saw"),
        ([str(path), "--horizon", "nan"], "between 1 and 365"),
    ):
        monkeypatch.setattr(sys, "argv", ["freshness.py", *asked])
        assert freshness.main() == 2
        assert phrase in capsys.readouterr().err


def test_the_benchmark_lives_with_odd_times(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Times before 1990 and one stray time far ahead do not keep a log from being judged."""
    people = _people(4000, 400)
    people["t"] = np.append(people["t"][:-1] - 800 * DAY, 2_000_000_000)
    path = tmp_path / "log.parquet"
    pq.write_table(pa.table(people), path)
    monkeypatch.setattr(sys, "argv", ["freshness.py", str(path), "--quick", "--json"])
    assert freshness.main() == 0
    ours = json.loads(capsys.readouterr().out)["targets"]["a"]["ours"]
    assert 0.0 < ours["logloss"] < 1.0
