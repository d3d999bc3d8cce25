"""Writes what is sent: the exact bytes of a message, and the send requests."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Final, Literal

from desktop.domain.documents import JSON, JSONObject
from desktop.domain.lifecycle import Regime
from desktop.domain.shipment import control_number
from desktop.errors import Bug
from desktop.protocol import kinds

MAX_SEND_ID: Final = 30
"""Characters of a `sendId` (protocol 2: keep to 30)."""

Plates = Literal["list", "as_typed"]


def encode(
    document: JSONObject,
    *,
    send_id: str,
    company_key: str = "",
    operation: str | None = None,
    auto_send: bool | None = None,
    ace_plates: Plates = "as_typed",
    updates: Collection[str] = (),
) -> bytes:
    """Return the wire form of a message: one JSON object as UTF-8, members in the document's order.

    The envelope goes on the message and, without `autoSend`, on each nested shipment (protocol 1, keys). A member
    the document has keeps its place; a new one stands after `data`.

    Args:
        document: a trip, shipment or send request with its `data`.
        send_id: our correlation id, 1 to 30 characters; always set.
        company_key: the carrier's key; empty leaves it out, also where the document had one.
        operation: what to do with the stored record; None leaves it as in the document.
        auto_send: whether the gateway files at once; None leaves it as in the document.
        ace_plates: "list" turns an ACE unit's single `licensePlate` into `licensePlates`.
        updates: control numbers of nested shipments the gateway already has: they go as UPDATE in any case.

    Raises:
        Bug: `send_id` is empty or too long, or the document has no `data`.
    """
    if not 1 <= len(send_id) <= MAX_SEND_ID:
        raise Bug("a sendId has 1 to 30 characters")
    kind = kinds.kind_of(document)
    if kind is None:
        raise Bug("a message needs its data")
    envelope = {"sendId": send_id, "companyKey": company_key or None, "operation": operation}
    wire = _enveloped(document, envelope)
    if auto_send is not None:
        wire["autoSend"] = auto_send
    shipments = wire.get("shipments")
    if isinstance(shipments, list):
        wire["shipments"] = _shipments(shipments, kind, envelope, updates)
    if ace_plates == "list" and kind == kinds.ACE_TRIP:
        wire = _with_plate_lists(wire)
    return json.dumps(wire, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")


def _enveloped(document: JSONObject, envelope: dict[str, str | None]) -> JSONObject:
    wanted = {name: value for name, value in envelope.items() if value is not None}
    wire: JSONObject = {}
    for name, value in document.items():
        if name == "companyKey" and name not in wanted:
            continue
        wire[name] = wanted.get(name, value)
        if name == "data":
            wire.update({new: text for new, text in wanted.items() if new not in document})
    return wire


def _shipments(
    shipments: list[JSON], kind: str, envelope: dict[str, str | None], updates: Collection[str]
) -> list[JSON]:
    is_ace = kind == kinds.ACE_TRIP
    nested = kinds.ACE_SHIPMENT if is_ace else kinds.ACI_SHIPMENT
    return [
        _enveloped(
            shipment if "data" in shipment else {"data": nested, **shipment},
            {**envelope, "operation": "UPDATE"} if control_number(shipment) in updates else envelope,
        )
        if isinstance(shipment, dict)
        else shipment
        for shipment in shipments
    ]


def _with_plate_lists(wire: JSONObject) -> JSONObject:
    trailers = wire.get("trailers")
    return {
        **wire,
        **({"truck": _plate_list(wire["truck"])} if "truck" in wire else {}),
        **({"trailers": [_plate_list(unit) for unit in trailers]} if isinstance(trailers, list) else {}),
    }


def _plate_list(unit: JSON) -> JSON:
    if not isinstance(unit, dict) or "licensePlates" in unit:
        return unit
    return {
        ("licensePlates" if name == "licensePlate" else name): ([value] if name == "licensePlate" else value)
        for name, value in unit.items()
    }


def send_request(
    regime: Regime,
    request: str,
    trip_number: str,
    *,
    trip_reason: str = "",
    shipment_reason: str = "",
) -> JSONObject:
    """Return the document of a send request for a whole trip (protocol 7).

    Args:
        regime: whose customs.
        request: the type, for instance `COMPLETE_TRIP_AND_SHIPMENTS` or `ORIGINAL`.
        trip_number: the trip it is for.
        trip_reason: ACI amendment reason code of the trip, 2 digits; empty leaves it out.
        shipment_reason: the same of the shipments.
    """
    if regime is Regime.ACE:
        return {"data": kinds.ACE_SEND_REQUEST, "type": request, "tripNumber": trip_number}
    document: JSONObject = {
        "data": kinds.ACI_SEND_REQUEST,
        "type": request,
        "tripNumber": trip_number,
        "bundleTripAndShipments": True,
    }
    if trip_reason:
        document["tripAmendmentReasonCode"] = trip_reason
    if shipment_reason:
        document["shipmentAmendmentReasonCode"] = shipment_reason
    return document
