"""What came of it on the command line: one line and a yes, each bad input a sentence, reads as JSON, all taken back."""

from __future__ import annotations

import pytest
from tests.cli.conftest import Maatje, read_json

LINE = "anna@example.net referred me to the municipality, via Bob"


def test_one_line_is_written_down_and_taken_back(filled: Maatje) -> None:
    """Understood, said back, kept with its number; the list has it, and undo takes it out."""
    said = filled("yield", "add", LINE, "--yes")
    assert said.code == 0, said.err
    assert "referral, received" in said.out
    assert "Bob van den Berg (#" in said.out
    assert "number 1" in said.out
    (made,) = read_json(filled("yield", "list", "--json"))
    assert (made["kind"], made["direction"], made["text"]) == ("referral", "received", LINE)
    assert made["people"][0]["name"] == "Bob van den Berg"
    assert filled("undo").code == 0
    assert read_json(filled("yield", "list", "--json")) == []
    assert "Nothing is written down yet" in filled("yield", "list").out


def test_nothing_is_kept_unseen(filled: Maatje) -> None:
    """With nobody at the keyboard and no --yes nothing is written, and the sentence says what to add."""
    said = filled("yield", "add", LINE)
    assert said.code == 2
    assert "--yes" in said.err
    assert read_json(filled("yield", "list", "--json")) == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("Piet Onbekend gave me a tip", "--yes"), "Nobody here answers to “Piet Onbekend”"),
        (("something with boats", "--yes"), "what kind it is"),
        (("Bob gave me a tip", "--yes", "--day", "someday"), "is no day"),
        (("Bob gave me a tip", "--yes", "--worth", "12 apples"), "12 apples"),
        (("Bob gave me a tip", "--yes", "--with", "Quentin"), "Nobody here answers to “Quentin”"),
    ],
)
def test_bad_input_is_said(filled: Maatje, words: tuple[str, ...], sentence: str) -> None:
    """Each has its own sentence and exit code 2; nothing is written."""
    said = filled("yield", "add", *words)
    assert said.code == 2
    assert sentence in said.err
    assert read_json(filled("yield", "list", "--json")) == []


def test_what_a_line_does_not_say_is_said_beside_it(filled: Maatje) -> None:
    """Kind, direction, people, day and worth as options; whoever is not known can be left out."""
    made = read_json(
        filled(
            "yield", "add", "A word in the right ear", "--kind", "other", "--direction", "given", "--with", "Bob",
            "--day", "2026-05-03", "--worth", "a lot", "--yes", "--json",
        )
    )["yield"]  # fmt: skip
    assert (made["kind"], made["direction"], made["at"], made["worth_word"]) == (
        "other", "given", "2026-05-03T12:00:00Z", "a lot",
    )  # fmt: skip
    assert filled("yield", "add", "Piet Onbekend gave me a tip", "--nobody", "--yes").code == 0
    found = read_json(filled("yield", "list", "--json"))
    assert found[0]["people"] == []


def test_changed_and_taken_out(filled: Maatje) -> None:
    """By number; only what is named changes; a number that is not there is said."""
    assert filled("yield", "add", LINE, "--yes").code == 0
    assert filled("yield", "edit", "1", "--worth", "€ 1.250,50", "--lang", "nl").code == 0
    (made,) = read_json(filled("yield", "list", "--json"))
    assert (made["worth_cents"], made["currency"], made["text"]) == (125_050, "EUR", LINE)
    assert filled("yield", "remove", "1").code == 0
    assert filled("yield", "remove", "1").code == 2
    assert filled("undo").code == 0
    assert len(read_json(filled("yield", "list", "--json"))) == 1


def test_the_report_as_json(filled: Maatje) -> None:
    """Every rate with its bounds; one thing is too early to say, in words as well."""
    assert filled("yield", "add", LINE, "--day", "2026-05-03", "--yes").code == 0
    found = read_json(filled("yield", "report", "--json"))
    assert found["received"] == {"referral": 1}
    assert found["said"][0] == "Too early to say."
    whole = found["whole"]["per_moment"]
    assert whole["number"] == 1
    assert whole["between"][0] <= whole["rate"] <= whole["between"][1]
    assert whole["enough"] is False
    words = filled("yield", "report").out
    assert "Too early to say" in words
    assert "5 minutes, which nobody measured" in " ".join(words.split())


def test_the_question_goes_once_it_is_answered(filled: Maatje) -> None:
    """Those with whom something happened lately; after something was written down there is nothing to ask."""
    assert read_json(filled("yield", "ask", "--json"))["people"]
    assert filled("yield", "add", LINE, "--yes").code == 0
    assert read_json(filled("yield", "ask", "--json"))["people"] == []


def test_the_experiment_on_and_off(filled: Maatje) -> None:
    """On with what was fixed, nothing to read while it runs, off halfway; its seed is told to nobody."""
    assert read_json(filled("yield", "experiment", "read", "--json")) is None
    begun = read_json(filled("yield", "experiment", "on", "--months", "12", "--question", "yield", "--json"))
    assert begun["question"] == "yield"
    assert "seed" not in begun
    running = read_json(filled("yield", "experiment", "read", "--json"))
    assert (running["state"], running["held"], running["contrasts"]) == ("running", None, [])
    assert filled("yield", "experiment", "on").code == 2
    assert filled("yield", "experiment", "off").code == 0
    assert read_json(filled("yield", "experiment", "read", "--json"))["state"] == "stopped"
    assert filled("yield", "experiment", "off").code == 2


def test_giving_and_the_year(filled: Maatje) -> None:
    """What could I give, and the year's letter; no year that is still to come."""
    assert filled("remember", "anna@example.net", "looks for a boatbuilder").code == 0
    assert filled("remember", "bob@example.net", "works as a boatbuilder").code == 0
    assert len(read_json(filled("give", "--json"))["matches"]) == 1
    assert "boatbuilder" in filled("give").out
    assert read_json(filled("year", "--json"))["year"] == 2026
    assert filled("year", "2025").code == 0
    assert filled("year", "2040").code == 2
