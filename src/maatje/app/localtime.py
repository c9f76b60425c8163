"""The user's own clock and language: weeks begin on Monday where the user is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from maatje.app.settings import Settings
from maatje.model.units import Seconds


def utc_offset(now: Seconds, settings: Settings) -> int:
    """Seconds east of Greenwich at this instant: the setting's, else the system's zone."""
    if settings.utc_offset_minutes is not None:
        return settings.utc_offset_minutes * 60
    shift = datetime.fromtimestamp(now, UTC).astimezone().utcoffset()
    return int(shift.total_seconds()) if shift is not None else 0


def choose_language(wanted: str, environment: Mapping[str, str]) -> str:
    """ "nl" or "en": what was asked for, else what the system's variables say, else English."""
    spoken = wanted or next(
        (environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "LANG") if environment.get(name)), ""
    )
    return "nl" if spoken.lower().startswith("nl") else "en"
