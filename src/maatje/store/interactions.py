"""
Interactions as they come in: each message once, whatever folders, archives and copies it lies in.

What makes two records one message is their digest: sender, instant, addressees and subject. A copy
adds what only it knows (a blind copy, a mark, a missing title), so that the order of import does
not matter. Meetings are in ``meetings.py``.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

import apsw

from maatje.errors import N_, UserError
from maatje.model.contact import HandleKind
from maatje.model.interaction import CROWD, Channel, Role
from maatje.model.record import Mail, Mark, Party
from maatje.model.units import ContactId, InteractionId, Seconds
from maatje.store import meta, touches
from maatje.store.bounces import note_bounces
from maatje.store.db import Db, row, rows, value
from maatje.store.handles import HandleBook

MailRow: TypeAlias = tuple[
    bytes, int, str, str, str, int, int, str, int, int, str, int, tuple[tuple[int, str, str], ...], tuple[str, ...]
]
"""
A message ready to be written, of plain built-in values only, so that it crosses a process cheaply.

digest, at, sender's address and name ("" without a sender), subject, recipients, marks, rule,
message key, reply key, Message-ID, place, the parties as (role, address, name), and the addresses
of which it reports that mail to them came back.
"""


class AddCount(NamedTuple):
    """
    What became of a batch: ``new`` rows, ``known`` before (or twice in the batch), ``updated`` by
    what a copy or newer version knew; of the new ones, ``automata`` and ``crowds`` were set aside.
    """

    new: int = 0
    known: int = 0
    updated: int = 0
    automata: int = 0
    crowds: int = 0


def mail_digest(sender: str, at: Seconds, recipients: Iterable[str], subject: str) -> bytes:
    """
    By what a message is known again: 16 bytes, the same for every copy of it.

    Args:
        sender: its address, "" where it has none. at: the instant of its Date. recipients: the
        addresses in To and Cc, any order, repetitions count once. subject: as read.
    """
    text = "\x1f".join(["mail", sender, str(at), *sorted(set(recipients)), "", subject])
    # The instant comes first: mail lies in boxes in order of time, so that new rows fall side by side
    # in the index. A bare hash dirties every page of it in every batch (measured: 28 MB a batch).
    hashed = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=11).digest()
    return (at % _FIVE_BYTES).to_bytes(5, "big") + hashed


_FIVE_BYTES: Final = 1 << 40


def key(native_id: str) -> int:
    """A native id as a signed 64-bit number, for joining answers to what they answer; 0 for ""."""
    if not native_id:
        return 0
    digest = hashlib.blake2b(native_id.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def mail_row(mail: Mail, rule: str) -> MailRow:
    """
    A message ready for ``add_mail``; pure, so that the worker that read the message can do it.

    Args:
        mail: as a source read it, addresses normalised. rule: the rule that sets it aside, or "".
    """
    sender = mail.sender or _NOBODY
    addressees = [party.address for party in mail.to]
    addressees += [party.address for party in mail.cc]
    parties = [(2, party.address, party.name) for party in mail.to]
    parties += [(3, party.address, party.name) for party in mail.cc]
    parties += [(4, party.address, party.name) for party in mail.bcc]
    return (
        mail_digest(sender.address, mail.at, addressees, mail.subject),
        mail.at, sender.address, sender.name, mail.subject, mail.recipients, int(mail.marks), rule,
        key(mail.native_id), key(mail.answers), mail.native_id, mail.place, tuple(parties), mail.failed,
    )  # fmt: skip


_NOBODY: Final = Party("", "")
_LIES: Final = int(Mark.LIES)
_BCC: Final = int(Role.BCC)


def set_aside(rule: str, marks: int, recipients: int) -> str:
    """The rule that keeps a message out of every sum, or "": a lie before an automaton before a crowd."""
    if marks & _LIES:
        return "lying-sender"
    return rule or ("crowd" if recipients > CROWD else "")


def _own_rule(row: MailRow) -> str:
    """The rule without what follows from marks and recipients, which copies add up: those are judged again."""
    return "" if row[7] in _JUDGED else row[7]


_JUDGED: Final = ("crowd", "lying-sender")


def _combined(one: MailRow, copy: MailRow) -> MailRow:
    """One message of two copies in a batch: what both say, whichever came first."""
    parties = one[12]
    # To and Cc are the same by the digest; blind copies stand in the sender's own copy alone.
    if _has_blind(copy):
        parties = tuple(dict.fromkeys((*parties, *(party for party in copy[12] if party[0] == _BCC))))
    rule = min(_own_rule(one), _own_rule(copy))
    return (*one[:5], max(one[5], copy[5]), one[6] | copy[6], rule, *one[8:12], parties, one[13] or copy[13])


def add_mail(
    db: Db, book: HandleBook, source_id: int, rows: Sequence[MailRow], *, keep_subjects: bool = True
) -> AddCount:
    """
    Write those messages that are not there yet, with participants, names and words to search by.

    Args:
        rows: from ``mail_row``, any order. keep_subjects: False stores no subject (the digest still
            knows it).
    Writes; call it in a transaction. Safe to repeat: a message known already adds nothing, unless
    this copy knows more of it. Returns: the counts of this batch.
    """
    if not rows:
        return AddCount()
    book.refresh(db)
    given = len(rows)
    if book.barred:
        rows = book.barred.mails(rows)
    known = _known(db, tuple({one[0] for one in rows}))
    fresh: dict[bytes, MailRow] = {}
    copies: list[tuple[int, MailRow]] = []
    for one in rows:
        digest = one[0]
        if digest in known:
            copies.append((known[digest], one))
        else:
            fresh[digest] = _combined(fresh[digest], one) if digest in fresh else one
    automata, crowds = _insert(db, book, source_id, fresh.values(), keep_subjects)
    updated = _absorb(db, book, copies, keep_subjects) if copies else 0
    note_bounces(db, book, [(address, one[1]) for one in rows for address in one[13]])
    book.flush(db)
    return AddCount(len(fresh), given - len(fresh), updated, automata, crowds)


def _known(db: Db, digests: tuple[bytes, ...]) -> dict[bytes, int]:
    found = db.execute(
        "SELECT i.digest, i.id FROM carray(?) c CROSS JOIN interactions i ON i.digest = c.value",
        (apsw.carray(digests),),
    )
    return dict(found)


def next_id(db: Db) -> int:
    """The id of the next interaction; never one that was used and attributed before, though it be deleted."""
    top = value(db, "SELECT ifnull(max(id), 0) FROM interactions")
    return max(int(top), int(meta.get(db, meta.ATTRIBUTED_TO) or 0)) + 1


def _insert(db: Db, book: HandleBook, source_id: int, fresh: Iterable[MailRow], keep_subjects: bool) -> tuple[int, int]:
    """Write new messages; returns how many are by automata, and how many are crowds. The hot path: plain loops."""
    lookup, kept, names, kind = book.known(HandleKind.MAIL).get, book.kept, book.names, HandleKind.MAIL
    out: list[tuple[Any, ...]] = []
    participants: list[tuple[int, int, int]] = []
    words: list[tuple[int, str]] = []
    number = next_id(db)
    for (
        digest,
        at,
        address,
        name,
        subject,
        recipients,
        marks,
        rule,
        message,
        answers,
        native_id,
        place,
        parties,
        _,
    ) in fresh:
        sender = None
        if address:
            sender = lookup(address) or book.id(kind, address)
            if name:
                names[sender, name] = names.get((sender, name), 0) + 1
        for role, party, party_name in parties:
            handle = lookup(party) or book.id(kind, party)
            participants.append((number, handle, role))
            if party_name:
                names[handle, party_name] = names.get((handle, party_name), 0) + 1
        aside = set_aside(rule, marks, recipients)
        is_kept = int(aside != "" and sender in kept and aside not in touches.NEVER_KEPT)
        title = subject if keep_subjects else ""
        if title and (not aside or is_kept):
            words.append((number, title))
        out.append(
            (number, at, sender, title, recipients, marks, aside, is_kept, digest, message, answers, source_id,
             native_id, place)
        )  # fmt: skip
        number += 1
    book.flush_handles(db)
    db.executemany(_INSERT, out)
    insert_participants(db, participants)
    index_titles(db, words)
    asides = [one[6] for one in out if one[6]]
    return len(asides) - asides.count("crowd"), asides.count("crowd")


_INSERT: Final = """
INSERT INTO interactions(id, at, channel, sender, title, recipients, marks, set_aside, kept, digest, message_key,
  reply_key, source_id, native_id, offset) VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def insert_participants(db: Db, found: Sequence[tuple[int, int, int]]) -> None:
    """Write participants (interaction, handle, role), ascending by interaction; those there already stay. Writes."""
    db.executemany("INSERT OR IGNORE INTO participants(interaction_id, handle_id, role) VALUES (?, ?, ?)", found)


