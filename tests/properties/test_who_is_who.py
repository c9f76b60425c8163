"""Merges, splits, edits and imports in any order: taking every act back leaves what the imports alone had made."""

from __future__ import annotations

import os
from collections.abc import Callable

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tests.store.store_making import ME, NOW, add, add_cards, card, follow, fresh, mail, settle

from maatje.errors import MaatjeError
from maatje.model.page import Act
from maatje.model.record import Party
from maatje.model.sentence import say
from maatje.model.units import ContactId, Seconds
from maatje.store import contacts, dump, notes, overlay, parts, undo
from maatje.store.db import Db, rows

HISTORIES = int(os.environ.get("MAATJE_HISTORIES", "60"))
"""So many histories by default; ``make bench`` asks for ten thousand."""

PEOPLE = [Party(f"Persoon {letter}", f"{letter}@example.org") for letter in "abcdefg"]
ACT = Act(say("Something."), say("It is as it was."))

which = st.integers(0, 6)
Import = Callable[[Db], object]


class History(RuleBasedStateMachine):
    """A store that is imported into and acted upon, beside one that only knows the imports."""

    def __init__(self) -> None:
        super().__init__()
        self.db, self.plain = fresh(), fresh()
        self.at = 10
        self.before: list[tuple[int, str]] = []
        self.imports = 0

    def read(self, one: Import) -> None:
        """Import the same into both stores."""
        for db in (self.db, self.plain):
            one(db)
            settle(db)
        self.imports += 1

    @rule(one=which, cc=st.lists(which, max_size=2), is_mine=st.booleans())
    def mail_comes(self, one: int, cc: list[int], is_mine: bool) -> None:
        """A message from or to somebody."""
        self.at += 86_400
        people = [PEOPLE[other] for other in cc]
        letter = mail(self.at, ME, [PEOPLE[one]], cc=people) if is_mine else mail(self.at, PEOPLE[one], [ME], cc=people)
        self.read(lambda db: add(db, letter))

    @rule(name=st.sampled_from(["Kaart A", "Kaart B", "Zaak"]), on=st.sets(which, min_size=1, max_size=3))
    def card_comes(self, name: str, on: set[int]) -> None:
        """A card that names some of them."""
        self.read(lambda db: add_cards(db, (card(name), [PEOPLE[one].address for one in sorted(on)])))

    def act(self, deed: Callable[[], object]) -> None:
        """An act of the user's; one that is refused has changed nothing."""
        before = dump.digest(self.db)
        try:
            with undo.journaled(self.db, ACT, NOW, lambda: follow(self.db)):
                deed()
        except MaatjeError:
            assert dump.digest(self.db) == before
            return
        if len([one for one in undo.undo_list(self.db, NOW) if not one.undone]) > len(self.before):
            self.before.append((self.imports, before))

    def somebody(self, at: int) -> ContactId:
        """One of the contacts there are, or a number that nobody has."""
        there = sorted(contacts.names(self.db))
        return ContactId(there[at % len(there)] if there else 99)

    @rule(one=which, other=which)
    def merge(self, one: int, other: int) -> None:
        """Two are one."""
        self.act(lambda: parts.merge(self.db, self.somebody(one), self.somebody(other)))

    @rule(one=which, chosen=st.sets(which, min_size=1, max_size=4))
    def split(self, one: int, chosen: set[int]) -> None:
        """Some addresses are somebody else's."""
        theirs = [
            number
            for (number,) in rows(
                self.db, "SELECT id FROM handles WHERE contact_id = ? ORDER BY value", (self.somebody(one),)
            )
        ]
        handles = {theirs[at % len(theirs)] for at in chosen} if theirs else {99}
        self.act(lambda: parts.split(self.db, self.somebody(one), handles, NOW))

    @rule(one=which, other=which)
    def are_two(self, one: int, other: int) -> None:
        """Two are not the same."""
        self.act(lambda: parts.say_not_same(self.db, self.somebody(one), self.somebody(other), NOW))

    @rule(one=which, name=st.sampled_from(["Ada", "Bo"]))
    def edit(self, one: int, name: str) -> None:
        """The user calls somebody by another name."""
        self.act(lambda: overlay.edit(self.db, self.somebody(one), "name", name, NOW))

    @rule(one=which)
    def remember(self, one: int) -> None:
        """Something shared."""
        self.act(lambda: notes.remember(self.db, self.somebody(one), "De boot", Seconds(5)))

    @rule(one=which, on=st.booleans())
    def leave_alone(self, one: int, on: bool) -> None:
        """A wish about the whole person."""
        self.act(lambda: contacts.set_leave_alone(self.db, self.somebody(one), on=on))

    @rule()
    def take_back(self) -> None:
        """The last act is undone; where nothing was read since, all is as before it."""
        if self.before:
            imports, before = self.before.pop()
            undo.undo(self.db, None, NOW, lambda everything: follow(self.db, everything))
            if imports == self.imports:
                assert dump.digest(self.db) == before

    @invariant()
    def holds_together(self) -> None:
        """Every handle is where its own contact is, and every contact that is shown has one or was spoken of."""
        wrong = rows(
            self.db,
            "SELECT h.value FROM handles h LEFT JOIN contacts c ON c.id = h.own_id WHERE h.contact_id IS NOT c.root_id",
        )
        assert wrong == []
        assert rows(self.db, "PRAGMA foreign_key_check") == []

    def teardown(self) -> None:
        """Every act is taken back: both stores hold the same, caches included."""
        while self.before:
            self.take_back()
        assert dump.parts(self.plain) == dump.parts(self.db)
        self.db.close()
        self.plain.close()


TestHistory = History.TestCase
TestHistory.settings = settings(max_examples=HISTORIES, stateful_step_count=20, deadline=None)
