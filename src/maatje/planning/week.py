"""The one page: answers owed, a few greetings, an old acquaintance, who will come anyway; and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from maatje.model.plan import Ahead, DayToKnow, StillOpen, Suggestion, Tie, Week
from maatje.model.sentence import Sentence
from maatje.model.units import DAY, ContactId, Seconds
from maatje.planning.calendar import iso_week, week_label
from maatje.planning.draw import draw_keys
from maatje.planning.owed import owed_sentence
from maatje.planning.reason import greeting_reason, old_reason, waiting_reason
from maatje.planning.restraint import Moment, held_back, is_this_week, let_them_come, look_again_at
from maatje.planning.shortlist import DORMANT_DAYS, LEAST_WORTH, old_weight
from maatje.planning.worth import past_depth

LEAST_BENEFIT: Final = 0.01
"""Below this a greeting does too little to be asked for: doing nothing is a result."""

OLD_AGAIN_DAYS: Final = 365
"""An old acquaintance is not drawn twice within a year."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How many of each fit on the page; scalars >= 0. More would be a list of chores."""

    greetings: int = 3
    old: int = 1
    wait: int = 5
    answers: int = 5


@dataclass(frozen=True, slots=True)
class Setting:
    """
    What the week is made against, beside the ties.

    ``utc_offset``: seconds east of Greenwich now. ``seed`` of the lot. ``ahead``, ``blind_spots``,
    ``still_open`` and ``days`` go onto the page as they are. ``greeted`` and ``drawn``: whom this same week's
    page suggested before, in order; they keep their places, and whoever left is not replaced before Monday.
    ``trusts_coming``: whether the user's own past supports "they will come"; ``waiting_notes`` stand beside it.
    ``once``: the circle of each dormant contact at its warmest (``worth.once_circles``), as far as known.
    ``held``: whom the experiment holds back; they are neither greeted nor drawn, and nothing else of theirs changes.
    """

    budget: Budget = Budget()
    utc_offset: int = 0
    seed: int = 0
    is_quiet: bool = False
    ahead: tuple[Ahead, ...] = ()
    blind_spots: tuple[Sentence, ...] = ()
    greeted: Sequence[ContactId] = ()
    drawn: Sequence[ContactId] = ()
    trusts_coming: bool = True
    waiting_notes: tuple[Sentence, ...] = ()
    once: Mapping[ContactId, int | None] = field(default_factory=lambda: MappingProxyType({}))
    still_open: tuple[StillOpen, ...] = ()
    days: tuple[DayToKnow, ...] = ()
    held: frozenset[ContactId] = frozenset()

    def moment(self, now: Seconds) -> Moment:
        """
        The moment at which the rules of restraint are asked.

        Args:
            now: scalar instant.
        """
        return Moment(now, self.utc_offset, self.is_quiet, self.trusts_coming)


def benefit(tie: Tie) -> float:
    """
    What a greeting now would do: dear, would answer, would not come by anyway.

    Args:
        tie: with its worth and chances.
    Returns: scalar in [0, 1].
    Source: DESIGN §8; worth * P(reply in 7 days) * (1 - P(comes by in 30 days)).
    """
    return tie.worth * tie.chances.replies_7 * (1.0 - tie.chances.comes_by_30)


def is_dormant(tie: Tie) -> bool:
    """
    Whether a tie has been silent for three years or more.

    Args:
        tie: with its silence.
    """
    return tie.silence.days >= DORMANT_DAYS


def ranked(ties: Iterable[Tie]) -> list[Tie]:
    """
    Ties by benefit, best first; equals by contact, so that the order never depends on chance.

    Args:
        ties: in any order.
    """
    return sorted(ties, key=lambda tie: (-benefit(tie), tie.contact_id))


def make_week(ties: Iterable[Tie], now: Seconds, setting: Setting | None = None) -> Week:
    """
    The page of the week in which ``now`` falls.

    A quiet week suggests nothing and asks for no answer; it still says who will come by
    themselves and what is ahead, for neither asks anything.

    Args:
        ties: those that matter (see ``shortlist``), each contact once, in any order.
        now: scalar instant.
        setting: budget, lot and what else goes onto the page; the defaults where left out.
    Returns: the week; the same for the same arguments.
    """
    around = Setting() if setting is None else setting
    everybody = tuple(ties)
    year, week = iso_week(now, around.utc_offset)
    at = around.moment(now)
    old = None if around.is_quiet else _old_acquaintance(everybody, at, around)
    return Week(
        as_of=now,
        iso_year=year,
        iso_week=week,
        answers=() if around.is_quiet else _answers(everybody, around.budget.answers),
        greetings=() if around.is_quiet else _greetings(everybody, at, around),
        old_acquaintance=old,
        let_them_come=_let_come(everybody, at, around.budget.wait),
        occasions=around.ahead,
        blind_spots=around.blind_spots,
        is_quiet=around.is_quiet,
        waiting_notes=around.waiting_notes,
        still_open=() if around.is_quiet else around.still_open,
        days=() if around.is_quiet else around.days,
    )


