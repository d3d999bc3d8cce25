"""Erasing people in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.services.erasing import Erased, ErasePreview
from desktop.services.views import Subject

if TYPE_CHECKING:
    from fakes.desk import FakeDesk


class FakeErasing:
    """Remembers what was asked for; `seen` is what the next preview says."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk
        self.seen: dict[str, Any] = {"trips": 12, "messages": 31, "templates": 1, "backups": 9}
        self.done = Erased(is_finished=True, backups_kept=0)
        self.erased: list[tuple[str, bool]] = []

    async def preview(self, item: str) -> ErasePreview:
        row = await self._desk.library.item(item)
        return ErasePreview(item=item, name=row.title, **self.seen)

    async def erase(self, item: str, *, with_backups: bool) -> Erased:
        self.erased.append((item, with_backups))
        self._desk.all_library[:] = [row for row in self._desk.all_library if row.id != item]
        self._desk.changes.announce(Subject.LIBRARY, [item])
        return self.done
