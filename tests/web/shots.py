"""
Pictures of every page for human eyes: three widths, light and dark, both languages, and printed.

    python tests/web/shots.py HOME [--now 2026-06-09T08:41:00Z] [--out shots] [--quick]

HOME is a folder that ``maatje demo`` or ``maatje add`` made.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from maatje.app import clock
from maatje.app.home import open_home
from maatje.model.units import Seconds, instant

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.web.web_serving import Serving, browser, entered, serving

WIDTHS = (1440, 820, 390)


def addresses(base: str, page: object) -> Iterator[tuple[str, str]]:
    """Every page's name and address; the people are those on this week's page."""
    page.goto(f"{base}/week")  # type: ignore[attr-defined]
    found = re.search(r'href="/why/(\d+)"', page.content())  # type: ignore[attr-defined]
    number = found[1] if found else "1"
    yield from (
        ("week", "/week"), ("pile", "/pile"), ("contact", f"/contact/{number}"), ("why", f"/why/{number}"),
        ("moments", f"/contact/{number}/moments"), ("find", "/find?q=the"), ("aside", "/aside"), ("add", "/add"),
        ("undo", "/undo"), ("evaluate", "/evaluate"), ("duplicates", "/duplicates"),
        ("yield", "/yield"), ("yield-add", "/yield/add?line=Roos+gave+me+a+tip%2C+via+the+spring+party"),
        ("year", "/year?of=2025"), ("missing", "/nowhere"),
        ("occasions", "/occasions"), ("coffee", f"/coffee/{number}"),
    )  # fmt: skip
    page.goto(f"{base}/occasions")  # type: ignore[attr-defined]
    if found := re.search(r'href="/occasion/(\d+)"', page.content()):  # type: ignore[attr-defined]
        party = f"/occasion/{found[1]}"
        yield from (
            ("occasion", party), ("occasion-guests", f"{party}/guests"), ("occasion-sheet", f"{party}/sheet"),
            ("occasion-after", f"{party}/after"), ("brush-up", f"/brush-up/{found[1]}"),
        )  # fmt: skip


def take(here: Serving, out: Path, *, quick: bool) -> int:
    """Take them all; gives how many."""
    out.mkdir(parents=True, exist_ok=True)
    count = 0
    with browser() as found:
        for lang in ("en", "nl"):
            for scheme in ("light", "dark"):
                for width in WIDTHS:
                    if quick and (lang, scheme) == ("nl", "dark"):
                        continue
                    context = entered(
                        here, found, locale=lang, color_scheme=scheme, viewport={"width": width, "height": 900},
                        has_touch=width < 500,
                    )  # fmt: skip
                    page = context.new_page()
                    for name, path in addresses(here.base, page):
                        page.goto(here.base + path)
                        page.screenshot(path=out / f"{name}-{width}-{scheme}-{lang}.png", full_page=True)
                        count += 1
                    context.close()
        context = entered(here, found, viewport={"width": 1440, "height": 900})
        page = context.new_page()
        for name, path in addresses(here.base, page):
            page.goto(here.base + path)
            page.pdf(path=out / f"{name}-print.pdf", prefer_css_page_size=True)
            count += 1
    return count


def main() -> None:
    """Parse the arguments, serve, take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--now")
    parser.add_argument("--out", type=Path, default=Path("shots"))
    parser.add_argument("--quick", action="store_true", help="leave out Dutch in the dark")
    given = parser.parse_args()
    fixed: Seconds | None = instant(datetime.fromisoformat(given.now)) if given.now else None
    now: Callable[[], Seconds] = clock.now if fixed is None else lambda: fixed
    with serving(open_home(given.home), now) as here:
        print(take(here, given.out, quick=given.quick), "pictures in", given.out)


if __name__ == "__main__":
    main()
