"""What was printed of the trips: which sheet, of which version, and what stood on it. Nothing is ever taken out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.clock import Clock, from_text, new_id, to_text
from desktop.domain.documents import JSONObject
from desktop.domain.lifecycle import Way
from desktop.store.column import array, packed, unpacked_object
from desktop.store.lane import Lane

_OF_TRIP = (
    "SELECT id, trip, sheet, way, version, is_draft, shown, at, says_go FROM printed WHERE trip = ? ORDER BY rowid"
)
_NEWEST = """SELECT id, trip, sheet, way, version, is_draft, shown, at, says_go FROM printed
    WHERE rowid IN (SELECT max(rowid) FROM printed WHERE trip IN (SELECT value FROM json_each(?)) GROUP BY trip, sheet)
    ORDER BY rowid"""


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """One sheet that left the program.

    Attributes:
        trip: id of the trip.
        sheet: name of the kind of sheet.
        way: onto a printer, into a PDF file, or into an e-mail.
        version: of the trip, as it stands on the sheet.
        is_draft: whether the sheet says that customs has not got the trip.
        shown: what the sheet shows of the document.
        at: when.
        says_go: whether it tells the driver to go.
    """

    id: str
    trip: str
    sheet: str
    way: Way
    version: int
    is_draft: bool
    shown: JSONObject
    at: datetime
    says_go: bool = False


class Printed:
    """The printed sheets of all trips."""

    def __init__(self, reader: Lane, writer: Lane, clock: Clock) -> None:
        self._reader = reader
        self._writer = writer
        self._clock = clock

    async def add(
        self,
        trip: str,
        sheet: str,
        *,
        way: Way,
        version: int,
        is_draft: bool,
        shown: JSONObject,
        says_go: bool = False,
    ) -> PrintedSheet:
        """Remember that a sheet was printed, now."""
        moment = self._clock.now()
        made = PrintedSheet(new_id(moment), trip, sheet, way, version, is_draft, shown, moment, says_go)
        values = (made.id, trip, sheet, way, version, int(is_draft), packed(shown), to_text(moment), int(says_go))

        def work(db: sqlite3.Connection) -> None:
            db.execute(
                """INSERT INTO printed (id, trip, sheet, way, version, is_draft, shown, at, says_go)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                values,
            )

        await self._writer.write(work)
        return made

    async def of_trip(self, trip: str) -> list[PrintedSheet]:
        """Return everything that was printed of a trip, oldest first."""
        return await self._reader.read(lambda db: [_printed(row) for row in db.execute(_OF_TRIP, (trip,))])

    async def newest_of_trips(self, trips: Iterable[str]) -> dict[str, list[PrintedSheet]]:
        """Return the newest sheet of each kind that was printed of each trip; trips without one are left out."""
        wanted = array(list(trips))

        def work(db: sqlite3.Connection) -> dict[str, list[PrintedSheet]]:
            found: dict[str, list[PrintedSheet]] = {}
            for row in db.execute(_NEWEST, (wanted,)):
                made = _printed(row)
                found.setdefault(made.trip, []).append(made)
            return found

        return await self._reader.read(work)


def _printed(row: Sequence[Any]) -> PrintedSheet:
    return PrintedSheet(
        *(row[0], row[1], row[2], Way(row[3]), row[4], bool(row[5]), unpacked_object(row[6]), from_text(row[7])),
        says_go=bool(row[8]),
    )
