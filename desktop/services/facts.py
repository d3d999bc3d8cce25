"""Gathers what a check may know besides the document: company, history, library and the time."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from desktop.clock import Clock
from desktop.domain.arrival import answers_in
from desktop.domain.documents import JSON, JSONObject, is_object
from desktop.domain.expiry import papers_of, resource_of
from desktop.domain.lifecycle import Regime
from desktop.store import Store
from desktop.store.records import Company, NumberUse, Trip
from desktop.validation.facts import CompanyFacts, Facts, HistoryFacts, LibraryFacts, UsedNumber

_KINDS = ("driver", "truck", "trailer")


@dataclass(frozen=True, slots=True)
class Known:
    """What was read from the store for checks of one company and regime; the time is added for each check."""

    company: CompanyFacts | None
    history: HistoryFacts | None
    library: LibraryFacts

    def at(self, now: datetime, local: Mapping[str, JSON]) -> Facts:
        """Return the facts for a check at `now` of a trip with these local facts."""
        overrides, marks = local.get("overrides"), local.get("to_confirm")
        nature = local.get("nature")
        return Facts(
            now=now,
            company=self.company,
            history=self.history,
            library=self.library,
            is_empty_trip=local.get("is_empty_trip") is True,
            overrides=frozenset(overrides) if isinstance(overrides, dict) else frozenset(),
            nature=nature if isinstance(nature, str) else "",
            arrival=answers_in(local),
            leaves_out=True,
            to_confirm=tuple(map(str, marks)) if isinstance(marks, list) else (),
        )


class _UsesBut(Mapping[str, UsedNumber]):
    """The newest use of each number, leaving out some trips; made for thousands of numbers without copying them."""

    def __init__(
        self, uses: Mapping[str, Sequence[NumberUse]], trip_numbers: Mapping[str, str], trips: frozenset[str]
    ) -> None:
        self._uses = uses
        self._trip_numbers = trip_numbers
        self._trips = trips - {""}

    def __getitem__(self, number: str) -> UsedNumber:
        for use in reversed(self._uses[number]):
            if use.trip not in self._trips:
                return UsedNumber(number, use.used_at, self._trip_numbers.get(use.trip, ""))
        raise KeyError(number)

    def __iter__(self) -> Iterator[str]:
        return (number for number, uses in self._uses.items() if any(u.trip not in self._trips for u in uses))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _BusyBut(Mapping[str, tuple[tuple[str, datetime], ...]]):
    """When each driver and unit is under way, leaving out one trip."""

    def __init__(self, busy: Mapping[str, Sequence[tuple[str, str, datetime]]], trip: str) -> None:
        self._busy = busy
        self._trip = trip

    def __getitem__(self, resource: str) -> tuple[tuple[str, datetime], ...]:
        found = tuple((number, eta) for trip, number, eta in self._busy[resource] if trip != self._trip)
        if not found:
            raise KeyError(resource)
        return found

    def __iter__(self) -> Iterator[str]:
        return (name for name, trips in self._busy.items() if any(trip != self._trip for trip, _, _ in trips))

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True, slots=True)
class Survey:
    """Everything read for a company's trips of one regime, from which the facts for any one of them are taken.

    Attributes:
        trips: every use of every trip number, the earliest first; `controls` of every control number.
        busy: for each driver and unit, the trips it is on: id, number, arrival.
        names: number of each trip that went out, by its id.
    """

    company: CompanyFacts | None
    trips: Mapping[str, Sequence[NumberUse]]
    controls: Mapping[str, Sequence[NumberUse]]
    busy: Mapping[str, Sequence[tuple[str, str, datetime]]]
    library: LibraryFacts
    names: Mapping[str, str] = field(default_factory=dict)

    def without(self, trip: str, *, nor: str = "") -> Known:
        """Return the facts for checking a trip: its own use of a number or a driver is none.

        `nor`: another trip whose use of a control number is none either.
        """
        if self.company is None:
            return Known(None, None, self.library)
        return Known(
            self.company,
            HistoryFacts(
                _UsesBut(self.trips, self.names, frozenset({trip})),
                _UsesBut(self.controls, self.names, frozenset({trip, nor})),
                _BusyBut(self.busy, trip),
            ),
            self.library,
        )


class FactsSource:
    """Reads facts from the store."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def for_check(self, company: Company, *, without_trip: str = "") -> Facts:
        """Return the facts for checking a file on behalf of a company: numbers of both regimes, the library, now."""
        known = [await self.known(company.id, regime, without_trip=without_trip) for regime in Regime]
        histories = [one.history for one in known if one.history is not None]
        merged = HistoryFacts(
            trip_numbers=ChainMap(*(one.trip_numbers for one in histories)),  # type: ignore[arg-type]  # only read
            control_numbers=ChainMap(*(one.control_numbers for one in histories)),  # type: ignore[arg-type]  # only read
            busy=histories[0].busy if histories else {},
        )
        return Facts(now=self._clock.now(), company=known[0].company, history=merged, library=known[0].library)

    async def known(self, company: str, regime: Regime, *, without_trip: str = "", nor: str = "") -> Known:
        """Return what is known for a company's trips of one regime, leaving out the trip that is being checked.

        `nor`: another one whose use of a control number is no objection either: a shipment comes from it.
        """
        return (await self.survey(company, regime)).without(without_trip, nor=nor)

    async def survey(self, company: str, regime: Regime) -> Survey:
        """Read everything once, for checks of many trips."""
        if not company:
            return Survey(None, {}, {}, {}, await self._library(""))
        record = await self._store.companies.by_id(company)
        trips = await self._store.numbers_used.uses(company, regime, "trip")
        return Survey(
            CompanyFacts(tuple(record.scacs), tuple(record.carrier_codes), record.is_practice),
            trips,
            await self._store.numbers_used.uses(company, regime, "control"),
            await self._busy(company),
            await self._library(company),
            {use.trip: number for number, uses in trips.items() for use in uses if use.trip},
        )

    async def _busy(self, company: str) -> dict[str, list[tuple[str, str, datetime]]]:
        busy: dict[str, list[tuple[str, str, datetime]]] = {}
        for trip in await self._store.trips.latest(company=company, limit=200):
            if trip.eta_utc is not None:
                for resource in resources(trip):
                    busy.setdefault(resource, []).append((trip.id, trip.number, trip.eta_utc))
        return busy

    async def _library(self, company: str) -> LibraryFacts:
        expiries: dict[str, tuple[tuple[str, date], ...]] = {}
        for kind in _KINDS:
            items = await self._store.library.items(kind, company=company or None)  # type: ignore[arg-type]  # keys are kinds
            for item in items:
                key = resource_of(kind, item.document)
                days = tuple(papers_of(item.local))
                if key and days:
                    expiries[key] = days
        return LibraryFacts(expiries)


def resources(trip: Trip) -> list[str]:
    """Return the keys of driver, truck and trailers a trip uses."""
    document: JSONObject = trip.document
    truck = document.get("truck")
    found = [resource_of("truck", truck)] if is_object(truck) else []
    for kind, member in (("trailer", "trailers"), ("driver", "drivers")):
        rows = document.get(member)
        found.extend(resource_of(kind, row) for row in (rows if isinstance(rows, list) else []) if is_object(row))
    return [key for key in found if key]
