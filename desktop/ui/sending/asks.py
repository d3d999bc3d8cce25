"""What sending asks of the services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from desktop.domain.documents import JSONObject

if TYPE_CHECKING:
    from desktop.services.one_step import Done
    from desktop.services.swapping import Equipment, Unit
    from desktop.services.views import PlanView


class MendsTrips(Protocol):
    """Who mends what a refusal named."""

    async def mend(self, trip_id: str, what: str, pointer: str = "") -> Done | None:
        """Mend a trip; None where there is nothing to mend."""
        ...

    async def take_back(self, done: Done) -> bool:
        """Undo; False where the trip was changed since."""
        ...


class Swaps(Protocol):
    """Who puts another truck or trailer onto a trip."""

    @property
    def mending(self) -> MendsTrips:
        """Who mends what a refusal named."""
        ...

    async def of_trip(self, trip_id: str) -> Equipment:
        """Return the equipment of a trip."""
        ...

    async def swap(self, trip_id: str, unit: Unit, new: JSONObject) -> Done | None:
        """Put another unit in the place of one; nothing is sent."""
        ...

    async def take_back(self, done: Done) -> bool:
        """Undo; False where the trip was changed since."""
        ...


class KnowsProgress(Protocol):
    """How far plans got."""

    async def of_trip(self, trip_id: str) -> PlanView | None:
        """Return the newest plan that concerns a trip."""
        ...

    async def stop(self, trip_id: str) -> None:
        """Take back what has not gone out."""
        ...

    async def go_on(self, trip_id: str) -> None:
        """A person says that customs accepted what the plan waits for."""
        ...
