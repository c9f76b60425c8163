"""Occasions as plain text: the list, what a list of guests holds, the briefing, what came of it, coffee."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click

from maatje.app import after, coffee, guests, occasions
from maatje.app.wording import N_, Voice
from maatje.cli.show import heading, opened, paragraph
from maatje.model.briefing import Briefing, BriefingLine, CoffeePlan, Path, Unmet
from maatje.model.occasion import Guest, GuestStatus, Introduction, IntroductionState, Occasion, Promise, Whose
from maatje.model.record import Answer
from maatje.model.sentence import Sentence
from maatje.model.units import ContactId
from maatje.planning.brushup import Face

MANY = 40
"""So many guests are named one by one; the whole list is in --json."""

MEANINGS = (
    *(N_("name"), N_("first name"), N_("particle"), N_("last name"), N_("organisation"), N_("title"), N_("mail")),
    *(N_("phone"), N_("status"), N_("ticket"), N_("note"), N_("date"), N_("host"), N_("ignored")),
)
"""What a column may hold, for the catalogue."""

STATES = {
    IntroductionState.ASKED: N_("asked"),
    IntroductionState.MADE: N_("made"),
    IntroductionState.DECLINED: N_("declined"),
}
ANSWERS = {
    Answer.ACCEPTED: N_("accepted, as your calendar shows"),
    Answer.DECLINED: N_("declined, as your calendar shows"),
    Answer.TENTATIVE: N_("perhaps, as your calendar shows"),
}


def title(one: Occasion, voice: Voice) -> str:
    """An occasion in one line: when, what, where, number."""
    where = f", {one.place}" if one.place else ""
    return f"{voice.when(one.begin, all_day=one.all_day)}: {one.name}{where}  #{one.id}"


def every(lines: Sequence[occasions.Line], offers: Sequence[occasions.Offer], voice: Voice) -> str:
    """All occasions, and what the calendars offer."""
    told = [paragraph(voice.text("No occasions yet. Begin with: maatje occasion new NAME --on 2026-06-11"))]
    if lines:
        told = []
    for is_past, head in ((False, voice.text("Ahead")), (True, voice.text("Past"))):
        some = [line for line in lines if line.is_past is is_past]
        if some:
            told.append(heading(head))
            told += [text for line in some for text in _line(line, voice)]
    if offers:
        told.append(heading(voice.text("In your calendar"), voice.text("maatje occasion new --event NUMBER")))
        told += [
            paragraph(f"{one.event_id}  {voice.when(one.at, all_day=one.all_day)}: {one.name}", 2) for one in offers
        ]
    return "\n".join(told).lstrip("\n")


def _line(line: occasions.Line, voice: Voice) -> list[str]:
    told = [paragraph(title(line.occasion, voice), 2)]
    numbers = []
    if line.guests:
        numbers.append(voice.text_n("one guest", "{n} guests", line.guests))
        numbers.append(voice.text("{n} known", n=str(line.known)))
    if line.unsure:
        numbers.append(voice.text("{n} to be asked", n=str(line.unsure)))
    if line.spoken:
        numbers.append(voice.text("{n} spoken", n=str(line.spoken)))
    if numbers:
        told.append(paragraph(", ".join(numbers), 4))
    if line.missing:
        years = ", ".join(map(str, line.missing))
        told.append(paragraph(voice.text("Of {years} nothing is known.", years=years), 4))
    return told


def preview(found: guests.Preview, voice: Voice, names: dict[ContactId, str]) -> str:
    """What a list would make of the guests: columns, who is who, what is odd."""
    lines = []
    if found.columns:
        lines.append(heading(voice.text("Columns")).lstrip("\n"))
        for column in found.columns:
            sure = "" if column.sure else "  " + voice.text("(is that right? --column {n}=…)", n=str(column.number + 1))
            samples = ", ".join(sample for sample in column.samples if sample)
            head = f"{column.number + 1}  {column.header or '–'}: {voice.text(column.meaning.value)}{sure}"
            lines.append(paragraph(f"{head}  {samples}", 2))
    lines.append(heading(voice.text_n("One guest", "{n} guests", len(found.entries))))
    lines += [_entry(entry.guest, entry.state, voice, names) for entry in found.entries[:MANY]]
    if len(found.entries) > MANY:
        lines.append("  " + voice.text("… and {n} more; all of them: --json", n=str(len(found.entries) - MANY)))
    if found.dropped:
        lines.append(heading(voice.text_n("One drops out", "{n} drop out", len(found.dropped))))
        lines += [f"  {guest.name}" for guest in found.dropped[:MANY]]
    lines += [paragraph(f"· {voice.say(note)}", 2) for note in found.notes]
    if found.problems:
        left_out = voice.text_n("One line could not be read.", "{n} lines could not be read.", len(found.problems))
        lines.append(paragraph(f"· {left_out}", 2))
    return "\n".join(lines)


def _entry(guest: Guest, state: str, voice: Voice, names: dict[ContactId, str]) -> str:
    new = "+" if state == guests.NEW else "↩" if state == guests.BACK else " "
    work = f", {guest.organisation}" if guest.organisation else ""
    return paragraph(f"{new} {guest.name}{work}  ({who(guest, voice, names)})", 2)


def who(guest: Guest, voice: Voice, names: dict[ContactId, str]) -> str:
    """Who a guest is, in a few words."""
    if guest.is_me:
        return voice.text("you")
    if guest.status is GuestStatus.KNOWN and guest.contact_id is not None:
        alone = ", " + voice.text("to be left alone") if guest.leave_alone else ""
        return f"{names.get(guest.contact_id, '')} #{guest.contact_id}{alone}"
    if guest.status is GuestStatus.PERHAPS:
        able = ", ".join(f"{names.get(one, '')} #{one}" for one in guest.candidates[:3])
        return voice.text("perhaps {names}", names=able)
    return voice.text("not met yet")


def listed(found: Iterable[Guest], voice: Voice, names: dict[ContactId, str]) -> str:
    """A list of guests as it is kept."""
    lines = []
    for guest in found:
        gone = "  " + voice.text("dropped out") if guest.dropped else ""
        wish = "  " + voice.text("you would like to meet them") if guest.wanted else ""
        work = f", {guest.organisation}" if guest.organisation else ""
        lines.append(paragraph(f"{guest.id}  {guest.name}{work}  ({who(guest, voice, names)}){gone}{wish}", 2))
    return "\n".join(lines) if lines else voice.text("There is no list of guests yet.")


def briefing(page: Briefing, manners: Sequence[Sentence], voice: Voice, names: dict[ContactId, str]) -> str:
    """What to know before an occasion."""
    lines = [click.style(title(page.occasion, voice), bold=True), ""]
    lines += [paragraph(f"· {voice.say(sentence)}", 2) for sentence in manners]
    if page.pacing is not None:
        lines.append(heading(voice.text("Pacing")))
        if page.pacing.arrive_at is not None and page.pacing.leave_at is not None:
            arrive, leave = voice.time(page.pacing.arrive_at), voice.time(page.pacing.leave_at)
            lines.append(paragraph(voice.text("Arrive at {arrive}, leave by {leave}.", arrive=arrive, leave=leave), 2))
        lines.append(paragraph(voice.say(page.pacing.sentence), 2))
        lines.append(paragraph(voice.say(page.pacing.enough), 2))
    if page.greet:
        lines.append(heading(voice.text("To greet"), voice.text("a handful; more is not needed")))
        lines += [text for one in page.greet for text in _person(one, voice)]
    if page.will_come:
        lines.append(heading(voice.text("They will come to you"), voice.text("do nothing")))
        lines += [paragraph(one.name, 2) for one in page.will_come]
    if page.close:
        lines.append(heading(voice.text("Who was close to whom")))
        for close in page.close:
            why = ", ".join(voice.say(fact) for fact in close.evidence)
            pair = voice.text("{name} and {other}", name=close.name, other=close.to_name)
            lines.append(paragraph(f"{pair}: {why}", 2))
    if page.ask:
        lines.append(heading(voice.text("Do you know them?"), voice.text("maatje occasion guests OCCASION --is …")))
        lines += [paragraph(f"{guest.id}  {guest.name}  ({who(guest, voice, names)})", 2) for guest in page.ask[:MANY]]
    lines += _strangers(page.unmet, voice, names)
    if page.rest:
        lines.append(heading(voice.text("Also known")))
        lines.append(paragraph("; ".join(_bare(one, voice) for one in page.rest), 2))
    lines += ["", *(paragraph(f"· {voice.say(note)}", 2) for note in page.notes)]
    return "\n".join(lines).rstrip()


def _bare(one: BriefingLine, voice: Voice) -> str:
    return f"{one.name} ({voice.say(one.note)})" if one.note is not None else one.name


def _person(one: BriefingLine, voice: Voice) -> list[str]:
    work = f", {one.organisation}" if one.organisation else ""
    lines = ["  " + click.style(one.name, bold=True) + work]
    is_said = one.met is not None and one.opening is not None and one.met.values == one.opening.values
    facts = [fact for fact in (one.last, None if is_said else one.met, one.opening, one.note) if fact is not None]
    lines += [paragraph(voice.say(fact), 4) for fact in facts]
    lines += [paragraph(voice.say(fact), 4) for fact in one.promises]
    if one.memory:
        lines.append(paragraph(f"“{one.memory}”", 4))
    return lines


def _strangers(some: Sequence[Unmet], voice: Voice, names: dict[ContactId, str]) -> list[str]:
    if not some:
        return []
    lines = [heading(voice.text("Not met yet"), voice.text("somebody you would like to meet? maatje occasion meet"))]
    for one in some:
        if one.paths or one.nobody is not None:
            lines += unmet(one, voice, names)
    others = [one.guest.name for one in some if not one.paths and one.nobody is None]
    if others:
        rest = "" if len(others) <= MANY else " …"
        lines.append(paragraph(", ".join(others[:MANY]) + rest, 2))
    return lines


def unmet(one: Unmet, voice: Voice, names: dict[ContactId, str]) -> list[str]:
    """Somebody not met yet, with who can introduce."""
    work = f", {one.guest.organisation}" if one.guest.organisation else ""
    lines = ["  " + click.style(one.guest.name, bold=True) + work]
    lines += [paragraph(line, 4) for path in one.paths for line in _path(path, voice, names)]
    if one.nobody is not None:
        lines.append(paragraph(voice.say(one.nobody), 4))
    return lines


def _path(path: Path, voice: Voice, names: dict[ContactId, str]) -> list[str]:
    via = names.get(path.via, "")
    here = voice.text("{name}, who is there", name=via) if path.is_present else via
    between = [names.get(step.other, "") for step in path.steps[1:-1]]
    if between:
        here = voice.text("{name}, by way of {other}", name=here, other=between[0])
    facts = "; ".join(", ".join(voice.say(fact) for fact in step.evidence) for step in path.steps[1:] if step.evidence)
    line = f"{here}: {facts}" if facts else here
    thin = voice.text("Ask first whether they know each other at all.") if path.is_thin else ""
    return [line, thin] if thin else [line]


def talked(page: after.AfterPage, voice: Voice) -> str:
    """What came of an occasion, as far as it was told."""
    lines = [click.style(title(page.occasion, voice), bold=True)]
    lines.append(heading(voice.text("You spoke")))
    for talk in page.talked:
        number = f"  #{talk.contact_id}" if talk.contact_id is not None else ""
        lines.append(paragraph(f"{talk.name}{number}" + (f"  “{talk.memory}”" if talk.memory else ""), 2))
    if not page.talked:
        lines.append(paragraph(voice.text("Nobody yet: maatje occasion after OCCASION --spoke NAME"), 2))
    if page.promises:
        lines.append(heading(voice.text("Promised")))
        lines += [paragraph(promise(name, one, voice), 2) for name, one in page.promises]
    lines.append(heading(voice.text("Thanks")))
    done = voice.text("Done.") if page.thanks.is_done else voice.text("Done? maatje occasion after OCCASION --thanked")
    lines.append(paragraph(f"{voice.say(page.thanks.sentence)} {done}", 2))
    lines += [paragraph(f"· {voice.say(conflict.sentence)}", 2) for conflict in page.conflicts]
    return "\n".join(lines)


def promise(name: str, one: Promise, voice: Voice) -> str:
    """A promise in one line, with its number."""
    said = N_("You promised {name} “{text}”.") if one.whose is Whose.MINE else N_("{name} promised you “{text}”.")
    due = "  " + voice.text("by {day}", day=voice.date(one.due)) if one.due is not None else ""
    done = "" if one.is_open else "  " + voice.text("settled")
    return f"{one.id}  {voice.text(said, name=name, text=one.text)}{due}{done}"


def introduction(one: Introduction, to_name: str, voice: Voice, names: dict[ContactId, str]) -> str:
    """An introduction in one line."""
    state = voice.text(STATES[one.state])
    if one.via is None:
        pair = voice.text("{name} and {other}", name=to_name, other=names.get(one.other or ContactId(0), ""))
        return f"{voice.date(one.at)}  {pair} ({voice.text('by you')})"
    told = voice.text("{via} to {to}", via=names.get(one.via, ""), to=to_name)
    return f"{voice.date(one.at)}  {told} ({state})"


def coffee_plan(name: str, plan: CoffeePlan, voice: Voice) -> str:
    """Free moments, and the words to copy."""
    lines = []
    if plan.moments:
        lines.append(heading(voice.text("Coffee with {name}", name=name)).lstrip("\n"))
        lines += [f"  {at}  {voice.when(one.begin)} – {voice.time(one.end)}" for at, one in enumerate(plan.moments, 1)]
        lines += ["", paragraph(plain_words(plan, voice), 2), ""]
        lines.append(paragraph(voice.text("An invitation to attach to a mail: maatje coffee NAME --choose 1"), 0))
    if plan.reason is not None:
        lines.append(paragraph(opened(voice.say(plan.reason))))
    return "\n".join(lines)


def plain_words(plan: CoffeePlan, voice: Voice) -> str:
    """The words to copy into a mail."""
    able = [voice.when(one.begin) for one in plan.moments]
    moments = able[0] if len(able) == 1 else voice.text("{some} or {last}", some="; ".join(able[:-1]), last=able[-1])
    return voice.text("Isn't it time for a coffee? I could: {moments}. Does one of them suit you?", moments=moments)


def proposed(found: Sequence[coffee.Proposed], voice: Voice) -> str:
    """The coffees proposed, and what the calendars say."""
    if not found:
        return paragraph(voice.text("No coffee was proposed of late. Three free moments: maatje coffee NAME"))
    lines = []
    for one in found:
        where = f", {one.place}" if one.place else ""
        known = voice.text(ANSWERS[one.answer]) if one.answer in ANSWERS else voice.text("no calendar shows it yet")
        lines.append(paragraph(f"{voice.when(one.begin)}: {one.name}{where}  ({known})"))
    return "\n".join(lines)


def face(one: Face, voice: Voice) -> str:
    """What there is to know somebody by."""
    if one.hint is not None:
        return voice.say(one.hint)
    return voice.text("Their picture is on their page.")
