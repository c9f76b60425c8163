"""Golden pairs: every sample mail file beside what is read from it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.sources.mail_golden import DATA, READERS, written

SAMPLES = sorted(path for path in DATA.iterdir() if path.suffix in READERS)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_reads_as_expected(path: Path) -> None:
    """Each sample gives exactly the records and problems written beside it."""
    expected = json.loads((DATA / (path.name + ".expected.json")).read_text(encoding="utf-8"))
    assert expected == written(READERS[path.suffix].read(path, name=path.name))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_is_known_by_its_content(path: Path, tmp_path: Path) -> None:
    """Each whole sample is recognised by its own format whatever it is called, and by no other of mail."""
    if path.name == "no-length.emlx":
        pytest.skip("this sample is none of its format on purpose")
    copy = tmp_path / "unnamed"
    copy.write_bytes(path.read_bytes())
    head = path.read_bytes()[:65536]
    kinds = [suffix for suffix in (".pipermail", ".mbox", ".emlx", ".eml") if READERS[suffix].sniff(head, copy)]
    assert path.suffix == kinds[0]


def test_line_ends_make_no_difference() -> None:
    """A mailbox with CRLF gives the same messages as the one with LF, but for their places."""
    lf, crlf = (
        [{**one, "bytes": None} for one in written(READERS[".mbox"].read(DATA / name, name="x"))]
        for name in ("letters.mbox", "letters-crlf.mbox")
    )
    assert lf == crlf
