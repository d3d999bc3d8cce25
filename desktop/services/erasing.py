"""Erasing a person: out of the data, the search, the undo history and the backups; what cannot be reached is said."""

from __future__ import annotations

import asyncio
import logging
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desktop.errors import EnvironmentFailure, UsageError
from desktop.services.backups import Snapshot
from desktop.services.changes import Changes
from desktop.services.mailing import FOLDER as MAIL
from desktop.services.views import Subject
from desktop.store import DATABASE, Store
from desktop.store.backup import FOLDER as BACKUPS
from desktop.store.erasing import Survey, Unfinished

log = logging.getLogger(__name__)

_HALVES = (f".{DATABASE}.restored", f".{DATABASE}.salvaged")


class _Backups(Protocol):
    async def make(self) -> Snapshot:
        """Make one of those the program makes by itself."""
        ...

    async def all(self) -> list[Path]:
        """Return them, the newest first."""
        ...


class _Editing(Protocol):
    def is_open(self, trip_id: str) -> bool:
        """Tell whether somebody has the trip open."""
        ...

    async def flush(self) -> None:
        """Make everything typed durable."""
        ...


class _Library(Protocol):
    def forget_removed(self) -> None:
        """Bring back nothing any more that was taken out."""
        ...


@dataclass(frozen=True, slots=True)
class ErasePreview:
    """What erasing a person would do.

    Attributes:
        item: the library record.
        name: the person's, as written there.
        trips: how many trips name the person.
        messages: how many received messages do.
        templates: how many templates do.
        backups: how many backups lie in the program's own folder.
        not_settled: numbers of trips with a message whose end is not known; while there are any, nothing is erased.
        open: numbers of trips that are open in an editor; they must be closed first.
        is_known: whether the record says enough to find the person.
    """

    item: str
    name: str
    trips: int
    messages: int
    templates: int
    backups: int
    not_settled: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    is_known: bool = True

    @property
    def can_go(self) -> bool:
        """Whether nothing stands in the way."""
        return self.is_known and not self.not_settled and not self.open


@dataclass(frozen=True, slots=True)
class Erased:
    """What became of it.

    Attributes:
        is_finished: the file was rewritten and what was to go of the backups went; else the next start does it.
        backups_kept: how many older backups still lie there, with the person in them.
    """

    is_finished: bool
    backups_kept: int


class Erasing:
    """Erases people on purpose; it cannot be undone."""

    def __init__(self, store: Store, editing: _Editing, backups: _Backups, library: _Library, changes: Changes) -> None:
        self._store = store
        self._editing = editing
        self._backups = backups
        self._library = library
        self._changes = changes

    async def preview(self, item: str) -> ErasePreview:
        """Return what erasing the driver of a library record would do; nothing is changed.

        Raises:
            NotFound: there is no such record.
        """
        await self._editing.flush()
        survey = await self._store.erasing.survey(item)
        person = survey.person
        return ErasePreview(
            item=item,
            name=" ".join(part for part in (person.first, person.last) if part) or person.number,
            trips=len(survey.trips),
            messages=survey.messages,
            templates=survey.templates,
            backups=len(await self._backups.all()),
            not_settled=survey.in_the_way,
            open=await self._open(survey),
            is_known=person.is_known,
        )

    async def _open(self, survey: Survey) -> tuple[str, ...]:
        found = [trip for trip in survey.trips if self._editing.is_open(trip)]
        return tuple([(await self._store.trips.get(trip)).number for trip in found])

    async def erase(self, item: str, *, with_backups: bool) -> Erased:
        """Erase a person; what a stop in the middle leaves undone is done at the next start.

        Args:
            item: the library record.
            with_backups: make a new backup and delete every older one in the program's own folder.

        Raises:
            NotFound: there is no such record.
            UsageError: a trip is open, a message of a trip is not settled, or the record does not say enough.
            EnvironmentFailure: it could not be written; nothing was erased.
        """
        seen = await self.preview(item)
        done = await self._store.erasing.erase(item, with_backups=with_backups) if seen.can_go else None
        if done is None:
            raise UsageError("erase.in_the_way", trips=", ".join((*seen.not_settled, *seen.open)))
        self._library.forget_removed()
        self._changes.announce(Subject.LIBRARY, [item])
        self._changes.announce(Subject.TRIP)
        self._changes.announce(Subject.TEMPLATE)
        self._changes.announce(Subject.INBOX)
        is_finished = await self.finish()
        return Erased(is_finished, 0 if with_backups and is_finished else len(await self._backups.all()))

    async def finish(self) -> bool:
        """Carry what was erased into the file and the backups; False where it must be tried again later."""
        try:
            return await self._finish(await self._store.erasing.unfinished())
        except (EnvironmentFailure, OSError) as error:
            log.warning("an erasure is not finished: %s", type(error).__name__)
            return False

    async def _finish(self, waiting: list[Unfinished]) -> bool:
        if not waiting:
            return True
        await asyncio.to_thread(_clear, self._store.folder)
        if not await self._store.erasing.rewrite():
            log.warning("an erasure is not finished: somebody reads the data")
            return False
        if any(one.with_backups for one in waiting):
            older = await self._backups.all()
            made = await self._backups.make()
            await asyncio.to_thread(_remove, [path for path in older if path != made.path])
        for one in waiting:
            await self._store.erasing.finished(one.id)
        log.info("an erasure is finished")
        return True


def _clear(folder: Path) -> None:
    """Take away e-mails with sheets that were written for the mail program, and files left half made."""
    if (folder / MAIL).exists():
        shutil.rmtree(folder / MAIL)
    for half in (*(folder / name for name in _HALVES), *(folder / BACKUPS).glob(".*.part")):
        half.unlink(missing_ok=True)


def _remove(older: list[Path]) -> None:
    """Delete backups with what lies beside them."""
    for path in older:
        for side in ("-wal", "-shm", ""):
            path.with_name(path.name + side).unlink(missing_ok=True)
