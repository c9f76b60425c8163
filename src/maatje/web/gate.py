"""
The gate before every route: who may knock, how, and with how much. Pure ASGI, in SAFETY D8's order.

    Host on the list (421) · one Host, no foreign absolute form (400) · one Range (400) ·
    no compressed body (415) · Content-Length within 25 MB (413) · a session (403) ·
    and for every method that changes something:
    Sec-Fetch-Site, Origin, both missing (403) · the route's content type (415) ·
    the form token (403) · the body as it arrives within its limit (413)

Every answer that leaves through it carries the header set of D11, its own refusals included.
``X-Forwarded-*`` is never read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from maatje.web.sessions import Sessions, same

MOST_BODY: Final = 25 * 1024 * 1024
"""Bytes a request may bring; a larger archive is added from the command line."""

MOST_FORM: Final = 1024 * 1024
"""Bytes of a form without files."""

MOST_PARTS: Final = 20
"""Fields, or files, of one form."""

SAFE: Final = frozenset({"GET", "HEAD"})
"""The methods that change nothing."""

UNSAFE: Final = frozenset({"POST"})
"""The only other method that any route takes."""

FORM: Final = "application/x-www-form-urlencoded"
UPLOAD: Final = "multipart/form-data"

SECURITY_HEADERS: Final[tuple[tuple[bytes, bytes], ...]] = (
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        b"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
        b"require-trusted-types-for 'script'",
    ),
    (b"x-frame-options", b"DENY"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"),
    (b"cache-control", b"no-store"),
)
"""What every response carries (SAFETY D11)."""


@dataclass(frozen=True, slots=True)
class Rules:
    """
    What the gate has to know of the server it guards.

    ``port`` is the one it listens on; ``open_paths`` need no session; ``entry`` is the one path that
    takes a form from outside (the file that ``serve`` wrote), guarded by its one-time code alone;
    ``uploads`` are the paths that take files.
    """

    port: int
    open_paths: frozenset[str]
    open_folder: str
    entry: str
    uploads: frozenset[str]

    @property
    def cookie(self) -> str:
        """The session cookie's name. Browsers share cookies between ports, so the port is in it."""
        return f"__Host-maatje-{self.port}"

    @property
    def hosts(self) -> frozenset[str]:
        """The exact Host values that are us."""
        names = ("127.0.0.1", "localhost", "[::1]")
        bare = names if self.port == 80 else ()
        return frozenset({f"{name}:{self.port}" for name in names} | set(bare))


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request was not let through: the HTTP status, and a word that the page explains."""

    status: int
    reason: str


Refuse = Callable[[Scope, Refusal], ASGIApp]
"""Draws the page of a refusal."""


class _TooMuchError(HTTPException):
    """The body outgrew its limit while it was being read; the application answers it like any status."""

    def __init__(self) -> None:
        super().__init__(413, "size")


def dressed(send: Send) -> Send:
    """A ``send`` that puts the security headers on each response, replacing any of the same name."""
    names = {name for name, _ in SECURITY_HEADERS}

    async def out(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [(name, value) for name, value in message.get("headers", ()) if name.lower() not in names]
            message = {**message, "headers": [*kept, *SECURITY_HEADERS]}
        await send(message)

    return out


class Gate:
    """The outermost ASGI application. Sets ``scope["session"]`` (None on open paths without one)."""

    def __init__(self, app: ASGIApp, rules: Rules, sessions: Sessions, refuse: Refuse) -> None:
        self._app = app
        self._rules = rules
        self._sessions = sessions
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through, or answer it with a refusal."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # no websockets here; the server closes the connection
        out = dressed(send)
        headers = Headers(scope=scope)
        secret = cookie_of(headers, self._rules.cookie)
        scope = {**scope, "session": self._sessions.find(secret) if secret else None, "session_secret": secret}
        refusal = wrong_address(scope, headers, self._rules) or wrong_shape(headers)
        refusal = refusal or self._without_right(scope) or self._unsafe(scope, headers)
        if refusal is not None:
            await self._refuse(scope, refusal)(scope, receive, out)
            return
        await self._with_body(scope, receive, out, headers)

    def _without_right(self, scope: Scope) -> Refusal | None:
        path = scope["path"]
        is_open = path in self._rules.open_paths or path.startswith(self._rules.open_folder)
        return None if is_open or scope["session"] is not None else Refusal(403, "locked")

    def _unsafe(self, scope: Scope, headers: Headers) -> Refusal | None:
        if scope["method"] in SAFE:
            return None
        if scope["method"] not in UNSAFE:
            return Refusal(405, "method")
        if scope["path"] != self._rules.entry and is_foreign(headers):
            return Refusal(403, "foreign")
        kind = headers.get("content-type", "").split(";")[0].strip().lower()
        wanted = UPLOAD if scope["path"] in self._rules.uploads else FORM
        return None if kind == wanted else Refusal(415, "type")

    async def _with_body(self, scope: Scope, receive: Receive, out: Send, headers: Headers) -> None:
        """Check token and length of a body as it comes in, then pass both on."""
        if scope["method"] in SAFE:
            await self._app(scope, receive, out)
            return
        is_upload = scope["path"] in self._rules.uploads
        body = _Body(receive, MOST_BODY if is_upload else MOST_FORM)
        try:
            refusal = None if await self._token_holds(scope, headers, body) else Refusal(403, "token")
        except _TooMuchError:
            refusal = Refusal(413, "size")
        if refusal is not None:
            await self._refuse(scope, refusal)(scope, receive, out)
        else:
            await self._app(scope, body.receive, out)

    async def _token_holds(self, scope: Scope, headers: Headers, body: _Body) -> bool:
        if scope["path"] == self._rules.entry:
            return True
        token = scope["session"].token if scope["session"] is not None else ""
        if not token:
            return False
        if scope["path"] in self._rules.uploads:
            opening = upload_opening(headers.get("content-type", ""), token)
            return opening is not None and same((await body.first(len(opening))).decode("latin-1"), opening)
        fields = parse_fields(await body.whole())
        return fields is not None and same(fields.get("token", [""])[-1], token)


class _Body:
    """A request's body, read once, counted, and handed on again."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._source = receive
        self._most = most
        self._seen = 0
        self._held: list[Message] = []

    async def _next(self) -> Message:
        message = await self._source()
        if message["type"] == "http.request":
            self._seen += len(message.get("body", b""))
            if self._seen > self._most:
                raise _TooMuchError()
        return message

    async def _hold(self, enough: Callable[[int], bool]) -> bytes:
        while not self._held or (self._held[-1].get("more_body", False) and not enough(self._seen)):
            self._held.append(await self._next())
        return b"".join(message.get("body", b"") for message in self._held)

    async def first(self, size: int) -> bytes:
        """The first ``size`` bytes, fewer only if there are no more."""
        return (await self._hold(lambda seen: seen >= size))[:size]

    async def whole(self) -> bytes:
        """All of it."""
        return await self._hold(lambda seen: False)

    async def receive(self) -> Message:
        """The body again, for the application."""
        return self._held.pop(0) if self._held else await self._next()


