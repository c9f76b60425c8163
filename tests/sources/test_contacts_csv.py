"""Contact lists as CSV: those of other programs, our own way out and back, and what is no such list."""

from __future__ import annotations

import csv
import io
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.sources.golden import DATA
from tests.sources.test_jscontact import FIELDS, PROPERTIES

from maatje.model.record import Card, Origin, Problem, Property
from maatje.sources import contacts_csv, vcard
from maatje.sources.contacts_csv_columns import columns_of
from maatje.sources.contacts_csv_own import lines, neutral, restored
from maatje.sources.contacts_csv_row import day_of
from maatje.sources.vcard_card import card_of
from maatje.sources.vcard_write import as_version, write

CORPORA = Path(__file__).parents[2].parent / "shared" / "corpora"


def records(tmp_path: Path, data: bytes | str) -> list[Card | Problem]:
    """What a table holds."""
    path = tmp_path / "table.csv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(contacts_csv.read(path, name="x"))


def one(tmp_path: Path, data: bytes | str) -> Card:
    """The single contact of a table."""
    (card,) = records(tmp_path, data)
    assert isinstance(card, Card), card
    return card


def own(tmp_path: Path, cards: list[Card]) -> list[Card]:
    """The cards after a way through our own table."""
    found = records(tmp_path, "".join(lines(cards)))
    assert all(isinstance(card, Card) for card in found)
    return [card for card in found if isinstance(card, Card)]


GOOGLE = (
    "First Name,Last Name,Organization Name,Organization Title,Birthday,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,"
    "Phone 1 - Label,Phone 1 - Value,Address 1 - Label,Address 1 - Street,Address 1 - City,Custom Field 1 - Label\r\n"
    'Anna,de Proef,Haven,Loods,--03-07,"Twee\nregels",* myContacts ::: Vrienden,* Work,'
    "anna@example.org ::: ans@example.net,Mobile,+31 6 12345678,Home,Kade 1,Delft,Boot\r\n"
)


def test_google(tmp_path: Path) -> None:
    """Google's list, with several values in one cell, becomes a card with types, and keeps what it has no word for."""
    card = one(tmp_path, GOOGLE)
    assert (card.name, card.family, card.organisation, card.title) == ("Anna de Proef", "de Proef", "Haven", "Loods")
    assert (card.birthday, card.note, card.categories) == ("--03-07", "Twee\nregels", ("Vrienden",))
    assert card.mails == ("anna@example.org", "ans@example.net")
    assert card.phones == ("+31 6 12345678",)
    assert {Property("EMAIL", "ans@example.net", (("TYPE", ("work",)),)), Property("X-CUSTOM-FIELD-1-LABEL", "Boot"),
            Property("ADR", ";;Kade 1;Delft;;;", (("TYPE", ("home",)),))} <= set(card.properties)  # fmt: skip


def test_google_before() -> None:
    """The header that Google wrote before is known too, though it has a column for subjects."""
    text = "Name,Given Name,Family Name,Subject,Group Membership,E-mail 1 - Type,E-mail 1 - Value"
    assert columns_of(text.split(",")) is not None


def test_dutch_outlook(tmp_path: Path) -> None:
    """A Dutch header with semicolons in Windows-1252 is known, particles stand before the family name."""
    text = (
        "Voornaam;Tussenvoegsel;Achternaam;Bedrijf;Functie;Titel;E-mailadres;E-mail 2 adres;Mobiele telefoon;"
        "Telefoon thuis;Geboortedatum;Notities\r\nChloé;van der;Berg;Haven;Loods;Dr.;chloe@example.org;c@example.net;"
        "06-12345678;020 5550101;12-4-1985;Houdt van koffie\r\n"
    )
    card = one(tmp_path, text.encode("cp1252"))
    assert (card.name, card.family, card.prefix) == ("Chloé van der Berg", "van der Berg", "Dr.")
    assert (card.title, card.birthday, card.note) == ("Loods", "1985-04-12", "Houdt van koffie")
    assert card.mails == ("chloe@example.org", "c@example.net")
    assert card.phones == ("06-12345678", "020 5550101")


