"""The pile: the stack and the circles as drawings, the same in words as a table, filters and paging."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from maatje.app.wording import Voice
from maatje.model.contact import CIRCLES
from maatje.model.page import CirclePlace, Pile
from maatje.model.plan import Tie
from maatje.model.sentence import Sentence, say, say_n
from maatje.web.contexts.people import Person, capital, circle_words, last_sign, of_tie, shown
from maatje.web.drawings import CircleDrawing, PileDrawing, circle_drawing, pile_drawing

PAGE: Final = 50
"""People on one page of the table."""

TOP: Final = 10
SEASONS: Final = ("touch", "quiet", "dormant")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the filter asks: words in a name, a circle (0 for none, None for all), a season, from which place on."""

    words: str = ""
    circle: int | None = None
    season: str = ""
    offset: int = 0

    def url(self, offset: int) -> str:
        """The address of this filter from another place on."""
        fields = {"q": self.words, "circle": "" if self.circle is None else str(self.circle), "season": self.season}
        fields["from"] = str(offset) if offset else ""
        query = urlencode({name: value for name, value in fields.items() if value}, errors="replace")
        return f"/pile?{query}#h-list" if query else "/pile#h-list"


def asked(fields: dict[str, str]) -> Asked:
    """What a query asks; a value that is none is as if it were not there."""
    circle, start = fields.get("circle", ""), fields.get("from", "")
    season = fields.get("season", "")
    return Asked(
        words=shown(fields.get("q", ""), 100),
        circle=int(circle) if circle in {"0", *(str(size) for size in CIRCLES)} else None,
        season=season if season in SEASONS else "",
        offset=min(int(start), 10**7) if start.isascii() and start.isdigit() and len(start) < 9 else 0,
    )


@dataclass(frozen=True, slots=True)
class StackView:
    """The drawn pile with the words that say the same."""

    drawing: PileDrawing
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class CircleView:
    """The drawn circles with the words that say the same."""

    drawing: CircleDrawing
    words: str
    caption: str


@dataclass(frozen=True, slots=True)
class Row:
    """One person of the table."""

    person: Person
    chance: str
    figure: str
    between: str
    last: str
    circle: str


@dataclass(frozen=True, slots=True)
class PileView:
    """The pile's page."""

    intro: str
    day: str
    stack: StackView
    circles: CircleView | None
    rows: tuple[Row, ...]
    count: str
    asked: Asked
    is_filtered: bool
    seasons: tuple[tuple[str, str], ...]
    previous_url: str
    next_url: str
    blind: tuple[str, ...]


def pile_view(pile: Pile, asked_for: Asked, voice: Voice) -> PileView:
    """The pile's page for what was asked."""
    after = asked_for.offset + len(pile.ties)
    before = max(0, asked_for.offset - PAGE)
    is_filtered = bool(asked_for.words or asked_for.season) or asked_for.circle is not None
    return PileView(
        intro=voice.say(_intro(pile)),
        day=voice.text("on {day}", day=voice.when(pile.as_of, all_day=True)),
        stack=stack_view(pile, voice, loose=TOP),
        circles=_circles(pile.circles, voice) if any(place.circle for place in pile.circles) else None,
        rows=tuple(_row(tie, voice) for tie in pile.ties),
        count=voice.say(say_n("{n} person answers to this.", "{n} people answer to this.", pile.matching)),
        asked=asked_for,
        is_filtered=is_filtered,
        seasons=(
            ("", voice.text("Any")),
            ("touch", voice.text("In touch this season")),
            ("quiet", voice.text("Quiet")),
            ("dormant", voice.text("Dormant")),
        ),
        previous_url=asked_for.url(before) if asked_for.offset else "",
        next_url=asked_for.url(after) if after < pile.matching else "",
        blind=tuple(voice.say(sentence) for sentence in pile.blind_spots),
    )


def _intro(pile: Pile) -> Sentence:
    people = say_n("{n} person", "{n} people", pile.total)
    expected = round(pile.expected)
    if expected < 1:
        coming = say("hardly anybody will come by within a month, whatever you do")
    else:
        coming = say_n(
            "about {n} of them will come by within a month, whatever you do",
            "about {n} of them will come by within a month, whatever you do",
            expected,
        )
    return say("In whose memory you lie on top. {people}; {coming}.", people=people, coming=coming)


def stack_view(pile: Pile, voice: Voice, *, loose: int) -> StackView:
    """The drawing of the pile with ``loose`` names beside it, and its words."""
    top = pile.top[:loose]
    dormant = min(pile.dormant, max(0, pile.total - len(top)))
    others = max(0, pile.total - len(top) - dormant)
    drawing = pile_drawing(
        [(tie, short_chance(float(tie.chances.comes_by_30), voice)) for tie in top],
        (others, voice.say(say_n("{n} other", "{n} others", others))),
        (dormant, voice.text("{number} dormant", number=voice.number(dormant))),
        loose=loose,
    )
    words = voice.text(
        "A stack of sheets, freshest on top: {names}; then {others} thin sheets and {dormant} dashed ones: dormant.",
        names=", ".join(shown(tie.name) for tie in top) or "–",
        others=voice.number(others),
        dormant=voice.number(dormant),
    )
    return StackView(drawing, voice.say(say_n("The pile of {n} person", "The pile of {n} people", pile.total)), words)


def short_chance(share: float, voice: Voice) -> str:
    """A chance as it fits beside a drawing: "9 in 10"."""
    tenths = min(9, round(10 * share))
    return voice.text("{tenths} in 10", tenths=str(tenths)) if tenths else voice.text("hardly")


def _row(tie: Tie, voice: Voice) -> Row:
    chances = tie.chances
    return Row(
        of_tie(tie),
        voice.chance(chances.comes_by_30),
        voice.figure(chances.comes_by_30),
        voice.text("{low} and {high}", low=chances.low, high=chances.high),
        voice.say(last_sign(tie.last)),
        circle_words(voice, tie.circle),
    )


def _circles(places: tuple[CirclePlace, ...], voice: Voice) -> CircleView:
    seasons = Counter((place.circle, place.season) for place in places)
    lines = [voice.text("You in the middle.")]
    for circle in CIRCLES:
        counts = [seasons[circle, season] for season in SEASONS]
        if sum(counts):
            lines.append(
                voice.text(
                    "Circle {circle}: {touch} in touch this season, {quiet} quiet, {dormant} dormant.",
                    circle=str(circle),
                    touch=voice.number(counts[0]),
                    quiet=voice.number(counts[1]),
                    dormant=voice.number(counts[2]),
                )
            )
    return CircleView(circle_drawing(places), " ".join(lines), capital(_caption(seasons, voice)))


def _caption(seasons: Counter[tuple[int, str]], voice: Voice) -> str:
    quiet = seasons[50, "quiet"] + seasons[15, "quiet"] + seasons[5, "quiet"]
    if not quiet:
        return voice.text("Nobody of your fifty has fallen quiet.")
    return voice.say(
        say_n(
            "Of your fifty, {n} has fallen quiet: that is where a greeting does most.",
            "Of your fifty, {n} have fallen quiet: that is where a greeting does most.",
            quiet,
        )
    )
