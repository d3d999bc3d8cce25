"""Logs that are only added to: what happened to attempts to deliver, and to connections."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from desktop.clock import Clock, from_text, to_text
from desktop.domain.lifecycle import OutboxState
from desktop.store.column import plain, where
from desktop.store.lane import Lane
from desktop.store.records import DeliveryLogLine, LinkLogLine

_DELIVERY = """SELECT id, at, outbox, trip, from_state, to_state, cause, frame, attempt, app_version
    FROM delivery_log """
_LINK = "SELECT id, at, company, what, text FROM link_log "


class DeliveryLog:
    """Every transition of every attempt (reliability 3.1.8); `Outbox` writes it, the database refuses to change it."""

    def __init__(self, reader: Lane) -> None:
        self._reader = reader

    async def of_row(self, outbox: str) -> list[DeliveryLogLine]:
        """Return the lines of one attempt, oldest first."""
        sql = _DELIVERY + "WHERE outbox = ? ORDER BY id"
        return await self._reader.read(lambda db: [_delivery_line(row) for row in db.execute(sql, (outbox,))])

    async def of_trip(self, trip: str) -> list[DeliveryLogLine]:
        """Return the lines of all attempts of a trip, oldest first."""
        sql = _DELIVERY + "WHERE trip = ? ORDER BY id"
        return await self._reader.read(lambda db: [_delivery_line(row) for row in db.execute(sql, (trip,))])


class LinkLog:
    """What happened to the connections, so that gaps can be shown (reliability 4.5)."""

    def __init__(self, reader: Lane, writer: Lane, clock: Clock) -> None:
        self._reader = reader
        self._writer = writer
        self._clock = clock

    async def add(self, company: str, what: str, text: str = "") -> LinkLogLine:
        """Add a line: `what` is a short name (`up`, `down`, `handshake`), `text` its detail. Never a key."""
        at = to_text(self._clock.now())

        def work(db: sqlite3.Connection) -> LinkLogLine:
            done = db.execute(
                "INSERT INTO link_log (at, company, what, text) VALUES (?, ?, ?, ?)",
                (at, company, plain(what), plain(text)),
            )
            return _link_line(db.execute(_LINK + "WHERE id = ?", (done.lastrowid,)).fetchone())

        return await self._writer.write(work)

    async def newest(
        self, *, company: str | None = None, before: int | None = None, limit: int = 100
    ) -> list[LinkLogLine]:
        """Return lines, newest first; `before` is the id of the last one already had."""
        conditions: list[str] = []
        values: list[object] = []
        for condition, value in (("company = ?", company), ("id < ?", before)):
            if value is not None:
                conditions.append(condition)
                values.append(value)
        sql = _LINK + "WHERE " + where(conditions) + " ORDER BY id DESC LIMIT ?"
        return await self._reader.read(lambda db: [_link_line(row) for row in db.execute(sql, (*values, limit))])


def _delivery_line(row: Sequence[Any]) -> DeliveryLogLine:
    return DeliveryLogLine(
        id=row[0],
        at=from_text(row[1]),
        outbox=row[2],
        trip=row[3],
        from_state=row[4],
        to_state=OutboxState(row[5]),
        cause=row[6],
        frame=row[7],
        attempt=row[8],
        app_version=row[9],
    )


def _link_line(row: Sequence[Any]) -> LinkLogLine:
    return LinkLogLine(id=row[0], at=from_text(row[1]), company=row[2], what=row[3], text=row[4])
