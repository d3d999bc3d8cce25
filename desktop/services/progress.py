"""The plan of a trip while it runs, and after it stopped: its steps, what it waits for, what may safely be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from desktop.clock import Clock
from desktop.delivery.planner import CUSTOMS
from desktop.domain.lifecycle import OutboxState, Regime
from desktop.errors import DesktopError
from desktop.services.changes import Changes
from desktop.services.customs_word import NOTHING, Answer, Said, answers
from desktop.services.outgoing import WAITING, Outgoing
from desktop.services.planning import DOUBT
from desktop.services.sending_views import PlanAction, PlanState, PlanStep, PlanStepState, PlanView
from desktop.services.standing import may_be_out
from desktop.services.views import Subject
from desktop.services.waiting import notes_of
from desktop.store import Store
from desktop.store.records import OutboxRow
from desktop.texts import text

S = OutboxState
LOOK_AFTER: Final = timedelta(minutes=15)
"""After so long without customs' answer a person may look at customs' own site and say that it was accepted."""

_ENDED: Final = frozenset({S.REJECTED, S.PARTIAL, S.CANCELLED})
_STATES: Final = {
    S.DRAFT: PlanStepState.NOT_SENT,
    S.READY: PlanStepState.NOT_SENT,
    S.HELD: PlanStepState.NOT_SENT,
    S.IN_FLIGHT: PlanStepState.SENDING,
    S.ACCEPTED_PENDING: PlanStepState.SENDING,
    S.ACKED: PlanStepState.DELIVERED,
    S.PARTIAL: PlanStepState.PROBLEMS,
    S.REJECTED: PlanStepState.REFUSED,
    S.CANCELLED: PlanStepState.STOPPED,
    **dict.fromkeys(DOUBT, PlanStepState.NOT_SURE),
}
_NAMES: Final = {
    "COMPLETE_TRIP_AND_SHIPMENTS": "file",
    "ORIGINAL": "file",
    "AMEND_TRIP_AND_SHIPMENTS": "amend",
    "AMEND": "amend",
    "CHANGE": "amend",
    "CANCEL_TRIP_AND_SHIPMENTS": "cancel",
    "CANCEL": "cancel",
}


class Progress:
    """Reads plans out of the outbox; what it knows is stored nowhere else."""

    def __init__(
        self, store: Store, outgoing: Outgoing, changes: Changes, clock: Clock, kick: Callable[[], None]
    ) -> None:
        self._store = store
        self._outgoing = outgoing
        self._changes = changes
        self._clock = clock
        self._kick = kick

    async def of_trip(self, trip_id: str) -> PlanView | None:
        """Return the newest plan that concerns a trip, in whatever state; None where nothing was ever sent."""
        rows = await self._newest(trip_id)
        if not rows:
            return None
        said = await self._said(rows)
        state, key = _state(rows, said)
        waiting = _waits(rows)
        actions = [PlanAction.STOP] if any(row.state in WAITING for row in rows) else []
        if state is PlanState.NOT_SURE:
            actions = [PlanAction.DECIDE, *actions]
        if waiting is not None and self._may_go_on(rows, waiting, said):
            actions.append(PlanAction.GO_ON)
        if state is PlanState.STOPPED:
            actions.append(PlanAction.SEND)
        trip = await self._store.trips.get(trip_id)
        version = max((row.trip_version or 0 for row in rows if row.trip == trip_id), default=0)
        who = text("crossing.who.cbp" if rows[0].regime is Regime.ACE else "crossing.who.cbsa")
        return PlanView(
            id=rows[0].plan,
            state=state,
            text=text(f"send_progress.{key}", who=who),
            steps=tuple(_step(row, said.get(row.id, NOTHING)) for row in rows),
            since=max(_since(row) for row in rows),
            actions=tuple(actions),
            is_edited=trip.version > version,
        )

    async def stop(self, trip_id: str) -> None:
        """Take back what has not gone out of the newest plan; what went out stays out.

        Raises:
            DesktopError: all of it went out meanwhile.
        """
        rows = [row for row in await self._newest(trip_id) if row.state in WAITING and not may_be_out(row)]
        if not rows:
            raise DesktopError("send_progress.too_late")
        await self._outgoing.overtake(rows)
        self._tell(rows)

    async def go_on(self, trip_id: str) -> None:
        """A person looked at customs' own site and says that it accepted what the plan waits for: the rest goes out.

        Raises:
            DesktopError: the plan waits for nothing of customs any more, or everything is held.
        """
        if await self._store.holding.state() is not None:
            raise DesktopError("send_progress.held")
        rows = await self._newest(trip_id)
        waiting = _waits(rows)
        moved = None
        if waiting is not None:
            moved = await self._store.outbox.end_wait(waiting.id, cause="user_says_accepted")
        if moved is None:
            raise DesktopError("send_progress.no_wait")
        await self._outgoing.release([row for row in rows if row.state is S.HELD])
        self._tell(rows)
        self._kick()

    def _tell(self, rows: Sequence[OutboxRow]) -> None:
        self._changes.announce(Subject.TRIP, {row.trip for row in rows if row.trip is not None})

    async def _newest(self, trip_id: str) -> list[OutboxRow]:
        rows = await self._store.outbox.for_trip(trip_id)
        return await self._store.outbox.of_plan(rows[-1].plan) if rows else []

    async def _said(self, rows: Sequence[OutboxRow]) -> Mapping[str, Said]:
        found: dict[str, Said] = {}
        for trip in {row.trip for row in rows if row.trip is not None}:
            found |= answers(await self._store.outbox.for_trip(trip), await self._store.frames.of_trip(trip))
        return found

    def _may_go_on(self, rows: Sequence[OutboxRow], waiting: OutboxRow, said: Mapping[str, Said]) -> bool:
        before = [row for row in rows if row.step < waiting.step][-1]
        is_unclear = said.get(before.id, NOTHING).answer is Answer.UNCLEAR
        waited = self._clock.now() - _since(before)
        return is_unclear or not timedelta() <= waited < LOOK_AFTER  # below nothing: the clock was set back


def _waits(rows: Sequence[OutboxRow]) -> OutboxRow | None:
    """Return the step that only waits for customs' answer: everything before it was taken."""
    for row in rows:
        if row.state in WAITING and row.is_waiting:
            return row if all(one.state is S.ACKED for one in rows if one.step < row.step) else None
    return None


