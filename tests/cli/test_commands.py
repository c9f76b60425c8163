"""The command line as a contract: JSON shapes, exit codes, one clear sentence where something is amiss."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import AT, Maatje, read_json
from tests.conftest import ME, Letter

from maatje.store.db import connect, transaction


def test_add_json_shape(maatje: Maatje, letter: Letter, tmp_path: Path) -> None:
    """What add prints as JSON has the names that others rely on."""
    (tmp_path / "a.mbox").write_text(letter("anna@example.net", ME))
    found = read_json(maatje("add", tmp_path / "a.mbox", "--me", ME, "--json"))
    assert {"sources", "contacts", "interactions", "set_aside", "me", "seconds"} <= found.keys()
    assert {"path", "format", "records", "new", "problems"} <= found["sources"][0].keys()
    assert found["set_aside"].keys() == {"automata", "crowds"}
    assert (found["contacts"], found["interactions"], found["me"]) == (1, 1, [ME])


def test_week_json_shape(filled: Maatje) -> None:
    """What week prints as JSON has the names that others rely on, and names who waits."""
    found = read_json(filled("week", "--json"))
    assert {
        "as_of",
        "answers",
        "greetings",
        "old_acquaintance",
        "let_them_come",
        "occasions",
        "blind_spots",
    } <= found.keys()
    assert [one["contact"]["name"] for one in found["answers"]] == ["Bob van den Berg"]
    one = found["answers"][0]
    assert {"contact", "reason", "memory", "last", "chances"} <= one.keys()
    assert one["contact"].keys() == {"id", "name"}
    assert one["last"].keys() == {"at", "channel", "direction"}
    assert {"comes_by_30", "comes_by_90", "active_30", "active_90", "replies_7"} <= one["chances"].keys()
    assert "shop" not in json.dumps(found)


def test_pile_json_shape(filled: Maatje) -> None:
    """What pile prints as JSON is best first and has the names that others rely on."""
    found = read_json(filled("pile", "--json"))
    assert {"as_of", "ties"} <= found.keys()
    assert {"contact", "freshness", "last", "interactions"} <= found["ties"][0].keys()
    chances = [tie["freshness"]["d30"] for tie in found["ties"]]
    assert chances == sorted(chances, reverse=True)
    assert all(tie["freshness"]["d90"] >= tie["freshness"]["d30"] for tie in found["ties"])


@pytest.mark.parametrize(
    "words", [["who", "bob"], ["why", "anna"], ["find", "boat"], ["aside"], ["doctor"], ["undo", "--list"]]
)
def test_every_read_speaks_json_and_words(filled: Maatje, words: list[str]) -> None:
    """Every reading command answers in JSON, in English and in Dutch."""
    read_json(filled(*words, "--json"))
    for lang in ("en", "nl"):
        said = filled(*words, "--lang", lang)
        assert said.code == 0
        assert said.out.strip()
        assert "{" not in said.out


def test_reading_an_empty_home_is_no_error(maatje: Maatje, tmp_path: Path) -> None:
    """Before anything was added the week says how to begin, and makes no file."""
    said = maatje("week")
    assert said.code == 0
    assert "maatje add" in said.out
    assert not (tmp_path / "home").exists()


def test_a_home_in_which_nobody_has_a_tie_yet(maatje: Maatje, letter: Letter, tmp_path: Path) -> None:
    """Cards alone, or a newsletter alone, give a page without people, not a fault."""
    (tmp_path / "cards.vcf").write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Anna\nEMAIL:anna@example.net\nEND:VCARD\n")
    (tmp_path / "news.mbox").write_text(letter("noreply@shop.example.com", ME, days=2))
    for source in ("cards.vcf", "news.mbox"):
        assert maatje("--home", tmp_path / source[:4], "add", tmp_path / source).code == 0
        for command in (["week"], ["pile"], ["week", "--json"], ["pile", "--json"], ["rebuild"], ["doctor"]):
            assert maatje("--home", tmp_path / source[:4], *command).code == 0
    assert "No contact moment" in maatje("--home", tmp_path / "card", "why", "Anna").out


def test_people_on_one_switchboard_keep_their_names(maatje: Maatje, tmp_path: Path) -> None:
    """Three cards with one office number are three people, each by their own name and organisation."""
    people = [("Kees Bakker", "kees"), ("Piet Slager", "piet"), ("Truus Smid", "truus")]
    (tmp_path / "cards.vcf").write_text(
        "".join(
            f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nEMAIL:{box}@example.net\nTEL:030-2345678\nORG:{box} bv\nEND:VCARD\n"
            for name, box in people
        )
    )
    maatje("add", tmp_path / "cards.vcf")
    for name, box in people:
        for asked in (name, f"{box}@example.net"):
            found = json.loads(maatje("who", asked, "--json").out)["contact"]
            assert (found["name"], found["organisation"]) == (name, f"{box} bv")


def test_what_was_told_is_answered_in_json_too(filled: Maatje) -> None:
    """Commands that write answer with JSON where asked: what was done, to whom, and in words."""
    told = json.loads(filled("circle", "anna@example.net", "15", "--json").out)
    assert told["said"].endswith("one of your fifteen.")
    assert set(told["contact"]) == {"id", "name"}
    for command in (
        ["remember", "anna@example.net", "Boats"],
        ["leave-alone", "anna@example.net"],
        ["quiet"],
        ["keep", "news@shop.example.com"],
        ["undo"],
        ["rebuild"],
        ["backup"],
    ):
        assert json.loads(filled(*command, "--json").out)["said"]


def test_what_goes_wrong_is_said_in_dutch(filled: Maatje, tmp_path: Path) -> None:
    """Errors speak the user's language, places and reasons included."""
    assert filled("--lang", "nl", "who", "Zebedeus").err == "Niemand hier luistert naar “Zebedeus”.\n"
    (tmp_path / "junk").write_text("nothing")
    assert "leest maatje niet" in filled("--lang", "nl", "add", tmp_path / "junk").err
    assert "er is niets met die naam" in filled("--lang", "nl", "add", tmp_path / "gone").err
    assert "wordt met rust gelaten" in filled("--lang", "nl", "leave-alone", "anna@example.net").out


