"""A list of guests as it comes in: read, shown with its columns and matches, corrected, and only then kept."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from maatje.app import guests
from maatje.app.guests import Preview
from maatje.errors import N_, UserError
from maatje.model.sentence import Sentence, say, say_n
from maatje.sources.guests import Meaning
from maatje.store.db import Db
from maatje.web.actions import fields_of, noted
from maatje.web.contexts.people import shown
from maatje.web.desk import Desk, desk, number_of, session
from maatje.web.held import Held

MOST_LIST: Final = 5 * 1024 * 1024
"""Bytes of a list; it waits in memory until it is kept."""

MOST_COLUMNS: Final = 200
SUFFIXES: Final = frozenset({".csv", ".tsv", ".tab", ".xlsx", ".vcf", ".ics", ".txt"})
LISTS: Final = "/guests"
"""Where lists are posted; the one path for all occasions, so that the gate knows it as one that takes files."""

_COLUMN: Final = re.compile(r"m([0-9]{1,3})")
_NUMBER: Final = re.compile(r"[0-9]{1,15}")


async def look(request: Request) -> Response:
    """Read a list that was pasted or given as a file, or the one that is shown once more with other meanings."""
    here = desk(request)
    form = await request.form(max_files=1, max_fields=MOST_COLUMNS + 10, max_part_size=MOST_LIST)
    try:
        number = form.get("occasion", "")
        if not (isinstance(number, str) and _NUMBER.fullmatch(number)):
            raise HTTPException(400, "form")
        held = session(request).held
        given = await _given(form)
        if given is None:
            if held is None or held.occasion_id != int(number) or held.source is None:
                raise UserError(N_("Paste names, or choose a file."))
            given = (held.name, held.source)
        session(request).held = await run_in_threadpool(
            _looked, here, int(number), given, _meanings(form), form.get("partial") == "yes"
        )
    finally:
        await form.close()
    return RedirectResponse(f"/occasion/{number}/guests", 303)


async def _given(form: FormData) -> tuple[str, str | bytes] | None:
    """What was given: a file's name and bytes, or pasted text; None for neither."""
    file, text = form.get("files"), form.get("text")
    if isinstance(file, UploadFile) and file.filename:
        data = await file.read(MOST_LIST + 1)
        if len(data) > MOST_LIST:
            raise HTTPException(413, "size")
        return shown(file.filename, 200), data
    return ("", text) if isinstance(text, str) and text.strip() else None


def _meanings(form: FormData) -> dict[int, Meaning]:
    """What the user says that columns hold."""
    by_name = {meaning.name.lower(): meaning for meaning in Meaning}
    return {
        int(found[1]): by_name[value]
        for name, value in form.multi_items()
        if isinstance(value, str) and (found := _COLUMN.fullmatch(name)) and value in by_name
    }


def _looked(
    here: Desk, number: int, given: tuple[str, str | bytes], meanings: Mapping[int, Meaning], partial: bool
) -> Held:
    name, source = given
    region = here.home.settings.region
    with here.home.connect(read_only=True) as db:
        if isinstance(source, str):
            found = guests.preview(db, number, source, meanings=meanings, region=region, partial=partial)
        else:
            found = _of_file(db, number, given, here.home.path, meanings, (region, partial))
    return Held(number, name, source, meanings, partial, found)


def _of_file(
    db: Db,
    number: int,
    given: tuple[str, str | bytes],
    folder: Path,
    meanings: Mapping[int, Meaning],
    how: tuple[str, bool],
) -> Preview:
    """A file is read from a folder of our own, under a name of our own, for as long as that takes."""
    name, source = given
    assert isinstance(source, bytes)
    suffix = Path(name).suffix.lower()
    with tempfile.TemporaryDirectory(prefix="given-", dir=folder) as place:
        path = Path(place) / f"list{suffix if suffix in SUFFIXES else ''}"
        path.write_bytes(source)
        region, partial = how
        return guests.preview(db, number, path, name=name, meanings=meanings, region=region, partial=partial)


async def from_former(request: Request) -> Response:
    """The guests of the last edition, or those that the calendar names now, shown like any list."""
    here, form = desk(request), await fields_of(request)
    number = number_of(request, "occasion_id")
    what = form.get("of", "")
    if what not in ("edition", "calendar"):
        raise HTTPException(400, "form")

    def do() -> Held:
        with here.home.connect(read_only=True) as db:
            found = guests.preview_edition(db, number) if what == "edition" else guests.preview_calendar(db, number)
        return Held(number, "", None, {}, what == "edition", found)

    session(request).held = await run_in_threadpool(do)
    return RedirectResponse(f"/occasion/{number}/guests", 303)


async def keep(request: Request) -> Response:
    """Write the list that is shown."""
    here = desk(request)
    number = number_of(request, "occasion_id")
    mine = session(request)
    held = mine.held
    if held is None or held.occasion_id != number:
        raise UserError(N_("There is no list to keep; it was kept already, or the diary was closed in between."))

    def do(db: Db) -> Sentence:
        added = guests.add(db, held.preview, here.now())
        said = say_n("{n} guest is on the list now.", "{n} guests are on the list now.", added.guests)
        if not added.dropped:
            return said
        gone = say_n("{n} is not on it any more.", "{n} are not on it any more.", added.dropped)
        return say("{one} {other}", one=said, other=gone)

    mine.said = await run_in_threadpool(noted, here, request, do)
    mine.held = None
    return RedirectResponse(f"/occasion/{number}", 303)


async def throw_away(request: Request) -> Response:
    """Forget the list that is shown; nothing was written of it."""
    session(request).held = None
    return RedirectResponse(f"/occasion/{number_of(request, 'occasion_id')}/guests", 303)
