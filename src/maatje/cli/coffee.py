"""``maatje coffee`` and ``maatje promise``: what may follow a talk."""

from __future__ import annotations

from pathlib import Path

import click

from maatje.app import coffee as app_coffee
from maatje.app import contact_names, promises
from maatje.app.catalogue import N_
from maatje.app.home import Home
from maatje.app.localtime import read_moment
from maatje.app.wording import Voice
from maatje.cli import shapes_occasion as shapes
from maatje.cli import show_occasion
from maatje.cli.options import Given, shared
from maatje.errors import PathError, SettingError
from maatje.model.briefing import CoffeePlan, FreeMoment
from maatje.model.occasion import Promise, Whose
from maatje.model.units import ContactId, Seconds
from maatje.store.db import Db


@click.command()
@click.argument("name", required=False)
@click.option("--minutes", type=int, default=60, show_default=True, help="How long it takes.")
@click.option("--travel", type=int, default=30, show_default=True, help="Minutes for the way there, and back.")
@click.option("--choose", type=click.IntRange(1, 3), help="Make an invitation file for this one of the three.")
@click.option("--at", "moment", metavar="MOMENT", help="Or for a moment of your own: “2026-06-18 10:00”.")
@click.option("--place", default="", help="Where.")
@click.option("--out", type=click.Path(path_type=Path), help="Where to write the invitation (.ics).")
@shared
def coffee(
    given: Given,
    name: str | None,
    minutes: int,
    travel: int,
    choose: int | None,
    moment: str | None,
    place: str,
    out: Path | None,
) -> None:
    """Three free moments for a coffee with NAME, and an invitation file. Nothing is sent.

    Without a NAME: the coffees that were proposed, and what your calendar says of them.
    """
    home = given.open()
    voice = given.voice(home)
    is_read = name is None or (choose is None and moment is None)
    with home.connect(read_only=is_read) as db:
        if name is None:
            _proposed(given, voice, db)
            return
        contact_id = contact_names.resolve(db, name)
        person = contact_names.of(db, [contact_id])[contact_id]
        plan = app_coffee.plan(db, contact_id, given.at(), home.settings, minutes=minutes, travel=travel)
        chosen = _chosen(home, plan, choose, moment, minutes)
        if chosen is not None:
            _invite(given, voice, db, contact_id, (person, chosen, place, out))
            return
    words = show_occasion.plain_words(plan, voice) if plan.moments else ""
    if given.as_json:
        given.print_json(shapes.coffee_plan(person, contact_id, plan, voice, words))
    else:
        click.echo(show_occasion.coffee_plan(person, plan, voice))


def _proposed(given: Given, voice: Voice, db: Db) -> None:
    found = app_coffee.proposed(db, given.at())
    if given.as_json:
        given.print_json(shapes.proposed(found))
    else:
        click.echo(show_occasion.proposed(found, voice))


def _chosen(home: Home, plan: CoffeePlan, choose: int | None, moment: str | None, minutes: int) -> FreeMoment | None:
    if moment is not None:
        begin, all_day = read_moment(moment, home.settings)
        if all_day:
            raise SettingError(N_("A coffee needs an hour: “2026-06-18 10:00”."))
        return FreeMoment(begin, Seconds(begin + minutes * 60))
    if choose is None or not plan.moments:
        return None
    if choose > len(plan.moments):
        raise SettingError(N_("There are only {n} moments to choose from."), n=str(len(plan.moments)))
    return plan.moments[choose - 1]


def _invite(
    given: Given, voice: Voice, db: Db, contact_id: ContactId, told: tuple[str, FreeMoment, str, Path | None]
) -> None:
    """Write the invitation; never over a file that is there."""
    person, moment, place, out = told
    if out is not None and out.exists():
        raise PathError(str(out), N_("is there already, and is not written over"))
    summary = voice.say(app_coffee.title(db, person))
    made = app_coffee.invite(db, contact_id, moment, given.at(), summary=summary, place=place)
    path = out or Path(made.file_name)
    try:
        with path.open("x", encoding="utf-8", newline="") as file:
            file.write(made.text)
    except FileExistsError as error:
        raise PathError(str(path), N_("is there already, and is not written over")) from error
    except OSError as error:
        raise PathError(str(path), N_("may not be written here"), error.strerror or "") from error
    words = voice.text(
        "Written to {path}: attach it to a mail to {name}. Nothing was sent.", path=str(path), name=person
    )
    given.tell(words, path=str(path), uid=made.uid, contact={"id": contact_id, "name": person})


@click.command()
@click.argument("name", required=False)
@click.argument("text", nargs=-1)
@click.option("--theirs", is_flag=True, help="They promised it to you.")
@click.option("--due", metavar="DAY", help="By when: 2026-06-30.")
@click.option("--done", type=int, metavar="NUMBER", help="This promise is settled: kept, or let go.")
@shared
def promise(
    given: Given, name: str | None, text: tuple[str, ...], theirs: bool, due: str | None, done: int | None
) -> None:
    """Keep a promise: maatje promise Anna send the book. Without anything: those that stand."""
    home = given.open()
    voice = given.voice(home)
    with home.connect(read_only=done is None and not text) as db:
        if done is not None:
            found = promises.done(db, done, given.at())
            person = contact_names.of(db, [found.contact_id]).get(found.contact_id, "")
            given.tell(
                voice.text("Settled. (maatje undo takes it back.)"), promise=shapes.promise(person, found)
            )  # fmt: skip
        elif name is not None and text:
            contact_id = contact_names.resolve(db, name)
            by = None if due is None else read_moment(due, home.settings)[0]
            whose = Whose.THEIRS if theirs else Whose.MINE
            found = promises.promise(db, contact_id, whose, " ".join(text), given.at(), due=by)
            person = contact_names.of(db, [contact_id])[contact_id]
            given.tell(voice.text("Noted with {name}.", name=person), promise=shapes.promise(person, found))
        else:
            one = None if name is None else contact_names.resolve(db, name)
            _open(given, voice, promises.open_ones(db, one))


def _open(given: Given, voice: Voice, found: tuple[tuple[str, Promise], ...]) -> None:
    if given.as_json:
        given.print_json({"promises": [shapes.promise(name, one) for name, one in found]})
    elif found:
        click.echo("\n".join(show_occasion.promise(name, one, voice) for name, one in found))
    else:
        click.echo(voice.text("No promise stands."))
