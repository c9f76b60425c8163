"""
The usual places of mail, calendars and address books on Linux, macOS and Windows.

Looks, shows, and leaves the choice to the user: nothing is read beyond names, sizes and dates.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from maatje.app.catalogue import N_
from maatje.model.units import Seconds


@dataclass(frozen=True, slots=True)
class Place:
    """Something that could be added: ``kind`` in plain words, size in bytes, its newest change."""

    path: Path
    kind: str
    size: int
    newest_at: Seconds
    files: int


def usual_places(environment: Mapping[str, str] | None = None, home: Path | None = None) -> tuple[Place, ...]:
    """
    What lies in the usual places, largest first; reads folder listings only.

    ``environment`` and ``home`` default to the process's own; tests give theirs.
    """
    here = home or Path.home()
    found = (_measure(path, kind) for kind, path in _candidates(environment or os.environ, here))
    unique = {place.path: place for place in found if place is not None}
    return tuple(sorted(unique.values(), key=lambda place: -place.size))


def _candidates(environment: Mapping[str, str], home: Path) -> Iterator[tuple[str, Path]]:
    """Every path worth a look, with what it would be."""
    yield from _thunderbird(environment, home)
    data = Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share")
    flatpak = home / ".var" / "app" / "org.gnome.Evolution" / "data" / "evolution"
    for evolution in (data / "evolution", flatpak):
        yield "Evolution", evolution / "mail" / "local"
        yield from (("Evolution", path) for path in _glob(evolution / "calendar", "*/calendar.ics"))
    for version in _glob(home / "Library" / "Mail", "V*"):
        yield "Apple Mail", version
    for name in ("Maildir", ".maildir", "Mail", "mail", ".mail"):
        yield "Maildir", home / name
    for name in (".calendars", ".contacts", "calendars", "contacts"):
        for base in (home, data, data / "vdirsyncer"):
            yield "vdir", base / name
    for name in ("Downloads", "Desktop", "Documents"):
        for pattern, kind in (("takeout-*.zip", "Google Takeout"), ("*.mbox", N_("mail archive"))):
            yield from ((kind, path) for path in _glob(home / name, pattern))
        for pattern, kind in (("*.vcf", N_("address book")), ("*.ics", N_("calendar"))):
            yield from ((kind, path) for path in _glob(home / name, pattern))


def _thunderbird(environment: Mapping[str, str], home: Path) -> Iterator[tuple[str, Path]]:
    """Thunderbird keeps mail below each profile, wherever the platform puts profiles."""
    roots = [
        home / ".thunderbird",
        home / "snap" / "thunderbird" / "common" / ".thunderbird",
        home / ".var" / "app" / "org.mozilla.Thunderbird" / ".thunderbird",
        home / "Library" / "Thunderbird" / "Profiles",
    ]
    if roaming := environment.get("APPDATA"):
        roots.append(Path(roaming) / "Thunderbird" / "Profiles")
    for root in roots:
        for folder in ("Mail", "ImapMail"):
            yield from (("Thunderbird", path) for path in _glob(root, f"*/{folder}"))


def _glob(folder: Path, pattern: str) -> Iterable[Path]:
    """The matches below a folder, none where it is missing or closed to us."""
    try:
        return sorted(folder.glob(pattern)) if folder.is_dir() else ()
    except OSError:
        return ()


def _measure(path: Path, kind: str) -> Place | None:
    """Size, newest change and number of files of a place; None where there is nothing."""
    try:
        stats = [path.stat()] if path.is_file() else list(_stats(path))
    except OSError:
        return None
    if not stats or not sum(stat.st_size for stat in stats):
        return None
    newest = Seconds(int(max(stat.st_mtime for stat in stats)))
    return Place(path, kind, sum(stat.st_size for stat in stats), newest, len(stats))


def _stats(
    folder: Path, *, scandir: Callable[[Path], Iterable[os.DirEntry[str]]] = os.scandir
) -> Iterator[os.stat_result]:
    """The status of every file below a folder; links are not followed."""
    if not folder.is_dir():
        return
    try:
        entries = list(scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _stats(Path(entry.path))
        elif entry.is_file(follow_symlinks=False):
            yield entry.stat(follow_symlinks=False)
