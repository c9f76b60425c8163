"""Pages for when something did not go as it should: what is the matter, and what one can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from maatje.app.wording import Voice
from maatje.model.sentence import Sentence, say


@dataclass(frozen=True, slots=True)
class TroubleView:
    """One such page; ``mark`` and ``report`` only where we are wrong, without names or addresses."""

    title: str
    words: str
    advice: str
    command: str
    mark: str
    when: str
    report: str
    herring: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is the matter, before it is said."""

    title: Sentence
    words: Sentence
    advice: Sentence | None = None
    command: str = ""


_NOT_HERE: Final = say("This page is not there")
_CLOSED: Final = say("The diary is closed")
_ASKED: Final = say("This was not asked rightly")
_STORE: Final = say("The file cannot be used just now")

LOCKED: Final = Trouble(
    _CLOSED,
    say("Only the browser it was opened in may look, for as long as the server runs. To open it here:"),
    say("Stop maatje where it runs and give this command again. A browser that refuses our cookie cannot be used."),
    "maatje serve",
)
"""Nobody was let in: says nothing about anybody."""

TROUBLES: Final[dict[str, Trouble]] = {
    "locked": LOCKED,
    "missing": Trouble(_NOT_HERE, say("Perhaps it was joined with another, or the address has a slip in it.")),
    "host": Trouble(_ASKED, say("This is not the address that maatje answers to.")),
    "foreign": Trouble(_ASKED, say("This came from another page than maatje’s own, so nothing was done.")),
    "token": Trouble(_ASKED, say("The page lay open for too long, so nothing was done. Open it anew and try again.")),
    "size": Trouble(
        _ASKED,
        say("That is more than a page can take: 25 MB at most, twenty files at most."),
        say("The command line takes any size:"),
        "maatje add FILE",
    ),
    "type": Trouble(_ASKED, say("The form came in a shape that this page does not take.")),
    "method": Trouble(_ASKED, say("That cannot be done with this page.")),
    "range": Trouble(_ASKED, say("Only one part of a file can be asked for at a time.")),
    "length": Trouble(_ASKED, say("The request does not say how long it is.")),
    "form": Trouble(_ASKED, say("Something was missing in the form, so nothing was done.")),
    "broken": Trouble(
        say("This page did not come"),
        say("maatje made a mistake while drawing it. What was being written was taken back."),
        say("If it happens again, this looks your file over and repairs what can be rebuilt:"),
        "maatje doctor",
    ),
}
"""Every trouble that a page explains, by its word."""


def trouble_view(trouble: Trouble, voice: Voice, *, mark: str = "", when: str = "", report: str = "") -> TroubleView:
    """The page of one trouble."""
    return TroubleView(
        voice.say(trouble.title),
        voice.say(trouble.words),
        voice.say(trouble.advice) if trouble.advice is not None else "",
        trouble.command,
        mark,
        when,
        report,
        voice.text("This one slipped through the net."),
    )


def asked_wrongly(words: str) -> Trouble:
    """The user asked for something that cannot be; ``words`` is the error's own sentence."""
    return Trouble(_ASKED, say(words))


def store_trouble(words: str) -> Trouble:
    """The store cannot be used; ``words`` is the error's own sentence."""
    return Trouble(_STORE, say(words), say("This looks it over:"), "maatje doctor")
