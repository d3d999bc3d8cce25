"""Rows of the send requests (protocol 7): the same table, for messages that nobody edits in a form."""

from __future__ import annotations

from desktop.domain.field import Field, Kind, Need
from desktop.domain.lifecycle import Regime

_TRIP = Field("request_trip_number", "/tripNumber", "/tripNumber", Kind.CODE, minimum=8, maximum=25, mark="M")
_BUNDLE = "/bundleTripAndShipments"

REQUESTS: tuple[Field, ...] = (
    Field("request_data", "/data", "/data", Kind.CONST, Need.YES, Need.YES, 8, 20, mark="E"),
    Field("request_send_id", "/sendId", "/sendId", Kind.TEXT, minimum=1, maximum=30, mark="I"),
    Field("request_company_key", "/companyKey", "/companyKey", Kind.TEXT, minimum=1, maximum=30, mark="I"),
    Field(
        "request_type_ace", "/type", None, Kind.CODE, Need.YES, minimum=1, maximum=40, codes="ace-send-request-types"
    ),
    Field("request_type_aci", None, "/type", Kind.CODE, Need.NO, Need.YES, 1, 8, codes="aci-send-request-types"),
    _TRIP,
    Field("request_cargo_number", None, "/cargoControlNumber", Kind.CODE, minimum=8, maximum=25),
    Field("request_bundle", None, _BUNDLE, Kind.BOOLEAN, Need.NO, Need.YES),
    Field(
        "request_trip_reason",
        None,
        "/tripAmendmentReasonCode",
        Kind.DIGITS,
        minimum=2,
        maximum=2,
        pattern="[0-9]{2}",
        codes="amendment-reason-codes-aci",
    ),
    Field(
        "request_shipment_reason",
        None,
        "/shipmentAmendmentReasonCode",
        Kind.DIGITS,
        minimum=2,
        maximum=2,
        pattern="[0-9]{2}",
        codes="amendment-reason-codes-aci",
    ),
)
"""Rows of ACE_SEND_REQUEST and ACI_SEND_REQUEST."""

RNS_REQUEST: tuple[Field, ...] = (
    Field("request_data", None, "/data", Kind.CONST, Need.NO, Need.YES, 8, 20, mark="E"),
    Field("request_send_id", None, "/sendId", Kind.TEXT, minimum=1, maximum=30, mark="I"),
    Field("request_company_key", None, "/companyKey", Kind.TEXT, minimum=1, maximum=30, mark="I"),
    Field("request_type_rns", None, "/type", Kind.CODE, Need.NO, Need.YES, 1, 40, mark="C"),
    Field("request_cargo_numbers", None, "/cargoControlNumbers", Kind.TEXT_ARRAY, Need.NO, Need.YES, 1, mark="C"),
    Field("request_cargo_numbers_item", None, "/cargoControlNumbers/*", Kind.CODE, minimum=8, maximum=25, mark="C"),
)
"""Rows of RNS_SEND_REQUEST."""


def rows_of_request(data: str) -> tuple[tuple[str, Field], ...]:
    """Return the rows of a send request by its message type, each with its path."""
    if data == "RNS_SEND_REQUEST":
        return tuple((field.aci, field) for field in RNS_REQUEST if field.aci is not None)
    regime = Regime.ACE if data == "ACE_SEND_REQUEST" else Regime.ACI
    paths = [(field.ace if regime is Regime.ACE else field.aci, field) for field in REQUESTS]
    return tuple((path, field) for path, field in paths if path is not None)
