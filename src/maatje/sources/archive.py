"""
Zip archives, unpacked by rule: names never become paths, and no bomb goes off.

An archive is judged by its directory first and refused as a whole if anything in it is not what
an export would hold: too many entries, links, ".." or absolute names, names that fall together,
entries that overlap, sizes that cannot be. Then each wanted member is copied out, counted byte by
byte, to a private folder under a name of our own.

Sizes: one member may unpack to at most 100 times what it takes in the archive. All members
together may be 1 GB, or ten times the archive's own size where that is more: mail shrinks
fivefold at most, so a Takeout of 30 GB is read, and a small archive stays small.
"""

from __future__ import annotations

import os
import shutil
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from maatje.errors import N_, FormatError
from maatje.model.record import Origin, Problem
from maatje.sources.limits import HEAD

MAX_ENTRIES: Final = 10_000
MAX_BYTES: Final = 1_000_000_000
MAX_RATIO: Final = 100
GROWTH: Final = 10
"""How many times its own size an archive may unpack to beyond ``MAX_BYTES``."""
RESERVE: Final = 200_000_000
"""Bytes that stay free on the disk."""
_SMALL: Final = 100_000  # a ratio says little about a member of this size
_MAX_DIRECTORY: Final = 16 * 1024 * 1024
_LOCAL: Final = struct.Struct("<4s22xHH")
_BLOCK: Final = 1 << 20
_LINK_BITS: Final = (stat.S_IFREG, stat.S_IFDIR, 0)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in an archive: its name as the archive gives it (for showing only), and its unpacked size in bytes."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Member:
    """A file copied out: its name in the archive, where the copy lies, its size, and its number among the entries."""

    name: str
    path: Path
    size: int
    number: int


Wanted = Callable[[str, bytes], bool]
"""Whether a member is worth copying, by its name and its first 64 KiB."""


def sniff(head: bytes, path: Path) -> bool:
    """Whether the first bytes of a file are a zip archive's, an empty one's too."""
    return head[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def entries(path: Path) -> tuple[Entry, ...]:
    """
    The files in an archive, in its order, after all checks; folders are left out.

    Raises: FormatError: the archive is damaged or refused; the message says why, without names.
        OSError: the file cannot be read.
    """
    with path.open("rb") as file, _opened(file) as archive:
        return tuple(Entry(info.filename, info.file_size) for info in _checked(archive, file))


def unpack(path: Path, into: Path, *, name: str, wanted: Wanted | None = None) -> Iterator[Member | Problem]:
    """
    Copy the wanted members out, one at a time, in the archive's order.

    Args:
        path: the archive.
        into: an existing private folder; copies are called 00001.member and so on, and belong to the caller.
        name: the archive's path as the user sees it, for problems.
        wanted: asked once per file; None takes all. Archives inside are files like others, never opened.
    Yields: a ``Member`` as soon as it lies there; a ``Problem`` for a damaged member (its copy is
        removed, the others follow), and one for an archive that is refused or grows too large
        (then nothing follows).
    Raises: OSError: the archive cannot be read, or the copy cannot be written.
    """
    try:
        with path.open("rb") as file, _opened(file) as archive:
            infos = _checked(archive, file)
            left = max(MAX_BYTES, GROWTH * file.seek(0, os.SEEK_END))
            for number, info in enumerate(infos, 1):
                if wanted is not None and not _is_wanted(archive, info, wanted):
                    continue
                target = into / f"{number:05}.member"
                reason = _copied(archive, info, target, left)
                if reason:
                    yield Problem(Origin(name, place=number), f"entry {number}", reason)
                    continue
                left -= info.file_size
                yield Member(info.filename, target, info.file_size, number)
    except FormatError as error:
        yield Problem(Origin(name), N_("the archive"), str(error))


def _opened(file: IO[bytes]) -> zipfile.ZipFile:
    """
    The archive, its directory read.

    Raises: FormatError: it has none, or a directory far larger than 10,000 entries need.
    """
    try:
        # Before the library reads the whole directory: its length as the end record states it.
        if _directory_length(file) > _MAX_DIRECTORY:
            raise FormatError(N_("The archive has too many entries."))
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, EOFError) as error:
        if isinstance(error, FormatError):
            raise
        raise FormatError(N_("The archive is damaged or cut short.")) from error


