"""What every page of an occasion begins with: what, when, where, who asked; at the clock of where it is held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from maatje.app.wording import Voice
from maatje.model.manners import Manners
from maatje.model.occasion import Figure, Occasion, Part
from maatje.model.sentence import say
from maatje.model.units import Seconds, moment
from maatje.web.contexts.people import LONGEST_TITLE, capital, shown

PARTS: Final = {
    Part.HOST: say("host"),
    Part.ORGANISER: say("organiser"),
    Part.SPEAKER: say("speaker"),
    Part.HONOURED: say("whom it is about"),
    Part.FAMILY: say("family"),
}
"""What somebody is at an occasion, in a word."""


@dataclass(frozen=True, slots=True)
class Head:
    """An occasion's name, what kind it is, and when, where and at whose it is; ``iso`` its day for machines."""

    id: int
    title: str
    kind: str
    when: str
    place: str
    hosts: str
    iso: str

    @property
    def url(self) -> str:
        """Its page beforehand."""
        return f"/occasion/{self.id}"


def there(occasion: Occasion, voice: Voice, now: Seconds) -> Voice:
    """The voice at the clock of where an occasion is held; the user's own where that is not known."""
    try:
        return Voice(voice.lang, now=now, tz=ZoneInfo(occasion.zone)) if occasion.zone else voice
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return voice


def head_view(occasion: Occasion, manners: Manners, voice: Voice, now: Seconds) -> Head:
    """The head of an occasion's pages."""
    local = there(occasion, voice, now)
    return Head(
        occasion.id,
        shown(occasion.name, LONGEST_TITLE),
        voice.say(manners.name),
        when_words(occasion, local),
        shown(occasion.place),
        hosts_words(occasion, voice),
        moment(occasion.begin).date().isoformat() if occasion.all_day else local.iso(occasion.begin),
    )


def when_words(occasion: Occasion, voice: Voice) -> str:
    """When it is, from begin to end where that is known, in this voice's clock."""
    begin = capital(voice.when(occasion.begin, all_day=occasion.all_day))
    if occasion.end is None or occasion.all_day:
        return begin
    if voice.iso(occasion.begin) == voice.iso(occasion.end) or occasion.end - occasion.begin < 43_200:
        return voice.text("{begin} to {end}", begin=begin, end=voice.time(occasion.end))
    return voice.text("{begin} until {end}", begin=begin, end=voice.when(occasion.end))


def hosts_words(occasion: Occasion, voice: Voice) -> str:
    """Who has a part in it, each part in a word: "host: Anneke Roos"; "" where nobody has."""
    by_part: dict[Part, list[str]] = {}
    for figure in occasion.playing():
        by_part.setdefault(figure.part, []).append(shown(figure.name))
    return "; ".join(
        voice.text("{part}: {names}", part=capital(voice.say(PARTS[part])) if not place else voice.say(PARTS[part]),
                   names=", ".join(names))
        for place, (part, names) in enumerate(by_part.items())
    )  # fmt: skip


def named(figures: tuple[Figure, ...], part: Part) -> str:
    """Those with a part as a form shows them, parted by commas."""
    return ", ".join(figure.name for figure in figures if figure.part is part)
