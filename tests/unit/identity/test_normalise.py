"""One spelling per handle: what is the same joins, what only looks the same does not."""

from __future__ import annotations

import pytest

from maatje.identity.normalise import chat_handle, mail_handle, phone_handle, read_handle, url_handle
from maatje.model.contact import HandleKind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jan@Example.ORG", "jan@example.org"),
        (" <jan@example.org> ", "jan@example.org"),
        ("MAILTO:Jan@example.org?subject=Hi", "jan@example.org"),
        ("mailto:jan%2Blist@example.org", "jan+list@example.org"),
        ('"jan.smit"@example.org', "jan.smit@example.org"),
        ("jan@example.org.", "jan@example.org"),
        ("jan@localhost", "jan@localhost"),
        ("jan@bücher.example", "jan@xn--bcher-kva.example"),
        ("josé@example.org", "josé@example.org"),
    ],
)
def test_mail_has_one_spelling(text: str, expected: str) -> None:
    """An address is the same in any case, wrapping and script of its host."""
    assert expected == mail_handle(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "jan",
        "@example.org",
        "jan@",
        "jan smit@example.org",
        '"jan smit"@example.org',
        "alice@example.org)bob@evil.example",
        "MAILTO:a%0d%0abcc:b@example.org",
        "jan\x00@example.org",
        "j\u200ban@example.org",
        "jan@exa\u202emple.org",
        "jan@a..example",
        "jan@-a.example",
        "jan@ｅxample.org",
        "\u0130@example.org",
        "a" * 400 + "@example.org",
        "x" * 1_000_000,
    ],
)
def test_mail_refuses_what_is_no_plain_address(text: str) -> None:
    """Two addresses in one, unseen characters, and look-alike letters make no handle."""
    assert mail_handle(text) is None


def test_mail_keeps_look_alikes_apart() -> None:
    """Addresses that are equal only after folding stay different handles."""
    assert mail_handle("jan@straße.example") != mail_handle("jan@strasse.example")
    assert mail_handle("jan+werk@example.org") != mail_handle("jan@example.org")
    assert mail_handle("j.an@example.org") != mail_handle("jan@example.org")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("06-12345678", "+31612345678"),
        ("+31 (0)6 1234 5678", "+31612345678"),
        ("0031 6 12345678", "+31612345678"),
        ("tel:+31-20-1234567;ext=5", "+31201234567;ext=5"),
        ("+49 30 901820", "+4930901820"),
        ("112", None),
        ("06 1234", None),
        ("jan@example.org", None),
        ("a name", None),
        ("1" * 5_000, None),
    ],
)
def test_phone_has_one_spelling(text: str, expected: str | None) -> None:
    """A number is E.164, an extension keeps it apart, and a short number joins nobody."""
    assert expected == phone_handle(text)


def test_phone_depends_on_the_region() -> None:
    """A number without a country code is read in the user's own country."""
    assert phone_handle("030 901820", "DE") == "+4930901820"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://www.linkedin.com/in/Jan-Smit/", "https://linkedin.com/in/Jan-Smit"),
        ("http://nl.linkedin.com/in/jan?utm_source=x#top", "https://linkedin.com/in/jan"),
        ("https://social.example/profile.php?id=7", "https://social.example/profile.php?id=7"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//evil.example/x", None),
        ("https://a@b.example/", None),
        ("https://b.example\\x", None),
        ("https://b.example:99999999/", None),
        ("https://[broken/", None),
    ],
)
def test_url_has_one_spelling(text: str, expected: str | None) -> None:
    """Profiles join over their variants, and only web addresses are one."""
    assert expected == url_handle(text)


def test_chat_names_stay_within_their_service() -> None:
    """One chat name at two services is two handles."""
    assert chat_handle("telegram", "@JanSmit") == "telegram:jansmit"
    assert chat_handle("signal", "jansmit") != chat_handle("telegram", "jansmit")
    assert chat_handle("telegram", "a\u200bb") is None
    assert chat_handle("telegram", " ") is None


def test_read_handle_tells_the_kind() -> None:
    """What a user types is told apart as address, number, profile or none of these."""
    assert read_handle("Jan@example.org") == (HandleKind.MAIL, "jan@example.org")
    assert read_handle("06 12345678") == (HandleKind.PHONE, "+31612345678")
    assert read_handle("https://example.org/jan") == (HandleKind.URL, "https://example.org/jan")
    assert read_handle("Jan Smit") is None


def test_a_row_of_noughts_is_no_number() -> None:
    """What loses a nought each time it is spelled is nobody's number."""
    assert phone_handle("+49000000") is None
