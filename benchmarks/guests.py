"""
Guest lists: how well their columns are recognised, and how fast the largest lists are read.

Run ``python benchmarks/guests.py [--rows N] [--json]``. Recognition counts the columns of the tests'
invented layouts (twenty by which the rules were made, twenty-two that came after; some words were
learned from those since, so see there for their first run) and of ../shared/corpora/events where that
is. Times are process CPU, best of three; the peer for workbooks is openpyxl (values only, read-only)
where it is installed, for tables the standard library's csv.DictReader, which recognises nothing: the
floor.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from tests.sources import test_guest_corpora as corpora  # noqa: E402 - the repository's root is found just above
from tests.unit.sources.guest_layouts import LAYOUTS, UNSEEN  # noqa: E402
from tests.unit.sources.guest_workbooks import sheet, workbook  # noqa: E402

from maatje.sources.guests import read_guests  # noqa: E402

try:
    import openpyxl
except ImportError:
    openpyxl = None


def recognised() -> dict[str, int]:
    """Over all layouts: columns, right without a question, asked, and wrong (sure and not true)."""
    pairs = [(read_guests(one.text), one.truth) for one in LAYOUTS + UNSEEN]
    if corpora.EVENTS.is_dir():
        for case, truth in corpora.TRUTH.items():
            (path,) = (corpora.EVENTS / case).glob("*.csv")
            pairs.append((read_guests(path), tuple(truth.split(";"))))
    columns = [pair for found, truth in pairs for pair in zip(found.columns, truth, strict=True)]
    asked = sum(not column.sure for column, _ in columns)
    wrong = sum(column.sure and column.meaning not in truth.split("|") for column, truth in columns)
    return {
        "lists": len(pairs),
        "columns": len(columns),
        "right": len(columns) - asked - wrong,
        "asked": asked,
        "wrong": wrong,
    }


def cpu_seconds(work: Callable[[], object], rounds: int = 3) -> float:
    """The least CPU seconds of several rounds."""
    best = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best


def timed(count: int) -> dict[str, float | None]:
    """Seconds for one list of ``count`` guests as a table, as pasted lines and as a workbook, with their floors."""
    head = ["Naam", "Organisatie", "E-mail", "Mobiel", "Status"]
    rows = [
        [f"Anna {chr(65 + n % 26)}isser", f"Stichting {n % 300}", f"g{n}@example.org", f"0612{n:06}", "Ja"]
        for n in range(count)
    ]
    pasted = "".join(f"{n}. {row[0]}, {row[1]} <{row[2]}>\n" for n, row in enumerate(rows, 1))
    with tempfile.TemporaryDirectory() as folder:
        table, book = Path(folder) / "list.csv", Path(folder) / "list.xlsx"
        with table.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, delimiter=";").writerows([head, *rows])
        if openpyxl is None:
            workbook(book, sheet([head, *rows]))
        else:
            written = openpyxl.Workbook(write_only=True)
            page = written.create_sheet()
            for row in (head, *rows):
                page.append(row)
            written.save(book)

        def floor() -> int:
            with table.open(newline="", encoding="utf-8") as file:
                return sum(1 for _ in csv.DictReader(file, delimiter=";"))

        def peer() -> int:
            return sum(
                1 for _ in openpyxl.load_workbook(book, read_only=True).worksheets[0].iter_rows(values_only=True)
            )

        assert (
            len(read_guests(table).guests) == len(read_guests(book).guests) == len(read_guests(pasted).guests) == count
        )
        return {
            "table": cpu_seconds(lambda: read_guests(table)),
            "csv_floor": cpu_seconds(floor),
            "lines": cpu_seconds(lambda: read_guests(pasted)),
            "workbook": cpu_seconds(lambda: read_guests(book)),
            "openpyxl": cpu_seconds(peer, 1) if openpyxl is not None else None,
        }


def main() -> None:
    """Count and time, and print both."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=20_000)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    counts, seconds = recognised(), timed(chosen.rows)
    if chosen.json:
        print(json.dumps({"rows": chosen.rows, **counts, **seconds}))
        return
    print(
        f"{counts['lists']} lists, {counts['columns']} columns: {counts['right']} right, {counts['asked']} asked, "
        f"{counts['wrong']} wrong"
    )
    print(f"{chosen.rows} guests, CPU seconds: " + ", ".join(
        f"{what} {'not installed' if value is None else format(value, '.2f')}" for what, value in seconds.items()
    ))  # fmt: skip


if __name__ == "__main__":
    main()
