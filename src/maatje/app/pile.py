"""The pile: contacts ordered by freshness, a page at a time, with the circles beside it."""

from __future__ import annotations

from maatje.app import ties
from maatje.app.coverage import blind_spots
from maatje.identity.words import folded
from maatje.model.page import CirclePlace, Pile
from maatje.model.units import ContactId, Seconds
from maatje.planning.shortlist import DORMANT_DAYS
from maatje.store.db import Db, snapshot

TOP = 10
SEASON_DAYS = 90
"""In touch this season: within so many days."""


def pile(
    db: Db,
    now: Seconds,
    *,
    words: str = "",
    circle: int | None = None,
    season: str = "",
    offset: int = 0,
    limit: int = 50,
) -> Pile:
    """
    A page of the pile, best first; reads a fixed number of times.

    Args:
        words: only names that hold all of these. circle: only those placed in it (5, 15, 50, 150; 0 for
            none). season: only "touch", "quiet" or "dormant". offset, limit: of those that match.
    """
    with snapshot(db):
        frame = ties.load_recent(db, now)
        matching = [at for at in frame.shown if _matches(frame, at, words, circle, season)]
        page = matching[offset : offset + limit]
        top = frame.shown[:TOP]
        made = dict(
            zip(
                dict.fromkeys([*top, *page]), ties.make_ties(db, frame, list(dict.fromkeys([*top, *page]))), strict=True
            )
        )
        return Pile(
            as_of=now,
            total=len(frame.shown),
            matching=len(matching),
            dormant=sum(frame.scores.silence_days[at] >= DORMANT_DAYS for at in frame.shown),
            expected=sum(frame.scores.comes_by_30[at] for at in frame.shown),
            top=tuple(made[at] for at in top),
            ties=tuple(made[at] for at in page),
            circles=_circle_places(frame),
            blind_spots=blind_spots(db, now),
        )


def season_of(silence_days: float) -> str:
    """In which season of contact a tie is: "touch", "quiet" or "dormant"."""
    if silence_days >= DORMANT_DAYS:
        return "dormant"
    return "touch" if silence_days <= SEASON_DAYS else "quiet"


def _matches(frame: ties.Frame, at: int, words: str, circle: int | None, season: str) -> bool:
    name = folded(frame.names.get(ContactId(frame.scores.contact_ids[at]), "")) if words else ""
    return (
        all(word in name for word in folded(words).split())
        and (circle is None or (frame.circles[at] or 0) == circle)
        and (not season or season_of(frame.scores.silence_days[at]) == season)
    )


def _circle_places(frame: ties.Frame) -> tuple[CirclePlace, ...]:
    """Everybody who is in a circle, the dearest first."""
    placed = [(frame.circles[at] or 0, at) for at in frame.shown if frame.circles[at]]
    placed.sort(key=lambda pair: (pair[0], -frame.worths[pair[1]], frame.scores.contact_ids[pair[1]]))
    return tuple(
        CirclePlace(
            ContactId(frame.scores.contact_ids[at]),
            frame.names.get(ContactId(frame.scores.contact_ids[at]), ""),
            circle,
            season_of(frame.scores.silence_days[at]),
        )
        for circle, at in placed
    )
