"""The connections of a data folder: one for each gateway address, with the courier that delivers over it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from desktop.clock import Clock, new_id
from desktop.domain.lifecycle import LinkState
from desktop.errors import Bug, DesktopError, EnvironmentFailure
from desktop.security.secret import Secret
from desktop.security.vault import Vault
from desktop.services.changes import Changes
from desktop.services.courier import Courier, Owner
from desktop.services.receiving import Arrival, Receiving
from desktop.services.views import LinkStatus, Subject
from desktop.store import Store
from desktop.store.records import Company
from desktop.tasks import TaskKeeper

if TYPE_CHECKING:
    from desktop.connection.websocket import WebSocketLink

log = logging.getLogger(__name__)

KeyOf = Callable[[str], Awaitable[Secret | None]]

_TEST_LIMIT_S = 25.0
_STOP_S = 6.0
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
        changes: Changes,
        clock: Clock,
        keeper: TaskKeeper,
    ) -> None:
        from desktop.connection.websocket import WebSocketLink

        self.companies = list(companies)
        self._store = store
        self._receiving = receiving
        self._key_of = key_of
        self._changes = changes
        self._clock = clock
        self._keeper = keeper
        self.state = LinkState.OFF
        self.since = clock.now()
        self.retry_at: datetime | None = None
        self.detail = ""
        self.last_message_at: datetime | None = None
        self.settled = asyncio.Event()
        self._connection = new_id(clock.now())
        self._tasks: list[asyncio.Task[Any]] = []
        self._notes: set[asyncio.Task[Any]] = set()
        self.socket: WebSocketLink = WebSocketLink(
            address=companies[0].address,
            key_source=self._key,
            on_frames=self._on_frames,
            on_state=self._on_state,
            clock=clock,
            ca_file=companies[0].ca_file,
        )
        self.courier = Courier(store, self.socket, companies, owner, changes, clock)

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
        ]

    async def stop(self) -> None:
        """Close the connection; what was in flight is not sure any more."""
        await self.socket.stop()
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
        await self._receiving.catch_up(
            self.courier.heard, {company.id for company in self.companies}, sift=self.courier.sift
        )

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
                return key
        return None

    async def _on_frames(self, arrivals: Sequence[Arrival]) -> None:
        self.last_message_at = arrivals[-1][1]
        await self._receiving.frames(
            arrivals,
            companies=self.companies,
            connection=self._connection,
            apply=self.courier.heard,
            sift=self.courier.sift,
        )

    def _on_state(self, state: LinkState, detail: str, retry_at: datetime | None) -> None:
        was = self.state
        if state is not was:
            self.since = self._clock.now()
        self.state, self.detail, self.retry_at = state, detail, retry_at
        if state is LinkState.CONNECTED:
            self._connection = new_id(self._clock.now())
            self._note(self._began(), name="note the connection")
            self.courier.kick()
        elif was is LinkState.CONNECTED:
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
        for company in self.companies:
            await self._store.link_log.add(company.id, "up")

    async def _ended(self, detail: str) -> None:
        await self.courier.link_lost()
        for company in self.companies:
            await self._store.link_log.add(company.id, "down", detail)


class Links:
    """All lines of the data folder."""

    def __init__(
        self,
        store: Store,
        receiving: Receiving,
        vault: Callable[[], Awaitable[Vault]],
        owner: Owner,
        changes: Changes,
        clock: Clock,
        keeper: TaskKeeper,
    ) -> None:
        self._store = store
        self._receiving = receiving
        self._vault = vault
        self._owner = owner
        self._changes = changes
        self._clock = clock
        self._keeper = keeper
        self._lines: dict[str, Line] = {}
        self._is_started = False
        self._starts_when_needed = False
        self._only: str | None = None
        self._current: Company | None = None
        self._waiting = 0
        self._started_at = clock.now()
        self._turn = asyncio.Lock()

    async def start(self, only: str | None = None) -> None:
        """Connect every company that has an address, or just one of them."""
        self._is_started, self._only = True, only
        await self._arrange()

    def start_when_needed(self, only: str | None = None) -> None:
        """Connect only once something is queued: a command that has nothing to send opens no connection."""
        self._only, self._starts_when_needed = only, True

    @property
    def is_started(self) -> bool:
        """Whether connections were asked for."""
        return self._is_started

    async def stop(self) -> None:
        """Close every connection."""
        self._is_started = False
        async with self._turn:
            await asyncio.gather(*(line.stop() for line in self._lines.values()))
            self._lines.clear()

    async def restart(self, company_id: str) -> None:
        """A company or its key changed: connect anew with what holds now."""
        async with self._turn:
            for address, line in tuple(self._lines.items()):
                if any(company.id == company_id for company in line.companies):
                    await line.stop()
                    del self._lines[address]
        await self._arrange()

    async def _arrange(self) -> None:
        async with self._turn:
            if not self._is_started:
                return
            groups: dict[str, list[Company]] = {}
            for company in await self._store.companies.all():
                if company.address and self._only in {None, company.id}:
                    groups.setdefault(company.address, []).append(company)
            for address, companies in groups.items():
                line = self._lines.get(address)
                if line is not None and {one.id for one in line.companies} != {one.id for one in companies}:
                    await line.stop()  # somebody came to share it, or left it
                    line = None
                if line is None:
                    self._lines[address] = line = self._line(companies, self._key_of)
                    await line.catch_up()
                    line.start()
            await self._catch_up_without_line()
        self._changes.announce(Subject.LINK)

    async def _catch_up_without_line(self) -> None:
        """Understand what is stored for companies that will have no line: removed since, or without an address."""
        while True:
            owners = {frame.company for frame in await self._store.frames.not_understood()}
            companies = [await self._store.companies.by_id(one) for one in sorted(owners)]
            gone = [company for company in companies if company.removed_at is not None or not company.address]
            if not gone:
                return
            courier = Courier(self._store, _NoSocket(), gone, self._owner, self._changes, self._clock)
            await self._receiving.catch_up(courier.heard, {company.id for company in gone})

    def _line(self, companies: Sequence[Company], key_of: KeyOf) -> Line:
        return Line(
            companies,
            store=self._store,
            receiving=self._receiving,
            key_of=key_of,
            owner=self._owner,
            changes=self._changes,
            clock=self._clock,
            keeper=self._keeper,
        )

    async def _key_of(self, company_id: str) -> Secret | None:
        return await (await self._vault()).key(company_id)

    async def test(self, company: Company, key: Secret | None) -> LinkStatus:
        """Connect once and say what the gateway answered; what it sends meanwhile is stored like anything else.

        A company whose line is up is not connected a second time: who would get the messages is not known.
        """
        existing = next((line for line in self._lines.values() if line.address == company.address), None)
        if existing is not None and key is None:
            if existing.state is not LinkState.CONNECTED:
                existing.settled.clear()
                existing.socket.retry_now()
                await _within(existing.settled, _TEST_LIMIT_S)
            return self._status_of(existing)
        if existing is not None:
            await existing.stop()
        sharing = [one for one in await self._store.companies.all() if one.address == company.address]

        async def given(company_id: str) -> Secret | None:
            return key if key is not None else await self._key_of(company_id)

        self._lines[company.address] = line = self._line(sharing or [company], given)
        line.start()
        try:
            await _within(line.settled, _TEST_LIMIT_S)
            return self._status_of(line)
        finally:
            await line.stop()
            if self._lines.get(company.address) is line:
                del self._lines[company.address]
            await self._arrange()

    def kick(self) -> None:
        """Something was queued: look at the outbox now."""
        if self._starts_when_needed and not self._is_started:
            self._is_started = True
            self._keeper.start(self._arrange(), name="connect")
        for line in self._lines.values():
            line.courier.kick()

    def retry_now(self) -> None:
        """Try again without waiting."""
        for line in self._lines.values():
            if line.state is not LinkState.CONNECTED:
                line.socket.retry_now()

    @property
    def status(self) -> LinkStatus:
        """The connection as the bar shows it: the one that needs most attention."""
        lines = sorted(self._lines.values(), key=lambda line: _WORST.index(line.state))
        if lines:
            return self._status_of(lines[0])
        return LinkStatus(LinkState.OFF, self._started_at, "", "", False, None, None, self._waiting)

    def status_of(self, company_id: str) -> LinkStatus:
        """The connection of one company."""
        for line in self._lines.values():
            if any(company.id == company_id for company in line.companies):
                return self._status_of(line)
        return LinkStatus(LinkState.OFF, self._started_at, "", "", False, None, None, self._waiting)

    def _status_of(self, line: Line) -> LinkStatus:
        return LinkStatus(
            state=line.state,
            since=line.since,
            company=line.companies[0].name,
            host=urlsplit(line.address).hostname or "",
            is_practice=line.companies[0].is_practice,
            retry_at=line.retry_at,
            last_message_at=line.last_message_at,
            waiting=self._waiting,
            detail=line.detail,
        )

    async def count_waiting(self) -> None:
        """Count what waits to go, for the connection bar."""
        rows = await self._store.outbox.open_rows()
        waiting = len({row.plan for row in rows if row.state in {"READY", "HELD"}})
        if waiting != self._waiting:
            self._waiting = waiting
            self._changes.announce(Subject.LINK)


class _NoSocket:
    """In place of a connection where only what is stored is understood."""

    connected_since: float | None = None

    async def send(self, payload: bytes) -> None:
        """Refuse: nothing goes out here."""
        raise Bug(f"a message of {len(payload)} bytes without a connection")


_WORST = (
    LinkState.KEY_REFUSED,
    LinkState.REFUSED,
    LinkState.KEY_NEEDED,
    LinkState.OFF,
    LinkState.RECONNECTING,
    LinkState.CONNECTING,
    LinkState.SILENT,
    LinkState.CONNECTED,
)


async def _within(event: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        log.info("no answer to the connection test in time")
