"""The way back: a trip of one regime made into one of the other (protocol 15, domain 1 to 6).

Truck, trailers and crew stay, each in the shape the other regime wants. What one regime has no word for in the other
is left empty, to be asked by the checks: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from typing import Final, NamedTuple

from desktop.domain import crossings
from desktop.domain.codes import code_list
from desktop.domain.copying import copied, each, objects, without
from desktop.domain.copying import to_confirm as may_have_changed
from desktop.domain.documents import JSON, JSONObject, is_object, join
from desktop.domain.lifecycle import Regime

OTHER: Final = {Regime.ACE: Regime.ACI, Regime.ACI: Regime.ACE}
PORTS: Final = {Regime.ACE: "usPortOfArrival", Regime.ACI: "portOfEntry"}


class Load(StrEnum):
    """What the truck carries on the way back."""

    NOTHING = "nothing"
    SWAPPED = "swapped"  # the same goods, from the consignee to the shipper


class Mirrored(NamedTuple):
    """The way back.

    Attributes:
        regime: whose trip it is.
        document: the trip.
        to_confirm: JSON Pointers of what was carried over or chosen and should be looked at.
    """

    regime: Regime
    document: JSONObject
    to_confirm: list[str]


_TYPES = {Regime.ACE: {"PARS": "PAPS"}, Regime.ACI: {"PAPS": "PARS"}}
"""Shipment types with a counterpart, by the regime they are translated to; the importer or broker names others."""

_PACKAGING = {
    Regime.ACE: {"PCE": "PCS", "BAL": "BLE", "BXT": "BKT", "HPR": "HMP", "CAR": "", "COR": ""},
    Regime.ACI: {"BLE": "BAL", "BKT": "BXT", "HMP": "HPR", "CAR": "", "COR": ""},
}
"""Units whose code differs, by the regime they are translated to; empty: one code that means two things."""

_WEIGHTS = {
    Regime.ACE: {"LB": "L", "LBR": "L", "LBS": "L", "K": "KG", "KG": "KG", "KGM": "KG", "KGS": "KG"},
    Regime.ACI: {"L": "LBR", "LB": "LBR", "LBS": "LBR", "K": "KG", "KG": "KG", "KGM": "KG", "KGS": "KG"},
}
"""The safest known form of each unit of weight (code list weight-units)."""

_ONLY = {
    "trip": {Regime.ACE: {"instrumentsOfInternationalTrafficBond"}, Regime.ACI: {"subLocation", "containers"}},
    "zone": {Regime.ACE: {"estimatedArrivalTimeZone"}, Regime.ACI: {"estimatedArrivalTimeZone"}},
    "unit": {Regime.ACE: set(), Regime.ACI: {"cargoExemptions"}},
    "person": {Regime.ACE: {"aceId", "usAddress"}, Regime.ACI: set()},
    "insurance": {Regime.ACE: set(), Regime.ACI: {"amountCurrency"}},
    "commodity": {
        Regime.ACE: {"harmonizedCode", "value", "countryOfOrigin", "c4LineReleaseNumber", "loadedOn"},
        Regime.ACI: set(),
    },
    "hazmat": {Regime.ACE: {"contactEmail"}, Regime.ACI: {"handlingInstructions"}},
}
"""Members only one regime has; they do not go along."""


def mirrored(regime: Regime, document: JSONObject, load: Load, *, ports: Sequence[str] = ()) -> Mirrored:
    """Return the way back of a trip: port opposite, units and people in the other regime's shape, no numbers.

    Args:
        regime: whose trip `document` is.
        document: the trip, valid or not; what is not of the expected shape goes along as it is.
        load: what comes back.
        ports: ports of the other regime the carrier uses, the likeliest first; they decide between several crossings
            that one port of arrival has.
    """
    to = OTHER[regime]
    base = copied(document)
    made: JSONObject = {"data": f"{to.value}_TRIP", "operation": "CREATE"}
    port, is_chosen = opposite_port(regime, document.get(PORTS[regime]), ports)
    if port:
        made[PORTS[to]] = port
    gone = {"data", "operation", PORTS[regime], "shipments", *_ONLY["trip"][regime], *_ONLY["zone"][regime]}
    made |= without(base, gone)
    for name in ("truck", "trailers"):
        if name in made:
            made[name] = each(made[name], lambda unit: _unit(regime, unit))
    for name in ("drivers", "passengers"):
        if name in made:
            made[name] = each(made[name], lambda person: without(person, _ONLY["person"][regime]))
    shipments = base.get("shipments")
    if load is Load.NOTHING:
        made["shipments"] = []
    elif isinstance(shipments, list):
        made["shipments"] = [_shipment(regime, row, port) for row in shipments if is_object(row)]
    marks = [f"/{PORTS[to]}"] if is_chosen else []
    return Mirrored(to, made, marks + may_have_changed(made) + _offices(to, made))


def opposite_port(regime: Regime, port: JSON, ports: Sequence[str] = ()) -> tuple[str, bool]:
    """Return the port on the other side of the crossing, and whether it was chosen among several; empty: unknown."""
    if not isinstance(port, str):
        return "", False
    if regime is Regime.ACE:
        found = [one.ca_office for one in crossings.by_us_port(port) if one.ca_office]
    else:
        found = [one.us_port for one in crossings.by_ca_office(port) if one.us_port]
    found = list(dict.fromkeys(found))
    if len(found) == 1:
        return found[0], False
    return next((one for one in ports if one in found), ""), True


def _unit(regime: Regime, unit: JSONObject) -> JSONObject:
    made = without(unit, _ONLY["unit"][regime])
    if "insurancePolicy" in made:
        made["insurancePolicy"] = each(made["insurancePolicy"], lambda one: without(one, _ONLY["insurance"][regime]))
    many, one = made.get("licensePlates"), made.get("licensePlate")
    if regime is Regime.ACE and isinstance(many, list) and many:
        return _renamed(made, "licensePlates", "licensePlate", many[0])
    if regime is Regime.ACI and one is not None:
        return _renamed(made, "licensePlate", "licensePlates", [one])
    return made


def _renamed(value: JSONObject, old: str, new: str, content: JSON) -> JSONObject:
    """Return an object with one member called otherwise, in its place."""
    return {new if name == old else name: content if name == old else kept for name, kept in value.items()}


def _offices(regime: Regime, document: JSONObject) -> list[str]:
    if regime is Regime.ACE:
        return []
    return [
        join("shipments", place, "releaseOffice")
        for place, row in objects(document, "shipments")
        if row.get("releaseOffice")
    ]


# Shipments


def _shipment(regime: Regime, shipment: JSONObject, port: str) -> JSONObject:
    to = OTHER[regime]
    made: JSONObject = {"data": f"{to.value}_SHIPMENT"} if "data" in shipment else {}
    kind = shipment.get("type" if regime is Regime.ACE else "shipmentType")
    translated = _TYPES[to].get(kind) if isinstance(kind, str) else None
    if translated is not None:
        made["type" if to is Regime.ACE else "shipmentType"] = translated
    loader = shipment.get("consignee")
    address = loader.get("address") if is_object(loader) else None
    made |= _loading(to, address if is_object(address) else {}, port)
    for name, other in (("shipper", "consignee"), ("consignee", "shipper")):
        if other in shipment:
            made[name] = shipment[other]
    rows = shipment.get("commodities")
    if isinstance(rows, list):
        units = [row.get("loadedOn") if is_object(row) else None for row in rows]
        if to is Regime.ACI and units and is_object(units[0]) and all(unit == units[0] for unit in units):
            made["loadedOn"] = units[0]
        own = shipment.get("loadedOn") if regime is Regime.ACI else None
        made["commodities"] = [_commodity(regime, row, own) if is_object(row) else row for row in rows]
    return made


def _loading(to: Regime, address: JSONObject, port: str) -> JSONObject:
    """Return where the goods are taken on: at the new shipper's."""
    state, city = address.get("stateProvince"), address.get("city")
    if to is Regime.ACE:
        return {"provinceOfLoading": state} if isinstance(state, str) and state else {}
    made: JSONObject = {}
    if port:
        made["portOfEntry"] = port
        if port in code_list("ca-release-offices"):
            made["releaseOffice"] = port
    place: JSONObject = {}
    if isinstance(city, str) and city:
        place["cityName"] = city
    if isinstance(state, str) and state:
        place["stateProvince"] = state
    if place:
        made["cityOfLoading"] = place
    return made


