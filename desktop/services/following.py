"""Follows plans that wait for customs: their next step goes once customs accepted what the step before asked.

Refused: nothing after it goes. No answer, or one that may be another request's: it goes on waiting. What was found is
written down with the frame it stands in before anything goes out (reliability 3).
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from desktop.domain.lifecycle import OutboxState
from desktop.services.customs_word import Answer, answer_to
from desktop.store import Store
from desktop.store.outbox import Move
from desktop.store.records import OutboxRow

log = logging.getLogger(__name__)

S = OutboxState
WAITING = frozenset({S.READY, S.HELD})
ENDS_ITS_PLAN = frozenset({S.REJECTED, S.PARTIAL, S.CANCELLED})
"""States after which nothing of the same plan goes out any more."""


class Following:
    """Looks whether what waits for customs may go, or must not go any more."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def look(self, rows: Sequence[OutboxRow]) -> list[OutboxRow]:
        """Settle what can be settled of the rows that wait for customs; return the rows that changed."""
        changed: list[OutboxRow] = []
        for row in rows:
            if row.is_waiting and row.state in WAITING:
                changed += await self._look(row)
        return changed

    async def rest_of(self, row: OutboxRow) -> list[OutboxRow]:
        """Return what was to follow a row that ended: the rest of its plan, and later requests to file its trip."""
        plan = await self._store.outbox.of_plan(row.plan)
        rest = [later for later in plan if later.step > row.step and later.state in WAITING]
        if row.kind == "upload" and row.trip is not None:
            rest += [
                later
                for later in await self._store.outbox.for_trip(row.trip)
                if later.kind == "send_request" and later.plan > row.plan and later.state in WAITING
            ]
        return rest

    async def loose_ends(self, rows: Sequence[OutboxRow]) -> list[OutboxRow]:
        """Return what still waits though its plan ended: a full disk or a sudden end came between the two."""
        found: list[OutboxRow] = []
        for plan in dict.fromkeys(row.plan for row in rows if row.step > 1 and row.state in WAITING):
            steps = await self._store.outbox.of_plan(plan)
            ended = next((row.step for row in steps if row.state in ENDS_ITS_PLAN), None)
            if ended is not None:
                found += [row for row in steps if row.step > ended and row.state in WAITING]
        return found

    async def _look(self, row: OutboxRow) -> list[OutboxRow]:
        plan = await self._store.outbox.of_plan(row.plan)
        earlier = [one for one in plan if one.step < row.step]
        if not earlier or any(one.state is not S.ACKED for one in earlier):
            return []
        said = await answer_to(self._store, earlier[-1])
        if said.answer is Answer.ACCEPTED:
            moved = await self._store.outbox.end_wait(row.id, cause="customs_accepted", frame=said.frame)
            log.info("outbox %s: customs accepted what it waited for", row.id)
            return [] if moved is None else [moved]
        if said.answer is Answer.REFUSED:
            rest = [one for one in plan if one.step >= row.step and one.state in WAITING]
            moves = [Move(one.id, WAITING, S.CANCELLED, "customs_refused", frame=said.frame) for one in rest]
            log.info("outbox %s: customs refused what it waited for, %d steps stay here", row.id, len(moves))
            return [one for one in await self._store.outbox.move(*moves) if one is not None]
        return []
