"""The user's own word on who somebody is: fields, the address book trusted most, and "this is somebody"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Final

from maatje.app import follow
from maatje.errors import N_, SettingError
from maatje.identity.names import tidy
from maatje.model.contact import FIELDS
from maatje.model.page import Act
from maatje.model.sentence import Sentence, say
from maatje.model.units import ContactId, HandleId, Seconds
from maatje.store import contacts, handles, overlay, parts, sources, undo
from maatje.store.db import Db

LONGEST: Final = 500
_BIRTHDAY: Final = re.compile(r"(?:\d{4}|-)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


def edit(db: Db, contact_id: ContactId, field: str, text: str, now: Seconds) -> str:
    """
    Say what counts for one field, above whatever a card tells. Can be undone. Returns: their name as it is now.

    Raises: SettingError: no such field, nothing said, too long, or no day where a birthday is asked.
    """
    words = _checked(field, text)
    person = contacts.contact(db, contact_id)
    with undo.journaled(db, Act(_said(person.name), _before(person.name)), now, partial(follow.within, db, now)):
        overlay.edit(db, person.id, field, words, now)
    return contacts.contact(db, person.id).name


def edit_all(db: Db, contact_id: ContactId, words: Mapping[str, str], now: Seconds) -> str:
    """
    As ``edit`` for several fields as one act; an empty one takes the user's own word back. Returns: their name now.

    Raises: SettingError: as ``edit``, and then nothing was changed.
    """
    checked = {field: _checked(field, text) if text.strip() else "" for field, text in words.items()}
    person = contacts.contact(db, contact_id)
    with undo.journaled(db, Act(_said(person.name), _before(person.name)), now, partial(follow.within, db, now)):
        for field, text in checked.items():
            if text:
                overlay.edit(db, person.id, field, text, now)
            else:
                overlay.clear(db, person.id, field)
    return contacts.contact(db, person.id).name


def clear(db: Db, contact_id: ContactId, field: str, now: Seconds) -> str:
    """What the cards tell counts again for one field. Can be undone. Returns: their name as it is now."""
    if field not in FIELDS:
        raise _no_field(field)
    person = contacts.contact(db, contact_id)
    with undo.journaled(db, Act(_said(person.name), _before(person.name)), now, partial(follow.within, db, now)):
        overlay.clear(db, person.id, field)
    return contacts.contact(db, person.id).name


def _said(name: str) -> Sentence:
    return say("What is known of {name} was changed.", name=name)


def _before(name: str) -> Sentence:
    return say("What is known of {name} is again as it was.", name=name)


def _no_field(field: str) -> SettingError:
    return SettingError(N_("“{field}” is no field; there are {fields}."), field=field, fields=", ".join(FIELDS))


def _checked(field: str, text: str) -> str:
    """What was typed, as it may be kept."""
    if field not in FIELDS:
        raise _no_field(field)
    words = " ".join(text.split())
    words = (tidy(words) or words) if field == "name" else words
    if not words or len(words) > LONGEST:
        raise SettingError(N_("Say something, of at most {n} characters; to take it back: --clear."), n=str(LONGEST))
    if field == "birthday" and not _is_day(words):
        raise SettingError(N_("Write a birthday as 1961-04-12, or --04-12 where the year is not known."))
    return words


def _is_day(text: str) -> bool:
    """Whether a birthday is written as asked, and is a day there is; without a year, of a leap year."""
    if _BIRTHDAY.fullmatch(text) is None:
        return False
    try:
        date.fromisoformat(text if text[0] != "-" else f"2000{text[1:]}")
    except ValueError:
        return False
    return True


def trust(db: Db, path: str, now: Seconds) -> str:
    """
    From now on an address book's cards count above those of all others. Can be undone. Returns: its path.

    Args:
        path: of the file as it was added, or the end of it.
    Raises: SettingError: no file, or several, end so.
    """
    there = [line.path for line in sources.lines(db)]
    found = [one for one in there if one == path] or [one for one in there if path and one.endswith(path)]
    if len(found) != 1:
        raise SettingError(N_("No file that was added, or more than one, is called “{path}”."), path=path)
    act = Act(say("{path} is the address book trusted most.", path=found[0]), say("The order of before counts again."))
    with undo.journaled(db, act, now, partial(follow.within, db, now)):
        overlay.trust(db, next(row.id for row in sources.every(db) if row.path == found[0]))
    return found[0]


def know(db: Db, handle_id: HandleId, now: Seconds) -> str:
    """
    Somebody met in passing, or only copied, counts like the others. Can be undone. Returns: their name.

    Raises: UserError: there is no such address, or it is the user's own.
    """
    handle = handles.by_id(db, handle_id)
    text = handle.value if handle is not None else ""
    act = Act(say("{sender} counts as a person.", sender=text), say("{sender} was met in passing.", sender=text))
    made: list[ContactId] = []
    with undo.journaled(db, act, now, partial(follow.within, db, now)):
        made.append(parts.adopt(db, handle_id, now))
        contacts.set_known(db, made[0], on=True)
    return contacts.contact(db, made[0]).name


def unknow(db: Db, contact_id: ContactId, now: Seconds) -> str:
    """Somebody met in passing is no more than that again. Can be undone. Returns: their name."""
    name = contacts.contact(db, contact_id).name
    act = Act(say("{sender} was met in passing.", sender=name), say("{sender} counts as a person.", sender=name))
    with undo.journaled(db, act, now, partial(follow.within, db, now)):
        contacts.set_known(db, contact_id, on=False)
    return name
