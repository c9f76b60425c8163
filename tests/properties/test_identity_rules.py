"""Rules of who is who, for any input: joining is a partition, attribution is bounded, order is fixed."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from maatje.identity.addresses import handle_rule
from maatje.identity.attribute import shares_of_mail, shares_of_meeting, weight_out
from maatje.identity.automata import RULES
from maatje.identity.me import Evidence, infer, infer_rest
from maatje.identity.resolve import Keyed, Known, groups, resolve_name
from maatje.model.interaction import CROWD, Direction

KEYS = st.tuples(st.sampled_from(["mail", "phone"]), st.sampled_from("abcdef"))
NAMES = st.sampled_from(["", "Jan Smit", "J. Smit", "Karin Smit", "Karin", "Acme B.V.", "Jan van den Berg"])
RECORDS = st.lists(st.builds(Keyed, NAMES, st.lists(KEYS, max_size=3).map(tuple)), max_size=10)
HANDLES = st.sampled_from(["me", "also-me", "a", "b", "c", "robot"])
SOME = st.lists(HANDLES, max_size=6)


@settings(max_examples=200, deadline=None)
@given(RECORDS)
def test_groups_are_a_partition(records: list[Keyed]) -> None:
    """Every record is in one group, and a key is either within one group or told as contested."""
    result = groups(records)
    assert sorted(at for group in result.groups for at in group) == list(range(len(records)))
    group_of = {at: number for number, group in enumerate(result.groups) for at in group}
    holding: dict[tuple[str, str], set[int]] = {}
    for at, record in enumerate(records):
        for key in record.keys:
            holding.setdefault(key, set()).add(group_of[at])
    assert set(result.contested) == {key for key, held in holding.items() if len(held) > 1}
    assert groups(records) == result


@settings(max_examples=100, deadline=None)
@given(RECORDS.map(lambda records: [Keyed("", record.keys) for record in records]), st.randoms())
def test_nameless_groups_do_not_depend_on_the_order(records: list[Keyed], random: object) -> None:
    """Without names, records join alike in whatever order they were read."""
    order = list(range(len(records)))
    random.shuffle(order)  # type: ignore[attr-defined]
    shuffled = groups([records[at] for at in order])
    joined = {frozenset(order[at] for at in group) for group in shuffled.groups}
    assert {frozenset(group) for group in groups(records).groups} == joined


@settings(max_examples=200, deadline=None)
@given(HANDLES, SOME, SOME, SOME, st.integers(0, 40))
def test_shares_of_mail_are_bounded(sender: str, to: list[str], cc: list[str], bcc: list[str], more: int) -> None:
    """One message touches each other person at most once, one way, with a weight in (0, 1]."""
    me, automata = {"me", "also-me"}, {"robot"}
    count = len(to) + len(cc) + len(bcc) + more
    shares = shares_of_mail(sender, to, cc, bcc, recipients=count, me=me, automata=automata)
    touched = [share.address for share in shares]
    assert len(set(touched)) == len(touched)
    assert not set(touched) & (me | automata)
    assert all(0 < share.weight <= 1 for share in shares)
    assert {share.direction for share in shares} <= {Direction.OUT if sender in me else Direction.IN}
    assert count <= CROWD or not shares


@settings(max_examples=100, deadline=None)
@given(st.lists(HANDLES, max_size=30))
def test_shares_of_meeting_are_bounded(people: list[str]) -> None:
    """A meeting touches each other person once, both ways."""
    shares = shares_of_meeting(people, me={"me"}, automata={"robot"})
    assert {share.address for share in shares} == set(people) - {"me", "robot"}
    assert all(share.direction is Direction.BOTH and 0 < share.weight <= 1 for share in shares)


@given(st.integers(0, 10_000))
def test_weight_out_never_grows(recipients: int) -> None:
    """One recipient more never makes a message weigh more."""
    assert 0 < weight_out(recipients + 1) <= weight_out(recipients) <= 1


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60) | st.from_regex(r"[a-z0-9._+=-]{1,40}@[a-z.]{1,20}", fullmatch=True))
def test_handle_rule_bears_anything(address: str) -> None:
    """Any text has a known rule or none, always the same."""
    assert handle_rule(address) in {"", *(rule.name for rule in RULES)}
    assert handle_rule(address) == handle_rule(address.lower())


PEOPLE = st.lists(st.builds(Known, st.integers(1, 99), st.text(max_size=12) | NAMES, SOME.map(tuple)), max_size=8)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=12) | NAMES, PEOPLE, st.randoms())
def test_resolve_does_not_depend_on_the_order(text: str, people: list[Known], random: object) -> None:
    """A typed name means the same people in whatever order they are kept."""
    shuffled = list(people)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert resolve_name(text, people) == resolve_name(text, shuffled)


COUNTS = st.dictionaries(
    st.sampled_from(["jan.smit@a.example", "j.smit@a.example", "karin@b.example", "info@c.example", ""]),
    st.integers(0, 50),
)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 200), st.integers(0, 100), COUNTS, COUNTS, COUNTS, st.sampled_from([(), ("jan.smit@a.example",)]))
def test_infer_bears_any_counts(
    total: int,
    sent: int,
    own: dict[str, int],
    senders: dict[str, int],
    recipients: dict[str, int],
    given: tuple[str, ...],
) -> None:
    """Any counts give distinct addresses, the given first; and where it is not sure there is something to ask."""
    evidence = Evidence(total, sent, own, senders, recipients)
    found = infer(evidence, given)
    assert len(set(found.addresses)) == len(found.addresses)
    assert found.addresses[: len(given)] == given
    assert found.is_sure or found.asks
    more = infer_rest(found, evidence)
    assert more.addresses[: len(found.addresses)] == found.addresses
