"""What watching asks of the services."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from desktop.services.noticed import AlertView, Missed

if TYPE_CHECKING:
    from desktop.services.late import LateLine, Shifted
    from desktop.services.nudge import Broker, Nudge


class Watches(Protocol):
    """Who notices what did not happen."""

    async def untold(self) -> list[AlertView]:
        """Return what is wrong now and nobody was told of."""
        ...

    async def mark_told(self, ids: Iterable[str]) -> None:
        """A person was told of these."""
        ...

    async def missed(self) -> Missed | None:
        """Return when nobody listened while trips were with customs, and which."""
        ...

    async def looked(self, trip_ids: Sequence[str]) -> dict[str, object]:
        """A person looked for himself and found nothing new; returns what stood there before."""
        ...

    async def take_back(self, before: dict[str, object]) -> None:
        """It was said by mistake."""
        ...

    def start(self) -> None:
        """Look from now on."""
        ...


class MovesArrivals(Protocol):
    """Who gives late trucks a new arrival."""

    async def preview(self, trip_ids: Sequence[str], minutes: int) -> list[LateLine]:
        """Return what would become of each trip."""
        ...

    async def shift(self, trip_ids: Sequence[str], minutes: int) -> list[Shifted]:
        """Give them their new arrival; nothing is sent."""
        ...

    async def take_back(self, shifted: Sequence[Shifted]) -> list[str]:
        """Undo; return the trips that were changed since."""
        ...


class WritesToBrokers(Protocol):
    """Who drafts letters to brokers."""

    async def broker(self, trip_id: str, number: str = "") -> Broker:
        """Return who is thought to be the broker."""
        ...

    async def draft(self, trip_id: str, number: str = "", language: str = "") -> Nudge:
        """Write to the broker of a shipment, or of all missing ones of one broker; nothing is sent."""
        ...
