"""The last hops: ties to the one page. Reading it writes nothing; settling it notes whom it named, once a week."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from maatje.app import evaluate, finishing, openends, ties
from maatje.app.coverage import blind_spots
from maatje.app.localtime import utc_offset
from maatje.app.settings import Settings
from maatje.model.plan import Ahead, LastTouch, Tie, Week
from maatje.model.units import DAY, ContactId, Seconds
from maatje.planning.calendar import iso_week, week_label
from maatje.planning.reason import greeting_reason
from maatje.planning.shortlist import Candidates, shortlist
from maatje.planning.week import Budget, Setting, make_week
from maatje.planning.worth import once_circles
from maatje.store import meetings, meta, notes
from maatje.store.db import Db, snapshot, transaction

if TYPE_CHECKING:
    from maatje.model.ledger import Lot

AHEAD_DAYS = 30
AHEAD_MOST = 5
AHEAD_LOOKED_AT = 60
ASKED_EVERY = 30 * DAY
"""As ``planning.asking`` has it; here only so that its sums are not loaded in vain."""


def this_week(db: Db, now: Seconds, settings: Settings) -> Week:
    """The page of the week in which ``now`` falls; reads only, as often for ten people as for twenty thousand."""
    return _drawn(db, now, settings)[0]


def _drawn(db: Db, now: Seconds, settings: Settings) -> tuple[Week, int, tuple[Lot, ...]]:
    """The page, and the experiment's number and lots that fell for it, to be kept where the page is noted."""
    with snapshot(db):
        frame = ties.load_recent(db, now)
        offset = utc_offset(now, settings)
        label = week_label(*iso_week(now, offset))
        pinned = _pinned(db, label)
        owed = ties.owed_places(db, frame)
        once = once_circles(frame.columns, frame.depths)
        places = _places(frame, owed, label, pinned, once)
        setting = Setting(
            budget=Budget(settings.greetings, settings.old_acquaintances, Budget().wait, settings.answers),
            utc_offset=offset,
            is_quiet=notes.is_quiet(db, label),
            ahead=occasions_ahead(db, now),
            blind_spots=blind_spots(db, now),
            greeted=pinned["greeting"],
            drawn=pinned["old"],
            trusts_coming=evaluate.trusts_coming(db),
            waiting_notes=evaluate.waiting_notes(db, now),
            once={ContactId(frame.scores.contact_ids[at]): once[at] for at in places},
            still_open=openends.still_open(db, now),
            days=openends.days_near(db, now, offset, _dear(frame)),
        )
        drawn = ties.make_ties(db, frame, places, owed)
        known = frozenset((*pinned["greeting"], *pinned["old"]))
        page, number, lots = _page_without(
            db, lambda held: make_week(drawn, now, replace(setting, held=held)), known, now
        )
        return _with_news(db, page, now), number, lots


def _page_without(
    db: Db, draw_page: Callable[[frozenset[ContactId]], Week], known: frozenset[ContactId], now: Seconds
) -> tuple[Week, int, tuple[Lot, ...]]:
    """As ``experiment.page_without``; hardly anybody has an experiment, and its sums would cost every week's start."""
    if not notes.has_experiment(db):
        return draw_page(frozenset()), 0, ()
    from maatje.app import experiment

    return experiment.page_without(db, draw_page, known, now)


def _with_news(db: Db, page: Week, now: Seconds) -> Week:
    """What changed with those to be greeted is the best reason to greet them."""
    found = ties.with_news(db, [item.tie for item in page.greetings], now)
    greetings = tuple(
        item if tie.noticed is None else replace(item, tie=tie, reason=greeting_reason(tie))
        for item, tie in zip(page.greetings, found, strict=True)
    )
    return replace(page, greetings=greetings)


def settle_week(db: Db, now: Seconds, settings: Settings) -> Week:
    """
    The page of this week, noting whom it names so that nobody is suggested twice within their rhythm.

    Writes only where something was not noted yet. An import that was broken off is finished first.
    """
    if finishing.is_due(db):
        finishing.finish(db, now)
    elif ties.stale(db, now):
        with transaction(db):
            ties.refresh(db, now, ())
    evaluate.look_if_due(db, now)
    page, number, fallen = _drawn(db, now, settings)
    label = week_label(page.iso_year, page.iso_week)
    old = [page.old_acquaintance] if page.old_acquaintance is not None else []
    named = {
        "greeting": [item.tie.contact_id for item in page.greetings],
        "old": [item.tie.contact_id for item in old],
        "wait": [item.tie.contact_id for item in page.let_them_come],
    }
    noted = {(one.contact_id, one.kind) for one in notes.suggestions(db, label)}
    is_new = any((contact_id, kind) not in noted for kind, ids in named.items() for contact_id in ids)
    asks = _asks(db, now, is_quiet=page.is_quiet)
    if is_new or fallen or asks:
        with transaction(db):
            # With the page, or not at all: who is on it has a lot, and nobody has two.
            if fallen:
                from maatje.store import experiments

                experiments.keep_lots(db, number, fallen)
            for kind, ids in named.items():
                notes.note_suggestions(db, label, kind, ids, now)
            if asks:
                from maatje.app import asked

                asked.put(db, asks, now)
    return page


