"""The commands of an occasion: ``maatje occasion new | edit | list | guests | brief | meet | after | brush-up``."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from maatje.app import after as app_after
from maatje.app import briefing, brushup, contact_names, guests, introductions, occasions
from maatje.app.catalogue import N_
from maatje.app.home import Home
from maatje.app.localtime import read_moment
from maatje.app.wording import Voice
from maatje.cli import shapes_occasion as shapes
from maatje.cli import show_occasion
from maatje.cli.occasion_parts import Parts, pairs, parts, said, vows
from maatje.cli.options import Given, shared
from maatje.errors import SettingError, UserError
from maatje.model.occasion import Evening, Guest, IntroductionState, Occasion, Whose
from maatje.model.units import Seconds
from maatje.sources.guests import Meaning
from maatje.store.db import Db

EVENINGS = {"yes": Evening.YES, "so": Evening.SO_SO, "no": Evening.NO}


@click.group()
@shared
def occasion(given: Given) -> None:
    """Occasions: before, during and after a gathering. OCCASION is #number, or words of its name."""


@occasion.command()
@click.argument("name", required=False)
@click.option("--on", "begin", metavar="DAY", help="When it begins: 2026-06-11, or “2026-06-11 17:00”.")
@click.option("--until", "end", metavar="DAY", help="When it ends.")
@click.option("--event", type=int, metavar="NUMBER", help="Take it from your calendar, as maatje occasion list offers.")
@click.option("--file", type=click.Path(path_type=Path), help="Take it from an invitation file (.ics).")
@parts
@shared
def new(
    given: Given,
    name: str | None,
    begin: str | None,
    end: str | None,
    event: int | None,
    file: Path | None,
    told: Parts,
) -> None:
    """Keep an occasion: typed, from your calendar, or from an invitation file."""
    home = given.open(make=True)
    voice = given.voice(home)
    with home.connect() as db:
        if event is not None:
            made = occasions.from_event(db, event, given.at(), told.kind or "")
        elif file is not None:
            made = occasions.from_file(db, file, given.at(), told.kind or "")
        elif name is None or begin is None:
            raise SettingError(N_("Give a name and a day: maatje occasion new NAME --on 2026-06-11"))
        else:
            at, all_day = read_moment(begin, home.settings, told.zone or "")
            ends = None if end is None else read_moment(end, home.settings, told.zone or "")[0]
            draft = occasions.Draft(
                name, at, ends, told.kind or "", told.zone or "", told.place or "", told.series or "", all_day,
                told.people or (),
            )  # fmt: skip
            made = occasions.new(db, draft, given.at())
    _tell(given, voice, made, N_("Kept: {title}. (maatje undo takes it back.)"))


def _tell(given: Given, voice: Voice, made: Occasion, words: str) -> None:
    given.tell(voice.text(words, title=show_occasion.title(made, voice)), occasion=shapes.occasion(made))


@occasion.command()
@click.argument("which", metavar="OCCASION")
@click.option("--name", help="What it is called.")
@click.option("--on", "begin", metavar="DAY", help="When it begins.")
@click.option("--until", "end", metavar="DAY", help="When it ends; “none” takes the end away.")
@click.option("--remove", is_flag=True, help="Take it away with its list; talks there stay contact moments.")
@parts
@shared
def edit(
    given: Given, which: str, name: str | None, begin: str | None, end: str | None, remove: bool, told: Parts
) -> None:
    """Change an occasion, or take it away."""
    home = given.open()
    voice = given.voice(home)
    with home.connect() as db:
        one = occasions.find(db, which, given.at())
        if remove:
            gone = occasions.remove(db, one.id, given.at())
            given.tell(voice.text("{name} is taken away. (maatje undo takes it back.)", name=gone), occasion=one.id)
            return
        zone = told.zone if told.zone is not None else one.zone
        at, all_day = (None, None) if begin is None else read_moment(begin, home.settings, zone)
        ends = None if end is None else Seconds(0) if end == "none" else read_moment(end, home.settings, zone)[0]
        change = occasions.Change(
            name, at, ends, told.kind, told.zone, told.place, told.series, all_day, told.people
        )  # fmt: skip
        made = occasions.edit(db, one.id, change, given.at())
    _tell(given, voice, made, N_("Changed: {title}. (maatje undo takes it back.)"))


