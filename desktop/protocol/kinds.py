"""Names of the gateway's message types and what tells them apart. Needs no pydantic."""

from __future__ import annotations

from typing import Final

from desktop.domain.documents import JSON, JSONObject

API_RESPONSE: Final = "API_RESPONSE"
ACE_RESPONSE: Final = "ACE_RESPONSE"
ACI_RESPONSE: Final = "ACI_RESPONSE"
ACI_NOTICE: Final = "ACI_NOTICE"
RNS_SHIPMENT: Final = "RNS_SHIPMENT"
SYSTEM_ALERT: Final = "SYSTEM_ALERT"

INCOMING: Final = (API_RESPONSE, ACE_RESPONSE, ACI_RESPONSE, ACI_NOTICE, RNS_SHIPMENT, SYSTEM_ALERT)
"""Every type the gateway is known to send (protocol 8 to 13)."""

ACE_TRIP: Final = "ACE_TRIP"
ACI_TRIP: Final = "ACI_TRIP"
ACE_SHIPMENT: Final = "ACE_SHIPMENT"
ACI_SHIPMENT: Final = "ACI_SHIPMENT"
ACE_SEND_REQUEST: Final = "ACE_SEND_REQUEST"
ACI_SEND_REQUEST: Final = "ACI_SEND_REQUEST"

UPLOADS: Final = (ACE_TRIP, ACI_TRIP, ACE_SHIPMENT, ACI_SHIPMENT)
SEND_REQUESTS: Final = (ACE_SEND_REQUEST, ACI_SEND_REQUEST)

FAILURES: Final = frozenset({"FAILURE", "FAILED"})
"""Statuses of the HTTP twin beside an `errorCode` (protocol 1)."""

NOT_IMPORTED: Final = "FAILED_TO_IMPORT_DATA"

_WRAPPERS: Final = {
    "apiResponse": API_RESPONSE,
    "aceResponse": ACE_RESPONSE,
    "aciResponse": ACI_RESPONSE,
    "aciNotice": ACI_NOTICE,
    "rnsShipment": RNS_SHIPMENT,
    "systemAlert": SYSTEM_ALERT,
}


def unwrapped(value: JSON) -> JSON:
    """Return the message inside `{"rnsShipment": {...}}` and its like, with its `data`; anything else unchanged.

    The manuals' root names are document paths, not wrappers, but one client met a wrapped object (protocol 2). The HTTP
    twin's word that a message was not taken in is an answer like any other, only without `data` (protocol 1).
    """
    if not isinstance(value, dict) or "data" in value:
        return value
    if value.get("errorCode") == NOT_IMPORTED and value.get("status") in FAILURES:
        return {"data": API_RESPONSE, **value}
    if len(value) != 1:
        return value
    ((name, inner),) = value.items()
    kind = _WRAPPERS.get(name)
    if kind is None or not isinstance(inner, dict):
        return value
    return {"data": kind, **inner}


def kind_of(value: JSON) -> str | None:
    """Return the wire type of a message; None where it is no object with a text in `data`."""
    if not isinstance(value, dict):
        return None
    kind = value.get("data")
    return kind if isinstance(kind, str) else None


def text_at(value: JSONObject, *names: str) -> str:
    """Return the text at a path of member names, without space around it; empty where there is none."""
    here: JSON = value
    for name in names:
        if not isinstance(here, dict):
            return ""
        here = here.get(name)
    return here.strip() if isinstance(here, str) else ""
