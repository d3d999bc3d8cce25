"""Reads a document that may hold anything anywhere: what is not of the expected kind is as if it were not there.

The shape check reports such values by itself, so rules of meaning need not.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from desktop.domain.documents import JSON, JSONObject
from desktop.domain.lifecycle import Regime
from desktop.domain.numbers import normal_number
from desktop.domain.shipment import NUMBER

_DECIMAL = re.compile(r"[0-9]{1,30}(?:\.[0-9]{1,30})?", re.ASCII)
_KG_PER_LB = Decimal("0.45359237")
_LARGEST = 10**30
_LIGHTEST_PIECE_KG = Decimal("0.01")
_HEAVIEST_PIECE_KG = Decimal(20000)


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


def port_name(regime: Regime) -> str:
    """Return the member that holds a trip's port."""
    return "usPortOfArrival" if regime is Regime.ACE else "portOfEntry"


class Load(NamedTuple):
    """One thing that lies on a unit: a commodity in ACE, a shipment in ACI.

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


class Cargo(NamedTuple):
    """What rules about the whole trip need of one shipment: taken out once, kept while the shipment stays the same.

    Attributes:
        number: its control number in normal form.
        port: as written.
        eta: as written.
        is_elsewhere: it only refers to cargo that somebody else reports.
        is_hazmat: some of it is marked as dangerous goods.
        loads: what lies where.
        units: kinds and numbers of the units it names; a load without one adds a pair of empty texts.
        masses: kilograms by the unit they lie on (empty text: not said).
        odd_pieces: commodities whose pieces are too light or too heavy: path and variant of C19.
    """

    number: str
    port: str
    eta: str
    is_elsewhere: bool
    is_hazmat: bool
    loads: tuple[Load, ...]
    units: frozenset[tuple[str, str]]
    masses: tuple[tuple[str, Decimal], ...]
    odd_pieces: tuple[tuple[str, str], ...]


def cargo_of(regime: Regime, shipment: JSONObject) -> Cargo:
    """Return what the trip's rules need of a shipment."""
    commodities = rows_of(shipment, "commodities")
    if regime is Regime.ACE:
        loads = tuple(_load(f"/commodities/{position}", row) for position, row in commodities)
    else:
        loads = (_load("", shipment),)
    masses: dict[str, Decimal] = {}
    odd_pieces: list[tuple[str, str]] = []
    for position, row in commodities:
        weight = decimal_of(row.get("weight"))
        kg = None if weight is None else kilograms(weight, text_of(row, "weightUnit"))
        if kg is not None:
            unit = text_of(object_of(row if regime is Regime.ACE else shipment, "loadedOn"), "number")
            masses[unit] = masses.get(unit, Decimal(0)) + kg
            odd = _odd_piece(kg, decimal_of(row.get("quantity")))
            if odd:
                odd_pieces.append((f"/commodities/{position}/weight", odd))
    return Cargo(
        number=normal_number(regime, text_of(shipment, NUMBER[regime])),
        port=text_of(shipment, "portOfEntry"),
        eta=text_of(shipment, "estimatedArrivalDate"),
        is_elsewhere=shipment.get("referenceOnlyShipment") is True,
        is_hazmat=any(has_hazmat(row) for _, row in commodities),
        loads=loads,
        units=frozenset((load.unit_type, load.unit) for load in loads),
        masses=tuple(masses.items()),
        odd_pieces=tuple(odd_pieces),
    )


def _odd_piece(weight_kg: Decimal, quantity: Decimal | None) -> str:
    """Return `light` or `heavy` for a piece below 10 g or above 20 t (C19), else nothing."""
    if weight_kg <= 0 or quantity is None or quantity <= 0:
        return ""
    if weight_kg < quantity * _LIGHTEST_PIECE_KG:
        return "light"
    return "heavy" if weight_kg > quantity * _HEAVIEST_PIECE_KG else ""


def _load(path: str, row: JSONObject) -> Load:
    unit = object_of(row, "loadedOn")
    return Load(path, bool(unit), text_of(unit, "type").upper(), text_of(unit, "number"))
