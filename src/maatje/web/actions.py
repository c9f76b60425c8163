"""
What can be done: each act is one form, one use case of the app, and the way back to the page it was on.

With htmx the browser follows the same way back, and the view answers with the one block asked for.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from maatje.app import evaluate, same, wishes
from maatje.app.aside import keep as count_in
from maatje.app.aside import unkeep as set_aside
from maatje.app.capture import add
from maatje.app.mending import undo as take_back
from maatje.app.mending import undo_list
from maatje.app.wording import LANGUAGES
from maatje.model.contact import CIRCLES
from maatje.model.page import Added
from maatje.model.sentence import Sentence, say
from maatje.model.units import ContactId, HandleId, Seconds
from maatje.store.db import Db
from maatje.web.contexts.people import shown
from maatje.web.contexts.trouble import TROUBLES
from maatje.web.desk import Desk, back, desk, number_of, session
from maatje.web.gate import MOST_PARTS, parse_fields
from maatje.web.pages import LANGUAGE_COOKIE
from maatje.web.sessions import ABSOLUTE_SECONDS, Said

LONGEST_MEMORY = 2000
SUFFIXES = frozenset({".mbox", ".eml", ".emlx", ".vcf", ".ics", ".zip", ".txt", ".mbx"})
YEAR_SECONDS = 31_536_000

Fields = dict[str, str]
Deed = Callable[[Db, ContactId, Fields, Seconds], Sentence]
"""One act on a contact: does it, and says what was done."""


async def fields_of(request: Request) -> Fields:
    """The fields of a form, the last of each name; the gate has checked its size and token."""
    found = parse_fields(await request.body())
    if found is None:
        raise HTTPException(400, "form")
    return {name: values[-1] for name, values in found.items()}


def noted(here: Desk, request: Request, act: Callable[[Db], Sentence]) -> Said:
    """Do an act, and say what was done with the number that it can be taken back by, where it was kept."""
    with here.store(request) as db:
        before = _newest(db, here.now())
        words = act(db)
        after = _newest(db, here.now())
    return Said(words, after if after is not None and (before is None or after > before) else None)


def _newest(db: Db, now: Seconds) -> int | None:
    return next((act.id for act in undo_list(db, now)), None)


def on_contact(deed: Deed) -> Callable[[Request], object]:
    """The endpoint of an act on one contact."""

    async def endpoint(request: Request) -> Response:
        here, form = desk(request), await fields_of(request)
        contact_id = ContactId(number_of(request, "contact_id"))

        session(request).said = await run_in_threadpool(
            noted, here, request, lambda db: deed(db, contact_id, form, here.now())
        )
        return back(form)

    return endpoint


def no_answer_needed(db: Db, contact_id: ContactId, form: Fields, now: Seconds) -> Sentence:
    """Their message needs no answer."""
    wishes.no_answer_needed(db, contact_id, now)
    return say("Noted: no answer needed.")


def not_now(db: Db, contact_id: ContactId, form: Fields, now: Seconds) -> Sentence:
    """Not this person, not now."""
    wishes.not_now(db, contact_id, now)
    return say("Noted: not now.")


def we_spoke(db: Db, contact_id: ContactId, form: Fields, now: Seconds) -> Sentence:
    """The user spoke with them where no source could see it."""
    wishes.we_spoke(db, contact_id, now)
    return say("Noted: you spoke lately.")


def leave_alone(db: Db, contact_id: ContactId, form: Fields, now: Seconds) -> Sentence:
    """The absolute wish, or its end."""
    on = form.get("on") != "no"
    wishes.leave_alone(db, contact_id, on, now)
    return say("They will be left alone.") if on else say("They need not be left alone any longer.")


def set_circle(db: Db, contact_id: ContactId, form: Fields, now: Seconds) -> Sentence:
    """The user's own say on how dear a tie is."""
    choice = form.get("circle", "")
    values = {**{str(size): size for size in CIRCLES}, "none": 0, "found": None}
    if choice not in values:
        raise HTTPException(400, "form")
    wishes.set_circle(db, contact_id, values[choice], now)
    return say("The circle is as you said.")


def remember(db: Db, contact_id: ContactId, form: Fields, now: Seconds) -> Sentence:
    """A memory, worth bringing up again."""
    text = shown(form.get("text", ""), LONGEST_MEMORY)
    if not text:
        raise HTTPException(400, "form")
    wishes.remember(db, contact_id, text, now)
    return say("Remembered.")


