"""
The manners: nine rules, each a pure function that says of one tie whether it holds back, and why.

A rule looks at one tie and one moment, and gives a verdict with a sentence for either outcome, so
that ``maatje why`` can go through them one by one. A tie that any rule holds back is never greeted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from maatje.model.plan import Tie, Verdict
from maatje.model.sentence import Day, Sentence, Span, say, say_n
from maatje.model.units import DAY, Days, Seconds
from maatje.planning.calendar import iso_week

UNANSWERED: Final = 2
"""So many own messages without a word back are an answer."""

ANSWER_BY_SILENCE_DAYS: Final = 365
"""After a year one may try once more."""

COMES: Final = 0.40
"""From this chance on, to come by within 30 days, people are let come (SCIENCE §6)."""

COMES_AT_LEAST: Final = 0.25
"""The lower end of the interval that "they will come" needs; below it that would be a guess."""

WAIT_DAYS: Final = 14
"""How long "let them come" is believed before it is looked at again."""

SUGGEST_DAYS: Final = 30
"""Nobody is suggested twice within so many days, whatever the rhythm."""

RHYTHM_CAP_DAYS: Final = 365.0
"""A rhythm longer than a year is taken as a year."""

JUST_IN_TOUCH_DAYS: Final = 14.0
"""Within so many days of the last moment nobody is greeted, whatever the rhythm."""

GRIEF_DAYS: Final = 56
"""Eight weeks."""


@dataclass(frozen=True, slots=True)
class Moment:
    """
    When a rule is asked, and in what kind of week.

    ``utc_offset``: seconds east of Greenwich, for where the week begins; ``is_quiet``: the user
    declared the week quiet, or the calendar did; ``trusts_coming`` is False where the user's own past
    shows that too few of those expected came: then nobody is left to come by themselves.
    """

    now: Seconds
    utc_offset: int = 0
    is_quiet: bool = False
    trusts_coming: bool = True


Rule = Callable[[Tie, Moment], Verdict]


def grief_until(funeral_at: Seconds) -> Seconds:
    """
    Until when a funeral asks for quiet.

    Args:
        funeral_at: scalar instant.
    """
    return Seconds(funeral_at + GRIEF_DAYS * DAY)


def answer_first(tie: Tie, at: Moment) -> Verdict:
    """Rule 1. They wrote and wait: answering comes before any greeting."""
    if tie.owes is not None:
        return _hold("answer_first", say("They wrote {day:on} and wait for your answer.", day=Day(tie.owes)))
    return _free("answer_first", say("You owe them no answer."))


def silence_is_an_answer(tie: Tie, at: Moment) -> Verdict:
    """Rule 2. Two own messages unanswered: left until they come, or a year has passed."""
    if tie.unanswered == 0 or tie.last_out is None:
        return _free("silence_is_an_answer", say("No message of yours is unanswered."))
    if tie.unanswered < UNANSWERED:
        return _free("silence_is_an_answer", say("One message of yours is unanswered, not two."))
    until = Seconds(tie.last_out + ANSWER_BY_SILENCE_DAYS * DAY)
    if at.now >= until:
        return _free(
            "silence_is_an_answer", say("Your messages stayed unanswered, but the last is more than a year old.")
        )
    held = say_n(
        "{n} message of yours is unanswered. Silence is an answer: they are left alone until they come.",
        "{n} messages of yours are unanswered. Silence is an answer: they are left alone until they come.",
        tie.unanswered,
    )
    return _hold("silence_is_an_answer", held)


def is_likely_to_come(tie: Tie) -> bool:
    """
    Whether "they will come by themselves" can be said, and not only guessed.

    Args:
        tie: with its chances and the bounds of the first.
    """
    return tie.chances.comes_by_30 >= COMES and tie.chances.low >= COMES_AT_LEAST


def look_again_at(tie: Tie, now: Seconds) -> Seconds:
    """
    When a tie that is let come is looked at again: two weeks after that was first said.

    Args:
        tie: with ``waiting_since`` where it was said before.
        now: scalar instant.
    """
    since = now if tie.waiting_since is None else tie.waiting_since
    return Seconds(since + WAIT_DAYS * DAY)


def let_them_come(tie: Tie, at: Moment) -> Verdict:
    """Rule 3. Likely to come by themselves: shown, not suggested, and looked at again in two weeks."""
    if not is_likely_to_come(tie):
        if tie.chances.comes_by_30 >= COMES:
            return _free("let_them_come", say("They may come by themselves, but it is too early to say."))
        return _free("let_them_come", say("They are not likely to come by themselves."))
    if not at.trusts_coming:
        return _free("let_them_come", say("They may come by themselves; in your own past too few did to count on it."))
    again = look_again_at(tie, at.now)
    if at.now >= again and tie.waiting_since is not None:
        return _free(
            "let_them_come", say("Expected by themselves since {day}, and not come.", day=Day(tie.waiting_since))
        )
    return _hold(
        "let_them_come", say("They will probably come by themselves. Looked at again {day:on}.", day=Day(again))
    )


def own_rhythm(tie: Tie, at: Moment) -> Verdict:
    """Rule 4. Not twice within the tie's own rhythm, nor within 30 days, nor right after a talk."""
    usual = tie.silence.usual
    if tie.silence.days < max(JUST_IN_TOUCH_DAYS, min(usual or 0.0, RHYTHM_CAP_DAYS) / 2):
        spoke = Span(tie.silence.days)
        if usual is None or usual <= JUST_IN_TOUCH_DAYS:
            return _hold("own_rhythm", say("You were in touch only {silence} ago.", silence=spoke))
        held = say(
            "You find each other about {rhythm:every}, and were in touch {silence} ago.",
            rhythm=Span(usual),
            silence=spoke,
        )
        return _hold("own_rhythm", held)
    if tie.suggested_at is not None and not is_this_week(tie.suggested_at, at):
        pause = max(float(SUGGEST_DAYS), min(usual or 0.0, RHYTHM_CAP_DAYS))
        if at.now - tie.suggested_at < pause * DAY:
            held = say(
                "Suggested {day:on}; not twice within {pause}.", day=Day(tie.suggested_at), pause=Span(Days(pause))
            )
            return _hold("own_rhythm", held)
    return _free("own_rhythm", _rhythm_sentence(tie))


