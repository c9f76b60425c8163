"""Who is who by forms alone: each answer and word does what it says, comes back to its page, and can be undone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from tests.web import web_diary, web_twins
from tests.web.web_client import Client, digest
from tests.web.web_serving import serving

from maatje.app.capture import add
from maatje.app.home import Home
from maatje.web.contexts.duplicates import PAGE


@contextmanager
def own(folder: Path, twins: int = 3) -> Iterator[tuple[Home, Client]]:
    """A diary with twins, compared and served, with somebody let in."""
    home = web_twins.make(folder, twins)
    with serving(home, web_diary.now) as here:
        yield home, Client(here)


def pairs(page: str) -> list[str]:
    """The addresses that the pairs on a page are answered at, in order."""
    return re.findall(r'<form class="btns" method="post" action="(/duplicates/\d+/\d+)"', page)


def undo(client: Client, page: str) -> str:
    """Press the button beside what was said; the page that one lands on."""
    said = page[page.index('<div id="said"') : page.index("<main")]
    action = re.search(r'action="([^"]+)"', said)
    field = re.search(r'<button class="link" name="(\w+)" value="([^"]+)"', said)
    back = re.search(r'name="back" value="([^"]+)"', said)
    assert action is not None
    assert field is not None
    assert back is not None
    form = {"token": client.token, field[1]: field[2], "back": back[1]}
    answer = client.post(action[1], form)
    assert answer.status_code == 303
    return client.get(answer.headers["location"]).text


@pytest.mark.parametrize("say", ["same", "different", "later"])
def test_each_answer_takes_its_pair_off_and_comes_back_by_undo(say: str, tmp_path: Path) -> None:
    """After any of the three answers the pair is gone and the page says so; Undo beside it brings it back."""
    with own(tmp_path) as (_, client):
        before = pairs(client.get("/duplicates").text)
        assert len(before) == 3
        answer = client.post(before[1], {"token": client.token, "say": say, "back": "/duplicates"})
        assert answer.headers["location"] == "/duplicates"
        page = client.get("/duplicates").text
        assert pairs(page) == [before[0], before[2]]
        assert pairs(undo(client, page)) == before
        assert 'id="said" class="said" role="status"></div>' in client.get("/duplicates").text


def test_put_off_is_for_one_session(tmp_path: Path) -> None:
    """A pair put off is asked in another browser, and again in this one when asked for; nothing is written."""
    with own(tmp_path) as (home, client):
        before = digest(home)
        first = pairs(client.get("/duplicates").text)
        client.post(first[0], {"token": client.token, "say": "later"})
        assert pairs(Client(client.served).get("/duplicates").text) == first
        assert "put off" in client.get("/duplicates").text
        client.post("/duplicates/again", {"token": client.token})
        assert pairs(client.get("/duplicates").text) == first
        assert digest(home) == before


def test_an_answer_that_is_none_is_refused(tmp_path: Path) -> None:
    """Another word than the three, the same contact twice, nobody at all: a sentence, and nothing is changed."""
    with own(tmp_path) as (home, client):
        before = digest(home)
        for path, say, status in (
            ("/duplicates/2/3", "maybe", 400),
            ("/duplicates/2/2", "same", 400),
            ("/duplicates/2/2", "different", 400),
            ("/duplicates/2/99999", "same", 404),
            (f"/duplicates/2/{2**70}", "same", 404),
        ):
            assert client.post(path, {"token": client.token, "say": say}).status_code == status, path
        assert digest(home) == before


def test_pages_of_ten(tmp_path: Path) -> None:
    """Ten pairs a page, the rest by "Show more"; together all pairs, each once."""
    with own(tmp_path, 13) as (_, client):
        first = client.get("/duplicates").text
        following = re.search(r'<a class="btn" href="([^"]+)">Show more</a>', first)
        assert following is not None
        second = client.get(following[1].replace("&amp;", "&")).text
        found = pairs(first) + pairs(second)
        assert (len(pairs(first)), len(found), len(set(found))) == (PAGE, 13, 13)
        assert "Show more" not in second


def test_compared_when_asked(tmp_path: Path) -> None:
    """Before anything was compared the page offers to; after a file was read by the page it was compared already."""
    home = web_twins.make(tmp_path, 3, compare=False)
    with serving(home, web_diary.now) as here:
        client = Client(here)
        assert "Not compared yet" in client.get("/duplicates").text
        answer = client.post("/duplicates", {"token": client.token, "back": "/duplicates"})
        assert answer.headers["location"] == "/duplicates"
        assert len(pairs(client.get("/duplicates").text)) == 3
        new = web_diary.message(
            ("Nieuw Gezicht", "nieuw@example.org"), ("H", web_diary.ME), web_diary.TODAY.replace(day=1), "Hi"
        )
        archive = tmp_path / "new.mbox"
        archive.write_text(new, encoding="utf-8")
        add(home, [archive], now=web_diary.NOW)
        page = client.get("/duplicates").text
        assert "Look again" in page
        assert len(pairs(page)) == 3
        files = [("files", ("more.mbox", new.replace("Hi", "Ho").encode(), "application/mbox"))]
        client.post("/add", {"token": client.token, "me": ""}, upload=True, files=files)
        assert "Look again" not in client.get("/duplicates").text


def test_merged_contact_is_one_page_and_comes_apart(tmp_path: Path) -> None:
    """A merged contact lists its parts; the other number leads there; taking a part out makes two again."""
    with own(tmp_path) as (_, client):
        path = pairs(client.get("/duplicates").text)[0]
        one, other = sorted(int(number) for number in path.split("/")[2:])
        assert f'href="/duplicates?with={one}"' in client.get(f"/contact/{one}").text
        client.post(path, {"token": client.token, "say": "same"})
        for tail in ("", "/moments"):
            answer = client.get(f"/contact/{other}{tail}")
            assert (answer.status_code, answer.headers["location"]) == (303, f"/contact/{one}{tail}")
        assert client.get(f"/why/{other}").headers["location"] == f"/why/{one}"
        assert "Made one of" in client.get(f"/contact/{one}").text
        form = {"token": client.token, "part": str(other), "back": f"/contact/{one}"}
        assert client.post(f"/contact/{one}/split", form).headers["location"] == f"/contact/{one}"
        page = client.get(f"/contact/{one}").text
        assert "Made one of" not in page
        assert client.get(f"/contact/{other}").status_code == 200
        assert "Made one of" in undo(client, page)


def test_ticked_addresses_come_out(tmp_path: Path) -> None:
    """Addresses that are ticked become a contact of their own; none ticked, or all of them, is refused."""
    with own(tmp_path) as (home, client):
        one, first, second = web_twins.two_addresses(home)
        path = f"/contact/{one}/split"
        assert client.post(path, {"token": client.token}).status_code == 400
        everything = {"token": client.token, f"h{first}": "on", f"h{second}": "on"}
        answer = client.post(path, everything)
        assert answer.status_code == 400
        assert "something must stay" in answer.text
        assert f'name="h{second}"' in client.get(f"/contact/{one}").text
        assert client.post(path, {"token": client.token, f"h{second}": "on"}).status_code == 303
        assert f'name="h{second}"' not in client.get(f"/contact/{one}").text


def test_own_words_count_and_can_be_taken_back(tmp_path: Path) -> None:
    """What is filled in counts and is one act; what is left as it was does not become the user's word."""
    with own(tmp_path) as (_, client):
        here = "/contact/2"
        name = re.search(r'name="name" type="text" value="([^"]+)"', client.get(here).text)
        assert name is not None
        form = {"token": client.token, "back": here, "name": name[1], "organisation": "", "note": ""}
        answer = client.post(f"{here}/edit", {**form, "title": "Roofer", "birthday": "--04-12"})
        assert answer.headers["location"] == here
        page = client.get(here).text
        assert "Roofer" in page
        assert page.count("your own word") == 2
        assert "Roofer" not in undo(client, page)
        client.post(f"{here}/edit", {**form, "title": "Roofer", "birthday": ""})
        client.post(f"{here}/clear", {"token": client.token, "field": "title", "back": here})
        assert "Roofer" not in client.get(here).text.partition("<main")[2]
        client.post(f"{here}/edit", {**form, "title": "Roofer", "birthday": ""})
        client.post(f"{here}/edit", {**form, "title": "", "birthday": ""})
        assert "Roofer" not in client.get(here).text.partition("<main")[2]
        client.post(f"{here}/edit", {**form, "title": "", "birthday": ""})
        assert "Nothing was changed." in client.get(here).text


