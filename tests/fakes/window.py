"""Opens the whole window over a desk in memory, inside a coroutine, and takes it away again."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop.ui.choices import Choices
from desktop.ui.shell import Shell, Stop
from desktop.ui.window_state import WindowState
from fakes.desk import FakeDesk


class Opened:
    """One open window with what a test asks it for."""

    def __init__(self, desk: FakeDesk, shell: Shell, stops: list[Stop]) -> None:
        self.desk = desk
        self.shell = shell
        self.stops = stops
        self.window = shell.window

    async def settle(self, turns: int = 12) -> None:
        """Let tasks and Qt's events have their turns (the loop is Qt's: sleeping lets both run)."""
        for _ in range(turns):
            await asyncio.sleep(0.002)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        target = QApplication.focusWidget() or self.window
        QTest.keyClick(target, key, modifier)
        if modifier != Qt.KeyboardModifier.NoModifier:  # else it counts as held for ever
            QTest.keyRelease(self.window, Qt.Key.Key_Shift, Qt.KeyboardModifier.NoModifier)

    def type(self, text: str) -> None:
        """Type letters where the focus is."""
        QTest.keyClicks(QApplication.focusWidget() or self.window, text)

    def dialog(self, name: str = "") -> QDialog:
        """Return the dialog on show."""
        found = [
            widget
            for widget in QApplication.topLevelWidgets()
            if isinstance(widget, QDialog) and widget.isVisible() and (not name or widget.objectName() == name)
        ]
        assert len(found) == 1, f"{len(found)} dialogs on show"
        return found[0]


async def until(condition: Callable[[], object], limit_s: float = 5.0) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(limit_s):
        while not condition():  # noqa: ASYNC110 - conditions of Qt objects have no event to wait for
            await asyncio.sleep(0.002)


@asynccontextmanager
async def opened(
    desk: FakeDesk | None = None,
    *,
    size: tuple[int, int] = (1366, 736),
    state: Mapping[str, str] | None = None,
    make_editor: Callable[..., QWidget] | None = None,
) -> AsyncIterator[Opened]:
    """Open the window at its list of trips, wait for the first rows, and dispose of it at the end.

    `state` is what the window kept; `window.place` in it says where the window opens instead.
    """
    desk = desk or FakeDesk()
    kept = WindowState()
    for name, value in {
        "guide.done": "yes",
        "tray.start_offered": "yes",
        "window.place": "trips",
        **(state or {}),
    }.items():
        kept.keep(name, value)
    stops: list[Stop] = []
    extra: dict[str, Any] = {} if make_editor is None else {"make_editor": make_editor}
    with tempfile.TemporaryDirectory() as folder:
        choices = Choices(Path(folder), desk.clock, lambda path, data: path.write_bytes(data) and None)
        shell = Shell(desk, kept, choices, stops.append, **extra)
        opened_window = Opened(desk, shell, stops)
        try:
            await shell.prepare()
            shell.window.resize(*size)
            shell.show()
            shell.window.activateWindow()
            await shell.start()
            await opened_window.settle()
            yield opened_window
        finally:
            await shell.stop()
            await desk.keeper.stop()
            shell.dispose()
            for widget in QApplication.topLevelWidgets():
                if isinstance(widget, QDialog):
                    widget.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
