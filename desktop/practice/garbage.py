"""Frames that no gateway should send: what a careful client must survive (reliability notes 5, rows 18 and 19)."""

from __future__ import annotations

import zlib

_DEPTH = 100_000
_BIG = 16 * 1024 * 1024


class Text(bytes):
    """Goes out as a text frame, whatever stands in it."""

    __slots__ = ()


class Raw(bytes):
    """Goes out as it is, past the WebSocket library: its frame header is part of it."""

    __slots__ = ()


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
    "bad_text": Text(b'{"data": "SYSTEM_ALERT", "message": "\xff\xfe\xc0"}'),
    "binary": b"\x00\xff\xfe\x01practice",
}

KINDS = (*_FRAMES, "bomb", "deep", "big")


def frame(kind: str, size: int | None = None) -> str | bytes:
    """Return one frame of nonsense.

    Args:
        kind: one of `KINDS`.
        size: bytes of a `big` frame (default 16 MiB), whose content is valid JSON of an unknown type; or those that a
            `bomb` would unfold to: a compressed frame, though nobody agreed to compression.
    """
    if kind == "deep":
        return '{"data": "SYSTEM_ALERT", "message": ' + "[" * _DEPTH + "]" * _DEPTH + "}"
    if kind == "big":
        head, tail = '{"data": "PRACTICE_NONSENSE", "message": "', '"}'
        return head + "x" * max(0, (size or _BIG) - len(head) - len(tail)) + tail
    if kind == "bomb":
        squeezer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        body = squeezer.compress(b" " * (size or _BIG)) + squeezer.flush(zlib.Z_SYNC_FLUSH)
        return Raw(b"\xc1\x7f" + len(body).to_bytes(8, "big") + body)
    return _FRAMES[kind]
