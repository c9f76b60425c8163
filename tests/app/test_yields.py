"""What came of it, written down: understood, shown back, kept once, taken back; every bad input has its sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import ME, NOW, Letter

from maatje.app import asked, capture, forget, giving, ledger, mending, recall, same, wishes, yields
from maatje.app.home import Home
from maatje.app.letter import letter as year_letter
from maatje.app.week import settle_week
from maatje.app.wording import Voice
from maatje.errors import AmbiguousNameError, MaatjeError, UnknownNameError, UserError
from maatje.model.ledger import TieKind, YieldDirection, YieldKind
from maatje.model.sentence import Sentence
from maatje.model.units import DAY, ContactId, Seconds
from maatje.store import yields as rows
from maatje.store.db import Db, transaction

LINE = "Anna Smit referred me to the municipality, via Bob Roos"


@pytest.fixture
def full(home: Home, letter: Letter, tmp_path: Path) -> Home:
    """Anna, known for two years; Bob, met this spring; Cora, who came back after three years."""
    letters = []
    for k in range(40):
        letters += [letter("anna@example.net", ME, days=20 + 18 * k, name="Anna Smit", subject=f"a{k}")]
    for k in range(4):
        letters += [letter("bob@example.net", ME, days=10 + 18 * k, name="Bob Roos", subject=f"b{k}")]
    letters += [letter("cora@example.net", ME, days=1300 + k, name="Cora Vis", subject=f"c{k}") for k in range(3)]
    letters += [letter("cora@example.net", ME, days=30, name="Cora Vis", subject="Long ago")]
    box = tmp_path / "Inbox.mbox"
    box.write_text("".join(letters))
    capture.add(home, [box], me=[ME], now=NOW)
    return home


def _who(db: Db, name: str) -> ContactId:
    return recall.resolve_name(db, f"{name}@example.net")


def _understood(home: Home, db: Db, line: str, lang: str = "en") -> yields.Understood:
    return yields.understand(db, line, NOW, home.settings, lang)


def _texts(sentences: tuple[Sentence, ...]) -> str:
    return " ".join(Voice("en", now=NOW).say(one) for one in sentences)


def _keep(home: Home, db: Db, **form: str) -> int:
    return yields.add(db, yields.read(db, form, NOW, home.settings), NOW)


def test_one_line_is_understood_and_kept(full: Home) -> None:
    """Who, what kind, whose good it was, and with whom it began: the one after "via" first."""
    with full.connect() as db:
        found = _understood(full, db, LINE)
        assert [name for _, name in found.people] == ["Bob Roos", "Anna Smit"]
        assert (found.kind, found.direction, found.at) == (YieldKind.REFERRAL, YieldDirection.RECEIVED, NOW)
        assert found.asks == ()
        assert found.faults == ()
        number = yields.add(db, found, NOW)
        made, names = yields.one(db, number)
        assert names == ("Bob Roos", "Anna Smit")
        assert made.text == LINE


@pytest.mark.parametrize(
    ("line", "cents", "lang"),
    [
        ("Anna gaf me een opdracht van € 1.250,50", 125_050, "nl"),
        ("Anna gave me an assignment worth 1,250.50 EUR", 125_050, "en"),
        ("Anna gave me an assignment of 12k", 1_200_000, "en"),
    ],
)
def test_money_in_any_notation(full: Home, line: str, cents: int, lang: str) -> None:
    """The sum is kept in whole cents, however it was written."""
    with full.connect() as db:
        number = yields.add(db, _understood(full, db, line, lang), NOW)
        assert (yields.one(db, number)[0].worth_cents, yields.one(db, number)[0].currency) == (cents, "EUR")


def test_each_act_is_taken_back(full: Home) -> None:
    """Added, changed, taken out: undo gives back exactly what was there before each."""
    with full.connect() as db:
        number = yields.add(db, _understood(full, db, LINE), NOW)
        first = yields.every(db)
        form = yields.form_of(db, number, Voice("en", now=NOW, utc_offset_minutes=120))
        yields.change(db, number, yields.read(db, form | {"kind": "information"}, NOW, full.settings), NOW)
        second = yields.every(db)
        assert second[0][0].kind is YieldKind.INFORMATION
        yields.remove(db, number, NOW)
        assert yields.every(db) == ()
        for expected in (second, first, ()):
            mending.undo(db, None, NOW)
            assert yields.every(db) == expected


def test_a_form_unchanged_changes_nothing(full: Home) -> None:
    """What a form shows is what it keeps: reading back a thing's own fields gives that thing."""
    with full.connect() as db:
        number = _keep(
            full, db, text="A word, and more", kind="overig", direction="given", people="Anna Smit, Cora Vis",
            day="2026-05-03", worth="€ 12,50",
        )  # fmt: skip
        before = yields.one(db, number)
        for lang in ("en", "nl"):
            form = yields.form_of(db, number, Voice(lang, now=NOW, utc_offset_minutes=120))
            yields.change(db, number, yields.read(db, form, NOW, full.settings, lang), NOW)
            assert yields.one(db, number) == before


