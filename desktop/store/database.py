"""Opens the database of a data folder and holds the store classes over it.

One writer thread with the only writing connection and one reader thread; every method of the store is `async`
and runs there. The caller holds the lock of the data folder before it opens for writing (`desktop.owner`).
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.clock import Clock, to_text
from desktop.errors import DataFolderUnusable, EnvironmentFailure
from desktop.store import drive, migration
from desktop.store.company import Companies, kind_of, mark_kind
from desktop.store.error import NoData
from desktop.store.file import make_folder
from desktop.store.frame import Frames
from desktop.store.inbox import Inbox
from desktop.store.lane import Lane, told_as
from desktop.store.library import Library
from desktop.store.log import DeliveryLog, LinkLog
from desktop.store.number import NumbersUsed
from desktop.store.outbox import Outbox
from desktop.store.probe import is_writable, looking, probe, uri
from desktop.store.records import Kind
from desktop.store.shipment import Shipments
from desktop.store.trip import Trips

if TYPE_CHECKING:
    from desktop.store.alert import Alerts
    from desktop.store.bearing import Bearing
    from desktop.store.bulk import Bulk
    from desktop.store.due import DueTrips
    from desktop.store.erasing import Erasing
    from desktop.store.goods import Goods
    from desktop.store.handling import Handling
    from desktop.store.holding import Holding
    from desktop.store.import_mapping import ImportMappings
    from desktop.store.listening import Listening
    from desktop.store.number_range import NumberRanges
    from desktop.store.open_trip import OpenTrips
    from desktop.store.printed import Printed
    from desktop.store.template import Templates
    from desktop.store.tracked import Tracked

DATABASE = "emanifest.db"
_BUSY_MS = 2000


class Store:
    """Everything kept in one data folder.

    Attributes:
        folder: where it lies.
        is_read_only: opened beside an owner; every writing method raises DataFolderUnusable.
    """

    def __init__(self, folder: Path, reader: Lane, writer: Lane, *, clock: Clock, is_read_only: bool) -> None:
        self.folder = folder
        self.is_read_only = is_read_only
        self._reader = reader
        self._writer = writer
        self._clock = clock
        self.companies = Companies(reader, writer, clock)
        self.trips = Trips(reader, writer, clock)
        self.shipments = Shipments(reader, writer, clock)
        self.library = Library(reader, writer, clock)
        self.outbox = Outbox(reader, writer, clock)
        self.delivery_log = DeliveryLog(reader)
        self.frames = Frames(reader, writer)
        self.inbox = Inbox(reader, writer, clock)
        self.link_log = LinkLog(reader, writer, clock)
        self.numbers_used = NumbersUsed(reader, writer, clock)

    @cached_property
    def bearing(self) -> Bearing:
        """Who bears which number, and what messages name it."""
        from desktop.store.bearing import Bearing

        return Bearing(self._reader, self._writer, self._clock)

    @cached_property
    def due(self) -> DueTrips:
        """Trips to cross."""
        from desktop.store.due import DueTrips

        return DueTrips(self._reader)

    @cached_property
    def erasing(self) -> Erasing:
        """Takes people out of everything."""
        from desktop.store.erasing import Erasing

        return Erasing(self._reader, self._writer, self._clock)

    @cached_property
    def goods(self) -> Goods:
        """What partners shipped before; loaded when first asked for."""
        from desktop.store.goods import Goods

        return Goods(self._reader, self._writer, self._clock)

    @cached_property
    def handling(self) -> Handling:
        """What people do with messages."""
        from desktop.store.handling import Handling

        return Handling(self._reader, self._writer, self._clock)

    @cached_property
    def holding(self) -> Holding:
        """Whether anything may go out of these data."""
        from desktop.store.holding import Holding

        return Holding(self._reader, self._writer, self._clock)

    @cached_property
    def number_ranges(self) -> NumberRanges:
        """The numbers carriers give out in order; loaded when first asked for."""
        from desktop.store.number_range import NumberRanges

        return NumberRanges(self._reader, self._writer, self._clock)

    @cached_property
    def open_trips(self) -> OpenTrips:
        """What is open in the window."""
        from desktop.store.open_trip import OpenTrips

        return OpenTrips(self._reader, self._writer, self._clock)

    @cached_property
    def printed(self) -> Printed:
        """What was printed of the trips."""
        from desktop.store.printed import Printed

        return Printed(self._reader, self._writer, self._clock)

    @cached_property
    def templates(self) -> Templates:
        """Trips to start others from."""
        from desktop.store.template import Templates

        return Templates(self._reader, self._writer, self._clock)

    @cached_property
    def alerts(self) -> Alerts:
        """What was noticed of trips."""
        from desktop.store.alert import Alerts

        return Alerts(self._reader, self._writer, self._clock)

    @cached_property
    def listening(self) -> Listening:
        """When somebody listened."""
        from desktop.store.listening import Listening

        return Listening(self._reader, self._writer, self._clock)

    @cached_property
    def bulk(self) -> Bulk:
        """Library and shipments by the thousand."""
        from desktop.store.bulk import Bulk

        return Bulk(self._reader, self._writer, self._clock)

    @cached_property
    def tracked(self) -> Tracked:
        """Every control number known here."""
        from desktop.store.tracked import Tracked

        return Tracked(self._reader)

    @cached_property
    def import_mappings(self) -> ImportMappings:
        """How the columns of tables were understood."""
        from desktop.store.import_mapping import ImportMappings

        return ImportMappings(self._reader, self._writer, self._clock)

    async def kind(self) -> Kind | None:
        """Return whether these are practice or real data; None before the first company decided it."""
        return await self._reader.read(kind_of)

    async def problems(self) -> list[str]:
        """Return what a full check of the file finds, in SQLite's words; nothing for a sound one."""
        rows = await self._reader.read(lambda db: db.execute("PRAGMA integrity_check(20)").fetchall())
        return [row[0] for row in rows if row[0] != "ok"]

    def on_written(self, listener: Callable[[EnvironmentFailure | None], None]) -> None:
        """Tell one listener why a write failed, and None with the first that works again."""
        self._writer.on_written = listener

    async def try_to_write(self) -> None:
        """Write something that changes nothing.

        Raises:
            EnvironmentFailure: it cannot be written.
        """
        await self._writer.write(lambda db: db.execute("UPDATE meta SET value = value WHERE key = 'epoch'"))

    async def close(self) -> None:
        """Finish what was begun and close the file; nothing of the store may be used after."""
        await asyncio.to_thread(self.close_now)

    def close_now(self) -> None:
        """Close without a loop, for the end of a program that has none any more."""
        self._reader.stop()
        if self._writer is not self._reader:
            self._writer.stop()


