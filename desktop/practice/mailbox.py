"""Who hears what: the sockets open on the key, and what waits while there is none (reliability notes 1)."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Protocol

from desktop.practice.personality import Personality

Frame = str | bytes
_MOST_WAITING = 10_000


class Line(Protocol):
    """One open connection."""

    async def send(self, frame: Frame) -> bool:
        """Hand over one frame; False if the connection is closed."""
        ...


class Mailbox:
    """Delivers frames to the sockets of the key, or keeps them for the next good handshake."""

    def __init__(self, personality: Callable[[], Personality]) -> None:
        self._personality = personality
        self._open: list[Line] = []
        self._turn = 0
        self._is_collected = False
        self._copies: deque[Frame] = deque(maxlen=_MOST_WAITING)
        self.waiting: deque[Frame] = deque(maxlen=_MOST_WAITING)

    @property
    def is_open(self) -> bool:
        """Tell whether anybody listens."""
        return bool(self._open)

    async def join(self, line: Line) -> int:
        """Open the mailbox to a connection whose key was good: what waited goes to it first. Returns how much did."""
        count = 0
        while self.waiting:
            frame = self.waiting.popleft()
            if not await line.send(frame):
                self.waiting.appendleft(frame)
                return count
            count += 1
        self._open.append(line)
        return count

    def attach(self, line: Line) -> None:
        """Let a line hear what is said from now on, and nothing that waits."""
        self._open.append(line)

    def put_back(self, frame: Frame) -> None:
        """Let a frame that was collected be the next one again."""
        (self._copies if self._personality().http_queue == "own" else self.waiting).appendleft(frame)

    def collect(self, most: int = _MOST_WAITING) -> list[Frame]:
        """Give out what waits for HTTP, oldest first, and keep none of it (switch `http_queue`)."""
        self._is_collected = True
        queue = self._copies if self._personality().http_queue == "own" else self.waiting
        return [queue.popleft() for _ in range(min(most, len(queue)))]

    def leave(self, line: Line) -> None:
        """Forget a connection that is closed."""
        if line in self._open:
            self._open.remove(line)

    async def post(self, frame: Frame, asker: object | None = None) -> bool:
        """Deliver one frame.

        Args:
            frame: what to send.
            asker: for an API answer, the connection that asked.

        Returns:
            False if nobody got it now; it then waits, or is lost (switch `redeliver`): for HTTP, once it has asked,
            everything waits.
        """
        if self._personality().http_queue == "own":
            self._copies.append(frame)
        return await self._deliver(frame, asker)

    async def _deliver(self, frame: Frame, asker: object | None = None) -> bool:
        is_delivered = False
        for line in self._receivers(asker):
            if await line.send(frame):
                is_delivered = True
            else:
                self.leave(line)
        if is_delivered:
            return True
        if self._open:
            return await self._deliver(frame)
        if self._is_collected or self._personality().redeliver == "yes":
            self.waiting.append(frame)
        return False

    def _receivers(self, asker: object | None) -> list[Line]:
        if not self._open:
            return []
        rule = self._personality().two_sockets
        if rule != "steal":
            asking = [line for line in self._open if line is asker]
            if asking:
                return asking
        if rule in {"newest", "steal"}:
            return [self._open[-1]]
        if rule == "share":
            self._turn += 1
            return [self._open[self._turn % len(self._open)]]
        return list(self._open)
