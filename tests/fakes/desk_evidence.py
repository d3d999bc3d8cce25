"""Evidence in memory: `written` holds what was asked for; the file is there, with a word in it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.printing.sheet import Sheet

if TYPE_CHECKING:
    from fakes.desk import FakeDesk


class FakeEvidence:
    """Writes the trip's number alone."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk
        self.draw: Callable[[Sheet], bytes] | None = None
        self.written: list[tuple[str, str, bool]] = []

    async def write(self, trip_id: str, path: str | Path, *, with_private: bool = False) -> None:
        number = str(self._desk.find(trip_id).document.get("tripNumber", ""))
        self.written.append((number, Path(path).suffix, with_private))
        await asyncio.to_thread(Path(path).write_text, number, encoding="utf-8")
