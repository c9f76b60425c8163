"""Does it guess well: kept until the next time, told plainly, and heeded by the week."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.conftest import ME, NOW, Letter

from maatje.app import capture, evaluate, recall, ties
from maatje.app.home import Home
from maatje.app.week import settle_week, this_week
from maatje.app.wording import Voice
from maatje.freshness.odds import logit
from maatje.model.evaluation import Tally
from maatje.model.units import DAY, ContactId, Seconds
from maatje.store import meta, notes
from maatje.store.db import transaction

FRIENDS = 8
GONE = 4


@pytest.fixture
def full(home: Home, letter: Letter, tmp_path: Path) -> Home:
    """Eight friends who write every nine days, four who stopped years ago, and an uncle who is only written to."""
    letters = []
    for who in range(FRIENDS):
        letters += [letter(f"friend{who}@example.net", ME, days=9 * k + who + 1, subject=f"{k}") for k in range(90)]
        # An own word five days after every third of theirs: too long before the next to have prompted it.
        letters += [letter(ME, f"friend{who}@example.net", days=27 * k + who + 5, subject=f"m{k}") for k in range(30)]
    for who in range(GONE):
        letters += [letter(f"gone{who}@example.net", ME, days=820 + 9 * k + who, subject=f"{k}") for k in range(9)]
    letters += [letter(ME, "uncle@example.net", days=7 * k + 1, subject=f"{k}") for k in range(120)]
    box = tmp_path / "Inbox.mbox"
    box.write_text("".join(letters))
    capture.add(home, [box], me=[ME], now=NOW)
    return home


def _contact(home: Home, name: str) -> ContactId:
    with home.connect(read_only=True) as db:
        return recall.resolve_name(db, name)


def _said(home: Home) -> list[str]:
    with home.connect(read_only=True) as db:
        return [Voice("en", now=NOW).say(one) for one in this_week(db, NOW, home.settings).waiting_notes]


def test_the_known_answer(full: Home) -> None:
    """Eight of thirteen come at each of 24 looks back, and the sentences say so; reading writes nothing."""
    with full.connect(read_only=True) as db:
        past = evaluate.evaluate(db, NOW)
    assert (past.cutoffs, past.people, past.whole.n, past.whole.came) == (24, 13, 312, 192)
    words = " ".join(Voice("en", now=NOW).say(one) for one in evaluate.verdict(past))
    ours = past.way("maatje")
    assert ours is not None
    assert ours.named.came == ours.named.n > 100
    assert f"Of {ours.named.n} times that maatje called somebody fresh" in words
    assert "in 10" not in words  # figures as counts, which anybody can check


def test_kept_until_something_changes(full: Home) -> None:
    """What came of a test is read back whole; once something was added, it is said to be of before."""
    with full.connect() as db:
        assert evaluate.kept(db) is None
        past = evaluate.look_again(db, NOW)
        found = evaluate.kept(db)
        assert found is not None
        assert (found.past, found.is_current) == (past, True)
        with transaction(db):
            meta.bump(db)
        later = evaluate.kept(db)
        assert later is not None
        assert not later.is_current


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"version": 1}', '{"version": 2, "past": {}}', "7"])
def test_a_spoilt_test_is_none(home: Home, text: str) -> None:
    """What cannot be read back counts as not tested, and harms no page."""
    with home.connect() as db:
        with transaction(db):
            meta.put(db, evaluate.META_KEY, text)
        assert evaluate.kept(db) is None
        assert evaluate.trusts_coming(db)


def test_only_counts_are_kept(full: Home) -> None:
    """Nobody's name or address is in what is kept."""
    with full.connect() as db:
        evaluate.look_again(db, NOW)
        text = meta.get(db, evaluate.META_KEY)
    assert "@" not in text
    assert "friend" not in text


def test_the_week_tests_at_most_once_a_month(full: Home) -> None:
    """Settling a week tests once; the same week again, or the next, writes no other test; after four weeks it does."""
    with full.connect() as db:
        settle_week(db, NOW, full.settings)
        first = meta.get(db, evaluate.META_KEY)
        settle_week(db, NOW, full.settings)
        settle_week(db, Seconds(NOW + 7 * DAY), full.settings)
        assert meta.get(db, evaluate.META_KEY) == first
        assert json.loads(first)["past"]["as_of"] == NOW
        settle_week(db, Seconds(NOW + 29 * DAY), full.settings)
        assert json.loads(meta.get(db, evaluate.META_KEY))["past"]["as_of"] == NOW + 29 * DAY


