"""The commands that only read: pile, who, why, find, aside."""

from __future__ import annotations

import click

from maatje.app import aside as app_aside
from maatje.app import find as app_find
from maatje.app import pile as app_pile
from maatje.app import recall
from maatje.app.wording import Voice
from maatje.cli import shapes, show
from maatje.cli.options import Given, shared
from maatje.model.contact import Handle


@click.command()
@click.option("--limit", type=click.IntRange(1, 100_000), default=25, show_default=True, help="How many to show.")
@shared
def pile(given: Given, limit: int) -> None:
    """Your contacts by freshness: in whose memory you lie on top."""
    home = given.open()
    voice = given.voice(home)
    with home.connect(read_only=True) as db:
        page = app_pile.pile(db, given.at(), limit=limit)
    if given.as_json:
        given.print_json(shapes.pile(page))
    else:
        click.echo(show.pile(page, voice))


@click.command()
@click.argument("name")
@shared
def who(given: Given, name: str) -> None:
    """One contact: how you can reach them, when you were last in touch, what was set aside."""
    home = given.open()
    voice = given.voice(home)
    with home.connect(read_only=True) as db:
        handle = recall.find_handle(db, name)
        if handle is not None and handle.contact_id is None:
            _show_without_contact(handle, given, voice)
            return
        contact_id = recall.resolve_name(db, name)
        page = recall.contact_page(db, contact_id, given.at(), may_read_bodies=home.settings.read_bodies)
    if given.as_json:
        given.print_json(shapes.contact(page, voice))
    else:
        click.echo(show.contact(page, voice))


def _show_without_contact(handle: Handle, given: Given, voice: Voice) -> None:
    """An address that is nobody's: the user's own, or a sender that was set aside, with the rule that did it."""
    rule = app_aside.sentence(handle.automaton) if handle.automaton else None
    if given.as_json:
        given.print_json(
            {
                "contact": None,
                "handle": {
                    "id": handle.id,
                    "value": handle.value,
                    "is_me": handle.is_me,
                    "set_aside": handle.automaton or None,
                },
            }
        )
        return
    click.echo(click.style(handle.value, bold=True) + f"  #{handle.id}")
    if handle.is_me:
        click.echo(show.paragraph(voice.text("This address is your own."), 2))
    elif rule is not None:
        click.echo(
            show.paragraph(
                voice.text(
                    "Set aside: {rule}. {sentence}", rule=voice.text(handle.automaton), sentence=voice.say(rule)
                ),
                2,
            )
        )
        click.echo(
            show.paragraph(voice.text("A person after all? Say so: maatje keep {sender}", sender=handle.value), 2)
        )
    else:
        click.echo(show.paragraph(voice.text("This address was read, but no contact moment with it counts."), 2))


@click.command()
@click.argument("name")
@shared
def why(given: Given, name: str) -> None:
    """Why somebody is, or is not, on this week's page."""
    home = given.open()
    voice = given.voice(home)
    with home.connect(read_only=True) as db:
        contact_id = recall.resolve_name(db, name)
        page = recall.why(db, contact_id, given.at(), home.settings)
    if given.as_json:
        given.print_json(shapes.why(page, voice))
    else:
        click.echo(show.why(page, voice))


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 1000), default=30, show_default=True, help="How many to show.")
@shared
def find(given: Given, words: tuple[str, ...], limit: int) -> None:
    """Search people, subjects, meetings and memories."""
    home = given.open()
    voice = given.voice(home)
    with home.connect(read_only=True) as db:
        page = app_find.find(db, " ".join(words), limit=limit)
    if given.as_json:
        given.print_json(shapes.found(page))
    else:
        click.echo(show.found(page, voice))


@click.command()
@shared
def aside(given: Given) -> None:
    """What was set aside: newsletters, lists, machines and crowds, by rule and by sender."""
    home = given.open()
    voice = given.voice(home)
    with home.connect(read_only=True) as db:
        page = app_aside.set_aside(db)
    if given.as_json:
        given.print_json(shapes.aside(page, voice))
    else:
        click.echo(show.aside(page, voice))
