"""``maatje evaluate``: its JSON as a contract, its words in both languages, and no file made where there was none."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import ME, NOW, Letter

from maatje.app import capture
from maatje.app.home import Home
from maatje.cli.main import run

Run = Callable[..., str]


@pytest.fixture
def evaluate(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs ``maatje evaluate`` at the fixed instant and gives what it printed."""

    def call(*words: str) -> str:
        monkeypatch.setattr(sys, "argv", ["maatje", "--now", "2026-06-09T08:00:00Z", "evaluate", *words])
        with pytest.raises(SystemExit) as ended:
            run()
        assert ended.value.code == 0
        return capsys.readouterr().out

    return call


@pytest.fixture
def full(home: Home, letter: Letter, tmp_path: Path) -> None:
    """Six who write every nine days, six who are only written to."""
    letters = []
    for who in range(6):
        letters += [letter(f"f{who}@example.net", ME, days=9 * k + who + 1, subject=f"{k}") for k in range(60)]
        letters += [letter(ME, f"u{who}@example.net", days=21 * k + who + 1, subject=f"{k}") for k in range(26)]
    box = tmp_path / "Inbox.mbox"
    box.write_text("".join(letters))
    capture.add(home, [box], me=[ME], now=NOW)


@pytest.mark.usefixtures("full")
def test_json_is_a_contract(evaluate: Run) -> None:
    """The shape for programs: counts, ways, ten groups, intervals within [0, 1]."""
    shape = json.loads(evaluate("--json"))
    assert set(shape) == {
        "as_of", "horizon_days", "enough", "sentences", "cutoffs", "first", "last", "people", "all", "ways",
        "ahead_of_clock", "reliability", "kinds", "waiting",
    }  # fmt: skip
    assert set(shape["ways"]) == {"maatje", "own", "recency", "clock"}
    assert set(shape["ways"]["clock"]) == {"auc", "log_loss", "named"}
    assert set(shape["kinds"]) == {"lately", "quiet", "silent"}
    assert [group["from"] for group in shape["reliability"]] == [place / 10 for place in range(10)]
    assert sum(group["guesses"] for group in shape["reliability"]) == shape["all"]["guesses"]
    assert shape["enough"] is True
    assert shape["all"]["came"] == 6 * shape["cutoffs"]
    for group in shape["reliability"]:
        if group["guesses"]:
            low, high = group["interval"]
            assert 0 <= low <= group["happened"] <= high <= 1
        else:
            assert group["interval"] is None


@pytest.mark.usefixtures("full")
def test_words_in_both_languages(evaluate: Run) -> None:
    """The same figures are told in English and in Dutch, and no place in a sentence stays empty."""
    english, dutch = evaluate("--lang", "en"), evaluate("--lang", "nl")
    assert "Tested on your own past" in english
    assert "Beproefd op je eigen verleden" in dutch
    assert "{" not in english + dutch


def test_an_empty_home_stays_empty(evaluate: Run, tmp_path: Path) -> None:
    """Without any diary there is too little to tell, and no file is made."""
    assert "Too little to tell" in evaluate()
    shape = json.loads(evaluate("--json"))
    assert (shape["enough"], shape["cutoffs"], shape["ways"], shape["ahead_of_clock"]) == (False, 0, {}, None)
    assert not (tmp_path / "home").exists()
