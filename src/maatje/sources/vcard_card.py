"""
Properties as a card: which of the many ways to write a name, a birthday or a group this one used.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from maatje.model.record import Card, Origin, Property
from maatje.model.units import EARLIEST, LATEST, Seconds
from maatje.sources.contentlines import Params, mail_address, param, parts, tidy, unescaped
from maatje.sources.vcard_photo import picture

_DATE: Final = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?=\D|\Z)")
_DAY: Final = re.compile(r"--(\d\d)-?(\d\d)(?=\D|\Z)")
_TIME: Final = re.compile(r"[Tt ](\d\d):?(\d\d):?(\d\d)?(?:[.,]\d+)?\s*(Z|z|[+-]\d\d:?(?:\d\d)?)?\Z")
_OMITTED_YEAR: Final = "1604"  # what Apple writes for "no year" when it must write one
_PLAIN_NAME: Final = re.compile(r"(?:[^\s\\,;]+(?: [^\s\\,;]+)*)?(?:;(?:[^\s\\,;]+(?: [^\s\\,;]+)*)?)*\Z")
_DIGIT: Final = re.compile(r"\d")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND: Final = timedelta(seconds=1)


def card_of(origin_source: str, place: int, version: str, found: list[Property]) -> Card | None:
    """
    The card these properties make, or None if there is nothing in them.

    Args:
        origin_source: the source as the user sees it.
        place: byte offset of the card in it.
        version: "2.1", "3.0" or "4.0".
        found: the card's properties in their order; unsafe pictures are left out of the result.
    """
    first, lists = _sorted_out(found)
    photo = None
    if "PHOTO" in first:
        photo, found = _photo(found)
    names = _name_parts(first.get("N"), version)
    mails = _chosen(lists["EMAIL"], mail_address)
    phones = _chosen(lists["TEL"], phone_text)
    urls = _chosen(lists["URL"], _url)
    nickname = _text(first, "NICKNAME")
    organisation = organisation_of(first.get("ORG"))
    name = _text(first, "FN") or _composed(names) or nickname or organisation
    name = name or (mails or phones or urls or (_text(first, "NOTE"),))[0][:300] or _any_name(first)
    if not name:
        return None
    uid = first.get("UID")
    return Card(
        origin=Origin(origin_source, unescaped(uid.value).strip()[:1000] if uid is not None else "", place),
        version=version,
        name=name,
        family=names[0],
        given=names[1],
        additional=names[2],
        prefix=names[3],
        suffix=names[4],
        nickname=nickname,
        mails=mails,
        phones=phones,
        urls=urls,
        organisation=organisation,
        title=_text(first, "TITLE") or _text(first, "ROLE"),
        birthday=_birthday(first.get("BDAY")),
        note=unescaped(first["NOTE"].value).strip() if "NOTE" in first else "",
        categories=_categories(lists["CATEGORIES"]),
        is_group=_is_group(first),
        photo=photo,
        revised=_revised(first.get("REV")),
        properties=tuple(found),
    )


def _sorted_out(found: list[Property]) -> tuple[dict[str, Property], dict[str, list[Property]]]:
    """The preferred property of each name that stands for one thing, and all of those that stand for many."""
    first: dict[str, Property] = {}
    lists: dict[str, list[Property]] = {"EMAIL": [], "TEL": [], "URL": [], "CATEGORIES": []}
    for prop in found:
        name = prop.name
        if name in lists:
            lists[name].append(prop)
        elif name not in first or (prop.params and _preference(prop) < _preference(first[name])):
            first[name] = prop
    return first, lists


def _text(first: dict[str, Property], name: str) -> str:
    prop = first.get(name)
    return "" if prop is None else tidy(unescaped(prop.value))


def _any_name(first: dict[str, Property]) -> str:
    """A chat address, a title, at worst "?": what a card without any name goes by; "" if it holds nothing at all."""
    for prop in first.values():
        if prop.name.startswith(("IMPP", "X-JABBER", "X-GOOGLE", "X-SKYPE", "X-AIM", "X-ICQ", "X-MSN")):
            return tidy(unescaped(prop.value)) or "?"
    return _text(first, "TITLE") or ("?" if first else "")


def _name_parts(prop: Property | None, version: str) -> tuple[str, str, str, str, str]:
    """N as family, given, additional, prefix, suffix; a missing part is ""."""
    if prop is None:
        return "", "", "", "", ""
    value = prop.value
    if len(value) <= 300 and _PLAIN_NAME.match(value) is not None and value.isprintable():
        found = value.split(";", 5)[:5]
    else:
        # Several names in one part are separated by bare commas, except in 2.1: read as one text.
        found = parts(value, ";")[:5]
        if version != "2.1":
            found = [" ".join(parts(part, ",")) for part in found]
        found = [tidy(unescaped(part)) for part in found]
    found += [""] * (5 - len(found))
    return found[0], found[1], found[2], found[3], found[4]


def _composed(names: tuple[str, str, str, str, str]) -> str:
    family, given, additional, prefix, suffix = names
    return " ".join(part for part in (prefix, given, additional, family, suffix) if part)


def organisation_of(prop: Property | None) -> str:
    """The first part of ORG that says something: the firm, or the department if that is all there is."""
    if prop is None:
        return ""
    return next((text for part in parts(prop.value, ";") if (text := tidy(unescaped(part)))), "")


def _chosen(props: list[Property], clean: Callable[[str], str]) -> tuple[str, ...]:
    """The cleaned values without repetition, those marked as preferred first."""
    if not props:
        return ()
    if len(props) == 1:
        value = clean(unescaped(props[0].value))
        return (value,) if value else ()
    props = sorted(props, key=_preference)
    return tuple(dict.fromkeys([value for prop in props if (value := clean(unescaped(prop.value)))]))


def _preference(prop: Property) -> int:
    return _rank(prop.params)


@lru_cache(1024)
def _rank(params: Params) -> int:
    """1 to 100 as vCard 4.0 numbers it; TYPE=pref is 1, nothing is 101."""
    rank = 101
    for key, values in params:
        if key == "TYPE" and any(value.lower() == "pref" for value in values):
            rank = 1
        elif key == "PREF" and values and values[0].isdecimal() and len(values[0]) < 4:
            rank = min(rank, int(values[0]))
    return rank


def phone_text(text: str) -> str:
    """A telephone number as a card's value tells it, ``tel:`` taken off; "" where there is no digit in it."""
    text = text.strip()
    if text[:4].lower() == "tel:":
        text = unquote(text[4:])
    text = tidy(text, 64)
    return text if _DIGIT.search(text) is not None else ""


