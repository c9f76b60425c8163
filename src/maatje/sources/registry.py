"""
What lies at a path: every format known, recognised by content, in files, folders and archives.

One line in ``FORMATS`` is all a new format needs here. Folders are walked without following
links to folders, so no link leads round in a circle or out of what the user named.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from maatje.errors import N_
from maatje.model.record import Problem, Record
from maatje.sources import archive, contacts_csv, eml, emlx, icalendar, jscontact, maildir, mbox, pipermail, vcard
from maatje.sources.limits import HEAD

ZIP: Final = "zip"
UNKNOWN: Final = "unknown"
UNREADABLE: Final = "unreadable"
MAX_DEPTH: Final = 40
_SKIPPED_FOLDERS: Final = frozenset(
    {"node_modules", "__pycache__", "site-packages", "venv", "CVS", "$RECYCLE.BIN", "System Volume Information"}
)
# Never mail, cards or calendars; not worth opening a hundred thousand of.
_SKIPPED_ENDINGS: Final = re.compile(
    r"\.(?:7z|aac|avi|bmp|bz2|class|css|db|dll|docx?|exe|flac|gif|gz|heic|ico|iso|jar|jpe?g|js|m4[av]|mk[av]|mov|mp[34]|"
    r"mpg|msf|o|odt|og[agv]|otf|pdf|png|pptx?|psd|pyc?|rar|so|sqlite|svg|tar|tgz|tiff?|ttf|wav|web[mp]|whl|woff2?|xlsx?|xz)\Z",
    re.IGNORECASE,
)


class _Sniff(Protocol):
    def __call__(self, head: bytes, path: Path) -> bool: ...


class _Read(Protocol):
    def __call__(
        self, path: Path, *, name: str, start: int = 0, stop: int | None = None
    ) -> Iterator[Record | Problem]: ...


class Format(NamedTuple):
    """A format: how it is recognised and read. ``is_divisible`` says that ``start`` and ``stop`` may cut it."""

    sniff: _Sniff
    read: _Read
    is_divisible: bool


FORMATS: Final[dict[str, Format]] = {
    # In the order they are asked: the telling first, single mails, which look like much else, last.
    vcard.FORMAT: Format(vcard.sniff, vcard.read, True),
    icalendar.FORMAT: Format(icalendar.sniff, icalendar.read, False),
    jscontact.FORMAT: Format(jscontact.sniff, jscontact.read, False),
    contacts_csv.FORMAT: Format(contacts_csv.sniff, contacts_csv.read, False),
    emlx.FORMAT: Format(emlx.sniff, emlx.read, False),
    pipermail.FORMAT: Format(pipermail.sniff, pipermail.read, True),
    mbox.FORMAT: Format(mbox.sniff, mbox.read, True),
    eml.FORMAT: Format(eml.sniff, eml.read, False),
    maildir.FORMAT: Format(maildir.sniff, maildir.read, True),
}
"""Every format by its name."""


@dataclass(frozen=True, slots=True)
class Found:
    """
    Something at a path.

    ``format`` is a key of ``FORMATS``, ``ZIP``, ``UNKNOWN`` or ``UNREADABLE``; then ``reason`` says
    why. ``name`` is the path as the user sees it. A Maildir is one item: its ``size`` is 0 and
    ``mtime_ns`` the newest of its folders' own, so that new mail shows.
    """

    path: Path
    format: str
    name: str
    size: int
    mtime_ns: int
    reason: str = ""


def sniff(path: Path) -> str | None:
    """
    The format of a file or Maildir by its content, ``ZIP`` for an archive, None if it is none we know.

    Raises: OSError: the file cannot be read.
    """
    if path.is_dir():
        return maildir.FORMAT if maildir.sniff(b"", path) else None
    with path.open("rb") as file:
        return sniff_head(file.read(HEAD), path)


def sniff_head(head: bytes, path: Path) -> str | None:
    """The format of a file by its first 64 KiB; ``path`` need not exist (a member of an archive)."""
    if archive.sniff(head, path):
        return ZIP
    if not head:
        return None
    return next((name for name, known in FORMATS.items() if name != maildir.FORMAT and known.sniff(head, path)), None)


def is_wanted(name: str, head: bytes) -> bool:
    """For ``archive.unpack``: whether a member is in a format we read; archives inside archives are not."""
    return sniff_head(head, Path(name)) in FORMATS


def walk(path: Path, *, on_skip: Callable[[Path], None] | None = None) -> Iterator[Found]:
    """
    All that can be read at a path, folders depth first and in the order of names.

    Args:
        path: a file or folder as the user named it.
        on_skip: called for each file inside a folder that is in no known format, for counting.
    Yields: always something for a file named directly, ``UNKNOWN`` too; inside folders only known
        formats and what is ``UNREADABLE``. Hidden folders, those of version control and of
        programs, and links to folders are not entered; a Maildir is given whole.
    """
    try:
        status = path.stat()
    except OSError as error:
        yield Found(path, UNREADABLE, str(path), 0, 0, _reason(error))
        return
    if stat.S_ISDIR(status.st_mode):
        yield from _folder(path, on_skip, 0)
    elif stat.S_ISREG(status.st_mode):
        yield _file(path, status)
    else:
        # A pipe or device would wait for ever.
        yield Found(path, UNREADABLE, str(path), 0, 0, N_("It is no file and no folder."))


def _file(path: Path, status: os.stat_result) -> Found:
    """What a regular file is."""
    try:
        known = sniff(path)
    except OSError as error:
        return Found(path, UNREADABLE, str(path), status.st_size, status.st_mtime_ns, _reason(error))
    reason = "" if known else N_("It is empty.") if status.st_size == 0 else N_("It is in no format that is read here.")
    return Found(path, known or UNKNOWN, str(path), status.st_size, status.st_mtime_ns, reason)


def _folder(path: Path, on_skip: Callable[[Path], None] | None, depth: int) -> Iterator[Found]:
    if maildir.sniff(b"", path):
        yield Found(path, maildir.FORMAT, str(path), 0, _newest(path))
        return
    try:
        with os.scandir(path) as listing:
            children = sorted(listing, key=lambda child: child.name)
    except OSError as error:
        yield Found(path, UNREADABLE, str(path), 0, 0, _reason(error))
        return
    for child in children:
        child_path = path / child.name
        try:
            if child.is_dir(follow_symlinks=False):
                if depth < MAX_DEPTH and _is_entered(child_path):
                    yield from _folder(child_path, on_skip, depth + 1)
                continue
            if not child.is_file() or _SKIPPED_ENDINGS.search(child.name) is not None:
                found = None
            else:
                found = _file(child_path, child.stat())
        except OSError as error:
            found = Found(child_path, UNREADABLE, str(child_path), 0, 0, _reason(error))
        if found is not None and found.format == ZIP and child_path.suffix.lower() != ".zip":
            found = None  # books, drawings and programs are archives too
        if found is not None and found.format != UNKNOWN:
            yield found
        elif on_skip is not None:
            on_skip(child_path)


def _is_entered(path: Path) -> bool:
    """Hidden folders hold programs' own things, except a Maildir's (".Sent")."""
    if path.name in _SKIPPED_FOLDERS:
        return False
    return not path.name.startswith(".") or maildir.sniff(b"", path)


def _newest(path: Path) -> int:
    """The newest change of a Maildir's folders, its subfolders' too, one level down."""
    newest = 0
    try:
        boxes = [path, *(child for child in path.iterdir() if child.is_dir() and not child.is_symlink())]
        for box in boxes:
            for name in ("", "cur", "new"):
                folder = box / name
                if folder.is_dir():
                    newest = max(newest, folder.stat().st_mtime_ns)
    except OSError:
        return newest
    return newest


def _reason(error: OSError) -> str:
    """Why, in plain words: what the system says without the path."""
    if isinstance(error, FileNotFoundError):
        return N_("There is nothing at this path.")
    if isinstance(error, PermissionError):
        return N_("It may not be read.")
    return f"It cannot be read ({(error.strerror or 'unknown error').lower()})."
