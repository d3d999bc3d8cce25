"""Builds store, vault, links and services once, for the window and the commands. No Qt, no registry."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.clock import Clock, SystemClock
from desktop.owner.entry import is_owned
from desktop.owner.lock import OwnerLock
from desktop.security.redaction import Redactor
from desktop.services.changes import Changes
from desktop.services.views import Changed, Subject
from desktop.store import Store, open_store
from desktop.store.file import write_file
from desktop.store.records import Kind
from desktop.tasks import TaskKeeper

if TYPE_CHECKING:
    from desktop.owner.door import Door
    from desktop.practice.service import PracticeService
    from desktop.security.vault import Vault
    from desktop.services.border import Border
    from desktop.services.companies import Companies
    from desktop.services.courier import Owner
    from desktop.services.doubts import Doubts
    from desktop.services.editing import Editing
    from desktop.services.facts import FactsSource
    from desktop.services.importing import Importing
    from desktop.services.inbox import Inbox
    from desktop.services.library import Library
    from desktop.services.link import Links
    from desktop.services.listings import Listings
    from desktop.services.lookups import Lookups
    from desktop.services.receiving import Receiving
    from desktop.services.requests import Requests
    from desktop.services.server_errors import ServerErrors
    from desktop.services.sheets import Sheets
    from desktop.services.submit import Submit
    from desktop.services.training import Training

_ASKED_S = 5.0  # how long an owner that ends lets those who asked it for something have their answer

Asked = Callable[[str, dict[str, Any]], Awaitable[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class DeskOptions:
    """How to open a data folder for writing.

    Attributes:
        folder: the data folder.
        is_practice: opened with `--practice`: the practice service runs inside, with sample data.
        lock: the folder's lock, taken by the caller, who gives it back.
        run_key: an API key for this run only.
        scenario: what the practice service inside plays; None is its default.
        clock: where time comes from.
        redactor: learns every key.
        keeper: keeps tasks; None makes one.
    """

    folder: Path
    is_practice: bool = False
    lock: OwnerLock | None = None
    run_key: str | None = field(default=None, repr=False)
    scenario: str | None = None
    clock: Clock = field(default_factory=SystemClock)
    redactor: Redactor = field(default_factory=Redactor)
    keeper: TaskKeeper | None = None


class ReadingDesk:
    """What only reads: opened beside a running owner.

    Each service is made, and its module loaded, when it is first asked for: the first window of the inbox needs no
    trips, and that of the trips no library.
    """

    def __init__(self, store: Store, clock: Clock, *, is_owned: bool = True) -> None:
        self._is_owned = is_owned
        self.store = store
        self.clock = clock
        self.changes = Changes()

    @cached_property
    def facts(self) -> FactsSource:
        """What checks may know beside a document."""
        from desktop.services.facts import FactsSource

        return FactsSource(self.store, self.clock)

    @cached_property
    def border(self) -> Border:
        """Where trips stand with customs."""
        from desktop.services.border import Border

        return Border(self.store)

    @cached_property
    def server_errors(self) -> ServerErrors:
        """What the gateway and customs objected to."""
        from desktop.services.server_errors import ServerErrors

        return ServerErrors(self.border)

    @cached_property
    def lookups(self) -> Lookups:
        """Trips and shipments."""
        from desktop.services.lookups import Lookups

        parts = self.store, self.border, self.server_errors, self.facts, self.clock, self.changes
        return Lookups(*parts, is_owned=self._is_owned)

    @cached_property
    def inbox(self) -> Inbox:
        """Messages."""
        from desktop.services.inbox import Inbox

        return Inbox(self.store, self.changes)

    @cached_property
    def library(self) -> Library:
        """Drivers, equipment and partners."""
        from desktop.services.library import Library

        return Library(self.store, self.changes)

    @cached_property
    def listings(self) -> Listings:
        """What commands list."""
        from desktop.services.listings import Listings

        return Listings(self.store, self.lookups, self.inbox, self.library)

    @property
    def sheets(self) -> Sheets:
        """What is printed."""
        from desktop.services.sheets import Sheets

        return Sheets(self.store, self.lookups, self.clock)

    async def close(self) -> None:
        """Close the data."""
        await self.store.close()


def open_reading(folder: Path, *, is_practice: bool, clock: Clock | None = None) -> ReadingDesk:
    """Open a data folder read-only. Blocks for a few milliseconds.

    Raises:
        DesktopError: there are no data, or they cannot be read.
    """
    clock = clock or SystemClock()
    store = open_store(folder, kind="practice" if is_practice else None, clock=clock, read_only=True)
    return ReadingDesk(store, clock, is_owned=is_owned(folder))


class Desk(ReadingDesk):
    """Everything the window and the writing commands use; one for each owner of a data folder.

    What needs the gateway, keys or wire models is imported when it is first used, so that a first window does not
    wait for it.
    """

    def __init__(self, options: DeskOptions, store: Store, *, is_practice: bool) -> None:
        super().__init__(store, options.clock)
        self.is_practice = is_practice
        self.keeper = options.keeper or TaskKeeper()
        self.options = options
        self._editing: Editing | None = None
        self._vault: Vault | None = None
        self._sender: Sender | None = None
        self._practice: PracticeService | None = None
        self._door: Door | None = None
        self._epoch = 0

    async def prepare(self) -> None:
        """Begin this owner's life: what a dead one left in flight is not sure any more (reliability 3.1.4)."""
        self._epoch = await self.store.outbox.new_epoch()
        await self.store.outbox.recover_dead(self._epoch)

    @property
    def editing(self) -> Editing:
        """The open trips."""
        if self._editing is None:
            from desktop.services.editing import Editing

            self._editing = Editing(self.store, self.facts, self.server_errors, self.changes, self.clock, self.keeper)
        return self._editing

    @property
    def _wired(self) -> Sender:
        if self._sender is None:
            from desktop.services.courier import Owner

            self._sender = Sender(self, Owner(self._epoch, str(os.getpid())), self.vault)
        return self._sender

    async def vault(self) -> Vault:
        """Return the vault, made on first use."""
        if self._vault is None:
            from desktop.security.secret import Secret
            from desktop.services.keys import vault_of

            kind = await self.store.kind()
            vault = vault_of(
                self.store.folder, self.options.redactor, is_practice=self.is_practice or kind == "practice"
            )
            if self.options.run_key is not None:
                for company in await self.store.companies.all():
                    await vault.keep_for_session(company.id, Secret(self.options.run_key))
            if kind is None and not self.is_practice:
                return vault  # the first company decides what kind of data these are: ask again then
            self._vault = vault
        return self._vault

    @property
    def submit(self) -> Submit:
        """Sending."""
        return self._wired.submit

    @property
    def doubts(self) -> Doubts:
        """What nobody is sure of."""
        from desktop.services.doubts import Doubts

        return Doubts(self.store, self.editing, self.submit, self.changes, self.clock, self.link.kick)

    @property
    def companies(self) -> Companies:
        """Carriers and keys."""
        return self._wired.companies

    @property
    def link(self) -> Links:
        """The connections."""
        return self._wired.links

    @property
    def receiving(self) -> Receiving:
        """What comes in."""
        return self._wired.receiving

    @property
    def importing(self) -> Importing:
        """What is brought in."""
        return self._wired.importing

    @property
    def requests(self) -> Requests:
        """What commands ask of the owner."""
        return self._wired.requests

    async def start_link(self, only: str | None = None, *, when_needed: bool = False) -> None:
        """Connect every company, or just one; with `--practice`, start the service it connects to first.

        Args:
            only: id of the one company.
            when_needed: connect not now but once something is queued.
        """
        if self.options.is_practice:
            await self._start_practice()
        if when_needed:
            self.link.start_when_needed(only)
        else:
            await self.link.start(only)

    async def _start_practice(self) -> None:
        if self._practice is not None:
            return
        from desktop.practice.service import PracticeService
        from desktop.security.secret import Secret

        self._practice = PracticeService(self.training.scenario(), clock=self.clock)
        await self._practice.start()
        self.training.begin(self._practice)
        vault, address = await self.vault(), self._practice.address
        for company in await self.store.companies.all():
            await vault.keep_for_session(company.id, Secret(self._practice.api_key))
            await self.companies.edit(company.id, address=address, company_key=self._practice.company_key)

    @cached_property
    def training(self) -> Training:
        """What the practice service inside plays."""
        from desktop.services.training import Training

        return Training(self.options.scenario)

    async def open_door(self, asked: Asked) -> None:
        """Let commands and a second start ask this owner; `asked` answers what is not a service of ours."""
        from desktop.owner.door import Door

        async def answer(request: str, args: dict[str, Any]) -> AsyncIterator[dict[str, Any]]:
            if request == "run":
                yield await self.requests.run(str(args.get("command")), dict(args.get("args") or {}))
            elif request == "company_changed":
                await self.companies.key_changed(str(args.get("company")))
                yield {}
            else:
                yield await asked(request, args)

        self._door = Door(self.store.folder, self.keeper, write=write_file, grace_s=_ASKED_S)
        await self._door.serve(answer)

    async def close(self) -> None:
        """End in order: no more asking, what was typed is saved, connections closed, data closed."""
        if self._door is not None:
            await self._door.stop()
        try:
            if self._editing is not None:
                await self._editing.flush()
        finally:
            if self._sender is not None:
                await self._sender.links.stop()
            if self._practice is not None:
                await self._practice.stop()
            await self.keeper.stop()
            await self.store.close()


