"""Counts over all mail by which maatje guesses who the user is and which senders are machines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from maatje.model.interaction import Role
from maatje.model.record import Mark
from maatje.model.units import HandleId
from maatje.store.db import Db, rows, value

TOP: Final = 100
"""So many of the most frequent addresses are enough to find the user among."""

SAMPLE: Final = 60_000
"""Of more messages than this only every so-manieth is counted: who the user is shows in a part as well."""

_MAIL: Final = "i.channel = 1 AND i.set_aside IN ('', 'crowd')"
_SENT: Final = f"i.marks & {int(Mark.SENT)} <> 0"
_OTHERS: Final = (
    " AND (i.sender IS NULL OR i.sender NOT IN (SELECT id FROM handles WHERE is_me = 1)) AND NOT EXISTS "
    "(SELECT 1 FROM participants q WHERE q.interaction_id = i.id "
    "AND q.handle_id IN (SELECT id FROM handles WHERE is_me = 1))"
)


@dataclass(frozen=True, slots=True)
class Counts:
    """
    How often each address stands where the user's own would; the ``TOP`` of each.

    ``total`` messages, ``sent`` of them out of folders of sent mail; ``sent_senders`` among those,
    ``senders`` among all, ``recipients`` in To and Cc of the rest; ``names`` the usual display name.
    """

    total: int
    sent: int
    sent_senders: dict[str, int]
    senders: dict[str, int]
    recipients: dict[str, int]
    names: dict[str, str]


def of_user(db: Db, *, without_me: bool = False) -> Counts:
    """The counts over all mail that no rule set aside, or only over mail in which no known own address takes part."""
    if value(db, "SELECT 1 FROM interactions WHERE channel = 1 LIMIT 1") is None:
        return _of_calendar(db, without_me=without_me)
    where = _MAIL + (_OTHERS if without_me else "")
    total, sent = rows(db, f"SELECT count(*), ifnull(sum({_SENT}), 0) FROM interactions i WHERE {where}")[0]  # noqa: S608
    senders = f"SELECT i.sender AS handle, count(*) AS n FROM interactions i WHERE {where} AND i.sender IS NOT NULL"  # noqa: S608
    recipients = (
        "SELECT p.handle_id AS handle, count(*) AS n FROM interactions i JOIN participants p "  # noqa: S608
        f"ON p.interaction_id = i.id AND p.role IN (2, 3) WHERE {where} AND NOT {_SENT}"
    )
    found = [_top(db, f"{senders} AND {_SENT}"), _top(db, senders), _top(db, recipients)]
    return Counts(int(total), int(sent), found[0], found[1], found[2], _names(db, set().union(*found)))


def _of_calendar(db: Db, *, without_me: bool) -> Counts:
    """Where no mail was read: who calls the meetings and who is asked to them, a series counting once."""
    where = "i.channel = 2 AND i.set_aside = ''" + (_OTHERS if without_me else "")
    total = int(value(db, f"SELECT count(DISTINCT i.native_id) FROM interactions i WHERE {where}"))  # noqa: S608
    called = (
        "SELECT i.sender AS handle, count(DISTINCT i.native_id) AS n FROM interactions i "  # noqa: S608
        f"WHERE {where} AND i.sender IS NOT NULL"
    )
    asked = (
        "SELECT p.handle_id AS handle, count(DISTINCT i.native_id) AS n FROM interactions i JOIN participants p "  # noqa: S608
        f"ON p.interaction_id = i.id AND p.role = {int(Role.ATTENDEE)} WHERE {where}"
    )
    senders, recipients = _top(db, called), _top(db, asked)
    return Counts(total, 0, {}, senders, recipients, _names(db, {*senders, *recipients}))


def _top(db: Db, counted: str) -> dict[str, int]:
    return dict(
        rows(
            db,
            f"SELECT h.value, c.n FROM ({counted} GROUP BY handle ORDER BY n DESC LIMIT {TOP}) c "  # noqa: S608
            "JOIN handles h ON h.id = c.handle ORDER BY c.n DESC, h.value",
        )
    )


def _names(db: Db, addresses: set[str]) -> dict[str, str]:
    """The most seen display name of each address that has one."""
    found: dict[str, str] = {}
    for address in sorted(addresses):
        name = value(
            db,
            "SELECT n.name FROM handle_names n JOIN handles h ON h.id = n.handle_id "
            "WHERE h.kind = 'mail' AND h.value = ? ORDER BY n.seen DESC, n.name LIMIT 1",
            (address,),
        )
        if name:
            found[address] = name
    return found


def is_in_mail(db: Db, address: str) -> bool:
    """Whether any message or meeting names this address."""
    found = rows(db, "SELECT id FROM handles WHERE kind = 'mail' AND value = ?", (address,))
    if not found:
        return False
    handle = found[0]
    as_sender = value(db, "SELECT 1 FROM interactions WHERE sender = ? LIMIT 1", handle)
    return bool(as_sender or value(db, "SELECT 1 FROM participants WHERE handle_id = ? LIMIT 1", handle))


@dataclass(frozen=True, slots=True)
class SenderCounts:
    """All that one address ever did: see ``identity.automata.Sender`` for the meaning of each count."""

    handle_id: HandleId
    address: str
    n_in: int
    n_out: int
    n_met: int
    n_replies: int
    by_rule: dict[str, int]
    n_list: int
    n_list_senders: int


def of_senders(db: Db) -> tuple[SenderCounts, ...]:
    """The counts of every address with mail set aside, or to which list mail went; the user's own left out."""
    by_rule, lists = _by_rule(db), _lists(db)
    wanted = by_rule.keys() | lists.keys()
    if not wanted:
        return ()
    wrote, heard, met = _wrote(db), _heard(db), _met(db)
    people = rows(db, "SELECT id, value FROM handles WHERE kind = 'mail' AND is_me = 0 AND kept = 0 ORDER BY id")
    return tuple(
        SenderCounts(
            HandleId(handle),
            address,
            wrote.get(handle, (0, 0))[0],
            heard.get(handle, 0),
            met.get(handle, 0),
            wrote.get(handle, (0, 0))[1],
            by_rule.get(handle, {}),
            *lists.get(handle, (0, 0)),
        )
        for handle, address in people
        if handle in wanted
    )


