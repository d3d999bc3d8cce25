"""The crossings of today and to come, those that need a person first. Old trips cost nothing but a look-back once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from desktop.services.board_row import BoardRow, board_row, place_of
from desktop.store import Store
from desktop.store.records import Trip

if TYPE_CHECKING:
    from desktop.services.lookups import Lookups

_MOST: Final = 1_000
_UNDATED: Final = 50
_BACK: Final = timedelta(hours=40)  # today began at most so long ago, at whatever port
_LOOK_BACK: Final = timedelta(days=30)
_PAGE: Final = 100


class Board:
    """Reads what is on the board.

    What arrives from today on is found by its arrival; what is on its way or in doubt by the outbox, however old. Which
    older trips still need a person is asked once (`look_back`) and kept; each that changes is looked at again.
    """

    def __init__(self, store: Store, lookups: Lookups) -> None:
        self._due = store.due
        self._lookups = lookups
        self._old: set[str] = set()

    async def rows(self, now: datetime) -> list[BoardRow]:
        """Return what is on the board at `now` (UTC), from top to bottom."""
        trips = await self._due.coming(now - _BACK, limit=_MOST, undated=_UNDATED)
        known = {trip.id for trip in trips}
        trips += await self._due.named({*self._old, *await self._due.in_hand()} - known)
        return await self._standing(trips, now)

    async def some(self, now: datetime, ids: Collection[str]) -> list[BoardRow]:
        """Return those of these trips that are on the board at `now`; for what changed."""
        rows = await self._standing(await self._due.named(ids), now)
        self._old -= set(ids)
        self._keep_old(rows, now)
        return rows

    async def look_back(self, now: datetime) -> list[BoardRow]:
        """Return the trips of the last 30 days before today that still need a person; they are on the board from now.

        Read page by page, so that nothing else waits.
        """
        found: list[BoardRow] = []
        place = None
        while True:
            trips, place = await self._due.sent_before(now - _BACK, now - _LOOK_BACK, after=place, limit=_PAGE)
            found += await self._standing(trips, now)
            if place is None:
                break
        self._keep_old(found, now)
        return found

    async def message_of(self, frame: str) -> str:
        """Return the id of the message a stored frame is shown as; empty where there is none."""
        return await self._due.message_of(int(frame)) if frame.isdecimal() else ""

    async def matching(self, ids: Collection[str], search: str) -> frozenset[str]:
        """Return which of these trips have every word of `search` somewhere."""
        return await self._due.matching(ids, search)

    def _keep_old(self, rows: Sequence[BoardRow], now: datetime) -> None:
        self._old |= {row.trip.id for row in rows if row.trip.eta.moment and row.trip.eta.moment < now - _BACK}

    async def _standing(self, trips: Sequence[Trip], now: datetime) -> list[BoardRow]:
        made = [board_row(row, now) for row in await self._lookups.rows_of(trips)]
        return sorted((row for row in made if row is not None), key=place_of)
