"""
A letter as the bytes of a real mail: headers as mail programs write them and a few lines of Dutch.

Built from strings, not from ``email.message``: thirty thousand mails in two seconds instead of
half a minute. The test reads them back with the standard library.
"""

from __future__ import annotations

import binascii
from dataclasses import dataclass
from hashlib import blake2b
from random import Random

from maatje.app.demo.civil import mail_date
from maatje.app.demo.diary import invitation
from maatje.app.demo.ledger import Gathering, Letter, fill
from maatje.app.demo.people import words
from maatje.model.record import Party

_PROGRAMS = (
    "User-Agent: Mozilla Thunderbird",
    "X-Mailer: Postbode 16.0",
    "X-Mailer: Apple Postkamer (2.3445)",
    "User-Agent: Webpost/1.4",
)

_MACHINES = frozenset(("newsletter", "notification", "robot"))

_ASIDE = {
    "newsletter": ("Precedence: bulk", "X-Campaign: {mark}", "Feedback-ID: {mark}:brief"),
    "notification": ("Auto-Submitted: auto-generated", "X-Auto-Response-Suppress: All"),
    "robot": ("Auto-Submitted: auto-generated",),
    "away": ("Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All", "Precedence: bulk"),
    "bounce": ("Auto-Submitted: auto-replied",),
    "list": ("Precedence: list",),
}


@dataclass(frozen=True, slots=True)
class Postman:
    """Writes letters: ``rng`` draws bodies and small variations, ``diary`` holds gatherings by their name."""

    rng: Random
    diary: dict[str, Gathering]
    mine: frozenset[str]

    def mail(self, letter: Letter) -> str:
        """One letter as text with LF ends, without an envelope line."""
        is_mine = letter.sender.address in self.mine
        rng = self.rng
        lines = [] if is_mine else _journey(rng, letter)
        lines += [
            f"From: {shown(letter.sender)}",
            f"To: {_listed(letter.to)}",
        ]
        if letter.cc:
            lines.append(f"Cc: {_listed(letter.cc)}")
        lines += [
            f"Subject: {encoded(letter.subject)}",
            f"Date: {mail_date(letter.at)}",
            f"Message-ID: <{letter.ident}>",
        ]
        if letter.chain:
            lines.append(f"In-Reply-To: <{letter.chain[-1]}>")
            lines.append("References: " + "\n ".join(f"<{ident}>" for ident in letter.chain))
        lines += _nature(letter)
        if not letter.kind:
            lines.append(_program(letter.sender))
        lines.append("MIME-Version: 1.0")
        return "\n".join(lines) + "\n" + self._body(letter)

    def _body(self, letter: Letter) -> str:
        """Content headers, an empty line, and the text in one of the ways in which mail carries it."""
        text = _text(self.rng, letter)
        mark = letter.ident.partition("@")[0]
        if letter.kind == "invitation":
            return _with_calendar(text, self.diary[letter.uid], mark)
        if letter.kind == "bounce":
            return _report(letter, mark)
        way = self.rng.random()
        if letter.kind == "newsletter" or way < 0.2:
            return _alternative(text, mark)
        if way < 0.35:
            quoted = binascii.b2a_qp(text.encode(), istext=True).decode("ascii")
            return f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n{quoted}"
        return f"Content-Type: text/plain; charset=UTF-8; format=flowed\nContent-Transfer-Encoding: 8bit\n\n{text}"


def shown(who: Party) -> str:
    """A name and address as a From or To header writes them; other than ASCII as encoded words."""
    if not who.name:
        return who.address
    if not who.name.isascii():
        return f"{encoded(who.name)} <{who.address}>"
    if any(sign in who.name for sign in ",.()'"):
        return f'"{who.name}" <{who.address}>'
    return f"{who.name} <{who.address}>"


def encoded(text: str) -> str:
    """
    A header value as RFC 2047 has it: as it is where ASCII, else in encoded words of at most 45 bytes.

    Names short enough and within Latin-1 use its Q form, as older programs do; the rest UTF-8 and B.
    """
    if text.isascii():
        return text
    if len(text) < 30 and len(text) % 3 == 0 and _is_latin(text):
        signs = (
            chr(byte) if chr(byte).isascii() and chr(byte).isalnum() else f"={byte:02X}"
            for byte in text.encode("latin-1")
        )
        return f"=?iso-8859-1?Q?{''.join(signs).replace('=20', '_')}?="
    words_out, piece = [], ""
    for sign in text:
        if len((piece + sign).encode()) > 45:
            words_out.append(piece)
            piece = ""
        piece += sign
    words_out.append(piece)
    return "\n ".join(f"=?utf-8?B?{binascii.b2a_base64(one.encode(), newline=False).decode()}?=" for one in words_out)


def _is_latin(text: str) -> bool:
    """Whether Latin-1 can write it."""
    return all(ord(sign) < 256 for sign in text)


