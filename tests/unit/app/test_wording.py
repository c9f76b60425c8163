"""Every sentence in both languages, as people say it."""

from __future__ import annotations

import re
import shutil
import sys
from datetime import UTC, timedelta, timezone

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

import maatje
from maatje.app import catalogue as catalogues
from maatje.app.catalogue import FOLDER
from maatje.app.spans import span_parts
from maatje.app.wording import Voice
from maatje.errors import SettingError
from maatje.model.sentence import Chance, Count, Day, MonthOf, Span, say, say_n
from maatje.model.units import DAY, Seconds

NOW = Seconds(1_781_006_400)  # Tuesday 9 June 2026, 12:00 UTC
EN = Voice("en", NOW, UTC)
NL = Voice("nl", NOW, UTC)
SOURCE = FOLDER.parent.parent
TOOLS = SOURCE.parents[1] / "tools"
KEYWORDS = {
    "N_": None,
    "say": None,
    "say_n": (1, 2),
    "text": None,
    "text_n": (1, 2),
    "_": None,
    "ngettext": (1, 2),
}
"""The same as in the Makefile's `messages`."""


def both(sentence):
    """A sentence in English and in Dutch."""
    return EN.say(sentence), NL.say(sentence)


@pytest.mark.parametrize(
    ("days", "english", "dutch"),
    [
        (0.2, "less than a day", "minder dan een dag"),
        (1.0, "a day", "een dag"),
        (2.0, "two days", "twee dagen"),
        (13.4, "13 days", "13 dagen"),
        (14.0, "two weeks", "twee weken"),
        (77.0, "eleven weeks", "elf weken"),
        (87.0, "twelve weeks", "twaalf weken"),
        (92.0, "three months", "drie maanden"),
        (300.0, "ten months", "tien maanden"),
        (365.0, "a year", "een jaar"),
        (400.0, "13 months", "13 maanden"),
        (548.0, "a year and a half", "anderhalf jaar"),
        (700.0, "two years", "twee jaar"),
        (2555.0, "seven years", "zeven jaar"),
        (9000.0, "25 years", "25 jaar"),
    ],
)
def test_lengths_of_time(days, english, dutch):
    """Spans are told in the unit that people use, in words up to twelve."""
    assert (EN.span(days), NL.span(days)) == (english, dutch)


@pytest.mark.parametrize(
    ("days", "english", "dutch"),
    [
        (0.5, "every day", "elke dag"),
        (3.0, "every three days", "om de drie dagen"),
        (7.0, "every week", "elke week"),
        (42.0, "every six weeks", "om de zes weken"),
        (30.0, "every month", "elke maand"),
        (180.0, "every six months", "om de zes maanden"),
        (365.0, "every year", "elk jaar"),
        (548.0, "every year and a half", "om de anderhalf jaar"),
        (1100.0, "every three years", "om de drie jaar"),
    ],
)
def test_rhythms(days, english, dutch):
    """A rhythm follows "every" as the grammar of each language wants it."""
    sentence = say(
        "You find each other about {rhythm:every}; it has been {silence}.", rhythm=Span(days), silence=Span(77.0)
    )
    assert both(sentence) == (
        f"You find each other about {english}; it has been eleven weeks.",
        f"Jullie vinden elkaar zo {dutch}; het is nu elf weken geleden.",
    )


@pytest.mark.parametrize(
    ("share", "english", "dutch", "figure"),
    [
        (0.0, "hardly 1 in 10", "amper 1 op de 10", ".00"),
        (0.149, "hardly 1 in 10", "amper 1 op de 10", ".15"),
        (0.15, "about 2 in 10", "ongeveer 2 op de 10", ".15"),
        (0.71, "about 7 in 10", "ongeveer 7 op de 10", ".71"),
        (0.95, "about 9 in 10", "ongeveer 9 op de 10", ".95"),
        (0.951, "almost surely", "zo goed als zeker", ".95"),
        (1.0, "almost surely", "zo goed als zeker", "1.00"),
        (None, "hardly known", "nauwelijks bekend", ""),
    ],
)
def test_chances(share, english, dutch, figure):
    """Words first, the figure for the margin; never per cent."""
    assert (EN.chance(share), NL.chance(share)) == (english, dutch)
    assert EN.figure(share) == NL.figure(share) == figure


