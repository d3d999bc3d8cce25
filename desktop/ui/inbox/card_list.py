"""The list of messages with its keys."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QListView, QWidget

from desktop import texts
from desktop.services.views import InboxCard
from desktop.ui.inbox.delegate import CardDelegate
from desktop.ui.inbox.model import InboxModel
from desktop.ui.models.role import Index, Role


class CardList(QListView):
    """The messages; several can be chosen with Shift, Ctrl and Ctrl+A.

    Signals: `shown(card id)`, `reader_asked` with Enter, `card_clicked`, `unread_asked`, `pin_asked`, `snooze_asked`,
    `trip_asked` for all messages of the card's trip, `copy_asked`, `leave_asked` with Esc, `menu_asked`.
    """

    shown = Signal(str)
    reader_asked = Signal()
    card_clicked = Signal()
    unread_asked = Signal()
    pin_asked = Signal()
    snooze_asked = Signal()
    trip_asked = Signal()
    copy_asked = Signal()
    leave_asked = Signal()
    menu_asked = Signal()

    def __init__(self, model: InboxModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inbox_list")
        self.setAccessibleName(texts.text("inbox.list"))
        self._cards = model
        self.setModel(model)
        self.setItemDelegate(CardDelegate(self))
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.clicked.connect(lambda _index: self.card_clicked.emit())
        self._letters = {
            Qt.Key.Key_U: self.unread_asked,
            Qt.Key.Key_P: self.pin_asked,
            Qt.Key.Key_H: self.snooze_asked,
            Qt.Key.Key_T: self.trip_asked,
        }

    def current_id(self) -> str:
        """Return the current card's id, or an empty text."""
        found = self.currentIndex().data(Role.ID)
        return found if isinstance(found, str) else ""

    def chosen(self) -> list[InboxCard]:
        """Return the selected cards in the order of the list, or the current one where none is."""
        rows = {index.row() for index in self.selectionModel().selectedIndexes()}
        if not rows and self.currentIndex().isValid():
            rows = {self.currentIndex().row()}
        return self._cards.cards(rows)

    def choose(self, ids: set[str]) -> None:
        """Select these cards again, as far as they are there; the current one stays."""
        for row in range(self._cards.rowCount()):
            index = self._cards.index(row)
            if index.data(Role.ID) in ids:
                self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Show what the arrows or the mouse reached."""
        super().currentChanged(current, previous)
        found = current.data(Role.ID)
        self.shown.emit(found if isinstance(found, str) else "")

    def keyboardSearch(self, search: str) -> None:
        """Leave letters to the keys of the page."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the chosen messages."""
        if self.currentIndex().isValid():
            self.menu_asked.emit()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes into the reader; letters act on the chosen messages."""
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        letter = self._letters.get(Qt.Key(event.key())) if plain else None
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.reader_asked.emit()
        elif letter is not None:
            letter.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        else:
            super().keyPressEvent(event)
