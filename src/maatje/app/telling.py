"""How numbers, chances and days are told in a language: the words that values become."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from maatje.app.catalogue import N_, catalogue
from maatje.app.spans import CIRCLE_NAMES, count_words, ordinal_words, span_words
from maatje.errors import SettingError
from maatje.model.units import Seconds, moment

if TYPE_CHECKING:
    from babel import Locale

LANGUAGES: Final = ("en", "nl")

SURE: Final = 0.95
"""Above this a chance is told as "almost surely"."""

HARDLY: Final = 0.15
"""Below this a chance is told as "hardly 1 in 10"."""

_WORDS_FOR_DAYS: Final = 6
"""Within so many days back a weekday alone says which day is meant."""

_NEAR: Final = {0: N_("today"), -1: N_("yesterday"), 1: N_("tomorrow")}

# What only this module says, for the extractor; ``_bare`` takes its text as a variable.
_PARTS: Final = (
    N_("hardly known"),
    N_("hardly 1 in 10"),
    N_("almost surely"),
    N_("about {tenths} in 10"),
    N_("{low} to {high}"),
    N_("on {weekday}"),
    N_("on {date}"),
    N_("{date}, {time}"),
)


class Telling:
    """One language, one moment and one time zone, to tell values in."""

    def __init__(
        self,
        lang: str = "en",
        now: Seconds | None = None,
        tz: tzinfo | None = None,
        *,
        utc_offset_minutes: int | None = None,
    ) -> None:
        """
        Choose how values are told.

        Args:
            lang: "en" or "nl".
            now: the moment of speaking, for "yesterday" and for leaving out this year; without it
                every date is told in full.
            tz: the user's time zone; None for the one of this machine.
            utc_offset_minutes: the zone as the settings know it, minutes east; used where tz is None.
        Raises: SettingError: a language that is not spoken here.
        """
        if lang not in LANGUAGES:
            raise SettingError(f"maatje speaks {' and '.join(LANGUAGES)}, not “{lang}”.")
        self.lang: Final = lang
        if tz is None and utc_offset_minutes is not None:
            tz = timezone(timedelta(minutes=utc_offset_minutes))
        self._tz: Final = tz
        self._catalogue: Final = catalogue(lang)
        self._today: Final = None if now is None else self._local(now).date()

    def _bare(self, msgid: str, **values: str) -> str:
        """A part of a sentence: plain strings put into their places, no capital anywhere."""
        return self._catalogue.gettext(msgid).format(**values)

    # Numbers

    def chance(self, share: float | None) -> str:
        """
        A chance as one says it: "about 7 in 10", never per cent.

        Args:
            share: scalar in [0, 1], or None where it is hardly known.
        """
        if share is None:
            return self._bare("hardly known")
        if share < HARDLY:
            return self._bare("hardly 1 in 10")
        if share > SURE:
            return self._bare("almost surely")
        return self._bare("about {tenths} in 10", tenths=str(min(9, int(share * 10 + 0.5))))

    def figure(self, share: float | None) -> str:
        """
        A chance for the margin: ".71"; alike in every language, "" for None.

        Args:
            share: scalar in [0, 1].
        """
        if share is None:
            return ""
        said = f"{share:.2f}"
        return said[1:] if said.startswith("0.") else said

    def interval(self, low: float, high: float) -> str:
        """
        What a chance lies between: ".58 to .82".

        Args:
            low, high: scalars in [0, 1].
        """
        return self._bare("{low} to {high}", low=self.figure(low), high=self.figure(high))

    def count(self, number: int) -> str:
        """
        A number in words up to twelve, else in figures.

        Args:
            number: scalar.
        """
        return count_words(self._catalogue, number) or self.number(number)

    def circle(self, size: int) -> str:
        """
        A circle by its number in words: "five", "fifteen", "fifty", "hundred and fifty".

        Args:
            size: 5, 15, 50 or 150; any other is told as a number.
        """
        name = CIRCLE_NAMES.get(size)
        return self.count(size) if name is None else self._bare(name)

    def ordinal(self, number: int) -> str:
        """
        A place in a row: "third", "318th".

        Args:
            number: scalar, >= 1.
        """
        return ordinal_words(self._catalogue, self.lang, number)

    def number(self, number: int) -> str:
        """
        A number in figures: "1,396", "1.396".

        Args:
            number: scalar.
        """
        said = f"{number:,}"
        return said.replace(",", ".") if self.lang == "nl" else said

    def size(self, n_bytes: int) -> str:
        """
        The size of a file: "2.1 GB", "2,1 GB".

        Args:
            n_bytes: scalar, >= 0; thousands, not 1,024s, as file managers tell it.
        """
        value = float(n_bytes)
        for unit in ("bytes", "kB", "MB", "GB"):
            if value < 1000 or unit == "GB":
                break
            value /= 1000
        # One decimal only where it tells something.
        said = f"{value:.1f}" if unit != "bytes" and value < 9.95 else f"{value:,.0f}"
        if self.lang == "nl":
            said = said.replace(",", "'").replace(".", ",").replace("'", ".")
        return f"{said} {unit}"

    def span(self, days: float) -> str:
        """
        A length of time: "eleven weeks".

        Args:
            days: scalar, >= 0.
        """
        return span_words(self._catalogue, days)

    # Days

    def _local(self, at: Seconds) -> datetime:
        return moment(at).astimezone(self._tz)

    def _dated(self, day: date, pattern: str) -> str:
        return _babel_date(day, pattern, self.lang)

    def day(self, at: Seconds) -> str:
        """
        A day as one says it: "today", "yesterday", "Thursday", "3 March", "3 March 2019".

        Args:
            at: scalar instant.
        """
        return self._near(at)[0]

    def day_on(self, at: Seconds) -> str:
        """
        The same within a sentence: "yesterday", "on Thursday", "on 3 March".

        Args:
            at: scalar instant.
        """
        said, kind = self._near(at)
        if kind == "near":
            return said
        return self._bare("on {weekday}", weekday=said) if kind == "weekday" else self._bare("on {date}", date=said)

    def _near(self, at: Seconds) -> tuple[str, str]:
        """A day in words, and in what way it was told: "near", "weekday" or "date"."""
        day = self._local(at).date()
        if self._today is None:
            return self._dated(day, "d MMMM y"), "date"
        away = (day - self._today).days
        word = _NEAR.get(away)
        if word is not None:
            return self._bare(word), "near"
        if -_WORDS_FOR_DAYS <= away < 0:
            return self._dated(day, "EEEE"), "weekday"
        return self._dated(day, "d MMMM" if day.year == self._today.year else "d MMMM y"), "date"

    def date(self, at: Seconds) -> str:
        """
        A full date: "3 March 2019".

        Args:
            at: scalar instant.
        """
        return self._dated(self._local(at).date(), "d MMMM y")

    def weekday(self, at: Seconds) -> str:
        """
        The day of the week: "Thursday", "donderdag".

        Args:
            at: scalar instant.
        """
        return self._dated(self._local(at).date(), "EEEE")

    def month(self, at: Seconds) -> str:
        """
        A month with its year: "November 2018".

        Args:
            at: scalar instant.
        """
        return self._dated(self._local(at).date(), "MMMM y")

    def time(self, at: Seconds) -> str:
        """
        A time of day: "17:00", "17.00".

        Args:
            at: scalar instant.
        """
        local = self._local(at)
        return f"{local.hour:02d}{'.' if self.lang == 'nl' else ':'}{local.minute:02d}"

    def when(self, at: Seconds, *, all_day: bool = False) -> str:
        """
        When something ahead begins: "Thursday 11 June, 17:00", "donderdag 11 juni, 17.00 uur".

        Args:
            at: scalar instant; for ``all_day`` midnight UTC of the day meant.
            all_day: no time is told, and no zone moves the day.
        """
        day = moment(at).date() if all_day else self._local(at).date()
        is_this_year = self._today is not None and day.year == self._today.year
        said = self._dated(day, "EEEE d MMMM" if is_this_year else "EEEE d MMMM y")
        return said if all_day else self._bare("{date}, {time}", date=said, time=self.time(at))

    def week_range(self, year: int, week: int) -> str:
        """
        The days of an ISO week: "8–14 June 2026".

        Args:
            year, week: ISO year and week.
        """
        first = date.fromisocalendar(year, week, 1)
        last = first + timedelta(days=6)
        if first.year != last.year:
            return f"{self._dated(first, 'd MMMM y')} – {self._dated(last, 'd MMMM y')}"
        if first.month != last.month:
            return f"{self._dated(first, 'd MMMM')} – {self._dated(last, 'd MMMM y')}"
        return f"{first.day}–{self._dated(last, 'd MMMM y')}"

    def iso(self, at: Seconds) -> str:
        """
        The local date for machines: "2026-06-09".

        Args:
            at: scalar instant.
        """
        return self._local(at).date().isoformat()

    def utc_offset(self, at: Seconds) -> int:
        """
        How far the user's clock is ahead of Greenwich.

        Args:
            at: scalar instant.
        Returns: seconds, east positive; what ``planning`` takes to know where a week begins.
        """
        offset = self._local(at).utcoffset()
        return 0 if offset is None else int(offset.total_seconds())


@lru_cache(maxsize=512)
def _babel_date(day: date, pattern: str, lang: str) -> str:
    """A date after CLDR. Babel is loaded here and not above: a page without dates does not wait for it."""
    from babel.dates import format_date

    return format_date(day, pattern, locale=_locale(lang))


@lru_cache(maxsize=4)
def _locale(lang: str) -> Locale:
    """Babel's locale; British for English, whose day comes before the month."""
    from babel import Locale

    return Locale.parse("en_GB" if lang == "en" else lang)
