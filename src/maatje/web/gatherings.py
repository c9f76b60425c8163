"""The pages of occasions: which there are, one beforehand, its list, its sheet, the morning after, coffee, faces."""

from __future__ import annotations

import re
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from maatje.app import after, briefing, brushup, coffee, guests, introductions, matching, occasions
from maatje.app.kinds import kinds
from maatje.app.wording import Voice
from maatje.model.briefing import Briefing
from maatje.model.units import DAY, ContactId, Seconds
from maatje.planning.manners import recognise
from maatje.store import contacts
from maatje.store.db import Db, snapshot
from maatje.web.contexts.brushup import brush_up_view
from maatje.web.contexts.coffee import coffee_view
from maatje.web.contexts.occasion import ASKED_MOST, Known, before_view, sheet_view
from maatje.web.contexts.occasion_after import after_view
from maatje.web.contexts.occasion_guests import list_view
from maatje.web.contexts.occasions import edit_form, new_form, occasions_view
from maatje.web.contexts.people import shown
from maatje.web.desk import desk, number_of, session
from maatje.web.links import mailto

MOST_COFFEES: Final = 20
LONGEST_PHOTO: Final = 4 * 1024 * 1024
_PHOTOS: Final = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))
_SMALL: Final = re.compile(r"[0-9]{1,15}")


def see_occasions(request: Request) -> Response:
    """All occasions, what the calendar offers, and the form of a new one with the kind that its name tells."""
    here, voice, now = desk(request), desk(request).voice(request), desk(request).now()
    fields = dict(request.query_params)
    with here.store(request) as db, snapshot(db):
        known = kinds(db)
        form = new_form(fields, known, recognise(shown(fields.get("name", ""), 200), known), voice)
        view = occasions_view(occasions.every(db, now), occasions.offers(db, now), known, form, (voice, now))
    return here.pages.page(request.scope, "occasions.html", voice, current="occasions", view=view)


def see_before(request: Request) -> Response:
    """One occasion beforehand."""
    here, voice, now = desk(request), desk(request).voice(request), desk(request).now()
    with here.store(request) as db:
        found = briefing.brief(db, number_of(request, "occasion_id"), now, here.home.settings)
        known = _known(db, found, now, voice)
        form = edit_form(found.occasion, kinds(db), voice, now)
    view = before_view(found, known, voice, now)
    return here.pages.page(request.scope, "occasion.html", voice, current="occasions", view=view, form=form)


def see_sheet(request: Request) -> Response:
    """The same on one A4."""
    here, voice, now = desk(request), desk(request).voice(request), desk(request).now()
    with here.store(request) as db:
        found = briefing.brief(db, number_of(request, "occasion_id"), now, here.home.settings)
        known = _known(db, found, now, voice)
    view = sheet_view(found, known, voice, now)
    return here.pages.page(request.scope, "occasionsheet.html", voice, current="occasions", view=view)


def _known(db: Db, found: Briefing, now: Seconds, voice: Voice) -> Known:
    """What a briefing's page needs beside it: a fixed number of questions, and one or two for each that is asked."""
    with snapshot(db):
        last = occasions.last_edition(db, found.occasion)
        told = introductions.every(db)
        on_paths = {step.other for one in found.unmet for path in one.paths for step in path.steps}
        on_paths |= {one.via for one, _ in told if one.via is not None}
        names = contacts.names(db, on_paths)
        sides = {one.id: matching.sides(db, one, now) for one in found.ask[:ASKED_MOST]}
    when = None if last is None else (last.id, voice.date(last.begin))
    return Known(names, sides, told, when, occasions.is_past(found.occasion, now))


def see_guests(request: Request) -> Response:
    """The list of guests, searched by two letters; with a newer one where that waits to be kept."""
    here, voice, now = desk(request), desk(request).voice(request), desk(request).now()
    number = number_of(request, "occasion_id")
    held = session(request).held
    with here.store(request) as db, snapshot(db):
        one = occasions.get(db, number)
        listed = guests.every(db, number)
        last = occasions.last_edition(db, one)
        manners = occasions.manners(db, one)
    words = shown(request.query_params.get("q", ""), 100)
    mine = held if held is not None and held.occasion_id == number else None
    view = list_view((one, manners), listed, words, mine, (voice, now))
    last_time = "" if last is None else voice.date(last.begin)
    return here.pages.page(
        request.scope, "occasionguests.html", voice, current="occasions", view=view, last_time=last_time
    )


def see_after(request: Request) -> Response:
    """The morning after; with links to the coffees that were ticked just now."""
    here, voice, now = desk(request), desk(request).voice(request), desk(request).now()
    wanted = [
        ContactId(int(one))
        for one in request.query_params.get("coffee", "").split(".")[:MOST_COFFEES]
        if _SMALL.fullmatch(one)
    ]  # fmt: skip
    with here.store(request) as db, snapshot(db):
        page = after.page(db, number_of(request, "occasion_id"), now)
        mails = contacts.mails(db, [who for who, _ in page.thanks.whom if who is not None])
        names = contacts.names(db, wanted)
    coffees = [(one, names[one]) for one in wanted if one in names] if page.may_coffee else []
    view = after_view(page, mails, coffees, (voice, now))
    return here.pages.page(request.scope, "occasionafter.html", voice, current="occasions", view=view)


def see_coffee(request: Request) -> Response:
    """Three free moments for a coffee with somebody, and words to copy."""
    here, voice, now = desk(request), desk(request).voice(request), desk(request).now()
    contact_id = ContactId(number_of(request, "contact_id"))
    minutes = _amount(request.query_params.get("minutes", ""), 60)
    travel = _amount(request.query_params.get("travel", ""), 30)
    with here.store(request) as db:
        one = contacts.contact(db, contact_id)
        plan = coffee.plan(db, one.id, now, here.home.settings, minutes=minutes, travel=travel)
        proposed = coffee.proposed(db, now)
        mail = contacts.mails(db, [one.id]).get(one.id, "")
        subject = voice.say(coffee.title(db, one.name))
    link = mailto(mail, shown(subject)) or ""
    view = coffee_view((one.id, one.name), plan, (minutes, travel), (proposed, link), voice)
    return here.pages.page(request.scope, "coffee.html", voice, current="pile", view=view)


def _amount(text: str, usual: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else usual


def see_brush_up(request: Request) -> Response:
    """Names and faces, one at a time; who was looked at today is not shown again today."""
    here, voice, now = desk(request), desk(request).voice(request), desk(request).now()
    number = number_of(request, "occasion_id")
    with here.store(request) as db:
        one = occasions.get(db, number)
        manners = occasions.manners(db, one)
        found = brushup.pick(db, number, now)
    done = frozenset(int(who) for who, at in session(request).brushed.items() if abs(now - at) < DAY // 2)
    view = brush_up_view((one, manners), found, done, (voice, now))
    return here.pages.page(request.scope, "brushup.html", voice, current="occasions", view=view)


def see_face(request: Request) -> Response:
    """
    Somebody's picture as their card has it, where its first bytes say that it is a JPEG or PNG; nothing else.

    An SVG could hold script, and other formats reach decoders that few look after.
    """
    here = desk(request)
    with here.store(request) as db:
        found = brushup.photo(db, ContactId(number_of(request, "contact_id"))) or b""
    kind = next((kind for magic, kind in _PHOTOS if found.startswith(magic)), "")
    if not kind or len(found) > LONGEST_PHOTO:
        raise HTTPException(404)
    return Response(found, media_type=kind, headers={"Content-Disposition": "inline"})
