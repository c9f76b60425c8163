"""
What makes somebody likelier or less likely to come by, told in facts: never single weights, whose signs mix.

A fact's pull is what would change, were the inputs that say it those of a typical tie of the public logs.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from maatje.freshness.features import base_inputs, with_products
from maatje.freshness.params import DAY, INPUTS, LATELY, NEVER, WINDOW
from maatje.freshness.prior import Line, Prior, shipped
from maatje.freshness.rhythm import pauses
from maatje.freshness.state import C, States, T
from maatje.model.sentence import Sentence, Span, say, say_n
from maatje.model.units import Days

YEAR: Final = 365.25
WEAKEST: Final = 0.02
"""A weaker pull is not worth a line."""

_SILENCE: Final = ("a", "ai", "ao", "S_da_7", "S_da_30", "wa6")
_RHYTHM: Final = ("g", "gr", "n", "lm", "ls", "lz", "lr")
_THEIRS: Final = ("au", "wU", "w6", "S_du_30", "S_du_90", "u2", "u3", "u5", "ulm", "uls", "ulz", "ulr")
_YEARS: Final = ("te", "wA", "S_da_90", "bg_any")
_BALANCE: Final = ("bg_in",)
_USER: Final = ("E_in_7", "E_in_30", "E_out_7", "E_out_30", "E_uin_30", "E_n", "E_act30")
_TREND: Final = ("r30_90", "ru30_90", "r90_365")
_RETURNS: Final = ("E_back", "E_came")


@dataclass(frozen=True, slots=True, eq=False)
class _Case:
    """One tie: its states' place, its inputs that are no products, and what they are compared with."""

    states: States
    place: int
    now: int
    named: dict[str, float]
    typical: dict[str, float]
    line: Line

    def days_since(self, name: str) -> float | None:
        """Days since an instant of ``TIMES``, None for never."""
        at = int(self.states.times[self.place, T[name]])
        return None if at == NEVER else max(self.now - at, 0) / DAY

    def count(self, name: str) -> int:
        """A count of ``COUNTS``."""
        return int(self.states.counts[self.place, C[name]])

    def pull(self, names: tuple[str, ...], **instead: float) -> float:
        """How far the log-odds lie above those with these inputs typical (or ``instead``), squeezed into (-1, 1)."""
        other = self.named | {name: self.typical[name] for name in names} | instead
        return math.tanh((self._odds(self.named) - self._odds(other)) / 2.0)

    def _odds(self, named: dict[str, float]) -> float:
        x = with_products({name: np.array([value]) for name, value in named.items()})[0]
        return float(x @ self.line.weights)


def pulls(states: States, place: int, now: int, prior: Prior | None = None) -> tuple[tuple[Sentence, float], ...]:
    """
    The facts behind one tie's chance to come by within 30 days, the strongest first.

    Args:
        states: n states of all the user's ties.
        place: scalar, 0 <= place < n, whose facts.
        now: scalar, seconds.
        prior: None for the shipped one.
    Returns: (sentence, pull) pairs, pull in (-1, 1), above 0 where it makes coming likelier; at most seven.
    Source: decisions/0007; the change in log-odds, halved and squeezed by tanh.
    """
    known = shipped() if prior is None else prior
    columns = base_inputs(states, now, known.rhythm)
    named = {name: float(column[place]) for name, column in columns.items()}
    typical = {name: float(value) for name, value in zip(INPUTS, known.typical, strict=True) if name in named}
    case = _Case(states, place, now, named, typical, known.lines["comes_by_30"])
    found = [
        fact
        for fact in (
            _silence(case),
            _rhythm(case),
            _wrote_last(case),
            _of_themselves(case),
            _years(case),
            _balance(case),
            _user(case),
            _trend(case),
            _returns(case),
        )
        if fact is not None and abs(fact[1]) >= WEAKEST
    ]
    return tuple(sorted(found, key=lambda fact: -abs(fact[1]))[:7])


