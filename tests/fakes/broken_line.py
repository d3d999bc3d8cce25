"""A line between the desk and the far end that a test can freeze, cut after so many bytes, or pull out."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Self
from urllib.parse import urlsplit


class BrokenLine:
    """Passes TCP on between two ports, as long as the test lets it.

    Attributes:
        opened: how many connections were made.
        is_frozen: nothing passes either way, and nobody is told.
        let_through: how many more bytes may pass to the far end, over all connections; None for all. The last of
            them are followed by the cut.
        cuts: how many connections were cut for that.
    """

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._port = parts.port or 0
        self._path = parts.path
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = 0
        self.opened = 0
        self.cuts = 0
        self.is_frozen = False
        self.let_through: int | None = None

    @property
    def address(self) -> str:
        """Where the desk connects to."""
        return f"ws://127.0.0.1:{self.port}{self._path}"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        self.pull()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def pull(self) -> None:
        """Cut every connection at once."""
        for writer in tuple(self._writers):
            writer.transport.abort()

    async def _serve(self, near_in: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.opened += 1
        self._writers.add(near_out)
        try:
            far_in, far_out = await asyncio.open_connection("127.0.0.1", self._port)
        except OSError:
            near_out.transport.abort()
            return
        finally:
            self._tasks.discard(task)
        self._tasks.add(task)
        self._writers.add(far_out)
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                await asyncio.gather(self._pass(near_in, far_out, is_out=True), self._pass(far_in, near_out))
        finally:
            for writer in (near_out, far_out):
                writer.transport.abort()
                self._writers.discard(writer)
            self._tasks.discard(task)

    async def _pass(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, *, is_out: bool = False) -> None:
        while data := await source.read(65536):
            if self.is_frozen:
                continue  # swallowed, as a dead radio link would
            if is_out and self.let_through is not None:
                data, is_cut = data[: self.let_through], len(data) > self.let_through
                self.let_through -= len(data)
                target.write(data)
                await target.drain()
                if is_cut or self.let_through == 0:
                    self.cuts += 1
                    self.let_through = None
                    raise ConnectionResetError
                continue
            target.write(data)
            await target.drain()
        raise ConnectionResetError  # one side has gone: so does the other
