"""What the Shipments screen asks of the program below it."""

from __future__ import annotations

from typing import Protocol

from desktop.services.attaching import Attached
from desktop.services.tracked_row import Story, TrackedList, TrackedRow
from desktop.services.views import TripRow


class Tracks(Protocol):
    """Where control numbers stand."""

    async def rows(self, *, company: str | None = None, search: str = "", limit: int = 250) -> TrackedList:
        """Return what arrives soon and the newest of the rest, or what a search finds."""
        ...

    async def needing(self) -> int:
        """Return how many need a person."""
        ...

    async def story(self, row: TrackedRow) -> Story:
        """Return what happened to a number."""
        ...


class Attaches(Protocol):
    """Puts shipments on trips."""

    async def create(self, row: TrackedRow) -> str:
        """Make a shipment of a number that only messages know."""
        ...

    async def uncreate(self, shipment_id: str) -> None:
        """Take it out again."""
        ...

    async def trips_for(self, row: TrackedRow) -> list[TripRow]:
        """Return the trips that can take a shipment."""
        ...

    async def attach(self, row: TrackedRow, trip_id: str) -> Attached:
        """Put a shipment on a trip."""
        ...

    async def detach(self, done: Attached) -> None:
        """Undo that."""
        ...
