"""Everything out again, in four formats, and back into an empty home: the same people, the same digest."""

from __future__ import annotations

import base64
import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import ME, NOW

from maatje.app import capture, edit, export, follow
from maatje.app.cardwriting import Cards
from maatje.app.home import Home
from maatje.app.settings import Settings
from maatje.errors import DiskFullError, PathError, UserError
from maatje.model.contact import HandleKind
from maatje.model.record import Card
from maatje.model.units import ContactId
from maatje.sources import contacts_csv, vcard
from maatje.store import contacts, dump, handles, held, overlay, parts
from maatje.store.db import Db, snapshot, transaction

GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
CARDS = f"""BEGIN:VCARD
VERSION:3.0
UID:anna-1
REV:2024-01-02T03:04:05Z
FN:Anna de Proef
N:de Proef;Anna;;Dr.;
ORG:Haven;Kade
TITLE:Loods
BDAY;VALUE=date:1985-04-12
NOTE:Houdt van koffie\\, en van thee
EMAIL;TYPE=WORK,pref:Anna@Example.org
item1.TEL;TYPE=CELL:06-12345678
item1.X-ABLabel:Boot
TEL;TYPE=WORK:+31 20 5550100
CATEGORIES:vrienden,=zeilen
PHOTO;ENCODING=b;TYPE=GIF:{base64.b64encode(GIF).decode()}
X-SHOE-SIZE;X-P="a;b":38
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Proef;Chlo=C3=A9
ORG:Haven, de
ROLE:Kok
TEL;WORK:+31 20 5550100
EMAIL:chloe@example.org
X-CAT:Poes
NOTE:=1+1
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:A. de Proef
REV:20200102T030405Z
EMAIL:anna@example.net
X-SHOE-SIZE:39
NICKNAME:Ans
BDAY:--0307
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Zonder Adres
NOTE:Alleen een naam
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Hanneke
EMAIL:{ME}
END:VCARD
BEGIN:VCARD
VERSION:4.0
KIND:group
FN:Roeiers
MEMBER:urn:uuid:anna-1
END:VCARD
"""
OF_CARDS = (export.VCARD, export.JSCONTACT, export.CSV)
Letter = Callable[..., str]


def _who(db: Db, address: str) -> ContactId:
    found = handles.by_value(db, HandleKind.MAIL, address)
    assert found is not None
    assert found.contact_id is not None
    return found.contact_id


@pytest.fixture
def full(home: Home, letter: Letter, tmp_path: Path) -> Home:
    """A home with mail and cards, somebody merged, somebody edited, somebody known by mail alone."""
    box, book = tmp_path / "post.mbox", tmp_path / "boek.vcf"
    people = [("anna@example.org", "Anna"), ("bram@example.org", "Bram Proef"), ("piet.jansen@example.net", "")]
    letters = [letter(address, ME, days=day, name=name) for day, (address, name) in enumerate(people, 1)]
    letters += [letter(ME, address, days=day + 0.5, name="Hanneke") for day, (address, _) in enumerate(people, 1)]
    box.write_text("".join(letters), encoding="utf-8")
    book.write_text(CARDS, encoding="utf-8")
    capture.add(home, [box, book], me=[ME], now=NOW)
    with home.connect() as db:
        with transaction(db):
            parts.merge(db, _who(db, "anna@example.org"), _who(db, "anna@example.net"))
        follow.up(db, NOW)
        edit.edit(db, _who(db, "bram@example.org"), "name", "Bram van den Berg", NOW)
        edit.edit(db, _who(db, "bram@example.org"), "birthday", "--02-29", NOW)
        edit.edit(db, _who(db, "chloe@example.org"), "organisation", "=De, Kombuis;", NOW)
    return home


def _out(home: Home, form: str, path: Path) -> export.Exported:
    with home.connect(read_only=True) as db:
        return export.export(db, form, path, home.settings.region)


def _other(tmp_path: Path, name: str = "ander") -> Home:
    return Home(tmp_path / name, Settings(utc_offset_minutes=120, workers=1))


def _lines(home: Home) -> list[str]:
    with home.connect(read_only=True) as db, snapshot(db):
        return sorted(dump.contact_lines(db))


@pytest.mark.parametrize("form", OF_CARDS)
def test_contacts_come_back(full: Home, tmp_path: Path, form: str) -> None:
    """vCard, JSContact and CSV, read into an empty home, give the same contacts: names, handles, work, days, notes."""
    path = tmp_path / "uit"
    done = _out(full, form, path)
    assert (done.path, done.contacts, done.interactions) == (path, 4, 0)
    other = _other(tmp_path)
    added = capture.add(other, [path], now=NOW)
    assert added.problems == ()
    assert _lines(other) == _lines(full)
    with full.connect() as db, other.connect() as again:
        assert dump.contacts_digest(again) == dump.contacts_digest(db)
        for address in ("anna@example.org", "chloe@example.org"):
            assert overlay.photo(again, _who(again, address)) == overlay.photo(db, _who(db, address))


