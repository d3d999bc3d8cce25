"""What the board asks of the service below it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from desktop.services.board_row import BoardRow


class KnowsBoard(Protocol):
    """What is on the board."""

    async def rows(self, now: datetime) -> list[BoardRow]:
        """Return what is on the board at a moment, from top to bottom."""
        ...

    async def some(self, now: datetime, ids: Collection[str]) -> list[BoardRow]:
        """Return those of these trips that are on the board."""
        ...

    async def look_back(self, now: datetime) -> list[BoardRow]:
        """Return the older trips that still need a person; they are on the board from then on."""
        ...

    async def message_of(self, frame: str) -> str:
        """Return the id of the message a stored frame is shown as; empty where there is none."""
        ...

    async def matching(self, ids: Collection[str], search: str) -> frozenset[str]:
        """Return which of these trips have every word of `search` somewhere."""
        ...
