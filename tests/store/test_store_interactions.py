"""Each message once, whatever copies there are, and nothing of it lost."""

from __future__ import annotations

import marshal

import pytest
from tests.store.store_making import JAN, ME, PIA, TOM, add, fresh, handle, mail, settle, source, touched

from maatje.errors import UserError
from maatje.model.contact import HandleKind
from maatje.model.record import Mark, Party
from maatje.model.units import ContactId, Seconds
from maatje.store import dump, handles, interactions
from maatje.store.db import connect, rows, transaction, value


def test_one_message_in_several_folders_counts_once() -> None:
    """Copies with Message-IDs of their own, in one batch or another, are one message."""
    db = fresh()
    count = add(db, mail(10, JAN, [ME, PIA], native_id="a"), mail(10, JAN, [PIA, ME], native_id="b"))
    assert (count.new, count.known) == (1, 1)
    assert add(db, mail(10, JAN, [PIA], cc=[ME], native_id="c")).new == 0
    assert value(db, "SELECT count(*) FROM interactions") == 1


@pytest.mark.parametrize(
    "other",
    [
        mail(11, JAN, [ME], native_id="x"),
        mail(10, PIA, [ME], native_id="x"),
        mail(10, JAN, [ME, PIA], native_id="x"),
        mail(10, JAN, [ME], "Iets anders", native_id="x"),
    ],
)
def test_two_messages_with_one_message_id_are_both_kept(other: interactions.Mail) -> None:
    """Another second, sender, recipient or subject makes another message, whatever its Message-ID says."""
    db = fresh()
    assert add(db, mail(10, JAN, [ME], native_id="x"), other).new == 2
    assert value(db, "SELECT count(*) FROM interactions GROUP BY message_key") == 2


@pytest.mark.parametrize("turned", [False, True])
def test_copies_add_what_only_they_know(turned: bool) -> None:
    """The sender's own copy brings the blind copies, a list's copy its marks; the order makes no difference."""
    pair = [
        (mail(10, ME, [JAN], bcc=[PIA], marks=int(Mark.SENT)), ""),
        (mail(10, ME, [JAN], marks=int(Mark.LIST_ID)), "mailing-list"),
    ]
    db = fresh()
    for one in reversed(pair) if turned else pair:
        add(db, one)
        settle(db)
    expected = (int(Mark.SENT | Mark.LIST_ID), 2, "")
    assert db.execute("SELECT marks, recipients, set_aside FROM interactions").fetchall() == [expected]
    assert touched(db) == [("jan@example.org", 10, 2, 1.0), ("pia@example.net", 10, 2, 1.0)]
    together = fresh()
    add(together, *pair)
    settle(together)
    assert dump.parts(together) == dump.parts(db)


def test_a_copy_may_make_a_crowd() -> None:
    """Twenty-one blind copies make the message a crowd, though another copy shows one recipient."""
    db = fresh()
    add(db, mail(10, ME, [JAN]))
    settle(db)
    hidden = [Party("", f"gast{one}@example.org") for one in range(21)]
    assert add(db, mail(10, ME, [JAN], bcc=hidden)).updated == 1
    settle(db)
    assert value(db, "SELECT set_aside FROM interactions") == "crowd"
    assert touched(db) == []


def test_what_is_set_aside_says_by_which_rule() -> None:
    """A lie stands above an automaton, an automaton above a crowd."""
    many = [Party("", f"gast{one}@example.org") for one in range(21)]
    db = fresh()
    count = add(
        db,
        mail(10, JAN, many),
        (mail(11, JAN, many), "newsletter"),
        (mail(12, JAN, many, marks=int(Mark.LIES)), "newsletter"),
        mail(13, JAN, many[:20]),
    )
    assert (count.automata, count.crowds) == (2, 1)
    assert rows(db, "SELECT at, set_aside FROM interactions ORDER BY at") == [
        (10, "crowd"), (11, "newsletter"), (12, "lying-sender"), (13, ""),
    ]  # fmt: skip


