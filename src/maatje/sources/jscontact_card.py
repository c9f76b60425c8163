"""
A card as a JSContact card, and back, with every property of it (RFC 9553, RFC 9555).

Ids of our own say at which place a property stood among those that a card may have several of
("p4"), so that the order comes back. What
JSContact has no word for is under ``vCardProps``; members of a card that vCard has no word for are
kept as JSPROP properties and go back to where they were.
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections import deque
from collections.abc import Iterable
from typing import Any, Final

from maatje.model.record import Card, Property
from maatje.sources.contentlines import escaped, param, parts, unescaped
from maatje.sources.jscontact_props import (
    MEMBERS,
    PLACES,
    Json,
    canonical,
    clean,
    kept,
    line_value,
    name_value,
    names_of,
    native,
    prop_of,
    restored,
    stamp_of,
)
from maatje.sources.vcard_card import card_of
from maatje.sources.vcard_text import MAX_PROPERTIES, TooManyPropertiesError
from maatje.sources.vcard_write import as_version

_KINDS: Final = frozenset({"individual", "group", "org", "location", "device", "application"})
_SINGLE: Final = {
    "UID": "uid", "KIND": "kind", "REV": "updated", "CREATED": "created", "PRODID": "prodId", "LANGUAGE": "language",
}  # fmt: skip
_OURS: Final = re.compile(r"p(\d{1,4})(?:-(\d{1,4}))?\Z")
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,255}\Z")
_KNOWN: Final = frozenset({"@type", "version", "name", "keywords", "vCardProps", *_SINGLE.values(), *MEMBERS})

_SAID: Final[dict[str, frozenset[str]]] = {
    place.member: frozenset(
        {"@type", "kind", "contexts", "features", "pref", "mediaType", "label", "vCardParams", "vCardName"}
        | {"full", "units", "components", "date", "service", "name"}
        | {other.key for other in PLACES.values() if other.member == place.member}
    )
    for place in PLACES.values()
}
"""The keys of each member's objects that are told by properties."""


def to_json(card: Card) -> dict[str, Json]:
    """
    The card as one JSContact object, nothing of it left out.

    What was read from an older vCard is written as 4.0 has it. A card without UID gets one, made of
    what it holds, since JSContact demands it; ``from_json`` knows it and takes it off again.
    """
    props = as_version(card, "4.0")
    found: dict[str, Json] = {"@type": "Card", "version": "1.0"}
    members: dict[str, Json] = {}
    whole: list[Property] = []
    pointed: list[Property] = []
    labels, natives = _labels(props), [native(prop) for prop in props]
    own = _with_ids(props, natives)
    at = 0
    for prop, objects in zip(props, natives, strict=True):
        if prop.name == "JSPROP":
            pointed.append(prop)
        elif objects:
            there = members.setdefault(PLACES[prop.name].member, {})
            for number, one in enumerate(objects):
                name = f"p{at}-{number}" if number else param(prop.params, "PROP-ID") if prop.name in own else f"p{at}"
                there[name] = {**one, "label": labels[prop.group]} if prop.group in labels else one
            at += prop.name not in own
        elif not _is_told(found, prop, props) and not (prop.name == "X-ABLABEL" and prop.group in labels):
            whole.append(prop)
            at += 1
    if not found.get("uid"):
        found["uid"] = _made_uid(props)
    found |= members
    if whole:
        found["vCardProps"] = [kept(prop) for prop in whole]
    for prop in pointed:
        _point(found, prop)
    return found


def _labels(props: Iterable[Property]) -> dict[str, str]:
    """Apple's labels, by the group of the one object each belongs to."""
    told: dict[str, list[Property]] = {}
    for prop in props:
        if prop.group:
            told.setdefault(prop.group, []).append(prop)
    labels = {}
    for group, pair in told.items():
        names = [prop.name for prop in pair]
        if len(pair) == 2 and names.count("X-ABLABEL") == 1:
            label, other = sorted(pair, key=lambda prop: prop.name != "X-ABLABEL")
            text = unescaped(label.value)
            # Only where the label comes back as it was; a nickname's would come back with each of them.
            if text and not label.params and escaped(text) == label.value and other.name != "NICKNAME":
                labels[group] = text if native(other) else ""
    return {group: text for group, text in labels.items() if text}


