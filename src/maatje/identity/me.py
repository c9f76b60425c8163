"""
Which addresses are the user's own, from counts alone, and how sure that is.

The user is who sent what lies among sent mail and who got the rest: the one constant party.
A secretary may write from the same mailbox (one of the public mailboxes has several times more sent
mail of hers than of its owner), so sent mail alone decides nothing, and a second address is added
by itself only where it looks like the same person; else maatje asks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from maatje.identity.addresses import handle_rule
from maatje.identity.names import called, parts
from maatje.identity.words import FUNCTIONS, folded
from maatje.model.sentence import Count, Sentence, say

_SURE_SHARE: Final = 0.4
_ANY_SHARE: Final = 0.25
_SURE_LEAD: Final = 2.0
_ALL_SHARE: Final = 0.95
_ALL_LEAD: Final = 1.25
_REST_SHARE: Final = 0.5
_REST_LEAST: Final = 20
_SENT_LEAST: Final = 3
_OFTEN_LEAST: Final = 3
_OFTEN_MOST: Final = 20
_ASK_SHARE: Final = 0.1
_SAID: Final = say("You said so.")
_SPLIT: Final = re.compile(r"[._-]+")


@dataclass(frozen=True, slots=True)
class Evidence:
    """
    Counts over mail messages, each message once; those set aside by a rule left out (crowds may stay).

    ``total``: messages; ``sent``: those with ``Mark.SENT``. ``sent_senders``: by sender, among the
    sent ones; ``senders``: by sender, among all; ``recipients``: among those not marked as sent, by
    each To and Cc address. ``names``: the usual display name of an address, where there is one.
    Only addresses that count for something need be there: the hundred largest of each do.
    """

    total: int
    sent: int = 0
    sent_senders: Mapping[str, int] = field(default_factory=dict)
    senders: Mapping[str, int] = field(default_factory=dict)
    recipients: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def side(self, address: str) -> int:
        """Messages in which the address stands where the user would: sender of sent mail, recipient of the rest."""
        wrote = self.sent_senders if self.sent else self.senders
        return wrote.get(address, 0) + self.recipients.get(address, 0)


@dataclass(frozen=True, slots=True)
class Inference:
    """
    The user's own addresses, the likeliest first; ``reasons`` say why, and ``asks`` what to say with ``--me``.

    ``is_sure`` is False where the user had better confirm: nothing stands out, or an unlike address
    is the constant party of what is left. ``asks`` may hold questions also where it is sure: a
    secretary's address that writes from the same mailbox is not the user's, but might be.
    """

    addresses: tuple[str, ...]
    is_sure: bool
    reasons: tuple[Sentence, ...] = ()
    asks: tuple[Sentence, ...] = ()


def infer(evidence: Evidence, given: Collection[str] = ()) -> Inference:
    """
    The user's own addresses.

    Args:
        evidence: counts over all mail.
        given: what the user said with ``--me``, normalised; always taken, and sure.
    Returns: ``given`` first, then the constant party (where nothing was given), then addresses that
        look like the same person. Empty and unsure where nobody stands out, as in a list's archive.
    """
    found = Inference(tuple(dict.fromkeys(given)), True, (_SAID,)) if given else _constant_party(evidence)
    return _with_likes(found, evidence) if found.addresses else found


def infer_rest(found: Inference, rest: Evidence) -> Inference:
    """
    More of the user's addresses, from the messages in which none of the known ones takes part.

    Args:
        found: what ``infer`` said.
        rest: counts over those messages only. Where one address is the constant party of at least
            twenty of them, it is another address of theirs: added if it looks like the same person, or
        bears the family name at the same host and sent most of what lies among sent mail; else asked.
    """
    if not found.addresses or rest.total < _REST_LEAST:
        return found
    found = _with_likes(found, rest)
    top = _largest(rest, found.addresses)
    if not top or top in found.addresses or rest.side(top) < _REST_SHARE * rest.total:
        return found
    if _is_namesake_at_home(top, found.addresses, rest):
        reason = say("{address} has your name, and sent the rest of your sent mail.", address=top)
        asks = tuple(ask for ask in found.asks if ask != _is_yours(top))
        return replace(found, addresses=(*found.addresses, top), reasons=(*found.reasons, reason), asks=asks)
    return replace(found, is_sure=False, asks=(*found.asks, _is_yours(top)))


def _is_namesake_at_home(address: str, own: Collection[str], rest: Evidence) -> bool:
    """
    Whether an address with the user's family name at the user's host sent more than half of the rest of the sent mail.

    An initial may differ from the known ones ("k..allen" beside "phillip.allen": a middle name); a
    relative at the same host would not fill the user's own folder of sent mail.
    """
    return rest.sent_senders.get(address, 0) > _REST_SHARE * rest.sent and _is_namesake(address, own, rest)


def _is_namesake(address: str, own: Collection[str], evidence: Evidence) -> bool:
    """Whether an address is at a host of the user's and ends in the user's family name."""
    local, _, host = address.partition("@")
    if host not in {one.partition("@")[2] for one in own}:
        return False
    families = {folded(parts(called(evidence.names.get(one, ""), one)).surname).replace(" ", "") for one in own}
    squeezed = _SPLIT.sub("", local.rstrip("0123456789"))
    return any(len(family) >= 3 and squeezed.endswith(family) for family in families)


def _constant_party(evidence: Evidence) -> Inference:
    """The address that stands on the user's side far oftener than any other that is somebody else's."""
    nobody = Inference((), False, (), (say("Which address is yours? Say it with --me ADDRESS."),))
    top = _largest(evidence, ())
    if not top:
        return nobody
    own = _alike_ones([top], evidence)
    side = min(evidence.total, sum(evidence.side(address) for address in own))
    others = (one for one in _everyone(evidence) - set(own) if not _writes_from_here(one, own, evidence))
    second = max((evidence.side(address) for address in others), default=0)
    share = side / max(1, evidence.total)
    # Who takes part in all but everything needs less of a lead: a mailbox may hold one large friendship.
    lead = _ALL_LEAD if share >= _ALL_SHARE else _SURE_LEAD
    if share < _ANY_SHARE or side < lead * second:
        return nobody
    reason = say(
        "{address} takes part in {n} of {total} messages, far more than anybody else.",
        address=top,
        n=Count(evidence.side(top)),
        total=Count(evidence.total),
    )
    # Who never wrote a word may be a list that all this went to.
    is_known = not evidence.senders or any(evidence.senders.get(address) for address in own)
    is_sure = share >= _SURE_SHARE and is_known
    return Inference((top,), is_sure, (reason,), () if is_sure else (_is_yours(top),))


def _writes_from_here(address: str, own: Collection[str], evidence: Evidence) -> bool:
    """
    Whether an address is no rival of the user's: a namesake at the same host whose every word lies among the sent mail.

    A colleague or relative by that name would also have written *to* the user.
    """
    wrote = evidence.sent_senders.get(address, 0)
    return wrote >= _SENT_LEAST and wrote == evidence.senders.get(address, 0) and _is_namesake(address, own, evidence)


def _with_likes(found: Inference, evidence: Evidence) -> Inference:
    """The inference with every address that looks like the same person; unlike ones that write much are asked."""
    own = _alike_ones(found.addresses, evidence)
    new = own[len(found.addresses) :]
    reasons = (*found.reasons, *(say("{address} looks like the same person.", address=address) for address in new))
    writers = sorted(address for address in evidence.sent_senders if address not in own)
    enough = max(_SENT_LEAST, _ASK_SHARE * evidence.sent)
    asked = [address for address in writers if evidence.sent_senders[address] >= enough]
    asks = dict.fromkeys([*found.asks, *(_is_yours(address) for address in asked)])
    return Inference(tuple(own), found.is_sure, reasons, tuple(asks))


def _alike_ones(own: Iterable[str], evidence: Evidence) -> list[str]:
    """The own addresses and all that look like the same person. One may show another: "phillip.k" explains "k."."""
    own = list(own)
    candidates = [address for address in _by_side(evidence) if _is_often(address, evidence)]
    for _ in range(4):
        new = [address for address in candidates if address not in own and _is_alike(address, own, evidence)]
        own += new
        if not new:
            break
    return own


def _is_yours(address: str) -> Sentence:
    return say("Is {address} yours as well? Then say --me {address}.", address=address)


def _everyone(evidence: Evidence) -> set[str]:
    return {address for address in {*evidence.sent_senders, *evidence.senders, *evidence.recipients} if address}


def _by_side(evidence: Evidence) -> list[str]:
    """Every person's address, the most constant party first; equal ones by the alphabet, so that it is repeatable."""
    people = (address for address in _everyone(evidence) if not handle_rule(address))
    return sorted(people, key=lambda address: (-evidence.side(address), address))


