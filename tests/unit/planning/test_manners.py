"""The manners of all kinds, as a table; recognising a kind; a user's own kinds."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatje.errors import SettingError
from maatje.model.manners import Business, Coffee
from maatje.model.occasion import Figure, Part
from maatje.model.sentence import Span
from maatje.planning import manners as module
from maatje.planning.manners import BUSINESS, COFFEE, FILE, PARTS, Kinds, parse, recognise, thanks, wait

SHIPPED = (Path(module.__file__).parent / FILE).read_text("utf-8")
KINDS = parse(SHIPPED)

TABLE = [
    # kind, business, coffee, whom to thank, within days, wait days, mourning
    ("funeral", "never", "never", ("family",), 7, 56, True),
    ("farewell", "never", "on_the_spot", ("honoured",), 7, 14, False),
    ("jubilee", "when_begun", "on_the_spot", ("host", "honoured"), 3, 7, False),
    ("book_presentation", "when_begun", "on_the_spot", ("honoured", "host"), 3, 14, False),
    ("annual_meeting", "freely", "on_the_spot", ("organiser",), 7, 3, False),
    ("conference", "freely", "on_the_spot", ("organiser", "speaker"), 7, 2, False),
    ("lecture", "when_begun", "on_the_spot", ("speaker", "organiser"), 3, 7, False),
    ("dinner", "when_begun", "afterwards", ("host",), 2, 7, False),
    ("celebration", "never", "on_the_spot", ("host", "honoured"), 3, 7, False),
    ("reception", "when_begun", "on_the_spot", ("host",), 3, 7, False),
]

OWN = """
[wine_tasting]
name = "wine tasting"
words = ["wijnproeverij*", "wine tasting"]
first = "What you tasted."
business = "never"
coffee = "afterwards"
thank = ["host"]
thanks = "Thank {whom} within {days}."
thank_days = 3
wait_days = 7
enough = "Enough. Spit now and then."
"""


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_manners_of_every_kind(row):
    """Each of the ten kinds says what DESIGN §9 asks of it, with a sentence for every question."""
    kind, business, coffee, thank, thank_days, wait_days, mourning = row
    found = KINDS.of(kind)
    assert (business, coffee, thank) == (found.business, found.coffee, found.thank)
    assert (thank_days, wait_days, mourning) == (found.thank_days, found.wait_days, found.mourning)
    said = (found.name, found.first, found.thanks, found.enough, BUSINESS[found.business], COFFEE[found.coffee])
    assert all(sentence.text.strip() for sentence in said)


def test_there_are_ten_kinds():
    """The shipped file holds the ten kinds of the design and no other."""
    assert sorted(row[0] for row in TABLE) == sorted(KINDS.kinds)
    assert not any(manners.is_own for manners in KINDS.kinds.values())


def test_every_choice_has_words():
    """Whatever a kind may say of business, coffee and whom to thank can be said in words."""
    assert (set(Business), set(Coffee), set(Part)) == (set(BUSINESS), set(COFFEE), set(PARTS))


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Haringparty bij Van Beek & Roos", "reception"),
        ("HERRING PARTY", "reception"),
        ("Nieuwjaarsborrel gemeente", "reception"),
        ("Networking drinks", "reception"),
        ("Boekpresentatie Liesbeth", "book_presentation"),
        ("Book launch: Tides", "book_presentation"),
        ("Uitvaart tante Riek", "funeral"),
        ("Receptie na de uitvaart", "funeral"),
        ("Crematie, daarna afscheidsborrel", "funeral"),
        ("Condoléancebezoek", "funeral"),
        ("Memorial  service for Gerrit", "funeral"),
        ("ALV 2026", "annual_meeting"),
        ("Algemene ledenvergadering", "annual_meeting"),
        ("Annual General Meeting", "annual_meeting"),
        ("Afscheid van Pieter", "farewell"),
        ("Afscheidsborrel Gerrit", "farewell"),
        ("Retirement drinks", "farewell"),
        ("12,5-jarig jubileum", "jubilee"),
        ("Jubileumcongres", "jubilee"),
        ("Silver jubilee", "jubilee"),
        ("Jaarcongres verandermanagement", "conference"),
        ("Spring conference", "conference"),
        ("Lezing over dijken", "lecture"),
        ("Inaugural lecture", "lecture"),
        ("Galadiner", "dinner"),
        ("Dinner at Joost's", "dinner"),
        ("Verjaardagsfeest Jet", "celebration"),
        ("Wedding of Aziz and Noor", "celebration"),
        ("Overleg kade Assen", None),
        ("Vrede", None),
        ("Kennismaking", None),
        ("alvast bellen", None),
        ("", None),
    ],
)
def test_a_title_says_the_kind(title, kind):
    """A kind is recognised in Dutch and English titles, mourning before all, the longest word next, or none."""
    assert kind == recognise(title, KINDS)


@given(st.text(max_size=400))
def test_any_title_can_be_read(title):
    """No title, whatever it holds, does more than name a kind or none."""
    assert recognise(title, KINDS) in {None, *KINDS.kinds}


@given(st.text(max_size=40), st.sampled_from(["uitvaart", "begrafenis", "crematie", "funeral"]), st.text(max_size=40))
def test_mourning_wins_over_any_other_word(before, word, after):
    """Where a title speaks of a funeral, nothing else in it makes it a party."""
    assert recognise(f"{before} {word} {after}", KINDS) == "funeral"


def test_own_kind_is_added_and_found():
    """A user's own kind stands beside the shipped ones, is recognised first, and is marked as theirs."""
    both = parse(OWN, KINDS)
    assert len(both.kinds) == 11
    assert recognise("Wijnproeverij met receptie", both) == "wine_tasting"
    assert both.of("wine_tasting").is_own
    assert not both.of("reception").is_own


