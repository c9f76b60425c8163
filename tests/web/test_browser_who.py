"""The duplicates page in Chromium: pairs answered by keys alone, in either language, and by forms without script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.web import web_diary, web_twins
from tests.web.test_browser import AXE, WIDTHS, Watched
from tests.web.web_serving import Serving, chromium, entered, serving

from maatje.app.home import Home

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TWINS = 12
PAIR = "document.activeElement.closest('.pair')?.id || ''"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="no Chromium here: set MAATJE_CHROMIUM or install it"),
]


@pytest.fixture
def twins(tmp_path: Path) -> Home:
    """A diary of the test's own, with pairs to be asked about."""
    return web_twins.make(tmp_path, TWINS)


@pytest.fixture
def here(twins: Home) -> Iterator[Serving]:
    """That diary on a port."""
    with serving(twins, web_diary.now) as found:
        yield found


def marked(page: Page) -> str:
    """The pair that keys would answer now."""
    found: str = page.evaluate(PAIR)
    return found


def shown(page: Page) -> list[str]:
    """The pairs on the page, in order."""
    return [one.get_attribute("id") or "" for one in page.locator(".pair").all()]


def until_marked(page: Page) -> None:
    """Wait until the focus is at a heading among the pairs. (The policy forbids Playwright's own ``eval`` for it.)"""
    page.locator("#pairs h2:focus").wait_for()


def press(page: Page, key: str, answered: str) -> None:
    """Press one key and wait until the pair is off the page and another is marked."""
    page.keyboard.press(key)
    page.wait_for_selector(f"#{answered}", state="detached")
    until_marked(page)


def needs_script(page: Page) -> None:
    """Without htmx beside us the pages work by forms alone."""
    if not page.evaluate("typeof htmx !== 'undefined'"):
        pytest.skip("htmx.min.js is not here: `make` puts it in static/vendor")


@pytest.mark.parametrize(
    ("lang", "letters"), [("en", {"same": "o", "later": "k"}), ("nl", {"same": "e", "later": "w"})], ids=["en", "nl"]
)
def test_three_pairs_by_keys_alone(
    here: Serving, chrome: Browser, twins: Home, lang: str, letters: dict[str, str]
) -> None:
    """Without a mouse: the first pair is marked, a key answers it and marks the next, U takes the last one back."""
    context = entered(here, chrome, locale=lang)
    watched = Watched(context)
    page = watched.page
    watched.go(here.base + "/duplicates")
    needs_script(page)
    assert page.locator("html").get_attribute("lang") == lang
    before = shown(page)
    assert len(before) == 10
    assert marked(page) == before[0]
    assert page.locator(f"#{before[0]} button kbd").all_inner_texts() == ["1", "2", "3"]
    press(page, letters["same"], before[0])
    assert marked(page) == before[1]
    press(page, "2", before[1])
    assert marked(page) == before[2]
    press(page, letters["later"], before[2])
    assert (marked(page), shown(page)[:7]) == (before[3], before[3:])
    with page.expect_navigation():
        page.keyboard.press("u")
    until_marked(page)
    assert (marked(page), shown(page)[:8]) == (before[2], before[2:])
    press(page, "2", before[2])
    with page.expect_navigation():
        page.keyboard.press("U")
    assert shown(page)[:8] == before[2:]
    assert page.locator("#said p").inner_text()
    assert page.url == here.base + "/duplicates"
    watched.look()
    assert watched.complaints == []
    with twins.connect(read_only=True) as db:
        acts = list(db.execute("SELECT undone_at IS NULL FROM undo_journal ORDER BY id"))
    assert acts == [(1,), (1,), (0,)]
    context.close()


