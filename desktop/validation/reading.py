"""Reads a document that may hold anything anywhere: what is not of the expected kind is as if it were not there.

The shape check reports such values by itself, so rules of meaning need not.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from desktop.domain.documents import JSON, JSONObject
from desktop.domain.lifecycle import Regime

_DECIMAL = re.compile(r"[0-9]{1,30}(?:\.[0-9]{1,30})?", re.ASCII)
_KG_PER_LB = Decimal("0.45359237")
_LARGEST = 10**30


def text_of(value: JSON, name: str) -> str:
    """Return the member `name` if it is text, else nothing."""
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""


def object_of(value: JSON, name: str) -> JSONObject:
    """Return the member `name` if it is an object, else an empty one."""
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def rows_of(value: JSON, name: str) -> list[tuple[int, JSONObject]]:
    """Return the objects in the array `name`, each with its position."""
    found = value.get(name) if isinstance(value, dict) else None
    return rows_in(found if isinstance(found, list) else [])


def rows_in(array: JSON) -> list[tuple[int, JSONObject]]:
    """Return the objects in an array, each with its position."""
    return [
        (position, row)
        for position, row in enumerate(array if isinstance(array, list) else [])
        if isinstance(row, dict)
    ]


def has(value: JSON, name: str) -> bool:
    """Tell whether the member `name` holds something: not null, no empty text, list or object."""
    found = value.get(name) if isinstance(value, dict) else None
    return found is not None and found not in ("", [], {})


def decimal_of(value: JSON) -> Decimal | None:
    """Return a number, or a number written as text; None for anything else, and beyond any weight or count."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return Decimal(value) if abs(value) < _LARGEST else None
    if isinstance(value, float):
        return Decimal(repr(value)) if abs(value) < _LARGEST else None
    if isinstance(value, str) and _DECIMAL.fullmatch(value.strip()):
        return Decimal(value.strip())
    return None


def kilograms(weight: Decimal, unit: str) -> Decimal | None:
    """Return a weight in kilograms; None where the unit is of neither family."""
    family = unit[:1].upper()
    if family == "K":
        return weight
    return weight * _KG_PER_LB if family == "L" else None


def has_hazmat(commodity: JSONObject) -> bool:
    """Tell whether a commodity is marked as dangerous goods."""
    return has(commodity, "hazmatDetails")


def number_name(regime: Regime) -> str:
    """Return the member that holds a shipment's control number."""
    return "shipmentControlNumber" if regime is Regime.ACE else "cargoControlNumber"


def port_name(regime: Regime) -> str:
    """Return the member that holds a trip's port."""
    return "usPortOfArrival" if regime is Regime.ACE else "portOfEntry"


class Load(NamedTuple):
    """One thing that lies on a unit: a commodity in ACE, a shipment in ACI for `loadedOn`, a commodity for weights.

    Attributes:
        path: relative to its shipment.
        has_unit: whether it says where it lies.
        unit_type: as written.
        unit: as written.
    """

    path: str
    has_unit: bool
    unit_type: str
    unit: str


class Mass(NamedTuple):
    """What one commodity weighs, where that can be read."""

    path: str
    unit: str
    weight_kg: Decimal
    quantity: Decimal | None


class Cargo(NamedTuple):
    """What rules about the whole trip need of one shipment: taken out once, kept while the shipment stays the same."""

    number: str
    port: str
    eta: str
    is_elsewhere: bool
    is_hazmat: bool
    loads: tuple[Load, ...]
    masses: tuple[Mass, ...]


def cargo_of(regime: Regime, shipment: JSONObject) -> Cargo:
    """Return what the trip's rules need of a shipment."""
    commodities = rows_of(shipment, "commodities")
    if regime is Regime.ACE:
        loads = tuple(_load(f"/commodities/{position}", row) for position, row in commodities)
    else:
        loads = (_load("", shipment),)
    masses = []
    for position, row in commodities:
        carrier = row if regime is Regime.ACE else shipment
        weight = decimal_of(row.get("weight"))
        kg = None if weight is None else kilograms(weight, text_of(row, "weightUnit"))
        if kg is not None:
            unit = text_of(object_of(carrier, "loadedOn"), "number")
            masses.append(Mass(f"/commodities/{position}/weight", unit, kg, decimal_of(row.get("quantity"))))
    return Cargo(
        number=text_of(shipment, number_name(regime)),
        port=text_of(shipment, "portOfEntry"),
        eta=text_of(shipment, "estimatedArrivalDate"),
        is_elsewhere=shipment.get("referenceOnlyShipment") is True,
        is_hazmat=any(has_hazmat(row) for _, row in commodities),
        loads=loads,
        masses=tuple(masses),
    )


def _load(path: str, row: JSONObject) -> Load:
    unit = object_of(row, "loadedOn")
    return Load(path, bool(unit), text_of(unit, "type"), text_of(unit, "number"))
