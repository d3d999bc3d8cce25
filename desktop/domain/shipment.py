"""A trip's shipments as they stand in its document, and the control numbers they are known by (SCN, CCN)."""

from __future__ import annotations

from typing import Final

from desktop.domain.documents import JSON, is_object, join
from desktop.domain.lifecycle import Regime

NUMBER: Final = {Regime.ACE: "shipmentControlNumber", Regime.ACI: "cargoControlNumber"}
"""What the control number of a shipment is called on the wire."""


def shipments_of(document: JSON) -> list[JSON]:
    """Return what stands where a trip has its shipments, whatever it is: places in it are places in the document."""
    found = document.get("shipments") if is_object(document) else None
    return found if isinstance(found, list) else []


def control_number(shipment: JSON, regime: Regime | None = None) -> str:
    """Return the control number of a shipment, empty where there is none.

    Args:
        shipment: the shipment, or whatever stands in its place.
        regime: whose number; None for the one it has.
    """
    if not is_object(shipment):
        return ""
    found = [shipment.get(NUMBER[one]) for one in (Regime if regime is None else (regime,))]
    return next((number for number in found if isinstance(number, str) and number), "")


def control_numbers(document: JSON) -> list[str]:
    """Return the control numbers of a trip's shipments; one without a number has no place among them."""
    return [number for number in numbers_by_place(document) if number]


def numbers_by_place(document: JSON) -> list[str]:
    """Return the control number at each place of a trip's shipments, empty where none is."""
    return [control_number(one) for one in shipments_of(document)]


def place_of(document: JSON, number: str, regime: Regime | None = None) -> int | None:
    """Return the place of the first shipment that bears a number; None where none does."""
    numbers = [control_number(one, regime) for one in shipments_of(document)]
    return numbers.index(number) if number and number in numbers else None


def number_pointer(regime: Regime, place: int) -> str:
    """Return the JSON Pointer of a shipment's control number."""
    return join("shipments", place, NUMBER[regime])


def filer_code(shipment: JSON) -> str:
    """Return the filer code of the broker a shipment names, empty where it names none (domain 4.2)."""
    broker = shipment.get("broker") if is_object(shipment) else None
    code = broker.get("filerCode") if is_object(broker) else None
    return code if isinstance(code, str) else ""