def _listed(parties: tuple[Party, ...]) -> str:
    """Recipients, folded after each comma as programs do."""
    return ",\n ".join(shown(who) for who in parties)


def _journey(rng: Random, letter: Letter) -> list[str]:
    """Return path and a short chain of Received lines, the newest first."""
    domain = letter.sender.address.partition("@")[2]
    to = letter.to[0].address if letter.kind != "list" else "hanneke@oldenhof.example.org"
    path = "" if letter.kind == "bounce" else f"bounces@{domain}" if letter.kind else letter.sender.address
    date, mark = mail_date(letter.at), letter.ident.partition("@")[0]
    return [
        f"Return-Path: <{path}>",
        f"Delivered-To: {to}",
        f"Received: from mx.{domain} (mx.{domain} [192.0.2.{rng.randint(1, 254)}])\n"
        f"\tby post.oldenhof.example.org (Postfix) with ESMTPS id {mark[:10].upper()}\n\tfor <{to}>; {date}",
        f"Received: from werkplek ([198.51.100.{rng.randint(1, 254)}])\n"
        f"\tby mx.{domain} with ESMTPSA id {mark[4:14]};\n\t{date}",
    ]


def _nature(letter: Letter) -> list[str]:
    """What the headers say of a letter that no person wrote."""
    mark, domain = letter.ident.partition("@")[0], letter.sender.address.partition("@")[2]
    lines = [line.format(mark=mark[:8]) for line in _ASIDE.get(letter.kind, ())]
    if letter.kind == "newsletter":
        lines.append(f"List-Unsubscribe: <https://{domain}/afmelden/{mark[:8]}>, <mailto:afmelden@{domain}>")
    if letter.kind == "list":
        lines.append("List-Id: Organisatieadviseurs onder elkaar <adviseurs.lijst.example.net>")
        lines.append("List-Post: <mailto:adviseurs@lijst.example.net>")
        lines.append("List-Unsubscribe: <mailto:adviseurs-leave@lijst.example.net>")
    return lines


def _program(sender: Party) -> str:
    """The mail program somebody uses, always the same one."""
    return _PROGRAMS[blake2b(sender.address.encode(), digest_size=1).digest()[0] % len(_PROGRAMS)]


def _text(rng: Random, letter: Letter) -> str:
    """A few lines: whom they are for, two or three sentences, and who wrote them."""
    lists = words()["bodies"]
    kind = "machine" if letter.kind in _MACHINES else letter.flavour if letter.flavour in lists else "work"
    lines = [fill(rng, line, letter.at) for line in rng.sample(lists[kind], rng.randint(1, 3))]
    if letter.chain:
        lines.insert(0, fill(rng, rng.choice(lists["answers"]), letter.at))
    hello = "Ha" if letter.flavour == "friend" else "Dag"
    close = "Met vriendelijke groet," if kind == "machine" else rng.choice(lists["closings"])
    return (
        f"{hello} {_given(letter.to[0].name) or 'allen'},\n\n"
        + "\n".join(lines)
        + f"\n\n{close}\n{_given(letter.sender.name)}\n"
    )


def _given(name: str) -> str:
    """The name by which one is called, also of "Stam, Gerrit"."""
    return name.rpartition(", ")[2].split(" ")[0]


def _alternative(text: str, mark: str) -> str:
    """The text twice, plain and as HTML."""
    page = "".join(f"<p>{line}</p>" for line in text.split("\n") if line)
    return (
        f'Content-Type: multipart/alternative; boundary="={mark}="\n\n'
        f"--={mark}=\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{text}\n"
        f"--={mark}=\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
        f"<html><body>{page}</body></html>\n\n--={mark}=--\n"
    )


def _with_calendar(text: str, gathering: Gathering, mark: str) -> str:
    """The text with the invitation as a calendar part, base64 as most programs send it."""
    part = binascii.b2a_base64(invitation(gathering).encode(), newline=False).decode()
    folded = "\n".join(part[at : at + 76] for at in range(0, len(part), 76))
    return (
        f'Content-Type: multipart/mixed; boundary="={mark}="\n\n'
        f"--={mark}=\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{text}\n"
        f"--={mark}=\nContent-Type: text/calendar; charset=utf-8; method=REQUEST; name=uitnodiging.ics\n"
        f"Content-Transfer-Encoding: base64\n\n{folded}\n--={mark}=--\n"
    )


def _report(letter: Letter, mark: str) -> str:
    """A delivery report."""
    return (
        f'Content-Type: multipart/report; report-type=delivery-status; boundary="={mark}="\n\n'
        f"--={mark}=\nContent-Type: text/plain; charset=us-ascii\n\nI'm sorry to have to inform you that your "
        f"message could not be delivered.\n\n--={mark}=\nContent-Type: message/delivery-status\n\n"
        f"Reporting-MTA: dns; {letter.sender.address.partition('@')[2]}\n\nAction: failed\nStatus: 5.1.1\n\n"
        f"--={mark}=--\n"
    )
