"""
The doctor: does the file hold together, and do its caches say what the rest says? Nothing is repaired here.

A damaged file answers with findings, not with an error, as long as it can be opened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

import apsw

from maatje.model.page import Finding
from maatje.model.record import Mark
from maatje.model.sentence import Count, Sentence, say, say_n
from maatje.store import meta
from maatje.store.db import Db, rows, snapshot, value
from maatje.store.interactions import mail_digest


def examine(db: Db, *, deep: bool = False) -> tuple[Finding, ...]:
    """
    All that the doctor looks at, in order: the file's pages, its references, the counts, the words to search by.

    Args:
        deep: also every index against its table, and every message against its digest, which finds
            flipped bits that SQLite does not see; several seconds per million messages.
    Reads everything; writes nothing that stays.
    """
    return tuple(_findings(db, deep))


def _findings(db: Db, deep: bool) -> Iterator[Finding]:
    with snapshot(db):
        yield _guarded("pages", _DAMAGED, partial(_pages, db, deep))
        yield _guarded("references", _DAMAGED, partial(_references, db))
        for check, sql, faulty in _ORPHANS:
            yield _guarded(check, _DAMAGED, partial(_counted, db, check, sql, faulty))
        yield _guarded("attribution", _DAMAGED, partial(_attribution, db))
        yield _guarded("repeated ids", _DAMAGED, partial(_repeated_ids, db))
        if deep:
            yield _guarded("messages", _DAMAGED, partial(_messages, db))
    for table in ("titles", "people", "memory_words"):
        yield _guarded("search " + table, _SEARCH, partial(_search, db, table))


_DAMAGED: Final = say("This part of the file is damaged and could not be read. Bring back a backup.")
_SEARCH: Final = say("The words to search by do not fit the rest: maatje rebuild makes them again.")


def _guarded(check: str, fault: Sentence, look: Callable[[], Finding]) -> Finding:
    """A check's finding; where SQLite itself stumbles, that is the finding."""
    try:
        return look()
    except (apsw.BusyError, apsw.LockedError, apsw.InterruptError):
        raise
    except apsw.Error:
        return Finding(check, False, fault)


def _pages(db: Db, deep: bool) -> Finding:
    said = rows(db, f"PRAGMA {'integrity_check' if deep else 'quick_check'}(20)")
    if said == [("ok",)]:
        return Finding("pages", True, say("Every page of the file is whole."))
    fault = say_n("The file is damaged in one place.", "The file is damaged in {n} places.", len(said))
    return Finding("pages", False, fault)


def _references(db: Db) -> Finding:
    broken = len(rows(db, "PRAGMA foreign_key_check"))
    if broken:
        fault = say_n("One row points at nothing.", "{n} rows point at nothing.", broken)
        return Finding("references", False, fault)
    return Finding("references", True, say("Every row points at something that is there."))


_ORPHANS: Final[tuple[tuple[str, str, tuple[str, str]], ...]] = (
    (
        "touches",
        "SELECT count(*) FROM touches t WHERE NOT EXISTS (SELECT 1 FROM interactions i WHERE i.id = t.interaction_id "
        "AND i.at = t.at) OR NOT EXISTS (SELECT 1 FROM handles h WHERE h.id = t.handle_id)",
        ("One contact moment has lost its message.", "{n} contact moments have lost their message."),
    ),
    (
        "contacts",
        "SELECT count(*) FROM contacts c WHERE c.root_id = c.id AND NOT EXISTS "
        "(SELECT 1 FROM handles h WHERE h.contact_id = c.id)",
        ("One contact has no address.", "{n} contacts have no address."),
    ),
    (
        "handles",
        "SELECT count(*) FROM handles h WHERE h.contact_id IS NULL AND h.is_me = 0 "
        "AND EXISTS (SELECT 1 FROM touches t WHERE t.handle_id = h.id)",
        ("One address belongs to nobody.", "{n} addresses belong to nobody."),
    ),
    (
        "states",
        "SELECT count(*) FROM tie_states s WHERE NOT EXISTS "
        "(SELECT 1 FROM handles h JOIN touches t ON t.handle_id = h.id WHERE h.contact_id = s.contact_id)",
        ("One tie is kept without any contact moment.", "{n} ties are kept without any contact moment."),
    ),
)