async def quiet_week(request: Request) -> Response:
    """Make a week quiet, or ordinary again."""
    here, form = desk(request), await fields_of(request)

    def do(db: Db) -> Sentence:
        on = form.get("on") != "no"
        wishes.quiet_week(db, form.get("week") or None, on, here.now(), here.home.settings)
        return say("This is a quiet week.") if on else say("This is an ordinary week again.")

    session(request).said = await run_in_threadpool(noted, here, request, do)
    return back(form)


def on_sender(*, keep: bool) -> Callable[[Request], object]:
    """The endpoint of "a person after all", or of its end."""

    async def endpoint(request: Request) -> Response:
        here, form = desk(request), await fields_of(request)
        handle_id = HandleId(number_of(request, "handle_id"))

        def do(db: Db) -> Sentence:
            (count_in if keep else set_aside)(db, handle_id, here.now())
            return say("A person after all.") if keep else say("Set aside again.")

        session(request).said = await run_in_threadpool(noted, here, request, do)
        return back(form, "/aside")

    return endpoint


async def undo(request: Request) -> Response:
    """Take one act back."""
    here, form = desk(request), await fields_of(request)
    number = form.get("id", "")
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        raise HTTPException(400, "form")

    def do() -> Sentence:
        with here.store(request) as db:
            return take_back(db, int(number), here.now()).what

    session(request).said = Said(say("Taken back: {what}", what=await run_in_threadpool(do)))
    return back(form, "/undo")


async def look_again(request: Request) -> Response:
    """Guess the user's own past again, and keep what came of it."""
    here = desk(request)

    def do() -> None:
        with here.store(request) as db:
            evaluate.look_again(db, here.now())

    await run_in_threadpool(do)
    session(request).said = Said(say("Tested on your own past."))
    return RedirectResponse("/evaluate", 303)


async def take_files(request: Request) -> Response:
    """Read uploaded files: kept in a folder of our own for as long as that takes, under names of our own."""
    here = desk(request)
    form = await request.form(max_files=MOST_PARTS, max_fields=MOST_PARTS, max_part_size=1024 * 1024)
    try:
        files = [one for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename]
        if not files:
            raise HTTPException(400, "form")
        given = form.get("me", "")
        me = tuple(word for word in (given if isinstance(given, str) else "").replace(",", " ").split()[:20] if word)
        session(request).added = await run_in_threadpool(_read, here, files, me)
    finally:
        await form.close()
    return RedirectResponse("/add", 303)


def _read(here: Desk, files: list[UploadFile], me: tuple[str, ...]) -> Added:
    here.home.path.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="given-", dir=here.home.path) as folder:
        paths = []
        for number, file in enumerate(files, 1):
            suffix = Path(file.filename or "").suffix.lower()
            path = Path(folder) / f"{number}{suffix if suffix in SUFFIXES else ''}"
            with path.open("xb") as out:
                while piece := file.file.read(1 << 20):
                    out.write(piece)
            paths.append(path)
        added = add(here.home, paths, me=me, now=here.now())
    with here.home.connect() as db:
        same.look_where_quick(db)
    return added


async def choose_language(request: Request) -> Response:
    """The language of all pages in this browser, kept in a cookie for a year."""
    form = await fields_of(request)
    answer = back(form)
    if form.get("lang") in LANGUAGES:
        answer.set_cookie(LANGUAGE_COOKIE, form["lang"], max_age=YEAR_SECONDS, path="/", httponly=True, samesite="lax")
    return answer


async def enter(request: Request) -> Response:
    """Let a browser in that brings the one-time code. Whatever the code, nothing is told but yes or no."""
    here, form = desk(request), await fields_of(request)
    secret = here.sessions.enter(form.get("code", ""))
    if secret is None:
        return here.trouble(request, TROUBLES["locked"], 403)
    answer = RedirectResponse("/week", 303)
    # The server ends the session; the cookie only has to live as long, so that closing the browser does not.
    answer.set_cookie(
        here.rules.cookie, secret, max_age=ABSOLUTE_SECONDS, path="/", secure=True, httponly=True, samesite="lax"
    )
    return answer


async def leave(request: Request) -> Response:
    """End this browser's session and have it forget all that it holds of us."""
    here = desk(request)
    here.sessions.leave(request.scope["session_secret"])
    request.scope["session"] = None
    answer = here.pages.page(request.scope, "left.html", here.voice(request))
    answer.delete_cookie(here.rules.cookie, path="/", secure=True, httponly=True, samesite="lax")
    # Not "cookies": those are shared by every server on this host name, ours is taken back above.
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer
