"""
The lines that address books and calendars share: unfolded, decoded, cut into name, parameters and value.

Both formats write ``group.NAME;PARAM=value:text`` and fold long lines with a leading blank. What
real programs write bends every rule of that, so these functions never raise: a line that is no
property gives None and its reader passes over it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Final

Params = tuple[tuple[str, tuple[str, ...]], ...]
"""Parameters in their order: name in upper case, and its values."""

_ENCODINGS: Final = frozenset({"QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT"})
_VALUE_KINDS: Final = frozenset({"URL", "URI", "INLINE", "CONTENT-ID", "CID"})
# Codecs that give lone surrogates, change ASCII or do more than decode are no charsets for us.
_REFUSED_CHARSETS: Final = frozenset(
    {"utf7", "unicodeescape", "rawunicodeescape", "idna", "punycode", "undefined", "mbcs", "oem", "unicode17utf7", "u7"}
)
_READ_WHOLE: Final = 64 * 1024 * 1024
_FOLD: Final = re.compile(rb"\n[ \t]")
_NAME: Final = re.compile(r"[A-Za-z0-9_-]{1,128}\Z")
_GROUP: Final = re.compile(r"[\w-]{1,128}\Z")
_QUOTED_HEAD: Final = re.compile(r'((?:[^":]|"[^"]*")*):')
_PARAM_PARTS: Final = re.compile(r';((?:[^";]|"[^"]*"|")*)')
_VALUE_PARTS: Final = re.compile(r'(?:[^",]|"[^"]*"|")+')
_CARET: Final = re.compile(r"\^([n'^])")
_CARET_TEXT: Final = {"n": "\n", "'": '"', "^": "^"}
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ENCODED_CONTROL: Final = re.compile("%(?:[01][0-9A-Fa-f]|7[Ff])")
_MAIL: Final = re.compile(r"[^\s@<>()\[\],;:\\\"\x00-\x20\x7f]{1,64}@[^\s@<>()\[\],;:\\\"\x00-\x20\x7f/%]{1,253}\Z")


@contextmanager
def contents(path: Path) -> Iterator[bytes | mmap]:
    """
    A file's bytes: read if it is of usual size, mapped if it is huge, so that memory stays bounded.

    Usual files are not mapped: a program that shortens its file while we look would end us.
    UTF-16 with its mark comes out as UTF-8, its first 64 MB.

    Raises: OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        mark = file.read(2)
        size = file.seek(0, 2)
        file.seek(0)
        if size <= _READ_WHOLE or mark in (b"\xff\xfe", b"\xfe\xff"):
            yield plain_utf8(file.read(_READ_WHOLE))
            return
        with mmap(file.fileno(), 0, access=ACCESS_READ) as data:
            yield data


def one_line_ends(block: bytes) -> bytes:
    """The block with CRLF and lone CR turned into LF."""
    if b"\r" in block:
        return block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return block


def unfolded(block: bytes) -> bytes:
    """
    The block without its folds (line end, then one blank or tab).

    Done on bytes: some programs fold in the middle of a UTF-8 character. Expects LF line ends.
    """
    if b"\n " in block or b"\n\t" in block:
        return _FOLD.sub(b"", block)
    return block


