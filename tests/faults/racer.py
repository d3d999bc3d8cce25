"""One of many processes that come to one data folder at the same moment; some die as its owner.

Started by name: `python racer.py FOLDER ME SEED MAY_DIE`. It waits for a line, does its one piece of work (a line in the
ledger), as the owner or through the door of the one there is, and says what came of it.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import random
import sys
from pathlib import Path

from desktop.errors import DataFolderUnusable
from desktop.owner.door import Door
from desktop.owner.entry import enter
from desktop.owner.knock import OwnerFound, ask
from desktop.owner.lock import OwnerLock
from desktop.store.file import write_file
from desktop.tasks import TaskKeeper

DEAD = 9
POINTS = ("locked", "served", "working", "worked", "never", "never", "never", "never")


class Racer:
    """One process of the race."""

    def __init__(self, folder: Path, me: str, seed: str, *, may_die: bool) -> None:
        self.folder = folder
        self.me = me
        self.dice = random.Random(f"{seed}:{me}")
        self.turn = asyncio.Lock()
        self.dies_at = self.dice.choice(POINTS) if may_die else "never"

    def run(self) -> str:
        """Do the work once; return what came of it."""
        for _ in range(500):
            try:
                entered = enter(self.folder, timeout_s=30.0)
                if isinstance(entered, OwnerLock):
                    return asyncio.run(self._own(entered))
                return self._asked(entered)
            except ConnectionError:
                continue  # it has gone, or its door is full: nothing was done
            except DataFolderUnusable as error:
                return error.code
        return "never answered"

    def _asked(self, found: OwnerFound) -> str:
        list(ask(found, "run", {"id": self.me}, timeout_s=30.0))
        return "answered"

    async def _own(self, lock: OwnerLock) -> str:
        with (self.folder / "witness").open("a") as witness:
            try:
                fcntl.lockf(witness, fcntl.LOCK_EX | fcntl.LOCK_NB)  # another kind of lock than the owner's own
            except OSError:
                return "two owners"
            self._die("locked")
            keeper = TaskKeeper()
            door = Door(self.folder, keeper, write=write_file, grace_s=30.0)
            await door.serve(lambda _request, args: self._work(args["id"]))
            self._die("served")
            await self._work(self.me)
            await asyncio.sleep(self.dice.random() * 0.3)
            await door.stop()
            await keeper.stop()
        lock.give_back()
        return "owned"

    async def _work(self, who: str) -> dict[str, str]:
        async with self.turn:
            self._die("working")
            before = (self.folder / "ledger").read_text() if (self.folder / "ledger").exists() else ""
            await asyncio.sleep(self.dice.random() * 0.01)
            write_file(self.folder / "ledger", f"{before}{who}\n".encode())  # a second owner would lose lines
            self._die("worked")
        return {"did": who}

    def _die(self, point: str) -> None:
        if point == self.dies_at:
            os._exit(DEAD)


if __name__ == "__main__":
    folder, me, seed, may_die = sys.argv[1:]
    sys.stdin.readline()
    sys.stdout.write(Racer(Path(folder), me, seed, may_die=may_die == "yes").run() + "\n")
