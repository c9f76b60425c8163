"""One row of another program's contact list as the properties of a card."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from maatje.model.record import Property
from maatje.sources.contacts_csv_columns import Column, type_of
from maatje.sources.contentlines import escaped

_SEVERAL: Final = " ::: "
"""How Google writes several values in one cell."""
_ISO: Final = re.compile(r"(?:(\d{4})|-?)-(\d\d)-(\d\d)\Z")
_DATE: Final = re.compile(r"(\d{1,2})([-./])(\d{1,2})\2(\d{4})\Z")
_SLUG: Final = re.compile(r"[^A-Z0-9]+")
_GROUP_MARKS: Final = frozenset({"mycontacts", "starred"})


def properties_of(row: Sequence[str], header: Sequence[str], columns: Sequence[Column]) -> list[Property]:
    """
    The properties that a row tells of; no property twice.

    Args:
        row: the cells. header: the table's header. columns: what each column is; a row that is
            longer keeps its further cells under X-COLUMN.
    """
    cells: dict[str, list[str]] = {}
    labels: dict[str, str] = {}
    addresses: dict[str, dict[int, str]] = {}
    listed: list[tuple[Column, str]] = []
    others: list[Property] = []
    for number, text in enumerate(row):
        cell = text.strip()
        column = columns[number] if number < len(columns) else Column("")
        if not cell:
            continue
        if column.key in ("mail", "tel", "url", "categories"):
            listed.append((column, cell))
        elif column.key == "label":
            labels[column.group] = cell
        elif column.key == "adr":
            addresses.setdefault(column.group, {})[int(column.kind)] = cell
        elif column.key in ("", "connected"):
            others.append(Property(_own_name(header[number] if number < len(header) else ""), escaped(cell)))
        else:
            cells.setdefault(column.key, []).append(cell)
    found = [*_known(cells), *_listed(listed, labels), *_addresses(addresses, labels), *others]
    return list(dict.fromkeys(found))


def _own_name(header: str) -> str:
    return f"X-{_SLUG.sub('-', header.upper()).strip('-')[:60] or 'COLUMN'}"


def _known(cells: dict[str, list[str]]) -> Iterable[Property]:
    """Name, work, birthday and note."""
    one = {key: values[0] for key, values in cells.items()}
    family = " ".join(filter(None, (one.get("particle"), one.get("family"))))
    parts = (family, one.get("given"), one.get("additional"), one.get("prefix"), one.get("suffix"))
    full = one.get("fn") or " ".join(filter(None, (one.get("given"), one.get("additional"), family)))
    if full:
        yield Property("FN", escaped(full))
    if any(parts):
        yield Property("N", ";".join(escaped(part or "") for part in parts))
    if text := one.get("nickname"):
        yield Property("NICKNAME", escaped(text))
    work = [one.get("org") or "", *cells.get("department", [])]
    if any(work):
        yield Property("ORG", ";".join(escaped(part) for part in work))
    if text := one.get("title"):
        yield Property("TITLE", escaped(text))
    yield from _birthday(one)
    for text in cells.get("note", []):
        yield Property("NOTE", escaped(text))


def _birthday(one: dict[str, str]) -> Iterable[Property]:
    """BDAY where the day is beyond doubt; else what stood there, under a name of its own."""
    text = one.get("bday", "")
    if not text and one.get("month") and one.get("day"):
        year, month, day = (one.get(key, "").strip() for key in ("year", "month", "day"))
        if month.isdecimal() and day.isdecimal() and len(month) < 3 and len(day) < 3:
            text = f"{year if len(year) == 4 and year.isdecimal() else '-'}-{int(month):02}-{int(day):02}"
    if (day_found := day_of(text)) is not None:
        yield Property("BDAY", day_found)
    elif text and text.strip("0/- ."):
        yield Property("X-BIRTHDAY", escaped(text))


def day_of(text: str) -> str | None:
    """
    A day as BDAY has it, or None where it is none or could be two: 3/7/1984 is March to some and July to others.

    With dashes or dots the day stands first, as everywhere that dates are written so.
    """
    if (match := _ISO.match(text)) is not None:
        year, month, day = match[1], int(match[2]), int(match[3])
    elif (match := _DATE.match(text)) is not None:
        first, second = int(match[1]), int(match[3])
        if match[2] == "/" and first <= 12 and second <= 12 and first != second:
            return None
        year, (month, day) = match[4], (first, second) if second > 12 else (second, first)
    else:
        return None
    try:
        date(int(year or 2000), month, day)
    except ValueError:
        return None
    return f"{year}{month:02}{day:02}" if year else f"--{month:02}{day:02}"


def _listed(found: Iterable[tuple[Column, str]], labels: dict[str, str]) -> Iterable[Property]:
    """Mail addresses, numbers, links and words, several in a cell where Google wrote them so."""
    for column, cell in found:
        values = [text for one in cell.split(_SEVERAL) if (text := one.strip())]
        if column.key == "categories":
            words = [word for one in values for word in one.split(";")]
            words = [word.removeprefix("*").strip() for word in words]
            words = [word for word in words if word and word.casefold() not in _GROUP_MARKS]
            if words:
                yield Property("CATEGORIES", ",".join(escaped(word) for word in words))
            continue
        name = {"mail": "EMAIL", "tel": "TEL", "url": "URL"}[column.key]
        kind = column.kind or type_of(labels.get(column.group, "")) if column.key != "url" else ""
        for text in values:
            value = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "")
            yield Property(name, value, (("TYPE", (kind,)),) if kind else ())


def _addresses(found: dict[str, dict[int, str]], labels: dict[str, str]) -> Iterable[Property]:
    """One ADR for each place that columns tell of."""
    for group, parts in found.items():
        kind = type_of(labels.get(group, "")) or (group if group in ("home", "work") else "")
        value = ";".join(escaped(parts.get(part, "")) for part in range(7))
        yield Property("ADR", value, (("TYPE", (kind,)),) if kind else ())
