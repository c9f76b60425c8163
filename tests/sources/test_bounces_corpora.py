"""Delivery reports on public mail: what must be told of, and where nothing may be."""

from __future__ import annotations

from pathlib import Path

import pytest

from maatje.model.record import Mail
from maatje.sources import registry

CORPORA = Path(__file__).parents[2].parent / "shared" / "corpora"

pytestmark = [
    pytest.mark.corpora,
    pytest.mark.skipif(not (CORPORA / "mail-automated").is_dir(), reason="../shared/corpora is not here"),
]


def _mails(folder: str) -> list[Mail]:
    found: list[Mail] = []
    for one in registry.walk(CORPORA / folder):
        if one.format in {"mbox", "eml"}:
            found += [
                mail for mail in registry.FORMATS[one.format].read(one.path, name=one.name) if isinstance(mail, Mail)
            ]
    return found


def test_reports_tell_who_failed() -> None:
    """Of some 700 reports, delays, refusals and full mailboxes among them, two in five tell of a lost address."""
    mails = _mails("mail-automated/sisimai-bounces")
    assert len(mails) >= 700
    assert sum(bool(mail.failed) for mail in mails) >= 270


@pytest.mark.parametrize("folder", ["mail-automated/spamassassin-a", "mail-automated/sisimai-bounces/maildir/not"])
def test_other_mail_tells_nothing(folder: str) -> None:
    """No person's mail and no newsletter tells of an address that failed."""
    mails = _mails(folder)
    assert mails
    assert [mail for mail in mails if mail.failed] == []
