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
from maatje.sources.contentlines import Params, escaped, param, parse_head
from maatje.sources.vcard_photo import media_type, picture

_FOLD_AT: Final = 75
_LINE_ENDS: Final = re.compile(r"\r\n?|\n")
_COMMA: Final = re.compile(r"(\\.)|,", re.DOTALL)
# A comma in these separates values even in 2.1; elsewhere there it is text.
_LISTS: Final = frozenset({"CATEGORIES", "NICKNAME"})
_RAW: Final = frozenset({"PHOTO", "LOGO", "SOUND", "KEY", "URL", "GEO", "UID", "REV", "BDAY", "TEL", "EMAIL"})
_DATA_URI: Final = re.compile(r"data:([^;,]*)[^,]*?;base64\\?,", re.IGNORECASE)
_BINARY: Final = {"LOGO": "image", "SOUND": "audio", "KEY": "application"}
"""Properties beside PHOTO that may hold bytes, and what kind of bytes where only a subtype is said."""
_MEDIA: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]{0,60}(?:/[A-Za-z0-9][A-Za-z0-9.+-]{0,60})?\Z")
_OMITTED_YEAR: Final = re.compile(r"1604-?(\d\d)-?(\d\d)(?=\D|\Z)")
_MARK: Final = re.compile(rb"[ \t]*(?:BEGIN|END)[ \t]*:[ \t]*VCARD", re.IGNORECASE)


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
    lines.extend(_folded(_line(prop)) for prop in as_version(card, version) if _is_writable(prop))
    lines.append("END:VCARD\r\n")
    return "".join(lines)


def as_version(card: Card, version: Literal["4.0", "3.0"]) -> tuple[Property, ...]:
    """The card's properties as the other version writes them; those that are the same in both stay as they are."""
    return tuple(_converted(prop, card.version, version) for prop in card.properties)


def _is_writable(prop: Property) -> bool:
    """Whether the property can be a line of a card: nothing from elsewhere may begin or end one."""
    head = f"{prop.group}.{prop.name}" if prop.group else prop.name
    return prop.name not in ("BEGIN", "END", "VERSION") and parse_head(head) == (prop.group, prop.name, ())


def _line(prop: Property) -> str:
    head = f"{prop.group}.{prop.name}" if prop.group else prop.name
    params = "".join(f";{key}={_param_values(values)}" for key, values in prop.params)
    return f"{head}{params}:{_LINE_ENDS.sub(lambda _: chr(92) + 'n', prop.value)}"


def _param_values(values: tuple[str, ...]) -> str:
    # An empty value between others would vanish if it were not quoted.
    return ",".join(_param(value) or '""' for value in values) if len(values) > 1 else _param("".join(values))


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
        # A piece that reads as the end of the card would be taken for it: such a line is cut a little earlier.
        while end > at + 1 and end < len(data) and (data[end] & 0xC0 == 0x80 or _MARK.match(data, end)):
            end -= 1
        yield data[at:end].decode("utf-8")
        at, room = end, _FOLD_AT - 1


def _converted(prop: Property, old: str, new: str) -> Property:
    """The property as the other version writes it."""
    if old == new:
        return prop
    name, value, params = prop.name, prop.value, prop.params
    if old == "2.1" and name not in _RAW and name not in _LISTS and not param(params, "ENCODING"):
        value = _COMMA.sub(lambda match: match[1] or "\\,", value)
    if new == "4.0":
        if name == "BDAY" and (match := _OMITTED_YEAR.match(value)) is not None:
            # Apple's way to leave out the year, which 4.0 can say.
            kept = tuple(p for p in params if p[0] != "X-APPLE-OMIT-YEAR")
            return Property(name, f"--{match[1]}{match[2]}", kept, prop.group)
        if name in _BINARY and param(params, "ENCODING"):
            return _as_data(prop)
        if name == "PHOTO" and (data := picture(prop)) is not None and param(params, "ENCODING"):
            kept = tuple(p for p in params if p[0] not in ("ENCODING", "TYPE", "VALUE"))
            return Property(name, f"data:{media_type(data)};base64,{value}", kept, prop.group)
        return Property(name, value, _numbered_preference(params), prop.group)
    match = _DATA_URI.match(value) if name == "PHOTO" or name in _BINARY else None
    if match is not None:
        kind = (match[1].rpartition("/")[2] or "jpeg").upper()
        kept = tuple(p for p in params if p[0] not in ("MEDIATYPE", "VALUE", "TYPE"))
        return Property(name, value[match.end() :], (*kept, ("TYPE", (kind,)), ("ENCODING", ("B",))), prop.group)
    # 3.0 knows one preference; other numbers stay, as a parameter it passes over.
    if param(params, "PREF") == "1":
        params = (*(p for p in params if p[0] != "PREF"), ("TYPE", ("pref",)))
    return Property(name, value, params, prop.group)


def _as_data(prop: Property) -> Property:
    """Bytes in base64 as a data address, with the media type that TYPE tells."""
    told = next((one for key, values in prop.params if key == "TYPE" for one in values if _MEDIA.match(one)), "")
    kind = told.lower() if "/" in told else f"{_BINARY[prop.name]}/{told.lower() or 'octet-stream'}"
    kept = tuple(p for p in prop.params if p[0] not in ("ENCODING", "VALUE") and p != ("TYPE", (told,)))
    return Property(prop.name, f"data:{kind};base64,{prop.value}", kept, prop.group)


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
    if not is_preferred:
        return params
    return (*(one for one in kept if one[0] != "PREF"), ("PREF", ("1",)))
