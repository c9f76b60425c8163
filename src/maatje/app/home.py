"""
Where maatje keeps its one file, and how it is opened.

``--home``, else ``MAATJE_HOME``, else the platform's data folder. The folder is readable by its
owner only; network and synchronised folders are named, since two machines writing one file lose it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from maatje.app.settings import Settings, read_settings
from maatje.errors import N_, PathError
from maatje.store.db import Db, connect

DATABASE = "maatje.db"
SYNCHRONISED = ("dropbox", "icloud", "mobile documents", "onedrive", "syncthing", "google drive", "nextcloud")


@dataclass(frozen=True, slots=True)
class Home:
    """The folder, the file in it, and the user's settings."""

    path: Path
    settings: Settings

    @property
    def database(self) -> Path:
        """The one file."""
        return self.path / DATABASE

    @property
    def is_empty(self) -> bool:
        """Nothing was ever added here."""
        return not self.database.exists()

    @contextmanager
    def connect(self, *, read_only: bool = False) -> Iterator[Db]:
        """
        A connection to the store, closed afterwards.

        A home without a file reads as an empty store; the file is made by the first writer.
        """
        db = connect(":memory:" if read_only and self.is_empty else self.database, read_only=read_only)
        try:
            yield db
        finally:
            db.close()


def default_path(environment: Mapping[str, str], platform: str = sys.platform) -> Path:
    """The platform's data folder for maatje, from the environment's variables; touches no disk."""
    if given := environment.get("MAATJE_HOME"):
        return Path(given).expanduser()
    if platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "maatje"
    if platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "maatje"
    return Path(environment.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "maatje"


def open_home(path: Path | None = None, *, make: bool = False) -> Home:
    """
    The home at ``path`` or the default one; made (0700) only where ``make`` says so.

    Raises: PathError: it is no folder, or may not be made, read or written.
    """
    folder = (path or default_path(os.environ)).expanduser()
    if folder.exists() and not folder.is_dir():
        raise PathError(str(folder), N_("is a file, not a folder to keep things in"))
    if make:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise PathError(str(folder), N_("cannot be made"), error.strerror or "") from error
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PathError(str(folder), N_("may not be written to"))
    return Home(folder, read_settings(folder))


def is_synchronised(path: Path) -> bool:
    """Whether the folder lies in one that a cloud program copies about, which can tear a store apart."""
    return any(word in part.lower() for part in path.parts for word in SYNCHRONISED)
