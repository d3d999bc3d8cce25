"""What the practice gateway has stored and what practice customs have on file: two books, kept apart.

Numbers belong to a company (with a carrier's key there is only one) and to a regime.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.practice.personality import Personality
from desktop.practice.rules import TRIPS, Problem, note, number_label, number_of
from desktop.practice.truth import TripTruth, Truth

Key = tuple[str, str, str]
"""Company, `data` of the record, number."""


@dataclass(slots=True)
class Record:
    """One stored trip or shipment.

    Attributes:
        document: the message as uploaded, shipments included.
        version: 1 after CREATE, one more with every UPDATE.
        order: 1 for the first trip of the service, then counting.
        trip: number of the trip a shipment belongs to; None for a trip and for a shipment on its own.
    """

    data: str
    number: str
    document: Mapping[str, Any]
    version: int = 1
    order: int = 0
    trip: str | None = None


@dataclass(slots=True)
class Ledger:
    """The gateway's book of records and customs' book of filings.

    Attributes:
        records: what the gateway has stored now.
        used: every number that ever was stored.
        imports: how often each trip number was imported by CREATE; twice is the fault that must never happen.
        filed: trips (or ACI shipments) customs have on file, by regime, company and number.
        as_filed: day of arrival and shipments of each trip as customs took it last.
        linked: shipments customs have on file, with the trip they belong to.
        truth: what a careful reader of every message customs made would say.
    """

    personality: Personality
    records: dict[Key, Record] = field(default_factory=dict)
    used: set[Key] = field(default_factory=set)
    imports: dict[str, int] = field(default_factory=dict)
    filed: set[Key] = field(default_factory=set)
    as_filed: dict[Key, tuple[str, frozenset[str]]] = field(default_factory=dict)
    linked: dict[Key, str] = field(default_factory=dict)
    truth: Truth = field(default_factory=Truth)

    def truth_of(self, regime: str, trip: str, company: str = "") -> TripTruth:
        """Return what was said of a stored trip and its shipments."""
        numbers = [record.number for record in self.shipments_of(company, f"{regime}_TRIP", trip)]
        return self.truth.of(company, regime, trip, numbers)

    def company_of(self, value: Mapping[str, Any]) -> str:
        """Return the company a message speaks for; "" with a carrier's key."""
        if self.personality.key_type == "carrier":
            return ""
        company = value.get("companyKey")
        return company if isinstance(company, str) else ""

    def find(self, company: str, data: str, number: str) -> Record | None:
        """Return the stored record of a number."""
        return self.records.get((company, data, number))

    def shipments_of(self, company: str, data: str, number: str) -> list[Record]:
        """Return the stored shipments of a trip, in the order of its document."""
        own = TRIPS[data]
        return [
            record
            for (owner, kind, _), record in self.records.items()
            if owner == company and kind == own and record.trip == number
        ]

    # --- judging ----------------------------------------------------------------------------------------------------

    def problems(self, value: Mapping[str, Any], operation: str) -> Iterator[Problem]:
        """Yield what the numbers of a well-formed message do wrong against what is stored (protocol 2, operations)."""
        data, company = value["data"], self.company_of(value)
        number = number_of(value, data) or ""
        label = number_label(data)
        if operation == "CREATE" and self._is_used((company, data, number)):
            yield Problem(number, note("used", number, label=label))
            return  # as on the page: one error, though its shipments are used too
        if operation != "CREATE" and self.find(company, data, number) is None and not self._may_appear(operation):
            yield Problem(number, note("not_stored", number, label=label))
        if data in TRIPS and operation != "DELETE":
            yield from self._nested_problems(value, operation, company, number)

    def _may_appear(self, operation: str) -> bool:
        return operation == "UPDATE" and self.personality.unknown_update == "create"

    def _is_used(self, key: Key) -> bool:
        return key in (self.used if self.personality.deleted_numbers == "used" else self.records)

    def _nested_problems(self, value: Mapping[str, Any], operation: str, company: str, trip: str) -> Iterator[Problem]:
        own = TRIPS[value["data"]]
        seen: set[str] = set()
        for index, shipment in enumerate(value.get("shipments") or ()):
            number = number_of(shipment, own) or ""
            if number in seen:
                yield Problem(number, note("twice", number, label=number_label(own)), index)
            seen.add(number)
            if shipment.get("referenceOnlyShipment") is True or shipment.get("operation", operation) != "CREATE":
                continue
            stored = self.find(company, own, number)
            is_own = operation == "UPDATE" and stored is not None and stored.trip == trip
            if not is_own and self._is_used((company, own, number)):
                yield Problem(number, note("used", number, label=number_label(own)), index)

    # --- storing ----------------------------------------------------------------------------------------------------

    def store(self, value: Mapping[str, Any], operation: str, left_out: frozenset[int] = frozenset()) -> list[str]:
        """Carry out a message without problems; return the shipment numbers that now stand in it.

        An UPDATE replaces the record whole: shipments that are no longer in it stand on their own. A DELETE takes the
        trip's shipments with it.
        """
        data, company = value["data"], self.company_of(value)
        number = number_of(value, data) or ""
        if operation == "DELETE":
            self._delete(company, data, number)
            return []
        self._put(company, data, number, value, trip=None)
        if data not in TRIPS:
            return [number]
        if operation == "CREATE":
            self.imports[number] = self.imports.get(number, 0) + 1
        return self._put_shipments(company, value, number, operation, left_out)

    def _put_shipments(
        self, company: str, value: Mapping[str, Any], trip: str, operation: str, left_out: frozenset[int]
    ) -> list[str]:
        own = TRIPS[value["data"]]
        for record in self.shipments_of(company, value["data"], trip):
            record.trip = None
        kept: list[str] = []
        for index, shipment in enumerate(value.get("shipments") or ()):
            number = number_of(shipment, own) or ""
            if index in left_out:
                continue
            if shipment.get("operation", operation) == "DELETE":
                self.records.pop((company, own, number), None)
                continue
            self._put(company, own, number, shipment, trip=trip)
            kept.append(number)
        return kept

    def _put(self, company: str, data: str, number: str, document: Mapping[str, Any], *, trip: str | None) -> None:
        key = (company, data, number)
        stored = self.records.pop(key, None)
        is_trip = data in TRIPS
        order = sum(1 for _, kind, _ in self.used if kind in TRIPS) + 1 if is_trip else 0
        self.records[key] = Record(
            data=data,
            number=number,
            document=document,
            version=1 if stored is None else stored.version + 1,
            order=order if stored is None else stored.order,
            trip=stored.trip if trip is None and not is_trip and stored is not None else trip,
        )
        self.used.add(key)

    def _delete(self, company: str, data: str, number: str) -> None:
        if data in TRIPS:
            for record in self.shipments_of(company, data, number):
                del self.records[company, record.data, record.number]
        del self.records[company, data, number]
