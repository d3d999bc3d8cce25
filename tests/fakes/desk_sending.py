"""Sending in memory: what a test says a plan is, how far one got, swaps over the stored trips."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.delivery.planner import Intent
from desktop.domain.documents import JSONObject
from desktop.domain.lifecycle import Customs, Delivery, Outcome
from desktop.domain.mending import Mend, mended
from desktop.domain.swapping import swapped
from desktop.services.one_step import Done
from desktop.services.swapping import Equipment, NoSwap, Unit, units_of
from desktop.services.views import PlanView, RecoveryView, SendLine, SendPreview, SendResult, Subject

if TYPE_CHECKING:
    from fakes.desk import FakeDesk


class FakeSubmit:
    """Says what it would send, and then that it was queued."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk
        self.preview_now: SendPreview | None = None
        self.result = SendResult("", Outcome.QUEUED, Customs.TRANSMITTED, "Queued")

    async def preview(self, trip_id: str, *, intent: Intent = Intent.SEND) -> SendPreview:
        if self.preview_now is not None:
            return self.preview_now
        trip = self._desk.find(trip_id)
        number = str(trip.document.get("tripNumber", ""))
        if intent is Intent.CANCEL:
            line = SendLine("ACE_SEND_REQUEST", "Asks CBP to cancel trip and shipments.", number)
            return SendPreview(
                number, (line,), ("The truck may not cross on this trip after that.",), 0, 0, "", (), intent
            )
        lines = (
            SendLine("ACE_TRIP", "Upload the trip with its shipments to BorderConnect", number),
            SendLine("ACE_SEND_REQUEST", "Ask BorderConnect to file it with CBP", number),
        )
        consequences = ("The answer normally comes in 1-2 minutes. Until then the trip shows “Sent, no answer”.",)
        return SendPreview(number, lines, consequences, trip.errors, trip.warnings, "")

    async def send(
        self,
        trip_id: str,
        *,
        hold: bool = False,
        intent: Intent = Intent.SEND,
        trip_reason: str = "",
        shipment_reason: str = "",
        initiator: object | None = None,
    ) -> SendResult:
        said = (intent.value,) if intent is not Intent.SEND else ()
        reasons = tuple(one for one in (trip_reason, shipment_reason) if one)
        self._desk.calls.append(("send", trip_id, hold, *said, *reasons))
        trip = self._desk.find(trip_id)
        trip.delivery = Delivery.SENDING
        self._desk.say(Subject.TRIP, trip_id, initiator=initiator)
        return replace(self.result, trip=str(trip.document.get("tripNumber", "")))

    async def preview_move(self, number: str, from_trip: str, to_trip: str) -> SendPreview:
        if self.preview_now is not None:
            return self.preview_now
        old, new = (str(self._desk.find(one).document.get("tripNumber", "")) for one in (from_trip, to_trip))
        lines = (
            SendLine("ACI_TRIP", "Takes the shipment off.", old, is_other=True),
            SendLine("ACI_SEND_REQUEST", "Sends the changes to CBSA with their reason.", old, is_other=True),
            SendLine("ACI_TRIP", "Hands the trip to BorderConnect.", new, "customs"),
            SendLine("ACI_SEND_REQUEST", "Files trip and shipments with CBSA.", new),
        )
        return SendPreview(new, lines, ("It comes off the old trip first.",), 0, 0, "", (), Intent.MOVE, old)

    async def move(
        self, number: str, from_trip: str, to_trip: str, *, trip_reason: str = "", shipment_reason: str = ""
    ) -> SendResult:
        self._desk.calls.append(("move", number, from_trip, to_trip, trip_reason, shipment_reason))
        return replace(self.result, trip=str(self._desk.find(to_trip).document.get("tripNumber", "")))


class FakeProgress:
    """`plans` holds how far the plan of a trip got, `recoveries` what mends its refusals."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk
        self.plans: dict[str, PlanView] = {}
        self.recoveries: dict[str, list[RecoveryView]] = {}

    async def of_trip(self, trip_id: str) -> PlanView | None:
        return self.plans.get(trip_id)

    async def stop(self, trip_id: str) -> None:
        self._desk.calls.append(("stop", trip_id))

    async def go_on(self, trip_id: str) -> None:
        self._desk.calls.append(("go_on", trip_id))


class FakeSwapping:
    """The real change of the document over the stored trips."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk
        self.mending = FakeMending(desk)

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


class FakeMending:
    """The real change of the document over the stored trips."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk

    async def mend(self, trip_id: str, what: str, pointer: str = "") -> Done | None:
        self._desk.calls.append(("mend", trip_id, what, pointer))
        trip = self._desk.find(trip_id)
        before, after = trip.document, mended(trip.document, Mend(what), pointer)
        if after is None:
            return None
        trip.document = after
        return Done(trip_id, before, after)

    async def take_back(self, done: Done) -> bool:
        self._desk.find(done.trip_id).document = done.before
        return True
