"""Every address of the telephone's page: the page, its files, pairing, the list, the taps. All else is 404."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from jinja2 import Environment
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from maatje.app.settings import Settings
from maatje.app.wording import LANGUAGES, Voice
from maatje.errors import MaatjeError, UserError
from maatje.model.units import Seconds
from maatje.web.bucket import Bucket
from maatje.web.contexts.frame import accepted
from maatje.web.evening import Evening, party_json, read_delivery, standing_json
from maatje.web.lan_gate import JSON, Doors, Origin
from maatje.web.pages import STATIC
from maatje.web.pairing import Pairings

FILES: Final[Mapping[str, str]] = {
    "/during.css": "text/css; charset=utf-8",
    "/during.js": "text/javascript; charset=utf-8",
    "/herring.svg": "image/svg+xml",
}
"""The page's own files, served from ``static``."""

WORKER: Final = "/worker.js"
MANIFEST: Final = "/manifest.webmanifest"
AUTHORITY: Final = "/authority.crt"
GUARDED: Final = frozenset({"/party", "/taps", "/off"})


@dataclass(frozen=True, slots=True)
class LanDesk:
    """
    One telephone server's things.

    ``clock`` gives the wall clock, by which taps are kept. ``tries`` limits how often codes are handed in.
    ``authority`` is the certificate of our own authority, b"" where
    another one is used. ``noticed`` is called when a telephone waits for a yes, or has had its answer.
    """

    origin: Origin
    settings: Settings
    evening: Evening
    pairings: Pairings
    tries: Bucket
    templates: Environment
    clock: Callable[[], Seconds]
    authority: bytes = b""
    noticed: Callable[[], None] = field(default=lambda: None)

    def voice(self, request: Request) -> Voice:
        """The voice to answer in: the setting's language, else what the telephone asks for."""
        chosen = self.settings.language
        language = chosen if chosen in LANGUAGES else accepted(request.headers.get("accept-language", ""))
        return Voice(language, now=self.clock(), utc_offset_minutes=self.settings.utc_offset_minutes)


def doors(origin: Origin, *, has_authority: bool = False) -> Doors:
    """Every path of this server; manifest and worker are there in a secure context only."""
    gets = {"/", "/here", "/party", *FILES}
    if origin.is_secure:
        gets |= {WORKER, MANIFEST} | ({AUTHORITY} if has_authority else set())
    return Doors(frozenset(gets), frozenset({"/pair", "/pair/wait", "/taps", "/off"}), GUARDED)


def routes() -> list[Route]:
    """The addresses with what answers them; the gate lets none through that ``doors`` has not."""
    post = ["POST"]
    return [
        Route("/", see_page),
        Route("/here", prove),
        Route("/party", see_party),
        Route("/pair", pair, methods=post),
        Route("/pair/wait", wait, methods=post),
        Route("/taps", take_taps, methods=post),
        Route("/off", leave, methods=post),
        Route(WORKER, see_worker),
        Route(MANIFEST, see_manifest),
        Route(AUTHORITY, see_authority),
        *(Route(path, see_file) for path in FILES),
    ]


def lan_desk(request: Request) -> LanDesk:
    """The desk of the server that a request came to."""
    found = request.app.state.desk
    assert isinstance(found, LanDesk)
    return found


def packed(request: Request, body: bytes, media: str, status: int = 200, **headers: str) -> Response:
    """A response, packed where the telephone can unpack it: on a slow network bytes are minutes."""
    asked = request.headers.get("accept-encoding", "").lower()
    if "gzip" in asked and len(body) > 500:
        body, headers = gzip.compress(body, 6, mtime=0), {**headers, "Content-Encoding": "gzip"}
    return Response(body, status, {**headers, "Vary": "Accept-Encoding, Accept-Language"}, media)


def told(request: Request, shape: Mapping[str, Any], status: int = 200) -> Response:
    """An answer in JSON."""
    text = json.dumps(shape, ensure_ascii=False, separators=(",", ":"))
    return packed(request, text.encode("utf-8", "replace"), JSON, status)


def see_page(request: Request) -> Response:
    """The page: the same for everybody, with nobody's name in it; people come with a token."""
    desk = lan_desk(request)
    voice = desk.voice(request)
    values = {"lang": voice.lang, "_": voice.text, "ngettext": voice.text_n, "is_secure": desk.origin.is_secure}
    text = desk.templates.get_template("during/page.html").render(values)
    return packed(request, text.encode("utf-8"), "text/html; charset=utf-8")