@pytest.mark.parametrize(
    ("away", "english", "dutch", "english_on", "dutch_on"),
    [
        (0, "today", "vandaag", "today", "vandaag"),
        (-1, "yesterday", "gisteren", "yesterday", "gisteren"),
        (1, "tomorrow", "morgen", "tomorrow", "morgen"),
        (-5, "Thursday", "donderdag", "on Thursday", "donderdag"),
        (-6, "Wednesday", "woensdag", "on Wednesday", "woensdag"),
        (-7, "2 June", "2 juni", "on 2 June", "op 2 juni"),
        (14, "23 June", "23 juni", "on 23 June", "op 23 juni"),
        (-2655, "3 March 2019", "3 maart 2019", "on 3 March 2019", "op 3 maart 2019"),
    ],
)
def test_days(away, english, dutch, english_on, dutch_on):
    """Days are told by how near they are; the year only where it is another."""
    at = Seconds(NOW + away * DAY)
    assert (EN.day(at), NL.day(at)) == (english, dutch)
    assert (EN.day_on(at), NL.day_on(at)) == (english_on, dutch_on)


def test_whole_sentences_as_on_the_page():
    """The reason of the mock, with its capitals, in both languages."""
    chances = say(
        "{answers:that} they answer, and {comes:that} they come by first.", answers=Chance(0.71), comes=Chance(0.09)
    )
    silence = say("You last met {silence} ago.", silence=Span(77.0))
    assert both(say("{silence} {chances}", silence=silence, chances=chances)) == (
        "You last met eleven weeks ago. About 7 in 10 that they answer, and hardly 1 in 10 that they come by first.",
        "Jullie zagen elkaar elf weken geleden voor het laatst. Ongeveer 7 op de 10 dat er antwoord komt, "
        "en amper 1 op de 10 dat de ander zelf eerst langskomt.",
    )
    assert both(say("{comes:that} they come by themselves within a month.", comes=Chance(0.97))) == (
        "Almost certain that they come by themselves within a month.",
        "Zo goed als zeker dat de ander binnen een maand vanzelf komt.",
    )
    assert both(
        say("Once among your {circle:circle}, silent for {silence}.", circle=Count(15), silence=Span(2600))
    ) == (
        "Once among your fifteen, silent for seven years.",
        "Ooit een van je vijftien, zeven jaar stil.",
    )
    assert both(say("Wrote {day:on}: “{title}”.", day=Day(Seconds(NOW - 5 * DAY)), title="Jury {day}")) == (
        "Wrote on Thursday: “Jury {day}”.",
        "Schreef donderdag: “Jury {day}”.",
    )
    assert both(
        say(
            "{place}; at its warmest around {peak}.",
            place=say("One of your {circle:circle}", circle=Count(5)),
            peak=MonthOf(NOW),
        )
    ) == (
        "One of your five; at its warmest around June 2026.",
        "Een van je vijf; op zijn warmst rond juni 2026.",
    )


def test_plurals():
    """One, two, and many choose their own text; the number opens with a capital."""
    one, many = (
        "{n} message of yours is unanswered. Silence is an answer: they are left alone until they come.",
        "{n} messages of yours are unanswered. Silence is an answer: they are left alone until they come.",
    )
    assert both(say_n(one, many, 1))[0].startswith("One message of yours is")
    assert both(say_n(one, many, 1))[1].startswith("Eén bericht van jou is")
    assert both(say_n(one, many, 2))[1].startswith("Twee berichten van jou zijn")
    assert EN.text_n("{n} cat", "{n} cats", 14) == "14 cats"


def test_names_are_never_touched():
    """A name keeps its letters and braces, also at the beginning; a value that is missing leaves its place."""
    assert EN.text("{name} wrote.", name="van der {x}") == "van der {x} wrote."
    assert EN.text("{name} wrote.") == "{name} wrote."
    assert EN.text("") == ""


def test_numbers_and_sizes():
    """Figures as each language writes them."""
    assert [EN.number(1396), NL.number(1396), EN.count(3), NL.count(0), EN.count(13)] == [
        "1,396",
        "1.396",
        "three",
        "geen",
        "13",
    ]
    assert [EN.size(n) for n in (0, 999, 2_100, 2_149_000_000)] == ["0 bytes", "999 bytes", "2.1 kB", "2.1 GB"]
    assert [NL.size(n) for n in (2_100, 45_000_000, 1_234_000_000_000)] == ["2,1 kB", "45 MB", "1.234 GB"]
    assert [EN.ordinal(n) for n in (1, 12, 13, 21, 22, 113, 318)] == [
        "first",
        "twelfth",
        "13th",
        "21st",
        "22nd",
        "113th",
        "318th",
    ]
    assert [NL.ordinal(n) for n in (1, 3, 21)] == ["eerste", "derde", "21e"]
    assert (EN.interval(0.58, 0.82), NL.interval(0.58, 0.82)) == (".58 to .82", ".58 tot .82")
    assert [EN.circle(n) for n in (5, 15, 50, 150)] == ["five", "fifteen", "fifty", "hundred and fifty"]


