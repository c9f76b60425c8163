"""
A whole import, end to end: files to ties, with worker processes. Messages have real-size headers.

Usage: python benchmarks/importing.py [--messages N] [--json]
Prints messages a second for the whole of ``maatje add`` (reading, writing, who is who, ties), against
the standard library only reading the same file in one process, in the same run.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from figures import NOW, peak_mb, scratch_home, show
from maatje.app import capture
from mail import read_stdlib, write_mailbox

STDLIB_SHARE = 20
"""The standard library reads a file this many times smaller; it would take minutes else."""


def main() -> None:
    """Write a mailbox, add it, time it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--messages", type=int, default=200_000)
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, scratch_home() as home:
        path, small = Path(folder) / "Inbox.mbox", Path(folder) / "small.mbox"
        write_mailbox(path, given.messages)
        write_mailbox(small, given.messages // STDLIB_SHARE)
        began = time.perf_counter()
        result = capture.add(home, [path], now=NOW)
        seconds = time.perf_counter() - began
        began = time.perf_counter()
        read = read_stdlib(small)
        stdlib = read / (time.perf_counter() - began)
        began = time.perf_counter()
        again = capture.add(home, [path], now=NOW)
        figures = {
            "messages": given.messages,
            "megabytes": path.stat().st_size / 1e6,
            "seconds": seconds,
            "messages per second": given.messages / seconds,
            "stdlib, reading only": stdlib,
            "ratio": given.messages / seconds / stdlib,
            "peak MB of any process": peak_mb(),
            "kept apart by digest": result.new,
            "second time, seconds": time.perf_counter() - began,
            "second time, new": again.new,
        }
    show("importing", figures, as_json=given.json)


if __name__ == "__main__":
    main()
