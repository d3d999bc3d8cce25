"""The window program: the order of start and stop, and the one loop that Qt and asyncio share (house style 3.4).

Qt is loaded last: PySide6 reads the source of every module that is imported after it, to see whether it uses Qt.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop import __version__, assets, texts
from desktop.assembly import Desk, DeskOptions, open_desk
from desktop.clock import Clock, SystemClock
from desktop.errors import DataFolderUnusable, DesktopError
from desktop.owner.arrival import arrive
from desktop.owner.lock import OwnerLock
from desktop.security.log import Log
from desktop.security.redaction import Redactor
from desktop.settings.language import spoken
from desktop.settings.paths import data_folder, leases_folder
from desktop.settings.start import Options
from desktop.store.file import write_file
from desktop.tasks import TaskKeeper
from desktop.ui import dialogs, theme, translation
from desktop.ui.choices import Choices
from desktop.ui.crash import CrashHook
from desktop.ui.place import Place
from desktop.ui.shell import Shell, Stop
from desktop.ui.sweeper import Sweeper
from desktop.ui.window_state import WindowState

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from desktop.ui.hand_over import HandOver

log = logging.getLogger(__name__)

APP_ID = "eManifestDesk"


@dataclass(frozen=True, slots=True)
class Ended:
    """How one data folder's turn ended."""

    stop: Stop
    exit_code: int = 0


class Windows(asyncio.Queue[Stop]):
    """Why the window of a data folder is to end, as it is asked for.

    Attributes:
        shells: the window, and before it those that spoke another language.
    """

    def __init__(self) -> None:
        super().__init__()
        self.shells: list[Shell] = []


def start(options: Options) -> int:
    """Run the program until it is quit; return the exit code."""
    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QApplication
    from qasync import QEventLoop

    name_for_windows()
    app = QApplication([APP_ID])
    app.setApplicationName(texts.text("window.title.product"))  # notices bear it; so does what shows a display name
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("emanifest-desk")
    app.setQuitOnLastWindowClosed(False)  # the main coroutine returns, and that alone ends the program
    app.setWindowIcon(QIcon(str(assets.path("icons/app.svg"))))
    sweeper = Sweeper(app)
    try:
        with asyncio.Runner(loop_factory=lambda: QEventLoop(app)) as runner:
            return runner.run(_turns(app, options))
    finally:
        sweeper.stop()


def name_for_windows() -> None:
    """Give the process its name for notices and the task bar, before its first window (tech notes 8).

    The Start-menu shortcut bears the same one. Without it notices come in the name of Python; nothing else is lost.
    """
    if sys.platform == "win32":
        import ctypes

        try:
            ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(APP_ID)
        except (AttributeError, OSError):
            log.info("this Windows takes no name for the process")


async def _turns(app: QApplication, options: Options) -> int:
    """Open one data folder after the other: practice and real ones never meet."""
    while True:
        ended = await run(app, options)
        if ended.stop is Stop.QUIT:
            return ended.exit_code
        if ended.stop is Stop.PUT_BACK:
            await _put_back(options)
            continue
        is_practice = ended.stop is Stop.TO_PRACTICE
        options = Options(_other_folder(options), is_practice, options.tour)


async def _put_back(options: Options) -> None:
    """Put a backup in the place of the data, which nobody has open now; done or not, they are opened again after."""
    from desktop.services.recovery import Recovery
    from desktop.ui.recovery import recover

    clock = SystemClock()
    folder = data_folder(is_practice=options.is_practice, override=options.data_dir)
    lock = await _arrive(folder, clock)
    if lock is None:
        return
    try:
        await recover(Recovery(folder, clock), clock, None)
    finally:
        lock.give_back()


def _other_folder(options: Options) -> Path | None:
    """Return the twin of a folder given by hand: its practice folder, or the real one."""
    given = options.data_dir
    if given is None:
        return None
    suffix = "-practice"
    if options.is_practice:
        return given.with_name(given.name.removesuffix(suffix))
    return given.with_name(given.name + suffix)


