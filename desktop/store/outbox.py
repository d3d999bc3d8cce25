"""The outbox: one row per attempt to deliver, its bytes frozen; every move is one transaction with its log line.

Which move is right is decided by `desktop.delivery`; here it is made, or refused because the row stands elsewhere.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from desktop import __version__
from desktop.clock import Clock, from_text, new_id, to_text
from desktop.domain.documents import JSON
from desktop.domain.lifecycle import OutboxState, Regime
from desktop.store.column import array, packed, plain, text_or_none, time_or_none, unpacked
from desktop.store.error import Conflict, Gone
from desktop.store.lane import Lane
from desktop.store.number import note, take_over
from desktop.store.records import NewNumber, NewOutboxRow, OutboxRow
from desktop.store.trip import freeze, one

_COLUMNS = """SELECT id, company, trip, trip_version, plan, step, kind, data, operation, regime, number, shipment,
    auto_send, account, state, send_id, sha256, eta_utc, attempts, epoch, owner, created_at, claimed_at, written_at,
    answered_at, error, waits_for, waited_at FROM outbox """

# A row may be claimed when every earlier step of its plan is through, customs has said yes where it waits for that, and
# nothing about its trip is in doubt.
_CLAIMABLE = """state = 'READY' AND (waits_for = '' OR waited_at IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM outbox AS earlier WHERE earlier.plan = outbox.plan AND earlier.step < outbox.step
        AND earlier.state <> 'ACKED')
    AND NOT EXISTS (SELECT 1 FROM outbox AS doubt WHERE doubt.state IN ('UNCERTAIN', 'DUP_SUSPECT', 'CONFLICT')
        AND doubt.company = outbox.company AND doubt.regime = outbox.regime
        AND CASE WHEN outbox.trip IS NULL THEN doubt.number = outbox.number ELSE doubt.trip = outbox.trip END) """


@dataclass(frozen=True, slots=True)
class Move:
    """One transition of one row.

    Attributes:
        from_states: where the row must stand; elsewhere nothing happens.
        to_state: where it goes.
        cause: why, as a short name for the log.
        frame: the raw frame that caused it, already stored.
        error: what the gateway said, where it refused; None leaves what is there.
        is_new_attempt: the same bytes go out once more (a probe).
        is_written: the socket has taken the bytes.
        is_unwritten: proof that none of its bytes went out; the claim counts as not made.
        is_answered: an answer has come.
    """

    id: str
    from_states: Collection[OutboxState]
    to_state: OutboxState
    cause: str
    frame: int | None = None
    error: JSON = None
    is_new_attempt: bool = False
    is_written: bool = False
    is_unwritten: bool = False
    is_answered: bool = False
    epoch: int | None = None
    owner: str | None = None


class Outbox:
    """The attempts to deliver."""

    def __init__(self, reader: Lane, writer: Lane, clock: Clock) -> None:
        self._reader = reader
        self._writer = writer
        self._clock = clock

    async def new_epoch(self) -> int:
        """Return the number of this owner's life: one more than that of the last."""

        def work(db: sqlite3.Connection) -> int:
            db.execute(
                """INSERT INTO meta (key, value) VALUES ('epoch', '1')
                    ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)"""
            )
            return int(db.execute("SELECT value FROM meta WHERE key = 'epoch'").fetchone()[0])

        return await self._writer.write(work)

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
        """Put the steps of a plan into the outbox in one transaction with the trip's version and the numbers used.

        A step is ready for the line once every step before it is ACKED, and customs has accepted what that one asked
        where it waits for customs. Steps may be about another trip than the plan's own; `moved` is the control number
        the plan brings to its trip, and the trip whose number it was.

        Raises:
            Conflict: a trip was saved since its version here; nothing was queued.
            Gone: there is no such trip.
        """
        moment = self._clock.now()
        plan = new_id(moment)
        at = to_text(moment)

        def work(db: sqlite3.Connection) -> list[OutboxRow]:
            versions = {} if trip is None else {trip: trip_version}
            versions |= {row.trip: row.trip_version for row in rows if row.trip is not None}
            for concerned, version in versions.items():
                current = one(db, concerned)
                if current.version != version:
                    raise Conflict("trip", current.version)
                freeze(db, concerned, at)
            ids = []
            for step, row in enumerate(rows, start=1):
                # the plan's own id is the first step's, and later steps sort after it
                id_ = plan if step == 1 else new_id(moment)
                ids.append(id_)
                db.execute(
                    """INSERT INTO outbox (id, company, trip, trip_version, plan, step, kind, data, operation, regime,
                        number, shipment, auto_send, account, state, send_id, sha256, eta_utc, created_at, payload,
                        waits_for) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                    (
                        *(id_, company, *((trip, trip_version) if row.trip is None else (row.trip, row.trip_version))),
                        *(plan, step, row.kind, row.data, row.operation, row.regime),
                        *(plain(row.number), row.shipment, row.auto_send, row.account, row.state, row.send_id),
                        *(hashlib.sha256(row.payload).hexdigest(), text_or_none(row.eta_utc), at, row.payload),
                        row.waits_for,
                    ),
                )
                _log(db, id_, "", row.state, "queued", None, at)
            for regime in {row.regime for row in rows}:
                note(db, company, regime, numbers, trip or "", moment)
            if moved is not None and trip is not None:
                take_over(db, company, moved[0], moved[1], trip)
            return [_one(db, id_) for id_ in ids]

        return await self._writer.write(work)

    async def claim(self, id_: str, *, epoch: int, owner: str) -> OutboxRow | None:
        """Take a READY row for sending; when this returns it, it stands IN_FLIGHT on the disk.

        None: it is not READY, waits for customs, an earlier step is not ACKED, or its trip has an attempt in doubt.
        """
        at = to_text(self._clock.now())

        def work(db: sqlite3.Connection) -> OutboxRow | None:
            sql = """UPDATE outbox SET state = 'IN_FLIGHT', epoch = ?, owner = ?, claimed_at = ?,
                attempts = attempts + 1 WHERE id = ? AND """
            if db.execute(sql + _CLAIMABLE, (epoch, plain(owner), at, id_)).rowcount != 1:
                return None
            _log(db, id_, OutboxState.READY, OutboxState.IN_FLIGHT, "claimed", None, at)
            return _one(db, id_)

        return await self._writer.write(work)

    async def move(self, *moves: Move) -> list[OutboxRow | None]:
        """Make transitions and their log lines in one transaction.

        None stands for a row that was not in one of its `from_states`; that row is as it was.

        Raises:
            Gone: there is no such row; no move was made.
        """
        at = to_text(self._clock.now())
        return await self._writer.write(lambda db: [_move(db, move, at) for move in moves])

    async def end_wait(self, id_: str, *, cause: str, frame: int | None = None) -> OutboxRow | None:
        """Note that a row need not wait for customs any more, and why; None where it does not wait.

        Args:
            id_: the row.
            cause: why, as a short name for the log.
            frame: the stored frame in which customs said yes; None where a person says so.
        """
        at = to_text(self._clock.now())

        def work(db: sqlite3.Connection) -> OutboxRow | None:
            sql = """UPDATE outbox SET waited_at = ? WHERE id = ? AND waits_for <> '' AND waited_at IS NULL
                AND state IN ('READY', 'HELD')"""
            if db.execute(sql, (at, id_)).rowcount != 1:
                return None
            row = _one(db, id_)
            _log(db, id_, row.state, row.state, cause, frame, at)
            return row

        return await self._writer.write(work)

    async def recover_dead(self, epoch: int) -> list[OutboxRow]:
        """Move what an earlier owner left IN_FLIGHT to UNCERTAIN (reliability 3.1.4), and return it."""
        at = to_text(self._clock.now())

        def work(db: sqlite3.Connection) -> list[OutboxRow]:
            sql = "SELECT id FROM outbox WHERE state = 'IN_FLIGHT' AND coalesce(epoch, 0) <> ? ORDER BY id"
            moves = [
                Move(row[0], (OutboxState.IN_FLIGHT,), OutboxState.UNCERTAIN, "owner_gone")
                for row in db.execute(sql, (epoch,)).fetchall()
            ]
            return [row for row in (_move(db, move, at) for move in moves) if row is not None]

        return await self._writer.write(work)

    async def payload(self, id_: str) -> bytes:
        """Return the frozen bytes of a row.

        Raises:
            Gone: there is no such row.
        """

        def work(db: sqlite3.Connection) -> bytes:
            row = db.execute("SELECT payload FROM outbox WHERE id = ?", (id_,)).fetchone()
            if row is None:
                raise Gone("outbox")
            return bytes(row[0])

        return await self._reader.read(work)

    async def get(self, id_: str) -> OutboxRow:
        """Return a row.

        Raises:
            Gone: there is no such row.
        """
        return await self._reader.read(lambda db: _one(db, id_))

    async def by_send_id(self, send_id: str) -> OutboxRow | None:
        """Return the row that went out under a `sendId`, in whatever state."""
        return next(iter(await self._rows("WHERE send_id = ?", plain(send_id))), None)

    async def ready_rows(self) -> list[OutboxRow]:
        """Return the rows `claim` would give, oldest first."""
        return await self._rows("WHERE " + _CLAIMABLE + "ORDER BY plan, step")

    async def open_rows(self, company: str | None = None) -> list[OutboxRow]:
        """Return the rows an answer may still settle, or that wait: READY, HELD, in flight, pending, in doubt."""
        sql = "WHERE state IN ('READY', 'HELD', 'IN_FLIGHT', 'ACCEPTED_PENDING', 'UNCERTAIN', 'DUP_SUSPECT') "
        if company is None:
            return await self._rows(sql + "ORDER BY plan, step")
        return await self._rows(sql + "AND company = ? ORDER BY plan, step", company)

    async def of_plan(self, plan: str) -> list[OutboxRow]:
        """Return the steps of a plan in order."""
        return await self._rows("WHERE plan = ? ORDER BY step", plan)

    async def for_trip(self, trip: str) -> list[OutboxRow]:
        """Return all attempts of a trip, oldest first."""
        return (await self.for_trips([trip]))[trip]

    async def for_trips(self, trips: Sequence[str]) -> dict[str, list[OutboxRow]]:
        """Return all attempts of each trip, oldest first."""
        found: dict[str, list[OutboxRow]] = {trip: [] for trip in trips}
        sql = "WHERE trip IN (SELECT value FROM json_each(?)) ORDER BY plan, step"
        for row in await self._rows(sql, array(trips)):
            found[str(row.trip)].append(row)
        return found

    async def _rows(self, condition: str, *values: object) -> list[OutboxRow]:
        sql = _COLUMNS + condition
        return await self._reader.read(lambda db: [_row(row) for row in db.execute(sql, values)])


def _move(db: sqlite3.Connection, move: Move, at: str) -> OutboxRow | None:
    before = _one(db, move.id)
    if before.state not in move.from_states:
        return None
    error = None if move.error is None else packed(move.error)
    db.execute(
        """UPDATE outbox SET state = ?, error = coalesce(?, error), attempts = attempts + ? - ?,
            claimed_at = iif(?, NULL, iif(?, ?, claimed_at)), written_at = iif(?, ?, written_at),
            answered_at = iif(?, ?, answered_at), epoch = coalesce(?, epoch), owner = coalesce(?, owner)
            WHERE id = ?""",
        (
            *(move.to_state, error, move.is_new_attempt, move.is_unwritten, move.is_unwritten and before.attempts <= 1),
            *(move.is_new_attempt, at, move.is_written, at),
            *(move.is_answered, at, move.epoch, move.owner, move.id),
        ),
    )
    _log(db, move.id, before.state, move.to_state, move.cause, move.frame, at)
    return _one(db, move.id)


def _log(db: sqlite3.Connection, id_: str, before: str, after: str, cause: str, frame: int | None, at: str) -> None:
    db.execute(
        """INSERT INTO delivery_log (at, outbox, trip, from_state, to_state, cause, frame, attempt, app_version)
            SELECT ?, id, trip, ?, ?, ?, ?, attempts, ? FROM outbox WHERE id = ?""",
        (at, before, after, plain(cause), frame, __version__, id_),
    )


def _one(db: sqlite3.Connection, id_: str) -> OutboxRow:
    row = db.execute(_COLUMNS + "WHERE id = ?", (id_,)).fetchone()
    if row is None:
        raise Gone("outbox")
    return _row(row)


def _row(row: Sequence[Any]) -> OutboxRow:
    return OutboxRow(
        id=row[0],
        company=row[1],
        trip=row[2],
        trip_version=row[3],
        plan=row[4],
        step=row[5],
        kind=row[6],
        data=row[7],
        operation=row[8],
        regime=Regime(row[9]),
        number=row[10],
        shipment=row[11],
        auto_send=bool(row[12]),
        account=row[13],
        state=OutboxState(row[14]),
        send_id=row[15],
        sha256=row[16],
        eta_utc=time_or_none(row[17]),
        attempts=row[18],
        epoch=row[19],
        owner=row[20],
        created_at=from_text(row[21]),
        claimed_at=time_or_none(row[22]),
        written_at=time_or_none(row[23]),
        answered_at=time_or_none(row[24]),
        error=None if row[25] is None else unpacked(row[25]),
        waits_for=row[26],
        waited_at=time_or_none(row[27]),
    )
