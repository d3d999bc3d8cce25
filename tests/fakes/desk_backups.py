"""Backups in memory."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from desktop.services.backups import Snapshot, Standstill


class FakeBackups:
    """Remembers what was asked for."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self.folder = Path("backups")
        self.made: list[Path | None] = []
        self.kept: list[Path] = []
        self.why: Standstill | None = None

    async def make(self, target: Path | None = None) -> Snapshot:
        self.made.append(target)
        return Snapshot(target or self.folder / "emanifest.db", self._now, 4096, "practice", 12, 345)

    async def all(self) -> list[Path]:
        return self.kept

    async def held(self) -> Standstill | None:
        return self.why

    async def release(self) -> None:
        self.why = None

    async def keep_making(self) -> None:
        return
