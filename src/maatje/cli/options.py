"""The options that every command takes, before or after its name, and what they come to."""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from maatje.app import clock
from maatje.app.home import Home, open_home
from maatje.app.localtime import choose_language
from maatje.app.wording import Voice
from maatje.errors import N_, SettingError
from maatje.model.units import EARLIEST, LATEST, Seconds, instant

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(slots=True)
class Given:
    """What was given on the command line so far; a command's own options win over the group's."""

    home: Path | None = None
    now: Seconds | None = None
    as_json: bool = False
    lang: str = ""
    setting: str = ""
    """The language that the home's settings name, once they were read."""

    def at(self) -> Seconds:
        """The instant to answer for: ``--now``, else the clock."""
        return self.now if self.now is not None else clock.now()

    def open(self, *, make: bool = False) -> Home:
        """The home asked for."""
        home = open_home(self.home, make=make)
        self.setting = home.settings.language
        return home

    def voice(self, home: Home | None = None) -> Voice:
        """The language asked for, else the setting's, else the system's."""
        setting = home.settings.language if home else ""
        offset = home.settings.utc_offset_minutes if home else None
        return Voice(choose_language(self.lang or setting, os.environ), now=self.at(), utc_offset_minutes=offset)

    def spoken(self) -> Voice:
        """A voice for what went wrong, in the language known so far."""
        return Voice(choose_language(self.lang or self.setting, os.environ))

    def tell(self, words: str, **facts: Any) -> None:
        """What a command did: in words, or as JSON with its facts and the words as ``said``."""
        if self.as_json:
            self.print_json({**facts, "said": words})
        else:
            click.echo(words)

    def print_json(self, shape: Any) -> None:
        """One JSON value on standard output."""
        click.echo(json.dumps(shape, ensure_ascii=False, indent=2))


class InstantType(click.ParamType[Seconds]):
    """An ISO 8601 instant with its zone, such as 2026-06-09T08:00:00Z."""

    name = "instant"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Seconds:
        """The instant in seconds, between 1970 and 2100; a date alone is its midnight in UTC."""
        if isinstance(value, int):
            return Seconds(value)
        try:
            moment = datetime.fromisoformat(value)
            if moment.tzinfo is None:
                moment = datetime.fromisoformat(value + ("T00:00:00Z" if "T" not in value else "Z"))
            found = instant(moment)
            if not EARLIEST <= found <= LATEST:
                raise OverflowError
            return found
        except (ValueError, OverflowError):
            self.fail("write an instant between 1970 and 2100 as 2026-06-09T08:00:00Z", param, ctx)


def shared(command: Command) -> Command:
    """Give a command the options that all commands share."""

    @click.option("--home", type=click.Path(path_type=Path), help="The folder that maatje keeps its file in.")
    @click.option("--now", type=InstantType(), help="Answer as if it were this instant (ISO 8601).")
    @click.option("--json", "as_json", is_flag=True, help="Print JSON instead of words.")
    @click.option("--lang", type=click.Choice(["en", "nl"]), help="The language of the answer.")
    @click.pass_context
    @functools.wraps(command)
    def wrapped(
        ctx: click.Context, /, home: Path | None, now: Seconds | None, as_json: bool, lang: str | None, **rest: Any
    ) -> Any:
        given = ctx.ensure_object(Given)
        given.home = home or given.home
        given.now = now if now is not None else given.now
        given.as_json = as_json or given.as_json
        given.lang = lang or given.lang
        return command(given, **rest)

    return wrapped  # type: ignore[return-value]


def ask(question: str) -> str:
    """
    What the user types at a question.

    Raises: SettingError: there is nobody to ask.
    """
    if not sys.stdin.isatty():
        raise SettingError(N_("There is nobody at the keyboard to ask; name the files on the command line."))
    return str(click.prompt(question, default="", show_default=False))
