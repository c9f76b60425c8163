"""
Fill the output blocks of docs/tutorial.md with what the program really prints.

A block begins with ``<!-- output: COMMAND -->``. Runs the demo in a temporary home, in the zone of
its story. Usage: python tools/tutorial.py
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "tutorial.md"
NOW = "2026-06-09T08:00:00Z"
BLOCK = re.compile(r"<!-- output: (.*?) -->\n```\n.*?```", re.DOTALL)
SHOWN = "~/.local/share/maatje"
BEFORE_UNDO = (
    ["remember", "Joost Wiersma", "Plays the accordion, but only in tunnels."],
    ["circle", "Corrie Zwart", "none"],
)
"""What is done first, so that there is something to undo."""


def say(home: Path, words: list[str]) -> str:
    """What a command prints, with the home's place written as a user's own would be."""
    where = ["demo", "--no-serve"] if words == ["demo"] else ["--home", str(home / "demo"), "--now", NOW, *words]
    settled = {"MAATJE_HOME": str(home), "COLUMNS": "88", "TZ": "Europe/Amsterdam", "LANG": "C.UTF-8"}
    command = [sys.executable, "-m", "maatje", *where]
    done = subprocess.run(command, env={**os.environ, **settled}, capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout.replace(str(home), SHOWN).rstrip()


def main() -> None:
    """Write the page anew."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)

        def fill(found: re.Match[str]) -> str:
            words = shlex.split(found[1])
            if words[0] == "undo":
                for before in BEFORE_UNDO:
                    say(home, before)
            lines = say(home, words).split("\n")
            shown = [*lines[:14], "     …"] if words[0] == "aside" else lines
            return f"<!-- output: {found[1]} -->\n```\n" + "\n".join(shown) + "\n```"

        PAGE.write_text(BLOCK.sub(fill, PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
