"""Sending beyond the first time, in memory: swaps over the stored trips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.documents import JSONObject
from desktop.domain.lifecycle import Customs, Delivery
from desktop.domain.swapping import swapped
from desktop.services.one_step import Done
from desktop.services.swapping import Equipment, NoSwap, Unit, units_of
from desktop.services.views import Subject

if TYPE_CHECKING:
    from fakes.desk import FakeDesk


class FakeSwapping:
    """The real change of the document over the stored trips."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk

    async def of_trip(self, trip_id: str) -> Equipment:
        trip = self._desk.find(trip_id)
        over = {Customs.ARRIVED: NoSwap.ARRIVED, Customs.RELEASED: NoSwap.ARRIVED, Customs.CANCELLED: NoSwap.CANCELLED}
        return Equipment(
            trip.id, str(trip.document.get("tripNumber", "")), trip.regime, units_of(trip.document),
            trip.delivery is not Delivery.NOT_SENT, over.get(trip.customs),
        )  # fmt: skip

    async def swap(self, trip_id: str, unit: Unit, new: JSONObject) -> Done | None:
        self._desk.calls.append(("swap", trip_id, unit.number, new.get("number")))
        trip = self._desk.find(trip_id)
        before = trip.document
        trip.document = swapped(before, unit.part, unit.place, new)
        self._desk.say(Subject.TRIP, trip_id)
        return Done(trip_id, before, trip.document)

    async def take_back(self, done: Done) -> bool:
        self._desk.calls.append(("not_swapped", done.trip_id))
        self._desk.find(done.trip_id).document = done.before
        return True
