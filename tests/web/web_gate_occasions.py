"""The cases of the gate's tests for occasions: a form for every act, and what has to be there before it."""

from __future__ import annotations

from tests.web import web_diary

from maatje.model.units import DAY

PARTY = "/occasions/calendar/{event_id:int}"
"""Taken from the diary's calendar: a party to come, with six guests."""

MADE = "/occasions"
"""Typed: a party of a week ago, without a list."""

_SOON = str(web_diary.NOW + 7 * DAY)

CASES: dict[str, tuple[str, dict[str, str]]] = {
    MADE: ("/occasions", {"name": "Herring party", "date": "2026-06-01", "time": "17:00"}),
    PARTY: ("/occasions/calendar/11", {}),
    "/occasion/{occasion_id:int}/edit": ("/occasion/1/edit", {"name": "Party", "date": "2026-06-02", "hosts": "#2"}),
    "/occasion/{occasion_id:int}/remove": ("/occasion/1/remove", {}),
    "/occasion/{occasion_id:int}/thanked": ("/occasion/1/thanked", {}),
    "/occasion/{occasion_id:int}/guests/former": ("/occasion/1/guests/former", {"of": "calendar"}),
    "/occasion/{occasion_id:int}/guests/keep": ("/occasion/1/guests/keep", {}),
    "/occasion/{occasion_id:int}/guests/away": ("/occasion/1/guests/away", {}),
    "/guest/{guest_id:int}/who": ("/guest/1/who", {"contact": "nobody"}),
    "/guest/{guest_id:int}/want": ("/guest/1/want", {"on": "yes"}),
    "/guest/{guest_id:int}/drop": ("/guest/1/drop", {"on": "yes"}),
    "/guest/{guest_id:int}/introduce": ("/guest/1/introduce", {"via": "9", "state": "made", "occasion": "1"}),
    "/promise/{promise_id:int}/done": ("/promise/1/done", {}),
    "/coffee/{contact_id:int}": ("/coffee/2", {"begin": _SOON, "minutes": "60"}),
    "/face/{contact_id:int}": ("/face/2", {"knew": "yes"}),
    "/guests": ("/guests", {"occasion": "1", "text": "Sander Blom\nYara Coenen, Zorgbestuur\n"}),
    "/after": ("/after", {"occasion": "1", "s-c2": "yes", "m-c2": "The boat", "p-c2": "The report", "evening": "yes"}),
}
"""Every route of occasions that changes something, with an address and a form that it would take."""

BEFORE: dict[str, tuple[str, ...]] = {
    **{f"/occasion/{{occasion_id:int}}/{act}": (MADE,) for act in ("edit", "remove", "thanked", "guests/away")},
    "/occasion/{occasion_id:int}/guests/former": (PARTY,),
    "/occasion/{occasion_id:int}/guests/keep": (MADE, "/guests"),
    **{f"/guest/{{guest_id:int}}/{act}": (PARTY,) for act in ("who", "want", "drop", "introduce")},
    "/promise/{promise_id:int}/done": (MADE, "/after"),
    "/guests": (MADE,),
    "/after": (MADE,),
}
"""What has to be done first, in order."""

DOWNLOADS = frozenset({"/coffee/{contact_id:int}"})
"""Acts that answer with a file."""

LOOKS = ("/occasions", "/occasions?name=Uitvaart", "/coffee/2", "/coffee/2?minutes=90&travel=15")
