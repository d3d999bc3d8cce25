"""Takes a document apart into cells, and puts one together: the two ways between a record and its row."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

from desktop.domain.documents import JSON, JSONObject, join, split
from desktop.domain.lifecycle import Regime
from desktop.domain.times import parse_day
from desktop.services.tables.column import EXPIRY, Place, layout, template_of
from desktop.services.tables.value import How, from_text, to_text
from desktop.validation.issue import Severity

Steps = tuple[str | int, ...]
"""A place in a document: names of members, and positions as numbers."""

_PLAIN = How(is_typed=True)
_NOT_IN_CELLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
"""What does not come out of every kind of file as it went in."""
_LONGEST: Final = 30_000
"""Letters a cell of a spreadsheet holds, with something to spare."""
_MOST_ELEMENTS: Final = 50
_GAP: Final = object()


class Spread(NamedTuple):
    """A document in cells.

    Attributes:
        cells: text by pointer below the record, positions as numbers.
        other: what no cell holds, by pointer.
        goods: how many commodities it has.
    """

    cells: dict[str, str]
    other: dict[str, JSON]
    goods: int


class _Node:
    """One place of a layout, and what lies below it."""

    __slots__ = ("element", "members", "place")

    def __init__(self) -> None:
        self.place: Place | None = None
        self.members: dict[str, _Node] = {}
        self.element: _Node | None = None


@cache
def _tree(kind: str) -> _Node:
    root = _Node()
    for place in layout(kind).places:
        here = root
        for step in place.template.split("/")[1:]:
            if step == "*":
                here.element = here.element or _Node()
                here = here.element
            else:
                here = here.members.setdefault(step, _Node())
        here.place = place
    return root


def spread(kind: str, regime: Regime | None, document: JSON) -> Spread:
    """Return a document in cells; a library's has no regime."""
    cells: dict[str, str] = {}
    other: dict[str, JSON] = {}
    _spread(_tree(kind), regime, document, "", cells, other)
    goods = document.get("commodities") if isinstance(document, dict) and kind == "shipments" else None
    return Spread(cells, other, len(goods) if isinstance(goods, list) else 0)


def _spread(
    node: _Node, regime: Regime | None, value: JSON, pointer: str, cells: dict[str, str], other: dict[str, JSON]
) -> None:
    place = node.place
    if place is not None and not isinstance(value, dict | list):
        if _is_kept(place, regime, value):
            cells[pointer] = to_text(value)
        else:
            other[pointer] = value
    elif isinstance(value, dict) and value and node.members:
        for name, member in value.items():
            child = node.members.get(name)
            if child is None:
                other[pointer + join(name)] = member
            else:
                _spread(child, regime, member, f"{pointer}/{name}", cells, other)
    elif isinstance(value, list) and value and node.element is not None and _fits(pointer, value):
        for position, element in enumerate(value):
            _spread(node.element, regime, element, f"{pointer}/{position}", cells, other)
    else:
        other[pointer] = value


def _fits(pointer: str, value: list[JSON]) -> bool:
    """Tell whether a list can be numbered columns, or rows."""
    return pointer == "/commodities" or len(value) <= _MOST_ELEMENTS


def _is_kept(place: Place, regime: Regime | None, value: JSON) -> bool:
    """Tell whether a value comes out of its cell just as it went in."""
    field = place.field if regime is None else place.fields.get(regime)
    text = to_text(value)
    if field is None or not text or text != text.strip() or len(text) > _LONGEST or _NOT_IN_CELLS.search(text):
        return False
    read = from_text(field, text, regime or Regime.ACE, _PLAIN)
    return (
        type(read.value) is type(value) and read.value == value and not (read.said and read.severity is Severity.ERROR)
    )


def packed_other(other: Mapping[str, JSON]) -> str:
    """Return what no cell holds as the text of one cell; empty for nothing."""
    if not other:
        return ""
    return json.dumps(dict(other), separators=(",", ":"), allow_nan=False).replace("_x", "\\u005fx")


