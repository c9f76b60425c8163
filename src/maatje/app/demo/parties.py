"""The herring party of the demo's week kept as an occasion, with its list, and last year's beside it."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from maatje.app import guests, occasions, promises, recall
from maatje.app.demo.people import cast_file
from maatje.errors import UserError
from maatje.model.occasion import Evening, Whose
from maatje.model.units import Seconds
from maatje.store.db import Db

LOOK_DAYS: Final = 380
"""Far enough back for last year's."""

WANTED: Final = "Yara Coenen"
"""Somebody on the list whom Hanneke would like to meet."""

PROMISED: Final = {"en": "the photographs of the old quay", "nl": "de foto's van de oude kade"}


def keep_parties(db: Db, now: Seconds, lang: str) -> None:
    """
    Keep this year's and last year's party, as the calendar has them. Writes; adds no talk, so that no tie moves.

    Another seed or instant may leave the party, or somebody of the cast, out of the archives; then it is left out here.
    """
    party = cast_file()["party"]
    for offer in occasions.offers(db, now, LOOK_DAYS):
        if offer.name != party["title"]:
            continue
        made = occasions.from_event(db, offer.event_id, now)
        if occasions.is_past(made, now):
            occasions.edit(db, made.id, occasions.Change(evening=Evening.YES, hours=4.0), now)
            with suppress(UserError):
                host = recall.resolve_name(db, party["host"])
                promises.promise(db, host, Whose.MINE, PROMISED[lang], now, occasion_id=made.id)
        else:
            wanted = guests.find(guests.every(db, made.id), WANTED)
            if wanted is not None:
                guests.want(db, wanted.id, True, now)
