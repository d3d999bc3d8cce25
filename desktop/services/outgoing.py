"""Freezes messages for the outbox: the exact bytes, the version they came from, the numbers they use."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.clock import Clock, new_id
from desktop.delivery.attempt import Attempt, Overtaken, Released, Way
from desktop.delivery.machine import step
from desktop.delivery.planner import Reason, Step
from desktop.domain.documents import JSONObject, is_object
from desktop.domain.left_out import sent_form
from desktop.domain.lifecycle import OutboxState, Regime
from desktop.domain.shipment import control_numbers
from desktop.errors import Bug
from desktop.protocol.outgoing import encode, send_request
from desktop.protocol.strict_json import read
from desktop.services.importing import eta_of
from desktop.services.standing import may_be_out
from desktop.store import Store
from desktop.store.outbox import Move
from desktop.store.records import Company, NewNumber, NewOutboxRow, OutboxRow, Trip

WAITING = frozenset({OutboxState.READY, OutboxState.HELD})
"""States of what has not gone out and still may."""


@dataclass(frozen=True, slots=True)
class Reasons:
    """The reason codes a person chose for a change of what CBSA has (protocol 7); empty where none is asked."""

    trip: str = ""
    shipment: str = ""

    def lack(self, asked: Collection[Reason]) -> bool:
        """Tell whether one that is asked was not chosen."""
        return (Reason.TRIP in asked and not self.trip) or (Reason.SHIPMENT in asked and not self.shipment)


NO_REASONS: Final = Reasons()


class Outgoing:
    """Puts plans and single messages into the outbox, each in one transaction."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def plan(
        self,
        trip: Trip,
        company: Company,
        steps: Sequence[Step],
        *,
        reasons: Reasons = NO_REASONS,
        other: Trip | None = None,
        moved: str = "",
    ) -> list[OutboxRow]:
        """Queue the steps of a plan, all in one transaction; what is edited later is not part of them.

        Args:
            trip: the trip the plan is of.
            company: whose.
            steps: its messages in their order.
            reasons: the reason codes chosen for CBSA.
            other: the trip a shipment leaves; where the plan moves one.
            moved: the number of that shipment.

        Raises:
            Conflict: a trip was edited meanwhile; nothing was queued.
        """
        rows = []
        for one in steps:
            about = trip if other is None or not one.is_other else other
            row = self._row_of_step(about, company, one, reasons)
            rows.append(row._replace(trip=about.id, trip_version=about.version))
        return await self._store.outbox.enqueue_plan(
            rows,
            company=company.id,
            trip=trip.id,
            trip_version=trip.version,
            numbers=numbers_of(trip.document),
            moved=None if other is None else (moved, other.id),
        )

    async def overtake(self, rows: Sequence[OutboxRow]) -> None:
        """Take back what waits in the outbox and has never gone out: something newer takes its place.

        What was to follow it in its plan goes with it, also where that is about another trip: it could never go any
        more. A row that was claimed meanwhile stays as it is.
        """
        moves = []
        for row in await self._with_rest(rows):
            done = step(Attempt(row.id, row.send_id, Way(row.kind), row.state), Overtaken(), 0.0)
            if done.cause and not may_be_out(row):
                moves.append(Move(row.id, (row.state,), done.state, done.cause))
        if moves:
            await self._store.outbox.move(*moves)

    async def _with_rest(self, rows: Sequence[OutboxRow]) -> list[OutboxRow]:
        found = {row.id: row for row in rows}
        for plan in dict.fromkeys(row.plan for row in rows if row.state in WAITING):
            first = min(row.step for row in rows if row.plan == plan and row.state in WAITING)
            for row in await self._store.outbox.of_plan(plan):
                if row.step > first and row.state in WAITING:
                    found.setdefault(row.id, row)
        return list(found.values())

    async def release(self, rows: Sequence[OutboxRow]) -> None:
        """Let go what was held, because a person sends it anew."""
        moves = []
        for row in rows:
            done = step(Attempt(row.id, row.send_id, Way(row.kind), row.state), Released(), 0.0)
            if done.cause:
                moves.append(Move(row.id, (row.state,), done.state, done.cause))
        if moves:
            await self._store.outbox.move(*moves)

    def _row_of_step(self, trip: Trip, company: Company, one: Step, reasons: Reasons) -> NewOutboxRow:
        send_id = new_id(self._clock.now())
        number = one.number or trip.number
        if one.way is Way.UPLOAD:
            document, operation = sent_form(trip.document), one.operation
            payload = encode(
                document,
                send_id=send_id,
                company_key=company.company_key,
                operation=operation,
                auto_send=False,
                updates=one.stored,
            )
        else:
            operation = one.type
            document = send_request(
                trip.regime,
                one.type,
                number,
                trip_reason=reasons.trip if Reason.TRIP in one.reasons else "",
                shipment_reason=reasons.shipment if Reason.SHIPMENT in one.reasons else "",
            )
            payload = encode(document, send_id=send_id, company_key=company.company_key)
        _last_gate(payload)
        return NewOutboxRow(
            kind="upload" if one.way is Way.UPLOAD else "send_request",
            data=one.data,
            operation=operation,
            regime=trip.regime,
            number=number,
            send_id=send_id,
            payload=payload,
            auto_send=False,
            account=company.address,
            eta_utc=trip.eta_utc,
            waits_for=one.waits_for,
        )

    async def trip_as_written(
        self, trip: Trip, company: Company, message: JSONObject, *, auto_send: bool
    ) -> list[OutboxRow]:
        """Queue a trip message as its file has it: operation as there, `sendId` and `companyKey` ours.

        The same operation that still waits with older content does not go out any more, nor what was to follow it.
        """
        row = self._row_of_message(message, company, trip.regime, trip.number, auto_send=auto_send)
        waiting = [one for one in await self._store.outbox.for_trip(trip.id) if one.state in WAITING]
        if any(one.kind == "upload" and one.operation == row.operation for one in waiting):
            await self.overtake([one for one in waiting if one.kind != "upload" or one.operation == row.operation])
        return await self._store.outbox.enqueue_plan(
            [row], company=company.id, trip=trip.id, trip_version=trip.version, numbers=numbers_of(trip.document)
        )

    async def alone(
        self,
        message: JSONObject,
        company: Company,
        regime: Regime,
        number: str,
        *,
        trip: Trip | None,
        shipment: str = "",
        auto_send: bool = False,
    ) -> list[OutboxRow]:
        """Queue a send request or a lone shipment as its file has it."""
        row = self._row_of_message(message, company, regime, number, auto_send=auto_send, shipment=shipment)
        numbers = [NewNumber("control", shipment)] if shipment else []
        return await self._store.outbox.enqueue_plan(
            [row],
            company=company.id,
            trip=None if trip is None else trip.id,
            trip_version=None if trip is None else trip.version,
            numbers=numbers,
        )

    def _row_of_message(
        self,
        message: JSONObject,
        company: Company,
        regime: Regime,
        number: str,
        *,
        auto_send: bool,
        shipment: str = "",
    ) -> NewOutboxRow:
        send_id = new_id(self._clock.now())
        data = str(message["data"])
        is_request = data.endswith("_SEND_REQUEST")
        operation = message.get("type" if is_request else "operation")
        payload = encode(
            message,
            send_id=send_id,
            company_key=company.company_key,
            auto_send=None if is_request else auto_send,
        )
        if data != "RNS_SEND_REQUEST":  # its fields come from one client only; the gate holds nothing against it
            _last_gate(payload)
        return NewOutboxRow(
            kind="send_request" if is_request else "upload",
            data=data,
            operation=operation if isinstance(operation, str) else "",
            regime=regime,
            number=number,
            send_id=send_id,
            payload=payload,
            shipment=shipment,
            auto_send=auto_send,
            account=company.address,
            eta_utc=eta_of(regime, message),
        )


def _last_gate(payload: bytes) -> None:
    """Let frozen bytes pass that may go out.

    Raises:
        Bug: they should never have come this far; nothing is queued.
    """
    from desktop.protocol.gate import assert_sendable  # on use: it loads pydantic

    wire = read(payload)
    if not is_object(wire):
        raise Bug("a message that is no object reached the last gate")
    assert_sendable(wire)


def numbers_of(document: JSONObject) -> list[NewNumber]:
    """Return the numbers a trip message uses up."""
    number = document.get("tripNumber")
    used = [NewNumber("trip", number)] if isinstance(number, str) and number else []
    return [*used, *(NewNumber("control", one) for one in control_numbers(document))]
