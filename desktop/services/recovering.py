"""What to do about each refusal of a trip that still stands: guided recovery (domain 4.6, 5.5)."""

from __future__ import annotations

from typing import Final

from desktop.crossing.objection import CrossingError
from desktop.delivery.recovery import Action, Recovery, Reject, Speaker, recovery
from desktop.domain.shipment import numbers_by_place
from desktop.services.border import Border
from desktop.services.sending_views import RecoveryView
from desktop.store import Store
from desktop.store.records import Trip
from desktop.texts import text

_ANY_SHIPMENT: Final = "/shipments/*"


class Recovering:
    """Reads the refusals of a trip and says how each is mended."""

    def __init__(self, store: Store, border: Border) -> None:
        self._store = store
        self._border = border

    async def of_trip(self, trip_id: str) -> tuple[RecoveryView, ...]:
        """Return what to do about each refusal that still stands, in the order in which they came."""
        trip = await self._store.trips.get(trip_id)
        crossing = await self._border.of_trip(trip)
        return tuple([await self._view(trip, error) for error in crossing.errors])

    async def _view(self, trip: Trip, error: CrossingError) -> RecoveryView:
        found = recovery(Reject(Speaker(error.who), error.said, error.code, error.field))
        numbers = numbers_by_place(trip.document)
        number = _number(error, numbers)
        other = await self._other_trip(trip, number) if found.action is Action.MOVE and number else ""
        return RecoveryView(
            said=error.text,
            text=text(found.key, trip=trip.number, number=number or text("reject.the_shipment")),
            path=_path(found, error, numbers, number),
            action=found.action.value,
            regime=trip.regime,
            frame=error.frame_id,
            at=error.at,
            other_trip=other,
            number=number,
        )

    async def _other_trip(self, trip: Trip, number: str) -> str:
        """Return the one other trip of this folder whose shipment bore the number when it went out."""
        uses = await self._store.numbers_used.uses(trip.company, trip.regime, "control")
        others = {use.trip for use in uses.get(number, ()) if use.trip and use.trip != trip.id}
        return next(iter(others)) if len(others) == 1 else ""


def _number(error: CrossingError, numbers: list[str]) -> str:
    """Return the shipment that is meant: named by its place, else the only one there is."""
    parts = error.path.split("/")
    if len(parts) > 2 and parts[1] == "shipments" and parts[2].isdigit() and int(parts[2]) < len(numbers):  # noqa: PLR2004 - "/shipments/0"
        return numbers[int(parts[2])]
    return numbers[0] if len(numbers) == 1 else ""


def _path(found: Recovery, error: CrossingError, numbers: list[str], number: str) -> str:
    """Return the field: as customs names it, else as the list does; empty where the shipment is not known."""
    if error.path:
        return error.path
    if found.path.startswith(_ANY_SHIPMENT):
        return found.path.replace("*", str(numbers.index(number)), 1) if number and number in numbers else ""
    return found.path