def _state(rows: Sequence[OutboxRow], said: Mapping[str, Said]) -> tuple[PlanState, str]:
    """Return where a plan stands, and the name of the sentence that says so."""
    states = {row.state for row in rows}
    last = said.get(rows[-1].id, NOTHING).answer
    is_asked = rows[-1].kind == "send_request" and rows[-1].operation in _NAMES
    if states & DOUBT:
        return PlanState.NOT_SURE, "not_sure"
    if states & _ENDED or (Answer.REFUSED in {said.get(row.id, NOTHING).answer for row in rows}):
        return PlanState.STOPPED, _why_stopped(rows, said)
    waiting = _waits(rows)
    is_held = S.HELD in states
    if waiting is not None:
        before = [row for row in rows if row.step < waiting.step][-1]
        if is_held:
            return PlanState.WAITING_FOR_CUSTOMS, "held"
        is_unclear = said.get(before.id, NOTHING).answer is Answer.UNCLEAR
        return PlanState.WAITING_FOR_CUSTOMS, "unclear" if is_unclear else "waiting"
    if states != {S.ACKED}:
        is_going = bool(states & {S.IN_FLIGHT, S.ACCEPTED_PENDING})
        return PlanState.RUNNING, "running" if is_going else "held" if is_held else "queued"
    if is_asked and last is not Answer.ACCEPTED:
        return PlanState.WAITING_FOR_CUSTOMS, "last_unclear" if last is Answer.UNCLEAR else "last_waiting"
    return PlanState.DONE, "accepted" if is_asked else "delivered"


def _why_stopped(rows: Sequence[OutboxRow], said: Mapping[str, Said]) -> str:
    refused = [row.step for row in rows if said.get(row.id, NOTHING).answer is Answer.REFUSED]
    if refused:
        is_late = any(row.step > refused[0] and may_be_out(row) for row in rows)
        return "customs_refused_late" if is_late else "customs_refused"
    if any(row.state is S.REJECTED for row in rows):
        return "gateway_refused"
    return "problems" if any(row.state is S.PARTIAL for row in rows) else "stopped"


def _step(row: OutboxRow, said: Said) -> PlanStep:
    state = _STATES[row.state]
    if row.state is S.ACKED and said.answer is Answer.ACCEPTED:
        state = PlanStepState.ACCEPTED
    elif row.state is S.ACKED and said.answer is Answer.REFUSED:
        state = PlanStepState.REFUSED
    elif row.state in WAITING and row.is_waiting:
        state = PlanStepState.WAITS_FOR_CUSTOMS
    return PlanStep(
        text=text(step_key(row)),
        data=row.data,
        trip_id=row.trip or "",
        trip=row.number,
        state=state,
        since=_since(row),
        waits_for=CUSTOMS if row.waits_for else "",
        frame=str(said.frame) if said.frame else "",
        words=tuple(notes_of(row)) if row.state in {S.REJECTED, S.PARTIAL} else (),
        name=step_key(row).rpartition(".")[2],
    )


def step_key(row: OutboxRow) -> str:
    """Return the key of the line that says what a step of a plan does."""
    if row.kind == "upload":
        name = row.operation.lower() if row.operation in {"CREATE", "UPDATE"} else "other"
        return f"delivery.step.upload_{name}"
    name = _NAMES.get(row.operation, "")
    return f"delivery.step.{name}_{row.regime.lower()}" if name else "delivery.step.request_other"


def _since(row: OutboxRow) -> datetime:
    """Return since when a row stands as it does, as far as the outbox tells."""
    known = (row.answered_at, row.waited_at, row.written_at, row.claimed_at)
    return max((one for one in known if one is not None), default=row.created_at)
