"""JSContact: every card there and back, foreign files, and hostile ones."""

from __future__ import annotations

import dataclasses
import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.golden import DATA

from maatje.model.record import Card, Origin, Problem, Property
from maatje.sources import jscontact, vcard
from maatje.sources.contentlines import escaped
from maatje.sources.jscontact_card import from_json, to_json
from maatje.sources.jscontact_props import canonical
from maatje.sources.vcard_card import card_of
from maatje.sources.vcard_write import as_version

CORPORA = Path(__file__).parents[2].parent / "shared" / "corpora"
SAMPLES = sorted((DATA / "vcard").glob("*.vcf"))
FIELDS = (
    "name", "family", "given", "additional", "prefix", "suffix", "nickname", "mails", "phones", "urls",
    "organisation", "title", "birthday", "note", "categories", "is_group", "photo", "revised",
)  # fmt: skip


def same(card: Card, again: Card) -> None:
    """The two cards say the same, property by property; order counts among those of one name."""
    assert [getattr(again, field) for field in FIELDS] == [getattr(card, field) for field in FIELDS]
    before = [canonical(prop) for prop in as_version(card, "4.0")]
    after = [canonical(prop) for prop in again.properties]
    assert sorted(after, key=_order) == sorted(before, key=_order)


def _order(prop: Property) -> tuple[str, str]:
    """Labels belong to their group, wherever they stand, and pointers to their place."""
    return prop.name, repr(prop) if prop.name in ("X-ABLABEL", "JSPROP") else ""


def there_and_back(card: Card) -> Card:
    """The card after a way through JSContact's text."""
    (again,) = jscontact.parse(jscontact.write([card]).encode(), name="x")
    assert isinstance(again, Card)
    return again


def one(**members: object) -> Card:
    """The card of a JSContact object."""
    found = from_json({"@type": "Card", "version": "1.0", "uid": "u1", **members}, "x", 1)
    assert found is not None
    return found


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_come_back(path: Path) -> None:
    """Cards of every version come back from JSContact with all they had."""
    for card in vcard.read(path, name="x"):
        if isinstance(card, Card):
            same(card, there_and_back(card))


@pytest.mark.corpora
@pytest.mark.skipif(not CORPORA.is_dir(), reason="the import corpora (../shared/corpora) are not on this machine")
def test_corpora_come_back() -> None:
    """Every real card of the corpora comes back from JSContact with all it had."""
    number = 0
    for path in sorted((CORPORA / "vcard").rglob("*.vcf")):
        for card in vcard.read(path, name="x"):
            if isinstance(card, Card):
                same(card, there_and_back(card))
                number += 1
    assert number > 150


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\x85\u2028\u2029"), max_size=30)
RAW = st.text('abé12 ,;:\\nN/@+-.=TZ{}"', max_size=20)
DATES = st.sampled_from(["1985-04-12", "19850412", "--0412", "1604-04-12", "1985-13-40", "20240101T101112Z", "circa"])
NAMES = st.sampled_from(
    ["NOTE", "X-THING", "TITLE", "ROLE", "ADR", "EMAIL", "TEL", "X-ABLABEL", "RELATED", "CATEGORIES", "N", "FN", "ORG",
     "NICKNAME", "URL", "BDAY", "REV", "UID", "KIND", "IMPP", "SOCIALPROFILE", "LANG", "HOBBY", "PRODID", "KEY",
     "JSPROP", "CREATED", "SOURCE"]
)  # fmt: skip
PARAMS = st.lists(
    st.tuples(
        st.sampled_from(
            ["TYPE", "LANGUAGE", "X-P", "PREF", "ALTID", "VALUE", "LABEL", "MEDIATYPE", "PROP-ID", "JSPTR"]
        ),
        st.lists(
            st.one_of(st.sampled_from(["home", "WORK", "cell", "voice", "1", "101", "p1", "a/b", "x-y", "pref"]), RAW),
            min_size=1,
            max_size=3,
        ).map(tuple),
    ),
    max_size=3,
).map(tuple)
FEW = st.sampled_from(["group", "Group", '"x"', "[1, 2]", "a;b;c;d;e;f;g;h"])
VALUES = st.one_of(TEXT.map(escaped), RAW, DATES, FEW)
PROPERTIES = st.lists(
    st.builds(Property, NAMES, VALUES, PARAMS, st.sampled_from(["", "", "item1", "item2"])), min_size=1, max_size=8
)


@given(PROPERTIES, st.sampled_from(["2.1", "3.0", "4.0"]))
@settings(max_examples=300, deadline=None)
def test_any_card_comes_back(found: list[Property], version: str) -> None:
    """Whatever properties a card has: JSContact and back gives the same ones, their groups and parameters too."""
    card = card_of("x", 1, version, found)
    if card is not None:
        same(card, there_and_back(card))


