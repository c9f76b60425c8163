"""The documents say what the program does."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from maatje.cli.main import COMMANDS

ROOT = Path(__file__).parents[2]


def test_the_reference_is_the_programs_own() -> None:
    """The page of commands is what the program's help says; make it anew with tools/reference.py."""
    # In a process of its own: click keeps a command's help option as the first test that asked had it.
    made = subprocess.run([sys.executable, ROOT / "tools" / "reference.py", "--check"], check=False)
    assert made.returncode == 0


def test_every_command_is_told_somewhere() -> None:
    """Every command occurs in the tutorial, the README or a how-to, not in the reference alone."""
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "docs" / "how-to").glob("*.md")]
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    assert [name for name in sorted(COMMANDS) if f"maatje {name}" not in text] == []


def test_links_between_documents_lead_somewhere() -> None:
    """Every relative link in a document names a file that is there."""
    broken = []
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        targets = re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        inner = [target for target in targets if "://" not in target and not target.startswith("mailto:")]
        broken += [f"{page.relative_to(ROOT)} -> {one}" for one in inner if not (page.parent / one).exists()]
    assert broken == []
