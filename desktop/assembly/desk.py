"""The desk of the owner of a data folder: everything the window and the writing commands use."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.assembly.reading import ReadingDesk
from desktop.clock import Clock, SystemClock
from desktop.owner.lock import OwnerLock
from desktop.security.redaction import Redactor
from desktop.services.disk import Disk
from desktop.store import Store, open_store
from desktop.store.file import write_file
from desktop.store.lane import told_of
from desktop.store.records import Kind
from desktop.store.whereabouts import whereabouts
from desktop.tasks import TaskKeeper

if TYPE_CHECKING:
    from desktop.assembly.sender import Sender
    from desktop.owner.door import Door
    from desktop.practice.service import PracticeService
    from desktop.security.vault import Vault
    from desktop.services.attaching import Attaching
    from desktop.services.backups import Backups
    from desktop.services.companies import Companies
    from desktop.services.doubts import Doubts
    from desktop.services.editing import Editing
    from desktop.services.erasing import Erasing
    from desktop.services.import_preview import ImportPreview
    from desktop.services.importing import Importing
    from desktop.services.late import Late
    from desktop.services.link import Links
    from desktop.services.listening import Listening
    from desktop.services.mailing import Mailing
    from desktop.services.nudge import Nudges
    from desktop.services.open_trips import OpenTrips
    from desktop.services.progress import Progress
    from desktop.services.receiving import Receiving
    from desktop.services.requests import Requests
    from desktop.services.sign_in import SignIn
    from desktop.services.starting import Starting
    from desktop.services.submit import Submit
    from desktop.services.swapping import Swapping
    from desktop.services.tables import Tables
    from desktop.services.training import Training
    from desktop.services.watched import Watched
    from desktop.services.watching import Watching

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
        leases: gives the user's folder for leases on keys; None where no other program is looked out for.
    """

    folder: Path
    is_practice: bool = False
    lock: OwnerLock | None = None
    run_key: str | None = field(default=None, repr=False)
    scenario: str | None = None
    clock: Clock = field(default_factory=SystemClock)
    redactor: Redactor = field(default_factory=Redactor)
    keeper: TaskKeeper | None = None
    leases: Callable[[], Path] | None = None


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
        self._epoch, self.disk = 0, Disk(store, self.keeper)

    async def prepare(self) -> None:
        """Begin this owner's life: what a dead one left in flight is not sure any more (reliability 3.1.4)."""
        self._epoch = await self.store.outbox.new_epoch()
        await self.store.outbox.recover_dead(self._epoch)
        await self.store.holding.arrive(whereabouts(self.store.folder))
        if await self.store.erasing.unfinished():
            await self.erasing.finish()

    @property
    def editing(self) -> Editing:
        """The open trips."""
        if self._editing is None:
            from desktop.services.editing import Editing

            self._editing = Editing(self.store, self.facts, self.server_errors, self.changes, self.clock, self.keeper)
        return self._editing

    @cached_property
    def tables(self) -> Tables:
        """Library and shipments as tables."""
        from desktop.services.tables import Tables

        return Tables(self.store, self.changes, self.clock, lambda: self.editing)

    @cached_property
    def mailing(self) -> Mailing:
        """E-mails for the user's mail program."""
        from desktop.services.mailing import Mailing

        return Mailing(self.store, self.clock)

    @cached_property
    def listening(self) -> Listening:
        """When somebody listened."""
        from desktop.services.listening import Listening

        return Listening(self.store, self.clock, keeper=self.keeper)

    @cached_property
    def watching(self) -> Watching:
        """What did not happen."""
        from desktop.services.local_fact import LocalFacts
        from desktop.services.watching import Watching

        local = LocalFacts(self.store, self.editing, self.changes)
        made = Watching(self.store, self.border, self.listening, local, self.changes, self.clock, self.keeper)
        made.on_owed = lambda owed: self.link.expect(owed)  # noqa: PLW0108 - connections are made when first needed
        return made

    @cached_property
    def late(self) -> Late:
        """Trucks that are late."""
        from desktop.services.late import Late

        return Late(self.store, self.border, self.editing, self.changes, self.clock)

    @cached_property
    def swapping(self) -> Swapping:
        """Another truck or trailer."""
        from desktop.services.swapping import Swapping

        return Swapping(self.store, self.border, self.editing, self.changes, self.clock)

    @cached_property
    def nudge(self) -> Nudges:
        """Letters to brokers."""
        from desktop.services.nudge import Nudges

        return Nudges(self.store, self.border, self.mailing, self.changes, self.clock)

    @cached_property
    def sign_in(self) -> SignIn:
        """Starting with the system."""
        import sys

        from desktop.services.sign_in import SignIn, entry_of_system, own_command
        from desktop.settings.paths import data_folder

        usual = data_folder(is_practice=False)
        return SignIn(
            None if self.is_practice else entry_of_system(),
            own_command(self.options.folder, usual, argv=sys.argv, executable=sys.executable),
        )

    @cached_property
    def open_trips(self) -> OpenTrips:
        """Which trips are open, and where."""
        from desktop.services.open_trips import OpenTrips

        return OpenTrips(self.store, self.keeper)

    @property
    def _wired(self) -> Sender:
        if self._sender is None:
            from desktop.assembly.sender import Sender
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

    @cached_property
    def attaching(self) -> Attaching:
        """Shipments onto trips."""
        from desktop.services.attaching import Attaching

        return Attaching(self.store, self.editing, self.lookups, self.changes)

    @cached_property
    def starting(self) -> Starting:
        """New trips: empty, like others, from templates."""
        from desktop.services.starting import Starting

        return Starting(self.store, self.editing, self.numbering, self.changes, self.clock)

    @property
    def submit(self) -> Submit:
        """Sending."""
        return self._wired.submit

    @property
    def doubts(self) -> Doubts:
        """What nobody is sure of."""
        from desktop.services.doubts import Doubts

        return Doubts(self.store, self.starting, self.submit, self.changes, self.clock, self.link.kick)

    @property
    def progress(self) -> Progress:
        """Plans that run or stopped."""
        return self._wired.progress

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

    @cached_property
    def import_preview(self) -> ImportPreview:
        """What bringing messages in would do."""
        from desktop.services.import_preview import ImportPreview

        return ImportPreview(self.store, self.importing, self.facts, self.clock)

    @cached_property
    def watched(self) -> Watched:
        """The folder of dispatch software."""
        from desktop.services.watched import Watched

        return Watched(self.store, lambda: self.import_preview, lambda: self.tables, self.clock, self.keeper)

    @cached_property
    def backups(self) -> Backups:
        """Snapshots of the data."""
        from desktop.services.backups import Backups

        return Backups(self.store, self.clock)

    @cached_property
    def erasing(self) -> Erasing:
        """Erasing people."""
        from desktop.services.erasing import Erasing

        return Erasing(self.store, self.editing, self.backups, self.library, self.changes)

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
        with told_of(self.store.folder):
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
            if "watching" in self.__dict__:
                self.watching.stop()  # a look that is due would begin when the data are closed
            await self.keeper.stop()
            await self.store.close()


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
