"""The door of the data folder: where commands and a second start ask the running owner (product, one owner)."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
import logging
import os
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

from desktop.errors import DesktopError
from desktop.owner import knock
from desktop.owner.wire import FILE, LONGEST_LINE, REQUESTS, VERSION
from desktop.tasks import TaskKeeper

log = logging.getLogger(__name__)

Answer = AsyncIterator[dict[str, Any]] | Awaitable[dict[str, Any]]
Handler = Callable[[str, dict[str, Any]], Answer]
Write = Callable[[Path, bytes], None]

_HOST = "127.0.0.1"
_MOST_STRANGERS = 32  # who has not shown the token; each may fill twice the longest line
_MOST_ASKERS = 64
_GO_PATIENCE = 10  # times longer for the go: an asker that is late with it would not know what came of its request
_FILE_TRIES = 40
_FILE_PAUSE_S = 0.05


class _AskerGoneError(OSError):
    """Nobody takes our lines any more; what a service itself meets on the disk is another matter."""


class Door:
    """Listens on this computer alone, on a port of the system's choice, and lets in who has the token.

    What is garbage, too long, too slow or without the token is dropped without an answer. Of those who have not shown
    the token the oldest gives way to a newcomer where there are too many, so that a flood keeps nobody out for long;
    who is sent away before his request was taken asks again.
    """

    def __init__(
        self,
        folder: Path,
        keeper: TaskKeeper,
        *,
        write: Write,
        requests: frozenset[str] = REQUESTS,
        patience_s: float = 2.0,
        sign_of_life_s: float = 1.0,
        grace_s: float = 0.0,
    ) -> None:
        """Make a closed door.

        Args:
            folder: the data folder, whose lock the caller holds.
            keeper: keeps the tasks of those who ask.
            write: puts a file in place whole and private.
            requests: the closed list of what may be asked.
            patience_s: seconds an asker has for each of its lines, and to take each of ours.
            sign_of_life_s: seconds between lines while a service works.
            grace_s: seconds those who still ask at the end have for their answer.
        """
        self._file = folder / FILE
        self._keeper = keeper
        self._write = write
        self._requests = requests
        self._patience_s = patience_s
        self._sign_of_life_s = sign_of_life_s
        self._grace_s = grace_s
        self._is_ending = False
        self._token = secrets.token_hex(32)
        self._server: asyncio.Server | None = None
        self._handler: Handler | None = None
        self._askers: dict[asyncio.StreamWriter, asyncio.Task[None]] = {}
        self._strangers: dict[asyncio.StreamWriter, None] = {}  # in the order in which they came

    async def serve(self, handler: Handler) -> None:
        """Open the door: `handler(request, args)` answers with lines, or with one. `ping` is answered here.

        A DesktopError it raises reaches the asker with its code and values.
        """
        self._handler = handler
        self._server = await asyncio.start_server(self._meet, _HOST, 0, limit=LONGEST_LINE)
        port = self._server.sockets[0].getsockname()[1]
        said = {"v": VERSION, "port": port, "token": self._token, "pid": os.getpid()}
        await self._put(json.dumps(said).encode())

    async def _put(self, said: bytes) -> None:
        """Write the file; Windows lets nobody replace it while somebody reads what a dead owner left."""
        for _ in range(_FILE_TRIES - 1):
            try:
                return await asyncio.to_thread(self._write, self._file, said)
            except PermissionError:
                await asyncio.sleep(_FILE_PAUSE_S)
        return await asyncio.to_thread(self._write, self._file, said)

    async def stop(self) -> None:
        """Close the door, send away who is still asking after a time of grace, and take the file out if it is ours."""
        if self._server is None:
            return
        self._is_ending = True  # whose request was not taken yet asks the next owner: nothing of it was done
        self._server.close()
        if self._askers and self._grace_s:
            await asyncio.wait(list(self._askers.values()), timeout=self._grace_s)
        hearings = list(self._askers.values())
        for asker in self._askers:
            asker.transport.abort()
        if hearings:
            await asyncio.wait(hearings, timeout=self._patience_s)
        found = knock.read(self._file.parent)
        if found is not None and found.token == self._token:
            try:
                self._file.unlink(missing_ok=True)
            except OSError:
                log.info("the file of the door is left: somebody reads it")  # the next owner replaces it
        self._server = None

    def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._is_ending or len(self._askers) - len(self._strangers) >= _MOST_ASKERS:
            writer.transport.abort()
            return
        if len(self._strangers) >= _MOST_STRANGERS:
            oldest = next(iter(self._strangers))
            del self._strangers[oldest]
            oldest.transport.abort()  # its reading ends, and so its task
        self._strangers[writer] = None
        self._askers[writer] = self._keeper.start(self._hear(reader, writer), name="owner's door")

    async def _hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            asked = await self._admitted(reader)
            if asked is not None:
                self._strangers.pop(writer, None)
                await self._answer(asked, reader, writer)
        except (OSError, ValueError):
            log.info("somebody at the door was sent away")
        finally:
            self._askers.pop(writer, None)
            self._strangers.pop(writer, None)
            writer.close()

    async def _admitted(self, reader: asyncio.StreamReader) -> dict[str, Any] | None:
        """Return the request of one who has the token; None for all others."""
        async with asyncio.timeout(self._patience_s):
            line = await reader.readline()  # too long: ValueError
        try:
            asked = json.loads(line)
        except (ValueError, RecursionError):
            return None
        if not isinstance(asked, dict):
            return None
        token = asked.get("token")
        known = isinstance(token, str) and hmac.compare_digest(token.encode("utf-8", "replace"), self._token.encode())
        return asked if known else None

    async def _answer(self, asked: dict[str, Any], reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request, args = asked.get("request"), asked.get("args", {})
        is_known = isinstance(request, str) and request in self._requests
        if asked.get("v") != VERSION or not isinstance(args, dict) or not is_known:
            await self._say(writer, error={"code": "owner.other_version", "values": {}, "exit_code": 5})
            return
        if self._is_ending:
            return
        await self._say(writer, taken=True)
        async with asyncio.timeout(_GO_PATIENCE * self._patience_s):
            go = json.loads(await reader.readline())  # nothing, where the asker has given up: ValueError
        if not isinstance(go, dict) or go.get("go") is not True:
            return
        work = self._keeper.start(self._work(str(request), args, writer), name=f"asked: {request}")
        life = self._keeper.start(self._live(writer), name="sign of life")
        gone = self._keeper.start(self._gone(reader), name="asker gone")
        try:
            await asyncio.wait((work, gone), return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (work, life, gone):
                task.cancel()
            await asyncio.wait((work, life, gone))

    async def _work(self, request: str, args: dict[str, Any], writer: asyncio.StreamWriter) -> None:
        try:
            if request != "ping" and self._handler is not None:
                answer = self._handler(request, args)
                if isinstance(answer, AsyncIterator):
                    async for line in answer:
                        await self._say(writer, line=line)
                else:
                    await self._say(writer, line=await answer)
            await self._say(writer, end=True)
        except DesktopError as error:
            values = {name: value if isinstance(value, int) else str(value) for name, value in error.values.items()}
            await self._say(writer, error={"code": error.code, "values": values, "exit_code": error.exit_code})
        except _AskerGoneError:
            log.info("the asker of %s went away", request)
        except Exception:
            await self._say(writer, error={"code": "owner.failed", "values": {}, "exit_code": 1})
            raise  # a bug of ours: the keeper reports it

    async def _gone(self, reader: asyncio.StreamReader) -> None:
        with contextlib.suppress(OSError):
            await reader.read(1)  # an asker has nothing more to say: this is its end, or a breach

    async def _live(self, writer: asyncio.StreamWriter) -> None:
        while True:
            await asyncio.sleep(self._sign_of_life_s)
            writer.write(b'{"v":%d,"alive":true}\n' % VERSION)

    async def _say(self, writer: asyncio.StreamWriter, **said: object) -> None:
        writer.write(json.dumps({"v": VERSION, **said}).encode() + b"\n")
        try:
            async with asyncio.timeout(self._patience_s):
                await writer.drain()
        except OSError as error:  # TimeoutError is one
            raise _AskerGoneError from error