def test_linkedin(tmp_path: Path) -> None:
    """LinkedIn's list of connections is found below its notes, with the day of connecting kept."""
    text = (
        'Notes:\n"When exporting, some addresses may be missing, see: https://example.org/help"\n\n'
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        "Anna,de Proef,https://www.example.org/in/anna,,Haven,Loods,05 Jun 2021\n"
        "Bram,Proef,https://www.example.org/in/bram,bram@example.org,,,06 Jun 2021\n"
    )
    anna, bram = records(tmp_path, text)
    assert isinstance(anna, Card)
    assert isinstance(bram, Card)
    assert (anna.name, anna.urls, anna.title) == ("Anna de Proef", ("https://www.example.org/in/anna",), "Loods")
    assert Property("X-CONNECTED-ON", "05 Jun 2021") in anna.properties
    assert bram.mails == ("bram@example.org",)


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_charsets_and_delimiters(tmp_path: Path, charset: str, delimiter: str) -> None:
    """Marks, charsets and delimiters are found out, and a spreadsheet's line about them is passed over."""
    text = (
        f"sep={delimiter}\r\n"
        + delimiter.join(["Name", "E-mail"])
        + "\r\n"
        + delimiter.join(["Chloé", "c@example.org"])
    )
    card = one(tmp_path, text.encode(charset))
    assert (card.name, card.mails) == ("Chloé", ("c@example.org",))
    assert contacts_csv.sniff(text.encode(charset), Path("x"))


def test_late_bytes(tmp_path: Path) -> None:
    """One byte of an older charset far down in the file is read as that charset, and not lost."""
    text = "Name,E-mail\n" + "Anna,anna@example.org\n" * 60_000 + "Chlo\xe9,c@example.org\n"
    assert records(tmp_path, text.encode("latin-1"))[-1].name == "Chloé"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "header",
    [
        "Date,Amount,Name,Email", "From,To,Subject,Date", "Order #,First Name,Last Name,Email,Ticket Type",
        "Email Address,Confirmed,Primary,Updated On", "First Name,Last Name,Company,Job Title,Text", "Name,Proficiency",
        "Email Address,First Name,Last Name,RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,LEID,EUID", "Number,Extension,Type",
        "id,name,value", "Subject,Start Date,Location", "email", "a,b", "Phone Number,Duration", "name",
    ],
)  # fmt: skip
def test_other_tables(tmp_path: Path, header: str) -> None:
    """Tables of orders, messages, money and lists of subscribers are none of ours, and no contacts come of them."""
    data = f"{header}\n{',' * header.count(',')}\n".encode()
    assert not contacts_csv.sniff(data, Path("x"))
    assert [type(record) for record in records(tmp_path, data)] == [Problem]


@pytest.mark.corpora
@pytest.mark.skipif(not CORPORA.is_dir(), reason="the import corpora (../shared/corpora) are not on this machine")
def test_corpora() -> None:
    """Every contact list of the corpora is known and read without a problem; no other table is taken for one."""
    ours = {*CORPORA.glob("contacts-csv/**/*.csv"), *CORPORA.rglob("Connections.csv")}
    found = {}
    for path in sorted(CORPORA.rglob("*.csv")):
        with path.open("rb") as file:
            if contacts_csv.sniff(file.read(65_536), path):
                found[path] = list(contacts_csv.read(path, name="x"))
    assert set(found) == ours
    assert all(isinstance(record, Card) for some in found.values() for record in some)
    assert sum(map(len, found.values())) == 2_012


@pytest.mark.corpora
@pytest.mark.skipif(not CORPORA.is_dir(), reason="the import corpora (../shared/corpora) are not on this machine")
@pytest.mark.parametrize("case", ["all", "email", "gmail", "tb_plain"])
def test_roundcube_says_the_same(case: str) -> None:
    """What another program makes of its own lists is what we make of them: names, addresses, numbers, work, days."""
    root = CORPORA / "contacts-csv" / "roundcube"
    ours = [card for card in contacts_csv.read(root / "Csv2vcard" / f"{case}.csv", name="x") if isinstance(card, Card)]
    theirs = [card for card in vcard.read(root / f"expected_{case}.vcf", name="x") if isinstance(card, Card)]
    assert len(ours) == len(theirs)
    for mine, other in zip(ours, theirs, strict=True):
        assert (set(mine.mails), mine.organisation, mine.title) == (set(other.mails), other.organisation, other.title)
        assert mine.birthday == other.birthday
        assert set(mine.phones) >= set(other.phones) - {"222", "333"}  # a video call, and an assistant's number