async def run(app: QApplication, options: Options) -> Ended:
    """Open the data folder, show the window, and stay until it is left."""
    clock, redactor = SystemClock(), Redactor()
    folder = data_folder(is_practice=options.is_practice, override=options.data_dir)
    hook = CrashHook(folder / "reports", clock.now)
    try:
        run_log = Log(folder, redactor)
    except OSError:
        run_log = None
    hook.install()
    hook.watch_loop(asyncio.get_running_loop())
    try:
        entered = await _arrive(folder, clock)
        if entered is None:
            return Ended(Stop.QUIT)
        try:
            keeper = TaskKeeper(hook.report)
            desk = await _opened(
                app,
                DeskOptions(
                    folder=folder,
                    is_practice=options.is_practice,
                    lock=entered,
                    clock=clock,
                    redactor=redactor,
                    keeper=keeper,
                    leases=leases_folder,
                ),
            )
            return await _window(app, options, desk, folder, hook)
        finally:
            entered.give_back()
    except DesktopError as error:
        log.warning("the data folder could not be opened: %s", error.code)
        await _say(app, error)
        return Ended(Stop.QUIT, error.exit_code)
    finally:
        hook.show = None
        hook.uninstall()
        if run_log is not None:
            run_log.stop()


async def _opened(app: QApplication, options: DeskOptions) -> Desk:
    """Open the data; damaged ones after the user has chosen what to go on with.

    Raises:
        DesktopError: they cannot be opened, and nobody could or would mend that.
    """
    while True:
        try:
            return await open_desk(options)
        except DataFolderUnusable as error:
            if error.code != "store.damaged" or not _is_seen(app):
                raise
            log.warning("the data are damaged; what can be done is offered")
            from desktop.services.recovery import Recovery
            from desktop.ui.recovery import recover

            choices = Choices(options.folder, options.clock, write_file)
            translation.install(app, spoken(choices.language))
            theme.apply(app, choices.scheme)
            if not await recover(Recovery(options.folder, options.clock), options.clock, error):
                raise


def _is_seen(app: QApplication) -> bool:
    """Tell whether there is a screen on which somebody could answer."""
    return app.platformName() not in {"offscreen", "minimal"}


async def _arrive(folder: Path, clock: Clock) -> OwnerLock | None:
    """Become the owner of the folder, if need be after the step of a command, which is said meanwhile."""
    waiting: list[HandOver] = []

    def on_wait() -> None:
        if not waiting:
            from desktop.ui.hand_over import HandOver  # on use: commands rarely run just then

            waiting.append(HandOver(clock))
            waiting[0].wait()

    try:
        return await arrive(folder, on_wait=on_wait, is_given_up=lambda: bool(waiting) and waiting[0].is_given_up)
    finally:
        for one in waiting:
            one.end()


async def _say(app: QApplication, error: DesktopError) -> None:
    from desktop.services.words import error_words

    words = error_words(error)
    sys.stderr.write(f"{words.title}. {words.text} {words.remedy}\n")
    if _is_seen(app):
        await dialogs.tell_error(None, error)


async def _window(app: QApplication, options: Options, desk: Desk, folder: Path, hook: CrashHook) -> Ended:
    choices = Choices(folder, desk.clock, write_file)
    translation.install(app, spoken(choices.language))
    theme.apply(app, choices.scheme)
    stopped = Windows()
    shell = Shell(desk, WindowState(folder / "window.json"), choices, stopped.put_nowait)
    stopped.shells.append(shell)
    hook.show = shell.show_report
    on_end = _end_on_signals(stopped)
    try:
        await shell.prepare()
        if options.is_minimised:
            from desktop.ui.tray.panel import wait_for_panel

            await wait_for_panel()
        shell.show(is_minimised=options.is_minimised)
        await _painted(shell.window)
        ended = await _work(options, desk, shell, stopped)
        while ended.stop is Stop.LANGUAGE:
            await _renew(app, stopped, hook)
            ended = await _ended(stopped)
        return ended
    finally:
        on_end()
        try:
            await stopped.shells[-1].stop()
        finally:  # also where the last change could not be saved
            hook.show = None
            try:
                await desk.close()
            finally:
                for made in stopped.shells:
                    made.dispose()


