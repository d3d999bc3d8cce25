"""Reads a trip's outbox rows: how far it got to the gateway, what the gateway holds of it, what was filed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.delivery.machine import OPEN, user_word
from desktop.domain.lifecycle import Delivery, OutboxState
from desktop.store.records import OutboxRow, Trip

S = OutboxState
TAKEN = frozenset({S.ACKED, S.PARTIAL})
"""States of what the gateway has."""

_OPEN = OPEN | {S.CONFLICT}
_FILED = frozenset({S.ACKED, S.PARTIAL, S.ACCEPTED_PENDING, S.IN_FLIGHT})


def may_be_out(row: OutboxRow) -> bool:
    """Tell whether any byte of an attempt may have gone out: it was claimed, and nothing proved the contrary."""
    return row.attempts > 0


def delivery_of(rows: Sequence[OutboxRow]) -> Delivery:
    """Return the user's word for the way to the gateway: the worst of the newest version's rows, and of what is open.

    A message that is on its way or in doubt counts whatever was queued after it: it holds all of that back.
    A row that was taken back before any byte of it went out, and whose like was queued again, counts no more; neither
    does a cancellation that was taken back, nor a message that was given up, once its like was taken.
    """
    newest = max((row.trip_version or 0 for row in rows), default=0)
    of_newest = [row for row in rows if (row.trip_version or 0) == newest or row.state in _OPEN]
    return user_word((row.state, may_be_out(row)) for row in of_newest if not _is_replaced(row, of_newest))


def _is_replaced(row: OutboxRow, rows: Sequence[OutboxRow]) -> bool:
    if row.state is not S.CANCELLED:
        return False
    later = [other for other in rows if other.plan > row.plan]
    if may_be_out(row):
        return any(other.state in TAKEN and _is_like(other, row) for other in later)
    is_cancel = row.kind == "send_request" and "CANCEL" in row.operation
    return is_cancel or any((other.kind, other.operation) == (row.kind, row.operation) for other in later)


def _is_like(one: OutboxRow, row: OutboxRow) -> bool:
    """Tell whether an attempt comes to the same as another: any upload replaces the whole trip."""
    return one.kind == row.kind and (row.kind == "upload" or one.operation == row.operation)


def sent_number(trip: Trip, rows: Sequence[OutboxRow]) -> str:
    """Return the number others know a trip by: the one it last went out with, else the one it bears now."""
    return next((row.number for row in reversed(rows) if may_be_out(row)), trip.number)


def held_version(rows: Sequence[OutboxRow]) -> int | None:
    """Return which version of the trip the gateway holds: the newest one it took; None where it has none of ours."""
    taken = [row.trip_version for row in rows if row.kind == "upload" and row.state in TAKEN]
    return taken[-1] if taken else None


@dataclass(frozen=True, slots=True)
class Filing:
    """The last time customs was asked to take a trip: by which row, and which version of it."""

    row: OutboxRow
    version: int | None


def filing_of(rows: Sequence[OutboxRow]) -> Filing | None:
    """Return the last filing: what the gateway held when it was asked to file; None where it never was.

    A cancellation files nothing, and neither does a request that was refused or is in doubt.
    """
    held: int | None = None
    found: Filing | None = None
    for row in rows:
        if row.kind == "upload" and row.state in TAKEN:
            held = row.trip_version
        is_request = row.kind == "send_request" and "CANCEL" not in row.operation
        if row.state in _FILED and (row.auto_send or is_request):
            found = Filing(row, held)
    return found
