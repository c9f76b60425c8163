"""
One vCard property as one JSContact object, and back (RFC 9553 for the objects, RFC 9555 for the mapping).

``native`` gives an object only where ``prop_of`` makes the same property of it again; what has no
such object is kept whole by the caller, under ``vCardProps``. Parameters that JSContact has no word
for stand under ``vCardParams``.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final, NamedTuple

from maatje.model.record import Property
from maatje.sources.contentlines import Params, escaped, param, parts, unescaped

Json = Any
"""What JSON can say."""

NAME: Final = re.compile(r"[A-Za-z0-9-]{1,128}\Z")
_GROUP: Final = re.compile(r"[\w-]{1,128}\Z")
_KEY: Final = re.compile(r"[^\x00-\x20\x7f:;,=\"](?:[^\x00-\x1f\x7f:;,=\"]{0,126}[^\x00-\x20\x7f:;,=\"])?\Z")
_RESERVED: Final = frozenset({"BEGIN", "END", "VERSION"})
_UNSAID: Final = re.compile("[\x00\ud800-\udfff]")
_LINE_ENDS: Final = re.compile(r"\r\n?|\n")
_DATE: Final = re.compile(r"(?:(\d{4})-?|--)(\d\d)-?(\d\d)\Z")
_STAMP: Final = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)T(\d\d):?(\d\d):?(\d\d)Z\Z")
_COUNT: Final = re.compile(r"[1-9]\d?\Z|100\Z")
MAX_VALUES: Final = 1_000


class Place(NamedTuple):
    """Where a property's objects stand: the card's member, the key of the value, its kind, whether it is a text."""

    member: str
    key: str
    kind: str = ""
    is_text: bool = True


PLACES: Final[dict[str, Place]] = {
    "EMAIL": Place("emails", "address", is_text=False),
    "TEL": Place("phones", "number", is_text=False),
    "NOTE": Place("notes", "note"),
    "URL": Place("links", "uri", is_text=False),
    "CONTACT-URI": Place("links", "uri", "contact", is_text=False),
    "TITLE": Place("titles", "name", "title"),
    "ROLE": Place("titles", "name", "role"),
    "NICKNAME": Place("nicknames", "name"),
    "ORG": Place("organizations", ""),
    "ADR": Place("addresses", ""),
    "BDAY": Place("anniversaries", "", "birth"),
    "DEATHDATE": Place("anniversaries", "", "death"),
    "ANNIVERSARY": Place("anniversaries", "", "wedding"),
    "IMPP": Place("onlineServices", "uri", is_text=False),
    "SOCIALPROFILE": Place("onlineServices", "uri", is_text=False),
    "PHOTO": Place("media", "uri", "photo", is_text=False),
    "LOGO": Place("media", "uri", "logo", is_text=False),
    "SOUND": Place("media", "uri", "sound", is_text=False),
    "KEY": Place("cryptoKeys", "uri", is_text=False),
    "CALURI": Place("calendars", "uri", "calendar", is_text=False),
    "FBURL": Place("calendars", "uri", "freeBusy", is_text=False),
    "CALADRURI": Place("schedulingAddresses", "uri", is_text=False),
    "SOURCE": Place("directories", "uri", "entry", is_text=False),
    "ORG-DIRECTORY": Place("directories", "uri", "directory", is_text=False),
    "HOBBY": Place("personalInfo", "value", "hobby"),
    "INTEREST": Place("personalInfo", "value", "interest"),
    "EXPERTISE": Place("personalInfo", "value", "expertise"),
    "LANG": Place("preferredLanguages", "language", is_text=False),
}
"""Properties of which a card may have several, each an object with an id."""

MEMBERS: Final = frozenset(place.member for place in PLACES.values())
_BY_PLACE: Final = {(place.member, place.kind): name for name, place in reversed(PLACES.items())}
_CONTEXTS: Final = {"home": "private", "work": "work"}
_FEATURES: Final = {
    "voice": "voice", "fax": "fax", "text": "text", "cell": "mobile", "video": "video", "pager": "pager",
    "textphone": "textphone", "main-number": "main-number",
}  # fmt: skip
_ADDRESS: Final = ("postOfficeBox", "apartment", "name", "locality", "region", "postcode", "country")
_ADDRESS_ELSE: Final = {"building": 1, "floor": 1, "room": 1}
_NAMES: Final = ("surname", "given", "given2", "title", "credential", "surname2", "generation")


def clean(found: Json) -> str:
    """A text as JSON gave it, without what no store can keep; "" where it is none."""
    return _UNSAID.sub("", found) if isinstance(found, str) else ""


def line_value(name: str, text: str) -> str:
    """A text as the value of this property: all of it escaped in a text, only backslash and line ends in an address."""
    if name not in PLACES or PLACES[name].is_text:
        return escaped(text)
    return _LINE_ENDS.sub(lambda _: "\\n", text.replace("\\", "\\\\"))


def canonical(prop: Property) -> Property:
    """The property in the one form that this module writes: same meaning, escapes and parameters in one order."""
    params: dict[str, list[str]] = {}
    for key, values in prop.params:
        params.setdefault(key, []).extend(values)
    told = tuple((key, tuple(params[key])) for key in sorted(params))
    return Property(prop.name, _canonical_value(prop), told, prop.group)


def _canonical_value(prop: Property) -> str:
    name, value = prop.name, prop.value
    if name in ("N", "ADR", "ORG"):
        return structured_value(name, structure(name, value))
    if name in ("NICKNAME", "CATEGORIES"):
        return ",".join(escaped(unescaped(one)) for one in parts(value, ","))
    if name in ("BDAY", "DEATHDATE", "ANNIVERSARY") and (match := _DATE.match(value)) is not None:
        return f"{match[1] or '--'}{match[2]}{match[3]}"
    if name in ("REV", "CREATED") and (match := _STAMP.match(value)) is not None:
        return "{}{}{}T{}{}{}Z".format(*match.groups())
    if name in PLACES or name in ("FN", "UID", "KIND", "PRODID", "LANGUAGE"):
        return line_value(name, unescaped(value))
    return value


def structure(name: str, value: str) -> list[list[str]]:
    """The parts of a structured value, each the list of its texts, empty ones left out."""
    cut = parts(value, ";")
    if name == "ORG":
        return [[unescaped(part)] for part in cut]
    return [[text for one in parts(part, ",") if (text := unescaped(one))] for part in cut]


def structured_value(name: str, found: list[list[str]]) -> str:
    """The value with these parts; N has at least five, ADR seven, and ORG no empty ones at its end."""
    least = {"N": 5, "ADR": 7}.get(name, 0)
    while len(found) > max(least, 1) and not any(found[-1]):
        found = found[:-1]
    texts = [",".join(escaped(text) for text in part) for part in found]
    return ";".join(texts + [""] * (least - len(texts)))


def date_of(value: str) -> dict[str, Json] | None:
    """A day as a PartialDate, or None where the value is no day of the calendar."""
    match = _DATE.match(value)
    if match is None:
        return None
    try:
        date(int(match[1] or 2000), int(match[2]), int(match[3]))
    except ValueError:
        return None
    year = {"year": int(match[1])} if match[1] else {}
    return {"@type": "PartialDate", **year, "month": int(match[2]), "day": int(match[3])}


def stamp_of(value: str) -> str | None:
    """An instant as JSContact writes it, or None."""
    match = _STAMP.match(value)
    return None if match is None else "{}-{}-{}T{}:{}:{}Z".format(*match.groups())


def native(prop: Property) -> list[dict[str, Json]]:
    """The objects of this property: one, or one for each nickname; none where it must be kept as it is."""
    place = PLACES.get(prop.name)
    if place is None or (prop.group and _GROUP.match(prop.group) is None):
        return []
    shared = _shared(prop)
    if place.kind and prop.name not in ("URL",):
        shared["kind"] = place.kind
    if prop.name == "IMPP":
        shared["vCardName"] = "impp"
    objects = [{**told, **shared} for told in _told(prop, place)]
    return objects if objects and prop_of(place.member, objects) == canonical(prop) else []


def _told(prop: Property, place: Place) -> list[dict[str, Json]]:
    """What the value says, by the keys that JSContact has for it."""
    value = prop.value
    if prop.name == "NICKNAME":
        return [{"name": unescaped(one)} for one in parts(value, ",")]
    if prop.name == "ORG":
        names = [part[0] for part in structure("ORG", value)]
        told: dict[str, Json] = {"name": names[0]} if names[0] else {}
        return [{**told, "units": [{"name": name} for name in names[1:]]} if names[1:] else told] if any(names) else []
    if prop.name == "ADR":
        cut = structure("ADR", value)
        found = [{"kind": kind, "value": text} for kind, part in zip(_ADDRESS, cut, strict=False) for text in part]
        return [{"components": found}] if found else []
    if place.member == "anniversaries":
        day = date_of(value)
        return [] if day is None else [{"date": day}]
    text = unescaped(value)
    return [{place.key: text}] if text else []


def _shared(prop: Property) -> dict[str, Json]:
    """Group and parameters as an object has them."""
    shared: dict[str, Json] = {}
    others: dict[str, list[str]] = {}
    for key, values in prop.params:
        others.setdefault(_lower(key), []).extend(values)
    types = others.get("type", [])
    contexts = {_CONTEXTS[one]: True for one in map(str.lower, types) if one in _CONTEXTS}
    features = {_FEATURES[one]: True for one in map(str.lower, types) if one in _FEATURES and prop.name == "TEL"}
    shared |= {"contexts": contexts} if contexts else {}
    shared |= {"features": features} if features else {}
    if _types(shared) == types:
        others.pop("type", None)
    if len(found := others.get("pref", [])) == 1 and _COUNT.match(found[0]) is not None:
        shared["pref"] = int(others.pop("pref")[0])
    if len(found := others.get("mediatype", [])) == 1:
        shared["mediaType"] = others.pop("mediatype")[0]
    if prop.name == "ADR" and len(found := others.get("label", [])) == 1:
        shared["full"] = others.pop("label")[0]
    if prop.group:
        others["group"] = [prop.group]
    if others:
        shared["vCardParams"] = {key: values[0] if len(values) == 1 else values for key, values in others.items()}
    return shared


def _lower(key: str) -> str:
    """A parameter's name as JSON has it; one that has no two cases stays."""
    return key.lower() if key.isascii() else key


