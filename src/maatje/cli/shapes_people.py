"""Who is who, as JSON."""

from __future__ import annotations

from maatje.app.forget import Gone
from maatje.app.wording import Voice
from maatje.cli.shapes import Json, iso
from maatje.model.same import Duplicates, Side, Told


def duplicates(found: Duplicates, voice: Voice) -> Json:
    """The pairs that may be one person."""
    return {
        "total": found.total,
        "proposals": found.proposals,
        "pairs": [
            {
                "one": _side(pair.one),
                "other": _side(pair.other),
                "chance": round(pair.chance, 4),
                "verdict": "proposal" if pair.is_proposal else "question",
                "facts": [{"said": voice.say(fact.sentence), "bits": round(fact.bits, 2)} for fact in pair.facts],
            }
            for pair in found.pairs
        ],
    }


def _side(side: Side) -> Json:
    return {
        "id": side.contact_id,
        "name": side.name,
        "handles": list(side.handles),
        "organisation": side.organisation,
        "title": side.title,
        "moments": side.moments,
        "first_at": iso(side.first_at),
        "last_at": iso(side.last_at),
    }


def told(found: Told) -> Json:
    """What is known of a contact, field by field, with where each comes from."""
    return {
        "id": found.contact_id,
        "fields": [
            {
                "name": field.name,
                "value": field.value,
                "origin": field.origin,
                "source": field.source or None,
                "since": iso(field.since),
            }
            for field in found.fields
        ],
        "parts": [{"id": part.contact_id, "name": part.name, "handles": list(part.handles)} for part in found.parts],
    }


def gone(found: Gone) -> Json:
    """What was erased, and how that was checked."""
    going = found.going
    return {
        "contact": {"id": going.contact_id, "name": going.name},
        "handles": going.handles,
        "cards": going.cards,
        "messages": going.messages,
        "shared": going.shared,
        "memories": going.memories,
        "files": found.files,
        "bytes_checked": found.checked,
        "left": [str(path) for path in found.left],
        "backups": [str(path) for path in going.backups],
    }
