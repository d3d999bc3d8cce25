"""The store as the delivery needs it, in dictionaries: the same calls and the same answers, many times as fast.

`test_memory_store` plays whole worlds over it and over the real store and compares everything that was written.
"""

from __future__ import annotations

import hashlib
import json
from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from simulation import ids
from simulation.gate import Gate

from desktop import __version__
from desktop.clock import Clock
from desktop.domain.documents import JSON
from desktop.domain.lifecycle import OutboxState
from desktop.store.error import Conflict, Gone
from desktop.store.outbox import Move
from desktop.store.records import (
    Company,
    DeliveryLogLine,
    Frame,
    NewNumber,
    NewOutboxRow,
    OutboxRow,
    Trip,
    TripVersion,
)

S = OutboxState
OPEN = frozenset({S.READY, S.HELD, S.IN_FLIGHT, S.ACCEPTED_PENDING, S.UNCERTAIN, S.DUP_SUSPECT})
_DOUBT = frozenset({S.UNCERTAIN, S.DUP_SUSPECT, S.CONFLICT})


@dataclass(slots=True)
class Disk:
    """What survives the process."""

    companies: dict[str, Company] = field(default_factory=dict)
    trips: dict[str, Trip] = field(default_factory=dict)
    versions: dict[tuple[str, int], TripVersion] = field(default_factory=dict)
    rows: dict[str, OutboxRow] = field(default_factory=dict)
    payloads: dict[str, bytes] = field(default_factory=dict)
    of_trip: dict[str, list[tuple[str, int, str]]] = field(default_factory=dict)
    of_plan: dict[str, list[str]] = field(default_factory=dict)
    send_ids: dict[str, str] = field(default_factory=dict)
    open: dict[str, None] = field(default_factory=dict)
    doubts: dict[str, None] = field(default_factory=dict)
    log: list[DeliveryLogLine] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    understood: set[int] = field(default_factory=set)
    digests: set[tuple[str, str]] = field(default_factory=set)
    numbers: dict[tuple[str, str, str], set[str]] = field(default_factory=dict)  # company, kind, number: trips
    is_held: bool = False
    epoch: int = 0

    def copy(self) -> Disk:
        """Return what a backup would hold."""
        kept = {name: getattr(self, name) for name in self.__slots__}
        copied = {name: value.copy() if hasattr(value, "copy") else value for name, value in kept.items()}
        for name in ("of_trip", "of_plan", "numbers"):
            copied[name] = {key: value.copy() for key, value in kept[name].items()}
        return Disk(**copied)