def test_written_down_twice_is_said_and_not_added(full: Home) -> None:
    """The same line on the same day is refused with the number it has; one much like it is only said."""
    with full.connect() as db:
        number = yields.add(db, _understood(full, db, LINE), NOW)
        with pytest.raises(UserError, match=f"already, as number {number}"):
            yields.add(db, _understood(full, db, LINE.replace("municipality", "Municipality") + "."), NOW)
        near = _understood(full, db, "Anna Smit referred me to the province yesterday, via Bob Roos")
        assert f"Much like number {number}" in _texts(near.notes)
        assert len(rows.every(db)) == 1


@pytest.mark.parametrize(
    ("form", "error", "words"),
    [
        ({"text": ""}, UserError, "in one line"),
        ({"text": "x" * 501}, UserError, "at most 500"),
        ({"text": "A tip", "kind": "bribe"}, UserError, "is no kind of yield"),
        ({"text": "A tip", "kind": "tip", "direction": "stolen"}, UserError, "received it or gave it"),
        ({"text": "A tip", "day": "31 June 2026"}, UserError, "is no day"),
        ({"text": "A tip", "day": "soon"}, UserError, "is no day"),
        ({"text": "A tip", "worth": "12 apples"}, UserError, "apples"),
        ({"text": "A tip", "people": "Nobody Known"}, UnknownNameError, "Nobody here answers"),
        ({"text": "A tip", "people": "#999"}, MaatjeError, "999"),
    ],
)
def test_bad_fields_are_said(full: Home, form: dict[str, str], error: type[MaatjeError], words: str) -> None:
    """Every field that cannot be has a sentence of its own, and nothing is written."""
    with full.connect() as db:
        with pytest.raises(error, match=words):
            yields.add(db, yields.read(db, form, NOW, full.settings), NOW)
        assert rows.every(db) == ()


def test_names_that_are_not_clear_are_said(full: Home) -> None:
    """Whoever is not known, or may be several, is said beside what was understood; the rest stands."""
    with full.connect() as db:
        found = _understood(full, db, "Piet Onbekend gave me a tip")
        assert (found.kind, found.people) == (YieldKind.INFORMATION, ())
        assert isinstance(found.faults[0], UnknownNameError)
        same.merge(db, _who(db, "anna"), _who(db, "bob"), NOW)
        merged = _understood(full, db, LINE)
        assert len(merged.people) == 1
        assert not any(isinstance(one, AmbiguousNameError) for one in merged.faults)


def test_odd_days_are_kept_and_left_out_aloud(full: Home) -> None:
    """In the future, or before any contact: it is said, it is kept, and the report says what it leaves out."""
    with full.connect() as db:
        ahead = yields.read(
            db, {"text": "A tip", "kind": "tip", "direction": "received", "people": "Anna Smit", "day": "2027-01-01"},
            NOW, full.settings,
        )  # fmt: skip
        early = yields.read(
            db, {"text": "A job", "kind": "job", "direction": "received", "people": "Bob Roos", "day": "2020-01-01"},
            NOW, full.settings,
        )  # fmt: skip
        assert "still to come" in _texts(ahead.notes)
        assert "No contact with Bob Roos before that day" in _texts(early.notes)
        yields.add(db, ahead, NOW)
        yields.add(db, early, NOW)
        report = ledger.report(db, NOW)
        said = _texts(report.left_out)
        assert "lies in the future" in said
        assert "before any contact" in said


def test_what_came_on_a_day_counts_from_what_was_written_on_it(full: Home, letter: Letter, tmp_path: Path) -> None:
    """A yield has a day and no hour: the message that brought it, later on that day, was there when it came."""
    box = tmp_path / "new.mbox"
    box.write_text(letter("dora@example.net", ME, days=0.5, name="Dora Bos", subject="A job for you"))
    capture.add(full, [box], me=[ME], now=NOW)
    with full.connect() as db:
        _keep(full, db, text="A job", kind="job", direction="received", people="Dora Bos", day="yesterday")
        report = ledger.report(db, NOW)
        assert report.left_out == ()
        (new,) = [one for one in report.kinds if one.moments is not None and one.moments.n]
        assert (new.name, new.moments and new.moments.exposure) == (TieKind.NEW, 1.0)


def test_the_forgotten_leave_the_yield_without_them(full: Home) -> None:
    """Their name leaves the text, their part in it goes, no undo brings it back, and the report counts it apart."""
    with full.connect() as db:
        number = yields.add(db, _understood(full, db, "Anna Smit gave me a tip"), NOW)
        unnamed = _keep(full, db, text="A loan", kind="other", direction="given", people="Anna Smit")
        form = yields.form_of(db, unnamed, Voice("en", now=NOW)) | {"people": "Bob Roos"}
        yields.change(db, unnamed, yields.read(db, form, NOW, full.settings), NOW)
        forget.forget(full, db, _who(db, "anna"), "Anna Smit", NOW)
        made, names = yields.one(db, number)
        assert (made.text, made.contact_ids, names) == ("… gave me a tip", (), ())
        assert mending.undo_list(db, NOW) == ()
        assert "led back to nobody" in _texts(ledger.report(db, NOW).left_out)


