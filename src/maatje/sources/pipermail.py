"""
Pipermail's text archives of mailing lists: an mbox with hidden addresses and without recipients.

"alice at example.org" is read back; the newer "@end|ng |rom" form throws letters away and cannot
be, so that its sender is unknown. All of it is list mail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from maatje.model.record import Mail, Mark, Party, Problem
from maatje.sources.addresses import clean_address, clean_name
from maatje.sources.boundaries import is_mailbox, opening
from maatje.sources.headers import Field, scan
from maatje.sources.mbox import read_mailbox
from maatje.sources.message import read_head
from maatje.sources.words import decode_raw

FORMAT: Final = "pipermail"

_HIDDEN: Final = re.compile(
    rb"From [^\s@]{1,100} at [^\s@]{1,255}[ \t]|From [^\r\n]{1,300} (?:@end\|ng \|rom|m@iii@g oii) "
)
_SECOND: Final = re.compile(rb"\nFrom: [^\r\n]* (?:at|@end\|ng \|rom|m@iii@g oii) ")
_AT: Final = re.compile(r"\s*([^\s@()<>]{1,128}) at ([^\s@()<>]{1,255})\s*(?:\((.*)\)\s*)?", re.DOTALL)


def sniff(head: bytes, path: Path) -> bool:
    """Whether a file begins with a "From " line and a From field that hide an address in pipermail's way."""
    if not is_mailbox(head):
        return False
    first = opening(head)
    field = _SECOND.search(head, first, first + 2_000)
    return _HIDDEN.match(head, first) is not None and field is not None


def read(path: Path, *, name: str, start: int = 0, stop: int | None = None) -> Iterator[Mail | Problem]:
    """The messages that begin in bytes [start, stop) of an archive, in order; as ``mbox.read``."""
    return read_mailbox(path, name, _read_one, start=start, stop=stop)


def _read_one(line: bytes, head: bytes, marks: int, place: int) -> Mail | str:
    found = read_head(head, marks | Mark.LIST_ID, place, envelope=line)
    if isinstance(found, str):
        return found
    value = scan(head)[0].get(Field.FROM, b"")
    hidden = _hidden_sender(decode_raw(value[:2_000]))
    if hidden is not None:
        return found._replace(sender=hidden, marks=found.marks & ~Mark.LIES)
    if b" @end|ng |rom " in value or b" m@iii@g oii " in value:
        return found._replace(sender=None, marks=found.marks & ~Mark.LIES)
    return found


def _hidden_sender(value: str) -> Party | None:
    """The party of "alice at example.org (Alice)", or None."""
    match = _AT.fullmatch(value.replace("\n", "").replace("\r", ""))
    if match is None:
        return None
    address = clean_address(f"{match[1]}@{match[2]}")
    return Party(clean_name(match[3] or "", address), address) if address else None
