"""
How well the automata rules tell people from programs, on public mail with labels.

    python benchmarks/automata.py [--corpora ../shared/corpora] [--json]

Set aside by right (positives): the hard-ham of spamassassin-a (newsletters), all of sisimai-bounces
but its "not" (bounces), easy-ham that came through a list. Kept by right (negatives): easy-ham that
came through no list, sisimai's "not", and of three Enron mailboxes what its owner sent, and what
was sent by those whom the owner wrote to as well. Crowds are counted apart: they say nothing about
the sender. Prints counts and rates, never a name or an address.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from maatje.identity.automata import rule_of
from maatje.model.record import Mail, Mark
from maatje.sources import eml, mbox

ENRON = ("enron-allen-p", "enron-skilling-j", "enron-whalley-g")
SENT = ("sent", "sent_items", "_sent_mail")
LISTS = ("list-linux-autofs", "list-usrp-users")
NO_COUNT = ("crowd",)
"""Rules that do not call the sender a program."""


def read_envelopes(path: Path) -> Iterator[Mail]:
    """Every message of an mbox or a single file, as an import reads it; what cannot be read is left out."""
    with path.open("rb") as file:
        head = file.read(1 << 16)
    source = mbox if mbox.sniff(head, path) and "maildir" not in path.parts else eml
    yield from (record for record in source.read(path, name=path.name) if isinstance(record, Mail))


def read_groups(corpora: Path) -> dict[str, tuple[bool, list[Mail]]]:
    """Each labelled group: whether it should be set aside, and its mail."""
    automated = corpora / "mail-automated"
    easy, hard = (_folder(automated / "spamassassin-a" / name) for name in ("easy-ham", "hard-ham"))
    through_list = int(Mark.LIST_ID | Mark.UNSUBSCRIBE | Mark.BULK)
    sisimai = automated / "sisimai-bounces"
    groups = {
        "newsletters (hard-ham)": (True, hard),
        "bounces (sisimai)": (True, [*_folder(sisimai / "maildir" / "bsd"), *_folder(sisimai / "maildir" / "err")]),
        "bounces (sisimai mailboxes)": (True, _folder(sisimai / "mailbox")),
        "people on lists (easy-ham)": (True, [mail for mail in easy if mail.marks & through_list]),
        "lists (public archives)": (True, [mail for name in LISTS for mail in _folder(corpora / "mail" / name)]),
        "no bounce (sisimai not)": (False, _folder(sisimai / "maildir" / "not")),
        "no list (easy-ham)": (False, [mail for mail in easy if not mail.marks & through_list]),
    }
    sent, two_way = _enron(corpora / "mail")
    return groups | {"sent by the owner (enron)": (False, sent), "two-way correspondents (enron)": (False, two_way)}


def _folder(folder: Path) -> list[Mail]:
    return [mail for path in sorted(folder.iterdir()) if path.is_file() for mail in read_envelopes(path)]


def _enron(folder: Path) -> tuple[list[Mail], list[Mail]]:
    """What the owners sent; what they got from those whom they wrote to (a message by itself, not a crowd)."""
    sent: list[Mail] = []
    two_way: list[Mail] = []
    for name in ENRON:
        boxes = {path.stem: list(read_envelopes(path)) for path in sorted((folder / name).glob("*.mbox"))}
        own = [mail for stem in SENT for mail in boxes.get(stem, []) if mail.sender]
        owner = Counter(mail.sender.address for mail in own if mail.sender).most_common(1)
        me = owner[0][0] if owner else ""
        written = {party.address for mail in own if mail.recipients <= 3 for party in mail.to} - {me}
        sent += [mail for mail in own if mail.sender and mail.sender.address == me]
        two_way += [
            mail
            for stem, box in boxes.items()
            if stem not in SENT
            for mail in box
            if mail.sender and mail.sender.address in written
        ]
    return sent, two_way


def measure(corpora: Path) -> dict[str, object]:
    """Counts by group and rule, precision and recall over all, and the cost of one answer."""
    groups = read_groups(corpora)
    by_group: dict[str, dict[str, object]] = {}
    outcomes: Counter[tuple[bool, bool]] = Counter()
    rules: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, (is_automated, mails) in groups.items():
        for mail in mails:
            rule = rule_of(mail)
            rules[name][rule or "kept"] += 1
            if rule not in NO_COUNT:
                outcomes[is_automated, bool(rule)] += 1
        aside = sum(count for rule, count in rules[name].items() if rule not in ("kept", *NO_COUNT))
        by_group[name] = {
            "expected": "aside" if is_automated else "kept",
            "messages": len(mails),
            "aside": aside,
            "share": round(aside / max(1, len(mails)), 4),
            "rules": dict(rules[name].most_common()),
        }
    right, wrong, missed = outcomes[True, True], outcomes[False, True], outcomes[True, False]
    return {
        "groups": by_group,
        "precision": round(right / max(1, right + wrong), 4),
        "recall": round(right / max(1, right + missed), 4),
        "false_alarms": round(wrong / max(1, wrong + outcomes[False, False]), 4),
        "us_per_message": round(_cost([mail for _, mails in groups.values() for mail in mails]), 2),
    }


def _cost(mails: list[Mail]) -> float:
    """Microseconds for one message, each sender met before (as in a mailbox), the best of three."""
    spent = []
    for _ in range(3):
        begun = time.perf_counter()
        for mail in mails:
            rule_of(mail)
        spent.append(time.perf_counter() - begun)
    return min(spent) / max(1, len(mails)) * 1e6


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Precision and recall of the automata rules on public mail.")
    parser.add_argument("--corpora", type=Path, default=Path(__file__).parents[2] / "shared" / "corpora")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if not options.corpora.is_dir():
        raise SystemExit(f"{options.corpora} is not there: say --corpora FOLDER.")
    figures = measure(options.corpora)
    if options.json:
        print(json.dumps(figures, indent=2))
        return
    groups = figures["groups"]
    assert isinstance(groups, dict)
    for name, group in groups.items():
        print(f"{name:32} {group['expected']:6} {group['aside']:5}/{group['messages']:<5} {group['share']:7.2%}  "
              + ", ".join(f"{rule} {count}" for rule, count in group["rules"].items()))  # fmt: skip
    print(f"precision {figures['precision']:.2%}, recall {figures['recall']:.2%}, "
          f"false alarms {figures['false_alarms']:.2%}, {figures['us_per_message']} µs a message")  # fmt: skip


if __name__ == "__main__":
    main()
