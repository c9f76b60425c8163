"""
Which telephones may see the list of an occasion: codes, the six digits, tokens; all in memory.

    the computer shows a code (ten minutes, once) ─▶ the telephone hands it in and gets six digits
    ─▶ the computer's user sees the same six and says yes ─▶ the telephone gets a token (twelve hours)

The code alone opens nothing: who looks over a shoulder and is quicker shows other digits than the
telephone in the user's hand. Codes, tokens and the secrets of those who wait are kept as hashes.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from maatje.model.units import Seconds

CODE_SECONDS: Final = 600
"""How long a code can be handed in."""

WAIT_SECONDS: Final = 180
"""How long a telephone waits for the computer's yes."""

TOKEN_SECONDS: Final = 12 * 3600
"""How long a telephone may look and deliver."""

MOST_CODES: Final = 5
MOST_WAITING: Final = 3
MOST_TELEPHONES: Final = 10
MOST_REVOKED: Final = 200

_SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""What codes are made of: no two alike to the eye."""

_CODE_LENGTH: Final = 10  # 49 bits; ten tries and then one a minute, for ten minutes
_NONCE: Final = re.compile(r"[0-9a-f]{32}\Z")


class State(StrEnum):
    """How far a telephone is that asked to be let in."""

    WAITING = "waiting"
    REFUSED = "refused"
    LET_IN = "in"
    OVER = "over"
    """Nobody said anything in time, or there never was such a question."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A telephone that handed in a code: its number, and the six digits that it shows."""

    number: int
    match: str
    since: Seconds


@dataclass(frozen=True, slots=True)
class Telephone:
    """A telephone that was let in: its number, since when, until when."""

    number: int
    since: Seconds
    until: Seconds