@occasion.command("list")
@shared
def every(given: Given) -> None:
    """All occasions, those ahead first, and what your calendar holds that may be one."""
    home = given.open()
    with home.connect(read_only=True) as db:
        lines, offers = occasions.every(db, given.at()), occasions.offers(db, given.at())
    if given.as_json:
        given.print_json(shapes.every(lines, offers))
    else:
        click.echo(show_occasion.every(lines, offers, given.voice(home)))


@occasion.command("guests")
@click.argument("which", metavar="OCCASION")
@click.argument("source", metavar="[FILE]", required=False)
@click.option("--yes", is_flag=True, help="Add the list as it is shown, without asking.")
@click.option("--part", is_flag=True, help="It is not the whole list: nobody drops out.")
@click.option("--column", "columns", multiple=True, metavar="N=MEANING", help="What a column is: 3=organisation.")
@click.option("--last-edition", is_flag=True, help="The guests of last time.")
@click.option("--calendar", is_flag=True, help="The guests that your calendar's invitation names now.")
@click.option("--is", "known", multiple=True, metavar="GUEST=NAME", help="Say who a guest is: 12=#34, or 12=Anna.")
@click.option("--nobody", multiple=True, metavar="GUEST", help="A guest is nobody you know.")
@click.option("--drop", multiple=True, metavar="GUEST", help="A guest will not come.")
@shared
def guest_list(given: Given, which: str, source: str | None, **told: Any) -> None:
    """The list of guests: shown, added to, answered. FILE is a table, cards, a calendar or text; - takes a paste.

    A newer list adds who is new and marks who dropped out. Nothing is written before you said yes.
    """
    home = given.open()
    voice = given.voice(home)
    is_answer = bool(told["known"] or told["nobody"] or told["drop"])
    is_list = bool(source or told["last_edition"] or told["calendar"])
    with home.connect(read_only=not (is_answer or is_list)) as db:
        one = occasions.find(db, which, given.at())
        if is_answer:
            _answer(given, db, one, told)
        if is_list:
            _add(given, home, db, one, source, told)
            return
        found = guests.every(db, one.id)
        if given.as_json:
            given.print_json({"occasion": shapes.occasion(one), "guests": [shapes.guest(guest) for guest in found]})
        else:
            click.echo(show_occasion.listed(found, voice, contact_names.of_guests(db, found)))


def _answer(given: Given, db: Db, one: Occasion, told: dict[str, Any]) -> None:
    for text, name in pairs(told["known"], N_("Write GUEST=NAME, as 12=#34.")):
        guests.is_contact(db, _guest(db, one, text).id, contact_names.resolve(db, name), given.at())
    for text in told["nobody"]:
        guests.is_nobody(db, _guest(db, one, text).id, given.at())
    for text in told["drop"]:
        guests.drop(db, _guest(db, one, text).id, True, given.at())


def _guest(db: Db, one: Occasion, text: str) -> Guest:
    found = guests.find(guests.every(db, one.id), text)
    if found is None:
        raise UserError(N_("Nobody on the list of {name} answers to “{guest}”."), name=one.name, guest=text)
    return found


