"""
What changed about somebody: another employer, another title, an address that is dead.

A changed employer is the best natural reason for a greeting, and a wrong one the worst. So a change
is told only with what says it, in that source's own words: every name in it stands in the input, and
what could be one organisation in two spellings is no change. Pure: the clock is an argument.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from maatje.identity.change import Change, ChangeKind, Evidence, Facts, Revision, Signed
from maatje.identity.organisations import may_be_one_domain, may_be_one_name, organisation_domain
from maatje.identity.words import folded
from maatje.model.sentence import MonthOf, say, say_n
from maatje.model.units import DAY, Days, Seconds

_OWN: Final = 4

NEWS: Final = Days(400.0)
"""Changes older than this are no news."""

FEW: Final = 3
"""Fewer messages from a domain are no evidence, neither of a beginning nor of an end."""

OVERLAP: Final = Days(60.0)
"""So long somebody may still write from the old address beside the new one."""

SILENT: Final = Days(60.0)
"""After so long without a word from the old address it has fallen silent."""

LASTING: Final = Days(14.0)
"""The span of the messages from a new domain, at least: one thread in one week is no job."""

ACCEPTED: Final = Days(7.0)
"""Mail to an address this long after it bounced, that did not bounce again, was taken in."""


Field = Literal["organisation", "title"]


def changes(facts: Facts, now: Seconds, window: Days = NEWS) -> tuple[Change, ...]:
    """
    What changed lately about one contact, the best reason for a greeting first.

    Args:
        facts: what is known. now: the present. window: how far back a change is news; scalar, > 0.
    Returns: employer, then title, then domain, then dead addresses; the newest first within each.
        An employer told by a card is not told again by a signature or a domain. () where nothing is.
    """
    told = _by_cards(facts.revisions, now)
    signed = facts.signed
    if signed is not None and signed.at <= now:
        told += _by_signature(signed, facts.revisions)
    if not any(change.kind is ChangeKind.EMPLOYER and _is_news(change, now, window) for change in told):
        told += _by_domain(facts, now)
    told += _dead(facts, now)
    news = [change for change in told if _is_news(change, now, window)]
    order = list(ChangeKind)
    return tuple(
        sorted(news, key=lambda change: (order.index(change.kind), -change.since, change.before, change.after))
    )


def _is_news(change: Change, now: Seconds, window: Days) -> bool:
    return 0 <= now - change.since <= window * DAY


class _Said(NamedTuple):
    """
    A value that a card came to have at ``at``, 0 for a first state without a date.

    ``still`` is the REV of that card's last state where it still says so, else 0.
    """

    at: Seconds
    value: str
    state: Revision
    still: Seconds


def _by_cards(revisions: Sequence[Revision], now: Seconds) -> list[Change]:
    """The last change of organisation and of title that cards tell."""
    told: list[Change] = []
    employer = _last_change(_history(revisions, "organisation", now))
    if employer is not None:
        told.append(_told_by_card(ChangeKind.EMPLOYER, *employer))
    title = _last_change(_history(revisions, "title", now))
    # A title that came with the employer is told in its sentence.
    if title is not None and (employer is None or employer[1].state is not title[1].state):
        told.append(_told_by_card(ChangeKind.TITLE, *title))
    return told


def _told_by_card(kind: ChangeKind, before: _Said, after: _Said) -> Change:
    title = after.state.title.strip() if kind is ChangeKind.EMPLOYER else ""
    # A name may end with a full stop of its own, so that no sentence ends with one.
    earlier = say("card of {month}", month=MonthOf(before.at)) if before.at > 0 else say("earlier card")
    if title:
        sentence = say(
            "Now {title} at {after} (card of {month}), before at {before} ({earlier}).",
            title=title, after=after.value, before=before.value, month=MonthOf(after.at), earlier=earlier,
        )  # fmt: skip
    elif kind is ChangeKind.EMPLOYER:
        sentence = say(
            "Now at {after} (card of {month}), before at {before} ({earlier}).",
            after=after.value, before=before.value, month=MonthOf(after.at), earlier=earlier,
        )  # fmt: skip
    else:
        sentence = say(
            "Now {after} (card of {month}), before {before} ({earlier}).",
            after=after.value, before=before.value, month=MonthOf(after.at), earlier=earlier,
        )  # fmt: skip
    return Change(kind, sentence, after.at, Evidence.CARD, before.value, after.value)


def _states(revisions: Sequence[Revision]) -> list[list[Revision]]:
    """The states of each card, as they were seen."""
    by_card: dict[int, list[Revision]] = {}
    for revision in sorted(revisions, key=lambda one: (one.card, one.seen, one.revised)):
        by_card.setdefault(revision.card, []).append(revision)
    return list(by_card.values())


def _history(revisions: Sequence[Revision], field: Field, now: Seconds) -> list[_Said]:
    """
    What cards came to say of a field, oldest first.

    A card's first state without a date is as old as can be, and counts only where a later state of
    the same card follows: of two cards of unknown age nobody knows which one is right. A state that
    says what its card said before (a new telephone number) is nothing new.
    """
    said: list[_Said] = []
    for states in _states(revisions):
        last = ""
        for number, state in enumerate(states):
            value = _value(state, field)
            at = state.revised if state.revised > 0 else state.seen if number else Seconds(0)
            if not value or value == last or at > now or (at <= 0 and len(states) < 2):
                continue
            last = value
            newest = states[-1]
            said.append(_Said(at, value, state, newest.revised if _value(newest, field) == value else Seconds(0)))
    return sorted(said, key=lambda one: (one.at, one.state.seen, one.value))


def _last_change(history: Sequence[_Said]) -> tuple[_Said, _Said] | None:
    """
    The last two values that differ for sure; the later one with its newest spelling, from when it was first said.

    None where another card that was revised since still says the earlier one: then nobody knows.
    """
    if not history:
        return None
    after = history[-1]
    for before in reversed(history[:-1]):
        if not may_be_one_name(before.value, after.value):
            return (before, after) if before.at < after.at and before.still <= after.at else None
        after = before._replace(value=history[-1].value)
    return None


def _by_signature(signed: Signed, revisions: Sequence[Revision]) -> list[Change]:
    """Where the signature under the newest mail names an organisation or title that no card ever had."""
    told: list[Change] = []
    pairs: tuple[tuple[ChangeKind, Field, str], ...] = (
        (ChangeKind.EMPLOYER, "organisation", signed.organisation.strip()),
        (ChangeKind.TITLE, "title", signed.title.strip()),
    )
    for kind, field, after in pairs:
        said = [(state.revised, state.seen, value) for state in revisions if (value := _value(state, field))]
        if not after or not said or any(may_be_one_name(value, after) for _, _, value in said):
            continue
        revised, _, before = max(said)
        if revised >= signed.at:
            continue
        sentence = say(
            "Their mail of {month} is signed {after}; {before} is on their card.",
            after=after, before=before, month=MonthOf(signed.at),
        )  # fmt: skip
        told.append(Change(kind, sentence, signed.at, Evidence.SIGNATURE, before, after))
    return told


def _value(state: Revision, field: Field) -> str:
    return (state.organisation if field == "organisation" else state.title).strip()


class _Domain(NamedTuple):
    """What came from one organisation's addresses: its domain as last used, and the span."""

    name: str
    first: Seconds
    last: Seconds
    n: int