async def _renew(app: QApplication, stopped: Windows, hook: CrashHook) -> None:
    """Put the last window away and make it anew over the same desk, in the language that was chosen.

    The connection, the data and who owns them know nothing of it. What was typed has been saved; trips, caret and
    undo come back as after a restart. The old window stays hidden to the end: tasks may still read for it.
    """
    before = stopped.shells[-1]
    is_seen = before.window.isVisible()
    await before.stop()
    translation.install(app, spoken(before.choices.language))
    shell = Shell(before.desk, before.state, before.choices, before.on_stop)
    stopped.shells.append(shell)
    hook.show = shell.show_report
    await shell.prepare()
    if is_seen:
        shell.show()
    await _painted(shell.window)
    await shell.start()
    shell.window.go_to(Place.SETTINGS)
    shell.preferences.language.setFocus()


def _end_on_signals(stopped: asyncio.Queue[Stop]) -> Callable[[], None]:
    """End in order when the system or a terminal asks; returns the way back to what was before.

    The clock of the connection bar runs Python once a second, so a signal waits no longer than that.
    """

    def on_signal(number: int, frame: object) -> None:
        del number, frame
        stopped.put_nowait(Stop.QUIT)

    before = {number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)}

    def give_back() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    return give_back


async def _painted(window: QWidget) -> None:
    """Let Qt paint the window before anything heavier is loaded; one that nobody shows is not waited for."""
    for _ in range(100 if window.isVisible() else 0):
        await asyncio.sleep(0.01)
        handle = window.windowHandle()
        if handle is not None and handle.isExposed():
            break
    await asyncio.sleep(0.02)


async def _work(options: Options, desk: Desk, shell: Shell, stopped: Windows) -> Ended:
    async def asked(request: str, args: dict[str, Any]) -> dict[str, Any]:
        if request == "raise_window":
            if not args.get("stays"):
                stopped.shells[-1].raise_window()
            return {"raised": True}
        return {}

    await desk.open_door(asked)
    await shell.start()
    desk.keeper.start(_connect(desk, stopped), name="connect")
    desk.keeper.start(_mend_start(desk), name="mend the start with the system")
    if options.tour is not None:
        return Ended(Stop.QUIT, await _tour(options.tour, desk, shell))
    return await _ended(stopped)


async def _ended(stopped: Windows) -> Ended:
    while True:
        reason = await stopped.get()
        if await _may_leave(stopped.shells[-1]):
            return Ended(reason)


async def _connect(desk: Desk, stopped: Windows) -> None:
    try:
        await desk.start_link()
    except DesktopError as error:
        await dialogs.tell_error(stopped.shells[-1].window, error)


async def _mend_start(desk: Desk) -> None:
    try:
        await desk.sign_in.mend()
    except DesktopError as error:
        log.info("the start with the system was not looked at: %s", error.code)


async def _tour(folder: Path, desk: Desk, shell: Shell) -> int:
    from desktop.ui.tour import Tour

    return await Tour(desk, shell, folder).run()


async def _may_leave(shell: Shell) -> bool:
    """Save the editor; where that fails, ask whether to leave all the same."""
    try:
        await shell.act.leave()
    except DesktopError as error:
        shell.raise_window()
        await dialogs.tell_error(shell.window, error)
        return await dialogs.ask(
            shell.window,
            texts.text("window.stop.title"),
            texts.text("window.stop.text"),
            accept=texts.text("window.stop.not_saved"),
            reject=texts.text("window.stop.stay"),
            is_grave=True,
        )
    return True
