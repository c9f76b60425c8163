"""How mail records are written down for the golden pairs, and which reader reads which sample."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from maatje.model.record import Mail, Mark, Party, Problem
from maatje.sources import eml, emlx, mbox, pipermail

DATA = Path(__file__).parent / "data" / "mail"
READERS = {".mbox": mbox, ".eml": eml, ".emlx": emlx, ".pipermail": pipermail}


def written(found: Iterable[Mail | Problem]) -> list[dict[str, Any]]:
    """Records as JSON shapes a person can check by eye: empty fields left out."""
    return [_mail(one) if isinstance(one, Mail) else {"where": one.where, "problem": one.message} for one in found]


def _mail(mail: Mail) -> dict[str, Any]:
    marks = [mark.name for mark in Mark if mark and mail.marks & mark]
    shape: dict[str, Any] = {
        "at": mail.at,
        "sender": _party(mail.sender),
        "to": [_party(party) for party in mail.to],
        "cc": [_party(party) for party in mail.cc],
        "bcc": [_party(party) for party in mail.bcc],
        "reply_to": _party(mail.reply_to),
        "subject": mail.subject,
        "id": mail.native_id,
        "answers": mail.answers,
        "marks": marks,
        "recipients": mail.recipients,
    }
    return {key: value for key, value in shape.items() if value not in (None, [], "", 0)} | {
        "bytes": [mail.place, mail.place + mail.length]
    }


def _party(party: Party | None) -> str | None:
    return None if party is None else f"{party.name} <{party.address}>".strip()
