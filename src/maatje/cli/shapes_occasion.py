"""Occasions as JSON: a contract, so names stay as they are."""

from __future__ import annotations

from maatje.app import after, coffee, guests, occasions
from maatje.app.wording import Voice
from maatje.cli.shapes import Json, iso
from maatje.model.briefing import Briefing, BriefingLine, CoffeePlan, Path, Unmet
from maatje.model.occasion import Guest, Introduction, Occasion, Promise
from maatje.model.sentence import Sentence
from maatje.planning.brushup import BrushUp


def occasion(one: Occasion) -> Json:
    """One occasion."""
    return {
        "id": one.id,
        "name": one.name,
        "kind": one.kind,
        "begin": iso(one.begin),
        "end": iso(one.end),
        "all_day": one.all_day,
        "zone": one.zone or None,
        "place": one.place or None,
        "series": one.series or None,
        "source": one.source.value,
        "people": [
            {"name": figure.name, "part": figure.part.value, "contact": figure.contact_id} for figure in one.figures
        ],
        "cost": {"hours": one.cost_hours, "money": one.cost_money, "currency": one.currency or None},
        "evening": one.evening.value if one.evening is not None else None,
    }


def every(lines: tuple[occasions.Line, ...], offers: tuple[occasions.Offer, ...]) -> Json:
    """``occasion list``."""
    return {
        "occasions": [
            {
                **occasion(line.occasion),
                "guests": line.guests,
                "known": line.known,
                "unsure": line.unsure,
                "spoken": line.spoken,
                "past": line.is_past,
                "missing_years": list(line.missing),
            }
            for line in lines
        ],
        "offers": [
            {
                "event": one.event_id,
                "name": one.name,
                "at": iso(one.at),
                "place": one.place or None,
                "all_day": one.all_day,
                "guests": one.guests,
                "kind": one.kind or None,
            }
            for one in offers
        ],
    }


def guest(one: Guest) -> Json:
    """One guest."""
    return {
        "id": one.id,
        "name": one.name,
        "organisation": one.organisation or None,
        "title": one.title or None,
        "mail": one.mail or None,
        "status": one.status.value,
        "contact": one.contact_id,
        "candidates": list(one.candidates),
        "dropped": one.dropped,
        "leave_alone": one.leave_alone,
        "me": one.is_me,
        "wanted": one.wanted,
    }


def preview(found: guests.Preview, voice: Voice, *, is_added: bool) -> Json:
    """``occasion guests`` with a list: what it makes of the guests, and whether that was written."""
    return {
        "occasion": {"id": found.occasion.id, "name": found.occasion.name},
        "added": is_added,
        "columns": [
            {
                "number": column.number + 1,
                "header": column.header,
                "meaning": column.meaning.value,
                "sure": column.sure,
                "samples": list(column.samples),
            }
            for column in found.columns
        ],
        "guests": [
            {**guest(entry.guest), "state": entry.state, "phone": entry.phone or None, "note": entry.note or None}
            for entry in found.entries
        ],
        "dropped": [guest(one) for one in found.dropped],
        "declined": found.declined,
        "repeats": found.repeats,
        "asks": found.asks,
        "notes": [voice.say(note) for note in found.notes],
        "problems": [{"where": one.where, "message": one.message} for one in found.problems],
    }


def briefing(page: Briefing, manners: tuple[Sentence, ...], voice: Voice) -> Json:
    """``occasion brief``."""
    first, business, coffee_said, thanks, wait = (voice.say(sentence) for sentence in manners)
    pacing = page.pacing
    return {
        "occasion": occasion(page.occasion),
        "manners": {
            "kind": page.manners.kind, "mourning": page.manners.mourning, "first": first, "business": business,
            "coffee": coffee_said, "thanks": thanks, "wait": wait,
        },
        "pacing": None if pacing is None else {
            "minutes": pacing.minutes, "talks": pacing.talks, "each": pacing.each, "free": pacing.free,
            "arrive": iso(pacing.arrive_at), "leave": iso(pacing.leave_at), "said": voice.say(pacing.sentence),
            "enough": voice.say(pacing.enough),
        },
        "greet": [_line(one, voice) for one in page.greet],
        "will_come": [_line(one, voice) for one in page.will_come],
        "rest": [_line(one, voice) for one in page.rest],
        "ask": [guest(one) for one in page.ask],
        "unmet": [unmet(one, voice) for one in page.unmet],
        "close": [
            {
                "contact": {"id": one.contact_id, "name": one.name}, "to": {"id": one.to_id, "name": one.to_name},
                "evidence": [voice.say(fact) for fact in one.evidence],
            }
            for one in page.close
        ],
        "notes": [voice.say(note) for note in page.notes],
        "guests": page.guests,
        "known": page.known,
        "dropped": page.dropped,
    }  # fmt: skip


