"""The demo's herring party on a telephone's screen: its list, the evening with the network cut, the thanks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.conftest import NOW
from tests.web.test_browser import Watched
from tests.web.test_browser_during import NAME, PHONE, Phone, mobile  # noqa: F401  # a fixture
from tests.web.web_during import free_port, phoning
from tests.web.web_serving import chromium, entered, serving

from maatje.app import demo, occasions
from maatje.app.home import Home, open_home
from maatje.model.units import Seconds
from maatje.store import contacts, touches
from maatje.web.lan import Plan
from maatje.web.lan_gate import Origin

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HOUR = 3600

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="no Chromium here: set MAATJE_CHROMIUM or install it"),
]


def _told(folder: Path) -> tuple[Home, int, Seconds]:
    """The demo's home, with the number and the begin of the party that is coming up."""
    home = open_home(folder / "demo", make=True)
    home = Home(home.path, replace(home.settings, utc_offset_minutes=demo.UTC_OFFSET_MINUTES, workers=1))
    demo.tell(home, NOW)
    with home.connect(read_only=True) as db:
        found = (line.occasion for line in occasions.every(db, NOW))
        coming = next(one for one in found if "Haringparty" in one.name and one.begin > NOW)
    return home, coming.id, coming.begin


def _moments(home: Home, name: str) -> int:
    with home.connect(read_only=True) as db:
        (number,) = (one for one, called in contacts.names(db).items() if called == name)
        return touches.timeline_total(db, number)


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_the_demos_party(tmp_path: Path, chrome: Browser, mobile: Browser, lang: str) -> None:  # noqa: F811
    """The briefing and the list; there two talks, one with the network gone; afterwards a promise and the thanks."""
    home, number, begin = _told(tmp_path)
    talks = {name: _moments(home, name) for name in ("Sander Blom", "Hein Verbruggen")}
    with serving(home, lambda: NOW) as here:
        watched = Watched(entered(here, chrome, **{**PHONE, "locale": lang}))
        page = watched.page
        page.goto(here.base + "/week")
        page.locator(f"a[href='/occasion/{number}']").first.click()
        assert page.locator("section[aria-labelledby=h-greet] li h3").count() == 5
        page.goto(here.base + f"/occasion/{number}/guests?q=sa")
        assert "Sander Blom" in page.locator("main").inner_text()
        page.goto(here.base + f"/occasion/{number}/sheet")
        assert page.locator("tbody tr").count() >= 5
        watched.look()
        assert watched.complaints == []

    port = free_port()
    plan = Plan("127.0.0.1", port, Origin("http", NAME, port))
    with phoning(home, number, plan, now=lambda: Seconds(begin + HOUR)) as there:
        # The telephone's own clock is that of today, months from the party's: it is put right by the computer.
        phone = Phone(there, mobile, locale=lang)
        pairings = there.offered.pairings
        phone.page.goto(f"{there.base}/#{pairings.new_code()}")
        phone.page.locator("#compare").wait_for()
        assert pairings.match(phone.page.locator("#match").inner_text())
        phone.page.locator("#s-all li").first.wait_for()
        phone.page.locator("#letters").fill("sa")
        phone.page.locator(".guest:not([hidden])", has_text="Sander Blom").locator(".tap").tap()
        phone.context.set_offline(True)
        phone.page.locator("#letters").fill("he")
        phone.page.locator(".guest:not([hidden])", has_text="Hein Verbruggen").locator(".tap").tap()
        phone.line("Hein Verbruggen", "The boat to Vlieland")
        phone.page.wait_for_timeout(800)
        assert _moments(home, "Hein Verbruggen") == talks["Hein Verbruggen"], "nothing came through the cut network"
        phone.context.set_offline(False)
        for _ in range(80):  # the page notices by itself, and hands over
            if _moments(home, "Hein Verbruggen") > talks["Hein Verbruggen"]:
                break
            phone.page.wait_for_timeout(250)
        phone.done()
    assert {name: _moments(home, name) - before for name, before in talks.items()} == dict.fromkeys(talks, 1)

    with serving(home, lambda: Seconds(begin + 14 * HOUR)) as here:
        watched = Watched(entered(here, chrome, **{**PHONE, "locale": lang}))
        page = watched.page
        page.goto(here.base + "/week")
        page.locator(f"#open a[href='/occasion/{number}/after']").first.click()
        assert page.locator(".spoke input[name^='s-']:checked").count() == 2, "what was tapped is filled in"
        row = page.locator(".spoke", has_text="Hein Verbruggen")
        assert row.locator("input[name^='m-']").input_value() == "The boat to Vlieland"
        row.locator("input[name^='p-']").first.fill("The tide tables")
        page.locator("form[action='/after'] .btn.main").click()
        page.locator("form[action$='/thanked'] button").click()
        assert page.locator("form[action$='/thanked']").count() == 0
        page.goto(here.base + "/week")
        assert "The tide tables" in page.locator("#open").inner_text()
        watched.look()
        assert watched.complaints == []
