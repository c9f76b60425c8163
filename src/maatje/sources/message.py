"""
One message's header block to a ``Mail``: the common end of every mail format.

What cannot be told is left out (no sender, no subject); only a message without any date is
refused, since a touch without a time is none.
"""

from __future__ import annotations

import re
from typing import Final

from maatje.errors import N_
from maatje.model.record import Mail, Mark, Party
from maatje.model.units import Seconds
from maatje.sources.addresses import Read, read_addresses
from maatje.sources.boundaries import line_date
from maatje.sources.dates import read_date, read_received
from maatje.sources.folders import label_marks
from maatje.sources.headers import Field, scan
from maatje.sources.limits import MAX_ADDRESSES, MAX_HEADER_BYTES, MAX_ID, MAX_SUBJECT
from maatje.sources.senders import read_sender
from maatje.sources.words import decode_raw, decode_value

NO_DATE: Final = N_("It carries no date that can be read, so it was left out.")
NO_HEADERS: Final = N_("It has no header fields, so it is no message.")

_NOBODY: Final = Read((), 0, True)
_ID: Final = re.compile(rb"<([^<>\r\n]{1,512})>")
_BLANK: Final = b" \t\r\n\0"
_NO_BREAKS: Final = {0: None, 10: None, 13: None}
_REPLY_SUBJECT: Final = re.compile(
    r"\s*(?:\[[^\]]{1,80}\]\s*)*"
    r"(?:re|aw|antw|antwoord|betr|sv|vs|ref|rif|res|r|odp|ynt|réf|rép|vá|ang|atb|bls|ats|回复|答复|回覆|返信)"
    r"\s*(?:\[\d{1,4}\]|\(\d{1,4}\)|\^\d{1,4}|\*\d{1,4})?\s?[:：]",
    re.IGNORECASE,
)
_BULK: Final = re.compile(rb"\s*(?:bulk|list|junk)\b", re.IGNORECASE)
_AUTO_REPLY: Final = re.compile(rb"\s*auto[-_ ]?reply", re.IGNORECASE)
_REPORT: Final = re.compile(
    rb"\s*(?:multipart/report|message/(?:delivery-status|disposition-notification))", re.IGNORECASE
)
# Mail services that write Feedback-ID on the personal mail of people, not on campaigns only.
_PERSONAL_SERVICE: Final = re.compile(rb":(?:proton|fastmail)\s*$", re.IGNORECASE)
_BULK_MAILER: Final = re.compile(
    rb"\b(?:mailchimp|phpmailer|phplist|sendgrid|mailjet|mailgun|campaign|newsletter|groupmail|listserv|majordomo"
    rb"|emarsys|exacttarget|responsys|sendinblue|brevo|silverpop|lyris|sendy|acymailing|ymlp|laposta|mailerlite"
    rb"|constant ?contact|aweber|getresponse|activecampaign|klaviyo|hubspot|marketo|optivo|inxmail|cleverreach)",
    re.IGNORECASE,
)
_LIST_SENDER: Final = re.compile(
    rb"\bowner-[\w.+-]{1,200}@|[\w.+]-(?:owner|bounces|request|admin)(?:\+[^@\s]{0,200})?@", re.IGNORECASE
)

# Plain integers: the operators of flags cost a microsecond each, a million times over.
_LIES, _CUT, _RE, _REPLY = int(Mark.LIES), int(Mark.CUT), int(Mark.RE), int(Mark.REPLY)


def read_head(head: bytes, marks: int, place: int, *, envelope: bytes = b"") -> Mail | str:
    """
    The ``Mail`` of a header block, or the sentence that says why there is none.

    Args:
        head: the block without the blank line that ends it, and without an mbox "From " line.
        marks: what the folder already says (``SENT``, ``DRAFT``, ``JUNK``).
        place: the message's offset or number within its source. ``length`` is left 0 for the caller.
        envelope: an mbox "From " line, whose date is used where there is no good Date.
    """
    values, found = scan(head)
    if not values:
        return NO_HEADERS
    at = _date(values, envelope)
    if at is None:
        return NO_DATE
    marks |= int(found)
    sender, lies = read_sender(values[Field.FROM]) if Field.FROM in values else (_lone_sender(values), False)
    if lies:
        marks |= _LIES
    to, cc, bcc, recipients = _recipients(values)
    if recipients > MAX_ADDRESSES:
        marks |= _CUT
    subject = decode_value(values[Field.SUBJECT], MAX_SUBJECT) if Field.SUBJECT in values else ""
    if _REPLY_SUBJECT.match(subject):
        marks |= _RE
    answers = _answered(values)
    if answers:
        marks |= _REPLY
    return Mail(
        at,
        sender,
        to,
        cc,
        bcc,
        _first(values.get(Field.REPLY_TO)),
        subject,
        _identifier(values.get(Field.MESSAGE_ID)),
        answers,
        int(marks | _marks(values)),
        recipients,
        place,
        0,
    )