def _by_rule(db: Db) -> dict[int, dict[str, int]]:
    """Per sender, how many of its messages each rule set aside."""
    found: dict[int, dict[str, int]] = {}
    for handle, rule, n in rows(
        db,
        "SELECT sender, set_aside, count(*) FROM interactions "
        "WHERE set_aside <> '' AND channel = 1 AND sender IS NOT NULL GROUP BY sender, set_aside",
    ):
        found.setdefault(handle, {})[rule] = n
    return found


def _lists(db: Db) -> dict[int, tuple[int, int]]:
    """Per address, the list messages that went to it, and by how many different senders."""
    found = rows(
        db,
        "SELECT p.handle_id, count(*), count(DISTINCT i.sender) FROM interactions i "  # noqa: S608
        "JOIN participants p ON p.interaction_id = i.id AND p.role IN (2, 3) "
        f"WHERE i.channel = 1 AND i.marks & {int(Mark.LIST_ID)} <> 0 GROUP BY p.handle_id",
    )
    return {handle: (n, senders) for handle, n, senders in found}


def _wrote(db: Db) -> dict[int, tuple[int, int]]:
    """Per sender, its messages, and those of them that answer one."""
    found = rows(
        db,
        f"SELECT sender, count(*), sum(marks & {int(Mark.REPLY)} <> 0) FROM interactions "  # noqa: S608
        "WHERE channel = 1 AND sender IS NOT NULL GROUP BY sender",
    )
    return {handle: (n, replies) for handle, n, replies in found}


def _heard(db: Db) -> dict[int, int]:
    """Per address, the user's messages to it."""
    return dict(
        rows(
            db,
            "SELECT p.handle_id, count(*) FROM interactions i JOIN handles m ON m.id = i.sender AND m.is_me = 1 "
            "JOIN participants p ON p.interaction_id = i.id WHERE i.channel = 1 GROUP BY p.handle_id",
        )
    )


def _met(db: Db) -> dict[int, int]:
    """Per address, the meetings with it that count."""
    return dict(
        rows(
            db,
            "SELECT p.handle_id, count(*) FROM interactions i JOIN participants p ON p.interaction_id = i.id "
            "WHERE i.channel = 2 AND i.set_aside = '' GROUP BY p.handle_id",
        )
    )
