"""Walks a document along the field table: JSON types, unknown spellings, and the rules that look at one field.

Only members the table knows are walked, so depth and size of anything else do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import TypeAlias

from desktop.domain.documents import JSON, MISSING, JSONObject, Missing, join
from desktop.domain.fields import FIELDS, Field, Kind, path_for
from desktop.domain.lifecycle import Regime
from desktop.validation.issue import Issue, Severity
from desktop.validation.limits import limits
from desktop.validation.registry import RULES
from desktop.validation.rule import Scene, Scope, shown

_SAFE_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,6})?", re.ASCII)
_SAFE_INTEGER = 10**15

_WANTED = {
    Kind.NUMBER: "number",
    Kind.INTEGER: "number",
    Kind.BOOLEAN: "yes_no",
    Kind.OBJECT: "object",
    Kind.ARRAY: "list",
    Kind.TEXT_ARRAY: "list",
}

Rules: TypeAlias = "tuple[tuple[str, ...], bool]"


ELEMENT = Field("", None, None, Kind.OBJECT)
"""Stands for the row of an element of an array of objects, which has none."""


class Node:
    """One place of the table: its row, the members below it, and what the elements of an array are."""

    __slots__ = ("children", "element", "field", "folded", "rules")

    def __init__(self) -> None:
        self.field = ELEMENT
        self.children: dict[str, Node] = {}
        self.element: Node | None = None
        self.folded: dict[str, str] = {}
        self.rules: Rules = ((), False)


def tree(rows: Iterable[tuple[str, Field]], regime: Regime | None) -> Node:
    """Return the tree of rows, each with its path template; rules are those of `regime`, none without one."""
    root = Node()
    for path, field in rows:
        here = root
        for step in path.split("/")[1:]:
            if step == "*":
                here.element = here.element or Node()
                here = here.element
            else:
                here.folded[_fold(step)] = step
                here = here.children.setdefault(step, Node())
        here.field = field
        here.rules = _rules_for(field.name, regime)
    return root


def _rules_for(name: str, regime: Regime | None) -> Rules:
    if regime is None:
        return (), False
    found = [
        rule for rule in RULES.values() if rule.scope is Scope.FIELD and name in rule.fields and rule.is_for(regime)
    ]
    return tuple(rule.id for rule in found), any(name in rule.owns for rule in found)


@cache
def trip_tree(regime: Regime) -> Node:
    """Return the tree of a trip of `regime`, without what lies inside shipments."""
    rows = [(path, field) for path, field in _paths(regime) if not path.startswith("/shipments/")]
    return tree(rows, regime)


@cache
def shipment_tree(regime: Regime) -> Node:
    """Return the tree of one shipment of `regime`."""
    prefix = "/shipments/*"
    rows = [(path[len(prefix) :], field) for path, field in _paths(regime) if path.startswith(prefix)]
    return tree(rows, regime)


def _paths(regime: Regime) -> Iterator[tuple[str, Field]]:
    for field in FIELDS:
        path = path_for(field, regime)
        if path is not None:
            yield path, field
        if regime is Regime.ACE and field.also_ace is not None:
            yield field.also_ace, field


def _fold(name: str) -> str:
    return name.replace("_", "").replace("-", "").replace(" ", "").lower()


def walk(node: Node, value: JSON, scene: Scene, path: str = "") -> Iterator[Issue]:
    """Yield every issue of shape, and of rules about single fields, in an object and below it."""
    if not isinstance(value, dict):
        yield _type_issue(path, "object", Severity.ERROR, _only(value, dict))
        return
    for name, child in node.children.items():
        here = f"{path}/{name}"
        if name not in value:
            yield from _judge(child, MISSING, scene, here)
        else:
            yield from _visit(child, value[name], scene, here)
    yield from _spellings(node, value, path)


def _visit(node: Node, value: JSON, scene: Scene, path: str) -> Iterator[Issue]:
    field = node.field
    if field is ELEMENT:
        yield from walk(node, value, scene, path)
        return
    wrong = _wrong_type(field, value, path)
    if wrong is not None:
        yield wrong
        return
    yield from _judge(node, value, scene, path)
    if isinstance(value, dict):
        yield from walk(node, value, scene, path)
    elif isinstance(value, list) and node.element is not None:
        for position, element in enumerate(value):
            yield from _visit(node.element, element, scene, f"{path}/{position}")


def _judge(node: Node, value: JSON | Missing, scene: Scene, path: str) -> Iterator[Issue]:
    field = node.field
    ids, is_owned = node.rules
    for rule_id in ids:
        rule = RULES[rule_id]
        if all(getattr(scene.facts, need) is not None for need in rule.needs):
            for issue in rule.function(field, value, scene):
                yield replace(issue, path=path + issue.path)
    if not is_owned:
        for issue in limits("shape", field, value, scene):
            yield replace(issue, path=path + issue.path)


def _spellings(node: Node, value: Mapping[str, JSON], path: str) -> Iterator[Issue]:
    """Yield a warning for each unknown member that looks like a known one; others are kept without a word."""
    for name in value:
        if name not in node.children:
            known = node.folded.get(_fold(name))
            if known is not None:
                yield Issue(
                    path + join(name), "shape.misspelt", Severity.WARNING, "", {"name": shown(name), "known": known}
                )


def _only(value: JSON, kind: type) -> JSON:
    """Return the one element of a list, if it is of `kind`; else None."""
    return value[0] if isinstance(value, list) and len(value) == 1 and isinstance(value[0], kind) else None


def _type_issue(path: str, wanted: str, severity: Severity, mend: object = None) -> Issue:
    return Issue(path, "shape.type", severity, wanted, {}, mend)


def _wrong_type(field: Field, value: JSON, path: str) -> Issue | None:
    """Return the issue of a value whose JSON type is not the row's, with a mend where one is safe."""
    kind = field.kind
    severity = Severity.ERROR if field.is_firm else Severity.WARNING
    if value is None:
        return Issue(path, "shape.null", severity)
    if _fits(kind, value):
        return None
    return _type_issue(path, _WANTED.get(kind, "text"), severity, _mend(field, value))


