"""The trips open in the window, where each stands and where its caret is, so that a restart brings them back."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.clock import Clock, to_text
from desktop.domain.lifecycle import Regime
from desktop.store.column import plain
from desktop.store.lane import Lane


@dataclass(frozen=True, slots=True)
class OpenTrip:
    """One open trip.

    Attributes:
        trip: its id.
        place: empty for a tab of the main window, else the frame of a window of its own.
        pointer: JSON Pointer of the field that had the caret; empty where none had it.
        caret: how many letters stand before the caret.
        is_current: the tab on show, or the window that was used last.
        number: the trip's number; read only.
        regime: which customs; read only, None when it is written.
    """

    trip: str
    place: str = ""
    pointer: str = ""
    caret: int = 0
    is_current: bool = False
    number: str = ""
    regime: Regime | None = None


class OpenTrips:
    """The open trips, in the order of their tabs."""

    def __init__(self, reader: Lane, writer: Lane, clock: Clock) -> None:
        self._reader = reader
        self._writer = writer
        self._clock = clock

    async def all(self) -> list[OpenTrip]:
        """Return the open trips in order; those deleted meanwhile are left out."""
        sql = """SELECT o.trip, o.place, o.pointer, o.caret, o.is_current, t.number, t.regime FROM open_trips AS o
            JOIN trips AS t ON t.id = o.trip WHERE t.deleted_at IS NULL ORDER BY o.position, o.trip"""
        return await self._reader.read(
            lambda db: [
                OpenTrip(row[0], row[1], row[2], row[3], bool(row[4]), row[5], Regime(row[6]))
                for row in db.execute(sql)
            ]
        )

    async def keep(self, trips: Sequence[OpenTrip]) -> None:
        """Keep exactly these, in this order; rows that stay as they are are not written again.

        A trip that does not exist is left out.
        """
        at = to_text(self._clock.now())

        def work(db: sqlite3.Connection) -> None:
            before = {row[0]: row[1:] for row in db.execute(_SELECT)}
            for position, one in enumerate(trips):
                row = (position, one.place, plain(one.pointer), one.caret, int(one.is_current))
                if before.pop(one.trip, None) != row:
                    db.execute(_UPSERT, (*row, at, one.trip))
            for gone in before:
                db.execute("DELETE FROM open_trips WHERE trip = ?", (gone,))

        await self._writer.write(work)


_SELECT = "SELECT trip, position, place, pointer, caret, is_current FROM open_trips"
_UPSERT = """INSERT INTO open_trips (trip, position, place, pointer, caret, is_current, updated_at)
    SELECT id, ?, ?, ?, ?, ?, ? FROM trips WHERE id = ?
    ON CONFLICT (trip) DO UPDATE SET position = excluded.position, place = excluded.place, pointer = excluded.pointer,
        caret = excluded.caret, is_current = excluded.is_current, updated_at = excluded.updated_at"""