def _silence(case: _Case) -> tuple[Sentence, float] | None:
    """How long ago they were last in touch."""
    heard = case.days_since("last_in")
    pull = case.pull(_SILENCE)
    if heard is None:
        return say("Never a word from them so far"), pull
    if pull < 0:
        return say("{span} without a word from them", span=Span(Days(heard))), pull
    return say("In touch {span} ago", span=Span(Days(min(heard, case.days_since("last_out") or heard)))), pull


def _rhythm(case: _Case) -> tuple[Sentence, float] | None:
    """How unusual this silence is for the two."""
    ages = [age for age in (case.days_since("last_in"), case.days_since("last_out")) if age is not None]
    if not ages:
        return None
    longer = pauses(case.states, case.place, min(ages)).longer_than
    if longer is None:
        return None
    if longer < 0.5:
        return say("A pause like others between you"), case.pull(_RHYTHM)
    if longer >= 1.0:
        return say("Longer than any pause between you so far"), case.pull(_RHYTHM)
    return say_n("Longer than {n} in ten of the pauses between you", "Longer than {n} in ten of the pauses between you",
                 min(9, round(longer * 10))), case.pull(_RHYTHM)  # fmt: skip


def _wrote_last(case: _Case) -> tuple[Sentence, float] | None:
    """Who wrote last: compared with both having been in touch at that time."""
    heard, wrote = case.days_since("last_in"), case.days_since("last_out")
    if heard is None or wrote is None or heard == wrote:
        return None
    pull = case.pull((), ai=case.named["a"], ao=case.named["a"])
    return say("You wrote last") if wrote < heard else say("They wrote last"), pull


def _of_themselves(case: _Case) -> tuple[Sentence, float]:
    """On how many days of the last half year they came by unprompted."""
    days = case.states.days
    mine = slice(int(days.starts[case.place]), int(days.starts[case.place + 1]))
    since = case.now - LATELY.value * WINDOW.value * DAY
    n = int((days.uin_at[mine] >= since).sum())
    pull = case.pull(_THEIRS)
    if n == 0:
        return say("Not once of their own accord in half a year"), pull
    return say_n("Once of their own accord in half a year", "On {n} days of their own accord in half a year", n), pull


def _years(case: _Case) -> tuple[Sentence, float]:
    """How long the two have known each other, and whether that was seldom or often."""
    days = case.states.days
    active = int(days.starts[case.place + 1] - days.starts[case.place])
    times = case.states.times[case.place]
    known = max(case.now - int(times[T["since"]]), 0) / DAY
    pull = case.pull(_YEARS)
    if known < YEAR:
        return say("In touch for {span} only", span=Span(Days(known))), pull
    if active < 2 * known / YEAR:
        return say("{span} of seldom being in touch", span=Span(Days(known))), pull
    return say("{span} of coming by now and then", span=Span(Days(known))), pull


def _balance(case: _Case) -> tuple[Sentence, float] | None:
    """From whose side it comes."""
    n_in, n_out = case.count("n_in"), case.count("n_out")
    if n_in + n_out < 3:
        return None
    pull = case.pull(_BALANCE)
    if n_in > 2 * n_out:
        return say("Mostly from their side"), pull
    if n_out > 2 * n_in:
        return say("Mostly from your side"), pull
    return say("About as often from their side as from yours"), pull


def _user(case: _Case) -> tuple[Sentence, float]:
    """What goes on around the user, the same for everybody on the pile."""
    many = case.named["E_in_30"] >= case.typical["E_in_30"]
    sentence = say("You hear from many people yourself") if many else say("You hear from few people yourself")
    return sentence, case.pull(_USER)


def _trend(case: _Case) -> tuple[Sentence, float]:
    """Whether the user's own traffic has lately been rising or falling."""
    busier = case.named["r30_90"] >= case.typical["r30_90"]
    sentence = say("A busier month than usual for you") if busier else say("A quieter month than usual for you")
    return sentence, case.pull(_TREND)


def _returns(case: _Case) -> tuple[Sentence, float]:
    """Of all the people the user knows, how many came back in the last three months."""
    many = case.named["E_came"] >= case.typical["E_came"]
    sentence = say("Many of your people came back lately") if many else say("Few of your people came back lately")
    return sentence, case.pull(_RETURNS)
