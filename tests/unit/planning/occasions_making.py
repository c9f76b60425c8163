"""Occasions and guests to try things on; invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from maatje.model.occasion import Figure, Guest, GuestStatus, Occasion, Part
from maatje.model.units import ContactId, Seconds
from maatje.planning import manners

KINDS = manners.parse((Path(manners.__file__).parent / manners.FILE).read_text("utf-8"))
PARTY = Seconds(1_781_190_000)  # Thursday 11 June 2026, 15:00 UTC: five o'clock in Amersfoort
HOUR = 3600


def an_occasion(kind: str = "reception", begin: int = PARTY, hours: float | None = 2.5, **changes: Any) -> Occasion:
    """The herring party, with changes."""
    end = None if hours is None else Seconds(int(begin + hours * HOUR))
    given = {"id": 12, "name": "Herring party", "figures": (Figure("Anneke Roos", Part.HOST, ContactId(1)),)}
    return Occasion(**{**given, "kind": kind, "begin": Seconds(begin), "end": end, **changes})  # type: ignore[arg-type]


def a_guest(number: int, contact: int | None = None, name: str = "", **changes: Any) -> Guest:
    """A guest of the herring party: known where a contact is given."""
    status = GuestStatus.NEW if contact is None else GuestStatus.KNOWN
    given = {"id": number, "occasion_id": 12, "name": name or f"Guest {number}", "status": status}
    return Guest(**{**given, "contact_id": None if contact is None else ContactId(contact), **changes})
