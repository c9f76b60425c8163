"""The lot that holds a tenth back, and what is read from it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from math import inf

import pytest

from maatje.errors import ParameterError, UserError
from maatje.model.ledger import Experiment, ExperimentState, Lot, Outcome
from maatje.model.units import DAY, ContactId, Seconds
from maatje.planning.experiment import begin, draw, effect_of, held_now, held_place, people_needed, stratum
from maatje.planning.readout import Watched, pace, read_out

T0 = Seconds(1_700_000_000)
END = Seconds(T0 + 365 * DAY)
PLAN = Experiment(T0, END, Outcome.COMES_BY, seed=42)


def enrolled(people: int, plan: Experiment = PLAN) -> list[Lot]:
    """The log after so many people, three a day."""
    log: list[Lot] = []
    for first in range(0, people, 3):
        batch = [(ContactId(one), (one * 37 % 100) / 100, (one * 53 % 97) / 97) for one in range(first, first + 3)]
        log.extend(draw(plan, log, batch[: people - first], Seconds(T0 + first * DAY // 3)))
    return log


def came(log: list[Lot], greeted: float, held: float) -> list[Watched]:
    """Of each group such a share came by, spread evenly."""
    counts: Counter[bool] = Counter()
    out = []
    for lot in log:
        share = held if lot.is_held else greeted
        counts[lot.is_held] += 1
        comes = int(counts[lot.is_held] * share) > int((counts[lot.is_held] - 1) * share)
        out.append(Watched(lot.contact_id, comes, comes, int(comes)))
    return out


def test_one_in_ten_of_like_people_is_held_back() -> None:
    """In every full block exactly one, and about a tenth in all."""
    log = enrolled(300)
    blocks = Counter((lot.stratum, lot.block) for lot in log)
    held = Counter((lot.stratum, lot.block) for lot in log if lot.is_held)
    assert all(held[block] == 1 for block, size in blocks.items() if size == 10)
    assert 25 <= sum(held.values()) <= 35


def test_every_place_is_as_likely() -> None:
    """Over a thousand blocks no place is held back much more than another."""
    places = Counter(held_place(7, "1.1", block) for block in range(1000))
    assert set(places) == set(range(10))
    assert max(places.values()) < 140


def test_the_lot_falls_once_and_can_be_drawn_again() -> None:
    """The same log gives the same lots, and whoever has a lot keeps it."""
    log = enrolled(60)
    assert enrolled(60) == log
    assert draw(PLAN, log, [(lot.contact_id, 0.9, 0.9) for lot in log], Seconds(T0 + 200 * DAY)) == ()
    assert [lot.is_held for lot in enrolled(60, replace(PLAN, seed=43))] != [lot.is_held for lot in log]


def test_the_order_on_the_page_does_not_choose() -> None:
    """The same people in another order get the same lots."""
    batch = [(ContactId(one), 0.5, 0.2) for one in range(20)]
    assert draw(PLAN, (), batch, T0) == draw(PLAN, (), batch[::-1], T0)


def test_nobody_is_held_back_before_after_or_once_stopped() -> None:
    """Off is off: no lot and nobody kept from the page."""
    log = enrolled(60)
    batch = [(ContactId(999), 0.5, 0.2)]
    for plan, at in ((PLAN, END), (PLAN, Seconds(T0 - 1)), (replace(PLAN, stopped_at=T0), Seconds(T0 + DAY))):
        assert draw(plan, (), batch, at) == ()
        assert held_now(plan, log, at) == frozenset()
    assert held_now(PLAN, log, Seconds(T0 + DAY)) == {lot.contact_id for lot in log if lot.is_held}


@pytest.mark.parametrize(
    ("worth", "comes", "name"), [(0.0, 0.0, "0.0"), (0.35, 0.1, "1.0"), (0.6, 0.2, "1.1"), (1.0, 1.0, "2.2")]
)
def test_strata(worth: float, comes: float, name: str) -> None:
    """Three thirds of worth by three of freshness."""
    assert stratum(worth, comes) == name


@pytest.mark.parametrize(
    "change", [{"horizon_at": Seconds(T0 + 100 * DAY)}, {"watch_days": 200}, {"begun_at": Seconds(T0 + 9)}]
)
def test_a_hopeless_experiment_is_refused(change: dict[str, int]) -> None:
    """Too near a horizon, or a watch that would not fit twice, or one not begun yet."""
    with pytest.raises(UserError, match="half a year"):
        begin(replace(PLAN, **change), T0)  # type: ignore[arg-type]
    assert begin(PLAN, T0) is PLAN


def test_an_experiment_needs_a_difference_to_look_for() -> None:
    """A difference of nothing needs endless people."""
    with pytest.raises(ParameterError):
        begin(replace(PLAN, worth_knowing=0.0), T0)
    with pytest.raises(ParameterError):
        people_needed(0.2, 0.0)
    assert people_needed(0.2, 0.2) == pytest.approx(436, abs=1)


def test_an_effect_is_found() -> None:
    """Seven in ten against two in ten over three hundred people: seen, with bounds around it."""
    log = enrolled(300)
    found = effect_of(log, {one.contact_id: float(one.came_by) for one in came(log, 0.7, 0.2)}, 1, 499)
    assert found.effect == pytest.approx(0.5, abs=0.05)
    assert 0.2 < found.low < found.effect < found.high < 0.8
    assert found.p < 0.01


def test_an_empty_group_says_nothing() -> None:
    """Nobody held back: no difference, and no end to what it might be."""
    log = [lot for lot in enrolled(30) if not lot.is_held]
    assert effect_of(log, {lot.contact_id: 1.0 for lot in log}, 1) == (0.0, -inf, inf, 1.0)


def test_nothing_is_read_while_it_runs() -> None:
    """Neither a difference nor how many were held back."""
    log = enrolled(60)
    found = read_out(PLAN, log, came(log, 0.7, 0.2), Seconds(END - 1))
    assert (found.state, found.enrolled, found.held, found.contrasts) == (ExperimentState.RUNNING, 60, 0, ())
    assert found.notes[0].text.startswith("The experiment runs until {day}.")


def test_the_question_comes_first_and_one_life_is_said() -> None:
    """At the horizon: the chosen outcome first, and the warning."""
    plan = replace(PLAN, question=Outcome.YIELD)
    log = enrolled(240, plan)
    found = read_out(plan, log, came(log, 0.7, 0.2), END)
    assert found.state is ExperimentState.DONE
    assert [one.outcome for one in found.contrasts] == [Outcome.YIELD, Outcome.COMES_BY, Outcome.ACTIVE]
    assert found.contrasts[0].sentence.text == "More came of those greeted."
    assert found.notes[0].text.startswith("This is one life")
    assert found.left_out == ()


def test_no_difference_says_how_many_more_are_needed() -> None:
    """Alike on both sides: too early, with the number of people."""
    log = enrolled(100)
    found = read_out(PLAN, log, came(log, 0.5, 0.5), END).contrasts[0]
    assert found.p > 0.05
    assert found.still_needed > 300
    assert found.sentence.plural == "Too early to say; about {n} people more are needed."


def test_switched_off_halfway_reads_what_it_has() -> None:
    """Those whose time was not over are left out and said, and so is that stopping early misleads."""
    stopped = Seconds(T0 + 120 * DAY)
    plan = replace(PLAN, stopped_at=stopped)
    log = enrolled(150)
    found = read_out(plan, log, came(log, 0.7, 0.2), Seconds(stopped + DAY))
    assert found.state is ExperimentState.STOPPED
    counted = found.contrasts[0].n_suggested + found.contrasts[0].n_held
    assert counted == sum(lot.at + 90 * DAY <= stopped for lot in log) > 0
    assert "switched off" in found.notes[1].text
    assert dict(found.left_out[0].values)["n"].number == 150 - counted


def test_the_forgotten_are_left_out_and_said() -> None:
    """Somebody who is no longer known is not counted on either side."""
    log = enrolled(60)
    found = read_out(PLAN, log, came(log, 0.7, 0.2)[5:], END)
    assert "no longer known" in found.left_out[0].text
    assert dict(found.left_out[0].values)["n"].number == 5


def test_an_experiment_without_anybody() -> None:
    """Nobody was ever enrolled: too early, and no fault."""
    found = read_out(PLAN, (), (), END)
    assert all(one.p == 1.0 and one.still_needed > 0 for one in found.contrasts)


def test_the_pace() -> None:
    """A hundred people in a hundred days: two hundred more take two hundred days."""
    at = Seconds(T0 + 100 * DAY)
    found = pace(PLAN, 100, 200, at)
    assert found is not None
    assert dict(found.values)["span"].days == pytest.approx(200.0)
    assert pace(PLAN, 0, 200, at) is None
    assert pace(PLAN, 100, 0, at) is None


def test_the_hour_of_the_page_changes_no_lot() -> None:
    """Whoever opens the page in the morning and whoever does in the evening draw the same lots for the same people."""
    log = enrolled(30)
    batch = [(ContactId(one), 0.5, 0.2) for one in range(100, 108)]
    morning, evening = (draw(PLAN, log, batch, Seconds(T0 + 99 * DAY + shift)) for shift in (0, 50_000))
    assert [lot._replace(at=T0) for lot in morning] == [lot._replace(at=T0) for lot in evening]


def test_the_places_of_the_forgotten_stay_empty() -> None:
    """Whoever is gone from the log leaves a gap: nobody gets a place that another has."""
    log = enrolled(90)
    left = [lot for lot in log if lot.contact_id % 7]
    new = draw(PLAN, left, [(ContactId(one), one / 40 % 1, one / 30 % 1) for one in range(500, 540)], END - DAY)
    places = [(lot.stratum, lot.block, lot.place) for lot in (*left, *new)]
    assert len(places) == len(set(places))
