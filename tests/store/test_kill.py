"""An import killed at any moment loses nothing that was acknowledged and doubles nothing."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from maatje.store.db import connect, rows, value

KILLS = 20
ROOT = Path(__file__).parents[2]

_IMPORT = """
    import sys
    sys.path.insert(0, sys.argv[2])
    from tests.store.store_making import JAN, ME, NOW, PIA, mail
    from maatje.store import handles, interactions, sources, touches
    from maatje.store.db import connect, transaction
    db = connect(sys.argv[1])
    with transaction(db):
        found = sources.remember(db, "post.mbox", "mbox", NOW)
    book = handles.HandleBook(db)
    done = found.done_to
    print("ready", flush=True)
    while True:
        batch = [mail(one + 1, (JAN, PIA, ME)[one % 3], [ME, JAN], f"Zaak {one}") for one in range(done, done + 40)]
        done += len(batch)
        with transaction(db):
            new = interactions.add_mail(db, book, found.id, [interactions.mail_row(one, "") for one in batch]).new
            sources.advance(db, found.id, sources.Progress(done, 0, 0, None, False, records=len(batch), new=new))
            if done % 200 == 0:
                touches.attribute(db, everything=False)
        print(done, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_a_killed_import_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """Killed twenty times at random moments: all that was acknowledged is there, each message once, the file whole."""
    path = tmp_path / "a.db"
    rng = random.Random(20)
    acknowledged = 0
    for _ in range(KILLS):
        script = [sys.executable, "-c", textwrap.dedent(_IMPORT), str(path), str(ROOT)]
        child = subprocess.Popen(script, stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        time.sleep(rng.random() * 0.06)
        os.kill(child.pid, signal.SIGKILL)
        said = child.stdout.read().splitlines()
        child.wait()
        acknowledged = max([acknowledged, *(int(one) for one in said)])
        db = connect(path)
        assert value(db, "PRAGMA quick_check") == "ok"
        done, records, new = rows(db, "SELECT done_to, records, new FROM sources")[0]
        assert done >= acknowledged
        assert records == new == done
        assert rows(db, "SELECT count(*), count(DISTINCT at), ifnull(max(at), 0) FROM interactions") == [
            (done, done, done)
        ]
        assert value(db, "SELECT count(*) FROM participants") == 2 * done
        db.execute("INSERT INTO titles(titles, rank) VALUES ('integrity-check', 1)")
        db.close()
    assert acknowledged > KILLS
