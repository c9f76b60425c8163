"""The pages in Chromium: walked in both languages, with and without script, without a complaint."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.web import web_diary
from tests.web.web_serving import Serving, chromium, entered, serving

from maatje.app.capture import add
from maatje.web.server import entrance

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
PAGES = (
    "/week",
    "/pile",
    "/contact/2",
    "/contact/2/moments",
    "/why/2",
    "/find?q=boat",
    "/aside",
    "/add",
    "/undo",
    "/duplicates",
    "/nowhere",
)
WIDTHS = (1440, 820, 390)
REPORT = """
window.reports = [];
document.addEventListener("securitypolicyviolation", (event) => reports.push(event.violatedDirective));
"""
NASTY = "<img src=x onerror=document.title='pwned'>"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="no Chromium here: set MAATJE_CHROMIUM or install it"),
]


class Watched:
    """A page whose every complaint is written down."""

    def __init__(self, context: Any) -> None:
        self.complaints: list[str] = []
        context.add_init_script(REPORT)
        self.page: Page = context.new_page()
        self.page.on("console", lambda line: self._note(line) if line.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("requestfailed", self._failed)

    def _note(self, line: Any) -> None:
        if "404 (Not Found)" not in line.text:  # Chromium writes of a missing page itself
            self.complaints.append(line.text)

    def _failed(self, request: Any) -> None:
        if request.failure != "net::ERR_ABORTED":  # an icon still on its way when the next page was opened
            self.complaints.append(f"failed {request.url} {request.failure}")

    def go(self, url: str) -> None:
        """Open a page, and note what its policy reported."""
        self.page.goto(url)
        self.look()

    def look(self) -> None:
        """Note what the policy reported on this page."""
        self.complaints += self.page.evaluate("window.reports || []")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize(
    ("lang", "week", "why"),
    [("en", "Week 24", "Why, or why not"), ("nl", "Week 24", "Waarom")],
    ids=["en", "nl"],
)
def test_walk(served: Serving, chrome: Browser, script: bool, lang: str, week: str, why: str) -> None:
    """Week, then somebody, then why: by links alone, in either language, with and without script, no complaint."""
    context = entered(served, chrome, locale=lang, java_script_enabled=script)
    watched = Watched(context)
    page = watched.page
    page.goto(served.base)
    assert page.locator("html").get_attribute("lang") == lang
    assert page.locator("h1").inner_text() == week
    link = page.locator("#greetings h3 a").first
    name = link.inner_text()
    link.click()
    assert page.locator("h1").inner_text() == name
    page.locator("main a[href^='/why/']").first.click()
    assert page.locator("h1").inner_text().endswith("?")
    assert page.locator("main").inner_text().count("\n") > 10
    page.locator("h1 + p a").click()
    assert page.locator("h1").inner_text() == name
    assert why in page.locator("main").inner_text()
    if script:
        watched.look()
    assert watched.complaints == []
    context.close()


def test_every_page_is_quiet(served: Serving, chrome: Browser) -> None:
    """No page makes the browser complain or its policy report, and none is wider than its window."""
    for width in WIDTHS:
        context = entered(served, chrome, locale="nl", viewport={"width": width, "height": 900}, has_touch=width == 390)
        watched = Watched(context)
        for path in PAGES:
            watched.go(served.base + path)
            assert watched.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)
        assert watched.complaints == []
        context.close()


def test_everybody_can_use_it(served: Serving, chrome: Browser) -> None:
    """axe finds no serious or critical fault on any page, folded parts open, in the light and in the dark."""
    if not AXE.is_file():
        pytest.skip("axe.min.js is not here: `make` puts it in tests/web/vendor")
    source = AXE.read_text(encoding="utf-8")
    faults = []
    for scheme, width in (("light", 1440), ("dark", 390)):
        context = entered(served, chrome, color_scheme=scheme, viewport={"width": width, "height": 900})
        page = context.new_page()
        for path in PAGES:
            page.goto(served.base + path)
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            page.evaluate(source + "; 0")
            found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
            faults += [
                (path, scheme, fault["id"], fault["nodes"][0]["html"][:160])
                for fault in found["violations"]
                if fault["impact"] in ("serious", "critical")
            ]
        context.close()
    assert faults == []


def test_an_act_swaps_its_block(tmp_path: Path, chrome: Browser) -> None:
    """With script an act changes only its block; the focus goes there, and a line says what was done."""
    home = web_diary.make(tmp_path)
    with serving(home, web_diary.now) as here:
        watched = Watched(entered(here, chrome, locale="en"))
        page = watched.page
        watched.go(here.base + "/week")
        if not page.evaluate("typeof htmx !== 'undefined'"):
            pytest.skip("htmx.min.js is not here: `make` puts it in static/vendor")
        page.evaluate("window.stayed = true")
        name = page.locator("#greetings h3").first.inner_text()
        page.locator("#greetings form button").first.click()
        page.locator("#said button").wait_for()
        assert "not now" in page.locator("#said").inner_text()
        assert name not in page.locator("#greetings").inner_text()
        assert page.evaluate("window.stayed") is True
        assert page.evaluate("document.activeElement.id") == "h-greet"
        page.locator("#answers form button").first.click()
        page.get_by_text("Nobody waits for an answer").wait_for()
        page.goto(here.base + "/contact/2")
        page.locator("#mem").fill("The boat <b>that</b> would not start.")
        page.locator("#memories button").click()
        page.locator("#memories .memory").wait_for()
        assert page.locator("#memories .memory").inner_text() == "The boat <b>that</b> would not start."
        assert page.locator("#mem").input_value() == ""
        watched.look()
        assert watched.complaints == []
        # Nobody is left in the browser's own store: htmx keeps the present address there, and no page.
        assert page.evaluate("localStorage.length") == 0
        assert page.evaluate("Object.values(sessionStorage).join()") in ("", "/contact/2")


def test_an_act_without_script(tmp_path: Path, chrome: Browser) -> None:
    """Without script the same act is a form, and the page comes back without them."""
    home = web_diary.make(tmp_path)
    with serving(home, web_diary.now) as here:
        context = entered(here, chrome, locale="nl", java_script_enabled=False)
        page = context.new_page()
        page.goto(here.base + "/week")
        name = page.locator("#greetings h3").first.inner_text()
        page.locator("#greetings form button").first.click()
        assert page.url == here.base + "/week"
        assert name not in page.locator("#greetings").inner_text()
        assert page.locator("#said").inner_text()
        page.locator("footer button[name=lang]").click()
        assert page.locator("html").get_attribute("lang") == "en"
        page.locator("footer form[action='/leave'] button").click()
        assert page.goto(here.base + "/week").status == 403
        context.close()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_the_door_opens(served: Serving, chrome: Browser, tmp_path: Path, script: bool) -> None:
    """The file that `serve` writes opens the diary, by itself or by its button, and only once."""
    door = entrance(served.app, tmp_path)
    context = chrome.new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto(door.as_uri(), wait_until="commit")
    if not script:
        page.locator("button").click()
    page.wait_for_url(served.base + "/week")
    assert page.locator("h1").inner_text() == "Week 24"
    cookie = context.cookies()[0]
    assert (cookie["httpOnly"], cookie["secure"], cookie["sameSite"]) == (True, True, "Lax")
    context.close()
    again = chrome.new_context(java_script_enabled=False)
    page = again.new_page()
    page.goto(door.as_uri())
    page.locator("button").click()
    assert "closed" in page.locator("h1").inner_text()
    again.close()


def test_nasty_names_stay_text(tmp_path: Path, chrome: Browser) -> None:
    """Names and subjects that are script elsewhere are words here: nothing runs, nothing is reported."""
    home = web_diary.make(tmp_path)
    me = ("Hanneke", web_diary.ME)
    nasty = (f'"{NASTY}"', "nasty@example.org")
    when = web_diary.TODAY.replace(day=1)
    text = web_diary.message(nasty, me, when, NASTY)
    text += web_diary.message(me, nasty, when.replace(day=2), "</title><svg/onload=alert(1)>")
    archive = tmp_path / "nasty.mbox"
    archive.write_text(text, encoding="utf-8")
    add(home, [archive], now=web_diary.NOW)
    with home.connect(read_only=True) as db:
        found = db.execute("SELECT contact_id FROM handles WHERE value = 'nasty@example.org'").fetchone()
        assert found is not None
    with serving(home, web_diary.now) as here:
        watched = Watched(entered(here, chrome))
        for path in ("/week", "/pile", f"/contact/{found[0]}", f"/why/{found[0]}", "/find?q=img", f"/find?q={NASTY}"):
            watched.go(here.base + path)
            assert watched.page.title() != "pwned"
            assert watched.page.locator("main img").count() == 0
        assert NASTY in watched.page.locator("main").inner_text()
        assert watched.complaints == []


def test_script_in_html_is_refused(served: Serving, chrome: Browser) -> None:
    """The browser itself puts in no HTML with script, handlers or javascript: links; plain HTML it does."""
    context = entered(served, chrome)
    page = context.new_page()
    page.goto(served.base + "/week")
    if not page.evaluate("typeof htmx !== 'undefined'"):
        pytest.skip("htmx.min.js is not here: `make` puts it in static/vendor")
    put = "(html) => { try { document.createElement('div').innerHTML = html; return true; } catch { return false; } }"
    for html in (
        "<script>1</script>",
        "<img src=x onerror=1>",
        "<a href='javascript:1'>x</a>",
        "<svg/onload=1>",
        "<SCRIPT\n>",
    ):
        assert page.evaluate(put, html) is False, html
    for html in ("<p>on a=b</p>", "<p>&lt;script&gt; javascript:</p>", "<b>onset=1</b>"):
        assert page.evaluate(put, html) is True, html
    context.close()


def test_keyboard_reaches_the_page(served: Serving, chrome: Browser) -> None:
    """The first Tab is the way past the navigation, and every act on the week can be reached by Tab alone."""
    context = entered(served, chrome)
    page = context.new_page()
    page.goto(served.base + "/week")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    reached = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.closest('section')?.id || document.activeElement.tagName"))
    assert {"answers", "greetings", "A", "BUTTON"} <= reached
    context.close()
