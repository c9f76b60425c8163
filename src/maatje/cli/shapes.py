"""The JSON shapes of the command line: a contract, so names stay as they are."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from maatje.app.wording import Voice
from maatje.model.contact import Handle
from maatje.model.interaction import Interaction
from maatje.model.page import Added, ContactPage, Found, Pile, SetAside, Undoable, Why
from maatje.model.plan import Ahead, Chances, LastTouch, StillOpen, Suggestion, Tie, Verdict, Week
from maatje.model.units import Seconds

Json = dict[str, Any]


def iso(at: Seconds | None) -> str | None:
    """An instant as ISO 8601 in UTC; None stays None."""
    return None if at is None else datetime.fromtimestamp(at, UTC).isoformat().replace("+00:00", "Z")


def added(result: Added) -> Json:
    """``add --json``."""
    return {
        "sources": [
            {
                "path": line.path,
                "format": line.format,
                "records": line.records,
                "new": line.new,
                "problems": line.problems,
                "first": iso(line.first_at),
                "last": iso(line.last_at),
            }
            for line in result.sources
        ],
        "contacts": result.contacts,
        "interactions": result.interactions,
        "new": result.new,
        "set_aside": {"automata": result.automata, "crowds": result.crowds},
        "me": list(result.me),
        "me_is_sure": result.me_is_sure,
        "me_asked": list(result.me_asked),
        "me_unseen": list(result.me_unseen),
        "nameless_cards": result.nameless_cards,
        "problems": [
            {"path": problem.origin.source, "where": problem.where, "message": problem.message}
            for problem in result.problems
        ],
        "problems_total": result.problems_total,
        "seconds": round(result.seconds, 2),
    }


def week(page: Week, voice: Voice) -> Json:
    """``week --json``."""
    return {
        "as_of": iso(page.as_of),
        "week": f"{page.iso_year}-W{page.iso_week:02d}",
        "quiet": page.is_quiet,
        "answers": [suggestion(item, voice) for item in page.answers],
        "greetings": [suggestion(item, voice) for item in page.greetings],
        "old_acquaintance": None if page.old_acquaintance is None else suggestion(page.old_acquaintance, voice),
        "let_them_come": [suggestion(item, voice) for item in page.let_them_come],
        "waiting": [voice.say(sentence) for sentence in page.waiting_notes],
        "occasions": [ahead(item) for item in page.occasions],
        "still_open": [still_open(item, voice) for item in page.still_open],
        "days": [{"contact": {"id": item.contact_id}, "said": voice.say(item.sentence)} for item in page.days],
        "blind_spots": [voice.say(sentence) for sentence in page.blind_spots],
    }


def still_open(item: StillOpen, voice: Voice) -> Json:
    """Something open of an occasion of late."""
    return {
        "said": voice.say(item.sentence),
        "occasion": item.occasion_id,
        "contact": item.contact_id,
        "promise": item.promise_id,
        "due": iso(item.due),
    }


def suggestion(item: Suggestion, voice: Voice) -> Json:
    """One person on the week's page."""
    shape = {
        "contact": {"id": item.tie.contact_id, "name": item.tie.name},
        "reason": voice.say(item.reason),
        "memory": item.tie.memory or None,
        "last": last(item.tie.last),
        "chances": chances(item.tie.chances),
    }
    if item.look_again_at is not None:
        shape["look_again"] = iso(item.look_again_at)
    return shape


def last(touch: LastTouch) -> Json:
    """The latest contact moment."""
    return {
        "at": iso(touch.at),
        "channel": touch.channel.name.lower(),
        "direction": touch.direction.name.lower(),
    }


def chances(given: Chances) -> Json:
    """The model's answers, rounded to what they can bear."""
    names = ("comes_by_30", "comes_by_90", "active_30", "active_90", "replies_7")
    return {name: round(getattr(given, name), 4) for name in names} | {
        "comes_by_30_interval": [round(given.low, 4), round(given.high, 4)]
    }


def ahead(item: Ahead) -> Json:
    """Something still to come."""
    return {
        "at": iso(item.at),
        "title": item.title,
        "place": item.place or None,
        "all_day": item.all_day,
        "guests": item.guests,
        "known": item.known,
        "occasion": item.occasion_id,
    }


