"""The far end of the simulation: takes messages, keeps the book that decides who was right, words its answers.

Written from the protocol reference, apart from the program and from the practice service.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from simulation.faults import Dice

FINAL = frozenset({"OK", "IMPORTED", "TRANSMITTED", "COMPLETED", "DATA_ERROR", "SEND_ERROR", "IMPORTED_WITH_ERRORS"})

Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Nature:
    """The unknowns of the real gateway, as this one is (reliability 1).

    Attributes:
        echoes_on_errors: whether a refusal quotes the `sendId`.
        redelivers: whether what could not be said waits for the next connection.
        creates_by_update: whether an UPDATE of an unknown trip makes it.
        request_ack: first answer to a send request: TRANSMITTED, QUEUED or none.
        names_trips: whether answers bear the trip's number.
    """

    echoes_on_errors: bool
    redelivers: bool
    creates_by_update: bool
    request_ack: str
    names_trips: bool


def nature_of(dice: Dice) -> Nature:
    """Draw one."""
    chance = dice.random
    return Nature(
        echoes_on_errors=chance.random() < 0.7,
        redelivers=chance.random() < 0.7,
        creates_by_update=chance.random() < 0.4,
        request_ack=chance.choice(["TRANSMITTED", "TRANSMITTED", "QUEUED", ""]),
        names_trips=chance.random() < 0.7,
    )


@dataclass(slots=True)
class Taken:
    """What became of one message.

    Attributes:
        fate: `stored`, `problems` or `refused`.
        answers: what the gateway says, in order.
        customs: what customs says later.
    """

    message: dict[str, Any]
    fate: str
    answers: list[Answer] = field(default_factory=list)
    customs: list[Answer] = field(default_factory=list)


class FarEnd:
    """Gateway and customs, and their book.

    Attributes:
        arrivals: how often each `sendId` came.
        fates: what became of each `sendId`, one word for each arrival.
        imports: how often a trip was created, by company and number.
        filed: trips customs have accepted, by company and number.
    """

    def __init__(self, nature: Nature, stamp: Callable[[], str]) -> None:
        self.nature = nature
        self._stamp = stamp
        self._said = 0
        self.trips: dict[tuple[str, str], dict[str, Any]] = {}
        self.arrivals: Counter[str] = Counter()
        self.fates: dict[str, list[str]] = {}
        self.imports: Counter[tuple[str, str]] = Counter()
        self.filed: set[tuple[str, str]] = set()
        self.contradicted: set[str] = set()

    def take(self, payload: bytes, *, spoils: str = "") -> Taken:
        """Judge a message that came whole, and keep it.

        Args:
            payload: its bytes.
            spoils: `refuse`: a reason of its own to refuse it; `problems`: it is taken with problems.
        """
        message = json.loads(payload)
        send_id, key = message["sendId"], (message.get("companyKey", ""), message["tripNumber"])
        is_request = message["data"].endswith("_SEND_REQUEST")
        fate, note = self._judge(message, key, is_request=is_request, spoils=spoils)
        self.arrivals[send_id] += 1
        self.fates.setdefault(send_id, []).append(fate)
        taken = Taken(message, fate)
        if fate == "refused":
            status = "SEND_ERROR" if is_request else "DATA_ERROR"
            errors = [{"identifier": key[1], "note": f"{note} [{key[1]}]"}]
            taken.answers.append(self.word(message, status, errors=errors, quotes=self.nature.echoes_on_errors))
        elif is_request:
            if self.nature.request_ack:
                taken.answers.append(self.word(message, self.nature.request_ack))
            taken.customs.append(self._customs(message, key))
        else:
            self._store(message, key)
            taken.answers.append(self.word(message, "IMPORTED_WITH_ERRORS" if fate == "problems" else "IMPORTED"))
            if message.get("autoSend"):
                taken.customs.append(self._customs(message, key))
        return taken

    def _judge(
        self, message: dict[str, Any], key: tuple[str, str], *, is_request: bool, spoils: str
    ) -> tuple[str, str]:
        is_known = key in self.trips
        if is_request:
            return ("stored", "") if is_known and spoils != "refuse" else ("refused", "There is no such trip")
        if message["operation"] == "CREATE" and is_known:
            return "refused", "Trip Number is already used and must be unique for a CREATE operation"
        if message["operation"] != "CREATE" and not is_known and not self.nature.creates_by_update:
            return "refused", "There is no trip of this number"
        if spoils == "refuse":
            return "refused", "Driver is not known"
        return ("problems" if spoils == "problems" else "stored"), ""

    def _store(self, message: dict[str, Any], key: tuple[str, str]) -> None:
        if message["operation"] == "CREATE":
            self.imports[key] += 1
        self.trips[key] = message

    def word(
        self, message: dict[str, Any], status: str, *, errors: list[Any] | None = None, quotes: bool = True
    ) -> Answer:
        """Return an API_RESPONSE to a message."""
        answer: Answer = {"data": "API_RESPONSE", "status": status, "message": f"{status} [{message['tripNumber']}]"}
        if errors:
            answer["errors"] = errors
        answer["dateTime"] = self.stamp()
        if self.nature.names_trips:
            answer["tripNumber"] = message["tripNumber"]
        if quotes:
            answer["sendId"] = message["sendId"]
        if message.get("companyKey"):
            answer["companyKey"] = message["companyKey"]
        return answer

    def _customs(self, message: dict[str, Any], key: tuple[str, str]) -> Answer:
        self.filed.add(key)
        regime = message["data"][:3]
        first = "COMPLETE_TRIP_AND_SHIPMENTS" if regime == "ACE" else "ORIGINAL"
        asked = {"type": message.get("type", first), "tripNumber": key[1]}
        answer: Answer = {"data": f"{regime}_RESPONSE", "dateTime": self.stamp(), "sendRequest": asked}
        if message.get("companyKey"):
            answer["companyKey"] = message["companyKey"]
        if regime == "ACE":
            return answer | {"processingResponse": {"shipmentsRejected": 0, "shipmentsAccepted": 1}}
        return answer | {"type": "ACCEPT"}

    def stamp(self) -> str:
        """Return the far end's time, different each time."""
        self._said += 1
        return f"{self._stamp()}.{self._said}"