def _commodity(regime: Regime, commodity: JSONObject, loaded_on: JSON) -> JSONObject:
    to = OTHER[regime]
    made = without(commodity, _ONLY["commodity"][regime])
    if to is Regime.ACE and is_object(loaded_on) and loaded_on.get("type") != "CONTAINER":
        made = {"loadedOn": loaded_on, **made}
    changes: Mapping[str, Callable[[JSON], JSON]] = {
        "packagingUnit": lambda value: packaging(to, value),
        "weightUnit": lambda value: _WEIGHTS[to].get(value, "") if isinstance(value, str) else value,
        "weight": _as_number if to is Regime.ACE else _as_text,
        "marksAndNumbers": _as_list if to is Regime.ACE else _as_line,
        "hazmatDetails": lambda value: each(value, lambda one: without(one, _ONLY["hazmat"][regime])),
    }
    for name, change in changes.items():
        if name in made:
            made[name] = change(made[name])
            if made[name] == "":
                del made[name]
    return made


@cache
def _shared_packaging() -> frozenset[str]:
    one, other = code_list("packaging-units-ace"), code_list("packaging-units-aci")
    return frozenset(code.code for code in one.codes if code.code in other)


def packaging(to: Regime, unit: JSON) -> JSON:
    """Return a packaging unit as the regime `to` calls it; empty where its list has none that means the same (C18)."""
    if not isinstance(unit, str):
        return unit
    if unit in _PACKAGING[to]:
        return _PACKAGING[to][unit]
    return unit if unit in _shared_packaging() else ""


def _as_number(weight: JSON) -> JSON:
    if not isinstance(weight, str):
        return weight
    try:
        value = Decimal(weight.strip())
    except InvalidOperation:
        return weight
    if not value.is_finite():
        return weight
    whole = value == value.to_integral_value()
    return int(value) if whole and len(weight) <= _LONGEST else float(value)


_LONGEST = 30


def _as_text(weight: JSON) -> JSON:
    if isinstance(weight, bool) or not isinstance(weight, (int, float)):
        return weight
    return f"{Decimal(repr(weight)):f}".removesuffix(".0")


def _as_list(marks: JSON) -> JSON:
    return [marks] if isinstance(marks, str) and marks else marks


def _as_line(marks: JSON) -> JSON:
    if isinstance(marks, list) and all(isinstance(mark, str) for mark in marks):
        return " ".join(str(mark) for mark in marks)
    return marks
