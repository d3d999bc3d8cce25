"""One simulated connection, as the real link sees it from `websockets`."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from typing import TYPE_CHECKING, Any

from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosedError, InvalidStatus
from websockets.frames import Close
from websockets.http11 import Response
from websockets.protocol import State

if TYPE_CHECKING:
    from simulation.world import World

LATENCY_S = 0.05
KEEPALIVE_S = 20.0
_ABNORMAL = 1006


class Wire:
    """A client connection.

    Attributes:
        is_frozen: nothing arrives either way; the keep-alive will notice.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[bytes] = deque()
        self._reader: asyncio.Future[None] | None = None
        self._code: int | None = None
        self.is_frozen = False
        self.is_ready = False
        self.transport = self

    @property
    def is_open(self) -> bool:
        """Whether it has not ended."""
        return self._code is None

    @property
    def state(self) -> State:
        """As of `websockets`; asked right before a message is written."""
        if self.is_ready and self.is_open:
            self._world.before_write(self)
        return State.OPEN if self.is_open else State.CLOSED

    async def recv(self, decode: bool | None = None) -> bytes:
        """Return the next frame."""
        while not self._waiting:
            if not self.is_open:
                raise self._ended()
            self._reader = self._loop.create_future()
            try:
                await self._reader
            finally:
                self._reader = None
        return self._waiting.popleft()

    async def send(self, message: bytes | str, text: bool | None = None) -> None:
        """Take a message from the program."""
        if not self.is_open:
            raise self._ended()
        if isinstance(message, str) and "apiKey" in message:
            self._loop.call_later(LATENCY_S, self._welcome)
            return
        await self._world.written(self, message if isinstance(message, bytes) else message.encode())

    def _welcome(self) -> None:
        if self.is_open and not self.is_frozen:
            self.deliver(json.dumps({"data": "API_RESPONSE", "status": "OK", "message": "Connected"}).encode())
            self.is_ready = True
            self._world.connected(self)

    def deliver(self, frame: bytes) -> None:
        """Hand a frame to the program."""
        if self.is_open and not self.is_frozen:
            self._waiting.append(frame)
            self._wake()

    def freeze(self) -> None:
        """Let nothing through any more, until the keep-alive gives up."""
        self.is_frozen = True
        self._loop.call_later(KEEPALIVE_S, self.end, _ABNORMAL)

    def end(self, code: int = _ABNORMAL) -> None:
        """End it."""
        if self.is_open:
            self._code = code
            self._wake()

    async def close(self) -> None:
        """End it as the program asks; what was on its way to it is lost."""
        self.end(1000)

    def abort(self) -> None:
        """End it at once."""
        self.end()

    def _wake(self) -> None:
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)

    def _ended(self) -> ConnectionClosedError:
        code = self._code or _ABNORMAL
        return ConnectionClosedError(None if code == _ABNORMAL else Close(code, ""), None)


def busy(status: int) -> InvalidStatus:
    """Return what an overloaded server answers to the upgrade."""
    return InvalidStatus(Response(status, "busy", Headers(), b""))


def as_bytes(answer: Any) -> bytes:
    """Return an answer as it goes over the wire."""
    return answer if isinstance(answer, bytes) else json.dumps(answer).encode()
