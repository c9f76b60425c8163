"""What lies at a path: files, folders and archives, known by what they hold."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from maatje.sources import archive, registry
from maatje.sources.registry import FORMATS, UNKNOWN, UNREADABLE, ZIP, sniff, walk

HEADS = (b"From: anna@example.org", b"To: bram@example.org", b"Date: Mon, 6 Jan 2020 10:00:00 +0100", b"Subject: x")
MAIL = b"\r\n".join((*HEADS, b"", b"hello", b""))
BOX = b"From anna@example.org Mon Jan  6 10:00:00 2020\n" + MAIL.replace(b"\r\n", b"\n") + b"\n"
CARD = b"BEGIN:VCARD\nVERSION:3.0\nFN:Anna\nEND:VCARD\n"
EVENT = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20200101T100000Z\nEND:VEVENT\nEND:VCALENDAR\n"
JSON = b'[{"@type": "Card", "name": {"full": "Anna"}}]'
TABLE = b"Name,E-mail\nAnna,anna@example.org\n"
SAMPLES = {
    "mbox": BOX, "eml": MAIL, "vcard": CARD, "icalendar": EVENT, "emlx": b"%d\n" % len(MAIL) + MAIL, "jscontact": JSON,
    "contacts-csv": TABLE,
}  # fmt: skip


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A folder with one of everything."""
    root = tmp_path / "root"
    for name, data in SAMPLES.items():
        (root / "deep" / name).mkdir(parents=True)
        (root / "deep" / name / "thing").write_bytes(data)
    for box in ("Mail/cur", "Mail/new", "Mail/tmp", "Mail/.Sent/cur", "Mail/.Sent/new"):
        (root / box).mkdir(parents=True)
    (root / "Mail/cur/1:2,S").write_bytes(MAIL)
    for skipped in (".git", "node_modules", ".cache"):
        (root / skipped).mkdir()
        (root / skipped / "x.vcf").write_bytes(CARD)
    (root / "notes.txt").write_bytes(b"nothing of ours")
    (root / "empty").write_bytes(b"")
    (root / "picture.jpg").write_bytes(CARD)
    with zipfile.ZipFile(root / "takeout-1.zip", "w") as out:
        out.writestr("a.vcf", CARD)
    with zipfile.ZipFile(root / "book.epub", "w") as out:
        out.writestr("a", "b")
    return root


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_sniff(tmp_path: Path, name: str) -> None:
    """Each format is known by its content, whatever the file is called."""
    for suffix in ("", ".txt", ".zip"):
        path = tmp_path / f"thing{suffix}"
        path.write_bytes(SAMPLES[name])
        assert sniff(path) == name


def test_formats() -> None:
    """Every format has its own name and a reader."""
    assert set(FORMATS) == {
        "mbox",
        "maildir",
        "eml",
        "emlx",
        "pipermail",
        "vcard",
        "icalendar",
        "jscontact",
        "contacts-csv",
    }
    assert all(callable(known.read) for known in FORMATS.values())


def test_walk(tree: Path) -> None:
    """A folder gives what can be read in it, each thing once, and counts the rest."""
    skipped: list[Path] = []
    found = [(item.format, str(item.path.relative_to(tree))) for item in walk(tree, on_skip=skipped.append)]
    assert found == [
        ("maildir", "Mail"),
        ("contacts-csv", "deep/contacts-csv/thing"),
        ("eml", "deep/eml/thing"),
        ("emlx", "deep/emlx/thing"),
        ("icalendar", "deep/icalendar/thing"),
        ("jscontact", "deep/jscontact/thing"),
        ("mbox", "deep/mbox/thing"),
        ("vcard", "deep/vcard/thing"),
        (ZIP, "takeout-1.zip"),
    ]
    assert sorted(path.name for path in skipped) == ["book.epub", "empty", "notes.txt", "picture.jpg"]


def test_named_directly(tree: Path) -> None:
    """A file named by the user is always answered for: unknown, empty or missing, with the reason."""
    cases = (("notes.txt", UNKNOWN, "format"), ("empty", UNKNOWN, "empty"), ("none", UNREADABLE, "nothing"))
    for name, format_, word in cases:
        (item,) = walk(tree / name)
        assert (item.format, word in item.reason) == (format_, True)
    (item,) = walk(tree / ".git" / "x.vcf")
    assert (item.format, item.size) == ("vcard", len(CARD))


def test_links(tree: Path) -> None:
    """Links that lead round in circles end; a link to a file is read as the file."""
    (tree / "deep" / "loop").symlink_to(tree, target_is_directory=True)
    (tree / "deep" / "dead").symlink_to(tree / "gone")
    (tree / "linked.vcf").symlink_to(tree / "deep" / "vcard" / "thing")
    names = [item.path.name for item in walk(tree)]
    assert names.count("linked.vcf") == 1
    assert len(names) == 10


def test_pipe(tree: Path) -> None:
    """A pipe is never opened, as it would wait for ever."""
    os.mkfifo(tree / "pipe")
    assert all(item.path.name != "pipe" for item in walk(tree))
    (item,) = walk(tree / "pipe")
    assert item.format == UNREADABLE


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_forbidden(tree: Path) -> None:
    """What may not be read is said with its reason, and the rest is read."""
    (tree / "notes.txt").chmod(0)
    found = {item.path.name: item for item in walk(tree)}
    assert (found["notes.txt"].format, found["notes.txt"].reason) == (UNREADABLE, "It may not be read.")
    assert len(found) > 4


def test_deep(tmp_path: Path) -> None:
    """Folders nested deeper than any real ones are left, without failing."""
    path = tmp_path
    for _ in range(60):
        path = path / "d"
    path.mkdir(parents=True)
    (path / "x.vcf").write_bytes(CARD)
    assert list(walk(tmp_path)) == []


def test_archive_members(tree: Path, tmp_path: Path) -> None:
    """Of an archive those members are copied that a format knows; archives inside are not."""
    inner = (tree / "takeout-1.zip").read_bytes()
    path = tmp_path / "b.zip"
    with zipfile.ZipFile(path, "w") as out:
        for name, data in {**SAMPLES, "photo": b"\xff\xd8", "inner": inner}.items():
            out.writestr(name, data)
    members = archive.unpack(path, tmp_path, name="b.zip", wanted=registry.is_wanted)
    assert sorted(member.name for member in members if isinstance(member, archive.Member)) == sorted(SAMPLES)
