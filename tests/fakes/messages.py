"""One message of every kind that can come, by name, for pictures: known codes, unknown ones, what is no message."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Make = Callable[[str, list[str]], Any]
"""Makes a message about a trip's number and its shipments' numbers; bytes for what is no JSON."""

TIMES = {"dateTime": "2026-11-24 13:01:12", "cbpDateTime": "2026-11-24 13:01:10"}
ACI_TIMES = {"dateTime": "2026-11-24 13:01:12", "cbsaDateTime": "2026-11-24 13:01:10"}


def api(status: str, said: str = "1 trip received", **more: Any) -> Make:
    return lambda trip, _: {
        "data": "API_RESPONSE", "status": status, "message": said, "dateTime": TIMES["dateTime"], "tripNumber": trip,
        **more,
    }  # fmt: skip


def key(status: str) -> Make:
    return lambda *_: {"data": "API_RESPONSE", "status": status, "message": "Access denied"}


def data_error(note: str) -> Make:
    return lambda trip, _: {
        "data": "API_RESPONSE", "status": "DATA_ERROR", "message": "Import failed", "tripNumber": trip,
        "errors": [{"identifier": trip, "note": f"{note} [{trip}]"}],
    }  # fmt: skip


def counts(accepted: int, rejected: int, request: str = "COMPLETE_TRIP_AND_SHIPMENTS", **more: Any) -> Make:
    return lambda trip, _: {
        "data": "ACE_RESPONSE", **TIMES, "sendRequest": {"type": request, "tripNumber": trip},
        "processingResponse": {"shipmentsAccepted": accepted, "shipmentsRejected": rejected}, **more,
    }  # fmt: skip


def refused(code: str, said: str) -> Make:
    return counts(0, 1, validationResponses=[{"code": code, "description": said}])


def shipment(code: str, said: str = "", entry: str = "") -> Make:
    return lambda trip, numbers: {
        "data": "ACE_RESPONSE", **TIMES, "tripNumber": trip,
        "shipmentStatusList": [
            {"shipmentControlNumber": numbers[0], "code": code, "description": said, "entryNumber": entry}
        ],
    }  # fmt: skip


def trip_status(code: str) -> Make:
    return lambda trip, _: {"data": "ACE_RESPONSE", **TIMES, "tripNumber": trip, "tripStatus": code}


def aci(answer: str, request: str = "ORIGINAL", **more: Any) -> Make:
    return lambda trip, _: {
        "data": "ACI_RESPONSE", **ACI_TIMES, "type": answer, "tripNumber": trip,
        "sendRequest": {"type": request, "tripNumber": trip}, **more,
    }  # fmt: skip


def rejected(said: str, field: str = "", text: str = "") -> Make:
    error = {"errorCode": "12", "errorField": field, "errorDescription": said, "errorText": text}
    return aci("REJECT", errorResponses=[error])


def notice(kind: str) -> Make:
    return lambda _, numbers: {"data": "ACI_NOTICE", **ACI_TIMES, "type": kind, "cargoControlNumber": numbers[0]}


def rns(code: str, said: str = "", number: str = "", office: str = "0453") -> Make:
    return lambda _, numbers: {
        "data": "RNS_SHIPMENT", "cargoControlNumber": number or numbers[0], "transactionNumber": "12345678901234",
        "serviceOption": {"number": "911"}, "releaseOffice": {"number": office, "name": ""},
        "status": {"dateTime": "2026-11-24 13:01:10", "releaseCode": {"number": code, "longName": said}},
    }  # fmt: skip


def combined(trip: str, numbers: list[str]) -> Any:
    return {
        "data": "ACE_RESPONSE", **TIMES, "tripNumber": trip,
        "sendRequest": {"type": "COMPLETE_TRIP_AND_SHIPMENTS", "tripNumber": trip},
        "processingResponse": {"shipmentsAccepted": 2, "shipmentsRejected": 0},
        "shipmentStatusList": [
            {"shipmentControlNumber": numbers[0], "code": "1C", "entryNumber": "BRK00000011"},
            {"shipmentControlNumber": numbers[-1], "code": "1H", "description": "AGRICULTURE HOLD"},
            {"shipmentControlNumber": numbers[-1], "code": "QZX", "description": "NOT IN ANY LIST"},
        ],
    }  # fmt: skip


GATEWAY: dict[str, Make] = {
    **{f"api-{one.lower()}": api(one) for one in ("OK", "IMPORTED", "QUEUED", "TRANSMITTED", "COMPLETED")},
    "api-imported_with_errors": api("IMPORTED_WITH_ERRORS", "1 trip imported, weight rounded"),
    "api-processed_with_errors": api("PROCESSED_WITH_ERRORS", "1 shipment skipped"),
    "api-send_error": api("SEND_ERROR", "CBP cannot be reached"),
    "api-sync_error": api("SYNC_ERROR", "sync failed"),
    "api-access_denied": api("ACCESS_DENIED_ERROR", "Access denied"),
    "api-used": data_error("Trip Number is already used (must be unique for a CREATE operation)"),
    "api-missing": data_error("Trip does not exist"),
    "api-weight": data_error("Weight is required"),
    "api-key_denied": key("ACCESS_DENIED_ERROR"),
    "api-key_expired": key("EXPIRED_API_KEY"),
    "api-unknown": api("BLESSED"),
    "alert": lambda *_: {"data": "SYSTEM_ALERT", "message": "CBP answers late today. We watch it.", **TIMES},
    "unknown-type": lambda *_: {"data": "ACE_NOTICE", "note": "<b>new</b>"},
    "unknown-outgoing": lambda *_: {"data": "ACE_TRIP"},
    "unknown-no_type": lambda *_: {"status": "OK"},
    "unknown-not_json": lambda *_: b"<html>502 Bad Gateway</html>",
    "unknown-no_status": lambda *_: {"data": "API_RESPONSE", "status": 4},
}

ACE: dict[str, Make] = {
    "ace-accepted": counts(2, 0),
    "ace-accepted_none": counts(0, 0),
    "ace-changed": counts(2, 0, "AMEND_TRIP_AND_SHIPMENTS"),
    "ace-cancelled": counts(2, 0, "CANCEL_TRIP_AND_SHIPMENTS"),
    "ace-inbond": counts(1, 0, "INBOND_ARRIVAL"),
    "ace-other": counts(1, 0, "NEW_REQUEST"),
    "ace-refused_change": counts(1, 1, "AMEND_TRIP_AND_SHIPMENTS"),
    "ace-refused_partly": counts(1, 1),
    "ace-refused-shipment_on_file": refused("", "SHIPMENT ALREADY ON FILE"),
    "ace-refused-on_file": refused("", "MANIFEST ALREADY ON FILE, DO NOT RESEND"),
    "ace-refused-preliminary": refused("", "MANIFEST RETURNED TO PRELIMINARY"),
    "ace-refused-travel": refused("", "INV TRAVEL DOC NUMBER"),
    "ace-refused-nobody": refused("", "NO PERSON IN CHARGE"),
    "ace-refused-017": refused("017", "INVALID SHIPMENT CONTROL NUMBER"),
    "ace-refused-021": refused("021", "INVALID WEIGHT UNIT"),
    "ace-refused-321": refused("", "SECTION 321 SUSPENDED"),
    "ace-refused-other": refused("999", "SOMETHING NEW"),
    **{f"ace-code-{code}": shipment(code) for code in ("02", "11", "12", "13", "18", "19", "1A", "1B", "1D", "1F")},
    "ace-code-05": shipment("05", "ENTRY ON FILE", "BRK00000011"),
    "ace-code-1C": shipment("1C", "ENTERED AND RELEASED"),
    "ace-code-1G": shipment("1G", "HOLD AT IN-BOND DESTINATION"),
    "ace-code-1H": shipment("1H", "HOLD AT PORT OF ARRIVAL"),
    "ace-code-1I": shipment("1I", "HOLD REMOVED"),
    "ace-code-1J": shipment("1J"),
    "ace-code-unknown": shipment("QZX", "NOT IN ANY LIST"),
    **{f"ace-trip-{code}": trip_status(code) for code in ("AAD", "19", "RTR", "RCO", "HTR", "QZX")},
    "ace-combined": combined,
    "ace-empty": lambda trip, _: {"data": "ACE_RESPONSE", "tripNumber": trip},
}

ACI: dict[str, Make] = {
    "aci-accepted": aci("ACCEPT"),
    "aci-changed": aci("ACCEPT", "CHANGE"),
    "aci-cancelled": aci("ACCEPT", "CANCEL"),
    "aci-unknown": aci("MAYBE"),
    "aci-shipment": lambda _, numbers: {
        "data": "ACI_RESPONSE", "type": "ACCEPT", "cargoControlNumber": numbers[0], "sendRequest": {"type": "ORIGINAL"},
    },
    "aci-refused-linked": rejected("SHIPMENT LINKED TO ANOTHER TRIP", "CargoControlNumber"),
    "aci-refused-duplicate": rejected("DUPLICATE", "ConveyanceReferenceNumber"),
    "aci-refused-not_on_file": rejected("SHIPMENT NOT ON FILE"),
    "aci-refused-status": rejected("INVALID STATUS OF REQUEST"),
    "aci-refused-port": rejected("TRIP PORT DOES NOT MATCH", "PortOfEntry"),
    "aci-refused-used": rejected("ALREADY USED", "CargoControlNumber"),
    "aci-refused-cancel": aci("REJECT", "CANCEL", errorResponses=[{"errorDescription": "CANNOT CANCEL: ARRIVED"}]),
    "aci-refused-silent": aci("REJECT"),
    **{
        f"notice-{kind.lower()}": notice(kind)
        for kind in ("MATCHED", "NOT_MATCHED", "ARRIVAL_REPORTED", "CSA_REPORTED", "RISK_ASSESSED")
    },
    "notice-short": notice("INSUFFICIENT_REVIEW_TIME_WARNING"),
    **{f"rns-{code}": rns(code) for code in ("1", "8", "14", "23", "24", "34", "99")},
    "rns-4": rns("4", "Goods released"),
    "rns-5": rns("5", "Goods referred for examination"),
    "rns-9": rns("9", "Accepted, awaiting arrival of the goods"),
    "rns-other_office": rns("9", office="0440"),
    "rns-nobody": rns("4", "Goods released", number="9SMPPARS900900"),
}  # fmt: skip

EVERY = {**GATEWAY, **ACE, **ACI}