def _types(found: dict[str, Json]) -> list[str]:
    """TYPE as contexts and features say it."""
    types: list[str] = []
    for member, words in (("contexts", _CONTEXTS), ("features", _FEATURES)):
        told = found.get(member)
        back: dict[str, str] = {word: name for name, word in words.items()}
        if isinstance(told, dict):
            types += [str(back.get(one, one)) for one, is_so in told.items() if is_so is True and NAME.match(one)]
    return types


def prop_of(member: str, objects: list[dict[str, Json]]) -> Property | None:
    """
    The property that an object of this member stands for, in its canonical form; None where it says nothing.

    ``objects`` are several only for the nicknames of one property.
    """
    first = objects[0]
    name = _name_of(member, first)
    if name is None:
        return None
    value = _value_of(name, PLACES[name], objects)
    if not value:
        return None
    group, params = params_of(first.get("vCardParams"))
    known = dict(params)
    if (types := _types(first)) and "TYPE" not in known:
        known["TYPE"] = tuple(types)
    pref = first.get("pref")
    if type(pref) is int and 1 <= pref <= 100:
        known["PREF"] = (str(pref),)
    if text := clean(first.get("mediaType")):
        known["MEDIATYPE"] = (text,)
    if name == "ADR" and (text := clean(first.get("full"))):
        known["LABEL"] = (text,)
    if name == "SOCIALPROFILE" and (text := clean(first.get("service"))):
        known.setdefault("SERVICE-TYPE", (text,))
    return Property(name, value, tuple(sorted(known.items())), group)


