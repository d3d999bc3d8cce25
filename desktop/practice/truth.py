"""What a careful reader of every message the practice service made would say of each trip.

This is a second, independent reading of the reference (domain 4.5, 5.4; protocol 9 to 12): it shares no code with the
program's own, so that the two can be held against each other. Messages count in the order in which customs made them,
once each, however often and in whatever order they were handed over. What a code means stands in `meanings.json`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from desktop import assets

Key = tuple[str, str, str]
"""Company, regime, number."""

_RELEASED = frozenset({"released", "released_cfia"})
_CLEARED = _RELEASED | {"entry", "set"}
_CANCELS = frozenset({"CANCEL_TRIP_AND_SHIPMENTS", "CANCEL"})


@dataclass(slots=True)
class ShipmentTruth:
    """What was said of one shipment.

    Attributes:
        word: what the last word on it means (`meanings.json`); empty while there was none.
        code: the last code, understood or not.
        link: `matched` or `not_matched`; empty while CBSA said neither.
        holds: holds placed and not taken off, by kind.
        unknown: codes that are in no list.
    """

    word: str = ""
    code: str = ""
    link: str = ""
    holds: dict[str, int] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    @property
    def held(self) -> int:
        """How many holds stand."""
        return sum(self.holds.values())

    @property
    def is_released(self) -> bool:
        """Whether customs let it go and nothing holds it."""
        return self.word in _RELEASED and not self.held

    @property
    def is_cleared(self) -> bool:
        """Whether the broker's side is on file, or it is released; a hold stands beside that and is counted apart."""
        return self.word in _RELEASED or (self.word in _CLEARED and self.link != "not_matched")

    def said(self, code: str, word: str | None) -> None:
        """Take in one code of customs; `word` is its meaning, None for a code nobody knows."""
        self.code = code
        if word is None:
            self.unknown.append(code)
            return
        kind, _, place = word.partition(":")
        if kind == "hold":
            self.holds[place] = self.holds.get(place, 0) + 1
        elif kind == "hold_off":
            self.holds[place] = max(0, self.holds.get(place, 0) - 1)
        elif kind in {"matched", "not_matched"}:
            self.link = kind
        elif kind == "received" and self.word:
            return
        elif kind != "note":
            self.word = kind


@dataclass(slots=True)
class TripTruth:
    """What was said of one trip and its shipments.

    Attributes:
        answer: `accepted`, `refused` or `cancelled`: customs' last word on a request; empty while there was none.
        accepted_at: the gateway's time of the acceptance that put it on file; empty while it is not.
        has_short_review: CBSA warned that the time for its review is too short.
        shipments: by number, in the order of the trip.
    """

    answer: str = ""
    accepted_at: str = ""
    is_arrived: bool = False
    is_let_go: bool = False
    is_held: bool = False
    has_short_review: bool = False
    unknown: list[str] = field(default_factory=list)
    shipments: dict[str, ShipmentTruth] = field(default_factory=dict)

    @property
    def is_on_file(self) -> bool:
        """Whether customs has it as it was last sent."""
        return self.answer == "accepted"

    @property
    def cleared(self) -> int:
        """How many shipments are cleared."""
        return sum(one.is_cleared for one in self.shipments.values())

    @property
    def holds(self) -> int:
        """All holds that stand, on the trip and on its shipments."""
        return self.is_held + sum(one.held for one in self.shipments.values())

    @property
    def is_released(self) -> bool:
        """Whether the truck may go: CBP's word for the trip; CBSA has none, its shipments speak for it."""
        return self.is_let_go or (bool(self.shipments) and all(one.is_released for one in self.shipments.values()))


