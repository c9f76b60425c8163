"""The demo told: archives written, read like anybody's, a few memories, and the week."""

from __future__ import annotations

from collections.abc import Callable

from maatje.app import capture, recall, week
from maatje.app.demo import came
from maatje.app.demo.archives import SEED, write_archives
from maatje.app.demo.civil import DEMO_NOW
from maatje.app.demo.parties import keep_parties
from maatje.app.home import Home
from maatje.app.settings import FILE
from maatje.errors import UserError
from maatje.model.page import Added
from maatje.model.plan import Week
from maatje.model.units import Seconds
from maatje.store import notes
from maatje.store.db import transaction

ARCHIVES = "archives"
MARK = ".maatje-demo"

UTC_OFFSET_MINUTES = 120
"""Summer in Zwolle: the demo's hours are hers, wherever it is looked at."""


def note_offset(home: Home) -> None:
    """Keep the demo's own clock in its home, so that later commands tell her hours too."""
    (home.path / FILE).write_text(f"utc_offset_minutes = {UTC_OFFSET_MINUTES}\n", encoding="utf-8")


def tell(
    home: Home, now: Seconds | None = None, *, lang: str = "en", progress: Callable[[int, int, str], None] | None = None
) -> tuple[Added, Week, Seconds]:
    """
    Write the demo's archives into an empty home, add them, remember what she remembers, and draw her week.

    Returns: what was added, the week, and the demo's instant.
    """
    at = now if now is not None else DEMO_NOW
    (home.path / MARK).touch()
    written = write_archives(home.path / ARCHIVES, until=at)
    added = capture.add(home, written.paths, me=(written.me,), progress=progress, now=at)
    with home.connect() as db:
        with transaction(db):
            for name, text in written.memories_nl if lang == "nl" else written.memories:
                try:
                    notes.remember(db, recall.resolve_name(db, name), text, at)
                except UserError:
                    continue  # another seed or instant may leave somebody of the cast out of the archives
            came.write(db, at, written.truth.yields, seed=SEED, lang=lang)
        keep_parties(db, at, lang)
        return added, week.settle_week(db, at, home.settings), at
