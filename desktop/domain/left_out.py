"""What stands in a trip and does not apply to it: kept in the document, left out of the message.

A field applies by regime (the field table), by the type of its shipment (protocol 4 and 6, column "Req"), or by what
the trip carries. Only members are left out, never rows, so every other pointer stays true.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from desktop.domain.documents import JSON, JSONObject, is_object, join, remove
from desktop.domain.fields import ENVELOPE, FIELDS, path_for
from desktop.domain.lifecycle import Regime

IN_BOND = frozenset({"IN_BOND", "QP_IN_BOND"})
"""ACE types that move in bond."""

LINE_RELEASE = frozenset({"BRASS", "BRASS_MULTIPLE"})
"""ACE types with a line release (C4) number; none is accepted any more (A33)."""

_BY_TYPE: dict[Regime, tuple[tuple[str, frozenset[str]], ...]] = {
    Regime.ACE: (("inBondDetails", IN_BOND), ("goodsAstrayDateOfExit", frozenset({"GOODS_ASTRAY"}))),
    Regime.ACI: (("importerCsaBusinessNumber", frozenset({"CSA"})),),
}
_REGIMES = {"ACE_TRIP": Regime.ACE, "ACI_TRIP": Regime.ACI}
_Tree = dict[str, Any]


class Why(StrEnum):
    """Why something does not apply."""

    TYPE = "type"  # of its shipment
    REGIME = "regime"
    LOADED = "loaded"  # the trip carries something


class LeftOut(NamedTuple):
    """One member that is left out.

    Attributes:
        pointer: where it stands.
        why: why it does not apply.
        kind: the type of its shipment as written; empty where that is not the reason.
    """

    pointer: str
    why: Why
    kind: str = ""


def applies(regime: Regime, member: str, kind: JSON) -> bool:
    """Tell whether a shipment of type `kind` has a member; an unknown or missing type has all of them."""
    wanted = dict(_BY_TYPE[regime]).get(member)
    if member == "c4LineReleaseNumber" and regime is Regime.ACE:
        wanted = LINE_RELEASE
    return wanted is None or not isinstance(kind, str) or not kind or kind in wanted


def left_out(document: JSON) -> list[LeftOut]:
    """Return what is left out when a trip is sent, in the order of the document; nothing for what is no trip.

    Documents are immutable: asked again about the same object (the check, the editor's line, the message) it answers
    from memory.
    """
    known = _ASKED_LAST[0]
    if known is None or known[0] is not document:
        known = _ASKED_LAST[0] = (document, _found_in(document))
    return list(known[1])


_ASKED_LAST: list[tuple[JSON, list[LeftOut]] | None] = [None]
_Found = dict[tuple[Regime, int, int], tuple[JSONObject, tuple[LeftOut, ...]]]
_SHIPMENTS_LAST: list[_Found] = [{}]


def _found_in(document: JSON) -> list[LeftOut]:
    data = document.get("data") if is_object(document) else None
    regime = _REGIMES.get(data) if isinstance(data, str) else None
    if regime is None or not is_object(document):
        return []
    shipments = document.get("shipments")
    rows = shipments if isinstance(shipments, list) else []
    found = list(_foreign(document, {n: tree for n, tree in _tree_of(regime).items() if n != "shipments"}, ()))
    if rows and regime is Regime.ACE:
        drivers = document.get("drivers")
        for position, driver in enumerate(drivers if isinstance(drivers, list) else ()):
            if is_object(driver) and "usAddress" in driver:
                found.append(LeftOut(join("drivers", position, "usAddress"), Why.LOADED))
    before, known = _SHIPMENTS_LAST[0], _Found()
    for position, row in enumerate(rows):
        if is_object(row):
            key = regime, id(row), position
            last = before.get(key)
            if last is None or last[0] is not row:
                last = (row, tuple(_of_shipment(regime, row, position)))
            known[key] = last
            found.extend(last[1])
    _SHIPMENTS_LAST[0] = known
    return found


def sent_form(document: JSONObject) -> JSONObject:
    """Return a trip as it is sent: without what is left out; the same object where that is nothing."""
    made: JSON = document
    for one in left_out(document):
        made = remove(made, one.pointer)
    return made if is_object(made) else document


def _of_shipment(regime: Regime, shipment: JSONObject, position: int) -> Iterator[LeftOut]:
    rows = _tree_of(regime).get("shipments", {}).get("*", {})
    yield from _foreign(shipment, rows, ("shipments", position))
    kind = shipment.get("type" if regime is Regime.ACE else "shipmentType")
    said = kind if isinstance(kind, str) else ""
    for member, _ in _BY_TYPE[regime]:
        if member in shipment and not applies(regime, member, kind):
            yield LeftOut(join("shipments", position, member), Why.TYPE, said)
    if regime is Regime.ACE and not applies(regime, "c4LineReleaseNumber", kind):
        lines = shipment.get("commodities")
        for row, line in enumerate(lines if isinstance(lines, list) else ()):
            if is_object(line) and "c4LineReleaseNumber" in line:
                yield LeftOut(join("shipments", position, "commodities", row, "c4LineReleaseNumber"), Why.TYPE, said)


def _foreign(here: JSON, tree: _Tree, steps: Sequence[str | int]) -> Iterator[LeftOut]:
    """Yield members that only the other regime has; a whole object of its own is named once."""
    if isinstance(here, list) and "*" in tree:
        for position, row in enumerate(here):
            yield from _foreign(row, tree["*"], (*steps, position))
    elif is_object(here):
        for name, inside in tree.items():
            if name not in here:
                continue
            if inside:
                yield from _foreign(here[name], inside, (*steps, name))
            else:
                yield LeftOut(join(*steps, name), Why.REGIME)


@cache
def _tree_of(regime: Regime) -> _Tree:
    """Return the members that only the other regime has, as a tree of names; the leaves are empty."""
    other = Regime.ACI if regime is Regime.ACE else Regime.ACE
    own = {path for field in FIELDS for path in (path_for(field, regime), _also(field.also_ace, regime)) if path}
    prefixes = {"/".join(path.split("/")[:depth]) for path in own for depth in range(2, path.count("/") + 2)}
    tree: _Tree = {}
    for field in FIELDS:
        path = path_for(field, other)
        if path is None or path in prefixes or field.name in ENVELOPE:
            continue
        here = tree
        steps = path.split("/")[1:]
        for depth, step in enumerate(steps):
            is_leaf = "/" + "/".join(steps[: depth + 1]) not in prefixes
            here = here.setdefault(step, {})
            if is_leaf:
                break
    return tree


def _also(path: str | None, regime: Regime) -> str | None:
    return path if regime is Regime.ACE else None