@pytest.mark.parametrize(
    ("text", "day"),
    [("1985-04-12", "19850412"), ("--04-12", "--0412"), ("20/1/1991", "19910120"), ("1/20/1991", "19910120"),
     ("3/7/1984", None), ("7/7/1984", "19840707"), ("12-4-1985", "19850412"), ("12.04.1985", "19850412"),
     ("0/0/00", None), ("31-2-1985", None), ("gisteren", None), ("", None)],
)  # fmt: skip
def test_days(text: str, day: str | None) -> None:
    """A birthday is read where it can be one day only; one that could be two is never guessed."""
    assert day_of(text) == day


def test_bad_rows(tmp_path: Path) -> None:
    """Endless cells, rows that are too long or tell of nobody are problems without their text; the rest is read."""
    rows = ["Anna,anna@example.org", '"secret' + "x" * 200_000, "Bram,bram@example.org", "a," * 600, " , ", ",\x01",
            "Cleo,c@example.org"]  # fmt: skip
    found = records(tmp_path, "Name,E-mail\n" + "\n".join(rows))
    assert [getattr(record, "name", "!") for record in found] == ["Anna", "!", "Bram", "!", "!", "Cleo"]
    assert "secret" not in str(found)


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, noise: bytes) -> None:
    """No bytes make the reader raise."""
    path = tmp_path_factory.getbasetemp() / "noise.csv"
    path.write_bytes(b"Name,E-mail\nAnna,anna@example.org\n" + noise)
    assert isinstance(next(contacts_csv.read(path, name="x")), Card)
    assert all(isinstance(record, Card | Problem) for record in contacts_csv.read(path, name="x"))
    path.write_bytes(noise)
    list(contacts_csv.read(path, name="x"))
    contacts_csv.sniff(noise, path)


RISKY = st.text(st.sampled_from("=+-@＝＋－＠﹢\t\r\n '\"0123456789;,\u200b\ufeff\xa0abc\x00"), max_size=10) | st.text(
    max_size=30
)


