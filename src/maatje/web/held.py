"""A list of guests that was shown and not kept yet: it waits in the session, never on the disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maatje.app.guests import Preview
from maatje.sources.guests import Meaning


@dataclass(frozen=True, slots=True)
class Held:
    """
    A list as it was given, and what it would make of the guests.

    ``source`` is pasted text, a file's bytes, or None where there was no file (last year's guests, a calendar);
    ``name`` the file's. ``meanings`` are the user's answers about columns; ``is_partial``: nobody drops out.
    """

    occasion_id: int
    name: str
    source: str | bytes | None
    meanings: Mapping[int, Meaning]
    is_partial: bool
    preview: Preview