def _by_domain(facts: Facts, now: Seconds) -> list[Change]:
    """Where one organisation's addresses fell silent as another's began."""
    found = [one for one in _domains(facts, now) if one.n >= FEW]
    if len(found) < 2:
        return []
    new = max(found, key=lambda one: (one.first, one.name))
    olds = [one for one in found if one is not new]
    old = max(olds, key=lambda one: (one.last, one.name))
    if new.last - new.first < LASTING * DAY or now - old.last < SILENT * DAY:
        return []
    # The latest of the others decides: as long as any of them lives on, nothing took over.
    if old.last > new.first + OVERLAP * DAY or old.last >= new.last:
        return []
    sentence = say(
        "Writes from {after} since {since}; from {before} last in {last}.",
        after=new.name, before=old.name, since=MonthOf(new.first), last=MonthOf(old.last),
    )  # fmt: skip
    return [Change(ChangeKind.DOMAIN, sentence, new.first, Evidence.MAIL, old.name, new.name)]


def _domains(facts: Facts, now: Seconds) -> list[_Domain]:
    """The organisations somebody wrote from, those that may be one joined; providers and own domains left out."""
    joined: list[_Domain] = []
    for use in sorted(facts.uses, key=lambda one: (one.last_in, one.address)):
        domain = organisation_domain(use.address.rpartition("@")[2])
        if not domain or use.n_in < 1 or not 0 < use.first_in <= use.last_in <= now or _is_own(domain, facts.name):
            continue
        here = _Domain(domain, use.first_in, use.last_in, use.n_in)
        rest: list[_Domain] = []
        for one in joined:
            if may_be_one_domain(one.name, domain):
                here = _Domain(domain, min(one.first, here.first), max(one.last, here.last), one.n + here.n)
            else:
                rest.append(one)
        joined = [*rest, here]
    return joined


def _is_own(domain: str, name: str) -> bool:
    """Whether a domain is made of somebody's own name."""
    label = domain.partition(".")[0].replace("-", "")
    return any(len(word) >= _OWN and word in label for word in folded(name).replace("-", " ").split())


def _dead(facts: Facts, now: Seconds) -> list[Change]:
    """Addresses to which mail came back, and from which nothing came since."""
    uses = {use.address: use for use in facts.uses}
    told = []
    for bounce in facts.bounces:
        use = uses.get(bounce.address)
        # Only mail the user wrote can have come back; a report of other mail is somebody else's, or a lie.
        if use is None or use.n_out < 1 or bounce.n < 1 or bounce.at > now:
            continue
        if use.last_in > bounce.at or use.last_out > bounce.at + ACCEPTED * DAY:
            continue
        sentence = say_n(
            "Mail to {address} came back in {month}, and nothing came from it since.",
            "Mail to {address} came back {n} times, last in {month}, and nothing came from it since.",
            bounce.n,
            address=bounce.address,
            month=MonthOf(bounce.at),
        )
        told.append(Change(ChangeKind.DEAD_ADDRESS, sentence, bounce.at, Evidence.BOUNCE, before=bounce.address))
    return told
