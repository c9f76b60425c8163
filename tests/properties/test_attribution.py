"""The touches that SQL makes are those that the written rules of attribution say."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.store_making import add, add_meetings, fresh, mail, meeting, settle

from maatje.identity.attribute import shares_of_mail, shares_of_meeting
from maatje.model.record import Answer, Mail, Meeting, Party
from maatje.store.db import Db, rows

ME = Party("", "ada@example.org")
ALSO_ME = Party("", "ada@oud.example.org")
PEOPLE = [Party("", f"wie{one}@example.org") for one in range(22)]
MINE = frozenset({ME.address, ALSO_ME.address})
EDGES = st.sampled_from([0, 1, 2, 3, 4, 5, 6, 18, 19, 20, 21])
"""How many others are in it: around what is few and what is a crowd."""

Found = list[tuple[int, str, int, float]]


@st.composite
def letters(draw: st.DrawFn) -> list[Mail]:
    """Messages at instants of their own, so that none is another's copy; the user stands in any place, or in none."""
    found = []
    for at in range(1, draw(st.integers(2, 8))):
        to, cc, bcc = list(PEOPLE[: draw(EDGES)]), list(PEOPLE[:1]) if draw(st.booleans()) else [], []
        for place in draw(st.lists(st.sampled_from([to, cc, bcc]), max_size=2)):
            place.append(draw(st.sampled_from([ME, ALSO_ME])))
        sender = draw(st.sampled_from([ME, ALSO_ME, *PEOPLE[:3]]))
        found.append(mail(at, sender, tuple(to), cc=tuple(cc), bcc=tuple(bcc)))
    return found


def _touches(db: Db) -> Found:
    return sorted(
        (at, value, direction, round(weight, 9))
        for at, value, direction, weight in rows(
            db, "SELECT t.at, h.value, t.direction, t.weight FROM touches t JOIN handles h ON h.id = t.handle_id"
        )
    )


def _addresses(parties: Sequence[Party]) -> list[str]:
    return [party.address for party in parties]


@settings(max_examples=150, deadline=None)
@given(letters())
def test_mail_touches_whom_the_rules_say(found: list[Mail]) -> None:
    """For any mail, SQL and the pure rules agree on whom it touches, which way, and with what weight."""
    db = fresh(me=[ME, ALSO_ME])
    add(db, *((one, "") for one in found))
    settle(db)
    expected: Found = []
    for one in found:
        assert one.sender is not None
        shares = shares_of_mail(
            one.sender.address, _addresses(one.to), _addresses(one.cc), _addresses(one.bcc),
            recipients=one.recipients, me=MINE,
        )  # fmt: skip
        expected += [(one.at, share.address, int(share.direction), round(share.weight, 9)) for share in shares]
    assert _touches(db) == sorted(expected)


@st.composite
def gatherings(draw: st.DrawFn) -> list[Meeting]:
    """Meetings, some of them one of a series; everybody on the list came."""
    found = []
    for at in range(1, draw(st.integers(2, 6))):
        people = [ME, *PEOPLE[: draw(EDGES)]]
        found.append(meeting(f"m{at}", at, [(who, Answer.ACCEPTED) for who in people], recurs=draw(st.booleans())))
    return found


@settings(max_examples=80, deadline=None)
@given(gatherings())
def test_meetings_touch_whom_the_rules_say(found: list[Meeting]) -> None:
    """For any meeting, SQL and the pure rules agree, a routine one of a series included."""
    db = fresh(me=[ME, ALSO_ME])
    add_meetings(db, *found)
    settle(db)
    expected: Found = []
    for one in found:
        shares = shares_of_meeting([guest.address for guest in one.attendees], me=MINE, is_series=one.recurs)
        expected += [(one.at, share.address, int(share.direction), round(share.weight, 9)) for share in shares]
    assert _touches(db) == sorted(expected)
