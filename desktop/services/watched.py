"""Watches the folder that dispatch software drops trips into, and makes drafts of them. It never sends anything.

Only the program that owns the data folder watches. It looks every second, since network drives tell nobody of changes.
A file comes in whole or not at all; one that was claimed when the program died is taken up again, and what of it is
here already is not doubled.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from desktop.clock import Clock
from desktop.domain.documents import JSON
from desktop.errors import Bug, DesktopError, EnvironmentFailure, UsageError
from desktop.services import watched_table
from desktop.services.drop_folder import AGAIN_S, DONE, FAILED, DropFolder, Found, StillWritten
from desktop.services.import_preview import Fate, ImportPreview, Preview, carrier_of
from desktop.services.importing import is_same
from desktop.services.tables.table import Happens
from desktop.services.watched_report import mark, report
from desktop.store import Store
from desktop.tasks import TaskKeeper

if TYPE_CHECKING:
    from desktop.services.tables import Tables

log = logging.getLogger(__name__)
T = TypeVar("T")

EVERY_S = 1.0


@dataclass(frozen=True, slots=True)
class News:
    """What one look brought.

    Attributes:
        at: when.
        trips: ids of trips that came in or took new content.
        shipments: how many shipments that stand alone came in.
        same: how many messages were here already.
        failed: names of files that were put into `failed`.
        trouble: what keeps the folder from being watched, or a file from being moved; None where all is well.
    """

    at: datetime
    trips: tuple[str, ...] = ()
    shipments: int = 0
    same: int = 0
    failed: tuple[str, ...] = ()
    trouble: DesktopError | None = None


@dataclass(slots=True)
class _Tally:
    trips: dict[str, None] = field(default_factory=dict)
    shipments: int = 0
    same: int = 0
    failed: list[str] = field(default_factory=list)
    trouble: DesktopError | None = None
    files: int = 0


class Watched:
    """The watched folder of a data folder.

    Attributes:
        folder: what is watched; empty where nothing is.
        trouble: what keeps it from being watched now; None where all is well.
        last: what the last files brought; None since the start.
    """

    def __init__(
        self,
        store: Store,
        preview: Callable[[], ImportPreview],
        tables: Callable[[], Tables],
        clock: Clock,
        keeper: TaskKeeper,
    ) -> None:
        self._store = store
        self._tables = tables
        self._preview = preview
        self._clock = clock
        self._keeper = keeper
        self._drop: DropFolder | None = None
        self._running: asyncio.Task[None] | None = None
        self._listeners: list[Callable[[News], None]] = []
        self._next_look = 0.0
        self._claimed: set[str] = set()  # by this run: what else stands in `working` is left from one that died
        self.folder = ""
        self.trouble: DesktopError | None = None
        self.last: News | None = None

    def watch(self, folder: str) -> None:
        """Watch a folder from now on, instead of the one before; an empty name ends it."""
        if self._running is not None:
            self._running.cancel()
            self._running = None
        self.folder, self.trouble, self._next_look = folder, None, 0.0
        self._drop = DropFolder(Path(folder)) if folder else None
        if self._drop is not None:
            self._running = self._keeper.start(self._run(), name="watched folder")

    def subscribe(self, listener: Callable[[News], None]) -> Callable[[], None]:
        """Call `listener` with news; the returned function ends that."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    async def check_folder(self, folder: str) -> None:
        """Look whether a folder can be watched.

        Raises:
            DesktopError: it cannot, and why.
        """
        place, data = Path(folder), self._store.folder

        def look() -> None:
            if not place.is_absolute():
                raise UsageError("watched.not_absolute")
            if not place.is_dir():
                raise EnvironmentFailure("watched.gone")
            real, own = place.resolve(), data.resolve()
            if real == own or own in real.parents or real in own.parents:
                raise UsageError("watched.own_data")
            if real == Path.home().resolve():
                raise UsageError("watched.home")
            DropFolder(place).look(0.0)

        await aside(look)

    async def _run(self) -> None:
        while True:
            await self.look()
            await asyncio.sleep(EVERY_S)

    async def look(self) -> None:
        """Look once, and take what has come."""
        drop, now = self._drop, self._clock.monotonic()
        if drop is None or now < self._next_look:
            return
        tally = _Tally()
        try:
            found = await aside(lambda: drop.look(now))
            for one in found:
                await self._take(drop, one, tally)
        except DesktopError as error:
            self._next_look = now + AGAIN_S
            if self.trouble is None or self.trouble.code != error.code:
                tally.trouble = error
            self.trouble = error
        else:
            self.trouble = None
        if tally.files or tally.trouble is not None:
            self._tell(tally)

    def _tell(self, tally: _Tally) -> None:
        news = News(
            self._clock.now(),
            tuple(tally.trips),
            tally.shipments,
            tally.same,
            tuple(tally.failed),
            tally.trouble,
        )
        if tally.files:
            self.last = news
        for listener in tuple(self._listeners):
            listener(news)

    async def _take(self, drop: DropFolder, found: Found, tally: _Tally) -> None:
        """Deal with one file. What is wrong with it ends in its report; what is wrong with the world is raised."""
        now = self._clock.monotonic()
        try:
            claimed = await aside(lambda: drop.claim(found, now))
        except EnvironmentFailure as error:
            tally.trouble = error
            return
        if claimed is None:
            return
        if not found.is_claimed:
            self._claimed.add(claimed.name)
        noted = await aside(lambda: drop.noted(claimed)) if found.is_claimed else ""
        if noted:  # dealt with before; it could only not be moved
            outcome = FAILED if noted == mark(FAILED) else DONE
            with contextlib.suppress(EnvironmentFailure):
                await aside(lambda: drop.put_away(claimed, outcome, now))
            return
        try:
            outcome, words = await self._bring_in(drop, claimed, found, tally)
        except StillWritten:
            return
        except EnvironmentFailure:
            drop.wait(claimed, now + AGAIN_S)  # the next look takes the others first
            raise
        tally.files += 1
        name = claimed.name
        try:
            await aside(lambda: drop.note(claimed, words))
            name = await aside(lambda: drop.put_away(claimed, outcome, now))
            self._claimed.discard(claimed.name)
        except EnvironmentFailure as error:
            tally.trouble = error
        if outcome == FAILED:
            tally.failed.append(name)

    async def _bring_in(self, drop: DropFolder, claimed: Path, found: Found, tally: _Tally) -> tuple[str, str]:
        """Return how a file fared and its report."""
        at = self._clock.now()
        try:
            if claimed.suffix.lower() in watched_table.ENDINGS:
                return await self._bring_table(drop, claimed, found, tally)
            preview = await self._foresee(drop, claimed, found)
            if not preview.items:
                return FAILED, report(FAILED, at, (), [UsageError("watched.no_messages")])
            if any(item.fate is Fate.REFUSED for item in preview.items):
                return FAILED, report(FAILED, at, preview.items)
            done = await self._preview().bring_in(preview)
        except DesktopError as error:
            if isinstance(error, EnvironmentFailure) and error.code != "watched.file_unreadable":
                raise  # the disk or the data: the file waits
            return FAILED, report(FAILED, at, (), [error])
        except (StillWritten, OSError):
            raise
        except Exception as error:  # one file that meets a mistake of ours must not stop those after it
            self._keeper.report("watched folder", error)
            return FAILED, report(FAILED, at, (), [Bug(type(error).__name__)])
        tally.shipments += sum(item["what"] == "shipment" for item in done.items)
        tally.trips.update((item["id"], None) for item in done.items if item["what"] == "trip")
        tally.same += sum(item.fate is Fate.SAME for item in preview.items)
        outcome = FAILED if done.problems else DONE  # sent from here between look and import
        return outcome, report(outcome, at, preview.items)

    async def _bring_table(self, drop: DropFolder, claimed: Path, found: Found, tally: _Tally) -> tuple[str, str]:
        """Bring in shipments from a table; its cells are those of the very file that was looked at."""
        data = await aside(lambda: drop.read(claimed))
        preview = await watched_table.foresee(self._tables(), claimed, data, await self._store.companies.all())
        if found.is_claimed and claimed.name not in self._claimed and watched_table.has_nameless(preview):
            raise UsageError("watched.may_be_here")
        tally.same += preview.counts[Happens.SAME]
        if preview.can_bring_in:
            brought = await self._tables().bring_in(preview)
            tally.shipments += brought.added + brought.changed
        outcome = FAILED if preview.counts[Happens.CANNOT] else DONE
        return outcome, watched_table.report(outcome, self._clock.now(), preview)

    async def _foresee(self, drop: DropFolder, claimed: Path, found: Found) -> Preview:
        messages = await aside(lambda: _messages(drop.read(claimed)))
        company = carrier_of(messages, await self._store.companies.all())
        preview = await self._preview().messages([(claimed.name, messages)], company)
        return await self._without_doubles(preview) if found.is_claimed else preview

    async def _without_doubles(self, preview: Preview) -> Preview:
        """A file that is taken up again: its trips without a number are known by their content alone."""
        if not any(item.is_trip and not item.number for item in preview.items):
            return preview
        known = [trip.document for trip in await self._store.trips.by_number("")]
        return replace(
            preview,
            items=tuple(
                replace(item, fate=Fate.SAME)
                if item.is_trip and not item.number and any(is_same(one, item.message) for one in known)
                else item
                for item in preview.items
            ),
        )


def _messages(data: bytes) -> list[JSON]:
    from desktop.protocol.documents_in_file import messages_in

    return messages_in(data)


async def aside(work: Callable[[], T]) -> T:
    """Do what waits for a disk in a thread of its own: one that hangs on a dead network drive holds nobody else up."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, error: BaseException | None) -> None:
        if done.done():  # nobody waits any more
            return
        if error is not None:
            done.set_exception(error)
        else:
            done.set_result(result)  # type: ignore[arg-type]  # what work returned

    def run() -> None:
        result: T | None = None
        error: BaseException | None = None
        try:
            result = work()
        except BaseException as raised:  # handed on whole to who waits
            error = raised
        with contextlib.suppress(RuntimeError):  # the loop ended meanwhile
            loop.call_soon_threadsafe(settle, result, error)

    threading.Thread(target=run, name="watched folder", daemon=True).start()
    return await done
