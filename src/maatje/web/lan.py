"""
``maatje serve --lan``: beside the pages, a second server with the telephone's page and nothing else.

Four ways to be found, the first three a secure context: behind a proxy that speaks https on this
computer (an own domain, a private network's name), with certificate files, with the home's own
authority, or plainly on the local network, with a banner.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.types import ASGIApp

from maatje.app import clock
from maatje.app.home import Home
from maatje.errors import N_, MaatjeError, SettingError
from maatje.model.units import Seconds
from maatje.web.authority import certificates
from maatje.web.bucket import Bucket
from maatje.web.evening import Evening
from maatje.web.faults import LOG
from maatje.web.lan_gate import BURST, PER_SECOND, LanGate, Origin, origin_of
from maatje.web.lan_routes import LanDesk, doors, on_ours, routes
from maatje.web.last_resort import LastResort
from maatje.web.pages import environment
from maatje.web.pairing import Pairings
from maatje.web.server import config_of
from maatje.web.telephone import Offered

PORT: Final = 8766

TRIES: Final = 10
TRIES_PER_SECOND: Final = 1 / 60
"""Codes handed in: ten at once, then one a minute, from all telephones together (SAFETY D6)."""


class Limits(NamedTuple):
    """How often may be knocked: requests of one address at once, codes handed in at once."""

    requests: int = BURST
    codes: int = TRIES


MOST_CONNECTIONS: Final = 100


@dataclass(frozen=True, slots=True)
class Way:
    """
    How the telephone's page is offered.

    ``address`` and ``port`` are listened on; ``address`` "" finds this computer's own in its network.
    ``name`` is the host that telephones use, "" the address. ``behind`` is the https address of a proxy on
    this computer, "" for none. ``tls``: with a certificate by our own authority; ``cert`` and ``key``: files.
    """

    port: int = PORT
    address: str = ""
    name: str = ""
    behind: str = ""
    tls: bool = False
    cert: Path | None = None
    key: Path | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Where to listen, what telephones see, and the certificate's files; ``fingerprint`` "" without our authority."""

    address: str
    port: int
    origin: Origin
    cert: Path | None = None
    key: Path | None = None
    authority: bytes = b""
    fingerprint: str = ""


def plan(way: Way, home: Path, now: Seconds) -> Plan:
    """
    What a way comes to. Makes certificates in the home where they are asked for.

    Raises: SettingError: two ways at once, half a way, or an address that is none.
    """
    if sum((bool(way.behind), way.tls, way.cert is not None or way.key is not None)) > 1:
        raise SettingError(N_("Choose one of --behind, --tls, and --cert with --key."))
    if (way.cert is None) != (way.key is None):
        raise SettingError(N_("--cert and --key belong together."))
    if way.behind:
        origin = origin_of(way.behind)
        if origin is None or not origin.is_secure:
            raise SettingError(N_("--behind takes the proxy’s own address, as in https://maatje.example.org."))
        return Plan(way.address or "127.0.0.1", way.port, origin)
    address = way.address or local_address()
    host = way.name.lower() or (f"[{address}]" if ":" in address else address)
    if way.tls:
        found = certificates(home, host, now)
        return Plan(address, way.port, Origin("https", host, way.port), *found)
    if way.cert is not None:
        return Plan(address, way.port, Origin("https", host, way.port), way.cert, way.key)
    return Plan(address, way.port, Origin("http", host, way.port))


def local_address() -> str:
    """
    This computer's address in its own network. Sends nothing: a datagram socket is only pointed somewhere.

    Raises: SettingError: it is in no network.
    """
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.connect(("192.0.2.1", 9))  # an address for examples, which is nobody's
        found: str = one.getsockname()[0]
        if not found.startswith(("127.", "0.")):
            return found
    raise SettingError(N_("This computer seems to be in no network. Give its address with --lan-address."))


def create_lan_app(desk: LanDesk, limits: Limits) -> ASGIApp:
    """The telephone's page as an ASGI application, its gate outermost."""
    handlers: Any = {MaatjeError: on_ours}
    app = Starlette(routes=routes(), exception_handlers=handlers)
    app.state.desk = desk
    found = doors(desk.origin, has_authority=bool(desk.authority))
    gate = LanGate(app, desk.origin, found, desk.pairings, Bucket(limits.requests, PER_SECOND, clock.stopwatch))
    return LastResort(gate, JSONResponse({"refused": "broken"}, 500), _fault)


def _fault(kind: str, has_begun: bool) -> None:
    LOG.error("telephone fault kind=%s", kind)


@contextlib.contextmanager
def serving(app: ASGIApp, plan: Plan) -> Iterator[int]:
    """
    The telephone's page, served from a thread of its own until the block ends; gives the port.

    Raises: SettingError: the address or port cannot be used.
    """
    listener = _listening(plan)
    config = config_of(app)
    config.limit_concurrency = MOST_CONNECTIONS
    config.lifespan = "off"
    config.ssl_certfile, config.ssl_keyfile = plan.cert, plan.key
    try:
        config.load()
    except (OSError, ValueError) as error:
        listener.close()
        raise SettingError(N_("The certificate or its key cannot be used: {reason}."), reason=str(error)) from error
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True, name="telephone")
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()


def _listening(plan: Plan) -> socket.socket:
    family = socket.AF_INET6 if ":" in plan.address else socket.AF_INET
    one = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.bind((plan.address, plan.port))
        one.listen(64)
    except OSError as error:
        one.close()
        raise SettingError(
            N_("The telephone’s page cannot be offered at {address}, port {port}: {reason}."),
            address=plan.address, port=plan.port, reason=error.strerror or "",
        ) from error  # fmt: skip
    return one


@contextlib.contextmanager
def offering(
    home: Home, evening: Evening, plan: Plan, notice: Callable[[Offered], None], limits: Limits | None = None
) -> Iterator[Offered]:
    """
    The telephone's page, offered until the block ends.

    ``notice`` is called whenever a telephone begins to wait for a yes, or is let in or out.
    Raises: SettingError: the address, port or certificate cannot be used.
    """
    limits = limits or Limits()
    offered = Offered(plan.origin, Pairings(clock.now), plan.fingerprint, notice)
    desk = LanDesk(
        origin=plan.origin,
        settings=home.settings,
        evening=evening,
        pairings=offered.pairings,
        tries=Bucket(limits.codes, TRIES_PER_SECOND, clock.stopwatch),
        templates=environment(),
        clock=clock.now,
        authority=plan.authority,
        noticed=offered.noticed,
    )
    with serving(create_lan_app(desk, limits), plan):
        yield offered
