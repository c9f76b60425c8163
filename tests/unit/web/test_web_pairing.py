"""Telephones: codes, digits, tokens and how long each holds; how often may be knocked; what is on the list."""

from __future__ import annotations

import secrets
import stat
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatje.errors import SettingError
from maatje.model.occasion import Occasion, Tap
from maatje.model.units import DAY, Seconds
from maatje.planning.taps import Delivery
from maatje.web.authority import certificates, may_vouch_for
from maatje.web.bucket import MOST_NAMES, Bucket
from maatje.web.evening import NOT_SPOKEN, SPOKEN, Talked, against, clean
from maatje.web.evening_home import LATER_SECONDS, at_hand
from maatje.web.lan import Way, plan
from maatje.web.pairing import (
    CODE_SECONDS,
    MOST_CODES,
    MOST_TELEPHONES,
    MOST_WAITING,
    TOKEN_SECONDS,
    WAIT_SECONDS,
    Pairings,
    State,
    spaced,
)

NOW = Seconds(1_800_000_000)


@dataclass
class Clock:
    """A clock that the test moves."""

    at: Seconds = NOW

    def __call__(self) -> Seconds:
        return self.at

    def wait(self, seconds: int) -> None:
        """Let so many seconds pass."""
        self.at = Seconds(self.at + seconds)


@pytest.fixture
def clock() -> Clock:
    """A clock of the test's own."""
    return Clock()


@pytest.fixture
def pairings(clock: Clock) -> Pairings:
    """Nobody in yet."""
    return Pairings(clock)


def let_in(pairings: Pairings) -> str:
    """One telephone let in; gives its token."""
    asked = pairings.ask(pairings.new_code())
    assert asked is not None
    assert pairings.match(asked.match)
    return pairings.outcome(asked.secret).token


def test_a_code_holds_ten_minutes(pairings: Pairings, clock: Clock) -> None:
    """A code can be handed in until its ten minutes are over, once, in any spelling of it."""
    code = pairings.new_code()
    clock.wait(CODE_SECONDS - 1)
    assert pairings.ask(f" {spaced(code).lower()}-") is not None
    late = pairings.new_code()
    clock.wait(CODE_SECONDS)
    assert pairings.ask(late) is None
    assert pairings.ask("") is None


def test_a_question_ends(pairings: Pairings, clock: Clock) -> None:
    """Who waits for three minutes without a yes is sent off, and a late yes lets nobody in."""
    asked = pairings.ask(pairings.new_code())
    assert asked is not None
    clock.wait(WAIT_SECONDS)
    assert not pairings.match(asked.match)
    assert pairings.waiting() == ()
    assert pairings.outcome(asked.secret).state is State.OVER


def test_a_token_ends_after_twelve_hours(pairings: Pairings, clock: Clock) -> None:
    """A token opens until its twelve hours are over, however much it is used."""
    token = let_in(pairings)
    for _ in range(11):
        clock.wait(3600)
        assert pairings.find(token) is not None
    clock.wait(TOKEN_SECONDS - 11 * 3600)
    assert pairings.find(token) is None
    assert not pairings.was_revoked(token)


def test_there_is_a_most_of_each(pairings: Pairings) -> None:
    """Codes, questions and telephones are bounded: the oldest goes, but nobody who waits is pushed out."""
    codes = [pairings.new_code() for _ in range(MOST_CODES + 1)]
    assert pairings.ask(codes[0]) is None
    for _ in range(MOST_WAITING):
        assert pairings.ask(pairings.new_code()) is not None
    assert pairings.ask(pairings.new_code()) is None
    for one in pairings.waiting():
        pairings.answer(one.number, let_in=False)
    first = let_in(pairings)
    others = [let_in(pairings) for _ in range(MOST_TELEPHONES)]
    assert pairings.find(first) is None
    assert all(pairings.find(token) is not None for token in others)


