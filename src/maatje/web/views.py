"""What can be looked at: each view reads one thing from the app, makes its context, and draws it. Changes nothing."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from maatje.app import same
from maatje.app.aside import set_aside
from maatje.app.coverage import coverage
from maatje.app.evaluate import kept
from maatje.app.find import find
from maatje.app.mending import undo_list
from maatje.app.pile import pile
from maatje.app.recall import contact_page, moments, why
from maatje.app.week import this_week
from maatje.app.yields import of_contact
from maatje.model.units import ContactId
from maatje.web.contexts import duplicates
from maatje.web.contexts.adding import add_view, undo_lines
from maatje.web.contexts.aside import aside_view
from maatje.web.contexts.contact import MOMENTS, contact_view, moments_view
from maatje.web.contexts.evaluate import evaluate_view
from maatje.web.contexts.find import find_view
from maatje.web.contexts.known import known_view
from maatje.web.contexts.people import shown
from maatje.web.contexts.pile import PAGE, asked, pile_view
from maatje.web.contexts.week import week_view
from maatje.web.contexts.why import why_view
from maatje.web.contexts.yields import came
from maatje.web.desk import desk, number_of, session
from maatje.web.yields import question_of

LONGEST_SEARCH = 200
FIRST_SENDERS = 500
ALL_SENDERS = 100_000


def root(request: Request) -> Response:
    """The week is the first page."""
    return RedirectResponse("/week", 303)


def see_week(request: Request) -> Response:
    """The week, or the empty diary where nothing was added yet."""
    here, voice = desk(request), desk(request).voice(request)
    with here.store(request) as db:
        if not any(kind.records for kind in coverage(db)):
            return here.pages.page(request.scope, "empty.html", voice, current="week")
        page = this_week(db, here.now(), here.home.settings)
        view = week_view(page, pile(db, here.now(), limit=0), voice)
        people = question_of(db, request, is_quiet=page.is_quiet)
    return here.pages.page(request.scope, "week.html", voice, current="week", view=view, asked=people)


def see_pile(request: Request) -> Response:
    """The pile, filtered and paged."""
    here, voice = desk(request), desk(request).voice(request)
    what = asked(dict(request.query_params))
    with here.store(request) as db:
        found = pile(
            db, here.now(), words=what.words, circle=what.circle, season=what.season, offset=what.offset, limit=PAGE
        )
    return here.pages.page(request.scope, "pile.html", voice, current="pile", view=pile_view(found, what, voice))


def see_contact(request: Request) -> Response:
    """One contact; who was made one with another is found there."""
    here, voice = desk(request), desk(request).voice(request)
    with here.store(request) as db:
        page = contact_page(db, _contact_id(request), here.now())
        if elsewhere := _elsewhere(request, page.contact.id):
            return elsewhere
        known = known_view(page.contact, same.told(db, page.contact.id), same.alike(db, page.contact.id), voice)
        brought = tuple(came(made, (), voice) for made in of_contact(db, page.contact.id))
    view = contact_view(page, voice, here.now())
    return here.pages.page(
        request.scope, "contact.html", voice, current="pile", view=view, known=known, brought=brought
    )


def see_moments(request: Request) -> Response:
    """All moments of one contact, a hundred at a time."""
    here, voice = desk(request), desk(request).voice(request)
    offset = asked(dict(request.query_params)).offset
    with here.store(request) as db:
        contact = contact_page(db, _contact_id(request), here.now()).contact
        if elsewhere := _elsewhere(request, contact.id):
            return elsewhere
        found = moments(db, contact.id, here.now(), offset, MOMENTS)
    view = moments_view(contact, found, offset, voice)
    return here.pages.page(request.scope, "moments.html", voice, current="pile", view=view)


def see_why(request: Request) -> Response:
    """Why somebody is, or is not, on the week's page."""
    here, voice = desk(request), desk(request).voice(request)
    with here.store(request) as db:
        found = why(db, _contact_id(request), here.now(), here.home.settings)
    if elsewhere := _elsewhere(request, found.contact.id):
        return elsewhere
    return here.pages.page(request.scope, "why.html", voice, current="week", view=why_view(found, voice))


def _elsewhere(request: Request, contact_id: ContactId) -> Response | None:
    """The way to the page of whom somebody is part of now; not for good, they may be taken apart again."""
    if contact_id == request.path_params["contact_id"]:
        return None
    # The path is /contact/NUMBER, /contact/NUMBER/moments or /why/NUMBER.
    path = [str(contact_id) if part.isdecimal() else part for part in request.url.path.split("/")]
    return RedirectResponse("/".join(path), 303)


def see_duplicates(request: Request) -> Response:
    """Contacts that look alike, ten pairs at a time; those put off in this session are not among them."""
    here, voice, mine = desk(request), desk(request).voice(request), session(request)
    what = duplicates.asked(dict(request.query_params))
    with here.store(request) as db:
        found = same.duplicates(
            db, here.now(), offset=what.offset, limit=duplicates.PAGE, skipped=mine.skipped, of=what.contact_id
        )
    view = duplicates.duplicates_view(found, what, len(mine.skipped), voice)
    return here.pages.page(request.scope, "duplicates.html", voice, current="pile", view=view)


def see_find(request: Request) -> Response:
    """What a search brings up."""
    here, voice = desk(request), desk(request).voice(request)
    words = " ".join(request.query_params.get("q", "")[:LONGEST_SEARCH].split())
    found = None
    if words:
        with here.store(request) as db:
            found = find(db, words)
    return here.pages.page(request.scope, "find.html", voice, current="find", view=find_view(found, voice))


def see_aside(request: Request) -> Response:
    """What was set aside, by rule and sender."""
    here, voice = desk(request), desk(request).voice(request)
    words = shown(request.query_params.get("q", ""), 100)
    with here.store(request) as db:
        view = aside_view(set_aside(db, limit=ALL_SENDERS if words else FIRST_SENDERS), words, voice)
    return here.pages.page(request.scope, "aside.html", voice, view=view)


def see_add(request: Request) -> Response:
    """What there is, what the last import did, and how to add more."""
    here, voice = desk(request), desk(request).voice(request)
    with here.store(request) as db:
        view = add_view(coverage(db), session(request).added, voice)
    return here.pages.page(request.scope, "add.html", voice, current="add", view=view)


def see_undo(request: Request) -> Response:
    """What can be taken back."""
    here, voice = desk(request), desk(request).voice(request)
    with here.store(request) as db:
        lines = undo_lines(undo_list(db, here.now()), voice)
    return here.pages.page(request.scope, "undo.html", voice, lines=lines)


def see_evaluate(request: Request) -> Response:
    """How well it would have guessed the user's own past, by the last test."""
    here, voice = desk(request), desk(request).voice(request)
    with here.store(request) as db:
        view = evaluate_view(kept(db), voice)
    return here.pages.page(request.scope, "evaluate.html", voice, view=view)


def _contact_id(request: Request) -> ContactId:
    return ContactId(number_of(request, "contact_id"))
