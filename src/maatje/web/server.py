"""
`maatje serve`: the pages on this computer's own loopback, opened by a one-time code.

The code travels in a file that only its owner can read: opening it posts the code, and the answer
is a session. It is in no command line, no log, no URL.
"""

from __future__ import annotations

import asyncio
import contextlib
import html
import os
import socket
import webbrowser
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, Final

import h11
import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from maatje.app import clock
from maatje.app.coverage import coverage
from maatje.app.home import Home
from maatje.app.week import settle_week
from maatje.errors import MaatjeError, SettingError
from maatje.model.units import Seconds
from maatje.web.desk import Desk
from maatje.web.faults import LOG, on_fault, on_ours, on_status, refuser
from maatje.web.gate import SECURITY_HEADERS, Gate, Rules
from maatje.web.last_resort import LastResort
from maatje.web.pages import Pages
from maatje.web.routes import ENTRY, OPEN_FOLDER, OPEN_PATHS, UPLOADS, routes
from maatje.web.sessions import Sessions
from maatje.web.telephone import Offered

SETTLE_SECONDS: Final = 900
"""How often the server looks whether a new week has begun."""

# Not served, so no policy of ours binds it: its one line of script only saves pressing the button.
_ENTRANCE: Final = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>maatje</title></head>
<body><form id="f" method="post" action="{action}"><input type="hidden" name="code" value="{code}">
<button>Open my diary · Open mijn agenda</button></form>
<script>document.getElementById("f").submit()</script></body></html>
"""

DOOR: Final = "open.html"
"""The file in the home that lets a browser in, once; there only while the server runs."""

Tell = Callable[[str], None]
"""Says one line to whoever started the server."""


class Application:
    """The gate with its application behind it; ``sessions`` makes the codes that let somebody in."""

    def __init__(self, gate: ASGIApp, sessions: Sessions, rules: Rules) -> None:
        self._guarded = LastResort(gate, PlainTextResponse("maatje made a mistake.", 500), _fault)
        self.sessions = sessions
        self.rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One ASGI call."""
        await self._guarded(scope, receive, send)


def _fault(kind: str, has_begun: bool) -> None:
    """Where a page was drawn for a fault, its mark was logged with it."""
    if not has_begun:
        LOG.error("fault kind=%s before any page", kind)


def create_app(
    home: Home,
    *,
    port: int,
    now: Callable[[], Seconds] = clock.now,
    wall: Callable[[], Seconds] = clock.now,
    pages: Pages | None = None,
    telephones: Offered | None = None,
) -> Application:
    """
    The pages as an ASGI application for this port of the loopback.

    ``now`` is the moment the pages speak at, ``wall`` the clock that sessions end by; ``telephones`` is
    the telephone's page where it is offered too. Reads nothing until it is asked; writes what the week
    suggests when it starts up and when a week begins.
    """
    rules = Rules(port, OPEN_PATHS, OPEN_FOLDER, ENTRY, UPLOADS)
    sessions = Sessions(wall)
    desk = Desk(home, now, wall, pages or Pages(), sessions, rules)
    handlers: Any = {HTTPException: on_status, MaatjeError: on_ours, Exception: on_fault}
    app = Starlette(routes=routes(), exception_handlers=handlers, lifespan=lambda _: _settling(desk))
    app.state.desk = desk
    app.state.telephones = telephones
    return Application(Gate(app, rules, sessions, refuser(desk)), sessions, rules)


@contextlib.asynccontextmanager
async def _settling(desk: Desk) -> AsyncIterator[None]:
    """While the server runs, note what each week suggests, so that no view has to write."""
    task = asyncio.create_task(_settle_weeks(desk))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _settle_weeks(desk: Desk) -> None:
    while True:
        try:
            await asyncio.to_thread(settle, desk.home, desk.now())
        except Exception as error:  # noqa: BLE001 - nobody waits for this, and the next round may do; told by its kind
            LOG.warning("the week was not settled kind=%s", type(error).__name__)
        await asyncio.sleep(SETTLE_SECONDS)


def settle(home: Home, now: Seconds) -> None:
    """Write down whom this week suggests, unless the diary is empty. Safe to repeat."""
    if home.is_empty:
        return
    with home.connect() as db:
        if any(kind.records for kind in coverage(db)):
            settle_week(db, now, home.settings)


class DressedProtocol(H11Protocol):
    """HTTP as uvicorn speaks it, its own "400" to what is no HTTP with our headers on as well."""

    def send_400_response(self, msg: str) -> None:
        """Refuse what could not be parsed: two Hosts, a broken line."""
        headers = [
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"connection", b"close"),
            *SECURITY_HEADERS,
        ]
        for event in (
            h11.Response(status_code=400, headers=headers, reason=b"Bad Request"),
            h11.Data(data=b"This was not asked rightly.\n"),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()


def config_of(app: ASGIApp) -> uvicorn.Config:
    """How the server is run: no access log, no forwarded headers, no banner, no websockets."""
    return uvicorn.Config(
        app,
        http=DressedProtocol,
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=5,
        h11_max_incomplete_event_size=64 * 1024,
    )


def listen(port: int) -> list[socket.socket]:
    """
    Sockets on 127.0.0.1 and, where there is one, [::1]; port 0 takes a free one.

    Raises: SettingError: the port is taken, or may not be used.
    """
    first = _listening(socket.AF_INET, "127.0.0.1", port)
    found = [first]
    with contextlib.suppress(OSError, SettingError):  # a machine without IPv6 has the other
        found.append(_listening(socket.AF_INET6, "::1", first.getsockname()[1]))
    return found


def _listening(family: socket.AddressFamily, address: str, port: int) -> socket.socket:
    # The protocol is named so that asyncio switches Nagle's delay off: 40 ms a page otherwise.
    one = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        one.bind((address, port))
        one.listen(128)
    except OSError as error:
        one.close()
        raise SettingError(
            f"Port {port} is taken: perhaps maatje is open already. Close that one, or choose another port."
        ) from error
    return one


def entrance(app: Application, folder: Path) -> Path:
    """
    A file (0600) that opens the diary once, within a minute.

    It posts a one-time code, by itself or by its button.
    """
    action = html.escape(f"http://127.0.0.1:{app.rules.port}{ENTRY}")
    page = _ENTRANCE.format(action=action, code=html.escape(app.sessions.new_code()))
    path = folder / DOOR
    path.unlink(missing_ok=True)
    with open(path, "x", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)) as out:
        out.write(page)
    return path


def serve(
    home: Home,
    *,
    port: int = 8765,
    open_browser: bool = True,
    now: Callable[[], Seconds] = clock.now,
    tell: Tell = print,
    telephones: Offered | None = None,
) -> None:
    """
    Serve the pages until interrupted, and open them in the user's browser.

    Writes one file into the home, which opens the diary once and is gone when the server is.
    Raises: SettingError: the port is taken.
    """
    sockets = listen(port)
    app = create_app(home, port=sockets[0].getsockname()[1], now=now, telephones=telephones)
    home.path.mkdir(mode=0o700, parents=True, exist_ok=True)
    door = entrance(app, home.path)
    try:
        tell(f"maatje is open at http://127.0.0.1:{app.rules.port}/ for this computer only. Ctrl-C closes it.")
        tell(f"If no browser opens, open this file within a minute: {door}")
        if open_browser:
            webbrowser.open(door.as_uri())
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(config_of(app)).run(sockets)
    finally:
        door.unlink(missing_ok=True)
        for one in sockets:
            one.close()
