"""What is told as changed about somebody, and above all what is not."""

from __future__ import annotations

import pytest

from maatje.app.wording import Voice
from maatje.identity.change import Bounce, Change, ChangeKind, Evidence, Facts, Revision, Signed, Use
from maatje.identity.changes import changes
from maatje.model.units import DAY, Seconds

NOW = Seconds(1_750_000_000)
"""15 June 2025."""


def ago(days: float) -> Seconds:
    """An instant so many days before now."""
    return Seconds(int(NOW - days * DAY))


def said(facts: Facts) -> list[str]:
    """The sentences of what changed, in English."""
    return [Voice("en", NOW).say(change.sentence) for change in changes(facts, NOW)]


def card(
    organisation: str, title: str = "", *, revised: float | None = None, seen: float = 1, number: int = 1
) -> Revision:
    """A state of a card, its instants in days before now."""
    return Revision(number, organisation, title, Seconds(0) if revised is None else ago(revised), ago(seen))


def use(address: str, first: float, last: float, n: int = 10, n_out: int = 5, last_out: float | None = None) -> Use:
    """An address in use, its instants in days before now."""
    return Use(address, ago(first), ago(last), n, n_out, Seconds(0) if last_out is None else ago(last_out))


def test_a_later_card_names_another_employer() -> None:
    """A newer card with another organisation is told with its month, its title and what the older one said."""
    facts = Facts(
        revisions=(card("Haring B.V.", "Adviseur", revised=900), card("Zalm N.V.", "Directeur", revised=100, number=2))
    )
    assert said(facts) == [
        "Now Directeur at Zalm N.V. (card of March 2025), before at Haring B.V. (card of December 2022)."
    ]


def test_an_undated_card_changed_between_two_imports() -> None:
    """Without a date the import that brought the new state says since when, and no month is made up for the old one."""
    facts = Facts(revisions=(card("Haring", seen=500), card("Zalm", seen=40)))
    assert said(facts) == ["Now at Zalm (card of May 2025), before at Haring (earlier card)."]


def test_a_new_title_at_the_same_employer() -> None:
    """Another title alone is a change of title."""
    facts = Facts(revisions=(card("Haring", "Adviseur", revised=700), card("Haring BV", "Directeur", revised=60)))
    (change,) = changes(facts, NOW)
    assert (change.kind, change.before, change.after) == (ChangeKind.TITLE, "Adviseur", "Directeur")
    assert said(facts) == ["Now Directeur (card of April 2025), before Adviseur (card of July 2023)."]


@pytest.mark.parametrize(
    "revisions",
    [
        (),
        (card("Haring", revised=10),),
        (card("", revised=700), card("Haring", revised=10)),
        (card("Haring", revised=700), card("", revised=10)),
        (card("Haring", number=1), card("Zalm", number=2)),
        (card("Haring", number=1), card("Zalm", revised=100, number=2)),
        (card("Haring", revised=10, number=1), card("Zalm", revised=10, number=2)),
        (card("Haring", revised=900), card("Zalm", revised=500, number=2)),
        (card("Haring", revised=900), card("Zalm", revised=-5, number=2)),
        (card("Haring", revised=900), card("haring b.v.", revised=50)),
        (card("Haring", revised=900), card("Haring Nederland", revised=50)),
        (card("HIL", revised=900), card("Haring Instituut Leiderdam", revised=50)),
        (card("Universiteit van Leiderdam", revised=900), card("UvL", revised=50)),
        (card("Zalm", revised=900), card("Zalm", revised=50, seen=0), card("Haring", revised=100, number=2)),
    ],
    ids=[
        "no card", "one card", "first said", "no longer said", "two undated", "one undated", "equally old", "too old",
        "from the future", "spelling", "longer name", "initials", "initials turned round", "contested",
    ],
)  # fmt: skip
def test_what_cards_do_not_prove(revisions: tuple[Revision, ...]) -> None:
    """Spellings, gaps, old news, dates that cannot be and cards that contradict each other are no change."""
    assert changes(Facts(revisions=revisions), NOW) == ()