class Truth:
    """Reads the messages as they are made."""

    def __init__(self) -> None:
        self._trips: dict[Key, TripTruth] = {}
        self._shipments: dict[Key, ShipmentTruth] = {}

    def of(self, company: str, regime: str, trip: str, shipments: Iterable[str]) -> TripTruth:
        """Return what was said of a trip whose shipments bear these numbers."""
        found = self._trip(company, regime, trip)
        found.shipments = {number: self._shipment(company, regime, number) for number in shipments}
        return found

    def is_arrived(self, company: str, regime: str, trip: str) -> bool:
        """Tell whether customs said of a trip that its truck is there, or let it go."""
        found = self._trips.get((company, regime, trip))
        return found is not None and found.is_arrived

    def made(self, message: Mapping[str, Any], company: str) -> None:
        """Take in one message of customs about this company's goods; nothing of one that is not shaped as any is."""
        with contextlib.suppress(KeyError, TypeError, AttributeError):
            self._made(message, company)

    def _made(self, message: Mapping[str, Any], company: str) -> None:
        data = message.get("data")
        if data == "ACE_RESPONSE":
            self._ace(message, company)
        elif data == "ACI_RESPONSE":
            self._aci(message, company)
        elif data == "ACI_NOTICE":
            self._notice(message, company)
        elif data == "RNS_SHIPMENT":
            code = str(message["status"]["releaseCode"].get("number", ""))
            self._shipment(company, "ACI", message["cargoControlNumber"]).said(code, _meanings("rns").get(code))

    def _trip(self, company: str, regime: str, number: str) -> TripTruth:
        return self._trips.setdefault((company, regime, number), TripTruth())

    def _shipment(self, company: str, regime: str, number: str) -> ShipmentTruth:
        return self._shipments.setdefault((company, regime, number), ShipmentTruth())

    def _ace(self, message: Mapping[str, Any], company: str) -> None:
        request = message.get("sendRequest", {})
        trip = self._trip(company, "ACE", message.get("tripNumber") or request.get("tripNumber", ""))
        counts = message.get("processingResponse", {})
        if message.get("validationResponses") or counts.get("shipmentsRejected"):
            _answered(trip, message, is_yes=False)
        elif counts:
            _answered(trip, message, is_yes=True)
        if "tripStatus" in message:
            _trip_status(trip, str(message["tripStatus"]))
        for one in message.get("shipmentStatusList", ()):
            word = _meanings("ace").get(one["code"])
            if word == "arrived":
                trip.is_arrived = True
            self._shipment(company, "ACE", one["shipmentControlNumber"]).said(
                one["code"], "note" if word == "arrived" else word
            )

    def _aci(self, message: Mapping[str, Any], company: str) -> None:
        request = message.get("sendRequest", {})
        number = message.get("tripNumber") or request.get("tripNumber")
        if number:
            _answered(self._trip(company, "ACI", number), message, is_yes=message.get("type") == "ACCEPT")

    def _notice(self, message: Mapping[str, Any], company: str) -> None:
        kind = str(message.get("type"))
        word = _meanings("notices").get(kind)
        numbers = [
            message.get("cargoControlNumber"),
            *(one["cargoControlNumber"] for one in message.get("references", ())),
        ]
        trip = None if "tripNumber" not in message else self._trip(company, "ACI", message["tripNumber"])
        if trip is not None:
            trip.is_arrived |= word == "arrived"
            trip.has_short_review |= word == "short_review"
            if word is None:
                trip.unknown.append(kind)
        for number in numbers:
            if number:
                self._shipment(company, "ACI", number).said(
                    kind, "note" if word in {"arrived", "short_review"} else word
                )


def _answered(trip: TripTruth, message: Mapping[str, Any], *, is_yes: bool) -> None:
    is_cancel = message.get("sendRequest", {}).get("type") in _CANCELS
    if is_yes and is_cancel:
        trip.answer, trip.accepted_at = "cancelled", ""
        trip.is_held = trip.has_short_review = False
    elif is_yes:
        trip.answer, trip.accepted_at = "accepted", trip.accepted_at or str(message.get("dateTime", ""))
    elif not is_cancel:  # a cancellation that was refused leaves the trip as it was
        trip.answer = "refused"


def _trip_status(trip: TripTruth, code: str) -> None:
    word = _meanings("trip").get(code)
    if word is None:
        trip.unknown.append(code)
    elif word == "held":
        trip.is_held = True
    elif word == "released":
        trip.is_arrived, trip.is_let_go, trip.is_held = True, True, False
    else:
        trip.is_arrived = True


@cache
def _meanings(of: str) -> Mapping[str, str]:
    found: Mapping[str, str] = assets.read_json("practice/meanings.json")[of]
    return found
