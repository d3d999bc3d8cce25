"""Judges a record by the rules of the editors, as far as they look at single fields and single shipments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from desktop.domain.documents import JSON, MISSING, JSONObject, get
from desktop.domain.lifecycle import Regime
from desktop.services.tables.column import layout
from desktop.validation import check
from desktop.validation.facts import Facts
from desktop.validation.issue import Issue, Severity
from desktop.validation.registry import RULES
from desktop.validation.rule import Scene, Scope
from desktop.validation.shape import Node, shipment_tree, trip_tree, walk

_NOTHING = Facts()


class Judged(NamedTuple):
    """What is to be said of a record.

    Attributes:
        issue: what the rules found, its path below the record.
        is_of_value: whether what stands there by itself is wrong; else something is missing or does not go together.
        is_missing: whether nothing stands there.
    """

    issue: Issue
    is_of_value: bool
    is_missing: bool


def judge(kind: str, regime: Regime | None, document: JSONObject) -> Iterator[Judged]:
    """Yield what is to be said of a record; of a library's, what ACE says, or ACI of its own."""
    for issue in _issues(kind, regime, document):
        value = get(document, issue.path)
        is_missing = value is MISSING or value in ("", [], {})
        rule = RULES.get(issue.code)
        is_of_field = rule.scope is Scope.FIELD if rule is not None else issue.code.startswith("shape.")
        yield Judged(issue, not is_missing and is_of_field and issue.severity is Severity.ERROR, is_missing)


def _issues(kind: str, regime: Regime | None, document: JSONObject) -> Iterator[Issue]:
    if regime is not None:
        yield from check({"data": f"{regime.value}_SHIPMENT", **document}, _NOTHING).issues
        return
    yield from walk(_node(kind, Regime.ACE), document, Scene(Regime.ACE, _NOTHING))
    found = layout(kind)
    for issue in walk(_node(kind, Regime.ACI), document, Scene(Regime.ACI, _NOTHING)):
        place = found.place(issue.path)
        if place is not None and Regime.ACE not in place.fields:
            yield issue


def _node(kind: str, regime: Regime) -> Node:
    if kind == "partners":
        return shipment_tree(regime).children["shipper"]
    trip = trip_tree(regime).children
    element = trip[kind].element if kind != "trucks" else trip["truck"]
    assert element is not None  # noqa: S101 - drivers and trailers are lists
    return element


def wrong_values(kind: str, regime: Regime | None, document: JSON) -> set[str]:
    """Return the pointers to values that no import takes from a cell."""
    if not isinstance(document, dict):
        return set()
    return {judged.issue.path for judged in judge(kind, regime, document) if judged.is_of_value}
