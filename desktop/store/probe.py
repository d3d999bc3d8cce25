"""Looks at a database before it is opened for writing, and leaves every byte of it as it is."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from desktop.errors import DataFolderUnusable
from desktop.store import migration
from desktop.store.lane import told_as

_MAGIC = b"SQLite format 3\0"
_SMALL_BYTES = 8 * 1024 * 1024


def uri(path: Path, options: str) -> str:
    """Return the address SQLite takes for a file."""
    return f"{path.resolve().as_uri()}?{options}"


def looking(path: Path) -> str:
    """Return the address that opens a database to look at it and leaves no trace.

    Without a log beside it nobody is writing, and "immutable" makes no side files.
    """
    return uri(path, "mode=ro" if _log(path).exists() else "immutable=1")


def _log(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def probe(path: Path, *, is_owner: bool) -> int:
    """Return the version of the database at `path`; 0 for one that was begun and holds nothing yet.

    The whole file is checked when it is small, or when its new owner finds that the last one did not close it; of
    others, only the frame; a file that lost its end is known by that.

    Raises:
        DataFolderUnusable: not ours, damaged, newer than this program, or unreadable.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(len(_MAGIC))
    except OSError as error:
        raise DataFolderUnusable("store.not_opened", path=str(path)) from error
    if size == 0:
        return 0
    if head != _MAGIC:
        raise DataFolderUnusable("store.damaged", path=str(path))
    has_log = _log(path).exists() and _log(path).stat().st_size > 0
    try:
        connection = sqlite3.connect(looking(path), uri=True, isolation_level=None)
        try:
            return _look(connection, path, size, has_log=has_log, is_owner=is_owner)
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise told_as(error, path) or DataFolderUnusable("store.damaged", path=str(path)) from error


def _look(connection: sqlite3.Connection, path: Path, size: int, *, has_log: bool, is_owner: bool) -> int:
    connection.execute("PRAGMA busy_timeout = 2000")
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    application: int = connection.execute("PRAGMA application_id").fetchone()[0]
    tables: int = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application == 0 and tables == 0:
        return 0
    if application != migration.APPLICATION_ID:
        raise DataFolderUnusable("store.foreign", path=str(path))
    if version > migration.newest():
        raise DataFolderUnusable("store.newer", path=str(path))
    if version < 1:
        raise DataFolderUnusable("store.damaged", path=str(path))
    is_suspect = has_log and is_owner
    if (is_suspect or size <= _SMALL_BYTES) and connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise DataFolderUnusable("store.damaged", path=str(path))
    connection.execute("SELECT key, value FROM meta").fetchall()
    return version


def is_writable(path: Path) -> bool:
    """Tell whether the user may write the database at `path` and its folder."""
    return os.access(path.parent, os.W_OK | os.X_OK) and (not path.exists() or os.access(path, os.W_OK))
