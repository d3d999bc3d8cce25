"""The board in memory: the fake desk's trips in the real order."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.services.board_row import BoardRow, board_row, place_of

if TYPE_CHECKING:
    from fakes.desk import FakeDesk


class FakeBoard:
    """Every stored trip that belongs on the board; `asked` remembers what was read."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk
        self.old: list[str] = []

    async def rows(self, now: datetime) -> list[BoardRow]:
        self._desk.calls.append(("board",))
        found = await self._desk.lookups.trips()
        made = [board_row(row, now) for row in found if row.id not in self.old]
        return sorted((one for one in made if one is not None), key=place_of)

    async def some(self, now: datetime, ids: Collection[str]) -> list[BoardRow]:
        self._desk.calls.append(("board_some", frozenset(ids)))
        made = [board_row(row, now) for row in await self._desk.lookups.trips() if row.id in ids]
        return [one for one in made if one is not None]

    async def look_back(self, now: datetime) -> list[BoardRow]:
        found, self.old = self.old, []
        return await self.some(now, found)

    async def message_of(self, frame: str) -> str:
        return frame if any(card.id == frame for card in self._desk.all_cards) else ""

    async def matching(self, ids: Collection[str], search: str) -> frozenset[str]:
        return frozenset(row.id for row in await self._desk.lookups.trips(search=search)) & frozenset(ids)
