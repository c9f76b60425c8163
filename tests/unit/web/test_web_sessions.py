"""One-time codes and sessions: single use, a minute, seven days idle, ninety in all."""

from __future__ import annotations

import pytest

from maatje.model.units import DAY, Seconds
from maatje.web.sessions import ABSOLUTE_SECONDS, CODE_SECONDS, IDLE_SECONDS, MOST_SESSIONS, Sessions, same


class Clock:
    """A clock that the test turns."""

    def __init__(self) -> None:
        self.at = 1_000_000

    def __call__(self) -> Seconds:
        return Seconds(self.at)


def enter(sessions: Sessions) -> str:
    secret = sessions.enter(sessions.new_code())
    assert secret is not None
    return secret


def test_code_opens_once() -> None:
    """A code that was used opens nothing."""
    sessions = Sessions(Clock())
    code = sessions.new_code()
    assert sessions.enter(code) is not None
    assert sessions.enter(code) is None


def test_code_holds_a_minute() -> None:
    """A code opens within its minute and not at its end."""
    clock = Clock()
    sessions = Sessions(clock)
    early, late = sessions.new_code(), sessions.new_code()
    clock.at += CODE_SECONDS - 1
    assert sessions.enter(early) is not None
    clock.at += 1
    assert sessions.enter(late) is None


@pytest.mark.parametrize("code", ["", "x", "é", "\ud800", "a" * 10_000])
def test_wrong_code_opens_nothing(code: str) -> None:
    """Whatever else is given as a code is refused without a fault."""
    assert Sessions(Clock()).enter(code) is None


def test_code_is_long_enough() -> None:
    """A code has at least 128 random bits, and no two are alike."""
    sessions = Sessions(Clock())
    codes = {sessions.new_code() for _ in range(100)}
    assert len(codes) == 100
    assert min(map(len, codes)) >= 22


def test_session_ends_idle() -> None:
    """A session that nobody used for a week is over, and one in use goes on."""
    clock = Clock()
    sessions = Sessions(clock)
    secret = enter(sessions)
    for _ in range(5):
        clock.at += IDLE_SECONDS - 1
        assert sessions.find(secret) is not None
    clock.at += IDLE_SECONDS + 1
    assert sessions.find(secret) is None


def test_session_ends_absolutely() -> None:
    """No session outlives ninety days, though it is used daily."""
    clock = Clock()
    sessions = Sessions(clock)
    secret = enter(sessions)
    for _ in range(ABSOLUTE_SECONDS // DAY):
        clock.at += DAY
        assert sessions.find(secret) is not None
    clock.at += DAY
    assert sessions.find(secret) is None


def test_leaving_ends_it() -> None:
    """After leaving, the cookie opens nothing; another browser's session lives on."""
    sessions = Sessions(Clock())
    mine, other = enter(sessions), enter(sessions)
    sessions.leave(mine)
    assert sessions.find(mine) is None
    assert sessions.find(other) is not None


def test_tokens_differ_per_session() -> None:
    """Each session has a form token of its own, which is not its cookie."""
    sessions = Sessions(Clock())
    secrets = [enter(sessions) for _ in range(5)]
    tokens = {session.token for secret in secrets if (session := sessions.find(secret))}
    assert len(tokens) == 5
    assert not tokens & set(secrets)


def test_sessions_do_not_pile_up() -> None:
    """However many codes are used, the server keeps a bounded number of sessions, the latest."""
    clock = Clock()
    sessions = Sessions(clock)
    first = enter(sessions)
    for _ in range(MOST_SESSIONS):
        clock.at += 1
        last = enter(sessions)
    assert sessions.find(first) is None
    assert sessions.find(last) is not None


def test_same_compares_any_text() -> None:
    """Equal is equal, whatever signs a forged token is made of."""
    assert same("a", "a")
    assert not same("é\ud800", "a")
    assert not same("", "a")
