"""Nothing about a change or a signature is invented, for any input."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from maatje.identity.change import Bounce, Facts, Revision, Signed, Use
from maatje.identity.changes import NEWS, changes
from maatje.identity.organisations import may_be_one_domain, may_be_one_name, organisation_domain
from maatje.identity.signature import read_signature
from maatje.model.sentence import Count, MonthOf, Sentence
from maatje.model.units import DAY, Seconds

NOW = 1_750_000_000
FIRMS = st.sampled_from(
    ["", "Haring", "Haring B.V.", "Zalm", "Zalm en Zoon", "HIL", "Haring Instituut Leiderdam", " Tonijn. "]
)
JOBS = st.sampled_from(["", "Adviseur", "Directeur", "senior adviseur"])
MAILS = st.sampled_from(
    ["j@haring.example", "j@mail.haring.example", "j@zalm.example", "j@gmail.com", "j@tonijn.co.uk", "j", "@"]
)
INSTANTS = st.one_of(st.just(0), st.integers(NOW - 2000 * DAY, NOW + 100 * DAY)).map(Seconds)
REVISIONS = st.builds(Revision, st.integers(1, 3), FIRMS, JOBS, INSTANTS, INSTANTS)
USES = st.builds(Use, MAILS, INSTANTS, INSTANTS, st.integers(0, 9), st.integers(0, 9), INSTANTS)
FACTS = st.builds(
    Facts,
    st.sampled_from(["", "Jan Smit", "Els Haring"]),
    st.lists(REVISIONS, max_size=6).map(tuple),
    st.lists(USES, max_size=6).map(tuple),
    st.none() | st.builds(Signed, FIRMS, JOBS, INSTANTS),
    st.lists(st.builds(Bounce, MAILS, INSTANTS, st.integers(0, 4)), max_size=3).map(tuple),
)  # fmt: skip
LINES = st.sampled_from(
    [
        "", "-- ", "Groet,", "Kind regards", "Jan Smit", "Jan Smit | Directeur", "Directeur bij Zalm", "> Jan Smit",
        "Gemeente Haringdam", "T 020 123 45 67", "\0", "x" * 200,
        "Op 3 maart schreef Els <e@example.org>:", "Van: x", "Aan: y",
    ]
)  # fmt: skip


def _leaves(sentence: Sentence) -> list[object]:
    """All values of a sentence and of those within it."""
    found: list[object] = []
    for _, value in sentence.values:
        found += _leaves(value) if isinstance(value, Sentence) else [value]
    return found


@settings(max_examples=400, deadline=None)
@given(FACTS)
def test_no_name_or_instant_is_invented(facts: Facts) -> None:
    """Every name in a change stands in the facts, every instant is one of theirs, and every change is news."""
    texts = [text for one in facts.revisions for text in (one.organisation, one.title)]
    texts += [use.address for use in facts.uses] + [bounce.address for bounce in facts.bounces]
    texts += [facts.signed.organisation, facts.signed.title] if facts.signed else []
    instants = {at for one in facts.revisions for at in (one.revised, one.seen)}
    instants |= {at for use in facts.uses for at in (use.first_in, use.last_in)}
    instants |= {bounce.at for bounce in facts.bounces} | ({facts.signed.at} if facts.signed else set())
    for change in changes(facts, Seconds(NOW)):
        assert 0 <= NOW - change.since <= NEWS * DAY
        for value in (change.before, change.after, *_leaves(change.sentence)):
            if isinstance(value, str):
                assert value == "" or any(value in text for text in texts)
            elif isinstance(value, MonthOf):
                assert value.at in instants
            else:
                assert isinstance(value, Count)
        assert change.before != change.after


@settings(max_examples=200, deadline=None)
@given(FACTS, st.randoms())
def test_the_order_of_the_facts_does_not_matter(facts: Facts, random: object) -> None:
    """The same facts in another order give the same changes, as long as no two states of a card are equally old."""
    states = {(one.card, one.seen, one.revised): one for one in facts.revisions}
    instants = {(one.revised or one.seen): one for one in states.values()}
    revisions = list(instants.values())
    uses = list({use.address: use for use in facts.uses}.values())
    first = changes(Facts(facts.name, tuple(revisions), tuple(uses), facts.signed, facts.bounces), Seconds(NOW))
    random.shuffle(revisions)  # type: ignore[attr-defined]
    random.shuffle(uses)  # type: ignore[attr-defined]
    assert changes(Facts(facts.name, tuple(revisions), tuple(uses), facts.signed, facts.bounces), Seconds(NOW)) == first


@settings(max_examples=400, deadline=None)
@given(st.lists(LINES, max_size=14).map("\n".join) | st.text(max_size=300))
def test_a_signature_is_a_piece_of_the_text(text: str) -> None:
    """Whatever a signature tells stands in the text, visible, and never in a quoted line alone."""
    found = read_signature(text, "Jan Smit")
    if found is not None:
        own = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(">"))
        assert all(value in own and value.isprintable() for value in found)
        assert any(found[1:])


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_organisations_compare_alike_both_ways(one: str, other: str) -> None:
    """Comparing is symmetric, everything is like itself, and a domain is a piece of its host."""
    assert may_be_one_name(one, other) is may_be_one_name(other, one)
    assert may_be_one_domain(one, other) is may_be_one_domain(other, one)
    assert may_be_one_name(one, one)
    assert may_be_one_domain(one, one)
    assert organisation_domain(one) in one
