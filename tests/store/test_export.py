"""The complete export: everything out, into an empty store, and it holds the same."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.store_making import (
    JAN,
    ME,
    NOW,
    PIA,
    TOM,
    add,
    add_cards,
    add_meetings,
    card,
    fresh,
    handle,
    mail,
    meeting,
    settle,
    who,
)

from maatje.errors import PathError, UserError
from maatje.model import document
from maatje.model.document import SECTIONS, Header, Row
from maatje.model.record import Answer, Card, Mark, Origin, Party, Problem, Property
from maatje.model.units import ContactId, HandleId, Seconds
from maatje.sources import own_json
from maatje.store import (
    contacts,
    dump,
    export,
    handles,
    interactions,
    load,
    meta,
    notes,
    overlay,
    parts,
    search,
    sources,
    tombstones,
)
from maatje.store.db import Db, connect, rows, transaction
from maatje.store.interactions import mail_row

GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


def full() -> Db:
    """A store with something in every table that is not a cache."""
    db = fresh()
    robot = Party("Krant", "krant@example.org")
    add(
        db,
        mail(10, JAN, [ME], 'Een, "twee"\u2028drie'), mail(20, ME, [JAN, PIA], bcc=[TOM]),
        mail(30, ME, [JAN], cc=[TOM]),
        mail(40, JAN, [ME], marks=int(Mark.REPLY), native_id="é"), (mail(50, robot, [ME], "Nieuws"), "newsletter"),
    )  # fmt: skip
    add_meetings(db, meeting("u1", 60, [(ME, Answer.NONE), (PIA, Answer.ACCEPTED), (TOM, Answer.DECLINED)]))
    more = {"organisation": "Haven", "title": "Loods", "birthday": "--03-07", "note": "Regel\nen meer", "photo": GIF}
    props = (Property("FN", "Jan de Proef"), Property("X-THING", "1", (("P", ("a", "b")),), "item1"))
    add_cards(
        db,
        (card("Jan de Proef", uid="c1", revised=5, organisation="Kade"), ["jan@example.org"]),
        (card("Jan de Proef", uid="c1", revised=9, properties=props, **more), ["jan@example.org", "+31612345678"]),
        (card("Zonder", note="niets"), []), (card("Groep", is_group=True), ["pia@example.net"]),
    )  # fmt: skip
    settle(db)
    jan, pia, tom = (ContactId(who(db, one.address)) for one in (JAN, PIA, TOM))
    with transaction(db):
        parts.merge(db, jan, pia)
        parts.say_different(db, [handle(db, JAN.address)], [handle(db, TOM.address)], NOW)
        overlay.edit(db, tom, "name", "Tom de Tester", NOW)
        notes.remember(db, pia, 'De "boot"', Seconds(3))
        notes.remember(db, tom, "Samen gezeild", Seconds(3))
        notes.dismiss(db, tom, "not-now", Seconds(1), Seconds(9))
        notes.note_suggestions(db, "2026-W24", "greeting", [jan, tom], Seconds(4))
        notes.set_quiet(db, "2026-W30", on=True)
        contacts.set_circle(db, pia, 15)
        contacts.set_leave_alone(db, tom, on=True)
        handles.keep(db, HandleId(handle(db, robot.address)), kept=True)
        tombstones.put(db, [("mail", "weg@example.org")], ["uid-weg"], NOW)
        meta.put(db, "me_said", '["ada@example.org"]')
        meta.put(db, "measured", 0.5)
        number = sources.find(db, "post.mbox")
        assert number is not None
        sources.note_items(db, number.id, ["cur/1", "cur/2"])
        sources.note_problems(db, number.id, [Problem(Origin("post.mbox"), "byte 4", "Stuk.")])
        overlay.trust(db, number.id)
        db.execute("INSERT INTO bounces(handle_id, at) VALUES (?, 7)", (handle(db, TOM.address),))
        _occasions(db, tom, interactions.add_encounter(db, tom, Seconds(70), title="Op de kade"))
    settle(db)
    return db


def taken(db: Db, tmp_path: Path) -> Path:
    """The store's complete export in a file."""
    path = tmp_path / "maatje.json"
    path.write_text("".join(own_json.lines(export.header(db), export.rows(db))), encoding="utf-8", newline="")
    return path


def loaded(path: Path) -> Db:
    """An empty store that the file was read into."""
    db = connect(":memory:")
    with own_json.opened(path) as (_, found), transaction(db):
        load.load(db, found)
    return db


def test_everything_comes_back(tmp_path: Path) -> None:
    """A store with something in every table is the same after export and load, and when caches are made again."""
    db = full()
    again = loaded(taken(db, tmp_path))
    assert dump.parts(again) == dump.parts(db)
    settle(again, everything=True)
    assert dump.parts(again) == dump.parts(db)
    with own_json.opened(taken(db, tmp_path)) as (head, _):
        assert head.digest == dump.digest(again)
        assert {name for name, _ in head.counts} == set(SECTIONS)