def test_numbers_beyond_any_row_and_words_against_words(filled: Maatje) -> None:
    """A number that no row can have is nobody; an address cannot be the user's and not theirs at once."""
    for command in (["who", "9" * 20], ["keep", "#" + "9" * 20], ["undo", "9" * 20]):
        assert filled(*command).code == 2
    assert filled("add", "--me", "a@example.org", "--not-me", "a@example.org").code == 2


def test_a_folder_of_many_letters_is_told_in_one_line(maatje: Maatje, letter: Letter, tmp_path: Path) -> None:
    """Fifty files of one kind are one line in words, and one by one in JSON."""
    (tmp_path / "letters").mkdir()
    for number in range(50):
        said = letter("anna@example.net", ME, days=number + 1).split("\n", 1)[1]
        (tmp_path / "letters" / f"{number}.eml").write_text(said)
    out = maatje("add", tmp_path / "letters").out
    assert "50 files in" in out
    assert out.count("eml") <= 2
    assert len(json.loads(maatje("--json", "add", tmp_path / "letters").out)["sources"]) == 50


def test_names_that_nobody_or_several_bear(filled: Maatje) -> None:
    """An unknown name is said to be unknown; an ambiguous one lists the candidates with their numbers."""
    said = filled("who", "Zebedeus")
    assert (said.code, "Zebedeus" in said.err, said.out) == (2, True, "")
    said = filled("circle", "zzz", "5")
    assert said.code == 2


def test_a_sender_that_was_set_aside_is_shown_with_its_rule(filled: Maatje) -> None:
    """Asking who a newsletter is tells the rule that set it aside and how to take it back."""
    said = filled("who", "news@shop.example.com")
    assert said.code == 0
    assert "newsletter" in said.out.lower()
    assert "maatje keep" in said.out


def test_wishes_are_kept_and_undone(filled: Maatje) -> None:
    """A circle, a memory, a wish to leave alone: each shows, and undo takes the last one back."""
    assert filled("circle", "anna", "5").code == 0
    assert filled("remember", "anna", "The", "boat").code == 0
    assert filled("leave-alone", "anna").code == 0
    assert read_json(filled("who", "anna", "--json"))["contact"]["leave_alone"] is True
    assert filled("undo").code == 0
    found = read_json(filled("who", "anna", "--json"))
    assert found["contact"]["leave_alone"] is False
    assert found["tie"]["circle"] == 5
    assert [memory["text"] for memory in found["memories"]] == ["The boat"]