def test_a_new_telephone_number_is_no_new_employer() -> None:
    """A card revised for another reason says nothing new about the employer."""
    facts = Facts(revisions=(card("Haring", revised=900), card("Zalm", revised=600), card("Zalm", revised=20)))
    assert changes(facts, NOW) == ()


def test_a_date_to_come_hides_nothing() -> None:
    """A card from the future is left aside, and what the others say is told."""
    cards = (card("Haring", revised=900), card("Zalm", revised=100, number=2), card("Tonijn", revised=-5, number=3))
    assert [change.after for change in changes(Facts(revisions=cards), NOW)] == ["Zalm"]


def test_a_new_domain_takes_over() -> None:
    """Where one organisation's address falls silent as another's begins, both are named with their months."""
    facts = Facts(uses=(use("jan@mail.haring.example", 2000, 390), use("jan@zalm.example", 370, 5)))
    (change,) = changes(facts, NOW)
    assert (change.kind, change.evidence, change.since) == (ChangeKind.DOMAIN, Evidence.MAIL, ago(370))
    assert said(facts) == ["Writes from zalm.example since June 2024; from haring.example last in May 2024."]


@pytest.mark.parametrize(
    "uses",
    [
        (use("jan@haring.example", 2000, 390),),
        (use("jan@haring.example", 2000, 390), use("jan@gmail.com", 370, 5)),
        (use("jan@hotmail.co.uk", 2000, 390), use("jan@zalm.example", 370, 5)),
        (use("jan@haring.nl", 2000, 390), use("jan@haring.com", 370, 5)),
        (use("jan@haring.nl", 2000, 390), use("jan@haring-groep.nl", 370, 5)),
        (use("jan@haring.co.uk", 2000, 390), use("jan@mail.haring.co.uk", 370, 5)),
        (use("jan@haring.example", 2000, 390), use("jan@zalm.example", 370, 5, 2)),
        (use("jan@haring.example", 2000, 390, 2), use("jan@zalm.example", 370, 5)),
        (use("jan@haring.example", 2000, 390), use("jan@zalm.example", 370, 365)),
        (use("jan@haring.example", 2000, 100), use("jan@zalm.example", 370, 5)),
        (use("jan@haring.example", 2000, 30), use("jan@zalm.example", 70, 5)),
        (use("jan@haring.example", 2000, 500), use("jan@zalm.example", 490, 5)),
        (use("jan@haring.example", 2000, 270), use("jan@zalm.example", 300, 280)),
        (use("jan@haring.example", 2000, 390), use("jan@tonijn.example", 2000, 9), use("jan@zalm.example", 370, 5)),
        (use("jan@haring.example", 2000, 390), use("jan@jansmit.example", 370, 5)),
        (use("jan@haring.example", 2000, 390), use("jan@[192.0.2.1]", 370, 5)),
        (use("jan@haring.example", 2000, 390), Use("jan@zalm.example", Seconds(0), Seconds(0), 0, 9)),
    ],
    ids=[
        "left only", "to a free address", "from a free address", "same label", "longer label", "subdomain",
        "few from the new", "few from the old", "one week", "both for long", "not yet silent", "too old",
        "the old one wrote last", "another lives on", "own domain", "numeric", "only written to",
    ],
)  # fmt: skip
def test_what_domains_do_not_prove(uses: tuple[Use, ...]) -> None:
    """Free mail, aliases, a few messages and addresses used side by side are no change of employer."""
    assert changes(Facts(name="Jan Smit", uses=uses), NOW) == ()


def test_a_signature_against_the_card() -> None:
    """What the newest signature says and no card says is told beside what the newest card says."""
    facts = Facts(
        revisions=(card("Haring", "Adviseur", revised=900),), signed=Signed("Zalm B.V.", "Directeur", ago(20))
    )
    assert said(facts) == [
        "Their mail of May 2025 is signed Zalm B.V.; Haring is on their card.",
        "Their mail of May 2025 is signed Directeur; Adviseur is on their card.",
    ]


