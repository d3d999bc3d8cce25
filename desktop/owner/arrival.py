"""How a window comes to its data folder: as its owner, by raising the window there is, or after a command's step."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path

from desktop.errors import DataFolderUnusable
from desktop.owner import knock
from desktop.owner.entry import PAUSE_S, enter, wait_for
from desktop.owner.knock import OwnerFound, ask
from desktop.owner.lock import OwnerLock

_LOOK_S = 0.5
_REFUSALS = 50  # so often an owner that lives may send us away before it takes what we ask


class _Met(Enum):
    RAISED = auto()
    ASKED = auto()
    GONE = auto()


async def arrive(
    folder: Path, *, on_wait: Callable[[], None], is_given_up: Callable[[], bool], look_s: float = _LOOK_S
) -> OwnerLock | None:
    """Return the lock of the folder; None where another window came to the front, or the user no longer waits.

    A command that owns the folder is asked to finish its step and hand over, and is waited for without a limit: only
    the user knows whether its step is worth it.

    Args:
        folder: the data folder.
        on_wait: called once a command has been asked.
        is_given_up: asked again and again while waiting.
        look_s: seconds between two looks at who owns the folder now.

    Raises:
        DataFolderUnusable: the folder takes no lock, or its owner does not answer or is of another version.
    """
    for _ in range(_REFUSALS):
        entered = await asyncio.to_thread(_enter, folder)
        if isinstance(entered, OwnerLock):
            return entered
        met = await asyncio.to_thread(_meet, entered)
        if met is _Met.RAISED:
            return None
        if met is _Met.GONE:
            await asyncio.sleep(min(look_s, PAUSE_S))
            continue
        on_wait()
        lock = OwnerLock(folder)
        while not is_given_up():
            if await asyncio.to_thread(wait_for, lock, timeout_s=look_s):
                return lock
            if _is_another(folder, entered):
                break  # somebody else was quicker
        else:
            return None
    raise DataFolderUnusable("owner.no_answer")


def _enter(folder: Path) -> OwnerLock | OwnerFound:
    return enter(folder)


def _meet(found: OwnerFound) -> _Met:
    """Bring the window that owns the folder to the front; a command is asked to hand over instead."""
    try:
        if any(line.get("raised") for line in ask(found, "raise_window", {})):
            return _Met.RAISED
        list(ask(found, "hand_over", {}))
    except ConnectionError:
        return _Met.GONE  # or its door is full
    except DataFolderUnusable as error:
        if error.code != "owner.fell_silent":
            raise
        return _Met.GONE  # it ended in the middle of the answer
    return _Met.ASKED


def _is_another(folder: Path, asked: OwnerFound) -> bool:
    found = knock.read(folder)
    return found is not None and found.token != asked.token
