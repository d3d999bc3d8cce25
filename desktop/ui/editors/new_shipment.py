"""A shipment that is new on a trip: of the usual type, or like another one."""

from __future__ import annotations

from desktop.domain.documents import JSON, JSONObject, Missing, is_object
from desktop.domain.lifecycle import Regime
from desktop.ui.binding.session import Editing
from desktop.ui.editors.commodity_model import new_line
from desktop.ui.editors.surroundings import units_of

_ITS_OWN = ("shipmentControlNumber", "cargoControlNumber", "sendId")
"""Members that a second shipment must not share with the first."""


def new_shipment(session: Editing) -> JSONObject:
    """Return a new shipment of the usual type; it follows the trip's port, arrival and only trailer (I08, I24)."""
    if session.regime is Regime.ACE:
        return {"data": "ACE_SHIPMENT", "type": "PAPS", "commodities": [new_line(session)]}
    made: JSONObject = {"data": "ACI_SHIPMENT", "shipmentType": "PARS"}
    trailers = [unit for unit in units_of(session) if unit.kind == "TRAILER"]
    if len(trailers) == 1:
        made["loadedOn"] = {"type": "TRAILER", "number": trailers[0].number}
    port, eta = session.value("/portOfEntry"), session.value("/estimatedArrivalDateTime")
    if isinstance(port, str):
        made |= {"portOfEntry": port, "releaseOffice": port}
    if isinstance(eta, str):
        made["estimatedArrivalDate"] = eta
    return {**made, "referenceOnlyShipment": False, "consolidatedFreight": False, "commodities": [{}]}


def like(shipment: JSON | Missing) -> JSONObject:
    """Return a shipment like another one, without its number."""
    return {name: value for name, value in shipment.items() if name not in _ITS_OWN} if is_object(shipment) else {}
