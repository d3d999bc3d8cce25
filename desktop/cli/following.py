"""`inbox --follow`: prints each new message as one JSON line until Ctrl+C."""

from __future__ import annotations

import argparse
import asyncio
import signal
from collections.abc import Callable
from pathlib import Path

from desktop.assembly import ReadingDesk
from desktop.cli.key import key_of_this_run
from desktop.cli.output import Output
from desktop.cli.session import HandedOver, company_named, folder_of, owner_is_gone, reading_desk, writing
from desktop.services.views import InboxFilter
from desktop.store import NoData

_LOOK_S = 0.5
_OWNER_STARTS_S = 15.0
"""How long a window that asked for the folder has to take it, before this command listens again itself."""


async def follow(options: argparse.Namespace, output: Output) -> int:
    """Print what is there now and then each new message, oldest first.

    Where no owner runs it connects and owns the folder; it hands over to a window that starts and reads on beside
    it, and listens itself again when that owner has gone.
    """
    stop = asyncio.Event()
    for name in ("SIGINT", "SIGTERM"):
        try:
            asyncio.get_running_loop().add_signal_handler(getattr(signal, name), stop.set)
        except NotImplementedError:  # Windows: Ctrl+C cancels the task instead
            continue
    follower = _Follower(options, output, stop)
    key = key_of_this_run(options)
    has_own_key: bool = options.key_stdin
    try:
        while not follower.is_done:
            try:
                await follower.own_or_read(key, has_own_key=has_own_key)
            except HandedOver:
                has_own_key = False  # from here on it may read beside an owner with its own key
                await follower.read_until(_came_and_went(folder_of(options)), at_most_s=_OWNER_STARTS_S)
    except asyncio.CancelledError:  # Ctrl+C on Windows
        return 0
    return 0


def _came_and_went(folder: Path) -> Callable[[], bool]:
    """Return what tells that a new owner was seen and has gone again."""
    was_seen = False

    def is_over() -> bool:
        nonlocal was_seen
        is_gone = owner_is_gone(folder)
        was_seen = was_seen or not is_gone
        return was_seen and is_gone

    return is_over


class _Follower:
    def __init__(self, options: argparse.Namespace, output: Output, stop: asyncio.Event) -> None:
        self._options = options
        self._output = output
        self._stop = stop
        self._printed: dict[str, int] = {}
        self._understood = -1

    @property
    def is_done(self) -> bool:
        return self._stop.is_set() or self._output.is_unread

    async def own_or_read(self, key: str | None, *, has_own_key: bool) -> None:
        async with writing(self._options, own_key=key, has_own_key=has_own_key) as writer:
            if writer.desk is not None:
                wanted = await self._wanted(writer.desk)
                await writer.desk.start_link(wanted.company)
                writer.is_idle = True
                await self._print_until(writer.desk, wanted, lambda: False)
                return
        folder = folder_of(self._options)
        await self.read_until(lambda: owner_is_gone(folder))

    async def read_until(self, is_over: Callable[[], bool], *, at_most_s: float | None = None) -> None:
        try:
            async with reading_desk(self._options) as desk, asyncio.timeout(at_most_s):
                await self._print_until(desk, await self._wanted(desk), is_over)
        except NoData:  # the owner has only just begun
            await self._pause()
        except TimeoutError:
            return

    async def _wanted(self, desk: ReadingDesk) -> InboxFilter:
        name = self._options.company
        company = None if name is None else (await company_named(desk, name)).id
        return InboxFilter(company=company, unread_only=self._options.unread, search=self._options.search)

    async def _print_until(self, desk: ReadingDesk, wanted: InboxFilter, is_over: Callable[[], bool]) -> None:
        while not (self.is_done or is_over()):
            await self._print_new(desk, wanted)
            await self._pause()

    async def _print_new(self, desk: ReadingDesk, wanted: InboxFilter) -> None:
        understood = await desk.store.inbox.understood()
        if understood == self._understood:
            return
        for item in reversed(await desk.listings.inbox(wanted)):
            if self._printed.get(item["id"]) != item["repeats"] and not self.is_done:
                self._output.line(item)
                self._printed[item["id"]] = item["repeats"]
        self._understood = understood

    async def _pause(self) -> None:
        try:
            await asyncio.wait_for(self._stop.wait(), _LOOK_S)
        except TimeoutError:
            return
