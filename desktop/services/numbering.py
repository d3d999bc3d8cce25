"""Numbers for trips and shipments, given out from a carrier's ranges (domain 6)."""

from __future__ import annotations

from desktop.clock import Clock
from desktop.domain.documents import JSONObject, is_object
from desktop.domain.lifecycle import Regime
from desktop.services.changes import Changes
from desktop.services.views import Subject
from desktop.store import Store
from desktop.store.number_range import Standing
from desktop.store.records import NumberKind

FEW = 20
"""Below so many numbers a range runs low, or below a tenth of it."""


class Numbering:
    """The number ranges of a data folder.

    A driver is named by its id in the library; `driver_of` finds it for a trip. The driver's own ranges come before
    those for all.
    """

    def __init__(self, store: Store, changes: Changes, clock: Clock) -> None:
        self._store = store
        self._changes = changes
        self._clock = clock

    async def next(self, company: str, regime: Regime, kind: NumberKind, *, driver: str | None = None) -> str | None:
        """Return the number that would be given next, without taking it; None where there is no range or none left."""
        for standing in await self._open(company, regime, kind, driver):
            if standing.number:
                return standing.number
        return None

    async def take(
        self, company: str, regime: Regime, kind: NumberKind, *, driver: str | None = None, count: int = 1
    ) -> list[str]:
        """Take the next numbers for good; fewer or none where the ranges are used up or there is none.

        What is used, or stands in a trip or shipment that lives, is passed over; no number is ever given twice.
        """
        if not company or count < 1:
            return []
        taken = await self._store.number_ranges.take(company, regime, kind, driver=driver or "", count=count)
        if taken:
            self._changes.announce(Subject.NUMBERS, [company])
        return taken

    async def left(self, company: str, regime: Regime, kind: NumberKind, *, driver: str | None = None) -> int | None:
        """Return how many numbers can still be taken; None where there is no range."""
        standings = await self._open(company, regime, kind, driver)
        return sum(standing.left for standing in standings) if standings else None

    async def driver_of(self, company: str, document: JSONObject) -> str | None:
        """Return the library id of a trip's first driver, found by driver number; None where it is not known."""
        drivers = document.get("drivers")
        first = drivers[0] if isinstance(drivers, list) and drivers else None
        number = first.get("driverNumber") if is_object(first) else None
        if not isinstance(number, str) or not number:
            return None
        found = await self._store.library.by_key("driver", number, company=company or None)
        return found[0].id if found else None

    async def _open(self, company: str, regime: Regime, kind: NumberKind, driver: str | None) -> list[Standing]:
        return await self._store.number_ranges.open(company, regime, kind, driver=driver or "") if company else []