OF_OCCASIONS = (
    "occasions", "figures", "guests", "guest_candidates", "encounters", "taps", "promises", "introductions", "coffees",
    "faces", "yields", "yield_contacts", "experiments", "lots",
)  # fmt: skip


def _occasions(db: Db, contact: int, encounter: int) -> None:
    """One row in every table of occasions, each with a value in every column; within a transaction."""
    numbers = dict.fromkeys(["contact_id", "via_id", "to_id", "other_id"], contact) | {"interaction_id": encounter}
    for table in OF_OCCASIONS:
        columns = [(name, kind) for _, name, kind, *_ in db.execute(f"PRAGMA table_info({table})")]
        row = [{"TEXT": name, "REAL": 0.5}.get(kind, numbers.get(name, 1)) for name, kind in columns]
        db.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)


def test_what_the_digest_does_not_say_comes_back_too(tmp_path: Path) -> None:
    """Rows that no digest sums up come back: sources, what was read of them, problems, facts, bodies of cards."""
    db = full()
    again = loaded(taken(db, tmp_path))
    assert list(export.rows(again)) == list(export.rows(db))
    assert sources.every(again) == sources.every(db)
    assert contacts.names(again) == contacts.names(db)
    assert overlay.photo(again, ContactId(1)) == overlay.photo(db, ContactId(1)) == GIF
    assert search.find(again, "kade") == search.find(db, "kade")
    assert tombstones.Barred(again).has("mail", "weg@example.org")


