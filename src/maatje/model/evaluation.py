"""What came of the guesses about the user's own past, as plain numbers that every edge shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from maatje.model.units import Seconds

FRESH: Final = 0.5
"""From this chance on, to come by within 30 days, somebody counts as called fresh: likelier than not."""

LEAST_CUTOFFS: Final = 6
"""With fewer looks back nothing is said of how well it guesses."""

LEAST_CAME: Final = 30
"""Nor with fewer who came by."""

LEAST_NAMED: Final = 20
"""So many guesses of one kind before anything is said of that kind."""

LEAST_EXPECTED: Final = 30
"""So many guesses "they will come" before the own past may overrule the page, about ``LEAST_PEOPLE`` people."""

LEAST_PEOPLE: Final = 10

LEAST_SHARE: Final = 0.3
"""Where fewer of those expected came than this, nobody is said to come by themselves (SCIENCE §6)."""


@dataclass(frozen=True, slots=True)
class Tally:
    """
    ``n`` guesses of one kind, of which ``came`` were right; ``said`` the mean chance given, in [0, 1].

    ``low`` and ``high`` hold the share that came 19 times in 20, people being drawn anew; 0 and 1 without guesses.
    """

    n: int
    came: int
    said: float
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share that came, in [0, 1]; 0 without guesses."""
        return self.came / self.n if self.n else 0.0

    @property
    def is_enough(self) -> bool:
        """Whether there are enough guesses to say something of this kind."""
        return self.n >= LEAST_NAMED


@dataclass(frozen=True, slots=True)
class Way:
    """
    One way of guessing: "maatje", "own" (with own calibration), "recency" (who wrote last), "clock" (reminders).

    ``auc``: of two people, one who came by and one who did not, how often the first was ranked above; ``log_loss``
    the mean surprise, lower is better; None where all or none came. ``named``: the people it names, per look back
    as many as maatje called fresh. Simpler ways give no chances; theirs are fitted with hindsight, to their favour.
    """

    name: str
    auc: float | None
    log_loss: float | None
    named: Tally


@dataclass(frozen=True, slots=True)
class Kind:
    """The guesses about people of one kind: "lately" in touch (30 days), "quiet" (a year), "silent" (longer)."""

    name: str
    auc: float | None
    tally: Tally


@dataclass(frozen=True, slots=True)
class Past:
    """
    What came of replaying the user's own past: guesses of "comes by within 30 days", every 30 days.

    ``cutoffs`` looks back from ``first_at`` to ``last_at``; ``guesses`` about ``people``, of which ``whole.came``
    were visits. ``groups``: ten, by chance said, group k from k/10 on. ``ahead``: between what the share that came
    among maatje's named minus the clock's lies, 19 times in 20; None without named. ``expected``: those of whom
    the page would say "they will come", about ``expected_people`` people. ``shift`` of the log-odds of coming by that
    the own record supports at ``as_of``, 0 for none. ``interactions`` in the store then.
    """

    as_of: Seconds
    cutoffs: int
    first_at: Seconds | None
    last_at: Seconds | None
    people: int
    whole: Tally
    ways: tuple[Way, ...]
    groups: tuple[Tally, ...]
    kinds: tuple[Kind, ...]
    ahead: tuple[float, float] | None
    expected: Tally
    expected_people: int
    interactions: int = 0
    shift: float = 0.0

    @property
    def is_enough(self) -> bool:
        """Whether there was enough of a past to say how well maatje guesses."""
        return self.cutoffs >= LEAST_CUTOFFS and self.whole.came >= LEAST_CAME

    @property
    def supports_waiting(self) -> bool:
        """Whether "they will come" may be said: not where enough of them were watched, and too few came."""
        is_known = self.expected.n >= LEAST_EXPECTED and self.expected_people >= LEAST_PEOPLE
        return not is_known or self.expected.share >= LEAST_SHARE

    def way(self, name: str) -> Way | None:
        """The way of guessing by that name, None where nothing was guessed."""
        return next((way for way in self.ways if way.name == name), None)


@dataclass(frozen=True, slots=True)
class Waited:
    """Of the last ``n`` who were left to come by themselves and whose 30 days are over, ``came`` did."""

    n: int
    came: int