@pytest.mark.parametrize(
    ("revisions", "signed"),
    [
        ((), Signed("Zalm", "Directeur", ago(20))),
        ((card("", "", revised=900),), Signed("Zalm", "Directeur", ago(20))),
        ((card("Haring", revised=900),), Signed("", "", ago(20))),
        ((card("Haring", revised=900),), Signed("HARING B.V.", "", ago(20))),
        ((card("Haring", revised=10),), Signed("Zalm", "", ago(20))),
        ((card("Haring", revised=900),), Signed("Zalm", "", ago(-20))),
        ((card("Haring", revised=900),), Signed("Zalm", "", ago(420))),
        ((card("Zalm", revised=999), card("Haring", revised=900)), Signed("Zalm", "", ago(20))),
    ],
    ids=["no card", "empty card", "says nothing", "the same", "older", "future", "old", "another card says so"],
)  # fmt: skip
def test_what_signatures_do_not_prove(revisions: tuple[Revision, ...], signed: Signed) -> None:
    """A signature is no change where no card says otherwise, or a newer one does."""
    assert changes(Facts(revisions=revisions, signed=signed), NOW) == ()


def test_a_change_is_told_once() -> None:
    """An employer that a card tells is not told again by a signature or a domain."""
    facts = Facts(
        revisions=(card("Haring", revised=900), card("Zalm", revised=300)),
        uses=(use("jan@haring.example", 2000, 390), use("jan@zalm.example", 370, 5)),
        signed=Signed("Zalm B.V.", "", ago(20)),
    )
    assert [change.evidence for change in changes(facts, NOW)] == [Evidence.CARD]


def test_a_dead_address() -> None:
    """An address whose mail came back, silent since, is told with how often and when."""
    facts = Facts(
        uses=(use("jan@haring.example", 2000, 390, last_out=100), use("j@zalm.example", 200, 190, last_out=50)),
        bounces=(Bounce("jan@haring.example", ago(100), 1), Bounce("j@zalm.example", ago(50), 3)),
    )
    assert said(facts) == [
        "Mail to j@zalm.example came back three times, last in April 2025, and nothing came from it since.",
        "Mail to jan@haring.example came back in March 2025, and nothing came from it since.",
    ]


@pytest.mark.parametrize(
    ("known", "bounce"),
    [
        (use("jan@haring.example", 2000, 50), Bounce("jan@haring.example", ago(100), 1)),
        (use("jan@haring.example", 2000, 390, last_out=50), Bounce("jan@haring.example", ago(100), 1)),
        (use("jan@haring.example", 2000, 390, n_out=0), Bounce("jan@haring.example", ago(100), 1)),
        (use("jan@haring.example", 2000, 390), Bounce("els@haring.example", ago(100), 1)),
        (use("jan@haring.example", 2000, 900), Bounce("jan@haring.example", ago(500), 1)),
        (use("jan@haring.example", 2000, 900), Bounce("jan@haring.example", ago(-5), 1)),
    ],
    ids=["wrote since", "took mail since", "never written to", "another's", "too old", "future"],
)  # fmt: skip
def test_addresses_that_are_not_dead(known: Use, bounce: Bounce) -> None:
    """An address that came back to life, or to which the user never wrote, is not told as dead."""
    assert changes(Facts(uses=(known,), bounces=(bounce,)), NOW) == ()


def test_the_best_reason_comes_first() -> None:
    """Employer, title, dead address: in this order whatever the order of the facts."""
    facts = Facts(
        revisions=(
            card("Haring", "Adviseur", revised=900),
            card("Zalm", "Adviseur", revised=300),
            card("Zalm", "Chef", revised=9),
        ),
        uses=(use("jan@haring.example", 2000, 390),),
        bounces=(Bounce("jan@haring.example", ago(1), 1),),
    )
    found: tuple[Change, ...] = changes(facts, NOW)
    assert [change.kind for change in found] == [ChangeKind.EMPLOYER, ChangeKind.TITLE, ChangeKind.DEAD_ADDRESS]
