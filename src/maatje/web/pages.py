"""
Templates to responses: one environment, one frame, one block for both.

A page, and the part of it that htmx asks for, are drawn from the same template and context.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse
from starlette.types import Scope

from maatje.app.settings import Settings
from maatje.app.wording import LANGUAGES, Voice
from maatje.model.units import Seconds
from maatje.web.contexts.frame import Frame, accepted
from maatje.web.gate import cookie_of
from maatje.web.sessions import Said, Session

HERE: Final = Path(__file__).parent
STATIC: Final = HERE / "static"
HTMX: Final = STATIC / "vendor" / "htmx.min.js"
LANGUAGE_COOKIE: Final = "maatje-language"

BLOCKS: Final[Mapping[str, Mapping[str, str]]] = {
    "week.html": {
        "answers": "week/answers.html",
        "greetings": "week/greetings.html",
        "old": "week/old.html",
    },
    "contact.html": {"memories": "contact/memories.html", "particulars": "contact/particulars.html"},
    "duplicates.html": {"pairs": "duplicates/pairs.html"},
    "occasions.html": {"kind": "occasion/kind.html"},
    "occasion.html": {"asked": "occasion/asked.html", "unmet": "occasion/unmet.html"},
    "occasionguests.html": {"found": "occasion/found.html"},
    "brushup.html": {"face": "occasion/face.html"},
    "telephone.html": {"waiting": "telephone/waiting.html"},
}
"""Per page, the blocks that can be asked for alone, by the id of their element."""

_UNSEEN: Final = dict.fromkeys((*range(8234, 8239), *range(8294, 8298), 8206, 8207, 1564), "�")
_CONTROLS: Final = {code: " " for code in (*range(0x20), 0x7F, *range(0x80, 0xA0)) if code not in (0x09, 0x0A)}
_TABLE: Final = {**_UNSEEN, **_CONTROLS}


def tidy(value: Any) -> Any:
    """
    What a template prints, with signs that would turn the line around shown as what they are.

    Escaping comes after this, by the environment; markup that a template itself made passes as it is.
    """
    if type(value) is not str:
        return value
    return value.translate(_TABLE).encode("utf-8", "replace").decode("utf-8")


def environment() -> Environment:
    """The environment of all templates: everything is escaped, and a name that is not there is our fault."""
    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=tidy,
        auto_reload=False,
    )


def way_back(said: Said) -> tuple[str, str, str] | None:
    """The form that takes an act back: its address, the name of its field and the value; None where there is none."""
    if said.undo is not None:
        return "/undo", "id", str(said.undo)
    if said.skipped is not None:
        return "/duplicates/again", "pair", "-".join(str(one) for one in sorted(said.skipped))
    return None


class Pages:
    """Draws pages. ``has_htmx`` tells whether the script was put beside us at build time."""

    def __init__(self, *, has_htmx: bool | None = None) -> None:
        self._environment = environment()
        self._has_htmx = HTMX.is_file() if has_htmx is None else has_htmx

    def language(self, scope: Scope, setting: str = "") -> str:
        """The language of a request: chosen in this browser, else the setting's, else what the browser asks for."""
        headers = Headers(scope=scope)
        chosen = cookie_of(headers, LANGUAGE_COOKIE) or setting
        return chosen if chosen in LANGUAGES else accepted(headers.get("accept-language", ""))

    def voice(self, scope: Scope, now: Seconds | None, settings: Settings) -> Voice:
        """The voice to answer a request in, at the user's own clock."""
        language = self.language(scope, settings.language)
        return Voice(language, now=now, utc_offset_minutes=settings.utc_offset_minutes)

    def page(
        self, scope: Scope, template: str, voice: Voice, *, current: str = "", status: int = 200, **context: Any
    ) -> HTMLResponse:
        """A whole page, or the one block of it that htmx asks for."""
        headers = Headers(scope=scope)
        blocks = BLOCKS.get(template, {})
        asked = blocks.get(headers.get("hx-target", "")) if headers.get("hx-request") == "true" else None
        frame = self._frame(scope, voice, current, is_fragment=asked is not None)
        values = {"frame": frame, "_": voice.text, "ngettext": voice.text_n, **context}
        if asked is None:
            return HTMLResponse(self._render(template, values), status)
        return HTMLResponse(self._render(asked, values) + self._render("said.html", values), status)

    def _render(self, template: str, values: Mapping[str, Any]) -> str:
        return self._environment.get_template(template).render(values)

    def _frame(self, scope: Scope, voice: Voice, current: str, *, is_fragment: bool) -> Frame:
        session: Session | None = scope.get("session")
        said = session.tell() if session is not None else None
        query = scope["query_string"].decode("latin-1")
        return Frame(
            lang=voice.lang,
            token=session.token if session is not None else "",
            here=scope["path"] + (f"?{query}" if query else ""),
            current=current,
            said=voice.say(said.words) if said is not None else "",
            undo=way_back(said) if said is not None else None,
            has_htmx=self._has_htmx,
            is_fragment=is_fragment,
        )
