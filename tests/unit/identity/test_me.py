"""Which addresses are the user's own, from counts."""

from __future__ import annotations

from maatje.identity.me import Evidence, Inference, infer, infer_rest
from maatje.model.sentence import say

ME = "karin.smit@werk.example"


def test_sent_mail_and_the_rest_agree() -> None:
    """Who wrote the sent mail and got the rest is the user."""
    evidence = Evidence(100, 40, {ME: 40}, {ME: 40, "jan@example.org": 30}, {ME: 55, "jan@example.org": 6})
    found = infer(evidence)
    assert found.addresses == (ME,)
    assert found.is_sure
    assert found.asks == ()


def test_one_mailbox_without_folders() -> None:
    """Without any folder of sent mail the one constant party is the user."""
    evidence = Evidence(100, 0, {}, {ME: 30, "jan@example.org": 25}, {ME: 65, "jan@example.org": 10})
    assert infer(evidence) == Inference((ME,), True, infer(evidence).reasons)


def test_a_secretary_writes_more_than_the_owner() -> None:
    """Who writes most from a mailbox is not its owner when the mail that comes in is another's; maatje asks."""
    secretary = "anna.visser@werk.example"
    evidence = Evidence(500, 120, {secretary: 100, ME: 20}, {secretary: 100, ME: 20}, {ME: 300, secretary: 20})
    found = infer(evidence)
    assert found.addresses == (ME,)
    assert found.is_sure
    assert found.asks == (say("Is {address} yours as well? Then say --me {address}.", address=secretary),)


def test_addresses_of_the_same_person_are_added() -> None:
    """Addresses with the same name in them, or the same display name, are one person's; a sister's is not."""
    received = {
        ME: 60, "k.smit@werk.example": 20, "ksmit@werk.example": 9, "karin.smit@oud.example": 20,
        "kaatje@prive.example": 12, "p.smit@werk.example": 10, "k.smit@elders.example": 12,
        "karsten.smit@werk.example": 12,
    }  # fmt: skip
    names = {ME: "Smit, Karin", "kaatje@prive.example": "Karin Smit"}
    found = infer(Evidence(150, 20, {ME: 20}, {ME: 20}, received, names))
    assert set(found.addresses) == {
        ME, "k.smit@werk.example", "ksmit@werk.example", "karin.smit@oud.example", "kaatje@prive.example",
    }  # fmt: skip


def test_nobody_stands_out_in_a_lists_archive() -> None:
    """Where no address is a constant party, maatje asks for one."""
    senders = {f"person{at}@example.org": 3 for at in range(50)}
    found = infer(Evidence(150, 0, {}, senders, {"list@lists.example.org": 150}))
    assert found.addresses == ()
    assert not found.is_sure
    assert found.asks


def test_a_namesake_who_only_writes_from_here_is_no_rival() -> None:
    """Two addresses of one name share the sent mail: still sure. One that also wrote to the user stays a rival."""
    other = "j.smit@werk.example"
    sent, received = {ME: 60, other: 40}, {ME: 20, other: 25, "jan@example.org": 10}
    assert infer(Evidence(150, 100, sent, {**sent, "jan@example.org": 30}, received)).addresses == (ME,)
    assert infer(Evidence(150, 100, sent, {**sent, other: 45}, received)).addresses == ()


def test_who_never_wrote_may_be_a_list() -> None:
    """The constant party that never wrote anything is named, but not as sure."""
    senders = {f"person{at}@example.org": 3 for at in range(30)}
    found = infer(Evidence(90, 0, {}, senders, {"circle@example.net": 60}))
    assert found.addresses == ("circle@example.net",)
    assert not found.is_sure


def test_what_the_user_says_wins() -> None:
    """A given address is taken and sure, whatever the counts say, and its likes are added."""
    evidence = Evidence(100, 0, {}, {}, {"jan@example.org": 100, "k.smit@werk.example": 8})
    found = infer(evidence, (ME,))
    assert found.addresses == (ME, "k.smit@werk.example")
    assert found.is_sure


def test_an_older_address_is_asked_for() -> None:
    """Mail in which the known address takes no part has another constant party: the same person's, or a question."""
    found = infer(Evidence(100, 0, {}, {}, {ME: 90}))
    alike = infer_rest(found, Evidence(40, 0, {}, {}, {"karin.smit@oud.example": 38}))
    unlike = infer_rest(found, Evidence(40, 0, {}, {}, {"visser@oud.example": 38}))
    assert alike.addresses == (ME, "karin.smit@oud.example")
    assert alike.is_sure
    assert unlike.addresses == (ME,)
    assert not unlike.is_sure
    assert unlike.asks


def test_little_evidence_asks_nothing_more() -> None:
    """A handful of stray messages raises no question."""
    found = infer(Evidence(100, 0, {}, {}, {ME: 90}))
    assert infer_rest(found, Evidence(5, 0, {}, {}, {"visser@oud.example": 5})) == found


def test_nothing_read_is_nobody() -> None:
    """No mail, no user."""
    assert infer(Evidence(0)).addresses == ()
