"""A lane: one thread with one connection to the database, so that no SQL runs where the window lives."""

from __future__ import annotations

import asyncio
import errno
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from desktop.errors import Bug, DataFolderUnusable, DesktopError, EnvironmentFailure

_ROOM_BYTES = 64 * 1024

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]


class Lane:
    """Runs work on its connection, one piece after the other.

    A caller that is cancelled stops waiting; work that has begun goes on to its end.

    Attributes:
        on_written: hears, in the caller's thread, why a write failed; and None with the first that works again.
    """

    def __init__(
        self, name: str, path: Path, connect: Callable[[], sqlite3.Connection], *, is_read_only: bool = False
    ) -> None:
        """Open the connection to the file at `path` in its own thread.

        Raises:
            DesktopError: the file cannot be opened.
        """
        self._path = path
        self._is_read_only = is_read_only
        self._is_stopped = False
        self._is_failing = False
        self.on_written: Callable[[EnvironmentFailure | None], None] = lambda _: None
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        try:
            self._connection = self._executor.submit(connect).result()
        except sqlite3.Error as error:
            self._executor.shutdown()
            raise told_as(error, path) or Bug(f"opening the database: {error}") from error
        except OSError as error:
            self._executor.shutdown()
            raise told_of_file(error, path) from error
        except BaseException:
            self._executor.shutdown()
            raise

    async def read(self, work: Work[T]) -> T:
        """Run `work` in one transaction that sees one state of the database."""
        return await asyncio.wrap_future(self._executor.submit(self._run, "BEGIN", work))

    async def write(self, work: Work[T]) -> T:
        """Run `work` in one transaction: all of it is on the disk when this returns, or none of it.

        Raises:
            EnvironmentFailure: disk full, damaged, read-only or busy; or opened to read only.
        """
        if self._is_read_only:
            raise DataFolderUnusable("store.opened_to_read")
        try:
            result = await asyncio.wrap_future(self._executor.submit(self._run, "BEGIN IMMEDIATE", work))
        except EnvironmentFailure as error:
            self._is_failing = True
            self.on_written(error)
            raise
        if self._is_failing:
            self._is_failing = False
            self.on_written(None)
        return result

    async def bare(self, work: Work[T]) -> T:
        """Run `work` outside any transaction, for what cannot run within one."""
        return await asyncio.wrap_future(self._executor.submit(self._run, "", work))

    def _run(self, begin: str, work: Work[T]) -> T:
        connection = self._connection
        try:
            if connection.in_transaction:  # an earlier one that could not even be rolled back
                connection.execute("ROLLBACK")
            if begin:
                connection.execute(begin)
            try:
                result = work(connection)
                if begin:
                    connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            told = told_as(error, self._path)
            if told is None:
                raise
            raise told from error
        return result

    def stop(self) -> None:
        """Finish what is waiting, close the connection, end the thread; once is enough."""
        if not self._is_stopped:
            self._is_stopped = True
            self._executor.submit(self._connection.close).result()
            self._executor.shutdown()


@contextmanager
def told_of(path: Path) -> Iterator[None]:
    """Say in words where a file of the data folder cannot be written.

    Raises:
        EnvironmentFailure: it cannot.
    """
    try:
        yield
    except OSError as error:
        raise told_of_file(error, path) from error


def told_of_file(error: OSError, path: Path) -> EnvironmentFailure:
    """Return how a user is told that a file beside the database at `path` could not be written."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return EnvironmentFailure("store.disk_full")
    if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return DataFolderUnusable("store.read_only", path=str(path))
    return EnvironmentFailure("store.disk_error", reason=errno.errorcode.get(error.errno or 0, type(error).__name__))


def _is_full(path: Path) -> bool:
    """Tell whether there is no room beside `path`: SQLite says so only of the database, not of the files beside it."""
    try:
        return shutil.disk_usage(path.parent).free < _ROOM_BYTES
    except OSError:
        return False


def told_as(error: sqlite3.Error, path: Path) -> DesktopError | None:
    """Return how a user is told of a failure of the disk or file; None for what only we can have done."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if name == "SQLITE_FULL" or (name.startswith("SQLITE_IOERR") and _is_full(path)):
        return EnvironmentFailure("store.disk_full")
    if name.startswith("SQLITE_IOERR"):
        return EnvironmentFailure("store.disk_error", reason=name)
    if name.startswith("SQLITE_READONLY"):
        return DataFolderUnusable("store.read_only", path=str(path))
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return DataFolderUnusable("store.locked", path=str(path))
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return DataFolderUnusable("store.damaged", path=str(path))
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return DataFolderUnusable("store.not_opened", path=str(path))
    return None
