"""Draws every page from hand-made values, and reads what came out as a browser would."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from html.parser import HTMLParser
from typing import Any

from tests.unit.web import web_samples as samples

from maatje.app.wording import Voice
from maatje.model.contact import Field
from maatje.model.page import Added, SourceLine
from maatje.model.record import Origin, Problem
from maatje.model.same import Duplicates
from maatje.model.sentence import Sentence
from maatje.web.contexts import duplicates
from maatje.web.contexts.adding import add_view, undo_lines
from maatje.web.contexts.aside import aside_view
from maatje.web.contexts.contact import contact_view, moments_view
from maatje.web.contexts.evaluate import evaluate_view
from maatje.web.contexts.find import find_view
from maatje.web.contexts.known import known_view
from maatje.web.contexts.pile import Asked, pile_view
from maatje.web.contexts.trouble import TROUBLES, asked_wrongly, trouble_view
from maatje.web.contexts.week import week_view
from maatje.web.contexts.why import why_view
from maatje.web.pages import Pages
from maatje.web.sessions import Session

KEYS = {"rule", "season", "kind", "text_id", "check", "automaton", "set_aside", "origin"}
"""Fields whose text is a key of ours, never somebody's; what a ``Field`` is called is one too."""


def poisoned(value: Any, payload: str) -> Any:
    """The same value with every text that somebody else could have written replaced by ``payload``."""
    if isinstance(value, Sentence):
        return replace(value, values=tuple((name, poisoned(one, payload)) for name, one in value.values))
    if isinstance(value, Enum):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        changes = {
            one.name: poisoned(getattr(value, one.name), payload)
            for one in fields(value)
            if one.name not in KEYS and not (isinstance(value, Field) and one.name == "name")
        }
        return replace(value, **changes)
    if isinstance(value, tuple):
        return tuple(poisoned(one, payload) for one in value)
    return payload if isinstance(value, str) else value


def added() -> Added:
    """An import that met a problem."""
    problem = Problem(Origin("mail.mbox"), "message 12", "It has no date.")
    line = SourceLine("mail.mbox", "mbox", 100, 98, 1, None, samples.NOW)
    return Added((line,), 12, 98, 98, 40, 2, ("me@example.org",), True, (problem,), 1, 0.2)


def session() -> Session:
    """Somebody who was let in."""
    return Session("t0ken", samples.NOW, samples.NOW)


def drawn(lang: str, payload: str | None = None, *, has_htmx: bool = True) -> Iterator[tuple[str, str]]:
    """Every page by name, in one language; with ``payload``, every stored text is that."""
    pages = Pages(has_htmx=has_htmx)
    voice = Voice(lang, now=samples.NOW)

    def mine(value: Any) -> Any:
        return value if payload is None else poisoned(value, payload)

    words = payload or "boat"
    view: dict[str, tuple[str, dict[str, Any]]] = {
        "week": ("week.html", {"view": week_view(mine(samples.week()), mine(samples.pile()), voice)}),
        "pile": ("pile.html", {"view": pile_view(mine(samples.pile()), Asked(words, 5, "quiet", 50), voice)}),
        "contact": (
            "contact.html",
            {
                "view": contact_view(mine(samples.contact_page()), voice, samples.NOW),
                "known": known_view(
                    mine(samples.contact(is_light=True)), mine(samples.told()), mine(samples.alike()), voice
                ),
            },
        ),
        "duplicates": (
            "duplicates.html",
            {"view": duplicates.duplicates_view(mine(samples.duplicates()), duplicates.Asked(10), 2, voice)},
        ),
        "duplicates-none": (
            "duplicates.html",
            {"view": duplicates.duplicates_view(Duplicates((), 0, 0, True), duplicates.Asked(), 0, voice)},
        ),
        "duplicates-never": (
            "duplicates.html",
            {"view": duplicates.duplicates_view(Duplicates((), 0, 0, False), duplicates.Asked(), 0, voice)},
        ),
        "moments": (
            "moments.html",
            {"view": moments_view(mine(samples.contact()), mine(samples.interactions()), 100, voice)},
        ),
        "why": ("why.html", {"view": why_view(mine(samples.why()), voice)}),
        "find": ("find.html", {"view": find_view(replace(mine(samples.found()), words=words), voice)}),
        "aside": ("aside.html", {"view": aside_view(mine(samples.set_aside()), "", voice)}),
        "aside-filtered": ("aside.html", {"view": aside_view(mine(samples.set_aside()), words, voice)}),
        "add": ("add.html", {"view": add_view(samples.coverage(), mine(added()), voice)}),
        "undo": ("undo.html", {"lines": undo_lines(mine(samples.undoables()), voice)}),
        "evaluate": ("evaluate.html", {"view": evaluate_view(samples.evaluated(), voice)}),
        "evaluate-few": ("evaluate.html", {"view": evaluate_view(samples.evaluated(enough=False), voice)}),
        "evaluate-never": ("evaluate.html", {"view": evaluate_view(None, voice)}),
        "empty": ("empty.html", {}),
        "left": ("left.html", {}),
        "asked": ("error.html", {"view": trouble_view(asked_wrongly(payload or "No such person."), voice)}),
    }
    for word, trouble in TROUBLES.items():
        view[f"error-{word}"] = (
            "error.html",
            {"view": trouble_view(trouble, voice, mark="ab12", when="now", report="r")},
        )
    for name, (template, context) in view.items():
        scope = {"type": "http", "path": "/week", "query_string": b"", "headers": [], "session": session()}
        yield name, bytes(pages.page(scope, template, voice, **context).body).decode()


class Reader(HTMLParser):
    """Tags, attributes and text of a page, and whether its tags close in order."""

    VOID = frozenset({"meta", "link", "input", "br", "path", "circle", "rect"})

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.faults: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data
