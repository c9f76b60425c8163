"""What came of it, on pages: the report, one line understood and written down, the year's letter, the experiment."""

from __future__ import annotations

import secrets
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from maatje.app import asked, experiment, giving, ledger, yields
from maatje.app.coverage import coverage
from maatje.app.letter import letter
from maatje.errors import MaatjeError, StoreError
from maatje.model.ledger import Outcome
from maatje.model.sentence import Sentence, say
from maatje.model.units import ContactId, moment
from maatje.store import contacts
from maatje.store.db import Db
from maatje.web.actions import Fields, fields_of, noted
from maatje.web.contexts.people import Person, person
from maatje.web.contexts.yields import EntryView, entry_view, ledger_view, letter_view
from maatje.web.desk import back, desk, number_of, session
from maatje.web.sessions import Said

PAGE: Final = "/yield"
GIFTS: Final = 5
LONGEST: Final = 600
_FIELDS: Final = ("text", "kind", "direction", "people", "day", "worth", "occasion")


def see_yield(request: Request) -> Response:
    """Does it work? What one could give first, then what came, a picture a question."""
    here, voice = desk(request), desk(request).voice(request)
    with here.store(request) as db:
        view = ledger_view(
            ledger.report(db, here.now()),
            giving.giving(db, limit=GIFTS),
            yields.every(db),
            (experiment.latest(db), experiment.read(db, here.now())),
            voice,
        )
    return here.pages.page(request.scope, "yield.html", voice, current="yield", view=view)


def see_entry(request: Request) -> Response:
    """A line to write, or what a line came to, to be looked at before it is kept. Changes nothing."""
    here, voice = desk(request), desk(request).voice(request)
    line = request.query_params.get("line", "")[:LONGEST]
    with here.store(request) as db:
        if line.strip():
            try:
                found = yields.understand(db, line, here.now(), here.home.settings, voice.lang)
            except StoreError:
                raise
            except MaatjeError as error:
                return _entry(request, entry_view(voice, {"line": line}, fault=error), 400)
            return _entry(request, entry_view(voice, {"line": line}, found=found))
        return _entry(request, entry_view(voice, _begun(db, request.query_params.get("with", ""))))


def _begun(db: Db, number: str) -> Fields:
    """The form begun with somebody; with nobody where there is nobody by that number."""
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        return {}
    who = contacts.contact(db, ContactId(int(number)))
    return {"line": f"{who.name} ", "people": yields.typed(who.id, who.name)}


def _entry(request: Request, view: EntryView, status: int = 200) -> Response:
    here, voice = desk(request), desk(request).voice(request)
    return here.pages.page(request.scope, "yieldentry.html", voice, current="yield", status=status, view=view)


def see_one(request: Request) -> Response:
    """Something in the ledger, to be changed or taken out."""
    here, voice, number = desk(request), desk(request).voice(request), number_of(request, "number")
    with here.store(request) as db:
        form = yields.form_of(db, number, voice)
    return _entry(request, entry_view(voice, form, number=number))


async def add(request: Request) -> Response:
    """Write down what was understood; what cannot be kept comes back as it was typed, with the reason."""
    return await _keep(request, 0)


async def change(request: Request) -> Response:
    """Write something over; what cannot be kept comes back as it was typed, with the reason."""
    return await _keep(request, number_of(request, "number"))


async def _keep(request: Request, number: int) -> Response:
    here, form, voice = desk(request), await fields_of(request), desk(request).voice(request)
    typed = {name: form.get(name, "")[:LONGEST] for name in _FIELDS}

    def do(db: Db) -> Sentence:
        found = yields.read(db, typed, here.now(), here.home.settings, voice.lang)
        if number:
            yields.change(db, number, found, here.now())
            return say("Changed.")
        yields.add(db, found, here.now())
        asked.answer(db, here.now())
        return say("Written down.")

    try:
        session(request).said = await run_in_threadpool(noted, here, request, do)
    except StoreError:
        raise
    except MaatjeError as error:
        return _entry(request, entry_view(voice, typed, number=number, fault=error), 400)
    return back(form, PAGE)


async def remove(request: Request) -> Response:
    """Take something out of the ledger."""
    here, form, number = desk(request), await fields_of(request), number_of(request, "number")

    def do(db: Db) -> Sentence:
        return say("“{text}” was taken out of the ledger.", text=yields.remove(db, number, here.now()).text)

    session(request).said = await run_in_threadpool(noted, here, request, do)
    return back(form, PAGE)


async def nothing(request: Request) -> Response:
    """Nothing came of these; asked again in a month."""
    here, form = desk(request), await fields_of(request)

    def do() -> None:
        with here.store(request) as db:
            asked.answer(db, here.now())

    await run_in_threadpool(do)
    session(request).said = Said(say("Noted. It is asked again in a month at the soonest."))
    return back(form)


async def switch(request: Request) -> Response:
    """Switch the experiment on, its question and horizon fixed, or off."""
    here, form = desk(request), await fields_of(request)
    question, months = form.get("question", Outcome.COMES_BY.value), form.get("months", "12")
    is_known = question in set(Outcome) and months.isascii() and months.isdigit() and len(months) < 5
    if form.get("on") not in ("yes", "no") or not is_known:
        raise HTTPException(400, "form")

    def do(db: Db) -> Sentence:
        if form["on"] == "no":
            experiment.stop(db, here.now())
            return say("The experiment is off. Nobody is held back any longer.")
        experiment.begin(db, Outcome(question), int(months), secrets.randbits(31), here.now())
        return say("The experiment is on. Nothing of it is told before it is over.")

    session(request).said = await run_in_threadpool(noted, here, request, do)
    return RedirectResponse(PAGE, 303)


def see_year(request: Request) -> Response:
    """The year's letter, to be read or printed; this year's so far without a number."""
    here, voice = desk(request), desk(request).voice(request)
    asked_for = request.query_params.get("of", "")
    year = int(asked_for) if asked_for.isascii() and asked_for.isdigit() and len(asked_for) == 4 else None
    with here.store(request) as db:
        found = letter(db, year, here.now(), here.home.settings)
        firsts = [kind.first_at for kind in coverage(db) if kind.first_at is not None]
    first = moment(min(firsts)).year if firsts else found.year
    last = int(voice.iso(here.now())[:4])
    view = letter_view(found, voice, first=first, last=last)
    return here.pages.page(request.scope, "year.html", voice, current="yield", view=view)


def question_of(db: Db, request: Request, *, is_quiet: bool) -> tuple[Person, ...]:
    """Whom the week's page asks about: did anything come of these?"""
    found = asked.question(db, desk(request).now(), is_quiet=is_quiet)
    return tuple(person(number, name) for number, name in found)
