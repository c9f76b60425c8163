"""What the cells of one column are, counted: the second half of knowing what it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from maatje.sources.guests_cells import (
    PARTICLES,
    coming_of,
    is_code,
    is_date,
    is_job,
    is_mail,
    is_name,
    is_number,
    is_organisation,
    is_phone,
    is_yes_no,
    mails_in,
    share,
)

LOOKED_AT: Final = 400
"""Filled cells of a column that are looked at."""
MOST: Final = 0.6
"""So many of them must be of a kind."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What the filled cells of a column are, as shares in 0..1; all 0 for an empty column."""

    cells: tuple[str, ...]
    mail: float
    phone: float
    date: float
    code: float
    number: float
    """Numbers and amounts alone; an organisation may be called "3M" or "Lab4", but not "42"."""
    yes_no: float
    status: float
    name: float
    word: float
    """Cells of one capitalised word, or a particle and one."""
    organisation: float
    job: float
    distinct: float

    @property
    def is_text(self) -> bool:
        """Whether these are words of somebody's, not numbers, dates, links or ticks."""
        return max(self.mail, self.phone, self.date, self.code, self.yes_no) < MOST and bool(self.cells)

    @property
    def may_be_words(self) -> bool:
        """Whether a header that promises words is not belied by the cells."""
        return max(self.mail, self.phone, self.date, self.number, self.yes_no) < MOST


def profile_of(cells: Sequence[str]) -> Profile:
    """The profile of a column's filled cells, the first ``LOOKED_AT`` of them."""
    looked = tuple(cells[:LOOKED_AT])
    return Profile(
        looked,
        mail=share(is_mail(one) or (bool(mails_in(one)) and not is_name(one.split("<")[0], 1)) for one in looked),
        phone=share(is_phone(one) for one in looked),
        date=share(is_date(one) for one in looked),
        code=share(is_code(one) and not is_phone(one) and not is_date(one) for one in looked),
        number=share(is_number(one) and not is_phone(one) for one in looked),
        yes_no=share(is_yes_no(one) for one in looked),
        status=share(coming_of(one) is not None for one in looked),
        name=share(is_name(one.split("<")[0]) for one in looked),
        word=share(_is_word(one) for one in looked),
        organisation=share(is_organisation(one) for one in looked),
        job=share(is_job(one) for one in looked),
        distinct=len(set(looked)) / len(looked) if looked else 0.0,
    )


def _is_word(text: str) -> bool:
    words = [word for word in text.split() if word.casefold() not in PARTICLES]
    return len(words) == 1 and is_name(text, 1)
