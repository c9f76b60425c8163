"""A text of one's own, read for panting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatje.planning.draft import KINDS, LONGEST, draft_check


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("Hi Bram, I'm just following up; could I pick your\nbrain?", ["just following up", "pick your brain"]),
        ("Don’t miss this unique opportunity.", ["Don’t miss", "unique opportunity"]),
        ("Beste Wim, zullen we eens vrijblijvend kennismaken?", ["vrijblijvend kennismaken"]),
        ("Ik kom even terug op mijn vorige mail.", ["Ik kom even terug op"]),
        ("Dear {first_name}, hello [Name]", ["{first_name}", "[Name]"]),
        ("Heb je mijn mail gezien? Hou me in gedachten.", ["Heb je mijn mail gezien", "Hou me in gedachten"]),
    ],
)
def test_panting_is_named(text, phrases):
    """The offending phrases are quoted as written, in reading order, in either language."""
    found = draft_check(text)
    assert phrases == [offence.phrase for offence in found]
    assert all(text[offence.begin : offence.end].split() == offence.phrase.split() for offence in found)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bram! I walked past the quay and thought of your speech with the engine cover. How is Jet's bassoon?",
        "Ha Aaltje, maandag is het zover. Veel plezier in je nieuwe huis; ik moest denken aan de kruudmoes.",
        "Lang niet gesproken! Ik kwam een foto van de remise tegen.",
        "The asapargus was good.",
    ],
)
def test_a_plain_greeting_passes(text):
    """What one would say to a friend is left alone."""
    assert draft_check(text) == ()


def test_one_language_alone():
    """A Dutch check does not stumble over English, and the other way round."""
    text = "Quick call? Even checken of dit gelegen komt."
    assert [offence.phrase for offence in draft_check(text, "en")] == ["Quick call"]
    assert [offence.phrase for offence in draft_check(text, "nl")] == ["Even checken of"]
    assert len(draft_check(text)) == 2


def test_every_kind_says_what_is_amiss():
    """Each kind of phrase has its own sentence, and it names the phrase."""
    assert all("{phrase}" in sentence.text for sentence in KINDS.values())


@given(st.text(max_size=300))
def test_any_text_can_be_checked(text):
    """Offences lie within the text, in order, and never overlap."""
    end = 0
    for offence in draft_check(text):
        assert end <= offence.begin < offence.end <= len(text)
        end = offence.end


def test_a_huge_text_is_read_to_a_limit():
    """A book pasted by mistake is read as far as a greeting could reach."""
    assert draft_check("x" * LONGEST + " synergy") == ()
