"""
What comparing found, in sentences: each fact with what it weighs, the heaviest first.

A fact that weighs next to nothing is not told, and then it does not count either: the score is the
sum of what is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from maatje.identity.fellegi import NOTHING
from maatje.identity.likeness_fields import (
    FIELDS,
    Address,
    Birthday,
    Circle,
    Phone,
    Time,
    Together,
    Work,
    in_common,
)
from maatje.identity.likeness_names import Family, Given, NameLevels
from maatje.identity.likeness_weights import BITS
from maatje.identity.names import parts
from maatje.identity.sketch import Person
from maatje.model.sentence import MonthOf, Sentence, say, say_n

QUIET: Final = 0.2
"""A fact of fewer bits is not worth a line."""

TELLING: Final = 1.5
"""A surname so much rarer or commoner than most, in bits, is worth one of its own."""


class Fact(NamedTuple):
    """
    One reason: ``bits`` for (positive) or against (negative).

    ``is_own``: it rests on what is one person's own, not on what namesakes in one office share.
    """

    sentence: Sentence
    bits: float
    is_own: bool = False


class Compared(NamedTuple):
    """All that the comparing of two people found; ``levels`` in the order of ``FIELDS``."""

    one: Person
    other: Person
    names: NameLevels
    texts: tuple[str, str]
    name_bits: tuple[float, float]
    rarity: float
    levels: tuple[int, ...]
    firm: float
    seen: int
    times: int
    bits: float


_FIRST: Final = {
    Given.SAME: say("The first name is the same."),
    Given.INITIALS: say("The initials are the same."),
    Given.SPELLED: say("The first names are almost spelled the same."),
    Given.PET: say("The first names can belong to one person."),
    Given.INITIAL: say("Of one there is only an initial, and it fits."),
    Given.FORMAL: say("The initial fits the full form of the first name."),
    Given.DIFFERENT: say("The first names differ."),
}
_LAST: Final = {
    Family.SAME: say("The surname is the same."),
    Family.SPELLED: say("The surnames are almost spelled the same."),
    Family.PART: say("One surname is a part of the other."),
    Family.TURNED: say("The same two names, in the other order."),
    Family.DIFFERENT: say("The surnames differ."),
}
_SAME_NAME: Final = say("The name is the same.")
_BUT_INITIAL: Final = say("The name is the same but for an initial.")
_OTHER_SCRIPT: Final = say("The name is the same in another script.")
_ADDRESS: Final = {
    Address.SAME: say("They share an address."),
    Address.LOCAL: say("Their addresses are the same before the @, and no name explains it."),
    Address.NAMED: say("Their addresses are the same before the @."),
    Address.SLIP: say("Their addresses differ by one letter before the @."),
    Address.DIFFERENT: say("Their addresses are made differently."),
}
_PHONE: Final = {
    Phone.SAME: say("They share a telephone number."),
    Phone.TAIL: say("Their telephone numbers end in the same digits."),
    Phone.SLIP: say("Their telephone numbers differ by one digit."),
    Phone.DIFFERENT: say("Their telephone numbers differ."),
}
_WORK: Final = {
    Work.SAME: say("They belong to the same organisation."),
    Work.ALIKE: say("Their organisations have almost the same name."),
    Work.DIFFERENT: say("Their organisations differ."),
}
_BIRTHDAY: Final = {
    Birthday.SAME: say("They were born on the same day."),
    Birthday.DAY: say("Their birthdays fall on the same day."),
    Birthday.SLIP: say("Their birthdays differ by a digit."),
    Birthday.DIFFERENT: say("Their birthdays differ."),
}


def told(found: Compared) -> tuple[Fact, ...]:
    """
    The facts of a comparison.

    Args:
        found: all of it.
    Returns: the heaviest first, those below ``QUIET`` left out; equal ones in a fixed order.
    """
    facts = [*_of_names(found), *_of_fields(found)]
    weight = BITS["together"][found.seen]
    if found.seen != NOTHING:
        facts.append(Fact(_of_together(found), weight))
    kept = [fact for fact in facts if abs(fact.bits) >= QUIET]
    return tuple(sorted(kept, key=lambda fact: -abs(fact.bits)))


def _of_names(found: Compared) -> list[Fact]:
    given, family = found.names.given, found.names.family
    if given == NOTHING and family == NOTHING:
        return []
    rarity = found.rarity
    is_telling = abs(rarity) >= TELLING and family not in (NOTHING, Family.DIFFERENT, Family.TURNED)
    last = found.name_bits[1] + (0.0 if is_telling else rarity)
    facts = []
    if family == Family.SAME and given in (Given.SAME, Given.INITIAL):
        facts.append(Fact(_whole(found), found.name_bits[0] + last))
    else:
        if given != NOTHING:
            facts.append(Fact(_FIRST[Given(given)], found.name_bits[0]))
        if family != NOTHING:
            facts.append(Fact(_LAST[Family(family)], last))
    if is_telling:
        name = _surname(found)
        text = say("{name} is a rare name.", name=name) if rarity > 0 else say("{name} is a common name.", name=name)
        facts.append(Fact(text, rarity))
    return facts


def _surname(found: Compared) -> str:
    """The surname that both bear, as one of them spells it, with a capital to begin a sentence."""
    spelled = parts(found.texts[0]).surname if found.names.family == Family.SAME else found.names.shared_family
    surname = spelled or found.names.shared_family
    return surname[:1].upper() + surname[1:]


def _whole(found: Compared) -> Sentence:
    if found.names.given == Given.INITIAL:
        return _BUT_INITIAL
    names = (name for person in (found.one, found.other) for name in person.names)
    scripts = {name.is_latin for name in names if name.text in found.texts}
    return _OTHER_SCRIPT if len(scripts) > 1 else _SAME_NAME


def _of_fields(found: Compared) -> list[Fact]:
    facts = []
    for field, level in zip(FIELDS, found.levels, strict=True):
        if level == NOTHING:
            continue
        bits = BITS[field.name][level] + (found.firm if field.name == "work" else 0.0)
        facts.append(Fact(_SAID[field.name](found, level), bits, is_own=level in _OWN.get(field.name, ())))
    return facts


def _of_time(found: Compared, level: int) -> Sentence:
    first, second = sorted((found.one.sketch, found.other.sketch), key=lambda one: (one.first_at, one.last_at))
    if level == Time.TOGETHER:
        return say("Both were in use in the same years.")
    fell, began = MonthOf(first.last_at), MonthOf(second.first_at)
    if level == Time.HANDOVER:
        return say("One falls silent in {fell}, the other begins in {began}.", fell=fell, began=began)
    return say("One fell silent in {fell}, the other began only in {began}.", fell=fell, began=began)


def _of_circle(found: Compared, level: int) -> Sentence:
    if level == Circle.NONE:
        return say("They have nobody in common.")
    both = in_common(found.one, found.other)
    return say_n("They have one person in common.", "They have {n} people in common.", both)


def _of_together(found: Compared) -> Sentence:
    if found.seen == Together.NEVER:
        return say("They were never in one message together.")
    return say_n("Both were in one message at once.", "Both were in {n} messages at once.", found.times)


_OWN: Final[Mapping[str, tuple[int, ...]]] = {
    "address": (Address.LOCAL, Address.SLIP),
    "phone": (Phone.TAIL, Phone.SLIP),
    "birthday": (Birthday.SAME, Birthday.DAY, Birthday.SLIP),
}
"""Levels that are a person's own. A number or address in full is not: it would have joined, but they share it."""
_SAID: Final[Mapping[str, Callable[[Compared, int], Sentence]]] = {
    "address": lambda _, level: _ADDRESS[Address(level)],
    "phone": lambda _, level: _PHONE[Phone(level)],
    "work": lambda _, level: _WORK[Work(level)],
    "time": _of_time,
    "circle": _of_circle,
    "birthday": lambda _, level: _BIRTHDAY[Birthday(level)],
}
