"""Who is who on pages: what is asked of a pair, what is known and whence, and the way back from an answer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.unit.web import web_samples as samples

from maatje.app.whence import whence
from maatje.app.wording import Voice
from maatje.model.contact import Field
from maatje.model.same import Duplicates, Part, Weighed
from maatje.model.sentence import say
from maatje.model.units import ContactId
from maatje.web.contexts.duplicates import ANSWERS, FACTS, Asked, asked, duplicates_view
from maatje.web.contexts.known import known_view
from maatje.web.pages import way_back
from maatje.web.sessions import Said

VOICE = Voice("en", now=samples.NOW)


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_each_answer_has_its_keys(lang: str) -> None:
    """The three answers have a figure and a letter each, all of them different and none the one that undoes."""
    view = duplicates_view(samples.duplicates(), Asked(), 0, Voice(lang, now=samples.NOW))
    keys = [key for answer in view.answers for key in answer.keys.split()]
    assert [answer.value for answer in view.answers] == ["same", "different", "later"]
    assert [answer.key for answer in view.answers] == ["1", "2", "3"]
    assert len(set(keys) | {"U"}) == 2 * len(ANSWERS) + 1


def test_pair_says_proposal_or_question_and_its_chance() -> None:
    """A strong pair is called a proposal, any other a question, and both say the chance in words."""
    view = duplicates_view(samples.duplicates(), Asked(), 0, VOICE)
    assert [pair.chance for pair in view.pairs] == [
        "About 9 in 10 that they are one.",
        "About 3 in 10 that they are one.",
    ]
    assert [pair.verdict.split()[1] for pair in view.pairs] == ["proposal:", "question:"]


def test_pair_shows_its_weightiest_facts() -> None:
    """The five facts that say most are shown, those for it first; the one that says least is left out."""
    facts = duplicates_view(samples.duplicates(), Asked(), 0, VOICE).pairs[0].facts
    assert [fact.way for fact in facts] == ["for", "for", "for", "against", "against"]
    assert facts[0].words == "Both write with Roos Dijkema."
    assert "They were never in one message." not in {fact.words for fact in facts}
    many = tuple(Weighed(say("x"), float(bits)) for bits in range(-20, 20))
    pair = replace(samples.duplicates().pairs[0], facts=many)
    shown = duplicates_view(samples.duplicates(pairs=(pair,)), Asked(), 0, VOICE).pairs[0].facts
    assert len(shown) == FACTS


def test_side_shows_talks_and_what_is_lacking() -> None:
    """A side shows the last talks, a few addresses and how many more; where nothing is known it says so."""
    known, unknown = (duplicates_view(samples.duplicates(), Asked(), 0, VOICE).pairs[at].sides[at] for at in (0, 1))
    assert (len(known.handles), known.more) == (3, "and two more")
    assert known.moments == "38 contact moments, June 2019 to June 2026"
    assert [talk.day for talk in known.talks] == ["24 March", "19 March", "2 March"]
    assert known.talks[1].words == "Lunch"
    assert (unknown.moments, unknown.work, unknown.talks) == (
        "No contact moment that counts",
        "No organisation known",
        (),
    )


def test_two_of_one_name_are_named_once() -> None:
    """Two contacts of the same name are not called by it twice in one heading."""
    titles = [pair.title for pair in duplicates_view(samples.duplicates(), Asked(), 0, VOICE).pairs]
    assert titles == ["Fenna de Graaf and F. de Graaf", "Gerrit Stam, twice"]


@pytest.mark.parametrize(
    ("found", "where", "skipped", "title", "button"),
    [
        (Duplicates((), 0, 0, False), Asked(), 0, "Not compared yet", "Compare now"),
        (Duplicates((), 0, 0, True), Asked(), 0, "Nobody", ""),
        (Duplicates((), 0, 0, True), Asked(), 3, "No more pairs here", ""),
        (Duplicates((), 4, 0, True), Asked(10), 0, "No more pairs here", ""),
    ],
)
def test_no_pairs_says_why(found: Duplicates, where: Asked, skipped: int, title: str, button: str) -> None:
    """Without a pair to show, the page says whether nothing was compared, nobody is alike, or the rest was put off."""
    view = duplicates_view(found, where, skipped, VOICE)
    assert (view.title, view.look_words, view.pairs) == (title, button, ())
    assert view.note


def test_old_pairs_ask_to_be_looked_at_again() -> None:
    """Pairs found before more was read are shown, with a button to compare again; fresh ones have none."""
    old = duplicates_view(samples.duplicates(), Asked(), 0, VOICE)
    assert (bool(old.look), old.look_words, len(old.pairs)) == (True, "Look again", 2)
    fresh = duplicates_view(samples.duplicates(is_current=True), Asked(), 0, VOICE)
    assert (fresh.look, fresh.look_words) == ("", "")


def test_pages_of_pairs_lead_on_and_back() -> None:
    """A page offers the pairs after it and before it, and keeps to the one contact asked for."""
    view = duplicates_view(samples.duplicates(), Asked(10, ContactId(7)), 0, VOICE)
    assert view.more == "And eleven pairs more"
    assert view.next_url == "/duplicates?with=7&from=12"
    assert view.previous_url == "/duplicates?with=7"
    last = duplicates_view(samples.duplicates(total=2), Asked(), 0, VOICE)
    assert (last.more, last.next_url, last.previous_url) == ("", "", "")


@pytest.mark.parametrize("text", ["", "-1", "1e3", "x", "٣", "9" * 30, " 1"])
def test_query_that_is_none_is_as_if_not_there(text: str) -> None:
    """What is no number in the address asks for all pairs from the first."""
    assert asked({"from": text, "with": text}) == Asked()
    assert asked({"from": "20", "with": "7"}) == Asked(20, ContactId(7))


@pytest.mark.parametrize(
    ("field", "words"),
    [
        (Field("name", "x", "you", "", samples.NOW), "your own word, 9 June 2026"),
        (Field("name", "x", "card", "C:\\Cards\\all.vcf", samples.NOW), "all.vcf, as of 9 June 2026"),
        (Field("name", "x", "card", "/home/h/all.vcf"), "all.vcf"),
        (Field("name", "x", "header"), "the name in messages, or the address"),
    ],
)
def test_each_field_says_whence(field: Field, words: str) -> None:
    """A field says that it is the user's word, of which address book and date, or only seen in messages."""
    assert whence(field, VOICE) == words


