"""The check: any JSON value in, issues out, never an exception."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import TypeAlias

from desktop.domain.documents import JSON, JSONObject
from desktop.domain.fields import FIELDS
from desktop.domain.left_out import left_out
from desktop.domain.lifecycle import Regime
from desktop.validation.facts import CompanyFacts, Facts, HistoryFacts
from desktop.validation.issue import CheckResult, Issue, Severity
from desktop.validation.messages import check_message, wrapped
from desktop.validation.reading import Cargo, cargo_of
from desktop.validation.registry import RULES
from desktop.validation.rule import Rule, Scene, Scope
from desktop.validation.rules_message import meant_type
from desktop.validation.sentences import LONGEST_POSITION
from desktop.validation.shape import shipment_tree, shipments_in, trip_tree, walk
from desktop.validation.trip import trip_of

_TRIPS = {"ACE_TRIP": Regime.ACE, "ACI_TRIP": Regime.ACI}
_SHIPMENTS = {"ACE_SHIPMENT": Regime.ACE, "ACI_SHIPMENT": Regime.ACI}
OVERRIDABLE = frozenset({"C03"})
"""Rules whose stop the user may pass with a reason (domain 3.2)."""

_SEVERITIES = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.HINT: 2}


_Keyed: TypeAlias = "tuple[tuple[int, tuple[tuple[int, int, str], ...]], Issue]"
"""An issue with what it is sorted by: severity, then place."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What one shipment came to: its issues with paths in the document, and what the trip needs of it."""

    shipment: JSONObject
    issues: tuple[_Keyed, ...]
    cargo: Cargo


@dataclass(frozen=True, slots=True)
class _Key:
    """The facts a shipment's rules look at: as long as they are the same, its issues are."""

    regime: Regime
    company: CompanyFacts | None
    history: HistoryFacts | None
    day: date | None

    def is_same(self, other: _Key | None) -> bool:
        return (
            other is not None
            and self.regime is other.regime
            and self.company is other.company
            and self.history is other.history
            and self.day == other.day
        )


class Checker:
    """A check that keeps what it found of shipments that have not changed since (by identity).

    For editors: documents are immutable, so an edit leaves every other shipment the same object.
    """

    def __init__(self) -> None:
        self._key: _Key | None = None
        self._parts: dict[tuple[int, int], _Part] = {}

    def check(self, document: JSON, facts: Facts | None = None) -> CheckResult:
        """Return what is to be said of `document`, whatever it is; never raises."""
        facts = Facts() if facts is None else facts
        value = wrapped(document)
        if not isinstance(value, dict):
            return CheckResult((Issue("", "message.not_an_object", Severity.ERROR, _kind(value)),))
        found = list(RULES["P01"].function(value, Scene(Regime.ACE, facts)))
        data = value.get("data")
        if data is not None and not isinstance(data, str):
            found.append(Issue("/data", "shape.type", Severity.ERROR, "text"))
        kind = meant_type(value) or data
        if not isinstance(kind, str):
            return _result(found, (), facts)
        if kind in _TRIPS:
            result = self._trip(_TRIPS[kind], value, facts, found)
            return _of_what_is_sent(value, result) if facts.leaves_out else result
        if kind in _SHIPMENTS:
            return _lone_shipment(_SHIPMENTS[kind], value, facts, found)
        found.extend(check_message(kind, value))
        return _result(found, (), facts)

    def _trip(self, regime: Regime, document: JSONObject, facts: Facts, found: list[Issue]) -> CheckResult:
        scene = Scene(regime, facts)
        found.extend(issue for issue in walk(trip_tree(regime), document, scene) if issue.path != "/data" or not found)
        for position, shipment in enumerate(shipments_in(document)):
            if not isinstance(shipment, dict):
                found.extend(walk(shipment_tree(regime), shipment, scene, f"/shipments/{position}"))
        parts = self._shipments(document, scene)
        trip = trip_of(regime, document, [(position, part.cargo) for position, part in parts.items()], facts)
        for rule in RULES.values():
            if rule.scope is Scope.TRIP and _is_judged(rule, scene):
                found.extend(rule.function(trip, scene))
        keyed = [entry for part in parts.values() for entry in part.issues]
        return _result(found, _not_judged(scene, set(Scope)), facts, keyed)

    def _shipments(self, document: JSONObject, scene: Scene) -> dict[int, _Part]:
        facts = scene.facts
        key = _Key(scene.regime, facts.company, facts.history, facts.now.date() if facts.now else None)
        kept = self._parts if key.is_same(self._key) else {}
        parts: dict[int, _Part] = {}
        for position, shipment in enumerate(shipments_in(document)):
            if not isinstance(shipment, dict):
                continue
            part = kept.get((id(shipment), position))
            if part is None or part.shipment is not shipment:
                issues = tuple(map(_keyed, _of_shipment(shipment, scene, f"/shipments/{position}")))
                part = _Part(shipment, issues, cargo_of(scene.regime, shipment))
            parts[position] = part
        self._key = key
        self._parts = {(id(part.shipment), position): part for position, part in parts.items()}
        return parts


