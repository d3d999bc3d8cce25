"""Backups of the database: made whole, examined before they are trusted, put back without losing what was there.

Everything here blocks: call it in a thread. Keys are never in a database, so never in a backup (reliability 6.6).
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.clock import Clock, to_text
from desktop.errors import DataFolderUnusable
from desktop.store import migration
from desktop.store.company import kind_of
from desktop.store.database import DATABASE
from desktop.store.file import make_folder, sync_folder
from desktop.store.holding import SEAL, Held, Why, hold
from desktop.store.lane import told_as
from desktop.store.probe import looking
from desktop.store.records import Kind

if TYPE_CHECKING:
    from desktop.store.salvage import Salvaged

FOLDER = "backups"
_SIDES = ("", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup that was examined.

    Attributes:
        path: the file.
        made_at: when it was made (UTC); the file's own time where it does not say.
        size: bytes.
        version: of the database in it.
        kind: practice or real data; None where no company decided it yet.
        trips: how many trips are in it.
        messages: how many received messages are in it.
    """

    path: Path
    made_at: datetime
    size: int
    version: int
    kind: Kind | None
    trips: int
    messages: int


def make(source: Path, target: Path, at: datetime) -> None:
    """Write a verified backup of the database file `source` at `target`, whole or not at all.

    Raises:
        DataFolderUnusable: the database is damaged, or `target` cannot be written.
    """
    try:
        with closing(sqlite3.connect(looking(source), uri=True, isolation_level=None)) as connection:
            connection.execute("PRAGMA busy_timeout = 5000")
            migration.copy(connection, target, _seal)
        os.utime(target, (at.timestamp(), at.timestamp()))
    except sqlite3.Error as error:
        raise told_as(error, source) or DataFolderUnusable("store.damaged", path=str(source)) from error
    except OSError as error:
        raise DataFolderUnusable("backup.not_written", path=str(target), reason=error.strerror or "") from error


def _seal(db: sqlite3.Connection) -> None:
    """Write into a backup what everything in it adds up to: SQLite's own check does not look into values."""
    db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (SEAL, _sum(db)))


def _sum(db: sqlite3.Connection) -> str:
    found = hashlib.sha256()
    tables = db.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    ).fetchall()
    for name, sql in tables:
        found.update(f"{name}\0{sql}\0".encode(errors="surrogateescape"))
        rows = db.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - the name of a table of this very file
        for row in rows:
            if name != "meta" or row[0] != SEAL:
                found.update(repr(row).encode(errors="surrogateescape"))
    return found.hexdigest()


def _is_broken(db: sqlite3.Connection) -> bool:
    if db.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
        return True
    if db.execute("PRAGMA foreign_key_check").fetchone() is not None:
        return True
    sealed = db.execute("SELECT value FROM meta WHERE key = ?", (SEAL,)).fetchone()
    return sealed is not None and sealed[0] != _sum(db)


def examine(path: Path) -> Backup:
    """Return what is in a backup after a full check of it; not a byte of it is changed.

    Raises:
        DataFolderUnusable: it is not there, not ours, damaged, or of a newer program.
    """
    try:
        status = path.stat()
        with path.open("rb") as stream:
            stream.read(1)
    except OSError as error:
        raise DataFolderUnusable("backup.not_read", path=str(path), reason=error.strerror or "") from error
    try:
        with closing(sqlite3.connect(looking(path), uri=True, isolation_level=None)) as connection:
            return _examined(connection, path, status.st_size, status.st_mtime)
    except (sqlite3.Error, ValueError) as error:  # ValueError: text that is no text any more
        raise DataFolderUnusable("backup.damaged", path=str(path)) from error


def _examined(connection: sqlite3.Connection, path: Path, size: int, changed_at: float) -> Backup:
    application: int = connection.execute("PRAGMA application_id").fetchone()[0]
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != migration.APPLICATION_ID or version < 1:
        raise DataFolderUnusable("backup.foreign", path=str(path))
    if version > migration.newest():
        raise DataFolderUnusable("backup.newer", path=str(path))
    if _is_broken(connection):
        raise DataFolderUnusable("backup.damaged", path=str(path))
    return Backup(
        path=path,
        made_at=datetime.fromtimestamp(changed_at, tz=UTC),
        size=size,
        version=version,
        kind=kind_of(connection),
        trips=connection.execute("SELECT count(*) FROM trips WHERE deleted_at IS NULL").fetchone()[0],
        messages=connection.execute("SELECT count(*) FROM frames").fetchone()[0],
    )


