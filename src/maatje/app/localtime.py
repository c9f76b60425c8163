"""The user's own clock against UTC, for weeks that begin on Monday where the user is."""

from __future__ import annotations

from datetime import UTC, datetime

from maatje.app.settings import Settings
from maatje.model.units import Seconds


def utc_offset(now: Seconds, settings: Settings) -> int:
    """Seconds east of Greenwich at this instant: the setting's, else the system's zone."""
    if settings.utc_offset_minutes is not None:
        return settings.utc_offset_minutes * 60
    shift = datetime.fromtimestamp(now, UTC).astimezone().utcoffset()
    return int(shift.total_seconds()) if shift is not None else 0
