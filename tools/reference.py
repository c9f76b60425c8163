"""
Write the command reference from the program itself: ``docs/reference/commands.md``.

A test compares the page with what this prints, so that the documents never lag behind. Usage:
``python tools/reference.py`` writes the page; ``--check`` only says whether it is up to date.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from maatje.cli.main import COMMANDS, main

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "commands.md"
INTRO = """# Commands

Made from the program by `python tools/reference.py`; do not edit by hand.

Every command takes `--home`, `--now`, `--json` and `--lang`, before or after its name.
Exit codes: 0 done, 1 done with problems told, 2 asked wrongly, 3 we are wrong.
"""


def reference() -> str:
    """The page as it should be, from the help texts of every command."""
    context = click.Context(main, info_name="maatje", **{**main.context_settings, "max_content_width": 88})
    parts = [INTRO, _section("maatje", main, context)]
    for name in sorted(COMMANDS):
        command = main.get_command(context, name)
        assert command is not None
        own = click.Context(command, info_name=name, parent=context)
        parts.append(_section(f"maatje {name}", command, own))
        if isinstance(command, click.Group):
            for word, one in sorted(command.commands.items()):
                parts.append(_section(f"maatje {name} {word}", one, click.Context(one, info_name=word, parent=own)))
    return "\n".join(parts)


def _section(title: str, command: click.Command, context: click.Context) -> str:
    context.terminal_width = 88
    return f"## {title}\n\n```text\n{command.get_help(context)}\n```\n"


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(PAGE.read_text(encoding="utf-8") != reference())
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(reference(), encoding="utf-8")
