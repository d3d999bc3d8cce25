"""Joins import and export to the window: menu, keys, dropped files, the watched folder."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from desktop import texts
from desktop.ui import pieces, theme
from desktop.ui.intake.dispatch import Dispatch
from desktop.ui.intake.drop import MESSAGES, DropTarget
from desktop.ui.intake.messages import current_trip, export_trip, import_files, import_trips
from desktop.ui.intake.tables import export_table, import_table, paste
from desktop.ui.place import Place

if TYPE_CHECKING:
    from desktop.ui.shell import Shell

_LISTS = frozenset({Place.CROSSINGS, Place.TRIPS, Place.DRIVERS, Place.EQUIPMENT, Place.PARTNERS})
_LIBRARY = (1, 2, 4)  # import from table, paste rows, export to table
_PASTE = 2


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
        actions = [
            self._action("import_trips", "import", lambda: import_trips(shell)),
            self._action("import_table", "import", lambda: import_table(shell)),
            self._action("paste_rows", "", lambda: paste(shell)),
            self._export_trip,
            self._action("export_table", "export", lambda: export_table(shell)),
        ]
        file = shell.window.menuBar().actions()[0].menu()
        if isinstance(file, QMenu):
            last = file.actions()[-1]
            file.insertActions(last, actions)
            file.insertSeparator(last)
            file.aboutToShow.connect(lambda: self._export_trip.setEnabled(bool(current_trip(shell))))
        self._actions = actions
        self._joined: set[Place] = set()
        shell.window.place_shown.connect(self._on_place_shown)
        for place in Place:
            if shell.window.has_page(place):
                self._on_place_shown(place)
        shell.act.on_editor.append(self._on_editor)
        DropTarget(shell.window, self._on_dropped)
        self.dispatch = Dispatch(shell)
        shell.desk.watched.watch(shell.choices.watched_folder)

    def _action(self, name: str, icon: str, work: Callable[[], Coroutine[Any, Any, None]]) -> QAction:
        made = QAction(texts.text(f"intake.action.{name}"), self._shell.window)
        made.setObjectName(name)
        if icon:
            theme.set_icon(made, icon)
        made.triggered.connect(lambda _checked=False: self._shell.act.start(work(), name))
        return made

    def _on_place_shown(self, place: Place) -> None:
        """Add to a page's own menu, and let Ctrl+V in its list take rows; once for each page."""
        if place in self._joined:
            return
        self._joined.add(place)
        page = self._shell.window.page(place)
        for one in (page, *page.findChildren(QWidget)):
            menu = getattr(one, "tools_menu", None) or getattr(one, "more_menu", None)
            view = getattr(one, "view", None) or getattr(getattr(one, "ui", None), "records", None)
            if place not in _LISTS or not isinstance(view, QAbstractItemView):
                continue
            if isinstance(menu, QMenu):
                menu.addSeparator()
                menu.addActions(
                    self._actions if place in {Place.CROSSINGS, Place.TRIPS} else [self._actions[i] for i in _LIBRARY]
                )
            pieces.on_key(
                view, QKeySequence(QKeySequence.StandardKey.Paste), self._actions[_PASTE].trigger, only_with_focus=True
            )

    def _on_editor(self, editor: QWidget) -> None:
        """Add to an editor's own menu what takes shipments in and the trip out."""
        add, session = getattr(editor, "add_menu_entry", None), getattr(editor, "session", None)
        if add is None or session is None:
            return
        shell, trip_id = self._shell, session.trip_id
        add(
            texts.text("intake.editor.import"),
            lambda: shell.act.start(import_table(shell, kind="shipments", trip_id=trip_id), "import_table"),
            "",
            "import",
        )
        add(
            texts.text("intake.editor.export"),
            lambda: shell.act.start(export_trip(shell, trip_id), "export_trip"),
            "",
            "export",
        )

    def _on_dropped(self, names: list[str]) -> None:
        """Show the preview of what was dropped: messages together, else the first table."""
        messages = [name for name in names if Path(name).suffix.lower() in MESSAGES]
        if messages:
            self._shell.act.start(import_files(self._shell, messages), "import_dropped")
        else:
            table = Path(names[0])
            self._shell.act.start(import_table(self._shell, source=table, name=table.name), "import_dropped")