def plain_utf8(data: bytes) -> bytes:
    """The data as UTF-8 without a byte order mark: UTF-16 and UTF-32 with a mark are converted, the rest stays."""
    for mark, charset in ((b"\xff\xfe\x00\x00", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data[: len(mark)] == mark:
            return data.decode(charset, "replace").encode("utf-8", "replace")
    return data[3:] if data[:3] == b"\xef\xbb\xbf" else data


@lru_cache(256)
def is_charset(name: str) -> bool:
    """Whether text can safely be decoded with this charset."""
    if re.sub(r"[^a-z0-9]", "", name.lower()) in _REFUSED_CHARSETS or len(name) > 40:
        return False
    try:
        b"".decode(name)
        return isinstance(b"a".decode(name, "replace"), str)
    except (LookupError, ValueError):
        return False


def decoded(raw: bytes, charset: str = "") -> str:
    """
    Bytes as text, never raising.

    The named charset if it is known; else UTF-8, else Windows-1252 (what 8-bit address books
    are), else Latin-1. With a named charset, what does not fit becomes a replacement mark.
    """
    if charset and is_charset(charset):
        return raw.decode(charset, "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        if charset:
            return raw.decode("utf-8", "replace")
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def cut_line(line: str) -> tuple[str, str] | None:
    """The head (name and parameters) and the value of a line, cut at the first colon outside quotes."""
    head, colon, value = line.partition(":")
    if not colon:
        return None
    if '"' in head:
        match = _QUOTED_HEAD.match(line)
        if match is not None:
            return match[1], line[match.end() :]
    return head, value


@lru_cache(8192)
def parse_head(head: str) -> tuple[str, str, Params] | None:
    """
    Group, name in upper case, and parameters of a head; None if it is no property.

    Bare parameters of vCard 2.1 (``TEL;WORK``) become TYPE, ENCODING or VALUE by what they say.
    Cached: a whole address book has a few dozen different heads.
    """
    name, semicolon, _ = head.partition(";")
    group, dot, rest = name.rpartition(".")
    name = rest.strip()
    if _NAME.match(name) is None or (dot and _GROUP.match(group) is None):
        return None
    params = tuple(_param(part) for part in _PARAM_PARTS.findall(head[head.index(";") :]) if part) if semicolon else ()
    return group, name.upper(), params


def _param(part: str) -> tuple[str, tuple[str, ...]]:
    """One parameter: its name and values, quotes and caret escapes taken off."""
    key, equals, text = part.partition("=")
    key = key.strip().upper()
    if not equals:
        if key in _ENCODINGS:
            return "ENCODING", (key,)
        return ("VALUE", (key,)) if key in _VALUE_KINDS else ("TYPE", tuple(part.strip().split(",")))
    values = tuple(_param_value(value) for value in _VALUE_PARTS.findall(text)) or ("",)
    if key == "TYPE":
        # TYPE="home,voice" is a list in practice, whatever the quotes say.
        values = tuple(piece for value in values for piece in value.split(","))
    return key, values


def _param_value(text: str) -> str:
    text = text.strip().strip('"') if '"' in text else text.strip()
    return _CARET.sub(lambda match: _CARET_TEXT[match[1]], text) if "^" in text else text


def param(params: Params, key: str) -> str:
    """The first value of a parameter, or ""."""
    for name, values in params:
        if name == key:
            return values[0] if values else ""
    return ""


def unescaped(value: str) -> str:
    """Text with its backslash escapes resolved: \\n is a line end, any other escaped character is itself."""
    if "\\" not in value:
        return value
    return _ESCAPE.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)


def escaped(text: str) -> str:
    """Text as the value of a property: backslash, comma, semicolon and line ends escaped."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def parts(value: str, separator: str) -> list[str]:
    """A value cut at its unescaped separators, each part still escaped; at least one part."""
    if "\\" not in value:
        return value.split(separator)
    found: list[str] = []
    current = ""
    for piece in value.split(separator):
        current += piece
        # An odd number of backslashes before the separator escapes it.
        if (len(piece) - len(piece.rstrip("\\"))) % 2:
            current += separator
        else:
            found.append(current)
            current = ""
    if current:
        # A backslash at the very end escapes nothing.
        found.append(current.removesuffix(separator))
    return found


def tidy(text: str, limit: int = 300) -> str:
    """Text for one line: controls and lone surrogates gone, blanks joined, at most ``limit`` characters."""
    if len(text) <= limit and text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text
    text = text[: limit * 4]
    if not text.isprintable():
        text = _CONTROLS.sub("", text)
    return " ".join(text.split())[:limit]


def mail_address(text: str) -> str:
    """
    A mail address as it may be used further, or "".

    ``mailto:`` in any case and what follows ``?`` are taken off. Anything with a blank, a control
    character, a bracket or a percent-encoded byte is refused, so no header can be broken later.
    """
    text = text.strip()
    if text[:7].lower() == "mailto:":
        text = text[7:].partition("?")[0].strip()
    if len(text) > 254:
        return ""
    # No percent sign passes the part after the @; before it, an encoded control character does not pass.
    if _MAIL.match(text) is None:
        text = text.strip("<>'\" ")
        if _MAIL.match(text) is None:
            return ""
    return "" if "%" in text and _ENCODED_CONTROL.search(text) is not None else text