def _with_ids(props: tuple[Property, ...], natives: list[list[dict[str, Json]]]) -> set[str]:
    """The names of which every property came with an id of its own, and can keep it: their order is that of the ids."""
    without = set()
    seen: set[tuple[str, str]] = set()
    for prop, objects in zip(props, natives, strict=True):
        own = param(prop.params, "PROP-ID")
        key = (PLACES[prop.name].member if prop.name in PLACES else "", own)
        if len(objects) != 1 or not _ID.match(own) or _OURS.match(own) or key in seen:
            without.add(prop.name)
        seen.add(key)
    return PLACES.keys() - without


def _is_told(found: dict[str, Json], prop: Property, props: tuple[Property, ...]) -> bool:
    """Say a property that a card has once by its own member; False where it must be kept whole as well."""
    name = prop.name
    is_plain = not prop.params and not prop.group and [one.name for one in props].count(name) == 1
    if name in ("FN", "N"):
        return _is_name_told(found, prop) and is_plain
    if name == "CATEGORIES":
        words = [unescaped(one) for one in parts(prop.value, ",")]
        found.setdefault("keywords", {}).update((word, True) for word in words if word)
        return is_plain and len(set(words)) == len(words) and all(words)
    if name not in _SINGLE or not is_plain:
        return False
    value = canonical(prop).value
    text: str | None = unescaped(value)
    if name in ("REV", "CREATED"):
        text = stamp_of(value)
    elif name == "KIND":
        text = value.lower() if value.lower() in _KINDS else None
    if not text:
        return False
    found[_SINGLE[name]] = text
    return name != "KIND" or text == value


def _is_name_told(found: dict[str, Json], prop: Property) -> bool:
    """Put FN or N in the card's name; the first of them where there are several."""
    name = found.setdefault("name", {"@type": "Name"})
    if prop.name == "FN":
        name.setdefault("full", unescaped(prop.value))
        return bool(prop.value)
    components = names_of(prop.value)
    if components:
        name.setdefault("components", components)
    elif len(name) == 1:
        del found["name"]
    return name_value(components) == canonical(prop).value


def _made_uid(props: Iterable[Property]) -> str:
    """A UID that follows from the properties, in whatever order they are and however they are escaped."""
    text = repr(sorted(canonical(prop) for prop in props)).encode("utf-8", "surrogatepass")
    return f"urn:uuid:{uuid.UUID(bytes=hashlib.blake2b(text, digest_size=16).digest(), version=5)}"


def _point(found: dict[str, Json], prop: Property) -> None:
    """Put a member that vCard has no word for back in its place; where that is gone, keep the property."""
    text, pointer = unescaped(prop.value), param(prop.params, "JSPTR")
    steps = [one.replace("~1", "/").replace("~0", "~") for one in pointer.split("/")]
    at: Json = None
    if len(steps) == 1 and steps[0] not in _KNOWN:
        at = found
    elif len(steps) == 3 and steps[2] not in _SAID.get(steps[0], {steps[2]}):
        at = found.get(steps[0], {}).get(steps[1])
    value = _value(text)
    is_ours = escaped(text) == prop.value and "/".join(map(_step, steps)) == pointer != ""
    is_ours = is_ours and not prop.group and prop.params == (("JSPTR", (pointer,)),)
    if isinstance(at, dict) and is_ours and steps[-1] not in at and value is not None:
        at[steps[-1]] = value[0]
    else:
        found.setdefault("vCardProps", []).append(kept(prop))


def _value(text: str) -> tuple[Json] | None:
    """The JSON value in a text, where the same text comes of it again."""
    try:
        value = json.loads(text, parse_constant=_refuse)
        return (value,) if json.dumps(value, ensure_ascii=False) == text else None
    except (ValueError, RecursionError):
        return None


def _refuse(text: str) -> Json:
    raise ValueError(text)


