"""
After a funeral nothing businesslike for eight weeks: whom it touches, and until when.

Restraint's rule 6 keeps those touched off the week's greetings by ``Tie.grief_until``; the briefing,
the introductions and the coffee ask ``in_grief`` here. One place says who they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from maatje.model.occasion import Encounter, Guest, Occasion, Part
from maatje.model.plan import Tie
from maatje.model.units import DAY, ContactId, Seconds
from maatje.planning.manners import Kinds
from maatje.planning.restraint import grief_until

TOUCHED: Final = (Part.FAMILY, Part.HOST, Part.ORGANISER)
"""Who is in mourning by their part alone, on whatever list they are."""


@dataclass(frozen=True, slots=True)
class Funeral:
    """A mourning occasion, until when it asks for quiet, and whom it touches: family, hosts, the list."""

    at: Seconds
    until: Seconds
    contacts: frozenset[ContactId]


def funerals(
    occasions: Iterable[Occasion],
    guests: Mapping[int, Iterable[Guest]],
    kinds: Kinds,
    talks: Iterable[Encounter] = (),
) -> tuple[Funeral, ...]:
    """
    The funerals among occasions, with whom each touches.

    Args:
        occasions: in any order.
        guests: the lists, by occasion.
        kinds: all manners.
        talks: encounters at any of the occasions.
    Returns: in order of time. Who dropped out of the list is touched as well: they may have been
        too close to come. Guests who are only perhaps somebody are taken as that somebody: to be
        quiet towards one too many does no harm.
    """
    spoken: dict[int, set[ContactId]] = {}
    for talk in talks:
        if talk.contact_id is not None:
            spoken.setdefault(talk.occasion_id, set()).add(talk.contact_id)
    found: list[Funeral] = []
    for one in occasions:
        manners = kinds.of(one.kind)
        if not manners.mourning:
            continue
        touched = {figure.contact_id for figure in one.playing(*TOUCHED) if figure.contact_id is not None}
        touched |= spoken.get(one.id, set())
        for guest in guests.get(one.id, ()):
            if not guest.is_me:
                touched.update(guest.candidates)
                touched.update(() if guest.contact_id is None else (guest.contact_id,))
        longest = Seconds(one.begin + manners.wait_days * DAY)
        found.append(Funeral(one.begin, max(grief_until(one.begin), longest), frozenset(touched)))
    return tuple(sorted(found, key=lambda funeral: funeral.at))


def mourning_words(kinds: Kinds) -> tuple[str, ...]:
    """
    By what words a mourning occasion is found among the titles of a calendar.

    Args:
        kinds: all manners, a user's own among them.
    Returns: in lower case, without stars; to be looked for anywhere in a title, then asked of ``recognise``.
    """
    return tuple(dict.fromkeys(word.strip("*").lower() for kind, word in kinds.words if kinds.kinds[kind].mourning))


def mourning_until(found: Iterable[Funeral]) -> dict[ContactId, Seconds]:
    """
    Until when each contact touched by a funeral is left in peace; the last funeral counts.

    Args:
        found: as ``funerals`` gives them.
    Returns: by contact, for ``Tie.grief_until``. It holds from when the funeral is known of.
    """
    until: dict[ContactId, Seconds] = {}
    for funeral in found:
        for contact in funeral.contacts:
            until[contact] = max(until.get(contact, Seconds(0)), funeral.until)
    return until


def in_grief(tie: Tie, now: Seconds) -> bool:
    """
    Whether a contact is in mourning, so that nothing businesslike may be suggested.

    Args:
        tie, now: one tie and the moment.
    """
    return tie.grief_until is not None and now < tie.grief_until
