"""``maatje demo``: somebody else's diary, read like yours would be."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path

import click

from maatje.app import demo as app_demo
from maatje.app.home import Home, open_home
from maatje.app.wording import Voice
from maatje.cli import shapes, show, show_week
from maatje.cli.options import Given, shared
from maatje.cli.progress import Bar
from maatje.cli.serve import PORT
from maatje.errors import N_, SettingError


@click.command()
@click.option("--folder", type=click.Path(path_type=Path), help="Where to put it; made anew each time.")
@click.option("--serve/--no-serve", "serve", default=None, help="Show the pages afterwards (default: in a terminal).")
@click.option("--port", type=click.IntRange(1, 65_535), default=PORT, show_default=True, help="The port of the pages.")
@shared
def demo(given: Given, folder: Path | None, serve: bool | None, port: int) -> None:
    """Write an invented adviser's archives of twelve years, read them, and show her week.

    Hanneke Oldenhof does not exist, nor does anybody she knows. Your own diary is not touched.
    """
    place = folder or open_home(given.home).path / "demo"
    _make_anew(place)
    open_home(place, make=True)
    home = Home(place, replace(given.open().settings, utc_offset_minutes=app_demo.UTC_OFFSET_MINUTES))
    app_demo.note_offset(home)
    with Bar(given.voice(home)) as bar:
        result, page, now = app_demo.tell(home, given.now, lang=given.voice(home).lang, progress=bar)
    voice = Voice(given.voice(home).lang, now=now, utc_offset_minutes=app_demo.UTC_OFFSET_MINUTES)
    if given.as_json:
        given.print_json({"home": str(place), "added": shapes.added(result), "week": shapes.week(page, voice)})
    else:
        click.echo(
            show.paragraph(
                voice.text(
                    "Hanneke Oldenhof, organisation adviser: {moments} contact moments with {people} people"
                    " in twelve years.",
                    moments=voice.number(result.interactions),
                    people=voice.number(result.contacts),
                )
            )
        )
        click.echo("\n" + show_week.week(page, voice))
        click.echo(
            "\n"
            + voice.text(
                "Look further: maatje --home {home} --now {now} pile", home=str(place), now=shapes.iso(now) or ""
            )
        )
    if serve or (serve is None and sys.stdin.isatty() and sys.stdout.isatty() and not given.as_json):
        from maatje.web.server import serve as run_server

        run_server(home, port=port, now=lambda: now, open_browser=True, tell=click.echo)


def _make_anew(place: Path) -> None:
    """Empty a demo's own folder; a folder with anything else in it is left as it is."""
    if not place.exists():
        return
    passing = ("given-", "open.html")  # what a server leaves for a moment
    known = {"archives", app_demo.MARK, "maatje.db", "maatje.db-wal", "maatje.db-shm", "backups", "settings.toml"}
    strange = [
        entry.name for entry in place.iterdir() if entry.name not in known and not entry.name.startswith(passing)
    ]
    is_ours = (place / app_demo.MARK).is_file()
    if strange or (any(place.iterdir()) and not is_ours):
        raise SettingError(
            N_("{place} holds other things than a demo; name another folder with --folder."), place=str(place)
        )
    shutil.rmtree(place)