def _directory_length(file: IO[bytes]) -> int:
    """
    Bytes of the central directory.

    Raises: FormatError: no end record is there.
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 66_000))
    tail = file.read(66_000)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + 22 > len(tail):
        raise FormatError(N_("The archive is damaged or cut short."))
    (length,) = struct.unpack_from("<I", tail, at + 12)
    record = tail.rfind(b"PK\x06\x06", 0, at)
    if length == 0xFFFFFFFF and record >= 0 and record + 48 <= len(tail):
        (length,) = struct.unpack_from("<Q", tail, record + 40)
    return int(length)


def _checked(archive: zipfile.ZipFile, file: IO[bytes]) -> list[zipfile.ZipInfo]:
    """
    The archive's files, after every rule was asked.

    Raises: FormatError: the archive is refused as a whole.
    """
    infos = archive.infolist()
    if len(infos) > MAX_ENTRIES:
        raise FormatError(N_("The archive has too many entries."))
    for info in infos:
        _check_name(info)
        _check_kind(info)
        if info.file_size > _SMALL and info.file_size > MAX_RATIO * info.compress_size:
            raise FormatError(N_("The archive was refused: something in it would grow more than a hundredfold."))
    folded = {_folded(info.filename) for info in infos}
    if len(folded) < len(infos):
        raise FormatError(N_("The archive was refused: two of its names are the same."))
    _check_places(infos, file, archive.start_dir)
    files = [info for info in infos if not info.is_dir()]
    total = sum(info.file_size for info in files)
    if total > max(MAX_BYTES, GROWTH * file.seek(0, os.SEEK_END)):
        raise FormatError(N_("The archive was refused: it would unpack to far more than its size allows."))
    return files


def _check_name(info: zipfile.ZipInfo) -> None:
    # orig_filename: before the library cuts at NUL and turns the system's separators.
    name = info.orig_filename.replace("\\", "/")
    pieces = name.split("/")
    if not name.strip("/") or name.startswith("/") or name[1:2] == ":" or ".." in pieces or "\0" in name:
        raise FormatError(N_("The archive was refused: a name in it leads out of its folder."))
    if len(name) > 4_096:
        raise FormatError(N_("The archive was refused: a name in it is too long."))


def _check_kind(info: zipfile.ZipInfo) -> None:
    if stat.S_IFMT(info.external_attr >> 16) not in _LINK_BITS:
        raise FormatError(N_("The archive was refused: it holds links or devices."))
    if info.flag_bits & 0x1:
        raise FormatError(N_("The archive has a password; unpack it first."))
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise FormatError(N_("The archive is packed in a way that is not read here; unpack it first."))


def _folded(name: str) -> str:
    """A name as systems that ignore case and composition see it."""
    return unicodedata.normalize("NFC", name.replace("\\", "/")).casefold().rstrip("/")


def _check_places(infos: list[zipfile.ZipInfo], file: IO[bytes], start_of_directory: int) -> None:
    """Each entry's bytes end before the next begin: overlapping ones are how 10 KB become 200 MB."""
    ordered = sorted(infos, key=lambda info: info.header_offset)
    for number, info in enumerate(ordered):
        file.seek(max(0, info.header_offset))
        head = file.read(_LOCAL.size)
        if len(head) < _LOCAL.size or info.header_offset < 0:
            raise FormatError(N_("The archive is damaged or cut short."))
        mark, name_length, extra_length = _LOCAL.unpack(head)
        end = info.header_offset + _LOCAL.size + name_length + extra_length + info.compress_size
        limit = ordered[number + 1].header_offset if number + 1 < len(ordered) else start_of_directory
        if mark != b"PK\x03\x04" or end > limit:
            raise FormatError(N_("The archive was refused: its entries overlap or lie about their size."))


def _is_wanted(archive: zipfile.ZipFile, info: zipfile.ZipInfo, wanted: Wanted) -> bool:
    """Ask with the member's first bytes; a member too damaged to be opened is wanted, so that its copy tells."""
    try:
        with archive.open(info) as member:
            return wanted(info.filename, member.read(HEAD))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError):
        return wanted(info.filename, b"") or info.file_size > 0


def _copied(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, left: int) -> str:
    """
    Copy one member, counting; "" if all went well, else why not, and then no copy is left.

    Raises: FormatError: the limit of the whole archive, or the disk, is reached.
    """
    limit = min(left, info.file_size)
    if shutil.disk_usage(target.parent).free < limit + RESERVE:
        raise FormatError(N_("There is not enough room on the disk to unpack the archive."))
    is_whole = False
    try:
        with archive.open(info) as member, target.open("xb") as copy:
            os.chmod(target, 0o600)
            written = 0
            while block := member.read(_BLOCK):
                written += len(block)
                if written > limit:
                    raise FormatError(N_("The archive was refused: it unpacks to more than it says."))
                copy.write(block)
        is_whole = written == info.file_size
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        is_whole = False
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    if not is_whole:
        target.unlink(missing_ok=True)
        return N_("A file in the archive is damaged and was left out.")
    return ""
