"""Forgotten is forgotten: no byte left in any file of maatje's, and no import brings them back."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from tests.conftest import ME, NOW, Letter

from maatje.app import (
    after,
    brushup,
    capture,
    coffee,
    edit,
    forget,
    guests,
    introductions,
    mending,
    occasions,
    promises,
    recall,
    same,
    taps,
    wishes,
)
from maatje.app.home import Home
from maatje.errors import SettingError, UnknownNameError
from maatje.model.briefing import FreeMoment
from maatje.model.occasion import IntroductionState, Part
from maatje.model.units import ContactId, Seconds
from maatje.store import dump, overlay
from maatje.store.db import Db

NAME = "Quirina Xanthopoulos"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (9).to_bytes(4, "big") * 2 + b"canaryphoto"
PHOTO = base64.b64encode(PNG)
CANARIES = (
    b"canarymail", b"Quirina", b"Xanthopoulos", b"canarysubject", b"canarynote", b"canarymemory", b"canaryfirm",
    b"canaryedit", b"canaryphoto", PHOTO, b"0612349876", b"612349876", b"canaryplace", b"canaryfile",
)  # fmt: skip
HERS = "canarymail@example.net"


def _archives(letter: Letter, folder: Path, book_name: str) -> list[Path]:
    folder.mkdir()
    letters = [
        letter(HERS, ME, days=40, name=NAME, subject="canarysubject one"),
        letter(ME, HERS, days=39, subject="Re: canarysubject one"),
        letter(HERS, ME, "bob@example.net", days=30, name=NAME, subject="canarysubject to two"),
        letter(ME, "bob@example.net", HERS, days=29, subject=f"With {NAME} tomorrow"),
        letter("bob@example.net", ME, days=20, name="Bob Roos", subject="Just us"),
        letter(ME, "bob@example.net", days=19, subject="Re: Just us"),
    ]
    box = folder / "Inbox.mbox"
    box.write_text("".join(letters))
    book = folder / book_name
    book.write_text(
        f"BEGIN:VCARD\nVERSION:3.0\nUID:canaryuid\nREV:20200101T000000Z\nFN:{NAME}\nEMAIL:{HERS}\nTEL:+31 6 12349876\n"
        f"ORG:canaryfirm\nNOTE:canarynote\nPHOTO;ENCODING=b;TYPE=PNG:{PHOTO.decode()}\nEND:VCARD\n"
    )
    agenda = folder / "agenda.ics"
    agenda.write_text(
        "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nDTSTAMP:20260101T000000Z\nDTSTART:20260301T100000Z\n"
        f"DTEND:20260301T110000Z\nSUMMARY:Lunch {NAME}\nLOCATION:canaryplace\nORGANIZER:mailto:{ME}\n"
        f"ATTENDEE;CN={NAME}:mailto:{HERS}\nATTENDEE:mailto:{ME}\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    return [box, book, agenda]


def _hers(db: Db) -> ContactId:
    return recall.resolve_name(db, HERS)


def _filled(home: Home, letter: Letter, folder: Path, book_name: str = "boek.vcf") -> list[Path]:
    paths = _archives(letter, folder, book_name)
    capture.add(home, paths, me=[ME], now=NOW)
    with home.connect() as db:
        hers = _hers(db)
        assert overlay.photo(db, hers) is not None
        wishes.remember(db, hers, "canarymemory", NOW)
        wishes.set_circle(db, hers, 15, NOW)
        edit.edit(db, hers, "note", "canaryedit", NOW)
        same.look(db)
    return paths


def _left(home: Home, canaries: tuple[bytes, ...] = CANARIES) -> set[bytes]:
    """The canaries that any file of the home holds, in any case."""
    text = b"".join(path.read_bytes() for path in home.path.rglob("*") if path.is_file()).lower()
    return {one for one in canaries if one.lower() in text}


def test_no_byte_of_somebody_forgotten_is_left(home: Home, letter: Letter, tmp_path: Path) -> None:
    """Names, addresses, subjects, notes, photograph, memories, search entries and undo records are all gone."""
    _filled(home, letter, tmp_path / "given", f"canaryfile {NAME}.vcf")
    before = _left(home)
    assert before >= {b"canarymail", b"Xanthopoulos", b"canarysubject", b"canarynote", b"canarymemory", b"canaryphoto"}
    with home.connect() as db:
        going = forget.what_goes(home, db, _hers(db))
        assert (going.handles, going.cards, going.messages, going.shared, going.memories) == (2, 1, 4, 1, 1)
        gone = forget.forget(home, db, _hers(db), NAME.lower(), NOW)
        assert _left(home) == set(), "while the file is open"
    assert (_left(home), gone.left) == (set(), ())
    assert gone.checked > 0
    with home.connect(read_only=True) as db:
        assert all(item.ok for item in mending.doctor(db, home, NOW))
        assert mending.undo_list(db, NOW) == ()


CANARIES_OF_OCCASIONS = (
    b"canarymail", b"Quirina", b"Xanthopoulos", b"canaryline", b"canaryvow", b"canarynickname", b"canaryguestnote",
    b"canarycoffee",
)  # fmt: skip


def test_no_byte_of_them_is_left_at_occasions(home: Home, letter: Letter, tmp_path: Path) -> None:
    """Lists, parts, talks, taps, promises, introductions, coffees, and what an occasion is called after them: gone."""
    _filled(home, letter, tmp_path / "given")
    before = Seconds(NOW - 3600)
    with home.connect() as db:
        hers, bob = _hers(db), recall.resolve_name(db, "bob@example.net")
        people = ((Part.HOST, NAME), (Part.SPEAKER, "Bob Roos"))
        party = occasions.new(db, occasions.Draft(f"Party of {NAME}", before, place="The quay", people=people), NOW)
        listed = f"Name,Email,Notes\nQ. canarynickname,{HERS},canaryguestnote\nBob Roos,bob@example.net,\n"
        guests.add(db, guests.preview(db, party.id, listed), NOW)
        (guest, other) = guests.every(db, party.id)
        if guest.contact_id is None:
            guests.is_contact(db, guest.id, hers, NOW)
        tap = {"id": "1", "at": NOW - 60, "guest": guest.id, "name": "", "spoke": True, "memory": "canaryline"}
        delivery = taps.read_taps({"device": "one", "now": NOW, "taps": [tap]}, NOW)
        taps.deliver(db, party.id, delivery, NOW)
        vows = (after.Vow("canaryvow", contact_id=hers), after.Vow("a rope", contact_id=bob))
        after.tell(db, party.id, after.Told((after.Said(other.id),), promises=vows), NOW)
        introductions.record(db, IntroductionState.ASKED, hers, bob, NOW)
        introductions.record(db, IntroductionState.ASKED, bob, None, NOW, to_name=NAME)
        moment = FreeMoment(Seconds(NOW + 86_400), Seconds(NOW + 90_000))
        coffee.invite(db, hers, moment, NOW, summary="Coffee", place="canarycoffee")
        brushup.answer(db, hers, True, NOW)
        assert _left(home, CANARIES_OF_OCCASIONS) == set(CANARIES_OF_OCCASIONS)
        forget.forget(home, db, hers, NAME, NOW)
    assert _left(home, CANARIES_OF_OCCASIONS) == set()
    with home.connect(read_only=True) as db:
        (line,) = occasions.every(db, NOW)
        assert line.occasion.name == "Party of …"
        assert [figure.name for figure in line.occasion.figures] == ["Bob Roos"]
        assert [one.name for one in guests.every(db, party.id)] == ["Bob Roos"]
        assert [one.text for _, one in promises.open_ones(db)] == ["a rope"]
        assert all(item.ok for item in mending.doctor(db, home, NOW))


def test_no_import_brings_them_back(home: Home, letter: Letter, tmp_path: Path) -> None:
    """The same files three times, and a copy of them elsewhere: nothing returns, and others' mail is whole."""
    paths = _filled(home, letter, tmp_path / "given")
    with home.connect() as db:
        forget.forget(home, db, _hers(db), NAME, NOW)
        after = dump.digest(db)
    again = tmp_path / "again"
    again.mkdir()
    for path in paths:
        (again / path.name).write_bytes(path.read_bytes())
    for given in (paths, list(again.iterdir()), [again]):
        capture.add(home, given, now=NOW)
        assert _left(home) == set()
    with home.connect(read_only=True) as db:
        assert dump.digest(db) == after
        with pytest.raises(UnknownNameError):
            _hers(db)


