"""From the first start to the first accepted practice trip by keyboard alone, with every key counted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from fakes.window import until
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.assembly import Desk, DeskOptions, open_desk
from desktop.clock import SystemClock
from desktop.domain.lifecycle import Customs, LinkState
from desktop.store.file import write_file
from desktop.ui.choices import Choices
from desktop.ui.first_run import FirstRun
from desktop.ui.place import Place
from desktop.ui.send_plan import SendPlan
from desktop.ui.shell import Shell, Stop
from desktop.ui.window_state import WindowState

pytestmark = [pytest.mark.qt_log_ignore("This plugin does not support"), pytest.mark.timeout(600)]

MOST = 60


class Keys(QObject):
    """A keyboard, and how often its keys were pressed; a key held with another one counts too.

    Attributes:
        count: keys pressed so far, letters among them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is; nothing is clicked, and no widget is asked for."""
        self.count += 1 if modifier == Qt.KeyboardModifier.NoModifier else 2
        target = QApplication.focusWidget()
        assert target is not None, "there is no focus: keys would go nowhere"
        QTest.keyClick(target, key, modifier)


@asynccontextmanager
async def started(folder: Path, *, is_practice: bool) -> AsyncIterator[tuple[Shell, Desk, list[Stop]]]:
    """The program as it starts on a folder that nobody has used."""
    clock, stops = SystemClock(), []
    desk = await open_desk(DeskOptions(folder=folder, is_practice=is_practice, clock=clock))
    state = WindowState()
    state.keep("tray.start_offered", "yes")
    shell = Shell(desk, state, Choices(folder, clock, write_file), stops.append)
    try:
        await desk.start_link()
        await shell.prepare()
        shell.window.resize(1366, 736)
        shell.show()
        shell.window.activateWindow()
        await shell.start()
        yield shell, desk, stops
    finally:
        await shell.stop()
        await desk.close()
        shell.dispose()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


async def led_to_practice(folder: Path, keys: Keys) -> None:
    """The very first start: the guide opens by itself and Enter starts practice."""
    async with started(folder, is_practice=False) as (_, _, stops):
        await until(lambda: isinstance(QApplication.activeModalWidget(), FirstRun), 30)
        guide = QApplication.activeModalWidget()
        await until(lambda: guide.isActiveWindow() and guide.isAncestorOf(QApplication.focusWidget() or guide), 30)
        keys.press(Qt.Key.Key_Return)
        await until(lambda: stops == [Stop.TO_PRACTICE], 30)


async def first_trip(folder: Path, keys: Keys) -> None:
    """The practice window that follows: choose a sample trip, open it, send it, and wait for customs' word."""
    async with started(folder, is_practice=True) as (shell, desk, _):
        assert shell.window.place is Place.CROSSINGS
        await until(lambda: desk.link.status.state is LinkState.CONNECTED, 30)
        await until(lambda: shell.board.model.rowCount() > 0, 30)
        await until(lambda: QApplication.focusWidget() is shell.board.view, 30)
        keys.press(Qt.Key.Key_Home)
        keys.press(Qt.Key.Key_Down)  # past the group's own line
        keys.press(Qt.Key.Key_S)
        await until(lambda: isinstance(QApplication.activeModalWidget(), SendPlan), 30)
        plan = QApplication.activeModalWidget()
        await until(plan.isActiveWindow, 30)
        if not plan.send.isEnabled():
            while not plan.tick.hasFocus():
                keys.press(Qt.Key.Key_Tab)
            keys.press(Qt.Key.Key_Space)
        await until(plan.send.isEnabled, 30)
        keys.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        accepted = {Customs.ON_FILE, Customs.CLEARED}
        trips: list[Customs] = []
        while not accepted & set(trips):
            trips = [row.customs for row in await desk.lookups.trips()]
            await until(lambda: QApplication.activeModalWidget() is None, 30)


def test_first_start_to_first_accepted_trip_takes_few_keys(run_qt, tmp_path: Path) -> None:
    async def main() -> None:
        keys = Keys()
        await led_to_practice(tmp_path / "data", keys)
        await first_trip(tmp_path / "practice", keys)
        assert keys.count < MOST, f"{keys.count} keys"

    run_qt(main())
