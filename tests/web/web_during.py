"""An occasion with its list, the telephone's page of it served for real, and a telephone without a screen."""

from __future__ import annotations

import contextlib
import secrets
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from tests.web import web_diary

from maatje.app import clock, guests, occasions
from maatje.app.home import Home
from maatje.web.evening_home import HomeEvening
from maatje.web.lan import Limits, Plan, offering
from maatje.web.lan_gate import Origin
from maatje.web.telephone import Offered

LIST = "\n".join(
    (*(f"{name}, Firm {number}" for number, name in enumerate(web_diary.NAMES)),
     "Yara Coenen, Zorgraad", "Émile Zürcher, Ångström AB", "Søren Ærø, Kaas & Zn", "Bo Nasty, {{7*7}} & Zn")
)  # fmt: skip


@dataclass(frozen=True)
class Phoning:
    """A telephone's page that answers at ``base``."""

    home: Home
    offered: Offered
    base: str
    occasion: int

    @property
    def socket(self) -> str:
        """Where it really listens, whatever it is called."""
        scheme, rest = self.base.split("://")
        return f"{scheme}://127.0.0.1:{rest.rsplit(':', 1)[1]}"

    @property
    def host(self) -> str:
        """What it is called."""
        return self.base.split("://")[1]


def host(folder: Path, people: str = LIST) -> tuple[Home, int]:
    """A home with the invented diary and a herring party that is on now; gives its number too."""
    home = web_diary.make(folder)
    now = clock.now()
    with home.connect() as db:
        made = occasions.new(db, occasions.Draft("Herring party", now - 3600, now + 3 * 3600, kind="reception"), now)
        guests.add(db, guests.preview(db, made.id, people), now)
    return home, made.id


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        found: int = one.getsockname()[1]
        return found


@contextlib.contextmanager
def phoning(home: Home, occasion: int | None, plan: Plan | None = None, **options: Any) -> Iterator[Phoning]:
    """The telephone's page of this occasion, on the loopback until the block ends."""
    port = free_port()
    plan = plan or Plan("127.0.0.1", port, Origin("http", options.get("name", "127.0.0.1"), port))
    evening = HomeEvening(home, options.get("now", clock.now), occasion, hints=options.get("hints", False))
    limits = options.get("limits", Limits(10**6, 10**6))  # tests knock more often than people
    with offering(home, evening, plan, lambda _: None, limits) as offered:
        yield Phoning(home, offered, plan.origin.base, occasion or 0)


@dataclass
class Telephone:
    """Somebody's telephone: pairs, looks, delivers, as the page's script does."""

    served: Phoning
    token: str = ""
    number: int = 0
    device: str = field(default_factory=lambda: secrets.token_hex(16))

    def headers(self, **more: str) -> dict[str, str]:
        """What the page's own script sends with a post."""
        found = {
            "Host": self.served.host,
            "Origin": self.served.base,
            "Sec-Fetch-Site": "same-origin",
            "Content-Type": "application/json",
        }
        if self.token:
            found["Authorization"] = f"Bearer {self.token}"
        return {**found, **{key.replace("_", "-"): value for key, value in more.items()}}

    def get(self, path: str) -> httpx.Response:
        """Look."""
        return httpx.get(self.served.socket + path, headers=self.headers(), verify=False)

    def post(self, path: str, shape: Any, headers: dict[str, str] | None = None) -> httpx.Response:
        """Post JSON."""
        return httpx.post(
            self.served.socket + path, json=shape, headers=self.headers() if headers is None else headers, verify=False
        )

    def pair(self) -> Telephone:
        """Hand in a new code, have the digits confirmed, take the token."""
        pairings = self.served.offered.pairings
        asked = self.post("/pair", {"code": pairings.new_code()}).json()
        assert self.post("/pair/wait", {"secret": asked["secret"]}).json() == {"state": "waiting"}
        assert pairings.match(asked["match"])
        found = self.post("/pair/wait", {"secret": asked["secret"]}).json()
        self.token, self.number = found["token"], found["number"]
        return self

    def deliver(self, *taps: dict[str, Any], occasion: int = 0, ahead: int = 0) -> httpx.Response:
        """Hand over taps."""
        shape = {"occasion": occasion or self.served.occasion, "device": self.device, "taps": list(taps)}
        return self.post("/taps", {**shape, "now": clock.now() + ahead})


def tap(guest: int | None, name: str, **more: Any) -> dict[str, Any]:
    """One tap as the page makes it."""
    made = {"id": secrets.token_hex(16), "at": clock.now(), "guest": guest, "name": name, "spoke": True, "memory": ""}
    return {**made, **more}
