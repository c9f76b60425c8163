"""A client with a session and its token, and a digest of all that a store holds."""

from __future__ import annotations

import hashlib
import re
import socket
from typing import Any

import httpx
from tests.web.web_serving import Serving

from maatje.app.home import Home


class Client:
    """Somebody who was let in: sends what a browser sends unless told otherwise."""

    def __init__(self, served: Serving) -> None:
        self.served = served
        name, value = served.cookie()
        self.cookie = f"{name}={value}"
        self.http = httpx.Client(base_url=served.base, headers={"Cookie": self.cookie}, follow_redirects=False)
        found = re.search(r'name="token" value="([^"]+)"', self.get("/add").text)
        assert found is not None
        self.token = found[1]

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Look at a page."""
        return self.http.get(path, headers={key.replace("_", "-"): value for key, value in headers.items()})

    def post(self, path: str, data: dict[str, str], *, upload: bool = False, **options: Any) -> httpx.Response:
        """Send a form as our own page would; ``headers`` given replace those of the browser."""
        headers = options.pop("headers", {"Origin": self.served.base, "Sec-Fetch-Site": "same-origin"})
        if upload:
            files = options.pop("files", [("files", ("mail.mbox", b"nothing", "text/plain"))])
            return self.http.post(path, data=data, files=files, headers=headers, **options)
        if not data:
            headers = {"Content-Type": "application/x-www-form-urlencoded", **headers}
        return self.http.post(path, data=data, headers=headers, **options)


def digest(home: Home) -> str:
    """A digest of every row of every table; the same if and only if nothing was changed."""
    found = hashlib.sha256()
    with home.connect(read_only=True) as db:
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        for name in names:
            for row in sorted(map(repr, db.execute(f'SELECT * FROM "{name}"'))):
                found.update(f"{name} {row}\n".encode("utf-8", "replace"))
    return found.hexdigest()


def raw(served: Serving, request: bytes) -> bytes:
    """Send bytes as they are, and read until the server closes."""
    with socket.create_connection(("127.0.0.1", served.app.rules.port), timeout=10) as connection:
        connection.sendall(request)
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    return answer


def status(answer: bytes) -> int:
    """The status of a raw answer; 0 where there is none."""
    first = answer.split(b"\r\n", 1)[0].split()
    return int(first[1]) if len(first) > 1 else 0
