"""The command that takes everything out again."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from maatje.app import export as leaving
from maatje.app.export import FORMATS, VCARD
from maatje.cli.options import Given, shared
from maatje.cli.progress import Bar
from maatje.errors import N_, PathError, SettingError


@click.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option("--format", "form", type=click.Choice(FORMATS), default=VCARD, show_default=True, help="What to write.")
@shared
def export(given: Given, path: Path | None, form: str) -> None:
    """Take everything out again, to PATH or to standard output.

    vcard, jscontact and csv hold a card for each contact, for any address book or spreadsheet.
    json holds everything: maatje add reads it back into an empty home. A file that is
    there is never written over.
    """
    if path is None and given.as_json:
        raise SettingError(N_("With --json, name a file to write to: the export itself goes to standard output."))
    home = given.open()
    voice = given.voice(home)
    if home.is_empty:
        raise PathError(str(home.database), N_("there is nothing to take out yet"))
    with home.connect(read_only=True) as db, Bar(voice) as bar:
        out = _print if path is None else path
        done = leaving.export(db, form, out, home.settings.region, lambda now, total: bar(now, total, N_("Writing")))
    if path is None:
        sys.stdout.buffer.flush()
        return
    words = voice.text_n(
        "Written: one contact, to {path}", "Written: {n} contacts, to {path}", done.contacts, path=str(path)
    )
    given.tell(words, path=str(path), format=form, contacts=done.contacts, interactions=done.interactions)


def _print(piece: str) -> None:
    """One piece on standard output, in UTF-8 and with its own line ends, whatever the terminal thinks."""
    sys.stdout.buffer.write(piece.encode("utf-8", "replace"))
