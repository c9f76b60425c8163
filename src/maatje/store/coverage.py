"""How far the sources reach, so that every page can say what it does not see."""

from __future__ import annotations

from typing import Final

from maatje.model.page import Coverage
from maatje.store.db import Db, rows

MEETING_FORMATS: Final = ("ics", "icalendar")
CARD_FORMATS: Final = ("vcf", "vcard", "jscontact", "contacts-csv")


def coverage(db: Db) -> tuple[Coverage, ...]:
    """
    Per kind of source that was read ("card", "mail", "meeting"), the span and number of its records.

    Told from the sources' own counts, so that it costs nothing; calendar parts inside mail count as mail.
    """
    found = rows(
        db,
        f"""
        SELECT CASE WHEN format IN ({_marks(MEETING_FORMATS)}) THEN 'meeting'
                    WHEN format IN ({_marks(CARD_FORMATS)}) THEN 'card' ELSE 'mail' END AS kind,
          min(first_at), max(last_at), sum(records)
        FROM sources GROUP BY kind ORDER BY kind
        """,  # noqa: S608
        (*MEETING_FORMATS, *CARD_FORMATS),
    )
    return tuple(Coverage(*one) for one in found)


def _marks(bound: tuple[str, ...]) -> str:
    return ", ".join("?" * len(bound))
