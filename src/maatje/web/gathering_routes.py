"""The addresses of occasions, coffee and faces; a part of the one table in ``routes``."""

from __future__ import annotations

from typing import Final

from starlette.routing import Route

from maatje.web import after_acts, gatherings, guest_acts
from maatje.web import gathering_acts as acts
from maatje.web.gathering_acts import on_number

UPLOADS: Final = frozenset({guest_acts.LISTS, after_acts.AFTER})

_POST: Final = ["POST"]

VIEWS: Final = (
    Route("/occasions", gatherings.see_occasions),
    Route("/occasion/{occasion_id:int}", gatherings.see_before),
    Route("/occasion/{occasion_id:int}/guests", gatherings.see_guests),
    Route("/occasion/{occasion_id:int}/sheet", gatherings.see_sheet),
    Route("/occasion/{occasion_id:int}/after", gatherings.see_after),
    Route("/coffee/{contact_id:int}", gatherings.see_coffee),
    Route("/brush-up/{occasion_id:int}", gatherings.see_brush_up),
    Route("/face/{contact_id:int}", gatherings.see_face),
)
"""What can be looked at; changes nothing."""

ACTIONS: Final = (
    Route("/occasions", acts.make, methods=_POST),
    Route("/occasions/calendar/{event_id:int}", acts.take_up, methods=_POST),
    Route("/occasion/{occasion_id:int}/edit", acts.change, methods=_POST),
    Route("/occasion/{occasion_id:int}/remove", acts.remove, methods=_POST),
    Route("/occasion/{occasion_id:int}/thanked", on_number("occasion_id", acts.thanked), methods=_POST),
    Route("/occasion/{occasion_id:int}/guests/former", guest_acts.from_former, methods=_POST),
    Route("/occasion/{occasion_id:int}/guests/keep", guest_acts.keep, methods=_POST),
    Route("/occasion/{occasion_id:int}/guests/away", guest_acts.throw_away, methods=_POST),
    Route("/guest/{guest_id:int}/who", on_number("guest_id", acts.who_is), methods=_POST),
    Route("/guest/{guest_id:int}/want", on_number("guest_id", acts.want), methods=_POST),
    Route("/guest/{guest_id:int}/drop", on_number("guest_id", acts.drop), methods=_POST),
    Route("/guest/{guest_id:int}/introduce", on_number("guest_id", acts.introduce), methods=_POST),
    Route("/promise/{promise_id:int}/done", on_number("promise_id", acts.kept_promise, "/week"), methods=_POST),
    Route("/coffee/{contact_id:int}", acts.invite, methods=_POST),
    Route("/face/{contact_id:int}", acts.faced, methods=_POST),
    Route(guest_acts.LISTS, guest_acts.look, methods=_POST),
    Route(after_acts.AFTER, after_acts.tell, methods=_POST),
)
"""What can be done; a form that is longer than the gate takes as one line comes as an upload does."""
