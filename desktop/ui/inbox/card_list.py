"""The list of messages with its keys."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListView, QWidget

from desktop import texts
from desktop.ui.inbox.delegate import CardDelegate
from desktop.ui.inbox.model import InboxModel
from desktop.ui.models.role import Index, Role


class CardList(QListView):
    """The messages.

    Signals: `shown(card id)`, `reader_asked` with Enter, `card_clicked`, `unread_asked`.
    """

    shown = Signal(str)
    reader_asked = Signal()
    card_clicked = Signal()
    unread_asked = Signal()

    def __init__(self, model: InboxModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inbox_list")
        self.setAccessibleName(texts.text("inbox.list"))
        self.setModel(model)
        self.setItemDelegate(CardDelegate(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.clicked.connect(lambda _index: self.card_clicked.emit())

    def current_id(self) -> str:
        """Return the current card's id, or an empty text."""
        found = self.currentIndex().data(Role.ID)
        return found if isinstance(found, str) else ""

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Show what the arrows or the mouse reached."""
        super().currentChanged(current, previous)
        found = current.data(Role.ID)
        self.shown.emit(found if isinstance(found, str) else "")

    def keyboardSearch(self, search: str) -> None:
        """Leave letters to the keys of the page."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes into the reader, U marks unread."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.reader_asked.emit()
        elif event.key() == Qt.Key.Key_U and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.unread_asked.emit()
        else:
            super().keyPressEvent(event)
