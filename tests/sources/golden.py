"""Records as plain data, for comparing with the expected files beside the samples."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from pathlib import Path

from maatje.model.record import Problem

_NOTHING = ("", (), None, False)
DATA = Path(__file__).parent / "data"


def plain(records: Iterable[object]) -> list[object]:
    """Records as JSON would give them back; pictures as their length."""
    return json.loads(json.dumps([{"kind": type(record).__name__, **_fields(record)} for record in records]))


def _fields(record: object) -> dict[str, object]:
    assert dataclasses.is_dataclass(record)
    found = {field.name: getattr(record, field.name) for field in dataclasses.fields(record)}
    found["origin"] = [record.origin.native_id, record.origin.place]
    if isinstance(found.get("photo"), bytes):
        found["photo"] = len(found["photo"])
    return {key: value for key, value in found.items() if value not in _NOTHING or isinstance(record, Problem)}


def expected(folder: str, case: str) -> list[object]:
    """What the sample must give."""
    return json.loads((DATA / folder / f"{case}.expected.json").read_text(encoding="utf-8"))
