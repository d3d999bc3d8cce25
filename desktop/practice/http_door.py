"""The practice service's HTTP twin: POST /api/send, GET /api/receive, on the same port as its sockets (protocol 1).

What a client says first tells which of the two it wants. HTTP is read by hand here, so that nothing is shared with the
program's own way of speaking it, and so that an answer can fail in the middle.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any, cast

from websockets.asyncio.server import ServerConnection

from desktop.practice.gateway import read_object
from desktop.practice.journal import Journal
from desktop.practice.mailbox import Frame, Mailbox
from desktop.practice.personality import Personality
from desktop.practice.scenario import Action
from desktop.tasks import TaskKeeper

PATHS = {"/api/send/": "POST", "/api/receive/": "GET"}
_HEAD = 16 * 1024
_LONGEST = 16 * 1024 * 1024
_LIMIT_S = 10.0

Headers = dict[str, str]
Take = Callable[[str, "HttpCaller"], Awaitable[None]]


class HttpCaller:
    """Who asks over HTTP: for the player a connection that can only be answered once.

    Attributes:
        answer: the API_RESPONSE to what was sent, where the body is to carry it.
        is_gone: no answer goes out any more.
        is_frozen: nor is the connection ended.
    """

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self.answer: Frame | None = None
        self.is_gone = False
        self.is_frozen = False
        self._writer = writer

    async def send(self, frame: Frame) -> bool:
        """Keep the one answer that was asked for; everything else has to wait until it is collected."""
        value = read_object(frame) if isinstance(frame, str) else None
        if self.answer is None and value is not None and value.get("data") == "API_RESPONSE":
            self.answer = frame
            return True
        return False

    async def close(self, code: int) -> None:  # noqa: ARG002 - HTTP knows no close codes
        """End it without an answer."""
        self.is_gone = True

    def drop(self) -> None:
        """Cut it off."""
        self.is_gone = True
        self._writer.transport.abort()

    def freeze(self) -> None:
        """Never answer."""
        self.is_gone = self.is_frozen = True

    async def admit(self, response: Mapping[str, Any]) -> None:
        """Do nothing: each request brings the key."""


class HttpDoor:
    """Answers HTTP requests.

    Attributes:
        requests: method and path of everything that was asked.
        sent: how many messages came by POST.
    """

    def __init__(
        self,
        *,
        suffix: str,
        api_key: str,
        mailbox: Mailbox,
        personality: Callable[[], Personality],
        take: Take,
        instead: Callable[[], Action | None],
        journal: Journal,
        keeper: TaskKeeper,
    ) -> None:
        """Make it.

        Args:
            suffix: the one company's.
            api_key: the one good key.
            mailbox: what waits to be collected.
            personality: how it behaves where nobody knows.
            take: hands a message to the gateway and plays what it sets off.
            instead: says what to answer in place of everything else, if the scenario wants that.
            journal: the log.
            keeper: of the tasks.
        """
        self.requests: list[str] = []
        self.sent = 0
        self._suffix = suffix
        self._api_key = api_key
        self._mailbox = mailbox
        self._personality = personality
        self._take = take
        self._instead = instead
        self._journal = journal
        self._keeper = keeper
        self._silent: set[asyncio.Transport] = set()

    # --- who comes in -----------------------------------------------------------------------------------------------

    def entrance(self, *values: Any, **options: Any) -> ServerConnection:
        """Return what a new connection meets first."""
        return _Entrance(self, *values, **options)

    def wait_for(self, transport: asyncio.Transport) -> None:
        """Remember a connection that has not said anything."""
        self._silent.add(transport)

    def heard_from(self, transport: asyncio.Transport) -> None:
        """Forget it."""
        self._silent.discard(transport)

    def drop_all(self) -> None:
        """Cut off who never said what he wants."""
        for transport in tuple(self._silent):
            transport.abort()

    def let_in(self, transport: asyncio.Transport, first: bytes) -> None:
        """Serve HTTP on a connection from its first bytes on."""
        reader = asyncio.StreamReader(limit=_HEAD)
        protocol = asyncio.StreamReaderProtocol(reader, self._begin)
        transport.set_protocol(protocol)
        protocol.connection_made(transport)
        protocol.data_received(first)

    def _begin(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._keeper.start(self._serve(reader, writer), name="practice http")

    # --- one request ------------------------------------------------------------------------------------------------

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        caller = HttpCaller(writer)
        try:
            async with asyncio.timeout(_LIMIT_S):
                method, path, headers = _head(await reader.readuntil(b"\r\n\r\n"))
                length = headers.get("content-length", "0")
                size = int(length) if length.isascii() and length.isdigit() else 0
                body = await reader.readexactly(min(size, _LONGEST))
            self.requests.append(f"{method} {path}")
            status, more, answer = await self._answer(method, path, headers, body, caller)
            if caller.is_frozen:
                await reader.read()  # until the other side gives up
            if not caller.is_gone:
                writer.write(_response(status, more, answer))
                await writer.drain()
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
            self._journal.note("http_broken")
        finally:
            writer.close()

    async def _answer(
        self, method: str, path: str, headers: Headers, body: bytes, caller: HttpCaller
    ) -> tuple[int, Headers, bytes]:
        action = self._instead()
        if action is not None:
            return self._other(action)
        begin = next((one for one in PATHS if path.startswith(one)), "")
        if not begin:
            self._journal.note("wrong_path")
            return HTTPStatus.NOT_FOUND, {}, b"There is no such address here.\n"
        if method != PATHS[begin]:
            return self._refusal(HTTPStatus.METHOD_NOT_ALLOWED, "WRONG_HTTP_METHOD")
        key = headers.get("api-key", "")
        if not key:
            return self._refusal(HTTPStatus.UNAUTHORIZED, "MISSING_API_KEY")
        if not hmac.compare_digest(key.encode(), self._api_key.encode()):
            return self._refusal(HTTPStatus.UNAUTHORIZED, "INVALID_API_KEY")
        if path != f"{begin}{self._suffix}":
            return self._refusal(HTTPStatus.FORBIDDEN, "API_KEY_URL_MISMATCH")
        if method == "GET":
            return HTTPStatus.OK, {}, self.hand_out(self._collected())
        return await self._sent(body, caller)

    def _other(self, action: Action) -> tuple[int, Headers, bytes]:
        values = action.values
        self._journal.note("no_upgrade", status=values["status"])
        named = {"Location": "location", "Retry-After": "retry_after"}
        return values["status"], {name: str(values[one]) for name, one in named.items() if one in values}, b""

    def _refusal(self, status: HTTPStatus, code: str) -> tuple[int, Headers, bytes]:
        self._journal.note("http_refused", code=code)
        is_plain = self._personality().http_refusal == "ok"
        return HTTPStatus.OK if is_plain else status, {}, _json({"status": "FAILURE", "errorCode": code})

    async def _sent(self, body: bytes, caller: HttpCaller) -> tuple[int, Headers, bytes]:
        self.sent += 1
        way = self._personality().http_answer
        try:
            text = body.decode()
        except UnicodeDecodeError:
            text = ""
        if read_object(text) is None:
            return self._refusal(HTTPStatus.BAD_REQUEST, "FAILED_TO_IMPORT_DATA")
        if way == "response":
            self._mailbox.attach(caller)
        try:
            await self._take(text, caller)
        finally:
            self._mailbox.leave(caller)
        if caller.answer is not None:
            return HTTPStatus.OK, {}, self.hand_out([caller.answer])
        return HTTPStatus.OK, {}, b"" if way == "empty" else self.receipt()

    def receipt(self) -> bytes:
        """Return the word that a message came, which says nothing of what became of it."""
        return _json({"status": "SUCCESS"})

    def _collected(self) -> list[Frame]:
        """Return what is given out now; what is no JSON goes alone, because it would spoil the rest."""
        if self._personality().http_body == "object":
            return self._mailbox.collect(1)
        found: list[Frame] = []
        while frames := self._mailbox.collect(1):
            if _is_json(frames[0]):
                found += frames
                continue
            if found:
                self._mailbox.put_back(frames[0])
                return found
            return frames
        return found

    def hand_out(self, frames: list[Frame]) -> bytes:
        """Return the body that carries these frames (switch `http_body`)."""
        if len(frames) == 1 and not _is_json(frames[0]):
            return frames[0].encode() if isinstance(frames[0], str) else frames[0]
        texts = [frame for frame in frames if isinstance(frame, str)]
        if self._personality().http_body == "object":
            return (texts[0] if texts else "null").encode()
        if self._personality().http_body == "empty" and not texts:
            return b""
        array = f"[{','.join(texts)}]"
        return (f'{{"messages":{array}}}' if self._personality().http_body == "messages" else array).encode()


class _Entrance(ServerConnection):
    """A new connection: a socket is opened only once its first line has asked for one."""

    def __init__(self, door: HttpDoor, *values: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        self._door = door
        self._first = b""
        self._is_socket = False
        self._coming: asyncio.Transport | None = None
        self._limit: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait for the first line."""
        self._coming = cast("asyncio.Transport", transport)
        self._door.wait_for(self._coming)
        self._limit = asyncio.get_running_loop().call_later(_LIMIT_S, self._coming.abort)

    def data_received(self, data: bytes) -> None:
        """Go the way that the first line asks for."""
        if self._is_socket:
            super().data_received(data)
            return
        self._first += data
        line, found, _ = self._first.partition(b"\r\n")
        if self._coming is None or not (found or len(self._first) > _HEAD):
            return
        self._leave_door()
        if line.startswith(b"GET ") and not line.startswith(b"GET /api/receive"):
            self._is_socket = True
            super().connection_made(self._coming)
            super().data_received(self._first)
        else:
            self._door.let_in(self._coming, self._first)

    def eof_received(self) -> None:
        """Say nothing to who leaves without a word."""
        if self._is_socket:
            super().eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._leave_door()
        if self._is_socket:
            super().connection_lost(exc)

    def _leave_door(self) -> None:
        if self._limit is not None:
            self._limit.cancel()
        if self._coming is not None:
            self._door.heard_from(self._coming)


def _head(head: bytes) -> tuple[str, str, Headers]:
    first, *lines = head.decode("latin-1").split("\r\n")
    method, path, _ = first.split(" ", 2)
    pairs = (line.partition(":") for line in lines if line)
    return method, path, {name.strip().lower(): value.strip() for name, _, value in pairs}


def _response(status: int, more: Headers, body: bytes) -> bytes:
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = "Unknown"
    kind = {"Content-Type": "application/json"} if body[:1] in {b"{", b"[", b"n"} else {}
    headers = kind | {"Content-Length": str(len(body)), "Connection": "close"} | more
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status} {phrase}\r\n{lines}\r\n".encode() + body


def _is_json(frame: Frame) -> bool:
    if not isinstance(frame, str):
        return False
    try:
        json.loads(frame)
    except (ValueError, RecursionError):
        return False
    return True


def _json(value: object) -> bytes:
    return json.dumps(value).encode()
