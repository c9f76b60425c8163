"""The event exports of ../shared/corpora/events: every column right or asked, every guest read."""

from __future__ import annotations

from pathlib import Path

import pytest

from maatje.model.record import Coming
from maatje.sources.guests import read_guests

EVENTS = Path(__file__).parents[2].parent / "shared" / "corpora" / "events"
pytestmark = [
    pytest.mark.corpora,
    pytest.mark.skipif(not EVENTS.is_dir(), reason="the import corpora (../shared/corpora) are not on this machine"),
]

LUMA = "ignored;name;first name;last name;mail;phone;date;status;date;"
TRUTH = {
    "eventbrite-colgrid": "ignored;date;first name;last name;mail;ignored;ticket;status;note|ignored;ignored",
    "eventbrite-ieee-cnsv": "ignored;date;first name;last name;mail;ignored;ignored;ticket;"
    + "ignored;" * 8
    + "status;"
    + "ignored;" * 13
    + "title;organisation",
    "luma-dni": LUMA + "ignored;" * 12 + "ticket;ignored",
    "luma-inperson": LUMA + "ticket",
}
GOING, DECLINED, WAITING = Coming.GOING, Coming.DECLINED, Coming.WAITING
GUESTS = {
    "eventbrite-colgrid": (4, [GOING, GOING, DECLINED, GOING]),
    "eventbrite-ieee-cnsv": (2, [GOING, GOING]),
    "luma-dni": (3, [GOING, WAITING, GOING]),
    "luma-inperson": (5, [GOING] * 5),
}


@pytest.mark.parametrize("case", sorted(TRUTH))
def test_every_column_is_right_or_asked(case: str) -> None:
    """Each column has its true meaning, here without a single question."""
    (path,) = (EVENTS / case).glob("*.csv")
    found = read_guests(path)
    truth = TRUTH[case].split(";")
    assert len(found.columns) == len(truth)
    wrong = [
        (column.header, column.meaning, true)
        for column, true in zip(found.columns, truth, strict=True)
        if column.meaning not in true.split("|")
    ]
    assert (wrong, found.asked, found.problems) == ([], (), ())


@pytest.mark.parametrize("case", sorted(GUESTS))
def test_every_guest_is_read(case: str) -> None:
    """Each export gives all its guests with what it says of their coming."""
    (path,) = (EVENTS / case).glob("*.csv")
    found = read_guests(path)
    assert (len(found.guests), [guest.status for guest in found.guests]) == GUESTS[case]
    assert all(guest.name or guest.mails for guest in found.guests)
