"""
Which messages and meetings are not between the user and a person, each by a rule that has a name and a sentence.

``rule_of`` looks at one message, ``handle_rule`` at an address, ``meeting_rule`` at a meeting, and
``sender_rule`` at all that one sender ever sent. Nothing is thrown away: what is set aside stays
in the store, counted nowhere, and the user's word takes it back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from maatje.identity.addresses import BOOKING, BOUNCE, LIST, NEWSLETTER, NO_REPLY, NOTICE, ONE_TIME, ROOM, handle_rule
from maatje.model.interaction import CROWD
from maatje.model.record import Attendee, Mail, Mark, Meeting
from maatje.model.sentence import Sentence, say

__all__ = ["RULES", "Rule", "Sender", "attendee_rule", "handle_rule", "meeting_rule", "rule_of", "sender_rule"]


@dataclass(frozen=True, slots=True)
class Rule:
    """
    One reason to set something aside.

    ``is_sender`` tells whether it says that the sender is no person (an automaton), or only that
    this message or meeting does not count.
    """

    name: str
    sentence: Sentence
    is_sender: bool


RULES: Final[tuple[Rule, ...]] = (
    Rule("lying-sender", say("Who sent it cannot be trusted, so nobody is credited with it."), False),
    Rule("draft", say("A draft: it was never sent."), False),
    Rule("junk", say("It lay among the unwanted mail."), False),
    Rule("no-sender", say("It does not say who sent it."), False),
    Rule(BOUNCE, say("It reports on the delivery of another message."), True),
    Rule("auto-reply", say("A program answered, not a person."), False),
    Rule(LIST, say("It went to a mailing list, not to you."), False),
    Rule(NEWSLETTER, say("A newsletter, or something else sent to many at once."), True),
    Rule(NO_REPLY, say("Nobody reads answers to this address."), True),
    Rule(NOTICE, say("A program sends these notices."), True),
    Rule(ONE_TIME, say("The address was made for one message only."), True),
    Rule(BOOKING, say("It confirms an order, a booking or a payment."), True),
    Rule(ROOM, say("A room or a piece of equipment, not a person."), True),
    Rule("calendar-notice", say("A calendar program wrote it: an answer to an invitation, or a change."), False),
    Rule("crowd", say("More than {limit} people were in it.", limit=CROWD), False),
    Rule("cancelled", say("It was called off."), False),
    Rule("one-way", say("All of it is sent in bulk, and you never wrote to this address."), True),
)
"""Every rule there is, in the order in which they are asked."""

_FLAGS: Final = int(
    Mark.LIES | Mark.DRAFT | Mark.JUNK | Mark.BOUNCE | Mark.AUTO | Mark.LIST_ID | Mark.UNSUBSCRIBE
    | Mark.BULK | Mark.CAMPAIGN | Mark.CALENDAR
)  # fmt: skip
_LIES, _BOUNCE, _AUTO, _LIST_ID = int(Mark.LIES), int(Mark.BOUNCE), int(Mark.AUTO), int(Mark.LIST_ID)
_DRAFT, _UNMEANT = int(Mark.DRAFT), int(Mark.DRAFT | Mark.JUNK)
_MASS, _SENT, _CALENDAR = int(Mark.UNSUBSCRIBE | Mark.BULK | Mark.CAMPAIGN), int(Mark.SENT), int(Mark.CALENDAR)
_AUTO_SUBJECT: Final = re.compile(
    r"(?:out of (?:the )?office|auto(?:matic|mated)?[ -]?(?:reply|response|respons)|vacation (?:reply|notice)"
    r"|automatisch antwoord|automatische antwort|afwezig(?:heid)?\b|niet aanwezig:|abwesenheitsnotiz|abwesend:"
    r"|abwesenheit:|r[ée]ponse automatique|absence du bureau|respuesta automática|risposta automatica)",
    re.IGNORECASE,
)
_BOUNCE_SUBJECT: Final = re.compile(
    r"(?:undeliver(?:ed|able)|returned mail:|mail delivery (?:failed|failure|status|subsystem)|failure notice"
    r"|failed mail|delivery (?:status )?(?:notification|failure|report)|mail system error|non[- ]?delivery|non remis"
    r"|onbestelbaar|unzustellbar|postmaster notify|message delivery (?:has )?(?:failed|failure)|delivery has failed"
    r"|warning: (?:could not send message|message .{1,60} delayed)|read: |not read: |gelezen: )",
    re.IGNORECASE,
)
_CALENDAR_SUBJECT: Final = re.compile(
    r"(?:accepted|declined|tentative(?:ly accepted)?|cancell?ed(?: event)?|updated invitation(?: with note)?"
    r"|geaccepteerd|afgewezen|geweigerd|voorlopig(?: geaccepteerd)?|geannuleerd|bijgewerkte uitnodiging"
    r"|zugesagt|abgelehnt|mit vorbehalt|abgesagt|abgebrochen|accepté|refusé|provisoire|annulé)e?\s*:",
    re.IGNORECASE,
)
_AUTO_HEADS: Final = frozenset(["out ", "auto", "vaca", "afwe", "niet", "abwe", "répo", "repo", "abse", "resp", "risp"])
_BOUNCE_HEADS: Final = frozenset(
    ["unde", "retu", "mail", "fail", "deli", "non ", "non-", "nond", "onbe", "unzu", "post", "mess", "warn"]
)
_RECEIPT_HEADS: Final = frozenset(["read", "not ", "gele"])


def rule_of(mail: Mail) -> str:
    """
    The rule that sets a message aside, or "" for one from person to person.

    Args:
        mail: one message's envelope.
    Returns: a name of ``RULES``. Flags of the headers come first, then the sender's address, the
        subject's first words, and the number of recipients. Mail of the user's own is asked as
        well: an out-of-office reply of theirs is no sign of life.
    """
    sender = mail.sender
    if sender is None:
        return "no-sender"
    if mail.marks & _FLAGS and (rule := _by_flags(mail, mail.marks)):
        return rule
    if rule := handle_rule(sender.address):
        return rule
    if rule := _by_subject(mail.subject):
        return rule
    return "crowd" if mail.recipients > CROWD else ""


def _by_flags(mail: Mail, marks: int) -> str:
    """By what the headers said. The user's own sent mail is neither a bounce nor bulk, whatever a program wrote."""
    if marks & _LIES:
        return "lying-sender"
    if marks & _UNMEANT:
        return "draft" if marks & _DRAFT else "junk"
    if marks & _BOUNCE and not marks & _SENT:
        return BOUNCE
    if marks & _AUTO:
        return "auto-reply"
    if marks & _SENT:
        return ""
    if marks & _LIST_ID:
        return LIST
    if marks & _MASS:
        return NEWSLETTER
    return "calendar-notice" if marks & _CALENDAR and _CALENDAR_SUBJECT.match(mail.subject) else ""


