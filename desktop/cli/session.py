"""How a command comes to the data: beside a running owner for reading, as the owner or through its door for writing."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from desktop.assembly import Desk, DeskOptions, ReadingDesk, open_desk, open_reading
from desktop.errors import DesktopError, NotFound, UsageError
from desktop.owner.entry import enter
from desktop.owner.knock import OwnerFound, ask
from desktop.owner.lock import OwnerLock
from desktop.settings.paths import data_folder
from desktop.store.records import Company

ANSWER_S = 5.0


def folder_of(options: argparse.Namespace) -> Path:
    """Return the data folder the command is for."""
    return data_folder(is_practice=options.practice, override=options.data_dir)


@asynccontextmanager
async def reading_desk(options: argparse.Namespace) -> AsyncIterator[ReadingDesk]:
    """Open the data read-only, beside an owner if one runs.

    Raises:
        DesktopError: there are no data, or they cannot be read.
    """
    desk = await asyncio.to_thread(open_reading, folder_of(options), is_practice=options.practice)
    try:
        yield desk
    finally:
        await desk.close()


async def company_named(desk: ReadingDesk, name: str | None) -> Company:
    """Return the company called `name`; without a name, the only one.

    Raises:
        NotFound: there is none.
        UsageError: there are several and none was named.
    """
    found = await desk.store.companies.all()
    if name is not None:
        named = [company for company in found if company.name.casefold() == name.casefold()]
        if not named:
            raise NotFound("cli.company_unknown", name=name)
        return named[0]
    if not found:
        raise NotFound("cli.no_company")
    if len(found) > 1:
        raise UsageError("cli.which_company", names=", ".join(company.name for company in found))
    return found[0]


class Writer:
    """A writing command's way: the owner's services, here or behind the door.

    Attributes:
        is_owner: whether this command owns the folder for as long as it runs.
    """

    def __init__(self, desk: Desk | None, found: OwnerFound | None) -> None:
        self.desk = desk
        self._found = found

    @property
    def is_owner(self) -> bool:
        """Whether this command owns the folder."""
        return self.desk is not None

    async def run(self, command: str, args: dict[str, Any]) -> dict[str, Any]:
        """Run a service and return its reply: `exit`, `value` and `notes`.

        Raises:
            DesktopError: what prevented it from trying.
        """
        if self.desk is not None:
            return await self.desk.requests.run(command, args)
        return await self.tell("run", {"command": command, "args": args})

    async def tell(self, request: str, args: dict[str, Any]) -> dict[str, Any]:
        """Ask the running owner something; nothing where this command is the owner itself."""
        if self._found is None:
            return {}
        found = self._found
        lines = await asyncio.to_thread(lambda: list(ask(found, request, args, timeout_s=ANSWER_S)))
        return lines[-1] if lines else {}


@asynccontextmanager
async def writing(
    options: argparse.Namespace, *, own_key: str | None = None, has_own_key: bool = False
) -> AsyncIterator[Writer]:
    """Become the owner of the data folder, or find the one there is.

    Args:
        options: the command's options.
        own_key: an API key for this run only.
        has_own_key: whether the command was told to bring its own key.

    Raises:
        UsageError: a key for this run was given, but an owner with its own key runs.
        DataFolderUnusable: the folder cannot be used, or its owner does not answer in 5 s.
    """
    folder = folder_of(options)
    try:
        entered = await asyncio.to_thread(enter, folder, timeout_s=ANSWER_S)
    except ConnectionError as error:
        raise DesktopError("owner.no_answer", exit_code=5) from error
    if isinstance(entered, OwnerFound):
        if has_own_key:
            raise UsageError("cli.owner_has_key")
        yield Writer(None, entered)
        return
    try:
        async with _owned(entered, folder, options, own_key) as desk:
            yield Writer(desk, None)
    finally:
        entered.give_back()


@asynccontextmanager
async def _owned(
    lock: OwnerLock, folder: Path, options: argparse.Namespace, own_key: str | None
) -> AsyncIterator[Desk]:
    """Own the folder, with the door open: a window that starts asks this command to finish its step and hand over."""
    desk = await open_desk(DeskOptions(folder=folder, is_practice=options.practice, lock=lock, run_key=own_key))
    command = asyncio.current_task()
    is_asked_to_go = False

    async def asked(request: str, _args: dict[str, Any]) -> dict[str, Any]:
        nonlocal is_asked_to_go
        if request == "hand_over" and command is not None and not is_asked_to_go:
            is_asked_to_go = True
            asyncio.get_running_loop().call_soon(command.cancel)
        return {"is_window": False}

    try:
        await desk.open_door(asked)
        yield desk
    except asyncio.CancelledError:
        if not is_asked_to_go:
            raise
        raise DesktopError("cli.handed_over", exit_code=3) from None
    finally:
        await desk.close()
