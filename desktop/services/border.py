"""Where trips stand with customs: folds the stored frames of a trip each time somebody asks."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime

from desktop.crossing.fold import Crossing, Heard, fold
from desktop.crossing.proof import Handed
from desktop.domain.documents import JSONObject, is_object
from desktop.domain.lifecycle import OutboxState
from desktop.domain.shipment import control_numbers, numbers_by_place
from desktop.protocol.kinds import ACE_RESPONSE, ACI_RESPONSE, kind_of, text_at, unwrapped
from desktop.protocol.strict_json import UnreadableJSON, read
from desktop.services.standing import sent_number
from desktop.services.turns import Turns
from desktop.store import Store
from desktop.store.error import Gone
from desktop.store.records import Frame, OutboxRow, Trip

_KEPT = 4000  # messages kept as they were read, so that a list of trips is not parsed anew with each look
_HANDED_OVER = frozenset({OutboxState.IN_FLIGHT, OutboxState.ACCEPTED_PENDING, OutboxState.ACKED, OutboxState.PARTIAL})


class Border:
    """Reads what was heard of trips. Status is never stored (house style 3.3)."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._heard: OrderedDict[int, Heard] = OrderedDict()
        self._numbers_of: dict[tuple[str, int], frozenset[str]] = {}

    async def of_trip(self, trip: Trip) -> Crossing:
        """Return where one trip stands."""
        return (await self.of_trips([trip]))[trip.id]

    async def of_trips(self, trips: Sequence[Trip]) -> dict[str, Crossing]:
        """Return where each trip stands, by id."""
        ids = [trip.id for trip in trips]
        frames = await self._store.frames.of_trips(ids)
        rows = await self._store.outbox.for_trips(ids)
        turns = Turns()
        found: dict[str, Crossing] = {}
        for trip in trips:
            heard = []
            number = sent_number(trip, rows[trip.id])
            asked = [row for row in rows[trip.id] if row.number.casefold() == number.casefold()]
            for frame in frames[trip.id]:
                heard.append(self._of_frame(frame))
                await turns.take()
            found[trip.id] = fold(
                trip.regime,
                heard,
                numbers_by_place(trip.document),
                transmitted_at(asked),
                trip=number,
                handed=await self._handed(trip, asked),  # what was asked under an earlier number is another story
            )
            await turns.take()
        return found

    async def has_answered(self, trip: Trip, row: OutboxRow) -> bool:
        """Tell whether customs has answered this request: a response of theirs came after it was claimed."""
        since = row.claimed_at
        if since is None:
            return False
        for frame in await self._store.frames.of_trip(trip.id):
            value = unwrapped(self._of_frame(frame).value)
            if frame.received_at >= since and is_object(value) and _is_answer(value):
                asked = text_at(value, "sendRequest", "type")
                if not asked or row.kind == "upload" or asked == row.operation:
                    return True
        return False

    async def _handed(self, trip: Trip, rows: Sequence[OutboxRow]) -> list[Handed]:
        """Return each time the trip was handed over, with the shipments it then had."""
        found = []
        for row in rows:
            if _is_handed(row) and row.claimed_at is not None:
                request = row.operation if row.kind == "send_request" else ""
                found.append(Handed(row.claimed_at, request, await self._numbers(trip, row.trip_version)))
        return found

    async def _numbers(self, trip: Trip, version: int | None) -> frozenset[str] | None:
        """Return the control numbers a version had; None where it was not kept."""
        if version is None:
            return None
        if version == trip.version:
            return frozenset(control_numbers(trip.document))
        key = (trip.id, version)
        if key not in self._numbers_of:
            try:
                kept = await self._store.trips.version(trip.id, version)
            except Gone:
                return None
            if len(self._numbers_of) > _KEPT:
                self._numbers_of.clear()
            self._numbers_of[key] = frozenset(control_numbers(kept.document))
        return self._numbers_of[key]

    def _of_frame(self, frame: Frame) -> Heard:
        if frame.id in self._heard:
            self._heard.move_to_end(frame.id)
            return self._heard[frame.id]
        try:
            value = read(frame.body)
        except UnreadableJSON:
            value = None
        heard = self._heard[frame.id] = Heard(str(frame.id), frame.received_at, value)
        if len(self._heard) > _KEPT:
            self._heard.popitem(last=False)
        return heard


def _is_answer(value: JSONObject) -> bool:
    """Tell whether customs takes or refuses something here; news of a shipment or a truck answers no request."""
    if kind_of(value) == ACE_RESPONSE:
        return "processingResponse" in value or "validationResponses" in value
    return kind_of(value) == ACI_RESPONSE


def transmitted_at(rows: Sequence[OutboxRow]) -> datetime | None:
    """Return when a trip was last handed over for customs: a send request, or an upload that asks for it."""
    return max((row.claimed_at for row in rows if _is_handed(row) and row.claimed_at is not None), default=None)


def _is_handed(row: OutboxRow) -> bool:
    return (row.kind == "send_request" or row.auto_send) and row.state in _HANDED_OVER