def _fits(kind: Kind, value: JSON) -> bool:
    if kind in {Kind.NUMBER, Kind.INTEGER}:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind is Kind.BOOLEAN:
        return isinstance(value, bool)
    if kind is Kind.OBJECT:
        return isinstance(value, dict)
    if kind in {Kind.ARRAY, Kind.TEXT_ARRAY}:
        return isinstance(value, list)
    return isinstance(value, str)


def _mend(field: Field, value: JSON) -> object | None:
    kind = field.kind
    if kind in {Kind.NUMBER, Kind.INTEGER}:
        return _number(value)
    if kind is Kind.BOOLEAN:
        return {"true": True, "false": False}.get(value.strip().lower()) if isinstance(value, str) else None
    if kind is Kind.OBJECT:
        return _only(value, dict)
    if kind is Kind.ARRAY:
        return [value] if isinstance(value, dict) else None
    if kind is Kind.TEXT_ARRAY:
        return [value] if isinstance(value, str) else None
    return _text(field, value)


def _number(value: JSON) -> int | float | None:
    if not isinstance(value, str) or not _SAFE_NUMBER.fullmatch(value.strip()):
        return None
    return float(value) if "." in value else int(value)


def _text(field: Field, value: JSON) -> str | None:
    """Return a number as the text it stands for: with the leading zeros of its field, without needless decimals."""
    only = _only(value, str)
    if isinstance(only, str):
        return only
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < _SAFE_INTEGER:
        return None
    if isinstance(value, float):
        value = int(value) if value.is_integer() else value
    text = repr(value)
    if "e" in text or (isinstance(value, float) and field.kind is not Kind.NUMBER_TEXT):
        return None
    return text.zfill(field.minimum) if field.kind is Kind.DIGITS and field.minimum == field.maximum else text


def shipments_in(document: JSONObject) -> list[JSON]:
    """Return the shipments of a trip, whatever they are; none where that member is no array."""
    found = document.get("shipments")
    return found if isinstance(found, list) else []
