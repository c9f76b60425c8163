"""The demo holds things that came at known rates: the report finds them, and after one year it says nothing."""

from __future__ import annotations

import pytest

from maatje.app import demo, ledger
from maatje.app.demo import came
from maatje.app.home import Home
from maatje.app.settings import Settings
from maatje.app.wording import Voice
from maatje.model.ledger import LedgerReport, RateLine, TieKind
from maatje.model.units import DAY, Seconds
from maatje.store import yields

VOICE = Voice("en", now=demo.DEMO_NOW, utc_offset_minutes=demo.UTC_OFFSET_MINUTES)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The demo's home, as ``maatje demo`` leaves it."""
    home = Home(tmp_path_factory.mktemp("demo"), Settings(utc_offset_minutes=demo.UTC_OFFSET_MINUTES))
    demo.tell(home)
    return home


def _line(report: LedgerReport, kind: TieKind) -> RateLine:
    return next(one for one in report.kinds if one.name == kind)


def test_the_truth_lies_in_every_interval(told: Home) -> None:
    """Of new, maintained and revived ties the true rate lies between what the report says, and all are told."""
    with told.connect(read_only=True) as db:
        report = ledger.report(db, demo.DEMO_NOW)
    for kind, truth in came.RATES.items():
        rate = _line(report, kind).moments
        assert rate is not None
        assert rate.is_enough
        assert rate.low <= truth <= rate.high, kind


def test_the_true_order_is_told(told: Home) -> None:
    """Revived brings more than maintained, and that more than new: what is true is said, and how sure it is."""
    with told.connect(read_only=True) as db:
        report = ledger.report(db, demo.DEMO_NOW)
    told_pairs = {(one.more, one.less) for one in report.differences if one.is_enough}
    assert {
        (TieKind.MAINTAINED, TieKind.NEW), (TieKind.REVIVED, TieKind.MAINTAINED), (TieKind.REVIVED, TieKind.NEW)
    } <= told_pairs  # fmt: skip
    assert [VOICE.say(one) for one in report.lead] == [
        "Keeping up with people: something comes of it.", "New acquaintances: something comes of them.",
    ]  # fmt: skip
    assert report.left_out == ()


def test_after_one_year_it_is_too_early(told: Home) -> None:
    """With one year of the same ledger no line and no pair is told: the report says "too early", and why."""
    with told.connect(read_only=True) as db:
        begun = yields.begun_at(db)
        assert begun is not None
        report = ledger.report(db, Seconds(begun + 365 * DAY))
    assert [VOICE.say(one) for one in report.lead] == ["Too early to say."]
    assert not any(one.is_enough for one in report.differences)
    assert not any(one.moments is not None and one.moments.is_enough for one in (*report.kinds, report.whole))
    assert "lie in the future and wait" in VOICE.say(report.left_out[0])