def test_an_empty_diary_is_too_little(home: Home) -> None:
    """Without any past it says that there is too little, and how much is needed."""
    with home.connect(read_only=True) as db:
        past = evaluate.evaluate(db, NOW)
    words = [Voice("en", now=NOW).say(one) for one in evaluate.verdict(past)]
    assert words == [
        "Too little to tell how well maatje guesses.",
        "It could look back 0 of the 6 times that are needed.",
        "Somebody came by 0 of the 30 times that are needed.",
    ]


def test_the_own_past_overrules_coming(full: Home) -> None:
    """Where too few of those expected came in the past, nobody is said to come by themselves, and why is said."""
    with full.connect() as db:
        settle_week(db, NOW, full.settings)
        assert this_week(db, NOW, full.settings).let_them_come
        past = evaluate.look_again(db, NOW)
        spoilt = replace(past, expected=Tally(40, 8, 0.6, 0.1, 0.35), expected_people=12)
        shape = json.loads(meta.get(db, evaluate.META_KEY))
        shape["past"]["expected"] = {"n": 40, "came": 8, "said": 0.6, "low": 0.1, "high": 0.35}
        shape["past"]["expected_people"] = 12
        with transaction(db):
            meta.put(db, evaluate.META_KEY, json.dumps(shape))
        found = evaluate.kept(db)
        assert found is not None
        assert found.past == spoilt
        week = this_week(db, NOW, full.settings)
        assert week.let_them_come == ()
        why = recall.why(db, recall.resolve_name(db, "friend0@example.net"), NOW, full.settings)
    assert _said(full)[0].startswith("Nobody is said to come by themselves: of 40 times")
    rule = next(one for one in why.verdicts if one.rule == "let_them_come")
    assert not rule.holds_back
    assert "too few did" in rule.sentence.text


@pytest.mark.parametrize(("shift", "moved"), [(0.4, 0.4), (-9.0, -1.0), (0.0, 0.0), ("NaN", 0.0), ("", 0.0)])
def test_the_pages_heed_what_the_own_past_supports(full: Home, shift: float | str, moved: float) -> None:
    """A shift that the last test supports moves all chances to come by alike, for two months, and never the order."""
    with full.connect() as db:
        before = ties.load(db, NOW).scores
        evaluate.look_again(db, NOW)
        shape = json.loads(meta.get(db, evaluate.META_KEY))
        shape["past"]["shift"] = float(shift) if shift == "NaN" else shift
        with transaction(db):
            meta.put(db, evaluate.META_KEY, json.dumps(shape))
        assert evaluate.own_shift(db, NOW) == moved
        assert evaluate.own_shift(db, Seconds(NOW + 61 * DAY)) == 0.0
        after = ties.load(db, NOW).scores
    odds = [logit(np.array(found.comes_by_30)) for found in (before, after)]
    assert odds[1] - odds[0] == pytest.approx(moved, abs=1e-6)
    assert after.active_30 == before.active_30


def test_the_record_of_those_left_to_come(full: Home) -> None:
    """Of those left to come whose thirty days are over, it is told how many came, once there are five."""
    friends = [_contact(full, f"friend{who}@example.net") for who in range(FRIENDS)]
    gone = [_contact(full, f"gone{who}@example.net") for who in range(GONE)]
    with full.connect() as db, transaction(db):
        notes.note_suggestions(db, "2026-W10", "wait", [*friends[:2], *gone[:2]], Seconds(NOW - 100 * DAY))
        # Said again within thirty days is the same wait; of the last days nobody knows yet.
        notes.note_suggestions(db, "2026-W11", "wait", [*friends[:2], *gone[:2]], Seconds(NOW - 93 * DAY))
        notes.note_suggestions(db, "2026-W23", "wait", friends[4:], Seconds(NOW - 8 * DAY))
    assert _said(full) == []
    with full.connect() as db:
        with transaction(db):
            notes.note_suggestions(db, "2026-W16", "wait", friends[2:4], Seconds(NOW - 50 * DAY))
        assert (evaluate.waited(db, NOW).n, evaluate.waited(db, NOW).came) == (6, 4)
    assert _said(full) == ["Of the last six who were left to come, four came."]


def test_nothing_is_held_against_people_after_the_mail_ends(full: Home) -> None:
    """When no mail was added for months, those left to come since are not counted as having stayed away."""
    friends = [_contact(full, f"friend{who}@example.net") for who in range(FRIENDS)]
    with full.connect() as db:
        with transaction(db):
            notes.note_suggestions(db, "2026-W24", "wait", friends, NOW)
        assert evaluate.waited(db, Seconds(NOW + 90 * DAY)).n == 0