WORDS = TEXT | st.sampled_from(["private", "title", "p1", "kind"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 3000) | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)
MEMBERS = st.sampled_from(
    ["name", "emails", "phones", "addresses", "nicknames", "organizations", "anniversaries", "vCardProps", "keywords",
     "uid", "kind", "updated", "media", "onlineServices", "localizations", "relatedTo"]
)  # fmt: skip


@given(st.lists(st.one_of(JSON, st.dictionaries(MEMBERS, JSON, max_size=4)), max_size=4))
@settings(max_examples=300, deadline=None)
def test_any_json(found: list[object]) -> None:
    """No JSON makes the reader raise, and what was read once is read the same again."""
    records = list(jscontact.parse(json.dumps(found).encode(), name="x"))
    assert all(isinstance(record, Card | Problem) for record in records)
    for record in records:
        if isinstance(record, Card):
            same(record, there_and_back(record))


@given(st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_bytes(noise: bytes) -> None:
    """No bytes make the reader raise, and the card before them is read."""
    data = b'[{"@type":"Card","name":{"full":"A"}},' + noise
    first, *others = jscontact.parse(data, name="x")
    assert isinstance(first, Card)
    assert all(isinstance(record, Card | Problem) for record in others)


def test_rfc_card() -> None:
    """A card as another program writes it is read: names, addresses, numbers, a birthday, a note, a picture by link."""
    card = one(
        name={"full": "Dr. Anna de Proef", "components": [
            {"kind": "title", "value": "Dr."}, {"kind": "given", "value": "Anna"}, {"kind": "separator", "value": " "},
            {"kind": "surname", "value": "de Proef"}]},
        nicknames={"k1": {"name": "Ans"}},
        organizations={"o1": {"name": "Haven", "units": [{"name": "Kade"}]}},
        titles={"t1": {"name": "Loods"}, "t2": {"kind": "role", "name": "Piloot"}},
        emails={"e1": {"address": "anna@example.org", "contexts": {"work": True}},
                "e2": {"address": "ans@example.net", "pref": 1}},
        phones={"tel0": {"number": "tel:+31-20-5550101", "features": {"mobile": True}}},
        addresses={"a": {"components": [{"kind": "number", "value": "54"}, {"kind": "name", "value": "Kade"},
                                        {"kind": "locality", "value": "Delft"}], "countryCode": "NL"}},
        anniversaries={"b": {"kind": "birth", "date": {"year": 1985, "month": 4, "day": 12}}},
        notes={"n": {"note": "Regel, een\nen twee"}},
        keywords={"vrienden": True},
        media={"m": {"kind": "photo", "uri": "https://example.org/anna.jpg"}},
        updated="2024-01-02T03:04:05Z",
    )  # fmt: skip
    assert (card.name, card.family, card.given, card.prefix) == ("Dr. Anna de Proef", "de Proef", "Anna", "Dr.")
    assert (card.nickname, card.organisation, card.title) == ("Ans", "Haven", "Loods")
    assert card.mails == ("ans@example.net", "anna@example.org")
    assert (card.phones, card.birthday, card.note) == (("+31-20-5550101",), "1985-04-12", "Regel, een\nen twee")
    assert (card.categories, card.photo, card.revised) == (("vrienden",), None, 1_704_164_645)
    assert ("JSPROP", '"NL"') in [(prop.name, prop.value) for prop in card.properties]
    again = to_json(card)
    assert again["addresses"]["a"]["countryCode"] == "NL"
    assert again["emails"]["e1"] == {
        "address": "anna@example.org", "contexts": {"work": True}, "vCardParams": {"prop-id": "e1"},
    }  # fmt: skip


def test_members_that_vcard_has_no_word_for() -> None:
    """Members that no property tells go into the card and back to where they stood."""
    localizations = {"nl": {"titles/t1/name": "Loods"}}
    again = to_json(one(name={"full": "A"}, localizations=localizations, **{"example.org:x": [1, None]}))
    assert (again["localizations"], again["example.org:x"]) == (localizations, [1, None])
    assert "vCardProps" not in again


def test_unknown_properties_are_kept_as_the_standard_says() -> None:
    """A vCard property without a member of its own stands under vCardProps, with its group and parameters."""
    card = card_of("x", 1, "4.0", [
        Property("FN", "A"), Property("X-SHOE", "a\\,b", (("X-P", ("1", "2")),), "item1"), Property("UID", "u"),
    ])  # fmt: skip
    assert card is not None
    assert to_json(card) == {
        "@type": "Card", "version": "1.0", "uid": "u", "name": {"@type": "Name", "full": "A"},
        "vCardProps": [["x-shoe", {"x-p": ["1", "2"], "group": "item1"}, "unknown", "a\\,b"]],
    }  # fmt: skip


def test_apple_labels() -> None:
    """Apple's label of a number becomes the number's own label, and Apple's again on the way back."""
    props = [Property("FN", "A"), Property("TEL", "12", (), "item1"), Property("X-ABLABEL", "Boot", (), "item1")]
    card = card_of("x", 1, "3.0", props)
    assert card is not None
    assert to_json(card)["phones"]["p0"]["label"] == "Boot"
    same(card, there_and_back(card))


@pytest.mark.parametrize("shape", ["{}", "[{}]", '{{"cards": [{}]}}', '{{"x": 1, "cards": [{}]}}'])
def test_shapes(shape: str) -> None:
    """One card, an array of cards, and an object that holds them are read alike, and known by their content."""
    text = shape.format('{"@type": "Card", "name": {"full": "A"}}')
    (card,) = jscontact.parse(text.encode(), name="x")
    assert isinstance(card, Card)
    assert card.name == "A"
    assert jscontact.sniff(text.encode(), Path("x"))


def test_what_is_not_ours() -> None:
    """Other JSON, and text that only mentions a card, is none of ours."""
    for text in ('{"type": "AdaptiveCard"}', "[1, 2]", "", "x", '{"@type":"Person"}', 'say "@type":"Card"'):
        assert not jscontact.sniff(text.encode(), Path("x"))


def test_bad_entries() -> None:
    """An entry that is no card is one problem without its text; the others are read."""
    data = b'[1, {"@type":"Group"}, {}, {"@type":"Card","name":{"full":"A"}}, "secret"]'
    found = list(jscontact.parse(data, name="x"))
    assert [type(record) for record in found] == [Problem, Problem, Problem, Card, Problem]
    assert "secret" not in str(found[-1])


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, '{"a":' * 100_000, "[" + "9" * 100_000 + "]", "[NaN, 1e400]", '["' + "a" * 1_000_000,
     '[{"@type":"Card","@type":"Card","name":{"full":"A","full":"B"}}', "{", '[{"@type":"Card"} {"@type":"Card"}'],
)  # fmt: skip
def test_hostile_json(text: str) -> None:
    """Depth, long numbers, what is not JSON, and files cut short give problems, never a crash."""
    found = list(jscontact.parse(text.encode(), name="x"))
    assert found
    assert all(isinstance(record, Card | Problem) for record in found)


