"""
How much of a message is read at most, so that no input can hang or fill the machine.

All limits are checked on raw bytes, before any library parser sees them (SAFETY §4).
"""

from __future__ import annotations

from typing import Final

MAX_HEADERS: Final = 1_000
"""Header fields of one message; the rest is not looked at."""

MAX_HEADER_BYTES: Final = 65_536
"""One header field; the rest of it is cut. Recipient fields are bounded by ``MAX_ADDRESSES`` instead."""

MAX_HEAD_BYTES: Final = 2_097_152
"""All header fields of one message together."""

MAX_ADDRESSES: Final = 2_000
"""Recipients of one message that are read; more are counted only."""

MAX_BODY_BYTES: Final = 52_428_800
"""The longest message whose parts are looked into (50 MB)."""

MAX_REPORT_BYTES: Final = 65_536
"""So much of a delivery report is looked at: what failed stands before the message that came back."""

MAX_TEXT_BYTES: Final = 1_048_576
"""So much of a message is looked at for its text: attachments lie behind it."""

MAX_TEXT: Final = 262_144
"""Characters kept of a message's text."""

MAX_DEPTH: Final = 20
"""MIME parts within parts."""

MAX_PARTS: Final = 500
"""MIME parts of one message."""

MAX_WORDS: Final = 200
"""RFC 2047 encoded words that are decoded in one value."""

MAX_SUBJECT: Final = 998
"""Characters kept of a subject: RFC 5322's longest line."""

MAX_NAME: Final = 200
"""Characters kept of a display name."""

MAX_ADDRESS: Final = 320
"""Characters of an address: 64 + 1 + 255, longer ones are no addresses."""

MAX_ID: Final = 512
"""Characters kept of a Message-ID."""

HEAD: Final = 65_536
"""Bytes from the start of a file by which its format is told."""
