"""
The complete export as one JSON document, written and read row by row so that memory stays flat.

The document is one object; each row of its lists stands on a line of its own, the header on the
first line, a checksum of all lines before it on the last. The reader is strict: a document that is
damaged, cut short, or of a newer maatje is refused as a whole.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import types
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final, NamedTuple, Union, get_args, get_origin, get_type_hints

from maatje.errors import N_, PathError
from maatje.model.document import SECTIONS, Header, Participant, Row

FORMAT: Final = "maatje"
VERSION: Final = 1
MAX_LINE: Final = 64 * 1024 * 1024
"""Bytes of one row at most: a card with its picture of 5 MB, twice in base64, and room."""

_BEGIN: Final = b'{"format":"maatje","version":'
_DAMAGED: Final = N_("is damaged; nothing was taken from it")
_CUT: Final = N_("ends in the middle; nothing was taken from it")
_NEWER: Final = N_("was written by a newer maatje; install that, and give the same command again")
_INT: Final = 1 << 63


class _Field(NamedTuple):
    """One field of a row: its name, its default (``...`` where it must be there), and how JSON has it."""

    name: str
    default: Any
    pack: Callable[[Any], Any]
    unpack: Callable[[Any], Any]


def sniff(head: bytes, path: Path) -> bool:
    """Whether the first bytes of a file begin a complete export, of whatever version."""
    return head.startswith(_BEGIN)


def lines(header: Header, rows: Iterable[tuple[str, Row]]) -> Iterator[str]:
    """
    The document, line by line.

    Args:
        header: what stands on the first line. rows: each with its section's name, sections in the
            order of ``SECTIONS``.
    """
    sum_ = hashlib.blake2b(digest_size=16)
    for line in _lines(header, rows):
        sum_.update(line.encode("utf-8"))
        yield line
    yield f'"checksum":"{sum_.hexdigest()}"}}\n'


def _lines(header: Header, rows: Iterable[tuple[str, Row]]) -> Iterator[str]:
    told = {"schema": header.schema, "digest": header.digest, "rows": dict(header.counts)}
    yield f"{_BEGIN.decode()}{VERSION},{_dumps(told)[1:-1]},\n"
    section, end = "", ""
    for name, row in rows:
        if name != section:
            yield f"{end}{_dumps(name)}:[\n" if not end else f"\n],\n{_dumps(name)}:[\n"
            section, end = name, "\n],\n"
            yield _dumps(_packed(row))
        else:
            yield ",\n" + _dumps(_packed(row))
    if end:
        yield end


_dumps: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


@contextmanager
def opened(path: Path) -> Iterator[tuple[Header, Iterator[tuple[str, Row]]]]:
    """
    An export to read: its header, and its rows with their sections' names.

    The rows are to be read to their end: only there it is known that the document is whole, and what was taken
    of it so far must be taken back where it is not.
    Raises: PathError: it is no export, damaged, cut short, or of a newer maatje. OSError: it cannot
        be opened.
    """
    with path.open("rb") as file:
        reader = _Reader(str(path), file)
        header = reader.header()
        yield header, reader.rows(header)


class _Reader:
    """Reads lines and adds them to the checksum."""

    def __init__(self, name: str, file: IO[bytes]) -> None:
        self._name = name
        self._file = file
        self._sum = hashlib.blake2b(digest_size=16)

    def fault(self, reason: str = _DAMAGED) -> PathError:
        """What is wrong."""
        return PathError(self._name, reason)

    def line(self) -> bytes:
        """The next line with its end; not added to the checksum yet."""
        line = self._file.readline(MAX_LINE)
        if not line:
            raise self.fault(_CUT)
        if line[-1:] != b"\n":
            raise self.fault(_DAMAGED if len(line) >= MAX_LINE else _CUT)
        return line

    def header(self) -> Header:
        """The first line."""
        line = self.line()
        if not line.startswith(_BEGIN):
            raise PathError(self._name, N_("is no complete export of maatje"))
        self._sum.update(line)
        found = self._json(line.rstrip()[:-1] + b"}")
        version, counts = found.get("version"), found.get("rows")
        if type(version) is int and version > VERSION:
            raise self.fault(_NEWER)
        schema, digest = found.get("schema"), found.get("digest")
        if version != VERSION or type(schema) is not int or not isinstance(digest, str) or not isinstance(counts, dict):
            raise self.fault()
        if not all(type(number) is int and number >= 0 for number in counts.values()):
            raise self.fault()
        return Header(schema, digest, tuple(counts.items()))

    def rows(self, header: Header) -> Iterator[tuple[str, Row]]:
        """The rows of all sections, in their order, up to the checksum."""
        left = list(SECTIONS)
        counts = dict(header.counts)
        while True:
            line = self.line()
            if line.startswith(b'"checksum":'):
                break
            name = line[1:].partition(b'"')[0].decode("ascii", "replace")
            if name not in SECTIONS and name in counts:
                raise self.fault(_NEWER)
            if name not in left or line != b'"%s":[\n' % name.encode():
                raise self.fault()
            left = left[left.index(name) + 1 :]
            self._sum.update(line)
            yield from self._section(name, counts.pop(name, 0))
        if line != b'"checksum":"%s"}\n' % self._sum.hexdigest().encode() or any(counts.values()):
            raise self.fault()
        if self._file.read(1):
            raise self.fault()

    def _section(self, name: str, count: int) -> Iterator[tuple[str, Row]]:
        kind, fields = SECTIONS[name], _FIELDS[SECTIONS[name]]
        for number in range(count):
            line = self.line()
            self._sum.update(line)
            end = b"\n" if number == count - 1 else b",\n"
            if not line.endswith(b"}" + end):
                raise self.fault()
            yield name, self._row(kind, fields, line[: -len(end)])
        line = self.line()
        self._sum.update(line)
        if line != b"],\n":
            raise self.fault()

    def _row(self, kind: type[Row], fields: tuple[_Field, ...], line: bytes) -> Row:
        try:
            row: Row = _unpacked(kind, fields, self._json(line))
        except (ValueError, TypeError, KeyError) as error:
            raise self.fault() from error
        return row

    def _json(self, data: bytes) -> dict[str, Any]:
        try:
            found = _loads(data.decode("utf-8"))
        except (ValueError, RecursionError) as error:
            raise self.fault() from error
        if not isinstance(found, dict):
            raise self.fault()
        return found


def _refuse(text: str) -> Any:
    raise ValueError(text)


# A number of thousands of digits is refused by Python itself.
_loads: Final = json.JSONDecoder(parse_constant=_refuse).decode


def _packed(row: Any) -> dict[str, Any]:
    """A row as JSON has it: fields that are as usual are left out."""
    return {
        field.name: field.pack(value)
        for field, value in zip(_FIELDS[type(row)], row, strict=True)
        if field.default is ... or value != field.default
    }


def _unpacked(kind: type[Any], fields: tuple[_Field, ...], found: dict[str, Any]) -> Any:
    values = [
        field.unpack(found.pop(field.name)) if field.name in found or field.default is ... else field.default
        for field in fields
    ]
    if found:
        raise ValueError("a field that is not ours")
    return kind(*values)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    value.encode("utf-8")  # half a character is no text, and no store keeps it
    return value


def _number(value: Any) -> int:
    if type(value) is not int or not -_INT <= value < _INT:
        raise ValueError
    return value


def _real(value: Any) -> float:
    if type(value) not in (int, float):
        raise TypeError
    return float(value)


def _truth(value: Any) -> bool:
    if type(value) is not bool:
        raise TypeError
    return value


def _bytes(value: Any) -> bytes:
    try:
        return base64.b64decode(_text(value), validate=True)
    except binascii.Error as error:
        raise ValueError from error


def _as_it_is(value: Any) -> Any:
    return value


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


_PLAIN: Final[dict[Any, tuple[Callable[[Any], Any], Callable[[Any], Any]]]] = {
    str: (_as_it_is, _text),
    int: (int, _number),
    float: (float, _real),
    bool: (bool, _truth),
    bytes: (_base64, _bytes),
}


def _codec(hint: Any) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    """How a field of this type goes into JSON and comes out of it."""
    if hint in _PLAIN:
        return _PLAIN[hint]
    if get_origin(hint) in (Union, types.UnionType):
        inner = next(one for one in get_args(hint) if one is not type(None))
        pack, unpack = _codec(inner)
        return (
            lambda value: None if value is None else pack(value),
            lambda value: None if value is None else unpack(value),
        )
    if get_origin(hint) is tuple:
        pack, unpack = _codec(get_args(hint)[0])
        return lambda value: [pack(one) for one in value], lambda value: tuple(unpack(one) for one in _list(value))
    fields = _fields(hint)
    return _packed, lambda value: _unpacked(hint, fields, dict(_dict(value)))


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _dict(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError
    return value


def _fields(kind: type[Any]) -> tuple[_Field, ...]:
    hints, defaults = get_type_hints(kind), kind._field_defaults
    return tuple(_Field(name, defaults.get(name, ...), *_codec(hints[name])) for name in kind._fields)


_FIELDS: Final[dict[Any, tuple[_Field, ...]]] = {kind: _fields(kind) for kind in (*SECTIONS.values(), Participant)}
