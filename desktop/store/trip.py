"""Trips: documents with their undo steps, the versions that were sent, and the shipments derived from them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from desktop.clock import Clock, from_text, new_id, to_text
from desktop.domain.documents import JSON, MISSING, JSONObject, Missing
from desktop.domain.lifecycle import Regime
from desktop.store.column import likes, packed, plain, text_or_none, time_or_none, unpacked, unpacked_object, where
from desktop.store.derivation import trip_columns
from desktop.store.error import Conflict, Gone
from desktop.store.lane import Lane
from desktop.store.nesting import derive_shipments
from desktop.store.records import NewTrip, Trip, TripVersion, UndoStep, UndoTail

_COLUMNS = """SELECT id, version, company, regime, number, port, eta_local, eta_utc, document, local, undo_position,
    deleted_at, created_at, updated_at FROM trips """


class Trips:
    """The trips; each is one JSON document in the wire shape of its regime, valid or not."""

    def __init__(self, reader: Lane, writer: Lane, clock: Clock) -> None:
        self._reader = reader
        self._writer = writer
        self._clock = clock

    async def add(
        self,
        regime: Regime,
        document: JSONObject,
        local: JSONObject | None = None,
        *,
        company: str = "",
        eta_utc: datetime | None = None,
    ) -> Trip:
        """Keep a new trip.

        Args:
            regime: which customs it is for; never changes.
            document: the wire document, as it is.
            local: facts that are not on the wire.
            company: whose trip; empty where none is chosen yet.
            eta_utc: the moment of arrival, where the port's zone is known.
        """
        moment = self._clock.now()
        new = NewTrip(regime, document, company, eta_utc)
        return await self._writer.write(lambda db: _insert(db, new, local or {}, moment))

    async def add_all(self, trips: Sequence[NewTrip]) -> list[Trip]:
        """Keep many new trips in one transaction: all of them, or none."""
        moment = self._clock.now()
        return await self._writer.write(lambda db: [_insert(db, new, {}, moment) for new in trips])

    async def save(
        self,
        trip: str,
        document: JSONObject,
        local: JSONObject,
        *,
        version: int,
        eta_utc: datetime | None = None,
        undo: UndoTail | None = None,
        company: str | None = None,
    ) -> Trip:
        """Replace a trip's document, with its undo steps and its shipments' rows, in one transaction.

        `company`, where given, moves the trip to that company.

        Raises:
            Conflict: it was saved since `version`.
            Gone: there is no such trip.
        """
        moment = self._clock.now()

        def work(db: sqlite3.Connection) -> Trip:
            current = one(db, trip)
            if current.version != version:
                raise Conflict("trip", current.version)
            owner = current.company if company is None else company
            columns = trip_columns(current.regime, document, local, eta_utc)
            db.execute(
                """UPDATE trips SET version = version + 1, company = ?, document = ?, local = ?, number = ?, port = ?,
                    eta_local = ?, eta_utc = ?, eta_sort = ?, words = ?, updated_at = ? WHERE id = ?""",
                (
                    *(owner or None, packed(document), packed(local), columns.number, columns.port, columns.eta_local),
                    *(text_or_none(eta_utc), columns.eta_sort, columns.words, to_text(moment), trip),
                ),
            )
            if undo is not None:
                _save_undo(db, trip, undo)
            derive_shipments(db, trip, owner, current.regime, document, moment)
            return one(db, trip)

        return await self._writer.write(work)

    async def get(self, trip: str) -> Trip:
        """Return a trip, deleted or not.

        Raises:
            Gone: there is no such trip.
        """
        return await self._reader.read(lambda db: one(db, trip))

    async def by_number(self, number: str, *, company: str | None = None, regime: Regime | None = None) -> list[Trip]:
        """Return the trips that bear a number, upper or lower case alike, newest first; deleted ones not."""
        conditions, values = ["number = ? COLLATE NOCASE", "deleted_at IS NULL"], [plain(number)]
        if company is not None:
            conditions.append("company = ?")
            values.append(company)
        if regime is not None:
            conditions.append("regime = ?")
            values.append(regime)
        sql = _COLUMNS + "WHERE " + where(conditions) + " ORDER BY id DESC"
        return await self._reader.read(lambda db: [_trip(row) for row in db.execute(sql, values)])

    async def latest(
        self,
        *,
        company: str | None = None,
        regime: Regime | None = None,
        search: str = "",
        is_deleted: bool = False,
        limit: int = 500,
    ) -> list[Trip]:
        """Return the `limit` latest trips by arrival, earliest first and those without arrival last.

        `search` finds trips in which every one of its words stands somewhere.
        """
        conditions = ["deleted_at IS NOT NULL" if is_deleted else "deleted_at IS NULL"]
        values: list[object] = []
        if company is not None:
            conditions.append("company = ?")
            values.append(company)
        if regime is not None:
            conditions.append("regime = ?")
            values.append(regime)
        for pattern in likes(search):
            conditions.append(r"words LIKE ? ESCAPE '\'")
            values.append(pattern)
        sql = _COLUMNS + "WHERE " + where(conditions) + " ORDER BY eta_sort DESC, id DESC LIMIT ?"

        def work(db: sqlite3.Connection) -> list[Trip]:
            rows = db.execute(sql, (*values, limit)).fetchall()
            return [_trip(row) for row in reversed(rows)]

        return await self._reader.read(work)

    async def delete(self, trip: str) -> None:
        """Take a trip out of the lists; it can be brought back.

        Raises:
            Gone: there is no such trip.
        """
        await self._mark_deleted(trip, to_text(self._clock.now()))

    async def undelete(self, trip: str) -> None:
        """Bring a deleted trip back.

        Raises:
            Gone: there is no such trip.
        """
        await self._mark_deleted(trip, None)

    async def _mark_deleted(self, trip: str, at: str | None) -> None:
        def work(db: sqlite3.Connection) -> None:
            if db.execute("UPDATE trips SET deleted_at = ? WHERE id = ?", (at, trip)).rowcount != 1:
                raise Gone("trip")

        await self._writer.write(work)

    async def undo_steps(self, trip: str) -> list[UndoStep]:
        """Return the stored edits of a trip, oldest first; `Trip.undo_position` of them are in force."""
        sql = "SELECT path, before, after, at FROM undo_steps WHERE trip = ? ORDER BY seq"
        return await self._reader.read(
            lambda db: [
                UndoStep(row[0], _before(row[1]), _before(row[2]), from_text(row[3]))
                for row in db.execute(sql, (trip,))
            ]
        )

    async def freeze_version(self, trip: str) -> TripVersion:
        """Keep the trip's document as it is now beside its history, for ever.

        Raises:
            Gone: there is no such trip.
        """
        at = to_text(self._clock.now())

        def work(db: sqlite3.Connection) -> TripVersion:
            current = one(db, trip)
            freeze(db, trip, at)
            return _version(db, trip, current.version)

        return await self._writer.write(work)

    async def set_aside(self, trip: str) -> list[tuple[int, datetime]]:
        """Return the frozen versions that were not sent but written over, with their moments, oldest first."""
        sql = """SELECT v.version, v.at FROM trip_versions AS v WHERE v.trip = ? AND NOT EXISTS (
            SELECT 1 FROM outbox AS o WHERE o.trip = v.trip AND o.trip_version = v.version) ORDER BY v.version"""
        return await self._reader.read(lambda db: [(row[0], from_text(row[1])) for row in db.execute(sql, (trip,))])

    async def version(self, trip: str, version: int) -> TripVersion:
        """Return a frozen document.

        Raises:
            Gone: that version was not frozen.
        """
        return await self._reader.read(lambda db: _version(db, trip, version))


def _insert(db: sqlite3.Connection, new: NewTrip, local: JSONObject, moment: datetime) -> Trip:
    trip = new_id(moment)
    columns = trip_columns(new.regime, new.document, local, new.eta_utc)
    db.execute(
        """INSERT INTO trips (id, version, company, regime, document, local, number, port, eta_local, eta_utc,
            eta_sort, words, created_at, updated_at) VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            *(trip, new.company or None, new.regime, packed(new.document), packed(local), columns.number),
            *(columns.port, columns.eta_local, text_or_none(new.eta_utc), columns.eta_sort, columns.words),
            *(to_text(moment), to_text(moment)),
        ),
    )
    derive_shipments(db, trip, new.company, new.regime, new.document, moment)
    return one(db, trip)


