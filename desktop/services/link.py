"""The connections of a data folder: one for each gateway address, with the courier that delivers over it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from desktop.clock import Clock
from desktop.crossing.readiness import SLOW
from desktop.domain.lifecycle import LinkState
from desktop.errors import Bug
from desktop.security.secret import Secret
from desktop.security.vault import Vault
from desktop.services.awake import Awake
from desktop.services.changes import Changes
from desktop.services.courier import Courier, Owner
from desktop.services.line import KeyOf, Line
from desktop.services.listening import Listening
from desktop.services.receiving import Receiving
from desktop.services.views import LinkStatus, Subject
from desktop.store import Store
from desktop.store.records import Company
from desktop.tasks import TaskKeeper

log = logging.getLogger(__name__)

_TEST_LIMIT_S = 25.0
OFFLINE = "working_offline"
"""Detail of a connection that is off because the user wants it so."""


class Links:
    """All lines of the data folder."""

    def __init__(
        self,
        store: Store,
        receiving: Receiving,
        vault: Callable[[], Awaitable[Vault]],
        owner: Owner,
        listening: Listening,
        changes: Changes,
        clock: Clock,
        keeper: TaskKeeper,
        leases: Path | None = None,
    ) -> None:
        self._listening = listening
        listening.on_missed = lambda companies: changes.announce(Subject.LINK, companies)
        self._offline_since: datetime | None = None
        self._owed: dict[str, datetime] = {}
        self._store = store
        self._receiving = receiving
        self._vault = vault
        self._owner = owner
        self._changes = changes
        self._clock = clock
        self._keeper = keeper
        self._leases = leases
        self._lines: dict[str, Line] = {}
        self._is_started = False
        self._starts_when_needed = False
        self._only: str | None = None
        self._current: Company | None = None
        self._waiting = 0
        self._started_at = clock.now()
        self._turn = asyncio.Lock()
        self._awake = Awake(clock, self.look)
        self._watch: asyncio.Task[None] | None = None

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
        await self._close()

    async def _close(self) -> None:
        async with self._turn:
            if self._watch is not None:
                self._watch.cancel()
                self._watch = None
            await asyncio.gather(*(line.stop() for line in self._lines.values()))
            self._lines.clear()

    @property
    def is_offline(self) -> bool:
        """Whether the user wants no connection."""
        return self._offline_since is not None

    async def go_offline(self) -> None:
        """Close every connection until `go_online`; what is sent waits.

        It ends with the program, too: messages that are missed may never come again, so a start always listens.
        """
        if self._offline_since is None:
            self._offline_since = self._clock.now()
            await self._close()
            self._changes.announce(Subject.LINK)

    async def go_online(self) -> None:
        """Connect again."""
        self._offline_since = None
        await self._arrange()

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
            if not self._is_started or self._offline_since is not None:
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
            if self._lines and (self._watch is None or self._watch.done()):
                self._watch = self._keeper.start(self._awake.run(), name="notice that the computer slept")
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
            listening=self._listening,
            changes=self._changes,
            clock=self._clock,
            keeper=self._keeper,
            leases=self._leases,
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

    async def look(self) -> None:
        """Find out now whether every connection still stands: the computer slept, or its network changed."""
        await self._listening.beat()  # a sleep is a gap, whether the connections survived it or not
        await asyncio.gather(*(line.socket.look() for line in tuple(self._lines.values())))

    def retry_now(self) -> None:
        """Try again without waiting."""
        if self._offline_since is not None:
            self._keeper.start(self.go_online(), name="connect")
        for line in self._lines.values():
            if line.state is not LinkState.CONNECTED:
                line.socket.retry_now()

    def expect(self, owed: Mapping[str, datetime]) -> None:
        """Word of customs is owed to these companies since then (UTC); silence means nothing where none is."""
        self._owed = dict(owed)

    @property
    def status(self) -> LinkStatus:
        """The connection as the bar shows it: the one that needs most attention."""
        if not self._lines:
            return self._off()
        found = [self._said_of(line) for line in self._lines.values()]
        return min(found, key=lambda status: _WORST.index(status.state))

    def _said_of(self, line: Line) -> LinkStatus:
        """Return the state of a line; one that is up and gives nothing of what is owed is silent.

        That the gateway is there is known all the time: it answers a ping every ten seconds, or the line is closed.
        """
        status = self._status_of(line)
        owed = min((self._owed[one.id] for one in line.companies if one.id in self._owed), default=None)
        if status.state is LinkState.CONNECTED and owed is not None:
            last = max(owed, line.since, line.last_message_at or owed)
            if self._clock.now() - last >= SLOW:
                return replace(status, state=LinkState.SILENT)
        return status

    def _off(self) -> LinkStatus:
        since, why = (self._offline_since, OFFLINE) if self._offline_since is not None else (self._started_at, "")
        return LinkStatus(LinkState.OFF, since, "", "", False, None, None, self._waiting, why)

    def status_of(self, company_id: str) -> LinkStatus:
        """The connection of one company."""
        for line in self._lines.values():
            if any(company.id == company_id for company in line.companies):
                return self._status_of(line)
        return self._off()

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
            way=line.way,
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