@given(RISKY)
@example("=HYPERLINK(1)")
@example("'t Hart")
@example("＝1+1")
@settings(max_examples=1_000, deadline=None)
def test_neutral(text: str) -> None:
    """Every text comes back exactly, and none begins as a formula, whatever blanks and signs stand before."""
    cell = neutral(text)
    assert restored(cell) == text
    skipped = (c for c in cell if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp"))
    assert unicodedata.normalize("NFKC", next(skipped, ""))[:1] not in ("=", "+", "-", "@")
    assert cell[:1] not in ("\t", "\r", "\n")


@pytest.mark.parametrize("text", ["'t Hart", "Anna", "a=b", "O'Brien", "", "12", "' x"])
def test_harmless_stays(text: str) -> None:
    """What no spreadsheet would calculate is written as it is."""
    assert neutral(text) == text


def test_cells_are_harmless() -> None:
    """No cell of a list of hostile people begins as a formula; quotes and delimiters stay within theirs."""
    bad = '=HYPERLINK("http://evil.example")'
    props = [Property("FN", bad), Property("N", f"{bad};＝1+1;;;"), Property("NOTE", '\\n=1;",=2'),
             Property("TEL", "+31 6"), Property("X-A", "@SUM"), Property("ORG", "-2+3")]  # fmt: skip
    card = card_of("x", 1, "4.0", props)
    assert card is not None
    table = list(csv.reader(io.StringIO("".join(lines([card])).removeprefix("\ufeff"), newline="")))
    assert len(table) == 2
    assert len(table[0]) == len(table[1])
    assert [cell for cell in table[1] if cell.lstrip()[:1] in tuple("=+-@＝＋－＠")] == []


def test_own_columns(tmp_path: Path) -> None:
    """Our own table has a row for each contact, with columns for what people look for, and the card at the end."""
    mails = ("a@example.org", "b@example.org")
    anna = Card(Origin("x"), "4.0", "Anna de Proef", family="de Proef", given="Anna", mails=mails, phones=("+31 6",),
                properties=(Property("FN", "Anna de Proef"), Property("NICKNAME", "Ans")))  # fmt: skip
    rows = list(csv.reader(io.StringIO("".join(lines([anna])).removeprefix("\ufeff"), newline="")))
    assert rows[0] == ["name", "given", "family", "organisation", "title", "birthday", "note", "mail 1", "mail 2",
                       "phone 1", "other", "card 1"]  # fmt: skip
    assert rows[1][:11] == ["Anna de Proef", "Anna", "de Proef", "", "", "", "", "a@example.org", "b@example.org",
                            "'+31 6", "Nickname: Ans"]  # fmt: skip
    assert rows[1][11] == write([anna])


def same(before: Card, after: Card) -> None:
    """The two cards say the same."""
    assert [getattr(after, field) for field in FIELDS] == [getattr(before, field) for field in FIELDS]
    wanted = list(as_version(before, "4.0"))
    assert after.properties in (tuple(wanted), (Property("FN", after.properties[0].value), *wanted))


@pytest.mark.parametrize("path", sorted((DATA / "vcard").glob("*.vcf")), ids=lambda path: path.stem)
def test_samples_come_back(tmp_path: Path, path: Path) -> None:
    """Cards of every version, with pictures and unknown properties, come back whole from our own table."""
    cards = [card for card in vcard.read(path, name="x") if isinstance(card, Card)]
    again = own(tmp_path, cards)
    assert len(again) == len(cards)
    for before, after in zip(cards, again, strict=True):
        same(before, after)


@given(PROPERTIES)
@settings(max_examples=150, deadline=None)
def test_any_card_comes_back(tmp_path_factory: pytest.TempPathFactory, props: list[Property]) -> None:
    """Whatever a card says comes back from our own table."""
    card = card_of("x", 1, "4.0", props)
    if card is not None and all(prop.name != "JSPROP" for prop in props):
        (after,) = own(tmp_path_factory.getbasetemp(), [card])
        (wanted,) = vcard.parse(write([card]).encode(), name="x")
        assert isinstance(wanted, Card)
        same(wanted, after)


def test_large_cards_come_in_pieces(tmp_path: Path) -> None:
    """A card longer than a spreadsheet's cell is laid over several columns and put together again."""
    big = Card(
        Origin("x"), "4.0", "Anna", properties=(Property("FN", "Anna"), Property("X-BIG", "x" * 100_000 + "\\, "))
    )
    small = Card(Origin("x"), "4.0", "Bram", properties=(Property("FN", "Bram"),))
    text = "".join(lines([big, small]))
    assert "card 4" in text
    assert max(len(cell) for row in csv.reader(io.StringIO(text, newline="")) for cell in row) <= 32_001
    assert [card.properties for card in own(tmp_path, [big, small])] == [big.properties, small.properties]


def edited(tmp_path: Path, card: Card, **changes: str) -> Card:
    """The card after somebody changed cells of our table in a spreadsheet that writes semicolons."""
    header, row = csv.reader(io.StringIO("".join(lines([card])).removeprefix("\ufeff"), newline=""))
    cells = {**dict(zip(header, row, strict=True)), **{name.replace("_", " "): text for name, text in changes.items()}}
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([list(cells), list(cells.values())])
    return one(tmp_path, out.getvalue())


def test_a_cell_changed_in_a_spreadsheet(tmp_path: Path) -> None:
    """What somebody changed in a cell counts; everything else of the card stays, unknown properties too."""
    props = [Property("FN", "Anna"), Property("EMAIL", "a@example.org", (("TYPE", ("work",)),)),
             Property("BDAY", "19850412"), Property("X-THING", "1"), Property("TEL", "+31 6")]  # fmt: skip
    card = card_of("x", 1, "4.0", props)
    assert card is not None
    after = edited(tmp_path, card, name="Anna Proef", mail_2="b@example.org", birthday="12-4-1985", phone_1="'+31 6")
    assert (after.name, after.mails, after.birthday, after.phones) == (
        "Anna Proef", ("a@example.org", "b@example.org"), "1985-04-12", ("+31 6",),
    )  # fmt: skip
    assert {props[1], props[3]} <= set(after.properties)
    assert edited(tmp_path, card, mail_1="").mails == ()
    assert edited(tmp_path, card, birthday="4/12/1985").birthday == "1985-04-12"
    assert edited(tmp_path, card, birthday="").birthday == ""
    assert edited(tmp_path, card, card_1="").mails == ("a@example.org",)