def index_titles(db: Db, words: Sequence[tuple[int, str]]) -> None:
    """Make the titles of new interactions findable (id, title). Writes; not safe to repeat."""
    db.executemany("INSERT INTO titles(rowid, title) VALUES (?, ?)", words)


def _absorb(db: Db, book: HandleBook, copies: Sequence[tuple[int, MailRow]], keep_subjects: bool) -> int:
    """What copies of known messages know more: marks, recipients, blind copies, a title; returns how many gained."""
    ids = tuple({number for number, _ in copies})
    bound = apsw.carray(_int64(ids))
    state = {
        one[0]: list(one[1:])
        for one in db.execute(
            "SELECT i.id, i.title, i.recipients, i.marks, i.set_aside "
            "FROM carray(?) c CROSS JOIN interactions i ON i.id = c.value",
            (bound,),
        )
    }
    before = {number: tuple(facts) for number, facts in state.items()}
    there = set(_blind(db, ids)) if any(_has_blind(row) for _, row in copies) else set()
    gained: set[tuple[int, int, int]] = set()
    for number, copy in copies:
        _merge(state[number], copy, keep_subjects)
        for role, address, name in copy[12] if _has_blind(copy) else ():
            party = (number, int(book.id(HandleKind.MAIL, address)), role)
            if role == _BCC and party not in there:
                gained.add(party)
                if name:
                    book.saw(party[1], name)
                there.add(party)
    changed = {number for number, facts in state.items() if tuple(facts) != before[number]} | {one[0] for one in gained}
    if changed:
        touches.revoke(db, sorted(changed))
        book.flush_handles(db)
        db.executemany(
            "UPDATE interactions SET title = ?, recipients = ?, marks = ?, set_aside = ? WHERE id = ?",
            [(*state[number], number) for number in sorted(changed)],
        )
        insert_participants(db, sorted(gained))
    return len(changed)