def kind_in(path: Path) -> Kind | None:
    """Return what kind of data a database holds, which need not be sound; None where it cannot be told."""
    try:
        with closing(sqlite3.connect(looking(path), uri=True, isolation_level=None)) as connection:
            return kind_of(connection)
    except sqlite3.Error:
        return None


def put_back(found: Backup, folder: Path, clock: Clock) -> Path | None:
    """Put a backup into a data folder nobody has open; return where the data that were there are kept now.

    What was there is kept byte for byte before anything is replaced. The data put back are held: nothing goes out of
    them until a person has said that he looked. The caller holds the folder's lock.

    Raises:
        DataFolderUnusable: the backup turned out damaged, or the folder cannot be written.
    """
    now = clock.now()
    fresh = folder / f".{DATABASE}.restored"
    try:
        make_folder(folder)
        _prepare(found, fresh, Held(Why.RESTORED, now, found.made_at))
        return _take_place(fresh, folder, now)
    except sqlite3.Error as error:
        if _is_of_the_disk(error):
            raise DataFolderUnusable("backup.not_restored", path=str(folder), reason=str(error)) from error
        raise DataFolderUnusable("backup.damaged", path=str(found.path)) from error
    except OSError as error:
        raise DataFolderUnusable("backup.not_restored", path=str(folder), reason=error.strerror or "") from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def salvage_in_place(folder: Path, clock: Clock) -> tuple[Salvaged, Path | None]:
    """Put what can still be read of a damaged database in its place; return what came out, and where the old one is.

    The caller holds the folder's lock.

    Raises:
        DataFolderUnusable: nothing could be read, or the folder cannot be written; the data are as they were.
    """
    from desktop.store.salvage import salvage

    fresh = folder / f".{DATABASE}.salvaged"
    try:
        fresh.unlink(missing_ok=True)
        done = salvage(folder / DATABASE, fresh, clock)
        return done, _take_place(fresh, folder, clock.now())
    except OSError as error:
        raise DataFolderUnusable("backup.not_restored", path=str(folder), reason=error.strerror or "") from error
    except sqlite3.Error as error:
        raise DataFolderUnusable("backup.not_restored", path=str(folder), reason=str(error)) from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def _take_place(fresh: Path, folder: Path, now: datetime) -> Path | None:
    path = folder / DATABASE
    aside = _set_aside(path, folder / FOLDER, f"before-restore-{to_text(now).replace(':', '')}")
    _fold_log(path)
    for side in _SIDES[1:]:
        path.with_name(path.name + side).unlink(missing_ok=True)  # of the old data: they would be read into the new
    fresh.replace(path)
    sync_folder(folder)
    return aside


def _is_of_the_disk(error: sqlite3.Error) -> bool:
    """Tell whether it is the disk that failed, and not the database that is damaged."""
    name = getattr(error, "sqlite_errorname", "") or ""
    return name.startswith(("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN"))


def _fold_log(path: Path) -> None:
    """Bring what stands in the log into the database itself: a death while the log is taken away would lose it.

    One that is too damaged for that stays as it is; it is kept aside, log and all.
    """
    if not path.with_name(path.name + "-wal").exists():
        return
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        if _is_of_the_disk(error):
            raise


def _prepare(found: Backup, fresh: Path, why: Held) -> None:
    fresh.unlink(missing_ok=True)
    with closing(sqlite3.connect(looking(found.path), uri=True, isolation_level=None)) as source:
        migration.copy(source, fresh)
    with closing(sqlite3.connect(fresh, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM meta WHERE key = ?", (SEAL,))
        hold(connection, why)
        connection.execute("COMMIT")
    with fresh.open("rb+") as stream:
        os.fsync(stream.fileno())


def _set_aside(path: Path, folder: Path, name: str) -> Path | None:
    """Keep the database that is there, with the log beside it, under a name of its own."""
    if not path.exists() or path.stat().st_size == 0:
        return None
    make_folder(folder)
    kept = folder / f"{name}.db"
    for side in _SIDES[:2]:
        old = path.with_name(path.name + side)
        if old.exists():
            target = kept.with_name(kept.name + side)
            shutil.copyfile(old, target)
            target.chmod(0o600)
            with target.open("rb+") as stream:
                os.fsync(stream.fileno())
    sync_folder(folder)
    return kept
