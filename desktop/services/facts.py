"""Gathers what a check may know besides the document: company, history, library and the time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from desktop.clock import Clock
from desktop.domain.documents import JSON, JSONObject, is_object
from desktop.domain.lifecycle import Regime
from desktop.domain.times import parse_day
from desktop.store import Store
from desktop.store.records import Company, NumberUse, Trip
from desktop.validation.facts import CompanyFacts, Facts, HistoryFacts, LibraryFacts, UsedNumber

_KEYS = {"driver": "driverNumber", "truck": "number", "trailer": "number"}


@dataclass(frozen=True, slots=True)
class Known:
    """What was read from the store for checks of one company and regime; the time is added for each check."""

    company: CompanyFacts | None
    history: HistoryFacts | None
    library: LibraryFacts

    def at(self, now: datetime, local: Mapping[str, JSON]) -> Facts:
        """Return the facts for a check at `now` of a trip with these local facts."""
        overrides = local.get("overrides")
        return Facts(
            now=now,
            company=self.company,
            history=self.history,
            library=self.library,
            is_empty_trip=local.get("is_empty_trip") is True,
            overrides=frozenset(overrides) if isinstance(overrides, dict) else frozenset(),
        )


class FactsSource:
    """Reads facts from the store."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def for_check(self, company: Company) -> Facts:
        """Return the facts for checking a file on behalf of a company: numbers of both regimes, the library, now."""
        known = [await self.known(company.id, regime) for regime in Regime]
        histories = [one.history for one in known if one.history is not None]
        merged = HistoryFacts(
            trip_numbers={number: use for one in histories for number, use in one.trip_numbers.items()},
            control_numbers={number: use for one in histories for number, use in one.control_numbers.items()},
            busy=histories[0].busy if histories else {},
        )
        return Facts(now=self._clock.now(), company=known[0].company, history=merged, library=known[0].library)

    async def known(self, company: str, regime: Regime, *, without_trip: str = "") -> Known:
        """Return what is known for a company's trips of one regime, leaving out the trip that is being checked."""
        if not company:
            return Known(None, None, await self._library(""))
        record = await self._store.companies.by_id(company)
        trips = await self._store.numbers_used.find(company, regime, "trip", without_trip=without_trip)
        controls = await self._store.numbers_used.find(company, regime, "control", without_trip=without_trip)
        return Known(
            CompanyFacts(tuple(record.scacs), tuple(record.carrier_codes), record.is_practice),
            HistoryFacts(
                await self._used(trips),
                await self._used(controls),
                await self._busy(company, without_trip),
            ),
            await self._library(company),
        )

    async def _used(self, uses: Mapping[str, NumberUse]) -> dict[str, UsedNumber]:
        numbers: dict[str, str] = {}
        for use in uses.values():
            if use.trip and use.trip not in numbers:
                numbers[use.trip] = (await self._store.trips.get(use.trip)).number
        return {number: UsedNumber(number, use.used_at, numbers.get(use.trip, "")) for number, use in uses.items()}

    async def _busy(self, company: str, without_trip: str) -> dict[str, tuple[tuple[str, datetime], ...]]:
        busy: dict[str, list[tuple[str, datetime]]] = {}
        for trip in await self._store.trips.latest(company=company, limit=200):
            if trip.id != without_trip and trip.eta_utc is not None:
                for resource in resources(trip):
                    busy.setdefault(resource, []).append((trip.number, trip.eta_utc))
        return {resource: tuple(found) for resource, found in busy.items()}

    async def _library(self, company: str) -> LibraryFacts:
        expiries: dict[str, tuple[tuple[str, date], ...]] = {}
        for kind, name in _KEYS.items():
            items = await self._store.library.items(kind, company=company or None)  # type: ignore[arg-type]  # keys are kinds
            for item in items:
                key = item.document.get(name)
                days = tuple(_days(item.local.get("expiries")))
                if isinstance(key, str) and days:
                    expiries[f"{kind}:{key}"] = days
        return LibraryFacts(expiries)


def resources(trip: Trip) -> list[str]:
    """Return the keys of driver, truck and trailers a trip uses."""
    document: JSONObject = trip.document
    truck = document.get("truck")
    found = [f"truck:{truck['number']}"] if is_object(truck) and isinstance(truck.get("number"), str) else []
    for kind, member, name in (("trailer", "trailers", "number"), ("driver", "drivers", "driverNumber")):
        rows = document.get(member)
        for row in rows if isinstance(rows, list) else []:
            if is_object(row) and isinstance(row.get(name), str):
                found.append(f"{kind}:{row[name]}")
    return found


def _days(expiries: JSON) -> Iterable[tuple[str, date]]:
    if is_object(expiries):
        for what, text in expiries.items():
            day = parse_day(text)
            if day is not None:
                yield what, day