def unpacked_other(text: str) -> JSONObject | None:
    """Return what `packed_other` wrote; None where the text is no JSON object of that kind."""
    try:
        value = json.loads(text, parse_constant=_no_constant)
        if isinstance(value, dict) and all(name == "" or split(name) for name in value):
            return value
    except (ValueError, RecursionError):
        return None
    return None


def _no_constant(name: str) -> JSON:
    raise ValueError(name)


@cache
def _lists(kind: str) -> frozenset[str]:
    """Return the templates of the lists of a kind."""
    return frozenset(
        place.template[: found.start()]
        for place in layout(kind).places
        for found in re.finditer(r"/\*", place.template)
    )


def steps_of(kind: str, pointer: str) -> Steps:
    """Return the steps of a pointer below a record, with numbers where a list stands."""
    found: list[str | int] = []
    template = ""
    for step in split(pointer):
        if template in _lists(kind) and step.isascii() and step.isdecimal() and len(step) < len(str(_LONGEST)):
            found.append(int(step))
            template += "/*"
        else:
            found.append(step)
            template += join(step)
    return tuple(found)


def put_together(document: JSONObject, leaves: Iterable[tuple[Steps, JSON]]) -> JSONObject:
    """Put values into a document, which is changed; positions that nothing fills are closed up."""
    lists: list[list[JSON]] = []
    for steps, value in leaves:
        here: JSON = document
        for step, following in pairwise(steps):
            child = _at(here, step)
            if not isinstance(child, list if isinstance(following, int) else dict):
                child = [] if isinstance(following, int) else {}
                _set(here, step, child)
            if isinstance(child, list):
                lists.append(child)
            here = child
        if steps:
            _set(here, steps[-1], value)
    for one in lists:
        if any(element is _GAP for element in one):
            one[:] = [element for element in one if element is not _GAP]
    return document


def _at(here: JSON, step: str | int) -> JSON:
    if isinstance(here, list) and isinstance(step, int):
        return here[step] if step < len(here) else None
    return here.get(step) if isinstance(here, dict) and isinstance(step, str) else None


def _set(here: JSON, step: str | int, value: JSON) -> None:
    if isinstance(here, list) and isinstance(step, int):
        here.extend([_GAP] * (step + 1 - len(here)))  # type: ignore[list-item] # taken out again before anybody sees it
        here[step] = value
    elif isinstance(here, dict) and isinstance(step, str):
        here[step] = value


def column_of(pointer: str) -> tuple[str, int]:
    """Return the column of a cell and, for goods, which line of the record it stands on."""
    head, goods, rest = pointer.partition("/commodities/")
    if head or not goods:
        return pointer, 0
    position, _, member = rest.partition("/")
    return (f"/commodities/*/{member}", int(position)) if position.isdecimal() else (pointer, 0)


def is_private(kind: str, pointer: str) -> bool:
    """Tell whether a pointer leads to something private, or to something nobody knows of a person."""
    found = layout(kind)
    place = found.place(pointer)
    if place is not None:
        return place.is_secret
    inside = template_of(pointer)
    if any(f"{other.template}/".startswith(f"{inside}/") and other.is_secret for other in found.places):
        return True
    return kind == "drivers" and not any(other.template.startswith(f"{inside}/") for other in found.places)


def spread_expiries(kind: str, local: JSONObject) -> tuple[dict[str, str], JSONObject]:
    """Return the expiry dates among a record's local facts by name, and the facts no cell of theirs holds."""
    known = {name.removeprefix(EXPIRY) for name in layout(kind).about if name.startswith(EXPIRY)}
    expiries = local.get("expiries")
    if not isinstance(expiries, dict) or not expiries:
        return {}, local
    cells = {
        name: day
        for name, day in expiries.items()
        if name in known and isinstance(day, str) and parse_day(day) is not None
    }
    rest = {name: day for name, day in expiries.items() if name not in cells}
    facts = {name: value for name, value in local.items() if name != "expiries"}
    return cells, {**facts, "expiries": rest} if rest else facts
