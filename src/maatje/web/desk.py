"""What every view and act works with: the home, the clock, the pages; and the store opened as the method allows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from maatje.app.home import Home
from maatje.app.wording import Voice
from maatje.model.units import Seconds
from maatje.store.db import Db
from maatje.web.contexts.trouble import TROUBLES, Trouble, trouble_view
from maatje.web.gate import SAFE, Rules
from maatje.web.links import local_path
from maatje.web.pages import Pages
from maatje.web.sessions import Session, Sessions


@dataclass(frozen=True, slots=True)
class Desk:
    """One server's things. ``now`` gives the moment that pages speak at; ``wall`` the clock that sessions end by."""

    home: Home
    now: Callable[[], Seconds]
    wall: Callable[[], Seconds]
    pages: Pages
    sessions: Sessions
    rules: Rules

    def voice(self, request: Request) -> Voice:
        """The voice to answer in."""
        return self.pages.voice(request.scope, self.now(), self.home.settings)

    @contextmanager
    def store(self, request: Request) -> Iterator[Db]:
        """The store, for reading only unless the method may change something."""
        with self.home.connect(read_only=request.method in SAFE) as db:
            yield db

    def trouble(self, request: Request, trouble: Trouble, status: int, **report: str) -> HTMLResponse:
        """The page of a trouble."""
        voice = self.voice(request)
        view = trouble_view(trouble, voice, **report)
        return self.pages.page(request.scope, "error.html", voice, status=status, view=view)

    def missing(self, request: Request) -> HTMLResponse:
        """The page that is not there."""
        return self.trouble(request, TROUBLES["missing"], 404)


def desk(request: Request) -> Desk:
    """The desk of the server that a request came to."""
    found = request.app.state.desk
    assert isinstance(found, Desk)
    return found


def session(request: Request) -> Session:
    """The session of a request; the gate lets none through without one, open paths excepted."""
    found = request.scope["session"]
    assert isinstance(found, Session)
    return found


def number_of(request: Request, name: str) -> int:
    """A number from the address; one that no row can have is a page that is not there."""
    number: int = request.path_params[name]
    if number >= 2**63:
        raise HTTPException(404)
    return number


def back(form: dict[str, str], otherwise: str = "/week") -> RedirectResponse:
    """To the page the form was on, never off this server; 303, so that a reload does nothing twice."""
    return RedirectResponse(local_path(form.get("back", otherwise)), 303)
