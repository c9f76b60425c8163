"""The commands that look after the file: doctor, rebuild, undo, backup."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from maatje.app import mending
from maatje.cli import shapes, show
from maatje.cli.options import Given, shared


@click.command()
@shared
def doctor(given: Given) -> None:
    """Look the file over: whole, nothing loose, counts right, index right. Changes nothing."""
    home = given.open()
    voice = given.voice(home)
    with home.connect(read_only=True) as db:
        findings = mending.doctor(db, home, given.at())
    if given.as_json:
        given.print_json(
            [{"check": item.check, "ok": item.ok, "sentence": voice.say(item.sentence)} for item in findings]
        )
    else:
        for item in findings:
            click.echo(show.paragraph(f"{'·' if item.ok else '■'} {voice.say(item.sentence)}"))
    if not all(item.ok for item in findings):
        sys.exit(1)


@click.command()
@shared
def rebuild(given: Given) -> None:
    """Compute again all that can be computed: touches, contacts, ties, index. Loses nothing."""
    home = given.open()
    voice = given.voice(home)
    with home.connect() as db:
        ties = mending.rebuild(db, given.at())
    given.tell(voice.text_n("Rebuilt: one tie.", "Rebuilt: {n} ties.", ties), ties=ties)


@click.command()
@click.argument("number", type=click.IntRange(1, 2**62), required=False)
@click.option("--list", "as_list", is_flag=True, help="Show what can be undone.")
@shared
def undo(given: Given, number: int | None, as_list: bool) -> None:
    """Take back the last act, or the one with this NUMBER. Acts are kept for 30 days."""
    home = given.open()
    voice = given.voice(home)
    if as_list:
        with home.connect(read_only=True) as db:
            acts = mending.undo_list(db, given.at())
        if given.as_json:
            given.print_json([shapes.undoable(act, voice) for act in acts])
        elif not acts:
            click.echo(voice.text("There is nothing to undo."))
        else:
            for act in acts:
                click.echo(f"  {act.id:>4}  {voice.date(act.at)}  {voice.say(act.what)}")
                if act.back is not None:
                    click.echo(show.paragraph(voice.text("If you undo it: {what}", what=voice.say(act.back)), indent=8))
        return
    with home.connect() as db:
        act = mending.undo(db, number, given.at())
    given.tell(voice.text("Undone: {what}", what=voice.say(act.what)), **shapes.undoable(act, voice))


@click.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@shared
def backup(given: Given, path: Path | None) -> None:
    """Write a checked copy of the file, to PATH or into the home's own folder of backups."""
    home = given.open()
    voice = given.voice(home)
    written = mending.backup(home, path, given.at())
    given.tell(voice.text("A checked copy lies in {path}", path=str(written)), path=str(written))
