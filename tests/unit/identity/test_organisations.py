"""Which organisation a host or a name stands for."""

from __future__ import annotations

import pytest

from maatje.identity.organisations import may_be_one_domain, may_be_one_name, organisation_domain


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("example.org", "example.org"),
        ("mail.werf.example.org", "werf.example.org"),
        ("students.mail.example.ac.uk", "example.ac.uk"),
        ("example.co.uk", "example.co.uk"),
        ("example.com.au", "example.com.au"),
        ("herring.github.io", "herring.github.io"),
        ("gmail.com", ""),
        ("yahoo.co.uk", ""),
        ("hotmail.nl", ""),
        ("live.nl", ""),
        ("live.werf.example.org", "werf.example.org"),
        ("kpn.com", "kpn.com"),
        ("kpnmail.nl", ""),
        ("localhost", ""),
        ("192.0.2.1", ""),
        ("[192.0.2.1]", ""),
        ("a..b", ""),
        ("", ""),
    ],
)
def test_the_domain_an_organisation_owns(host: str, domain: str) -> None:
    """Subdomains and two-part suffixes are known; providers, numbers and broken hosts are nobody's."""
    assert organisation_domain(host) == domain


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("example.org", "example.com", True),
        ("example.co.uk", "example.nl", True),
        ("example.org", "example-group.com", True),
        ("uvl.nl", "uvlplus.nl", False),
        ("haring.nl", "zalm.nl", False),
    ],
)
def test_domains_that_may_be_one(one: str, other: str, expected: bool) -> None:
    """Equal labels, and a long one within another, may be one organisation; either way round."""
    assert may_be_one_domain(one, other) is may_be_one_domain(other, one) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Haring B.V.", "HARING", True),
        ("The Herring Company Ltd.", "Herring", True),
        ("Café Haring", "Cafe Haring", True),
        ("Haring & Zoon", "Haring en Zoon", True),
        ("Haring-Zalm", "HaringZalm", True),
        ("Haring", "Haring Nederland", True),
        ("Haring Instituut Leiderdam", "HIL", True),
        ("Universiteit van Leiderdam", "UvL", True),
        ("Universiteit van Leiderdam", "UL", True),
        ("", "Haring", True),
        ("Haring", "Zalm", False),
        ("Gemeente Haringdam", "Gemeente Zalmdam", False),
        ("Senior Adviseur", "Junior Adviseur", False),
    ],
)
def test_names_that_may_be_one(one: str, other: str, expected: bool) -> None:
    """Case, accents, legal forms, additions and initials make no other organisation; either way round."""
    assert may_be_one_name(one, other) is may_be_one_name(other, one) is expected
