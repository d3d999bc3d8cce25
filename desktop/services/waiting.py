"""Waits until a send has come to something, and says what it came to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.clock import Clock
from desktop.delivery.planner import next_step
from desktop.domain.documents import is_object
from desktop.domain.lifecycle import Customs, Delivery, LinkState, OutboxState, Outcome
from desktop.services.border import Border
from desktop.services.changes import Changes
from desktop.services.customs_word import Answer, answer_to
from desktop.services.server_errors import ServerErrors
from desktop.services.standing import may_be_out
from desktop.services.views import Changed, LinkStatus, SendResult
from desktop.store import Store
from desktop.store.records import OutboxRow, Trip
from desktop.texts import text

S = OutboxState
_DOUBT = frozenset({S.DUP_SUSPECT, S.CONFLICT})
_WAITING = frozenset({S.DRAFT, S.READY, S.HELD})
_NO_WAY = frozenset({LinkState.KEY_REFUSED, LinkState.KEY_NEEDED, LinkState.REFUSED})

SETTLE_S = 1.0
"""How long to go on listening after an answer: customs' notices and releases come right behind it."""

_POLL_S = 0.25


@dataclass(frozen=True, slots=True)
class _Standing:
    outcome: Outcome | None  # None: nothing conclusive yet
    so_far: Outcome  # what to say if nothing more comes
    customs: Customs
    status: str
    errors: tuple[tuple[str, str], ...]