def open_store(folder: Path, *, kind: Kind | None, clock: Clock, read_only: bool = False) -> Store:
    """Open the database of a data folder; without `read_only`, make it where there is none and bring it up to date.

    Blocks while it opens (a few ms; longer while it migrates): call it before the loop runs, or in a thread.

    Args:
        folder: the data folder.
        kind: what the data must be. None takes them as they are marked; new data are then marked by their first
            company.
        clock: gives the times of the records.
        read_only: for a command beside a running owner; makes no database and changes none.

    Raises:
        DataFolderUnusable: newer, damaged, foreign, read-only, locked, of the other kind, or on a network drive.
            The file is left as it is.
        NoData: `read_only`, and there is no database.
    """
    path = folder / DATABASE
    if drive.is_network(folder):
        raise DataFolderUnusable("store.network_drive", path=str(folder))
    if read_only:
        return _open_read_only(folder, path, kind, clock)
    _make(folder, path)
    version = probe(path, is_owner=True)
    if version:
        _refuse_other_kind(path, kind)
    writer = Lane("store-writer", path, lambda: _connect_writer(path, version, kind, clock))
    try:
        reader = Lane("store-reader", path, lambda: _connect_reader(path, "mode=ro"))
    except BaseException:
        writer.stop()
        raise
    return Store(folder, reader, writer, clock=clock, is_read_only=False)


def _make(folder: Path, path: Path) -> None:
    try:
        make_folder(folder)
        if not is_writable(path):
            raise DataFolderUnusable("store.read_only", path=str(folder))
        if not path.exists():
            path.touch(mode=0o600)
    except OSError as error:
        raise DataFolderUnusable("store.read_only", path=str(folder)) from error


def _open_read_only(folder: Path, path: Path, kind: Kind | None, clock: Clock) -> Store:
    if not path.exists():
        raise NoData
    version = probe(path, is_owner=False)
    if version == 0:
        raise NoData
    if version < migration.newest():
        raise DataFolderUnusable("store.older", path=str(path))
    _refuse_other_kind(path, kind)
    reader = Lane("store-reader", path, lambda: _connect_reader(path, _reading_options(path)), is_read_only=True)
    return Store(folder, reader, reader, clock=clock, is_read_only=True)


def _reading_options(path: Path) -> str:
    # A reader of a log needs a side file of shared memory; where none can be made, nobody can write either.
    return "mode=ro" if is_writable(path) or path.with_name(path.name + "-shm").exists() else "immutable=1"


def _refuse_other_kind(path: Path, kind: Kind | None) -> None:
    try:
        with closing(sqlite3.connect(looking(path), uri=True, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS:d}")
            marked = kind_of(connection)
    except sqlite3.Error as error:
        raise told_as(error, path) or DataFolderUnusable("store.damaged", path=str(path)) from error
    if kind is not None and marked is not None and marked != kind:
        raise DataFolderUnusable(f"store.is_{marked}", path=str(path))


def _connect_reader(path: Path, options: str) -> sqlite3.Connection:
    connection = sqlite3.connect(uri(path, options), uri=True, isolation_level=None)
    try:
        connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS:d}")
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT count(*) FROM meta").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _connect_writer(path: Path, version: int, kind: Kind | None, clock: Clock) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS:d}")
        connection.execute("PRAGMA foreign_keys = ON")
        if 0 < version < migration.newest():
            stamp = to_text(clock.now()).replace(":", "")
            migration.copy(connection, path.parent / "backups" / f"before-version-{migration.newest()}-{stamp}.db")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        if version < migration.newest():
            migration.migrate(connection)
        connection.execute("BEGIN IMMEDIATE")  # a second writer is met here, not at the first save
        if kind is not None:
            mark_kind(connection, kind)
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection
