"""The drawings of an occasion: an evening's minutes add up, and a path's words stay within their step."""

from __future__ import annotations

import pytest

from maatje.web.drawings_paths import WIDTH, path_drawing, strip_drawing, two_lines


@pytest.mark.parametrize(("minutes", "talks", "each"), [(150, 5, 10), (60, 1, 20), (20, 2, 5), (90, 0, 0)])
def test_an_evening_adds_up(minutes: int, talks: int, each: int) -> None:
    """There is a bar for each talk, none overlaps the next, and the free time is all the rest."""
    found = strip_drawing(minutes, talks, each)
    assert found is not None
    assert len(found.talks) == talks
    for (x, width), (after, _) in zip(found.talks, found.talks[1:], strict=False):
        assert x + width < after
    assert found.free == (talks * each, minutes - talks * each)


def test_no_time_is_no_drawing() -> None:
    """Where there are no minutes nothing is drawn; where all is planned nothing is free."""
    assert strip_drawing(0, 0, 0) is None
    full = strip_drawing(20, 2, 10)
    assert full is not None
    assert full.free is None


@pytest.mark.parametrize("steps", [2, 3])
def test_a_path_stays_in_its_field(steps: int) -> None:
    """Every ring stands on the field in order, the last one is of somebody not met, thin steps are dashed."""
    names = ["you", "Roos Dijkema", "Somebody With A Very Long Name Indeed", "Yara Coenen"][: steps + 1]
    found = path_drawing(names, [(False, "46 meetings since 2007"), (True, "one thread"), (True, "")][:steps])
    places = [node.x for node in found.nodes]
    assert places == sorted(places)
    assert 0 < places[0] < places[-1] < WIDTH
    assert found.nodes[0].look == "me"
    assert found.nodes[-1].look == "node unmet"
    assert [line.is_weak for line in found.lines] == [False, True, True][:steps]
    assert all(len(line.words) <= 2 for line in found.lines)


def test_words_break_evenly() -> None:
    """Two lines are as even as the words allow; what does not fit ends with a mark, and nothing gets longer."""
    assert two_lines("One meeting since June 2023", 20) == ("One meeting", "since June 2023")
    assert two_lines("short", 20) == ("short",)
    assert two_lines("", 20) == ()
    assert two_lines("x" * 50, 20) == ("x" * 19 + "…",)
    assert all(len(line) <= 12 for line in two_lines("together on one hundred guest lists in all these years", 12))
