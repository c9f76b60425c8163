"""What can be done about who is who: one person or two, better words for somebody, taken apart, counted in."""

from __future__ import annotations

import re
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from maatje.app import edit as words
from maatje.app import same
from maatje.model.contact import FIELDS
from maatje.model.sentence import Sentence, say
from maatje.model.units import ContactId, HandleId, Seconds
from maatje.store.db import Db
from maatje.web.actions import Fields, fields_of, noted
from maatje.web.desk import back, desk, number_of, session
from maatje.web.sessions import Said

PAGE: Final = "/duplicates"
_HANDLE: Final = re.compile(r"h([0-9]{1,15})")
_PAIR: Final = re.compile(r"([0-9]{1,15})-([0-9]{1,15})")
_NUMBER: Final = re.compile(r"[0-9]{1,15}")


async def compare(request: Request) -> Response:
    """Compare all contacts, also where nothing was read since."""
    here, form = desk(request), await fields_of(request)

    def do() -> None:
        with here.store(request) as db:
            same.look(db)

    await run_in_threadpool(do)
    session(request).said = Said(say("All contacts were compared."))
    return back(form, PAGE)


async def answer(request: Request) -> Response:
    """One person, two people, or not known: that is asked again in another session."""
    here, form = desk(request), await fields_of(request)
    one, other = (ContactId(number_of(request, name)) for name in ("one", "other"))
    mine = session(request)
    if form.get("say") == "later":
        pair = frozenset((one, other))
        mine.skipped |= {pair}
        mine.said = Said(say("Put off for as long as this diary is open."), skipped=pair)
        return back(form, PAGE)
    if form.get("say") not in ("same", "different"):
        raise HTTPException(400, "form")

    def do(db: Db) -> Sentence:
        if form["say"] == "same":
            name, gone = same.merge(db, one, other, here.now())
            return say("{name} and {other} are one from now on.", name=name, other=gone)
        name, gone = same.not_same(db, one, other, here.now())
        return say("{name} and {other} are two people; this is not asked again.", name=name, other=gone)

    mine.said = await run_in_threadpool(noted, here, request, do)
    return back(form, PAGE)


async def ask_again(request: Request) -> Response:
    """A pair that was put off is asked again; all of them, where none is named."""
    form, mine = await fields_of(request), session(request)
    found = _PAIR.fullmatch(form.get("pair", ""))
    pairs = {frozenset((ContactId(int(found[1])), ContactId(int(found[2]))))} if found else mine.skipped
    mine.skipped -= pairs
    mine.said = Said(say("Asked again."))
    return back(form, PAGE)


async def know(request: Request) -> Response:
    """Somebody met once, in passing, counts like the others."""
    here, form = desk(request), await fields_of(request)
    handle_id = HandleId(number_of(request, "handle_id"))

    def do(db: Db) -> Sentence:
        return say("{name} counts like the others from now on.", name=words.know(db, handle_id, here.now()))

    session(request).said = await run_in_threadpool(noted, here, request, do)
    return back(form)


def edit(db: Db, contact_id: ContactId, form: Fields, now: Seconds) -> Sentence:
    """The user says better who somebody is; only what was changed in the form counts as their own word."""
    told = {one.name: " ".join(one.value.split()) for one in same.told(db, contact_id).fields}
    changed = {
        name: form[name] for name in FIELDS if name in form and " ".join(form[name].split()) != told.get(name, "")
    }
    if not changed:
        return say("Nothing was changed.")
    return say("Noted for {name}.", name=words.edit_all(db, contact_id, changed, now))


def clear(db: Db, contact_id: ContactId, form: Fields, now: Seconds) -> Sentence:
    """What the address books tell of one field counts again."""
    if form.get("field") not in FIELDS:
        raise HTTPException(400, "form")
    name = words.clear(db, contact_id, form["field"], now)
    return say("For {name} the address book counts again.", name=name)


def split(db: Db, contact_id: ContactId, form: Fields, now: Seconds) -> Sentence:
    """Take one part out of a contact, or the addresses that were ticked."""
    part = form.get("part", "")
    chosen = [HandleId(int(found[1])) for name in form if (found := _HANDLE.fullmatch(name))]
    if _NUMBER.fullmatch(part):
        kept, gone = same.split(db, contact_id, [f"#{part}"], now)
    elif chosen:
        kept, gone = same.take_out(db, contact_id, chosen, now)
    else:
        raise HTTPException(400, "form")
    return say("{name} and {other} are two from now on.", name=kept, other=gone)
