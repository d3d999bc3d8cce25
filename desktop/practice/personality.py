"""How the practice gateway behaves where nobody outside knows how the real one does.

Each switch is one unknown of the protocol reference or of the reliability notes (section 1); each can be set both ways,
so that the program is tried against either truth.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, get_args, get_type_hints

LARGEST_MESSAGE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Personality:
    """The switches of one practice gateway; the defaults are the likelier or the kinder answer.

    Attributes:
        key_type: `carrier` (default): `companyKey` is optional and ignored. `provider`: it is required on every message
            and stands in every answer (protocol 1, keys).
        error_send_id: is `sendId` echoed on refusals? `echo` (default, as clients report) or `none`.
        send_id: is it echoed at all? `echo` (default, as the page says) or `none`: on no answer.
        redeliver: do messages missed while offline wait for the next connection? `yes` (default) or `no`.
        two_sockets: who hears customs when two sockets use one key? `copy` (default): both. `newest`: the younger.
            `share`: in turn. `steal`: the younger gets everything, even the answers to the older one's uploads; in the
            other cases an API answer goes to the asker.
        http_queue: does an open socket drain what HTTP would collect? `shared` (default): there is one queue, and
            a socket gets all of it. `own`: HTTP gets a copy of everything, whatever sockets heard.
        http_body: what HTTP gives out: `array` (default), `object` (one message at a time), `messages` (an array under
            that name), `empty` (an array too). Where nothing waits: `[]`, for `object` `null`, for `empty` no body.
        http_answer: what a POST is answered with: `receipt` (default): a word that it came, the API answer waits to be
            collected. `response`: the API answer itself. `empty`: nothing.
        http_refusal: how HTTP refuses a key or a method: `status` (default): with its HTTP status. `ok`: with 200; the
            error code stands in the body either way.
        unknown_update: UPDATE of a number that is not stored: `fail` (default) or `create`.
        upload_answer: `imported` (default): one answer. `queued_first`: QUEUED, then the outcome. `queued_only`: QUEUED
            and no more.
        imported_word: status of an upload that was stored: `IMPORTED` (default) or `unknown`, one that no list has.
        send_request_ack: first answer to a send request: `TRANSMITTED` (default), `QUEUED` or `none`.
        unknown_trip_request: status for a send request about an unknown trip: `SEND_ERROR` (default) or `DATA_ERROR`.
        missing_operation: a trip without `operation` is taken as `CREATE` (default) or is refused (`refuse`).
        deleted_numbers: after DELETE a number is `free` again (default) or stays `used`.
        bad_shipment: a trip with a bad shipment: `fail` (default): nothing is stored. `leave_out`: IMPORTED_WITH_ERRORS
            without it.
        unknown_fields: members that the reference does not name: `accept` (default) or `refuse`.
        null_values: `null` for an optional member: `accept` (default, as if absent) or `refuse`.
        fragmented: a message in several WebSocket fragments: `cut` (default, what the page warns of): only the first is
            read. `accept`: it is put together.
        rns_company_key: does RNS carry `companyKey` with a provider key? `no` (default, reported) or `yes` (inferred).
        largest_message: bytes above which an upload is refused; the real limit is unknown.
        idle_close_s: seconds without a message after which the gateway closes; 0 (default) is never.
    """

    key_type: Literal["carrier", "provider"] = "carrier"
    error_send_id: Literal["echo", "none"] = "echo"
    send_id: Literal["echo", "none"] = "echo"
    redeliver: Literal["yes", "no"] = "yes"
    two_sockets: Literal["copy", "newest", "share", "steal"] = "copy"
    http_queue: Literal["shared", "own"] = "shared"
    http_body: Literal["array", "object", "messages", "empty"] = "array"
    http_answer: Literal["receipt", "response", "empty"] = "receipt"
    http_refusal: Literal["status", "ok"] = "status"
    unknown_update: Literal["fail", "create"] = "fail"
    upload_answer: Literal["imported", "queued_first", "queued_only"] = "imported"
    imported_word: Literal["IMPORTED", "unknown"] = "IMPORTED"
    send_request_ack: Literal["TRANSMITTED", "QUEUED", "none"] = "TRANSMITTED"
    unknown_trip_request: Literal["SEND_ERROR", "DATA_ERROR"] = "SEND_ERROR"
    missing_operation: Literal["CREATE", "refuse"] = "CREATE"
    deleted_numbers: Literal["free", "used"] = "free"
    bad_shipment: Literal["fail", "leave_out"] = "fail"
    unknown_fields: Literal["accept", "refuse"] = "accept"
    null_values: Literal["accept", "refuse"] = "accept"
    fragmented: Literal["cut", "accept"] = "cut"
    rns_company_key: Literal["no", "yes"] = "no"
    largest_message: int = LARGEST_MESSAGE
    idle_close_s: float = 0.0


def switches() -> dict[str, tuple[str, ...]]:
    """Return each switch with the words it can be set to; a numeric one has none."""
    hints = get_type_hints(Personality)
    return {field.name: tuple(str(word) for word in get_args(hints[field.name])) for field in fields(Personality)}


def wrong_switches(value: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return (switch, kind of problem, allowed words) for everything in `value` that no personality has."""
    known = switches()
    wrong: list[tuple[str, str, str]] = []
    for name, setting in value.items():
        if name not in known:
            wrong.append((name, "unknown_switch", ", ".join(known)))
        elif known[name]:
            if setting not in known[name]:
                wrong.append((name, "unknown_word", ", ".join(known[name])))
        elif isinstance(setting, bool) or not isinstance(setting, int | float) or setting < 0:
            wrong.append((name, "not_a_number", "0"))
    return wrong
