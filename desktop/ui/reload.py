"""Reading a list again: one at a time, and once more when something changed meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from desktop.tasks import TaskKeeper


class Reload:
    """Runs `work` whenever it is asked, never twice at a time, and coalesces what is asked while it runs."""

    def __init__(self, keeper: TaskKeeper, work: Callable[[], Coroutine[Any, Any, None]], name: str) -> None:
        self._keeper = keeper
        self._work = work
        self._name = name
        self._running: asyncio.Task[None] | None = None
        self._is_wanted = False

    def ask(self) -> None:
        """Read soon."""
        self._is_wanted = True
        if self._running is None or self._running.done():
            self._running = self._keeper.start(self._run(), name=self._name)

    async def _run(self) -> None:
        while self._is_wanted:
            self._is_wanted = False
            await self._work()

    async def now(self) -> None:
        """Read and wait until that is done."""
        self.ask()
        if self._running is not None:
            await self._running
