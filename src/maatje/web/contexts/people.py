"""People as pages name them: shortened where a name is no name any more, with the links that lead to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from maatje.app.wording import Voice
from maatje.model.interaction import Channel, Direction
from maatje.model.plan import LastTouch, Tie
from maatje.model.sentence import Day, Sentence, say
from maatje.model.units import ContactId

LONGEST_NAME: Final = 80
LONGEST_TITLE: Final = 160
MEETINGS: Final = (Channel.MEETING, Channel.ENCOUNTER)


@dataclass(frozen=True, slots=True)
class Person:
    """A name and where it leads. ``first`` is what one would call them: the first name where there is one."""

    id: ContactId
    name: str
    first: str

    @property
    def url(self) -> str:
        """Their own page."""
        return f"/contact/{self.id}"

    @property
    def why_url(self) -> str:
        """Why they are, or are not, on the week's page."""
        return f"/why/{self.id}"


def shown(text: str, longest: int = LONGEST_NAME) -> str:
    """A stored text on one line and of bearable length; a mark says that it went on."""
    line = " ".join(text[: 4 * longest].split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def person(contact_id: ContactId, name: str) -> Person:
    """The person as pages name them; somebody without any name goes by number."""
    full = shown(name) or f"#{contact_id}"
    first = full.split()[0]
    is_given = len(first) > 1 and first.isalpha() and "@" not in full
    return Person(contact_id, full, first if is_given else full)


def of_tie(tie: Tie) -> Person:
    """The person of a tie."""
    return person(tie.contact_id, tie.name)


def last_sign(last: LastTouch) -> Sentence:
    """The latest moment in a few words: who came to whom, and when."""
    if last.channel in MEETINGS:
        return say("met, {day}", day=Day(last.at))
    if last.direction == Direction.IN:
        return say("they wrote, {day}", day=Day(last.at))
    return say("you wrote, {day}", day=Day(last.at))


def circle_words(voice: Voice, circle: int | None) -> str:
    """A circle as its figure, or that there is none."""
    return str(circle) if circle else voice.text("none")


def capital(text: str) -> str:
    """The text as it begins a line; Dutch leaves the second accent of "één" only."""
    return "Eén" + text[3:] if text.startswith("één") else text[:1].upper() + text[1:]


def listing(parts: Sequence[str | Sentence], voice: Voice) -> str:
    """Words one after the other with commas; only the first begins a line."""
    if not parts:
        return ""
    said: str | Sentence = parts[0]
    text = said if isinstance(said, str) else voice.say(said)
    for part in parts[1:]:
        text = voice.text("{one}, {other}", one=text, other=part)
    return text
