"""
One spelling per handle, so that the same address joins by itself and no other one does.

Only what the standards call equal is made equal: letter case of an address, the several ways to
write one telephone number. Gmail's dots and a ``+tag`` stay as written (another provider reads
them otherwise), and nothing is folded that merely looks alike (``ß``/``ss``, ``İ``/``i``,
full-width letters): decisions/0005.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final
from urllib.parse import unquote, urlsplit

from maatje.model.contact import HandleKind

MAIL_LIMIT: Final = 320
"""Longest mail address in characters: 64 for the local part, 255 for the host, and the sign between."""

PHONE_LIMIT: Final = 64
"""Longest text that is looked at as a telephone number."""

URL_LIMIT: Final = 1000
"""Longest profile address."""

CHAT_LIMIT: Final = 128
"""Longest chat name."""

_CACHED: Final = 1 << 16
_PLAIN_MAIL: Final = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,128}@[a-z0-9_][a-z0-9_-]{0,62}(?:\.[a-z0-9_][a-z0-9_-]{0,62})*"
)
_MAILTO: Final = re.compile(r"mailto:", re.IGNORECASE)
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"})


def mail_handle(text: str) -> str | None:
    """
    The one spelling of a mail address, so that equal addresses are equal text.

    Args:
        text: an address, perhaps with ``mailto:``, angle brackets or surrounding blanks.
    Returns: lower case, the host in its ASCII form, no longer than ``MAIL_LIMIT``; None where it
        is not one plain address: blanks or unseen characters within, two ``@``, a quoted local part
        that needs its quotes. ``mail_handle`` of a result is that result.
    """
    return _mail_handle(text) if len(text) <= 2 * MAIL_LIMIT else None


@lru_cache(maxsize=_CACHED)
def _mail_handle(text: str) -> str | None:
    address = text.strip()
    if _MAILTO.match(address):
        address = unquote(address[7:].partition("?")[0]).strip()
    if address.startswith("<") and address.endswith(">"):
        address = address[1:-1].strip()
    if not address.isascii():
        return _international(address)
    address = address.lower()
    if address.startswith('"'):
        address = _unquoted(address)
    return _checked(address)


def _unquoted(address: str) -> str:
    """``"jan.smit"@host`` without the quotes it does not need."""
    local, _, host = address.rpartition("@")
    return f"{local[1:-1]}@{host}" if len(local) > 2 and local.endswith('"') else address


def _checked(address: str) -> str | None:
    """The address where it is a plain one in ASCII, else None."""
    address = address.removesuffix(".")
    return address if len(address) <= MAIL_LIMIT and _PLAIN_MAIL.fullmatch(address) is not None else None


def _international(address: str) -> str | None:
    """An address beyond ASCII: the host becomes ``xn--``, the local part stays as written, in lower case."""
    local, _, host = unicodedata.normalize("NFC", address).rpartition("@")
    lowered = _lowered(local)
    if lowered is None:
        return None
    labels = [_label(label) for label in host.split(".")]
    if not all(labels):
        return None
    ascii_host = ".".join(label for label in labels if label)
    stand_in = "".join(char if char.isascii() else "x" for char in lowered)
    if _checked(f"{stand_in}@{ascii_host}") is None:
        return None
    return f"{lowered}@{ascii_host}"


def _lowered(text: str) -> str | None:
    """Lower case, or None where that would make a foreign letter look like an ASCII one, or one is not seen."""
    lowered = unicodedata.normalize("NFC", text.lower())
    for char in lowered:
        if not char.isascii() and unicodedata.category(char) in _UNSEEN:
            return None
    if unicodedata.normalize("NFKC", lowered) != lowered or lowered.lower() != lowered:
        return None
    return None if any(not char.isascii() and char.lower()[0].isascii() for char in text) else lowered


def _label(label: str) -> str | None:
    """One label of a host name in its ASCII form (IDNA 2008: no mapping of look-alikes)."""
    if label.isascii():
        return label.lower()
    lowered = _lowered(label)
    if lowered is None or len(lowered) > 63:
        return None
    return "xn--" + lowered.encode("punycode").decode("ascii").lower()


def phone_handle(text: str, region: str = "NL") -> str | None:
    """
    The one spelling of a telephone number: E.164, with ``;ext=`` where there is an extension.

    Args:
        text: as people write numbers; ``tel:`` is allowed.
        region: two letters, the country of numbers without a country code.
    Returns: ``+31612345678``, or None where it is no number in that country. A number with a
        country code need only be possible; one without must be known to be given out, because
        short numbers and typing errors would else join strangers.
    """
    return _phone_handle(text, region) if len(text) <= PHONE_LIMIT else None


@lru_cache(maxsize=_CACHED)
def _phone_handle(text: str, region: str) -> str | None:
    # Imported here: its metadata costs 40 ms, and most commands never see a number.
    import phonenumbers

    if sum(char.isdecimal() for char in text) < 5 or "@" in text:
        return None
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    is_abroad = text.strip().removeprefix("tel:").lstrip("( ").startswith("+")
    is_known = phonenumbers.is_valid_number(number)
    if not is_known and not (is_abroad and phonenumbers.is_possible_number(number)):
        return None
    plain = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if not is_known and not _is_at_rest(plain):
        return None
    digits = "".join(char for char in number.extension or "" if char.isdecimal())
    return f"{plain};ext={digits}" if digits else plain


def _is_at_rest(plain: str) -> bool:
    """Whether a number that no country gives out is its own spelling: a row of noughts loses one each time."""
    import phonenumbers

    try:
        again = phonenumbers.parse(plain, None)
    except phonenumbers.NumberParseException:
        return False
    return str(phonenumbers.format_number(again, phonenumbers.PhoneNumberFormat.E164)) == plain


def url_handle(text: str) -> str | None:
    """
    The one spelling of a profile's web address: scheme and host in lower case, no fragment, no tracking.

    Args:
        text: an http or https address; "www." and a country's "nl.linkedin.com" are dropped.
    Returns: ``https://…`` without a closing slash; None for any other scheme, for user names or
        backslashes in it, or where characters are unseen (SAFETY #8).
    """
    address = text.strip()
    if len(address) > URL_LIMIT or "\\" in address or any(unicodedata.category(char) in _UNSEEN for char in address):
        return None
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or "@" in parts.netloc:
        return None
    labels = [_label(label) for label in host.removesuffix(".").split(".")]
    if len(labels) < 2 or not all(labels):
        return None
    name = ".".join(label for label in labels if label).removeprefix("www.")
    if name.endswith(".linkedin.com"):
        name = "linkedin.com"
    where = name if port in (None, 80, 443) else f"{name}:{port}"
    query = "&".join(pair for pair in parts.query.split("&") if pair and not pair.startswith("utm_"))
    return f"https://{where}{parts.path.rstrip('/')}" + (f"?{query}" if query else "")


def chat_handle(service: str, text: str) -> str | None:
    """
    The one spelling of a chat name: ``service:name``, each service a world of its own.

    Args:
        service: a short word in lower case, such as "telegram".
        text: the account as the export names it; a leading ``@`` is dropped.
    Returns: None where nothing is left, or it holds unseen characters other than blanks within.
    """
    name = " ".join(text.split()).removeprefix("@").lower()
    name = unicodedata.normalize("NFC", name)
    if not name or len(name) > CHAT_LIMIT or any(unicodedata.category(char) in _UNSEEN - {"Zs"} for char in name):
        return None
    return f"{service}:{name}"


def read_handle(text: str, region: str = "NL") -> tuple[HandleKind, str] | None:
    """
    What a user typed, as the handle it is, or None where it is none (a name, for one).

    Args:
        text: an address, a web address or a telephone number.
        region: two letters, for numbers without a country code.
    """
    if (mail := mail_handle(text)) is not None:
        return HandleKind.MAIL, mail
    if (url := url_handle(text)) is not None:
        return HandleKind.URL, url
    if (phone := phone_handle(text, region)) is not None:
        return HandleKind.PHONE, phone
    return None