def test_the_month_is_asked_about_once(full: Home) -> None:
    """Asked of those with whom something happened, gone once answered or after a week, and again after a month."""
    with full.connect() as db:
        assert asked.question(db, NOW) == ()
        first = asked.candidates(db, NOW)
        assert {name for _, name in first} == {"Cora Vis", "Bob Roos", "Anna Smit"}
        settle_week(db, NOW, full.settings)
        assert asked.question(db, Seconds(NOW + DAY)) == first
        assert asked.question(db, Seconds(NOW + DAY), is_quiet=True) == ()
        assert asked.question(db, Seconds(NOW + 8 * DAY)) == ()
        asked.answer(db, Seconds(NOW + DAY))
        assert asked.question(db, Seconds(NOW + 2 * DAY)) == ()
        assert asked.candidates(db, Seconds(NOW + 20 * DAY)) == ()
        wishes.leave_alone(db, _who(db, "anna"), True, NOW)
        later = Seconds(NOW + 32 * DAY)
        assert "Anna Smit" not in {name for _, name in asked.candidates(db, later)}
        assert asked.candidates(db, later, is_quiet=True) == ()


def test_what_could_i_give(full: Home) -> None:
    """Who looks for what another offers is brought together, from lines the user wrote; the left alone are not."""
    with full.connect() as db:
        wishes.remember(db, _who(db, "anna"), "Looks for a printer of booklets", NOW)
        wishes.remember(db, _who(db, "bob"), "Runs a printer's shop", NOW)
        found, _ = giving.giving(db)
        assert [(one.seeks.name, one.offers.name) for one in found.matches] == [("Anna Smit", "Bob Roos")]
        wishes.leave_alone(db, _who(db, "bob"), True, NOW)
        assert giving.giving(db)[0].matches == ()


def test_open_promises_come_first(full: Home) -> None:
    """What the user promised and did not do yet is shown, with whom."""
    with full.connect() as db:
        with transaction(db):
            db.execute(
                "INSERT INTO promises(contact_id, whose, text, made_at) VALUES (?, 'mine', 'the article', ?)",
                (_who(db, "cora"), NOW - DAY),
            )
        found, names = giving.giving(db)
        assert [(one.text, names[one.contact_id]) for one in found.promises] == [("the article", "Cora Vis")]


def test_the_years_letter(full: Home) -> None:
    """Who came back after two years, what was given, and no year that is still to come."""
    with full.connect() as db:
        yields.add(db, _understood(full, db, LINE), NOW)
        found = year_letter(db, None, NOW, full.settings)
        told = {one.key: _texts(one.lines) for one in found.sections}
        assert "Cora Vis came by in May" in told["came_back"]
        assert "Anna Smit referred me" in told["received"]
        with pytest.raises(UserError, match="still to come"):
            year_letter(db, 2027, NOW, full.settings)
        assert year_letter(db, 2010, NOW, full.settings).sections[0].key == "unseen"


def test_an_empty_ledger_has_a_report(home: Home) -> None:
    """Nothing written down, nobody known: the report says so and fails at nothing."""
    with home.connect() as db:
        report = ledger.report(db, NOW)
        assert report.received == ()
        assert "Nothing is written down yet" in _texts((report.exchange,))


def test_led_back_to_an_occasion(full: Home) -> None:
    """ "Via the spring party" finds the latest one by that name before the day; its series is a line of the report."""
    with full.connect() as db:
        with transaction(db):
            for number, days in ((1, 390), (2, 40), (3, -300)):
                db.execute(
                    "INSERT INTO occasions(id, name, kind, begin, ending, series, evening, made_at) "
                    "VALUES (?1, 'Spring party', 'reception', ?2, ?2 + 7200, 'Spring parties', 'yes', ?2)",
                    (number, NOW - days * DAY),
                )
        found = _understood(full, db, "Anna Smit gave me a tip, via the spring party")
        assert found.occasion == (2, "Spring party")
        number = yields.add(db, found, NOW)
        form = yields.form_of(db, number, Voice("en", now=NOW))
        assert yields.read(db, form | {"day": "2025-07-01"}, NOW, full.settings).occasion == (2, "Spring party")
        _keep(full, db, text="Help", kind="other", direction="received", people="Anna Smit", day="2025-05-06")
        report = ledger.report(db, NOW)
        assert [(one.name, one.moments and one.moments.n) for one in report.series] == [("Spring parties", 1)]
        assert report.evenings.good == 2
        unknown = _understood(full, db, "Anna Smit gave me a tip, via the harvest ball")
        assert "No occasion called “harvest ball”" in _texts(unknown.notes)
