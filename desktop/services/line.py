"""One connection to the gateway: its socket, its courier, and the companies that share it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from desktop.clock import Clock, new_id
from desktop.domain.lifecycle import LinkState
from desktop.errors import DesktopError, EnvironmentFailure
from desktop.security.secret import Secret
from desktop.services.backlog import FEW, Backlog
from desktop.services.changes import Changes
from desktop.services.courier import Courier, Owner
from desktop.services.listening import Listening
from desktop.services.one_sender import KEY_IN_USE, OneSender
from desktop.services.receiving import Arrival, Receiving, Stored
from desktop.services.views import Subject
from desktop.store import Store
from desktop.store.records import Company
from desktop.tasks import TaskKeeper

if TYPE_CHECKING:
    from desktop.connection.http import HttpLink
    from desktop.connection.websocket import WebSocketLink

log = logging.getLogger(__name__)

KeyOf = Callable[[str], Awaitable[Secret | None]]

_STOP_S = 6.0
_AGAIN_S = 1.0
_CONCLUSIVE = frozenset(
    {LinkState.CONNECTED, LinkState.KEY_REFUSED, LinkState.KEY_NEEDED, LinkState.REFUSED, LinkState.RECONNECTING}
)


class Line:
    """One connection: its socket, its courier, and the companies that share it."""

    def __init__(
        self,
        companies: Sequence[Company],
        *,
        store: Store,
        receiving: Receiving,
        key_of: KeyOf,
        owner: Owner,
        listening: Listening,
        changes: Changes,
        clock: Clock,
        keeper: TaskKeeper,
        leases: Path | None = None,
    ) -> None:
        self.companies = list(companies)
        self._listening = listening
        self._receiving = receiving
        self._key_of = key_of
        self._changes = changes
        self._clock = clock
        self._keeper = keeper
        self._one_sender = OneSender(leases)
        self.state = LinkState.OFF
        self.since = clock.now()
        self.retry_at: datetime | None = None
        self.detail = ""
        self.last_message_at: datetime | None = None
        self.settled = asyncio.Event()
        self._is_holding = False
        self._connection = new_id(clock.now())
        self._tasks: list[asyncio.Task[Any]] = []
        self._notes: set[asyncio.Task[Any]] = set()
        self.socket = self._connection_of()
        self.courier = Courier(store, self.socket, companies, owner, changes, clock)
        self.courier.is_behind = lambda: self._is_holding or not self._backlog.is_empty
        self._backlog = Backlog(self._understand, self._catch_up, on_done=self.courier.kick)

    @property
    def way(self) -> str:
        """`http` where messages are asked for, else `socket`: carriers at one address share it."""
        return "http" if any(company.way == "http" for company in self.companies) else "socket"

    def _connection_of(self) -> WebSocketLink | HttpLink:
        """Return the one connection: carriers at one address share it, and what one of them chose holds."""
        from desktop.connection.proxy import for_socket
        from desktop.connection.websocket import WebSocketLink

        ca_file = next((company.ca_file for company in self.companies if company.ca_file), "")
        proxy = next((company.proxy for company in self.companies if company.proxy), "")
        if self.way == "http":
            from desktop.connection.http import HttpLink

            return HttpLink(
                address=self.address,
                key_source=self._key,
                on_frames=self._on_frames,
                on_state=self._on_state,
                clock=self._clock,
                ca_file=ca_file,
                proxy=proxy,
            )
        return WebSocketLink(
            address=self.address,
            key_source=self._key,
            on_frames=self._on_frames,
            on_state=self._on_state,
            clock=self._clock,
            ca_file=ca_file,
            proxy=for_socket(self.address, proxy),
        )

    @property
    def address(self) -> str:
        """The gateway address of this line."""
        return self.companies[0].address

    def start(self) -> None:
        """Connect, deliver and listen until stopped."""
        name = urlsplit(self.address).hostname or "gateway"
        self._tasks = [
            self._keeper.start(self.socket.run(), name=f"connection to {name}"),
            self._keeper.start(self.courier.run(), name=f"courier to {name}"),
            self._keeper.start(self._follow(), name=f"messages of {name}"),
        ]

    async def stop(self) -> None:
        """Close the connection; what was in flight is not sure any more."""
        try:
            await self._stop()
        finally:
            await self._one_sender.give_back()  # nothing goes out any more

    async def _stop(self) -> None:
        await self.socket.stop()
        if self._tasks:
            try:
                async with asyncio.timeout(_STOP_S):
                    await self._backlog.settled()
            except TimeoutError:
                log.info("messages are left to be understood at the next start")
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_STOP_S)
        self._tasks = []
        if self._notes:
            await asyncio.wait(self._notes, timeout=_STOP_S)
        await self.courier.link_lost()
        self.settled.set()

    async def catch_up(self) -> None:
        """Understand what is stored of this line's messages and was not understood; only while it is not connected."""
        await self._backlog.catch_up()

    async def _catch_up(self, after: int) -> None:
        companies = {company.id for company in self.companies}
        await self._receiving.catch_up(self.courier.heard, companies, sift=self.courier.sift, after=after)

    async def _understand(self, stored: Sequence[Stored]) -> None:
        await self._receiving.understand(
            stored, companies=self.companies, apply=self.courier.heard, sift=self.courier.sift
        )

    async def _follow(self) -> None:
        """Understand what comes; where that fails nothing more is taken, and the user is told."""
        try:
            await self._backlog.run()
        except Exception:
            await self.socket.stop()
            raise

    async def _key(self) -> Secret | None:
        """Return the key; this is asked before each connection, so what a failure left behind is made good here."""
        try:
            await self.catch_up()
        except EnvironmentFailure as error:
            log.warning("stored messages not understood: %s", error.code)  # disk full and the like: tried again
        for company in self.companies:
            try:
                key = await self._key_of(company.id)
            except DesktopError as error:
                log.warning("key not read: %s", error.code)
                key = None
            if key is not None:
                if await self._one_sender.take(key, on_wait=self._in_use):
                    self._on_state(LinkState.CONNECTING, "", None)
                return key
        return None

    def _in_use(self) -> None:
        self._on_state(LinkState.RECONNECTING, KEY_IN_USE, None)

    async def _on_frames(self, arrivals: Sequence[Arrival]) -> None:
        self.last_message_at = arrivals[-1][1]
        self._backlog.expect()
        stored = await self._kept(arrivals)
        is_quiet = self._backlog.is_empty and len(stored) < FEW
        self._backlog.put(stored)
        if is_quiet:
            await self._backlog.settled()  # an answer alone is understood before anything else happens

    async def _kept(self, arrivals: Sequence[Arrival]) -> list[Stored]:
        """Store frames; what the disk does not take is held here, and nothing more is read until it does.

        What was received may never come again, so the connection is not given up for it.
        """
        try:
            while True:
                try:
                    return await self._receiving.keep(
                        arrivals, company=self.companies[0].id, connection=self._connection
                    )
                except EnvironmentFailure as error:
                    if not self._is_holding:
                        log.warning("messages wait to be stored: %s", error.code)
                    self._is_holding = True
                    await asyncio.sleep(_AGAIN_S)
        finally:
            self._is_holding = False

    def _on_state(self, state: LinkState, detail: str, retry_at: datetime | None) -> None:
        was = self.state
        if LinkState.CONNECTED in {state, was} and state is not was:
            self.since = self._clock.now()
        self.state, self.detail, self.retry_at = state, detail, retry_at
        if state is LinkState.CONNECTED:
            self._connection = new_id(self._clock.now())
            self._note(self._began(), name="note the connection")
            self.courier.kick()
        elif was is LinkState.CONNECTED:
            self._listening.hush(company.id for company in self.companies)
            self.courier.hold()  # nothing goes out until what was in flight has been settled
            self._note(self._ended(detail), name="note the end of the connection")
        if state in _CONCLUSIVE:
            self.settled.set()
        self._changes.announce(Subject.LINK, [company.id for company in self.companies])

    def _note(self, work: Coroutine[Any, Any, None], *, name: str) -> None:
        task = self._keeper.start(work, name=name)
        self._notes.add(task)
        task.add_done_callback(self._notes.discard)

    async def _began(self) -> None:
        names = [company.id for company in self.companies]
        await self._listening.began(names)
        self._changes.announce(Subject.LINK, names)  # what was missed before is known now

    async def _ended(self, detail: str) -> None:
        await self._backlog.settled()  # an answer that came in time counts
        await self.courier.link_lost()
        await self._listening.ended((company.id for company in self.companies), detail)