@pytest.mark.parametrize("form", OF_CARDS)
def test_unknown_properties_come_back(full: Home, tmp_path: Path, form: str) -> None:
    """What maatje has no word for survives the way out and back, of every card of a contact, each thing once."""
    path = tmp_path / "uit"
    _out(full, form, path)
    other = _other(tmp_path)
    capture.add(other, [path], now=NOW)
    with other.connect() as db:
        shelf = held.Shelf(db)
        (anna,) = shelf.of(_who(db, "anna@example.org"))
        (chloe,) = shelf.of(_who(db, "chloe@example.org"))
    told = [(prop.name, prop.value) for prop in anna.properties]
    assert [value for name, value in told if name == "X-SHOE-SIZE"] == ["38", "39"]
    assert [value for name, value in told if name == "UID"] == ["anna-1"]
    assert {("X-ABLABEL", "Boot"), ("CATEGORIES", "vrienden,=zeilen"), ("NICKNAME", "Ans"), ("ORG", "Haven;Kade"),
            ("N", "de Proef;Anna;;Dr.;")} <= set(told)  # fmt: skip
    boot = [prop for prop in anna.properties if prop.group]
    assert [prop.name for prop in sorted(boot)] == ["TEL", "X-ABLABEL"]
    assert len({prop.group for prop in boot}) == 1, anna.properties
    said = {(prop.name, prop.value) for prop in chloe.properties}
    assert {("X-CAT", "Poes"), ("TITLE", "Kok")} <= said
    shared = [one for one in (*anna.properties, *chloe.properties) if one.value == "+31 20 5550100"]
    assert sorted(prop.name for prop in shared) == ["TEL", "X-SHARED-TEL"]


def test_everything_comes_back(full: Home, tmp_path: Path) -> None:
    """The complete export, read into an empty home, gives the same digest of all that there is."""
    path = tmp_path / "uit.json"
    done = _out(full, export.JSON, path)
    other = _other(tmp_path)
    again = export.load(other, path, NOW)
    assert (done.contacts, done.interactions) == (again.contacts, again.interactions) == (4, 6)
    with full.connect() as db, other.connect() as copy:
        assert dump.parts(copy) == dump.parts(db)
        assert dump.contacts_digest(copy) == dump.contacts_digest(db)
    assert export.is_complete_export(path)
    assert json.loads(path.read_text(encoding="utf-8"))["format"] == "maatje"


def test_what_was_read_goes_on(full: Home, tmp_path: Path) -> None:
    """A home made of a complete export knows how far each file was read: adding it again adds nothing."""
    _out(full, export.JSON, tmp_path / "uit.json")
    other = _other(tmp_path)
    export.load(other, tmp_path / "uit.json", NOW)
    with other.connect() as db:
        before = dump.parts(db)
    added = capture.add(other, [tmp_path / "post.mbox", tmp_path / "boek.vcf"], now=NOW)
    assert added.new == 0
    with other.connect() as db:
        assert dump.parts(db) == before


def test_cards_that_name_nobody(full: Home, tmp_path: Path) -> None:
    """Groups and people without an address go along as they were; the user's own card is no contact and does not."""
    _out(full, export.VCARD, tmp_path / "uit.vcf")
    cards = [card for card in vcard.read(tmp_path / "uit.vcf", name="x") if isinstance(card, Card)]
    names = [card.name for card in cards]
    assert sorted(names) == [
        "Anna de Proef",
        "Bram van den Berg",
        "Chloé Proef",
        "Piet Jansen",
        "Roeiers",
        "Zonder Adres",
    ]
    assert [card.is_group for card in cards if card.name == "Roeiers"] == [True]


