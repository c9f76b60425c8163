"""What falls between the user and one other: directions, weights, labels, and the user's word over the rules."""

from __future__ import annotations

import pytest
from tests.store.store_making import JAN, ME, PIA, TOM, add, add_cards, card, fresh, handle, mail, settle, touched, who

from maatje.model.contact import HandleKind
from maatje.model.interaction import Direction
from maatje.model.record import Mail, Mark, Party
from maatje.model.units import HandleId, Seconds
from maatje.store import aside, handles, touches
from maatje.store.db import transaction

OTHER_ME = Party("", "ada@work.example")
MANY = [Party("", f"gast{one}@example.org") for one in range(9)]
REPLY = int(Mark.REPLY)


@pytest.mark.parametrize(
    ("message", "weight"),
    [
        (mail(10, JAN, [ME]), 1.0),
        (mail(10, JAN, [ME, *MANY]), 1.0),
        (mail(10, JAN, [PIA], cc=[ME]), 1.0),
        (mail(10, JAN, MANY, cc=[ME]), 0.25),
        (mail(10, JAN, [*MANY[:4]], cc=[ME]), 1.0),
        (mail(10, JAN, [*MANY[:5]], cc=[ME]), 0.25),
        (mail(10, JAN, [PIA]), 0.25),
        (mail(10, JAN, MANY, cc=[OTHER_ME], bcc=[ME]), 1.0),
    ],
)
def test_a_message_from_them_touches_its_sender(message: Mail, weight: float) -> None:
    """What was meant for the user weighs one; a copy among many, or mail that does not name the user, a quarter."""
    db = fresh(me=[ME, OTHER_ME])
    add(db, message)
    settle(db)
    assert touched(db) == [(JAN.address, 10, Direction.IN, weight)]


@pytest.mark.parametrize(("number", "weight"), [(1, 1.0), (5, 1.0), (8, 0.625)])
def test_my_message_touches_each_recipient(number: int, weight: float) -> None:
    """My own message weighs one for each of up to five, then less; never for myself, and once for each."""
    db = fresh(me=[ME, OTHER_ME])
    add(db, mail(10, ME, MANY[: number - 1], cc=[MANY[0], OTHER_ME] if number > 1 else [JAN], recipients=number))
    settle(db)
    found = touched(db)
    assert {(direction, weight) for _, _, direction, weight in found} == {(Direction.OUT, weight)}
    assert len(found) == max(1, number - 1)


@pytest.mark.parametrize(
    "message",
    [
        (mail(10, JAN, [ME]), "newsletter"),
        mail(10, JAN, [ME, *(Party("", f"a{one}@example.org") for one in range(20))]),
        mail(10, JAN, [ME], marks=int(Mark.LIES)),
        mail(10, ME, [OTHER_ME]),
    ],
)
def test_what_is_set_aside_touches_nobody(message: Mail | tuple[Mail, str]) -> None:
    """Automata, crowds and lies credit nobody; nor does writing to oneself."""
    db = fresh(me=[ME, OTHER_ME])
    add(db, message)
    settle(db)
    assert touched(db) == []


def test_labels_follow_from_the_senders_other_mail() -> None:
    """Mail without reply headers is fresh only once that sender's mail carries them at other times, late ones too."""
    db = fresh()
    add(db, mail(10, JAN, [ME]), mail(11, PIA, [ME]))
    settle(db)
    labels = [(one[1], one[4]) for one in touches.read_touches(db)]
    assert labels == [(10, 0), (11, 0)]
    add(db, mail(20, JAN, [ME], marks=REPLY), mail(21, ME, [JAN]))
    assert settle(db).handle_ids == (1, handle(db, JAN.address))
    labels = [(one[1], one[4]) for one in touches.read_touches(db)]
    assert labels == [(10, 2), (20, 1), (21, 0), (11, 0)]