def _add(given: Given, home: Home, db: Db, one: Occasion, source: str | None, told: dict[str, Any]) -> None:
    """Show what a list would make of the guests, and write it at a yes."""
    voice = given.voice(home)
    if told["last_edition"]:
        found = guests.preview_edition(db, one.id)
    elif told["calendar"]:
        found = guests.preview_calendar(db, one.id, region=home.settings.region)
    else:
        text: Path | str = sys.stdin.read() if source == "-" else Path(source or "")
        found = guests.preview(
            db, one.id, text, name="" if source == "-" else str(source), meanings=_meanings(told["columns"]),
            region=home.settings.region, partial=told["part"],
        )  # fmt: skip
    if not given.as_json:
        click.echo(
            show_occasion.preview(found, voice, contact_names.of_guests(db, [one.guest for one in found.entries]))
        )
    is_yes = told["yes"] or (
        not given.as_json and bool(found.entries) and sys.stdin.isatty() and click.confirm(voice.text("Add them?"))
    )
    if is_yes:
        added = guests.add(db, found, given.at())
        words = voice.text(
            "{guests} on the list of {name}: {known} known, {unsure} to be asked. (maatje undo takes it back.)",
            guests=voice.text_n("One guest", "{n} guests", added.guests),
            name=one.name,
            known=str(added.known),
            unsure=str(added.unsure),
        )
    else:
        words = voice.text("Nothing was written. To add them: the same with --yes")
    if given.as_json:
        given.print_json(shapes.preview(found, voice, is_added=is_yes))
    else:
        click.echo("\n" + words)


def _meanings(columns: Iterable[str]) -> dict[int, Meaning]:
    found = {}
    for number, name in pairs(columns, N_("Write what a column is as 3=organisation.")):
        try:
            found[int(number) - 1] = Meaning(name.strip().lower())
        except ValueError as error:
            raise SettingError(
                N_("A column is one of these: {kinds}."), kinds=", ".join(one.value for one in Meaning)
            ) from error
    return found


@occasion.command()
@click.argument("which", metavar="OCCASION")
@shared
def brief(given: Given, which: str) -> None:
    """What to know beforehand: whom to greet, who will come to you, who can introduce you, how to behave."""
    home = given.open()
    voice = given.voice(home)
    with home.connect(read_only=True) as db:
        one = occasions.find(db, which, given.at())
        page = briefing.brief(db, one.id, given.at(), home.settings)
        manners = briefing.manners_of(db, one)
        names = contact_names.of_briefing(db, page)
    if given.as_json:
        given.print_json(shapes.briefing(page, manners, voice))
    else:
        click.echo(show_occasion.briefing(page, manners, voice, names))


@occasion.command()
@click.argument("which", metavar="OCCASION")
@click.argument("guest")
@click.option("--asked", metavar="NAME", help="You asked NAME to introduce you.")
@click.option("--made", metavar="NAME", help="NAME introduced you.")
@click.option("--declined", metavar="NAME", help="NAME would rather not.")
@click.option("--off", is_flag=True, help="You need not meet them after all.")
@shared
def meet(
    given: Given, which: str, guest: str, asked: str | None, made: str | None, declined: str | None, off: bool
) -> None:
    """Somebody on the list whom you would like to meet: who can introduce you, and what came of asking."""
    home = given.open()
    voice = given.voice(home)
    states = (
        (IntroductionState.ASKED, asked), (IntroductionState.MADE, made), (IntroductionState.DECLINED, declined),
    )  # fmt: skip
    with home.connect() as db:
        one = occasions.find(db, which, given.at())
        found = _guest(db, one, guest)
        for state, name in states:
            if name is not None:
                via = contact_names.resolve(db, name)
                introductions.record(
                    db, state, via, found.contact_id, given.at(), to_name=found.name, occasion_id=one.id
                )
        if off or not any(name for _, name in states):
            guests.want(db, found.id, not off, given.at())
        page = briefing.unmet(db, one.id, found.id, given.at())
        names = contact_names.of_unmet(db, [page])
    if given.as_json:
        given.print_json(shapes.unmet(page, voice))
    else:
        click.echo("\n".join(show_occasion.unmet(page, voice, names)))


@occasion.command()
@click.argument("name")
@click.argument("other")
@shared
def introduce(given: Given, name: str, other: str) -> None:
    """You brought two people together."""
    home = given.open()
    voice = given.voice(home)
    with home.connect() as db:
        one, two = contact_names.resolve(db, name), contact_names.resolve(db, other)
        made = introductions.record(db, IntroductionState.MADE, None, one, given.at(), other=two)
        names = contact_names.of(db, [one, two])
    words = voice.text("You brought {to} and {other} together.", to=names[one], other=names[two])
    given.tell(words, introduction=shapes.introduction(made, names[one]))