def _date(values: dict[int, bytes], envelope: bytes) -> Seconds | None:
    value = values.get(Field.DATE)
    at = read_date(value.strip(_BLANK)) if value is not None else None
    if at is None and envelope:
        at = line_date(envelope)
    if at is None and Field.RECEIVED in values:
        at = read_received(values[Field.RECEIVED][:MAX_HEADER_BYTES])
    return at


def _recipients(
    values: dict[int, bytes],
) -> tuple[tuple[Party, ...], tuple[Party, ...], tuple[Party, ...], int]:
    """To, Cc, Bcc and how many there were; together at most ``MAX_ADDRESSES``."""
    to = read_addresses(values[Field.TO]) if Field.TO in values else _NOBODY
    cc = read_addresses(values[Field.CC]) if Field.CC in values else _NOBODY
    bcc = read_addresses(values[Field.BCC]) if Field.BCC in values else _NOBODY
    total = to.total + cc.total + bcc.total
    if total <= MAX_ADDRESSES:
        return to.parties, cc.parties, bcc.parties, total
    room_cc = max(MAX_ADDRESSES - len(to.parties), 0)
    room_bcc = max(room_cc - len(cc.parties), 0)
    return to.parties, cc.parties[:room_cc], bcc.parties[:room_bcc], total


def _lone_sender(values: dict[int, bytes]) -> Party | None:
    """Without any From the Sender field says who wrote it."""
    value = values.get(Field.SENDER)
    if value is None:
        return None
    party, lies = read_sender(value)
    return None if lies else party


def _first(value: bytes | None) -> Party | None:
    if value is None:
        return None
    parties = read_addresses(value[:MAX_HEADER_BYTES]).parties
    return parties[0] if parties else None


def _identifier(value: bytes | None) -> str:
    if value is None:
        return ""
    match = _ID.search(value[:MAX_HEADER_BYTES])
    return decode_raw(match[1] if match else value.strip(_BLANK + b"<>")[:MAX_ID]).translate(_NO_BREAKS).strip()


def _answered(values: dict[int, bytes]) -> str:
    """In-Reply-To, else the last of References, without brackets; "" where neither says anything."""
    value = values.get(Field.IN_REPLY_TO, b"").strip(_BLANK)
    if value:
        return _identifier(value)
    value = values.get(Field.REFERENCES, b"").strip(_BLANK)
    if not value:
        return ""
    return _identifier(value[-2 * MAX_ID :].rpartition(b"<")[2].join((b"<", b"")) if b"<" in value else value)


def _marks(values: dict[int, bytes]) -> int:
    """The marks that depend on a field's value."""
    marks = 0
    for field, value in values.items():
        check = _CHECKS.get(field)
        if check is not None:
            marks |= int(check(value))
    return marks


def _return_path(value: bytes) -> int:
    return Mark.BOUNCE if value.strip(_BLANK) == b"<>" else 0


def _content_type(value: bytes) -> int:
    if _REPORT.match(value):
        return Mark.BOUNCE
    return Mark.CALENDAR if value.strip()[:13].lower() == b"text/calendar" else 0


def _precedence(value: bytes) -> int:
    if _BULK.match(value):
        return Mark.BULK
    return Mark.AUTO if _AUTO_REPLY.match(value) else 0


def _auto_submitted(value: bytes) -> int:
    return 0 if value.strip(_BLANK)[:3].lower() in {b"no", b"no;", b""} else Mark.AUTO


def _labels(value: bytes) -> int:
    return int(label_marks(decode_value(value, 2_000)))


def _feedback_id(value: bytes) -> int:
    return 0 if _PERSONAL_SERVICE.search(value) else Mark.CAMPAIGN


def _mailer(value: bytes) -> int:
    return Mark.CAMPAIGN if _BULK_MAILER.search(value[:200]) else 0


def _sender_field(value: bytes) -> int:
    return Mark.LIST_ID if _LIST_SENDER.search(value[:1_000]) else 0


def _delivered_to(value: bytes) -> int:
    return Mark.LIST_ID if value.strip()[:12].lower() == b"mailing list" else 0


def _spam_flag(value: bytes) -> int:
    return Mark.JUNK if value.strip()[:3].lower() == b"yes" else 0


def _failed(value: bytes) -> int:
    return Mark.BOUNCE


_CHECKS: Final = {
    int(Field.RETURN_PATH): _return_path,
    int(Field.CONTENT_TYPE): _content_type,
    int(Field.PRECEDENCE): _precedence,
    int(Field.AUTO_SUBMITTED): _auto_submitted,
    int(Field.LABELS): _labels,
    int(Field.FEEDBACK_ID): _feedback_id,
    int(Field.MAILER): _mailer,
    int(Field.SENDER): _sender_field,
    int(Field.DELIVERED_TO): _delivered_to,
    int(Field.SPAM_FLAG): _spam_flag,
    int(Field.FAILED): _failed,
}
