"""Puts a fact beside a trip that is not on the wire, whether the trip is open somewhere or not."""

from __future__ import annotations

from desktop.domain.documents import JSON
from desktop.services.changes import Changes
from desktop.services.editing import Editing
from desktop.services.views import Subject
from desktop.store import Conflict, Store


class LocalFacts:
    """Writes local facts of trips; what somebody types meanwhile stays."""

    def __init__(self, store: Store, editing: Editing, changes: Changes) -> None:
        self._store = store
        self._editing = editing
        self._changes = changes

    async def put(self, trip_id: str, name: str, value: JSON) -> JSON:
        """Keep a fact, or with None take it away; return what stood there (None for nothing).

        Raises:
            NotFound: there is no such trip.
        """
        if self._editing.is_open(trip_id):
            session = await self._editing.open(trip_id)
            before = session.local.get(name)
            session.set_local(name, value)
            await session.flush()
            return before
        while True:
            trip = await self._store.trips.get(trip_id)
            local = {key: kept for key, kept in trip.local.items() if key != name}
            if value is not None:
                local[name] = value
            try:
                await self._store.trips.save(trip.id, trip.document, local, version=trip.version, eta_utc=trip.eta_utc)
            except Conflict:
                continue  # saved by somebody else between: on top of that
            self._changes.announce(Subject.TRIP, [trip_id])
            return trip.local.get(name)
