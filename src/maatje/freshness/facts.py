"""Placeholder until the facts land."""
from __future__ import annotations
from maatje.freshness.state import States
from maatje.model.sentence import Sentence
def pulls(states: States, place: int, now: int) -> tuple[tuple[Sentence, float], ...]:
    """None yet."""
    return ()
