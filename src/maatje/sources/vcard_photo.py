"""
Portraits inside cards: real raster pictures only, judged by their bytes, never fetched.

A picture is refused when it is too large, is not what its first bytes say, or has more pixels
than a portrait can need; the card it lay in is kept. Nothing is decoded here beyond headers.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final

from maatje.model.record import Property
from maatje.sources.contentlines import param

MAX_BYTES: Final = 5 * 1024 * 1024
MAX_PIXELS: Final = 20_000_000
MAX_SIDE: Final = 10_000
_DATA_URI: Final = re.compile(r"data:[^,]{0,100}?;base64\s*,", re.IGNORECASE)
_NOT_BASE64: Final = re.compile(r"[^A-Za-z0-9+/=]")


def picture(prop: Property) -> bytes | None:
    """
    The decoded picture of a PHOTO property, or None if it is a link, broken, or no safe raster image.

    Args:
        prop: PHOTO with base64 text (2.1, 3.0) or a ``data:`` address (4.0).
    Returns: at most 5 MB of JPEG, PNG, GIF, WebP or BMP, at most 20 megapixels.
    """
    text = prop.value
    # Apple and others escape the comma of a data address.
    link = _DATA_URI.match(text.replace("\\,", ",", 1)[:200]) if text[:5].lower() == "data:" else None
    if link is not None:
        text = text.replace("\\,", ",", 1)[link.end() :]
    elif param(prop.params, "ENCODING").upper() not in ("B", "BASE64"):
        return None
    if len(text) > MAX_BYTES * 4 // 3 + 8:
        return None
    if _NOT_BASE64.search(text) is not None:
        text = "".join(text.split())
        if _NOT_BASE64.search(text) is not None:
            return None
    text = text.rstrip("=")
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return None
    return data if is_picture(data) else None


def is_picture(data: bytes) -> bool:
    """Whether the bytes are a raster image of bearable size, by signature, structure and stated dimensions."""
    if len(data) > MAX_BYTES:
        return False
    size = _dimensions(data)
    return size is not None and 0 < size[0] <= MAX_SIDE and 0 < size[1] <= MAX_SIDE and size[0] * size[1] <= MAX_PIXELS


def media_type(data: bytes) -> str:
    """The media type of a picture that ``is_picture`` accepted."""
    if data[:2] == b"\xff\xd8":
        return "image/jpeg"
    if data[:4] == b"\x89PNG":
        return "image/png"
    if data[:3] == b"GIF":
        return "image/gif"
    return "image/webp" if data[:4] == b"RIFF" else "image/bmp"


def _dimensions(data: bytes) -> tuple[int, int] | None:
    """Width and height as the header states them; None if this is no such picture."""
    if data[:3] == b"\xff\xd8\xff":
        return _jpeg(data)
    if data[:8] == b"\x89PNG\r\n\x1a\n" and data[12:16] == b"IHDR" and len(data) >= 33:
        return _big(data, 16, 4), _big(data, 20, 4)
    if data[:6] in (b"GIF87a", b"GIF89a") and _gif_is_whole(data):
        return _little(data, 6, 2), _little(data, 8, 2)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP" and len(data) >= 30:
        return _webp(data)
    # The two reserved words of a bitmap are zero, which a script in disguise cannot manage.
    if data[:2] == b"BM" and data[6:10] == b"\0\0\0\0" and _little(data, 14, 4) in (40, 52, 56, 108, 124):
        return _little(data, 18, 4), abs(int.from_bytes(data[22:26], "little", signed=True))
    return None


def _big(data: bytes, at: int, length: int) -> int:
    return int.from_bytes(data[at : at + length], "big")


def _little(data: bytes, at: int, length: int) -> int:
    return int.from_bytes(data[at : at + length], "little")


def _jpeg(data: bytes) -> tuple[int, int] | None:
    """Walk the segments to the frame header."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        kind = data[at + 1]
        if kind == 0xFF:  # fill byte
            at += 1
            continue
        if kind in range(0xC0, 0xD0) and kind not in (0xC4, 0xC8, 0xCC):
            return _big(data, at + 7, 2), _big(data, at + 5, 2)
        if kind == 0x01 or kind in range(0xD0, 0xD8):
            at += 2
            continue
        if kind in (0xD9, 0xDA):
            return None
        at += 2 + max(2, _big(data, at + 2, 2))
    return None


def _webp(data: bytes) -> tuple[int, int] | None:
    kind = data[12:16]
    if kind == b"VP8X":
        return _little(data, 24, 3) + 1, _little(data, 27, 3) + 1
    if kind == b"VP8L":
        bits = _little(data, 21, 4)
        return (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1
    if kind == b"VP8 ":
        return _little(data, 26, 2) & 0x3FFF, _little(data, 28, 2) & 0x3FFF
    return None


def _gif_is_whole(data: bytes) -> bool:
    """Whether the blocks lead to a trailer at the end: a script that only begins like a GIF does not."""
    if len(data) < 14:
        return False
    at = 13 + (3 << ((data[10] & 7) + 1) if data[10] & 0x80 else 0)
    while at < len(data):
        kind = data[at]
        if kind == 0x3B:
            return len(data) - at <= 16 and not data[at + 1 :].strip(b"\0")
        if kind == 0x21:
            at += 2
        elif kind == 0x2C and at + 10 < len(data):
            flags = data[at + 9]
            at += 11 + (3 << ((flags & 7) + 1) if flags & 0x80 else 0)
        else:
            return False
        while at < len(data) and data[at]:
            at += 1 + data[at]
        at += 1
    return False
