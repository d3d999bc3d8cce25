"""What can be done when the data cannot be opened: a backup, or what can still be read. Each keeps the damaged file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.clock import Clock
from desktop.errors import DesktopError
from desktop.services.backups import restore
from desktop.store.backup import FOLDER, examine, salvage_in_place

if TYPE_CHECKING:
    from desktop.store.backup import Backup

_MOST: Final = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """A backup that passed its check."""

    path: Path
    made_at: datetime
    trips: int
    messages: int


@dataclass(frozen=True, slots=True)
class Recovered:
    """What came of it: how much is there again, where the damaged data are kept, and whether a part is lost."""

    trips: int
    messages: int
    kept: Path | None
    is_part: bool = False


class Recovery:
    """Mends a data folder whose lock the caller holds and that nobody has open. Every method blocks."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock

    def choices(self) -> list[Choice]:
        """Return the good backups of this folder, the newest first; those that do not pass the check are left out."""
        try:
            found = [path for path in (self._folder / FOLDER).iterdir() if path.suffix == ".db"]
        except OSError:
            return []
        good: list[Backup] = []
        for path in sorted(found, key=_changed_at, reverse=True):
            if path.name.startswith("before-restore-"):
                continue  # those are the ones that were damaged
            try:
                good.append(examine(path))
            except DesktopError:
                continue
            if len(good) == _MOST:
                break
        return [Choice(one.path, one.made_at, one.trips, one.messages) for one in good]

    def recover(self, choice: Path | None) -> Recovered:
        """Put a backup back; without one, keep what can still be read.

        Raises:
            DesktopError: the backup turned out bad, nothing can be read, or the folder cannot be written; the data are
                as they were.
        """
        if choice is None:
            return self._salvage()
        found, kept = restore(choice, self._folder, self._clock)
        return Recovered(found.trips, found.messages, kept)

    def _salvage(self) -> Recovered:
        done, kept = salvage_in_place(self._folder, self._clock)
        return Recovered(done.trips, done.messages, kept, is_part=bool(done.torn or done.dropped))


def _changed_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
