"""Which attempt an answer belongs to; another trip's answer is never applied (reliability 3, fault matrix 12)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from desktop.delivery.attempt import Answered, Attempt, CustomsAnswered, Verb, Way
from desktop.delivery.machine import ANSWER_LIMIT_S, OPEN
from desktop.domain.documents import JSON, JSONObject
from desktop.domain.lifecycle import OutboxState
from desktop.protocol import statuses
from desktop.protocol.kinds import ACE_RESPONSE, ACI_NOTICE, ACI_RESPONSE, API_RESPONSE, kind_of, text_at, unwrapped
from desktop.protocol.session import is_handshake, refuses_key

SPEAKS_OF_ATTEMPTS: Final = frozenset({API_RESPONSE, ACE_RESPONSE, ACI_RESPONSE, ACI_NOTICE})
"""Types of message that may answer an attempt; all others never do."""

_UPLOADS_ONLY: Final = frozenset({"IMPORTED", "IMPORTED_WITH_ERRORS"})

_NEEDS_NO_NAME: Final = frozenset({Verb.QUEUED, Verb.REFUSED, Verb.UNKNOWN})
"""What an answer that names nothing at all may say to the only open message. That something arrived it cannot prove:
it may as well be the late answer to an earlier one."""

_USED: Final = re.compile(r"already (used|exists|in use)|must be unique", re.IGNORECASE)
_BRACKETS: Final = re.compile(r"\[([^\[\]]+)\]")

_FIRST_REQUESTS: Final = frozenset({"COMPLETE_TRIP_AND_SHIPMENTS", "ORIGINAL"})


@dataclass(frozen=True, slots=True)
class Match:
    """An attempt and what a frame says to it."""

    row: Attempt
    event: Answered | CustomsAnswered


def verb_of(status: str) -> Verb:
    """Return what a gateway status means; an unknown one is never guessed to be a success (reliability 1)."""
    if status in statuses.TAKEN:
        return Verb.TAKEN
    if status in statuses.QUEUED:
        return Verb.QUEUED
    if status in statuses.WITH_PROBLEMS:
        return Verb.PROBLEMS
    return Verb.REFUSED if status in statuses.REFUSED else Verb.UNKNOWN


def match(rows: Sequence[Attempt], value: JSON, received_at: datetime) -> Match | None:
    """Return the attempt that a frame answers, and the event it is for it; None where there is none for certain.

    Args:
        rows: attempts of the connection the frame came by; settled ones of the same trips included.
        value: the frame's JSON value.
        received_at: our own receipt (UTC): customs' clocks carry no zone (domain T01).
    """
    value = unwrapped(value)
    if not isinstance(value, dict):
        return None
    kind = kind_of(value)
    rows = [row for row in rows if _same_carrier(row, value)]
    if kind == API_RESPONSE:
        return _gateway(rows, value, received_at)
    if kind in {ACE_RESPONSE, ACI_RESPONSE}:
        return _request(rows, value, received_at) or _first_create(rows, value, received_at)
    if kind == ACI_NOTICE:
        return _first_create(rows, value, received_at)
    return None


def _same_carrier(row: Attempt, value: JSONObject) -> bool:
    theirs = text_at(value, "companyKey")
    return not theirs or not row.company_key or theirs == row.company_key


def _gateway(rows: list[Attempt], value: JSONObject, received_at: datetime) -> Match | None:
    if is_handshake(value) or refuses_key(value):
        return None
    row = _quoted(rows, value) if text_at(value, "sendId") else _unquoted(rows, value, received_at)
    return None if row is None else Match(row, _answer(row, value))


def _quoted(rows: list[Attempt], value: JSONObject) -> Attempt | None:
    send_id = text_at(value, "sendId")
    found = [row for row in rows if row.send_id == send_id and _may_be_about(row, value)]
    return found[0] if len(found) == 1 else None


def _unquoted(rows: list[Attempt], value: JSONObject, received_at: datetime) -> Attempt | None:
    status = text_at(value, "status")
    open_rows = [
        row
        for row in rows
        if row.state in OPEN
        and _may_be_about(row, value)
        and not (row.way is Way.SEND_REQUEST and status in _UPLOADS_ONLY)
    ]
    objected = _identifiers(value)
    open_rows = [row for row in open_rows if _numbers(row) & objected] or open_rows
    given_up = {number for row in rows if _is_given_up(row) and _may_be_about(row, value) for number in _numbers(row)}
    open_rows = [row for row in open_rows if not _numbers(row) & given_up]
    in_flight = [row for row in open_rows if row.state is OutboxState.IN_FLIGHT]
    is_named = bool(_trip(value) or _in_brackets(value) or objected)
    if len(in_flight) == 1:
        is_alone = len(open_rows) == 1 and _is_fresh(in_flight[0], received_at)
        if is_named or (is_alone and verb_of(status) in _NEEDS_NO_NAME):
            return in_flight[0]
    named = [row for row in open_rows if row.trip_number and row.trip_number == _trip(value)]
    return named[0] if len(named) == 1 else None


def _is_fresh(row: Attempt, received_at: datetime) -> bool:
    """Tell whether an attempt went out so lately that nothing else can have gone out behind it (reliability 3.1.3)."""
    return row.written_at is None or received_at - row.written_at < timedelta(seconds=ANSWER_LIMIT_S)


def _is_given_up(row: Attempt) -> bool:
    """Tell whether a person decided about an attempt that may have arrived: its answer may still come.

    An answer without our `sendId` may then be that one's, and says nothing for certain of what went out since.
    """
    return row.state is OutboxState.CANCELLED and row.was_written


def _may_be_about(row: Attempt, value: JSONObject) -> bool:
    """Tell whether nothing in an answer speaks of another trip or shipment than this attempt's."""
    trip = _trip(value)
    if trip:
        return trip == row.trip_number
    ours, named = _numbers(row), _in_brackets(value)
    return not named or not ours or bool(named & ours)


