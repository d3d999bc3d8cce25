"""The lease on an API key: one program of a user on one computer connects with it (reliability 5, row 20).

Who gets the messages of a key that is connected twice is not known. The lease is a lock of the system, so a program
that was killed holds none; it lies in no data folder, since all of them must meet it. Its name is a salted mark of the
key.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock, Timeout

_SALT = "salt"
_SALT_BYTES = 32
_SALT_WAIT_S = 5.0

MarkOf = Callable[[bytes], str]
"""Gives the mark of a key under a salt; the key itself never comes here."""


class SenderLease:
    """At most one key's lease at a time. Every method blocks for a moment."""

    def __init__(self, place: Path) -> None:
        """Make a lease that holds nothing.

        Args:
            place: the user's folder for leases, the same for all data folders; it is made where there is none.
        """
        self._place = place
        self._mark = ""
        self._lock: FileLock | None = None

    def take(self, mark_of: MarkOf) -> bool:
        """Try to become the one who connects with a key, at once; tell whether it went. Any other key is given back.

        Raises:
            OSError: the place takes no lock.
        """
        self._place.mkdir(mode=0o700, parents=True, exist_ok=True)
        mark = mark_of(self._salt())
        if self._lock is not None and mark == self._mark:
            return True
        self.give_back()
        lock = FileLock(self._place / f"{mark}.lock", timeout=0, mode=0o600, thread_local=False, fallback_to_soft=False)
        try:
            lock.acquire()
        except Timeout:
            return False
        except NotImplementedError as error:
            raise OSError(str(error)) from error
        self._lock, self._mark = lock, mark
        return True

    def give_back(self) -> None:
        """Let another program connect; nothing happens where nothing is held."""
        if self._lock is not None:
            self._lock.release(force=True)
            self._lock, self._mark = None, ""

    @property
    def is_held(self) -> bool:
        """Tell whether this object holds a key's lease."""
        return self._lock is not None

    def _salt(self) -> bytes:
        """Return what marks are salted with: made once for a user, and whole or not at all."""
        file = self._place / _SALT
        found = _read(file)
        if found is not None:
            return found
        try:
            lock = FileLock(self._place / f"{_SALT}.lock", timeout=_SALT_WAIT_S, mode=0o600, fallback_to_soft=False)
            with lock:
                found = _read(file)
                if found is None:
                    found = secrets.token_bytes(_SALT_BYTES)
                    _write(file, found)
        except (Timeout, NotImplementedError) as error:
            raise OSError(str(error)) from error
        return found


def _read(file: Path) -> bytes | None:
    try:
        found = file.read_bytes()
    except FileNotFoundError:
        return None
    return found if len(found) == _SALT_BYTES else None


def _write(file: Path, data: bytes) -> None:
    new = file.with_name(f"{file.name}.new")
    new.unlink(missing_ok=True)
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:  # noqa: PTH123 - by descriptor
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    new.replace(file)