def test_cells_are_harmless(full: Home, tmp_path: Path) -> None:
    """In the CSV no cell begins as a formula, and telephone numbers keep their plus."""
    _out(full, export.CSV, tmp_path / "uit.csv")
    text = (tmp_path / "uit.csv").read_text(encoding="utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert [cell for cell in cells if cell.strip()[:1] in ("=", "+", "-", "@")] == []
    found = [card for card in contacts_csv.read(tmp_path / "uit.csv", name="x") if isinstance(card, Card)]
    assert {"+31612345678", "+31 20 5550100"} <= {number for card in found for number in card.phones}


@pytest.mark.parametrize("form", export.FORMATS)
def test_written_whole_and_for_the_owner(full: Home, tmp_path: Path, form: str) -> None:
    """The file is readable by its owner only, nothing lies beside it, and the same export twice says the same."""
    one, other = tmp_path / "een", tmp_path / "twee"
    _out(full, form, one)
    _out(full, form, other)
    assert one.stat().st_mode & 0o777 == 0o600
    assert one.read_bytes() == other.read_bytes()
    assert list(tmp_path.glob("*.part")) == []
    pieces: list[str] = []
    with full.connect(read_only=True) as db:
        assert export.export(db, form, pieces.append, "NL").path is None
    assert "".join(pieces).encode() == one.read_bytes()


def test_never_over_a_file(full: Home, tmp_path: Path) -> None:
    """What lies there already is not written over, and a folder that is not there is named."""
    path = tmp_path / "er.vcf"
    path.write_text("van mij")
    with pytest.raises(PathError, match="already"):
        _out(full, export.VCARD, path)
    assert path.read_text() == "van mij"
    with pytest.raises(PathError, match="may not be written"):
        _out(full, export.VCARD, tmp_path / "nergens" / "er.vcf")


def test_a_file_that_comes_meanwhile(full: Home, tmp_path: Path) -> None:
    """A file that somebody else makes while we write is left as it is."""
    path = tmp_path / "er.vcf"
    with full.connect(read_only=True) as db, pytest.raises(PathError, match="already"):
        export.export(db, export.VCARD, path, "NL", lambda done, total: path.write_text("van mij"))
    assert path.read_text() == "van mij"
    assert list(tmp_path.glob("*.part")) == []


def test_a_full_disk(full: Home) -> None:
    """On a full disk nothing is left behind, and the sentence says so."""
    with full.connect(read_only=True) as db, pytest.raises((DiskFullError, PathError)):
        export.export(db, export.VCARD, Path("/dev/full/x"), "NL")


def test_only_into_an_empty_home(full: Home, tmp_path: Path) -> None:
    """A home that holds something refuses a complete export; a damaged one leaves an empty home empty."""
    path = tmp_path / "uit.json"
    _out(full, export.JSON, path)
    before = _lines(full)
    with pytest.raises(UserError, match="empty home"):
        export.load(full, path, NOW)
    assert _lines(full) == before
    path.write_bytes(path.read_bytes()[:-40])
    other = _other(tmp_path)
    with pytest.raises(PathError, match="ends in the middle"):
        export.load(other, path, NOW)
    assert _lines(other) == []


def test_an_empty_home(home: Home, tmp_path: Path) -> None:
    """A home without anything gives empty books, which are read without a word."""
    with home.connect() as db:
        for form in export.FORMATS:
            assert export.export(db, form, tmp_path / form, "NL").contacts == 0
    other = _other(tmp_path)
    export.load(other, tmp_path / export.JSON, NOW)
    assert (tmp_path / export.VCARD).read_text() == ""
    assert _lines(other) == []


WORDS = ["Anna", "Proef", "de", "Haven", "=1", "+2", "a;b", "c,d", "\\n", "É", "@x", "'t", "\\\\"]
TEXT = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
LINES = st.one_of(
    st.tuples(st.sampled_from(["NOTE", "TITLE", "ROLE", "ORG", "X-A", "NICKNAME", "CATEGORIES", "N"]), TEXT),
    st.tuples(st.sampled_from(["EMAIL"]), st.integers(1, 4).map(lambda n: f"wie{n}@example.org")),
    st.tuples(st.sampled_from(["TEL", "item1.TEL"]), st.sampled_from(["06-12345678", "+31 20 5550100", "112"])),
    st.tuples(st.sampled_from(["BDAY"]), st.sampled_from(["1985-04-12", "--0412", "1604-04-12", "x"])),
)
NAMES = st.sampled_from(["Anna de Proef", "A. Proef", "Bram Proef", "=1+1", "'t Hart", "Haven BV", "ANNA", "x"])
BOOKS = st.lists(
    st.tuples(NAMES, st.lists(LINES, max_size=6), st.sampled_from(["2.1", "3.0", "4.0"])), min_size=1, max_size=4
)


@given(BOOKS, st.sampled_from(OF_CARDS))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_book_comes_back(
    tmp_path_factory: pytest.TempPathFactory, books: list[tuple[str, list[tuple[str, str]], str]], form: str
) -> None:
    """Whatever cards there are, shared numbers and all: out and back gives the same contacts."""
    folder = tmp_path_factory.mktemp("boek")
    text = "".join(
        "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", f"FN:{name}", *(f"{key}:{value}" for key, value in lines),
                     "END:VCARD", ""])
        for name, lines, version in books
    )  # fmt: skip
    (folder / "boek.vcf").write_text(text, encoding="utf-8", newline="")
    one, other = _other(folder, "een"), _other(folder, "twee")
    capture.add(one, [folder / "boek.vcf"], now=NOW)
    if not _lines(one):
        return
    _out(one, form, folder / "uit")
    capture.add(other, [folder / "uit"], now=NOW)
    assert _lines(other) == _lines(one)


def test_cards_are_made_as_they_are_asked_for(full: Home) -> None:
    """The cards can be gone through twice and give the same; their number is known beforehand."""
    with full.connect(read_only=True) as db, snapshot(db):
        cards = Cards(db, "NL")
        assert len(cards) == contacts.count(db) == 4
        assert list(cards) == list(cards)
