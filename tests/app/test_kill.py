"""An import that is killed loses nothing and doubles nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

KILLS = 12


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a POSIX thing")
def test_kills_at_random_moments(tmp_path: Path) -> None:
    """Killed at random moments, an import goes on where it was and ends as if it had never been killed."""
    from kills import storm

    figures = storm(tmp_path, KILLS, 6_000)
    assert figures == {"kills": KILLS, "imports": figures["imports"], "lost": 0, "doubled": 0, "integrity": "ok"}
