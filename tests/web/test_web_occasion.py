"""Occasions over HTTP: nothing is written unseen, columns are corrected, conflicts shown, faces are pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.web import web_diary, web_party
from tests.web.test_web_queries import CountingHome
from tests.web.web_client import Client, digest
from tests.web.web_serving import serving

from maatje.app import after, guests, taps
from maatje.app.after import Told
from maatje.app.capture import add
from maatje.app.home import Home
from maatje.app.settings import Settings
from maatje.model.occasion import Tap, Whose
from maatje.model.units import ContactId, Seconds
from maatje.planning.taps import Delivery
from maatje.web.after_acts import told_of

TABLE = "Wie;Waar;Mail\nSander Blom;Het Zand;sander.blom@example.org\nNieuw Iemand;Bureau X;nieuw@example.org\n"


@contextmanager
def party(folder: Path, now: Any = web_party.now) -> Iterator[tuple[Home, Client]]:
    """A home with a party, served, with somebody let in."""
    home = web_party.make(folder)
    with serving(home, now) as here:
        yield home, Client(here)


def send(client: Client, path: str, **fields: str) -> httpx.Response:
    """A form of parts, as a browser sends one that could hold a file."""
    return client.post(path, {"token": client.token, **fields}, upload=True, files=[("nothing", (None, b""))])


def names(home: Home) -> dict[str, bool]:
    """Who is on the party's list, and whether they dropped out."""
    with home.connect(read_only=True) as db:
        return {one.name: one.dropped for one in guests.every(db, 1)}


def test_a_list_is_shown_before_it_is_written(tmp_path: Path) -> None:
    """A list is read, shown with its columns and matches, and thrown away again without a row being changed."""
    with party(tmp_path) as (home, client):
        before = digest(home)
        assert send(client, "/guests", occasion="1", text=TABLE).headers["location"] == "/occasion/1/guests"
        page = client.get("/occasion/1/guests").text
        assert "Nieuw Iemand" in page
        assert "you know them" in page
        assert "Yara Coenen" in page  # among those who would drop out
        assert digest(home) == before
        client.post("/occasion/1/guests/away", {"token": client.token})
        assert "Nieuw Iemand" not in client.get("/occasion/1/guests").text
        assert digest(home) == before


def test_columns_are_corrected(tmp_path: Path) -> None:
    """The user's word on a column counts, and the list is matched anew by it."""
    with party(tmp_path) as (_, client):
        send(client, "/guests", occasion="1", text=TABLE)
        send(client, "/guests", occasion="1", m1="note", partial="yes")
        page = client.get("/occasion/1/guests").text
        assert re.search(r'name="m1".*?<option value="note" selected>', page)
        assert "Bureau X" not in page.split('<h2 id="h-entries">')[1]
        assert "Not on it any more" not in page


def test_a_newer_list_adds_and_marks(tmp_path: Path) -> None:
    """A newer list over an older one adds, marks who dropped out, doubles nobody, and is undone in one go."""
    with party(tmp_path) as (home, client):
        before = names(home)
        send(client, "/guests", occasion="1", text=TABLE)
        assert client.post("/occasion/1/guests/keep", {"token": client.token}).status_code == 303
        after_it = names(home)
        assert after_it["Nieuw Iemand"] is False
        assert after_it["Yara Coenen"] is True
        assert list(after_it).count("Sander Blom") == 1
        found = re.search(r'name="id" value="(\d+)"', client.get("/occasion/1").text)
        assert found is not None
        client.post("/undo", {"token": client.token, "id": found[1]})
        assert names(home) == before
        assert client.post("/occasion/1/guests/keep", {"token": client.token}).status_code == 400


def test_formulas_and_markup_stay_text(tmp_path: Path) -> None:
    """Cells that are formulas or markup elsewhere are words on the page."""
    with party(tmp_path) as (_, client):
        send(client, "/guests", occasion="1", text="Naam;Organisatie\n=1+1;<b>x</b>\nSander Blom;<script>1</script>\n")
        page = client.get("/occasion/1/guests").text
        assert "<script>1" not in page
        assert "<b>x" not in page


def test_what_was_tapped_is_prefilled_and_conflicts_are_shown(tmp_path: Path) -> None:
    """Talks that a telephone brought are ticked with their line; where two telephones differ it is said."""
    with party(tmp_path, web_party.after) as (home, client):
        at = Seconds(web_party.BEGIN + 3600)
        with home.connect() as db:
            listed = {one.name: one.id for one in guests.every(db, 1)}
            sander = listed["Sander Blom"]
            for device, line in (("a" * 8, "Boat"), ("b" * 8, "Horse")):
                tap = Tap(f"{device}-1", at, sander, "", True, line)
                taps.deliver(db, 1, Delivery(device, (tap,), at, at), web_party.after())
        page = client.get("/occasion/1/after").text
        assert re.search(rf'name="s-g{sander}" value="yes" checked', page)
        assert re.search(rf'name="m-g{sander}" value="[^"]*Boat', page)
        assert 'id="h-clash"' in page


