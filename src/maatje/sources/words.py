"""
Header bytes to text: raw 8-bit, RFC 2047 words, and the broken forms of both that real mail has.

Nothing here raises on bad input: what cannot be decoded becomes a replacement mark (U+FFFD), so
that a subject in an unknown charset is still a subject.
"""

from __future__ import annotations

import binascii
import re
from typing import Final

from maatje.sources.limits import MAX_HEADER_BYTES, MAX_WORDS

_CHARSETS: Final = {
    "ansi_x3.4-1968": "ascii",
    "ascii": "cp1252",  # says ASCII, but bytes above 127 were written by Windows
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-6-i": "iso-8859-6",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "unicode-1-1-utf-7": "utf-7",
    "utf8": "utf-8",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
}
# Text codecs of Python that no mail names in good faith, or whose decoding is slower than linear.
_REFUSED: Final = frozenset({"idna", "punycode", "unicode_escape", "unicode-escape", "raw_unicode_escape", "undefined"})

_WORD: Final = re.compile(r"=\?([^?\s*]{1,60})(?:\*[^?\s]{0,20})?\?([bBqQ])\?(.{0,2000}?)\?=", re.DOTALL)
_CONTROLS: Final = {code: None for code in (*range(32), *range(127, 160)) if code != 9} | {9: " "}
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_NOT_BASE64: Final = re.compile(rb"[^A-Za-z0-9+/]")
_Q_ESCAPE: Final = re.compile(rb"=([0-9A-Fa-f]{2})")


def decode_bytes(data: bytes, charset: str) -> str:
    """The text of bytes in a charset by name; unknown charsets are tried as UTF-8, bad bytes become U+FFFD."""
    name = charset.lower()
    name = _CHARSETS.get(name, name)
    if name in _REFUSED:
        return data.decode("ascii", "replace")
    try:
        text = data.decode(name, "replace")
    except (LookupError, UnicodeError, ValueError):  # ValueError: a NUL in the charset's name
        text = decode_raw(data, strict=True)
    return _SURROGATE.sub("�", text)  # UTF-7 and UTF-16 may hide halves that no store accepts


def decode_raw(data: bytes, *, strict: bool = False) -> str:
    """
    The text of undeclared header bytes: UTF-8, else Windows-1252 as most such mail is.

    ``strict`` allows no guess: bytes that are not UTF-8 become replacement marks.
    """
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("ascii", "replace") if strict else data.decode("cp1252", "replace")


def decode_value(data: bytes, limit: int) -> str:
    """
    A free-text header value as a person reads it: unfolded, words decoded, control characters gone.

    At most ``limit`` characters and ``MAX_WORDS`` encoded words; linear in the size of ``data``.
    """
    text = decode_raw(data[:MAX_HEADER_BYTES])
    if "=?" in text:
        text = decode_words(text)
    if not text.isprintable():
        text = text.translate(_CONTROLS)
    return text.strip()[:limit]


def decode_words(text: str) -> str:
    """Text with its RFC 2047 words decoded; neighbours in one charset are joined first, as they may split a letter."""
    out: list[str] = []
    run = bytearray()
    run_charset = ""
    end = 0
    for count, match in enumerate(_WORD.finditer(text)):
        between = text[end : match.start()]
        charset = match[1].lower()
        joined = bool(run_charset) and not between.strip()
        if not joined or charset != run_charset:
            _flush(out, run, run_charset)
        if not joined:
            out.append(between)
        end = match.end()
        run_charset = charset
        run += _word_bytes(match[2], match[3])
        if count + 1 >= MAX_WORDS:
            _flush(out, run, run_charset)
            out.append(" …")
            return "".join(out)
    _flush(out, run, run_charset)
    out.append(text[end:])
    return "".join(out)


def _flush(out: list[str], run: bytearray, charset: str) -> None:
    if run:
        out.append(decode_bytes(bytes(run), charset))
        run.clear()


def _word_bytes(encoding: str, text: str) -> bytes:
    raw = text.encode("utf-8", "replace")
    if encoding in "qQ":
        return _Q_ESCAPE.sub(_unescaped, raw.replace(b"_", b" "))
    return lenient_base64(raw)


def _unescaped(match: re.Match[bytes]) -> bytes:
    return bytes((int(match[1], 16),))


def lenient_base64(raw: bytes) -> bytes:
    """What base64 holds, whatever its padding: foreign characters skipped, a last odd character dropped."""
    clean = _NOT_BASE64.sub(b"", raw)
    extra = len(clean) % 4
    if extra == 1:
        clean = clean[:-1]
    elif extra:
        clean += b"=" * (4 - extra)
    try:
        return binascii.a2b_base64(clean)
    except binascii.Error:
        return b""


def plain(text: str) -> str:
    """Text without control characters, each run of blanks one blank: for names."""
    if not text.isprintable():
        text = text.translate(_CONTROLS)
    return " ".join(text.split())
