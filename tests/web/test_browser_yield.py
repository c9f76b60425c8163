"""The yield pages in Chromium: a line written and kept in two steps, in both languages, widths and schemes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.web import web_diary
from tests.web.test_browser import AXE, WIDTHS, Watched
from tests.web.web_serving import Serving, chromium, entered, serving

from maatje.app import yields
from maatje.app.home import Home
from maatje.model.units import DAY, Seconds

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PATHS = ("/yield", "/yield/add", "/yield/add?line=Sander+Blom+gave+me+a+tip", "/yield/1", "/year", "/week")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="no Chromium here: set MAATJE_CHROMIUM or install it"),
]


@pytest.fixture
def diary(tmp_path: Path) -> Home:
    """A diary of the test's own with some things that came, so that every picture is drawn."""
    home = web_diary.make(tmp_path)
    with home.connect() as db:
        for number, name in enumerate(web_diary.NAMES[:9]):
            form = {
                "text": f"Thing {number}", "kind": "information", "people": name,
                "direction": "given" if number % 4 == 3 else "received",
                "day": "2024-02-01" if number == 0 else "last month", "worth": "€ 1.250" if number else "",
            }  # fmt: skip
            yields.add(db, yields.read(db, form, web_diary.NOW, home.settings), Seconds(web_diary.NOW - 900 * DAY))
    return home


@pytest.fixture
def here(diary: Home) -> Iterator[Serving]:
    """That diary on a port."""
    with serving(diary, web_diary.now) as found:
        yield found


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize(
    ("lang", "line"),
    [("en", "Sander Blom gave me a tip yesterday"), ("nl", "Sander Blom gaf me gisteren een tip")],
    ids=["en", "nl"],
)
def test_written_down_in_two_steps(here: Serving, chrome: Browser, script: bool, lang: str, line: str) -> None:
    """Type a line and press a button, look at it and press another: it stands on the page, with or without script."""
    context = entered(here, chrome, locale=lang, java_script_enabled=script)
    watched = Watched(context)
    page = watched.page
    page.goto(here.base + "/yield")
    page.locator("#line").fill(line)
    page.locator("#line").press("Enter")
    assert page.locator("#text").input_value() == line
    assert page.locator("#kind").input_value() == "information"
    page.locator("main .btn.main").click()
    page.wait_for_url(here.base + "/yield")
    assert line in page.locator("main").inner_text()
    assert page.locator("#said p").inner_text()
    if script:
        watched.look()
    assert watched.complaints == []
    context.close()


def test_quiet_narrow_enough_and_for_everybody(here: Serving, chrome: Browser) -> None:
    """No complaint, nothing wider than its window, and no fault that axe finds, in three widths and both schemes."""
    source = AXE.read_text(encoding="utf-8") if AXE.is_file() else ""
    faults = []
    for width in WIDTHS:
        for scheme in ("light", "dark"):
            context = entered(here, chrome, color_scheme=scheme, viewport={"width": width, "height": 900})
            watched = Watched(context)
            for path in PATHS:
                watched.go(here.base + path)
                watched.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
                assert watched.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)
                if source:
                    watched.page.evaluate(source + "; 0")
                    found = watched.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
                    faults += [
                        (path, scheme, width, fault["id"], fault["nodes"][0]["html"][:160])
                        for fault in found["violations"]
                    ]
            assert watched.complaints == []
            context.close()
    assert faults == []


def test_every_picture_has_its_words(here: Serving, chrome: Browser) -> None:
    """What is drawn is said as well: each drawing has a label with figures, or stands beside its sentence."""
    context = entered(here, chrome)
    page = context.new_page()
    page.goto(here.base + "/yield")
    drawings = page.locator("main .span-row svg").all()
    assert len(drawings) >= 6
    for one in drawings:
        label = one.get_attribute("aria-label") or ""
        assert any(sign.isdigit() for sign in label)
    assert page.locator("main figure.lag svg").get_attribute("aria-label")
    context.close()
