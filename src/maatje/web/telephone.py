"""The desktop's page about telephones: a code as a square, those that wait for a yes, those that are in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from maatje.app.wording import Voice
from maatje.web.desk import desk
from maatje.web.lan_gate import Origin
from maatje.web.pairing import Pairings, Telephone, spaced
from maatje.web.qr import Square, square

ADDRESS = "/telephone"


@dataclass(frozen=True, slots=True)
class Offered:
    """The telephone's page as it is offered now: where, who may in, and whom to tell when that changes."""

    origin: Origin
    pairings: Pairings
    fingerprint: str = ""
    notice: Callable[[Offered], None] = field(default=lambda _: None)

    def noticed(self) -> None:
        """A telephone waits, or is in or out."""
        self.notice(self)


@dataclass(frozen=True, slots=True)
class Row:
    """A telephone in the list: its number, and what is said of it."""

    number: int
    words: str


@dataclass(frozen=True, slots=True)
class TelephoneView:
    """The page; ``square`` is None where no telephone's page is offered."""

    base: str = ""
    code: str = ""
    square: Square | None = None
    is_secure: bool = False
    authority: str = ""
    fingerprint: str = ""
    waiting: tuple[Row, ...] = ()
    inside: tuple[Row, ...] = ()


def offered_by(request: Request) -> Offered | None:
    """What this server offers to telephones; None where it was started without ``--lan``."""
    found = getattr(request.app.state, "telephones", None)
    return found if isinstance(found, Offered) else None


def telephone_view(offered: Offered | None, voice: Voice, *, with_code: bool = True) -> TelephoneView:
    """The page's context; ``with_code`` makes a new one-time code."""
    if offered is None:
        return TelephoneView()
    pairings, base = offered.pairings, offered.origin.base
    code = pairings.new_code() if with_code else ""
    return TelephoneView(
        base=base,
        code=spaced(code),
        square=square(f"{base}/#{code}") if code else None,
        is_secure=offered.origin.is_secure,
        authority=f"{base}/authority.crt" if offered.fingerprint else "",
        fingerprint=offered.fingerprint,
        waiting=tuple(Row(one.number, spaced(one.match)) for one in pairings.waiting()),
        inside=tuple(Row(one.number, _since(one, voice)) for one in pairings.telephones()),
    )


def _since(one: Telephone, voice: Voice) -> str:
    return voice.text("Let in at {begin}, until {end}", begin=voice.time(one.since), end=voice.time(one.until))


def see_telephone(request: Request) -> Response:
    """The page. A block that asks again for who waits makes no new code."""
    here = desk(request)
    voice = here.voice(request)
    is_again = request.headers.get("hx-target") == "waiting"
    view = telephone_view(offered_by(request), voice, with_code=not is_again)
    return here.pages.page(request.scope, "telephone.html", voice, view=view)


async def answer(request: Request) -> Response:
    """Yes or no to a telephone that waits, or the end of one that is in; then the page again."""
    offered = offered_by(request)
    form = await request.form()
    number, say = str(form.get("number", "")), str(form.get("say", ""))
    if not (number.isascii() and number.isdigit() and len(number) < 12) or say not in ("yes", "no", "end"):
        raise HTTPException(400)
    if offered is None:
        return RedirectResponse(ADDRESS, 303)  # the page says how one begins
    if say == "end":
        offered.pairings.revoke(int(number))
    else:
        offered.pairings.answer(int(number), let_in=say == "yes")
    return RedirectResponse(ADDRESS, 303)
