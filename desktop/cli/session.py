"""How a command comes to the data: beside a running owner for reading, as the owner or through its door for writing."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from desktop.assembly import Desk, DeskOptions, ReadingDesk, open_desk, open_reading
from desktop.domain.lifecycle import OutboxState
from desktop.errors import DataFolderUnusable, DesktopError, UsageError
from desktop.owner.entry import PAUSE_S, enter
from desktop.owner.knock import OwnerFound, ask
from desktop.owner.lock import OwnerLock
from desktop.security.log import Log
from desktop.security.redaction import Redactor
from desktop.services.choice import company_or_only
from desktop.settings.paths import data_folder, leases_folder
from desktop.store import DATABASE
from desktop.store.records import Company
from desktop.tasks import log_loop_error

ANSWER_S = 5.0
_FINISH_S = 60.0
_LOOK_S = 0.1
_REFUSALS = 50  # so often an owner that lives may send us away before it takes what we ask


class HandedOver(DesktopError):  # noqa: N818 - named like its fellows in desktop.errors
    """A window took the data folder over while this command waited."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__("cli.handed_over")


def folder_of(options: argparse.Namespace) -> Path:
    """Return the data folder the command is for; it need not be there yet.

    Raises:
        DataFolderUnusable: what is there is no folder, lies below a file, or may not be looked into.
    """
    folder = data_folder(is_practice=options.practice, override=options.data_dir)
    try:
        place = next(path for path in (folder, *folder.parents) if path.exists())
        is_folder = place.is_dir()
        if folder.is_dir():
            (folder / DATABASE).exists()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise DataFolderUnusable("cli.folder_closed", path=str(folder), reason=reason) from error
    if not is_folder:
        raise DataFolderUnusable("cli.not_a_folder", path=str(place))
    return folder


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
        UsageError: there are several and none was named, or several are meant.
    """
    return company_or_only(await desk.store.companies.all(), name)


class Writer:
    """A writing command's way: the owner's services, here or behind the door.

    Attributes:
        desk: the data and services, where this command owns the folder for as long as it runs; else None.
        is_idle: whether the command only waits or listens, so that a window may take the folder over at once.
    """

    def __init__(self, come: Callable[[Writer], Awaitable[OwnerFound | None]]) -> None:
        """Make one that has not come to the data folder yet.

        Args:
            come: returns the owner there is; None once the writer it is given owns the folder itself.
        """
        self.desk: Desk | None = None
        self.is_idle = False
        self._come = come
        self._found: OwnerFound | None = None

    async def arrive(self) -> None:
        """Come to the data folder; also after the owner that was found there has gone."""
        self._found = await self._come(self)

    async def run(self, command: str, args: dict[str, Any]) -> dict[str, Any]:
        """Run a service and return its reply: `exit`, `value` and `notes`.

        Raises:
            DesktopError: what prevented it from trying.
        """
        for _ in range(_REFUSALS):
            if self.desk is not None:
                return await self.desk.requests.run(command, args)
            try:
                return await self.tell("run", {"command": command, "args": args})
            except ConnectionError:  # the owner has gone, or its door is full: nothing was done
                await asyncio.sleep(PAUSE_S)
                await self.arrive()
            except DesktopError as error:
                if error.code == "owner.fell_silent":
                    error.exit_code = 3  # it had begun: what came of it is not known
                raise
        raise DataFolderUnusable("owner.no_answer")

    async def changed(self, company: str) -> None:
        """Tell a running owner that a carrier or its key changed; one that has gone needs not know."""
        with suppress(ConnectionError):
            await self.tell("company_changed", {"company": company})

    async def tell(self, request: str, args: dict[str, Any]) -> dict[str, Any]:
        """Ask the running owner something; nothing where this command is the owner itself.

        Raises:
            ConnectionError: it has gone, or its door is full; nothing was done.
        """
        if self._found is None:
            return {}
        found = self._found
        lines = await asyncio.to_thread(lambda: list(ask(found, request, args, timeout_s=ANSWER_S)))
        return lines[-1] if lines else {}


@asynccontextmanager
async def writing(
    options: argparse.Namespace,
    *,
    own_key: str | None = None,
    has_own_key: bool = False,
    on_owned: Callable[[Writer, Desk], Awaitable[None]] | None = None,
) -> AsyncIterator[Writer]:
    """Become the owner of the data folder, or find the one there is.

    Args:
        options: the command's options.
        own_key: an API key for this run only.
        has_own_key: whether the command was told to bring its own key.
        on_owned: awaited where this command became the owner: at once, or when the owner it found had gone.

    Raises:
        UsageError: a key for this run was given, but an owner with its own key runs.
        DataFolderUnusable: the folder cannot be used, or its owner does not answer in 5 s.
    """
    folder = folder_of(options)
    async with AsyncExitStack() as stack:

        async def come(writer: Writer) -> OwnerFound | None:
            entered = await asyncio.to_thread(enter, folder, timeout_s=ANSWER_S)
            if isinstance(entered, OwnerFound):
                return entered
            stack.callback(entered.give_back)
            desk = await stack.enter_async_context(_owned(writer, entered, folder, options, own_key))
            if on_owned is not None:
                await on_owned(writer, desk)
            return None

        writer = Writer(come)
        await writer.arrive()
        if has_own_key and writer.desk is None:
            raise UsageError("cli.owner_has_key")
        yield writer


@asynccontextmanager
async def _owned(
    writer: Writer, lock: OwnerLock, folder: Path, options: argparse.Namespace, own_key: str | None
) -> AsyncIterator[Desk]:
    """Own the folder, with the door open: a window that starts asks this command to finish its step and hand over."""
    redactor = Redactor()
    log = _log_of(folder, redactor)
    asyncio.get_running_loop().set_exception_handler(log_loop_error)
    try:
        desk = await open_desk(
            DeskOptions(
                folder=folder,
                is_practice=options.practice,
                lock=lock,
                run_key=own_key,
                redactor=redactor,
                leases=leases_folder,
            )
        )
        writer.desk = desk
        handing_over = _HandingOver(writer, asyncio.current_task())
        try:
            await desk.open_door(handing_over.asked)
            yield desk
        except asyncio.CancelledError:
            if not handing_over.is_cancelled:
                raise
            raise HandedOver from None
        finally:
            await desk.close()
    finally:
        if log is not None:
            log.stop()


def _log_of(folder: Path, redactor: Redactor) -> Log | None:
    try:
        return Log(folder, redactor)
    except OSError:
        return None  # the data themselves are opened next, and say what is wrong


class _HandingOver:
    """Ends an idle command when a window wants the folder; any other command goes on to its own end.

    Attributes:
        is_cancelled: whether the command was ended for a window.
    """

    def __init__(self, writer: Writer, command: asyncio.Task[Any] | None) -> None:
        self.is_cancelled = False
        self._writer = writer
        self._command = command
        self._is_asked = False

    async def asked(self, request: str, _args: dict[str, Any]) -> dict[str, Any]:
        """Answer what only a window can do, and begin to hand over."""
        desk = self._writer.desk
        if request == "hand_over" and desk is not None and not self._is_asked:
            self._is_asked = True
            desk.keeper.start(self._end_soon(desk), name="hand over")
        return {"is_window": False}

    async def _end_soon(self, desk: Desk) -> None:
        """End the command once it is idle and no answer is due any moment: that would leave its message in doubt."""
        end = desk.clock.monotonic() + _FINISH_S
        while desk.clock.monotonic() < end and (not self._writer.is_idle or await _is_in_flight(desk)):  # noqa: ASYNC110 - rows tell nobody that they move
            await asyncio.sleep(_LOOK_S)
        if self._writer.is_idle and self._command is not None:
            self.is_cancelled = True
            self._command.cancel()


async def _is_in_flight(desk: Desk) -> bool:
    return any(row.state is OutboxState.IN_FLIGHT for row in await desk.store.outbox.open_rows())


def owner_is_gone(folder: Path) -> bool:
    """Tell whether nobody owns the folder at this moment. Blocks for less than a millisecond."""
    lock = OwnerLock(folder)
    is_free = lock.take()
    if is_free:
        lock.give_back()
    return is_free
