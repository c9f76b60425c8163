"""Address lists and senders: read as meant, bounded, and never fooled."""

from __future__ import annotations

from email.utils import formataddr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatje.model.record import Mail, Mark, Party
from maatje.sources.addresses import clean_address, read_addresses
from maatje.sources.limits import MAX_ADDRESSES
from maatje.sources.message import read_head
from maatje.sources.senders import looks_alike, read_sender

words = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30)
addresses = st.from_regex(r"[a-z][a-z0-9.+_-]{0,10}@[a-z][a-z0-9]{0,8}\.example", fullmatch=True)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"a@b.example", [("", "a@b.example")]),
        (b"Ann <A@B.example>, c@d.example,", [("Ann", "a@b.example"), ("", "c@d.example")]),
        (b'"Bakker, Ann" <a@b.example>', [("Bakker, Ann", "a@b.example")]),
        (b"Bakker, Ann <a@b.example>, x@y.example", [("Bakker, Ann", "a@b.example"), ("", "x@y.example")]),
        (b"a@b.example (Ann (of B))", [("Ann (of B)", "a@b.example")]),
        (b"a@b.example; c@d.example", [("", "a@b.example"), ("", "c@d.example")]),
        (b"undisclosed-recipients:;", []),
        (b"Club: a@b.example, c@d.example;, e@f.example", [("", f"{x}.example") for x in ("a@b", "c@d", "e@f")]),
        (b"=?utf-8?q?Bakker=2C_J=C3=BCrgen?= <j@b.example>", [("Bakker, Jürgen", "j@b.example")]),
        (b"\"'a@b.example'\" <a@b.example>", [("", "a@b.example")]),
        (b"<mailto:a@b.example>", [("", "a@b.example")]),
        (b"Ann <@relay.example:a@b.example>", [("Ann", "a@b.example")]),
        (
            b"houston <.ward@b.example>, k..allen@b.example",
            [("houston", ".ward@b.example"), ("", "k..allen@b.example")],
        ),
        (b"Ann </O=CORP/OU=EU/CN=ANN>, a@b.example", [("", "a@b.example")]),
        (b"Ann\n\t<a@b.example>,\r\n c@d.example", [("Ann", "a@b.example"), ("", "c@d.example")]),
        (b"Ann\0 <a@b.example>", [("Ann", "a@b.example")]),
        (b'"O\\"Neil" <o@n.example>', [('O"Neil', "o@n.example")]),
        ("Bö <b@bücher.example>".encode("latin-1"), [("Bö", "b@bücher.example")]),
        (b"not an address, nor this", []),
        (b"", []),
    ],
)
def test_lists_read_as_meant(raw: bytes, expected: list[tuple[str, str]]) -> None:
    """The shapes of real To and Cc headers give the people that were meant."""
    assert tuple(Party(*one) for one in expected) == read_addresses(raw).parties


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "@b",
        "a@",
        "a b@c",
        "a@b c",
        "a@b@c",
        "a@.b",
        "a@b..c",
        "a@-b",
        "a@b\u200b.c",
        "a" * 330 + "@b",
        "a\n@b",
    ],
)
def test_what_is_no_address(text: str) -> None:
    """Text that is not exactly one address is none."""
    assert clean_address(text) == ""


@given(st.lists(st.tuples(words, addresses), max_size=12))
def test_lists_round_trip(people: list[tuple[str, str]]) -> None:
    """Any list that the standard library writes is read back, address by address."""
    raw = ", ".join(formataddr((name, address)) for name, address in people)
    found = read_addresses(raw.encode())
    assert [address for _, address in people] == [party.address for party in found.parties]
    assert len(people) == found.total
    assert found.is_clean


@given(st.binary(max_size=300) | st.text(st.sampled_from('ab@.<>(),:;"\\ \n='), max_size=200).map(str.encode))
def test_no_bytes_raise(data: bytes) -> None:
    """Any bytes are read, and what comes out are addresses that stand as they are read again."""
    for party in read_addresses(data).parties:
        assert party.address == clean_address(party.address)
    read_sender(data)