def test_no_table_is_forgotten() -> None:
    """Every table and column of the schema is exported, or named as a cache that is left out."""
    db = full()
    tables = {name for (name,) in rows(db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql <> ''")}
    tables = {name for name in tables if not name.startswith((*(f"{one}_" for one in _WORDS), "sqlite_"))}
    assert tables - export.LEFT_OUT == {*export.TABLES.values(), "meta", "card_handles", "participants"}
    for name, kind in SECTIONS.items():
        if name != "facts":
            table = export.TABLES[name]
            columns = {column for _, column, *_ in db.execute(f"PRAGMA table_info({table})")}
            fields = set(kind._fields) - {"handles", "participants"}
            assert len(columns - _GIVEN_ANEW.get(table, set())) == len(fields), table


_WORDS = ("titles", "people", "memory_words")
_NUMBERED = ("sources", "problems", "cards", "interactions", "memories")
_GIVEN_ANEW = {
    **{table: {"id"} for table in _NUMBERED},
    "handles": {"id", "contact_id", "replies"},
}
"""Columns that follow from others, or are numbers of the store's own."""


@st.composite
def stores(draw: st.DrawFn) -> Db:
    """A store of random mail, meetings and cards, with merges, edits and wishes of the user's."""
    people = [Party(draw(NAMES), f"wie{one}@example.org") for one in range(4)]
    db = fresh()
    everybody = st.sampled_from([ME, *people])
    for _ in range(draw(st.integers(0, 6))):
        to = draw(st.lists(everybody, min_size=1, max_size=3, unique=True))
        one = mail(
            draw(st.integers(1, 9)), draw(everybody), to, draw(NAMES), cc=draw(st.lists(everybody, max_size=1)),
            bcc=draw(st.lists(everybody, max_size=1)), marks=draw(st.sampled_from([0, 32, 128, 512, 32768])),
        )  # fmt: skip
        add(db, (one, draw(st.sampled_from(["", "", "newsletter"]))))
    for number in range(draw(st.integers(0, 2))):
        attending = draw(st.lists(everybody, min_size=1, max_size=3, unique=True))
        add_meetings(db, meeting(f"u{number}", 5, [(one, draw(st.sampled_from(list(Answer)))) for one in attending]))
    for _ in range(draw(st.integers(0, 3))):
        addresses = draw(st.lists(st.sampled_from([one.address for one in people] + ["+31612345678"]), max_size=2))
        uid, revised = draw(st.sampled_from(["", "a"])), draw(st.sampled_from([None, 5, 6]))
        add_cards(db, (card(draw(NAMES), uid=uid, revised=revised, note=draw(NAMES)), list(dict.fromkeys(addresses))))
    settle(db)
    _say(db, draw)
    settle(db)
    return db


NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=8)


def _say(db: Db, draw: st.DrawFn) -> None:
    """What the user says of the people of a store."""
    for what in draw(
        st.lists(st.sampled_from(["merge", "split", "edit", "remember", "circle", "dismiss"]), max_size=5)
    ):
        known = sorted(contacts.names(db))
        if len(known) < 2:
            return
        one, other = ContactId(draw(st.sampled_from(known))), ContactId(draw(st.sampled_from(known)))
        with transaction(db):
            if what == "merge" and one != other:
                parts.merge(db, one, other)
            elif what == "split" and len(found := contacts.contact(db, one).handles) > 1:
                parts.split(db, one, [found[0].id], NOW)
            elif what == "edit":
                overlay.edit(db, one, "name", draw(NAMES), NOW)
            elif what == "remember":
                notes.remember(db, one, "x" + draw(NAMES), Seconds(2))
            elif what == "circle":
                contacts.set_circle(db, one, draw(st.sampled_from([5, 15, 0])))
            elif what == "dismiss":
                notes.dismiss(db, one, "not-now", Seconds(1), Seconds(2))
        settle(db)


@given(stores())
@settings(max_examples=60, deadline=None)
def test_any_store_comes_back(tmp_path_factory: pytest.TempPathFactory, db: Db) -> None:
    """Whatever was read and said: the export in an empty store gives the same digest, at once and made again."""
    again = loaded(taken(db, tmp_path_factory.getbasetemp()))
    assert dump.parts(again) == dump.parts(db)
    settle(again, everything=True)
    assert dump.parts(again) == dump.parts(db)
    assert list(export.rows(again)) == list(export.rows(db))


def test_only_into_an_empty_store(tmp_path: Path) -> None:
    """A store that holds anything refuses an export in plain words, and nothing of it is changed."""
    path = taken(full(), tmp_path)
    db = fresh(me=[])
    with transaction(db):
        notes.set_quiet(db, "2026-W24", on=True)
    before = dump.digest(db)
    with pytest.raises(UserError, match="empty home"), own_json.opened(path) as (_, found), transaction(db):
        load.load(db, found)
    assert dump.digest(db) == before


def test_a_damaged_export_changes_nothing(tmp_path: Path) -> None:
    """Of an export that is cut short at any line, nothing stays in the store."""
    path = taken(full(), tmp_path)
    whole = path.read_bytes().splitlines(keepends=True)
    for cut in range(0, len(whole), 7):
        path.write_bytes(b"".join(whole[:cut]))
        db = connect(":memory:")
        with pytest.raises(PathError), own_json.opened(path) as (_, found), transaction(db):
            load.load(db, found)
        assert load.is_empty(db)


def _rows(*found: tuple[str, Row]) -> Iterator[tuple[str, Row]]:
    yield from found


@pytest.mark.parametrize(
    "found",
    [
        [("memories", document.Remembered(7, "x", 1))],
        [("names", document.Called("mail:a@example.org", "A", 1))],
        [
            ("handles", document.Address("mail", "a@example.org")),
            ("handles", document.Address("mail", "a@example.org")),
        ],
        [("handles", document.Address("mail", "a@example.org", 3))],
        [("items", document.Item("nowhere", "1"))],
        [("contacts", document.Person(1, 1, 2))],
        [("interactions", document.Moment(b"1", 1, 1, "mail:a@example.org"))],
        [("contacts", document.Person(1, 1, 1)), ("joins", document.Join(1, 2))],
        [("cards", document.Filed(b"1", "boek.vcf", "A", "{}"))],
    ],
)
def test_rows_that_do_not_fit(found: list[tuple[str, Row]]) -> None:
    """Rows that speak of what is not there, or say a thing twice, are refused in plain words and nothing stays."""
    db = connect(":memory:")
    with pytest.raises(UserError, match="contradicts itself"), transaction(db):
        load.load(db, _rows(*found))
    assert load.is_empty(db)


def test_ids_of_the_store_are_nowhere(tmp_path: Path) -> None:
    """Two stores that hold the same, read in another order, say the same rows."""
    one, other = fresh(), fresh()
    first, second = mail(10, JAN, [ME]), mail(20, PIA, [ME])
    add(one, first, second)
    add(other, second, first)
    for db in (one, other):
        settle(db)
    by_digest = [sorted(row for name, row in export.rows(db) if name == "interactions") for db in (one, other)]
    assert by_digest[0] == by_digest[1]
    assert mail_row(first, "")[0] in [row.digest for row in by_digest[0]]  # type: ignore[union-attr]
    assert isinstance(export.header(one), Header)


def test_cards_keep_their_bodies(tmp_path: Path) -> None:
    """A card read from the export is the card that was read from the address book, byte for byte."""
    db = fresh()
    props = tuple(Property("X-A", text) for text in ('"', "\\", "\u2028", "é\\n", "\x7f"))
    add_cards(db, (Card(Origin("boek.vcf", "u"), "4.0", "Jan", properties=props), ["jan@example.org"]))
    again = loaded(taken(db, tmp_path))
    assert rows(again, "SELECT body, digest FROM cards") == rows(db, "SELECT body, digest FROM cards")