def milli(moment: datetime) -> datetime:
    """Return a time as it is kept: to the millisecond."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


class MemoryStore:
    """A `Store` for one life of the program."""

    def __init__(self, disk: Disk, gate: Gate, clock: Clock) -> None:
        from simulation.memory_books import Bearing, Companies, Frames, Holding, Inbox, LinkLog, Trips

        self.outbox = Outbox(disk, gate, clock)
        self.delivery_log = DeliveryLog(disk, gate)
        self.companies = Companies(disk, gate)
        self.trips = Trips(disk, gate, clock)
        self.frames = Frames(disk, gate)
        self.inbox = Inbox(disk, gate)
        self.link_log = LinkLog(gate)
        self.bearing = Bearing(disk, gate)
        self.holding = Holding(disk, gate)


def place(row: OutboxRow) -> tuple[str, int]:
    """Return by what rows are sorted."""
    return row.plan, row.step


class Outbox:
    """As `desktop.store.outbox.Outbox`."""

    def __init__(self, disk: Disk, gate: Gate, clock: Clock) -> None:
        self._disk, self._gate, self._clock = disk, gate, clock

    async def new_epoch(self) -> int:
        def work() -> int:
            self._disk.epoch += 1
            return self._disk.epoch

        return await self._gate.write(work)

    async def enqueue_plan(
        self,
        rows: Sequence[NewOutboxRow],
        *,
        company: str,
        trip: str | None = None,
        trip_version: int | None = None,
        numbers: Sequence[NewNumber] = (),
        moved: tuple[str, str] | None = None,
    ) -> list[OutboxRow]:
        moment = self._clock.now()
        plan, at = ids.new_id(moment), milli(moment)

        def work() -> list[OutboxRow]:
            disk = self._disk
            versions = {} if trip is None else {trip: trip_version}
            versions |= {row.trip: row.trip_version for row in rows if row.trip is not None}
            for concerned, version in versions.items():
                current = disk.trips[concerned]
                if current.version != version:
                    raise Conflict("trip", current.version)
                kept = TripVersion(concerned, current.version, current.document, current.local, at)
                disk.versions.setdefault((concerned, current.version), kept)
            made = []
            for step, row in enumerate(rows, start=1):
                id_ = plan if step == 1 else ids.new_id(moment)
                owner = (trip, trip_version) if row.trip is None else (row.trip, row.trip_version)
                new = OutboxRow(
                    *(id_, company, *owner, plan, step, row.kind, row.data, row.operation, row.regime),
                    *(row.number, row.shipment, row.auto_send, row.account, row.state, row.send_id),
                    hashlib.sha256(row.payload).hexdigest(),
                    None if row.eta_utc is None else milli(row.eta_utc),
                    *(0, None, "", at, None, None, None, None),
                    row.waits_for,
                )
                disk.payloads[id_] = row.payload
                insort(disk.of_trip.setdefault(owner[0] or "", []), (plan, step, id_))
                disk.of_plan.setdefault(plan, []).append(id_)
                disk.send_ids[row.send_id] = id_
                self._keep(new)
                self._log(new, "", "queued", None)
                made.append(new)
            for number in numbers:
                disk.numbers.setdefault((company, number.kind, number.number), set()).add(trip or "")
            return made

        return await self._gate.write(work)

    def _keep(self, row: OutboxRow) -> None:
        self._disk.rows[row.id] = row
        if row.state in OPEN:
            self._disk.open[row.id] = None
        else:
            self._disk.open.pop(row.id, None)
        if row.state in _DOUBT:
            self._disk.doubts[row.id] = None
        else:
            self._disk.doubts.pop(row.id, None)

    def _log(self, row: OutboxRow, before: str, cause: str, frame: int | None) -> None:
        log = self._disk.log
        at = milli(self._clock.now())
        log.append(
            DeliveryLogLine(
                len(log) + 1, at, row.id, row.trip, before, row.state, cause, frame, row.attempts, __version__
            )
        )

    def _is_claimable(self, row: OutboxRow) -> bool:
        if row.state is not S.READY or row.is_waiting:
            return False
        disk = self._disk
        for other in disk.of_plan[row.plan]:
            one = disk.rows[other]
            if one.step < row.step and one.state is not S.ACKED:
                return False
        for other in disk.doubts:
            one = disk.rows[other]
            if (
                one.state in _DOUBT
                and one.company == row.company
                and one.regime is row.regime
                and (one.number == row.number if row.trip is None else one.trip == row.trip)
            ):
                return False
        return True

    async def claim(self, id_: str, *, epoch: int, owner: str) -> OutboxRow | None:
        at = milli(self._clock.now())

        def work() -> OutboxRow | None:
            row = self._disk.rows.get(id_)
            if row is None or not self._is_claimable(row):
                return None
            new = row._replace(state=S.IN_FLIGHT, epoch=epoch, owner=owner, claimed_at=at, attempts=row.attempts + 1)
            self._keep(new)
            self._log(new, S.READY, "claimed", None)
            return new

        return await self._gate.write(work)

    async def move(self, *moves: Move) -> list[OutboxRow | None]:
        at = milli(self._clock.now())
        return await self._gate.write(lambda: [self._move(move, at) for move in moves])

    def _move(self, move: Move, at: datetime) -> OutboxRow | None:
        before = self._disk.rows.get(move.id)
        if before is None:
            raise Gone("outbox")
        if before.state not in move.from_states:
            return None
        claimed = before.claimed_at
        if move.is_unwritten and before.attempts <= 1:
            claimed = None
        elif move.is_new_attempt:
            claimed = at
        new = before._replace(
            state=move.to_state,
            error=before.error if move.error is None else _again(move.error),
            attempts=before.attempts + move.is_new_attempt - move.is_unwritten,
            claimed_at=claimed,
            written_at=at if move.is_written else before.written_at,
            answered_at=at if move.is_answered else before.answered_at,
            epoch=before.epoch if move.epoch is None else move.epoch,
            owner=before.owner if move.owner is None else move.owner,
        )
        self._keep(new)
        self._log(new, before.state, move.cause, move.frame)
        return new

    async def end_wait(self, id_: str, *, cause: str, frame: int | None = None) -> OutboxRow | None:
        at = milli(self._clock.now())

        def work() -> OutboxRow | None:
            row = self._disk.rows.get(id_)
            if row is None or not row.is_waiting or row.state not in {S.READY, S.HELD}:
                return None
            new = row._replace(waited_at=at)
            self._keep(new)
            self._log(new, row.state, cause, frame)
            return new

        return await self._gate.write(work)

    async def recover_dead(self, epoch: int) -> list[OutboxRow]:
        at = milli(self._clock.now())

        def work() -> list[OutboxRow]:
            found = sorted(
                id_
                for id_ in self._disk.open
                if self._disk.rows[id_].state is S.IN_FLIGHT and (self._disk.rows[id_].epoch or 0) != epoch
            )
            moved = [self._move(Move(id_, (S.IN_FLIGHT,), S.UNCERTAIN, "owner_gone"), at) for id_ in found]
            return [row for row in moved if row is not None]

        return await self._gate.write(work)

    async def payload(self, id_: str) -> bytes:
        await self._gate.read()
        if id_ not in self._disk.payloads:
            raise Gone("outbox")
        return self._disk.payloads[id_]

    async def get(self, id_: str) -> OutboxRow:
        await self._gate.read()
        if id_ not in self._disk.rows:
            raise Gone("outbox")
        return self._disk.rows[id_]

    async def by_send_id(self, send_id: str) -> OutboxRow | None:
        await self._gate.read()
        found = self._disk.send_ids.get(send_id)
        return None if found is None else self._disk.rows[found]

    async def ready_rows(self) -> list[OutboxRow]:
        await self._gate.read()
        rows = [self._disk.rows[id_] for id_ in self._disk.open]
        return sorted((row for row in rows if self._is_claimable(row)), key=place)

    async def open_rows(self, company: str | None = None) -> list[OutboxRow]:
        await self._gate.read()
        rows = [self._disk.rows[id_] for id_ in self._disk.open]
        return sorted((row for row in rows if company in {None, row.company}), key=place)

    async def of_plan(self, plan: str) -> list[OutboxRow]:
        await self._gate.read()
        return [self._disk.rows[id_] for id_ in self._disk.of_plan.get(plan, ())]

    async def for_trip(self, trip: str) -> list[OutboxRow]:
        return (await self.for_trips([trip]))[trip]

    async def for_trips(self, trips: Sequence[str]) -> dict[str, list[OutboxRow]]:
        await self._gate.read()
        disk = self._disk
        return {trip: [disk.rows[id_] for _, _, id_ in disk.of_trip.get(trip, ())] for trip in trips}


class DeliveryLog:
    """As `desktop.store.log.DeliveryLog`."""

    def __init__(self, disk: Disk, gate: Gate) -> None:
        self._disk, self._gate = disk, gate

    async def of_row(self, outbox: str) -> list[DeliveryLogLine]:
        await self._gate.read()
        return [line for line in self._disk.log if line.outbox == outbox]

    async def of_trip(self, trip: str) -> list[DeliveryLogLine]:
        await self._gate.read()
        return [line for line in self._disk.log if line.trip == trip]


def _again(value: JSON) -> Any:
    return json.loads(json.dumps(value))
