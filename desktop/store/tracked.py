"""Every control number known here, from shipments and from messages; derived by the database itself, never folded."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from desktop.clock import from_text, to_text
from desktop.domain.documents import JSONObject
from desktop.domain.lifecycle import Category, Regime
from desktop.store.column import array, likes, plain, unpacked_object, where
from desktop.store.derivation import nested_shipments
from desktop.store.frame import COLUMNS as FRAME_COLUMNS
from desktop.store.frame import frame_of
from desktop.store.lane import Lane
from desktop.store.records import Frame, Trip
from desktop.store.trip import one as trip_of

_COLUMNS = "SELECT k.company, k.regime, k.number, k.at, k.heard_at FROM tracked AS k "
_ORDER = " ORDER BY k.at DESC, k.company DESC, k.regime DESC, k.number DESC LIMIT ?"
_ARRIVING = """SELECT k.company, k.regime, k.number, k.at, k.heard_at FROM trips AS t
    JOIN shipments AS s ON s.trip = t.id AND s.number <> ''
    JOIN tracked AS k ON k.company = coalesce(s.company, '') AND k.regime = s.regime AND k.number = s.number
    WHERE t.deleted_at IS NULL AND t.eta_sort BETWEEN ? AND ? ORDER BY t.eta_sort, s.position LIMIT ?"""
_FOUND = r"""(k.number LIKE ? ESCAPE '\' OR k.words LIKE ? ESCAPE '\' OR k.number IN (SELECT s.number
    FROM shipments AS s LEFT JOIN trips AS t ON t.id = s.trip WHERE t.deleted_at IS NULL
    AND (s.words LIKE ? ESCAPE '\' OR t.words LIKE ? ESCAPE '\')))"""
_SHIPMENTS = """SELECT s.id, s.version, coalesce(s.company, ''), s.regime, s.number, s.trip, s.position, s.document,
    s.created_at FROM shipments AS s LEFT JOIN trips AS t ON t.id = s.trip
    WHERE s.number COLLATE NOCASE IN (SELECT value FROM json_each(?)) AND t.deleted_at IS NULL ORDER BY s.id"""
_NAMING = """SELECT n.number, i.id, i.frame, i.company, i.regime FROM inbox_numbers AS n
    JOIN inbox AS i ON i.id = n.inbox WHERE n.number IN (SELECT value FROM json_each(?)) ORDER BY i.id"""
_OF_TRIPS = """SELECT trip, id, frame FROM inbox WHERE trip IN (SELECT value FROM json_each(?)) ORDER BY id"""
_BY_ID = "WHERE f.id IN (SELECT value FROM json_each(?)) ORDER BY f.id"
_STORY = """SELECT id, received_at, category, sign, title, text FROM inbox WHERE id IN (
    SELECT n.inbox FROM inbox_numbers AS n JOIN inbox AS i ON i.id = n.inbox WHERE n.number = ? AND i.company = ?
    UNION SELECT id FROM inbox WHERE trip = ? AND category IN ('accepted', 'rejected', 'upload')
    ) ORDER BY id DESC LIMIT ?"""


class TrackedNumber(NamedTuple):
    """A number as it is kept.

    Attributes:
        company: whose; empty for a draft that is nobody's yet.
        number: as it was written first.
        at: when it was last heard of or written here (UTC).
        heard_at: when the newest message that names it came (UTC); None where none did.
    """

    company: str
    regime: Regime
    number: str
    at: datetime
    heard_at: datetime | None

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from others: case does not."""
        return self.company, self.regime, self.number.casefold()


class TrackedShipment(NamedTuple):
    """A shipment that bears the number; `document` is its part of the trip's document, or its own."""

    id: str
    version: int
    company: str
    regime: Regime
    number: str
    trip: str | None
    position: int
    document: JSONObject
    created_at: datetime


class Naming(NamedTuple):
    """A message that names a number, or that belongs to a trip: `of` is which."""

    of: str
    item: str
    frame: int
    company: str = ""
    regime: Regime | None = None


class Gathered(NamedTuple):
    """What is kept about some numbers.

    Attributes:
        shipments: those that bear one of them, but of deleted trips.
        trips: the trips they are on, by id.
        naming: the messages that name one of them, `of` the number.
        of_trips: the messages that belong to one of the trips, `of` the trip's id.
    """

    shipments: list[TrackedShipment]
    trips: dict[str, Trip]
    naming: list[Naming]
    of_trips: list[Naming]


class Told(NamedTuple):
    """One message in the story of a number: what its card says."""

    item: str
    at: datetime
    category: Category
    sign: str
    title: str
    text: str


class Tracked:
    """The numbers, the newest first; the writer's side is triggers of the database."""

    def __init__(self, reader: Lane) -> None:
        self._reader = reader

    async def newest(
        self,
        *,
        company: str | None = None,
        search: str = "",
        limit: int = 500,
    ) -> list[TrackedNumber]:
        """Return numbers, the last heard of or written first.

        Args:
            company: only this company's.
            search: only those in which every one of its words stands: in the number (any part of it), a transaction
                number, the shipment's or the trip's own words.
            limit: how many at most.
        """
        conditions: list[str] = []
        values: list[object] = []
        if company is not None:
            conditions.append("k.company = ?")
            values.append(company)
        for pattern in likes(search):
            conditions.append(_FOUND)
            values += [pattern] * 4
        sql = _COLUMNS + "WHERE " + where(conditions) + _ORDER
        return await self._reader.read(lambda db: [_number(row) for row in db.execute(sql, (*values, limit))])

    async def arriving(
        self, since: datetime, until: datetime, *, company: str | None = None, limit: int = 1000
    ) -> list[TrackedNumber]:
        """Return the numbers of trips that arrive between two moments, the earliest first."""
        span = (to_text(since), to_text(until), limit)
        found = await self._reader.read(lambda db: [_number(row) for row in db.execute(_ARRIVING, span)])
        return [one for one in found if company is None or one.company == company]

    async def gather(self, numbers: Sequence[str]) -> Gathered:
        """Return what is kept about some numbers, in one look."""
        wanted = array([plain(number) for number in numbers])

        def work(db: sqlite3.Connection) -> Gathered:
            rows = db.execute(_SHIPMENTS, (wanted,)).fetchall()
            trips = {trip: trip_of(db, trip) for trip in dict.fromkeys(row[5] for row in rows if row[5])}
            nested = {trip: nested_shipments(kept.document) for trip, kept in trips.items()}
            naming = [Naming(row[0], row[1], row[2], row[3], _regime(row[4])) for row in db.execute(_NAMING, (wanted,))]
            of_trips = [Naming(*row) for row in db.execute(_OF_TRIPS, (array(list(trips)),))]
            return Gathered([_shipment(row, nested) for row in rows], trips, naming, of_trips)

        return await self._reader.read(work)

    async def frames(self, ids: Sequence[int]) -> list[Frame]:
        """Return frames by their ids, oldest first."""
        sql = FRAME_COLUMNS + _BY_ID
        return await self._reader.read(lambda db: [frame_of(row) for row in db.execute(sql, (array(ids),))])

    async def story(self, number: str, *, company: str, trip: str | None, limit: int = 40) -> list[Told]:
        """Return the newest messages that name a number, and the answers to its trip; oldest first."""
        values = (plain(number), company, trip or "", limit)
        rows = await self._reader.read(lambda db: db.execute(_STORY, values).fetchall())
        return [Told(row[0], from_text(row[1]), Category(row[2]), *row[3:]) for row in reversed(rows)]

    async def alerts(self, number: str, trip: str) -> list[tuple[datetime, str]]:
        """Return what the program itself noticed of a number on a trip, oldest first, by name."""
        sql = "SELECT at, what FROM alerts WHERE trip = ? AND number = ? COLLATE NOCASE ORDER BY id"
        rows = await self._reader.read(lambda db: db.execute(sql, (trip, plain(number))).fetchall())
        return [(from_text(row[0]), row[1]) for row in rows]


def _number(row: Sequence[Any]) -> TrackedNumber:
    return TrackedNumber(row[0], Regime(row[1]), row[2], from_text(row[3]), from_text(row[4]) if row[4] else None)


def _regime(name: str | None) -> Regime | None:
    return None if name is None else Regime(name)


def _shipment(row: Sequence[Any], nested: dict[str, list[JSONObject]]) -> TrackedShipment:
    document = unpacked_object(row[7]) if row[5] is None else nested[row[5]][row[6]]
    return TrackedShipment(
        id=row[0],
        version=row[1],
        company=row[2],
        regime=Regime(row[3]),
        number=row[4],
        trip=row[5],
        position=row[6],
        document=document,
        created_at=from_text(row[8]),
    )
