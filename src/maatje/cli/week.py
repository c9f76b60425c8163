"""``maatje week``: the one page, in a module of its own so that it starts fast."""

from __future__ import annotations

import click

from maatje.app.week import settle_week
from maatje.cli import shapes, show, show_week
from maatje.cli.options import Given, shared


@click.command()
@shared
def week(given: Given) -> None:
    """The one page: answers owed, greetings, an old acquaintance, who will come by themselves."""
    home = given.open()
    voice = given.voice(home)
    if home.is_empty and not given.as_json:
        click.echo(
            show.paragraph(
                voice.text(
                    "An empty diary. Give maatje what lies on your disk: maatje add PATH, or look first: maatje demo"
                )
            )
        )
        return
    with home.connect(read_only=home.is_empty) as db:
        page = settle_week(db, given.at(), home.settings)
    if given.as_json:
        given.print_json(shapes.week(page, voice))
    else:
        click.echo(show_week.week(page, voice))
