"""What an address alone tells, in Dutch, English, German and French."""

from __future__ import annotations

import pytest

from maatje.identity.addresses import handle_rule

MACHINES = [
    ("no-reply@example.org", "no-reply"),
    ("noreply@example.org", "no-reply"),
    ("do-not-reply@example.org", "no-reply"),
    ("donotreply.bank@example.org", "no-reply"),
    ("geen-antwoord@example.org", "no-reply"),
    ("nietbeantwoorden@example.org", "no-reply"),
    ("ne-pas-repondre@example.org", "no-reply"),
    ("keine-antwort@example.org", "no-reply"),
    ("messages-noreply@example.org", "no-reply"),
    ("no.address@example.org", "no-reply"),
    ("mailer-daemon@example.org", "bounce"),
    ("postmaster@example.org", "bounce"),
    ("bounce+abc.123-jan=example.com@example.org", "bounce"),
    ("herring-bounces@example.org", "bounce"),
    ("notifications@example.org", "notice"),
    ("notification+zj4o@example.org", "notice"),
    ("price.alerts@example.org", "notice"),
    ("cron@example.org", "notice"),
    ("anyone@notifications.example.org", "notice"),
    ("nieuwsbrief@example.org", "newsletter"),
    ("newsletter-nl@example.org", "newsletter"),
    ("news@example.org", "newsletter"),
    ("anyone@newsletter.example.org", "newsletter"),
    ("general.announcements@example.org", "newsletter"),
    ("bevestiging@example.org", "booking"),
    ("booking.confirmation@example.org", "booking"),
    ("facturen@example.org", "booking"),
    ("orders@example.org", "booking"),
    ("owner-herring@example.org", "mailing-list"),
    ("herring-request@example.org", "mailing-list"),
    ("herring@lists.example.org", "mailing-list"),
    ("herring@googlegroups.com", "mailing-list"),
    ("all.employees@example.org", "mailing-list"),
    ("iedereen@example.org", "mailing-list"),
    ("vergaderzaal.noord@example.org", "room"),
    ("meetingroom-3@example.org", "room"),
    ("zaal-12@example.org", "room"),
    ("c_abc123@resource.calendar.google.com", "room"),
    ("jan=example.com@example.org", "one-time-address"),
    ("reply-3f2504e04f8911d39a0c0305e82c3301@example.org", "one-time-address"),
    ("r-3-728387-2275130-2-6465-us2-d48f8bd2@example.org", "one-time-address"),
]

PEOPLE = [
    "jan.van.den.berg@example.org",
    "info@example.org",
    "sales@example.org",
    "contact@example.org",
    "secretariaat@example.org",
    "jan1975@example.org",
    "31612345678@example.org",
    "1234.5678@example.org",
    "jan+werk@example.org",
    "alicia.jenkins@example.org",
    "piet.cron@example.org",
    "w.root@example.org",
    "j.van.der.zaal@example.org",
    "zaal@example.org",
    "phil.allen@example.org",
    "anna.list@example.org",
    "jan.robot@example.org",
    "jan@mail.example.org",
    "jan@email.example.org",
    "imceanotes-jan+20smit+2fams+40acme@example.org",
    "de.news.bakker@example.org",
    "m.bouncer@example.org",
    "jan",
    "",
]


@pytest.mark.parametrize(("address", "rule"), MACHINES)
def test_machines_are_known(address: str, rule: str) -> None:
    """A machine's address says by which rule it is one."""
    assert rule == handle_rule(address)


@pytest.mark.parametrize("address", PEOPLE)
def test_people_are_left_alone(address: str) -> None:
    """An address that may be a person's is no automaton's, however odd it looks."""
    assert handle_rule(address) == ""