def test_too_large(tmp_path: Path) -> None:
    """A file of more than 50 MB is one problem."""
    path = tmp_path / "big.json"
    path.write_bytes(b"[")
    os.truncate(path, 60 * 1024 * 1024)
    assert [type(record) for record in jscontact.read(path, name="x")] == [Problem]


def test_our_own_of_any_size(tmp_path: Path) -> None:
    """Our own file is read whatever its size, card by card; a line that is broken is one problem."""
    cards = [card_of("x", 1, "4.0", [Property("FN", f"A{n}"), Property("X-A", "x" * 1_000_000)]) for n in range(60)]
    text = jscontact.write([card for card in cards if card is not None])
    path = tmp_path / "big.json"
    path.write_text(text.replace('"full":"A7"', '"full":"A7'), encoding="utf-8")
    assert path.stat().st_size > jscontact.MAX_BYTES
    found = list(jscontact.read(path, name="x"))
    assert [record.name if isinstance(record, Card) else "!" for record in found] == [
        "!" if n == 7 else f"A{n}" for n in range(60)
    ]


def test_no_card_is_slipped_in() -> None:
    """A property from JSON cannot begin or end a card, nor bring a line of its own."""
    props = [["begin", {}, "unknown", "VCARD"], ["x", {"a\nb": "c"}, "unknown", "y\nEMAIL:evil@example.org"],
             ["x y", {}, "text", "z"], ["version", {}, "text", "2.1"]]  # fmt: skip
    card = one(name={"full": "A"}, vCardProps=props)
    assert [(prop.name, prop.value) for prop in card.properties if prop.name.startswith(("X", "B", "V"))] == [
        ("X", "y\\nEMAIL:evil@example.org")
    ]


def test_order_comes_back() -> None:
    """Addresses come back in the order they stood in, though some are kept whole and some as objects."""
    whole = (("X-P", ("1",)),)
    mails = [Property("EMAIL", f"{n}@example.org", (), "" if n % 2 else "item") for n in range(6)]
    mails[3:3] = [Property("EMAIL", "", whole), Property("EMAIL", "", whole)]
    card = Card(Origin("x"), "4.0", "A", properties=(*mails, Property("FN", "A")))
    assert there_and_back(card).mails == tuple(f"{n}@example.org" for n in range(6))


def test_fields_are_all_compared() -> None:
    """The comparison of this file leaves out nothing of a card but where it came from."""
    assert {field.name for field in dataclasses.fields(Card)} - set(FIELDS) == {"origin", "version", "properties"}
