"""The complete export as a document: every row there and back, and nothing but a whole one is read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maatje.errors import PathError
from maatje.model import document
from maatje.model.document import SECTIONS, Header, Row
from maatje.sources import own_json, registry

TEXT = st.text(st.characters(codec="utf-8"), max_size=8)
NUMBERS = st.integers(-(1 << 63), (1 << 63) - 1)
REALS = st.floats(allow_nan=False, allow_infinity=False)
KINDS = {str: TEXT, int: NUMBERS, bool: st.booleans(), bytes: st.binary(max_size=8), float: REALS}
for _kind, _values in KINDS.items():
    st.register_type_strategy(_kind, _values)


@st.composite
def documents(draw: st.DrawFn) -> list[tuple[str, Row]]:
    """Rows of any sections in their order."""
    found: list[tuple[str, Row]] = []
    for name, kind in SECTIONS.items():
        found += [(name, row) for row in draw(st.lists(st.from_type(kind), max_size=2))]
    return found


def written(found: list[tuple[str, Row]]) -> bytes:
    """The document with these rows."""
    counts: dict[str, int] = {}
    for name, _ in found:
        counts[name] = counts.get(name, 0) + 1
    header = Header(2, "d" * 32, tuple(counts.items()))
    return "".join(own_json.lines(header, found)).encode()


def read(path: Path, data: bytes) -> list[tuple[str, Row]]:
    """The rows of a document in a file."""
    path.write_bytes(data)
    with own_json.opened(path) as (_, rows):
        return list(rows)


SAMPLE: list[tuple[str, Row]] = [
    ("sources", document.Source("post.mbox", "mbox", 1)),
    ("contacts", document.Person(1, 2, 1, 'A "b"\n')),
    ("handles", document.Address("mail", "a@example.org", 1)),
    (
        "cards",
        document.Filed(b"\x00", "boek.vcf", "A", '{"version":"4.0"}', photo=b"\xff\xfe", handles=("mail:a", "b")),
    ),
    ("interactions", document.Moment(b"12", 3, 1, participants=(document.Participant("mail:a@example.org", 2),))),
]


@given(documents())
@settings(max_examples=100, deadline=None)
def test_any_rows_come_back(tmp_path_factory: pytest.TempPathFactory, found: list[tuple[str, Row]]) -> None:
    """Whatever rows there are: the document is JSON as a whole, and gives the same rows."""
    data = written(found)
    assert json.loads(data)["format"] == "maatje"
    assert read(tmp_path_factory.getbasetemp() / "x.json", data) == found
    assert own_json.sniff(data[:100], Path("x"))


def test_the_document() -> None:
    """The document is what the reference says: a header, lists of rows a line each, what is as usual left out."""
    found = json.loads(written(SAMPLE))
    checksum = found.pop("checksum")
    assert len(checksum) == 32
    assert found == {
        "format": "maatje", "version": 1, "schema": 2, "digest": "d" * 32,
        "rows": {"sources": 1, "contacts": 1, "handles": 1, "cards": 1, "interactions": 1},
        "sources": [{"path": "post.mbox", "format": "mbox", "added_at": 1}],
        "contacts": [{"number": 1, "created_at": 2, "root": 1, "name": 'A "b"\n'}],
        "handles": [{"kind": "mail", "value": "a@example.org", "contact": 1}],
        "cards": [{"digest": "AA==", "source": "boek.vcf", "name": "A", "body": '{"version":"4.0"}', "photo": "//4=",
                   "handles": ["mail:a", "b"]}],
        "interactions": [{"digest": "MTI=", "at": 3, "channel": 1,
                          "participants": [{"handle": "mail:a@example.org", "role": 2}]}],
    }  # fmt: skip


def test_any_damage_is_noticed(tmp_path: Path) -> None:
    """A document with any one byte changed, missing or added is refused in plain words."""
    data = written(SAMPLE)
    for at in range(len(data)):
        for changed in (data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :], data[:at] + data[at + 1 :], data[:at]):
            with pytest.raises(PathError) as caught:
                read(tmp_path / "x.json", changed)
            assert "export" in str(caught.value) or "nothing was taken" in str(caught.value) or at < 40
    with pytest.raises(PathError):
        read(tmp_path / "x.json", data + b" ")


def test_a_newer_document(tmp_path: Path) -> None:
    """A document of a newer maatje is refused with what to do, whatever stands in it."""
    later = written(SAMPLE).replace(b'"rows":{', b'"rows":{"dreams":1,')
    for changed in (
        written(SAMPLE).replace(b'"version":1', b'"version":2', 1),
        b'{"format":"maatje","version":3,"x":1,\n"more":[\n',
        later.replace(b'"sources":[', b'"dreams":[\n{}\n],\n"sources":['),
    ):
        with pytest.raises(PathError, match="newer maatje"):
            read(tmp_path / "x.json", changed)
        assert own_json.sniff(changed, Path("x"))


def _signed(data: bytes) -> bytes:
    """The document with the checksum that belongs to it."""
    import hashlib

    body = data[: data.index(b'"checksum"')]
    return body + b'"checksum":"%s"}\n' % hashlib.blake2b(body, digest_size=16).hexdigest().encode()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"added_at":1', b'"added_at":"1"'), (b'"added_at":1', b'"added_at":true'), (b'"added_at":1', b'"x":1'),
        (b'"added_at":1', b'"added_at":1,"x":2'), (b'"added_at":1', b'"added_at":%d' % (1 << 64)),
        (b'"added_at":1', b'"added_at":' + b"1" * 5_000), (b'"added_at":1', b'"added_at":NaN'),
        (b'"AA=="', b'"A"'), (b'"AA=="', b'"\xc3\xa9"'), (b'["mail:a","b"]', b'"mail:a"'), (b'"mail:a"', b'"\\ud800"'),
        (b'{"path"', b"[" * 100_000 + b'{"path"'), (b'"sources":1', b'"sources":2'), (b'"sources":1', b'"sources":-1'),
        (b'"sources":1', b'"sources":0'), (b'"handles":[', b'"sources":['), (b'"role":2', b'"role":null'),
        (b'"schema":2', b'"schema":"2"'), (b'"rows":{', b'"rows":[],"x":{'),
        (b'"participants":[{', b'"participants":[3,{'),
    ],
)  # fmt: skip
def test_what_no_store_would_write(tmp_path: Path, old: bytes, new: bytes) -> None:
    """A document whose checksum is right but whose rows are not ours is refused, never half understood."""
    assert old in written(SAMPLE)
    with pytest.raises(PathError, match="damaged"):
        read(tmp_path / "x.json", _signed(written(SAMPLE).replace(old, new, 1)))


def test_an_endless_line(tmp_path: Path) -> None:
    """A line longer than any row is refused without being read to its end."""
    path = tmp_path / "x.json"
    with path.open("wb") as file:
        file.write(written(SAMPLE).split(b"\n")[0] + b"\n")
        file.truncate(own_json.MAX_LINE * 3)
    with pytest.raises(PathError, match="damaged"), own_json.opened(path) as (_, rows):
        list(rows)


def test_other_files(tmp_path: Path) -> None:
    """Other JSON is no export of ours, and ours is none of the formats that records are read from."""
    with pytest.raises(PathError, match="no complete export"):
        read(tmp_path / "x.json", b'{"format":"other"}\n')
    assert not own_json.sniff(b'[{"@type":"Card"}]', Path("x"))
    assert registry.sniff_head(written(SAMPLE), Path("x")) is None