def _numbers(row: Attempt) -> set[str]:
    return {row.trip_number, *row.numbers} - {""}


def _in_brackets(value: JSONObject) -> set[str]:
    return {name.strip() for name in _BRACKETS.findall(text_at(value, "message"))}


def _identifiers(value: JSONObject) -> set[str]:
    errors = value.get("errors")
    found = (
        [text_at(error, "identifier") for error in errors if isinstance(error, dict)]
        if isinstance(errors, list)
        else []
    )
    return set(found) - {""}


def _trip(value: JSONObject) -> str:
    return text_at(value, "tripNumber") or text_at(value, "sendRequest", "tripNumber")


def _answer(row: Attempt, value: JSONObject) -> Answered:
    status = text_at(value, "status")
    errors = value.get("errors")
    notes = [error for error in errors if isinstance(error, dict)] if isinstance(errors, list) else []
    used = [error for error in notes if _USED.search(text_at(error, "note"))]
    return Answered(
        verb=verb_of(status),
        status=status,
        quotes_us=bool(text_at(value, "sendId")),
        says_used=bool(used),
        names_us=any(text_at(error, "identifier") == row.trip_number for error in used),
    )


def _is_later(row: Attempt, received_at: datetime) -> bool:
    return row.written_at is not None and received_at >= row.written_at


def _request(rows: list[Attempt], value: JSONObject, received_at: datetime) -> Match | None:
    """Find the send request a customs answer settles: of this trip and type, written before the answer came."""
    trip = _trip(value)
    asked = text_at(value, "sendRequest", "type")
    requests = [row for row in rows if row.way is Way.SEND_REQUEST and trip and row.trip_number == trip]
    candidates = [
        row
        for row in requests
        if row.state in OPEN
        and _is_later(row, received_at)
        and (row.operation == asked if asked else _alone(row, requests))
    ]
    return Match(candidates[0], CustomsAnswered()) if len(candidates) == 1 else None


def _alone(row: Attempt, requests: list[Attempt]) -> bool:
    """Tell whether no other request of the trip ever went out, so that an answer without a type is this one's."""
    return row.operation in _FIRST_REQUESTS and not any(other.was_written for other in requests if other.id != row.id)


def _first_create(rows: list[Attempt], value: JSONObject, received_at: datetime) -> Match | None:
    """Find the doubtful first CREATE of the trip: customs cannot know a trip that never arrived.

    Once an earlier attempt was taken, such a message may belong to that one and proves nothing.
    """
    trip = _trip(value)
    uploads = [row for row in rows if row.way is Way.UPLOAD and trip and row.trip_number == trip]
    if any(row.state in {OutboxState.ACKED, OutboxState.PARTIAL} for row in uploads):
        return None
    candidates = [
        row
        for row in uploads
        if row.state in {OutboxState.UNCERTAIN, OutboxState.DUP_SUSPECT}
        and row.operation == "CREATE"
        and row.is_first_create
        and _is_later(row, received_at)
    ]
    return Match(candidates[0], CustomsAnswered()) if len(candidates) == 1 else None
