"""The HTTP way with its listeners, and what they heard."""

from __future__ import annotations

import asyncio
from itertools import repeat

from desktop.clock import SystemClock
from desktop.connection.http import HttpLink
from desktop.errors import EnvironmentFailure
from fakes.toy_twin import KEY


class Key:
    def __init__(self, value):
        self._value = value

    def reveal(self):
        return self._value


class Desk:
    """A link with its listeners, and what they heard."""

    def __init__(self, address, key=KEY, **options):
        self.frames, self.states, self.keys_asked = [], [], 0
        self.key = key
        self.fails = 0
        self.link = HttpLink(
            address=address,
            key_source=self.give_key,
            on_frames=self.on_frames,
            on_state=lambda state, detail, retry_at: self.states.append((state, detail, retry_at)),
            **{"clock": SystemClock(), "make_pauses": lambda: repeat(0.01), **options},
        )

    async def give_key(self):
        self.keys_asked += 1
        return None if self.key is None else Key(self.key)

    async def on_frames(self, arrivals):
        if self.fails:
            self.fails -= 1
            raise EnvironmentFailure("store.full")
        self.frames += [frame for frame, _ in arrivals]

    async def __aenter__(self):
        self.task = asyncio.get_running_loop().create_task(self.link.run(), name="link")
        return self

    async def __aexit__(self, *_):
        async with asyncio.timeout(5):
            await self.link.stop()
            await self.task

    def is_connected(self):
        return self.link.connected_since is not None

    def details(self):
        return [(state, detail) for state, detail, _ in self.states]