def _name_of(member: str, found: dict[str, Json]) -> str | None:
    kind = clean(found.get("kind"))
    if member == "onlineServices":
        return "IMPP" if found.get("vCardName") == "impp" else "SOCIALPROFILE"
    if member == "titles" and not kind:
        kind = "title"
    return _BY_PLACE.get((member, kind)) or _BY_PLACE.get((member, ""))


def _value_of(name: str, place: Place, objects: list[dict[str, Json]]) -> str:
    first = objects[0]
    if name == "NICKNAME":
        return ",".join(escaped(clean(one.get("name"))) for one in objects)
    if name == "ORG":
        units = first.get("units")
        names = [clean(one.get("name")) for one in units if isinstance(one, dict)] if isinstance(units, list) else []
        return structured_value("ORG", [[text] for text in (clean(first.get("name")), *names)])
    if name == "ADR":
        return _address(first)
    if place.member == "anniversaries":
        return _day(first.get("date"))
    text = clean(first.get(place.key)) or (clean(first.get("user")) if place.member == "onlineServices" else "")
    return line_value(name, text)


def _address(found: dict[str, Json]) -> str:
    """ADR of an address: parts that vCard has no place for go to the street's or the extended address'."""
    places: list[list[str]] = [[] for _ in _ADDRESS]
    components = found.get("components")
    for one in components[:MAX_VALUES] if isinstance(components, list) else ():
        if isinstance(one, dict) and (text := clean(one.get("value"))) and one.get("kind") != "separator":
            kind = clean(one.get("kind"))
            places[_ADDRESS.index(kind) if kind in _ADDRESS else _ADDRESS_ELSE.get(kind, 2)].append(text)
    if not any(places):
        places[2] = [text] if (text := clean(found.get("full"))) else []
    return structured_value("ADR", places) if any(places) else ""


