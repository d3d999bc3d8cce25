"""A trip in a window of its own, for a second screen: the same editor, with its own banner, toast and keys."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from desktop import texts
from desktop.ui import pieces
from desktop.ui.banner import Banner, Notice, Weight
from desktop.ui.legible import legible
from desktop.ui.open_trips import geometry
from desktop.ui.open_trips.geometry import Frame
from desktop.ui.panes import PaneRing, go_by_tab
from desktop.ui.signs import Sign
from desktop.ui.toast import Toast

OUT_KEYS = "Ctrl+Shift+O"
_NOT_SHARED = frozenset({"F10", "Ctrl+F"})
"""Keys of the main window that are about what stands in it."""
USUAL_SIZE = QSize(1100, 736)


class OwnWindow(QMainWindow):
    """Holds one editor.

    Signals: `close_asked`, `in_asked` (back into the main window), `moved` (elsewhere, or another size),
    `used` (it came to the front), `leave_practice_asked`.
    """

    close_asked = Signal()
    in_asked = Signal()
    moved = Signal()
    used = Signal()
    leave_practice_asked = Signal()

    def __init__(self, editor: QWidget, *, is_practice: bool) -> None:
        super().__init__()
        self.setObjectName("trip_window")
        self.setMinimumSize(640, 360)
        self.editor: QWidget | None = editor
        self.is_practice = is_practice
        self.setProperty("is_practice", is_practice)
        self.banner = Banner(self)
        page = pieces.frame("page", parent=self)
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.banner)
        self._column.addWidget(editor, 1)
        self.setCentralWidget(page)
        self.toast = Toast(self)
        self.banner.setVisible(is_practice)
        if is_practice:
            self.banner.set_notice(
                Weight.PRACTICE,
                Notice(
                    Sign.PRACTICE,
                    "practice",
                    texts.text("window.practice.word"),
                    texts.text("window.practice.sentence"),
                    texts.text("window.practice.leave"),
                    self.leave_practice_asked.emit,
                ),
            )
        ring = PaneRing(self._panes)
        for words, keys, run in (
            (texts.text("open.menu.in"), OUT_KEYS, self.in_asked.emit),
            (texts.text("window.action.next_pane"), "F6", partial(ring.go, 1)),
            (texts.text("window.action.previous_pane"), "Shift+F6", partial(ring.go, -1)),
        ):
            made = QAction(words, self)
            made.setShortcut(QKeySequence(keys))
            made.triggered.connect(lambda _checked=False, run=run: run())
            self.addAction(made)
        editor.show()

    def _panes(self) -> list[QWidget]:
        if self.editor is None:
            return []
        named = getattr(self.editor, "panes", None)
        inside: list[QWidget] = named() if callable(named) else [self.editor]
        return [self.banner, *inside, self.toast]

    def share(self, actions: list[QAction]) -> None:
        """Let keys of the main window work here too."""
        taken = {action.shortcut().toString() for action in self.actions()} | _NOT_SHARED
        for action in actions:
            if action.shortcut().toString() not in taken:
                self.addAction(action)

    def say(self, number: str, direction: str, company: str) -> None:
        """Put the trip into the title."""
        key = "open.window.title.practice" if self.is_practice else "open.window.title"
        self.setWindowTitle(legible(texts.text(key, number=number, direction=direction, company=company)))

    def open_at(self, frame: Frame | None, beside: QWidget, spot: QPoint | None = None) -> None:
        """Show it where it stood; else where it was let go, or a little off the window it came out of."""
        if frame is None:
            start = spot or beside.geometry().topLeft() + QPoint(48, 48)
            frame = Frame(QRect(start, USUAL_SIZE))
        elif spot is not None:
            frame = Frame(QRect(spot, frame.rect.size()))
        geometry.place(self, frame)
        self.show()

    def give_up_editor(self) -> None:
        """Let the editor go elsewhere; the window is empty then."""
        if self.editor is not None:
            self._column.removeWidget(self.editor)
            self.editor = None

    def come_forward(self) -> None:
        """Bring it to the front."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def dispose(self) -> None:
        """Take it away, with what is in it."""
        self.hide()
        for action in self.actions():
            self.removeAction(action)
        self.deleteLater()

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Go round all stops with Tab."""
        return go_by_tab(self, is_next)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Never close by itself: the trip is saved first."""
        event.ignore()
        self.close_asked.emit()

    def moveEvent(self, event: QMoveEvent) -> None:
        """Say that it stands elsewhere."""
        super().moveEvent(event)
        self.moved.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say that it has another size."""
        super().resizeEvent(event)
        self.moved.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Say that it is used, or maximised."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self.used.emit()
        elif event.type() is QEvent.Type.WindowStateChange:
            self.moved.emit()
