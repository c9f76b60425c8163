"""The store says the same whatever order, split or repetition its records came in."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.store_making import add, add_cards, card, fresh, mail, settle

from maatje.model.contact import HandleKind
from maatje.model.record import Card, Mail, Mark, Party
from maatje.model.units import HandleId
from maatje.store import contacts, dump, handles, touches
from maatje.store.db import Db, rows, transaction

PEOPLE = [Party("", f"wie{one}@example.org") for one in range(5)]
ME = Party("", "ada@example.org")
EVERYBODY = st.sampled_from([ME, *PEOPLE])
MARKS = st.sampled_from([0, int(Mark.REPLY), int(Mark.SENT), int(Mark.LIES), int(Mark.LIST_ID | Mark.REPLY)])
CROWD = [Party("", f"gast{one}@example.org") for one in range(21)]
RULES = st.sampled_from(["", "", "", "newsletter", "mailing-list"])


@st.composite
def records(draw: st.DrawFn) -> tuple[Mail, str]:
    """A message among few people and instants, so that copies that differ a little are frequent."""
    to = draw(st.lists(EVERYBODY, min_size=1, max_size=3, unique=True))
    bcc = draw(st.sampled_from([[], [], [PEOPLE[0]], [PEOPLE[1], PEOPLE[2]], CROWD]))
    return (
        mail(
            draw(st.integers(1, 4)), draw(EVERYBODY), to, draw(st.sampled_from(["een", "twee"])), bcc=bcc,
            marks=draw(MARKS), native_id=draw(st.sampled_from(["", "a", "b"])),
        ),
        draw(RULES),
    )  # fmt: skip


Batches = list[list[tuple[Mail, str]]]


@st.composite
def two_ways(draw: st.DrawFn) -> tuple[list[tuple[Mail, str]], Batches]:
    """Messages, and the same in another order, split into batches, some of them given again."""
    found = draw(st.lists(records(), min_size=1, max_size=8))
    turned = draw(st.permutations(found)) + draw(st.lists(st.sampled_from(found), max_size=4))
    cuts = sorted(draw(st.lists(st.integers(0, len(turned)), max_size=3)))
    batches = [list(turned[a:b]) for a, b in zip([0, *cuts], [*cuts, len(turned)], strict=True)]
    return found, batches


@settings(max_examples=60, deadline=None)
@given(two_ways())
def test_any_order_and_split_says_the_same(case: tuple[list[tuple[Mail, str]], Batches]) -> None:
    """Shuffled, split, repeated, worked out after each batch or at the end: one digest."""
    together, apart = fresh(me=[ME]), fresh(me=[ME])
    add(together, *case[0])
    settle(together)
    for batch in case[1]:
        add(apart, *batch)
        settle(apart)
    assert dump.parts(together) == dump.parts(apart)


Step = tuple[str, object]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.lists(records(), min_size=1, max_size=4)),
        st.tuples(st.just("automata"), st.sets(st.integers(0, 4), max_size=2)),
        st.tuples(st.just("keep"), st.tuples(st.integers(0, 4), st.booleans())),
        st.tuples(st.just("settle"), st.none()),
    ),
    min_size=1,
    max_size=8,
)


def _take(db: Db, step: Step) -> None:
    name, what = step
    numbers = dict(rows(db, "SELECT value, id FROM handles WHERE kind = ?", (HandleKind.MAIL.value,)))
    known = [numbers.get(one.address) for one in PEOPLE]
    if name == "add":
        add(db, *what)  # type: ignore[misc]
    elif name == "automata":
        with transaction(db):
            handles.set_automata(db, {HandleId(one): "one-way" for at in what if (one := known[at]) is not None})  # type: ignore[attr-defined]
    elif name == "keep":
        at, kept = what  # type: ignore[misc]
        if (one := known[at]) is not None:
            with transaction(db):
                handles.keep(db, HandleId(one), kept=kept)
    else:
        settle(db)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_touches_bit_by_bit_are_touches_at_once(steps: Sequence[Step]) -> None:
    """Whatever was added, set aside and kept in between: touches made bit by bit equal those made at once."""
    db = fresh(me=[ME])
    for step in steps:
        _take(db, step)
    settle(db)
    before = dump.parts(db)
    labels = touches.read_touches(db)
    settle(db, everything=True)
    assert dump.parts(db) == before
    assert touches.read_touches(db) == labels


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_what_changed_is_named(steps: Sequence[Step]) -> None:
    """Every handle whose touches or labels differ from before is among those that attribution names."""
    db = fresh(me=[ME])
    add(db, (mail(1, PEOPLE[0], [ME]), ""), (mail(2, ME, PEOPLE), ""))
    settle(db)

    def by_handle() -> dict[int, list[tuple[object, ...]]]:
        found: dict[int, list[tuple[object, ...]]] = {}
        sql = (
            "SELECT t.handle_id, t.*, h.replies FROM touches t JOIN handles h ON h.id = t.handle_id ORDER BY 1, 2, 3, 4"
        )
        for one, *more in rows(db, sql):
            found.setdefault(one, []).append(tuple(more))
        return found

    before = by_handle()
    for step in steps:
        if step[0] != "settle":
            _take(db, step)
    with transaction(db):
        named = touches.attribute(db, everything=False).handle_ids
    after = by_handle()
    assert named is not None
    assert {one for one in before.keys() | after.keys() if before.get(one) != after.get(one)} <= set(named)


ADDRESSES = [one.address for one in PEOPLE] + ["+31", "+32"]
NAMES = ["Jan Jansen", "Jan J.", "Pia Pietersen"]


@st.composite
def books(draw: st.DrawFn) -> tuple[list[tuple[Card, list[str]]], list[tuple[Card, list[str]]]]:
    """Cards that share addresses, and the same in another order."""
    found = draw(
        st.lists(
            st.tuples(
                st.sampled_from(NAMES),
                st.integers(0, 2),
                st.lists(st.sampled_from(ADDRESSES), min_size=1, max_size=3, unique=True),
            ),
            min_size=1,
            max_size=6,
        )
    )
    cards = [(card(name, organisation=f"Org {number}", mails=tuple(texts)), texts) for name, number, texts in found]
    return cards, draw(st.permutations(cards))


def _partition(db: Db) -> list[str]:
    sql = (
        "SELECT group_concat(value) FROM (SELECT * FROM handles ORDER BY value) "
        "WHERE contact_id IS NOT NULL GROUP BY contact_id"
    )
    return sorted(text for (text,) in rows(db, sql))


def _contradict(one: str, other: str) -> bool:
    return one.split()[0] != other.split()[0]


@settings(max_examples=100, deadline=None)
@given(books())
def test_who_is_one_contact_does_not_depend_on_the_order(
    case: tuple[list[tuple[Card, list[str]]], list[tuple[Card, list[str]]]],
) -> None:
    """The same cards make the same contacts, read at once or one by one in any order, and again."""
    found = []
    for cards, at_once in [(case[0], True), (case[1], True), (case[0], False), (case[1], False)]:
        db = fresh(me=[ME])
        add(db, (mail(1, PEOPLE[0], [ME]), ""), (mail(2, PEOPLE[3], [ME]), ""))
        for one in [cards] if at_once else [[one] for one in cards]:
            add_cards(db, *one)
            for _ in range(2):
                with transaction(db):
                    touches.attribute(db, everything=False)
                    contacts.ensure_contacts(db, 5, _contradict)  # type: ignore[arg-type]
        found.append(_partition(db))
    assert found[0] == found[1] == found[2] == found[3]
