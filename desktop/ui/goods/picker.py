"""The editor of a description: a plain line that offers what the partner shipped before."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from desktop.services.goods import Goods
from desktop.texts import text
from desktop.ui.binding.choice import CHOICE_ROLE, Choice
from desktop.ui.binding.picker import Picker


class GoodsPicker(Picker):
    """Takes only what was marked in the list: Tab and Enter alone keep the words as typed. Del forgets the marked one.

    Signals:
        forgotten: the `Goods` that are to be offered no more.
    """

    forgotten = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrame(False)
        self.setAccessibleDescription(text("goods.popup_help"))

    def _best(self) -> Choice | None:
        return None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Forget with Del; let Enter and Tab go on where nothing is marked."""
        if (
            isinstance(watched, QAbstractItemView)
            and watched.isVisible()
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
            marked = watched.currentIndex().data(CHOICE_ROLE)
            is_marked = isinstance(marked, Choice)
            if event.key() == Qt.Key.Key_Delete and is_marked and isinstance(marked.payload, Goods):
                watched.hide()
                self.forgotten.emit(marked.payload)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab} and not is_marked:
                watched.hide()
                key = QKeyEvent(event.type(), event.key(), event.modifiers(), event.text())
                QApplication.postEvent(self, key)  # later: the cell closes, and this list goes with it
                return True
        return super().eventFilter(watched, event)
