"""Names and faces, for five minutes at the most."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from maatje.model.sentence import say
from maatje.model.units import DAY, ContactId, Days, Seconds
from maatje.planning.brushup import MOST_SECONDS, Face, days_since, pick

HINT = say("of the ferry cooperative")


def face(number, **changes):
    """Somebody with a picture, met long ago."""
    return Face(ContactId(number), f"N{number}", **{"has_photo": True, "met_days": Days(400.0), **changes})


def chosen(faces, now):
    """Who is shown, in order."""
    return [one.contact_id for one in pick(faces, now, Seconds(now + 2 * DAY)).faces]


def test_order(now):
    """First who is due, longest overdue first; then the never shown, longest ago first, never met last."""
    faces = [
        face(1),
        face(2, met_days=Days(4000.0)),
        face(3, met_days=None),
        face(4, due_at=Seconds(now - DAY)),
        face(5, due_at=Seconds(now - 9 * DAY)),
        face(6, due_at=Seconds(now + DAY)),
        face(7, due_at=Seconds(now + 9 * DAY)),
    ]
    assert chosen(faces, now) == [5, 4, 6, 2, 1, 3]


def test_who_needs_none(now):
    """Not shown: who was met within a month, is left alone, or has neither face nor anything to know them by."""
    faces = [
        face(1, met_days=Days(29.0)),
        face(2, is_out=True),
        face(3, has_photo=False),
        face(4, has_photo=False, hint=HINT),
    ]
    assert chosen(faces, now) == [4]


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(0, 4000)), max_size=200), st.integers(-10, 10_000))
def test_never_more_than_five_minutes(now, rows, seconds):
    """Whatever the list and the wish, it takes five minutes at the most, and everybody is shown once."""
    faces = [
        face(n, has_photo=photo, hint=HINT if hint else None, met_days=Days(float(days)))
        for n, (photo, hint, days) in enumerate(rows)
    ]
    found = pick(faces, now, now, seconds)
    assert 0 <= found.seconds <= max(0, min(seconds, MOST_SECONDS))
    assert len(set(found.faces)) == len(found.faces)
    assert pick(faces[::-1], now, now, seconds) == found


def test_days_since(now):
    """Days are counted from the last time, never below nought."""
    assert (
        days_since(None, now),
        days_since(Seconds(now - 2 * DAY), now),
        days_since(Seconds(now + DAY), now),
    ) == (None, 2.0, 0.0)