def test_own_kind_may_replace_ours():
    """A kind of the same key takes the place of the shipped one, words and all."""
    both = parse(OWN.replace("wine_tasting", "dinner"), KINDS)
    assert len(both.kinds) == 10
    assert both.of("dinner").first.text == "What you tasted."
    assert recognise("Galadiner", both) is None


def test_a_kind_that_is_gone_is_taken_as_a_reception():
    """An occasion whose own kind was taken out still has manners."""
    assert KINDS.of("wine_tasting").kind == "reception"


BROKEN = [
    ("[x", "cannot be read"),
    ("x = 1", "x: not a table"),
    ('["Wijn proeven"]\nname = "x"', "small letters"),
    (OWN.replace('name = "wine tasting"', ""), "wine_tasting.name: is missing"),
    (OWN.replace('"never"', '"sometimes"'), "wine_tasting.business: must be one of never, when_begun, freely"),
    (OWN.replace('["host"]', '["landlord"]'), "wine_tasting.thank: must be one of host"),
    (OWN.replace('["host"]', "[]"), "wine_tasting.thank: must be a list of words"),
    (OWN.replace("{whom}", "{who}"), "wine_tasting.thanks: nothing fills {who}"),
    (OWN.replace("What you", "What {whom}"), "wine_tasting.first: nothing fills {whom}"),
    (OWN.replace("thank_days = 3", "thank_days = true"), "wine_tasting.thank_days: must be a whole number"),
    (OWN.replace("wait_days = 7", "wait_days = -1"), "wine_tasting.wait_days: must be a whole number from 0 to 365"),
    (OWN + "talking = 1.5", "wine_tasting.talking: must be a number from 0 to 1"),
    (OWN + "colour = 1", "wine_tasting.colour: is not known"),
    (OWN.replace('"wijnproeverij*"', '"*a*"'), "needs three letters"),
    (OWN + "mourning = true", "wine_tasting.coffee: must be never where there is mourning"),
    (
        OWN.replace('"afterwards"', '"never"') + "mourning = true",
        "wine_tasting.wait_days: must be at least 56 where there is mourning",
    ),
]


@pytest.mark.parametrize(("text", "says"), BROKEN, ids=range(len(BROKEN)))
def test_a_broken_kind_is_named(text, says):
    """What is wrong with a kind is said with its key and field."""
    with pytest.raises(SettingError) as caught:
        parse(text, KINDS)
    assert says in str(caught.value)


def test_all_faults_are_told_at_once():
    """One reading names every fault, so that one correction mends all."""
    broken = OWN.replace('"never"', "3").replace("thank_days = 3", "").replace("What you tasted.", " ")
    with pytest.raises(SettingError) as caught:
        parse(broken, KINDS)
    assert all(name in str(caught.value) for name in (".business", ".thank_days", ".first"))


def test_thanks_names_people_where_they_are_known():
    """Whom to thank is said by name, by several names, or by their part where no name is known."""
    jubilee = KINDS.of("jubilee")
    host, star = Figure("Anneke Roos"), Figure("Job van Beek", Part.HONOURED)
    values = dict(thanks(jubilee, (host,)).values)
    assert ("Anneke Roos", Span(3.0)) == (values["whom"], values["days"])
    assert dict(dict(thanks(jubilee, (star, host)).values)["whom"].values) == {
        "one": "Anneke Roos",
        "other": "Job van Beek",
    }
    assert dict(thanks(jubilee, ()).values)["whom"] == PARTS[Part.HOST]
    assert dict(thanks(KINDS.of("funeral"), (host,)).values)["whom"] == PARTS[Part.FAMILY]


def test_how_long_to_wait():
    """A funeral asks for weeks without business; elsewhere a few days go by first."""
    assert wait(KINDS.of("funeral")).text.startswith("Nothing businesslike")
    assert dict(wait(KINDS.of("reception")).values)["span"] == Span(7.0)


def test_the_catalogue_can_read_the_sentences(monkeypatch):
    """The extractor finds every sentence of the file, each with the line it stands on."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[3] / "tools"))
    monkeypatch.delitem(sys.modules, "toml_sentences", raising=False)
    from toml_sentences import extract  # a tool, found only through the path set above

    path = Path(module.__file__).parent / FILE
    with path.open("rb") as stream:
        found = list(extract(stream, (), (), {"fields": "name first thanks enough"}))
    assert len(found) == 40
    lines = SHIPPED.splitlines()
    assert all(message in lines[line - 1] for line, _, message, _ in found)


def test_parse_is_pure():
    """The same text gives the same kinds."""
    assert parse(SHIPPED) == KINDS
    assert isinstance(KINDS, Kinds)
