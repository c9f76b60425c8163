"""What the terminal says of telephones, and the six digits that are typed into it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from maatje.app.wording import Voice
from maatje.web.pairing import spaced
from maatje.web.qr import blocks
from maatje.web.telephone import Offered


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where ``serve`` was started: ``tell`` prints a line, ``lines`` are those typed, None where nobody can type."""

    voice: Voice
    tell: Callable[[str], None]
    lines: Iterable[str] | None = None

    def introduce(self, offered: Offered) -> None:
        """Say how a telephone gets in: a new code, as a square and in letters."""
        say, base = self.voice.text, offered.origin.base
        code = offered.pairings.new_code()
        self.tell(blocks(f"{base}/#{code}"))
        self.tell(
            say("Telephone: {address} with the code {code}, once, within ten minutes.", address=base, code=spaced(code))
        )
        if offered.fingerprint:
            self.tell(
                say(
                    "To trust it, open {address} on the telephone and compare: {fingerprint}",
                    address=f"{base}/authority.crt", fingerprint=offered.fingerprint,
                )
            )  # fmt: skip
        if not offered.origin.is_secure:
            self.tell(say("This page is not encrypted: who shares this network can read along. --tls encrypts it."))
        if self.lines is None:
            self.tell(say("Let it in on the page about telephones, in the browser of this computer."))
        else:
            self.tell(say("Type the six digits that it shows to let it in; Enter alone makes a new code."))

    def notice(self, offered: Offered) -> None:
        """Say which telephones wait for a yes."""
        for one in offered.pairings.waiting():
            self.tell(self.voice.text("A telephone waits that shows {digits}.", digits=spaced(one.match)))

    def listen(self, offered: Offered) -> None:
        """Begin to read what is typed, in a thread that ends with the program."""
        if self.lines is not None:
            threading.Thread(target=self.read, args=(offered,), daemon=True, name="terminal").start()

    def read(self, offered: Offered) -> None:
        """Let telephones in by the digits that are typed, until there are no more lines."""
        for line in self.lines or ():
            if not line.strip():
                self.introduce(offered)
            elif offered.pairings.match(line):
                self.tell(self.voice.text("It is let in, for twelve hours."))
            else:
                self.tell(self.voice.text("No telephone that waits shows these digits."))
