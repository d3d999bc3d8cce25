"""How practice customs decide on a send request: by what they have on file (domain rules 4.6, 4.8, 5.5, 5.6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop.practice.ledger import Ledger, Record

KINDS = {
    "COMPLETE_TRIP_AND_SHIPMENTS": "file",
    "AMEND_TRIP_AND_SHIPMENTS": "change",
    "CANCEL_TRIP_AND_SHIPMENTS": "cancel",
    "INBOND_ARRIVAL": "inbond",
    "INBOND_EXPORT": "inbond",
    "ORIGINAL": "file",
    "CHANGE": "change",
    "AMEND": "change",
    "CANCEL": "cancel",
    "STATUS_QUERY": "status",
}
"""What each known type of send request asks for (protocol 7)."""


@dataclass(frozen=True, slots=True)
class Request:
    """A send request that the gateway has passed on to customs.

    Attributes:
        regime: ACE or ACI.
        kind: file, change, cancel, inbond or status.
        echo: `sendRequest` as the answer repeats it.
        trip: number of the trip; None for a request about one ACI shipment.
        shipment: cargo control number of a request about one shipment.
        is_bundle: are the shipments filed with the trip?
    """

    regime: str
    kind: str
    echo: Mapping[str, Any]
    company: str
    trip: str | None
    shipment: str | None = None
    is_bundle: bool = True


class Customs:
    """CBP and CBSA of one practice service."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def shipments(self, request: Request) -> list[Record]:
        """Return the stored shipments that a request is about."""
        if request.trip is not None:
            return self._ledger.shipments_of(request.company, f"{request.regime}_TRIP", request.trip)
        record = self._ledger.find(request.company, f"{request.regime}_SHIPMENT", request.shipment or "")
        return [] if record is None else [record]

    def reason_against(self, request: Request) -> str | None:
        """Return the name of the reason to refuse a request (`answers.json`, reasons), or None to accept it."""
        subject = (request.company, request.regime, request.trip or request.shipment or "")
        is_filed = subject in self._ledger.filed
        if request.kind == "inbond":
            return None
        if request.kind != "file" and not is_filed:
            return "ace_not_on_file" if request.regime == "ACE" else "aci_invalid_status"
        if request.kind == "file" and is_filed:
            return "ace_manifest_already_on_file" if request.regime == "ACE" else "aci_invalid_status"
        if request.kind == "cancel":
            return self._reason_against_cancelling(request)
        if request.trip is None:
            return None
        return self._reason_against_change(request, request.trip) or self._reason_in_shipments(request, request.trip)

    def _reason_against_cancelling(self, request: Request) -> str | None:
        """Nothing that has arrived is cancelled (domain 4.7, 5.5)."""
        if request.trip is None or not self._ledger.truth.is_arrived(request.company, request.regime, request.trip):
            return None
        return "ace_cannot_cancel" if request.regime == "ACE" else "aci_cannot_cancel"

    def _reason_against_change(self, request: Request, trip: str) -> str | None:
        """CBP changes neither day nor shipments; CBSA not the shipments of what has arrived (domain 4.8, 5.6)."""
        before = self._ledger.as_filed.get((request.company, request.regime, trip))
        if request.kind != "change" or before is None:
            return None
        now = self._facts(request, trip)
        if request.regime == "ACE":
            return "ace_returned_to_preliminary" if now != before else None
        is_there = self._ledger.truth.is_arrived(request.company, "ACI", trip)
        return "aci_invalid_status" if is_there and now[1] != before[1] else None

    def _facts(self, request: Request, trip: str) -> tuple[str, frozenset[str]]:
        """Return the day of arrival and the shipments of a trip as the gateway has it now."""
        stored = self._ledger.find(request.company, f"{request.regime}_TRIP", trip)
        arrival = "" if stored is None else stored.document.get("estimatedArrivalDateTime")
        day = arrival[:10] if isinstance(arrival, str) else ""
        return day, frozenset(record.number for record in self.shipments(request))

    def _reason_in_shipments(self, request: Request, trip: str) -> str | None:
        shipments = self.shipments(request)
        linked = self._ledger.linked
        for record in shipments:
            older = linked.get((request.company, request.regime, record.number), "")
            if older not in {"", trip}:
                is_ace = request.regime == "ACE"
                return "ace_shipment_already_on_file" if is_ace else "aci_linked_to_another_trip"
        if request.regime == "ACE":
            return None
        stored = self._ledger.find(request.company, "ACI_TRIP", trip)
        port = None if stored is None else stored.document.get("portOfEntry")
        for record in shipments:
            if record.number == trip:
                return "aci_duplicate"
            if record.document.get("portOfEntry", port) != port:
                return "aci_port_mismatch"
            if not request.is_bundle and (request.company, request.regime, record.number) not in linked:
                return "aci_shipment_not_on_file"
        return None

    def accept(self, request: Request) -> frozenset[str]:
        """Put an accepted request into customs' book; return the shipments that are new on file."""
        subject = (request.company, request.regime, request.trip or request.shipment or "")
        numbers = [record.number for record in self.shipments(request)]
        linked = self._ledger.linked
        mine = [key for key, trip in linked.items() if key[:2] == subject[:2] and trip == subject[2]]
        if request.kind == "cancel":
            self._ledger.filed.discard(subject)
            self._ledger.as_filed.pop(subject, None)
            for key in mine:
                del linked[key]
            linked.pop(subject, None)
            return frozenset()
        if request.kind not in {"file", "change"}:
            return frozenset()
        fresh = frozenset(number for number in numbers if (request.company, request.regime, number) not in linked)
        self._ledger.filed.add(subject)
        if request.trip is not None:
            self._ledger.as_filed[subject] = self._facts(request, request.trip)
        for key in mine:
            if key[2] not in numbers:
                del linked[key]
        for number in numbers:
            linked[request.company, request.regime, number] = request.trip or ""
        return fresh
