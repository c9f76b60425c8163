"""What came of it in the store: who it is led back to, what was done with whom, and lots that stay."""

from __future__ import annotations

import pytest
from tests.store.store_making import ME, NOW, add, add_cards, add_meetings, card, fresh, mail, meeting, settle, who

from maatje.errors import UserError
from maatje.model.interaction import Channel, Direction
from maatje.model.ledger import Experiment, Lot, Outcome, Yield, YieldDirection, YieldKind
from maatje.model.record import Answer, Party
from maatje.model.units import DAY, ContactId, Seconds
from maatje.store import dump, experiments, exposure, gave, parts, yields
from maatje.store.db import Db, transaction

ANNA, BOB = Party("Anna Smit", "anna@example.net"), Party("Bob Roos", "bob@example.net")


@pytest.fixture
def db() -> Db:
    """Two friends: Anna wrote twice, Bob was written to, and all met for an hour."""
    db = fresh()
    add(
        db,
        mail(NOW - 9 * DAY, ANNA, [ME], "One"),
        mail(NOW - 8 * DAY, ANNA, [ME], "Two"),
        mail(NOW - 7 * DAY, ME, [BOB], "Three"),
    )
    add_meetings(
        db,
        meeting(
            "lunch", NOW - 5 * DAY, [(ME, Answer.ACCEPTED), (ANNA, Answer.ACCEPTED), (BOB, Answer.ACCEPTED)],
            duration_seconds=3600,
        ),
    )  # fmt: skip
    settle(db)
    return db


def _made(*people: int, at: int = NOW, text: str = "A tip") -> Yield:
    return Yield(
        0, YieldKind.INFORMATION, YieldDirection.RECEIVED, Seconds(at), text, tuple(ContactId(one) for one in people)
    )


def test_kept_and_read_back(db: Db) -> None:
    """What was written down comes back as it was, its people in their order."""
    anna, bob = who(db, ANNA.address), who(db, BOB.address)
    made = Yield(
        0, YieldKind.OTHER, YieldDirection.GIVEN, NOW, "A boat", (ContactId(bob), ContactId(anna)), None, 1250, "EUR"
    )
    with transaction(db):
        number = yields.add(db, made, NOW)
    assert yields.one(db, number) == yields.every(db)[0] == yields.of_contact(db, ContactId(anna))[0]
    assert yields.every(db)[0] == Yield(number, *[getattr(made, name) for name in Yield.__slots__[1:]])
    with pytest.raises(UserError, match="nothing number 99"):
        yields.one(db, 99)


def test_a_merge_makes_two_people_one_in_it(db: Db) -> None:
    """Who was made one with another stands in a yield once, in the first of their places."""
    anna, bob = who(db, ANNA.address), who(db, BOB.address)
    with transaction(db):
        yields.add(db, _made(bob, anna), NOW)
        parts.merge(db, ContactId(anna), ContactId(bob))
    settle(db)
    assert yields.every(db)[0].contact_ids == (min(anna, bob),)


def test_the_ledger_begins_with_its_first_day(db: Db) -> None:
    """When it was first written in, or of what came first, whichever is earlier; never before that."""
    assert yields.begun_at(db) is None
    with transaction(db):
        yields.add(db, _made(at=NOW + 9 * DAY), NOW)
        assert yields.begun_at(db) == NOW
        yields.add(db, _made(at=NOW - 99 * DAY), NOW)
    assert yields.begun_at(db) == NOW - 99 * DAY


def test_moments_as_columns(db: Db) -> None:
    """Every moment of each, by time; an hour with two is half an hour with each, a message has no time of its own."""
    columns = exposure.moments(db, Seconds(NOW))
    found = {one: [row[1:] for row in zip(*columns, strict=True) if row[0] == one] for one in set(columns.contact_id)}
    mails, met = int(Channel.MAIL), int(Channel.MEETING)
    both = (NOW - 5 * DAY, met, int(Direction.BOTH))
    (shared,) = {row[3] for rows in found.values() for row in rows if row[1] == met}
    assert found[who(db, ANNA.address)] == [
        (NOW - 9 * DAY, mails, int(Direction.IN), 0),
        (NOW - 8 * DAY, mails, int(Direction.IN), 0),
        (*both, shared),
    ]
    assert found[who(db, BOB.address)] == [(NOW - 7 * DAY, mails, int(Direction.OUT), 0), (*both, shared)]
    assert shared == 1800
    assert exposure.moments(db, Seconds(NOW), [who(db, BOB.address)]).at == (NOW - 7 * DAY, NOW - 5 * DAY)
    assert exposure.moments(db, Seconds(NOW), []) == exposure.Columns()


