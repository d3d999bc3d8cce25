"""What a list says of a plan that waits for customs or has stopped: read from a trip's own rows of the outbox alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from desktop.domain.lifecycle import OutboxState
from desktop.services.sending_views import PlanMark
from desktop.services.standing import may_be_out
from desktop.store.records import OutboxRow

S = OutboxState
_WAITING = frozenset({S.READY, S.HELD})


def mark_of(rows: Sequence[OutboxRow]) -> PlanMark | None:
    """Return what is to be said of the newest plan; None where the trip's state says all of it."""
    plan = [row for row in rows if row.plan == rows[-1].plan]
    count = max((row.step for row in plan), default=1)
    waiting = next((row for row in plan if row.state in _WAITING and row.is_waiting), None)
    if waiting is not None and waiting.step > 1:
        before = [row for row in plan if row.step < waiting.step]
        if any(row.state is not S.ACKED for row in before):
            return None
        since = _since(before[-1]) if before else waiting.created_at
        return PlanMark(waiting.step - 1, count, _what(before[-1]) if before else "", since)
    left = next((row for row in plan if row.state is S.CANCELLED and not may_be_out(row)), None)
    if left is not None and left.step > 1:
        return PlanMark(left.step, count, _what(left), _since(left), is_stopped=True)
    return None


def _what(row: OutboxRow) -> str:
    if row.kind == "upload":
        return "upload"
    if "CANCEL" in row.operation:
        return "cancel"
    return "amend" if row.operation.startswith(("AMEND", "CHANGE")) else "file"


def _since(row: OutboxRow) -> datetime:
    return row.answered_at or row.written_at or row.created_at
