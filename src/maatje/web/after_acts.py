"""The morning after as one form: read from its fields, told to the app as one act."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from maatje.app import after
from maatje.app.after import AfterPage, Said, Told, Vow
from maatje.app.localtime import zone
from maatje.app.settings import Settings
from maatje.errors import N_, SettingError
from maatje.model.occasion import Evening, Whose
from maatje.model.sentence import Sentence
from maatje.model.units import ContactId, Seconds, instant
from maatje.planning.manners import fold
from maatje.store import contacts
from maatje.store.db import Db
from maatje.web.actions import noted
from maatje.web.contexts.occasion_after import NEW_LINES
from maatje.web.desk import desk, session

AFTER: Final = "/after"
"""Where the form is posted: as parts rather than as one line of text, for it has a field or five for each guest."""

MOST_FIELDS: Final = 3000
LONGEST_FIELD: Final = 4096
_KEY: Final = re.compile(r"m-([gc])([0-9]{1,15})")
_NUMBER: Final = re.compile(r"[0-9]{1,15}")

Form = Mapping[str, str]


async def tell(request: Request) -> Response:
    """Keep what is told; then the same page, with a way to each coffee that was ticked."""
    here = desk(request)
    parts = await request.form(max_files=1, max_fields=MOST_FIELDS, max_part_size=LONGEST_FIELD)
    form = {name: value for name, value in parts.multi_items() if isinstance(value, str)}
    if not _NUMBER.fullmatch(form.get("occasion", "")):
        raise HTTPException(400, "form")
    number = int(form["occasion"])
    coffees: list[ContactId] = []

    def do(db: Db) -> Sentence:
        now = here.now()
        page = after.page(db, number, now)
        told = told_of(form, page, contacts.names(db), here.home.settings)
        found = after.summary(after.tell(db, number, told, now))
        coffees.extend(_coffees(form, after.page(db, number, now)))
        return found

    session(request).said = await run_in_threadpool(noted, here, request, do)
    query = f"?coffee={'.'.join(str(one) for one in coffees)}" if coffees else ""
    return RedirectResponse(f"/occasion/{number}/after{query}", 303)


def told_of(form: Form, page: AfterPage, names: Mapping[ContactId, str], settings: Settings) -> Told:
    """
    All that a form tells.

    Somebody is spoken whose tick is on, and so is who was not spoken before but has a line, a promise or a coffee:
    nobody should have to tick as well. Raises: SettingError: an amount or date that is none.
    """
    spoke: list[Said] = []
    unspoke: list[int] = []
    vows: list[Vow] = []
    there = {f"g{one.guest.id}" if one.guest is not None else f"c{one.contact_id}" for one in page.talked}
    for field in form:
        found = _KEY.fullmatch(field)
        if found is None:
            continue
        key = field[2:]
        guest_id = int(found[2]) if found[1] == "g" else None
        contact_id = ContactId(int(found[2])) if found[1] == "c" else None
        vow = _vow(form, key, settings)
        has_words = bool(form[field].strip() or vow or form.get(f"c-{key}"))
        if form.get(f"s-{key}") or (key not in there and has_words):
            spoke.append(Said(guest_id, contact_id, memory=form[field]))
            if vow is not None:
                vows.append(Vow(vow[0], vow[1], guest_id, contact_id, vow[2]))
        elif key in there and guest_id is not None:
            unspoke.append(guest_id)
    spoke += [said for at in range(NEW_LINES) if (said := _named(form, at, page, names)) is not None]
    return Told(
        tuple(spoke), tuple(unspoke), tuple(vows), _evening(form), _amount(form, "hours"), _amount(form, "money"),
        form.get("currency", "").strip().upper()[:3] if form.get("money", "").strip() else "",
    )  # fmt: skip


def _vow(form: Form, key: str, settings: Settings) -> tuple[str, Whose, Seconds | None] | None:
    """What was promised there, by whom, and by when; None where nothing was."""
    text = form.get(f"p-{key}", "").strip()
    if not text:
        return None
    whose = Whose.THEIRS if form.get(f"w-{key}") == Whose.THEIRS.value else Whose.MINE
    given = form.get(f"d-{key}", "").strip()
    if not given:
        return text, whose, None
    try:
        # Noon, so that it is that day on every clock near.
        due = instant(datetime.combine(date.fromisoformat(given), time(12), zone(settings)))
    except (ValueError, OverflowError) as error:
        raise SettingError(N_("That is no date for a promise.")) from error
    return text, whose, due


def _named(form: Form, at: int, page: AfterPage, names: Mapping[ContactId, str]) -> Said | None:
    """Somebody by name: a guest or contact where exactly one is called so, else a new face."""
    name = " ".join(form.get(f"n{at}", "").split())
    if not name:
        return None
    memory = form.get(f"nm{at}", "")
    guests = [one.id for one in page.others if fold(one.name) == fold(name)]
    if len(guests) == 1:
        return Said(guests[0], memory=memory)
    known = [one for one, called in names.items() if fold(called) == fold(name)]
    return Said(contact_id=known[0], memory=memory) if len(known) == 1 else Said(name=name, memory=memory)


def _evening(form: Form) -> Evening | None:
    value = form.get("evening", "")
    return Evening(value) if value in set(Evening) else None


def _amount(form: Form, field: str) -> float | None:
    text = form.get(field, "").strip().replace(",", ".")
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,2})?", text):
        raise SettingError(N_("Hours and money are numbers from nought."))
    return float(text)


def _coffees(form: Form, page: AfterPage) -> list[ContactId]:
    """With whom coffee was ticked, as contacts; a guest who was new is one by now."""
    if not page.may_coffee:
        return []
    return [
        one.contact_id
        for one in page.talked
        if one.contact_id is not None
        and form.get(f"c-g{one.guest.id}" if one.guest is not None else f"c-c{one.contact_id}")
    ]
