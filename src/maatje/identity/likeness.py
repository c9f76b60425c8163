"""
Who may be the same person: proposals and questions, each with its facts and what they weigh.

Exact keys have joined what they could (``resolve.groups``); here only likeness speaks, and it never
joins anybody: the user answers. The score of a pair is the prior and the sum of its facts, in bits
(``fellegi``); a name alone is at most a question (SAFETY #7).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple

from maatje.identity import blocking, likeness_fields
from maatje.identity.fellegi import NOTHING, chance, prior_bits
from maatje.identity.frequencies import Frequencies, counted_names
from maatje.identity.likeness_facts import QUIET, Compared, Fact, told
from maatje.identity.likeness_fields import FIELDS, Work
from maatje.identity.likeness_names import Family, Given, NameLevels, compared
from maatje.identity.likeness_weights import BITS, EXPECTED, EXPECTED_GUEST, PROPOSAL, QUESTION
from maatje.identity.sketch import Person, Sketch, Surnames, made_ready, surnames_of

__all__ = ["Book", "Fact", "Likeness", "Sketch", "likely"]

NO_NAME: Final = NameLevels(NOTHING, NOTHING)
_FIELD_BITS: Final = tuple((field.level, BITS[field.name]) for field in FIELDS)
_WORK: Final = [field.name for field in FIELDS].index("work")
_SLACK: Final = len(BITS) * QUIET
"""Facts too small to tell are left out of a score, and may move it by so many bits."""
GUESTS_LIMIT: Final = 10
"""So many candidates for a guest at most."""


class Likeness(NamedTuple):
    """
    Two contacts that may be one: ids ascending, and the facts for and against, the heaviest first.

    ``verdict`` is "proposal", "question", or "" where it is neither. ``prior`` and the facts' bits
    add up to ``score``; ``chance`` is that score as a share.
    """

    one: int
    other: int
    chance: float
    verdict: str
    facts: tuple[Fact, ...]
    prior: float

    @property
    def score(self) -> float:
        """Bits for (or, negative, against) one person, all in all."""
        return self.prior + sum(fact.bits for fact in self.facts)


class Book:
    """
    All contacts, made ready once; then pairs, one pair, or a guest can be compared.

    Twenty thousand contacts take about two seconds and a hundred megabytes. Nothing here changes
    after it is made.
    """

    def __init__(self, sketches: Sequence[Sketch]) -> None:
        """
        Args:
            sketches: of every contact, each id once, in any order.
        """
        in_order = sorted(sketches, key=lambda sketch: sketch.id)
        self._known: Surnames = surnames_of(in_order)
        ready = (made_ready(sketch, self._known) for sketch in in_order)
        self._people: tuple[Person, ...] = tuple(person for person in ready if person is not None)
        self._places = {person.sketch.id: at for at, person in enumerate(self._people)}
        self._frequencies: Frequencies = counted_names(self._people)
        self._blocks = blocking.blocks(self._people)
        self._prior = prior_bits(min(0.5, 2 * EXPECTED / max(4, len(self._people))))

    def likely(
        self, *, together: Mapping[tuple[int, int], int], apart: Collection[tuple[int, int]] = ()
    ) -> tuple[Likeness, ...]:
        """
        Every proposal and question, best first; equal ones in the order of ids.

        Args:
            together: in how many messages and meetings two stood at once, by their ids ascending.
            apart: pairs of ids, in either order, that the user said are two people: never among the results.
        """
        said = {(min(pair), max(pair)) for pair in apart}
        lowest = prior_bits(QUESTION) - self._prior - _SLACK
        found = []
        for at, place in blocking.pairs(self._blocks):
            one, other = self._people[at], self._people[place]
            pair = (one.sketch.id, other.sketch.id)
            levels = self._levels(one, other, together.get(pair, 0))
            if levels.bits >= lowest and pair not in said:
                found.append(self._likeness(levels, self._prior))
        wanted = [likeness for likeness in found if likeness.verdict]
        return tuple(sorted(wanted, key=lambda likeness: (-likeness.chance, likeness.one, likeness.other)))

    def compare(self, one: int, other: int, *, together: int = 0) -> Likeness | None:
        """
        Two contacts of the book compared, whatever comes of it.

        Args:
            one, other: ids, in either order.
            together: in how many messages and meetings both stood at once; >= 0.
        Returns: None where one of them is no person, or is not in the book, or both are the same.
        """
        first, second = sorted((one, other))
        if first == second or first not in self._places or second not in self._places:
            return None
        here, there = (self._people[self._places[which]] for which in (first, second))
        return self._likeness(self._levels(here, there, together), self._prior)

    def guest(self, sketch: Sketch) -> tuple[Likeness, ...]:
        """
        Whom somebody on a guest list may be, best first, at most ``GUESTS_LIMIT``.

        Args:
            sketch: what the list says; its ``id`` must be none of the book's, a negative one for instance.
        Returns: proposals and questions only; () where nobody is like them.
        """
        person = made_ready(sketch, self._known)
        if person is None:
            return ()
        prior = prior_bits(min(0.5, EXPECTED_GUEST / max(2, len(self._people))))
        near = blocking.near(person, self._blocks)
        found = [self._likeness(self._levels(person, self._people[at], 0), prior) for at in near]
        wanted = sorted((one for one in found if one.verdict), key=lambda one: (-one.chance, one.one, one.other))
        return tuple(wanted[:GUESTS_LIMIT])

    def _levels(self, one: Person, other: Person, together: int) -> Compared:
        """Everything that comparing two people says, as levels and their bits."""
        names, pair, name_bits, rarity = self._names(one, other)
        levels = []
        bits = name_bits[0] + name_bits[1] + rarity
        for level, weights in _FIELD_BITS:
            found = level(one, other)
            levels.append(found)
            bits += weights[found]
        firm = self._firm(one, other) if levels[_WORK] == Work.SAME else 0.0
        seen = likeness_fields.together(together, one, other)
        bits += firm + BITS["together"][seen]
        return Compared(one, other, names, pair, name_bits, rarity, tuple(levels), firm, seen, together, bits)

    def _firm(self, one: Person, other: Person) -> float:
        """More for a small employer, less for one that half the book works for."""
        return max(self._frequencies.bits("work", firm) for firm in one.organisations & other.organisations)

    def _names(
        self, one: Person, other: Person
    ) -> tuple[NameLevels, tuple[str, str], tuple[float, float], float]:  # fmt: skip
        """The two names that speak for one person most, and what they weigh: first name, surname, and its rarity."""
        best = (NO_NAME, ("", ""), (0.0, 0.0), 0.0)
        most = -1e9
        given_bits, family_bits = BITS["given"], BITS["family"]
        for mine in one.names:
            for theirs in other.names:
                levels = compared(mine, theirs)
                given, family = given_bits[levels.given] + self._common(levels), family_bits[levels.family]
                rarity = self._rarity(levels)
                if (weight := given + family + rarity) > most:
                    most, best = weight, (levels, (mine.text, theirs.text), (given, family), rarity)
        return best

    def _common(self, levels: NameLevels) -> float:
        """More for a rare first name, less for a common one or a common initial."""
        called, rare = levels.shared_given, self._frequencies.bits
        if levels.given != Given.SAME:
            return rare("initial", called[:1])
        # Of "Nur Kaya" and "Kaya Nur" nobody knows which is the surname: the commoner reading counts.
        is_turned = levels.family == Family.TURNED
        return min(rare("given", called), rare("given", levels.shared_family)) if is_turned else rare("given", called)

    def _rarity(self, levels: NameLevels) -> float:
        """More for a rare surname, less for a common one."""
        surname, rare = levels.shared_family, self._frequencies.bits
        if levels.family == Family.SAME:
            return rare("family", surname)
        # A name with a slip in it is always rare.
        return min(0.0, rare("family", surname), rare("family", levels.shared_given))

    def _likeness(self, levels: Compared, prior: float) -> Likeness:
        facts = told(levels)
        score = prior + sum(fact.bits for fact in facts)
        share = chance(score)
        is_proposal = share >= PROPOSAL and any(fact.is_own and fact.bits > 0 for fact in facts)
        verdict = "" if share < QUESTION else "proposal" if is_proposal else "question"
        one, other = sorted((levels.one.sketch.id, levels.other.sketch.id))
        return Likeness(one, other, share, verdict, facts, prior)


def likely(
    people: Sequence[Sketch], *, together: Mapping[tuple[int, int], int], apart: Collection[tuple[int, int]] = ()
) -> tuple[Likeness, ...]:
    """
    Every proposal and question among contacts, best first; see ``Book.likely``.

    Args:
        people: every contact, each id once, in any order.
        together: in how many messages and meetings two stood at once, by their ids ascending.
        apart: pairs of ids that the user said are two people.
    """
    return Book(people).likely(together=together, apart=apart)
