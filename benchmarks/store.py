"""
How fast the store takes in mail and answers: generated mail of one user, as long an archive as asked for.

    python benchmarks/store.py [--interactions 1000000] [--json]

Prints rows per second of adding, of attribution and of reading touches, milliseconds of finding,
and the size of the file. Nothing is read but what it makes itself in a temporary folder.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from pathlib import Path

from maatje.model.contact import HandleKind
from maatje.model.record import Mail, Mark, Party
from maatje.model.units import ContactId, Seconds
from maatje.store import contacts, doctor, handles, interactions, search, sources, touches
from maatje.store.db import connect, transaction, value

BATCH = 5_000
START = 1_000_000_000
ME = Party("Ada Voorbeeld", "ada@example.org")


def made(number: int, people: int, seed: int = 1) -> list[interactions.MailRow]:
    """So many messages of one user's twenty years: few friends write much, a third are newsletters or crowds."""
    rng = random.Random(seed)
    parties = [Party(f"Persoon {one} van Voorbeeld", f"persoon{one}@host{one % 97}.example") for one in range(people)]
    words = [f"{rng.choice('bcdfghklmnprst')}{rng.choice('aeiou')}{one:x}" for one in range(20_000)]
    found = []
    for one in range(number):
        at = START + one * 600_000_000 // number
        other = parties[min(people - 1, int(rng.paretovariate(0.6)) - 1)]
        more = tuple(rng.choice(parties) for _ in range(rng.choice((0, 0, 0, 1, 2, 4))))
        marks = int(Mark.REPLY) if rng.random() < 0.4 else 0
        rule = "newsletter" if rng.random() < 0.3 else ""
        sender, to = (ME, (other, *more)) if rng.random() < 0.3 and not rule else (other, (ME, *more))
        subject = " ".join(words[min(19_999, int(rng.paretovariate(0.4)))] for _ in range(5))
        mail = Mail(
            Seconds(at), sender, to, (), (), None, subject, f"{one}.{at}.ab@host.example", "", marks, len(to), one, 2500
        )
        found.append(interactions.mail_row(mail, rule))
    return found


Start = tuple[float, float]


def started() -> Start:
    """Now, by the wall clock and by this process's own time, which other work on the machine does not lengthen."""
    return time.perf_counter(), time.process_time()


def timed(label: str, figures: dict[str, float], number: int, start: Start) -> None:
    """Note how long something took, and per row: by the wall and of the processor."""
    wall, cpu = time.perf_counter() - start[0], time.process_time() - start[1]
    figures[f"{label}_s"] = round(wall, 3)
    figures[f"{label}_us_per_row"] = round(wall / max(1, number) * 1e6, 2)
    figures[f"{label}_cpu_us_per_row"] = round(cpu / max(1, number) * 1e6, 2)


def run(number: int, people: int, folder: Path) -> dict[str, float]:
    """All figures over one generated archive."""
    figures: dict[str, float] = {"interactions": number}
    rows = made(number, people)
    db = connect(folder / "store.db")
    with transaction(db):
        source = sources.remember(db, "generated", "mbox", Seconds(START)).id
    book = handles.HandleBook(db)
    start = started()
    for at in range(0, number, BATCH):
        with transaction(db):
            interactions.add_mail(db, book, source, rows[at : at + BATCH])
    timed("add_mail", figures, number, start)
    start = started()
    for at in range(0, min(number, 100_000), BATCH):
        with transaction(db):
            again = interactions.add_mail(db, book, source, rows[at : at + BATCH])
            assert again.new == 0
    timed("add_mail_again", figures, min(number, 100_000), start)
    start = started()
    with transaction(db):
        handles.set_me(db, [(HandleKind.MAIL, ME.address)])
        written = touches.attribute(db, everything=True).touches
    timed("attribute", figures, number, start)
    figures["touches"] = written
    start = started()
    with transaction(db):
        contacts.ensure_contacts(db, Seconds(START))
    timed("ensure_contacts", figures, people, start)
    start = started()
    with transaction(db):
        contacts.refresh_names(db, str.strip)
    timed("refresh_names", figures, people, start)
    start = started()
    assert len(touches.read_touches(db)) <= written
    timed("read_touches", figures, written, start)
    words = [row[4].split()[0] for row in rows[:: max(1, number // 20)]]
    for label, asked in (("find_ms", words), ("find_letter_ms", ["b", "ba", "va", "p"])):
        start = time.perf_counter()
        for word in asked:
            search.find(db, word)
        figures[label] = round((time.perf_counter() - start) / len(asked) * 1000, 1)
    start = time.perf_counter()
    touches.timeline(db, ContactId(1))
    figures["timeline_ms"] = round((time.perf_counter() - start) * 1000, 1)
    for label, deep in (("doctor", False), ("doctor_deep", True)):
        start = started()
        assert all(finding.ok for finding in doctor.examine(db, deep=deep))
        timed(label, figures, number, start)
    figures["size_mb"] = round(value(db, "PRAGMA page_count") * value(db, "PRAGMA page_size") / 1e6, 1)
    db.close()
    return figures


def main() -> None:
    """Run and print, for people or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interactions", type=int, default=1_000_000)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="maatje-store-") as folder:
        figures = run(asked.interactions, asked.people, Path(folder))
    if asked.json:
        print(json.dumps(figures))
    else:
        for name, figure in figures.items():
            print(f"{name:28} {figure:>14,}")


if __name__ == "__main__":
    main()
