"""Many records at once: read packed, as they stand in their columns, and kept in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import NamedTuple

from desktop.clock import Clock, new_id, to_text
from desktop.domain.lifecycle import Regime
from desktop.store.error import Conflict
from desktop.store.lane import Lane
from desktop.store.records import LibraryKind

_STEP = 50
"""Records between two looks at whether to stop."""


class Packed(NamedTuple):
    """A record with its document as JSON text, so that ten thousand of them are cheap to hold.

    Attributes:
        document: the wire document.
        local: facts that are not on the wire.
        words: what it is found by.
        key: what people call it by; of a shipment, its control number.
        title: the line it is listed by.
        subtitle: what else tells it from others.
        is_active: whether it is offered.
        regime: of a shipment.
        id: empty for a new one.
        version: as it was read; 0 for a new one.
        company: whose it is; empty for all companies.
        trip: number of the trip a shipment is on; empty for one by itself.
        before: the document it takes the place of, where that is a part of a trip.
    """

    document: str
    local: str = "{}"
    words: str = ""
    key: str = ""
    title: str = ""
    subtitle: str = ""
    is_active: bool = True
    regime: Regime = Regime.ACE
    id: str = ""
    version: int = 0
    company: str = ""
    trip: str = ""
    before: str = ""


class PackedTrip(NamedTuple):
    """A trip as far as its shipments need it: `shipments` are their ids by position."""

    regime: Regime
    number: str
    company: str
    document: str
    shipments: tuple[str, ...]


class Stopped(Exception):  # noqa: N818 - nothing went wrong
    """Somebody stopped it; nothing of it was kept."""


class Bulk:
    """Library and shipments by the thousand."""

    def __init__(self, reader: Lane, writer: Lane, clock: Clock) -> None:
        self._reader = reader
        self._writer = writer
        self._clock = clock

    async def library(self, kind: LibraryKind, *, company: str | None = None) -> list[Packed]:
        """Return all items of a kind by title, active or not; with `company`, its own and those of all companies."""
        sql = """SELECT document, local, key, title, subtitle, is_active, id, version, company FROM library
            WHERE kind = ? AND (? IS NULL OR company = ? OR company IS NULL) ORDER BY title COLLATE NOCASE, id"""

        def work(db: sqlite3.Connection) -> list[Packed]:
            return [
                Packed(
                    document=row[0],
                    local=row[1],
                    key=row[2],
                    title=row[3],
                    subtitle=row[4],
                    is_active=bool(row[5]),
                    id=row[6],
                    version=row[7],
                    company=row[8] or "",
                )
                for row in db.execute(sql, (kind, company, company))
            ]

        return await self._reader.read(work)

    async def lone_shipments(self, *, company: str | None = None) -> list[Packed]:
        """Return the shipments that are on no trip, oldest first."""
        sql = """SELECT document, number, regime, id, version, company FROM shipments
            WHERE trip IS NULL AND (? IS NULL OR company = ?) ORDER BY id"""

        def work(db: sqlite3.Connection) -> list[Packed]:
            return [
                Packed(row[0], key=row[1], regime=Regime(row[2]), id=row[3], version=row[4], company=row[5] or "")
                for row in db.execute(sql, (company, company))
            ]

        return await self._reader.read(work)

    async def trips(self, *, company: str | None = None) -> list[PackedTrip]:
        """Return the trips that have shipments and are not deleted, oldest first."""
        sql = """SELECT t.regime, t.number, t.company, t.document,
                (SELECT group_concat(id, ' ') FROM (SELECT id FROM shipments WHERE trip = t.id ORDER BY position))
            FROM trips AS t WHERE t.deleted_at IS NULL AND (? IS NULL OR t.company = ?) ORDER BY t.id"""

        def work(db: sqlite3.Connection) -> list[PackedTrip]:
            return [
                PackedTrip(Regime(row[0]), row[1], row[2] or "", row[3], tuple(row[4].split()))
                for row in db.execute(sql, (company, company))
                if row[4]
            ]

        return await self._reader.read(work)

    async def numbers_on_trips(self, *, company: str) -> dict[str, str]:
        """Return the trip each control number of a company stands on; the number in one case."""
        sql = """SELECT s.number, t.number FROM shipments AS s JOIN trips AS t ON t.id = s.trip
            WHERE s.number <> '' AND t.deleted_at IS NULL AND coalesce(s.company, '') = ?"""
        return await self._reader.read(lambda db: {row[0].casefold(): row[1] for row in db.execute(sql, (company,))})

    async def keep_library(
        self,
        kind: LibraryKind,
        records: Sequence[Packed],
        *,
        tick: Callable[[int], None],
        cancelled: Callable[[], bool],
    ) -> list[str]:
        """Keep items, new ones and changed ones, in one transaction; returns their ids in order.

        Args:
            kind: what they are.
            records: what to keep.
            tick: hears how many are written, in the store's thread.
            cancelled: asked in the store's thread whether to stop.

        Raises:
            Stopped: nothing was kept.
            Conflict: one of them was saved since its version; nothing was kept.
        """

        def insert(db: sqlite3.Connection, one: Packed, id_: str, at: str) -> None:
            db.execute(
                """INSERT INTO library (company, key, title, subtitle, document, local, words, is_active, updated_at,
                    id, version, kind, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)""",
                (*_library(one), at, id_, kind, at),
            )

        def update(db: sqlite3.Connection, one: Packed, at: str) -> int:
            return db.execute(
                """UPDATE library SET company = ?, key = ?, title = ?, subtitle = ?, document = ?, local = ?, words = ?,
                    is_active = ?, updated_at = ?, version = version + 1 WHERE id = ? AND version = ? AND kind = ?""",
                (*_library(one), at, one.id, one.version, kind),
            ).rowcount

        return await self._keep("library", records, insert, update, tick, cancelled)

    async def keep_shipments(
        self, records: Sequence[Packed], *, tick: Callable[[int], None], cancelled: Callable[[], bool]
    ) -> list[str]:
        """Keep shipments that are on no trip; otherwise as `keep_library`."""

        def insert(db: sqlite3.Connection, one: Packed, id_: str, at: str) -> None:
            db.execute(
                """INSERT INTO shipments (company, number, document, words, updated_at, id, version, regime, position,
                    created_at) VALUES (?, ?, ?, ?, ?, ?, 1, ?, 0, ?)""",
                (one.company or None, one.key, one.document, one.words, at, id_, one.regime, at),
            )

        def update(db: sqlite3.Connection, one: Packed, at: str) -> int:
            return db.execute(
                """UPDATE shipments SET company = ?, number = ?, document = ?, words = ?, updated_at = ?,
                    version = version + 1 WHERE id = ? AND version = ? AND trip IS NULL""",
                (one.company or None, one.key, one.document, one.words, at, one.id, one.version),
            ).rowcount

        return await self._keep("shipment", records, insert, update, tick, cancelled)

    async def _keep(
        self,
        what: str,
        records: Sequence[Packed],
        insert: Callable[[sqlite3.Connection, Packed, str, str], None],
        update: Callable[[sqlite3.Connection, Packed, str], int],
        tick: Callable[[int], None],
        cancelled: Callable[[], bool],
    ) -> list[str]:
        moment = self._clock.now()

        def work(db: sqlite3.Connection) -> list[str]:
            at = to_text(moment)
            fresh = iter(sorted(new_id(moment) for one in records if not one.id))
            kept = []
            for position, one in enumerate(records):
                if position % _STEP == 0:
                    if cancelled():
                        raise Stopped
                    tick(position)
                if one.id:
                    if update(db, one, at) != 1:
                        raise Conflict(what, one.version)
                    kept.append(one.id)
                else:
                    kept.append(next(fresh))
                    insert(db, one, kept[-1], at)
            if cancelled():
                raise Stopped
            tick(len(records))
            return kept

        return await self._writer.write(work)


def _library(one: Packed) -> tuple[str | int | None, ...]:
    return (
        *(one.company or None, one.key, one.title, one.subtitle, one.document, one.local, one.words),
        int(one.is_active),
    )
