"""One life of the program: the real line, courier and receiving over a gated store, from its start to its end."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar

from simulation.gate import Gate

from desktop.connection.websocket import NotWritten
from desktop.errors import EnvironmentFailure
from desktop.security.secret import Secret
from desktop.services.changes import Changes
from desktop.services.courier import Owner
from desktop.services.line import Line
from desktop.services.receiving import Receiving
from desktop.tasks import TaskKeeper

if TYPE_CHECKING:
    from simulation.world import World

T = TypeVar("T")


class Ear:
    """Stands for `services.listening`: what it notes decides nothing here."""

    async def began(self, companies: Any) -> None:
        """Nothing is noted."""

    def hush(self, companies: Any) -> None:
        """Nothing is noted."""

    async def ended(self, companies: Any, detail: str = "") -> None:
        """Nothing is noted."""


async def _key(_company: str) -> Secret:
    return Secret("practice-sample-key")


class Life:
    """From the start of the program to its end, in order or by a kill.

    Attributes:
        died: set at the moment of a kill.
        problems: errors that tasks ended with and should not have.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.gate = Gate()
        self.gate.on_kill = self._on_kill
        self.store = world.open_store(self.gate)
        self.changes = Changes()
        self.died = asyncio.Event()
        self.problems: list[str] = []
        self.keeper = TaskKeeper(self._report)
        self.line: Line | None = None
        self.on_kill: Callable[[bool], None] = lambda _: None

    def _report(self, name: str, error: BaseException) -> None:
        if not self.gate.is_dead and not isinstance(error, EnvironmentFailure | NotWritten):
            self.problems.append(f"task {name} ended with {error!r}")

    async def start(self) -> None:
        """Open the data and go online, as the assembly does.

        Raises:
            EnvironmentFailure: the disk is full: it is tried again later.
        """
        epoch = await self.store.outbox.new_epoch()
        await self.store.outbox.recover_dead(epoch)
        companies = await self.store.companies.all()
        self.line = Line(
            companies,
            store=self.store,
            receiving=Receiving(self.store, self.changes),
            key_of=_key,
            owner=Owner(epoch, "simulated"),
            listening=Ear(),
            changes=self.changes,
            clock=self.world.clock,
            keeper=self.keeper,
        )
        await self.line.catch_up()
        self.line.start()

    def kick(self) -> None:
        """Something was queued."""
        if self.line is not None:
            self.line.courier.kick()

    async def do(self, work: Callable[[], Awaitable[T]]) -> T | None:
        """Run what a user does; None where the process died in the middle of it.

        Raises:
            EnvironmentFailure: the disk is full.
        """
        task = asyncio.ensure_future(work())  # noqa: TID251 - it is awaited right here
        died = asyncio.ensure_future(self.died.wait())  # noqa: TID251
        try:
            await asyncio.wait((task, died), return_when=asyncio.FIRST_COMPLETED)
            return task.result() if task.done() else None
        finally:
            died.cancel()
            task.cancel()

    def kill(self) -> None:
        """Kill the process here."""
        if not self.gate.is_dead:
            self.gate.is_dead = True
            self._on_kill(True)

    def _on_kill(self, is_after: bool) -> None:
        self.died.set()
        if self.world.wire is not None:
            self.world.wire.end()
        self.on_kill(is_after)

    async def bury(self) -> None:
        """Take away what a killed process leaves in this one."""
        self.gate.is_buried = True
        for _ in range(3):
            for task in tuple(self.keeper._running):
                task.cancel()
            await asyncio.sleep(0)
        await self.keeper.stop(1.0)

    async def stop(self) -> None:
        """End in order."""
        if self.line is not None:
            await self.line.stop()
        await self.keeper.stop()
