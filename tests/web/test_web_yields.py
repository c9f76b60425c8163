"""What came of it on pages: one line shown back before it is kept, nothing lost on a fault, and no one ranked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.web import web_diary
from tests.web.web_client import Client, digest
from tests.web.web_serving import serving

from maatje.app.home import Home

FORM = {"text": "Sander gave me a tip", "kind": "information", "direction": "received", "people": "Sander Blom"}


@contextmanager
def own(folder: Path) -> Iterator[tuple[Home, Client]]:
    """A diary of the test's own, served, with somebody let in."""
    home = web_diary.make(folder)
    with serving(home, web_diary.now) as here:
        yield home, Client(here)


def _fields(page: str) -> dict[str, str]:
    """The fields of the entry form as they stand on the page."""
    found = dict(re.findall(r'<input id="(\w+)" name="\1" type="text"[^>]* value="([^"]*)"', page))
    for name in ("kind", "direction"):
        chosen = re.search(rf'<select id="{name}".*?<option value="([^"]*)" selected', page, re.DOTALL)
        found[name] = chosen[1] if chosen else ""
    return found


def test_a_line_is_shown_back_and_then_kept(tmp_path: Path) -> None:
    """Reading a line back changes nothing; the button keeps just what was shown, and it is found on both pages."""
    with own(tmp_path) as (home, client):
        before = digest(home)
        page = client.get("/yield/add?line=Sander+Blom+gave+me+a+tip+yesterday").text
        fields = _fields(page)
        assert (fields["kind"], fields["direction"], fields["worth"]) == ("information", "received", "")
        assert fields["day"] == "2026-06-08"
        assert fields["people"].startswith("Sander Blom (#")
        assert digest(home) == before
        answer = client.post("/yield", {"token": client.token, **fields, "worth": "€9,999"})
        assert answer.headers["location"] == "/yield"
        page = client.get("/yield").text
        assert "Written down." in page
        assert "gave me a tip" in page
        assert "€9,999" in page
        number = re.search(r'<a href="(/contact/\d+)"><bdi>Sander Blom', page)
        assert number is not None
        contact = client.get(number[1]).text
        brought = contact[contact.index('id="brought"') :]
        assert "gave me a tip" in brought
        assert "9,999" not in brought[: brought.index("</section>")]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"kind": "bribe"}, "is no kind of yield"),
        ({"people": "Nobody Known"}, "Nobody here answers"),
        ({"day": "someday"}, "is no day"),
        ({"worth": "12 apples"}, "12 apples"),
        ({"direction": ""}, "received it or gave it"),
    ],
)
def test_a_fault_loses_nothing(tmp_path: Path, wrong: dict[str, str], sentence: str) -> None:
    """What cannot be kept comes back with the reason and with everything as it was typed; nothing is written."""
    with own(tmp_path) as (home, client):
        before = digest(home)
        answer = client.post("/yield", {"token": client.token, **FORM, **wrong})
        assert answer.status_code == 400
        assert sentence in answer.text
        assert 'value="Sander gave me a tip"' in answer.text
        assert digest(home) == before


def test_changed_taken_out_and_back(tmp_path: Path) -> None:
    """A thing's own page changes it and takes it out, and what was done can be undone beside it."""
    with own(tmp_path) as (home, client):
        client.post("/yield", {"token": client.token, **FORM})
        fields = _fields(client.get("/yield/1").text)
        client.post("/yield/1", {"token": client.token, **fields, "kind": "referral"})
        assert _fields(client.get("/yield/1").text) == fields | {"kind": "referral"}
        client.post("/yield/1/remove", {"token": client.token})
        page = client.get("/yield").text
        undo = re.search(r'name="id" value="(\d+)"', page)
        assert undo is not None
        assert client.get("/yield/1").status_code == 400
        client.post("/undo", {"token": client.token, "id": undo[1]})
        assert client.get("/yield/1").status_code == 200
        with home.connect(read_only=True) as db:
            assert db.execute("SELECT kind FROM yields").fetchall() == [("referral",)]


def test_the_month_is_asked_about_on_the_weeks_page(tmp_path: Path) -> None:
    """A few names, each a way to the form begun with them; "nothing" takes the question off the page."""
    with own(tmp_path) as (_, client):
        page = client.get("/week").text
        asked = re.findall(r'href="(/yield/add\?with=\d+)"><bdi>([^<]+)', page)
        assert 1 <= len(asked) <= 5
        form = client.get(asked[0][0]).text
        assert f'value="{asked[0][1]} "' in form
        answer = client.post("/yield/nothing", {"token": client.token, "back": "/week"})
        assert answer.headers["location"] == "/week"
        assert "/yield/add?with" not in client.get("/week").text


def test_giving_stands_first(tmp_path: Path) -> None:
    """What one could give comes before anything that one got."""
    with own(tmp_path) as (_, client):
        client.post("/contact/12/remember", {"token": client.token, "text": "Looks for a boatbuilder"})
        client.post("/contact/13/remember", {"token": client.token, "text": "Works as a boatbuilder"})
        page = client.get("/yield").text
        assert page.index("bring them together") < page.index('id="h-new"')
        assert page.index('id="h-give"') < page.index('id="h-lag"')


def test_the_experiment_is_begun_with_its_question_and_told_nothing_of(tmp_path: Path) -> None:
    """Begun, the page says until when and nothing else; ended, it has an answer with its warnings."""
    with own(tmp_path) as (_, client):
        form = {"token": client.token, "question": "active", "months": "12", "on": "yes"}
        assert client.post("/yield/experiment", form).status_code == 303
        page = client.get("/yield").text
        assert "Are the ties of those who are greeted more alive?" in page
        assert "Nothing is read before" in page
        assert "Held back" not in page
        assert client.post("/yield/experiment", form).status_code == 400
        assert client.post("/yield/experiment", form | {"months": "x"}).status_code == 400
        client.post("/yield/experiment", {"token": client.token, "on": "no"})
        assert "switched off" in client.get("/yield").text


def test_a_script_in_a_line_is_text(tmp_path: Path) -> None:
    """Whatever is typed is shown as it was typed, on the form and in the ledger."""
    with own(tmp_path) as (_, client):
        nasty = "<script>alert(1)</script> from Sander Blom"
        page = client.get("/yield/add").text + client.http.get("/yield/add", params={"line": nasty}).text
        client.post("/yield", {"token": client.token, **FORM, "text": nasty})
        page += client.get("/yield").text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_the_years_letter(tmp_path: Path) -> None:
    """This year's and an earlier one; a year to come is said."""
    with own(tmp_path) as (_, client):
        assert "2026, in ties." in client.get("/year").text
        assert "/year?of=2025" in client.get("/year").text
        assert client.get("/year?of=2030").status_code == 400
        assert client.get("/year?of=abc").status_code == 200