class Sender:
    """The part of a desk that needs keys, wire models and connections."""

    def __init__(self, desk: Desk, owner: Owner, vault: Callable[[], Awaitable[Vault]]) -> None:
        from desktop.services.companies import Companies
        from desktop.services.importing import Importing
        from desktop.services.link import Links
        from desktop.services.outgoing import Outgoing
        from desktop.services.receiving import Receiving
        from desktop.services.requests import Requests
        from desktop.services.submit import Submit
        from desktop.services.waiting import Waiting

        store, changes, clock = desk.store, desk.changes, desk.clock
        self.receiving = Receiving(store, changes)
        self.links = Links(store, self.receiving, vault, owner, changes, clock, desk.keeper)
        self.companies = Companies(store, vault, changes, self.links.test, self.links.restart)
        self.importing = Importing(store, changes)
        self.submit = Submit(
            store,
            desk.facts,
            desk.border,
            self.importing,
            desk.editing,
            Outgoing(store, clock),
            Waiting(store, desk.border, desk.server_errors, changes, clock, self.links.status_of),
            changes,
            clock,
            self.links.kick,
        )
        self.requests = Requests(store, self.companies, self.importing, self.submit, desk.lookups)
        self._keeper = desk.keeper
        changes.subscribe(self._on_change)

    def _on_change(self, changed: Changed) -> None:
        if changed.subject is Subject.TRIP:
            self._keeper.start(self.links.count_waiting(), name="count what waits to go")


async def open_desk(options: DeskOptions) -> Desk:
    """Open a data folder as its owner; the caller holds its lock.

    A practice folder that is new gets the sample carrier, its people, equipment and trips.

    Raises:
        DataFolderUnusable: it cannot be used; nothing in it was changed.
    """
    kind: Kind | None = "practice" if options.is_practice else None
    store = open_store(options.folder, kind=kind, clock=options.clock)
    try:
        is_practice = options.is_practice or await store.kind() == "practice"
        desk = Desk(options, store, is_practice=is_practice)
        await desk.prepare()
        if options.is_practice and not await store.companies.all():
            from desktop.services.sample import fill_practice

            await fill_practice(store, options.clock)
    except BaseException:
        await store.close()
        raise
    return desk
