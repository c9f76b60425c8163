"""The real-world files of ../shared/corpora, counted per source against what libraries made of them."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

import pytest

from maatje.model.record import Problem
from maatje.sources import icalendar, vcard

CORPORA = Path(__file__).parents[2].parent / "shared" / "corpora"
pytestmark = [
    pytest.mark.corpora,
    pytest.mark.skipif(not CORPORA.is_dir(), reason="the import corpora (../shared/corpora) are not on this machine"),
]


class Count(NamedTuple):
    """
    What a source gave.

    ``failing`` files have a problem other than an entry that says no readable time at all, or one
    outside 1970 to 2100: such an entry is no meeting, and no reader could make it one.
    ``timeless`` counts those entries. ``items`` are cards, or events that gave a meeting.
    """

    files: int
    items: int
    failing: int
    timeless: int


CARDS = {
    "android-vcard": Count(35, 37, 0, 0),
    "evolution-data-server": Count(78, 77, 1, 0),
    "ez-vcard": Count(18, 26, 0, 0),
    "khard": Count(27, 27, 0, 0),
    "nuovo-vcard-parser": Count(3, 3, 0, 0),
    "py-vobject": Count(1, 1, 0, 0),
    "sabre-vobject": Count(2, 2, 0, 0),
}
EVENTS = {
    "collective-icalendar": Count(163, 114, 2, 54),
    "ical-js": Count(46, 22, 0, 2),
    "khal": Count(56, 70, 0, 0),
    "libical": Count(40, 1373, 1, 35),
    "py-vobject": Count(10, 8, 0, 1),
    "recurring-ical-events": Count(95, 1139, 0, 0),
    "sabre-vobject": Count(1, 1, 0, 0),
    "sync-engine": Count(34, 35, 0, 0),
}
TIMELESS = ("no beginning", "nothing in it", "a time in it", "not in our times")


def baseline(kind: str, library: str) -> dict[str, tuple[int, int]]:
    """Failures and items read per source, as the library managed them."""
    with (CORPORA / "BASELINE.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["library"] == library]
    rows = [row for row in rows if row["folder"].startswith(f"{kind}/")]
    return {row["folder"].partition("/")[2]: (int(row["failures"]), int(row["got_items"])) for row in rows}


def counted(files: list[Path], read: object) -> Count:
    """Read every file and count."""
    items = failing = timeless = 0
    for path in files:
        places: set[int] = set()
        failed = False
        for record in read(path, name="file"):  # type: ignore[operator]
            if not isinstance(record, Problem):
                places.add(record.origin.place)
            elif any(word in record.message for word in TIMELESS):
                timeless += 1
            else:
                failed = True
        items += len(places)
        failing += failed
    return Count(len(files), items, failing, timeless)


def files(kind: str, source: str, ending: str) -> list[Path]:
    """A source's files in order."""
    return sorted((CORPORA / kind / source).rglob(f"*.{ending}"))


def sources(expected: dict[str, Count]) -> list[object]:
    """One case per source."""
    return [pytest.param(source, count, id=source) for source, count in expected.items()]


@pytest.mark.parametrize(("source", "count"), sources(CARDS))
def test_cards(source: str, count: Count) -> None:
    """Every address book is read, with fewer failures and no fewer cards than vobject."""
    failures, items = baseline("vcard", "vobject")[source]
    found = counted(files("vcard", source, "vcf"), vcard.read)
    assert found == count
    assert found.failing < failures or found.failing == failures == 0
    assert found.items >= items


@pytest.mark.parametrize(("source", "count"), sources(EVENTS))
def test_events(source: str, count: Count) -> None:
    """Every calendar is read, with fewer failures than the icalendar library."""
    failures, _ = baseline("icalendar", "icalendar")[source]
    found = counted(files("icalendar", source, "ics"), icalendar.read)
    assert found == count
    assert found.failing < failures or found.failing == failures == 0


def test_all_sources() -> None:
    """No source of the corpora is left out here."""
    assert set(CARDS) == set(baseline("vcard", "vobject"))
    assert set(EVENTS) == set(baseline("icalendar", "icalendar"))
