"""The documented rules of attribution, each with its figures."""

from __future__ import annotations

import pytest

from maatje.identity.attribute import (
    Share,
    direction_of,
    is_answer,
    is_unprompted,
    reply_mark,
    shares_of_mail,
    shares_of_meeting,
    weight_in,
    weight_met,
    weight_out,
)
from maatje.model.interaction import Direction, ReplyMark
from maatje.model.record import Mark
from maatje.model.units import DAY, Seconds

ME = frozenset({"me@example.org"})


def test_direction() -> None:
    """What the user sent goes out, all else comes in."""
    assert direction_of(sender_is_me=True) is Direction.OUT
    assert direction_of(sender_is_me=False) is Direction.IN


@pytest.mark.parametrize(
    ("is_to", "is_cc", "recipients", "expected"),
    [
        (True, False, 20, 1.0),
        (True, True, 20, 1.0),
        (False, True, 5, 1.0),
        (False, True, 6, 0.25),
        (False, False, 1, 0.25),
    ],
)
def test_weight_in(is_to: bool, is_cc: bool, recipients: int, expected: float) -> None:
    """A message to the user counts in full, a copy among many or to others a quarter."""
    assert expected == weight_in(is_to=is_to, is_cc=is_cc, recipients=recipients)


def test_weight_out() -> None:
    """Up to five recipients each counts in full, then they share five."""
    assert [weight_out(count) for count in (0, 1, 5, 10, 20)] == [1.0, 1.0, 1.0, 0.5, 0.25]
    assert weight_met(10) == 0.5


def test_own_mail_touches_each_recipient() -> None:
    """The user's message touches everybody named in it but themselves and programs, once each."""
    shares = shares_of_mail(
        "me@example.org", ["a@x.example", "me@example.org"], ["a@x.example", "list@x.example"], ["b@x.example"],
        recipients=5, me=ME, automata={"list@x.example"},
    )  # fmt: skip
    assert shares == (Share("a@x.example", Direction.OUT, 1.0), Share("b@x.example", Direction.OUT, 1.0))


def test_mail_to_the_user_touches_its_sender() -> None:
    """A message touches whoever sent it, never the others who got it."""
    shares = shares_of_mail("a@x.example", ["me@example.org", "b@x.example"], [], [], recipients=2, me=ME)
    assert shares == (Share("a@x.example", Direction.IN, 1.0),)


def test_crowds_and_programs_touch_nobody() -> None:
    """More than twenty recipients, or a program as the sender, say nothing."""
    assert shares_of_mail("a@x.example", ["me@example.org"], [], [], recipients=21, me=ME) == ()
    assert (
        shares_of_mail("a@x.example", ["me@example.org"], [], [], recipients=1, me=ME, automata={"a@x.example"}) == ()
    )
    assert shares_of_meeting([f"{at}@x.example" for at in range(21)], me=ME) == ()


def test_meetings_touch_everybody_both_ways() -> None:
    """A meeting is between the user and each other who was there."""
    shares = shares_of_meeting(["me@example.org", "a@x.example", "a@x.example"], me=ME)
    assert shares == (Share("a@x.example", Direction.BOTH, 1.0),)


def test_reply_mark() -> None:
    """The absence of reply headers means something only from senders who use them."""
    assert reply_mark(int(Mark.REPLY), sender_ever_replies=False) is ReplyMark.REPLY
    assert reply_mark(0, sender_ever_replies=True) is ReplyMark.FRESH
    assert reply_mark(0, sender_ever_replies=False) is ReplyMark.UNKNOWN


@pytest.mark.parametrize(
    ("weight", "mark", "days_since_own", "expected"),
    [
        (1.0, ReplyMark.FRESH, 0.1, True),
        (1.0, ReplyMark.REPLY, None, False),
        (1.0, ReplyMark.UNKNOWN, None, True),
        (1.0, ReplyMark.UNKNOWN, 3.0, False),
        (1.0, ReplyMark.UNKNOWN, 3.1, True),
        (0.25, ReplyMark.FRESH, None, False),
    ],
)
def test_is_unprompted(weight: float, mark: ReplyMark, days_since_own: float | None, expected: bool) -> None:
    """They came by themselves where headers say so, or, without headers, three days after the user's own."""
    at = Seconds(100 * DAY)
    own = None if days_since_own is None else Seconds(int(at - days_since_own * DAY))
    assert expected == is_unprompted(weight, mark, at, own)


def test_is_answer() -> None:
    """The first that comes within a week of the user's own message answers it, unless it is marked fresh."""
    at, own = Seconds(100 * DAY), Seconds(93 * DAY)
    assert is_answer(ReplyMark.UNKNOWN, at, own, is_first_since=True)
    assert is_answer(ReplyMark.REPLY, at, own, is_first_since=True)
    assert not is_answer(ReplyMark.FRESH, at, own, is_first_since=True)
    assert not is_answer(ReplyMark.REPLY, at, own, is_first_since=False)
    assert not is_answer(ReplyMark.REPLY, Seconds(at + 1), own, is_first_since=True)
    assert not is_answer(ReplyMark.REPLY, at, None, is_first_since=True)
