"""The year in ties."""

from __future__ import annotations

import re

from maatje.model.ledger import Yield, YieldDirection, YieldKind
from maatje.model.sentence import Sentence, say
from maatje.model.units import DAY, Days, Seconds
from maatje.planning.letter import CameBack, GoodEvening, Letter, OldestSeen, Wrong, YearInput, year_letter

T0 = Seconds(1_750_000_000)


def section(letter: Letter, key: str) -> list[str]:
    """The English of one section's lines."""
    (found,) = [one for one in letter.sections if one.key == key]
    return [one.text for one in found.lines]


def made(number: int, direction: YieldDirection) -> Yield:
    """One thing with a sum of money, which the letter keeps to itself."""
    at = Seconds(T0 - number * DAY)
    return Yield(number, YieldKind.REFERRAL, direction, at, f"thing {number}.", worth_cents=98_765_432, currency="EUR")


FULL = YearInput(
    2026,
    came_back=[
        CameBack("Anna", T0, Days(700.0), True),
        CameBack("Bram", T0, Days(4000.0), False),
        *(CameBack(f"P{n}", T0, Days(400.0 + n), True) for n in range(5)),
    ],
    oldest=OldestSeen("Carla", Seconds(T0 - 9000 * DAY), T0),
    evenings=[GoodEvening("Jubilee", T0), GoodEvening("Herring party", Seconds(T0 - 9 * DAY))],
    yields=[made(1, YieldDirection.RECEIVED), made(2, YieldDirection.GIVEN), made(3, YieldDirection.RECEIVED)],
    wrong=Wrong(expected=9, stayed_away=3, unexpected=1, greeted=12, silent=4),
    first_met=["Dirk"],
    blind_spots=[say("No calls are read.")],
)


def test_a_full_year_in_its_order() -> None:
    """People first, then evenings, then what was given and received, then what was wrong and unseen."""
    letter = year_letter(FULL)
    keys = ["came_back", "oldest", "met", "evenings", "received", "given", "wrong", "unseen"]
    assert [one.key for one in letter.sections] == keys
    assert letter.opening.text == "{year}, in ties."


def test_the_longest_silence_leads_and_the_rest_is_counted() -> None:
    """Five by name, two more by number; who came by themselves is told apart."""
    lines = section(year_letter(FULL), "came_back")
    assert lines[0].startswith("{name}, in {month}: you wrote")
    assert lines[1].startswith("{name} came by")
    assert len(lines) == 6
    assert lines[-1] == "And {n} more."


def test_what_the_model_got_wrong_is_told() -> None:
    """All three ways of being wrong, in plain counts."""
    assert len(section(year_letter(FULL), "wrong")) == 3
    assert section(year_letter(YearInput(2026, wrong=Wrong(expected=4))), "wrong") == [
        "Nothing that it said this year; that is luck too."
    ]


def test_a_year_of_nothing_is_one_sentence() -> None:
    """No empty headings and no consolation."""
    letter = year_letter(YearInput(2026))
    assert letter.sections == ()
    assert letter.opening.text == "Of {year} nothing is known here."


def test_no_grade_and_no_money() -> None:
    """Neither a sum nor a word of praise or blame; things by time."""
    letter = year_letter(FULL)
    assert "98765432" not in repr([one.lines for one in letter.sections])
    texts = " ".join(_texts([line for one in letter.sections for line in one.lines]))
    assert not re.search(
        r"\b(well done|great|score|better|worse|more than|grade|congratulat\w*)\b", texts, re.IGNORECASE
    )
    received = next(one for one in letter.sections if one.key == "received")
    assert [dict(line.values)["what"] for line in received.lines] == ["thing 3", "thing 1"]


def _texts(lines: list[Sentence]) -> list[str]:
    return [text for line in lines for text in (line.text, line.plural or "")]
