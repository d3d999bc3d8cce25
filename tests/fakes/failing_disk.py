"""A disk whose N-th call fails: every statement and commit of SQLite, every open, sync and rename of a file."""

from __future__ import annotations

import errno
import io
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FULL, BROKEN, READ_ONLY = "full", "broken", "read-only"
_SQLITE = {
    FULL: ("SQLITE_FULL", "database or disk is full"),
    BROKEN: ("SQLITE_IOERR_WRITE", "disk I/O error"),
    READ_ONLY: ("SQLITE_READONLY", "attempt to write a readonly database"),
}
_SYSTEM = {FULL: errno.ENOSPC, BROKEN: errno.EIO, READ_ONLY: errno.EROFS}
_READS = ("SELECT", "BEGIN", "ROLLBACK", "PRAGMA", "WITH")


class FailingDisk:
    """Counts calls while it is armed, and lets one of them fail, or every write from that one on.

    Attributes:
        calls: what was called, in order.
        has_failed: whether any call failed.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.calls: list[str] = []
        self.has_failed = False
        self._at = 0
        self._way = FULL
        self._is_lasting = False
        self._is_armed = False

    def arm(self, at: int, way: str, *, is_lasting: bool = False) -> None:
        """Fail at the `at`-th call from now on."""
        self.calls, self.has_failed = [], False
        self._at, self._way, self._is_lasting, self._is_armed = at, way, is_lasting, True

    def heal(self) -> None:
        """Nothing fails any more, and nothing is counted."""
        self._is_armed = False

    def _fails(self, what: str, *, is_write: bool) -> bool:
        if not self._is_armed:
            return False
        self.calls.append(what)
        number = len(self.calls)
        fails = number == self._at or (self._is_lasting and is_write and number > self._at)
        self.has_failed |= fails
        return fails

    def statement(self, connection: sqlite3.Connection, sql: str) -> None:
        """A statement is about to run.

        Raises:
            sqlite3.OperationalError: it fails; every second time SQLite has rolled back by itself, as it may.
        """
        words = " ".join(sql.split())[:60]
        if not self._fails(words, is_write=not words.upper().startswith(_READS)):
            return
        if len(self.calls) % 2 and connection.in_transaction:
            sqlite3.Connection.execute(connection, "ROLLBACK")
        name, said = _SQLITE[self._way]
        error = sqlite3.OperationalError(said)
        error.sqlite_errorname = name
        raise error

    def file(self, what: str, *, is_write: bool) -> None:
        """A file is about to be touched.

        Raises:
            OSError: it fails.
        """
        if self._fails(what, is_write=is_write):
            number = _SYSTEM[self._way]
            raise OSError(number, os.strerror(number))

    def is_mine(self, path: object) -> bool:
        """Tell whether a path lies in the folder that is watched."""
        return isinstance(path, str | os.PathLike) and self.folder in Path(os.fspath(path)).parents


def failing_disk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> FailingDisk:
    """Put a failing disk below everything in `folder`; it works until it is armed."""
    disk = FailingDisk(folder)

    class Watched(sqlite3.Connection):
        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            disk.statement(self, sql)
            return super().execute(sql, *values)

        def executemany(self, sql: str, *values: Any) -> sqlite3.Cursor:
            disk.statement(self, sql)
            return super().executemany(sql, *values)

        def backup(self, target: sqlite3.Connection, **named: Any) -> None:
            disk.statement(self, "INSERT the pages of a backup")
            super().backup(target, **named)

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *values, **named: connect(*values, **{"factory": Watched, **named}))

    def watched(
        module: Any, name: str, is_ours: Callable[..., bool], is_write: Callable[..., bool] = lambda *_: True
    ) -> None:
        original = getattr(module, name)

        def called(*values: Any, **named: Any) -> Any:
            if is_ours(*values):
                disk.file(f"{name} {_name_of(values)}", is_write=is_write(*values))
            return original(*values, **named)

        monkeypatch.setattr(module, name, called)

    watched(os, "fsync", lambda *_: True)
    watched(os, "replace", lambda source, *_: disk.is_mine(source))
    watched(os, "mkdir", lambda path, *_: disk.is_mine(path))
    watched(os, "open", lambda path, *_: disk.is_mine(path), lambda _, flags, *__: bool(flags & os.O_CREAT))
    watched(io, "open", lambda path, *_: disk.is_mine(path), lambda _, mode="r", *__: mode not in {"r", "rb"})
    watched(shutil, "copyfile", lambda source, *_: disk.is_mine(source))
    return disk


def _name_of(values: tuple[Any, ...]) -> str:
    return Path(values[0]).suffix if values and isinstance(values[0], str | Path) else ""
