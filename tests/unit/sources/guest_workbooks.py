"""Workbooks made by hand, part by part, so that a test can break exactly one of them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
STYLES = (
    f'{HEAD}<styleSheet {SPACE}><numFmts count="1">'
    '<numFmt numFmtId="164" formatCode="dd-mm-yyyy hh:mm"/></numFmts>'
    '<cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/>'
    '<xf numFmtId="20"/></cellXfs></styleSheet>'
)


def letters(number: int) -> str:
    """A column's letters by its number from 0."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def sheet(rows: Iterable[Sequence[str]]) -> str:
    """A sheet of texts kept in its cells."""
    body = "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{letters(column)}{number}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
            for column, cell in enumerate(row)
            if cell
        )
        + "</row>"
        for number, row in enumerate(rows, 1)
    )
    return cells(body)


def cells(body: str, before: str = "") -> str:
    """A sheet of these rows as XML; ``before`` stands between the declaration and the sheet."""
    return f"{HEAD}{before}<worksheet {SPACE}><sheetData>{body}</sheetData></worksheet>"


def workbook(path: Path, *sheets: str, **parts: str) -> Path:
    """A workbook of these sheets; ``parts`` are further ones by name ("sharedStrings", "styles", "workbook")."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", f"{HEAD}<Types/>")
        file.writestr("xl/workbook.xml", parts.pop("workbook", f"{HEAD}<workbook {SPACE}><workbookPr/></workbook>"))
        for name, text in parts.items():
            file.writestr(f"xl/{name}.xml", text)
        for number, text in enumerate(sheets, 1):
            file.writestr(f"xl/worksheets/sheet{number}.xml", text)
    return path
