"""Names and handles from any text: never an error, always at rest, always bounded."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from maatje.identity.clean import RAW_LIMIT, cleaned
from maatje.identity.names import called, first_name, from_local_part, parts, sort_key, tidy
from maatje.identity.normalise import MAIL_LIMIT, mail_handle, phone_handle, read_handle, url_handle
from maatje.identity.spelling import NAME_LIMIT

PIECES = st.sampled_from(
    [
        "van", "den", "de", "Jan", "SMIT", "smit", ",", "(", ")", "[", "]", "'", '"', "\\", "@", "x@y.example", "via",
        "/", "AB/CD", " - ", "|", "J.", "J.P.", "drs.", "PhD", "Jr.", "B.V.", "'t", " ", "<", ">", "–", "\u202e",
        "\u0301", "é", "IJ", "on behalf of", "=?", "://", "ß", "İ", "DE", "VAN", "‘", "’", "at", "namens", ";",
        "\x00", "\ud800",
    ]
)  # fmt: skip
NAMES = st.lists(PIECES | st.text(max_size=3), max_size=9).map(
    lambda words: (" " if len(words) % 2 else "").join(words)
)
ADDRESSES = st.text(max_size=12).map(lambda text: text + "@x.example") | st.text(max_size=12).map(lambda t: "a@" + t)


@settings(max_examples=400, deadline=None)
@given(NAMES)
def test_tidy_is_at_rest_and_bounded(name: str) -> None:
    """Any name becomes one short visible line, and stays what it became."""
    result = tidy(name)
    assert tidy(result) == result
    assert len(result) <= NAME_LIMIT
    assert cleaned(result) == result


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_cleaned_is_at_rest(text: str) -> None:
    """Cleaned text is printable, bounded, and clean."""
    result = cleaned(text)
    assert cleaned(result) == result
    assert len(result) <= RAW_LIMIT
    assert not any(ord(char) < 32 for char in result)


@settings(max_examples=200, deadline=None)
@given(NAMES)
def test_parts_bear_anything(name: str) -> None:
    """The parts, the order and the address of any name are found without an error."""
    whole = tidy(name)
    assert parts(whole) == parts(whole)
    assert all(isinstance(text, str) for text in sort_key(whole))
    assert bool(first_name(whole)) == bool(whole)
    assert tidy(called(name, name)) == called(name, name)
    assert tidy(from_local_part(name)) == from_local_part(name)


@settings(max_examples=400, deadline=None)
@given(ADDRESSES | st.text())
def test_mail_handle_is_at_rest(text: str) -> None:
    """A handle is its own spelling, lower case, bounded, with one sign and nothing unseen."""
    result = mail_handle(text)
    if result is not None:
        assert mail_handle(result) == result
        assert result.count("@") == 1
        assert len(result) <= MAIL_LIMIT
        assert result == result.lower()
        assert not any(char.isspace() for char in result)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40) | st.from_regex(r"[+(]?[0-9 ()-]{5,16}", fullmatch=True))
def test_phone_handle_is_at_rest(text: str) -> None:
    """A number is its own spelling."""
    result = phone_handle(text)
    assert result is None or phone_handle(result) == result


@settings(max_examples=200, deadline=None)
@given(
    st.text(max_size=30).map(lambda text: "https://x.example/" + text)
    | st.text(max_size=30).map(lambda t: "http://" + t)
)
def test_url_handle_is_at_rest(text: str) -> None:
    """A web address is its own spelling, and is never anything but one."""
    result = url_handle(text)
    assert result is None or (result.startswith("https://") and url_handle(result) == result)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_read_handle_bears_anything(text: str) -> None:
    """Whatever is typed is a handle or none."""
    found = read_handle(text)
    assert found is None or found[1]
