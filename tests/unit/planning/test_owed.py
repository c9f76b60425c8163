"""When an answer is owed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maatje.model.units import DAY
from maatje.planning.owed import Incoming, answered_share, is_closing, is_owed, owed_sentence


def test_a_question_of_thursday_is_owed(now):
    """They wrote to the user, lately, and the user usually answers them."""
    assert is_owed(Incoming(now - 5 * DAY, 1.0, "Jury on the 24th?", now - 40 * DAY, 20, 15), now)


@pytest.mark.parametrize(
    "change",
    [
        {"weight": 0.25},
        {"at": -0.5},
        {"at": -22.0},
        {"last_own": -4.0},
        {"dismissed_at": -1.0},
        {"n_answered": 2},
        {"title": "Re: Bedankt!"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_each_condition_by_itself_is_enough_to_owe_nothing(now, change):
    """A copy, too new, too old, answered, dismissed, never answered, mere thanks: nothing is owed."""
    shifted = {
        key: now + int(value * DAY) if isinstance(value, float) and value < 0 else value
        for key, value in change.items()
    }
    asked = Incoming(now - 5 * DAY, 1.0, "Jury on the 24th?", now - 40 * DAY, 20, 15)
    assert not is_owed(replace(asked, **shifted), now)


def test_an_older_dismissal_does_not_cover_a_newer_message(now):
    """ "No answer needed" was said of the message before."""
    message = Incoming(now - 5 * DAY, 1.0, "Jury", now - 40 * DAY, 20, 15, dismissed_at=now - 30 * DAY)
    assert is_owed(message, now)


def test_a_first_message_gets_the_benefit_of_the_doubt():
    """With one message and no answer yet the share is a third; with none it is a half."""
    assert answered_share(0, 0) == 0.5
    assert answered_share(1, 0) == pytest.approx(1 / 3)
    assert answered_share(10, 10) > 0.9


@pytest.mark.parametrize(
    "title",
    [
        "Thanks",
        "RE: thank you!",
        "Re: Re: Many thanks",
        "Antw: Bedankt",
        "dank je wel :-)",
        "Hartelijk dank!",
        "Accepted: lunch",
        "Geaccepteerd: overleg",
        "Automatisch antwoord: vakantie",
        "Out of office",
        "Automatic reply: quay",
    ],
)
def test_subjects_that_ask_nothing(title):
    """Thanks, answers to invitations and absences close a talk."""
    assert is_closing(title)


@pytest.mark.parametrize(
    "title",
    ["", "Thanks for the tip, one question", "Bedankt voor gisteren: nog een vraag", "Ready?", "Reading group", "Jury"],
)
def test_subjects_that_may_ask(title):
    """Anything more than thanks may hold a question."""
    assert not is_closing(title)


def test_what_is_owed_is_said_with_its_subject(now):
    """The day and the subject, or the day alone."""
    assert owed_sentence(now, " Jury ").text == "Wrote {day:on}: “{title}”."
    assert dict(owed_sentence(now, " Jury ").values)["title"] == "Jury"
    assert owed_sentence(now, " ").text == "Wrote {day:on}."
