"""Links that stored text may become, and those it may not: addresses to write to, places to return to."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urlsplit

SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})
"""What a stored link may begin with; anything else is shown as text."""

_ADDRESS: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?")
_LOCAL: Final = re.compile(r"/(?:[a-z0-9][a-z0-9/-]*)?(?:\?[A-Za-z0-9=&%+._~-]{0,500})?")


def mailto(address: str, subject: str = "") -> str | None:
    """
    A ``mailto:`` link that opens the user's own mail program, or None where that is no plain address.

    ``subject`` is encoded whole, so nothing in it can add a header or a recipient; line ends are dropped.
    """
    if not _ADDRESS.fullmatch(address) or ".." in address:
        return None
    link = "mailto:" + quote(address, safe="@")
    line = " ".join(subject.split())
    return f"{link}?subject={quote(line, safe='', errors='replace')}" if line else link


def reply_subject(title: str) -> str:
    """The subject of an answer to this one: "Re: " before it, once."""
    bare = title.strip()
    if not bare:
        return ""
    return bare if re.match(r"(?i)(re|antw|aw|sv|betr)\s*:", bare) else f"Re: {bare}"


def outward(url: str) -> str | None:
    """A stored link as it may be used, or None for what is none: another scheme, no host, control characters."""
    text = url.strip()
    if any(ord(sign) < 33 or ord(sign) == 127 for sign in text):
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    if parts.scheme.lower() not in SCHEMES:
        return None
    if parts.scheme.lower() in ("http", "https"):
        return text if parts.netloc and "\\" not in text else None
    return text


def local_path(text: str) -> str:
    """A place of our own to return to; "/week" where the text is anything else, a foreign site above all."""
    return text if _LOCAL.fullmatch(text) and "//" not in text else "/week"
