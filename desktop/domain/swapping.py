"""Another truck or trailer on a trip: the unit is replaced and what is loaded on it goes along (domain 8)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from desktop.domain.documents import JSON, JSONObject, get, is_object, join, put

_STAYS: Final = ("cargoExemptions",)
"""Members that belong to this trip and not to the unit: another unit keeps them. Seals go with the doors they close."""


class Part(StrEnum):
    """What of a trip's equipment is replaced."""

    TRUCK = "truck"
    TRAILER = "trailer"


def pointer_of(part: Part, place: int) -> str:
    """Return where a unit stands in the document."""
    return "/truck" if part is Part.TRUCK else join("trailers", place)


def swapped(document: JSONObject, part: Part, place: int, unit: JSONObject) -> JSONObject:
    """Return the document with another unit in that place, and everything loaded on the old one loaded on it.

    Seals are those of `unit`: the old ones stayed on the old doors.
    """
    pointer = pointer_of(part, place)
    before = get(document, pointer)
    old = before if is_object(before) else {}
    kept = {name: old[name] for name in _STAYS if name in old}
    made = put(document, pointer, {**unit, **kept})
    number, new = old.get("number"), unit.get("number")
    if isinstance(number, str) and number and isinstance(new, str) and new:
        made = _moved(made, part, number, new)
    return made if is_object(made) else document


def loaded_on(document: JSON, part: Part, number: str) -> int:
    """Return how many places of a document say that they are loaded on a unit."""
    if isinstance(document, list):
        return sum(loaded_on(one, part, number) for one in document)
    if not is_object(document):
        return 0
    own = int(_is_on(document.get("loadedOn"), part, number))
    return own + sum(loaded_on(value, part, number) for name, value in document.items() if name != "loadedOn")


def _is_on(place: JSON, part: Part, number: str) -> bool:
    if not is_object(place) or place.get("number") != number:
        return False
    kind = place.get("type")
    return not isinstance(kind, str) or kind.casefold() == part.value


def _moved(value: JSON, part: Part, old: str, new: str) -> JSON:
    """Return a value in which everything loaded on the old unit is loaded on the new one."""
    if isinstance(value, list):
        return [_moved(one, part, old, new) for one in value]
    if not is_object(value):
        return value
    made: JSONObject = {name: _moved(inner, part, old, new) for name, inner in value.items()}
    place = value.get("loadedOn")
    if is_object(place) and _is_on(place, part, old):
        made["loadedOn"] = {**place, "number": new}
    return made
