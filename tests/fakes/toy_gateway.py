"""A tiny real WebSocket server for tests of the link: it does exactly what one test tells it, and remembers."""

from __future__ import annotations

import asyncio
import contextlib
import json
import ssl
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any, Self

from websockets.asyncio.server import Request, Response, Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed

CONNECTED = json.dumps({"data": "API_RESPONSE", "status": "OK", "message": "Connected"})
DENIED = json.dumps({"data": "API_RESPONSE", "status": "ACCESS_DENIED_ERROR", "message": "Access denied"})
KEY = "practice-sample-key"

Talk = Callable[[ServerConnection], Awaitable[None]]


async def listen(socket: ServerConnection) -> None:
    """Stay until the other side leaves."""
    await socket.wait_closed()


class ToyGateway:
    """Takes `KEY`, then runs `talk`; what came in is in `received`, frame by frame.

    Attributes:
        talk: what to do on each connection after the key was taken.
        answers_key: whether the key is answered at all.
        status: HTTP status to refuse the upgrade with, and where to redirect to.
        received: every message after the key.
        keys: every key that came.
        connections: how many connections reached the handshake.
        requests: how many upgrades were asked for.
    """

    def __init__(self, talk: Talk = listen, *, context: ssl.SSLContext | None = None, **options: Any) -> None:
        self.talk = talk
        self.answers_key = True
        self.status: int | None = None
        self.location = ""
        self.received: list[str | bytes] = []
        self.keys: list[str] = []
        self.connections = 0
        self.requests = 0
        self.port = 0
        self._context = context
        self._options = options
        self._server: Server | None = None

    @property
    def address(self) -> str:
        """Where it listens."""
        scheme = "ws" if self._context is None else "wss"
        return f"{scheme}://127.0.0.1:{self.port}/api/sockets/toy"

    async def __aenter__(self) -> Self:
        self._server = await serve(
            self._serve,
            "127.0.0.1",
            self.port,
            ssl=self._context,
            process_request=self._refuse,
            ping_interval=None,
            **{"max_size": None, "close_timeout": 1, **self._options},
        )
        self.port = next(iter(self._server.sockets)).getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        await self._server.wait_closed()

    def _refuse(self, _socket: ServerConnection, _request: Request) -> Response | None:
        self.requests += 1
        if self.status is None:
            return None
        return Response(self.status, HTTPStatus(self.status).phrase, _headers(self.location), b"")

    async def _serve(self, socket: ServerConnection) -> None:
        with contextlib.suppress(ConnectionClosed):
            await self._welcome(socket)

    async def _welcome(self, socket: ServerConnection) -> None:
        self.connections += 1
        self.keys.append(json.loads(await socket.recv())["apiKey"])
        if not self.answers_key:
            await socket.wait_closed()
            return
        if self.keys[-1] != KEY:
            await socket.send(DENIED)
            await socket.wait_closed()
            return
        await socket.send(CONNECTED)
        talking = asyncio.ensure_future(self.talk(socket))  # noqa: TID251 - the toy keeps and awaits it itself
        try:
            async for message in socket:
                self.received.append(message)
        finally:
            talking.cancel()
            await asyncio.gather(talking, return_exceptions=True)


def _headers(location: str) -> Any:
    from websockets.datastructures import Headers

    headers = Headers({"Content-Length": "0"})
    if location:
        headers["Location"] = location
    return headers
