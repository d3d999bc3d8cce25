"""The lock of the data folder: who holds it owns the data, and the system frees it when he dies."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from desktop.errors import DataFolderUnusable
from desktop.owner.wire import LOCK


class OwnerLock:
    """The one lock on `DATA/owner.lock`; use it as a context where it must be had."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # not bound to a thread: the window takes it before its loop runs and gives it back after
        self._lock = FileLock(folder / LOCK, timeout=0, mode=0o600, thread_local=False, fallback_to_soft=False)

    def take(self) -> bool:
        """Try to become the owner, at once; tell whether it went. The folder is made where there is none.

        Raises:
            DataFolderUnusable: the folder takes no lock (read-only, or of a kind that knows none).
        """
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock.acquire()
        except Timeout:
            return False
        except (OSError, NotImplementedError) as error:
            raise DataFolderUnusable("owner.no_lock", path=str(self.folder)) from error
        return True

    def give_back(self) -> None:
        """Stop being the owner; nothing happens where one is not."""
        self._lock.release(force=True)

    @property
    def is_held(self) -> bool:
        """Tell whether this object is the owner."""
        return self._lock.is_locked

    def __enter__(self) -> Self:
        """Become the owner.

        Raises:
            DataFolderUnusable: somebody else is, or the folder takes no lock.
        """
        if not self.take():
            raise DataFolderUnusable("owner.in_use", path=str(self.folder))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.give_back()