def _answers(ties: Sequence[Tie], places: int) -> tuple[Suggestion, ...]:
    """The dearest of those who wait, the longest waiting first."""
    waiting = [(tie.owes, tie) for tie in ties if tie.owes is not None and not tie.leave_alone]
    waiting.sort(key=lambda pair: (-pair[1].worth, pair[1].contact_id))
    chosen = sorted(waiting[:places], key=lambda pair: (pair[0], pair[1].contact_id))
    return tuple(Suggestion(tie, owed_sentence(owes, tie.owes_title), benefit(tie)) for owes, tie in chosen)


def may_be_greeted(tie: Tie) -> bool:
    """
    Whether a tie can be among the greetings at all, before any rule is asked.

    Args:
        tie: one tie.
    Returns: False for the dormant (they have their own place) and where a greeting does too little.
    """
    return not is_dormant(tie) and tie.worth >= LEAST_WORTH and benefit(tie) >= LEAST_BENEFIT


def _greetings(ties: Sequence[Tie], at: Moment, around: Setting) -> tuple[Suggestion, ...]:
    """Those this week suggested before, in their order; then the best, as far as the budget was not used."""
    places = around.budget.greetings
    by_id = {tie.contact_id: tie for tie in ties}
    before = around.greeted[:places]
    kept = [by_id[known] for known in before if known in by_id]
    chosen = [
        tie for tie in kept if tie.contact_id not in around.held and not is_dormant(tie) and held_back(tie, at) is None
    ]
    known = {*around.greeted, *around.drawn, *around.held}
    room = places - len(before)
    for tie in ranked(tie for tie in ties if tie.contact_id not in known and may_be_greeted(tie)):
        if room <= 0:
            break
        # Asked one by one from the best down: the rules are dear, the budget is small.
        if held_back(tie, at) is None:
            chosen.append(tie)
            room -= 1
    return tuple(Suggestion(tie, greeting_reason(tie), benefit(tie)) for tie in chosen)


def _old_acquaintance(ties: Sequence[Tie], at: Moment, around: Setting) -> Suggestion | None:
    """The lot among the dormant who were once close; whom this week drew before stays, and is not replaced."""
    if around.budget.old < 1:
        return None
    able = [
        tie for tie in ties if is_dormant(tie) and tie.contact_id not in around.held and not _was_drawn_lately(tie, at)
    ]
    if around.drawn:
        able = [tie for tie in able if tie.contact_id == around.drawn[0]]
    label = week_label(*iso_week(at.now, at.utc_offset))
    weights = [old_weight(past_depth(tie.peak_days, tie.n_in, tie.n_out, tie.n_met)) for tie in able]
    keys = draw_keys([tie.contact_id for tie in able], weights, label, around.seed)
    lots = sorted(zip(keys, able, strict=True), key=lambda lot: (-lot[0], lot[1].contact_id))
    for key, tie in lots:
        if key > float("-inf") and held_back(tie, at) is None:
            return Suggestion(tie, old_reason(tie, around.once.get(tie.contact_id)), benefit(tie))
    return None


def _was_drawn_lately(tie: Tie, at: Moment) -> bool:
    """Whether maatje suggested them within a year, this week's own page not counted."""
    before = tie.suggested_at
    return before is not None and at.now - before < OLD_AGAIN_DAYS * DAY and not is_this_week(before, at)


def _let_come(ties: Sequence[Tie], at: Moment, places: int) -> tuple[Suggestion, ...]:
    """The dearest of those who will come by themselves, likeliest first; those owed an answer stand elsewhere."""
    coming = [
        tie
        for tie in ties
        if tie.owes is None
        and not (tie.leave_alone or is_dormant(tie))
        and tie.worth >= LEAST_WORTH
        and let_them_come(tie, at).holds_back
    ]
    coming.sort(key=lambda tie: (-tie.worth * tie.chances.comes_by_30, tie.contact_id))
    shown = sorted(coming[:places], key=lambda tie: (-tie.chances.comes_by_30, tie.contact_id))
    return tuple(Suggestion(tie, waiting_reason(tie), benefit(tie), look_again_at(tie, at.now)) for tie in shown)
