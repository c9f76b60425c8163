"""
Every figure that the documents quote, one benchmark after the other.

Usage: python benchmarks/all.py [--quick]
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared"

FULL: list[list[str]] = [
    ["mail.py", "--gigabytes", "2"],
    ["vcard.py"],
    ["importing.py"],
    ["store.py"],
    ["state.py"],
    ["week.py"],
    ["occasion.py"],
    ["evaluate.py"],
    ["policy.py"],
    ["ledger.py"],
    ["kills.py"],
    ["automata.py"],
    ["identity.py"],
    ["histories.py"],
    *(["freshness.py", str(SHARED / "logs" / f"{name}.parquet")] for name in ("eu", "radoslaw")),
    ["freshness.py", str(SHARED / "logs" / "w3c.parquet"), "--egos", str(SHARED / "logs" / "w3c.egos.npy")],
]
QUICK: list[list[str]] = [
    ["mail.py", "--messages", "5000"],
    ["vcard.py", "--cards", "1000"],
    ["importing.py", "--messages", "20000"],
    ["week.py", "--interactions", "50000", "--people", "2000"],
    ["ledger.py", "--runs", "50", "--worlds", "50", "--moments", "50000"],
    ["kills.py", "--kills", "5"],
    ["histories.py", "--histories", "200"],
]


def main() -> None:
    """Run them all; a benchmark that fails is said so at the end."""
    failed = []
    for command in QUICK if "--quick" in sys.argv else FULL:
        if any(str(SHARED) in word for word in command) and not SHARED.exists():
            print(f"skipped: {command[0]} needs the logs of ../shared")
            continue
        print(f"\n== {' '.join(Path(word).name for word in command)}", flush=True)
        began = time.perf_counter()
        code = subprocess.run([sys.executable, str(HERE / command[0]), *command[1:]], check=False).returncode
        print(f"({time.perf_counter() - began:.0f} s)", flush=True)
        if code:
            failed.append(command[0])
    if failed:
        sys.exit("these benchmarks failed: " + ", ".join(failed))


if __name__ == "__main__":
    main()
