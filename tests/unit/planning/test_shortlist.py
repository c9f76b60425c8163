"""The few hundred that are looked at give the same week as all of them."""

from __future__ import annotations

import random

from maatje.planning.calendar import iso_week, week_label
from maatje.planning.draw import draw_keys
from maatje.planning.shortlist import Candidates, shortlist
from maatje.planning.week import make_week
from maatje.planning.worth import past_depth


def crowd(make_tie, count, seed):
    """Ties of every kind, from a seed."""
    chance = random.Random(seed)
    return [
        make_tie(
            number,
            worth=chance.random() ** 3,
            replies=chance.random(),
            comes=chance.random() ** 2,
            silence_days=chance.expovariate(1 / 900),
            usual=chance.choice([None, 20.0, 90.0, 300.0]),
            peak_days=chance.randrange(60),
            n_in=chance.randrange(30),
            leave_alone=chance.random() < 0.1,
            unanswered=chance.randrange(3),
            owes=1_780_900_000 if chance.random() < 0.002 else None,
        )
        for number in range(1, count + 1)
    ]


def test_the_week_from_the_shortlist_is_the_week_from_all(make_tie, now):
    """Looking at a few hundred of three thousand changes nothing on the page."""
    label = week_label(*iso_week(now))
    for seed in range(3):
        ties = crowd(make_tie, 3000, seed)
        chosen = shortlist(
            Candidates(
                ids=[tie.contact_id for tie in ties],
                worth=[tie.worth for tie in ties],
                replies_7=[tie.chances.replies_7 for tie in ties],
                comes_by_30=[tie.chances.comes_by_30 for tie in ties],
                silence_days=[tie.silence.days for tie in ties],
                past=[past_depth(tie.peak_days, tie.n_in, tie.n_out, tie.n_met) for tie in ties],
                owed=[index for index, tie in enumerate(ties) if tie.owes is not None],
                barred=frozenset(index for index, tie in enumerate(ties) if tie.leave_alone),
            ),
            label,
        )
        assert len(chosen.everybody) <= 200 + 30 + 80 + len(chosen.owed)
        assert make_week([ties[index] for index in chosen.everybody], now) == make_week(ties, now)


def test_nobody_gives_nobody():
    """No ties, no shortlist."""
    empty = shortlist(Candidates([], [], [], [], [], []), "2026-W24")
    assert empty.everybody == ()


def test_a_lot_depends_on_its_own_contact_only():
    """Each key stands by itself: the week, the seed, the contact, the weight."""
    both = draw_keys([1, 2], [1.0, 2.0], "2026-W24")
    assert both[1:] == draw_keys([2], [2.0], "2026-W24")
    assert both != draw_keys([1, 2], [1.0, 2.0], "2026-W25")
    assert both != draw_keys([1, 2], [1.0, 2.0], "2026-W24", seed=1)
    assert draw_keys([3], [0.0], "2026-W24") == [float("-inf")]
