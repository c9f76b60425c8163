"""The desktop's page about telephones: how one gets in, who waits, who is in; and what the terminal says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.web import web_diary
from tests.web.test_browser import AXE, Watched
from tests.web.web_client import Client
from tests.web.web_serving import Serving, chromium, entered, serving

from maatje.app import clock
from maatje.app.home import Home
from maatje.app.wording import Voice
from maatje.web.lan_gate import Origin
from maatje.web.lan_terminal import Terminal
from maatje.web.pairing import Pairings, State
from maatje.web.qr import blocks, square
from maatje.web.telephone import Offered

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture
def offered() -> Offered:
    """A telephone's page as if it were offered."""
    return Offered(Origin("http", "192.0.2.7", 8766), Pairings(clock.now))


@pytest.fixture
def here(diary: Home, offered: Offered) -> Iterator[Serving]:
    """The diary, with telephones."""
    with serving(diary, web_diary.now, telephones=offered) as found:
        yield found


def code_on(page: str) -> str:
    """The code that a page shows."""
    found = re.search(r"code ([0-9A-Z]{5} [0-9A-Z]{5})", page)
    assert found is not None
    return found[1]


def test_without_lan_the_page_says_how(served: Serving) -> None:
    """Where no telephone can look, the page says how to begin, and shows neither code nor square."""
    page = Client(served).get("/telephone").text
    assert "maatje serve --lan" in page
    assert 'class="qr"' not in page


def test_let_in_by_the_page(here: Serving, offered: Offered) -> None:
    """A code from the page, six digits, a yes on the page; then it is listed, and taken off by the page as well."""
    client = Client(here)
    code = code_on(client.get("/telephone").text)
    asked = offered.pairings.ask(code)
    assert asked is not None
    page = client.get("/telephone").text
    assert f"{asked.match[:3]} {asked.match[3:]}" in page
    number = str(offered.pairings.waiting()[0].number)
    for say in ("maybe", ""):
        assert client.post("/telephone", {"token": client.token, "number": number, "say": say}).status_code == 400
    assert client.post("/telephone", {"token": client.token, "number": "x", "say": "yes"}).status_code == 400
    assert client.post("/telephone", {"token": client.token, "number": number, "say": "yes"}).status_code == 303
    outcome = offered.pairings.outcome(asked.secret)
    assert outcome.state is State.LET_IN
    assert "until" in client.get("/telephone").text
    client.post("/telephone", {"token": client.token, "number": number, "say": "end"})
    assert offered.pairings.find(outcome.token) is None
    assert offered.pairings.was_revoked(outcome.token)


def test_asking_again_makes_no_code(here: Serving, offered: Offered) -> None:
    """The block that looks who waits makes no new code: the one on the screen stays good."""
    client = Client(here)
    code = code_on(client.get("/telephone").text)
    for _ in range(10):
        block = client.get("/telephone", HX_Request="true", HX_Target="waiting").text
        assert "<main" not in block
    assert offered.pairings.ask(code) is not None


def test_the_terminal_lets_in_by_digits(offered: Offered) -> None:
    """The digits that the telephone shows let it in, others do not; an empty line makes a new code."""
    told: list[str] = []
    voice = Voice("en")
    Terminal(voice, told.append).introduce(offered)
    found = re.search(r"code ([0-9A-Z]{5} [0-9A-Z]{5})", "\n".join(told))
    assert found is not None
    asked = offered.pairings.ask(found[1])
    assert asked is not None
    terminal = Terminal(voice, told.append, ["123\n", "\n", f" {asked.match[:3]} {asked.match[3:]} \n"])
    terminal.notice(offered)
    assert f"shows {asked.match[:3]} {asked.match[3:]}" in told[-1]
    terminal.read(offered)
    assert told[-1] == "It is let in, for twelve hours."
    assert "No telephone that waits shows these digits." in told
    assert sum("with the code" in line for line in told) == 2
    assert offered.pairings.outcome(asked.secret).state is State.LET_IN


def test_the_square_is_the_same_in_signs_and_lines() -> None:
    """Terminal and page draw the same modules, with a light margin all around."""
    text = "http://192.0.2.7:8766/#ABCDEFGHJK"
    drawn, lines = square(text), blocks(text).split("\n")
    assert {len(line) for line in lines} == {drawn.size}
    assert set(lines[0]) == {"█"}
    dark = sum(int(run) for run in re.findall(r"h(\d+)v1", drawn.path))
    signs = {"█": 0, "▀": 1, "▄": 1, " ": 2}
    odd = drawn.size if drawn.size % 2 else 0  # the last half line lies outside, and is left open
    assert sum(signs[sign] for line in lines for sign in line) - odd == dark


@pytest.mark.browser
@pytest.mark.skipif(chromium() is None, reason="no Chromium here: set MAATJE_CHROMIUM or install it")
def test_the_page_sees_who_waits(here: Serving, offered: Offered, chrome: Browser) -> None:
    """In a browser the page shows by itself that a telephone waits, lets it in by one click, and axe is content."""
    watched = Watched(entered(here, chrome, locale="en"))
    page = watched.page
    watched.go(here.base + "/telephone")
    if not page.evaluate("typeof htmx !== 'undefined'"):
        pytest.skip("htmx.min.js is not here: `make` puts it in static/vendor")
    asked = offered.pairings.ask(code_on(page.inner_text("main")))
    assert asked is not None
    page.get_by_text("The same: let it in").wait_for()
    assert page.evaluate("document.activeElement === document.body")
    if AXE.is_file():
        page.evaluate(Path(AXE).read_text(encoding="utf-8") + "; 0")
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
    page.get_by_text("The same: let it in").click()
    page.get_by_text("The same: let it in").wait_for(state="detached")
    assert offered.pairings.outcome(asked.secret).state is State.LET_IN
    page.get_by_text("Take it off").wait_for()
    watched.look()
    assert watched.complaints == []