def test_who_was_let_back_comes_back(home: Home, letter: Letter, tmp_path: Path) -> None:
    """An address that the user allows again is read with the next import."""
    paths = _filled(home, letter, tmp_path / "given")
    with home.connect() as db:
        forget.forget(home, db, _hers(db), NAME, NOW)
        assert forget.let_back(db, HERS)
        assert not forget.let_back(db, HERS)
        with pytest.raises(SettingError):
            forget.let_back(db, "no address")
    copy = tmp_path / "copy.mbox"
    copy.write_bytes(paths[0].read_bytes())
    capture.add(home, [copy], now=NOW)
    with home.connect(read_only=True) as db:
        assert _hers(db)


def test_a_name_mistyped_forgets_nobody(home: Home, letter: Letter, tmp_path: Path) -> None:
    """Only the name itself confirms; anything else leaves all as it was."""
    _filled(home, letter, tmp_path / "given")
    with home.connect() as db:
        before = dump.digest(db)
        for typed in ("", "yes", "Quirina", NAME + "s"):
            with pytest.raises(SettingError, match="Nothing was forgotten"):
                forget.forget(home, db, _hers(db), typed, NOW)
        assert dump.digest(db) == before


def test_backups_that_hold_them_are_named(home: Home, letter: Letter, tmp_path: Path) -> None:
    """A copy made before is said to hold them yet; one made after is not, and others' names stay in both."""
    _filled(home, letter, tmp_path / "given")
    mending.backup(home, home.path / "before.db", NOW)
    with home.connect() as db:
        gone = forget.forget(home, db, _hers(db), NAME, NOW)
    assert [path.name for path in gone.going.backups] == ["before.db"]
    mending.backup(home, home.path / "after.db", NOW)
    with home.connect(read_only=True) as db:
        assert [one.name for one in forget.what_goes(home, db, recall.resolve_name(db, "Bob")).backups] == [
            "after.db", "before.db",
        ]  # fmt: skip


def test_a_namesake_and_a_shared_number_stay(home: Home, letter: Letter, tmp_path: Path) -> None:
    """Forgetting one of two people of one name, or of one number, takes nothing of the other."""
    box = tmp_path / "Inbox.mbox"
    box.write_text(
        letter(HERS, ME, days=9, name=NAME, subject="One")
        + letter("other@example.com", ME, days=8, name=NAME, subject=f"About {NAME}")
    )
    cards = tmp_path / "boek.vcf"
    cards.write_text(
        "".join(
            f"BEGIN:VCARD\nVERSION:4.0\nFN:{name}\nEMAIL:{mail}\nTEL:+31201112233\nEND:VCARD\n"
            for name, mail in (("Zoe Eerste", HERS), ("Anna Tweede", "anna@example.com"))
        )
    )
    capture.add(home, [box, cards], me=[ME], now=NOW)
    with home.connect() as db:
        forget.forget(home, db, _hers(db), "Zoe Eerste", NOW)
        assert (
            recall.contact_page(db, recall.resolve_name(db, "other@example.com"), NOW).moments[0].title
            == f"About {NAME}"
        )
        assert recall.resolve_name(db, "+31201112233") == recall.resolve_name(db, "anna@example.com")
