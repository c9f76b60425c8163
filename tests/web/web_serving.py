"""A running server for tests that need real sockets, and a browser that was let in."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import uvicorn

from maatje.app.home import Home
from maatje.model.units import Seconds
from maatje.web.server import Application, config_of, create_app, listen

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
)


@dataclass(frozen=True)
class Serving:
    """A server that answers at ``base``."""

    app: Application
    base: str

    def cookie(self) -> tuple[str, str]:
        """Name and value of a new session's cookie, by way of a one-time code as any browser."""
        answer = httpx.post(
            f"{self.base}/enter", data={"code": self.app.sessions.new_code()}, headers={"Origin": "null"}
        )
        assert answer.status_code == 303
        name, _, value = answer.headers["set-cookie"].split(";")[0].partition("=")
        return name, value


@contextlib.contextmanager
def serving(home: Home, now: Callable[[], Seconds], **options: Any) -> Iterator[Serving]:
    """The pages of a home, served on a free port until the block ends; ``options`` are those of ``create_app``."""
    sockets = listen(0)
    app = create_app(home, port=sockets[0].getsockname()[1], now=now, **options)
    server = uvicorn.Server(config_of(app))
    thread = threading.Thread(target=server.run, args=(sockets,), daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    try:
        yield Serving(app, f"http://127.0.0.1:{app.rules.port}")
    finally:
        server.should_exit = True
        thread.join(10)
        for one in sockets:
            one.close()


def chromium() -> str | None:
    """The Chromium to test with: ``MAATJE_CHROMIUM``, else the system's; None where there is none."""
    candidates = (os.environ.get("MAATJE_CHROMIUM", ""), "/usr/bin/chromium", "/usr/bin/chromium-browser")
    return next((path for path in candidates if path and Path(path).is_file()), None)


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium that talks to nobody but us."""
    from playwright.sync_api import sync_playwright

    path = chromium()
    assert path is not None
    with sync_playwright() as playwright:
        # Never with --disable-web-security: the tests of the content policy would be void.
        found = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_ARGUMENTS))
        try:
            yield found
        finally:
            found.close()


def entered(serving: Serving, found: Browser, **options: Any) -> Any:
    """A browser context with a session in it."""
    context = found.new_context(**options)
    name, value = serving.cookie()
    context.add_cookies([{"name": name, "value": value, "url": serving.base.replace("http:", "https:")}])
    return context
