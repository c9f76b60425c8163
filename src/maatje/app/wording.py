"""
Sentences in the user's language: the one place where values become words.

Below the edges a sentence is English text with typed values (``model.sentence``); a ``Voice`` looks
the text up in the catalogue and writes spans, days and chances as people of that language do. In a
template or at an edge, ``Voice.text`` does the same for text written on the spot. A place may carry
a form, ``{rhythm:every}``: which form of the value the grammar asks for; a translation may choose
another one. Names (plain strings) are never translated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from maatje.app.catalogue import N_
from maatje.app.spans import every_words
from maatje.app.telling import LANGUAGES, SURE, Telling
from maatje.errors import MaatjeError
from maatje.model.sentence import Chance, Count, Day, MonthOf, Sentence, Span

__all__ = ["LANGUAGES", "N_", "Voice"]

_PLACE: Final = re.compile(r"\{([a-z_][a-z0-9_]*)(?::([a-z]+))?\}")
_ENDS: Final = (".", "?", "!", "…")
_THAT: Final = N_("{chance} that")
_CERTAIN_THAT: Final = N_("almost certain that")


class Voice(Telling):
    """A language to say everything in; made with the same arguments as ``Telling``."""

    def say(self, sentence: Sentence) -> str:
        """
        A sentence in this voice.

        Args:
            sentence: with the values its places name.
        """
        return self._sentence(sentence, opens=True)

    def fault(self, error: MaatjeError) -> str:
        """
        What an error says, in this voice.

        Args:
            error: its ``reason``, where it has one, is a text of ours too.
        """
        values = dict(error.values)
        if isinstance(reason := values.get("reason"), str):
            values["reason"] = self.text(reason)
        return self.text(error.template, **values)

    def text(self, msgid: str, /, **values: Any) -> str:
        """
        A text of an edge in this voice; ``_`` in templates.

        Args:
            msgid: English with ``{named}`` places, a literal.
            values: typed values, numbers, or names as plain strings.
        """
        return self._filled(self._catalogue.gettext(msgid) if msgid else "", values)

    def text_n(self, one: str, many: str, n: Count | int, /, **values: Any) -> str:
        """
        A text that depends on a number; ``ngettext`` in templates.

        Args:
            one, many: English for one and for any other number, literals; ``{n}`` says the number.
            n: how many; scalar, >= 0.
        """
        return self._filled(*self._plural(one, many, n, values))

    def _plural(self, one: str, many: str, n: Count | int, values: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        count = n if isinstance(n, Count) else Count(n)
        return self._catalogue.ngettext(one, many, count.number), {**values, "n": count}

    def _sentence(self, sentence: Sentence, *, opens: bool) -> str:
        """A sentence, at the beginning of a text or within one."""
        values = dict(sentence.values)
        if sentence.plural is None:
            return self._filled(self._catalogue.gettext(sentence.text), values, opens=opens)
        return self._filled(*self._plural(sentence.text, sentence.plural, values["n"], values), opens=opens)

    def _filled(self, template: str, values: Mapping[str, Any], *, opens: bool = True) -> str:
        """The places filled in; a value that opens a sentence gets its capital, a name stays as it is."""
        said = ""
        at = 0
        for place in _PLACE.finditer(template):
            if place[1] not in values:
                continue
            said += template[at : place.start()]
            before = said.rstrip()
            said += self._told(values[place[1]], place[2] or "", opens=before.endswith(_ENDS) if before else opens)
            at = place.end()
        return said + template[at:]

    def _told(self, value: Any, form: str, *, opens: bool) -> str:
        """One value in words; names and numbers are told as they are."""
        match value:
            case str():
                return value
            case Sentence():
                return self._sentence(value, opens=opens)
            case Span():
                said = every_words(self._catalogue, value.days) if form == "every" else self.span(value.days)
            case Day():
                said = self.day_on(value.at) if form == "on" else self.day(value.at)
            case MonthOf():
                said = self.month(value.at)
            case Chance():
                said = self._chance(value.share, form)
            case Count():
                said = self.circle(value.number) if form == "circle" else self.count(value.number)
            case bool() | None:
                return ""
            case int():
                return self.number(value)
            case float():
                return self.figure(value)
            case _:
                return str(value)
        return _capital(said) if opens else said

    def _chance(self, share: float, form: str) -> str:
        """A chance, or a chance with what the grammar puts after it."""
        if form == "figure":
            return self.figure(share)
        if form == "that":
            return self._bare(_CERTAIN_THAT if share > SURE else _THAT, chance=self.chance(share))
        return self.chance(share)


def _capital(text: str) -> str:
    """The first letter upper case and the rest as it was; Dutch leaves the second accent of "één" only."""
    return "Eén" + text[3:] if text.startswith("één") else text[:1].upper() + text[1:]
