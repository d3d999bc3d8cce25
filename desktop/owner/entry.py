"""How a program that must write comes to a data folder: as its owner, or through the door of the one there is."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from desktop.errors import DataFolderUnusable
from desktop.owner.knock import OwnerFound, knock
from desktop.owner.lock import OwnerLock
from desktop.owner.wire import ANSWER_S

PAUSE_S = 0.05


def enter(
    folder: Path,
    *,
    timeout_s: float = ANSWER_S,
    pause: Callable[[float], None] = time.sleep,
    monotonic: Callable[[], float] = time.monotonic,
) -> OwnerLock | OwnerFound:
    """Return the lock, taken, or the owner to ask. Blocks while an owner that just starts opens its door.

    Raises:
        DataFolderUnusable: the folder is owned and nobody answered in `timeout_s` (nothing was written), or it
            takes no lock.
    """
    lock = OwnerLock(folder)
    end = monotonic() + timeout_s
    while True:
        if lock.take():
            return lock
        found = knock(folder, timeout_s=timeout_s)
        if found is not None:
            return found
        if monotonic() >= end:
            raise DataFolderUnusable("owner.no_answer")
        pause(PAUSE_S)


def wait_for(lock: OwnerLock, *, timeout_s: float, pause: Callable[[float], None] = time.sleep) -> bool:
    """Wait until an owner that was asked to hand over has gone; tell whether the lock was got. Blocks."""
    end = time.monotonic() + timeout_s
    while not lock.take():
        if time.monotonic() >= end:
            return False
        pause(PAUSE_S)
    return True


def is_owned(folder: Path) -> bool:
    """Tell whether somebody owns a data folder, or may: an owner that does not answer counts too.

    Where a killed owner left its file and another program has its port now, the lock is asked.
    """
    try:
        return knock(folder, timeout_s=1.0) is not None
    except DataFolderUnusable:
        return not is_free(folder)


def is_free(folder: Path) -> bool:
    """Tell whether the lock of a data folder can be had now; where it cannot be tried, somebody may have it."""
    lock = OwnerLock(folder)
    try:
        got = lock.take()
    except DataFolderUnusable:
        return False
    lock.give_back()
    return got