@occasion.command("introductions")
@shared
def introductions_list(given: Given) -> None:
    """Introductions asked, made and declined, newest first."""
    home = given.open()
    voice = given.voice(home)
    with home.connect(read_only=True) as db:
        found = introductions.every(db)
        names = contact_names.of(db, [who for one, _ in found for who in (one.via, one.other) if who is not None])
    if given.as_json:
        given.print_json({"introductions": [shapes.introduction(one, name) for one, name in found]})
    elif found:
        click.echo("\n".join(show_occasion.introduction(one, name, voice, names) for one, name in found))
    else:
        click.echo(voice.text("Nobody was introduced yet."))


@occasion.command()
@click.argument("which", metavar="OCCASION")
@click.option("--spoke", multiple=True, metavar="NAME", help="A guest, a contact (#12), or a new face; any number.")
@click.option("--not-spoken", multiple=True, metavar="NAME", help="A guest whom you did not speak after all.")
@click.option("--memory", multiple=True, metavar="NAME=TEXT", help="You spoke them, and one line to keep.")
@click.option("--promised", multiple=True, metavar="NAME=TEXT", help="You promised them something.")
@click.option("--they-promised", multiple=True, metavar="NAME=TEXT", help="They promised you something.")
@click.option("--good", type=click.Choice(list(EVENINGS)), help="Was it good?")
@click.option("--hours", type=float, help="What it took, in hours.")
@click.option("--money", type=float, help="What it cost.")
@click.option("--currency", default="", help="In what money: EUR.")
@click.option("--thanked", is_flag=True, help="Host and organisers were thanked.")
@shared
def after(given: Given, which: str, **told: Any) -> None:
    """Whom you spoke, what was promised, whom to thank; many at once. Without an option: what was told so far."""
    home = given.open()
    voice = given.voice(home)
    is_read = not any(value for value in told.values() if value is not None)
    with home.connect(read_only=is_read) as db:
        one = occasions.find(db, which, given.at())
        if not is_read:
            listed = guests.every(db, one.id)
            spoke = said(db, listed, told["spoke"], told["memory"])
            app_after.tell(
                db,
                one.id,
                app_after.Told(
                    spoke=spoke,
                    unspoke=tuple(_guest(db, one, text).id for text in told["not_spoken"]),
                    promises=(
                        *vows(db, listed, told["promised"], Whose.MINE),
                        *vows(db, listed, told["they_promised"], Whose.THEIRS),
                    ),
                    evening=EVENINGS.get(told["good"] or ""),
                    hours=told["hours"],
                    money=told["money"],
                    currency=told["currency"],
                ),
                given.at(),
            )
            if told["thanked"]:
                app_after.thanked(db, one.id, given.at())
        page = app_after.page(db, one.id, given.at())
    if given.as_json:
        given.print_json(shapes.talked(page, voice))
    else:
        click.echo(show_occasion.talked(page, voice))


@occasion.command("brush-up")
@click.argument("which", metavar="OCCASION")
@shared
def brush_up(given: Given, which: str) -> None:
    """A few names to look at once more: five minutes at the most. No score is kept."""
    home = given.open()
    voice = given.voice(home)
    is_test = not given.as_json and sys.stdin.isatty() and sys.stdout.isatty()
    with home.connect(read_only=not is_test) as db:
        found = brushup.pick(db, occasions.find(db, which, given.at()).id, given.at())
        if given.as_json:
            given.print_json(shapes.brush_up(found, voice))
            return
        if not found.faces:
            click.echo(voice.text("There is nobody to brush up."))
        for one in found.faces:
            click.echo(show_occasion.face(one, voice) + ("" if is_test else f"  {one.name}"))
            if is_test:
                click.prompt(voice.text("Who is it? (Enter)"), default="", show_default=False)
                click.echo("  " + click.style(one.name, bold=True))
                knew = click.confirm(voice.text("Did the name come to mind?"), default=True)
                brushup.answer(db, one.contact_id, knew, given.at())
