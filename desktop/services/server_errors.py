"""What the gateway and customs objected to, put beside the fields they mean."""

from __future__ import annotations

from desktop.services.border import Border
from desktop.services.views import ServerError
from desktop.store.records import Trip


class ServerErrors:
    """The objections that still stand."""

    def __init__(self, border: Border) -> None:
        self._border = border

    async def of(self, trip: Trip) -> tuple[ServerError, ...]:
        """Return the objections to a trip, each with its path where one is known."""
        crossing = await self._border.of_trip(trip)
        return tuple(ServerError(error.path, error.text, error.at) for error in crossing.errors)
