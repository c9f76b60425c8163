"""The user's own clock and language: weeks begin on Monday where the user is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from maatje.app.settings import Settings
from maatje.errors import N_, SettingError
from maatje.model.units import EARLIEST, LATEST, Seconds, instant


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


def zone(settings: Settings) -> tzinfo:
    """The user's own zone, summer time and all: the setting's offset, else the system's."""
    if settings.utc_offset_minutes is not None:
        return timezone(timedelta(minutes=settings.utc_offset_minutes))
    # Imported here: most commands never ask for the hours of another day.
    from dateutil.tz import tzlocal  # type: ignore[import-untyped]

    local: tzinfo = tzlocal()
    return local


def day_words(at: Seconds) -> str:
    """An instant's day as 2026-06-11, in UTC: for names that stay the same wherever they are made."""
    return datetime.fromtimestamp(at, UTC).date().isoformat()


def read_moment(text: str, settings: Settings, zone_name: str = "") -> tuple[Seconds, bool]:
    """
    What a user typed as a day, perhaps with an hour: "2026-06-11 17:00", "2026-06-11".

    Args:
        zone_name: in which zone the hour is meant, "" for the user's own.
    Returns: the instant, and whether no hour was told (then it is midnight UTC of that day).
    Raises: SettingError: it is no day between 1970 and 2100, or no such zone.
    """
    try:
        found = datetime.fromisoformat(text.strip())
        has_hour = len(text.strip()) > len("2026-06-11")
        if not has_hour:
            found = found.replace(tzinfo=UTC)
        elif found.tzinfo is None:
            found = found.replace(tzinfo=ZoneInfo(zone_name) if zone_name else zone(settings))
        at = instant(found)
    except (ZoneInfoNotFoundError, OSError) as error:
        raise SettingError(N_("“{zone}” is no time zone; write it as Europe/Amsterdam."), zone=zone_name) from error
    except (ValueError, OverflowError) as error:
        raise SettingError(N_("Write a day as 2026-06-11, with an hour as “2026-06-11 17:00”.")) from error
    if not EARLIEST <= at <= LATEST:
        raise SettingError(N_("An occasion lies between 1970 and 2100."))
    return at, not has_hour
