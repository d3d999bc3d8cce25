"""A tiny HTTP server for tests of the HTTP way: it gives out exactly the bytes one test tells it, and remembers."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import Awaitable, Callable
from typing import Self

KEY = "practice-sample-key"

Reply = Callable[["Asked", asyncio.StreamWriter], Awaitable[None]]


class Asked:
    """One request as it came."""

    def __init__(self, head: bytes, body: bytes) -> None:
        lines = head.decode().split("\r\n")
        self.method, self.path, _ = lines[0].split(" ", 2)
        self.headers = {
            name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:] if line)
        }
        self.body = body


def answer(body: bytes = b"[]", status: int = 200, **headers: str) -> bytes:
    """Return a whole response."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in ({"Content-Length": str(len(body))} | named).items())
    return f"HTTP/1.1 {status} Said\r\n{lines}\r\n".encode() + body


class ToyTwin:
    """Answers `reply(asked)` to each request; what came is in `asked`.

    Attributes:
        queue: bodies for the next questions; then `[]`.
        post: body of the answer to what is sent.
        reply: does everything by itself where it is set.
        asked: every request, in order.
        connections: how many connections were made.
    """

    def __init__(self, *queue: bytes, context: ssl.SSLContext | None = None) -> None:
        self.queue = list(queue)
        self.post = b'{"status":"SUCCESS"}'
        self.reply: Reply | None = None
        self.asked: list[Asked] = []
        self.connections = 0
        self.port = 0
        self._context = context
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()

    @property
    def address(self) -> str:
        """The address of the socket whose twin this is."""
        return f"{'ws' if self._context is None else 'wss'}://127.0.0.1:{self.port}/api/sockets/toy"

    @property
    def sent(self) -> list[bytes]:
        """Every message that was sent here."""
        return [asked.body for asked in self.asked if asked.method == "POST"]

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port, ssl=self._context)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for writer in tuple(self._writers):
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._writers.add(writer)
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                head = await reader.readuntil(b"\r\n\r\n")
                asked = Asked(head, b"")
                asked.body = await reader.readexactly(int(asked.headers.get("content-length", "0")))
                self.asked.append(asked)
                if self.reply is not None:
                    await self.reply(asked, writer)
                elif asked.headers.get("api-key") != KEY:
                    writer.write(answer(b'{"status":"FAILURE","errorCode":"INVALID_API_KEY"}', 401))
                elif asked.method == "POST":
                    writer.write(answer(self.post))
                else:
                    writer.write(answer(self.queue.pop(0) if self.queue else b"[]"))
                await writer.drain()
        finally:
            self._writers.discard(writer)
            writer.close()
