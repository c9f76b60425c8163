"""The one page: what stands on it, and above all what does not."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatje.model.interaction import Channel, Direction
from maatje.model.plan import LastTouch
from maatje.model.units import DAY
from maatje.planning.restraint import Moment, held_back, let_them_come
from maatje.planning.week import Budget, Setting, benefit, make_week, ranked


def ids(suggestions):
    """The contacts of suggestions, in order."""
    return [suggestion.tie.contact_id for suggestion in suggestions]


def old_friends(make_tie, count, **changes):
    """So many dormant ties, ids from 1."""
    return [make_tie(n, silence_days=2600.0, peak_days=10 + n % 50, **changes) for n in range(1, count + 1)]


def test_nobody_is_a_result(now):
    """With no ties the week is empty and says which week it is."""
    week = make_week([], now)
    assert (week.iso_year, week.iso_week) == (2026, 24)
    assert (week.answers, week.greetings, week.old_acquaintance, week.let_them_come) == ((), (), None, ())


def test_benefit_is_the_product_of_three_questions(make_tie):
    """DESIGN's example: .74 × .71 × .91 = .48."""
    assert benefit(make_tie()) == pytest.approx(0.478, abs=0.001)


def test_the_best_three_are_greeted_best_first(make_tie, now):
    """The greetings are the ties with the largest benefit that no rule holds back, within the budget."""
    ties = [make_tie(n, replies=n / 10) for n in range(1, 8)]
    assert ids(make_week(ties, now).greetings) == [7, 6, 5]
    assert ids(make_week(ties, now, Setting(budget=Budget(greetings=1))).greetings) == [7]


def test_who_is_owed_an_answer_is_not_greeted(make_tie, now):
    """Answers come first, the longest waiting on top, and nothing else is said of them."""
    ties = [
        make_tie(1, owes=now - 2 * DAY, owes_title="Jury", comes=0.8),
        make_tie(2, owes=now - 5 * DAY),
        make_tie(3),
    ]
    week = make_week(ties, now)
    assert ids(week.answers) == [2, 1]
    assert ids(week.greetings) == [3]
    assert week.let_them_come == ()


def test_more_answers_than_fit_leave_the_dearest(make_tie, now):
    """Only so many answers are shown, the dearest of them."""
    ties = [make_tie(n, owes=now - 3 * DAY, worth=n / 10) for n in range(1, 9)]
    assert {8, 7, 6, 5, 4} == set(ids(make_week(ties, now).answers))


def test_left_alone_is_absolute(make_tie, now):
    """Who is left alone stands nowhere: not owed, not greeted, not drawn, not waited for."""
    ties = [
        make_tie(1, leave_alone=True),
        make_tie(2, leave_alone=True, owes=now - 3 * DAY),
        make_tie(3, leave_alone=True, comes=0.9),
        make_tie(4, leave_alone=True, silence_days=2000.0),
    ]
    week = make_week(ties, now)
    assert (week.answers, week.greetings, week.old_acquaintance, week.let_them_come) == ((), (), None, ())


def test_a_quiet_week_suggests_nothing(make_tie, now):
    """A quiet week asks nothing of the user, and still says who will come."""
    ties = [make_tie(1), make_tie(2, owes=now - 3 * DAY), make_tie(3, comes=0.8), *old_friends(make_tie, 1)]
    week = make_week(ties, now, Setting(is_quiet=True))
    assert week.is_quiet
    assert (week.answers, week.greetings, week.old_acquaintance) == ((), (), None)
    assert ids(week.let_them_come) == [3]


def test_who_will_come_is_shown_likeliest_first(make_tie, now):
    """Those who come by themselves are listed with the day they are looked at again."""
    ties = [make_tie(1, comes=0.62), make_tie(2, comes=0.91), make_tie(3, comes=0.84), make_tie(4, comes=0.2)]
    week = make_week(ties, now)
    assert ids(week.let_them_come) == [2, 3, 1]
    assert {now + 14 * DAY} == {suggestion.look_again_at for suggestion in week.let_them_come}


def test_the_dormant_are_not_greeted_but_drawn(make_tie, now):
    """After three years of silence somebody is an old acquaintance."""
    week = make_week(old_friends(make_tie, 1), now)
    assert week.greetings == ()
    assert week.old_acquaintance is not None


