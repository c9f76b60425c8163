"""What can be done about occasions: made, changed, taken out; guests, introductions, thanks, coffee, faces."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from maatje.app import after, brushup, coffee, guests, introductions, occasions, promises
from maatje.app.kinds import kinds
from maatje.app.localtime import zone
from maatje.app.occasions import Change, Draft
from maatje.app.settings import Settings
from maatje.app.wording import Voice
from maatje.model.briefing import FreeMoment
from maatje.model.occasion import IntroductionState, Part
from maatje.model.sentence import Sentence, say
from maatje.model.units import ContactId, Seconds, instant
from maatje.store import contacts
from maatje.store.db import Db
from maatje.web.actions import Fields, fields_of, noted
from maatje.web.contexts.people import shown
from maatje.web.desk import back, desk, number_of, session

LONGEST_FIELD: Final = 300
PEOPLE: Final = (
    ("hosts", Part.HOST),
    ("organisers", Part.ORGANISER),
    ("honoured", Part.HONOURED),
    ("family", Part.FAMILY),
)
"""The fields of a form that name people, and their part."""

_NUMBER: Final = re.compile(r"[0-9]{1,15}")

Deed = Callable[[Db, int, Fields, Seconds], Sentence]
"""One act on a thing with a number: does it, and says what was done."""


def on_number(name: str, deed: Deed, otherwise: str = "/occasions") -> Callable[[Request], object]:
    """The endpoint of an act on what the address names by number."""

    async def endpoint(request: Request) -> Response:
        here, form = desk(request), await fields_of(request)
        number = number_of(request, name)
        session(request).said = await run_in_threadpool(
            noted, here, request, lambda db: deed(db, number, form, here.now())
        )
        return back(form, otherwise)

    return endpoint


def span_of(form: Fields, settings: Settings) -> tuple[Seconds, Seconds | None, bool]:
    """
    Begin, end and whether no hour is known, from a form's date and times, at the clock of its zone or the user's.

    An end at or before the begin is on the next morning. Raises: HTTPException: 400, no date or time.
    """
    try:
        day = date.fromisoformat(form.get("date", ""))
        hours = [time.fromisoformat(form[name]) if form.get(name) else None for name in ("time", "until")]
    except ValueError as error:
        raise HTTPException(400, "form") from error
    begins, ends = hours
    if begins is None:
        return instant(datetime.combine(day, time(), UTC)), None, True
    local = zone(settings)
    # A zone that is none is told of by whoever keeps it.
    with contextlib.suppress(ZoneInfoNotFoundError, ValueError, OSError):
        local = ZoneInfo(form["zone"].strip()) if form.get("zone", "").strip() else local
    begin = instant(datetime.combine(day, begins.replace(tzinfo=None), local))
    if ends is None:
        return begin, None, False
    end_day = day if ends > begins else day + timedelta(days=1)
    return begin, instant(datetime.combine(end_day, ends.replace(tzinfo=None), local)), False


def people_of(form: Fields) -> tuple[tuple[Part, str], ...]:
    """Those whom a form gives a part: names parted by commas or semicolons."""
    return tuple(
        (part, name)
        for field, part in PEOPLE
        for name in (" ".join(one.split()) for one in re.split(r"[,;]", form.get(field, "")[:2000]))
        if name
    )


async def make(request: Request) -> Response:
    """A new occasion; then to its page, which shows the kind that was taken."""
    here, form = desk(request), await fields_of(request)
    made: list[int] = []

    def do(db: Db) -> Sentence:
        begin, end, all_day = span_of(form, here.home.settings)
        draft = Draft(
            form.get("name", ""), begin, end, form.get("kind", ""), form.get("zone", "").strip(),
            shown(form.get("place", ""), LONGEST_FIELD), form.get("series", ""), all_day, people_of(form),
        )  # fmt: skip
        one = occasions.new(db, draft, here.now())
        made.append(one.id)
        return _made(db, one.name, one.kind)

    session(request).said = await run_in_threadpool(noted, here, request, do)
    return RedirectResponse(f"/occasion/{made[0]}", 303)


def _made(db: Db, name: str, kind: str) -> Sentence:
    return say("{name} is an occasion now: {kind}.", name=name, kind=kinds(db).of(kind).name)


async def take_up(request: Request) -> Response:
    """A gathering of the calendar becomes an occasion, with its list."""
    here = desk(request)
    number = number_of(request, "event_id")
    made: list[int] = []

    def do(db: Db) -> Sentence:
        one = occasions.from_event(db, number, here.now())
        made.append(one.id)
        return _made(db, one.name, one.kind)

    session(request).said = await run_in_threadpool(noted, here, request, do)
    return RedirectResponse(f"/occasion/{made[0]}", 303)


async def change(request: Request) -> Response:
    """An occasion as it was said better."""
    here, form = desk(request), await fields_of(request)
    number = number_of(request, "occasion_id")

    def do(db: Db) -> Sentence:
        begin, end, all_day = span_of(form, here.home.settings)
        told = Change(
            form.get("name"), begin, end if end is not None else Seconds(0), form.get("kind") or None,
            form.get("zone", "").strip(), shown(form.get("place", ""), LONGEST_FIELD), form.get("series"), all_day,
            _people(db, number, form),
        )  # fmt: skip
        return say("{name} is as you said.", name=occasions.edit(db, number, told, here.now()).name)

    session(request).said = await run_in_threadpool(noted, here, request, do)
    return back(form, f"/occasion/{number}")


def _people(db: Db, number: int, form: Fields) -> tuple[tuple[Part, str], ...] | None:
    """Those with a part as the form says; None where nothing of them was changed, for a name alone tells less."""
    were = occasions.get(db, number).figures
    told = people_of(form)
    mine = {part for _, part in PEOPLE}
    if [(part, name) for part, name in told] == [
        (part, one.name) for _, part in PEOPLE for one in were if one.part is part
    ]:
        return None
    rest = tuple((one.part, f"#{one.contact_id}" if one.contact_id else one.name) for one in were)
    known = {(one.part, one.name): f"#{one.contact_id}" for one in were if one.contact_id is not None}
    kept = tuple(one for one, figure in zip(rest, were, strict=True) if figure.part not in mine)
    return (*((part, known.get((part, name), name)) for part, name in told), *kept)


async def remove(request: Request) -> Response:
    """An occasion is taken out, with its list."""
    here = desk(request)
    number = number_of(request, "occasion_id")
    session(request).said = await run_in_threadpool(
        noted,
        here,
        request,
        lambda db: say("{name} was taken out of the occasions.", name=occasions.remove(db, number, here.now())),
    )
    return RedirectResponse("/occasions", 303)


def who_is(db: Db, number: int, form: Fields, now: Seconds) -> Sentence:
    """Who a guest is: a contact, or nobody one knows."""
    given = form.get("contact", "")
    if given == "nobody":
        return say("{name} is nobody you know.", name=guests.is_nobody(db, number, now).name)
    if not _NUMBER.fullmatch(given):
        raise HTTPException(400, "form")
    return say("Noted who {name} is.", name=guests.is_contact(db, number, ContactId(int(given)), now).name)


def want(db: Db, number: int, form: Fields, now: Seconds) -> Sentence:
    """One would like to meet a guest, or no longer."""
    on = form.get("on") != "no"
    name = guests.want(db, number, on, now).name
    return say("You would like to meet {name}.", name=name) if on else say("You need not meet {name}.", name=name)


def drop(db: Db, number: int, form: Fields, now: Seconds) -> Sentence:
    """A guest will not come, or will after all."""
    on = form.get("on") != "no"
    name = guests.drop(db, number, on, now).name
    return say("{name} will not come.", name=name) if on else say("{name} is on the list again.", name=name)


def introduce(db: Db, number: int, form: Fields, now: Seconds) -> Sentence:
    """Somebody was asked to introduce the user to a guest, did, or would rather not."""
    via, state = form.get("via", ""), form.get("state", "")
    occasion = form.get("occasion", "")
    if not (_NUMBER.fullmatch(via) and _NUMBER.fullmatch(occasion)) or state not in set(IntroductionState):
        raise HTTPException(400, "form")
    guest = next((one for one in guests.every(db, int(occasion)) if one.id == number), None)
    if guest is None:
        raise HTTPException(404)
    introductions.record(
        db, IntroductionState(state), ContactId(int(via)), guest.contact_id, now, to_name=guest.name,
        occasion_id=guest.occasion_id,
    )  # fmt: skip
    return say("The introduction to {name} is noted.", name=guest.name)


def thanked(db: Db, number: int, form: Fields, now: Seconds) -> Sentence:
    """Host and organisers were thanked; nothing is sent by this."""
    return say("You thanked for {name}.", name=after.thanked(db, number, now))


def kept_promise(db: Db, number: int, form: Fields, now: Seconds) -> Sentence:
    """A promise was kept, or let go."""
    promises.done(db, number, now)
    return say("That promise is settled.")


async def invite(request: Request) -> Response:
    """An invitation as a file to be attached; the next page says that it was proposed, and how to take that back."""
    here, form = desk(request), await fields_of(request)
    contact_id = ContactId(number_of(request, "contact_id"))
    voice = here.voice(request)
    made: list[coffee.Invited] = []

    def do(db: Db) -> Sentence:
        made.append(_invited(db, contact_id, form, (voice, here.now(), here.home.settings)))
        return say("The coffee is noted as proposed; the file is yours to send.")

    session(request).said = await run_in_threadpool(noted, here, request, do)
    return Response(
        made[0].text.encode("utf-8"),
        headers={
            "Content-Type": made[0].media_type,
            "Content-Disposition": f'attachment; filename="{made[0].file_name}"',
        },
    )


def _invited(db: Db, contact_id: ContactId, form: Fields, at: tuple[Voice, Seconds, Settings]) -> coffee.Invited:
    voice, now, settings = at
    minutes = form.get("minutes", "60")
    if not re.fullmatch(r"[0-9]{1,3}", minutes):
        raise HTTPException(400, "form")
    given = form.get("begin", "")
    if _NUMBER.fullmatch(given):
        moment = FreeMoment(Seconds(int(given)), Seconds(int(given) + 60 * int(minutes)))
    else:
        begin, _, all_day = span_of(form, settings)
        if all_day:
            raise HTTPException(400, "form")
        moment = coffee.moment_at(datetime.fromtimestamp(begin, UTC), int(minutes))
    name = contacts.contact(db, contact_id).name
    return coffee.invite(
        db, contact_id, moment, now, summary=voice.say(coffee.title(db, name)),
        place=shown(form.get("place", ""), LONGEST_FIELD),
    )  # fmt: skip


async def faced(request: Request) -> Response:
    """Whether a name came to mind; only when they are shown again is kept."""
    here, form = desk(request), await fields_of(request)
    contact_id = ContactId(number_of(request, "contact_id"))
    if form.get("knew") not in ("yes", "no"):
        raise HTTPException(400, "form")

    def do() -> None:
        with here.store(request) as db:
            brushup.answer(db, contact_id, form["knew"] == "yes", here.now())

    await run_in_threadpool(do)
    session(request).brushed[contact_id] = here.now()
    return back(form, "/occasions")