def _by_subject(subject: str) -> str:
    """By how the subject begins: programs of old days said it nowhere else."""
    head = subject[:4].lower()
    if head in _AUTO_HEADS and _AUTO_SUBJECT.match(subject):
        return "auto-reply"
    if (head in _BOUNCE_HEADS or head in _RECEIPT_HEADS) and _BOUNCE_SUBJECT.match(subject):
        return BOUNCE
    return ""


def attendee_rule(attendee: Attendee) -> str:
    """The rule by which somebody on a meeting's list is no person, or ""."""
    return ROOM if attendee.kind in ("room", "resource") else handle_rule(attendee.address)


def meeting_rule(meeting: Meeting) -> str:
    """The rule that sets a meeting aside: called off, or more than ``CROWD`` people (rooms not counted)."""
    if meeting.is_cancelled:
        return "cancelled"
    people = {attendee.address for attendee in meeting.attendees if attendee_rule(attendee) != ROOM}
    if meeting.organiser is not None:
        people.add(meeting.organiser.address)
    return "crowd" if len(people) > CROWD else ""


@dataclass(frozen=True, slots=True)
class Sender:
    """
    All that one address ever did, counted after an import.

    ``n_in``: its messages; ``by_rule``: how many of those ``rule_of`` set aside, by rule;
    ``n_replies``: of those messages that answer one; ``n_out``: the user's messages to it;
    ``n_met``: meetings with it; ``n_list``: list messages addressed to it, and ``n_list_senders``
    by how many different senders.
    """

    address: str
    n_in: int = 0
    n_out: int = 0
    n_met: int = 0
    n_replies: int = 0
    by_rule: Mapping[str, int] = field(default_factory=dict)
    n_list: int = 0
    n_list_senders: int = 0


_IS_SENDER: Final = frozenset(rule.name for rule in RULES if rule.is_sender)
_MOSTLY: Final = 0.8
_LIST_USES: Final = 3


def sender_rule(sender: Sender) -> str:
    """
    The rule by which a sender is an automaton, looking at all it ever sent; "" for a person.

    Args:
        sender: the counts; every one >= 0.
    Returns: the address's own rule; "mailing-list" for an address that never writes and to which
        three or more people's list mail went; "one-way" where four in five of its messages or more
        were bulk and the user never wrote to it nor met it, nor it ever answered; else "".
        A person who also sends a newsletter, and with whom there is any two-way contact, stays one.
    """
    if rule := handle_rule(sender.address):
        return rule
    if not sender.n_in and sender.n_list >= _LIST_USES and sender.n_list_senders >= _LIST_USES and not sender.n_met:
        return LIST
    bulk = sum(count for rule, count in sender.by_rule.items() if rule in _IS_SENDER)
    is_one_sided = sender.n_out == sender.n_met == sender.n_replies == 0
    return "one-way" if is_one_sided and bulk and bulk >= _MOSTLY * sender.n_in else ""
