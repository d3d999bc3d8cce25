"""The practice gateway's desk: reads, judges and stores a message, and words the API_RESPONSE (protocol 2, 7, 8)."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop.clock import Clock
from desktop.practice.answers import table, words
from desktop.practice.customs import KINDS, Request
from desktop.practice.ledger import Ledger, Record
from desktop.practice.personality import Personality
from desktop.practice.rules import (
    KNOWN_DATA,
    REQUESTS,
    SHIPMENTS,
    TRIPS,
    Problem,
    RuleBook,
    note,
    number_label,
    number_of,
)
from desktop.practice.scenario import Happening

WIRE_TIME = "%Y-%m-%d %H:%M:%S"
_LONGEST_SEND_ID = 68
_UNKNOWN_STATUS = "PRACTICE_STATUS"
_ACI_ECHO = ("tripNumber", "cargoControlNumber", "type", "bundleTripAndShipments")


@dataclass(slots=True)
class Message:
    """One message from a client, and what became of it.

    Attributes:
        value: the JSON object; empty if it could not be read.
        data: its type; "" if it has none the gateway knows.
        problems: why it cannot be taken, as far as reading it showed.
        asker: the connection it came on; None for the request that `autoSend` stands for.
        response: the API_RESPONSE, once there is one.
        is_taken: stored, or passed on to customs.
    """

    value: Mapping[str, Any]
    data: str
    operation: str
    company: str
    problems: list[Problem] = field(default_factory=list)
    asker: object | None = None
    response: dict[str, Any] | None = None
    is_taken: bool = False

    @property
    def is_request(self) -> bool:
        """Tell whether it is a send request."""
        return self.data in REQUESTS

    @property
    def number(self) -> str | None:
        """Return its trip or shipment number."""
        return number_of(self.value, self.data) or None


class Gateway:
    """One practice gateway: the message desk before its ledger."""

    def __init__(self, ledger: Ledger, company_keys: tuple[str, ...], clock: Clock) -> None:
        self.ledger = ledger
        self._company_keys = company_keys
        self._clock = clock

    @property
    def personality(self) -> Personality:
        """Return the switches in force."""
        return self.ledger.personality

    def now(self) -> str:
        """Return the gateway's time as it stands on the wire (UTC here; the real zone is unknown)."""
        return self._clock.now().strftime(WIRE_TIME)

    # --- reading ----------------------------------------------------------------------------------------------------

    def take(self, fragments: Sequence[str | bytes], asker: object) -> Message:
        """Read one WebSocket message, given as the fragments it came in."""
        value, complaint = self._read(fragments)
        if complaint is not None:
            return Message({}, "", "", "", [Problem(None, complaint)], asker)
        data = value.get("data")
        if not isinstance(data, str) or data not in KNOWN_DATA:
            kind = "no_data" if data is None else "unknown_data"
            return Message(value, "", "", self.ledger.company_of(value), [Problem(None, words(kind))], asker)
        operation = value.get("operation")
        if operation is None and self.personality.missing_operation == "CREATE":
            operation = "CREATE"
        return Message(
            value, data, operation if isinstance(operation, str) else "", self.ledger.company_of(value), [], asker
        )

    def _read(self, fragments: Sequence[str | bytes]) -> tuple[dict[str, Any], str | None]:
        first = fragments[0] if fragments else ""
        if isinstance(first, bytes):
            return {}, words("binary")
        size = sum(len(part.encode() if isinstance(part, str) else part) for part in fragments)
        if size > self.personality.largest_message:
            return {}, words("too_large", limit=self.personality.largest_message)
        is_cut = len(fragments) > 1 and self.personality.fragmented == "cut"
        whole = first if is_cut else "".join(part for part in fragments if isinstance(part, str))
        value = read_object(whole)
        if value is None:
            return {}, words("fragmented", count=len(fragments)) if is_cut else words("not_json")
        return value, None

    def happening(self, message: Message) -> Happening:
        """Return what a scenario may match of a message."""
        trip = message.number
        record = self._record(message)
        facts: dict[str, Any] = {
            "regime": message.data[:3],
            "data": message.data,
            "operation": message.operation,
            "trip": trip,
            "version": None if record is None else record.version,
            "trip_order": None if record is None else record.order,
        }
        if message.is_request:
            kind = message.value.get("type")
            facts |= {"type": kind, "kind": KINDS.get(kind) if isinstance(kind, str) else None}
        return Happening("send_request" if message.is_request else "upload", facts)

    def _record(self, message: Message) -> Record | None:
        number = message.number
        if number is None:
            return None
        data = f"{message.data[:3]}_TRIP" if message.is_request else message.data
        return self.ledger.find(message.company, data, number)

    # --- uploads ----------------------------------------------------------------------------------------------------

    def answer(self, message: Message) -> dict[str, Any]:
        """Judge a message and carry it out, once; return its API_RESPONSE."""
        if message.response is None:
            message.response = self._request_answer(message) if message.is_request else self._upload_answer(message)
        return message.response

    def _judge(self, message: Message) -> list[Problem]:
        problems = list(message.problems)
        if not message.data:
            return problems
        problems += RuleBook(self.personality, self._company_keys).judge(message.value)
        if message.is_request or any(problem.shipment is None for problem in problems):
            return problems
        if not message.operation:
            problems.append(Problem(message.number, note("operation", message.number)))
        elif message.operation in {"CREATE", "UPDATE", "DELETE"} and not problems:
            problems += self.ledger.problems(message.value, message.operation)
        elif message.operation in {"CREATE", "UPDATE"}:
            bad = {problem.shipment for problem in problems}
            rest = [part for index, part in enumerate(message.value["shipments"]) if index not in bad]
            known = self.ledger.problems({**message.value, "shipments": rest}, message.operation)
            problems += [problem for problem in known if problem.shipment is None]
        return problems

    def _upload_answer(self, message: Message) -> dict[str, Any]:
        problems = self._judge(message)
        if not problems and message.operation in {"SYNC", "CANCEL_SYNC"}:
            return self._refusal(message, [Problem(message.number, note("sync", message.number))], "SYNC_ERROR")
        left_out = frozenset(problem.shipment for problem in problems if problem.shipment is not None)
        is_trip_sound = all(problem.shipment is not None for problem in problems)
        may_leave_out = self.personality.bad_shipment == "leave_out" and message.data in TRIPS and is_trip_sound
        if problems and not may_leave_out:
            return self._refusal(message, problems)
        kept = self.ledger.store(message.value, message.operation, left_out)
        message.is_taken = True
        what, number = table()["what"][message.data], message.number
        if message.operation == "DELETE":
            return self._response(message, "COMPLETED", words("deleted", what=what, number=number))
        counts: dict[str, Any] = {"tripCount": 1} if message.data in TRIPS else {}
        counts["shipmentCount"] = len(kept)
        if problems:
            sentence = words("imported_with_errors", what=what, number=number)
            return self._response(message, "IMPORTED_WITH_ERRORS", sentence, problems, counts)
        word = "IMPORTED" if self.personality.imported_word == "IMPORTED" else _UNKNOWN_STATUS
        return self._response(message, word, words("imported", what=what, number=number), counts=counts)

    def auto_request(self, message: Message) -> Message | None:
        """Return the send request that `autoSend` true stands for after an import, if any."""
        if not message.is_taken or message.value.get("autoSend") is not True or message.operation == "DELETE":
            return None
        regime, number = message.data[:3], message.number
        if message.data == "ACE_SHIPMENT" or number is None:
            return None  # what the gateway makes of a lone ACE shipment is not known
        is_filed = (message.company, regime, number) in self.ledger.filed
        value: dict[str, Any] = {"data": f"{regime}_SEND_REQUEST"}
        if regime == "ACE":
            value |= {"type": f"{'AMEND' if is_filed else 'COMPLETE'}_TRIP_AND_SHIPMENTS", "tripNumber": number}
        else:
            member = "cargoControlNumber" if message.data in SHIPMENTS else "tripNumber"
            value |= {member: number, "type": "CHANGE" if is_filed else "ORIGINAL", "bundleTripAndShipments": True}
        return Message(value, value["data"], "", message.company, is_taken=True)

    # --- send requests ----------------------------------------------------------------------------------------------

    def _request_answer(self, message: Message) -> dict[str, Any]:
        problems = self._judge(message)
        if problems:
            return self._refusal(message, problems)
        kind = message.value["type"]
        if kind not in KINDS or (message.data == "RNS_SEND_REQUEST") != (KINDS[kind] == "status"):
            return self._refusal(message, [Problem(message.number, words("unknown_type"))], "SEND_ERROR")
        missing = self._missing(message)
        if missing is not None:
            return self._refusal(message, [missing], self.personality.unknown_trip_request)
        message.is_taken = True
        what = table()["what"][message.data]
        number = message.number or message.value.get("cargoControlNumber") or kind
        status = "QUEUED" if self.personality.send_request_ack == "QUEUED" else "TRANSMITTED"
        return self._response(message, status, words(f"request_{status.lower()}", what=what, number=number))

    def _missing(self, message: Message) -> Problem | None:
        regime, value = message.data[:3], message.value
        for member, data in (("tripNumber", f"{regime}_TRIP"), ("cargoControlNumber", "ACI_SHIPMENT")):
            number = value.get(member)
            if isinstance(number, str) and self.ledger.find(message.company, data, number) is None:
                return Problem(number, words("unknown_trip", label=number_label(data), number=number))
        return None

    def request(self, message: Message) -> Request:
        """Return what customs get of a send request that was taken."""
        value, regime = message.value, message.data[:3]
        members = ("type", "tripNumber") if regime == "ACE" else _ACI_ECHO
        return Request(
            regime=regime,
            kind=KINDS[value["type"]],
            echo={member: value[member] for member in members if member in value},
            company=message.company,
            trip=value.get("tripNumber"),
            shipment=value.get("cargoControlNumber"),
            is_bundle=value.get("bundleTripAndShipments") is not False,
        )

    # --- words ------------------------------------------------------------------------------------------------------

    def handshake(self, *, is_good: bool) -> dict[str, Any]:
        """Return the answer to the first frame."""
        status, sentence = ("OK", "connected") if is_good else ("ACCESS_DENIED_ERROR", "denied")
        return {"data": "API_RESPONSE", "status": status, "message": words(sentence), "dateTime": self.now()}

    def queued(self, message: Message) -> dict[str, Any]:
        """Return the first of two answers: QUEUED."""
        sentence = words("queued", what=table()["what"].get(message.data, ""), number=message.number or "")
        return self._response(message, "QUEUED", sentence)

    def refuse(self, message: Message, status: str, sentence: str) -> dict[str, Any]:
        """Return a refusal the scenario asks for; nothing is stored."""
        suffix = "" if message.number is None else f" [{message.number}]"
        message.response = self._refusal(message, [Problem(message.number, sentence + suffix)], status)
        return message.response

    def _refusal(self, message: Message, problems: list[Problem], status: str = "DATA_ERROR") -> dict[str, Any]:
        what = table()["what"].get(message.data)
        if what is None:
            sentence = words("unreadable")
        elif message.is_request:
            sentence = words("request_failed", what=what, number=message.number or "")
        elif message.number is None:
            sentence = words("failed_nameless", what=what)
        else:
            sentence = words("failed", what=what, number=message.number)
        return self._response(message, status, sentence, problems)

    def _response(
        self,
        message: Message,
        status: str,
        sentence: str,
        problems: Sequence[Problem] = (),
        counts: Mapping[str, int] | None = None,
    ) -> dict[str, Any]:
        """Return an API_RESPONSE with its members in the order of the page's examples."""
        response: dict[str, Any] = {"data": "API_RESPONSE", "status": status, "message": sentence}
        if problems:
            response["errors"] = [problem.on_wire() for problem in problems]
        response["dateTime"] = self.now()
        response |= counts or {}
        trip = message.value.get("tripNumber")
        if isinstance(trip, str):
            response["tripNumber"] = trip
        send_id = message.value.get("sendId")
        is_shown = self.personality.send_id == "echo" and (not problems or self.personality.error_send_id == "echo")
        if isinstance(send_id, str) and 0 < len(send_id) <= _LONGEST_SEND_ID and is_shown:
            response["sendId"] = send_id
        if self.personality.key_type == "provider" and message.company:
            response["companyKey"] = message.company
        return response


def read_object(content: str) -> dict[str, Any] | None:
    """Return the JSON object in a text, strictly: no NaN, no number beyond a double, no name twice."""

    def no_constant(name: str) -> float:
        raise ValueError(name)

    def finite(digits: str) -> float:
        number = float(digits)
        if not math.isfinite(number):
            raise ValueError(digits)
        return number

    def pairs_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        if len(members) != len(pairs):
            raise ValueError("a name stands twice")
        return members

    try:
        value = json.loads(content, parse_constant=no_constant, parse_float=finite, object_pairs_hook=pairs_once)
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