def test_a_moment_counts_once_whatever_addresses_it_names() -> None:
    """Somebody of two addresses, both in one message: one moment, and all of theirs together by time."""
    db = fresh()
    other = Party("Anna Smit", "anna@work.example.net")
    add(
        db,
        mail(NOW - 3 * DAY, ME, [ANNA, other], "Both"),
        mail(NOW - 2 * DAY, other, [ME], "Work"),
        mail(NOW - 1 * DAY, ANNA, [ME], "Home"),
        mail(NOW - 2 * DAY, BOB, [ME], "Bob"),
    )
    add_cards(db, (card("Anna Smit"), [ANNA.address, other.address]))
    settle(db)
    columns = exposure.moments(db, Seconds(NOW))
    mine = [at for number, at in zip(columns.contact_id, columns.at, strict=True) if number == who(db, ANNA.address)]
    assert mine == [NOW - 3 * DAY, NOW - 2 * DAY, NOW - 1 * DAY]


def test_what_was_one_of_many_is_no_moment() -> None:
    """A copy among many is not between two people: it is neither a contact moment nor a first contact."""
    db = fresh()
    crowd = [Party(f"P {one}", f"p{one}@example.org") for one in range(12)]
    add(db, mail(NOW - DAY, ANNA, crowd, "All", cc=[ME]))
    settle(db)
    assert exposure.moments(db, Seconds(NOW)) == exposure.Columns()
    assert gave.first_moment(db, ContactId(who(db, ANNA.address))) is None


def test_gatherings_that_one_was_at(db: Db) -> None:
    """An occasion counts once somebody was spoken there, or the evening was judged; its cost in hours goes first."""
    with transaction(db):
        db.execute(
            "INSERT INTO occasions(id, name, kind, begin, ending, evening, cost_hours, made_at) VALUES "
            "(1, 'Spring party', 'reception', ?1, ?1 + 7200, 'yes', 3.5, ?1), "
            "(2, 'Missed', 'reception', ?1, ?1 + 7200, '', NULL, ?1)",
            (NOW - 2 * DAY,),
        )
    assert [(one.name, one.seconds) for one in exposure.gatherings(db, Seconds(0), NOW)] == [("Spring party", 12_600)]
    assert gave.good_evenings(db, Seconds(0), NOW) == (("Spring party", NOW - 2 * DAY),)


def test_lots_stay_where_they_fell(db: Db) -> None:
    """Kept once, whoever draws again; the latest experiment is the one that counts; the first "off" holds."""
    anna = who(db, ANNA.address)
    trial = Experiment(NOW, Seconds(NOW + 360 * DAY), Outcome.COMES_BY, 7)
    lot = Lot(ContactId(anna), NOW, "1.1", 0, 3, True, 0.25)
    with transaction(db):
        number = experiments.begin(db, trial)
        experiments.keep_lots(db, number, [lot])
        experiments.keep_lots(db, number, [lot._replace(is_held=False, place=5)])
        experiments.stop(db, number, Seconds(NOW + DAY))
        experiments.stop(db, number, Seconds(NOW + 2 * DAY))
    assert experiments.lots(db, number) == (lot,)
    kept = experiments.latest(db)
    assert kept is not None
    assert (kept.number, kept.experiment.stopped_at) == (number, NOW + DAY)


def test_the_digest_sees_what_came(db: Db) -> None:
    """A line changed, or led back to somebody else, is another store; tests of undo and export rest on it."""
    anna, bob = who(db, ANNA.address), who(db, BOB.address)
    with transaction(db):
        number = yields.add(db, _made(anna), NOW)
    first = dump.digest(db)
    with transaction(db):
        yields.change(db, Yield(number, *[getattr(_made(bob), name) for name in Yield.__slots__[1:]]))
    assert dump.digest(db) != first