def _line(one: BriefingLine, voice: Voice) -> Json:
    def said(sentence: Sentence | None) -> str | None:
        return None if sentence is None else voice.say(sentence)

    return {
        "guest": one.guest_id,
        "contact": {"id": one.contact_id, "name": one.name},
        "organisation": one.organisation or None,
        "part": None if one.part is None else one.part.value,
        "last": said(one.last),
        "met": said(one.met),
        "opening": said(one.opening),
        "memory": one.memory or None,
        "promises": [voice.say(promised) for promised in one.promises],
        "change": (one.change if isinstance(one.change, str) else voice.say(one.change)) or None,
        "note": said(one.note),
    }


def unmet(one: Unmet, voice: Voice) -> Json:
    """A guest not met yet, with who can introduce."""
    return {
        **guest(one.guest),
        "paths": [_path(path, voice) for path in one.paths],
        "nobody": None if one.nobody is None else voice.say(one.nobody),
    }


def _path(path: Path, voice: Voice) -> Json:
    return {
        "via": path.via,
        "present": path.is_present,
        "thin": path.is_thin,
        "score": round(path.score, 4),
        "steps": [
            {
                "from": step.one, "to": step.other, "strength": round(step.strength, 4),
                "evidence": [voice.say(fact) for fact in step.evidence],
            }
            for step in path.steps
        ],
    }  # fmt: skip


def talked(page: after.AfterPage, voice: Voice) -> Json:
    """``occasion after``."""
    return {
        "occasion": occasion(page.occasion),
        "spoke": [
            {
                "guest": None if talk.guest is None else talk.guest.id,
                "contact": talk.contact_id,
                "name": talk.name,
                "at": iso(talk.at),
                "memory": talk.memory or None,
            }
            for talk in page.talked
        ],
        "others": [guest(one) for one in page.others],
        "promises": [promise(name, one) for name, one in page.promises],
        "thanks": {
            "said": voice.say(page.thanks.sentence),
            "by": iso(page.thanks.by),
            "done": page.thanks.is_done,
            "whom": [{"contact": who, "name": name} for who, name in page.thanks.whom],
        },
        "conflicts": [voice.say(one.sentence) for one in page.conflicts],
        "coffee": page.may_coffee,
    }


def promise(name: str, one: Promise) -> Json:
    """One promise."""
    return {
        "id": one.id,
        "contact": {"id": one.contact_id, "name": name},
        "whose": one.whose.value,
        "text": one.text,
        "made_at": iso(one.made_at),
        "due": iso(one.due),
        "done_at": iso(one.done_at),
        "occasion": one.occasion_id,
    }


def introduction(one: Introduction, to_name: str) -> Json:
    """One introduction."""
    return {
        "id": one.id,
        "state": one.state.value,
        "via": one.via,
        "to": {"id": one.to, "name": to_name},
        "other": one.other,
        "at": iso(one.at),
        "occasion": one.occasion_id,
    }


def coffee_plan(name: str, contact_id: int, plan: CoffeePlan, voice: Voice, words: str) -> Json:
    """``coffee NAME``."""
    return {
        "contact": {"id": contact_id, "name": name},
        "moments": [{"begin": iso(one.begin), "end": iso(one.end)} for one in plan.moments],
        "reason": None if plan.reason is None else voice.say(plan.reason),
        "words": words or None,
    }


def proposed(found: tuple[coffee.Proposed, ...]) -> Json:
    """``coffee`` without a name."""
    return {
        "coffees": [
            {
                "contact": {"id": one.contact_id, "name": one.name},
                "begin": iso(one.begin),
                "end": iso(one.end),
                "place": one.place or None,
                "answer": None if one.answer is None else one.answer.name.lower(),
                "past": one.is_past,
            }
            for one in found
        ]
    }


def brush_up(found: BrushUp, voice: Voice) -> Json:
    """``occasion brush-up``."""
    return {
        "seconds": found.seconds,
        "faces": [
            {
                "contact": {"id": one.contact_id, "name": one.name},
                "photo": one.has_photo,
                "hint": None if one.hint is None else voice.say(one.hint),
            }
            for one in found.faces
        ],
    }
