"""The commands about who is who: duplicates, merge, split, different, edit, trust, forget."""

from __future__ import annotations

import click

from maatje.app import edit as app_edit
from maatje.app import forget as app_forget
from maatje.app import recall, same
from maatje.app.catalogue import N_
from maatje.app.wording import Voice
from maatje.cli import shapes_people as shapes
from maatje.cli import show_people
from maatje.cli.options import Given, shared
from maatje.errors import SettingError
from maatje.model.contact import FIELDS
from maatje.model.same import Told


@click.command()
@click.option("--limit", type=click.IntRange(1, 10_000), default=10, show_default=True, help="How many pairs to show.")
@click.option("--look", is_flag=True, help="Compare all contacts again, also where nothing was read since.")
@shared
def duplicates(given: Given, limit: int, look: bool) -> None:
    """Contacts that may be the same person, with what speaks for it and against. Joins nobody by itself."""
    home = given.open()
    voice = given.voice(home)
    with home.connect() as db:
        if look or not same.is_current(db):
            same.look(db)
        found = same.duplicates(db, given.at(), limit=limit)
    if given.as_json:
        given.print_json(shapes.duplicates(found, voice))
    else:
        click.echo(show_people.duplicates(found, voice))


@click.command()
@click.argument("name")
@click.argument("other")
@shared
def merge(given: Given, name: str, other: str) -> None:
    """Two contacts are one person: OTHER becomes part of NAME. Both keep what they were; split takes it apart."""
    home = given.open()
    voice = given.voice(home)
    with home.connect() as db:
        left, right = recall.resolve_name(db, name), recall.resolve_name(db, other)
        kept, gone = same.merge(db, left, right, given.at())
    words = voice.text("{name} and {other} are one from now on. (maatje undo takes it back.)", name=kept, other=gone)
    given.tell(words, contact={"id": left, "name": kept})


@click.command()
@click.argument("name")
@click.argument("handle", nargs=-1, required=True)
@shared
def split(given: Given, name: str, handle: tuple[str, ...]) -> None:
    """Take addresses out of a contact that are somebody else's. HANDLE is one of theirs, or #number of a part."""
    home = given.open()
    voice = given.voice(home)
    with home.connect() as db:
        contact_id = recall.resolve_name(db, name)
        kept, gone = same.split(db, contact_id, handle, given.at())
    words = voice.text("{name} and {other} are two from now on. (maatje undo takes it back.)", name=kept, other=gone)
    given.tell(words, contact={"id": contact_id, "name": kept}, taken_out=gone)


@click.command()
@click.argument("name")
@click.argument("other")
@shared
def different(given: Given, name: str, other: str) -> None:
    """Two contacts are two people, for good: they are not asked about again."""
    home = given.open()
    voice = given.voice(home)
    with home.connect() as db:
        left, right = recall.resolve_name(db, name), recall.resolve_name(db, other)
        one, two = same.not_same(db, left, right, given.at())
    words = voice.text("{name} and {other} are two people; this is not asked again.", name=one, other=two)
    given.tell(words, contact={"id": left, "name": one}, other={"id": right, "name": two})


@click.command()
@click.argument("name")
@click.argument("field", type=click.Choice(FIELDS), required=False)
@click.argument("value", nargs=-1)
@click.option("--clear", is_flag=True, help="Take your own word back: what the address books tell counts again.")
@shared
def edit(given: Given, name: str, field: str | None, value: tuple[str, ...], clear: bool) -> None:
    """Say better who somebody is: your word counts above every address book. Without FIELD: what is known, whence."""
    home = given.open()
    voice = given.voice(home)
    with home.connect(read_only=field is None) as db:
        contact_id = recall.resolve_name(db, name)
        if field is None:
            _show_told(given, voice, same.told(db, contact_id))
            return
        if clear:
            person = app_edit.clear(db, contact_id, field, given.at())
        else:
            person = app_edit.edit(db, contact_id, field, " ".join(value), given.at())
    words = voice.text("Noted for {name}. (maatje undo takes it back.)", name=person)
    given.tell(words, contact={"id": contact_id, "name": person})


def _show_told(given: Given, voice: Voice, found: Told) -> None:
    if given.as_json:
        given.print_json(shapes.told(found))
    else:
        click.echo(show_people.told(found, voice))


@click.command()
@click.argument("file")
@shared
def trust(given: Given, file: str) -> None:
    """Trust one address book above the others: where they differ, what it tells counts."""
    home = given.open()
    voice = given.voice(home)
    with home.connect() as db:
        path = app_edit.trust(db, file, given.at())
    given.tell(voice.text("Where address books differ, {path} counts.", path=path), path=path)


@click.command()
@click.argument("name")
@click.option("--confirm", metavar="NAME", help="Their full name, instead of typing it at the question.")
@click.option("--allow", is_flag=True, help="NAME is an address that was forgotten: it may come back with an import.")
@shared
def forget(given: Given, name: str, confirm: str | None, allow: bool) -> None:
    """Erase somebody for good: no import brings them back, and undo does not either. Asks for their name first."""
    home = given.open()
    voice = given.voice(home)
    with home.connect() as db:
        if allow:
            _allow(given, voice, name, was_forgotten=app_forget.let_back(db, name))
            return
        contact_id = recall.resolve_name(db, name)
        going = app_forget.what_goes(home, db, contact_id)
        click.echo(show_people.going(going, voice), err=given.as_json)
        typed = confirm if confirm is not None else _typed(voice, going.name)
        gone = app_forget.forget(home, db, contact_id, typed, given.at())
    if given.as_json:
        given.print_json(shapes.gone(gone))
    else:
        click.echo(show_people.gone(gone, voice))


def _allow(given: Given, voice: Voice, text: str, *, was_forgotten: bool) -> None:
    back = N_("{address} may come back with the next import.")
    never = N_("{address} was not forgotten.")
    given.tell(voice.text(back if was_forgotten else never, address=text), was_forgotten=was_forgotten)


def _typed(voice: Voice, name: str) -> str:
    """What the user types to confirm, at a keyboard or from a pipe."""
    question = voice.text("To forget {name} for good, type the name", name=name)
    try:
        return str(click.prompt(question, default="", show_default=False, err=True))
    except click.exceptions.Abort as error:
        click.echo(err=True)
        raise SettingError(N_("Nothing was forgotten.")) from error
