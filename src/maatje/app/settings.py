"""
The few settings there are: one frozen value, read once from ``settings.toml`` in the home.

There is nothing to set before the first page; the file need not exist.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, get_args, get_type_hints

from maatje.errors import N_, SettingError

FILE = "settings.toml"

BOUNDS: dict[str, tuple[int, int]] = {
    "greetings": (0, 10),
    "old_acquaintances": (0, 3),
    "answers": (0, 20),
    "utc_offset_minutes": (-14 * 60, 14 * 60),
    "workers": (0, 16),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """
    What a user may choose.

    ``language`` "en", "nl" or "" for the system's; ``keep_subjects`` whether subjects and titles
    are stored; ``read_bodies`` whether somebody's newest mail may be opened to read who they are from
    the signature under it (nothing of it is kept); ``region`` the country whose telephone numbers are
    written without prefix; ``utc_offset_minutes`` the user's offset, None for the system's;
    ``workers`` reading processes (0: as many as there are processors, at most four).
    """

    language: str = ""
    keep_subjects: bool = True
    read_bodies: bool = False
    region: str = "NL"
    greetings: int = 3
    old_acquaintances: int = 1
    answers: int = 5
    utc_offset_minutes: int | None = None
    workers: int = 0


def read_settings(home: Path) -> Settings:
    """
    The settings in ``home``; reads one file, writes nothing.

    Raises: SettingError: naming every fault in the file at once.
    """
    path = home / FILE
    if not path.is_file():
        return Settings()
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingError(N_("{file} cannot be read: {reason}"), file=FILE, reason=str(error)) from error
    faults = [fault for key, value in given.items() if (fault := _fault(key, value))]
    if faults:
        raise SettingError(N_("{file}: {reason}."), file=FILE, reason="; ".join(faults))
    return Settings(**given)


def _fault(key: str, value: Any) -> str:
    """What is wrong with one setting, or ""."""
    known = {field.name for field in fields(Settings)}
    if key not in known:
        return f"“{key}” is not a setting (there are {', '.join(sorted(known))})"
    hint = get_type_hints(Settings)[key]
    kinds = get_args(hint) or (hint,)
    if type(value) not in kinds:
        return f"“{key}” should be {' or '.join(kind.__name__ for kind in kinds if kind is not type(None))}"
    if key in BOUNDS and not BOUNDS[key][0] <= value <= BOUNDS[key][1]:
        return f"“{key}” should lie between {BOUNDS[key][0]} and {BOUNDS[key][1]}"
    if key == "language" and value not in ("", "en", "nl"):
        return "“language” should be en or nl"
    if key == "region" and not (len(value) == 2 and value.isascii() and value.isalpha() and value.isupper()):
        return "“region” should be a country code such as NL"
    return ""
