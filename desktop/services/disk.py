"""Knows whether what is typed, received and sent can be kept: a full, broken or read-only disk, until it is well again.

Whoever has something to keep goes on trying by himself; here is only said why it does not work, and looked whether it
does again where nobody tries.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from desktop.errors import DesktopError, EnvironmentFailure
from desktop.store import Store
from desktop.tasks import TaskKeeper

AGAIN_S: Final = 2.0
"""How often it is tried again; an edit waits as long."""


class Disk:
    """Whether the data can be written.

    Attributes:
        trouble: why the last write failed; None while writing works.
    """

    def __init__(self, store: Store, keeper: TaskKeeper) -> None:
        self._store = store
        self._keeper = keeper
        self._listeners: list[Callable[[], None]] = []
        self._is_looking = False
        self.trouble: DesktopError | None = None
        store.on_written(self._on_written)

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` when trouble begins, changes or ends; the returned function ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def _on_written(self, failure: DesktopError | None) -> None:
        before, self.trouble = self.trouble, failure
        if failure is not None and not self._is_looking:
            self._is_looking = True  # trouble that ends and comes again within a pause is looked after by the same one
            self._keeper.start(self._look_again(), name="wait for the disk")
        if (failure and failure.code) != (before and before.code):
            for listener in tuple(self._listeners):
                listener()

    async def _look_again(self) -> None:
        try:
            while self.trouble is not None:
                await asyncio.sleep(AGAIN_S)
                with suppress(EnvironmentFailure):  # it is told through `_on_written`
                    await self._store.try_to_write()
        finally:
            self._is_looking = False
