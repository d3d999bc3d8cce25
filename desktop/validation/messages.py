"""Checks of messages other than trips and shipments: what we ask for, and what comes back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from desktop.domain.documents import JSON, JSONObject
from desktop.domain.field import Field, Kind, Need
from desktop.domain.field_rows_request import rows_of_request
from desktop.domain.lifecycle import Regime
from desktop.validation.facts import Facts
from desktop.validation.issue import Issue, Severity
from desktop.validation.rule import Scene
from desktop.validation.shape import Node, tree, walk

_INCOMING: dict[str, tuple[tuple[str, Kind, Need], ...]] = {
    "API_RESPONSE": (
        ("/status", Kind.TEXT, Need.YES),
        ("/message", Kind.TEXT, Need.YES),
        ("/dateTime", Kind.TEXT, Need.YES),
        ("/errors", Kind.ARRAY, Need.NO),
    ),
    "ACE_RESPONSE": (
        ("/dateTime", Kind.TEXT, Need.NO),
        ("/sendRequest", Kind.OBJECT, Need.NO),
        ("/processingResponse", Kind.OBJECT, Need.NO),
        ("/validationResponses", Kind.ARRAY, Need.NO),
        ("/shipmentStatusList", Kind.ARRAY, Need.NO),
    ),
    "ACI_RESPONSE": (
        ("/dateTime", Kind.TEXT, Need.NO),
        ("/type", Kind.TEXT, Need.YES),
        ("/sendRequest", Kind.OBJECT, Need.NO),
        ("/errorResponses", Kind.ARRAY, Need.NO),
    ),
    "ACI_NOTICE": (
        ("/dateTime", Kind.TEXT, Need.NO),
        ("/type", Kind.TEXT, Need.YES),
        ("/references", Kind.ARRAY, Need.NO),
    ),
    "RNS_SHIPMENT": (
        ("/cargoControlNumber", Kind.TEXT, Need.YES),
        ("/status", Kind.OBJECT, Need.YES),
        ("/releaseOffice", Kind.OBJECT, Need.NO),
        ("/serviceOption", Kind.OBJECT, Need.NO),
    ),
    "SYSTEM_ALERT": (("/message", Kind.TEXT, Need.YES),),
}
"""What an answer is expected to hold (protocol 8 to 13); nothing here ever stops anybody."""


@cache
def _tree(data: str) -> Node:
    if data in _INCOMING:
        rows = [(path, Field("", path, path, kind, need, need, mark="I")) for path, kind, need in _INCOMING[data]]
        return tree(rows, None)
    return tree(rows_of_request(data), None)


def check_message(data: str, message: JSONObject) -> Iterator[Issue]:
    """Yield the issues of a send request, an answer, or a message nobody knows."""
    if data.endswith("_SEND_REQUEST"):
        regime = Regime.ACE if data.startswith("ACE") else Regime.ACI
        yield from walk(_tree(data), message, Scene(regime, Facts()))
    elif data in _INCOMING:
        yield from walk(_tree(data), message, Scene(Regime.ACE, Facts()))
    else:
        yield Issue("/data", "message.unknown", Severity.WARNING)


def wrapped(message: JSON) -> JSON:
    """Return what stands inside `{"rnsShipment": {...}}`, which one client sends and expects; others as they are."""
    if isinstance(message, dict) and len(message) == 1 and isinstance(message.get("rnsShipment"), dict):
        return {"data": "RNS_SHIPMENT", **message["rnsShipment"]}  # type: ignore[dict-item]  # looked at above
    return message