def _url(text: str) -> str:
    return tidy(text, 2_000)


def _categories(props: list[Property]) -> tuple[str, ...]:
    if not props:
        return ()
    texts = [tidy(unescaped(part)) for prop in props for part in parts(prop.value, ",")]
    return tuple(dict.fromkeys([text for text in texts if text]))[:100]


def _is_group(first: dict[str, Property]) -> bool:
    kind = first.get("KIND") or first.get("X-ADDRESSBOOKSERVER-KIND")
    return kind is not None and kind.value.strip().lower() == "group"


def _photo(found: list[Property]) -> tuple[bytes | None, list[Property]]:
    """The first safe picture, and the properties without the unsafe ones."""
    photo: bytes | None = None
    kept: list[Property] = []
    for prop in found:
        if prop.name == "PHOTO":
            data = picture(prop)
            if data is None:
                continue
            photo = data if photo is None else photo
        kept.append(prop)
    return photo, kept


def _birthday(prop: Property | None) -> str:
    """BDAY as YYYY-MM-DD or --MM-DD; "" if it is no day of the calendar."""
    if prop is None:
        return ""
    text = prop.value.strip()
    if len(text) == 10 and not prop.params and text[:4] != _OMITTED_YEAR:
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            pass
    if (match := _DAY.match(text)) is not None:
        month, day = match[1], match[2]
        return f"--{month}-{day}" if _is_day(2000, month, day) else ""
    if (match := _DATE.match(text)) is None:
        return ""
    year, month, day = match[1], match[2], match[3]
    if year in (_OMITTED_YEAR, param(prop.params, "X-APPLE-OMIT-YEAR")):
        return f"--{month}-{day}" if _is_day(2000, month, day) else ""
    return f"{year}-{month}-{day}" if _is_day(int(year), month, day) else ""


def _is_day(year: int, month: str, day: str) -> bool:
    try:
        date(year, int(month), int(day))
    except ValueError:
        return False
    return True


def _revised(prop: Property | None) -> Seconds | None:
    """REV as an instant, without a zone taken as UTC; None if it says no time in our range."""
    if prop is None:
        return None
    text = prop.value.strip()
    at: datetime | None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = _loose_moment(text)
    if at is None:
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    # A difference, not timestamp(): that goes through the platform and refuses year 1.
    seconds = (at - _EPOCH) // _SECOND
    return Seconds(seconds) if EARLIEST <= seconds <= LATEST else None


def _loose_moment(text: str) -> datetime | None:
    """A moment that begins with a date, whatever follows; with a zone only in the usual forms."""
    match = _DATE.match(text)
    if match is None:
        return None
    time = _TIME.match(text, match.end())
    hour, minute, second = (int(time[i] or 0) for i in (1, 2, 3)) if time is not None else (0, 0, 0)
    zone = timezone(timedelta(seconds=_offset(time[4]))) if time is not None else UTC
    try:
        return datetime(int(match[1]), int(match[2]), int(match[3]), hour, minute, min(second, 59), tzinfo=zone)
    except ValueError:
        return None


def _offset(zone: str | None) -> int:
    """Seconds east of UTC of ``+01:00`` and the like; 0 if it cannot be."""
    if zone is None or zone in "Zz":
        return 0
    digits = zone[1:].replace(":", "").ljust(4, "0")
    seconds = int(digits[:2]) * 3600 + int(digits[2:4]) * 60
    return (-seconds if zone[0] == "-" else seconds) if seconds < 86_400 else 0
