"""
Kill an import at random moments, again and again, until it is done: nothing may be lost or doubled.

Usage: python benchmarks/kills.py [--kills N] [--messages N] [--json]
Each child runs the real ``maatje add`` and is ended with SIGKILL after a random while; after each kill
the store must be whole, and when an import was let through, hold exactly what was read.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from figures import show
from maatje.app.home import Home, open_home
from maatje.store import dump
from maatje.store.db import value
from mail import write_mailbox


def killed_after(home: Path, archive: Path, seconds: float) -> bool:
    """Start an import and kill it after so many seconds; False where it had ended by then."""
    child = subprocess.Popen(
        [sys.executable, "-m", "maatje", "--home", str(home), "add", str(archive), "--me", "hanneke@example.org"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        child.send_signal(signal.SIGKILL)
        child.wait()
        return True
    return False


def check(home: Home, seen: int) -> int:
    """The number of messages in a home that was killed in; fails where it is not whole or has lost any."""
    if home.is_empty:
        return 0
    with home.connect() as db:
        assert value(db, "PRAGMA quick_check") == "ok"
        assert value(db, "SELECT count(*) - count(DISTINCT digest) FROM interactions") == 0
        found = int(value(db, "SELECT count(*) FROM interactions"))
    assert found >= seen, "rows that were there before the kill are gone"
    return found


def storm(folder: Path, kills: int, messages: int, *, seed: int = 3) -> dict[str, object]:
    """So many kills spread over as many imports as it takes; returns the figures."""
    rng = random.Random(seed)
    archive = folder / "Inbox.mbox"
    write_mailbox(archive, messages)
    truth = folder / "truth"
    assert not killed_after(truth, archive, 600)
    with open_home(truth).connect() as db:
        wanted = dump.digest(db)
    done = imports = 0
    longest = 2.0
    while done < kills:
        place = folder / f"home-{imports}"
        seen = 0
        began = time.perf_counter()
        while done < kills and killed_after(place, archive, rng.uniform(0.05, longest)):
            done += 1
            seen = check(open_home(place), seen)
        assert not killed_after(place, archive, 600)
        longest = max(0.5, min(3.0, time.perf_counter() - began))
        check(open_home(place), seen)
        with open_home(place).connect() as db:
            assert dump.digest(db) == wanted, "the import that was killed differs from the one that was not"
        imports += 1
    return {"kills": done, "imports": imports, "lost": 0, "doubled": 0, "integrity": "ok"}


def main() -> None:
    """Run the storm and print what it found."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--messages", type=int, default=12_000)
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        show("kills", storm(Path(folder), given.kills, given.messages), as_json=given.json)


if __name__ == "__main__":
    main()
