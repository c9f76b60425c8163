"""
Mail that came back: the addresses which a mail server reports as out of reach for good.

Only a server's own report is read, never a letter. It must come from a mailer-daemon, a postmaster
or an empty return path, and lie among received mail: a report that somebody passed on tells of
their mail, not of the user's. A report that says more of a failure (RFC 3464) goes before a bare
X-Failed-Recipients. Delays are no failures, and neither is a refusal for the message's own sake (too
large, taken for spam): that address may well be alive.
"""

from __future__ import annotations

import re
from typing import Final

from maatje.model.record import Mail, Mark
from maatje.sources.addresses import clean_address, read_addresses
from maatje.sources.headers import Field, scan
from maatje.sources.limits import MAX_HEADER_BYTES, MAX_REPORT_BYTES
from maatje.sources.mime import content_type, split_parts, unwrapped, walk
from maatje.sources.words import decode_raw

MAX_FAILED: Final = 100
"""Addresses kept of one report."""

BOUNCE: Final = int(Mark.BOUNCE)
"""Only messages with this mark can be reports."""

# Not received, not meant, not to be trusted, or passed on by a list.
_UNFIT: Final = int(Mark.SENT | Mark.DRAFT | Mark.JUNK | Mark.LIES | Mark.LIST_ID)
_DAEMON: Final = re.compile(r"(?:[\w.-]{0,40}[-_.])?(?:mailer-?daemon|mail-?daemon|mdaemon|postmaster)@")
# Old servers write no host behind their name.
_BARE_DAEMON: Final = re.compile(rb"[^@]{0,80}\bmailer-daemon\b[^@]{0,80}", re.IGNORECASE)
_DELAYED: Final = re.compile(r"\bdelay(?:ed)?\b|^warning\b|\bvertraagd\b|\bverzögert", re.IGNORECASE)
_STATUS_PART: Final = re.compile(
    rb"^content-type[ \t]*:\s{0,100}message/(?:global-)?delivery-status\b", re.IGNORECASE | re.MULTILINE
)
_GROUP_END: Final = re.compile(rb"\r?\n[ \t]*\r?\n")
_FIELD: Final = re.compile(
    rb"^(original-recipient|final-recipient|action|status|diagnostic-code)[ \t]*:((?:[^\r\n]|\r?\n[ \t]){0,2000})",
    re.IGNORECASE | re.MULTILINE,
)
_FAILED: Final = re.compile(rb"\s*failed\b", re.IGNORECASE)
_STATUS: Final = re.compile(rb"\s*(\d\.\d{1,3}\.\d{1,3})")
_CODE: Final = re.compile(rb"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
# RFC 3463: other, the address (but not the sender's own), a closed mailbox, no way there, not taken.
_UNREACHED: Final = re.compile(rb"5\.(?:0\.\d+|1\.(?![78]$)\d+|2\.[01]|4\.\d+|5\.0)")
_VAGUE: Final = frozenset([b"5.0.0", b"5.5.0"])


def with_failed(mail: Mail, head: bytes, body: bytes) -> Mail:
    """
    The message with the addresses it reports as failed; itself where it is no report.

    Args:
        mail: as ``read_head`` made it of ``head``; only one marked ``BOUNCE`` is worth asking.
        body: the bytes behind the header block, ``MAX_REPORT_BYTES`` of them are looked at.
    Never raises; linear.
    """
    if not mail.marks & BOUNCE or mail.marks & _UNFIT:
        return mail
    values, _ = scan(head)
    if not _is_servers(mail, values):
        return mail
    failed = _told(values, body)
    if failed is None:
        failed = () if _DELAYED.search(mail.subject) else _listed(values.get(int(Field.FAILED), b""))
    return mail._replace(failed=failed) if failed else mail


def _is_servers(mail: Mail, values: dict[int, bytes]) -> bool:
    """Whether a mail server wrote it to the user, and nobody sent it on."""
    if int(Field.RESENT) in values:
        return False
    if values.get(int(Field.RETURN_PATH), b"").strip() == b"<>":
        return True
    if mail.sender is not None:
        return _DAEMON.match(mail.sender.address) is not None
    return _BARE_DAEMON.fullmatch(values.get(int(Field.FROM), b"")) is not None


def _listed(value: bytes) -> tuple[str, ...]:
    """The addresses of an X-Failed-Recipients field, as Exim and Gmail write it."""
    parties = read_addresses(value[:MAX_HEADER_BYTES]).parties
    return tuple(dict.fromkeys(party.address for party in parties))[:MAX_FAILED]


def _told(values: dict[int, bytes], body: bytes) -> tuple[str, ...] | None:
    """What a multipart/report tells in its delivery-status part, or None where there is no such part."""
    kind = content_type(values.get(int(Field.CONTENT_TYPE), b""))
    if kind.get_content_type() != "multipart/report":
        return None
    if str(kind.get_param("report-type", "delivery-status")).lower() != "delivery-status":
        return None
    is_cut = len(body) > MAX_REPORT_BYTES
    parts = split_parts(body[:MAX_REPORT_BYTES], kind.get_boundary())
    for number, part in enumerate(parts):
        if _is_status(part):
            # The last part of a cut body may end within an address.
            return _failures(part, is_cut=is_cut and number == len(parts) - 1)
    return None


def _is_status(part: bytes) -> bool:
    blank = _GROUP_END.search(part)
    return _STATUS_PART.search(part[: blank.start()] if blank else part) is not None


def _failures(part: bytes, *, is_cut: bool) -> tuple[str, ...]:
    """The failed addresses of a delivery-status part: a block of fields for each recipient, blank lines between."""
    fields, body = next(walk(part, into_messages=False))
    groups = _GROUP_END.split(unwrapped(fields, body))
    if is_cut:
        groups.pop()
    failed: dict[str, None] = {}
    for group in groups:
        address = _failure(group)
        if address and len(failed) < MAX_FAILED:
            failed[address] = None
    return tuple(failed)


def _failure(group: bytes) -> str:
    """The address of one block of fields where mail to it failed for the address's sake, else ""."""
    said: dict[bytes, bytes] = {}
    for match in _FIELD.finditer(group):
        said.setdefault(match[1].lower(), match[2])
    if not _FAILED.match(said.get(b"action", b"")):
        return ""
    status = _STATUS.match(said.get(b"status", b""))
    if status is None:
        return ""
    code = status[1]
    if code in _VAGUE:  # the words behind it often carry the exact one
        exact = _CODE.search(said.get(b"diagnostic-code", b""))
        code = exact[1] if exact else code
    if not _UNREACHED.fullmatch(code):
        return ""
    # What the user wrote to; the final one may lie behind a forwarding.
    return _recipient(said.get(b"original-recipient", b"")) or _recipient(said.get(b"final-recipient", b""))


def _recipient(value: bytes) -> str:
    """The address of "rfc822; jan@example.org", or ""."""
    kind, sign, address = decode_raw(value).partition(";")
    if not sign or kind.strip().lower() not in {"rfc822", "utf-8"}:
        return ""
    return clean_address(address.strip().strip("<>"))
