"""What a sheet shows of a trip's document, as plain values: two printings that show the same need no second paper.

Values are those of the wire, not words on paper: another language or layout makes no sheet out of date. What stands on
a sheet from elsewhere (clearance, readiness, phones) moves every hour and is looked up, not carried. Nothing private of
the driver is read (`printing.trip`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.domain.documents import JSON, JSONObject
from desktop.domain.lifecycle import Regime
from desktop.printing import trip
from desktop.printing.sheet import SheetKind

_GOODS: Final = ("quantity", "packagingUnit", "weight", "weightUnit", "description")
_TRIP: Final = ("trip_number", "port", "eta", "drivers", "truck", "plate", "trailers", "containers", "seals")
PARTS: Final[dict[SheetKind, tuple[str, ...]]] = {
    SheetKind.SUMMARY: (*_TRIP, "shipments"),
    SheetKind.ACE_COVER: ("trip_number", "eta", "drivers", "plate", "trailers", "shipments"),  # all that its QR says
    SheetKind.ACI_LEAD: (*_TRIP, "shipments"),
    SheetKind.SHIPMENT_LIST: (*_TRIP, "shipments"),
    SheetKind.LABELS: ("numbers",),
    SheetKind.CONTINGENCY: (),
    SheetKind.EVIDENCE: (),
}
"""What each sheet takes from the document; one that records a moment takes nothing, and is never out of date."""


def shown_of(document: Mapping[str, JSON], regime: Regime, kind: SheetKind) -> JSONObject:
    """Return what a kind of sheet shows of a trip's document, which may be unfinished or wrong in any way."""
    wanted = PARTS[kind]
    return {name: value for name, value in _all(document, regime).items() if name in wanted}


def changed_parts(before: Mapping[str, JSON], now: Mapping[str, JSON]) -> tuple[str, ...]:
    """Return which parts differ; what only one of two versions of the program knew of is not compared."""
    return tuple(name for name in before if name in now and before[name] != now[name])


def _all(document: Mapping[str, JSON], regime: Regime) -> JSONObject:
    truck = trip.member(document, "truck")
    shipments = trip.objects(document.get("shipments"))
    return {
        "trip_number": trip.words(document.get("tripNumber")),
        "port": trip.words(document.get("usPortOfArrival" if regime is Regime.ACE else "portOfEntry")),
        "eta": trip.words(document.get("estimatedArrivalDateTime")),
        "drivers": list(trip.names(document)),
        "truck": trip.words(truck.get("number")),
        "plate": _plates(truck),
        "trailers": [[trip.words(one.get("number")), *_plates(one)] for one in trip.objects(document.get("trailers"))],
        "containers": [trip.words(one.get("number")) for one in trip.objects(document.get("containers"))],
        "seals": list(trip.seals(document)),
        "shipments": [_shipment(one, regime) for one in shipments],
        "numbers": [trip.control_number(one, regime) for one in shipments],
    }


def _plates(unit: Mapping[str, JSON]) -> list[JSON]:
    """Return the plates of a unit, and the countries, which the QR code says."""
    given: list[dict[str, JSON]] = []
    for place in (unit.get("licensePlate"), unit.get("licensePlates")):
        given += [place] if isinstance(place, dict) else trip.objects(place)
    return [trip.plates(unit), *(trip.words(plate.get("country")) for plate in given)]


def _shipment(shipment: Mapping[str, JSON], regime: Regime) -> JSONObject:
    bond = trip.member(shipment, "inBondDetails").get("paperInBondNumber") if regime is Regime.ACE else None
    return {
        "number": trip.control_number(shipment, regime),
        "type": trip.words(shipment.get("type" if regime is Regime.ACE else "shipmentType")),
        "shipper": trip.party_words(shipment.get("shipper")),
        "consignee": trip.party_words(shipment.get("consignee")),
        "goods": [
            [trip.words(item.get(name)) for name in _GOODS] for item in trip.objects(shipment.get("commodities"))
        ],
        "bond": trip.words(bond),
    }
