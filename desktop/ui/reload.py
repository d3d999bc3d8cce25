"""Reading a list again: one at a time, and once more when something changed meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Final

from desktop.tasks import TaskKeeper

_LONG_S: Final = 0.1
"""Reading that takes longer than this is not begun again at once while changes pour in."""

_REST: Final = 8.0
"""How many times as long as it took it then rests: the rest of the program has most of the time."""

_MOST_REST_S: Final = 4.0


class Reload:
    """Runs `work` whenever it is asked, never twice at a time, and coalesces what is asked while it runs.

    A list that takes long to read is read less often while changes pour in; the last change is always followed by a
    reading.
    """

    def __init__(self, keeper: TaskKeeper, work: Callable[[], Coroutine[Any, Any, None]], name: str) -> None:
        self._keeper = keeper
        self._work = work
        self._name = name
        self._running: asyncio.Task[None] | None = None
        self._is_wanted = False
        self._is_urgent = asyncio.Event()

    def ask(self) -> None:
        """Read soon."""
        self._is_wanted = True
        if self._running is None or self._running.done():
            self._running = self._keeper.start(self._run(), name=self._name)

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while self._is_wanted:
            self._is_wanted = False
            self._is_urgent.clear()
            began = loop.time()
            await self._work()
            took_s = loop.time() - began
            if self._is_wanted and took_s > _LONG_S:
                await self._rest(min(took_s * _REST, _MOST_REST_S))

    async def _rest(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._is_urgent.wait()
        except TimeoutError:
            return

    async def now(self) -> None:
        """Read and wait until that is done."""
        self._is_urgent.set()
        self.ask()
        if self._running is not None:
            await self._running