def test_a_word_that_is_wrong_changes_nothing(tmp_path: Path) -> None:
    """A birthday that is no day refuses the whole form; so does a field that there is none of."""
    with own(tmp_path) as (home, client):
        before = digest(home)
        form = {"token": client.token, "title": "Roofer", "birthday": "yesterday"}
        answer = client.post("/contact/2/edit", form)
        assert answer.status_code == 400
        assert "1961-04-12" in answer.text
        assert client.post("/contact/2/clear", {"token": client.token, "field": "digest"}).status_code == 400
        for act in ("edit", "clear", "split"):
            fields = {"token": client.token, "title": "x", "field": "title", "part": "2"}
            assert client.post(f"/contact/99999/{act}", fields).status_code == 404, act
        assert digest(home) == before


def test_met_once_counts_when_told(tmp_path: Path) -> None:
    """Somebody met once, in passing, says so on their page; "Count in" counts them, and Undo takes it back."""
    home = web_twins.make(tmp_path, 0)
    at = web_diary.TODAY - timedelta(days=30)
    event = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\nBEGIN:VEVENT\r\nUID:once@example.org\r\n"
        f"DTSTAMP:20260101T000000Z\r\nDTSTART:{at:%Y%m%dT%H%M%SZ}\r\nDURATION:PT1H\r\nSUMMARY:Tour\r\n"
        f"ORGANIZER:mailto:{web_diary.ME}\r\nATTENDEE;CN=Eva Eenmalig;PARTSTAT=ACCEPTED:mailto:eva@example.org\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    archive = tmp_path / "once.ics"
    archive.write_text(event, encoding="utf-8", newline="")
    add(home, [archive], now=web_diary.NOW)
    with home.connect(read_only=True) as db:
        found = db.execute("SELECT contact_id, id FROM handles WHERE value = 'eva@example.org'").fetchone()
    assert found is not None
    here = f"/contact/{found[0]}"
    with serving(home, web_diary.now) as served:
        client = Client(served)
        assert "Met once, in passing" in client.get(here).text
        answer = client.post(f"/handle/{found[1]}/know", {"token": client.token, "back": here})
        assert answer.headers["location"] == here
        page = client.get(here).text
        assert "Met once, in passing" not in page
        assert "Met once, in passing" in undo(client, page)
        assert client.post("/handle/99999/know", {"token": client.token}).status_code == 400
