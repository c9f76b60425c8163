"""The experiment in the week: who is held back is never shown, owed answers always are, and nothing is told before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.conftest import ME, NOW, Letter

from maatje.app import capture, experiment, mending, recall, yields
from maatje.app.home import Home
from maatje.app.settings import Settings
from maatje.app.week import settle_week, this_week
from maatje.errors import UserError
from maatje.model.ledger import Experiment, ExperimentState, Outcome
from maatje.model.plan import Week
from maatje.model.units import DAY, ContactId, Seconds
from maatje.planning.experiment import draw
from maatje.store import experiments, notes

FRIENDS = 12
LATER = Seconds(NOW + 7 * DAY)


@pytest.fixture
def full(home: Home, letter: Letter, tmp_path: Path) -> Home:
    """Twelve friends who always answered and never began, silent for some weeks; and one who waits for an answer."""
    letters = []
    for who in range(FRIENDS):
        them = f"friend{who:02}@example.net"
        for k in range(20):
            days = 60 + who + 25 * k
            letters.append(letter(ME, them, days=days, subject=f"{k}"))
            letters.append(letter(them, ME, days=days - 1, subject=f"Re: {k}", headers=f"In-Reply-To: <{k}@x>\n"))
    for k in range(20):
        letters.append(letter("frida@example.net", ME, days=40 + 30 * k, subject=f"Mine {k}"))
        letters.append(letter(ME, "frida@example.net", days=39 + 30 * k, subject=f"Re: Mine {k}"))
    letters.append(letter("frida@example.net", ME, days=3, subject="Will you come?"))
    box = tmp_path / "Inbox.mbox"
    box.write_text("".join(letters))
    capture.add(home, [box], me=[ME], now=NOW)
    return Home(home.path, replace(home.settings, greetings=6))


def _greeted(page: Week) -> list[ContactId]:
    return [one.tie.contact_id for one in page.greetings]


def _seed_that_holds(page: Week, wanted: ContactId) -> int:
    """A seed by which the lot holds one person of a page back, at the page's own figures."""
    would = [(one.tie.contact_id, float(one.tie.worth), float(one.tie.chances.comes_by_30)) for one in page.greetings]
    for seed in range(1000):
        trial = Experiment(NOW, Seconds(NOW + 360 * DAY), Outcome.COMES_BY, seed)
        if any(lot.is_held and lot.contact_id == wanted for lot in draw(trial, (), would, NOW)):
            return seed
    raise AssertionError


def test_who_is_held_back_is_never_on_the_page(full: Home) -> None:
    """Reading and settling agree; somebody else takes the place, and has a lot too; week after week it stays so."""
    with full.connect() as db:
        plain = this_week(db, NOW, full.settings)
        assert len(_greeted(plain)) == 6
        gone = _greeted(plain)[0]
        experiment.begin(db, Outcome.COMES_BY, 12, _seed_that_holds(plain, gone), NOW)
        read = this_week(db, NOW, full.settings)
        assert gone not in _greeted(read)
        assert experiments.lots(db, 1) == ()
        page = settle_week(db, NOW, full.settings)
        assert _greeted(page) == _greeted(read)
        lots = experiments.lots(db, 1)
        held = {lot.contact_id for lot in lots if lot.is_held}
        assert gone in held
        assert {lot.contact_id for lot in lots} == held | set(_greeted(page))
        assert held.isdisjoint(one.contact_id for one in notes.suggestions(db, "2026-W24") if one.kind == "greeting")
        again = settle_week(db, LATER, full.settings)
        assert held.isdisjoint(_greeted(again))


def test_answers_owed_are_never_held_back(full: Home) -> None:
    """Who waits for an answer stands on the page, whatever the lot says."""
    with full.connect() as db:
        owed = recall.resolve_name(db, "frida@example.net")
        for seed in range(5):
            experiment.begin(db, Outcome.COMES_BY, 12, seed, NOW)
            settle_week(db, NOW, full.settings)
            assert [one.tie.contact_id for one in this_week(db, NOW, full.settings).answers] == [owed]
            experiment.stop(db, NOW)


def test_nobody_vanishes_from_a_page_that_was_looked_at(full: Home) -> None:
    """Switched on in the middle of a week, the experiment leaves that week's page as it is."""
    with full.connect() as db:
        before = _greeted(settle_week(db, NOW, full.settings))
        gone = before[0]
        experiment.begin(db, Outcome.COMES_BY, 12, _seed_that_holds(this_week(db, NOW, full.settings), gone), NOW)
        assert _greeted(settle_week(db, Seconds(NOW + DAY), full.settings)) == before
        assert experiments.lots(db, 1) == ()