def _has_blind(row: MailRow) -> bool:
    return any(party[0] == _BCC for party in row[12])


def _int64(ids: Iterable[int]) -> Any:
    return array("q", ids)


def _blind(db: Db, ids: Sequence[int]) -> list[tuple[int, int, int]]:
    found = rows(
        db,
        "SELECT p.interaction_id, p.handle_id, p.role FROM carray(?) c "
        "CROSS JOIN participants p ON p.interaction_id = c.value WHERE p.role = 4",
        (apsw.carray(_int64(ids)),),
    )
    return [(one[0], one[1], one[2]) for one in found]


def _merge(facts: list[Any], copy: MailRow, keep_subjects: bool) -> None:
    """Fold a copy into title, recipients, marks, set_aside; the same whichever of the two came first."""
    title, recipients, marks, aside = facts
    marks |= copy[6]
    recipients = max(recipients, copy[5])
    rule = "" if aside in ("", "crowd") else aside
    if rule != "lying-sender":
        rule = min(rule, _own_rule(copy))
    facts[:] = (title or (copy[4] if keep_subjects else ""), recipients, marks, set_aside(rule, marks, recipients))


def add_encounter(
    db: Db, contact_id: ContactId, at: Seconds, *, channel: Channel = Channel.ENCOUNTER, title: str = ""
) -> InteractionId:
    """
    The user's own word that they spoke with somebody. Writes; the same twice at one instant is one.

    ``touches.attribute(db, everything=False)`` must follow.
    Raises: UserError: nobody by this id, or without any handle.
    """
    handle = row(
        db, "SELECT id, kind, value FROM handles WHERE contact_id = ? AND is_me = 0 ORDER BY id LIMIT 1", (contact_id,)
    )
    if handle is None:
        raise UserError(N_("There is nobody number {number}."), number=str(contact_id))
    text = "\x1f".join([channel.name.lower(), handle[1], handle[2], str(at)])
    digest = hashlib.blake2b(text.encode(), digest_size=16).digest()
    known = value(db, "SELECT id FROM interactions WHERE digest = ?", (digest,))
    if known is not None:
        return InteractionId(int(known))
    number = next_id(db)
    db.execute(
        "INSERT INTO interactions(id, at, channel, title, recipients, digest) VALUES (?, ?, ?, ?, 1, ?)",
        (number, at, int(channel), title, digest),
    )
    insert_participants(db, [(number, handle[0], int(Role.ATTENDEE))])
    if title:
        index_titles(db, [(number, title)])
    return InteractionId(number)
