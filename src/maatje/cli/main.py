"""The command ``maatje``: its commands, and what becomes of errors."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

# One thread is enough for our sums, and starting more costs more time than they save.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from maatje import __version__
from maatje.cli.options import Given, shared
from maatje.errors import N_, FormatError, MaatjeError, ParameterError

COMMANDS = {
    "add": "maatje.cli.add:add",
    "aside": "maatje.cli.reading:aside",
    "backup": "maatje.cli.mending:backup",
    "circle": "maatje.cli.wishes:circle",
    "coffee": "maatje.cli.coffee:coffee",
    "demo": "maatje.cli.demo:demo",
    "different": "maatje.cli.people:different",
    "doctor": "maatje.cli.mending:doctor",
    "duplicates": "maatje.cli.people:duplicates",
    "edit": "maatje.cli.people:edit",
    "evaluate": "maatje.cli.evaluate:evaluate",
    "export": "maatje.cli.export:export",
    "find": "maatje.cli.reading:find",
    "forget": "maatje.cli.people:forget",
    "give": "maatje.cli.yields:give",
    "keep": "maatje.cli.wishes:keep",
    "leave-alone": "maatje.cli.wishes:leave_alone",
    "merge": "maatje.cli.people:merge",
    "occasion": "maatje.cli.occasion:occasion",
    "pile": "maatje.cli.reading:pile",
    "promise": "maatje.cli.coffee:promise",
    "quiet": "maatje.cli.wishes:quiet",
    "rebuild": "maatje.cli.mending:rebuild",
    "remember": "maatje.cli.wishes:remember",
    "serve": "maatje.cli.serve:serve",
    "split": "maatje.cli.people:split",
    "trust": "maatje.cli.people:trust",
    "undo": "maatje.cli.mending:undo",
    "week": "maatje.cli.week:week",
    "who": "maatje.cli.reading:who",
    "why": "maatje.cli.reading:why",
    "year": "maatje.cli.yields:year",
    "yield": "maatje.cli.yields:group",
}
"""Where each command lives: loaded when it is called, so that ``maatje week`` starts fast."""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in alphabetical order."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command by that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="maatje", message="%(prog)s %(version)s")
@shared
def main(given: Any) -> None:
    """The quiet upkeep of old contacts.

    Point it at the mail, calendar and address book on your disk, and read one page a week:
    whom to answer, whom to greet, who will come by themselves. It never sends anything.

    Begin with: maatje add PATH…   or look first: maatje demo
    """


def run() -> None:
    """The program: runs a command and turns what went wrong into one sentence and an exit code."""
    # A command lives for a second and makes no rings worth collecting; twenty thousand ties are many objects.
    gc.set_threshold(200_000, 50, 50)
    given = Given()
    try:
        code = main(standalone_mode=False, obj=given)
        sys.stdout.flush()
    except click.exceptions.Abort:
        stopped = N_("Stopped. What was read is kept; the same command goes on from there.")
        click.echo("\n" + given.spoken().text(stopped), err=True)
        code = 130
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (FormatError, ParameterError) as error:
        code = _our_fault(error)
    except MaatjeError as error:
        click.echo(given.spoken().fault(error), err=True)
        code = 2
    except BrokenPipeError:
        # The reader of our output has gone (`maatje pile | head`); that is no error.
        sys.stderr.close()
        code = 0
    except Exception as error:  # noqa: BLE001 - the last resort: nothing personal may be printed
        code = _our_fault(error)
    sys.exit(code if isinstance(code, int) else 0)


def _our_fault(error: BaseException) -> int:
    """Say that we are wrong, by places in our code only: an error's own text may hold people's data."""
    import traceback  # not before it is needed: every command pays for what is imported above

    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames if "maatje" in frame.filename]
    click.echo("maatje made a mistake. Your file is whole: what was being written was taken back.", err=True)
    click.echo(f"For whoever helps you: {type(error).__name__} at {' < '.join(reversed(places[-4:]))}", err=True)
    return 3
