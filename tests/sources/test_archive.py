"""Zip archives: what an export holds comes out, what a bomb holds does not."""

from __future__ import annotations

import io
import random
import stat
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from maatje.errors import FormatError
from maatje.model.record import Problem
from maatje.sources import archive
from maatje.sources.archive import Member, entries, unpack


def packed(path: Path, members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    """An archive of these members."""
    with zipfile.ZipFile(path, "w", method) as out:
        for name, data in members.items():
            out.writestr(name, data)
    return path


def unpacked(path: Path, into: Path) -> list[Member | Problem]:
    """What comes out into a new folder."""
    into.mkdir()
    return list(unpack(path, into, name="a.zip"))


def assert_refused(path: Path, tmp_path: Path) -> None:
    """The archive is refused as a whole: one problem, no file left, and ``entries`` says so too."""
    found = unpacked(path, tmp_path / "out")
    assert [type(record) for record in found] == [Problem]
    assert list((tmp_path / "out").iterdir()) == []
    with pytest.raises(FormatError):
        entries(path)


def test_members(tmp_path: Path) -> None:
    """Members come out under names of our own, in a file only the user can read."""
    path = packed(tmp_path / "a.zip", {"Takeout/Mail/Inbox.mbox": b"From x", "b/": b"", "CON:é|?.vcf": b"BEGIN"})
    found = unpacked(path, tmp_path / "out")
    assert [(m.name, m.path.name, m.path.read_bytes()) for m in found if isinstance(m, Member)] == [
        ("Takeout/Mail/Inbox.mbox", "00001.member", b"From x"),
        ("CON:é|?.vcf", "00002.member", b"BEGIN"),
    ]
    assert [stat.S_IMODE(m.path.stat().st_mode) for m in found if isinstance(m, Member)] == [0o600, 0o600]
    assert [entry.size for entry in entries(path)] == [6, 5]


def test_wanted(tmp_path: Path) -> None:
    """Only what is wanted by its first bytes is copied."""
    path = packed(tmp_path / "a.zip", {"a": b"yes" + random.Random(1).randbytes(99_000), "b": b"no"})
    seen: list[int] = []

    def wanted(name: str, head: bytes) -> bool:
        seen.append(len(head))
        return head.startswith(b"yes")

    (tmp_path / "out").mkdir()
    found = list(unpack(path, tmp_path / "out", name="a.zip", wanted=wanted))
    assert [record.name for record in found if isinstance(record, Member)] == ["a"]
    assert seen == [65_536, 2]


@pytest.mark.parametrize(
    "name", ["../x", "a/../../x", "/etc/x", "C:/x", "C:x", "..\\x", "\\\\host\\x", "a\\..\\x", "a/..", "//x"]
)
def test_names_that_lead_out(tmp_path: Path, name: str) -> None:
    """A name that leads out of its folder refuses the whole archive."""
    assert_refused(packed(tmp_path / "a.zip", {"good": b"x", name: b"x"}), tmp_path)


@pytest.mark.parametrize(
    "pair", [("a", "A"), ("x/é", "x/e\u0301"), ("straße", "STRASSE"), ("a\\b", "a/b"), ("a", "a/")]
)
def test_names_that_fall_together(tmp_path: Path, pair: tuple[str, str]) -> None:
    """Two names that some system takes for one refuse the whole archive."""
    assert_refused(packed(tmp_path / "a.zip", dict.fromkeys(pair, b"")), tmp_path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_duplicate(tmp_path: Path) -> None:
    """One name twice refuses the whole archive."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("a", b"1")
        out.writestr("a", b"2")
    assert_refused(path, tmp_path)


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices(tmp_path: Path, kind: int) -> None:
    """A link or device refuses the whole archive."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as out:
        info = zipfile.ZipInfo("link")
        info.external_attr = (kind | 0o777) << 16
        out.writestr(info, "/etc/passwd")
    assert_refused(path, tmp_path)


def test_ratio(tmp_path: Path) -> None:
    """A member that grows more than a hundredfold refuses the archive."""
    assert_refused(packed(tmp_path / "a.zip", {"zeros": bytes(50_000_000)}), tmp_path)


def test_too_many(tmp_path: Path) -> None:
    """More than ten thousand entries refuse the archive."""
    path = packed(tmp_path / "a.zip", {f"{number}": b"" for number in range(10_001)})
    assert_refused(path, tmp_path)


def bomb(path: Path, kernel: int, entries_count: int) -> Path:
    """Entries that all use one stretch of compressed bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    raw = bytes(range(256)) * (kernel // 256)
    data = packer.compress(raw) + packer.flush()
    out = io.BytesIO()
    directory = b""
    check = zlib.crc32(raw)
    out.write(struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 8, 0, 0, check, len(data), len(raw), 2, 0))
    out.write(b"00" + data)
    for number in range(entries_count):
        name = f"{number:02}".encode()
        fields = (20, 20, 0, 8, 0, 0, check, len(data), len(raw), len(name), 0, 0, 0, 0, 0, 0)
        directory += struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", *fields) + name
    start = out.tell()
    out.write(directory)
    out.write(struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, entries_count, entries_count, len(directory), start, 0))
    path.write_bytes(out.getvalue())
    return path


def test_overlap(tmp_path: Path) -> None:
    """Entries that share their bytes, the 10 KB that become 200 MB, refuse the archive."""
    path = bomb(tmp_path / "a.zip", 2_000_000, 90)
    assert path.stat().st_size < 50_000
    assert_refused(path, tmp_path)


def test_nested(tmp_path: Path) -> None:
    """An archive inside an archive is a file like others and is never opened."""
    inner = packed(tmp_path / "inner.zip", {"x": b"y"})
    path = packed(tmp_path / "a.zip", {"inner.zip": inner.read_bytes()})
    (member,) = unpacked(path, tmp_path / "out")
    assert isinstance(member, Member)
    assert member.path.read_bytes()[:2] == b"PK"


def patched(path: Path, size: int) -> Path:
    """The archive with its one entry's unpacked size replaced in both places."""
    data = bytearray(path.read_bytes())
    struct.pack_into("<I", data, 22, size)
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, size)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("size", [10, 90_000, 0xFFFFFFFF])
def test_lies_about_size(tmp_path: Path, size: int) -> None:
    """An entry that unpacks to more or less than it says leaves no file."""
    path = patched(packed(tmp_path / "a.zip", {"a": b"0123456789abcdef" * 4_000}, zipfile.ZIP_DEFLATED), size)
    found = unpacked(path, tmp_path / "out")
    assert [type(record) for record in found] == [Problem]
    assert list((tmp_path / "out").iterdir()) == []


def test_damaged_member(tmp_path: Path) -> None:
    """A damaged member is a problem and leaves no file; the others come out."""
    path = packed(tmp_path / "a.zip", {"a": b"first" * 99, "b": b"second" * 99, "c": b"third"}, zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"secondsecond", b"secondSECOND", 1))
    found = unpacked(path, tmp_path / "out")
    assert [type(record) for record in found] == [Member, Problem, Member]
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_total(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All members together stay below the limit, unless the archive itself is that large."""
    mail = b"".join(b"From line %d of a mail\n" % number for number in range(60_000))
    monkeypatch.setattr(archive, "MAX_BYTES", 1_000_000)
    monkeypatch.setattr(archive, "GROWTH", 2)
    assert_refused(packed(tmp_path / "small.zip", {"a": mail}), tmp_path)
    found = unpacked(packed(tmp_path / "stored.zip", {"a": mail}, zipfile.ZIP_STORED), tmp_path / "out2")
    assert [type(record) for record in found] == [Member]


def test_password(tmp_path: Path) -> None:
    """An archive with a password says so."""
    path = packed(tmp_path / "a.zip", {"a": b"x"})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    (problem,) = unpacked(path, tmp_path / "out")
    assert isinstance(problem, Problem)
    assert "password" in problem.message


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"PK\x05\x06" + bytes(17), b"PK\x05\x06" + b"\xff" * 18, b"x" * 1_000]
)
def test_not_an_archive(tmp_path: Path, data: bytes) -> None:
    """What is no archive, or half of one, is one problem."""
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    assert_refused(path, tmp_path)


def test_cut_short(tmp_path: Path) -> None:
    """An archive cut at any place never raises and leaves no part of a file."""
    whole = packed(tmp_path / "a.zip", {"a": b"first" * 99, "b": b"second" * 99}).read_bytes()
    for length in range(0, len(whole), 7):
        path = tmp_path / f"{length}.zip"
        path.write_bytes(whole[:length])
        found = unpacked(path, tmp_path / f"out{length}")
        assert all(isinstance(record, Problem) for record in found)
        assert list((tmp_path / f"out{length}").iterdir()) == []


def test_empty(tmp_path: Path) -> None:
    """An archive of nothing gives nothing."""
    assert unpacked(packed(tmp_path / "a.zip", {}), tmp_path / "out") == []
