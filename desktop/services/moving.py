"""Brings a shipment from one trip to another: both trips changed, and customs told in its order (domain 5.5)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from desktop.clock import Clock
from desktop.delivery.planner import Plan
from desktop.delivery.planner_move import Side, plan_move
from desktop.domain.documents import JSONObject, is_object, join
from desktop.domain.shipment import place_of, shipments_of
from desktop.errors import UsageError
from desktop.services.edit_session import EditSession
from desktop.services.editing import Editing
from desktop.services.facts import FactsSource
from desktop.services.outgoing import WAITING, Outgoing, Reasons
from desktop.services.planning import HELD, MOVING, Basis, Planning
from desktop.store import Store
from desktop.store.records import OutboxRow, Trip
from desktop.texts import text
from desktop.validation.issue import CheckResult


@dataclass(frozen=True, slots=True)
class Moved:
    """What bringing a shipment to another trip would do.

    Attributes:
        number: the shipment.
        old: the trip it leaves, as it is now.
        new: the trip it comes to, as it is now; the same trip twice is not possible.
        plan: the messages.
        found: what is to be said of the new trip with it.
        basis: what is known of the new trip.
        waiting: what waits to go for either trip and would be taken back.
        why: why nothing can go, in words; empty where something can.
        is_there: the shipment stands on the new trip already.
    """

    number: str
    old: Trip
    new: Trip
    plan: Plan
    found: CheckResult
    basis: Basis
    waiting: tuple[OutboxRow, ...]
    why: str
    is_there: bool


class Moving:
    """Shipments from trip to trip."""

    def __init__(
        self,
        store: Store,
        facts: FactsSource,
        editing: Editing,
        outgoing: Outgoing,
        planning: Planning,
        clock: Clock,
    ) -> None:
        self._store = store
        self._facts = facts
        self._editing = editing
        self._outgoing = outgoing
        self._planning = planning
        self._clock = clock

    async def look(self, number: str, from_trip: str, to_trip: str) -> Moved:
        """Return what it would do; nothing is changed.

        Raises:
            UsageError: the shipment is on neither trip, or the two are not one carrier's into the same country.
        """
        await self._editing.flush(from_trip)
        await self._editing.flush(to_trip)
        old, new = await self._store.trips.get(from_trip), await self._store.trips.get(to_trip)
        if old.id == new.id or old.regime is not new.regime or old.company != new.company or not old.company:
            raise UsageError("send.move_other", trip=new.number, other=old.number)
        shipment = _shipment(old, number)
        is_there = _shipment(new, number) is not None
        if shipment is None and not is_there:
            raise UsageError("send.move_missing", number=number, trip=old.number)
        left = _without(old, number)
        arrived = new.document if is_there or shipment is None else _with(new, shipment)
        leaving, basis = await self._planning.basis(old), await self._planning.basis(new)
        made = plan_move(
            old.regime,
            number,
            Side(left, leaving.known, leaving.sent),
            Side(arrived, basis.known, basis.sent),
        )
        is_again = shipment is None  # it was moved before, and that may still wait
        if not is_again and await self._planning.is_moving(leaving.rows, basis.rows):
            made = Plan(blocked=MOVING)
        if await self._planning.is_held():
            made = Plan(blocked=HELD)
        why = text(made.blocked) if made.blocked else ""
        if made.is_other_blocked:
            why = text("delivery.blocked.move_old", trip=old.number, why=why)
        waiting = [row for row in (*leaving.rows, *basis.rows) if row.state in WAITING]
        return Moved(number, old, new, made, await self._check(new, arrived, old), basis, tuple(waiting), why, is_there)

    async def carry_out(self, moved: Moved, reasons: Reasons) -> tuple[list[OutboxRow], Trip]:
        """Change both trips and queue the plan; return its rows and the trip the shipment is on now.

        Raises:
            Conflict: a trip was edited meanwhile: it is changed, and nothing was queued.
        """
        await self._change(moved)
        old, new = await self._store.trips.get(moved.old.id), await self._store.trips.get(moved.new.id)
        await self._outgoing.overtake(moved.waiting)
        company = await self._store.companies.by_id(new.company)
        steps = moved.plan.steps
        rows = await self._outgoing.plan(new, company, steps, reasons=reasons, other=old, moved=moved.number)
        return rows, new

    async def _change(self, moved: Moved) -> None:
        """Put it on the new trip first: what cannot be put there is not taken off."""
        shipment = _shipment(moved.old, moved.number)
        if shipment is not None and not moved.is_there:
            async with self._session(moved.new.id) as session:
                session.insert("/shipments/-", shipment)
        place = place_of(moved.old.document, moved.number, moved.old.regime)
        if place is not None:
            async with self._session(moved.old.id) as session:
                session.remove(join("shipments", place))

    @asynccontextmanager
    async def _session(self, trip_id: str) -> AsyncIterator[EditSession]:
        is_open = self._editing.is_open(trip_id)
        session = await self._editing.open(trip_id)
        try:
            yield session
            await session.flush()
        finally:
            if not is_open:
                await self._editing.release(trip_id)

    async def _check(self, new: Trip, document: JSONObject, old: Trip) -> CheckResult:
        from desktop.validation import check

        known = await self._facts.known(new.company, new.regime, without_trip=new.id, nor=old.id)
        return check(document, known.at(self._clock.now(), new.local))


def _shipment(trip: Trip, number: str) -> JSONObject | None:
    place = place_of(trip.document, number, trip.regime)
    found = None if place is None else shipments_of(trip.document)[place]
    return found if is_object(found) else None


def _without(trip: Trip, number: str) -> JSONObject:
    gone = place_of(trip.document, number, trip.regime)
    if gone is None:
        return trip.document
    return {**trip.document, "shipments": [one for at, one in enumerate(shipments_of(trip.document)) if at != gone]}


def _with(trip: Trip, shipment: JSONObject) -> JSONObject:
    return {**trip.document, "shipments": [*shipments_of(trip.document), shipment]}