def _largest(evidence: Evidence, but: Collection[str]) -> str:
    return next((address for address in _by_side(evidence) if address not in but), "")


def _is_often(address: str, evidence: Evidence) -> bool:
    """Whether an address occurs often enough to be asked whether it is the user's."""
    often = max(_OFTEN_LEAST, min(_OFTEN_MOST, evidence.total // 500))
    return evidence.sent_senders.get(address, 0) >= _SENT_LEAST or evidence.side(address) >= often


def _is_alike(address: str, own: Iterable[str], evidence: Evidence) -> bool:
    """Whether an address looks like the person of the own ones: same name written out, or name and initials in it."""
    own = list(own)
    local = address.partition("@")[0]
    if local in FUNCTIONS:
        return False
    mine = [called(evidence.names.get(one, ""), one) for one in own]
    name = called(evidence.names.get(address, ""), address)
    if " " in name and parts(name).given and folded(name) in {folded(one) for one in mine}:
        return True
    # Elsewhere an initial is not enough: "j.smit" at another host may be a sister.
    is_home = address.partition("@")[2] in {one.partition("@")[2] for one in own}
    families = {folded(parts(one).surname).replace(" ", "") for one in mine}
    given = {folded(parts(one).given.partition(" ")[0]) for one in mine} - {""}
    initials = {letter for one in mine for letter in folded(parts(one).initials)}
    is_common = any(_fits(local, family, set(), initials) for family in families)
    if len(local) >= 3 and not is_common and any(local == one.partition("@")[0] for one in own):
        return True
    if is_home and any(_is_short(local, family, initials) for family in families):
        return True
    some = initials if is_home else set()
    return any(_fits(local, family, given, some) for family in families if len(family) >= 3)


def _is_short(local: str, family: str, initials: set[str]) -> bool:
    """Whether a local part is an initial and a family name cut at eight characters, as old systems did."""
    return len(local) in (7, 8) and local[0] in initials and family.startswith(local[1:])


def _fits(local: str, family: str, given: set[str], initials: set[str]) -> bool:
    """Whether a local part is a family name with the first name or initials of that person and nothing else."""
    bare = local.rstrip("0123456789")
    squeezed = _SPLIT.sub("", bare)
    if not squeezed.endswith(family):
        return False
    before = [word for word in _SPLIT.split(bare[: len(bare) - len(family)]) if word] if bare.endswith(family) else []
    rest = before or ([squeezed[: -len(family)]] if len(squeezed) > len(family) else [])
    if rest and rest[0] in given and all(len(word) == 1 for word in rest[1:]):
        return True
    return bool(rest) and all(word in given or (len(word) <= 3 and set(word) <= initials) for word in rest)