def test_who_was_never_two_way_is_not_drawn(make_tie, now):
    """Somebody who never answered, and was never met, is no old acquaintance."""
    lonely = make_tie(1, silence_days=2000.0, n_in=0, n_met=0)
    assert make_week([lonely], now).old_acquaintance is None


def test_the_lot_is_the_same_all_week_and_another_the_next(make_tie, now):
    """The draw depends on the ISO week and nothing else: no reload draws again."""
    friends = old_friends(make_tie, 200)
    monday = now - DAY - 12 * 3600
    week = {make_week(friends, monday + hour * 3600).old_acquaintance.tie.contact_id for hour in range(0, 168, 12)}
    assert len(week) == 1
    later = [make_week(friends, monday + n * 7 * DAY).old_acquaintance.tie.contact_id for n in range(20)]
    assert len(set(later)) > 12
    assert later[0] in week


def test_a_new_contact_hardly_changes_the_lot(make_tie, now):
    """Adding somebody leaves the draw as it was, unless it is they who are drawn."""
    friends = old_friends(make_tie, 100)
    for turn in range(10):
        at = now + turn * 7 * DAY
        before = make_week(friends[:-1], at).old_acquaintance.tie.contact_id
        assert make_week(friends, at).old_acquaintance.tie.contact_id in (before, 100)


def test_the_deeper_past_is_drawn_more_often(make_tie, now):
    """The lot is weighted: by the root of the past depth, three to one where it was nine times as deep."""
    friends = [make_tie(n, silence_days=2600.0, peak_days=90 if n % 2 else 10) for n in range(1, 41)]
    drawn = Counter(
        make_week(friends, now, Setting(seed=seed)).old_acquaintance.tie.contact_id % 2 for seed in range(600)
    )
    assert 0.68 < drawn[1] / 600 < 0.82


def test_an_old_acquaintance_is_not_drawn_twice_in_a_year(make_tie, now):
    """Who was drawn in spring is not drawn again before the next."""
    lately = old_friends(make_tie, 5, suggested_at=now - 300 * DAY, usual=None)
    assert make_week(lately, now).old_acquaintance is None
    longer = old_friends(make_tie, 5, suggested_at=now - 400 * DAY, usual=None)
    assert make_week(longer, now).old_acquaintance is not None


def test_this_weeks_page_keeps_its_people(make_tie, now):
    """Whom Monday's page greeted stays until Sunday; who left is not replaced before the next week."""
    ties = [make_tie(n, replies=n / 10, suggested_at=now if n < 4 else None) for n in range(1, 9)]
    greeted = (1, 2, 3)
    assert ids(make_week(ties, now, Setting(greeted=greeted)).greetings) == [1, 2, 3]
    ties[1] = make_tie(2, silence_days=0.5)
    assert ids(make_week(ties, now, Setting(greeted=greeted)).greetings) == [1, 3]
    assert ids(make_week(ties, now, Setting(greeted=(1,))).greetings) == [1, 8, 7]


def test_this_weeks_lot_keeps_its_place(make_tie, now):
    """Whom this week drew stays drawn; set aside by the user, nobody else is drawn before Monday."""
    friends = old_friends(make_tie, 50)
    assert make_week(friends, now, Setting(drawn=(7,))).old_acquaintance.tie.contact_id == 7
    friends[6] = make_tie(7, silence_days=2600.0, not_until=now + 90 * DAY)
    assert make_week(friends, now, Setting(drawn=(7,))).old_acquaintance is None


def test_reasons_are_facts(make_tie, now):
    """The reason says the rhythm and the silence, or who was last, and the chances."""
    texts = {
        dict(make_week([make_tie(**changes)], now).greetings[0].reason.values)["silence"].text
        for changes in (
            {},
            {"silence_days": 30.0},
            {"usual": None},
            {"usual": 2.0},
            {"usual": None, "last": LastTouch(now - 77 * DAY, Channel.MAIL, Direction.OUT)},
            {"usual": None, "last": LastTouch(now - 77 * DAY, Channel.MEETING, Direction.BOTH)},
            {"usual": None, "last": LastTouch(now - 77 * DAY, Channel.CALL, Direction.OUT)},
        )
    }
    assert texts == {
        "You find each other about {rhythm:every}; it has been {silence}.",
        "You find each other about {rhythm:every}; the last time was {silence} ago.",
        "They wrote last, {silence} ago.",
        "You wrote last, {silence} ago.",
        "You last met {silence} ago.",
        "You last spoke {silence} ago.",
    }