def check(value: JSON, facts: Facts | None = None) -> CheckResult:
    """Return what is to be said of any JSON value as a message; never raises."""
    return Checker().check(value, facts)


def _of_what_is_sent(document: JSONObject, result: CheckResult) -> CheckResult:
    """Say nothing of what stays behind when the trip is sent."""
    gone = tuple(one.pointer for one in left_out(document))
    if not gone:
        return result
    inside = tuple(f"{pointer}/" for pointer in gone)
    kept = tuple(issue for issue in result.issues if not f"{issue.path}/".startswith(inside))
    return replace(result, issues=kept)


def _lone_shipment(regime: Regime, document: JSONObject, facts: Facts, found: list[Issue]) -> CheckResult:
    scene = Scene(regime, facts)
    found.extend(_of_shipment(document, scene, ""))
    return _result(found, _not_judged(scene, {Scope.FIELD, Scope.SHIPMENT}), facts)


def _of_shipment(shipment: JSONObject, scene: Scene, base: str) -> Iterator[Issue]:
    inside = scene.inside(shipment)
    yield from walk(shipment_tree(scene.regime), shipment, inside, base)
    for rule in RULES.values():
        if rule.scope is Scope.SHIPMENT and _is_judged(rule, scene):
            for issue in rule.function(shipment, inside):
                yield replace(issue, path=base + issue.path)


def _is_judged(rule: Rule, scene: Scene) -> bool:
    return rule.is_for(scene.regime) and all(getattr(scene.facts, need) is not None for need in rule.needs)


def _not_judged(scene: Scene, scopes: set[Scope]) -> tuple[str, ...]:
    return tuple(
        rule.id
        for rule in RULES.values()
        if rule.scope in scopes and rule.is_for(scene.regime) and not _is_judged(rule, scene)
    )


def _kind(value: JSON) -> str:
    if isinstance(value, list):
        return "list"
    if isinstance(value, str):
        return "text"
    return "null" if value is None else "plain"


def _result(
    found: Iterable[Issue], not_judged: tuple[str, ...], facts: Facts, keyed: Iterable[_Keyed] = ()
) -> CheckResult:
    entries = [*keyed, *map(_keyed, found)]
    if facts.overrides:
        entries = [_keyed(_overridden(issue, facts)) for _, issue in entries]
    entries.sort(key=itemgetter(0))
    return CheckResult(tuple(issue for _, issue in entries), tuple(sorted(not_judged)))


def _keyed(issue: Issue) -> _Keyed:
    return (_SEVERITIES[issue.severity], _place(issue.path)), issue


def _overridden(issue: Issue, facts: Facts) -> Issue:
    """Return a stop the user may pass with a reason as a question, once he has given one (domain 3.2, C03)."""
    if issue.code not in OVERRIDABLE:
        return issue
    said = {f"{issue.path}|{issue.code}", f"{issue.params.get('number', '')}|{issue.code}"}
    if said & facts.overrides:
        return replace(issue, severity=Severity.WARNING)
    return issue


def _order() -> dict[str, int]:
    """Return the position of every member name in the field table, for sorting by place."""
    order: dict[str, int] = {}
    for field in FIELDS:
        for path in (field.ace, field.aci):
            for step in (path or "").split("/"):
                order.setdefault(step, len(order))
    return order


_ORDER = _order()


@lru_cache(maxsize=50_000)
def _place(path: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that sorts paths as the document reads: by the table's order, positions as numbers."""
    return tuple(_step(step) for step in path.split("/")[1:])


def _step(step: str) -> tuple[int, int, str]:
    if step.isascii() and step.isdigit() and len(step) <= LONGEST_POSITION:
        return 0, int(step), ""
    return 1, _ORDER.get(step, len(_ORDER)), step
