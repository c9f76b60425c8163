"""
Who may look: one-time codes, sessions in memory, the form token of each.

Nothing here reaches the disk, a log, a URL or a command line: a session dies with the server, a
code after a minute or its first use. Tokens are kept as hashes, so that a look into this
process's memory dump finds fewer keys than doors.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from maatje.model.page import Added
from maatje.model.sentence import Sentence
from maatje.model.units import DAY, ContactId, Seconds
from maatje.web.held import Held

CODE_SECONDS = 60
"""How long a one-time code opens the door."""

IDLE_SECONDS = 7 * DAY
"""A session nobody used for so long is over."""

ABSOLUTE_SECONDS = 90 * DAY
"""No session outlives this, however much it is used."""

MOST_SESSIONS = 100
"""More browsers than this belong to nobody; the longest unused goes."""


Pair = frozenset[ContactId]
"""Two contacts that may be one person."""


@dataclass(frozen=True, slots=True)
class Said:
    """
    What was done by an act, and how it is taken back.

    ``undo`` is its number in the undo list, or None where nothing was kept of it; ``skipped`` the pair that
    was put off for this session, or None.
    """

    words: Sentence
    undo: int | None = None
    skipped: Pair | None = None


@dataclass(slots=True)
class Session:
    """
    One browser that was let in.

    ``token`` is the hidden field of its forms. ``said`` and ``added`` are what the next page has
    to tell once: the act that was done, the import that ended. ``skipped`` are the pairs of contacts
    of which the user said "I do not know": not asked again in this session. ``held`` is a list of guests that
    was shown and not kept yet; ``brushed`` when whose name was looked at, so that it is not shown twice a day.
    """

    token: str
    since: Seconds
    used: Seconds
    said: Said | None = None
    added: Added | None = None
    skipped: frozenset[Pair] = frozenset()
    held: Held | None = None
    brushed: dict[ContactId, Seconds] = field(default_factory=dict)

    def tell(self) -> Said | None:
        """What was done by the last act, told once."""
        said, self.said = self.said, None
        return said


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()


class Sessions:
    """
    All sessions of one server. Safe to call from any thread.

    ``clock`` gives the wall clock in seconds: sessions end by it even where the pages show
    another day (``--now``).
    """

    def __init__(self, clock: Callable[[], Seconds]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._codes: dict[bytes, Seconds] = {}
        self._sessions: dict[bytes, Session] = {}

    def new_code(self) -> str:
        """A code of 256 random bits that opens one session within a minute."""
        code = secrets.token_urlsafe(32)
        with self._lock:
            now = self._clock()
            self._codes = {key: until for key, until in self._codes.items() if until > now}
            self._codes[_digest(code)] = Seconds(now + CODE_SECONDS)
        return code

    def enter(self, code: str) -> str | None:
        """The cookie value of a new session for a code that still holds; the code is used up. None for any other."""
        with self._lock:
            now = self._clock()
            until = self._codes.pop(_digest(code), None)
            if until is None or until <= now:
                return None
            if len(self._sessions) >= MOST_SESSIONS:
                del self._sessions[min(self._sessions, key=lambda key: self._sessions[key].used)]
            secret = secrets.token_urlsafe(32)
            self._sessions[_digest(secret)] = Session(secrets.token_urlsafe(32), now, now)
            return secret

    def find(self, secret: str) -> Session | None:
        """The living session of this cookie value, marked as used now; None if there is none or it is over."""
        key = _digest(secret)
        with self._lock:
            session = self._sessions.get(key)
            if session is None:
                return None
            now = self._clock()
            if now - session.used > IDLE_SECONDS or now - session.since > ABSOLUTE_SECONDS:
                del self._sessions[key]
                return None
            session.used = now
            return session

    def leave(self, secret: str) -> None:
        """End this session; its cookie opens nothing from the next request on."""
        with self._lock:
            self._sessions.pop(_digest(secret), None)


def same(given: str, kept: str) -> bool:
    """Whether two tokens are equal, in a time that tells nothing of where they differ."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), kept.encode("utf-8", "replace"))
