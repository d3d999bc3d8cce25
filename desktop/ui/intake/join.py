"""Joins import and export to the window: menu, keys, dropped files, the watched folder."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from desktop import texts
from desktop.ui import theme
from desktop.ui.intake.dispatch import Dispatch
from desktop.ui.intake.drop import MESSAGES, DropTarget
from desktop.ui.intake.messages import current_trip, export_trip, import_files, import_trips

if TYPE_CHECKING:
    from desktop.ui.shell import Shell


def join(shell: Shell) -> None:
    """Give the window import and export, and watch the folder of dispatch software."""
    Intake(shell)


class Intake(QObject):
    """What comes in and goes out of one window.

    Attributes:
        dispatch: what is said of the watched folder.
    """

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.window)  # which keeps it
        self._shell = shell
        self._export_trip = self._action("export_trip", "export", lambda: export_trip(shell))
        actions = [self._action("import_trips", "import", lambda: import_trips(shell)), self._export_trip]
        file = shell.window.menuBar().actions()[0].menu()
        if isinstance(file, QMenu):
            last = file.actions()[-1]
            file.insertActions(last, actions)
            file.insertSeparator(last)
            file.aboutToShow.connect(lambda: self._export_trip.setEnabled(bool(current_trip(shell))))
        DropTarget(shell.window, self._on_dropped)
        self.dispatch = Dispatch(shell)
        shell.desk.watched.watch(shell.choices.watched_folder)

    def _action(self, name: str, icon: str, work: Callable[[], Coroutine[Any, Any, None]]) -> QAction:
        made = QAction(texts.text(f"intake.action.{name}"), self._shell.window)
        made.setObjectName(name)
        theme.set_icon(made, icon)
        made.triggered.connect(lambda _checked=False: self._shell.act.start(work(), name))
        return made

    def _on_dropped(self, names: list[str]) -> None:
        messages = [name for name in names if Path(name).suffix.lower() in MESSAGES]
        if messages:
            self._shell.act.start(import_files(self._shell, messages), "import_dropped")
