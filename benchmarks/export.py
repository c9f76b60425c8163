"""
How fast a whole home goes out and back, and how much memory it takes, against bare rows written as JSON.

    python benchmarks/export.py [--interactions 1000000] [--people 20000] [--json]

The store is generated (benchmarks/store.py) in a temporary folder. ``floor`` is the same interactions
read with one bare question and written as JSON; ``peer`` is SQLite's own copy of the file. Each way
out runs in a process of its own, so that its greatest memory is its own; times are its CPU seconds.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from maatje.app import export
from maatje.sources import own_json
from maatje.store import dump, load
from maatje.store.db import connect, snapshot, transaction
from store import run as make_store

Work = Callable[[Path, Path], None]


def out(form: str, store: Path, path: Path) -> None:
    """One way out, into a file."""
    db = connect(store, read_only=True)
    export.export(db, form, path, "NL")
    db.close()


def floor(store: Path, path: Path) -> None:
    """The interactions alone, by one question, each row as JSON."""
    db = connect(store, read_only=True)
    with path.open("w", encoding="utf-8") as file, snapshot(db):
        for row in db.execute("SELECT hex(digest), at, channel, sender, title, recipients, marks FROM interactions"):
            file.write(json.dumps(row) + "\n")
    db.close()


def peer(store: Path, path: Path) -> None:
    """SQLite's own copy of the file."""
    db = connect(store)
    db.execute("VACUUM INTO ?", (str(path),))
    db.close()


def back(store: Path, path: Path) -> None:
    """The complete export into an empty store; the digest must be the same."""
    db = connect(path)
    with own_json.opened(store) as (header, rows), transaction(db):
        load.load(db, rows)
    if header.digest != dump.digest(db):
        raise SystemExit("the store that was loaded does not hold the same")
    db.close()


def _measured(name: str, store: Path, path: Path, result: multiprocessing.SimpleQueue[tuple[float, float]]) -> None:
    work: dict[str, Work] = {"floor": floor, "peer": peer, "back": back}
    began = time.process_time()
    if name in work:
        work[name](store, path)
    else:
        out(name, store, path)
    # Not getrusage: that counts what the parent had before this process became its own.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    result.put((time.process_time() - began, int(status.split("VmHWM:")[1].split()[0]) / 1024))


def measured(name: str, store: Path, path: Path) -> tuple[float, float]:
    """CPU seconds and greatest memory in MB of one way, in a process of its own."""
    context = multiprocessing.get_context("spawn")
    result = context.SimpleQueue()
    child = context.Process(target=_measured, args=(name, store, path, result))
    child.start()
    child.join()
    if child.exitcode:
        sys.exit(f"{name} failed")
    return result.get()


def main() -> None:
    """Make the store, take it out in every way, read it back, print seconds, memory and sizes."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--interactions", type=int, default=1_000_000)
    options.add_argument("--people", type=int, default=20_000)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    figures: dict[str, float] = {"interactions": chosen.interactions}
    with tempfile.TemporaryDirectory(prefix="maatje-export-") as folder:
        root = Path(folder)
        made = make_store(chosen.interactions, chosen.people, root)
        figures["add_mail_s"] = made["add_mail_cpu_us_per_row"] * chosen.interactions / 1e6
        for name in ("floor", "peer", *export.FORMATS):
            figures[f"{name}_s"], figures[f"{name}_rss_mb"] = measured(name, root / "store.db", root / name)
            figures[f"{name}_mb"] = (root / name).stat().st_size / 1e6
        figures["back_s"], figures["back_rss_mb"] = measured("back", root / export.JSON, root / "again.db")
    figures["json_to_floor"] = figures["json_s"] / figures["floor_s"]
    figures["back_to_add_mail"] = figures["back_s"] / figures["add_mail_s"]
    rounded = {name: round(figure, 2) for name, figure in figures.items()}
    if chosen.json:
        print(json.dumps(rounded))
        return
    for name, figure in rounded.items():
        print(f"{name:20} {figure:>14,}")


if __name__ == "__main__":
    main()