def test_what_is_filled_in_counts_as_spoken(tmp_path: Path) -> None:
    """A line, a promise or a coffee needs no tick; unticking somebody spoken takes the talk back; dates and amounts."""
    with party(tmp_path, web_party.after) as (home, client):
        del client
        with home.connect() as db:
            after.tell(db, 1, Told((after.Said(2, memory="Boat"),)), web_party.after())
            page = after.page(db, 1, web_party.after())
        form = {
            "m-g2": "Boat", "m-g3": "Meppel", "m-g4": "", "p-g5": "The report", "w-g5": "theirs", "d-g5": "2026-07-01",
            "m-g5": "", "m-g6": "", "c-g6": "yes", "n0": "Yara Coenen", "nm0": "New", "n1": "Piet Mol", "n2": "Face",
            "hours": "3,5", "money": "", "currency": "EUR", "evening": "yes",
        }  # fmt: skip
        told = told_of(form, page, {ContactId(20): "Piet Mol"}, Settings(utc_offset_minutes=120))
        assert [one.guest_id for one in told.spoke] == [3, 5, 6, 8, None, None]
        assert [one.contact_id for one in told.spoke][4:] == [20, None]
        assert told.unspoke == (2,)
        assert [(one.text, one.whose, one.guest_id) for one in told.promises] == [("The report", Whose.THEIRS, 5)]
        assert told.promises[0].due == 1782900000  # 1 July 2026, noon in Amersfoort
        assert (told.hours, told.money, told.currency) == (3.5, None, "")


@pytest.mark.parametrize(("field", "value"), [("hours", "many"), ("money", "-3"), ("d-g2", "2026-13-40")])
def test_amounts_and_dates_that_are_none_are_said(tmp_path: Path, field: str, value: str) -> None:
    """A slip in an amount or a date is told in a sentence, and nothing is kept of the form."""
    with party(tmp_path, web_party.after) as (home, client):
        before = digest(home)
        fields = {"occasion": "1", "s-g2": "yes", "m-g2": "Boat", "p-g2": "Report", field: value}
        assert send(client, "/after", **fields).status_code == 400
        assert digest(home) == before


def test_faces_are_pictures_and_nothing_else(tmp_path: Path) -> None:
    """Only what begins as a JPEG or PNG is shown, with the strict headers; an SVG that says it is a PNG is not."""
    png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    svg = "PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIiB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4="
    cards = "".join(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nEMAIL:{web_diary.address(name)}\r\n"
        f"PHOTO;ENCODING=b;TYPE=PNG:{data}\r\nEND:VCARD\r\n"
        for name, data in (("Sander Blom", png), ("Hein Verbruggen", svg))
    )
    home = web_party.make(tmp_path)
    path = tmp_path / "cards.vcf"
    path.write_text(cards, encoding="utf-8", newline="")
    add(home, [path], now=web_party.NOW)
    with serving(home, web_party.now) as here:
        client = Client(here)
        shown = client.get("/face/2")
        assert (shown.status_code, shown.headers["content-type"]) == (200, "image/png")
        assert shown.content.startswith(b"\x89PNG")
        assert shown.headers["x-content-type-options"] == "nosniff"
        assert client.get("/face/3").status_code == 404
        assert client.get("/face/4").status_code == 404


def test_the_clock_of_the_place_counts(tmp_path: Path) -> None:
    """A party abroad is at five o'clock where it is held, on its page and in its form."""
    with party(tmp_path) as (_, client):
        fields = {"name": "Lecture", "date": "2026-06-20", "time": "17:00", "until": "01:00", "zone": "Asia/Tokyo"}
        there = client.post("/occasions", {"token": client.token, **fields}).headers["location"]
        page = client.get(there).text
        assert "20 June, 17:00" in page
        assert 'name="until" type="time" value="01:00"' in page


def counts(folder: Path, people: int, guests_more: int) -> dict[str, int]:
    """How many questions each page asks, with so many people and so many more strangers on the list."""
    letters = [chr(97 + number // 8) + chr(97 + number % 8) for number in range(guests_more)]
    more = "".join(f"Gast{two} Vreemd{two}, Bureau\n" for two in letters)
    home = web_party.make(folder, people, web_party.LIST + more)
    found = {}
    with serving(CountingHome(home.path, home.settings), web_party.now) as here:
        client = Client(here)
        for path in (
            "/occasions", "/occasion/1", "/occasion/1/guests", "/occasion/1/sheet", "/occasion/1/after", "/coffee/2",
            "/brush-up/1", "/week",
        ):  # fmt: skip
            client.get(path)
            CountingHome.asked.clear()
            assert client.get(path).status_code == 200
            found[path] = len(CountingHome.asked)
    return found


def test_questions_do_not_grow_with_people_or_guests(tmp_path: Path) -> None:
    """Twenty people or forty, nine guests or sixty: every page of an occasion asks the store as often."""
    first = counts(tmp_path / "a", 20, 0)
    assert counts(tmp_path / "b", 40, 0) == first
    assert counts(tmp_path / "c", 20, 51) == first
