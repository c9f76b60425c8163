"""Every page from hand-made values: whole, in both languages, and harmless whatever is stored."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po
from tests.unit.web import web_samples as samples
from tests.unit.web.web_drawing import Reader, drawn, session

import maatje.app.catalogue
import maatje.web
from maatje.app.wording import Voice
from maatje.web.contexts.frame import accepted
from maatje.web.contexts.week import week_view
from maatje.web.links import SCHEMES
from maatje.web.pages import BLOCKS, LANGUAGE_COOKIE, Pages, tidy

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</title><svg/onload=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "javascript:alert(1)",
    " onfocus=alert(1) autofocus x=",
    "<a href=javascript:alert(1)>x</a>",
    "{{7*7}}{% include 'x' %}${7*7}{{constructor.constructor('alert(1)')()}}",
    "<!--", "]]>", "<style>*{display:none}</style>", "<base href=//evil.test>", "<iframe srcdoc='<script>1</script>'>",
    "<form action=//evil.test><button>", "&lt;script&gt;", "%3Cscript%3E", "\x00<\x00script>",
    "\u202egnp.exe", "\ud800", "\r\nSet-Cookie: a=b", "x" * 3000, "é" + "\u0301" * 3000, "", " ",
)  # fmt: skip
FOLDER = Path(maatje.web.__file__).parent
WORDS = {"say": None, "text": None, "_": None, "N_": None, "say_n": (1, 2), "text_n": (1, 2), "ngettext": (1, 2)}
OWN_SCRIPTS = {"/static/maatje.js", "/static/vendor/htmx.min.js"}


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_every_page_is_whole(lang: str) -> None:
    """Each page is drawn, its tags close in order, and its language is named."""
    for name, page in drawn(lang):
        reader = Reader(page)
        assert (name, reader.faults, reader.open) == (name, [], [])
        assert page.startswith(f'<!doctype html>\n<html lang="{lang}">'), name
        ids = [attributes["id"] for _, attributes in reader.tags if "id" in attributes]
        assert len(ids) == len(set(ids)), name


def test_every_text_is_in_dutch() -> None:
    """Each text that a template or context says has a Dutch one in the catalogue, with the same places in it."""
    with (Path(maatje.app.catalogue.FOLDER) / "nl" / "LC_MESSAGES" / "maatje.po").open("rb") as stream:
        dutch = read_po(stream)
    found = [message for path in sorted(FOLDER.rglob("*.py")) for message in extract_from_file("python", path, WORDS)]
    for path in sorted(FOLDER.rglob("*.html")):
        found += extract_from_file("jinja2.ext:babel_extract", path, WORDS, options={"trim_blocks": "true"})
    assert len(found) > 250
    for _, text, _, _ in found:
        key = text if isinstance(text, str) else text[0]
        said = dutch.get(key)
        assert said is not None, key
        for translation in said.string if isinstance(said.string, (tuple, list)) else (said.string,):
            assert translation, key
            assert places(translation) <= places(key) | {"n"}, key


def places(text: str) -> set[str]:
    return set(re.findall(r"\{([a-z_]+)", text))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_stored_text_is_only_text(payload: str) -> None:
    """Whatever stands in a name, subject, memory or address adds no tag, attribute or link to any page."""
    harmless = {name: shape(page) for name, page in drawn("en", "x" if payload.strip() else payload)}
    for name, page in drawn("en", payload):
        reader = Reader(page)
        for tag, attributes in reader.tags:
            assert tag not in {"iframe", "base", "object", "embed", "style", "img"}, name
            assert not {key for key in attributes if key.startswith("on") or key in {"style", "srcdoc"}}, name
            if tag == "script":
                assert attributes["src"] in OWN_SCRIPTS, name
            for key in ("href", "action", "hx-post", "src"):
                check_target(attributes.get(key), name)
        assert shape(page) == harmless[name], name
        assert "\u202e" not in page, name
        assert "49" not in set(re.findall(r"\d+", reader.text)) or "7*7" not in payload, name


def shape(page: str) -> list[str]:
    """The tags of a page in order; links come and go with the validity of what is stored, marks with the search."""
    page = re.sub(r"</?(?:a|br|mark|bdi|text)\b[^>]*>", "", page)
    return [tag for tag, _ in Reader(page).tags]


def check_target(target: str | None, name: str) -> None:
    if target is None or target.startswith(("/", "#")):
        assert target is None or not target.startswith("//"), name
        return
    assert target.split(":")[0].lower() in SCHEMES, (name, target)


def test_without_htmx_nothing_is_linked() -> None:
    """Where the script was not put beside us, pages do not ask for it."""
    for name, page in drawn("en", has_htmx=False):
        assert "<script" not in page, name


def test_fragment_is_the_same_block() -> None:
    """What htmx asks for alone is, letter by letter, the block of the whole page."""
    pages, voice = Pages(has_htmx=True), Voice("en", now=samples.NOW)
    view = week_view(samples.week(), samples.pile(), voice)
    scope = {"type": "http", "path": "/week", "query_string": b"", "session": session()}
    whole = bytes(pages.page({**scope, "headers": []}, "week.html", voice, view=view).body).decode()
    for block in BLOCKS["week.html"]:
        headers = [(b"hx-request", b"true"), (b"hx-target", block.encode())]
        part = bytes(pages.page({**scope, "headers": headers}, "week.html", voice, view=view).body).decode()
        assert not part.startswith("<!doctype")
        section = part[: part.index("</section>")]
        assert "".join(section.split()) in "".join(whole.split())


def test_nobody_let_in_sees_no_form() -> None:
    """A page without a session has neither navigation, nor form, nor script."""
    pages, voice = Pages(has_htmx=True), Voice("nl")
    scope = {"type": "http", "path": "/week", "query_string": b"", "headers": [], "session": None}
    page = bytes(pages.page(scope, "left.html", voice).body).decode()
    assert not {tag for tag, _ in Reader(page).tags} & {"nav", "form", "input", "script"}


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", "en"), ("nl", "nl"), ("nl-NL,nl;q=0.9,en;q=0.8", "nl"), ("en-US,en;q=0.9,nl;q=0.8", "en"),
        ("de, fr;q=0.9, nl;q=0.2, en;q=0.1", "nl"), ("nl;q=0, en", "en"), ("nlx", "en"), ("nl;q=abc", "en"),
        (";;,,", "en"),
    ],
)  # fmt: skip
def test_language_of_browser(header: str, expected: str) -> None:
    """Without a choice, the browser's order of languages decides."""
    assert accepted(header) == expected