def _counted(db: Db, check: str, sql: str, faulty: tuple[str, str]) -> Finding:
    count = int(value(db, sql))
    if count:
        return Finding(check, False, say_n(*faulty, count))
    return Finding(check, True, _FITS[check])


_FITS: Final = {
    "touches": say("Every contact moment has its message."),
    "contacts": say("Every contact has an address."),
    "handles": say("Every address with contact moments belongs to somebody."),
    "states": say("Every tie rests on contact moments."),
}


def _attribution(db: Db) -> Finding:
    due = int(value(db, "SELECT count(*) FROM due"))
    due += int(value(db, "SELECT count(*) FROM interactions WHERE id > ?", (meta.get(db, meta.ATTRIBUTED_TO) or 0,)))
    if due:
        fault = say_n("One message was not worked out yet.", "{n} messages were not worked out yet.", due)
        return Finding("attribution", False, fault)
    counted, seen = rows(
        db, "SELECT (SELECT count(*) FROM interactions), (SELECT count(DISTINCT interaction_id) FROM touches)"
    )[0]
    told = say("{total} messages and meetings were read; {seen} of them count.", total=Count(counted), seen=Count(seen))
    return Finding("attribution", True, told)


def _repeated_ids(db: Db) -> Finding:
    """Different messages under one Message-ID: kept, and told, since some program wrote them wrongly."""
    repeated = int(
        value(
            db,
            "SELECT ifnull(sum(n), 0) FROM (SELECT count(*) - 1 AS n FROM interactions "
            "WHERE channel = 1 AND message_key <> 0 GROUP BY message_key HAVING n > 0)",
        )
    )
    if not repeated:
        return Finding("repeated ids", True, say("No two different messages share one id."))
    told = say_n(
        "One message shares its id with a different one; both are kept.",
        "{n} messages share their id with a different one; all are kept.",
        repeated,
    )
    return Finding("repeated ids", True, told)


def _messages(db: Db) -> Finding:
    """Each message against its digest. Passed over: without a title, and with somebody forgotten."""
    wrong = 0
    names = dict(rows(db, "SELECT id, value FROM handles"))
    trimmed = int(Mark.TRIMMED)
    found = db.execute(
        "SELECT i.digest, i.sender, i.at, i.title, (SELECT group_concat(p.handle_id) FROM participants p "
        "WHERE p.interaction_id = i.id AND p.role IN (2, 3)) FROM interactions i WHERE i.channel = 1 AND i.title <> '' "
        "AND i.marks & ? = 0",
        (trimmed,),
    )
    for digest, sender, at, title, handles in found:
        recipients = [names.get(int(one), "") for one in handles.split(",")] if handles else []
        wrong += mail_digest(names.get(sender, ""), at, recipients, title) != digest
    if wrong:
        fault = say_n("One message is not as it was written.", "{n} messages are not as they were written.", wrong)
        return Finding("messages", False, fault)
    return Finding("messages", True, say("Every message is as it was written."))


_FITTING: Final = {
    "titles": say("The words of subjects and meetings are findable."),
    "people": say("The words of names and addresses are findable."),
    "memory_words": say("The words of memories are findable."),
}


def _search(db: Db, table: str) -> Finding:
    # An "insert" of this kind only compares, but SQLite takes it for a write.
    was_barred = value(db, "PRAGMA query_only")
    db.execute("PRAGMA query_only = OFF")
    try:
        db.execute(f"INSERT INTO {table}({table}, rank) VALUES ('integrity-check', 1)")  # noqa: S608  # table: ours
    finally:
        db.execute(f"PRAGMA query_only = {was_barred}")
    return Finding("search " + table, True, _FITTING[table])
