"""Which trips are to cross: by arrival, by what is still under way, by what was written. Each by an index."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from datetime import datetime

from desktop.clock import to_text
from desktop.store.column import likes, where
from desktop.store.derivation import NO_ETA
from desktop.store.lane import Lane
from desktop.store.records import Trip
from desktop.store.trip import one

COMING = """SELECT id FROM trips WHERE deleted_at IS NULL AND eta_sort >= ? AND eta_sort < ?
    ORDER BY eta_sort, id LIMIT ?"""
"""Trips that arrive between two moments, the earliest first; by `trips_eta`."""

WITHOUT_ARRIVAL = "SELECT id FROM trips WHERE deleted_at IS NULL AND eta_sort = ? ORDER BY id DESC LIMIT ?"
"""The newest trips without arrival; by `trips_eta`."""

IN_HAND = """SELECT DISTINCT trip FROM outbox
    WHERE state IN ('READY', 'HELD', 'IN_FLIGHT', 'ACCEPTED_PENDING', 'UNCERTAIN', 'DUP_SUSPECT')
    AND state <> 'HELD' AND trip IS NOT NULL"""
"""Trips of which something is on its way or in doubt; by `outbox_open`, whose condition stands here word for word."""

SENT_BEFORE = """SELECT id, eta_sort FROM trips WHERE deleted_at IS NULL AND eta_sort >= ? AND (eta_sort, id) < (?, ?)
    AND EXISTS (SELECT 1 FROM outbox WHERE outbox.trip = trips.id) ORDER BY eta_sort DESC, id DESC LIMIT ?"""
"""Trips that arrive before a place in the list and went out, the latest first; by `trips_eta` and `outbox_trip`."""

_IS = "SELECT 1 FROM trips WHERE "


class DueTrips:
    """Trips to cross. Only ids and rows are read here; what is still to be done about them is worked out above."""

    def __init__(self, reader: Lane) -> None:
        self._reader = reader

    async def coming(self, since: datetime, *, limit: int, undated: int) -> list[Trip]:
        """Return the trips that arrive from `since` on, the earliest first, then the newest ones without arrival.

        Args:
            since: the first moment of arrival.
            limit: how many at most.
            undated: how many at most of those without arrival.
        """

        def work(db: sqlite3.Connection) -> list[Trip]:
            ids = [row[0] for row in db.execute(COMING, (to_text(since), NO_ETA, limit))]
            ids += [row[0] for row in db.execute(WITHOUT_ARRIVAL, (NO_ETA, undated))]
            return [one(db, trip) for trip in ids]

        return await self._reader.read(work)

    async def in_hand(self) -> list[str]:
        """Return the ids of the trips of which something is on its way or in doubt, whenever they arrive."""
        return await self._reader.read(lambda db: [row[0] for row in db.execute(IN_HAND)])

    async def sent_before(
        self, moment: datetime, since: datetime, *, after: tuple[str, str] | None = None, limit: int
    ) -> tuple[list[Trip], tuple[str, str] | None]:
        """Return trips that went out and arrived before a moment, the latest first, and where to go on; None: the end.

        Args:
            moment: the first moment too late.
            since: the earliest arrival.
            after: where to go on, as returned before.
            limit: how many at most.
        """
        place = after or (to_text(moment), "")

        def work(db: sqlite3.Connection) -> tuple[list[Trip], tuple[str, str] | None]:
            found = db.execute(SENT_BEFORE, (to_text(since), *place, limit)).fetchall()
            goes_on = (found[-1][1], found[-1][0]) if len(found) == limit else None
            return [one(db, row[0]) for row in found], goes_on

        return await self._reader.read(work)

    async def named(self, ids: Collection[str]) -> list[Trip]:
        """Return those of these trips that are there and not deleted."""

        def work(db: sqlite3.Connection) -> list[Trip]:
            known = [id_ for id_ in ids if db.execute("SELECT 1 FROM trips WHERE id = ?", (id_,)).fetchone()]
            return [trip for trip in (one(db, id_) for id_ in known) if trip.deleted_at is None]

        return await self._reader.read(work)

    async def message_of(self, frame: int) -> str:
        """Return the id of the item of the inbox a frame belongs to; empty where there is none."""
        sql = "SELECT inbox FROM inbox_frames WHERE frame = ?"
        found = await self._reader.read(lambda db: db.execute(sql, (frame,)).fetchone())
        return str(found[0] or "") if found is not None else ""

    async def matching(self, ids: Collection[str], search: str) -> frozenset[str]:
        """Return which of these trips have every word of `search` somewhere."""
        patterns = likes(search)
        sql = _IS + where(["id = ?", *[r"words LIKE ? ESCAPE '\'" for _ in patterns]])

        def work(db: sqlite3.Connection) -> frozenset[str]:
            return frozenset(id_ for id_ in ids if db.execute(sql, (id_, *patterns)).fetchone())

        return await self._reader.read(work)
