"""The seam between the program and its disk: each call may fail, wait its turn, or be the last the process makes."""

from __future__ import annotations

import asyncio
import sqlite3
import types
from collections.abc import Callable, Generator
from typing import Any, TypeVar

from desktop.errors import EnvironmentFailure

T = TypeVar("T")

_READS_IN_A_TURN = 23


@types.coroutine
def _turn() -> Generator[None, None, None]:
    """Let everybody else go first once."""
    yield


class Gate:
    """One life of the program before its disk.

    Attributes:
        is_dead: the process was killed: whatever it still asks for is never answered.
        kill_in: how many writes the process has left to live; None where nobody is after it.
        is_after: whether it dies after the commit of that write, or before.
        full_until: until which second of the loop the disk is full.
        on_kill: hears that the process dies now.
    """

    def __init__(self) -> None:
        self.is_dead = False
        self.is_buried = False
        self.kill_in: int | None = None
        self.is_after = False
        self.full_until = 0.0
        self.on_kill: Callable[[bool], None] = lambda _: None
        self.calls = 0
        self.writes = 0

    async def read(self) -> None:
        """Wait for a read."""
        if self.is_dead:
            await self.end()
        self.calls += 1
        if self.calls % _READS_IN_A_TURN == 0:
            await _turn()
            if self.is_dead:
                await self.end()

    async def write(self, work: Callable[[], T]) -> T:
        """Do `work` as one transaction, or nothing of it."""
        if self.is_dead:
            await self.end()
        self.writes += 1
        is_early = self.writes % 2 == 0
        if is_early:
            await _turn()
        if self.is_dead:
            await self.end()
        is_last = False
        if self.kill_in is not None:
            self.kill_in -= 1
            is_last = self.kill_in <= 0
        if is_last and not self.is_after:
            await self.die()
        if asyncio.get_running_loop().time() < self.full_until:
            raise EnvironmentFailure("store.disk_full")
        result = work()
        if is_last:
            await self.die()
        if not is_early:
            await _turn()  # whoever waits for it may be cancelled now, and it is on the disk all the same
            if self.is_dead:
                await self.end()
        return result

    async def die(self) -> None:
        """Kill the process here."""
        self.is_dead = True
        self.on_kill(self.is_after)
        await self.end()

    async def end(self) -> None:
        """Never come back: a dead process goes no further."""
        if self.is_buried:
            raise asyncio.CancelledError
        await asyncio.get_running_loop().create_future()


class GatedLane:
    """A lane of the real store that works at once, behind the gate."""

    def __init__(self, gate: Gate, connection: sqlite3.Connection) -> None:
        self._gate = gate
        self._connection = connection

    async def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` in a transaction."""
        await self._gate.read()
        return self._run("BEGIN", work)

    async def write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` in a transaction, unless the disk is full or the process dies."""
        return await self._gate.write(lambda: self._run("BEGIN IMMEDIATE", work))

    async def bare(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` outside any transaction."""
        await self._gate.read()
        return work(self._connection)

    def _run(self, begin: str, work: Callable[[sqlite3.Connection], Any]) -> Any:
        self._connection.execute(begin)
        try:
            result = work(self._connection)
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")
        return result
