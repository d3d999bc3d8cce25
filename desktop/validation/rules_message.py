"""Rules about what kind of message a value is (domain 3.3, P01)."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from desktop.domain.codes import code_list
from desktop.domain.documents import JSONObject
from desktop.validation.issue import Issue
from desktop.validation.reading import text_of
from desktop.validation.rule import Rule, Scene, Scope, shown, stop

KNOWN_TYPES = (
    "ACE_TRIP",
    "ACI_TRIP",
    "ACE_SHIPMENT",
    "ACI_SHIPMENT",
    "ACE_SEND_REQUEST",
    "ACI_SEND_REQUEST",
    "RNS_SEND_REQUEST",
    "API_RESPONSE",
    "ACE_RESPONSE",
    "ACI_RESPONSE",
    "ACI_NOTICE",
    "RNS_SHIPMENT",
    "SYSTEM_ALERT",
)
"""Message types this version knows."""

_DATA = "/data"
_ACI_REQUEST_MEMBERS = frozenset(
    {"bundleTripAndShipments", "tripAmendmentReasonCode", "shipmentAmendmentReasonCode", "cargoControlNumber"}
)
_TELLING = (
    ("usPortOfArrival", "ACE_TRIP"),
    ("shipmentControlNumber", "ACE_SHIPMENT"),
    ("cargoControlNumber", "ACI_SHIPMENT"),
    ("portOfEntry", "ACI_TRIP"),
    ("bundleTripAndShipments", "ACI_SEND_REQUEST"),
)
_LONGEST_TYPE = 40
_LIKENESS = 0.8


def meant_type(message: JSONObject) -> str | None:
    """Return the type a message must bear where it bears another (P01); None where its own can be right."""
    data = message.get("data")
    if data is None:
        return next((kind for member, kind in _TELLING if member in message), None)
    if not isinstance(data, str):
        return None
    kind = text_of(message, "type")
    if data == "ACE_SEND_REQUEST" and (
        _ACI_REQUEST_MEMBERS & message.keys() or kind in code_list("aci-send-request-types")
    ):
        return "ACI_SEND_REQUEST"
    if data == "ACI_SEND_REQUEST" and kind in code_list("ace-send-request-types"):
        return "ACE_SEND_REQUEST"
    if data in KNOWN_TYPES or len(data) > _LONGEST_TYPE:
        return None
    plain = data.strip().upper().replace("-", "_").replace(" ", "_")
    close = get_close_matches(plain, KNOWN_TYPES, n=1, cutoff=_LIKENESS)
    return close[0] if close else None


def _message_type(message: JSONObject, scene: Scene) -> Iterator[Issue]:
    """P01: `data` names a type this message can be."""
    del scene
    meant = meant_type(message)
    if message.get("data") is None:
        yield stop("P01", "missing", _DATA, meant, types=", ".join(KNOWN_TYPES[:7]))
    elif meant is not None:
        yield stop("P01", path=_DATA, mend=meant, data=shown(message["data"]), meant=meant)


RULES: tuple[Rule, ...] = (Rule("P01", Scope.MESSAGE, "domain 3.3 [B S1; C S2]", _message_type),)
"""The rules of this module."""