def test_why_says_the_same_of_all(full: Home) -> None:
    """While it runs, "why" tells of the experiment to all whom no rule keeps off the page: it gives nobody away."""
    with full.connect() as db:
        plain = this_week(db, NOW, full.settings)
        gone = _greeted(plain)[0]
        experiment.begin(db, Outcome.COMES_BY, 12, _seed_that_holds(plain, gone), NOW)
        page = settle_week(db, NOW, full.settings)
        on_page = {*_greeted(page), *(one.tie.contact_id for one in page.answers)}
        everybody = [recall.resolve_name(db, f"friend{who:02}@example.net") for who in range(FRIENDS)]
        leads = {one: recall.why(db, one, NOW, full.settings).lead.text for one in everybody if one not in on_page}
        assert "experiment" in leads[gone]
        assert sum(text == leads[gone] for text in leads.values()) > sum(lot.is_held for lot in experiments.lots(db, 1))


def test_nothing_is_told_while_it_runs_and_it_is_read_afterwards(full: Home) -> None:
    """Until the horizon: that it runs, no figure and not how many are held back. After it, the question first."""
    with full.connect() as db:
        assert experiment.read(db, NOW) is None
        experiment.begin(db, Outcome.YIELD, 12, 7, NOW)
        settle_week(db, NOW, full.settings)
        running = experiment.read(db, Seconds(NOW + 30 * DAY))
        assert running is not None
        assert (running.state, running.held, running.contrasts) == (ExperimentState.RUNNING, 0, ())
        person = next(lot.contact_id for lot in experiments.lots(db, 1) if not lot.is_held)
        late = Seconds(NOW + 20 * DAY)
        found = yields.read(
            db, {"text": "a tip", "kind": "information", "direction": "received", "people": f"#{person}"}, late,
            full.settings,
        )  # fmt: skip
        yields.add(db, found, late)
        over = experiment.read(db, Seconds(NOW + 361 * DAY))
    assert over is not None
    assert over.state is ExperimentState.DONE
    first = over.contrasts[0]
    assert first.outcome is Outcome.YIELD
    assert first.suggested * first.n_suggested == pytest.approx(1.0)
    assert first.held == 0.0


def test_switched_off_halfway_says_so_and_holds_nobody(full: Home) -> None:
    """Nothing is lost: everybody comes back onto the page, the lots stay, and the answer says that it was cut short."""
    with full.connect() as db:
        plain = this_week(db, NOW, full.settings)
        gone = _greeted(plain)[0]
        experiment.begin(db, Outcome.COMES_BY, 12, _seed_that_holds(plain, gone), NOW)
        settle_week(db, NOW, full.settings)
        experiment.stop(db, Seconds(NOW + 100 * DAY))
        found = experiment.read(db, Seconds(NOW + 101 * DAY))
        assert found is not None
        assert found.state is ExperimentState.STOPPED
        assert found.enrolled > 0
        assert any("switched off" in note.text for note in found.notes)
        assert not experiment.is_running(db, Seconds(NOW + 101 * DAY))
        with pytest.raises(UserError, match="No experiment is running"):
            experiment.stop(db, Seconds(NOW + 102 * DAY))


def test_question_and_horizon_are_fixed(full: Home) -> None:
    """A second one beside it is refused, a short one too; and once a lot fell, it can no longer be undone."""
    with full.connect() as db:
        with pytest.raises(UserError, match="half a year"):
            experiment.begin(db, Outcome.COMES_BY, 3, 1, NOW)
        experiment.begin(db, Outcome.COMES_BY, 12, 1, NOW)
        with pytest.raises(UserError, match="running already"):
            experiment.begin(db, Outcome.YIELD, 24, 2, NOW)
        settle_week(db, NOW, full.settings)
        with pytest.raises(UserError, match="cannot be taken back"):
            mending.undo(db, None, NOW)
        kept = experiment.latest(db)
    assert kept is not None
    assert (kept.question, kept.horizon_at) == (Outcome.COMES_BY, NOW + 360 * DAY)


def test_off_by_default(home: Home) -> None:
    """A home that nobody asked for an experiment has none."""
    with home.connect() as db:
        assert experiment.latest(db) is None
        assert this_week(db, NOW, Settings(utc_offset_minutes=120)).greetings == ()