def _rhythm_sentence(tie: Tie) -> Sentence:
    """The rhythm as a fact, with the last suggestion where there was one."""
    usual, before = tie.silence.usual, tie.suggested_at
    if usual is None:
        if before is None:
            return say("Too few moments to know your rhythm; never suggested before.")
        return say("Too few moments to know your rhythm; last suggested {day:on}.", day=Day(before))
    if before is None:
        return say("You find each other about {rhythm:every}; never suggested before.", rhythm=Span(usual))
    return say(
        "You find each other about {rhythm:every}; last suggested {day:on}.", rhythm=Span(usual), day=Day(before)
    )


def is_this_week(suggested_at: Seconds, at: Moment) -> bool:
    """
    Whether it was this very week's page that suggested them: it may go on saying so until Sunday.

    Args:
        suggested_at, at: when they were suggested, and the moment now.
    """
    if suggested_at > at.now:
        return False
    return iso_week(suggested_at, at.utc_offset) == iso_week(at.now, at.utc_offset)


def what_is_undone_vanishes(tie: Tie, at: Moment) -> Verdict:
    """Rule 5. No backlog and no carrying over; a quiet week suggests nothing at all."""
    if at.is_quiet:
        return _hold("what_is_undone_vanishes", say("This is a quiet week: nothing is suggested."))
    return _free("what_is_undone_vanishes", say("Nothing is carried over from an earlier week."))


def grief(tie: Tie, at: Moment) -> Verdict:
    """Rule 6. After a funeral nothing businesslike for eight weeks."""
    if tie.grief_until is not None and at.now < tie.grief_until:
        return _hold("grief", say("In mourning: nothing businesslike before {day}.", day=Day(tie.grief_until)))
    return _free("grief", say("No funeral is known of in the last eight weeks."))


def leave_alone(tie: Tie, at: Moment) -> Verdict:
    """Rule 7. A wish to be left alone is absolute; a "not now" holds for as long as it was meant."""
    if tie.leave_alone:
        return _hold("leave_alone", say("They are to be left alone; that is absolute."))
    if tie.circle_is_own and tie.circle == 0:
        return _hold("leave_alone", say("You put them in no circle."))
    if tie.not_until is not None and at.now < tie.not_until:
        return _hold("leave_alone", say("You said not now; so not before {day}.", day=Day(tie.not_until)))
    return _free("leave_alone", say("Neither of you asked for that."))


def no_canned_text(tie: Tie, at: Moment) -> Verdict:
    """Rule 8. A reason and a memory, never a text to send."""
    return _free("no_canned_text", say("A reason and perhaps a memory; the words are yours."))


def never_sends(tie: Tie, at: Moment) -> Verdict:
    """Rule 9. There is no way to send anything from here."""
    return _free("never_sends", say("maatje has no way to send anything: you write, or you do not."))


RULES: Final[tuple[Rule, ...]] = (
    answer_first,
    silence_is_an_answer,
    let_them_come,
    own_rhythm,
    what_is_undone_vanishes,
    grief,
    leave_alone,
    no_canned_text,
    never_sends,
)
"""The nine rules in their order."""

TITLES: Final[dict[str, Sentence]] = {
    "answer_first": say("Answer first"),
    "silence_is_an_answer": say("Silence is an answer"),
    "let_them_come": say("Let them come"),
    "own_rhythm": say("Your own rhythm"),
    "what_is_undone_vanishes": say("What is undone vanishes"),
    "grief": say("Grief"),
    "leave_alone": say("Leave alone"),
    "no_canned_text": say("Your own words"),
    "never_sends": say("Never sends"),
}
"""What each rule is called on a page, by ``Verdict.rule``."""


def verdicts(tie: Tie, at: Moment) -> tuple[Verdict, ...]:
    """
    All nine rules asked one by one.

    Args:
        tie, at: one tie and the moment.
    Returns: nine verdicts in the order of ``RULES``.
    """
    return tuple(rule(tie, at) for rule in RULES)


def held_back(tie: Tie, at: Moment) -> Verdict | None:
    """
    The first rule that holds a tie back from the greetings, or None.

    Args:
        tie, at: one tie and the moment.
    """
    for rule in RULES:
        verdict = rule(tie, at)
        if verdict.holds_back:
            return verdict
    return None


def _hold(rule: str, sentence: Sentence) -> Verdict:
    return Verdict(rule, True, sentence)


def _free(rule: str, sentence: Sentence) -> Verdict:
    return Verdict(rule, False, sentence)