def see_file(request: Request) -> Response:
    """One of the page's own files."""
    path = request.url.path
    return packed(request, (STATIC / path.removeprefix("/")).read_bytes(), FILES[path])


def see_worker(request: Request) -> Response:
    """The script that opens the page without network; there in a secure context only."""
    return packed(request, (STATIC / "worker.js").read_bytes(), FILES["/during.js"])


def see_manifest(request: Request) -> Response:
    """What makes the page one that can be put on the telephone."""
    voice = lan_desk(request).voice(request)
    shape = {
        "id": "/",
        "name": voice.text("maatje: at the occasion"),
        "short_name": "maatje",
        "lang": voice.lang,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#fbfcfd",
        "theme_color": "#fbfcfd",
        "icons": [{"src": "/herring.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
    }
    body = json.dumps(shape, ensure_ascii=False).encode("utf-8")
    return packed(request, body, "application/manifest+json")


def see_authority(request: Request) -> Response:
    """The certificate of our own authority, for the telephone to trust; compare its fingerprint first."""
    headers = {"Content-Disposition": 'attachment; filename="maatje.crt"'}
    return Response(lan_desk(request).authority, 200, headers, "application/x-x509-ca-cert")


def prove(request: Request) -> Response:
    """Show a telephone that we are the computer that let it in: asked before it hands anything over."""
    number = request.query_params.get("number", "")
    is_number = number.isascii() and number.isdigit() and len(number) < 10
    nonce = request.query_params.get("nonce", "")
    proof = lan_desk(request).pairings.proof(int(number), nonce) if is_number else None
    if proof is None:
        return told(request, {"refused": "locked"}, 401)
    return told(request, {"state": proof.state, "proof": proof.seal})


async def pair(request: Request) -> Response:
    """A telephone hands in its code, and gets six digits to show."""
    desk = lan_desk(request)
    if not desk.tries.take():
        return told(request, {"refused": "often"}, 429)
    code = (await _shape(request)).get("code")
    asked = desk.pairings.ask(code) if isinstance(code, str) and len(code) <= 40 else None
    if asked is None:
        return told(request, {"refused": "code"}, 403)
    desk.noticed()
    return told(request, {"secret": asked.secret, "match": asked.match})


async def wait(request: Request) -> Response:
    """A telephone asks whether the computer has said yes; the token is told once."""
    desk = lan_desk(request)
    secret = (await _shape(request)).get("secret")
    found = desk.pairings.outcome(secret if isinstance(secret, str) and len(secret) <= 100 else "")
    shape: dict[str, Any] = {"state": found.state.value}
    if found.token:
        shape |= {"token": found.token, "number": found.number, "until": found.until}
        desk.noticed()
    return told(request, shape)


async def see_party(request: Request) -> Response:
    """The list of the occasion; "nothing" where there is none to come."""
    desk = lan_desk(request)
    voice = desk.voice(request)
    party = await run_in_threadpool(desk.evening.party, voice)
    return told(request, {"nothing": True} if party is None else party_json(party, voice))


async def take_taps(request: Request) -> Response:
    """Taps, each kept once by its id however often it comes; the answer says which the telephone may forget."""
    desk = lan_desk(request)
    occasion, delivery = read_delivery(await _shape(request), desk.clock())
    handed = await run_in_threadpool(desk.evening.deliver, occasion, delivery)
    standing = standing_json(handed.talked, handed.clashes, desk.voice(request))
    return told(request, {"occasion": occasion, "ids": list(handed.ids), **standing})


def leave(request: Request) -> Response:
    """The telephone takes itself off: its token is dead from now on."""
    desk = lan_desk(request)
    desk.pairings.revoke(request.scope["telephone"].number)
    desk.noticed()
    return told(request, {"state": "out"})


async def on_ours(request: Request, error: Exception) -> Response:
    """What maatje refuses on purpose, as its own sentence; the taps stay on the telephone."""
    assert isinstance(error, MaatjeError)
    status = 400 if isinstance(error, UserError) else 503
    said = lan_desk(request).voice(request).fault(error)
    return told(request, {"refused": "asked" if status == 400 else "store", "words": said}, status)


async def _shape(request: Request) -> dict[str, Any]:
    """The posted JSON; {} where it is none, or no object."""
    body = await request.body()
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):  # no JSON, or nested deeper than Python goes
        return {}
    return found if isinstance(found, dict) else {}
