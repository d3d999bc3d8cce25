"""A practice service that remembers: every message it took and every frame it gave out.

Its clock runs with real time and can be turned forward, so that limits of minutes pass at once.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import time
import weakref
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from desktop.practice import scenario_file
from desktop.practice.gateway import Message
from desktop.practice.http_door import HttpDoor
from desktop.practice.scenario import Scenario
from desktop.practice.service import PracticeService, _Connection

KEY = "practice-canary7f3a9c51e2"


class WarpClock:
    """Runs with the computer's clock and can be turned forward."""

    def __init__(self) -> None:
        self._ahead_s = 0.0

    def now(self) -> datetime:
        """Return the moment in UTC."""
        return datetime.now(UTC) + timedelta(seconds=self._ahead_s)

    def monotonic(self) -> float:
        """Return seconds for time limits."""
        return time.monotonic() + self._ahead_s

    def advance(self, seconds: float) -> None:
        """Let time pass at once."""
        self._ahead_s += seconds


class FarEnd:
    """A practice service that remembers.

    Attributes:
        taken: every message that came after a good key, in order.
        stored: `sendId` of every message that was imported, or passed on to customs.
        given: every frame that was handed to a socket after the handshake's own answers, in order.
        on_give: asked before each frame whether it may go; False loses it as a broken line would.
    """

    def __init__(self, scenario: str | Scenario | None = None, *, pace: float = 0.05, **options: Any) -> None:
        self.clock = WarpClock()
        self.taken: list[str] = []
        self.stored: set[str] = set()
        self.given: list[bytes] = []
        self.on_give: Callable[[bytes], bool] = lambda _: True
        self.pace = pace

        async def sleep(seconds: float) -> None:
            await asyncio.sleep(seconds * self.pace)

        self.service = PracticeService(_scenario(scenario), api_key=KEY, sleep=sleep, clock=self.clock, **options)
        _FAR_ENDS[self.service._journal] = self
        gateway = self.service._gateway
        take, answer = gateway.take, gateway.answer

        def remembered(fragments: Any, asker: Any) -> Any:
            self.taken.append("".join(str(part) for part in fragments))
            return take(fragments, asker)

        def judged(message: Message) -> dict[str, Any]:
            response = answer(message)
            if message.is_taken:
                self.stored.add(str(message.value.get("sendId")))
            return response

        gateway.take = remembered  # type: ignore[method-assign]  # the service is watched from inside
        gateway.answer = judged  # type: ignore[method-assign]

    async def start(self, port: int = 0) -> None:
        """Listen."""
        await self.service.start(port)

    async def restart(self) -> None:
        """Go away and come back on the same port with the same books."""
        port = self.service.port
        await self.service.stop()
        await self.service.start(port)

    def play(self, scenario: str | Scenario) -> None:
        """Play another scenario from now on."""
        self.service.use(_scenario(scenario))

    def drop_all(self) -> None:
        """Cut every connection off, as a pulled cable would."""
        for connection in tuple(self.service._connections):
            connection.drop()


_FAR_ENDS: weakref.WeakKeyDictionary[Any, FarEnd] = weakref.WeakKeyDictionary()
_SEND = _Connection.send


async def _remembered(self: _Connection, frame: str | bytes) -> bool:
    far = _FAR_ENDS.get(self._journal)
    if far is None:
        return await _SEND(self, frame)
    body = frame.encode() if isinstance(frame, str) else frame
    if not far.on_give(body):
        return True  # the service believes that it was sent; the line lost it
    is_sent = await _SEND(self, frame)
    if is_sent:
        far.given.append(body)
    return is_sent


_HAND_OUT, _RECEIPT = HttpDoor.hand_out, HttpDoor.receipt


def _handed_out(self: HttpDoor, frames: list[str | bytes]) -> bytes:
    far = _FAR_ENDS.get(self._journal)
    if far is not None:
        frames = [frame for frame in frames if far.on_give(frame.encode() if isinstance(frame, str) else frame)]
        far.given += [frame.encode() if isinstance(frame, str) else frame for frame in frames]
    return _HAND_OUT(self, frames)


def _receipted(self: HttpDoor) -> bytes:
    body = _RECEIPT(self)
    far = _FAR_ENDS.get(self._journal)
    if far is not None:
        far.given.append(body)
    return body


@pytest.fixture
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Watch what far ends give out; pauses between connections and after an answer are short."""
    monkeypatch.setattr(_Connection, "send", _remembered)
    monkeypatch.setattr("desktop.connection.websocket.pauses", lambda _: itertools.repeat(0.03))
    monkeypatch.setattr(HttpDoor, "hand_out", _handed_out)
    monkeypatch.setattr(HttpDoor, "receipt", _receipted)
    monkeypatch.setattr("desktop.connection.http.pauses", lambda _: itertools.repeat(0.03))
    monkeypatch.setattr("desktop.connection.http.SOON_S", 0.03)
    for name, seconds in (("AT_ONCE_S", 0.01), ("SOON_S", 0.03), ("IDLE_S", 0.1)):
        monkeypatch.setattr(f"desktop.delivery.polling.{name}", seconds)
    monkeypatch.setattr("desktop.services.waiting.SETTLE_S", 0.02)


def scenario(*steps: dict[str, Any], **personality: object) -> Scenario:
    """Return a scenario of these steps, with these switches set."""
    return scenario_file.read(json.dumps({"seed": 1, "personality": personality, "steps": steps}), "test")


def _scenario(scenario: str | Scenario | None) -> Scenario:
    return scenario if isinstance(scenario, Scenario) else scenario_file.load(scenario)


@asynccontextmanager
async def far_end(played: str | Scenario | None = None, **options: Any) -> AsyncIterator[FarEnd]:
    """A far end that listens."""
    far = FarEnd(played, **options)
    await far.start()
    try:
        yield far
    finally:
        await far.service.stop()
