"""The gettext catalogues: compiled at build, else read from their source, so that an install from git speaks too."""

from __future__ import annotations

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "locale"
DOMAIN: Final = "maatje"


def N_(text: str) -> str:  # noqa: N802 (the name that gettext tools know)
    """
    Mark a text for the catalogue that is told later.

    Args:
        text: English, a literal.
    """
    return text


@lru_cache(maxsize=4)
def catalogue(lang: str) -> NullTranslations:
    """
    The translations of a language; English is its own. Reads two files at most, safe to repeat.

    Args:
        lang: "en" or "nl".
    Returns: a catalogue that gives a text back untranslated where it has none.
    """
    folder = FOLDER / lang / "LC_MESSAGES"
    compiled, source = folder / f"{DOMAIN}.mo", folder / f"{DOMAIN}.po"
    if not source.exists() and not compiled.exists():
        return NullTranslations()
    # A catalogue edited after it was compiled would speak yesterday's words.
    if compiled.exists() and not (source.exists() and source.stat().st_mtime > compiled.stat().st_mtime):
        with compiled.open("rb") as stream:
            return GNUTranslations(stream)
    return GNUTranslations(_compiled(source))


def _compiled(source: Path) -> BytesIO:
    """A ``.po`` file compiled in memory; Babel's message tools are loaded only for this."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as stream:
        messages = read_po(stream)
    out = BytesIO()
    write_mo(out, messages)
    out.seek(0)
    return out