def test_all_pairs_by_one_key_each(here: Serving, chrome: Browser, twins: Home) -> None:
    """Going through all pairs takes one key for each; the end says so and is where the focus is."""
    context = entered(here, chrome, locale="en")
    watched = Watched(context)
    page = watched.page
    watched.go(here.base + "/duplicates")
    needs_script(page)
    for number in range(TWINS):
        first = marked(page)
        page.keyboard.press("12"[number % 2])
        page.wait_for_selector(f"#{first}", state="detached")
        until_marked(page)
    assert shown(page) == []
    assert page.evaluate("document.activeElement.id") == "h-none"
    with twins.connect(read_only=True) as db:
        assert db.execute("SELECT count(*) FROM contacts WHERE root_id <> id").fetchone() == (TWINS // 2,)
    with page.expect_navigation():
        page.keyboard.press("u")
    assert len(shown(page)) == 1
    watched.look()
    assert watched.complaints == []
    context.close()


def test_keys_do_nothing_unseen(here: Serving, chrome: Browser) -> None:
    """A key answers only the pair that the focus is in; held down or with Ctrl it answers nothing, nor elsewhere."""
    context = entered(here, chrome, locale="en")
    page = context.new_page()
    page.goto(here.base + "/duplicates")
    needs_script(page)
    before = shown(page)
    page.keyboard.press("Control+1")
    page.keyboard.press("Alt+2")
    page.keyboard.press("x")
    page.keyboard.press("u")
    page.locator("footer a").first.focus()
    page.keyboard.press("1")
    page.keyboard.press("o")
    page.wait_for_timeout(150)
    assert shown(page) == before
    # A key that is held down answers one pair, however often it repeats.
    page.locator(f"#{before[4]} h3 a").first.focus()
    page.keyboard.down("1")
    page.keyboard.down("1")
    page.wait_for_selector(f"#{before[4]}", state="detached")
    until_marked(page)
    page.keyboard.down("1")
    page.keyboard.up("1")
    page.wait_for_timeout(150)
    assert marked(page) == before[5]
    assert not {before[3], before[5]} - set(shown(page))
    context.close()


def test_tab_reaches_each_answer(here: Serving, chrome: Browser) -> None:
    """By Tab and Enter alone: both names and the three answers of the marked pair, in that order."""
    context = entered(here, chrome, locale="en")
    page = context.new_page()
    page.goto(here.base + "/duplicates")
    needs_script(page)
    before = shown(page)
    reached = []
    for _ in range(5):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.value || document.activeElement.tagName"))
    assert reached == ["A", "A", "same", "different", "later"]
    assert marked(page) == before[0]
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#{before[0]}", state="detached")
    until_marked(page)
    assert marked(page) == before[1]
    context.close()


def test_answers_without_script(here: Serving, chrome: Browser) -> None:
    """Without script the same answers are buttons, no key is promised, and what was said can be undone."""
    context = entered(here, chrome, locale="en", java_script_enabled=False)
    page = context.new_page()
    page.goto(here.base + "/duplicates")
    first = shown(page)[0]
    assert page.locator("kbd:visible").count() == 0
    assert page.locator(".keys:visible").count() == 0
    page.locator(".pair button[value=same]").first.click()
    assert page.url == here.base + "/duplicates"
    assert shown(page)[0] != first
    page.locator("#said button").click()
    assert shown(page)[0] == first
    page.locator(".pair button[value=later]").first.click()
    assert shown(page)[0] != first
    page.locator("#h-more ~ .btns a", has_text="Show more").click()
    assert page.locator(".pair").count() == 1
    context.close()


def test_contact_by_forms(here: Serving, chrome: Browser, twins: Home) -> None:
    """A merged contact is taken apart, said better and asked about again from their own page, with no complaint."""
    context = entered(here, chrome, locale="en")
    watched = Watched(context)
    page = watched.page
    watched.go(here.base + "/duplicates")
    number = int(page.locator(".pair").first.get_attribute("id").split("-")[1])
    page.locator(".pair button[value=same]").first.click()
    page.locator("#said button").wait_for()
    watched.go(here.base + f"/contact/{number}")
    page.get_by_text("Say better who this is").click()
    page.locator("#e-title").fill("Roofer")
    page.locator("#e-birthday").fill("--04-12")
    page.get_by_role("button", name="Note it").click()
    assert "Roofer" in page.locator(".sub").inner_text()
    page.get_by_role("button", name="Back to the address book: Title").click()
    assert "Roofer" not in page.locator("main").inner_text()
    page.get_by_role("button", name="Take apart: ").first.click()
    assert page.get_by_text("Made one of").count() == 0
    page.locator("#said button").click()
    assert page.get_by_text("Made one of").count() == 1
    watched.look()
    assert watched.complaints == []
    context.close()


def test_everybody_can_answer(here: Serving, chrome: Browser, twins: Home) -> None:
    """axe finds nothing serious on the pairs or on a merged contact, and neither is wider than its window."""
    context = entered(here, chrome)
    page = context.new_page()
    page.goto(here.base + "/duplicates")
    number = int(page.locator(".pair").first.get_attribute("id").split("-")[1])
    page.locator(".pair button[value=same]").first.click()
    page.locator("#said button").wait_for()
    context.close()
    source = AXE.read_text(encoding="utf-8") if AXE.is_file() else ""
    faults = []
    for width in WIDTHS:
        for scheme in ("light", "dark"):
            context = entered(here, chrome, color_scheme=scheme, viewport={"width": width, "height": 900})
            watched = Watched(context)
            for path in ("/duplicates", "/duplicates?from=10", f"/contact/{number}"):
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
