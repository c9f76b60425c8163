"""
The briefing before an occasion: its list against all that is known of those on it. Reads only.

A fixed number of questions to the store, however long the list; who knows whom is looked for only where
somebody is to be met, or at a funeral.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from maatje.app import acquaintance, evaluate, guests, introductions, ties
from maatje.app.kinds import kinds
from maatje.app.localtime import utc_offset
from maatje.app.settings import Settings
from maatje.model.briefing import Briefing, Path, Unmet
from maatje.model.manners import Manners
from maatje.model.occasion import Guest, GuestStatus, Occasion
from maatje.model.plan import Tie
from maatje.model.sentence import Sentence
from maatje.model.units import ContactId, Seconds
from maatje.planning.acquaintance import Graph
from maatje.planning.briefing import Around, make_briefing
from maatje.planning.introductions import nobody
from maatje.planning.manners import BUSINESS, COFFEE, thanks, wait
from maatje.planning.openings import Known, Shared
from maatje.planning.series import editions, series_name
from maatje.store import acquainted, contacts, encounters, occasions, promises
from maatje.store import guests as lists
from maatje.store.db import Db, snapshot

SHARED_MOST: Final = 5
"""So many of the latest meetings with somebody are looked at for where the two last met."""


def brief(db: Db, occasion_id: int, now: Seconds, settings: Settings) -> Briefing:
    """
    What to know before an occasion.

    Raises: UserError: there is no such occasion. SettingError: the user's own kinds cannot be read.
    """
    with snapshot(db):
        occasion = occasions.get(db, occasion_id)
        manners = kinds(db).of(occasion.kind)
        listed = guests.every(db, occasion_id)
        frame = ties.load_recent(db, now)
        about = known(db, frame, occasion, _who(occasion, listed), manners)
        wanted = [one for one in listed if one.wanted and one.status is GuestStatus.NEW and one.may_come]
        graph: Graph | None = None
        paths: Mapping[int, tuple[Path, ...]] = {}
        if manners.mourning:
            graph = acquaintance.among(db, now, set(about))
        elif wanted:
            graph = _graph(db, now, occasion, wanted, listed)
            paths = introductions.paths(db, frame, wanted, listed, graph)
        around = Around(
            now,
            paths,
            graph if manners.mourning else None,
            contacts.count(db),
            evaluate.trusts_coming(db),
            utc_offset(now, settings),
        )
        return make_briefing(occasion, manners, listed, about, around)


def unmet(db: Db, occasion_id: int, guest_id: int, now: Seconds) -> Unmet:
    """
    By whom the user may be introduced to one guest, whether that was wished before or not. Reads only.

    Raises: UserError: there is no such occasion, or no such guest on its list.
    """
    with snapshot(db):
        occasion = occasions.get(db, occasion_id)
        listed = guests.every(db, occasion_id)
        guest = next((one for one in listed if one.id == guest_id), None) or lists.get(db, guest_id).guest
        if guest.leave_alone or guest.is_me or kinds(db).of(occasion.kind).mourning:
            return Unmet(guest)
        frame = ties.load_recent(db, now)
        graph = _graph(db, now, occasion, [guest], listed)
        found = introductions.paths(db, frame, [guest], listed, graph)[guest.id]
        return Unmet(guest, found, None if found else nobody(guest, occasion.name))


def _graph(db: Db, now: Seconds, occasion: Occasion, wanted: Sequence[Guest], listed: Sequence[Guest]) -> Graph:
    """Who knows whom, with the wanted guests, this list and those of earlier editions."""
    earlier = [one.id for one in editions(occasion, occasions.every(db)) if one.begin < occasion.begin]
    former = [[row.guest for row in rows] for rows in lists.of_occasions(db, earlier).values()]
    return acquaintance.graph(db, now, wanted, [listed, *former])


def _who(occasion: Occasion, listed: Iterable[Guest]) -> list[ContactId]:
    """The contacts on the list and those with a part, each once."""
    some = [guest.contact_id for guest in listed if guest.may_come and guest.contact_id is not None]
    some += [figure.contact_id for figure in occasion.figures if figure.contact_id is not None]
    return list(dict.fromkeys(some))


def known(
    db: Db, frame: ties.Frame, occasion: Occasion, who: Sequence[ContactId], manners: Manners
) -> dict[ContactId, Known]:
    """
    What a briefing tells of each of these contacts. Reads; a fixed number of questions.

    At a funeral the names alone are needed, and nothing else is looked up.
    """
    places = [frame.place[one] for one in who if one in frame.place]
    found = ties.with_news(db, ties.make_ties(db, frame, places), frame.now)
    of_ties: dict[ContactId, Tie] = {tie.contact_id: tie for tie in found}
    if manners.mourning:
        return {one: Known(of_ties.get(one)) for one in who}
    shared = _shared(db, occasion, who, frame.now)
    promised = promises.of_contacts(db, who)
    return {
        one: Known(
            of_ties.get(one),
            shared.get(one, ()),
            promised.get(one, ()),
            (tie.noticed or "") if (tie := of_ties.get(one)) is not None else "",
        )
        for one in who
    }


def _shared(db: Db, occasion: Occasion, who: Sequence[ContactId], now: Seconds) -> dict[ContactId, list[Shared]]:
    """Where the user and each of these met: meetings with a title, talks at occasions, and lists both were on."""
    every = occasions.every(db)
    by_number = {one.id: one for one in every}
    here = occasion.series or series_name(occasion.name)
    before = min(now, occasion.begin)
    found: dict[ContactId, list[Shared]] = {}
    for one in acquainted.met(db, who, before):
        found.setdefault(one.contact_id, []).append(Shared(one.at, one.title, series_name(one.title) == here))
    found = {one: some[-SHARED_MOST:] for one, some in found.items()}
    for contact, number in encounters.spoken_at(db, who):
        at = by_number[number]
        if at.begin < before:
            is_here = number != occasion.id and (at.series or series_name(at.name)) == here
            found.setdefault(contact, []).append(Shared(at.begin, at.name, is_here))
    return found


def manners_of(db: Db, occasion: Occasion) -> tuple[Sentence, ...]:
    """How to behave there, in sentences: what first, business, coffee, thanks, and how long to wait."""
    manners = kinds(db).of(occasion.kind)
    return (
        manners.first,
        BUSINESS[manners.business],
        COFFEE[manners.coffee],
        thanks(manners, occasion.figures),
        wait(manners),
    )
