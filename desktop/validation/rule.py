"""What a rule is, and the short ways to say what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from desktop.domain.documents import JSON, JSONObject
from desktop.domain.lifecycle import Regime
from desktop.validation.facts import Facts
from desktop.validation.issue import Issue, Severity

_SHOWN = 40


class Scope(StrEnum):
    """What a rule looks at: one field, one shipment, the trip as a whole, or the kind of message."""

    FIELD = "field"
    SHIPMENT = "shipment"
    TRIP = "trip"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a rule finds itself.

    Attributes:
        regime: whose document it is.
        facts: what is known besides the document.
        shipment: the shipment the field belongs to; None on the trip itself.
    """

    regime: Regime
    facts: Facts
    shipment: JSONObject | None = None

    @property
    def is_cargo_elsewhere(self) -> bool:
        """Whether the shipment only refers to cargo that somebody else reports (I32)."""
        return self.shipment is not None and self.shipment.get("referenceOnlyShipment") is True

    def inside(self, shipment: JSON) -> Scene:
        """Return the scene for the fields of a shipment."""
        return replace(self, shipment=shipment if isinstance(shipment, dict) else None)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the domain reference.

    Attributes:
        id: as in the reference.
        scope: what it looks at.
        source: what it rests on (reference 3 to 5, with its evidence letters).
        function: FIELD: `(field, value, scene)`, where value is MISSING if there is none, paths relative to the field;
            SHIPMENT: `(shipment, scene)`, paths relative to the shipment; TRIP: `(trip, scene)`, paths as in the
            document; MESSAGE: `(value, scene)`.
        needs: names of the facts without which it is not judged.
        fields: rows of the field table a FIELD rule looks at.
        owns: those of them whose limits it says itself, so that nobody else does.
    """

    id: str
    scope: Scope
    source: str
    function: Callable[..., Iterable[Issue]]
    needs: frozenset[str] = field(default=frozenset())
    fields: tuple[str, ...] = ()
    owns: frozenset[str] = field(default=frozenset())

    def is_for(self, regime: Regime) -> bool:
        """Tell whether the rule concerns documents of `regime`: A rules are CBP's, I rules CBSA's, others both."""
        return self.id[0] not in "AI" or (self.id[0] == "A") == (regime is Regime.ACE)


def stop(rule: str, /, variant: str = "", path: str = "", mend: Any = None, **values: object) -> Issue:
    """Return an issue that stops sending."""
    return Issue(path, rule, Severity.ERROR, variant, values, mend)


def ask(rule: str, /, variant: str = "", path: str = "", mend: Any = None, **values: object) -> Issue:
    """Return an issue the user may send in spite of, after reading it."""
    return Issue(path, rule, Severity.WARNING, variant, values, mend)


def hint(rule: str, /, variant: str = "", path: str = "", mend: Any = None, **values: object) -> Issue:
    """Return a piece of advice."""
    return Issue(path, rule, Severity.HINT, variant, values, mend)


def shown(value: object) -> str:
    """Return a foreign value as it may stand in a sentence: short, on one line, without odd characters."""
    text = value if isinstance(value, str) else type(value).__name__
    plain = "".join(letter if letter.isprintable() else "?" for letter in text[: _SHOWN + 1])
    return plain if len(plain) <= _SHOWN else plain[:_SHOWN] + "…"
