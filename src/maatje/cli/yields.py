"""What came of it: ``maatje yield``, the year's letter, and what one could give."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Callable
from dataclasses import replace

import click

from maatje.app import asked, experiment, giving, ledger, letter, yields
from maatje.app.catalogue import N_
from maatje.app.wording import Voice
from maatje.cli import shapes_yields as shapes
from maatje.cli import show_yields as show
from maatje.cli.options import Given, ask, shared
from maatje.errors import SettingError
from maatje.model.ledger import Outcome, YieldDirection, YieldKind

KINDS = click.Choice([kind.value for kind in YieldKind])
WAYS = click.Choice([way.value for way in YieldDirection])


@click.group("yield")
@shared
def group(given: Given) -> None:
    """What came of it: write it down in one line, and read whether it works."""


def _details(command: Callable[..., object]) -> Callable[..., object]:
    """The options that say what a line does not, or says wrongly."""
    for option in (
        click.option("--worth", help="A sum, or your own word for what it is worth."),
        click.option("--day", help="When: 2026-05-03, yesterday, last week; today without it."),
        click.option("--with", "people", multiple=True, help="Through whom; the first is with whom it began."),
        click.option("--direction", type=WAYS, help="Whether you had the good of it, or they."),
        click.option("--kind", type=KINDS, help="What kind of thing came."),
    ):
        command = option(command)
    return command


@group.command("add")
@click.argument("line", nargs=-1, required=True)
@_details
@click.option("--nobody", is_flag=True, help="Write it down without whoever is not known here.")
@click.option("--yes", is_flag=True, help="Write it down without asking.")
@shared
def add(given: Given, line: tuple[str, ...], nobody: bool, yes: bool, **details: object) -> None:
    """Write down what came of it: LINE says who did what, as "Anna referred me to the municipality, via Bram"."""
    home = given.open()
    voice = given.voice(home)
    can_ask = sys.stdin.isatty() and not yes and not given.as_json
    with home.connect() as db:
        found = yields.understand(db, " ".join(line), given.at(), home.settings, voice.lang)
        if any(details.values()):
            form = {name: text for name, text in _form(details).items() if text}
            said = yields.read(db, {"text": found.text, **form}, given.at(), home.settings, voice.lang)
            found = yields.joined(found, said, frozenset(form))
        if found.faults and not nobody:
            raise found.faults[0]
        if can_ask:
            found = _asked(found, voice)
            click.echo(show.understood(found, voice))
            if not click.confirm(voice.text("Write this down?"), default=True):
                click.echo(voice.text("Nothing was written down."))
                return
        elif not yes:
            raise SettingError(N_("There is nobody at the keyboard to say whether it was understood; add --yes."))
        number = yields.add(db, found, given.at())
        asked.answer(db, given.at())
    words = voice.text("Written down as number {number}. (maatje undo takes it back.)", number=str(number))
    notes = "" if can_ask or given.as_json else show.understood(found, voice) + "\n"
    given.tell(notes + words, **{"yield": shapes.understood(found, number, voice)})


def _form(details: dict[str, object]) -> dict[str, str]:
    """The options as the fields of a form."""
    people = details.pop("people", ()) or ()
    assert isinstance(people, tuple)
    return {**{name: str(text or "") for name, text in details.items()}, "people": ",".join(map(str, people))}


def _asked(found: yields.Understood, voice: Voice) -> yields.Understood:
    """What the line does not say, asked: one answer each."""
    if found.kind is None:
        answer = ask(voice.text("What kind is it: an assignment, information, a referral, an introduction, or other?"))
        found = replace(found, kind=yields.parse_kind(answer))
    if found.direction is None:
        is_received = click.confirm(voice.text("Did you receive it? (No: you gave it.)"), default=True)
        found = replace(found, direction=YieldDirection.RECEIVED if is_received else YieldDirection.GIVEN)
    return found


@group.command("edit")
@click.argument("number", type=click.IntRange(1, 2**62))
@click.option("--text", help="The line itself.")
@_details
@shared
def edit(given: Given, number: int, text: str | None, **details: object) -> None:
    """Change something that was written down; NUMBER is as maatje yield list shows it."""
    home = given.open()
    voice = given.voice(home)
    with home.connect() as db:
        before = yields.form_of(db, number, voice)
        form = {name: said for name, said in _form(details).items() if said}
        if text:
            form["text"] = text
        found = yields.read(db, before | form, given.at(), home.settings, voice.lang)
        yields.change(db, number, found, given.at())
    words = voice.text("Number {number} was changed. (maatje undo takes it back.)", number=str(number))
    given.tell(words, **{"yield": shapes.understood(found, number, voice)})


@group.command("remove")
@click.argument("number", type=click.IntRange(1, 2**62))
@shared
def remove(given: Given, number: int) -> None:
    """Take something out of the ledger; NUMBER is as maatje yield list shows it."""
    home = given.open()
    voice = given.voice(home)
    with home.connect() as db:
        gone = yields.remove(db, number, given.at())
    words = voice.text("“{text}” was taken out. (maatje undo takes it back.)", text=gone.text)
    given.tell(words, number=number)


@group.command("list")
@shared
def list_(given: Given) -> None:
    """All that was written down, the newest first."""
    home = given.open()
    voice = given.voice(home)
    with home.connect(read_only=True) as db:
        found = yields.every(db)
    if given.as_json:
        given.print_json([shapes.made(one, names) for one, names in found])
    else:
        click.echo(show.listed(found, voice))


@group.command("report")
@shared
def report(given: Given) -> None:
    """Does it work? What came of it beside what was done for it, and what cannot be said yet."""
    home = given.open()
    voice = given.voice(home)
    with home.connect(read_only=True) as db:
        found = ledger.report(db, given.at())
        gift, names = giving.giving(db, limit=show.GIVING)
        said = experiment.read(db, given.at())
    if given.as_json:
        given.print_json(shapes.report(found, voice))
    else:
        click.echo(show.report(found, (gift, names), said, voice))


@group.command("ask")
@shared
def ask_(given: Given) -> None:
    """Did anything come of these? Those with whom something happened lately; once a month is enough."""
    home = given.open()
    voice = given.voice(home)
    with home.connect(read_only=True) as db:
        found = asked.question(db, given.at()) or asked.candidates(db, given.at())
    if given.as_json:
        given.print_json({"people": [{"id": number, "name": name} for number, name in found]})
    else:
        click.echo(show.question(found, voice))


@group.command("experiment")
@click.argument("what", type=click.Choice(["on", "off", "read"]))
@click.option(
    "--question",
    type=click.Choice([one.value for one in Outcome]),
    default=Outcome.COMES_BY.value,
    show_default=True,
    help="What decides; it cannot be changed afterwards.",
)
@click.option(
    "--months",
    type=click.IntRange(1, experiment.LONGEST_MONTHS),
    default=12,
    show_default=True,
    help="How long, of thirty days; it cannot be changed afterwards.",
)
@shared
def experiment_(given: Given, what: str, question: str, months: int) -> None:
    """Story or experiment? A tenth of those you would greet is held back by lot, and read out once it is over."""
    home = given.open()
    voice = given.voice(home)
    with home.connect(read_only=what == "read") as db:
        if what == "on":
            seed = secrets.randbits(31)
            begun = experiment.begin(db, Outcome(question), months, seed, given.at())
            given.tell(show.begun(begun, voice), question=question, **shapes.begun(begun))
            return
        if what == "off":
            experiment.stop(db, given.at())
            given.tell(voice.text("The experiment is off. Nobody is held back any longer; what it has can be read."))
            return
        found = experiment.read(db, given.at())
    if given.as_json:
        given.print_json(None if found is None else shapes.read_out(found, voice))
    else:
        click.echo(show.read_out(found, voice))


@click.command()
@click.argument("which", metavar="[YEAR]", type=click.IntRange(1, 9999), required=False)
@shared
def year(given: Given, which: int | None) -> None:
    """The year in ties, as a letter: who came back, good evenings, what was given. No grade."""
    home = given.open()
    voice = given.voice(home)
    with home.connect(read_only=True) as db:
        found = letter.letter(db, which, given.at(), home.settings)
    if given.as_json:
        given.print_json(shapes.letter(found, voice))
    else:
        click.echo(show.letter(found, voice))


@click.command()
@shared
def give(given: Given) -> None:
    """What could I give? Promises that are open, and who looks for what another offers."""
    home = given.open()
    voice = given.voice(home)
    with home.connect(read_only=True) as db:
        found, names = giving.giving(db)
    if given.as_json:
        given.print_json(shapes.giving(found, names, voice))
    else:
        click.echo(show.giving(found, names, voice))
