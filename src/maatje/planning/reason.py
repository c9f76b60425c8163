"""
Why somebody is on the page, in facts: how often, how long ago, how likely; nothing graded.

Nobody's gender is known, so the English says "they"; a translation finds its own way.
"""

from __future__ import annotations

from typing import Final

from maatje.model.interaction import Channel, Direction
from maatje.model.plan import Tie
from maatje.model.sentence import Chance, Count, MonthOf, Sentence, Span, say

TELLING: Final = 12.0
"""A silence of more usual pauses than this makes the rhythm a thing of the past: it is not told."""

MET: Final = (Channel.MEETING, Channel.ENCOUNTER)


def silence_fact(tie: Tie) -> Sentence:
    """
    The rhythm of a tie beside its present silence, or who was the last.

    Args:
        tie: one tie.
    """
    usual, days = tie.silence.usual, tie.silence.days
    silence = Span(days)
    if usual is not None and days <= TELLING * usual:
        if days >= usual:
            return say(
                "You find each other about {rhythm:every}; it has been {silence}.", rhythm=Span(usual), silence=silence
            )
        return say(
            "You find each other about {rhythm:every}; the last time was {silence} ago.",
            rhythm=Span(usual),
            silence=silence,
        )
    if tie.last.channel in MET:
        return say("You last met {silence} ago.", silence=silence)
    if tie.last.channel == Channel.CALL:
        return say("You last spoke {silence} ago.", silence=silence)
    if tie.last.direction == Direction.IN:
        return say("They wrote last, {silence} ago.", silence=silence)
    return say("You wrote last, {silence} ago.", silence=silence)


def chances_fact(tie: Tie) -> Sentence:
    """
    The two chances that made somebody a greeting.

    Args:
        tie: with its chances.
    """
    return say(
        "{answers:that} they answer, and {comes:that} they come by first.",
        answers=Chance(tie.chances.replies_7),
        comes=Chance(tie.chances.comes_by_30),
    )


def greeting_reason(tie: Tie) -> Sentence:
    """
    Why a greeting now: what changed with them, where anything did, the silence, then the chances.

    Args:
        tie: one tie.
    """
    if tie.noticed is not None:
        facts = {"silence": silence_fact(tie), "chances": chances_fact(tie)}
        return say("{noticed} {silence} {chances}", noticed=tie.noticed, **facts)
    return say("{silence} {chances}", silence=silence_fact(tie), chances=chances_fact(tie))


def old_reason(tie: Tie, once: int | None = None) -> Sentence:
    """
    Why an old acquaintance: what it was, how long it has been silent, and that nobody knows.

    Args:
        tie: one dormant tie.
        once: the circle at its warmest, or None where none is known.
    """
    silence = Span(tie.silence.days)
    if once:
        was = say("Once among your {circle:circle}, silent for {silence}.", circle=Count(once), silence=silence)
    else:
        was = say(
            "At its warmest around {peak}, with {days} days of contact in a year; silent for {silence}.",
            peak=MonthOf(tie.peak_at),
            days=Count(tie.peak_days),
            silence=silence,
        )
    unknown = say("After so long nobody can say whether they answer, maatje neither.")
    return say("{was} {unknown}", was=was, unknown=unknown)


def waiting_reason(tie: Tie) -> Sentence:
    """
    Why nothing needs to be done: how likely they come by themselves.

    Args:
        tie: with its chances.
    """
    return say("{comes:that} they come by themselves within a month.", comes=Chance(tie.chances.comes_by_30))


def why_lead(tie: Tie, *, is_shown: bool) -> Sentence:
    """
    The first line of "why": what speaks for or against a greeting, in the order of the three factors.

    Args:
        tie: one tie.
        is_shown: whether they are on this week's page.
    """
    if is_shown:
        return say("Because the tie is dear, an answer is likely enough, and they will probably not come by first.")
    if tie.chances.comes_by_30 >= 0.5:
        return say("Not on the page, because they will probably come by themselves.")
    if tie.worth < 0.2:
        return say("Not on the page, because there has been little between you so far.")
    if tie.chances.replies_7 < 0.15:
        return say("Not on the page, because an answer is hardly likely.")
    return say("Not on the page: others came first, and the page is short.")


def worth_sentence(tie: Tie) -> Sentence:
    """
    How dear a tie is, in facts: the circle, who said so, and when it was at its warmest.

    Args:
        tie: one tie.
    """
    if tie.circle and tie.circle_is_own:
        place = say("One of your {circle:circle}, you say", circle=Count(tie.circle))
    elif tie.circle:
        place = say("One of your {circle:circle}", circle=Count(tie.circle))
    elif tie.circle == 0 and tie.circle_is_own:
        place = say("In none of your circles, you say")
    else:
        place = say("In none of your circles")
    if tie.peak_days < 1:
        return say("{place}.", place=place)
    return say("{place}; at its warmest around {peak}.", place=place, peak=MonthOf(tie.peak_at))