def test_an_automaton_gets_no_touches_until_the_user_keeps_it() -> None:
    """A sender found to be no person loses its touches; "keep" brings them back, and unkeeping takes them again."""
    db = fresh()
    add(db, (mail(10, JAN, [ME]), "newsletter"), mail(11, JAN, [ME]), mail(12, ME, [JAN]), mail(13, ME, [JAN, PIA]))
    settle(db)
    assert [at for _, at, *_ in touched(db)] == [11, 12, 13, 13]
    number = HandleId(handle(db, JAN.address))
    steps: list[tuple[dict[HandleId, str], bool | None, list[int]]] = [
        ({number: "one-way"}, None, [13]),
        ({number: "one-way"}, True, [10, 11, 12, 13, 13]),
        ({}, None, [10, 11, 12, 13, 13]),
        ({number: "one-way"}, False, [11, 12, 13, 13]),
        ({number: "one-way"}, None, [13]),
        ({}, None, [11, 12, 13, 13]),
    ]
    for rules, kept, expected in steps:
        with transaction(db):
            if kept is None:
                handles.set_automata(db, rules)
            else:
                handles.keep(db, number, kept=kept)
        result = settle(db)
        assert [at for _, at, *_ in touched(db)] == expected
        assert result.handle_ids is not None
        before = touched(db)
        settle(db, everything=True)
        assert touched(db) == before


def test_mail_of_a_kept_sender_counts_at_once() -> None:
    """New mail of a sender that the user kept is not set aside, and can be found."""
    db = fresh()
    add(db, (mail(10, JAN, [ME]), "newsletter"))
    with transaction(db):
        handles.keep(db, HandleId(handle(db, JAN.address)), kept=True)
    add(db, (mail(20, JAN, [ME], "Nieuwsbrief"), "newsletter"), (mail(30, JAN, [ME], marks=int(Mark.LIES)), ""))
    settle(db)
    assert [at for _, at, *_ in touched(db)] == [10, 20]
    assert [one.kept for one in aside.automata(db)] == [True]


def test_another_me_makes_all_touches_again() -> None:
    """When the user's own addresses change, directions follow."""
    db = fresh()
    add(db, mail(10, OTHER_ME, [JAN]), mail(11, JAN, [OTHER_ME]))
    settle(db)
    assert touched(db) == [(OTHER_ME.address, 10, 1, 0.25), (JAN.address, 11, 1, 0.25)]
    with transaction(db):
        assert handles.set_me(db, [(HandleKind.MAIL, one.address) for one in (ME, OTHER_ME)])
        assert not handles.set_me(db, [(HandleKind.MAIL, one.address) for one in (ME, OTHER_ME)])
    settle(db, everything=True)
    assert touched(db) == [(JAN.address, 10, 2, 1.0), (JAN.address, 11, 1, 1.0)]


def test_reading_is_in_order_and_within_bounds() -> None:
    """Touches come by contact, then instant, then in before out before both; bounds and contacts are kept."""
    db = fresh()
    add(
        db,
        mail(10, JAN, [ME]),
        mail(10, ME, [JAN], "Gelijk"),
        mail(5, PIA, [ME]),
        mail(20, PIA, [ME]),
        mail(7, ME, [PIA]),
    )
    settle(db)
    pia, jan = who(db, PIA.address), who(db, JAN.address)
    found = [one[:3] for one in touches.read_touches(db)]
    assert sorted(found) == found
    assert found == sorted([(jan, 10, 1), (jan, 10, 2), (pia, 5, 1), (pia, 7, 2), (pia, 20, 1)])
    within = touches.read_touches(db, before=Seconds(10), after=Seconds(5))
    assert {one[1] for one in within} == {7, 10}
    assert {one[0] for one in touches.read_touches(db, contact_ids=[pia])} == {pia}
    assert touches.read_touches(db, contact_ids=[]) == []


def test_one_message_to_two_addresses_of_one_contact_is_one_moment() -> None:
    """A message to both addresses of one person counts once, and is shown once."""
    db = fresh()
    add_cards(db, (card("Jan de Proef"), [JAN.address, TOM.address]))
    add(db, mail(10, ME, [JAN, TOM]), mail(11, TOM, [ME]))
    settle(db)
    jan = who(db, JAN.address)
    assert jan == who(db, TOM.address)
    assert [one[:3] for one in touches.read_touches(db)] == [(jan, 10, 2), (jan, 11, 1)]
    assert [(one.at, one.direction) for one in touches.timeline(db, jan)] == [(11, Direction.IN), (10, Direction.OUT)]  # type: ignore[arg-type]
    assert touches.timeline_total(db, jan) == 2  # type: ignore[arg-type]
    assert touches.timeline(db, jan, 1, 1)[0].at == 10  # type: ignore[arg-type]


def test_is_due_says_whether_something_waits() -> None:
    """An import broken off before its touches were made is noticed."""
    db = fresh()
    assert not touches.is_due(db)
    add(db, mail(10, JAN, [ME]))
    assert touches.is_due(db)
    settle(db)
    assert not touches.is_due(db)