def from_json(found: dict[str, Json], source: str, place: int) -> Card | None:
    """
    The card that a JSContact object tells of, or None where there is nothing in it.

    Args:
        found: an object of JSON; what in it is not as it should be is passed over. source: as the
            user sees it. place: the number of the card in it.
    Raises: TooManyPropertiesError: it has more than 1,000.
    """
    whole = [prop for one in _list(found.get("vCardProps")) if (prop := restored(one)) is not None]
    names = {prop.name for prop in whole}
    others = list(_singles(found, names))
    placed: dict[int, list[Property]] = {}
    for member in _SAID:
        for key, objects in _objects(member, found.get(member)):
            prop = prop_of(member, objects)
            if prop is None:
                continue
            if (label := _label(objects[0], prop)) is not None:
                prop = prop._replace(group=label.group)
                others.append(label)
            if (ours := _OURS.match(key)) is not None:
                placed.setdefault(int(ours[1]), []).append(prop)
            else:
                others.append(_with_id(prop, key))
            others += _beside(f"{member}/{_step(key)}", objects[0], _SAID[member])
    others += _beside("", found, _KNOWN)
    props = [*others, *_in_order(placed, deque(whole))]
    if len(props) > MAX_PROPERTIES:
        raise TooManyPropertiesError
    without = [prop for prop in props if prop.name != "UID"]
    return card_of(source, place, "4.0", without if found.get("uid") == _made_uid(without) else props)


def _in_order(placed: dict[int, list[Property]], queue: deque[Property]) -> list[Property]:
    """Properties at their places, those that were kept whole in the gaps between them."""
    found: list[Property] = []
    for at in sorted(placed):
        while len(found) < at and queue:
            found.append(queue.popleft())
        found += placed[at]
    return [*found, *queue]


def _singles(found: dict[str, Json], names: set[str]) -> Iterable[Property]:
    """What a card has once; passed over where the property itself was kept whole."""
    name = found.get("name")
    if isinstance(name, dict):
        full, value = clean(name.get("full")), name_value(name.get("components"))
        if full and "FN" not in names:
            yield Property("FN", escaped(full))
        if value and "N" not in names:
            yield Property("N", value)
    for prop_name, member in _SINGLE.items():
        text = clean(found.get(member))
        if not text or prop_name in names:
            continue
        if prop_name in ("REV", "CREATED"):
            text = (stamp_of(text) or "").replace("-", "").replace(":", "")
        if text:
            yield Property(prop_name, line_value(prop_name, text))
    keywords = found.get("keywords")
    told = keywords.items() if isinstance(keywords, dict) else ()
    words = [text for one, is_so in told if is_so is True and (text := clean(one))]
    if words and "CATEGORIES" not in names:
        yield Property("CATEGORIES", ",".join(escaped(word) for word in words))


def _list(found: Json) -> list[Any]:
    return found if isinstance(found, list) else []


def _objects(member: str, found: Json) -> Iterable[tuple[str, list[dict[str, Json]]]]:
    """A member's objects by id; the nicknames of one property together."""
    together: dict[str, list[dict[str, Json]]] = {}
    for key, one in found.items() if isinstance(found, dict) else ():
        if isinstance(one, dict):
            ours = _OURS.match(key) if member == "nicknames" else None
            together.setdefault(f"p{ours[1]}" if ours is not None else clean(key), []).append(one)
    return together.items()


def _with_id(prop: Property, key: str) -> Property:
    """The property with the id that another program gave it."""
    if param(prop.params, "PROP-ID"):
        return prop
    return prop._replace(params=tuple(sorted((*prop.params, ("PROP-ID", (key,))))))


def _step(key: str) -> str:
    """A key as a step of a JSON pointer."""
    return clean(key).replace("~", "~0").replace("/", "~1")


def _label(found: dict[str, Json], prop: Property) -> Property | None:
    """An object's label as Apple writes it: a property of the same group."""
    text = clean(found.get("label"))
    if not text:
        return None
    group = prop.group
    if not group:
        digest = hashlib.blake2b(repr(prop).encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
        group = f"label{digest}"
    return Property("X-ABLABEL", escaped(text), (), group)


def _beside(path: str, found: dict[str, Json], known: frozenset[str]) -> Iterable[Property]:
    """Members that vCard has no word for, each as a JSPROP that says where it stood."""
    for key, value in found.items():
        if key in known:
            continue
        pointer = f"{path}/{_step(key)}" if path else _step(key)
        try:
            text = json.dumps(value, ensure_ascii=False)
        except RecursionError:
            continue
        yield Property("JSPROP", escaped(clean(text)), (("JSPTR", (pointer,)),))
