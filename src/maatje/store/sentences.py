"""Sentences kept in the store, to be said later in whatever language is asked for then."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from maatje.model import sentence
from maatje.model.sentence import Sentence

_TYPES: Final = (sentence.Span, sentence.Day, sentence.MonthOf, sentence.Chance, sentence.Count)
_VALUES: Final = {one.__name__: one for one in _TYPES}


def shape(what: Sentence) -> dict[str, Any]:
    """A sentence as JSON can hold it; typed values by the name of their type."""
    values = [
        [name, type(one).__name__, getattr(one, one.__slots__[0])] if isinstance(one, _TYPES) else [name, "", one]
        for name, one in what.values
    ]
    return {"text": what.text, "values": values, "plural": what.plural}


def read(known: dict[str, Any]) -> Sentence:
    """The sentence again that ``shape`` was made of."""
    values = tuple((name, _VALUES[kind](one) if kind else one) for name, kind, one in known["values"])
    return Sentence(known["text"], values, known["plural"])


def written(*some: Sentence) -> str:
    """Sentences as one text."""
    return json.dumps([shape(one) for one in some], ensure_ascii=False)


def all_read(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text that ``written`` made; one that stands alone, as it was kept before, as well."""
    known = json.loads(text)
    return tuple(read(one) for one in (known if isinstance(known, list) else [known]))


def weighed(some: Sequence[Sentence], bits: Sequence[float]) -> str:
    """Sentences with a weight each, as one text."""
    return json.dumps([[shape(one), weight] for one, weight in zip(some, bits, strict=True)], ensure_ascii=False)


def all_weighed(text: str) -> tuple[tuple[Sentence, ...], tuple[float, ...]]:
    """The sentences and weights of a text that ``weighed`` made."""
    known = json.loads(text)
    return tuple(read(one) for one, _ in known), tuple(weight for _, weight in known)
