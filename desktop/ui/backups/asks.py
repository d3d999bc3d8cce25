"""What the window asks about backups."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from desktop.services.backups import Snapshot, Standstill


class KeepsBackups(Protocol):
    """Backups of the data."""

    @property
    def folder(self) -> Path:
        """Where those made by themselves lie."""
        ...

    async def make(self, target: Path | None = None) -> Snapshot:
        """Write a backup and examine it."""
        ...

    async def all(self) -> list[Path]:
        """Return those in the folder, the newest first."""
        ...

    async def held(self) -> Standstill | None:
        """Return why nothing goes out, where that is so."""
        ...

    async def release(self) -> None:
        """Let things go out again: a person has looked."""
        ...

    async def keep_making(self) -> None:
        """Make one a day until cancelled."""
        ...
