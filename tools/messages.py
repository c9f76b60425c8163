"""
Collect every sentence of the program into the catalogue, and say which have no Dutch yet.

Reads the source, writes ``app/locale``; safe to repeat; translations that are there stay.
Usage: python tools/messages.py
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1] / "src" / "maatje"
LOCALE = ROOT / "app" / "locale"
DUTCH = LOCALE / "nl" / "LC_MESSAGES" / "maatje.po"
MARKERS = ("N_", "say", "say_n:1,2", "text", "text_n:1,2", "_", "ngettext:1,2")


def main() -> int:
    """Extract, update, tidy; the exit code says whether Dutch is complete."""
    babel = [sys.executable, "-m", "babel.messages.frontend", "-q"]
    marked = [word for marker in MARKERS for word in ("-k", marker)]
    pot = ["--no-wrap", "--sort-output", "--add-location=file", "--project=maatje", "--version="]
    subprocess.run(
        [*babel, "extract", "-F", "app/locale/babel.cfg", *marked, *pot, "-o", "app/locale/maatje.pot", "."],
        cwd=ROOT,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent)},
    )
    update = ["update", "-D", "maatje", "-i", str(LOCALE / "maatje.pot"), "-d", str(LOCALE), "-l", "nl"]
    subprocess.run([*babel, *update, "--no-wrap", "--no-fuzzy-matching", "--ignore-obsolete"], check=True)
    with DUTCH.open("rb") as file:
        catalogue = read_po(file)
    missing = [message.id for message in catalogue if message.id and not _is_said(message.string)]
    written = io.BytesIO()
    write_po(written, catalogue, width=None, sort_output=True)
    DUTCH.write_bytes(written.getvalue())
    for one in missing:
        print(one)
    print(f"{len(catalogue)} messages, {len(missing)} without Dutch")
    return 1 if missing else 0


def _is_said(said: object) -> bool:
    return all(said) if isinstance(said, tuple | list) else bool(said)


if __name__ == "__main__":
    sys.exit(main())
