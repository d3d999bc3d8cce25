"""What sending asks of the services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from desktop.domain.documents import JSONObject

if TYPE_CHECKING:
    from desktop.services.one_step import Done
    from desktop.services.swapping import Equipment, Unit


class Swaps(Protocol):
    """Who puts another truck or trailer onto a trip."""

    async def of_trip(self, trip_id: str) -> Equipment:
        """Return the equipment of a trip."""
        ...

    async def swap(self, trip_id: str, unit: Unit, new: JSONObject) -> Done | None:
        """Put another unit in the place of one; nothing is sent."""
        ...

    async def take_back(self, done: Done) -> bool:
        """Undo; False where the trip was changed since."""
        ...