def test_chosen_language_goes_first() -> None:
    """What the user chose goes before what the browser asks for; a choice that is none is as if not made."""
    pages = Pages(has_htmx=False)
    asks = (b"accept-language", b"en")
    cookie = (b"cookie", f"a=b; {LANGUAGE_COOKIE}=nl".encode())
    assert pages.language({"type": "http", "headers": [asks, cookie]}) == "nl"
    assert pages.language({"type": "http", "headers": [asks, (b"cookie", b"maatje-language=xx")]}) == "en"
    assert pages.language({"type": "http", "headers": [asks]}, "nl") == "nl"


def test_tidy_shows_hidden_signs() -> None:
    """Signs that turn a line around are shown as the mark for what cannot be shown; surrogates do no harm."""
    assert tidy("a\u202eb\x00c\ud800") == "a\ufffdb c?"
    assert tidy(12) == 12


def test_templates_take_no_short_cut() -> None:
    """No template or module marks text as safe, writes a handler or a style into a page, or names another host."""
    for path in [*FOLDER.rglob("*.html"), *FOLDER.rglob("*.py")]:
        text = path.read_text(encoding="utf-8")
        for ban in (
            r"\|\s*safe\b",
            r"\bMarkup\(",
            r"\son[a-z]+=[\"']",
            r"\sstyle=",
            r"hx-on",
            r"https?://(?!127\.0\.0\.1|maatje\.example\.org)[a-z]",
        ):
            assert not re.search(ban, text), (path.name, ban)
