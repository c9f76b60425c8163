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
SURE = "me_is_sure"


@dataclass(frozen=True, slots=True)
class Self:
    """The user's own addresses, and whether that is sure."""

    addresses: tuple[str, ...]
    is_sure: bool


def said(db: Db) -> tuple[str, ...]:
    """The addresses that the user named with ``--me``, in that order."""
    return tuple(json.loads(meta.get(db, SAID) or "[]"))


def known(db: Db) -> Self:
    """The user's addresses as they are known now."""
    named = said(db)
    others = [handle.value for handle in handles.me(db) if handle.value not in named]
    return Self((*named, *others), bool(meta.get(db, SURE)))


def settle(db: Db, own: Sequence[str]) -> bool:
    """
    Work out the user's addresses from what they said and from all mail. Writes.

    Returns: whether they changed, so that every touch has to be made again.
    """
    named = tuple(dict.fromkeys((*said(db), *own)))
    before = {handle.value for handle in handles.me(db)}
    found = infer(_evidence(evidence.of_user(db)), named)
    # The rest is counted against the addresses found now, so these are flagged first.
    _flag(db, found)
    found = infer_rest(found, _evidence(evidence.of_user(db, without_me=True)))
    _flag(db, found)
    meta.put(db, SAID, json.dumps(named))
    meta.put(db, SURE, int(found.is_sure))
    return before != set(found.addresses)


def _flag(db: Db, found: Inference) -> None:
    handles.set_me(db, [(HandleKind.MAIL, address) for address in found.addresses])


def _evidence(counts: evidence.Counts) -> Evidence:
    return Evidence(
        counts.total, counts.sent, counts.sent_senders, counts.senders, counts.recipients, counts.names
    )
