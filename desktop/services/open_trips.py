"""Remembers which trips are open, where, and where the caret is: durable a moment after each change, without a wait."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.domain.lifecycle import Regime
from desktop.errors import Bug, DesktopError
from desktop.store import Store
from desktop.store.open_trip import OpenTrip
from desktop.tasks import TaskKeeper

log = logging.getLogger(__name__)

KEEP_AFTER_S = 0.1  # after what was typed, which goes first
KEEP_AT_LATEST_S = 0.5


@dataclass(frozen=True, slots=True)
class OpenTripRow:
    """One open trip.

    Attributes:
        trip_id: which.
        place: empty for a tab of the main window, else the frame of a window of its own.
        pointer: JSON Pointer of the field with the caret; empty where none had it.
        caret: how many letters stand before it.
        is_current: the tab on show, or the window used last.
        number: the trip's number, as it was read; empty where it has none.
        regime: which customs, as it was read.
    """

    trip_id: str
    place: str = ""
    pointer: str = ""
    caret: int = 0
    is_current: bool = False
    number: str = ""
    regime: Regime | None = None


class OpenTrips:
    """What a restart brings back."""

    def __init__(self, store: Store, keeper: TaskKeeper) -> None:
        self._store = store
        self._keeper = keeper
        self._read: Callable[[], Sequence[OpenTripRow]] | None = None
        self._since: float | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._kept: list[OpenTrip] | None = None

    async def all(self) -> list[OpenTripRow]:
        """Return the trips that were open when the program ended, however it did; deleted ones are left out."""
        return [
            OpenTripRow(row.trip, row.place, row.pointer, row.caret, row.is_current, row.number, row.regime)
            for row in await self._store.open_trips.all()
        ]

    def changed(self, read: Callable[[], Sequence[OpenTripRow]]) -> None:
        """Note that something changed; `read` says what is open once it is written.

        Written 100 ms after the last change, and while changes go on at least every 500 ms.
        """
        now = asyncio.get_running_loop().time()
        self._read = read
        if self._since is None:
            self._since = now
        if self._timer is not None:
            self._timer.cancel()
        wait = min(KEEP_AFTER_S, max(0.0, self._since + KEEP_AT_LATEST_S - now))
        self._timer = asyncio.get_running_loop().call_later(wait, self._start)

    def _start(self) -> None:
        self._timer = None
        if self._keeping is None or self._keeping.done():
            self._keeping = self._keeper.start(self._keep(), name="keep the open trips")

    async def _keep(self) -> None:
        while self._read is not None:
            read, self._read, self._since = self._read, None, None
            rows = [OpenTrip(row.trip_id, row.place, row.pointer, row.caret, row.is_current) for row in read()]
            if rows == self._kept:
                continue
            try:
                await self._store.open_trips.keep(rows)
            except DesktopError as error:
                if isinstance(error, Bug):
                    raise
                # What is typed has its own save, and its own word about a full disk.
                log.info("the open trips are not remembered: %s", error.code)
            else:
                self._kept = rows

    async def flush(self) -> None:
        """Write what has yet to be written."""
        if self._timer is not None:
            self._timer.cancel()
        self._start()
        if self._keeping is not None:
            await asyncio.shield(self._keeping)