def one(db: sqlite3.Connection, trip: str) -> Trip:
    """Return a trip within a transaction.

    Raises:
        Gone: there is no such trip.
    """
    row = db.execute(_COLUMNS + "WHERE id = ?", (trip,)).fetchone()
    if row is None:
        raise Gone("trip")
    return _trip(row)


def freeze(db: sqlite3.Connection, trip: str, at: str) -> None:
    """Copy the trip's present document to its frozen versions, within a transaction."""
    db.execute(
        """INSERT INTO trip_versions (trip, version, document, local, at)
            SELECT id, version, document, local, ? FROM trips WHERE id = ? ON CONFLICT DO NOTHING""",
        (at, trip),
    )


def _version(db: sqlite3.Connection, trip: str, version: int) -> TripVersion:
    row = db.execute(
        "SELECT document, local, at FROM trip_versions WHERE trip = ? AND version = ?", (trip, version)
    ).fetchone()
    if row is None:
        raise Gone("trip version")
    return TripVersion(trip, version, unpacked_object(row[0]), unpacked_object(row[1]), from_text(row[2]))


def _save_undo(db: sqlite3.Connection, trip: str, undo: UndoTail) -> None:
    db.execute("DELETE FROM undo_steps WHERE trip = ? AND seq >= ?", (trip, undo.keep))
    db.executemany(
        "INSERT INTO undo_steps (trip, seq, path, before, after, at) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (trip, undo.keep + place, plain(step.path), _kept(step.before), _kept(step.after), to_text(step.at))
            for place, step in enumerate(undo.steps)
        ],
    )
    db.execute("UPDATE trips SET undo_position = ? WHERE id = ?", (undo.position, trip))


def _kept(value: JSON | Missing) -> str | None:
    return None if isinstance(value, Missing) else packed(value)


def _before(text: str | None) -> JSON | Missing:
    return MISSING if text is None else unpacked(text)


def _trip(row: Sequence[Any]) -> Trip:
    return Trip(
        id=row[0],
        version=row[1],
        company=row[2] or "",
        regime=Regime(row[3]),
        number=row[4],
        port=row[5],
        eta_local=row[6],
        eta_utc=time_or_none(row[7]),
        document=unpacked_object(row[8]),
        local=unpacked_object(row[9]),
        undo_position=row[10],
        deleted_at=time_or_none(row[11]),
        created_at=from_text(row[12]),
        updated_at=from_text(row[13]),
    )
