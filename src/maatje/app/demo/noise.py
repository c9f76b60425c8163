"""What lies in a mailbox beside people: newsletters, notifications, a mailing list, the back-up's report."""

from __future__ import annotations

from random import Random

from maatje.app.demo.civil import YEAR
from maatje.app.demo.ledger import Ledger, Letter, awake, fill, fresh_hour, party
from maatje.app.demo.people import Person, begin, words
from maatje.model.record import Party
from maatje.model.units import DAY

LIST = Party("", "adviseurs@lijst.example.net")
"""The mailing list of the invented association of organisation advisers."""


def tell_machines(ledger: Ledger) -> None:
    """Write down what the senders that are no people sent."""
    for machine in words()["machines"]:
        rng = Random(f"{ledger.seed}/{machine['address']}")
        sender = Party(machine["name"], machine["address"])
        at = begin(ledger.until) + rng.random() * 2 * YEAR
        while True:
            at += YEAR / machine["a_year"] * rng.uniform(0.6, 1.4)
            sent = fresh_hour(rng, at, "work")
            if sent >= ledger.until:
                break
            template = machine.get("subject") or rng.choice(words()["subjects"]["newsletter_heads"])
            ledger.write(sent, sender, (ledger.me(sent),), fill(rng, template, sent), kind=machine["kind"])


def tell_list(ledger: Ledger, members: tuple[Person, ...]) -> None:
    """Write down the mailing list: questions by members, answers by others, now and then by Hanneke."""
    rng = Random(f"{ledger.seed}/list")
    at = begin(ledger.until) + 200 * DAY * rng.random()
    while True:
        at += rng.expovariate(26 / YEAR)
        posted = fresh_hour(rng, at, "work")
        if posted >= ledger.until - 4 * DAY:
            return
        subject = f"[adviseurs] {fill(rng, rng.choice(words()['subjects']['list_topics']), posted)}"
        last: Letter | None = None
        for turn in range(1 + min(5, int(rng.expovariate(0.55)))):
            if turn:
                posted = awake(rng, posted + 900 + rng.lognormvariate(1.5, 1.0) * 3600)
            if posted >= ledger.until:
                return
            mine = rng.random() < 0.04
            sender = ledger.me(posted) if mine else party(rng.choice(members), posted)
            title = f"Re: {subject}" if turn else subject
            last = ledger.write(posted, sender, (LIST,), title, last, kind="" if mine else "list")