def test_old_reasons_say_what_it_was(make_tie, now):
    """An old acquaintance is told by the circle it once had, else by its warmest year."""
    friend = old_friends(make_tie, 1)
    known = make_week(friend, now, Setting(once={1: 15})).old_acquaintance.reason
    assert dict(known.values)["was"].text.startswith("Once among your")
    assert dict(make_week(friend, now).old_acquaintance.reason.values)["was"].text.startswith("At its warmest")


people = st.fixed_dictionaries(
    {
        "silence_days": st.floats(0, 5000),
        "usual": st.none() | st.floats(1, 800),
        "comes": st.floats(0, 1),
        "low": st.floats(0, 1),
        "replies": st.floats(0, 1),
        "worth": st.floats(0, 1),
        "unanswered": st.integers(0, 4),
        "n_in": st.integers(0, 50),
        "n_out": st.integers(0, 50),
        "n_met": st.integers(0, 5),
        "leave_alone": st.booleans(),
        "owes": st.none() | st.integers(1_779_000_000, 1_781_000_000),
        "suggested_at": st.none() | st.integers(1_700_000_000, 1_781_006_400),
        "not_until": st.none() | st.integers(1_780_000_000, 1_790_000_000),
        "grief_until": st.none() | st.integers(1_780_000_000, 1_790_000_000),
        "waiting_since": st.none() | st.integers(1_779_000_000, 1_781_006_400),
    }
)


@given(st.lists(people, max_size=12), st.booleans(), st.integers(0, 4), st.integers(0, 2))
def test_no_held_back_tie_is_ever_suggested(make_tie, now, crowd, is_quiet, greetings, old):
    """Whatever the ties, nobody whom a rule holds back is suggested, nobody twice, nothing over budget."""
    ties = [make_tie(number, **changes) for number, changes in enumerate(crowd, 1)]
    budget = Budget(greetings=greetings, old=old)
    week = make_week(ties, now, Setting(budget=budget, is_quiet=is_quiet))
    suggested = [*week.greetings, *([week.old_acquaintance] if week.old_acquaintance else [])]
    at = Moment(now, is_quiet=is_quiet)
    assert all(held_back(suggestion.tie, at) is None for suggestion in suggested)
    assert all(let_them_come(suggestion.tie, at).holds_back for suggestion in week.let_them_come)
    everywhere = ids([*suggested, *week.answers, *week.let_them_come])
    assert len(everywhere) == len(set(everywhere))
    assert len(week.greetings) <= greetings
    assert len(week.answers) <= budget.answers
    assert len(week.let_them_come) <= budget.wait
    assert week.old_acquaintance is None or old > 0
    assert all(0.0 <= suggestion.benefit <= 1.0 for suggestion in suggested)


@given(st.lists(people, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_the_ties_does_not_matter(make_tie, now, crowd, chance):
    """The week is the same in whatever order the store gives the ties."""
    ties = [make_tie(number, **changes) for number, changes in enumerate(crowd, 1)]
    shuffled = list(ties)
    chance.shuffle(shuffled)
    assert make_week(ties, now) == make_week(shuffled, now)
    assert ranked(ties) == ranked(shuffled)


def test_who_is_held_back_is_neither_greeted_nor_drawn_and_still_answered(make_tie, now):
    """The experiment takes people out of greetings and the old acquaintance, and out of nothing else."""
    fresh = [make_tie(n, replies=n / 10) for n in range(1, 6)]
    owed = make_tie(6, owes=now - 2 * DAY)
    coming = make_tie(7, comes=0.9, low=0.8)
    old = make_tie(8, silence_days=2600.0, peak_days=20)
    everybody = [*fresh, owed, coming, old]
    plain = make_week(everybody, now)
    held = frozenset({5, 6, 7, 8})
    week = make_week(everybody, now, Setting(held=held))
    assert (ids(plain.greetings), ids(week.greetings)) == ([5, 4, 3], [4, 3, 2])
    assert plain.old_acquaintance is not None
    assert week.old_acquaintance is None
    assert (week.answers, week.let_them_come) == (plain.answers, plain.let_them_come)
    assert ids(week.answers) == [6]
    pinned = Setting(held=held, greeted=(5, 4), drawn=(8,))
    assert ids(make_week(everybody, now, pinned).greetings) == [4, 3]
    assert make_week(everybody, now, pinned).old_acquaintance is None
