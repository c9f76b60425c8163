"""``maatje add``: anything in, then the week."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from maatje.app import capture
from maatje.app.catalogue import N_
from maatje.app.discover import Place, usual_places
from maatje.app.home import Home
from maatje.app.week import settle_week
from maatje.app.wording import Voice
from maatje.cli import shapes, show, show_week
from maatje.cli.options import Given, ask, shared
from maatje.cli.progress import Bar
from maatje.errors import SettingError


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--me", multiple=True, metavar="ADDRESS", help="An address of your own; may be given several times.")
@click.option("--not-me", multiple=True, metavar="ADDRESS", help="An address that is not yours, though it looks so.")
@click.option("--yes", is_flag=True, help="Add all that is found in the usual places, without asking.")
@shared
def add(given: Given, paths: tuple[Path, ...], me: tuple[str, ...], not_me: tuple[str, ...], yes: bool) -> None:
    """Read mail archives, calendars and address books; then show the week.

    PATH is a file, a folder or a zip archive, in any mix: mbox, Maildir, .eml, Apple Mail,
    list archives, vCards, JSContact, contact lists as CSV, iCalendar; or, into an empty home,
    what maatje export --format json wrote. Without a PATH the usual places are looked at and you
    choose. What was read before is read on from where it ended.
    """
    home = given.open(make=True)
    voice = given.voice(home)
    if not paths and not me and not not_me:
        paths = _choose(usual_places(), voice, yes=yes, to_stderr=given.as_json)
        if not paths and not given.as_json:
            return
    with Bar(voice) as bar:
        result = capture.add(home, paths, me=me, not_me=not_me, progress=bar, now=given.at())
    if given.as_json:
        given.print_json(shapes.added(result))
    else:
        click.echo(show.added(result, voice))
        _show_week(home, given, voice)
    if result.problems_total:
        if not given.as_json:
            click.echo("\n" + show.problems(result, voice), err=True)
        sys.exit(1)


def _show_week(home: Home, given: Given, voice: Voice) -> None:
    """The page that all this was for."""
    with home.connect() as db:
        page = settle_week(db, given.at(), home.settings)
    click.echo("\n" + show_week.week(page, voice))


def _choose(places: tuple[Place, ...], voice: Voice, *, yes: bool, to_stderr: bool) -> tuple[Path, ...]:
    """Show what lies in the usual places and let the user pick; beside JSON the words go to standard error."""
    if not places:
        nothing = voice.text("Nothing was found in the usual places. Name a file or folder: maatje add PATH")
        click.echo(nothing, err=to_stderr)
        return ()
    click.echo(voice.text("Found in the usual places:"), err=to_stderr)
    for number, place in enumerate(places, 1):
        kind = voice.text(place.kind)
        facts = f"{kind:<15} {voice.size(place.size):>9}  {voice.date(place.newest_at):<18}"
        click.echo(f"  {number:>2}  {facts} {place.path}", err=to_stderr)
    if yes:
        return tuple(place.path for place in places)
    answer = ask(voice.text("Which ones? Numbers, or “all”, or nothing to leave it"))
    if answer.strip().lower() in ("all", "alle", "alles"):
        return tuple(place.path for place in places)
    picked = [int(word) for word in answer.replace(",", " ").split() if word.isdecimal()]
    chosen = tuple(places[number - 1].path for number in picked if 1 <= number <= len(places))
    if answer.strip() and not chosen:
        raise SettingError(N_("That is none of the numbers; nothing was read."))
    return chosen