def wrong_address(scope: Scope, headers: Headers, rules: Rules) -> Refusal | None:
    """Whether the request names another server than us: by Host (421), by two of them or in its target (400)."""
    hosts = headers.getlist("host")
    if len(hosts) > 1:
        return Refusal(400, "host")
    if not hosts or hosts[0].lower() not in rules.hosts:
        return Refusal(421, "host")
    if scope["path"].startswith("/"):
        return None
    target = urlsplit(scope["path"])  # absolute form: only proxies use it; it must name the same server
    if target.scheme != "http" or target.netloc.lower() != hosts[0].lower():
        return Refusal(400, "host")
    scope["path"] = target.path or "/"
    scope["raw_path"] = scope["path"].encode()
    return None


def wrong_shape(headers: Headers) -> Refusal | None:
    """Whether it asks for many ranges (400), brings a compressed body (415) or says it brings too much (413)."""
    if "," in headers.get("range", ""):
        return Refusal(400, "range")
    if headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        return Refusal(415, "type")
    length = headers.get("content-length", "0")
    if not (length.isascii() and length.isdigit()):
        return Refusal(400, "length")
    return Refusal(413, "size") if len(length) > 12 or int(length) > MOST_BODY else None


def is_foreign(headers: Headers) -> bool:
    """
    Whether a request that changes something may come from another site.

    Our own ``no-referrer`` makes browsers write ``Origin: null`` on our own forms. That is taken only
    together with ``Sec-Fetch-Site: same-origin``, which no page can forge.
    """
    site, origins = headers.get("sec-fetch-site"), headers.getlist("origin")
    if site is None and not origins:
        return True
    if site is not None and site not in ("same-origin", "none"):
        return True
    if len(origins) > 1:
        return True
    if origins == ["null"]:
        return site != "same-origin"
    return bool(origins) and origins[0] != f"http://{headers['host'].lower()}"


def cookie_of(headers: Headers, name: str) -> str:
    """The value of the cookie of this name, "" if there is none or more than one."""
    pairs = (pair.strip().partition("=") for line in headers.getlist("cookie") for pair in line.split(";"))
    found = [value for key, _, value in pairs if key == name]
    return found[0] if len(found) == 1 else ""


def upload_opening(content_type: str, token: str) -> str | None:
    """
    How the body of an upload must begin: with the hidden field of the token, as browsers write it.

    So the token is checked before a byte of any file is kept. None where there is no plain boundary.
    """
    _, _, boundary = content_type.partition("boundary=")
    boundary = boundary.split(";")[0].strip().strip('"')
    if not boundary or len(boundary) > 70:
        return None
    return f'--{boundary}\r\nContent-Disposition: form-data; name="token"\r\n\r\n{token}\r\n'


def parse_fields(body: bytes) -> dict[str, list[str]] | None:
    """The fields of an urlencoded form; None if it has more than twenty, or is no text."""
    try:
        return parse_qs(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_PARTS)
    except ValueError:
        return None
