"""Notices that the computer slept or its network changed: then no connection is known to be alive (fault matrix 6).

The wall clock runs on while a computer sleeps and the one for time limits stands still, or the beat comes much too
late: either means that nobody ran. A wall clock that a person sets looks the same; so nothing is cut off for it, the
connections are only asked whether they are still there.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from desktop.clock import Clock
from desktop.connection import network

log = logging.getLogger(__name__)

BEAT_S: Final = 5.0
"""How often the clocks are compared."""

SLEPT_S: Final = 15.0
"""A difference of so much means that the computer slept."""


class Awake:
    """Compares the clocks from `run` until it is cancelled."""

    def __init__(
        self, clock: Clock, on_woken: Callable[[], Awaitable[None]], network: Callable[[], str] = network.mark
    ) -> None:
        """Make it.

        Args:
            clock: the time.
            on_woken: what to do when nobody ran for a while, or the computer is in another network.
            network: a text that changes with the network; asked in a thread.
        """
        self._clock = clock
        self._on_woken = on_woken
        self._network = network
        self._in: str | None = None
        self._seen = (clock.now(), clock.monotonic())

    async def run(self) -> None:
        """Compare until cancelled."""
        self._seen = (self._clock.now(), self._clock.monotonic())
        while True:
            await asyncio.sleep(BEAT_S)
            await self.look()

    async def look(self) -> bool:
        """Tell whether nobody ran since the last look, or the network is another one, and act on it."""
        was, self._in = self._in, await asyncio.to_thread(self._network)
        is_elsewhere = was is not None and was != self._in
        now, passed = self._clock.now(), self._clock.monotonic()
        wall_s = (now - self._seen[0]).total_seconds()
        ran_s = passed - self._seen[1]
        self._seen = (now, passed)
        has_slept = wall_s - ran_s >= SLEPT_S or ran_s >= BEAT_S + SLEPT_S
        if not has_slept and not is_elsewhere:
            return False
        log.info("nobody ran for %.0f s" if has_slept else "another network, %.0f s after", max(wall_s, ran_s))
        await self._on_woken()
        return True
