"""What the commands of occasions share: the options of who plays a part, and names typed at them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import click

from maatje.app import contact_names, guests
from maatje.app.after import Said, Vow
from maatje.errors import N_, SettingError
from maatje.model.occasion import Guest, Part, Whose
from maatje.store.db import Db

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Parts:
    """What was told of an occasion beside its name and time; None where nothing was."""

    kind: str | None
    zone: str | None
    place: str | None
    series: str | None
    people: tuple[tuple[Part, str], ...] | None


def parts(command: Command) -> Command:
    """Give a command the options that tell what an occasion is and who plays a part in it, as ``told``."""

    @click.option("--kind", help="reception, lecture, farewell, funeral…; recognised from the name where left out.")
    @click.option("--zone", help="In which time zone it is held: Europe/Amsterdam.")
    @click.option("--place", help="Where it is.")
    @click.option("--series", help="The series that it belongs to; by its name where left out.")
    @click.option("--host", multiple=True, metavar="NAME", help="Who invites.")
    @click.option("--organiser", multiple=True, metavar="NAME", help="Who organises it.")
    @click.option("--speaker", multiple=True, metavar="NAME", help="Who speaks.")
    @click.option("--honoured", multiple=True, metavar="NAME", help="Whom it is about; at a funeral, who died.")
    @click.option("--family", multiple=True, metavar="NAME", help="Their family.")
    @functools.wraps(command)
    def wrapped(
        *args: Any, kind: str | None, zone: str | None, place: str | None, series: str | None, **rest: Any
    ) -> Any:
        people = tuple((part, name) for part in Part for name in rest.pop(part.value))
        return command(*args, told=Parts(kind, zone, place, series, people or None), **rest)

    return wrapped  # type: ignore[return-value]


def pairs(texts: Iterable[str], fault: str) -> Iterator[tuple[str, str]]:
    """
    What was written as ONE=OTHER.

    Raises: SettingError: ``fault``, where one is not.
    """
    for text in texts:
        one, sign, other = text.partition("=")
        if not sign or not one.strip() or not other.strip():
            raise SettingError(fault)
        yield one.strip(), other.strip()


def said(db: Db, listed: Sequence[Guest], spoke: Iterable[str], memories: Iterable[str]) -> tuple[Said, ...]:
    """Who was spoken, each with their line: a guest by number or name, a contact by #number or address, a new face."""
    lines = dict.fromkeys(spoke, "") | dict(pairs(memories, N_("Write a memory as NAME=TEXT.")))
    return tuple(_said(db, listed, text, memory) for text, memory in lines.items())


def _said(db: Db, listed: Sequence[Guest], text: str, memory: str) -> Said:
    guest = guests.find(listed, text)
    if guest is not None:
        return Said(guest_id=guest.id, memory=memory)
    contact_id = contact_names.by_key(db, text)
    return Said(contact_id=contact_id, name="" if contact_id is not None else text, memory=memory)


def vows(db: Db, listed: Sequence[Guest], texts: Iterable[str], whose: Whose) -> tuple[Vow, ...]:
    """What was promised, each to somebody of the list or a contact."""
    found = []
    for text, words in pairs(texts, N_("Write a promise as NAME=TEXT.")):
        guest = guests.find(listed, text)
        if guest is not None:
            found.append(Vow(words, whose, guest.id))
        else:
            found.append(Vow(words, whose, contact_id=contact_names.resolve(db, text)))
    return tuple(found)
