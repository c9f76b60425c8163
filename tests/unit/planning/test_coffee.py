"""Three free moments for a coffee."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatje.errors import ParameterError
from maatje.model.units import DAY, Seconds, instant
from maatje.planning.coffee import AFTERNOON, MORNING, WORKING_DAYS, Diary, Wish, may_ask, plan_coffee

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
HOURS = {*MORNING, *AFTERNOON}


def local(moment):
    """A free moment's begin on the clock of Amsterdam."""
    return datetime.fromtimestamp(moment.begin, AMSTERDAM)


def at(text):
    """An instant written as local time in Amsterdam."""
    return instant(datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM))


def test_an_empty_diary(now):
    """With nothing planned: three days, two apart, morning and afternoon in turn, not tomorrow."""
    plan = plan_coffee(None, Diary((), AMSTERDAM), Wish(), now)
    assert [f"{local(one):%a %d %H:%M}" for one in plan.moments] == ["Thu 11 10:00", "Mon 15 15:00", "Wed 17 10:00"]
    assert all(one.end - one.begin == 3600 for one in plan.moments)
    assert plan.reason is None


def test_the_way_there_is_counted(now):
    """Between a moment and what is planned lies the time to travel; what ends just then does not stand in the way."""
    busy = [(at("2026-06-11 11:30"), at("2026-06-11 13:00")), (at("2026-06-11 09:00"), at("2026-06-11 09:30"))]
    assert time(10, 0) == local(plan_coffee(None, Diary(busy, AMSTERDAM), Wish(), now).moments[0]).time()
    first = local(plan_coffee(None, Diary(busy, AMSTERDAM), Wish(travel=45), now).moments[0])
    assert (date(2026, 6, 11), time(15, 0)) == (first.date(), first.time())


def test_not_on_the_day_after_a_funeral(now):
    """Neither on the day of a funeral nor on the day after it."""
    diary = Diary((), AMSTERDAM, funerals=[at("2026-06-11 14:00")])
    assert date(2026, 6, 15) == local(plan_coffee(None, diary, Wish(), now).moments[0]).date()


def test_quiet_days_and_holidays(now):
    """On a holiday or in a quiet week nothing is planned, nor at the weekend; working days may be others."""
    quiet = frozenset(date(2026, 6, 11) + timedelta(days=n) for n in range(10))
    assert date(2026, 6, 22) == local(plan_coffee(None, Diary((), AMSTERDAM, quiet), Wish(), now).moments[0]).date()
    saturdays = Diary((), AMSTERDAM, working={5})
    assert {5} == {local(one).weekday() for one in plan_coffee(None, saturdays, Wish(), now).moments}


def test_a_full_diary_says_so(now):
    """Where there is nothing, or little, that is said."""
    full = Diary([(now, Seconds(now + 60 * DAY))], AMSTERDAM)
    plan = plan_coffee(None, full, Wish(), now)
    assert (plan.moments, plan.reason.text) == ((), "There is no free moment in the next four weeks.")
    nearly = Diary([(now, at("2026-07-08 12:00"))], AMSTERDAM)
    plan = plan_coffee(None, nearly, Wish(), now)
    assert [f"{local(one):%a %d %H:%M}" for one in plan.moments] == ["Wed 08 15:00"]
    assert plan.reason.text == "There is {n} free day in the next four weeks."


def test_the_manners_may_ask_for_patience(now):
    """Where the manners say to wait a week, nothing is before it."""
    wait = Seconds(at("2026-06-18 17:30"))
    plan = plan_coffee(None, Diary((), AMSTERDAM), Wish(not_before=wait), now)
    assert date(2026, 6, 19) == local(plan.moments[0]).date()


@pytest.mark.parametrize(
    ("changes", "begins"),
    [
        ({"leave_alone": True}, "They are to be left alone"),
        ({"circle": 0, "circle_is_own": True}, "They are to be left alone"),
        ({"grief_until": 1}, "In mourning"),
        ({"not_until": 1}, "You said not now"),
        ({"leave_alone": True, "grief_until": 1}, "They are to be left alone"),
    ],
)
def test_who_is_not_asked(make_tie, now, changes, begins):
    """Whoever is to be left alone, mourns, or was put off is not asked, and the reason is said."""
    changes = {name: now + DAY if name in {"grief_until", "not_until"} else value for name, value in changes.items()}
    plan = plan_coffee(make_tie(**changes), Diary((), AMSTERDAM), Wish(), now)
    assert plan.moments == ()
    assert plan.reason.text.startswith(begins)


def test_everybody_else_may_be_asked(make_tie, now):
    """An everyday tie may be asked; mourning that is over does not matter, and no reason is told."""
    assert may_ask(make_tie(), now) is None
    assert may_ask(make_tie(grief_until=now), now, now) is None
    assert may_ask(None, now) is None
    assert may_ask(None, now, Seconds(now + 1)) is not None


@given(
    busy=st.lists(st.tuples(st.integers(0, 40 * DAY), st.integers(-DAY, 3 * DAY)), max_size=60),
    minutes=st.integers(10, 240),
    travel=st.integers(0, 120),
    shift=st.integers(0, 400),
    zone=st.sampled_from(["Europe/Amsterdam", "America/New_York", "Pacific/Apia", "Asia/Kathmandu", "UTC"]),
)
def test_no_moment_overlaps_anything(now, busy, minutes, travel, shift, zone):
    """Whatever the diary: at most three moments, on different working days, at coffee hours, with room to travel."""
    start = Seconds(now + shift * DAY)
    there = ZoneInfo(zone)
    planned = [(Seconds(start + begin), Seconds(start + begin + length)) for begin, length in busy]
    plan = plan_coffee(None, Diary(planned, there), Wish(minutes, travel), start)
    days = [datetime.fromtimestamp(one.begin, there) for one in plan.moments]
    assert len({day.date() for day in days}) == len(days) <= 3
    assert days == sorted(days)
    assert all(day.weekday() in WORKING_DAYS and day.time() in HOURS for day in days)
    for one in plan.moments:
        assert one.end - one.begin == minutes * 60
        for begin, end in planned:
            assert max(end, begin + 1) <= one.begin - travel * 60 or begin >= one.end + travel * 60
    assert (plan.reason is None) == (len(days) == 3)


def test_a_wish_has_bounds():
    """A coffee of no length, or of a day, is a fault of ours."""
    for wrong in ({"minutes": 0}, {"minutes": 1000}, {"travel": -1}):
        with pytest.raises(ParameterError):
            Wish(**wrong)


def test_utc_will_do(now):
    """Any zone does; the hours are that zone's."""
    assert datetime.fromtimestamp(plan_coffee(None, Diary((), UTC), Wish(), now).moments[0].begin, UTC).hour == 10
