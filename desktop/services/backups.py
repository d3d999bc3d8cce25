"""Backups: made by themselves once a day while the program runs, whenever somebody asks, and put back by a command."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from desktop.clock import Clock
from desktop.errors import EnvironmentFailure, UsageError
from desktop.store import DATABASE, Store
from desktop.store.backup import FOLDER, Backup, examine, kind_in, make, put_back

log = logging.getLogger(__name__)

EVERY: Final = timedelta(hours=24)
"""How old the newest backup may become while the program runs."""

KEPT_DAYS: Final = 7
"""Newest backups that are kept whatever their age (reliability 6.6)."""

KEPT_WEEKS: Final = 4
"""Older ones kept beside them, one for each week."""

_LOOK_S = 15 * 60.0
_NAME = "emanifest-"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A backup that was made and examined: where it is, of when (UTC), how large, and what is in it."""

    path: Path
    made_at: datetime
    size: int
    kind: str | None
    trips: int
    messages: int


@dataclass(frozen=True, slots=True)
class Standstill:
    """Why nothing goes out: `restored` or `copied`, and of when the data are (UTC), where that is known."""

    why: str
    as_of: datetime | None = None


class Backups:
    """The backups of a data folder. None of them holds a key."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    @property
    def folder(self) -> Path:
        """Where backups made by themselves lie."""
        return self._store.folder / FOLDER

    async def make(self, target: Path | None = None) -> Snapshot:
        """Write a backup, examine it, and return what is in it.

        Args:
            target: the file; None for one of those made by themselves, the oldest of which then go.

        Raises:
            UsageError: `target` is the database itself.
            DataFolderUnusable: it cannot be written, or the database is damaged; no bad backup is kept.
        """
        now = self._clock.now()
        path = self.folder / f"{_NAME}{now:%Y%m%d-%H%M%S}.db" if target is None else target
        source = self._store.folder / DATABASE
        if path.resolve() == source.resolve() or (target is not None and path.is_dir()):
            raise UsageError("backup.bad_target", path=str(path))
        await asyncio.to_thread(make, source, path, now)
        made = await asyncio.to_thread(examine, path)
        if target is None:
            await asyncio.to_thread(self._rotate)
        return Snapshot(made.path, made.made_at, made.size, made.kind, made.trips, made.messages)

    async def all(self) -> list[Path]:
        """Return the backups in the folder, the newest first; what is in them is not looked at."""
        return await asyncio.to_thread(self._found)

    async def held(self) -> Standstill | None:
        """Return why nothing goes out of these data, where they were put back or copied; None where nothing is held."""
        found = await self._store.holding.state()
        return None if found is None else Standstill(found.why.value, found.as_of)

    async def release(self) -> None:
        """A person has looked at what the gateway has: sending is possible again."""
        await self._store.holding.release()
        log.info("the data are no longer held")

    async def keep_making(self) -> None:
        """Make a backup whenever the newest is a day old, until cancelled; after a failure it is tried again."""
        while True:
            try:
                await self.make_if_due()
            except EnvironmentFailure as error:
                log.warning("no backup made: %s", error.code)
            await asyncio.sleep(_LOOK_S)

    async def make_if_due(self) -> Snapshot | None:
        """Make a backup if the newest is older than a day."""
        now = self._clock.now().timestamp()
        times = [await asyncio.to_thread(_time_of, path) for path in await self.all()]
        if any(0 <= now - time < EVERY.total_seconds() for time in times):
            return None
        return await self.make()

    def _found(self) -> list[Path]:
        try:
            found = [path for path in self.folder.iterdir() if path.suffix == ".db" and not path.name.startswith(".")]
        except OSError:
            return []
        return sorted(found, key=lambda path: (_time_of(path), path.name), reverse=True)

    def _rotate(self) -> None:
        """Keep the newest, and one a week of the older ones; what was kept for another reason is never taken away.

        What a program that was ended in the middle of a copy left half done goes too.
        """
        for half in self.folder.glob(".*.db.part"):
            with suppress(OSError):
                half.unlink()
        own = [path for path in self._found() if path.name.startswith(_NAME)]
        weeks: list[tuple[int, int]] = []
        for path in own[KEPT_DAYS:]:
            week = _week_of(path)
            if week not in weeks and len(weeks) < KEPT_WEEKS:
                weeks.append(week)
                continue
            with suppress(OSError):
                path.unlink()


def _time_of(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _week_of(path: Path) -> tuple[int, int]:
    year, week, _ = datetime.fromtimestamp(_time_of(path), tz=UTC).isocalendar()
    return year, week


def restore(source: Path, folder: Path, clock: Clock, *, is_practice: bool | None = None) -> tuple[Backup, Path | None]:
    """Put a backup back into a data folder that nobody has open. Blocks.

    Args:
        source: the backup.
        folder: the data folder; the caller holds its lock.
        clock: the time.
        is_practice: what kind the folder must be; None takes the backup's.

    Returns:
        What was put back, and where the data that were there are kept; None where there were none.

    Raises:
        DesktopError: the backup cannot be used, or the folder cannot be written; the data are as they were.
    """
    found = examine(source)
    _refuse_other_kind(found, folder, is_practice=is_practice)
    return found, put_back(found, folder, clock)


def _refuse_other_kind(found: Backup, folder: Path, *, is_practice: bool | None) -> None:
    wanted: str | None = "practice" if is_practice else None
    path = folder / DATABASE
    if path.exists():
        wanted = kind_in(path) or wanted
    if wanted is not None and found.kind is not None and found.kind != wanted:
        raise UsageError(f"backup.is_{found.kind}", path=str(found.path))
