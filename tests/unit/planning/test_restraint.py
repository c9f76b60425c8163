"""The manners, each both ways."""

from __future__ import annotations

import pytest

from maatje.model.sentence import Day
from maatje.model.units import DAY
from maatje.planning import restraint
from maatje.planning.restraint import RULES, TITLES, Moment, held_back, verdicts

CASES = [
    # rule, changes to the tie (days relative to now), holds back, how the sentence begins
    ("answer_first", {}, False, "You owe them no answer"),
    ("answer_first", {"owes": -3}, True, "They wrote"),
    ("silence_is_an_answer", {}, False, "No message of yours"),
    ("silence_is_an_answer", {"unanswered": 1}, False, "One message of yours is unanswered, not two"),
    ("silence_is_an_answer", {"unanswered": 2}, True, "{n} message of yours"),
    ("silence_is_an_answer", {"unanswered": 2, "last_out": -364}, True, "{n} message of yours"),
    ("silence_is_an_answer", {"unanswered": 2, "last_out": -366}, False, "Your messages stayed unanswered"),
    ("let_them_come", {}, False, "They are not likely"),
    ("let_them_come", {"comes": 0.62, "low": 0.5}, True, "They will probably come"),
    ("let_them_come", {"comes": 0.4, "low": 0.25}, True, "They will probably come"),
    ("let_them_come", {"comes": 0.62, "low": 0.2}, False, "They may come by themselves, but it is too early"),
    ("let_them_come", {"comes": 0.62, "low": 0.5, "waiting_since": -13}, True, "They will probably come"),
    ("let_them_come", {"comes": 0.62, "low": 0.5, "waiting_since": -14}, False, "Expected by themselves since"),
    ("own_rhythm", {}, False, "You find each other about {rhythm:every}; never suggested"),
    ("own_rhythm", {"usual": None}, False, "Too few moments to know your rhythm; never"),
    ("own_rhythm", {"suggested_at": -60}, False, "You find each other about {rhythm:every}; last suggested"),
    ("own_rhythm", {"usual": None, "suggested_at": -60}, False, "Too few moments to know your rhythm; last"),
    ("own_rhythm", {"suggested_at": -41}, True, "Suggested"),
    ("own_rhythm", {"usual": None, "suggested_at": -29}, True, "Suggested"),
    ("own_rhythm", {"usual": None, "suggested_at": -31}, False, "Too few moments"),
    ("own_rhythm", {"silence_days": 400.0, "usual": 900.0, "suggested_at": -364}, True, "Suggested"),
    ("own_rhythm", {"silence_days": 400.0, "usual": 900.0, "suggested_at": -366}, False, "You find each other"),
    ("own_rhythm", {"suggested_at": -1}, False, "You find each other"),
    ("own_rhythm", {"silence_days": 20.0}, True, "You find each other about {rhythm:every}, and were"),
    ("own_rhythm", {"silence_days": 22.0}, False, "You find each other"),
    ("own_rhythm", {"silence_days": 13.0, "usual": None}, True, "You were in touch only"),
    ("own_rhythm", {"silence_days": 15.0, "usual": 2.0}, False, "You find each other"),
    ("what_is_undone_vanishes", {}, False, "Nothing is carried over"),
    ("grief", {}, False, "No funeral"),
    ("grief", {"grief_until": 1}, True, "In mourning"),
    ("grief", {"grief_until": 0}, False, "No funeral"),
    ("leave_alone", {}, False, "Neither of you"),
    ("leave_alone", {"leave_alone": True}, True, "They are to be left alone"),
    ("leave_alone", {"circle": 0, "circle_is_own": True}, True, "You put them in no circle"),
    ("leave_alone", {"not_until": 1}, True, "You said not now"),
    ("leave_alone", {"not_until": -1}, False, "Neither of you"),
    ("no_canned_text", {}, False, "A reason and perhaps a memory"),
    ("never_sends", {}, False, "maatje has no way to send"),
]
INSTANTS = {"owes", "last_out", "waiting_since", "suggested_at", "grief_until", "not_until"}


@pytest.mark.parametrize(("rule", "changes", "holds", "begins"), CASES)
def test_each_rule_says_yes_and_no(make_tie, now, rule, changes, holds, begins):
    """Every rule holds back exactly where DESIGN §8 says so, with a sentence for either outcome."""
    shifted = {name: now + value * DAY if name in INSTANTS else value for name, value in changes.items()}
    verdict = getattr(restraint, rule)(make_tie(**shifted), Moment(now))
    assert (rule, holds) == (verdict.rule, verdict.holds_back)
    assert verdict.sentence.text.startswith(begins), verdict.sentence.text


def test_a_quiet_week_holds_everybody_back(make_tie, now):
    """A declared quiet week suggests nobody, whoever they are."""
    verdict = held_back(make_tie(), Moment(now, is_quiet=True))
    assert verdict is not None
    assert verdict.rule == "what_is_undone_vanishes"


def test_nine_rules_in_order_each_with_a_title(make_tie, now):
    """The registry holds the nine rules in DESIGN's order, each asked once and each named."""
    found = verdicts(make_tie(), Moment(now))
    assert list(TITLES) == [verdict.rule for verdict in found] == [rule.__name__ for rule in RULES]
    assert len(found) == 9


def test_an_everyday_tie_is_free(make_tie, now):
    """Where nothing speaks against it, nobody is held back."""
    assert held_back(make_tie(), Moment(now)) is None


def test_the_first_rule_that_holds_is_told(make_tie, now):
    """With several reasons to hold back, the first in order is given."""
    verdict = held_back(make_tie(owes=now - 3 * DAY, leave_alone=True), Moment(now))
    assert verdict is not None
    assert verdict.rule == "answer_first"


def test_looked_at_again_counts_from_the_first_time(make_tie, now):
    """Two weeks of waiting do not begin anew every day."""
    waiting = make_tie(comes=0.62, low=0.5, waiting_since=now - 5 * DAY)
    assert restraint.look_again_at(waiting, now) == now + 9 * DAY
    assert restraint.look_again_at(make_tie(), now) == now + 14 * DAY
    sentence = restraint.let_them_come(waiting, Moment(now)).sentence
    assert dict(sentence.values)["day"] == Day(now + 9 * DAY)


def test_this_weeks_own_suggestion_does_not_hold_back(make_tie, now):
    """Suggested on Monday, still on the page on Sunday, off it the Monday after."""
    monday = now - DAY
    tie = make_tie(suggested_at=monday)
    assert held_back(tie, Moment(monday + 6 * DAY)) is None
    assert held_back(tie, Moment(monday + 7 * DAY)) is not None


def test_the_week_turns_at_the_users_own_midnight(make_tie, now):
    """In Amsterdam the week begins two hours before Greenwich's in summer."""
    sunday_evening = now - 2 * DAY + 10 * 3600 + 1800  # Sunday 22:30 UTC is Monday 00:30 in Amsterdam
    tie = make_tie(suggested_at=now - 3 * DAY)
    assert held_back(tie, Moment(sunday_evening)) is None
    assert held_back(tie, Moment(sunday_evening, utc_offset=7200)) is not None


def test_grief_lasts_eight_weeks(now):
    """Eight weeks to the day."""
    assert restraint.grief_until(now) - now == 56 * DAY
