"""Who the user is: their own addresses, as they said or as all their mail tells."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from maatje.identity.me import Evidence, Inference, infer, infer_rest
from maatje.model.contact import HandleKind
from maatje.store import evidence, handles, meta
from maatje.store.db import Db

SAID = "me_said"
NOT = "me_denied"
SURE = "me_is_sure"
ASKED = "me_asked"


@dataclass(frozen=True, slots=True)
class Self:
    """
    The user's own addresses, and whether that is sure.

    ``asked`` may be theirs as well; ``unseen`` they named, but no mail does: perhaps a slip of the pen.
    """

    addresses: tuple[str, ...]
    is_sure: bool
    asked: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()


def said(db: Db, key: str = SAID) -> tuple[str, ...]:
    """The addresses that the user named with ``--me`` (or, by ``NOT``, with ``--not-me``), in that order."""
    return tuple(json.loads(meta.get(db, key) or "[]"))


def known(db: Db) -> Self:
    """The user's addresses as they are known now."""
    mine = [handle.value for handle in handles.me(db)]
    named = [address for address in said(db) if address in mine]
    seen = {address for address in named if evidence.is_in_mail(db, address)}
    return Self(
        (*named, *(address for address in mine if address not in named)),
        bool(meta.get(db, SURE)),
        tuple(address for address in said(db, ASKED) if address not in mine),
        tuple(address for address in named if address not in seen),
    )


def settle(db: Db, own: Sequence[str], others: Sequence[str] = ()) -> bool:
    """
    Work out the user's addresses from what they said and from all mail. Writes.

    Args:
        own: addresses that the user says are theirs, beside those said before.
        others: addresses that the user says are not; the latest word counts.
    Returns: whether the user's addresses changed, so that every touch has to be made again.
    """
    denied = tuple(dict.fromkeys(one for one in (*said(db, NOT), *others) if one not in own))
    named = tuple(dict.fromkeys(one for one in (*said(db), *own) if one not in denied))
    before = {handle.value for handle in handles.me(db)}
    # An address that is in no mail says nothing of who the user is: a typing error must not spoil the rest.
    seen = tuple(one for one in named if handles.by_value(db, HandleKind.MAIL, one) is not None)
    found = infer(_evidence(evidence.of_user(db), denied), seen)
    # The rest is counted against the addresses found now, so these are flagged first.
    _flag(db, found, named, denied)
    found = infer_rest(found, _evidence(evidence.of_user(db, without_me=True), denied))
    after = _flag(db, found, named, denied)
    meta.put(db, SAID, json.dumps(named))
    meta.put(db, NOT, json.dumps(denied))
    meta.put(db, SURE, int(found.is_sure))
    asked = [value for ask in found.asks for name, value in ask.values if name == "address" and value not in denied]
    meta.put(db, ASKED, json.dumps(asked))
    return before != after


def _flag(db: Db, found: Inference, named: Sequence[str], denied: Sequence[str]) -> set[str]:
    mine = {*named, *found.addresses} - set(denied)
    handles.set_me(db, [(HandleKind.MAIL, address) for address in sorted(mine)])
    return mine


def _evidence(counts: evidence.Counts, denied: Sequence[str]) -> Evidence:
    sent, senders, recipients = (
        {address: number for address, number in lot.items() if address not in denied}
        for lot in (counts.sent_senders, counts.senders, counts.recipients)
    )
    return Evidence(counts.total, counts.sent, sent, senders, recipients, counts.names)
