"""Takes up numbers that only messages know, and puts shipments on trips: each step can be undone in the trip itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.documents import JSON, JSONObject, is_object, join
from desktop.domain.lifecycle import Customs, Delivery, Regime
from desktop.domain.shipment import NUMBER, control_number, shipments_of
from desktop.errors import UsageError
from desktop.services.changes import Changes
from desktop.services.views import Subject, TripRow

if TYPE_CHECKING:
    from desktop.services.edit_session import EditSession
    from desktop.services.editing import Editing
    from desktop.services.lookups import Lookups
    from desktop.services.tracked_row import TrackedRow
    from desktop.store import Store
    from desktop.store.records import Shipment


@dataclass(frozen=True, slots=True)
class Attached:
    """What was done, so that it can be undone.

    Attributes:
        trip_id: the trip the shipment is on now.
        trip: its number.
        document: the shipment as it was put there.
        from_trip: the trip it came from; empty where it was on none.
        from_position: its place there.
        was_lone: it stood by itself before.
        company: whose.
    """

    trip_id: str
    trip: str
    regime: Regime
    company: str
    document: JSONObject
    from_trip: str = ""
    from_position: int = 0
    was_lone: bool = False


class Attaching:
    """Shipments onto trips."""

    def __init__(self, store: Store, editing: Editing, lookups: Lookups, changes: Changes) -> None:
        self._store = store
        self._editing = editing
        self._lookups = lookups
        self._changes = changes

    async def create(self, row: TrackedRow) -> str:
        """Make a shipment of a number that only messages know; return its id.

        It holds the number as customs wrote it and the release office the broker keyed. Nothing else is known.

        Raises:
            UsageError: a shipment bears the number already, or it is not for Canada.
        """
        if row.regime is not Regime.ACI or await self._bearing(row):
            raise UsageError("tracker.exists", number=row.number)
        made = await self._store.shipments.save_lone(row.regime, document_of(row), company=row.company)
        self._changes.announce(Subject.TRIP, [made.id])
        return made.id

    async def uncreate(self, shipment_id: str) -> None:
        """Take out a shipment that was just made, as long as nobody changed it."""
        made = await self._store.shipments.get(shipment_id)
        await self._store.shipments.remove_lone(shipment_id, version=made.version)
        self._changes.announce(Subject.TRIP, [shipment_id])

    async def trips_for(self, row: TrackedRow) -> list[TripRow]:
        """Return the trips a shipment can be put on: its carrier's, into the same country, not yet at the border."""
        rows = await self._lookups.trips(company=row.company or None, is_brief=True)
        over = {Customs.ARRIVED, Customs.RELEASED, Customs.CANCELLED}
        return [one for one in rows if one.regime is row.regime and one.customs not in over and one.id != row.trip_id]

    async def attach(self, row: TrackedRow, trip_id: str) -> Attached:
        """Put a number's shipment on a trip: from nowhere, from by itself, or from a trip that was never sent.

        Raises:
            UsageError: it is on a trip that went out: customs must be told in an order of steps (domain 8); or it is
                no longer where the list showed it.
        """
        if row.trip_id:
            await self._refuse_sent(row.trip_id, row.number)
        document, from_position = document_of(row), row.position
        lone = await self._lone(row)
        if lone is not None:
            document = lone.document
        elif not row.trip_id and await self._bearing(row):
            raise UsageError("tracker.exists", number=row.number)
        async with self._session(
            trip_id
        ) as session:  # first the trip that takes it: what cannot be put is not taken off
            if row.trip_id:
                async with self._session(row.trip_id) as source:
                    from_position = self._position(source.document, row)
                    there = source.value(join("shipments", from_position))
                    if is_object(there):
                        document = there
                        source.remove(join("shipments", from_position))
            trip = session.value("/tripNumber")
            session.insert("/shipments/-", document)
        if lone is not None:
            await self._store.shipments.remove_lone(lone.id, version=lone.version)
        self._changes.announce(Subject.TRIP, [trip_id, *([row.trip_id] if row.trip_id else [])])
        return Attached(
            trip_id=trip_id,
            trip=trip if isinstance(trip, str) else "",
            regime=row.regime,
            company=row.company,
            document=document,
            from_trip=row.trip_id,
            from_position=from_position,
            was_lone=lone is not None,
        )

    async def detach(self, done: Attached) -> None:
        """Undo `attach`: the shipment goes back to where it was, with what was written into it since.

        Raises:
            UsageError: it is no longer on that trip.
        """
        document = await self._taken_off(done)
        if done.from_trip:
            async with self._session(done.from_trip) as source:
                there = source.value("/shipments")
                at = min(done.from_position, len(there) if isinstance(there, list) else 0)
                source.insert(join("shipments", at), document)
        elif done.was_lone:
            await self._store.shipments.save_lone(done.regime, document, company=done.company)
        self._changes.announce(Subject.TRIP, [done.trip_id, *([done.from_trip] if done.from_trip else [])])

    async def _taken_off(self, done: Attached) -> JSONObject:
        number = done.document.get(NUMBER[done.regime])
        async with self._session(done.trip_id) as session:
            shipments = session.value("/shipments")
            for place, one in reversed(list(enumerate(shipments if isinstance(shipments, list) else []))):
                if is_object(one) and one.get(NUMBER[done.regime]) == number:
                    session.remove(join("shipments", place))
                    return one
        raise UsageError("tracker.exists", number=str(number))

    @asynccontextmanager
    async def _session(self, trip_id: str) -> AsyncIterator[EditSession]:
        """Give a trip's session, make durable what was done in it, and leave it open only where it was."""
        is_open = self._editing.is_open(trip_id)
        session = await self._editing.open(trip_id)
        try:
            yield session
            await session.flush()
        finally:
            if not is_open:
                await self._editing.release(trip_id)

    async def _refuse_sent(self, trip_id: str, number: str) -> None:
        detail = (await self._lookups.trip(trip_id)).row
        if detail.delivery is not Delivery.NOT_SENT or detail.customs is not Customs.NONE:
            raise UsageError("tracker.is_with_customs", number=number, trip=detail.number)

    async def _bearing(self, row: TrackedRow) -> bool:
        found = await self._store.shipments.by_number(row.number, company=row.company or None)
        return any(one.regime is row.regime for one in found)

    async def _lone(self, row: TrackedRow) -> Shipment | None:
        if not row.shipment_id or row.trip_id:
            return None
        return await self._store.shipments.get(row.shipment_id)

    def _position(self, document: JSON, row: TrackedRow) -> int:
        for place, one in enumerate(shipments_of(document)):
            if control_number(one, row.regime).casefold() == row.number.casefold():
                return place
        raise UsageError("tracker.exists", number=row.number)


def document_of(row: TrackedRow) -> JSONObject:
    """Return a shipment that says what a release notice said, and nothing else."""
    made: JSONObject = {"data": f"{row.regime}_SHIPMENT", NUMBER[row.regime]: row.number}
    if row.regime is Regime.ACI and row.office:
        made["releaseOffice"] = row.office
    return made
