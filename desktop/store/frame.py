"""Frames: what came over a connection, byte for byte, stored before it is understood (reliability 4.1)."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from desktop.clock import from_text, to_text
from desktop.store.column import array, plain, where
from desktop.store.error import Gone
from desktop.store.lane import Lane
from desktop.store.records import Frame, NewFrame

COLUMNS = """SELECT f.id, f.company, f.connection, f.received_at, f.body, f.is_text, f.size, f.sha256
    FROM frames AS f """
_APPEND = """INSERT INTO frames (company, connection, received_at, is_text, size, sha256, body)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
        substr(?1, value ->> 6, value ->> 4) FROM json_each(?2)"""


class Frames:
    """Everything ever received; nothing here is changed or folded."""

    def __init__(self, reader: Lane, writer: Lane) -> None:
        self._reader = reader
        self._writer = writer

    async def append(self, batch: Sequence[NewFrame]) -> list[int]:
        """Store frames in one transaction and return their ids, in order; after this they are on the disk."""
        rows, place = [], 1
        for frame in batch:
            size, digest = len(frame.body), hashlib.sha256(frame.body).hexdigest()
            at = to_text(frame.received_at)
            rows.append([frame.company, plain(frame.connection), at, int(frame.is_text), size, digest, place])
            place += size
        bodies = b"".join([*(frame.body for frame in batch), b"\0"])  # a part of an empty one would be NULL
        values = (bodies, json.dumps(rows, ensure_ascii=False))

        def work(db: sqlite3.Connection) -> list[int]:
            db.execute(_APPEND, values)
            last = int(db.execute("SELECT max(id) FROM frames").fetchone()[0] or 0)
            return list(range(last - len(rows) + 1, last + 1))

        return await self._writer.write(work)

    async def get(self, frame: int) -> Frame:
        """Return a frame.

        Raises:
            Gone: there is no such frame.
        """

        def work(db: sqlite3.Connection) -> Frame:
            row = db.execute(COLUMNS + "WHERE f.id = ?", (frame,)).fetchone()
            if row is None:
                raise Gone("frame")
            return frame_of(row)

        return await self._reader.read(work)

    async def since(self, frame: int, *, company: str | None = None, limit: int = 500) -> list[Frame]:
        """Return the frames after `frame` (0: from the first), oldest first."""
        conditions: list[str] = ["f.id > ?"]
        values: list[object] = [frame]
        if company is not None:
            conditions.append("f.company = ?")
            values.append(company)
        sql = COLUMNS + "WHERE " + where(conditions) + " ORDER BY f.id LIMIT ?"
        return await self._reader.read(lambda db: [frame_of(row) for row in db.execute(sql, (*values, limit))])

    async def not_understood(self, limit: int = 500, *, after: int = 0) -> list[Frame]:
        """Return frames that were stored and never came to `Inbox.add`, oldest first: a stop in between left them.

        Args:
            limit: how many at most.
            after: only frames that came after this one; the more is known of, the less is looked through.
        """
        sql = (
            COLUMNS
            + """LEFT JOIN inbox_frames AS i ON i.frame = f.id WHERE i.frame IS NULL AND f.id > ?
            ORDER BY f.id LIMIT ?"""
        )
        return await self._reader.read(lambda db: [frame_of(row) for row in db.execute(sql, (after, limit))])

    async def of_trip(self, trip: str) -> list[Frame]:
        """Return the frames whose items belong to a trip, one of each set of equal ones, oldest first."""
        return (await self.of_trips([trip]))[trip]

    async def of_trips(self, trips: Sequence[str]) -> dict[str, list[Frame]]:
        """Return the frames of each trip, as `of_trip`."""
        sql = """SELECT f.id, f.company, f.connection, f.received_at, f.body, f.is_text, f.size, f.sha256, i.trip
            FROM inbox AS i JOIN frames AS f ON f.id = i.frame
            WHERE i.trip IN (SELECT value FROM json_each(?)) ORDER BY i.id"""

        def work(db: sqlite3.Connection) -> dict[str, list[Frame]]:
            found: dict[str, list[Frame]] = {trip: [] for trip in trips}
            for row in db.execute(sql, (array(trips),)):
                found[row[8]].append(frame_of(row))
            return found

        return await self._reader.read(work)

    async def count(self) -> int:
        """Return how many frames are kept."""
        row = await self._reader.read(lambda db: db.execute("SELECT count(*) FROM frames").fetchone())
        return int(row[0])


def frame_of(row: Sequence[Any]) -> Frame:
    """Return the frame of a row of `COLUMNS`."""
    return Frame(
        id=row[0],
        company=row[1],
        connection=row[2],
        received_at=from_text(row[3]),
        body=row[4],
        is_text=bool(row[5]),
        size=row[6],
        sha256=row[7],
    )
