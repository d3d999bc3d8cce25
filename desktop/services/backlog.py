"""What a connection brought that is stored and not yet understood: one task follows behind, in order (reliability 4.1).

Storing never waits for understanding. What waits is kept here while it is little; beyond that, and after a failure, it
is read back from where it is stored, so that a flood takes room on the disk and none in memory.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from desktop.errors import EnvironmentFailure
from desktop.services.receiving import Stored

log = logging.getLogger(__name__)

FEW: Final = 50
"""What is fewer than so many frames is understood at once."""

_BATCH: Final = 500  # frames understood together, at most
_MOST_BYTES: Final = 4 * 1024 * 1024
_QUIET_S: Final = 0.03  # nothing came for so long: the pouring is over
_PATIENCE_S: Final = 1.0  # while it pours, understanding lets storing go first for so long
_GLANCE_S: Final = 0.01
_AGAIN_S: Final = 1.0

Understand = Callable[[Sequence[Stored]], Awaitable[None]]
CatchUp = Callable[[int], Awaitable[None]]


class Backlog:
    """Hands stored frames on to be understood, each once and in the order they were stored."""

    def __init__(
        self,
        understand: Understand,
        catch_up: CatchUp,
        *,
        on_done: Callable[[], None] = lambda: None,
        most_bytes: int = _MOST_BYTES,
    ) -> None:
        """Make one with nothing in it.

        Args:
            understand: takes frames in; what it has taken in once it may be given again.
            catch_up: understands everything that is stored after a frame and not yet understood.
            on_done: hears each time that nothing is left.
            most_bytes: how much of the frames is kept here, at most.
        """
        self._understand = understand
        self._catch_up = catch_up
        self._on_done = on_done
        self._most_bytes = most_bytes
        self._waiting: deque[Stored] = deque()
        self._bytes = 0
        self._puts = 0
        self._put_at = 0.0
        self._is_storing = False
        self._behind: int | None = None  # what was stored after this frame has to be read back
        self._wake = asyncio.Event()
        self._settled = asyncio.Event()
        self._settled.set()
        self._turn = asyncio.Lock()

    @property
    def is_empty(self) -> bool:
        """Whether everything that was put here has been understood."""
        return self._settled.is_set() and self._behind is None

    def expect(self) -> None:
        """Frames came and are being stored: a batch of what waits is begun after them."""
        self._put_at = asyncio.get_running_loop().time()
        self._is_storing = True

    def put(self, stored: Sequence[Stored]) -> None:
        """Take frames that are on the disk, oldest first."""
        self._is_storing = False
        if not stored:
            return
        self._puts += 1
        self._put_at = asyncio.get_running_loop().time()
        self._bytes += sum(len(body) for _, body, _ in stored)
        if self._behind is None and self._bytes > self._most_bytes:
            self._leave_to_disk((*self._waiting, *stored)[0][0])
        if self._behind is None:
            self._waiting.extend(stored)
        self._settled.clear()
        self._wake.set()

    async def run(self) -> None:
        """Understand what comes until cancelled."""
        try:
            while True:
                if self._behind is None and not self._waiting:
                    self._wake.clear()
                    await self._wake.wait()
                await self._let_storing_go_first()
                try:
                    async with self._turn:
                        await self._next()
                except EnvironmentFailure as error:
                    log.warning("stored messages not understood: %s", error.code)  # disk full and the like
                    self._settled.set()  # whoever waits for the end is not held up; it is tried again
                    await asyncio.sleep(_AGAIN_S)
        finally:
            self._settled.set()

    async def catch_up(self) -> None:
        """Understand everything that is stored, whoever stored it and when.

        Raises:
            EnvironmentFailure: it cannot be; it is tried again with what comes next.
        """
        async with self._turn:
            self._leave_to_disk(1)
            await self._read_back()
            self._end()

    async def settled(self) -> None:
        """Wait until nothing is left, or nothing can be done about what is left."""
        await self._settled.wait()

    def _leave_to_disk(self, first: int) -> None:
        self._behind = first - 1 if self._behind is None else min(self._behind, first - 1)
        self._waiting.clear()
        self._bytes = 0

    async def _let_storing_go_first(self) -> None:
        if self._behind is None and len(self._waiting) < FEW:
            return
        loop = asyncio.get_running_loop()
        began = loop.time()
        while self._pours(loop.time()) and loop.time() - began < _PATIENCE_S:  # noqa: ASYNC110 - it waits for nothing
            await asyncio.sleep(_GLANCE_S)

    def _pours(self, now: float) -> bool:
        return self._is_storing or now - self._put_at < _QUIET_S

    async def _next(self) -> None:
        if self._behind is not None:
            await self._read_back()
        elif self._waiting:
            batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), _BATCH))]
            self._bytes -= sum(len(body) for _, body, _ in batch)
            try:
                await self._understand(batch)
            except EnvironmentFailure:
                self._leave_to_disk(batch[0][0])
                raise
        self._end()

    async def _read_back(self) -> None:
        """Understand from the disk until nothing came in between, and only then go on with what is kept here."""
        while self._behind is not None:
            puts = self._puts
            await self._catch_up(self._behind)
            if puts == self._puts:
                self._behind, self._bytes = None, 0

    def _end(self) -> None:
        if self._behind is None and not self._waiting:
            self._settled.set()
            self._on_done()
