"""Which messages, meetings and senders are set aside, and by which rule."""

from __future__ import annotations

from typing import Any

import pytest

from maatje.identity.automata import RULES, Sender, attendee_rule, meeting_rule, rule_of, sender_rule
from maatje.model.record import Answer, Attendee, Mail, Mark, Meeting, Origin, Party
from maatje.model.units import Seconds

JAN = Party("Jan Smit", "jan.smit@example.org")


def _mail(**changes: Any) -> Mail:
    plain = Mail(
        Seconds(1), JAN, (Party("", "me@example.org"),), (), (), None, "Koffie?", "id", "", 0, 1, 0, 10
    )  # fmt: skip
    return plain._replace(**changes)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({}, ""),
        ({"marks": int(Mark.REPLY | Mark.RE)}, ""),
        ({"sender": None}, "no-sender"),
        ({"marks": int(Mark.LIES | Mark.LIST_ID)}, "lying-sender"),
        ({"marks": int(Mark.BOUNCE)}, "bounce"),
        ({"marks": int(Mark.BOUNCE | Mark.SENT)}, ""),
        ({"marks": int(Mark.AUTO)}, "auto-reply"),
        ({"marks": int(Mark.AUTO | Mark.SENT)}, "auto-reply"),
        ({"marks": int(Mark.LIST_ID | Mark.UNSUBSCRIBE | Mark.BULK)}, "mailing-list"),
        ({"marks": int(Mark.UNSUBSCRIBE)}, "newsletter"),
        ({"marks": int(Mark.BULK)}, "newsletter"),
        ({"marks": int(Mark.CAMPAIGN)}, "newsletter"),
        ({"marks": int(Mark.CAMPAIGN | Mark.SENT)}, ""),
        ({"marks": int(Mark.CALENDAR)}, ""),
        ({"marks": int(Mark.CALENDAR), "subject": "Geaccepteerd: Haringparty"}, "calendar-notice"),
        ({"marks": int(Mark.CALENDAR), "subject": "Declined: Haringparty"}, "calendar-notice"),
        ({"subject": "Accepted: my paper"}, ""),
        ({"sender": Party("", "no-reply@example.org")}, "no-reply"),
        ({"subject": "Out of Office: Koffie?"}, "auto-reply"),
        ({"subject": "Automatisch antwoord: Koffie?"}, "auto-reply"),
        ({"subject": "Undelivered Mail Returned to Sender"}, "bounce"),
        ({"subject": "Onbestelbaar: Koffie?"}, "bounce"),
        ({"subject": "Mailen we morgen?"}, ""),
        ({"subject": "Automatisering, een vraag"}, ""),
        ({"subject": "Re: Undelivered Mail Returned to Sender"}, ""),
        ({"recipients": 20}, ""),
        ({"recipients": 21}, "crowd"),
    ],
)
def test_rule_of(changes: dict[str, Any], rule: str) -> None:
    """Headers come first, then the address, the subject's first words, and the number of recipients."""
    assert rule == rule_of(_mail(**changes))


def test_every_rule_has_one_name_and_a_sentence() -> None:
    """Each rule can be said in words, and none twice."""
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.sentence.text for rule in RULES)


def _meeting(count: int, *, kind: str = "individual", **changes: Any) -> Meeting:
    guests = tuple(Attendee("", f"guest{at}@example.org", Answer.NONE, kind, False) for at in range(count))
    whole: dict[str, Any] = {
        "origin": Origin("a.ics"), "uid": "1", "instance": Seconds(0), "at": Seconds(1), "duration_seconds": 60,
        "title": "", "place": "", "organiser": JAN, "attendees": guests,
    }  # fmt: skip
    return Meeting(**{**whole, **changes})


def test_meetings_of_many_are_crowds() -> None:
    """Twenty people meet, twenty-one are a crowd; rooms are no people."""
    assert meeting_rule(_meeting(19)) == ""
    assert meeting_rule(_meeting(20)) == "crowd"
    assert meeting_rule(_meeting(40, kind="room")) == ""


def test_cancelled_meetings_do_not_count() -> None:
    """What was called off did not take place."""
    assert meeting_rule(_meeting(2, is_cancelled=True)) == "cancelled"


def test_rooms_are_no_people() -> None:
    """A room is known by its kind, or by its address."""
    assert attendee_rule(Attendee("", "x@example.org", Answer.NONE, "room", False)) == "room"
    assert attendee_rule(Attendee("", "vergaderzaal2@example.org", Answer.NONE, "individual", False)) == "room"
    assert attendee_rule(Attendee("", "jan@example.org", Answer.NONE, "individual", False)) == ""


@pytest.mark.parametrize(
    ("sender", "rule"),
    [
        (Sender("jan@example.org", n_in=9), ""),
        (Sender("no-reply@example.org", n_in=1, n_out=3), "no-reply"),
        (Sender("shop@example.org", n_in=10, by_rule={"newsletter": 8}), "one-way"),
        (Sender("shop@example.org", n_in=10, by_rule={"newsletter": 7}), ""),
        (Sender("jan@example.org", n_in=10, by_rule={"newsletter": 10}, n_out=1), ""),
        (Sender("jan@example.org", n_in=10, by_rule={"newsletter": 10}, n_met=1), ""),
        (Sender("jan@example.org", n_in=10, by_rule={"newsletter": 10}, n_replies=1), ""),
        (Sender("jan@example.org", n_in=10, by_rule={"mailing-list": 10}), ""),
        (Sender("jan@example.org", n_in=10, by_rule={"auto-reply": 10}), ""),
        (Sender("herring@example.org", n_list=5, n_list_senders=3), "mailing-list"),
        (Sender("herring@example.org", n_list=5, n_list_senders=1), ""),
        (Sender("jan@example.org", n_in=1, n_list=50, n_list_senders=9), ""),
        (Sender("new@example.org"), ""),
    ],
)
def test_sender_rule(sender: Sender, rule: str) -> None:
    """A sender is an automaton by all it did, and never one with whom there is two-way contact."""
    assert rule == sender_rule(sender)


def test_drafts_and_junk_are_set_aside() -> None:
    """A draft was never sent, and what lay among unwanted mail was never meant to count."""
    draft = _mail(marks=int(Mark.DRAFT | Mark.SENT))
    assert rule_of(draft) == "draft"
    assert rule_of(_mail(marks=int(Mark.JUNK))) == "junk"
