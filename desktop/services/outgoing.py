"""Freezes messages for the outbox: the exact bytes, the version they came from, the numbers they use."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.clock import Clock, new_id
from desktop.delivery.attempt import Way
from desktop.delivery.planner import Step
from desktop.domain.documents import JSONObject
from desktop.domain.lifecycle import Regime
from desktop.protocol.outgoing import encode, send_request
from desktop.services.importing import PORTS, control_numbers, eta_of
from desktop.store import Store
from desktop.store.records import Company, NewNumber, NewOutboxRow, OutboxRow, Trip

__all__ = ["PORTS", "Outgoing"]


class Outgoing:
    """Puts plans and single messages into the outbox, each in one transaction."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def plan(self, trip: Trip, company: Company, steps: Sequence[Step]) -> list[OutboxRow]:
        """Queue the steps of a plan for a trip.

        Raises:
            Conflict: the trip was edited meanwhile; nothing was queued.
        """
        rows = [self._row_of_step(trip, company, one) for one in steps]
        return await self._store.outbox.enqueue_plan(
            rows, company=company.id, trip=trip.id, trip_version=trip.version, numbers=numbers_of(trip.document)
        )

    def _row_of_step(self, trip: Trip, company: Company, one: Step) -> NewOutboxRow:
        send_id = new_id(self._clock.now())
        if one.way is Way.UPLOAD:
            document, operation = trip.document, one.operation
            payload = encode(
                document, send_id=send_id, company_key=company.company_key, operation=operation, auto_send=False
            )
        else:
            document, operation = send_request(trip.regime, one.type, trip.number), one.type
            payload = encode(document, send_id=send_id, company_key=company.company_key)
        return NewOutboxRow(
            kind="upload" if one.way is Way.UPLOAD else "send_request",
            data=one.data,
            operation=operation,
            regime=trip.regime,
            number=trip.number,
            send_id=send_id,
            payload=payload,
            auto_send=False,
            account=company.address,
            eta_utc=trip.eta_utc,
        )

    async def trip_as_written(
        self, trip: Trip, company: Company, message: JSONObject, *, auto_send: bool
    ) -> list[OutboxRow]:
        """Queue a trip message as its file has it: operation as there, `sendId` and `companyKey` ours."""
        row = self._row_of_message(message, company, trip.regime, trip.number, auto_send=auto_send)
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


def numbers_of(document: JSONObject) -> list[NewNumber]:
    """Return the numbers a trip message uses up."""
    number = document.get("tripNumber")
    used = [NewNumber("trip", number)] if isinstance(number, str) and number else []
    return [*used, *(NewNumber("control", one) for one in control_numbers(document))]