def test_one_yes_lets_one_in(pairings: Pairings) -> None:
    """Of two that wait, the digits let in the one that shows them."""
    one, other = (pairings.ask(pairings.new_code()) for _ in range(2))
    assert one is not None
    assert other is not None
    assert pairings.match(other.match)
    assert pairings.outcome(one.secret).state is State.WAITING
    assert pairings.outcome(other.secret).state is State.LET_IN
    assert not pairings.match("")


def test_nothing_secret_is_kept(pairings: Pairings) -> None:
    """Codes, secrets and tokens are kept as hashes: what holds them does not tell them."""
    code = pairings.new_code()
    asked = pairings.ask(pairings.new_code())
    assert asked is not None
    token = let_in(pairings)
    kept = repr([getattr(pairings, name) for name in vars(pairings)])
    for secret in (code, asked.secret, token):
        assert secret not in kept


def test_a_bucket_fills_up_again() -> None:
    """So many tries at once, then one each time that a try has come back; each name for itself."""
    clock = Clock()
    bucket = Bucket(3, 0.5, clock)
    assert [bucket.take("a") for _ in range(4)] == [True, True, True, False]
    assert bucket.take("b")
    clock.wait(1)
    assert not bucket.take("a")
    clock.wait(1)
    assert bucket.take("a")
    clock.wait(10_000)
    assert [bucket.take("a") for _ in range(4)] == [True, True, True, False]


def test_many_names_do_not_empty_a_bucket() -> None:
    """Whoever used up their tries gets none back by making up names, and the names are bounded."""
    bucket = Bucket(2, 0.001, Clock())
    while bucket.take("greedy"):
        pass
    for number in range(3 * MOST_NAMES):
        bucket.take(str(number))
    assert not bucket.take("greedy")
    assert len(bucket._left) <= MOST_NAMES


def occasion(number: int, begin: int, end: int | None) -> Occasion:
    """An occasion so many seconds from now."""
    return Occasion(number, "", "reception", Seconds(NOW + begin), None if end is None else Seconds(NOW + end))


def test_the_occasion_at_hand() -> None:
    """What is on, or was until some hours ago, comes before what is next; the later begun before the earlier."""
    over = occasion(1, -3 * DAY, -2 * DAY)
    just_over = occasion(2, -5 * 3600, -LATER_SECONDS + 60)
    now_on = occasion(3, -3600, 3600)
    following = occasion(4, DAY, None)
    far = occasion(5, 9 * DAY, None)
    assert at_hand([], NOW) is None
    assert at_hand([over], NOW) is None
    assert at_hand([far, following, over], NOW) == following
    assert at_hand([far, just_over, following], NOW) == just_over
    assert at_hand([just_over, now_on, following], NOW) == now_on
    backwards = replace(now_on, end=Seconds(NOW - 2 * DAY))
    assert at_hand([backwards], NOW) == backwards


def test_the_last_word_of_a_telephone_is_held_against_what_stands() -> None:
    """Where its last word on a guest is not what stands, it is told; where it is, or of a face, it is not."""
    taps = [
        Tap("a", Seconds(NOW - 2), 1, "One"), Tap("b", Seconds(NOW - 1), 1, "One", spoke=False),
        Tap("c", NOW, 2, "Two"), Tap("d", NOW, 3, "Three", spoke=False),
        Tap("e", NOW, None, "Face"), Tap("f", NOW, 4, "Four"),
    ]  # fmt: skip
    found = against(Delivery("x", taps, NOW, NOW), [Talked(3, "Three"), Talked(4, "Four")])
    assert [(one.guest_id, one.words) for one in found] == [(2, NOT_SPOKEN), (3, SPOKEN)]


@given(st.text())
def test_lines_are_lines(text: str) -> None:
    """Whatever a name holds, it travels as one line that can be written and turns nothing around."""
    told = clean(text)
    assert "\n" not in told
    assert not set(told) & {"\u202e", "\u2066", "\x00"}
    told.encode("utf-8")
    assert clean(told) == told


