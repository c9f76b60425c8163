"""What was set aside: by which rule, which senders, how much; and the way back for a person after all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from maatje.app.wording import Voice
from maatje.model.page import Aside, SetAside
from maatje.model.sentence import Day, Sentence, say, say_n
from maatje.web.contexts.people import LONGEST_TITLE, shown

MOST: Final = 50
"""Senders shown per rule; the filter finds the others."""


@dataclass(frozen=True, slots=True)
class Sender:
    """One sender that was taken for an automaton, or that the user called a person."""

    handle_id: int
    name: str
    value: str
    words: str
    kept: bool


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """One rule, how many messages it set aside, its senders (the busiest first), and how many more there are."""

    words: str
    messages: str
    senders: tuple[Sender, ...]
    more: str


@dataclass(frozen=True, slots=True)
class AsideView:
    """The page."""

    intro: str
    words: str
    groups: tuple[RuleGroup, ...]
    kept: tuple[Sender, ...]
    is_empty: bool


def aside_view(aside: SetAside, words: str, voice: Voice) -> AsideView:
    """The page, with only the senders that have ``words`` in them; "" for all."""
    wanted = [sender for sender in aside.automata if words.casefold() in f"{sender.name} {sender.value}".casefold()]
    kept = tuple(_sender(sender, voice) for sender in wanted if sender.kept)
    groups = []
    for rule, sentence, messages in aside.rules:
        found = sorted((one for one in wanted if one.rule == rule and not one.kept), key=lambda one: -one.messages)
        if found or not words:
            groups.append(_group(voice.say(sentence), messages, found, voice))
    intro = say(
        "{messages} from automata; and {crowd} sent to a crowd. They count nowhere, and nothing was thrown away.",
        messages=say_n("{n} message", "{n} messages", aside.automata_messages),
        crowd=say_n("{n} message", "{n} messages", aside.crowd_messages),
    )
    return AsideView(voice.say(intro), words, tuple(groups), kept, not aside.automata and not aside.crowd_messages)


def _group(words: str, messages: int, found: list[Aside], voice: Voice) -> RuleGroup:
    left = len(found) - MOST
    more = voice.say(say_n("And {n} more sender.", "And {n} more senders.", left)) if left > 0 else ""
    total = voice.say(say_n("{n} message", "{n} messages", messages))
    return RuleGroup(words, total, tuple(_sender(one, voice) for one in found[:MOST]), more)


def _messages(sender: Aside) -> Sentence:
    count = say_n("{n} message", "{n} messages", sender.messages)
    if sender.last_at is None:
        return count
    return say("{messages}, the last {day:on}", messages=count, day=Day(sender.last_at))


def _sender(sender: Aside, voice: Voice) -> Sender:
    name, value = shown(sender.name), shown(sender.value, LONGEST_TITLE)
    return Sender(
        sender.handle_id,
        name or value,
        value if name and sender.name != sender.value else "",
        voice.say(_messages(sender)),
        sender.kept,
    )
