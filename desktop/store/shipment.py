"""Shipments: those on trips, told by the trips' documents, and those that stand by themselves."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from desktop.clock import Clock, from_text, new_id, to_text
from desktop.domain.documents import JSONObject
from desktop.domain.lifecycle import Regime
from desktop.store.column import array, likes, packed, plain, unpacked_object, where, words_of
from desktop.store.derivation import nested_shipments, number_column
from desktop.store.error import Conflict, Gone
from desktop.store.lane import Lane
from desktop.store.records import Shipment

_COLUMNS = """SELECT s.id, s.version, s.company, s.regime, s.number, s.trip, coalesce(t.number, ''), s.position,
    s.document, s.created_at, s.updated_at, t.document
    FROM shipments AS s LEFT JOIN trips AS t ON t.id = s.trip """
_TRIPS_OF = "SELECT DISTINCT s.trip FROM shipments AS s LEFT JOIN trips AS t ON t.id = s.trip WHERE "
_OF_TRIPS = "WHERE s.trip IN (SELECT value FROM json_each(?)) ORDER BY s.trip, s.position"


class Shipments:
    """All shipments; one on a trip is changed only through its trip."""

    def __init__(self, reader: Lane, writer: Lane, clock: Clock) -> None:
        self._reader = reader
        self._writer = writer
        self._clock = clock

    async def latest(self, *, company: str | None = None, search: str = "", limit: int = 500) -> list[Shipment]:
        """Return the newest shipments, without those of deleted trips; `search` as in `Trips.latest`."""
        conditions: list[str] = ["t.deleted_at IS NULL"]
        values: list[object] = []
        if company is not None:
            conditions.append("s.company = ?")
            values.append(company)
        for pattern in likes(search):
            conditions.append(r"(s.words LIKE ? ESCAPE '\' OR t.number LIKE ? ESCAPE '\')")
            values += [pattern, pattern]
        sql = _COLUMNS + "WHERE " + where(conditions) + " ORDER BY s.id DESC LIMIT ?"
        return await self._reader.read(lambda db: _shipments(db.execute(sql, (*values, limit))))

    async def by_number(self, number: str, *, company: str | None = None) -> list[Shipment]:
        """Return the shipments that bear a control number, newest first; a number may stand on several drafts."""
        conditions, values = ["s.number = ? COLLATE NOCASE", "t.deleted_at IS NULL"], [plain(number)]
        if company is not None:
            conditions.append("s.company = ?")
            values.append(company)
        sql = _COLUMNS + "WHERE " + where(conditions) + " ORDER BY s.id DESC"
        return await self._reader.read(lambda db: _shipments(db.execute(sql, values)))

    async def trips_bearing(self, number: str, *, company: str, regime: Regime | None = None) -> list[str]:
        """Return the trips of a company with a shipment of that number; two of them, where there are more."""
        conditions = ["s.number = ? COLLATE NOCASE", "s.company = ?", "s.trip IS NOT NULL", "t.deleted_at IS NULL"]
        values = [plain(number), company]
        if regime is not None:
            conditions.append("s.regime = ?")
            values.append(regime)
        sql = _TRIPS_OF + where(conditions) + " LIMIT 2"
        return await self._reader.read(lambda db: [row[0] for row in db.execute(sql, values)])

    async def of_trips(self, trips: Sequence[str]) -> dict[str, list[Shipment]]:
        """Return the shipments of each trip in the order of its document."""
        sql = _COLUMNS + _OF_TRIPS
        found: dict[str, list[Shipment]] = {trip: [] for trip in trips}
        for shipment in await self._reader.read(lambda db: _shipments(db.execute(sql, (array(trips),)))):
            found[str(shipment.trip)].append(shipment)
        return found

    async def get(self, shipment: str) -> Shipment:
        """Return a shipment.

        Raises:
            Gone: there is no such shipment.
        """
        return await self._reader.read(lambda db: _one(db, shipment))

    async def save_lone(
        self,
        regime: Regime,
        document: JSONObject,
        *,
        company: str = "",
        shipment: str | None = None,
        version: int | None = None,
    ) -> Shipment:
        """Keep a shipment that is on no trip: a new one, or `shipment` again.

        Raises:
            Conflict: it was saved since `version`, or it is on a trip by now.
            Gone: there is no such shipment.
        """
        moment = self._clock.now()
        id_ = shipment or new_id(moment)
        at = to_text(moment)

        def work(db: sqlite3.Connection) -> Shipment:
            values = (company or None, number_column(regime, document), packed(document), words_of(document), at)
            if shipment is None:
                db.execute(
                    """INSERT INTO shipments (company, number, document, words, updated_at, id, version, regime,
                        position, created_at) VALUES (?, ?, ?, ?, ?, ?, 1, ?, 0, ?)""",
                    (*values, id_, regime, at),
                )
                return _one(db, id_)
            current = _one(db, shipment)
            if current.version != version or current.trip is not None:
                raise Conflict("shipment", current.version)
            db.execute(
                """UPDATE shipments SET company = ?, number = ?, document = ?, words = ?, updated_at = ?,
                    version = version + 1 WHERE id = ?""",
                (*values, shipment),
            )
            return _one(db, shipment)

        return await self._writer.write(work)

    async def remove_lone(self, shipment: str, *, version: int) -> None:
        """Take out a shipment that is on no trip, for instance because it was put on one.

        Raises:
            Conflict: it was saved since `version`, or it is on a trip.
            Gone: there is no such shipment.
        """

        def work(db: sqlite3.Connection) -> None:
            current = _one(db, shipment)
            if current.version != version or current.trip is not None:
                raise Conflict("shipment", current.version)
            db.execute("DELETE FROM shipments WHERE id = ?", (shipment,))

        await self._writer.write(work)


def _one(db: sqlite3.Connection, shipment: str) -> Shipment:
    found = _shipments(db.execute(_COLUMNS + "WHERE s.id = ?", (shipment,)))
    if not found:
        raise Gone("shipment")
    return found[0]


def _shipments(rows: Iterable[Sequence[Any]]) -> list[Shipment]:
    opened: dict[str, list[JSONObject]] = {}  # one trip's document is opened once for all its shipments
    found = []
    for row in rows:
        trip, position = row[5], row[7]
        if trip is None:
            document = unpacked_object(row[8])
        else:
            if trip not in opened:
                opened[trip] = nested_shipments(unpacked_object(row[11]))
            document = opened[trip][position]
        found.append(
            Shipment(
                id=row[0],
                version=row[1],
                company=row[2] or "",
                regime=Regime(row[3]),
                number=row[4],
                trip=trip,
                trip_number=row[6],
                position=position,
                document=document,
                created_at=from_text(row[9]),
                updated_at=from_text(row[10]),
            )
        )
    return found