def test_own_words_can_be_taken_back() -> None:
    """Only what the user said is offered back to the address book; every field can be filled in."""
    view = known_view(samples.contact(), samples.told(), (), VOICE)
    assert [(line.field, line.is_own) for line in view.lines] == [
        ("name", False), ("organisation", False), ("title", False), ("birthday", True),
    ]  # fmt: skip
    assert view.lines[3].words == "3 October"
    assert [(one.field, one.value) for one in view.entries] == [
        ("name", "Bram Hoekzema"), ("organisation", "Housing association Assen"), ("title", "Head of planning"),
        ("birthday", "--10-03"), ("note", ""),
    ]  # fmt: skip


def test_odd_birthday_does_not_block_the_form() -> None:
    """A birthday that a card tells in another shape is shown as it is, and not checked by the browser."""
    fields = (Field("birthday", "some time in May", "card", "old.vcf"),)
    entry = known_view(samples.contact(), samples.told(fields=fields), (), VOICE).entries[3]
    assert (entry.value, entry.pattern) == ("some time in May", "")
    assert known_view(samples.contact(), samples.told(fields=()), (), VOICE).entries[3].pattern


def test_parts_come_apart_only_where_something_stays() -> None:
    """A part can leave where another has an address; a contact of one part shows none, nor one address to take out."""
    view = known_view(samples.contact(), samples.told(), (), VOICE)
    assert [part.can_leave for part in view.parts] == [True, True]
    bare = (Part(ContactId(11), "Bram", ("a@example.org",)), Part(ContactId(40), "B.", ()))
    view = known_view(samples.contact(), samples.told(parts=bare), (), VOICE)
    assert [part.can_leave for part in view.parts] == [False, False]
    view = known_view(samples.contact(), samples.told(parts=bare[:1]), (), VOICE)
    assert (view.parts, view.handles) == ((), ())


def test_met_once_is_counted_in_by_an_address() -> None:
    """Somebody met once in passing can be counted in by the first of their addresses; nobody else can."""
    assert known_view(samples.contact(is_light=True), samples.told(), (), VOICE).met_once == 1
    assert known_view(samples.contact(), samples.told(), (), VOICE).met_once is None
    assert known_view(samples.contact(is_light=True, handles=()), samples.told(), (), VOICE).met_once is None


def test_said_leads_back() -> None:
    """An act that was kept is undone by its number, a pair put off is asked again; the rest offers nothing."""
    assert way_back(Said(say("x"), undo=7)) == ("/undo", "id", "7")
    skipped = frozenset((ContactId(12), ContactId(3)))
    assert way_back(Said(say("x"), skipped=skipped)) == ("/duplicates/again", "pair", "3-12")
    assert way_back(Said(say("x"))) is None
