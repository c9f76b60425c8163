"""Every address there is, in one table: the gate's tests read it, so that a new route without a case fails."""

from __future__ import annotations

from typing import Final

from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from maatje.web import actions, gathering_routes, telephone, views, who, yields
from maatje.web.actions import on_contact, on_sender
from maatje.web.pages import STATIC

ENTRY: Final = "/enter"
UPLOADS: Final = frozenset({"/add"}) | gathering_routes.UPLOADS
OPEN_PATHS: Final = frozenset({ENTRY})
OPEN_FOLDER: Final = "/static/"

_POST: Final = ["POST"]

VIEWS: Final = (
    Route("/", views.root),
    Route("/week", views.see_week),
    Route("/pile", views.see_pile),
    Route("/contact/{contact_id:int}", views.see_contact),
    Route("/contact/{contact_id:int}/moments", views.see_moments),
    Route("/why/{contact_id:int}", views.see_why),
    Route("/find", views.see_find),
    Route("/aside", views.see_aside),
    Route("/add", views.see_add),
    Route("/undo", views.see_undo),
    Route("/evaluate", views.see_evaluate),
    Route("/duplicates", views.see_duplicates),
    Route("/yield", yields.see_yield),
    Route("/yield/add", yields.see_entry),
    Route("/yield/{number:int}", yields.see_one),
    Route("/year", yields.see_year),
    Route(telephone.ADDRESS, telephone.see_telephone),
    *gathering_routes.VIEWS,
)
"""What can be looked at; changes nothing."""

ACTIONS: Final = (
    Route("/contact/{contact_id:int}/no-answer-needed", on_contact(actions.no_answer_needed), methods=_POST),
    Route("/contact/{contact_id:int}/not-now", on_contact(actions.not_now), methods=_POST),
    Route("/contact/{contact_id:int}/we-spoke", on_contact(actions.we_spoke), methods=_POST),
    Route("/contact/{contact_id:int}/leave-alone", on_contact(actions.leave_alone), methods=_POST),
    Route("/contact/{contact_id:int}/circle", on_contact(actions.set_circle), methods=_POST),
    Route("/contact/{contact_id:int}/remember", on_contact(actions.remember), methods=_POST),
    Route("/contact/{contact_id:int}/edit", on_contact(who.edit), methods=_POST),
    Route("/contact/{contact_id:int}/clear", on_contact(who.clear), methods=_POST),
    Route("/contact/{contact_id:int}/split", on_contact(who.split), methods=_POST),
    Route("/handle/{handle_id:int}/know", who.know, methods=_POST),
    Route("/duplicates", who.compare, methods=_POST),
    Route("/duplicates/again", who.ask_again, methods=_POST),
    Route("/duplicates/{one:int}/{other:int}", who.answer, methods=_POST),
    Route("/yield", yields.add, methods=_POST),
    Route("/yield/experiment", yields.switch, methods=_POST),
    Route("/yield/nothing", yields.nothing, methods=_POST),
    Route("/yield/{number:int}", yields.change, methods=_POST),
    Route("/yield/{number:int}/remove", yields.remove, methods=_POST),
    *gathering_routes.ACTIONS,
    Route("/week/quiet", actions.quiet_week, methods=_POST),
    Route("/aside/{handle_id:int}/keep", on_sender(keep=True), methods=_POST),
    Route("/aside/{handle_id:int}/unkeep", on_sender(keep=False), methods=_POST),
    Route("/undo", actions.undo, methods=_POST),
    Route(telephone.ADDRESS, telephone.answer, methods=_POST),
    Route("/evaluate", actions.look_again, methods=_POST),
    Route("/add", actions.take_files, methods=_POST),
    Route("/language", actions.choose_language, methods=_POST),
    Route("/leave", actions.leave, methods=_POST),
    Route(ENTRY, actions.enter, methods=_POST),
)
"""What can be done; each behind Origin, content type and form token, but for the entry and its one-time code."""


def routes() -> list[Route | Mount]:
    """All of it, with the files that pages link to."""
    return [*VIEWS, *ACTIONS, Mount("/static", StaticFiles(directory=STATIC), name="static")]