def _day(found: Json) -> str:
    """BDAY of a PartialDate or Timestamp."""
    if not isinstance(found, dict):
        return ""
    if text := clean(found.get("utc")):
        return stamp.replace("-", "").replace(":", "") if (stamp := stamp_of(text)) else ""
    year, month, day = (found.get(key) for key in ("year", "month", "day"))
    if not (type(month) is int and type(day) is int and 1 <= month <= 12 and 1 <= day <= 31):
        return f"{year:04}" if type(year) is int and 0 < year < 10_000 else ""
    return f"{year:04}{month:02}{day:02}" if type(year) is int and 0 <= year < 10_000 else f"--{month:02}{day:02}"


def names_of(value: str) -> list[dict[str, Json]]:
    """The components of N."""
    cut = structure("N", value)
    return [{"kind": kind, "value": text} for kind, part in zip(_NAMES, cut, strict=False) for text in part]


def name_value(components: Json) -> str:
    """N of a name's components; "" where there are none."""
    places: list[list[str]] = [[] for _ in _NAMES]
    for one in components[:MAX_VALUES] if isinstance(components, list) else ():
        if isinstance(one, dict) and one.get("kind") in _NAMES and (text := clean(one.get("value"))):
            places[_NAMES.index(one["kind"])].append(text)
    return structured_value("N", places) if any(places) else ""


def params_of(found: Json) -> tuple[str, Params]:
    """Group and parameters of a ``vCardParams`` object, or of a jCard property; what is none is left out."""
    group, params = "", {}
    for key, told in found.items() if isinstance(found, dict) else ():
        values = tuple(_UNSAID.sub("", one) for one in (told if isinstance(told, list) else [told]) if type(one) is str)
        if not values or not _KEY.match(key):
            continue
        if key.lower() == "group":
            group = values[0] if _GROUP.match(values[0]) else ""
        else:
            params[key.upper() if key.isascii() else clean(key)] = values[:MAX_VALUES]
    return group, tuple(sorted(params.items()))


def kept(prop: Property) -> list[Json]:
    """A property as it is, in jCard's form: its value untouched, as the type "unknown" has it (RFC 7095, 5.1)."""
    params: dict[str, Json] = {}
    for key, values in canonical(prop).params:
        params[_lower(key)] = values[0] if len(values) == 1 else list(values)
    if prop.group:
        params["group"] = prop.group
    return [prop.name.lower(), params, "unknown", prop.value]


def restored(found: Json) -> Property | None:
    """The property of a jCard array; None where it is none, or would begin or end a card."""
    if not isinstance(found, list) or len(found) < 4 or not isinstance(found[0], str) or not NAME.match(found[0]):
        return None
    name = found[0].upper()
    if name in _RESERVED:
        return None
    group, params = params_of(found[1])
    if found[2] == "unknown":
        return Property(name, _LINE_ENDS.sub(lambda _: "\\n", clean(found[3])), params, group)
    values = [_jcard_value(one) for one in found[3 : 3 + MAX_VALUES]]
    if isinstance(found[2], str) and found[2] not in ("text", "unknown") and not param(params, "VALUE"):
        params = tuple(sorted((*params, ("VALUE", (found[2].lower(),)))))
    return Property(name, ",".join(values), params, group)


def _jcard_value(found: Json) -> str:
    if isinstance(found, list):
        return ";".join(
            ",".join(escaped(clean(one)) for one in part) if isinstance(part, list) else escaped(clean(part))
            for part in found[:MAX_VALUES]
        )
    if isinstance(found, bool):
        return "TRUE" if found else "FALSE"
    return str(found) if isinstance(found, int | float) else escaped(clean(found))