def test_somebody_left_alone_is_never_suggested(filled: Maatje) -> None:
    """Leave alone is absolute: they are on no list of the week."""
    filled("leave-alone", "bob")
    filled("leave-alone", "anna")
    found = read_json(filled("week", "--json"))
    assert found["greetings"] == []
    assert found["old_acquaintance"] is None
    assert found["let_them_come"] == []


def test_keep_counts_a_sender_again(filled: Maatje) -> None:
    """A sender that was set aside counts as a person once the user says so, and no longer after undo."""
    before = read_json(filled("pile", "--json"))["total"]
    assert filled("keep", "news@shop.example.com").code == 0
    assert read_json(filled("pile", "--json"))["total"] == before + 1
    assert filled("undo").code == 0
    assert read_json(filled("pile", "--json"))["total"] == before


def test_quiet_weeks_suggest_nothing(filled: Maatje) -> None:
    """A quiet week has no greetings and no old acquaintance, and says that it is quiet."""
    assert filled("quiet").code == 0
    found = read_json(filled("week", "--json"))
    assert (found["quiet"], found["greetings"], found["old_acquaintance"]) == (True, [], None)


def test_rebuild_and_backup(filled: Maatje, tmp_path: Path) -> None:
    """A rebuild changes no answer; a backup is a store of its own with the same answers, and overwrites nothing."""
    before = read_json(filled("pile", "--json"))
    assert filled("rebuild").code == 0
    assert read_json(filled("pile", "--json")) == before
    copy = tmp_path / "copy" / "maatje.db"
    assert filled("backup", copy).code == 0
    assert read_json(filled("--home", copy.parent, "pile", "--json")) == before
    said = filled("backup", copy)
    assert (said.code, "overwrites" in said.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["add", "nowhere.mbox"], "nowhere.mbox"),
        (["--now", "yesterday", "week"], "instant"),
        (["undo", "999"], "999"),
        (["quiet", "2026-99"], "2026-W24"),
        (["circle", "anna", "7"], "7"),
        (["frobnicate"], "frobnicate"),
    ],
)
def test_asked_wrongly_is_one_sentence_and_code_two(filled: Maatje, words: list[str], named: str) -> None:
    """What was asked wrongly is said in a sentence that names it, with exit code 2 and no traceback."""
    said = filled(*words)
    assert said.code == 2
    assert named in said.err
    assert "Traceback" not in said.err


def test_a_setting_that_is_none_is_named(maatje: Maatje, tmp_path: Path) -> None:
    """Every fault of the settings file is named at once."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "settings.toml").write_text('greetings = 99\ncolour = "red"\n')
    said = maatje("week")
    assert said.code == 2
    assert "greetings" in said.err
    assert "colour" in said.err


def test_a_foreign_file_is_left_alone(maatje: Maatje, tmp_path: Path) -> None:
    """A file that maatje did not make is refused and not touched."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "maatje.db").write_bytes(b"something else entirely" * 100)
    said = maatje("pile")
    assert said.code == 2
    assert "not made by maatje" in said.err
    assert (tmp_path / "home" / "maatje.db").read_bytes() == b"something else entirely" * 100


