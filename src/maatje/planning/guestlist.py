"""
A newer list of guests over an older one: adds who is new, marks who dropped out, never doubles.

The same person is known by mail address, else by name where the organisations do not contradict each
other. Two people of one name with different addresses or organisations stay two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from maatje.model.occasion import Guest, Listed
from maatje.planning.manners import fold

LARGE_DROP: Final = 0.5
"""Where a newer list leaves out so many, it may be half a list: ask before believing it."""


@dataclass(frozen=True, slots=True)
class Renewal:
    """
    A list brought up to date.

    ``guests``: all of them, the old first and in their order, the dropped among them. ``added``,
    ``dropped`` and ``back`` (dropped before, there again) are ids; ``repeats`` how many lines named somebody a
    second time. ``asks``: so many dropped out that it may not be the whole list.
    """

    guests: tuple[Guest, ...]
    added: tuple[int, ...]
    dropped: tuple[int, ...]
    back: tuple[int, ...]
    repeats: int
    asks: bool


def renew(old: Sequence[Guest], listed: Iterable[Listed], occasion_id: int, first_id: int = 1) -> Renewal:
    """
    What a newer list makes of an older one.

    Args:
        old: the guests as they are, dropped ones too; empty for a first list.
        listed: the lines of the newer list, in order. With none nothing changes: an empty file drops nobody.
        occasion_id: for guests that are added.
        first_id: the first id that is free; scalar, above every id of ``old``.
    Returns: what to keep. Giving the same list again changes nothing. What an old guest did not tell is
        filled in from the new line; nothing that is known is written over, but for the dropped mark.
    """
    lines, repeats = _once(line for line in listed if line.name.strip() or line.mail)
    if not lines:
        return Renewal(tuple(old), (), (), (), repeats, asks=False)
    matched = _matched(old, lines)
    taken = set(matched.values())
    guests = [_renewed(guest, lines[matched[at]] if at in matched else None) for at, guest in enumerate(old)]
    new = [line for number, line in enumerate(lines) if number not in taken]
    added = [_guest(line, occasion_id, first_id + number) for number, line in enumerate(new)]
    dropped = [now.id for was, now in zip(old, guests, strict=True) if now.dropped and not was.dropped]
    back = [now.id for was, now in zip(old, guests, strict=True) if was.dropped and not now.dropped]
    were_there = sum(not guest.dropped for guest in old)
    return Renewal(
        guests=(*guests, *added),
        added=tuple(guest.id for guest in added),
        dropped=tuple(dropped),
        back=tuple(back),
        repeats=repeats,
        asks=len(dropped) > LARGE_DROP * were_there,
    )


def _once(listed: Iterable[Listed]) -> tuple[list[Listed], int]:
    """Every line once: a mail address names one person, and so do equal names of one organisation without one."""
    kept: dict[tuple[str, ...], Listed] = {}
    lines = 0
    for line in listed:
        lines += 1
        key = (line.mail.lower(),) if line.mail else (fold(line.name), fold(line.organisation))
        kept.setdefault(key, line)
    return list(kept.values()), lines - len(kept)


def _matched(old: Sequence[Guest], lines: Sequence[Listed]) -> dict[int, int]:
    """Which line is which old guest, by position: by mail first, then by name and organisation, then by name."""
    found: dict[int, int] = {}
    taken: set[int] = set()
    for rank in (_mail_key, _place_key, _name_key):
        by_key: dict[str, list[int]] = {}
        for number, line in enumerate(lines):
            if number not in taken and (key := rank(line)):
                by_key.setdefault(key, []).append(number)
        for at, guest in enumerate(old):
            if at in found:
                continue
            as_listed = Listed(guest.name, guest.organisation, guest.title, guest.mail)
            able = (number for number in by_key.get(rank(as_listed), ()) if number not in taken)
            match = next((number for number in able if _may_be(as_listed, lines[number])), None)
            if match is not None:
                found[at] = match
                taken.add(match)
    return found


def _mail_key(line: Listed) -> str:
    return line.mail.lower()


def _place_key(line: Listed) -> str:
    return f"{fold(line.name)}|{fold(line.organisation)}" if line.name and line.organisation else ""


def _name_key(line: Listed) -> str:
    return fold(line.name)


def _may_be(one: Listed, other: Listed) -> bool:
    """Whether two lines can be one person: equal addresses say yes; different ones, or organisations, say no."""
    if one.mail and other.mail:
        return one.mail.lower() == other.mail.lower()
    return not (one.organisation and other.organisation) or fold(one.organisation) == fold(other.organisation)


def _renewed(guest: Guest, line: Listed | None) -> Guest:
    """An old guest with what the newer list adds, or marked as dropped out."""
    if line is None:
        return guest if guest.dropped else replace(guest, dropped=True)
    return replace(
        guest,
        dropped=False,
        organisation=guest.organisation or line.organisation.strip(),
        title=guest.title or line.title.strip(),
        mail=guest.mail or line.mail.lower(),
    )


def _guest(line: Listed, occasion_id: int, number: int) -> Guest:
    name = " ".join(line.name.split()) or line.mail.lower()
    return Guest(number, occasion_id, name, line.organisation.strip(), line.title.strip(), line.mail.lower())
