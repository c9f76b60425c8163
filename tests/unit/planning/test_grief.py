"""After a funeral nothing businesslike, anywhere, for eight weeks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.planning.occasions_making import KINDS, PARTY, a_guest, an_occasion

from maatje.model.occasion import Encounter, Figure, GuestStatus, Introduction, IntroductionState, Part
from maatje.model.units import DAY, ContactId, Seconds
from maatje.planning.briefing import Around, make_briefing
from maatje.planning.coffee import Diary, Wish, plan_coffee
from maatje.planning.grief import funerals, in_grief, mourning_until, mourning_words
from maatje.planning.introductions import readiness
from maatje.planning.manners import recognise
from maatje.planning.openings import Known
from maatje.planning.restraint import GRIEF_DAYS
from maatje.planning.week import make_week


def a_funeral(at: int, **changes):
    """A funeral of which contact 9 is the family."""
    return an_occasion("funeral", begin=at, figures=(Figure("Jet", Part.FAMILY, ContactId(9)),), **changes)


def test_whom_a_funeral_touches():
    """Family, guests, who dropped out, who may be meant, and whom the user spoke there; not the user, not who died."""
    one = a_funeral(PARTY, id=3)
    one = replace(one, figures=(*one.figures, Figure("Riek", Part.HONOURED, ContactId(8))))
    lists = {
        3: [
            a_guest(1, 1),
            a_guest(2, 2, dropped=True),
            a_guest(3, status=GuestStatus.PERHAPS, candidates=(ContactId(3), ContactId(4))),
            a_guest(4, 5, is_me=True),
            a_guest(5),
        ]
    }
    talks = [Encounter(3, PARTY, contact_id=ContactId(6)), Encounter(4, PARTY, contact_id=ContactId(7))]
    (found,) = funerals([an_occasion(), one], lists, KINDS, talks)
    assert {1, 2, 3, 4, 6, 9} == found.contacts
    assert found.until == PARTY + GRIEF_DAYS * DAY


def test_by_what_words_a_funeral_is_found():
    """A calendar can be searched for funerals: every word is one by which the title alone is recognised."""
    words = mourning_words(KINDS)
    assert {"uitvaart", "funeral", "memorial service"} <= set(words)
    assert {"funeral"} == {recognise(word, KINDS) for word in words}


def test_the_last_funeral_counts():
    """Two funerals in one spring: the quiet lasts until eight weeks after the second."""
    found = funerals([a_funeral(PARTY + 9 * DAY, id=2), a_funeral(PARTY, id=1)], {}, KINDS)
    assert mourning_until(found) == {9: PARTY + (9 + GRIEF_DAYS) * DAY}


@given(
    days=st.integers(-20, GRIEF_DAYS - 1),
    worth=st.floats(0.05, 1.0),
    comes=st.floats(0.0, 1.0),
    replies=st.floats(0.0, 1.0),
    silence=st.floats(0.0, 4000.0),
    kind=st.sampled_from(sorted(KINDS.kinds)),
    part=st.sampled_from([None, *Part]),
    made=st.integers(0, 5),
)
def test_a_funeral_never_leads_to_a_businesslike_suggestion(
    make_tie, now, days, worth, comes, replies, silence, kind, part, made
):
    """From when it is known until eight weeks after: no greeting, briefing, introduction or coffee, whatever holds."""
    until = mourning_until(funerals([a_funeral(now - days * DAY)], {}, KINDS))
    tie = make_tie(9, worth=worth, comes=comes, low=comes, replies=replies, silence_days=silence, grief_until=until[9])
    assert in_grief(tie, now)
    week = make_week([tie], now)
    assert (week.greetings, week.old_acquaintance) == ((), None)
    figures = () if part is None else (Figure("Jet", part, ContactId(9)),)
    party = an_occasion(kind, begin=now + 10 * DAY, figures=figures)
    briefing = make_briefing(party, KINDS.of(kind), [a_guest(1, 9)], {ContactId(9): Known(tie)}, Around(now))
    assert (briefing.greet, briefing.will_come) == ((), ())
    assert all(line.opening is None and not line.promises for line in briefing.rest)
    told = [Introduction(IntroductionState.MADE, ContactId(9), ContactId(5), Seconds(now - 900 * DAY))] * made
    assert readiness(tie, now, told) == 0.0
    free = Diary((), UTC)
    assert plan_coffee(tie, free, Wish(), now).moments == ()
    assert plan_coffee(None, free, Wish(grief_until=until[9]), now).moments == ()


def test_after_eight_weeks_it_is_over(make_tie, now):
    """The day the eight weeks are over, they are as they were."""
    until = mourning_until(funerals([a_funeral(now - GRIEF_DAYS * DAY)], {}, KINDS))
    tie = make_tie(9, grief_until=until[9])
    assert not in_grief(tie, now)
    assert len(make_week([tie], now).greetings) == 1
    assert len(plan_coffee(tie, Diary((), UTC), Wish(), now).moments) == 3


@pytest.mark.parametrize("kind", sorted(KINDS.kinds))
def test_only_mourning_kinds_are_funerals(kind):
    """No other kind keeps anybody quiet."""
    assert bool(funerals([an_occasion(kind)], {}, KINDS)) == KINDS.of(kind).mourning
