"""What customs said of a trip's shipments under another trip: goods that move take their holds along (domain 8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from desktop.crossing.fold import Heard, fold
from desktop.crossing.proof import Proof
from desktop.crossing.shipment import ShipmentState
from desktop.domain.documents import Missing
from desktop.domain.lifecycle import Clearance
from desktop.services.inbox import value_of
from desktop.store import Store
from desktop.store.records import Trip

_KEPT: Final = timedelta(days=30)
"""A number rests for years (domain 1.5): what is older was said of other goods."""


async def said_elsewhere(store: Store, trips: Sequence[Trip], now: datetime) -> dict[str, Proof]:
    """Return, by trip, bad news that stands against one of its shipments under another trip; its code is the number."""
    known = {trip.id: trip for trip in trips}
    crossed: dict[tuple[str, str], list[Heard]] = {}
    for bearer, number, frame_id in await store.bearing.of_other_trips(list(known), now - _KEPT):
        frame = await store.frames.get(frame_id)
        value = value_of(frame.body)
        if not isinstance(value, Missing):
            crossed.setdefault((bearer, number), []).append(Heard(str(frame.id), frame.received_at, value))
    found: dict[str, Proof] = {}
    for (trip_id, number), heard in crossed.items():
        trip = known[trip_id]
        state = fold(trip.regime, heard, [number], trip=trip.number).shipments[number]
        proof = _worst(state)
        if proof is not None:
            found.setdefault(trip_id, Proof(proof.frame, proof.at, number))
    return found


def _worst(state: ShipmentState) -> Proof | None:
    """Return what a hold, an examination, an error or a code that is not understood rests on; None where none stands.

    What is good, and a hold that was taken off, says nothing about the trip the shipment is on now.
    """
    if state.holds:
        return state.proofs.get("hold")
    if state.clearance in {Clearance.EXAM, Clearance.REFUSED}:
        return state.proofs.get("clearance") or state.proofs.get("refused")
    return state.proofs.get("unknown") if state.unknown_codes else None
