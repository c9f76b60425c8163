"""Coffee with somebody: three free moments, an invitation as a file, plain words to copy, and what was proposed."""

from __future__ import annotations

from dataclasses import dataclass

from maatje.app.coffee import Proposed
from maatje.app.wording import Voice
from maatje.model.briefing import CoffeePlan, FreeMoment
from maatje.model.record import Answer
from maatje.model.sentence import Sentence, say
from maatje.model.units import ContactId, Seconds
from maatje.web.contexts.people import Person, capital, person, shown


@dataclass(frozen=True, slots=True)
class MomentView:
    """A free moment: its begin for the form, and in words."""

    begin: int
    words: str


@dataclass(frozen=True, slots=True)
class CoffeeView:
    """The page; ``against`` says why nothing is proposed, or why there is less, or ""."""

    person: Person
    moments: tuple[MomentView, ...]
    against: str
    words: str
    minutes: int
    travel: int
    mail: str
    has_mail: bool
    proposed: tuple[str, ...]
    is_barred: bool


def coffee_view(
    who: tuple[ContactId, str], plan: CoffeePlan, asked: tuple[int, int], known: tuple[tuple[Proposed, ...], str],
    voice: Voice,
) -> CoffeeView:  # fmt: skip
    """
    The page of one contact's coffee.

    Args:
        asked: how many minutes it takes, and the way there. known: what was proposed, and a way to mail them or "".
    """
    one = person(*who)
    proposed, link = known
    return CoffeeView(
        one,
        tuple(MomentView(moment.begin, _moment(moment, voice)) for moment in plan.moments),
        voice.say(plan.reason) if plan.reason is not None else "",
        words(plan, one.first, voice),
        *asked,
        link,
        bool(link),
        tuple(_proposed(it, voice) for it in proposed if it.contact_id == one.id),
        not plan.moments,
    )


def _moment(moment: FreeMoment, voice: Voice) -> str:
    return voice.text("{begin} to {end}", begin=capital(voice.when(moment.begin)), end=voice.time(moment.end))


def words(plan: CoffeePlan, name: str, voice: Voice) -> str:
    """Plain words to copy into a mail or message; "" where there is no moment."""
    moments = [voice.when(one.begin) for one in plan.moments]
    if not moments:
        return ""
    lines = [voice.text("Dear {name},", name=shown(name)), "", voice.text("Isn’t it time for a coffee? I could come:")]
    lines += [f"– {one}" for one in moments]
    lines += ["", voice.text("Say which suits you; another day is just as good.")]
    return "\n".join(lines)


def _proposed(one: Proposed, voice: Voice) -> str:
    said = voice.say(_standing(one))
    place = f", {shown(one.place)}" if one.place else ""
    return f"{capital(voice.when(Seconds(one.begin)))}{place}: {said}"


def _standing(one: Proposed) -> Sentence:
    if one.answer is Answer.ACCEPTED:
        return say("accepted, by your calendar")
    if one.answer is Answer.DECLINED:
        return say("declined, by your calendar")
    if one.answer is Answer.TENTATIVE:
        return say("perhaps, by your calendar")
    return say("past; no calendar told of an answer") if one.is_past else say("no calendar tells of an answer yet")
