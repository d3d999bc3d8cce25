"""Changes a trip in one step that can be undone, whether somebody has it open or not; what he types stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from desktop.clock import Clock
from desktop.domain.documents import JSONObject, is_object
from desktop.services.changes import Changes
from desktop.services.editing import Editing
from desktop.services.importing import eta_of
from desktop.services.views import Subject
from desktop.store import Conflict, Store
from desktop.store.records import Trip, UndoStep, UndoTail

Edit: TypeAlias = "Callable[[JSONObject], JSONObject | None]"
"""Returns what a document becomes; None where it stays as it is."""


@dataclass(frozen=True, slots=True)
class Done:
    """A change that was made, with what is needed to take it back."""

    trip_id: str
    before: JSONObject
    after: JSONObject


class OneStep:
    """Edits of whole documents, each as one step."""

    def __init__(self, store: Store, editing: Editing, changes: Changes, clock: Clock) -> None:
        self._store = store
        self._editing = editing
        self._changes = changes
        self._clock = clock

    async def document(self, trip_id: str) -> JSONObject:
        """Return a trip as it stands now, with what is typed and not yet saved.

        Raises:
            NotFound: there is no such trip.
        """
        if self._editing.is_open(trip_id):
            session = await self._editing.open(trip_id)
            return session.document if is_object(session.document) else {}
        return (await self._store.trips.get(trip_id)).document

    async def change(self, trip_id: str, edit: Edit) -> Done | None:
        """Change a trip; it is durable when this returns. None where `edit` left it as it was.

        Raises:
            NotFound: there is no such trip.
            DesktopError: it could not be written.
        """
        while True:
            if self._editing.is_open(trip_id):
                session = await self._editing.open(trip_id)
                before = session.document
                after = edit(before) if is_object(before) else None
                if after is None or not is_object(before):
                    return None
                session.adopt(after, session.local, session.version)
                session.taken_over = None  # nobody else did it
                await session.flush()
                return Done(trip_id, before, after)
            trip = await self._store.trips.get(trip_id)
            after = edit(trip.document)
            if after is None:
                return None
            at = trip.undo_position
            tail = UndoTail(at, [UndoStep("", trip.document, after, self._clock.now())], at + 1)
            if await self._save(trip, after, tail):
                return Done(trip_id, trip.document, after)

    async def take_back(self, done: Done) -> bool:
        """Undo a change; False where the trip was changed since, and keeps what it has."""
        while True:
            if self._editing.is_open(done.trip_id):
                session = await self._editing.open(done.trip_id)
                if session.document != done.after:
                    return False
                session.undo()
                await session.flush()
                return True
            trip = await self._store.trips.get(done.trip_id)
            if trip.document != done.after or trip.undo_position < 1:
                return False
            if await self._save(trip, done.before, UndoTail(trip.undo_position, [], trip.undo_position - 1)):
                return True

    async def _save(self, trip: Trip, document: JSONObject, undo: UndoTail) -> bool:
        """Save a trip that nobody has open; False where somebody saved it in between."""
        try:
            await self._store.trips.save(
                trip.id,
                document,
                trip.local,
                version=trip.version,
                eta_utc=eta_of(trip.regime, document, trip.local),
                undo=undo,
            )
        except Conflict:
            return False
        self._changes.announce(Subject.TRIP, [trip.id])
        return True
