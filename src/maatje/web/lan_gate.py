"""
The gate before the telephone's page: a second server, a second gate, nothing shared with the desktop's.

    Host on the list (421) · one Host, no absolute form (400) · not too often (429) ·
    a path of the telephone's page (404 for all else) · its method (405) ·
    one Range (400) · no compressed body (415) · a body within its limit (413) ·
    and for what is posted: Origin and Sec-Fetch-Site (403), JSON (415) ·
    a token where there are people to see (401)

There is no cookie at this address: the token comes in a header, which no other page can send, so no
page can act for the telephone. ``X-Forwarded-*`` is never read.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from maatje.web.bucket import Bucket
from maatje.web.gate import SAFE, SECURITY_HEADERS, wrong_shape
from maatje.web.pairing import Pairings

MOST_POSTED: Final = 256 * 1024
"""Bytes a telephone may post at once."""

BODY_SECONDS: Final = 20
"""How long a posted body may take to come in."""

BURST: Final = 240
PER_SECOND: Final = 4.0
"""Requests of one address: so many at once, and so many a second after that."""

JSON: Final = "application/json"

_POLICY: Final = b"content-security-policy"
LAN_HEADERS: Final = tuple(
    (name, value + b"; manifest-src 'self'; worker-src 'self'" if name == _POLICY else value)
    for name, value in SECURITY_HEADERS
)
"""What every response carries: the desktop's set (SAFETY D11), and the manifest and worker of the same address."""


@dataclass(frozen=True, slots=True)
class Origin:
    """
    Where a telephone finds the page: ``scheme`` "http" or "https", a name or address, a port.

    An IPv6 address stands in brackets.
    """

    scheme: str
    host: str
    port: int

    @property
    def is_secure(self) -> bool:
        """Whether browsers take it for a secure context."""
        return self.scheme == "https"

    @property
    def netloc(self) -> str:
        """Host and port as browsers write them: the scheme's own port is left out."""
        return self.host if self.port == (443 if self.is_secure else 80) else f"{self.host}:{self.port}"

    @property
    def base(self) -> str:
        """As an Origin header has it."""
        return f"{self.scheme}://{self.netloc}"

    @property
    def hosts(self) -> frozenset[str]:
        """The exact Host values that are us."""
        return frozenset({self.netloc, f"{self.host}:{self.port}"})


def origin_of(address: str) -> Origin | None:
    """The origin in an address such as ``https://maatje.example.org``; None where it has a path, or is none."""
    try:
        found = urlsplit(address.strip())
        port = found.port
    except ValueError:
        return None
    if found.scheme not in ("http", "https") or not found.hostname or found.username is not None:
        return None
    if found.path not in ("", "/") or found.query or found.fragment:
        return None
    host = f"[{found.hostname}]" if ":" in found.hostname else found.hostname
    return Origin(found.scheme, host, port or (443 if found.scheme == "https" else 80))


@dataclass(frozen=True, slots=True)
class Doors:
    """Every address there is on this server; ``guarded`` are those that need a token."""

    gets: frozenset[str]
    posts: frozenset[str]
    guarded: frozenset[str]


class LanGate:
    """The outermost ASGI application of the telephone's server. Sets ``scope["telephone"]``, None without a token."""

    def __init__(self, app: ASGIApp, origin: Origin, doors: Doors, pairings: Pairings, bucket: Bucket) -> None:
        self._app = app
        self._origin = origin
        self._doors = doors
        self._pairings = pairings
        self._bucket = bucket

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through, or answer it with a refusal."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # no websockets here; the server closes the connection
        out = dressed(send)
        headers = Headers(scope=scope)
        token = token_of(headers)
        scope = {**scope, "telephone": self._pairings.find(token) if token else None, "telephone_token": token}
        status, reason = self._refusal(scope, headers, token)
        body = b""
        if not status and scope["method"] not in SAFE:
            body, status, reason = await _posted(receive)
        if status:
            retry = {"Retry-After": "60"} if status == 429 else {}
            await JSONResponse({"refused": reason}, status, headers=retry)(scope, receive, out)
            return
        await self._app(scope, _again(body), out)

    def _refusal(self, scope: Scope, headers: Headers, token: str) -> tuple[int, str]:
        """Status and reason of a refusal; 0 where there is none."""
        hosts = headers.getlist("host")
        if len(hosts) > 1 or not scope["path"].startswith("/"):
            return 400, "host"
        if not hosts or hosts[0].lower() not in self._origin.hosts:
            return 421, "host"
        if not self._bucket.take((scope.get("client") or ("", 0))[0]):
            return 429, "often"
        return self._wrong_door(scope) or self._wrong_post(scope, headers) or self._locked(scope, token) or (0, "")

    def _wrong_door(self, scope: Scope) -> tuple[int, str] | None:
        path, is_look = scope["path"], scope["method"] in SAFE
        if path not in self._doors.gets | self._doors.posts:
            return 404, "missing"
        allowed = path in self._doors.gets if is_look else path in self._doors.posts and scope["method"] == "POST"
        return None if allowed else (405, "method")

    def _wrong_post(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        refusal = wrong_shape(headers)
        if refusal is not None:
            return refusal.status, refusal.reason
        if scope["method"] in SAFE:
            return None
        if self._is_foreign(headers):
            return 403, "foreign"
        if headers.get("content-type", "").split(";")[0].strip().lower() != JSON:
            return 415, "type"
        return (413, "size") if int(headers.get("content-length", "0")) > MOST_POSTED else None

    def _is_foreign(self, headers: Headers) -> bool:
        """Whether a post may come from another page; "null" is taken only where the browser says it is ours."""
        site, origins = headers.get("sec-fetch-site"), headers.getlist("origin")
        if site not in (None, "same-origin"):
            return True
        return origins != [self._origin.base] and not (origins == ["null"] and site == "same-origin")

    def _locked(self, scope: Scope, token: str) -> tuple[int, str] | None:
        if scope["path"] not in self._doors.guarded or scope["telephone"] is not None:
            return None
        return 401, "revoked" if token and self._pairings.was_revoked(token) else "locked"


def dressed(send: Send) -> Send:
    """A ``send`` that puts the security headers on each response, replacing any of the same name."""
    names = {name for name, _ in LAN_HEADERS}

    async def out(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [(name, value) for name, value in message.get("headers", ()) if name.lower() not in names]
            message = {**message, "headers": [*kept, *LAN_HEADERS]}
        await send(message)

    return out


def token_of(headers: Headers) -> str:
    """The token in the one Authorization header; "" where there is none, or more than one."""
    found = headers.getlist("authorization")
    scheme, _, token = found[0].partition(" ") if len(found) == 1 else ("", "", "")
    return token.strip() if scheme.lower() == "bearer" else ""


async def _posted(receive: Receive) -> tuple[bytes, int, str]:
    """A whole posted body with 0, or the status and reason of what is wrong with it."""
    body = b""
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while True:
                message = await receive()
                if message["type"] != "http.request":
                    return b"", 400, "gone"
                body += message.get("body", b"")
                if len(body) > MOST_POSTED:
                    return b"", 413, "size"
                if not message.get("more_body", False):
                    return body, 0, ""
    except TimeoutError:
        return b"", 408, "slow"


def _again(body: bytes) -> Receive:
    """A ``receive`` that hands on a body that was read already."""
    held: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        return held.pop() if held else {"type": "http.disconnect"}

    return receive