def test_a_second_process_waits_and_then_says_so(
    filled: Maatje, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While another process writes, a command waits for it, and at the end says that it could not."""
    monkeypatch.setattr("maatje.store.db.BUSY_SECONDS", 1)
    other = connect(tmp_path / "home" / "maatje.db")
    with transaction(other):
        said = filled("remember", "anna", "x")
    other.close()
    assert said.code == 2
    assert "Another maatje" in said.err


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="permissions do not hold root back")
def test_a_home_that_may_not_be_written(maatje: Maatje, letter: Letter, tmp_path: Path) -> None:
    """A home without permission is named, with exit code 2."""
    (tmp_path / "home").mkdir(mode=0o500)
    (tmp_path / "a.mbox").write_text(letter("anna@example.net", ME))
    said = maatje("add", tmp_path / "a.mbox")
    assert said.code == 2
    assert "written" in said.err


TAIL = b"\nDate: Tue, 2 Jun 2026 10:00:00 +0200\n\nx\n"
TO_ME = b"\nTo: hanneke@example.org"

HOSTILE: dict[str, bytes] = {
    "20,000 recipients": b"From: a@example.net\nTo: "
    + b", ".join(b"p%d@example.net" % n for n in range(20_000))
    + TAIL,
    "5,000 parentheses": b"From: " + b"(" * 5_000 + b" a@example.net" + TO_ME + TAIL,
    "20,000 encoded words": b"From: a@example.net\nTo: hanneke@example.org\nSubject: "
    + b" ".join([b"=?utf-8?q?a?="] * 20_000)
    + TAIL,
    "unknown charset": b"From: =?x-klingon?q?Anna?= <a@example.net>" + TO_ME + TAIL,
    "a From that lies": b"From: alice@example.org)bob@evil.example" + TO_ME + TAIL,
    "nested 1,000 deep": b"From: a@example.net\nTo: hanneke@example.org\nDate: Tue, 2 Jun 2026 10:00:00 +0200\n"
    + b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(1_000))
    + b"Content-Type: text/calendar\n\nBEGIN:VCALENDAR\n",
    "NUL and bare CR": b"From: a@exa\x00mple.net\rX: y" + TO_ME + TAIL,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mail_is_survived(maatje: Maatje, tmp_path: Path, name: str) -> None:
    """A hostile message neither stops the import nor its neighbours; nobody is credited with a lie."""
    good = b"From x Tue Jun  2 09:00:00 2026\nFrom: anna@example.net" + TO_ME + TAIL.replace(b"10:", b"09:") + b"\n"
    (tmp_path / "a.mbox").write_bytes(
        good + b"From x Tue Jun  2 09:00:00 2026\n" + HOSTILE[name] + b"\n" + good.replace(b"09:00:00 +", b"09:30:00 +")
    )
    said = maatje("add", tmp_path / "a.mbox", "--me", ME, "--json")
    assert said.code in (0, 1), said.err
    assert "Traceback" not in said.err
    found = json.loads(said.out)
    assert found["sources"][0]["new"] >= 2
    assert all("alice" not in tie["contact"]["name"].lower() for tie in read_json(maatje("pile", "--json"))["ties"])


def test_archives_that_lead_out_or_explode_are_refused(maatje: Maatje, letter: Letter, tmp_path: Path) -> None:
    """A zip archive with names that lead out of it, or that unpacks without end, is refused; the rest is read."""
    with zipfile.ZipFile(tmp_path / "out.zip", "w") as archive:
        archive.writestr("../../evil.mbox", letter("a@example.net", ME))
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.mbox", b"From x Tue Jun  2 09:00:00 2026\nFrom: a@b.example\n\n" + b"0" * 200_000_000)
    (tmp_path / "a.mbox").write_text(letter("anna@example.net", ME))
    said = maatje("add", tmp_path / "out.zip", tmp_path / "bomb.zip", tmp_path / "a.mbox", "--me", ME, "--json")
    assert said.code == 1
    found = json.loads(said.out)
    assert (found["problems_total"], found["interactions"]) == (2, 1)
    assert not (tmp_path.parent / "evil.mbox").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are a POSIX thing")
def test_a_full_disk_loses_nothing(letter: Letter, tmp_path: Path) -> None:
    """Where the disk is full the import says so and ends; with room the same command brings everything."""
    box = tmp_path / "a.mbox"
    box.write_text(
        "".join(
            letter(f"p{at}@example.net", ME, days=1 + at / 10, subject=f"S {at} " + "x" * 200) for at in range(3_000)
        )
    )
    home = tmp_path / "full"
    command = [sys.executable, "-m", "maatje", "--home", str(home), "add", str(box), "--me", ME, "--json"]
    limited = ["sh", "-c", 'ulimit -f 1200; trap "" XFSZ; exec "$@"', "sh", *command]
    full = subprocess.run(limited, capture_output=True, text=True, check=False)
    assert full.returncode == 2, full.stderr
    assert "disk is full" in full.stderr
    again = subprocess.run(command, capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr
    assert json.loads(again.stdout)["interactions"] == 3_000


def test_a_closed_pipe_is_no_error(filled: Maatje, tmp_path: Path) -> None:
    """`maatje pile | head` ends quietly."""
    command = f'"{sys.executable}" -m maatje --home "{tmp_path / "home"}" --now {AT} find talk | head -n 1'
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stderr == ""


def test_nothing_personal_in_our_own_faults(filled: Maatje, monkeypatch: pytest.MonkeyPatch) -> None:
    """When we are wrong, the message tells places in our code and nothing of anybody's data; the code is 3."""

    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("anna@example.net wrote a secret")

    monkeypatch.setattr("maatje.cli.reading.recall.contact_page", broken)
    said = filled("who", "anna")
    assert said.code == 3
    assert "anna" not in said.err
    assert "RuntimeError at" in said.err
