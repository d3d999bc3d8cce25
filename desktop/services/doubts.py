"""Attempts that may or may not have arrived: what is known of them, and what a person decides (reliability 3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from desktop import texts
from desktop.clock import Clock
from desktop.delivery.attempt import Attempt, Choice, Decided, Way
from desktop.delivery.machine import step
from desktop.delivery.planner import plan_update
from desktop.domain.lifecycle import OutboxState
from desktop.errors import DesktopError
from desktop.services.changes import Changes
from desktop.services.edit_session import EditSession
from desktop.services.outgoing import WAITING, Outgoing
from desktop.services.standing import may_be_out
from desktop.services.views import DoubtView, HistoryLine, SendPreview, Subject
from desktop.store import Store
from desktop.store.outbox import Move
from desktop.store.records import OutboxRow

S = OutboxState
_DOUBT = frozenset({S.UNCERTAIN, S.DUP_SUSPECT, S.CONFLICT})
_TELLING = frozenset({"claimed", "written", "probe", "probe_not_written", "status_unknown"})


class Preview(Protocol):
    """What this needs of sending."""

    async def preview(self, trip_id: str) -> SendPreview:
        """Return what Send would do; its errors are what keeps a trip from going out."""
        ...

    async def is_on_file(self, trip_id: str) -> bool:
        """Tell whether customs has the trip."""
        ...


class Copies(Protocol):
    """Who starts a trip like another one."""

    async def copy(self, trip_id: str) -> EditSession:
        """Start a trip like another one, with numbers of its own."""
        ...


class Doubts:
    """Names the evidence, and does what the user decides; nothing here is ever decided by itself."""

    def __init__(
        self,
        store: Store,
        starting: Copies,
        submit: Preview,
        changes: Changes,
        clock: Clock,
        kick: Callable[[], None],
    ) -> None:
        self._store = store
        self._starting = starting
        self._submit = submit
        self._outgoing = Outgoing(store, clock)
        self._changes = changes
        self._kick = kick

    async def of(self, trip_id: str) -> DoubtView | None:
        """Return what is known of the attempt nobody is sure of; None where there is nothing to decide."""
        rows = await self._store.outbox.for_trip(trip_id)
        doubtful = [row for row in rows if row.state in _DOUBT]
        if not doubtful:
            return None
        row = doubtful[0]
        is_upload = row.kind == "upload"
        choices = [Choice.IT_ARRIVED]
        if is_upload and row.operation in {"CREATE", "UPDATE"}:
            choices.append(Choice.SEND_AS_UPDATE)
        if is_upload and row.operation == "CREATE":
            choices.append(Choice.NEW_NUMBER)
        choices.append(Choice.GIVE_UP)
        return DoubtView(
            trip=row.number,
            regime=row.regime,
            what=texts.text("doubt.upload" if is_upload else "doubt.request", data=row.data, operation=row.operation),
            evidence=await self._evidence(row),
            choices=tuple(choice.value for choice in choices),
            goes_on=any(one.state in WAITING for one in rows if one.plan == row.plan),
        )

    async def _evidence(self, row: OutboxRow) -> tuple[HistoryLine, ...]:
        lines = await self._store.delivery_log.of_row(row.id)
        told = [line for line in lines if line.cause in _TELLING or line.to_state in _DOUBT]
        return tuple(
            HistoryLine(line.at, f"delivery.{line.to_state}", texts.text(f"history.cause.{line.cause}"))
            for line in told
            if texts.has(f"history.cause.{line.cause}")
        )

    async def decide(self, trip_id: str, choice: str) -> str:
        """Do what the user decided, and return the trip to go on with: this one, or the new draft.

        Raises:
            DesktopError: the answer came meanwhile, so nothing is in doubt any more; or the trip cannot go out as it
                is. Nothing was changed.
        """
        decided = Choice(choice)
        rows = await self._store.outbox.for_trip(trip_id)
        doubtful = [row for row in rows if row.state in _DOUBT]
        if not doubtful:
            raise DesktopError("doubt.settled")
        going_on = trip_id
        if decided is Choice.SEND_AS_UPDATE:
            await self._queue_update(trip_id, rows, doubtful[0])
        elif decided is Choice.NEW_NUMBER:
            session = await self._starting.copy(trip_id)
            going_on = session.trip_id
            await session.close()
        moves = [_settled(row, decided) for row in doubtful]
        if decided is not Choice.IT_ARRIVED:
            plans = {row.plan for row in doubtful}
            await self._outgoing.overtake([row for row in rows if row.plan in plans and row.state in WAITING])
        await self._store.outbox.move(*moves)
        self._changes.announce(Subject.TRIP, {trip_id, going_on})
        self._kick()
        return going_on

    async def _queue_update(self, trip_id: str, rows: list[OutboxRow], doubtful: OutboxRow) -> None:
        """Queue the trip as a change; it goes once the doubt is settled, which the caller does next."""
        preview = await self._submit.preview(trip_id)
        if preview.errors:
            raise DesktopError("doubt.not_ready", count=preview.errors)
        trip = await self._store.trips.get(trip_id)
        # A version of its own: what becomes of it must not be mixed up with what became of the doubtful one.
        trip = await self._store.trips.save(
            trip.id, trip.document, trip.local, version=trip.version, eta_utc=trip.eta_utc
        )
        # What customs has cannot be filed again: the change follows by Send, with its reason where one is asked.
        is_held = await self._submit.is_on_file(trip_id) or not any(
            row.kind == "send_request" for row in rows if row.plan == doubtful.plan
        )
        company = await self._store.companies.by_id(trip.company)
        await self._outgoing.plan(trip, company, plan_update(trip.regime, hold=is_held).steps)


def _settled(row: OutboxRow, choice: Choice) -> Move:
    attempt = Attempt(row.id, row.send_id, Way(row.kind), row.state, was_written=may_be_out(row))
    done = step(attempt, Decided(choice), 0.0)
    return Move(row.id, (row.state,), done.state, done.cause)