@pytest.mark.parametrize(
    ("host", "is_ours"),
    [
        ("192.168.1.5", True), ("10.0.0.1", True), ("100.100.1.2", True), ("127.0.0.1", True), ("[fd00::5]", True),
        ("laptop.local", True), ("laptop.home.arpa", True), ("8.8.8.8", False), ("[2001:db8::1]", False),
        ("example.org", False), ("notlocal", False), ("x.local.example.org", False), ("", False),
    ],
)  # fmt: skip
def test_the_authority_vouches_for_private_networks_only(host: str, is_ours: bool) -> None:
    """Own certificates are for addresses and names that only a private network has."""
    assert may_vouch_for(host) is is_ours


def test_certificates(tmp_path: Path) -> None:
    """The authority is made once and constrained, its files are its owner's alone; the server's is for one host."""
    x509 = pytest.importorskip("cryptography.x509", reason="cryptography is not installed: maatje[tls]")
    first = certificates(tmp_path, "192.168.1.5", NOW)
    again = certificates(tmp_path, "[fd00::5]", NOW)
    assert first.authority == again.authority
    authority = x509.load_der_x509_certificate(first.authority)
    leaf = x509.load_pem_x509_certificate(again.chain.read_bytes())
    leaf.verify_directly_issued_by(authority)
    constraints = authority.extensions.get_extension_for_class(x509.NameConstraints)
    assert constraints.critical
    assert not any(str(one.value) in ("0.0.0.0/0", "::/0") for one in constraints.value.permitted_subtrees)
    names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert [str(one.value) for one in names] == ["fd00::5"]
    for path in (tmp_path / "telephone").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    later = certificates(tmp_path, "192.168.1.5", Seconds(NOW + 700 * DAY))
    assert later.authority != first.authority
    with pytest.raises(SettingError, match="private networks"):
        certificates(tmp_path, "example.org", NOW)


def test_ways_to_be_found(tmp_path: Path) -> None:
    """Each way comes to an origin; two at once, half of one, or a proxy without https are refused."""
    plain = plan(Way(address="192.0.2.7"), tmp_path, NOW)
    assert (plain.origin.base, plain.address, plain.origin.is_secure) == ("http://192.0.2.7:8766", "192.0.2.7", False)
    behind = plan(Way(behind="https://maatje.example.org"), tmp_path, NOW)
    assert (behind.origin.base, behind.address, behind.port) == ("https://maatje.example.org", "127.0.0.1", 8766)
    own = plan(Way(address="192.0.2.7", name="Box.example.org", cert=Path("c"), key=Path("k")), tmp_path, NOW)
    assert own.origin.base == "https://box.example.org:8766"
    assert plan(Way(address="fd00::7"), tmp_path, NOW).origin.base == "http://[fd00::7]:8766"
    for wrong in (
        Way(address="192.0.2.7", tls=True, behind="https://x.example.org"), Way(address="192.0.2.7", cert=Path("c")),
        Way(behind="http://x.example.org"), Way(behind="x"), Way(address="192.0.2.7", key=Path("k")),
        Way(tls=True, cert=Path("c"), key=Path("k")),
    ):  # fmt: skip
        with pytest.raises(SettingError):
            plan(wrong, tmp_path, NOW)


def test_the_sheet_has_the_same_tokens() -> None:
    """The telephone's own small sheet has the very tokens of the large one."""
    static = Path(__file__).parents[3] / "src" / "maatje" / "web" / "static"
    big, small = ((static / name).read_text() for name in ("style.css", "during.css"))
    for begin in (":root {\n  color-scheme", "@media (prefers-color-scheme: dark) {\n  :root"):
        at, other = big.index(begin), small.index(begin)
        assert big[at : big.index("}", at)] == small[other : small.index("}", other)]


def test_tokens_are_long() -> None:
    """Tokens have 256 bits; the code, which needs a yes as well, 49."""
    pairings = Pairings(Clock())
    assert len(let_in(pairings)) >= 43
    assert len({pairings.new_code() for _ in range(50)}) == 50
    assert secrets.compare_digest(spaced("ABCDEFGHJK"), "ABCDE FGHJK")