class Waiting:
    """Looks at queued plans until they are concluded."""

    def __init__(
        self,
        store: Store,
        border: Border,
        server_errors: ServerErrors,
        changes: Changes,
        clock: Clock,
        link_status: Callable[[str], LinkStatus],
    ) -> None:
        self._store = store
        self._border = border
        self._server_errors = server_errors
        self._changes = changes
        self._clock = clock
        self._link_status = link_status

    async def result(self, rows: Sequence[OutboxRow], trip: Trip | None, name: str, wait_s: float | None) -> SendResult:
        """Return what became of a plan: at once when it is concluded, at the latest after `wait_s` seconds.

        Without `wait_s` it is what is known now: queued, unless it is already further. An attempt that is not sure
        may still be answered, so it is waited for.
        """
        standing = await self._standing(rows, trip)
        if wait_s is None:
            return self._result(standing, name, standing.outcome or standing.so_far)
        heard = asyncio.Event()

        def on_change(_: Changed) -> None:
            heard.set()

        stop_listening = self._changes.subscribe(on_change)
        end = self._clock.monotonic() + wait_s
        try:
            while standing.outcome is None:
                if await self._is_hopeless(rows):
                    return self._result(standing, name, Outcome.NO_CONNECTION)
                left = end - self._clock.monotonic()
                if left <= 0:
                    outcome = standing.so_far if standing.so_far is not Outcome.QUEUED else await self._at_the_end(rows)
                    return self._result(standing, name, outcome)
                heard.clear()
                await _first(heard, min(left, _POLL_S))
                standing = await self._standing(rows, trip)
            await self._settle(heard, end)
        finally:
            stop_listening()
        standing = await self._standing(rows, trip)
        return self._result(standing, name, standing.outcome or Outcome.NOT_SURE)

    async def _settle(self, heard: asyncio.Event, end: float) -> None:
        """Listen on until nothing has come for a moment, at most three of them, and never beyond the end."""
        for _ in range(3):
            heard.clear()
            left = end - self._clock.monotonic()
            if left <= 0 or not await _first(heard, min(SETTLE_S, left)):
                return

    async def _is_hopeless(self, rows: Sequence[OutboxRow]) -> bool:
        current = await self._store.outbox.of_plan(rows[0].plan)
        if not all(row.state in _WAITING for row in current):
            return False
        return self._link_status(rows[0].company).state in _NO_WAY

    async def _at_the_end(self, rows: Sequence[OutboxRow]) -> Outcome:
        current = await self._store.outbox.of_plan(rows[0].plan)
        if all(row.state in _WAITING for row in current):
            is_up = self._link_status(rows[0].company).state is LinkState.CONNECTED
            return Outcome.QUEUED if is_up else Outcome.NO_CONNECTION
        return Outcome.NOT_SURE

    async def _standing(self, rows: Sequence[OutboxRow], trip: Trip | None) -> _Standing:
        current = await self._store.outbox.of_plan(rows[0].plan)
        states = {row.state for row in current}
        # asked first: an answer that comes in between is then in both, and never half of it
        is_answered = states == {S.ACKED} and await self._is_answered(current, trip)
        crossing = None if trip is None else await self._border.of_trip(trip)
        customs = Customs.NONE if crossing is None else crossing.customs
        status, errors = await self._said(current, trip)
        outcome: Outcome | None = None
        has_refused = trip is not None and await self._has_refused(current)
        if states & _DOUBT:
            outcome = Outcome.NOT_SURE
        elif S.REJECTED in states or has_refused:
            outcome = Outcome.REFUSED
        elif S.PARTIAL in states:
            outcome = Outcome.DELIVERED_WITH_PROBLEMS
        elif S.CANCELLED in states:
            outcome = _given_up(current)
        elif is_answered:
            outcome = Outcome.REFUSED if customs is Customs.REFUSED else Outcome.DELIVERED
            if trip is not None and "CANCEL" in current[-1].operation and customs is not Customs.CANCELLED:
                outcome = Outcome.NOT_SURE  # an answer came that may be another request's
        so_far = Outcome.NOT_SURE if S.UNCERTAIN in states else Outcome.QUEUED
        return _Standing(outcome, so_far, customs, status, errors)

    async def _is_answered(self, rows: Sequence[OutboxRow], trip: Trip | None) -> bool:
        """Tell whether everybody who has to has answered: the gateway has all of it; customs where it was filed."""
        asked = [
            row for row in rows if row.auto_send or (row.kind == "send_request" and row.data[:3] in {"ACE", "ACI"})
        ]
        return not asked or trip is None or await self._border.has_answered(trip, asked[-1])

    async def _has_refused(self, rows: Sequence[OutboxRow]) -> bool:
        """Tell whether customs said no to a step, which ends the plan whatever it asked."""
        return any([(await answer_to(self._store, row)).answer is Answer.REFUSED for row in rows])

    async def _said(self, rows: Sequence[OutboxRow], trip: Trip | None) -> tuple[str, tuple[tuple[str, str], ...]]:
        answered = [row for row in rows if is_object(row.error)]
        status = ""
        errors: list[tuple[str, str]] = []
        for row in answered:
            said = row.error if is_object(row.error) else {}
            status = str(said.get("status", status))
        if trip is not None:
            errors = [(error.path, error.text) for error in await self._server_errors.of(trip)]
        elif answered:
            errors = [("", note) for note in notes_of(answered[-1])]
        return status, tuple(errors)

    @staticmethod
    def _result(standing: _Standing, name: str, outcome: Outcome) -> SendResult:
        delivery = {
            Outcome.REFUSED: Delivery.REFUSED,
            Outcome.DELIVERED_WITH_PROBLEMS: Delivery.DELIVERED_WITH_PROBLEMS,
            Outcome.NOT_SURE: Delivery.NOT_SURE,
        }.get(outcome)
        key = next_step(delivery, [words for _, words in standing.errors]) if delivery is not None else ""
        return SendResult(
            trip=name,
            outcome=outcome,
            customs=standing.customs,
            status=standing.status,
            errors=standing.errors,
            next_step=text("send.waits_for_connection")
            if outcome is Outcome.NO_CONNECTION
            else text(key)
            if key
            else "",
        )


def _given_up(rows: Sequence[OutboxRow]) -> Outcome:
    """Return what a plan came to that was taken back: what the gateway has of it stays there."""
    if any(row.state is S.CANCELLED and may_be_out(row) for row in rows):
        return Outcome.NOT_SURE
    return Outcome.DELIVERED if any(row.state is S.ACKED for row in rows) else Outcome.NOT_READY


def notes_of(row: OutboxRow) -> list[str]:
    """Return what the gateway objected to, in its own words; for a refusal without notes, its message."""
    said = row.error if is_object(row.error) else {}
    errors = said.get("errors")
    notes = [
        " ".join(str(part) for part in (error.get("identifier"), error.get("note")) if part)
        for error in (errors if isinstance(errors, list) else [])
        if is_object(error)
    ]
    message = said.get("message")
    if not notes and row.state in {S.REJECTED, S.PARTIAL} and isinstance(message, str):
        notes = [message]
    return notes


async def _first(heard: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            await heard.wait()
    except TimeoutError:
        return False
    return True