def _asks(db: Db, now: Seconds, *, is_quiet: bool) -> list[ContactId]:
    """Of whom "did anything come of these?" is to be asked. Within a month of the last time nothing of it is loaded."""
    last = meta.get(db, meta.YIELD_ASKED)
    if last is not None and 0 <= now - int(last) < ASKED_EVERY:
        return []
    from maatje.app import asked

    return [one for one, _ in asked.candidates(db, now, is_quiet=is_quiet)]


def occasions_ahead(db: Db, now: Seconds) -> tuple[Ahead, ...]:
    """The meetings and gatherings of the coming weeks, soonest first."""
    found = meetings.ahead(db, now, Seconds(now + AHEAD_DAYS * DAY), AHEAD_LOOKED_AT)
    # A birthday or a reminder is on the calendar too, but nobody gathers there.
    gathered = [one for one in found if one.guests or (one.place and not one.all_day)]
    gathered = openends.ahead(db, now, Seconds(now + AHEAD_DAYS * DAY), gathered)
    # Of a weekly meeting the next time is enough.
    soonest = {one.title or str(one.at): one for one in reversed(gathered)}
    shown = [one for one in gathered if one.occasion_id is not None or soonest[one.title or str(one.at)] is one]
    return tuple(shown[:AHEAD_MOST])


def _dear(frame: ties.Frame) -> dict[ContactId, str]:
    """Those whose days are worth knowing, by contact: in one of the circles."""
    found = {ContactId(frame.scores.contact_ids[at]) for at in frame.shown if frame.circles[at]}
    return {one: frame.names[one] for one in found}


def candidates(frame: ties.Frame, owed: dict[int, LastTouch], once: list[int | None]) -> Candidates:
    """
    The columns that the shortlist is made from; those who only stood among many count for nothing.

    ``once`` is everybody's circle at its warmest: an old acquaintance is somebody who had one.
    """
    scores = frame.scores
    is_shown = set(frame.shown)
    worth = [value if at in is_shown else 0.0 for at, value in enumerate(frame.worths)]
    past = [value if once[at] and at in is_shown else 0.0 for at, value in enumerate(frame.depths)]
    barred = frozenset(
        at for at, one in enumerate(scores.contact_ids) if frame.wishes.get(ContactId(one), (None, False))[1]
    )
    return Candidates(
        scores.contact_ids, worth, scores.replies_7, scores.comes_by_30, scores.silence_days, past, tuple(owed), barred
    )


def _places(
    frame: ties.Frame,
    owed: dict[int, LastTouch],
    label: str,
    pinned: dict[str, tuple[ContactId, ...]],
    once: list[int | None],
) -> list[int]:
    """Whose ties the page may need: the shortlist, and whom this week named already."""
    listed = set(shortlist(candidates(frame, owed, once), label).everybody)
    listed.update(frame.place[one] for ids in pinned.values() for one in ids if one in frame.place)
    return sorted(listed & set(frame.shown))


def _pinned(db: Db, label: str) -> dict[str, tuple[ContactId, ...]]:
    """Whom this week's page named already, by kind and in order."""
    found: dict[str, list[ContactId]] = {"greeting": [], "old": []}
    for one in notes.suggestions(db, label):
        if one.kind in found:
            found[one.kind].append(one.contact_id)
    return {kind: tuple(ids) for kind, ids in found.items()}


def tie_of(db: Db, frame: ties.Frame, contact_id: ContactId) -> Tie | None:
    """One contact's tie with everything that planning needs, or None without a contact moment that counts."""
    place = frame.place.get(contact_id)
    if place is None:
        return None
    owed = {at: touch for at, touch in ties.owed_places(db, frame).items() if at == place}
    return ties.with_news(db, ties.make_ties(db, frame, [place], owed), frame.now)[0]
