"""What all tests share: a home of their own, a fixed clock, English, and mail made from a few words."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import pytest

from maatje.app.home import Home
from maatje.app.settings import Settings
from maatje.model.units import Seconds

NOW = Seconds(1_780_992_000)
"""9 June 2026, 08:00 UTC: a Tuesday in week 24."""

ME = "hanneke@example.org"


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "MAATJE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("MAATJE_HOME", str(tmp_path / "home"))
    os.environ.setdefault("PYTHONHASHSEED", "0")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty home whose user lives in Amsterdam's summer."""
    return Home(tmp_path / "home", Settings(utc_offset_minutes=120, workers=1))


@pytest.fixture
def now() -> Seconds:
    """The fixed present."""
    return NOW


Letter = Callable[..., str]


@pytest.fixture
def letter() -> Letter:
    """Makes one message in mbox form: letter("anna@example.org", ME, days=3, subject="Lunch?")."""

    def make(
        sender: str,
        *to: str,
        days: float = 1.0,
        subject: str = "Hello",
        name: str = "",
        headers: str = "",
        body: str = "Hi.",
    ) -> str:
        at = datetime.fromtimestamp(NOW - days * 86_400, UTC)
        shown = f"{name} <{sender}>" if name else sender
        return (
            f"From {sender} {at:%a %b %d %H:%M:%S %Y}\n"
            f"From: {shown}\nTo: {', '.join(to)}\nDate: {format_datetime(at)}\nSubject: {subject}\n"
            f"Message-ID: <{int(at.timestamp())}.{zlib.crc32(repr((sender, to, subject)).encode())}@example.org>\n"
            f"{headers}\n{body}\n\n"
        )

    return make