def test_without_subjects_none_is_stored_but_copies_are_known() -> None:
    """Who keeps no subjects has none in the file; the message is still told apart by it."""
    db = fresh()
    assert add(db, mail(10, JAN, [ME], "Geheim"), mail(10, JAN, [ME], "Anders"), keep_subjects=False).new == 2
    assert rows(db, "SELECT DISTINCT title FROM interactions") == [("",)]
    assert add(db, mail(10, JAN, [ME], "Geheim"), keep_subjects=False).new == 0
    assert add(db, mail(10, JAN, [ME], "Geheim")).updated == 1
    assert rows(db, "SELECT title FROM interactions WHERE title <> ''") == [("Geheim",)]


def test_a_prepared_row_crosses_a_process_cheaply() -> None:
    """Rows are plain built-in values, which marshal carries."""
    row = interactions.mail_row(mail(10, JAN, [ME], marks=Mark.REPLY), "")
    assert marshal.loads(marshal.dumps(row)) == row


def test_a_message_without_sender_is_kept() -> None:
    """A message that does not say who sent it is stored, and touches nobody."""
    db = fresh()
    assert add(db, mail(10, None, [ME])).new == 1
    settle(db)
    assert touched(db) == []


def test_names_are_counted_once_per_message() -> None:
    """Adding an archive twice leaves the counts of display names as they were."""
    db = fresh()
    for _ in range(2):
        add(db, mail(10, JAN, [ME]), mail(11, JAN, [ME]))
    assert ("Jan de Proef", 2) in rows(db, "SELECT name, seen FROM handle_names")


def test_the_book_notices_a_transaction_taken_back() -> None:
    """After a rolled-back batch the same book writes the right handles."""
    db = fresh()
    book = handles.HandleBook(db)
    row = interactions.mail_row(mail(10, JAN, [ME]), "")
    with pytest.raises(ZeroDivisionError), transaction(db):  # noqa: PT012  # half-way is the point
        interactions.add_mail(db, book, source(db), [row])
        _ = 1 / 0
    with transaction(db):
        interactions.add_mail(db, book, source(db), [row])
    assert value(db, "PRAGMA foreign_key_check") is None
    assert value(db, "SELECT h.value FROM interactions i JOIN handles h ON h.id = i.sender") == JAN.address


def test_two_books_write_one_store(tmp_path: object) -> None:
    """Two imports at once neither lose nor mix up handles."""
    one, other = connect(f"{tmp_path}/a.db"), connect(f"{tmp_path}/a.db")
    books = {one: handles.HandleBook(one), other: handles.HandleBook(other)}
    for at, (db, sender) in enumerate([(one, JAN), (other, PIA), (one, TOM), (other, JAN), (one, PIA)]):
        with transaction(db):
            interactions.add_mail(db, books[db], source(db), [interactions.mail_row(mail(at + 1, sender, [ME]), "")])
    found = rows(one, "SELECT h.value FROM interactions i JOIN handles h ON h.id = i.sender ORDER BY i.at")
    assert [text for (text,) in found] == [who.address for who in (JAN, PIA, TOM, JAN, PIA)]
    one.close()
    other.close()


def test_a_talk_is_noted_once() -> None:
    """Saying twice at one instant that one spoke with somebody is saying it once; of nobody it is refused."""
    db = fresh()
    add(db, mail(10, JAN, [ME]))
    settle(db)
    with transaction(db):
        first = interactions.add_encounter(db, ContactId(1), Seconds(50))
        assert interactions.add_encounter(db, ContactId(1), Seconds(50)) == first
    settle(db)
    assert touched(db)[-1] == (JAN.address, 50, 3, 1.0)
    with pytest.raises(UserError), transaction(db):
        interactions.add_encounter(db, ContactId(99), Seconds(50))


def test_a_number_is_never_given_twice() -> None:
    """An interaction that takes the place of a deleted one is still worked out."""
    db = fresh()
    add(db, mail(10, JAN, [ME]))
    settle(db)
    with transaction(db):
        db.execute("DELETE FROM interactions")
    add(db, mail(20, PIA, [ME]))
    settle(db)
    assert ("pia@example.net", 20, 1, 1.0) in touched(db)
    assert handle(db, PIA.address) == 3
    assert handles.by_value(db, HandleKind.PHONE, "+31") is None
