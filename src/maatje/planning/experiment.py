"""
Story or experiment: a tenth of the people who would be greeted is held back by lot, and read out once.

The lot falls once per person, at their first would-be greeting, and stays: greetings of one person
in several weeks are no separate trials, so people are compared and not weeks. In every ten people of
like worth and freshness one is held back. Whom, is a hash of the seed: the same log gives the same lots.

The read-out draws the same lots again, a thousand times, as they might have fallen: how often would
chance alone make as much of a difference? That holds for few people and for any kind of outcome,
with no formula that asks for many (Fisher 1935; Rosenbaum 2002 for the interval by inversion).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b, shake_256
from math import ceil, inf
from typing import Final, NamedTuple

from maatje.errors import N_, ParameterError, UserError
from maatje.model.ledger import Experiment, Lot
from maatje.model.units import DAY, ContactId, Seconds
from maatje.planning.distributions import normal_quantile

BLOCK: Final = 10
"""One of so many is held back."""

REDRAWS: Final = 1999
"""How often the lots are drawn again; p is then known to about .005 at .05."""

WORTHS: Final = (0.35, 0.65)
"""Where worth is cut into three: outside or far, near, dear."""

FRESHNESS: Final = (0.15, 0.40)
"""Where the chance to come by is cut into three."""

LEAST_DAYS: Final = 180
"""A horizon nearer than this could not tell anything."""

POWER: Final = 0.8
DOUBT: Final = 0.05


def begin(experiment: Experiment, now: Seconds) -> Experiment:
    """
    The experiment as it is to be kept, refused where it could not tell anything.

    Args:
        experiment: as the user chose.
        now: scalar instant.
    Raises: UserError: the horizon is too near for anybody to be watched, or already past.
    """
    watch = experiment.watch_days * DAY
    if not (0 < experiment.worth_knowing < 1 and experiment.watch_days > 0):
        raise ParameterError("an experiment needs a difference between 0 and 1 and days to watch")
    if experiment.begun_at > now or experiment.horizon_at - experiment.begun_at < max(LEAST_DAYS * DAY, 2 * watch):
        raise UserError(N_("An experiment needs at least half a year, and twice the time that each person is watched."))
    return experiment


def stratum(worth: float, comes_by: float) -> str:
    """
    Of what kind somebody is, so that the groups stay alike.

    Args:
        worth, comes_by: as at their first would-be greeting; scalars in [0, 1].
    Returns: such as "2.0": the third of worth, the third of freshness.
    """
    return f"{sum(worth >= cut for cut in WORTHS)}.{sum(comes_by >= cut for cut in FRESHNESS)}"


def held_place(seed: int, name: str, block: int) -> int:
    """
    Which of ten places in a block is held back.

    Args:
        seed, name, block: of the experiment, the stratum and the block.
    Returns: 0..9, every place as likely.
    """
    lot = blake2b(f"{seed}:{name}:{block}".encode(), digest_size=8).digest()
    return int.from_bytes(lot) % BLOCK


def draw(
    experiment: Experiment, log: Sequence[Lot], would_greet: Iterable[tuple[ContactId, float, float]], at: Seconds
) -> tuple[Lot, ...]:
    """
    The lots of those who would be greeted now for the first time since the experiment began.

    Args:
        experiment: running.
        log: all lots so far, in the order they fell.
        would_greet: contact, worth and chance to come by of each who would be on the page.
        at: scalar instant.
    Returns: the new lines of the log; empty for those known, and where the experiment is over or stopped.
    """
    if experiment.stopped_at is not None or not experiment.begun_at <= at < experiment.horizon_at:
        return ()
    known = {lot.contact_id for lot in log}
    sizes: dict[str, int] = defaultdict(int)
    for lot in log:
        # Not how many there are: whoever was forgotten since leaves a place empty, and nobody gets it twice.
        sizes[lot.stratum] = max(sizes[lot.stratum], lot.block * BLOCK + lot.place + 1)
    fresh = {row[0]: row for row in would_greet if row[0] not in known}
    # In the order of a hash, so that neither the rank on the page nor the age of a contact chooses the place,
    # nor the hour at which the page is opened.
    order = sorted(fresh, key=lambda one: blake2b(f"{experiment.seed}|{one}".encode(), digest_size=8).digest())
    out: list[Lot] = []
    for contact_id in order:
        _, worth, comes_by = fresh[contact_id]
        name = stratum(worth, comes_by)
        block, place = divmod(sizes[name], BLOCK)
        sizes[name] += 1
        is_held = place == held_place(experiment.seed, name, block)
        out.append(Lot(contact_id, at, name, block, place, is_held, comes_by))
    return tuple(out)


def held_now(experiment: Experiment, log: Iterable[Lot], at: Seconds) -> frozenset[ContactId]:
    """
    Who is kept off the greetings now.

    Args:
        experiment, log: the experiment and its lots.
        at: scalar instant.
    Returns: nobody before it began, after the horizon, or once it was switched off.
    """
    if experiment.stopped_at is not None or not experiment.begun_at <= at < experiment.horizon_at:
        return frozenset()
    return frozenset(lot.contact_id for lot in log if lot.is_held)


class Effect(NamedTuple):
    """The difference that greeting makes, its 19-in-20 bounds, and the chance of as much by lot alone."""

    effect: float
    low: float
    high: float
    p: float


def effect_of(lots: Sequence[Lot], outcomes: Mapping[ContactId, float], seed: int, redraws: int = REDRAWS) -> Effect:
    """
    What greeting changes in an outcome, from the lots alone.

    Args:
        lots: of those whose time is over.
        outcomes: of each of them; 0 or 1, or a number of things.
        seed: of the redraws; the same seed, the same answer.
        redraws: how many; scalar, >= 99.
    Returns: the effect is the least-squares one beside the chance that was said beforehand, so that an
        unlucky lot counts for less; [-inf, inf] and p 1 where one group is empty.
    Source: Frisch and Waugh for the adjustment; both p and bounds by drawing the lots again within blocks,
        with half the weight for ties (mid-p), the bounds where the shifted outcome reaches p = .05.
    """
    n = len(lots)
    held = sum(lot.is_held for lot in lots)
    if not 0 < held < n:
        return Effect(0.0, -inf, inf, 1.0)
    expected = [lot.expected for lot in lots]
    y = _residual([float(outcomes[lot.contact_id]) for lot in lots], expected)
    t = _residual([0.0 if lot.is_held else 1.0 for lot in lots], expected)
    rows = [index for index, lot in enumerate(lots) if lot.is_held]
    d_y, d_t = _difference(y, rows), _difference(t, rows)
    if d_t <= 0.0:
        return Effect(0.0, -inf, inf, 1.0)
    drawn = [(_difference(y, rows), _difference(t, rows)) for rows in _redrawn(lots, seed, redraws)]
    low, high = _inverted(drawn, d_y, d_t, -1.0), _inverted(drawn, d_y, d_t, 1.0)
    return Effect(d_y / d_t, low, high, _p(drawn, d_y, d_t, 0.0))


def _residual(values: Sequence[float], by: Sequence[float]) -> list[float]:
    """What is left of values after a straight line through what was expected; the sum is 0."""
    n = len(values)
    mean, mean_by = sum(values) / n, sum(by) / n
    square = sum((one - mean_by) ** 2 for one in by)
    # With fewer than twenty the slope would fit the chance of the moment.
    slope = 0.0 if square < 1e-9 or n < 20 else sum((b - mean_by) * v for v, b in zip(values, by, strict=True)) / square
    return [v - mean - slope * (b - mean_by) for v, b in zip(values, by, strict=True)]


def _difference(values: Sequence[float], held: Sequence[int]) -> float:
    """The mean of the greeted less that of the held, for values that sum to 0."""
    total = sum([values[index] for index in held])
    return -total / (len(values) - len(held)) - total / len(held)


def _redrawn(lots: Sequence[Lot], seed: int, redraws: int) -> list[list[int]]:
    """Whom the lot might have held back, as often as asked; draws that hold nobody back are left out."""
    blocks: dict[tuple[str, int], list[int]] = {}
    for index, lot in enumerate(lots):
        blocks.setdefault((lot.stratum, lot.block), [-1] * BLOCK)[lot.place] = index
    places = list(blocks.values())
    size = len(places)
    stream = shake_256(f"{seed}:{len(lots)}:{size}".encode()).digest(2 * size * redraws)
    out: list[list[int]] = []
    for turn in range(redraws):
        # Two bytes a block: 65,536 is so nearly a multiple of ten that no place is likelier by 1 in 6,000.
        numbers = memoryview(stream)[2 * size * turn : 2 * size * (turn + 1)].cast("H")
        rows = [index for block, number in zip(places, numbers, strict=True) if (index := block[number % BLOCK]) >= 0]
        if rows and len(rows) < len(lots):
            out.append(rows)
    return out


def _p(drawn: Sequence[tuple[float, float]], d_y: float, d_t: float, shift: float) -> float:
    """How often the lots alone make as much of a difference, once a supposed effect is taken away."""
    seen = abs(d_y - shift * d_t)
    edge = 1e-9 * (1.0 + seen)
    above = ties = 0
    for a, b in drawn:
        other = abs(a - shift * b) - seen
        if other > edge:
            above += 1
        elif other >= -edge:
            ties += 1
    return (above + 0.5 * (ties + 1)) / (len(drawn) + 1)


def _inverted(drawn: Sequence[tuple[float, float]], d_y: float, d_t: float, side: float) -> float:
    """The effect furthest to one side that the lots do not speak against."""
    middle = d_y / d_t
    near, far = 0.0, max(1.0, abs(middle))
    while _p(drawn, d_y, d_t, middle + side * far) > DOUBT:
        near, far = far, 2.0 * far
        if far > 1e6:
            return side * inf
    for _ in range(24):
        at = (near + far) / 2
        if _p(drawn, d_y, d_t, middle + side * at) > DOUBT:
            near = at
        else:
            far = at
    return middle + side * (near + far) / 2


def people_needed(spread: float, worth_knowing: float) -> int:
    """
    How many people it takes to see a difference 4 times in 5, with one in ten held back.

    Args:
        spread: the variance of the outcome in one person; scalar, >= 0.
        worth_knowing: the difference; scalar, > 0.
    Returns: scalar >= 20.
    Raises: ParameterError: the difference is not above 0.
    Source: (z_.975 + z_.8)^2 * variance * (1 / .1 + 1 / .9) / difference^2.
    """
    if worth_knowing <= 0:
        raise ParameterError("a difference worth knowing is above 0")
    reach = normal_quantile(1 - DOUBT / 2) + normal_quantile(POWER)
    return max(2 * BLOCK, ceil(reach**2 * spread * (BLOCK + BLOCK / (BLOCK - 1)) / worth_knowing**2))
