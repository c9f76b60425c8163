"""The commands that tell maatje something: circle, leave-alone, remember, quiet, keep. Each can be undone."""

from __future__ import annotations

import click

from maatje.app import aside, recall, wishes
from maatje.app.catalogue import N_
from maatje.cli.options import Given, shared
from maatje.errors import SettingError


@click.command()
@click.argument("name")
@click.argument("size", type=click.Choice(["5", "15", "50", "150", "none", "auto"]))
@shared
def circle(given: Given, name: str, size: str) -> None:
    """Say how dear somebody is: among your 5, 15, 50 or 150, none of them, or as maatje infers (auto)."""
    home = given.open()
    voice = given.voice(home)
    number = None if size == "auto" else 0 if size == "none" else int(size)
    with home.connect() as db:
        contact_id = recall.resolve_name(db, name)
        person = wishes.set_circle(db, contact_id, number, given.at())
    if number is None:
        words = voice.text("{name}: back to the circle that maatje infers.", name=person)
    elif number == 0:
        words = voice.text("{name} is in none of the circles.", name=person)
    else:
        words = voice.text("{name} is one of your {circle}.", name=person, circle=voice.circle(number))
    given.tell(words, contact={"id": contact_id, "name": person})


@click.command("leave-alone")
@click.argument("name")
@click.option("--off", is_flag=True, help="Suggest them again.")
@shared
def leave_alone(given: Given, name: str, off: bool) -> None:
    """Never suggest somebody again, until you say otherwise."""
    home = given.open()
    voice = given.voice(home)
    with home.connect() as db:
        contact_id = recall.resolve_name(db, name)
        person = wishes.leave_alone(db, contact_id, not off, given.at())
    again = N_("{name} may be suggested again.")
    alone = N_("{name} is left alone. (maatje undo takes it back.)")
    given.tell(voice.text(again if off else alone, name=person), contact={"id": contact_id, "name": person})


@click.command()
@click.argument("name")
@click.argument("text", nargs=-1, required=True)
@shared
def remember(given: Given, name: str, text: tuple[str, ...]) -> None:
    """Keep something shared with somebody, worth bringing up again."""
    home = given.open()
    voice = given.voice(home)
    with home.connect() as db:
        contact_id = recall.resolve_name(db, name)
        person = wishes.remember(db, contact_id, " ".join(text), given.at())
    given.tell(voice.text("Remembered with {name}.", name=person), contact={"id": contact_id, "name": person})


@click.command()
@click.argument("week_label", metavar="[WEEK]", required=False)
@click.option("--off", is_flag=True, help="Make it an ordinary week again.")
@shared
def quiet(given: Given, week_label: str | None, off: bool) -> None:
    """Declare a quiet week: nothing is suggested. WEEK is written 2026-W24; this week without one."""
    home = given.open(make=True)
    voice = given.voice(home)
    with home.connect() as db:
        label = wishes.quiet_week(db, week_label, not off, given.at(), home.settings)
    ordinary = N_("{week} is an ordinary week again.")
    still = N_("{week} is a quiet week: nothing is suggested.")
    given.tell(voice.text(ordinary if off else still, week=label), week=label)


@click.command()
@click.argument("sender")
@click.option("--off", is_flag=True, help="Set them aside again.")
@shared
def keep(given: Given, sender: str, off: bool) -> None:
    """Say that a sender that was set aside is a person after all. SENDER is an address or #number."""
    home = given.open()
    voice = given.voice(home)
    with home.connect() as db:
        handle = aside.find_sender(db, sender)
        if handle is None:
            raise SettingError(N_("No sender by “{sender}”; see maatje aside."), sender=sender)
        (aside.unkeep if off else aside.keep)(db, handle.id, given.at())
    again = N_("{sender} is set aside again.")
    person = N_("{sender} counts as a person from now on.")
    given.tell(
        voice.text(again if off else person, sender=handle.value), handle={"id": handle.id, "value": handle.value}
    )
