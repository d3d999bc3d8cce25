"""A socket that is looked at after the computer slept, and what a network between says at the upgrade."""

import asyncio
from itertools import repeat

import pytest
from fakes.broken_line import BrokenLine
from fakes.toy_gateway import KEY, ToyGateway

from desktop import texts
from desktop.clock import SystemClock
from desktop.connection import websocket
from desktop.connection.websocket import WebSocketLink
from desktop.domain.lifecycle import LinkState


class Key:
    def reveal(self):
        return KEY


class Desk:
    """A link with what it said."""

    def __init__(self, address, pause_s=0.01):
        self.states = []
        self.clock = SystemClock()
        self.link = WebSocketLink(
            address=address,
            key_source=self.key,
            on_frames=self.on_frames,
            on_state=lambda state, detail, retry_at: self.states.append((state, detail, retry_at)),
            clock=self.clock,
            make_pauses=lambda: repeat(pause_s),
        )

    async def key(self):
        return Key()

    async def on_frames(self, arrivals):
        pass

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


def test_a_live_connection_stays(run, until):
    async def main():
        async with ToyGateway() as gateway, Desk(gateway.address) as desk:
            await until(desk.is_connected)
            await desk.link.look()
            assert desk.is_connected()
            assert gateway.connections == 1

    run(main())


def test_a_dead_one_is_left_and_made_anew(run, until, monkeypatch):
    monkeypatch.setattr(websocket, "_LOOK_S", 0.05)

    async def main():
        async with ToyGateway() as gateway, BrokenLine(gateway.address) as line, Desk(line.address) as desk:
            await until(desk.is_connected)
            line.is_frozen = True
            await desk.link.look()
            await until(lambda: desk.link.state is LinkState.RECONNECTING)
            line.is_frozen = False
            await until(desk.is_connected)

    run(main())


def test_a_pause_between_two_tries_ends(run, until):
    async def main():
        async with ToyGateway() as gateway:
            gateway.status = 503
            async with Desk(gateway.address, pause_s=60.0) as desk:
                await until(lambda: desk.link.state is LinkState.RECONNECTING)
                gateway.status = None
                await desk.link.look()
                await until(desk.is_connected)

    run(main())


def test_a_web_page_in_place_of_the_gateway_is_named_and_tried_again(run, until):
    async def main():
        async with ToyGateway() as gateway:
            gateway.status = 200
            async with Desk(gateway.address) as desk:
                await until(lambda: (LinkState.RECONNECTING, "web_page") in desk.details())
                gateway.status = None
                await until(desk.is_connected)

    run(main())


@pytest.mark.parametrize(("said", "pause_s"), [("120", 120), ("99999999999", 600), ("soon", 0)])
def test_the_gateway_says_how_long_to_wait(run, until, said, pause_s):
    async def main():
        async def refuse(reader, writer):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(f"HTTP/1.1 503 Busy\r\nRetry-After: {said}\r\nContent-Length: 0\r\n\r\n".encode())
            writer.close()

        server = await asyncio.start_server(refuse, "127.0.0.1", 0)
        async with server, Desk(f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/x", pause_s=7.0) as desk:
            await until(lambda: desk.link.state is LinkState.RECONNECTING)
            state, detail, at = desk.states[-1]
            assert (state, detail) == (LinkState.RECONNECTING, "busy")
            assert abs((at - desk.clock.now()).total_seconds() - max(pause_s, 7)) < 5

    run(main())


def test_every_new_detail_has_its_sentence():
    for detail in ("no_twin", "too_many", "web_page", "proxy_sign_in", "address_http"):
        assert texts.has(f"link.{detail}")
        assert all(texts.has(f"link.error.{detail}.{part}") for part in ("title", "text", "remedy"))
