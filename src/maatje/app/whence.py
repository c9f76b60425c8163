"""What each field of a contact is called, and where it comes from, in words: for page and terminal alike."""

from __future__ import annotations

from typing import Final

from maatje.app.catalogue import N_
from maatje.app.wording import Voice
from maatje.model.contact import Field

NAMES: Final = {
    "name": N_("Name"),
    "organisation": N_("Organisation"),
    "title": N_("Title"),
    "birthday": N_("Birthday"),
    "note": N_("Note"),
}


def whence(field: Field, voice: Voice) -> str:
    """Where a field comes from; a file by its name alone."""
    if field.origin == "you":
        return voice.text("your own word, {date}", date=voice.date(field.since) if field.since else "")
    if field.origin == "card":
        name = field.source.replace("\\", "/").rpartition("/")[2]
        if field.since is not None:
            return voice.text("{source}, as of {date}", source=name, date=voice.date(field.since))
        return name
    return voice.text("the name in messages, or the address")
