"""Long work on the one loop, in slices: the window and the connection get their turn in between."""

from __future__ import annotations

import asyncio

SLICE_S = 0.006


class Turns:
    """Lets everything else run once a slice is used up."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._since = self._loop.time()

    async def take(self) -> None:
        """Go on at once within a slice; after it, when everything that waits has run."""
        if self._loop.time() - self._since > SLICE_S:
            await asyncio.sleep(0)
            self._since = self._loop.time()
