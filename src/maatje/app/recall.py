"""One contact: all that is known, and why they are, or are not, on this week's page."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from maatje.app import evaluate, experiment, ties, week
from maatje.app.coverage import blind_spots
from maatje.app.localtime import utc_offset
from maatje.app.news import news_of
from maatje.app.settings import Settings
from maatje.errors import AmbiguousNameError, UnknownNameError
from maatje.freshness.facts import pulls
from maatje.identity.normalise import read_handle
from maatje.identity.resolve import Known
from maatje.identity.resolve import resolve_name as match_name
from maatje.model.contact import Handle, HandleKind
from maatje.model.interaction import Direction, Interaction
from maatje.model.page import ContactPage, Pull, Why, YearRow
from maatje.model.plan import Tie, Verdict
from maatje.model.sentence import Sentence, say
from maatje.model.units import ContactId, Seconds
from maatje.planning.calendar import iso_week, week_label
from maatje.planning.reason import why_lead, worth_sentence
from maatje.planning.restraint import Moment, held_back, verdicts
from maatje.planning.week import benefit
from maatje.store import contacts, handles, notes, parts, search, touches
from maatje.store.db import Db, snapshot

MOMENTS = 10
NUMBER = re.compile(r"#?([0-9]{1,18})")
MANY = 200


def resolve_name(db: Db, text: str) -> ContactId:
    """
    Whom a typed name means: "#12" is a number, an address is whose it is, else the best kind of match.

    Raises: UnknownNameError: nobody. AmbiguousNameError: several; they are listed with their numbers.
    """
    with snapshot(db):
        number = NUMBER.fullmatch(text.strip())
        if number and (known := parts.known_root(db, int(number[1]))) is not None:
            return known
        handle = find_handle(db, text)
        if handle is not None and handle.contact_id is not None:
            return handle.contact_id
        names = dict(search.find_people(db, text, limit=MANY)) or contacts.names(db)
        matches = match_name(text, [Known(one, name) for one, name in names.items()])
    if not matches:
        raise UnknownNameError(text)
    if len(matches) > 1:
        raise AmbiguousNameError(text, [(match.contact_id, match.name) for match in matches])
    return ContactId(matches[0].contact_id)


def find_handle(db: Db, text: str) -> Handle | None:
    """The handle that a text is, where it is an address or number that was ever read."""
    found = read_handle(text)
    return None if found is None else handles.by_value(db, HandleKind(found[0]), found[1])


def contact_page(db: Db, contact_id: ContactId, now: Seconds, *, may_read_bodies: bool = False) -> ContactPage:
    """
    All about one contact as of ``now``. Reads only.

    Args:
        may_read_bodies: whether the newest mail from them may be opened to read its signature.
    Raises: UserError: there is nobody by this number.
    """
    with snapshot(db):
        person = contacts.contact(db, contact_id)
        contact_id = person.id
        frame = ties.load_recent(db, now)
        tie = week.tie_of(db, frame, contact_id)
        at = frame.place.get(contact_id)
        return ContactPage(
            contact=person,
            tie=tie,
            place=frame.shown.index(at) + 1 if at in frame.shown else 0,
            of=len(frame.shown),
            years=_years(db, contact_id, now),
            moments=moments(db, contact_id, now, 0, MOMENTS),
            moments_total=touches.timeline_total(db, contact_id),
            memories=notes.memories(db, contact_id),
            blind_spots=blind_spots(db, now),
            noticed=news_of(db, contact_id, person.name, now, may_read_bodies=may_read_bodies),
        )


def moments(db: Db, contact_id: ContactId, now: Seconds, offset: int, limit: int) -> tuple[Interaction, ...]:
    """A contact's moments up to ``now``, newest first."""
    return touches.timeline(db, contact_id, offset, limit, before=now)


def _years(db: Db, contact_id: ContactId, now: Seconds) -> tuple[YearRow, ...]:
    """Every year since the first moment, by week of the year, oldest first."""
    found: dict[int, dict[int, list[int]]] = {}
    for _, at, direction, *_ in touches.read_touches(db, before=now, contact_ids=[contact_id]):
        moment = datetime.fromtimestamp(at, UTC)
        place = (moment.timetuple().tm_yday - 1) // 7
        found.setdefault(moment.year, {}).setdefault(direction, []).append(place)
    if not found:
        return ()
    return tuple(_year(year, found.get(year, {})) for year in range(min(found), max(found) + 1))


def _year(year: int, by_direction: dict[int, list[int]]) -> YearRow:
    came, went, met = (by_direction.get(int(way), []) for way in (Direction.IN, Direction.OUT, Direction.BOTH))
    return YearRow(
        year,
        tuple(sorted(set(came))),
        tuple(sorted(set(went))),
        tuple(sorted(set(met))),
        len(came),
        len(went),
        len(met),
    )


def why(db: Db, contact_id: ContactId, now: Seconds, settings: Settings) -> Why:
    """Why a contact is, or is not, on this week's page: three factors, facts, and every rule of restraint."""
    with snapshot(db):
        person = contacts.contact(db, contact_id)
        contact_id = person.id
        frame = ties.load_recent(db, now)
        tie = week.tie_of(db, frame, contact_id)
        if tie is None:
            nothing = say("No contact moment that counts was found.")
            return Why(person, None, nothing, say("Nothing is known of this tie."), 0.0, 0, len(frame.shown), 0, (), ())
        page = week.this_week(db, now, settings)
        offset = utc_offset(now, settings)
        is_quiet = notes.is_quiet(db, week_label(*iso_week(now, offset)))
        own = benefit(tie)
        shown = [item.tie.contact_id for item in page.greetings]
        if page.old_acquaintance is not None:
            shown.append(page.old_acquaintance.tie.contact_id)
        place = frame.place[contact_id]
        moment = Moment(now, offset, is_quiet, evaluate.trusts_coming(db))
        held = held_back(tie, moment)
        return Why(
            contact=person,
            tie=tie,
            lead=_lead(db, tie, held, now, is_shown=contact_id in shown),
            worth=worth_sentence(tie),
            benefit=own,
            rank=1 + sum(_benefit(frame, at) > own for at in frame.shown if at != place),
            of=len(frame.shown),
            shown=len(page.greetings),
            pulls=tuple(Pull(sentence, strength) for sentence, strength in pulls(frame.states, place, now)),
            verdicts=verdicts(tie, moment),
        )


def _lead(db: Db, tie: Tie, held: Verdict | None, now: Seconds, *, is_shown: bool) -> Sentence:
    """The first line; an experiment that runs is told of to all alike, or one would know whom it holds back."""
    if held is not None and not is_shown:
        return held.sentence
    if not is_shown and experiment.is_running(db, now):
        return say("Not on the page: it is short, and while the experiment runs not all who might be are on it.")
    return why_lead(tie, is_shown=is_shown)


def _benefit(frame: ties.Frame, at: int) -> float:
    """As ``planning.week.benefit``, for a tie that is still a row of columns."""
    return frame.worths[at] * frame.scores.replies_7[at] * (1.0 - frame.scores.comes_by_30[at])
