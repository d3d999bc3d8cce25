"""The HTTP way to the gateway, for networks that block sockets: asks for messages, sends one at a time (protocol 1).

It has the surface of `WebSocketLink` and is never used beside it for one key: whether socket and HTTP compete for one
queue is not known. What the gateway gives out it forgets, so a body is stored before anything else is done with it,
and where it cannot be stored it is kept here and nothing more is asked for.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
import random
import ssl
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Protocol

from desktop.clock import Clock
from desktop.connection.address import checked, tls
from desktop.connection.proxy import for_http
from desktop.connection.trouble import LinkError, UnreachedError
from desktop.connection.websocket import FINAL_STATES, Arrival, Key, KeySource, NotWritten, OnFrames, OnState
from desktop.delivery.backoff import STEADY_S, Trouble, is_worth_retrying, pauses
from desktop.delivery.polling import LONGEST_REST_S, SOON_S, Pace
from desktop.domain.lifecycle import LinkState
from desktop.errors import EnvironmentFailure
from desktop.protocol.receive_body import TOO_MANY, answers_in, is_web_page, messages_in, refusal_in
from desktop.protocol.session import KEY_REFUSALS

if TYPE_CHECKING:
    from desktop.connection.http_exchange import Answer

log = logging.getLogger(__name__)

_BATCH: Final = 200  # messages handed on at once, at most (reliability 4.1)
_STOP_S: Final = 1.0
_LAST_WORD_S: Final = 0.7
_GOOD: Final = range(200, 300)
_REDIRECTS: Final = range(300, 400)
_UNAUTHORIZED: Final = frozenset({401, 403})
_NOT_FOUND: Final = frozenset({404, 410})
_TOO_MANY: Final = 429
_BROKEN: Final = 500


class Exchange(Protocol):
    """What the link needs of HTTP; `http_exchange.HttpExchange` is the real one."""

    async def receive(self, key: Key) -> Answer:
        """Take what waits at the gateway."""
        ...

    async def send(self, key: Key, payload: bytes) -> Answer:
        """Send one message."""
        ...

    async def close(self) -> None:
        """End everything."""
        ...


OpenExchange = Callable[[str, ssl.SSLContext | None, str | None, Clock], Awaitable[Exchange]]


async def open_exchange(address: str, context: ssl.SSLContext | None, proxy: str | None, clock: Clock) -> Exchange:
    """Return the real exchange; its library takes a fifth of a second to load, so that is done in a thread."""
    module = await asyncio.to_thread(importlib.import_module, "desktop.connection.http_exchange")
    made: Exchange = module.HttpExchange(address, context=context, proxy=proxy, clock=clock)
    return made


class NotTaken(NotWritten):
    """The gateway refused the request at its door: nothing of the message was looked at."""


def refusal_of(answer: Answer) -> LinkError | None:
    """Return why an answer is no answer to what was asked; None where it is one."""
    code, status = refusal_in(answer.body), answer.status
    if code in KEY_REFUSALS or status in _UNAUTHORIZED:
        return LinkError(Trouble.KEY_REFUSED, "key_refused")
    if code == TOO_MANY or status == _TOO_MANY:
        return LinkError(Trouble.BUSY, "too_many", pause_s=answer.retry_after_s or 0.0)
    if status in _REDIRECTS:
        return LinkError(Trouble.REDIRECT, "redirect")
    if status in _NOT_FOUND:
        return LinkError(Trouble.NOT_FOUND, "not_found")
    if status >= _BROKEN:
        return LinkError(Trouble.BUSY, "busy", pause_s=answer.retry_after_s or 0.0)
    if is_web_page(answer.body, answer.content_type):
        return LinkError(Trouble.NETWORK, "web_page")
    return None if status in _GOOD and not code else LinkError(Trouble.NETWORK, "no_twin")


def _is_at_the_door(refusal: LinkError) -> bool:
    """Tell whether a refusal proves that nothing was taken: the key or the pace was refused, not the message."""
    return refusal.trouble is Trouble.KEY_REFUSED or refusal.detail == "too_many"


class HttpLink:
    """One company's way to the gateway over HTTP, from `run` to `stop`; attributes as of `WebSocketLink`.

    It counts as connected once a first question was answered. A message whose outcome is not known ends that: what was
    in flight is then in doubt, as over a socket that was cut.
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
        proxy: str = "",
        make_pauses: Callable[[], Iterator[float]] = lambda: pauses(random.random),
        opener: OpenExchange = open_exchange,
    ) -> None:
        """Make a link that is off.

        Args:
            address: of the socket; its HTTP twin is asked.
            key_source: gives the key, or None where there is none yet.
            on_frames: stores messages with our receipt; on an `EnvironmentFailure` it is asked again later.
            on_state: hears of each change with `detail` and, while reconnecting, the time of the next try.
            clock: the time.
            ca_file: one more authority to trust.
            proxy: empty for the system's, `none`, or `http://host:port`.
            make_pauses: seconds between tries.
            opener: makes the exchange.
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
        self._opener = opener
        self._open: tuple[Exchange, Key] | None = None
        self._up_since: float | None = None
        self._pace = Pace()
        self._failure: LinkError | None = None
        self._unstored: list[Arrival] = []
        self._line = asyncio.Lock()  # one request at a time
        self._bell = asyncio.Event()
        self._is_looking = False
        self._task: asyncio.Task[Any] | None = None
        self._wake = asyncio.Event()
        self._ended = asyncio.Event()
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Keep asking until `stop`; a final refusal waits for `retry_now`."""
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
            if self._unstored:
                log.warning("%d messages could not be stored before the end", len(self._unstored))
            self._tell(LinkState.OFF)
            self._ended.set()

    async def stop(self) -> None:
        """End promptly and let `run` return; a question that is under way may still bring what the gateway forgets."""
        self._stopping.set()
        self._wake.set()
        self._bell.set()
        task = self._task
        if task is None:
            return
        if self._open is None:
            task.cancel()
        try:
            async with asyncio.timeout(_STOP_S):
                await self._ended.wait()
        except TimeoutError:
            task.cancel()
            await self._ended.wait()

    def retry_now(self) -> None:
        """Try at once instead of at the end of the pause, and also after a final refusal."""
        if self._open is None:
            self._wake.set()

    async def look(self) -> None:
        """Find out now whether the gateway is still there: the computer slept, or its network changed."""
        if self._open is None:
            self._wake.set()
        else:
            self._is_looking = True
            self._bell.set()

    async def send(self, payload: bytes) -> None:
        """Send one message; its answer is stored before this returns, which is no proof of delivery.

        Raises:
            NotWritten: no byte of it went out, or the gateway refused key or pace before it looked at it.
        """
        async with self._line:
            if self._open is None or self.connected_since is None:
                raise NotWritten
            exchange, key = self._open
            self._pace.sent(self._clock.monotonic())
            try:
                refusal = await self._send(exchange, key, payload)
            except LinkError as failure:
                self._ring(failure)
                if isinstance(failure, UnreachedError):
                    raise NotWritten from None
                log.info("connection ended while a message was sent; %d bytes", len(payload))
                return
            self._ring(refusal)
            if refusal is not None and _is_at_the_door(refusal):
                raise NotTaken

    async def _send(self, exchange: Exchange, key: Key, payload: bytes) -> LinkError | None:
        answer = await exchange.send(key, payload)
        refusal = refusal_of(answer)
        if refusal is None or refusal.detail == "no_twin":  # what was refused by name may stand there, too
            await self._take(answers_in(answer.body) if answer.broken is None else [answer.body])
        return refusal or answer.broken

    def _ring(self, failure: LinkError | None) -> None:
        if failure is not None:
            self._failure = failure
            self.connected_since = None  # nothing more goes out before a question was answered
        self._bell.set()

    async def _keep(self) -> None:
        waits = self._make_pauses()
        too_big = 0
        while not self._stopping.is_set():
            try:
                await self._once()
            except LinkError as failure:
                log.info("connection: %s", failure.detail)
                too_big = too_big + 1 if failure.trouble is Trouble.TOO_BIG else 0
                if self._up_since is not None and self._clock.monotonic() - self._up_since >= STEADY_S:
                    waits = self._make_pauses()
                self._up_since = self.connected_since = None
                if self._stopping.is_set():
                    return
                await self._wait(failure, max(next(waits), failure.pause_s), too_big)
                if self._wake.is_set() and not self._stopping.is_set():
                    too_big, waits = 0, self._make_pauses()
                    self._tell(LinkState.CONNECTING)  # who asked for it sees the same answer as a new one
                self._wake.clear()

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
        """Ask until it fails or `stop` comes.

        Raises:
            LinkError: why it ended, other than by `stop`.
        """
        address = checked(self._address)
        context = tls(address, self._ca_file)
        async with self._line:
            await self._store()  # what could not be stored before comes first
        key = await self._key_source()
        if key is None:
            raise LinkError(Trouble.KEY_REFUSED, "key_needed")
        self._tell(LinkState.CONNECTING)
        proxy = await asyncio.to_thread(for_http, address, self._proxy)
        exchange = await self._opener(address, context, proxy, self._clock)
        self._pace, self._failure = Pace(), None
        self._open = (exchange, key)
        try:
            while not self._stopping.is_set():
                pause_s = await self._ask(exchange, key)
                if self.connected_since is None:
                    self._up_since = self.connected_since = self._clock.monotonic()
                    self._tell(LinkState.CONNECTED)
                await self._rest(pause_s)
        finally:
            self._open = None
            try:
                await self._finished()
            finally:
                await exchange.close()

    async def _finished(self) -> None:
        """Wait a moment for what is being sent: its answer may still come, and is stored then."""
        try:
            async with asyncio.timeout(_LAST_WORD_S), self._line:
                return
        except TimeoutError:
            log.info("a message is cut off in the middle")

    async def _ask(self, exchange: Exchange, key: Key) -> float:
        """Take what waits at the gateway; return the seconds until the next question."""
        async with self._line:
            self._raise_failure()  # of what was sent while this question waited
            answer = await exchange.receive(key)
            refusal = refusal_of(answer)
            if refusal is None or refusal.detail == "no_twin":
                messages = messages_in(answer.body) if answer.broken is None else [answer.body] * bool(answer.body)
                await self._take(messages)
            now = self._clock.monotonic()
            if refusal is None and answer.broken is None:
                return self._pace.asked(now, had_messages=bool(messages))
            if refusal is not None and refusal.detail == "too_many" and self._may_rest(refusal):
                log.info("asked too often")
                return self._pace.refused(refusal.pause_s)
            raise refusal or answer.broken or LinkError(Trouble.NETWORK, "no_twin")

    def _may_rest(self, refusal: LinkError) -> bool:
        """Tell whether a gateway that wants a rest is still a connection: it was one, and the rest is short."""
        return self.connected_since is not None and refusal.pause_s <= LONGEST_REST_S

    async def _rest(self, pause_s: float) -> None:
        """Wait until the next question is due; a message that went out in the meantime brings it nearer."""
        loop = asyncio.get_running_loop()
        due = loop.time() + pause_s
        while True:
            try:
                async with asyncio.timeout_at(due):
                    await self._bell.wait()
            except TimeoutError:
                return
            self._bell.clear()
            self._raise_failure()
            if self._stopping.is_set() or self._is_looking:
                self._is_looking = False
                return
            due = min(due, loop.time() + SOON_S)

    def _raise_failure(self) -> None:
        failure, self._failure = self._failure, None
        if failure is not None:
            raise failure

    async def _take(self, messages: Sequence[bytes]) -> None:
        """Store what came, before anything else is done with it."""
        at = self._clock.now()
        self._unstored += [(message, at) for message in messages]
        await self._store()

    async def _store(self) -> None:
        while self._unstored:
            batch, self._unstored = self._unstored[:_BATCH], self._unstored[_BATCH:]
            try:
                await self._on_frames(batch)
            except EnvironmentFailure as error:
                self._unstored[:0] = batch
                log.warning("messages could not be stored: %s", error.code)
                raise LinkError(Trouble.NETWORK, "not_stored") from error

    def _tell(self, state: LinkState, detail: str = "", retry_at: datetime | None = None) -> None:
        if (state, detail, retry_at) != (self.state, self.detail, None):
            self.state, self.detail = state, detail
            if state is not LinkState.CONNECTED:
                self.connected_since = None
            self._on_state(state, detail, retry_at)
