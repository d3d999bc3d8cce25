"""What a link does in hours of trouble, in simulated time: never a storm, never a dead line taken for a live one."""

import asyncio
import contextlib
import random

import pytest
from simulation.virtual_time import VirtualClock, VirtualLoop, run

from desktop.connection import http_exchange, websocket
from desktop.connection.http import HttpLink
from desktop.connection.http_exchange import Answer
from desktop.connection.trouble import LinkError
from desktop.connection.websocket import NotWritten, WebSocketLink
from desktop.delivery import polling
from desktop.delivery.backoff import Trouble, pauses
from desktop.domain.lifecycle import LinkState

ADDRESS = "ws://127.0.0.1:9/api/sockets/toy"
HOUR = 3600.0
WAYS = ["socket", "http"]


class Key:
    def reveal(self):
        return "practice-key"


class Far:
    """A far end in simulated time: an exchange for HTTP, and what a socket meets when it connects.

    Attributes:
        tried: when it was connected to, in seconds.
        is_dead: nothing is answered, and nobody is told.
    """

    def __init__(self, loop):
        self.loop = loop
        self.tried = []
        self.failure = None
        self.is_dead = False

    async def opened(self, *_):
        return self

    async def refuse(self, *_, **__):
        self.tried.append(self.loop.time())
        raise OSError

    async def receive(self, _key):
        if self.failure is not None:
            self.tried.append(self.loop.time())
            raise self.failure
        return await self._answered(http_exchange.READ_S)

    async def send(self, _key, _payload):
        return await self._answered(http_exchange.ANSWER_S)

    async def _answered(self, limit_s):
        if self.is_dead:
            await asyncio.sleep(limit_s)
            raise LinkError(Trouble.TIMEOUT, "timeout")
        return Answer(200, b"[]")

    async def close(self):
        pass


def link(way, far, clock, heard, key_source=None, seed=0):
    async def key():
        return Key()

    async def on_frames(_arrivals):
        pass

    dice = random.Random(seed)
    options = {
        "address": ADDRESS,
        "key_source": key_source or key,
        "on_frames": on_frames,
        "on_state": lambda state, detail, _at: heard.append((clock.monotonic(), state, detail)),
        "clock": clock,
        "make_pauses": lambda: pauses(dice.random),
    }
    return WebSocketLink(**options) if way == "socket" else HttpLink(**options, opener=far.opened)


def play(work):
    loop = VirtualLoop()
    run(work(loop, Far(loop), VirtualClock(loop)), loop)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("seed", range(5))
def test_nobody_is_stormed(way, seed, monkeypatch):
    """At most one try a second, never longer than a minute without one, for six hours."""

    async def work(loop, far, clock):
        monkeypatch.setattr(websocket, "_DirectConnect", far.refuse)
        far.failure = LinkError(Trouble.NETWORK, "network")
        ours = link(way, far, clock, [], seed=seed)
        task = loop.create_task(ours.run())
        await asyncio.sleep(6 * HOUR)
        await ours.stop()
        await task
        gaps = [later - earlier for earlier, later in zip(far.tried, far.tried[1:], strict=False)]
        assert min(gaps) >= 1.0
        assert max(gaps) <= 60.0
        assert 6 * HOUR / 60 <= len(far.tried) <= 6 * HOUR / 30 + 10

    play(work)


@pytest.mark.parametrize("way", WAYS)
def test_a_keystore_that_asks_for_an_hour_keeps_nobody_waiting_at_the_gateway(way, monkeypatch):
    """Row 15: the key is read before anything is opened, for the gateway gives ten seconds only."""

    async def work(loop, far, clock):
        monkeypatch.setattr(websocket, "_DirectConnect", far.refuse)
        far.failure = LinkError(Trouble.NETWORK, "network")

        async def slow():
            await asyncio.sleep(HOUR)
            return Key()

        ours = link(way, far, clock, [], slow)
        task = loop.create_task(ours.run())
        await asyncio.sleep(HOUR - 1.0)
        assert far.tried == []
        await asyncio.sleep(2.0)
        assert far.tried == [HOUR]
        await ours.stop()
        await task

    play(work)


@pytest.mark.parametrize("sent_after_s", [None, 0.5, 4.0, 7.0, 9.0, 9.99])
@pytest.mark.parametrize("at_s", [100.0, 101.3, 104.9, 107.0, 109.99])
def test_a_half_open_line_is_noticed_within_30_s(at_s, sent_after_s):
    async def work(loop, far, clock):
        heard = []
        ours = link("http", far, clock, heard)
        task = loop.create_task(ours.run())
        await asyncio.sleep(at_s)
        assert heard[-1][1] is LinkState.CONNECTED
        far.is_dead = True
        if sent_after_s is not None:
            await asyncio.sleep(sent_after_s)
            with contextlib.suppress(NotWritten):
                await ours.send(b"{}")
        await asyncio.sleep(40.0)
        noticed = next(at for at, state, _ in heard if state is LinkState.RECONNECTING)
        assert noticed - at_s <= 30.0
        await ours.stop()
        await task

    play(work)


def test_the_limits_leave_nothing_half_open_for_30_s():
    """A socket: a ping waits its turn, then for its answer, then for the closing handshake."""
    assert websocket._PING_S * 2 + websocket._CLOSE_S <= 30.0
    assert polling.IDLE_S + max(http_exchange.READ_S, http_exchange.ANSWER_S) <= 30.0


def test_a_computer_that_woke_asks_at_once():
    async def work(loop, far, clock):
        heard = []
        ours = link("http", far, clock, heard)
        task = loop.create_task(ours.run())
        await asyncio.sleep(60.0)
        far.is_dead = True
        await ours.look()
        await asyncio.sleep(http_exchange.READ_S + 0.1)
        assert heard[-1][1] is LinkState.RECONNECTING
        far.is_dead = False
        await ours.look()  # and does not wait for the end of the pause
        await asyncio.sleep(0.1)
        assert heard[-1][1] is LinkState.CONNECTED
        await ours.stop()
        await task

    play(work)
