"""Frames that no gateway should send: what a careful client must survive (reliability notes 5, rows 18 and 19)."""

from __future__ import annotations

_DEPTH = 100_000
_BIG = 16 * 1024 * 1024

_FRAMES: dict[str, str | bytes] = {
    "not_json": "this is not JSON",
    "truncated": '{"data": "ACE_RESPONSE", "sendRequest": {"type": "COMPLETE',
    "empty": "",
    "unknown_data": '{"data": "PRACTICE_NONSENSE", "message": "a type nobody knows"}',
    "no_data": '{"dateTime": "2026-01-02 03:04:05", "message": "no type at all"}',
    "array": '[{"data": "ACI_NOTICE"}, 1, "two", null]',
    "number": "42",
    "wrong_types": '{"data": "ACE_RESPONSE", "dateTime": 7, "sendRequest": "none", "processingResponse": [true], '
    '"shipmentStatusList": {"code": "1C"}}',
    "nulls": '{"data": "RNS_SHIPMENT", "cargoControlNumber": null, "status": null, "releaseOffice": null}',
    "nan": '{"data": "API_RESPONSE", "status": "IMPORTED", "tripCount": NaN}',
    "duplicate_keys": '{"data": "API_RESPONSE", "status": "DATA_ERROR", "status": "IMPORTED", "message": "twice"}',
    "surrogate": '{"data": "SYSTEM_ALERT", "message": "\\ud800"}',
    "binary": b"\x00\xff\xfe\x01practice",
}

KINDS = (*_FRAMES, "deep", "big")


def frame(kind: str, size: int | None = None) -> str | bytes:
    """Return one frame of nonsense.

    Args:
        kind: one of `KINDS`.
        size: bytes of a `big` frame (default 16 MiB); its content is valid JSON of an unknown type.
    """
    if kind == "deep":
        return '{"data": "SYSTEM_ALERT", "message": ' + "[" * _DEPTH + "]" * _DEPTH + "}"
    if kind == "big":
        head, tail = '{"data": "PRACTICE_NONSENSE", "message": "', '"}'
        return head + "x" * max(0, (size or _BIG) - len(head) - len(tail)) + tail
    return _FRAMES[kind]
