"""Labels as whole stories: one tie, its touches, what each was."""

from __future__ import annotations

import pytest

from maatje.freshness.labels import Labels, label
from maatje.freshness.log import from_rows
from maatje.freshness.params import DAY, LATER

IN, OUT, MET = 1, 2, 3
UNKNOWN, REPLY, FRESH = 0, 1, 2


def touch(
    day: float, direction: int, mark: int = UNKNOWN, weight: float = 1.0
) -> tuple[int, int, int, float, int, int]:
    """One touch of contact 1 as the store keeps it."""
    return 1, int(day * DAY), direction, weight, mark, 1


def labels(*touches: tuple[float, ...]) -> Labels:
    """The labels of one tie; touches are (day, direction[, mark[, weight]])."""
    return label(from_rows([touch(*each) for each in touches]))  # type: ignore[arg-type]


@pytest.mark.parametrize(("days_after", "expected"), [(0.5, False), (3.0, False), (3.01, True), (40.0, True)])
def test_three_day_rule(days_after: float, expected: bool) -> None:
    """Without headers, what comes within three days of an own message was prompted by it."""
    assert labels((10, OUT), (10 + days_after, IN)).is_unprompted.tolist() == [False, expected]


def test_headers_beat_the_rule() -> None:
    """A reply header makes it an answer however late; a fresh one is unprompted however soon."""
    found = labels((10, OUT), (11, IN, FRESH), (60, IN, REPLY))
    assert found.is_unprompted.tolist() == [False, True, False]


def test_first_word_is_unprompted() -> None:
    """Who writes before the user ever did came by themselves."""
    assert labels((10, IN), (11, OUT)).is_unprompted.tolist() == [True, False]


def test_copies_among_many_are_never_unprompted() -> None:
    """A touch that weighs less than one is no coming by."""
    assert labels((10, IN, FRESH, 0.25)).is_unprompted.tolist() == [False]


def test_same_instant_counts_as_before() -> None:
    """At one instant the incoming message comes first, so an own one of that second prompted nothing."""
    assert labels((10, OUT), (10, IN)).is_unprompted.tolist() == [True, False]


def test_reply_is_the_first_word_within_seven_days() -> None:
    """Only the first incoming message after an own one is the reply, and only within a week."""
    assert labels((1, OUT), (5, IN), (6, IN)).is_reply.tolist() == [False, True, False]
    assert labels((1, OUT), (8.5, IN), (9, IN)).is_reply.tolist() == [False, False, False]
    assert labels((1, OUT), (2, IN, FRESH)).is_reply.tolist() == [False, False]


def test_answer_is_the_users_first_word_within_seven_days() -> None:
    """The user's answers are counted by the same rule, seen from the other side."""
    assert labels((1, IN), (3, OUT), (4, OUT)).is_answer.tolist() == [False, True, False]
    assert labels((1, IN), (9, OUT)).is_answer.tolist() == [False, False]


def test_own_messages_stay_open_until_their_next_sign_of_life() -> None:
    """Every own message knows when they were next in touch, or that they were not yet."""
    found = labels((1, OUT), (2, OUT), (9, IN), (20, OUT))
    assert found.closed_at.tolist() == [9 * DAY, 9 * DAY, LATER, LATER]


def test_a_meeting_closes_waits_and_asks_nothing() -> None:
    """Having met is an answer to a letter, is no letter itself, and is nobody's coming by."""
    found = labels((1, OUT), (4, MET), (5, IN), (30, MET))
    assert found.is_reply.tolist() == [False, True, False, False]
    assert found.is_ask.tolist() == [True, False, False, False]
    assert found.is_unprompted.tolist() == [False, False, False, False]
    assert found.closed_at[0] == 4 * DAY


def test_a_circular_waits_for_no_answer() -> None:
    """A message to many neither asks nor answers, but what comes within three days of it was prompted."""
    found = labels((1, IN), (20, OUT, UNKNOWN, 0.25), (21, IN))
    assert found.is_ask.tolist() == [False, False, False]
    assert found.is_unprompted.tolist() == [True, False, False]


def test_fresh_asks_follow_a_silence() -> None:
    """An own message is fresh after more than three days without any touch, and never when it is the first."""
    assert labels((1, OUT), (3, OUT), (10, OUT)).is_fresh.tolist() == [False, False, True]


def test_ties_do_not_touch_each_other() -> None:
    """What one person wrote neither prompts nor answers anything of another's."""
    rows = [(1, 10 * DAY, OUT, 1.0, 0, 1), (2, 11 * DAY, IN, 1.0, 0, 1)]
    found = label(from_rows(rows))
    assert found.is_unprompted.tolist() == [False, True]
    assert found.is_reply.tolist() == [False, False]
    assert found.closed_at[0] == LATER