@pytest.mark.parametrize(
    "data",
    [
        b"(" * 5_000,
        b"a@b.example " + b"(" * 5_000 + b")" * 5_000,
        b'"' + b"a" * 1_000_000,
        b'"\\' * 300_000,
        b" " * 1_000_000,
        b"a," * 300_000,
        b"<" * 300_000,
        b"=?utf-8?q?" * 6_000,
    ],
    ids=["open", "nested", "quote", "escapes", "blanks", "commas", "angles", "words"],
)
def test_hostile_headers_end(data: bytes) -> None:
    """Endless parentheses, quotes, blanks and open words are read to their end without recursion."""
    assert len(read_addresses(data).parties) <= 1
    assert read_sender(data)[0] is None or b"a@b.example" in data


def test_twenty_thousand_recipients() -> None:
    """Of 20,000 recipients the first 2,000 are read, all are counted, and the message says it was cut."""
    to = b",\n ".join(b'"User %d" <u%d@example.org>' % (n, n) for n in range(20_000))
    found = read_head(b"Date: 3 Mar 2015 10:11:12 +0000\nTo: " + to + b"\nCc: late@example.org", 0, 0)
    assert isinstance(found, Mail)
    assert (len(found.to), len(found.cc), found.recipients) == (MAX_ADDRESSES, 0, 20_001)
    assert found.to[-1] == Party("User 1999", "u1999@example.org")
    assert found.marks & Mark.CUT


@pytest.mark.parametrize(
    ("raw", "sender"),
    [
        ("alice@example.org)bob@evil.example", None),
        ("alice@example.org(bob@evil.example", None),
        ('"ceo@corp" <x@evil.example>', "x@evil.example"),
        ("The boss ceo@corp.example <x@evil.example>", "x@evil.example"),
        ("=?utf-8?q?ceo=40corp.example?= <x@evil.example>", "x@evil.example"),
        ("ceo＠corp.example <x@evil.example>", "x@evil.example"),
        ("alice@example.org, bob@evil.example", None),
        ("<alice@example.org> bob@evil.example", None),
        ("<alice@example.org> <bob@evil.example>", None),
        ("alice@example.org bob@evil.example", None),
        ("x@аpple.example", "x@аpple.example"),
        ("x@аррӏе.com", "x@аррӏе.com"),
        ("x@xn--80ak6aa92e.com", "x@xn--80ak6aa92e.com"),
        ("x@ｅxample.org", "x@ｅxample.org"),
    ],
)
def test_senders_that_lie(raw: str, sender: str | None) -> None:
    """A From that passes for somebody else is marked, keeps the real address or none, and lends no name."""
    party, lies = read_sender(raw.encode())
    assert lies
    assert sender == (party.address if party else None)
    assert party is None or "ceo" not in party.name


@pytest.mark.parametrize(
    "raw",
    [
        "Alice <alice@example.org>",
        "alice@example.org (Alice)",
        '"alice@example.org" <Alice@Example.org>',
        "'alice@example.org' <alice@example.org>",
        "Алиса <a@почта.рф>",
        "x@bücher.example",
        "x@日本語ドメイン.example",
        "",
        "nobody",
    ],
)
def test_honest_senders(raw: str) -> None:
    """Ordinary senders, also in other scripts, are not taken for liars."""
    assert not read_sender(raw.encode())[1]


def test_two_from_fields_are_a_lie() -> None:
    """Two different From fields credit nobody; the same one twice does no harm."""
    date = b"Date: 3 Mar 2015 10:11:12 +0000\n"
    two = read_head(date + b"From: alice@example.org\nFrom: bob@evil.example", 0, 0)
    one = read_head(date + b"From: alice@example.org\nFROM: alice@example.org", 0, 0)
    assert isinstance(two, Mail)
    assert isinstance(one, Mail)
    assert (two.sender, two.marks) == (None, Mark.LIES)
    assert (one.sender, one.marks) == (Party("", "alice@example.org"), Mark.NONE)


def test_a_sender_field_stands_in() -> None:
    """Without any From the Sender field says who wrote."""
    found = read_head(b"Date: 3 Mar 2015 10:11:12 +0000\nSender: Ann <a@b.example>", 0, 0)
    assert isinstance(found, Mail)
    assert Party("Ann", "a@b.example") == found.sender


def test_plain_latin_is_never_a_disguise() -> None:
    """ASCII addresses pass without a look at their scripts."""
    assert not looks_alike("paypal@example.org")