def test_dates_and_times():
    """Days ahead, weeks and clock times; all-day dates are not moved by a zone."""
    assert EN.when(NOW) == "Tuesday 9 June, 12:00"
    assert NL.when(NOW) == "dinsdag 9 juni, 12.00 uur"
    behind = Voice("en", NOW, timezone(-timedelta(hours=8)))
    assert behind.when(Seconds(NOW - 12 * 3600), all_day=True) == "Tuesday 9 June"
    assert behind.utc_offset(NOW) == -8 * 3600
    assert Voice("en", NOW, utc_offset_minutes=120).time(NOW) == "14:00"
    assert [EN.week_range(2026, 24), NL.week_range(2026, 24)] == ["8–14 June 2026", "8–14 juni 2026"]
    assert [EN.week_range(2026, 27), EN.week_range(2026, 53)] == [
        "29 June – 5 July 2026",
        "28 December 2026 – 3 January 2027",
    ]
    assert (EN.date(NOW), EN.weekday(NOW), EN.month(NOW), EN.iso(NOW)) == (
        "9 June 2026",
        "Tuesday",
        "June 2026",
        "2026-06-09",
    )
    assert Voice("nl", None, UTC).day(NOW) == "9 juni 2026"


def test_a_language_not_spoken_here():
    """An unknown language is refused with the ones there are."""
    with pytest.raises(SettingError, match="en and nl"):
        Voice("fr")


@given(st.floats(0, 20_000), st.floats(0, 20_000))
def test_a_longer_time_is_never_told_as_a_shorter_one(one, other):
    """Spans are monotone: the unit and number never go back as time grows."""
    order = ["day", "week", "month", "year"]

    def length(days):
        n, unit = span_parts(days)
        return {"more": 548, **dict(zip(order, (1, 7, 30.4, 365.25), strict=True))}[unit] * n

    low, high = sorted((one, other))
    assert length(low) <= length(high) + 2.6  # twelve weeks are 84 days, three months 91; 13.4 days are 13
    assert EN.span(low)
    assert NL.span(high)


# The catalogues


def template():
    """The messages in the code and the templates, as the Makefile's `messages` extracts them."""
    if str(TOOLS) not in sys.path:
        sys.path.append(str(TOOLS))
    with (FOLDER / "babel.cfg").open(encoding="utf-8") as stream:
        methods, options = parse_mapping_cfg(stream)
    out = Catalog()
    for _, _, message, _, _ in extract_from_dir(SOURCE, methods, options, keywords=KEYWORDS):
        out.add(message)
    return out


def places(text):
    """The names in braces; a translation may choose another form of a value, not another value."""
    return set(re.findall(r"\{(\w+)", text))


def test_everything_said_is_said_in_dutch():
    """Every text in the code has a Dutch translation; run `make messages` and fill in what is listed."""
    with (FOLDER / "nl/LC_MESSAGES/maatje.po").open("rb") as stream:
        dutch = read_po(stream)
    missing = []
    for message in template():
        if not message.id:
            continue
        found = dutch.get(message.id)
        parts = () if found is None else found.string if isinstance(found.string, tuple) else (found.string,)
        if not parts or not all(parts) or (found is not None and found.fuzzy):
            missing.append(message.id)
    assert not missing, f"{len(missing)} without Dutch: {missing}"


def test_translations_keep_their_places():
    """Each translation fills the same named places; a plural's two texts each name a part of them."""
    with (FOLDER / "nl/LC_MESSAGES/maatje.po").open("rb") as stream:
        dutch = read_po(stream)
    for message in dutch:
        if not message.id or not message.string:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        allowed = set().union(*map(places, ids))
        assert all(places(text) <= allowed for text in strings), message.id
        if len(ids) == 1:
            assert places(strings[0]) == allowed, message.id


def test_the_template_is_up_to_date():
    """The extracted template holds what the code says; else run `make messages`."""
    with (FOLDER / "maatje.pot").open("rb") as stream:
        kept = {message.id for message in read_po(stream)}
    assert {message.id for message in template()} - kept == set()


def test_dutch_without_a_compiled_catalogue(tmp_path, monkeypatch):
    """An install from git has no compiled catalogue, and still speaks Dutch; an old one is not believed."""
    folder = tmp_path / "nl/LC_MESSAGES"
    folder.mkdir(parents=True)
    shutil.copy(FOLDER / "nl/LC_MESSAGES/maatje.po", folder)
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    catalogues.catalogue.cache_clear()
    try:
        assert Voice("nl", NOW, UTC).span(77.0) == "elf weken"
        assert Voice("en", NOW, UTC).span(77.0) == "eleven weeks"
    finally:
        catalogues.catalogue.cache_clear()


def test_the_package_carries_its_catalogue():
    """The catalogue lies within the package, where an installed maatje finds it."""
    assert (FOLDER / "nl/LC_MESSAGES/maatje.po").is_relative_to(next(iter(maatje.__path__)))
