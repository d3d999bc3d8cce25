"""What the program noticed of trips by itself, each told once, and what a person did about it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from desktop.clock import Clock, from_text, new_id, to_text
from desktop.domain.documents import JSONObject
from desktop.store.column import array, packed, plain, time_or_none, unpacked_object
from desktop.store.lane import Lane

_PAST: Final = timedelta(hours=12)
_AHEAD: Final = timedelta(hours=24)
_COLUMNS = "SELECT id, trip, what, number, at, detail, told_at, ended_at FROM alerts "

NEAR: Final = """SELECT id FROM trips WHERE eta_sort BETWEEN ? AND ? AND deleted_at IS NULL
    UNION SELECT o.trip FROM outbox AS o JOIN trips AS t ON t.id = o.trip
    WHERE o.id >= ? AND t.deleted_at IS NULL"""
"""Trips that arrive from 12 hours ago to 24 hours ahead, and those sent in the last 24 hours."""


class NewAlert(NamedTuple):
    """Something to be kept.

    Attributes:
        trip: which trip.
        what: its name.
        number: the shipment it is about, or what else tells it from others; empty for the trip.
        at: since when it is so (UTC).
        detail: values its words need.
    """

    trip: str
    what: str
    number: str
    at: datetime
    detail: JSONObject


class StoredAlert(NamedTuple):
    """Something that was noticed, or done about it."""

    id: str
    trip: str
    what: str
    number: str
    at: datetime
    detail: JSONObject
    told_at: datetime | None
    ended_at: datetime | None


class Alerts:
    """The alerts; each is open until what it says is no longer so."""

    def __init__(self, reader: Lane, writer: Lane, clock: Clock) -> None:
        self._reader = reader
        self._writer = writer
        self._clock = clock

    async def near(self) -> list[str]:
        """Return the ids of the trips that may need somebody now; read by index, however many there are."""
        now = self._clock.now()
        values = (to_text(now - _PAST), to_text(now + _AHEAD), new_id(now - _AHEAD)[:10])
        return await self._reader.read(lambda db: [row[0] for row in db.execute(NEAR, values)])

    async def turn(self, new: Sequence[NewAlert], ended: Iterable[str]) -> list[StoredAlert]:
        """Keep what is new and end what is so no more, in one transaction; return what was new."""
        moment = self._clock.now()
        ids = list(ended)

        def work(db: sqlite3.Connection) -> list[StoredAlert]:
            sql = "UPDATE alerts SET ended_at = ? WHERE ended_at IS NULL AND id IN (SELECT value FROM json_each(?))"
            db.execute(sql, (to_text(moment), array(ids)))
            made = []
            for one in new:
                id_ = new_id(moment)
                done = db.execute(
                    """INSERT INTO alerts (id, trip, what, number, at, detail) VALUES (?, ?, ?, ?, ?, ?)
                        ON CONFLICT DO NOTHING""",
                    (id_, one.trip, one.what, plain(one.number), to_text(one.at), packed(one.detail)),
                )
                if done.rowcount:
                    made.append(_one(db, id_))
            return made

        return await self._writer.write(work)

    async def note(self, new: Sequence[NewAlert]) -> list[str]:
        """Keep what a person did: it is told and ended at once. Return the ids."""
        moment = self._clock.now()
        at = to_text(moment)
        ids = [new_id(moment) for _ in new]
        rows = [
            (id_, one.trip, one.what, plain(one.number), to_text(one.at), packed(one.detail), at, at)
            for id_, one in zip(ids, new, strict=True)
        ]
        sql = """INSERT INTO alerts (id, trip, what, number, at, detail, told_at, ended_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
        await self._writer.write(lambda db: db.executemany(sql, rows) and None)
        return ids

    async def open_ones(self) -> list[StoredAlert]:
        """Return what is so now, oldest first."""
        return await self._rows("WHERE ended_at IS NULL ORDER BY at, id")

    async def of_trip(self, trip: str) -> list[StoredAlert]:
        """Return everything of a trip, ended or not, oldest first."""
        return await self._rows("WHERE trip = ? ORDER BY id", trip)

    async def mark_told(self, ids: Iterable[str]) -> None:
        """These were told to a person."""
        at, wanted = to_text(self._clock.now()), array(list(ids))
        sql = "UPDATE alerts SET told_at = ? WHERE told_at IS NULL AND id IN (SELECT value FROM json_each(?))"
        await self._writer.write(lambda db: db.execute(sql, (at, wanted)) and None)

    async def _rows(self, condition: str, *values: object) -> list[StoredAlert]:
        sql = _COLUMNS + condition
        return await self._reader.read(lambda db: [_row(row) for row in db.execute(sql, values)])


def _one(db: sqlite3.Connection, id_: str) -> StoredAlert:
    return _row(db.execute(_COLUMNS + "WHERE id = ?", (id_,)).fetchone())


def _row(row: Sequence[Any]) -> StoredAlert:
    return StoredAlert(
        id=row[0],
        trip=row[1],
        what=row[2],
        number=row[3],
        at=from_text(row[4]),
        detail=unpacked_object(row[5]),
        told_at=time_or_none(row[6]),
        ended_at=time_or_none(row[7]),
    )
