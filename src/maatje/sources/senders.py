"""
From headers that lie: whom a message may be credited to, and when to nobody.

A display name that is somebody else's address, two addresses in one header, text behind the
address or a domain in look-alike letters are how a stranger's mail passes for a friend's
(SAFETY #20). Such mail is kept, marked ``Mark.LIES``, and counts for nobody.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from maatje.model.record import Party
from maatje.sources.addresses import read_addresses
from maatje.sources.limits import MAX_HEADER_BYTES

_ADDRESS_IN_NAME: Final = re.compile(r"[^\s@<>\"'()\[\]:;,]{1,64}[@＠﹫][^\s@<>\"'()\[\]:;,]{1,255}")
# Letters of other alphabets that look like Latin ones: a label of nothing else is a disguise.
_LOOK_ALIKE: Final = frozenset("асԁеһіјӏорԛѕѵԝхуүвкмнтгαενικορτυχωհոսցօ")
# Scripts that one word may mix, as Japanese does, without hiding anything.
_MIXED_ON_PURPOSE: Final = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC", "FULLWIDTH"})


def read_sender(value: bytes) -> tuple[Party | None, bool]:
    """
    The one party of a From header, and whether the header lies.

    Returns: (party, lies). party is None where no address can be trusted. Never raises.
    """
    return _sender(value[:MAX_HEADER_BYTES])


def _read_sender(value: bytes) -> tuple[Party | None, bool]:
    read = read_addresses(value)
    if not read.is_clean:
        return None, True
    distinct = {party.address for party in read.parties}
    if len(distinct) > 1:
        return None, True
    if not read.parties:
        return None, False
    party = read.parties[0]
    if _names_another(party):
        return Party("", party.address), True  # the borrowed name must not become anybody's
    return party, looks_alike(party.address)


@lru_cache(maxsize=8_192)
def _remembered(value: bytes) -> tuple[Party | None, bool]:
    return _read_sender(value)


def _sender(value: bytes) -> tuple[Party | None, bool]:
    return _remembered(value) if len(value) <= 512 else _read_sender(value)


def _names_another(party: Party) -> bool:
    """Whether the display name holds a mail address other than the real one."""
    if not any(sign in party.name for sign in "@＠﹫"):
        return False
    name = unicodedata.normalize("NFKC", party.name).lower()
    return any(found.strip(".") != party.address for found in _ADDRESS_IN_NAME.findall(name))


def looks_alike(address: str) -> bool:
    """
    Whether an address is written in letters that pass for others: mixed scripts, or a disguised Latin word.

    Args:
        address: lower-cased, checked; ``xn--`` labels are decoded.
    """
    if address.isascii() and "xn--" not in address:
        return False
    local, _, domain = address.rpartition("@")
    labels = [_decoded(label) for label in domain.split(".")]
    top = labels[-1]
    return _is_mixed(local) or any(_is_mixed(label) or _is_disguise(label, top) for label in labels)


def _decoded(label: str) -> str:
    if not label.startswith("xn--") or len(label) > 63:
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except ValueError:
        return label


def _is_mixed(label: str) -> bool:
    scripts = {unicodedata.name(letter, "?").split(" ", 1)[0] for letter in label if letter.isalpha()}
    return len(scripts - _MIXED_ON_PURPOSE) > 1 or "FULLWIDTH" in scripts


def _is_disguise(label: str, top: str) -> bool:
    letters = [letter for letter in label if letter.isalpha()]
    return bool(letters) and top.isascii() and all(letter in _LOOK_ALIKE for letter in letters)