def tie(item: Tie) -> Json:
    """One tie of the pile."""
    return {
        "contact": {"id": item.contact_id, "name": item.name},
        "freshness": {"d30": round(item.chances.comes_by_30, 4), "d90": round(item.chances.comes_by_90, 4)},
        "interval": [round(item.chances.low, 4), round(item.chances.high, 4)],
        "last": last(item.last),
        "interactions": item.interactions,
        "circle": item.circle,
    }


def pile(page: Pile) -> Json:
    """``pile --json``, best first."""
    return {
        "as_of": iso(page.as_of),
        "total": page.total,
        "matching": page.matching,
        "dormant": page.dormant,
        "ties": [tie(item) for item in page.ties],
    }


def moment(item: Interaction) -> Json:
    """One contact moment."""
    return {
        "at": iso(item.at),
        "channel": item.channel.name.lower(),
        "direction": item.direction.name.lower(),
        "title": item.title,
        "place": item.place or None,
        "set_aside": item.set_aside or None,
    }


def contact(page: ContactPage, voice: Voice) -> Json:
    """``who --json``."""
    return {
        "contact": {
            "id": page.contact.id,
            "name": page.contact.name,
            "handles": [
                {"kind": str(handle.kind), "value": handle.value, "set_aside": handle.automaton or None}
                for handle in page.contact.handles
            ],
            "organisation": page.contact.organisation or None,
            "title": page.contact.title or None,
            "birthday": page.contact.birthday or None,
            "leave_alone": page.contact.leave_alone,
            "met_in_passing": page.contact.is_light,
            "noticed": [
                {"kind": one.kind, "sentence": voice.say(one.sentence), "since": iso(one.since)} for one in page.noticed
            ],
        },
        "tie": None if page.tie is None else tie(page.tie) | {"chances": chances(page.tie.chances)},
        "place": page.place,
        "of": page.of,
        "moments": [moment(item) for item in page.moments],
        "moments_total": page.moments_total,
        "memories": [{"text": memory.text, "at": iso(memory.at)} for memory in page.memories],
        "blind_spots": [voice.say(sentence) for sentence in page.blind_spots],
    }


def handle(item: Handle) -> Json:
    """An address that is nobody's contact."""
    return {"id": item.id, "value": item.value, "is_me": item.is_me, "set_aside": item.automaton or None}


def verdict(item: Verdict, voice: Voice) -> Json:
    """What one rule of restraint says."""
    return {"rule": item.rule, "holds_back": item.holds_back, "sentence": voice.say(item.sentence)}


def why(page: Why, voice: Voice) -> Json:
    """``why --json``."""
    return {
        "contact": {"id": page.contact.id, "name": page.contact.name},
        "lead": voice.say(page.lead),
        "worth": voice.say(page.worth),
        "chances": None if page.tie is None else chances(page.tie.chances),
        "benefit": round(page.benefit, 4),
        "rank": page.rank,
        "of": page.of,
        "facts": [{"fact": voice.say(pull.sentence), "strength": round(pull.strength, 3)} for pull in page.pulls],
        "rules": [verdict(item, voice) for item in page.verdicts],
    }


def found(page: Found) -> Json:
    """``find --json``."""
    return {
        "words": page.words,
        "understood": page.understood,
        "hits": [
            {"kind": hit.kind, "contact": hit.contact_id, "name": hit.name, "text": hit.text, "at": iso(hit.at)}
            for hit in page.hits
        ],
        "more": page.more,
    }


def aside(page: SetAside, voice: Voice) -> Json:
    """``aside --json``."""
    return {
        "rules": [
            {"rule": rule, "sentence": voice.say(sentence), "messages": messages}
            for rule, sentence, messages in page.rules
        ],
        "senders": [
            {
                "handle": item.handle_id,
                "name": item.name,
                "value": item.value,
                "rule": item.rule,
                "messages": item.messages,
                "kept": item.kept,
            }
            for item in page.automata
        ],
    }


def undoable(item: Undoable, voice: Voice) -> Json:
    """One act that can be taken back."""
    back = voice.say(item.back) if item.back is not None else None
    return {"id": item.id, "at": iso(item.at), "what": voice.say(item.what), "back": back, "undone": item.undone}
