"""The herring party lived through in Chromium: from its list to the thank-you, in both languages; and a funeral."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.web import web_diary, web_party
from tests.web.test_browser import AXE, Watched
from tests.web.web_serving import chromium, entered, serving

from maatje.model.units import DAY, Seconds

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="no Chromium here: set MAATJE_CHROMIUM or install it"),
]

COUNT = """
window.effort = {clicks: 0, keys: 0};
document.addEventListener("pointerdown", () => { effort.clicks += 1; }, true);
document.addEventListener("keydown", () => { effort.keys += 1; }, true);
"""
PAGES = (
    "/occasions", "/occasion/1", "/occasion/1/guests", "/occasion/1/guests?q=sa", "/occasion/1/sheet",
    "/occasion/1/after", "/occasion/2", "/occasion/2/sheet", "/occasion/2/after", "/coffee/2", "/brush-up/1",
)  # fmt: skip
GONE = ("svg.strip", "form[action$='/want']", "a[href^='/coffee/']", "input[name^='c-']", ".fig b")
"""What no page of a funeral may hold: pacing, a wish to meet, coffee, a figure of worth."""

WORDS = ("The boat again", "Meppel said no", "Flew alone", "New job", "Studied in Wageningen")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("lang", ["en", "nl"])
def test_a_party_is_lived_through(tmp_path: Path, chrome: Browser, lang: str, script: bool) -> None:
    """A party is typed, its list pasted, shown and kept; briefing and sheet; then five talks, thanks and a coffee."""
    home = web_diary.make(tmp_path)
    with serving(home, web_diary.now) as here:
        watched = Watched(entered(here, chrome, locale=lang, java_script_enabled=script))
        page = watched.page
        page.goto(here.base + "/occasions")
        page.locator("#o-name").fill("Haringparty bij Van Beek")
        page.locator("#o-date").fill("2026-06-11")
        page.locator("#o-time").fill("15:00")
        page.locator("#o-until").fill("17:30")
        page.locator("#o-hosts").fill("Roos Dijkema")
        page.locator("form[action='/occasions'] .btn.main").click()
        assert page.url == here.base + "/occasion/1"
        assert "Haringparty" in page.locator("h1").inner_text()
        page.locator("#g-text").fill(web_party.LIST)
        page.locator("form[action='/guests'] .btn").click()
        assert page.url.startswith(here.base + "/occasion/1/guests")
        assert page.locator("tbody tr", has_text="Yara Coenen").count() >= 1
        page.locator("form[action$='/keep'] button").click()
        assert page.url == here.base + "/occasion/1"
        page.locator("#asked button[name=contact]").first.click()
        page.locator("#unmet form[action$='/want'] button").first.click()
        page.locator("#unmet svg.draw circle.unmet").first.wait_for()
        assert page.locator("section[aria-labelledby=h-greet] li h3").count() >= 1
        page.goto(here.base + "/occasion/1/sheet")
        assert page.locator("tbody tr").count() >= 1
        if script:
            watched.look()
        assert watched.complaints == []
    with serving(home, web_party.after) as here:
        watched = Watched(entered(here, chrome, locale=lang, java_script_enabled=script))
        page = watched.page
        page.goto(here.base + "/week")
        page.locator("#open a[href='/occasion/1/after']").first.click()
        page.locator(".spoke label", has_text="Sander Blom").click()
        row = page.locator(".spoke", has_text="Sander Blom")
        row.locator("input[name^='m-']").fill("Home from Terschelling")
        row.locator("input[name^='c-']").check()
        page.locator("form[action='/after'] .btn.main").click()
        assert "Home from Terschelling" in page.content()
        page.locator("form[action$='/thanked'] button").click()
        assert page.locator("form[action$='/thanked']").count() == 0
        page.goto(here.base + "/week")
        assert page.locator("#open").count() == 0
        page.goto(here.base + "/coffee/2")
        with page.expect_download() as got:
            page.locator("button[name=begin]").first.click()
        text = Path(got.value.path()).read_text(encoding="utf-8")
        assert "METHOD:REQUEST" in text
        assert got.value.suggested_filename.endswith(".ics")
        if script:
            watched.look()
        assert watched.complaints == []


def test_five_people_in_a_few_clicks(tmp_path: Path, chrome: Browser) -> None:
    """
    Five people, a line on each, a promise and a coffee, take a click each and what one types: well within two minutes.

    Counted by the browser, not by us; a click or Tab is taken as 1.1 seconds, a key as 0.28 (Card, Moran and Newell's
    average typist).
    """
    home = web_party.make(tmp_path)
    with serving(home, web_party.after) as here:
        context = entered(here, chrome)
        context.add_init_script(COUNT)
        page = context.new_page()
        page.goto(here.base + "/occasion/1/after")
        page.locator("label.pick", has_text="Yes").click()
        names = ("Sander Blom", "Hein Verbruggen", "Joost Wiersma", "Roos Dijkema", "Yara Coenen")
        for name, words in zip(names, WORDS, strict=True):
            page.locator(".spoke label", has_text=name).click()
            page.keyboard.press("Tab")
            page.keyboard.type(words)
        page.keyboard.press("Tab")
        page.keyboard.type("The report")
        page.locator(".spoke", has_text="Hein Verbruggen").locator("label", has_text="coffee").click()
        effort = page.evaluate("effort")
        page.keyboard.press("Enter")
        page.wait_for_url("**/after?coffee=*")
        said = page.locator("#said").inner_text()
        assert page.locator(".spoke input[name^='s-']:checked").count() == 5
        assert "five people" in said
        assert page.locator("a[href^='/coffee/']").count() == 1
        keys = effort["keys"] + 1
        assert effort["clicks"] <= 8
        assert keys <= sum(map(len, WORDS)) + 17
        assert 1.1 * (effort["clicks"] + 8) + 0.28 * keys < 120
        context.close()


def test_the_sheet_is_one_page(tmp_path: Path, chrome: Browser) -> None:
    """Printed, the sheet is one A4, also for sixty people whom one knows and a handful of strangers."""
    known = "\n".join(f"Person {number} <person.{number}@example.org>" for number in range(20, 80))
    home = web_party.make(tmp_path, people=80, listed=f"{web_party.LIST}\n{known}")
    with serving(home, web_party.now) as here:
        page = entered(here, chrome).new_page()
        page.goto(here.base + "/occasion/1/sheet")
        assert page.locator(".cols li").count() > 20
        printed = page.pdf(format="A4", prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
        page.context.close()


def test_a_funeral_shows_no_business(tmp_path: Path, chrome: Browser) -> None:
    """At a funeral there is no pace, nobody to greet, no coffee, no worth, no wish to meet; and nobody to be asked."""
    home = web_party.make(tmp_path)
    number = web_party.bury(home)
    with serving(home, lambda: Seconds(web_party.BEGIN + 3 * DAY)) as here:
        for lang, words in (
            ("en", ("offee", "usiness:", "to greet", "pilot")),
            ("nl", ("offie", "akelijk:", "begroeten")),
        ):
            context = entered(here, chrome, locale=lang)
            page = context.new_page()
            for path in (f"/occasion/{number}", f"/occasion/{number}/sheet", f"/occasion/{number}/after"):
                page.goto(here.base + path)
                main = page.locator("main").inner_text()
                assert not [word for word in words if word in main], path
                for gone in (
                    "svg.strip",
                    "form[action$='/want']",
                    "a[href^='/coffee/']",
                    "input[name^='c-']",
                    ".fig b",
                ):
                    assert page.locator(f"main {gone}").count() == 0, (path, gone)
            page.goto(here.base + "/coffee/2")
            assert page.locator("button[name=begin]").count() == 0
            context.close()


def test_pages_of_occasions_are_quiet_and_usable(tmp_path: Path, chrome: Browser) -> None:
    """No complaint, no page wider than its window, nothing serious by axe, folded parts open, light and dark."""
    home = web_party.make(tmp_path)
    web_party.bury(home)
    faults: list[Any] = []
    source = AXE.read_text(encoding="utf-8") if AXE.is_file() else ""
    with serving(home, web_party.after) as late, serving(home, web_party.now) as early:
        for here in (late, early):
            for width, scheme in ((1440, "light"), (390, "dark")):
                options: dict[str, Any] = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
                watched = Watched(entered(here, chrome, has_touch=width == 390, **options))
                for path in PAGES:
                    watched.go(here.base + path)
                    page = watched.page
                    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
                    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)
                    if source:
                        page.evaluate(source + "; 0")
                        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
                        faults += [
                            (path, scheme, fault["id"], fault["nodes"][0]["html"][:160])
                            for fault in found["violations"]
                            if fault["impact"] in ("serious", "critical")
                        ]
                assert watched.complaints == []
    assert faults == []


def test_a_face_is_turned_over(tmp_path: Path, chrome: Browser) -> None:
    """Names are looked at one by one; who was answered is not asked again today, and at the end it says so."""
    home = web_party.make(tmp_path)
    with serving(home, web_party.now) as here:
        watched = Watched(entered(here, chrome))
        page = watched.page
        watched.go(here.base + "/brush-up/1")
        seen = []
        while page.locator("button[name=knew]").count():
            page.locator("summary").click()
            seen.append(page.locator("details a").inner_text())
            page.locator("button[name=knew]").first.click()
            page.locator("details[open]").wait_for(state="detached")
            assert len(seen) < 40
        assert seen
        assert len(set(seen)) == len(seen)
        assert watched.complaints == []
