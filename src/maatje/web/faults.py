"""Errors to pages: the user's faults as a sentence, ours as a mark that the log has too, never a name in either."""

from __future__ import annotations

import hashlib
import logging
import platform
import traceback
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Scope

import maatje
from maatje.errors import DiskFullError, MaatjeError, StoreError, UnknownNameError, UserError
from maatje.web.contexts.trouble import TROUBLES, asked_wrongly, store_trouble
from maatje.web.desk import Desk, desk
from maatje.web.gate import Refusal, Refuse

LOG: Final = logging.getLogger("maatje.web")

_WORDS: Final = {400: "form", 403: "locked", 404: "missing", 405: "method", 413: "size", 415: "type"}


def refuser(here: Desk) -> Refuse:
    """The gate's way to draw a refusal, in this server's pages."""

    def refuse(scope: Scope, refusal: Refusal) -> ASGIApp:
        return here.trouble(Request(scope), TROUBLES[refusal.reason], refusal.status)

    return refuse


async def on_status(request: Request, error: Exception) -> Response:
    """A status that the framework or a form raised: "not there", "too much", "not that way"."""
    assert isinstance(error, HTTPException)
    word = error.detail if error.detail in TROUBLES else _WORDS.get(error.status_code, "form")
    return desk(request).trouble(request, TROUBLES[word], error.status_code)


async def on_ours(request: Request, error: Exception) -> Response:
    """Everything that maatje raises on purpose, as its own sentence."""
    assert isinstance(error, MaatjeError)
    if isinstance(error, UnknownNameError):
        return desk(request).missing(request)
    said = desk(request).voice(request).fault(error)
    if isinstance(error, UserError):
        return desk(request).trouble(request, asked_wrongly(said), 400)
    status = 507 if isinstance(error, DiskFullError) else 503
    if isinstance(error, StoreError):
        return desk(request).trouble(request, store_trouble(said), status)
    return await on_fault(request, error)


async def on_fault(request: Request, error: Exception) -> Response:
    """
    We are wrong. The page and the log get the same mark, the kind of error and the line; never its text,
    which may quote somebody's data.
    """
    here = desk(request)
    place = _place(error)
    mark = hashlib.blake2b(f"{type(error).__name__} {place}".encode(), digest_size=3).hexdigest()
    LOG.error("fault mark=%s kind=%s at=%s", mark, type(error).__name__, place)
    voice = here.voice(request)
    report = (
        f"maatje {maatje.__version__}  {mark}\n{type(error).__name__} at {place}\nPython {platform.python_version()}"
    )
    when = f"{voice.date(here.now())}, {voice.time(here.now())}"
    return here.trouble(request, TROUBLES["broken"], 500, mark=mark, when=when, report=report)


def _place(error: Exception) -> str:
    """Module and line where it went wrong: the innermost frame that is ours."""
    root = Path(maatje.__file__).parent
    frames = traceback.extract_tb(error.__traceback__)
    for frame in reversed(frames):
        path = Path(frame.filename)
        if path.is_relative_to(root):
            return f"{'.'.join(path.relative_to(root).with_suffix('').parts)}:{frame.lineno}"
    return "elsewhere"
