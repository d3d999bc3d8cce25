"""Reads what the gateway's HTTP twin answers: its messages, cut out byte for byte, and its own refusals (protocol 1).

The shape of a body is not confirmed: an array, one object, `{"messages": []}`, null or nothing at all are taken.
"""

from __future__ import annotations

import json
from typing import Final

from desktop.domain.documents import JSON
from desktop.protocol.kinds import FAILURES, text_at
from desktop.protocol.session import KEY_REFUSALS
from desktop.protocol.strict_json import UnreadableJSON, read

TOO_MANY: Final = "TOO_MANY_REQUESTS"

_AT_THE_DOOR: Final = KEY_REFUSALS | {TOO_MANY, "WRONG_HTTP_METHOD"}
_SUCCESSES: Final = frozenset({"SUCCESS", "OK"})
_OF_A_RECEIPT: Final = frozenset({"status", "message", "errorCode", "messages"})
_SPACE: Final = " \t\n\r"
_DECODER: Final = json.JSONDecoder()


def messages_in(body: bytes) -> list[bytes]:
    """Return the messages of a body, each exactly as it stands in it; nothing where it says that there are none.

    What cannot be taken apart for certain is one message: nothing received is ever dropped (reliability 4.2). An
    envelope that says more than `messages` comes first, whole, because what it says is known nowhere else.
    """
    try:
        text = body.decode()
        start = _skip(text, 0)
        if start == len(text):
            return []
        value, end = _DECODER.raw_decode(text, start)
        if _skip(text, end) != len(text):
            return [body]
        if value is None:
            return []
        if isinstance(value, list):
            return _elements(text, start)
        if is_receipt(value):
            return []
        if isinstance(value, dict) and "data" not in value and isinstance(value.get("messages"), list):
            inner = _elements(text, _member(text, start, "messages"))
            return inner if _says_no_more(value) else [body, *inner]
    except (ValueError, RecursionError):
        return [body]
    return [body]


def answers_in(body: bytes) -> list[bytes]:
    """Return the messages in the answer to something that was sent; a bare receipt is kept too, as evidence."""
    return messages_in(body) or ([body] if body.strip() not in {b"", b"null", b"[]"} else [])


def _says_no_more(value: dict[str, JSON]) -> bool:
    return set(value) <= _OF_A_RECEIPT and not value.get("errorCode")


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SPACE:
        at += 1
    return at


def _elements(text: str, start: int) -> list[bytes]:
    """Return the elements of the array that begins at `start`; the text was read before and is known to be JSON."""
    found: list[bytes] = []
    at = _skip(text, start + 1)
    while text[at] != "]":
        _, end = _DECODER.raw_decode(text, at)
        found.append(text[at:end].encode())
        at = _skip(text, end)
        if text[at] == ",":
            at = _skip(text, at + 1)
    return found


def _member(text: str, start: int, name: str) -> int:
    """Return where the value of the last member of this name begins: the reader takes the last one, too."""
    found = -1
    at = _skip(text, start + 1)
    while text[at] != "}":
        key, end = _DECODER.raw_decode(text, at)
        at = _skip(text, _skip(text, end) + 1)  # behind the colon
        if key == name:
            found = at
        _, end = _DECODER.raw_decode(text, at)
        at = _skip(text, end)
        if text[at] == ",":
            at = _skip(text, at + 1)
    return found


def refusal_in(body: bytes) -> str:
    """Return the code with which the gateway refused a request at its door; empty where it did not.

    Such a body is no message: nothing of the request was looked at. `FAILED_TO_IMPORT_DATA` and codes not known here
    are no such thing: they speak of what was sent.
    """
    try:
        value = read(body)
    except UnreadableJSON:
        return ""
    if not isinstance(value, dict) or "data" in value or text_at(value, "status") not in FAILURES:
        return ""
    code = text_at(value, "errorCode")
    return code if code in _AT_THE_DOOR else ""


def is_receipt(value: JSON) -> bool:
    """Tell whether a body only says that a request came well, which is no news for the inbox."""
    return (
        isinstance(value, dict)
        and text_at(value, "status") in _SUCCESSES
        and _says_no_more(value)
        and not value.get("messages")
    )


def is_web_page(body: bytes, content_type: str) -> bool:
    """Tell whether a page for a browser came: a network that wants a sign-in first, or a proxy, answers with one."""
    return content_type.partition(";")[0].strip().lower() == "text/html" or body.lstrip()[:1] == b"<"
