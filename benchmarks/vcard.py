"""
How fast address books are read: our reader against vobject, on the same invented cards, in one run.

Run ``python benchmarks/vcard.py [--cards N] [--json]``. Times are process CPU, best of three.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import vobject

from maatje.model.record import Card
from maatje.sources import vcard

GIVEN = ("Anna", "Bram", "Chloé", "Daan", "Esmée", "Fleur", "Gijs", "Hanna", "Iris", "Jürgen")
FAMILY = ("de Vries", "van der Meer", "Jansen", "Bakker", "Visser", "Öztürk", "Smit", "Mulder")
TARGET = 12.0


def card(rng: random.Random, number: int) -> str:
    """One vCard 3.0 of 17 properties that vobject can read too; invented."""
    given, family = rng.choice(GIVEN), rng.choice(FAMILY)
    phone = rng.randrange(10_000_000, 99_999_999)
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"UID:card-{number}@example.org",
        f"FN:{given} {family}",
        f"N:{family};{given};;;",
        f"NICKNAME:{given[:3]}",
        f"EMAIL;TYPE=INTERNET,HOME,PREF:{given.lower()}.{number}@example.org",
        f"EMAIL;TYPE=INTERNET,WORK:{number}@firm.example.org",
        f"TEL;TYPE=CELL:+31 6 {phone}",
        f"TEL;TYPE=WORK,VOICE:+31 20 {phone % 10_000_000}",
        f"ADR;TYPE=HOME:;;Kade {number % 300};Utrecht;;3511 AB;Nederland",
        "ORG:Bureau Voorbeeld;Advies",
        "TITLE:Adviseur",
        f"URL:https://example.org/~{number}",
        f"BDAY:{rng.randrange(1940, 2000)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}",
        "CATEGORIES:Vrienden,Haring",
        "NOTE:Met elkaar aan tafel gezeten\\, in het voorjaar\\; daarna nog eens een lange\r\n  brief over van alles",
        f"REV:202{number % 6}-05-0{number % 9 + 1}T12:00:00Z",
        "X-MAATJE-TEST:bewaren",
        "END:VCARD",
    ]
    return "\r\n".join(lines) + "\r\n"


def cpu_seconds(work: Callable[[], int], rounds: int) -> float:
    """The least CPU seconds of several rounds."""
    best = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best


def main() -> None:
    """Make the book, read it both ways, print both rates and their ratio."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cards", type=int, default=10_000)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    rng = random.Random(20_240_229)
    text = "".join(card(rng, number) for number in range(chosen.cards))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.vcf"
        path.write_text(text, encoding="utf-8", newline="")

        def ours() -> int:
            return sum(isinstance(record, Card) for record in vcard.read(path, name="book.vcf"))

        def theirs() -> int:
            return sum(1 for _ in vobject.readComponents(path.read_text(encoding="utf-8")))

        assert ours() == theirs() == chosen.cards
        mine, other = cpu_seconds(ours, 3), cpu_seconds(theirs, 1)
    result = {
        "cards": chosen.cards,
        "maatje_cards_per_second": round(chosen.cards / mine),
        "vobject_cards_per_second": round(chosen.cards / other),
        "ratio": round(other / mine, 1),
        "target": TARGET,
    }
    if chosen.json:
        print(json.dumps(result))
    else:
        print(
            f"{result['cards']} cards of 17 properties: maatje {result['maatje_cards_per_second']}/s, "
            f"vobject {result['vobject_cards_per_second']}/s, ratio {result['ratio']} (target {TARGET})"
        )


if __name__ == "__main__":
    main()
