"""How the command line's tests call it: as the program does, at a fixed instant, on a small home."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.conftest import ME, Letter

from maatje.cli.main import run

AT = "2026-06-09T08:00:00Z"


class Said(NamedTuple):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


Maatje = Callable[..., Said]


@pytest.fixture
def maatje(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Maatje:
    """Runs a command as the program does, at the fixed instant, and gives what it printed."""

    def call(*words: str | Path) -> Said:
        monkeypatch.setattr(sys, "argv", ["maatje", "--now", AT, *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            run()
        printed = capsys.readouterr()
        return Said(int(ended.value.code or 0), printed.out, printed.err)

    return call


@pytest.fixture
def filled(maatje: Maatje, letter: Letter, tmp_path: Path) -> Maatje:
    """A home with a friend of years, somebody who waits for an answer, and a newsletter."""
    letters = [
        letter(
            *(("anna@example.net", ME) if at % 2 else (ME, "anna@example.net")),
            days=100 + at * 9,
            name="",
            subject=f"Talk {at}",
        )
        for at in range(60)
    ]
    letters += [
        letter(*(("bob@example.net", ME) if at % 2 else (ME, "bob@example.net")), days=3 + at * 5, subject=f"Boat {at}")
        for at in range(40)
    ]
    letters.append(letter("bob@example.net", ME, days=2.5, subject="Come along?", name="Bob van den Berg"))
    letters += [
        letter(
            "news@shop.example.com",
            ME,
            days=at + 0.1,
            subject="Offers",
            headers="List-Unsubscribe: <https://shop.example.com/u>\n",
        )
        for at in range(5)
    ]
    (tmp_path / "Inbox.mbox").write_text("".join(letters))
    assert maatje("add", tmp_path / "Inbox.mbox", "--me", ME, "--json").code == 0
    return maatje


def read_json(said: Said) -> Any:
    assert said.code == 0, said.err
    return json.loads(said.out)