@dataclass(frozen=True, slots=True)
class Asked:
    """What a telephone gets for its code: the secret it asks again with, and the digits to show."""

    secret: str
    match: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to a telephone that waits; ``token``, told once, only where it was let in."""

    state: State
    token: str = ""
    number: int = 0
    until: Seconds = Seconds(0)


class Proof(NamedTuple):
    """What only the computer that let a telephone in can say: how it stands with its token, and the seal on that."""

    state: str
    seal: str


@dataclass(slots=True)
class _Question:
    shown: Waiting
    state: State = State.WAITING


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()


def tidy_code(text: str) -> str:
    """A code as it was typed, in the form it was made in: capitals, no spaces or dashes."""
    return "".join(sign for sign in text.upper() if sign.isalnum())


def spaced(code: str) -> str:
    """A code or digits as one reads them aloud: in two halves."""
    half = len(code) // 2
    return f"{code[:half]} {code[half:]}"


class Pairings:
    """All of one server. Safe to call from any thread; ``clock`` gives the wall clock in seconds."""

    def __init__(self, clock: Callable[[], Seconds]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        # A number of an earlier run of the server is no telephone of this one.
        self._number = secrets.randbelow(10**8)
        self._codes: dict[bytes, Seconds] = {}
        self._questions: dict[bytes, _Question] = {}
        self._telephones: dict[bytes, Telephone] = {}
        self._revoked: dict[bytes, int] = {}

    def new_code(self) -> str:
        """A code that one telephone may hand in within ten minutes."""
        code = "".join(secrets.choice(_SIGNS) for _ in range(_CODE_LENGTH))
        with self._lock:
            self._tidy()
            while len(self._codes) >= MOST_CODES:
                del self._codes[min(self._codes, key=lambda key: self._codes[key])]
            self._codes[_digest(code)] = Seconds(self._clock() + CODE_SECONDS)
        return code

    def ask(self, code: str) -> Asked | None:
        """A telephone hands in a code, which is used up by it; None for any that does not hold."""
        with self._lock:
            self._tidy()
            if self._codes.pop(_digest(tidy_code(code)), None) is None or len(self._waiting()) >= MOST_WAITING:
                return None
            taken = {one.match for one in self._waiting()}
            match = next(one for one in iter(_six_digits, "") if one not in taken)
            secret = secrets.token_urlsafe(32)
            self._number += 1
            self._questions[_digest(secret)] = _Question(Waiting(self._number, match, self._clock()))
            return Asked(secret, match)

    def waiting(self) -> tuple[Waiting, ...]:
        """The telephones that wait for a yes, longest first."""
        with self._lock:
            self._tidy()
            return tuple(self._waiting())

    def answer(self, number: int, *, let_in: bool) -> bool:
        """The computer's user says yes or no to a telephone that waits; False if none of this number does."""
        with self._lock:
            self._tidy()
            for question in self._questions.values():
                if question.shown.number == number and question.state is State.WAITING:
                    question.state = State.LET_IN if let_in else State.REFUSED
                    return True
            return False

    def match(self, digits: str) -> bool:
        """The same yes, by the six digits that the telephone shows; False if none of those that wait shows them."""
        given = "".join(sign for sign in digits if sign.isdigit())
        found = [one.number for one in self.waiting() if hmac.compare_digest(one.match, given)]
        return bool(found) and self.answer(found[0], let_in=True)

    def outcome(self, secret: str) -> Outcome:
        """What became of a telephone's question; a token is made here, and told this once."""
        key = _digest(secret)
        with self._lock:
            self._tidy()
            question = self._questions.get(key)
            if question is None:
                return Outcome(State.OVER)
            if question.state is State.WAITING:
                return Outcome(State.WAITING)
            del self._questions[key]
            if question.state is State.REFUSED:
                return Outcome(State.REFUSED)
            return self._let_in(question.shown.number)

    def find(self, token: str) -> Telephone | None:
        """The telephone of this token; None if there is none or its time is over."""
        with self._lock:
            self._tidy()
            return self._telephones.get(_digest(token))

    def was_revoked(self, token: str) -> bool:
        """Whether this token once held and was taken back by hand."""
        with self._lock:
            return _digest(token) in self._revoked

    def telephones(self) -> tuple[Telephone, ...]:
        """Those that may look now, oldest first."""
        with self._lock:
            self._tidy()
            return tuple(sorted(self._telephones.values(), key=lambda one: one.number))

    def revoke(self, number: int) -> bool:
        """Take a telephone's token back: it opens nothing from the next request on. False if there is none."""
        with self._lock:
            found = [key for key, one in self._telephones.items() if one.number == number]
            for key in found:
                del self._telephones[key]
                self._revoked[key] = number
                while len(self._revoked) > MOST_REVOKED:
                    del self._revoked[next(iter(self._revoked))]
            return bool(found)

    def proof(self, number: int, nonce: str) -> Proof | None:
        """
        What shows a telephone that we are the computer that let it in, before it hands anything over.

        Args:
            number: the telephone's.
            nonce: 32 hexadecimal signs that it made up.
        Returns: whether its token holds ("in") or was taken back ("revoked"), and HMAC-SHA256 of
            "state:nonce" under the hash of its token, in hexadecimal; None without such a telephone. Another
            machine at the same address, in another network, cannot know it, nor make it forget its list.
        """
        with self._lock:
            self._tidy()
            found = [(key, "in") for key, one in self._telephones.items() if one.number == number]
            found += [(key, "revoked") for key, one in self._revoked.items() if one == number]
        if not found or _NONCE.match(nonce) is None:
            return None
        key, state = found[0]
        return Proof(state, hmac.new(key, f"{state}:{nonce}".encode("ascii"), hashlib.sha256).hexdigest())

    def _let_in(self, number: int) -> Outcome:
        token = secrets.token_urlsafe(32)
        now = self._clock()
        while len(self._telephones) >= MOST_TELEPHONES:
            del self._telephones[min(self._telephones, key=lambda key: self._telephones[key].number)]
        telephone = Telephone(number, now, Seconds(now + TOKEN_SECONDS))
        self._telephones[_digest(token)] = telephone
        return Outcome(State.LET_IN, token, number, telephone.until)

    def _waiting(self) -> list[Waiting]:
        return [one.shown for one in self._questions.values() if one.state is State.WAITING]

    def _tidy(self) -> None:
        """Forget what is over; called with the lock held."""
        now = self._clock()
        self._codes = {key: until for key, until in self._codes.items() if until > now}
        self._questions = {key: one for key, one in self._questions.items() if one.shown.since + WAIT_SECONDS > now}
        self._telephones = {key: one for key, one in self._telephones.items() if one.until > now}


def _six_digits() -> str:
    return f"{secrets.randbelow(10**6):06}"
