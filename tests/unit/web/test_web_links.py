"""What may become a link: plain addresses, four schemes, our own places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatje.web.links import local_path, mailto, outward, reply_subject


@pytest.mark.parametrize(
    ("address", "subject", "expected"),
    [
        ("joost@example.org", "", "mailto:joost@example.org"),
        ("joost@example.org", "Re: Jury", "mailto:joost@example.org?subject=Re%3A%20Jury"),
        ("a+b@example.org", "x&bcc=y@z?c=d#e", "mailto:a%2Bb@example.org?subject=x%26bcc%3Dy%40z%3Fc%3Dd%23e"),
        ("a@example.org", "a\r\nBcc: eve@example.org", "mailto:a@example.org?subject=a%20Bcc%3A%20eve%40example.org"),
        ("é@example.org", "", None),
        ("a@b@c", "", None),
        ("a b@example.org", "", None),
        ("a@example.org?bcc=x@y", "", None),
        ("a@example.org\r\nbcc:b", "", None),
        ("a@example..org", "", None),
        ("nobody", "", None),
        ("", "", None),
    ],
)  # fmt: skip
def test_mailto(address: str, subject: str, expected: str | None) -> None:
    """Only a plain address becomes a mail link, and nothing in a subject adds a recipient."""
    assert mailto(address, subject) == expected


@given(st.text(), st.text())
def test_mailto_has_no_way_out(address: str, subject: str) -> None:
    """Whatever the texts, the link has at most one question mark and no sign that ends a line or an attribute."""
    link = mailto(address, subject)
    if link is not None:
        assert link.isascii()
        assert link.count("?") <= 1
        assert not set(link) & set("\r\n\t \"'<>&#") or "'" in address


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Jury", "Re: Jury"),
        ("re: Jury", "re: Jury"),
        ("Antw: Jury", "Antw: Jury"),
        ("  ", ""),
        ("Regels", "Re: Regels"),
    ],
)
def test_reply_subject(title: str, expected: str) -> None:
    """An answer's subject says so once, in the words that were there."""
    assert reply_subject(title) == expected


@pytest.mark.parametrize(
    "url", ["https://example.org/a", "http://example.org", "mailto:a@example.org", "tel:+31612345678"]
)
def test_outward_lets_through(url: str) -> None:
    """The four schemes are links."""
    assert outward(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScript:alert(1)", " java\tscript:alert(1)", "data:text/html,x", "file:///etc/passwd",
        "//evil.test", "\\\\host\\share", "https:\\\\evil.test", "https:", "vbscript:x", "ftp://example.org", "", "x",
        "https://[", "http:\n//example.org", "blob:https://example.org/x",
    ],
)  # fmt: skip
def test_outward_refuses(url: str) -> None:
    """Anything else is text."""
    assert outward(url) is None


@pytest.mark.parametrize(
    "path", ["/", "/week", "/contact/12", "/contact/12/moments?from=100", "/pile?q=de%20Graaf&circle=5"]
)
def test_local_path_keeps_ours(path: str) -> None:
    """Our own addresses are kept."""
    assert local_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "//evil.test", "/\\evil.test", "https://evil.test", "/week#x", "week", "", "/a//b", "/week\r\nSet-Cookie: a=b",
        "/../x", "javascript:alert(1)", "/week?x=//evil", "/%2f/evil",
    ],
)  # fmt: skip
def test_local_path_stays_home(path: str) -> None:
    """Anything that could lead elsewhere leads to the week."""
    assert local_path(path) == "/week"
