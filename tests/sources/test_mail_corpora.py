"""
Every mail file of the shared corpora is read, with fewer failures than the baseline, source by source.

Only counts are compared and shown: the corpora hold real people's names and addresses.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from maatje.model.record import Mail, Mark
from maatje.sources import eml, emlx, maildir, mbox, pipermail
from maatje.sources.limits import HEAD

CORPORA = Path(__file__).parents[2].parent / "shared" / "corpora"
FORMATS = (pipermail, mbox, emlx, eml)

pytestmark = [
    pytest.mark.corpora,
    pytest.mark.skipif(not CORPORA.is_dir(), reason="skipped: the shared corpora are not beside this repository"),
]

# files of mail, files that are no mail (text, HTML), messages, problems, and messages without a usable
# sender. A problem is a message without any date, as its test data means it to be.
EXPECTED = {
    "mail/cpython-test-email": (46, 2, 30, 16, 1),
    "mail/enron-allen-p": (10, 0, 3034, 0, 0),
    "mail/enron-skilling-j": (11, 0, 2887, 0, 0),
    "mail/enron-whalley-g": (23, 0, 1878, 0, 0),
    "mail/hyperkitty": (21, 0, 26, 0, 0),
    "mail/list-linux-autofs": (1, 0, 644, 0, 1),
    "mail/list-r-devel-pipermail": (20, 0, 4375, 0, 203),
    "mail/list-usrp-users": (1, 0, 160, 0, 0),
    "mail/mikel-mail": (103, 1, 92, 11, 3),
    "mail/mimekit": (47, 0, 258, 5, 25),
    "mail/notmuch": (320, 1, 319, 1, 0),
    "mail/talon": (14, 34, 13, 1, 0),
    "mail-automated/sisimai-bounces": (670, 3, 706, 3, 110),
    "mail-automated/spamassassin-a": (725, 0, 725, 0, 0),
}


def counts(folder: Path) -> Counter[str]:
    """What is read from every file of a folder."""
    found: Counter[str] = Counter()
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        with path.open("rb") as file:
            head = file.read(HEAD)
        reader = next((one for one in FORMATS if one.sniff(head, path)), None)
        found["files" if reader else "foreign"] += 1
        for record in reader.read(path, name=path.name) if reader else ():
            if not isinstance(record, Mail):
                found["problems"] += 1
                continue
            found["messages"] += 1
            found["senderless"] += record.sender is None
            found["sent"] += bool(record.marks & Mark.SENT)
            found["reports"] += bool(record.marks & Mark.BOUNCE)
            found["lists"] += bool(record.marks & (Mark.LIST_ID | Mark.UNSUBSCRIBE | Mark.BULK))
    return found


def baseline() -> dict[str, tuple[int, int, int]]:
    """What the standard library could not read: messages that raised, without From address, without Date."""
    rows = {}
    with (CORPORA / "BASELINE.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["library"].startswith("stdlib"):
                numbers = [int(number) for number in re.findall(r"(?:From addr|parsable Date) (\d+)", row["notes"])]
                rows[row["folder"]] = (int(row["failures"]), numbers[0], numbers[1])
    return rows


@pytest.mark.parametrize("source", EXPECTED)
def test_every_file_is_read(source: str) -> None:
    """Each source gives the counts we know, and no more failures than the standard library has."""
    found = counts(CORPORA / source)
    assert EXPECTED[source] == tuple(found[key] for key in ("files", "foreign", "messages", "problems", "senderless"))
    raised, without_sender, without_date = baseline()[source]
    assert found["problems"] <= raised + without_date
    assert found["senderless"] <= raised + without_sender


def test_together_fewer_than_the_baseline() -> None:
    """Over all sources there are fewer problems and far fewer unknown senders than the baseline's."""
    rows = baseline()
    assert set(rows) == set(EXPECTED)
    assert sum(row[3] for row in EXPECTED.values()) < sum(raised + date for raised, _, date in rows.values())
    assert sum(row[4] for row in EXPECTED.values()) * 10 < sum(sender for _, sender, _ in rows.values())


def test_what_marks_say() -> None:
    """Sent folders of Enron are known, nearly every bounce sample is marked, and nearly every list message."""
    assert counts(CORPORA / "mail/enron-allen-p")["sent"] == 1509
    assert counts(CORPORA / "mail-automated/sisimai-bounces")["reports"] >= 570
    assert counts(CORPORA / "mail/list-usrp-users")["lists"] == 160


def test_ranges_give_the_same() -> None:
    """Real mailboxes read in small ranges give exactly what they give when read whole."""
    for path in sorted((CORPORA / "mail").glob("*/*.mbox"))[:12]:
        whole = list(mbox.read(path, name="m"))
        ranges = mbox.split(path, 0, 50_000)
        assert whole == [one for start, stop in ranges for one in mbox.read(path, name="m", start=start, stop=stop)]


def test_folders_of_messages_are_listed() -> None:
    """The notmuch corpus, a folder of one-message files, gives one record for each file."""
    folder = CORPORA / "mail/notmuch"
    names = maildir.list_folder(folder)
    assert len(names) == 321
    assert sum(isinstance(one, Mail) for one in maildir.read_items(folder, names, name="m")) == 319
