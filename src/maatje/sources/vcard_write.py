"""
Cards as vCard text, for taking an address book elsewhere.

What was read is written with every property it had; between versions only what must change is
changed (where a picture stands, how a preference is marked).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, Literal

from maatje.model.record import Card, Property
from maatje.sources.contentlines import Params, escaped, param
from maatje.sources.vcard_photo import media_type, picture

_FOLD_AT: Final = 75
_LINE_ENDS: Final = re.compile(r"\r\n?|\n")
_BARE_COMMA: Final = re.compile(r"(?<!\\),")
# A comma in these separates values even in 2.1; elsewhere there it is text.
_LISTS: Final = frozenset({"CATEGORIES", "NICKNAME"})
_RAW: Final = frozenset({"PHOTO", "LOGO", "SOUND", "KEY", "URL", "GEO", "UID", "REV", "BDAY", "TEL", "EMAIL"})
_DATA_URI: Final = re.compile(r"data:([^;,]*)[^,]*?;base64\\?,", re.IGNORECASE)


def write(cards: Iterable[Card], version: Literal["4.0", "3.0"] = "4.0") -> str:
    """
    The cards as one text, CRLF line ends, folded at 75 octets; empty for no cards.

    Reading a card back gives the properties it had, if it was of this version and had an FN.
    """
    return "".join(_written(card, version) for card in cards)


def _written(card: Card, version: Literal["4.0", "3.0"]) -> str:
    lines = ["BEGIN:VCARD\r\n", f"VERSION:{version}\r\n"]
    names = {prop.name for prop in card.properties}
    if "FN" not in names:
        lines.append(_folded(f"FN:{escaped(card.name)}"))
    if version == "3.0" and "N" not in names:
        parts = (card.family, card.given, card.additional, card.prefix, card.suffix)
        lines.append(_folded("N:" + ";".join(escaped(part) for part in parts)))
    lines.extend(_folded(_line(_converted(prop, card.version, version))) for prop in card.properties)
    lines.append("END:VCARD\r\n")
    return "".join(lines)


def _line(prop: Property) -> str:
    head = f"{prop.group}.{prop.name}" if prop.group else prop.name
    params = "".join(f";{key}={','.join(_param(value) for value in values)}" for key, values in prop.params)
    return f"{head}{params}:{_LINE_ENDS.sub(lambda _: chr(92) + 'n', prop.value)}"


def _param(value: str) -> str:
    if "^" in value or '"' in value or "\n" in value or "\r" in value:
        value = _LINE_ENDS.sub("^n", value.replace("^", "^^").replace('"', "^'"))
    return f'"{value}"' if any(c in value for c in ":;, \t") or value != value.strip() else value


def _folded(line: str) -> str:
    """The line with its end, cut into pieces of at most 75 octets, never inside a character."""
    if len(line) <= _FOLD_AT and line.isascii():
        return line + "\r\n"
    return "\r\n ".join(_pieces(line)) + "\r\n"


def _pieces(line: str) -> Iterator[str]:
    data = line.encode("utf-8", "replace")
    at, room = 0, _FOLD_AT
    while at < len(data):
        end = min(at + room, len(data))
        while end < len(data) and data[end] & 0xC0 == 0x80:
            end -= 1
        yield data[at:end].decode("utf-8")
        at, room = end, _FOLD_AT - 1


def _converted(prop: Property, old: str, new: str) -> Property:
    """The property as the other version writes it."""
    if old == new:
        return prop
    name, value, params = prop.name, prop.value, prop.params
    if old == "2.1" and name not in _RAW and name not in _LISTS and not param(params, "ENCODING"):
        value = _BARE_COMMA.sub(r"\\,", value)
    if new == "4.0":
        if name == "PHOTO" and (data := picture(prop)) is not None and param(params, "ENCODING"):
            kept = tuple(p for p in params if p[0] not in ("ENCODING", "TYPE", "VALUE"))
            return Property(name, f"data:{media_type(data)};base64,{value}", kept, prop.group)
        return Property(name, value, _numbered_preference(params), prop.group)
    match = _DATA_URI.match(value) if name == "PHOTO" else None
    if match is not None:
        kind = (match[1].rpartition("/")[2] or "jpeg").upper()
        kept = tuple(p for p in params if p[0] not in ("MEDIATYPE", "VALUE", "TYPE"))
        return Property(name, value[match.end() :], (*kept, ("TYPE", (kind,)), ("ENCODING", ("B",))), prop.group)
    # 3.0 knows one preference; other numbers stay, as a parameter it passes over.
    if param(params, "PREF") == "1":
        params = (*(p for p in params if p[0] != "PREF"), ("TYPE", ("pref",)))
    return Property(name, value, params, prop.group)


def _numbered_preference(params: Params) -> Params:
    """TYPE=pref as PREF=1, as vCard 4.0 has it."""
    kept: list[tuple[str, tuple[str, ...]]] = []
    is_preferred = False
    for key, values in params:
        if key == "TYPE" and any(value.lower() == "pref" for value in values):
            is_preferred = True
            values = tuple(value for value in values if value.lower() != "pref")
            if not values:
                continue
        kept.append((key, values))
    return (*kept, ("PREF", ("1",))) if is_preferred else tuple(kept)
