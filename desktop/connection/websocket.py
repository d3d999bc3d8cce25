"""The one socket to the gateway: connects, keeps alive, hands frames on, tries again (reliability 2).

`protocol.session` decides, this is its shell. A returned `send` means "handed to the system", never "delivered".
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import random
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Literal, Protocol

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.protocol import State

from desktop import __version__
from desktop.clock import Clock
from desktop.connection.address import checked, is_loopback, tls
from desktop.connection.trouble import GONE, LinkError, close_code, of_opening, of_session
from desktop.delivery.backoff import STEADY_S, Trouble, is_worth_retrying, pauses
from desktop.domain.lifecycle import LinkState
from desktop.errors import EnvironmentFailure, NoConnection
from desktop.protocol.session import (
    KEY_ANSWER_LIMIT_S,
    Action,
    Close,
    Connected,
    Fail,
    SendFrame,
    SendKey,
    Session,
)

log = logging.getLogger(__name__)

MAX_FRAME_BYTES: Final = 16 * 1024 * 1024
"""The largest message taken; with `_MAX_QUEUE` it bounds the memory waiting messages can use."""

_MAX_QUEUE: Final = 4
_BATCH: Final = 200  # frames handed on at once, at most (reliability 4.1)
_BATCH_BYTES: Final = 1024 * 1024  # large frames come alone: what waits stays in the socket
_POURING: Final = 8  # so many are here already: more is coming
_GATHER_S: Final = 0.02  # then so long is waited for the rest of the batch (reliability 4.1)
_PING_S: Final = 10.0
_OPEN_S: Final = 10.0
_CLOSE_S: Final = 5.0
_SLICE_S: Final = 0.004
_REST_S: Final = 0.001
_STOP_S: Final = 1.0
_LOOK_S: Final = 5.0

Proxy = str | Literal[True] | None


class Key(Protocol):
    """A secret that shows itself only when asked to."""

    def reveal(self) -> str:
        """Return the key in clear."""
        ...


KeySource = Callable[[], Awaitable[Key | None]]
Arrival = tuple[bytes, datetime]
"""A frame and our receipt of it (UTC)."""

OnFrames = Callable[[Sequence[Arrival]], Awaitable[None]]
OnState = Callable[[LinkState, str, datetime | None], None]


class NotWritten(NoConnection):
    """No byte of the message went out: the connection was closed before the call."""

    def __init__(self) -> None:
        super().__init__("link.not_written")


class _DirectConnect(connect):
    """Connects to the address given and nowhere else: the key must not follow a redirect."""

    def process_redirect(self, exc: Exception) -> Exception | str:
        """Return the redirect as the error it is for us."""
        return exc


def pin_logging() -> None:
    """Keep the library from logging frames: at DEBUG it prints the first one, which is the key (reliability 2)."""
    for name in ("websockets", "websockets.client"):
        logging.getLogger(name).setLevel(logging.INFO)


class WebSocketLink:
    """One company's connection to the gateway, from `run` to `stop`.

    The key is asked for before connecting, so that a slow keystore never eats the gateway's ten seconds; without one
    there is no connection. Frames go to `on_frames` in order, which is awaited, before anything else is done with them;
    those that are here already go together; one alone never waits for another.

    Attributes:
        state: what the connection bar says.
        detail: key below `link.` where there is more to say; else empty.
        connected_since: monotonic second since which messages may go out; None while they may not.
    """

    def __init__(
        self,
        *,
        address: str,
        key_source: KeySource,
        on_frames: OnFrames,
        on_state: OnState,
        clock: Clock,
        ca_file: str = "",
        proxy: Proxy = True,
        make_pauses: Callable[[], Iterator[float]] = lambda: pauses(random.random),
        key_answer_limit_s: float = KEY_ANSWER_LIMIT_S,
        max_frame_bytes: int = MAX_FRAME_BYTES,
    ) -> None:
        """Make a link that is off.

        Args:
            address: `wss://` to any host, or `ws://` to the literal loopback.
            key_source: gives the key, or None where there is none yet.
            on_frames: stores frames with our receipt; an `EnvironmentFailure` of it ends the connection.
            on_state: hears of each change with `detail` and, while reconnecting, the time of the next try.
            clock: the time.
            ca_file: one more authority to trust.
            proxy: the user's proxy; True for the system's. Never used for loopback.
            make_pauses: seconds between tries.
            key_answer_limit_s: how long the gateway may take to answer the key.
            max_frame_bytes: the largest message taken.
        """
        self.state = LinkState.OFF
        self.detail = ""
        self.connected_since: float | None = None
        self._address = address
        self._key_source = key_source
        self._on_frames = on_frames
        self._on_state = on_state
        self._clock = clock
        self._ca_file = ca_file
        self._proxy = proxy
        self._make_pauses = make_pauses
        self._key_answer_limit_s = key_answer_limit_s
        self._max_frame_bytes = max_frame_bytes
        self._session = Session()
        self._socket: ClientConnection | None = None
        self._task: asyncio.Task[Any] | None = None
        self._wake = asyncio.Event()
        self._ended = asyncio.Event()
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Keep the connection until `stop`; a final refusal waits for `retry_now`."""
        task = self._task = asyncio.current_task()
        self._ended.clear()
        try:
            await self._keep()
        except asyncio.CancelledError:
            if task is None or not self._stopping.is_set():
                raise
            task.uncancel()
        finally:
            self._task = None
            self._tell(LinkState.OFF)
            self._ended.set()

    async def stop(self) -> None:
        """End the connection promptly and let `run` return; frames already received are still handed on."""
        self._stopping.set()
        self._wake.set()
        task = self._task
        if task is None:
            return
        if self._socket is None:
            task.cancel()
        else:
            await self._hang_up(self._socket)
        try:
            async with asyncio.timeout(_STOP_S):
                await self._ended.wait()
        except TimeoutError:
            task.cancel()
            await self._ended.wait()

    def retry_now(self) -> None:
        """Try at once instead of at the end of the pause, and also after a final refusal."""
        if self._socket is None:
            self._wake.set()

    async def look(self) -> None:
        """Find out now whether the gateway is still there: the computer slept, or its network changed."""
        socket = self._socket
        if socket is None:
            self._wake.set()
            return
        try:
            async with asyncio.timeout(_LOOK_S):
                await (await socket.ping())
        except TimeoutError:
            log.info("no sign of the gateway after the computer slept or its network changed")
            with contextlib.suppress(*GONE):
                socket.transport.abort()
        except GONE:
            log.info("connection was gone when it was looked at")

    async def send(self, payload: bytes) -> None:
        """Hand a message to the system as one unfragmented text frame; that is no proof of delivery.

        Raises:
            NotWritten: the connection was closed before the call, so no byte went out.
        """
        socket = self._socket
        if socket is None or socket.state is not State.OPEN:
            raise NotWritten
        actions = self._session.send(payload, self._clock.monotonic())
        if not any(isinstance(action, SendFrame) for action in actions):
            raise NotWritten
        try:
            await socket.send(payload, text=True)
        except GONE:
            log.info("connection ended while a message was written; %d bytes", len(payload))

    async def _keep(self) -> None:
        waits = self._make_pauses()
        too_big = 0
        while not self._stopping.is_set():
            try:
                await self._once()
            except LinkError as failure:
                log.info("connection: %s", failure.detail)
                too_big = too_big + 1 if failure.trouble is Trouble.TOO_BIG else 0
                if self._was_steady():
                    waits = self._make_pauses()
                self.connected_since = None
                if self._stopping.is_set():
                    return
                await self._wait(failure, max(next(waits), failure.pause_s), too_big)
                if self._wake.is_set() and not self._stopping.is_set():
                    too_big, waits = 0, self._make_pauses()
                    self._tell(LinkState.CONNECTING)  # who asked for it sees the same answer as a new one
                self._wake.clear()

    def _was_steady(self) -> bool:
        return self.connected_since is not None and self._clock.monotonic() - self.connected_since >= STEADY_S

    async def _wait(self, failure: LinkError, pause_s: float, too_big: int) -> None:
        if is_worth_retrying(failure.trouble, too_big_in_a_row=too_big):
            self._tell(LinkState.RECONNECTING, failure.detail, self._clock.now() + timedelta(seconds=pause_s))
            try:
                async with asyncio.timeout(pause_s):
                    await self._wake.wait()
            except TimeoutError:
                return
        else:
            self._tell(FINAL_STATES.get(failure.detail, LinkState.REFUSED), failure.detail)
            await self._wake.wait()

    async def _once(self) -> None:
        """Connect once and stay until it ends.

        Raises:
            LinkError: always, with the reason it ended.
        """
        address = checked(self._address)
        context = tls(address, self._ca_file)
        key = await self._key_source()
        if key is None:
            raise LinkError(Trouble.KEY_REFUSED, "key_needed")
        self._tell(LinkState.CONNECTING)
        pin_logging()
        options: dict[str, Any] = {} if context is None else {"ssl": context}
        try:
            socket = await _DirectConnect(
                address,
                proxy=None if is_loopback(address) else self._proxy,
                open_timeout=_OPEN_S,
                ping_interval=_PING_S,
                ping_timeout=_PING_S,
                close_timeout=_CLOSE_S,
                max_size=self._max_frame_bytes,
                max_queue=_MAX_QUEUE,
                compression=None,
                user_agent_header=f"eManifest-Desk/{__version__}",
                **options,
            )
        except Exception as error:
            raise of_opening(error) from error
        self._session = Session(self._key_answer_limit_s)
        self._socket = socket
        try:
            await self._converse(socket, key)
        finally:
            self._socket = None
            await self._hang_up(socket)

    async def _converse(self, socket: ClientConnection, key: Key) -> None:
        session = self._session
        await self._act(session.opened(self._clock.monotonic()), socket, key)
        slice_began = self._clock.monotonic()
        while True:
            actions = await self._next(socket, session)
            await self._act(actions, socket, key)
            if self._clock.monotonic() - slice_began > _SLICE_S:  # a full queue never yields by itself
                await asyncio.sleep(_REST_S)
                slice_began = self._clock.monotonic()

    async def _next(self, socket: ClientConnection, session: Session) -> list[Action]:
        deadline = session.deadline
        limit_s = None if deadline is None else max(0.0, deadline - self._clock.monotonic())
        try:
            async with asyncio.timeout(limit_s):
                frame = await socket.recv(decode=False)
        except TimeoutError:
            return session.tick(self._clock.monotonic())
        except ConnectionClosed as error:
            return session.closed(close_code(error), self._clock.monotonic())
        batch = [(frame, self._clock.now())]
        await self._take_waiting(socket, batch)
        try:
            await self._on_frames(batch)
        except EnvironmentFailure as error:
            log.warning("a frame could not be stored: %s", error.code)
            raise LinkError(Trouble.NETWORK, "not_stored") from error
        return [action for body, _ in batch for action in session.frame(body, self._clock.monotonic())]

    async def _take_waiting(self, socket: ClientConnection, batch: list[Arrival]) -> None:
        """Add what is here already; what is too much for one batch stays in the socket.

        One alone never waits; while many pour in, a batch waits a moment to be full.
        """
        size = await self._take(socket, batch, len(batch[0][0]), 0)
        if len(batch) >= _POURING:
            await self._take(socket, batch, size, _GATHER_S)

    async def _take(self, socket: ClientConnection, batch: list[Arrival], size: int, limit_s: float) -> int:
        with contextlib.suppress(TimeoutError, ConnectionClosed):  # its end is met again by the next one who reads
            async with asyncio.timeout(limit_s):
                while len(batch) < _BATCH and size < _BATCH_BYTES:
                    frame = await socket.recv(decode=False)
                    batch.append((frame, self._clock.now()))
                    size += len(frame)
        return size

    async def _act(self, actions: list[Action], socket: ClientConnection, key: Key) -> None:
        """Do what the session decided; frames are stored before it sees them, so `Deliver` is done already."""
        for action in actions:
            if isinstance(action, SendKey):
                await self._send_key(socket, key)
            elif isinstance(action, Connected):
                self.connected_since = self._clock.monotonic()
                self._tell(LinkState.CONNECTED)
            elif isinstance(action, Close):
                await self._hang_up(socket)
            elif isinstance(action, Fail):
                raise of_session(action)

    async def _send_key(self, socket: ClientConnection, key: Key) -> None:
        try:
            await socket.send(json.dumps({"apiKey": key.reveal()}))
        except GONE:
            log.info("connection ended before the key was written")

    async def _hang_up(self, socket: ClientConnection) -> None:
        try:
            async with asyncio.timeout(_STOP_S):
                await socket.close()
        except TimeoutError:
            with contextlib.suppress(*GONE):
                socket.transport.abort()
        except GONE:
            log.info("connection was gone before it was closed")

    def _tell(self, state: LinkState, detail: str = "", retry_at: datetime | None = None) -> None:
        if (state, detail, retry_at) != (self.state, self.detail, None):
            self.state, self.detail = state, detail
            if state is not LinkState.CONNECTED:
                self.connected_since = None
            self._on_state(state, detail, retry_at)


FINAL_STATES: Final = {
    "key_refused": LinkState.KEY_REFUSED,
    "key_needed": LinkState.KEY_NEEDED,
}
"""What the bar says after a failure that is not tried again, by its detail; `REFUSED` for all others."""
