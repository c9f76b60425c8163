"""
One card's bytes as properties: folds, quoted-printable, charsets and base64 of three vCard versions.

What comes out is what vCard 3.0 and 4.0 would have written: text decoded, line ends as ``\\n``,
base64 without blanks, 2.1's bare parameters named. Nothing that parses as a property is lost.
"""

from __future__ import annotations

import binascii
import re
from functools import lru_cache
from typing import Final

from maatje.model.record import Property
from maatje.sources.contentlines import (
    Params,
    cut_line,
    decoded,
    one_line_ends,
    param,
    parse_head,
    unfolded,
)

MAX_PROPERTIES: Final = 1_000
_QP_HEAD: Final = re.compile(r"[^:]*QUOTED-PRINTABLE[^:]*:", re.IGNORECASE)
_BASE64_LINE: Final = re.compile(r"[A-Za-z0-9+/]{8,}={0,2}\Z")
_new: Final = tuple.__new__
_LINE_ENDS: Final = re.compile(r"\r\n?|\n")


class TooManyPropertiesError(ValueError):
    """A card with more lines than any real one; caught at the record boundary."""


def properties(block: bytes) -> tuple[str, list[Property]]:
    """
    The version and properties of one card, without BEGIN, END and VERSION.

    Args:
        block: the lines between BEGIN and END.
    Returns: "2.1", "3.0" or "4.0" (what else is said counts as 3.0), and properties in their order.
    Raises: TooManyPropertiesError: more than 1,000.
    """
    block = one_line_ends(block)
    if b"QUOTED-PRINTABLE" in block.upper():
        lines, is_utf8 = _lines_with_soft_breaks(block)
    else:
        lines, is_utf8 = _lines(unfolded(block))
    version = "3.0"
    found: list[Property] = []
    for line in lines:
        head, colon, value = line.partition(":")
        if colon and '"' in head and (cut := cut_line(line)) is not None:
            head, value = cut
        known = _head(head) if colon else None
        if known is None:
            _continue_base64(found, line)
            continue
        group, name, params, is_encoded = known
        if name == "VERSION":
            version = value.strip()
            continue
        if is_encoded or not is_utf8:
            params, value = _value(params, value, is_utf8)
        # What Property(...) does, three times faster.
        found.append(_new(Property, (name, value, params, group)))
    if len(found) > MAX_PROPERTIES:
        raise TooManyPropertiesError
    return (version if version in ("2.1", "4.0") else "3.0"), found


@lru_cache(8192)
def _head(head: str) -> tuple[str, str, Params, bool] | None:
    """A head as ``parse_head`` gives it, and whether it says how its value is encoded."""
    known = parse_head(head)
    if known is None:
        return None
    return *known, any(key in ("ENCODING", "CHARSET") for key, _ in known[2])


def _lines(block: bytes) -> tuple[list[str], bool]:
    """Text lines, and whether they were UTF-8; if not, each character stands for one byte still to be decoded."""
    try:
        return block.decode("utf-8").split("\n"), True
    except UnicodeDecodeError:
        return block.decode("latin-1").split("\n"), False


def _lines_with_soft_breaks(block: bytes) -> tuple[list[str], bool]:
    """Lines of a block with quoted-printable in it: a trailing "=" goes on on the next line, blank or not."""
    physical, is_utf8 = _lines(block)
    lines: list[list[str]] = []
    is_open = False
    for line in physical:
        if is_open:
            lines[-1].append(line.removesuffix("="))
            is_open = line.endswith("=")
        elif line[:1] in (" ", "\t") and lines:
            lines[-1].append(line[1:])
        else:
            is_open = line.endswith("=") and _QP_HEAD.match(line) is not None
            lines.append([line[:-1] if is_open else line])
    return ["".join(pieces) for pieces in lines], is_utf8


def _continue_base64(found: list[Property], line: str) -> None:
    """Some programs write a picture over several lines without folding them; what looks like more of it is."""
    if not found or _BASE64_LINE.match(line.strip()) is None:
        return
    last = found[-1]
    if param(last.params, "ENCODING") == "B":
        found[-1] = Property(last.name, last.value + line.strip(), last.params, last.group)


def _value(params: Params, value: str, is_utf8: bool) -> tuple[Params, str]:
    """Parameters without encodings, and the value they told how to decode."""
    encoding = param(params, "ENCODING").upper()
    if encoding in ("B", "BASE64"):
        kept = tuple(p for p in params if p[0] not in ("ENCODING", "CHARSET"))
        return (*kept, ("ENCODING", ("B",))), "".join(value.split())
    charset = param(params, "CHARSET")
    if encoding == "QUOTED-PRINTABLE":
        raw = binascii.a2b_qp(value.encode("utf-8" if is_utf8 else "latin-1", "replace"))
        value = decoded(raw, charset or "")
    elif not is_utf8:
        value = decoded(value.encode("latin-1", "replace"), charset)
    if encoding or charset:
        params = tuple(p for p in params if p[0] not in ("ENCODING", "CHARSET"))
    if not is_utf8:
        params = tuple((key, tuple(decoded(v.encode("latin-1", "replace")) for v in values)) for key, values in params)
    if "\n" in value or "\r" in value:
        value = _LINE_ENDS.sub(r"\\n", value)
    return params, value
