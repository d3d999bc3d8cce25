"""The other books of the store in dictionaries: trips, companies, frames, inbox; see `memory_store`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from simulation import ids
from simulation.gate import Gate
from simulation.memory_store import Disk, milli

from desktop.clock import Clock
from desktop.domain.documents import JSONObject
from desktop.domain.lifecycle import Regime
from desktop.store.error import Conflict, Gone
from desktop.store.records import Company, Frame, NewFrame, NewInboxItem, Trip, TripVersion


class Item(NamedTuple):
    """As much of an inbox item as those who listen ask for."""

    id: str
    trip: str | None


class Trips:
    """As `desktop.store.trip.Trips`."""

    def __init__(self, disk: Disk, gate: Gate, clock: Clock) -> None:
        self._disk, self._gate, self._clock = disk, gate, clock

    async def add(
        self,
        regime: Regime,
        document: JSONObject,
        local: JSONObject | None = None,
        *,
        company: str = "",
        eta_utc: datetime | None = None,
    ) -> Trip:
        moment = self._clock.now()

        def work() -> Trip:
            at = milli(moment)
            trip = Trip(
                *(ids.new_id(moment), 1, company, regime, str(document["tripNumber"]), "", "", eta_utc),
                *(document, local or {}, 0, None, at, at),
            )
            self._disk.trips[trip.id] = trip
            return trip

        return await self._gate.write(work)

    async def save(
        self, trip: str, document: JSONObject, local: JSONObject, *, version: int, eta_utc: datetime | None = None
    ) -> Trip:
        moment = self._clock.now()

        def work() -> Trip:
            current = self._disk.trips[trip]
            if current.version != version:
                raise Conflict("trip", current.version)
            saved = current._replace(
                version=version + 1,
                document=document,
                local=local,
                eta_utc=eta_utc,
                number=str(document["tripNumber"]),
                updated_at=milli(moment),
            )
            self._disk.trips[trip] = saved
            return saved

        return await self._gate.write(work)

    async def get(self, trip: str) -> Trip:
        await self._gate.read()
        if trip not in self._disk.trips:
            raise Gone("trip")
        return self._disk.trips[trip]

    async def version(self, trip: str, version: int) -> TripVersion:
        await self._gate.read()
        if (trip, version) not in self._disk.versions:
            raise Gone("trip version")
        return self._disk.versions[trip, version]

    async def by_number(self, number: str, *, company: str | None = None, regime: Regime | None = None) -> list[Trip]:
        await self._gate.read()
        return [
            trip
            for trip in reversed(self._disk.trips.values())
            if trip.number.casefold() == number.casefold()
            and company in {None, trip.company}
            and regime in {None, trip.regime}
        ]


class Companies:
    """As `desktop.store.company.Companies`."""

    def __init__(self, disk: Disk, gate: Gate) -> None:
        self._disk, self._gate = disk, gate

    async def all(self) -> list[Company]:
        await self._gate.read()
        return list(self._disk.companies.values())

    async def by_id(self, company: str) -> Company:
        await self._gate.read()
        return self._disk.companies[company]


class Frames:
    """As `desktop.store.frame.Frames`."""

    def __init__(self, disk: Disk, gate: Gate) -> None:
        self._disk, self._gate = disk, gate

    async def append(self, batch: Sequence[NewFrame]) -> list[int]:
        def work() -> list[int]:
            kept = self._disk.frames
            first = len(kept) + 1
            for frame in batch:
                digest = hashlib.sha256(frame.body).hexdigest()
                kept.append(
                    Frame(
                        *(len(kept) + 1, frame.company, frame.connection, milli(frame.received_at), frame.body),
                        *(frame.is_text, len(frame.body), digest),
                    )
                )
            return list(range(first, len(kept) + 1))

        return await self._gate.write(work)

    async def get(self, frame: int) -> Frame:
        await self._gate.read()
        return self._disk.frames[frame - 1]

    async def not_understood(self, limit: int = 500, *, after: int = 0) -> list[Frame]:
        await self._gate.read()
        waiting = [one for one in self._disk.frames[after:] if one.id not in self._disk.understood]
        return waiting[:limit]


class Inbox:
    """As `desktop.store.inbox.Inbox`, as far as the delivery asks it."""

    def __init__(self, disk: Disk, gate: Gate) -> None:
        self._disk, self._gate = disk, gate

    async def add(self, items: Sequence[NewInboxItem], *, not_items: Sequence[int] = ()) -> list[Item]:
        def work() -> list[Item]:
            self._disk.understood.update(not_items)
            self._disk.understood.update(item.frame for item in items)
            self._disk.digests.update((item.company, item.digest) for item in items)
            return [Item(str(item.frame), item.trip) for item in items]

        return await self._gate.write(work)

    async def has_equal(self, digest: str, companies: Sequence[str]) -> bool:
        await self._gate.read()
        return any((company, digest) in self._disk.digests for company in companies)


class LinkLog:
    """As `desktop.store.log.LinkLog`; nothing is kept."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    async def add(self, company: str, what: str, text: str = "") -> None:
        await self._gate.write(lambda: None)


class Bearing:
    """As `desktop.store.bearing.Bearing`; no message is given to a trip here."""

    def __init__(self, disk: Disk, gate: Gate) -> None:
        self._disk, self._gate = disk, gate

    async def of(self, companies: Sequence[str], trip_numbers: Iterable[str], control_numbers: Iterable[str]) -> Any:
        await self._gate.read()
        return []

    async def open_numbers(self, companies: Sequence[str]) -> set[str]:
        await self._gate.read()
        rows = (self._disk.rows[id_] for id_ in self._disk.open)
        return {row.number for row in rows if row.company in companies}


class Holding:
    """As `desktop.store.holding.Holding`."""

    def __init__(self, disk: Disk, gate: Gate) -> None:
        self._disk, self._gate = disk, gate

    async def state(self) -> object | None:
        await self._gate.read()
        return True if self._disk.is_held else None

    async def release(self) -> None:
        def work() -> None:
            self._disk.is_held = False

        await self._gate.write(work)
