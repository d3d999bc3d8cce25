"""The list of shipments itself: columns by width, groups that fold, keys that act on the current number."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop import texts
from desktop.services.tracked_row import TrackedRow
from desktop.ui import pieces
from desktop.ui.models.role import Role
from desktop.ui.models.row_list import RowList, letter_scale
from desktop.ui.tracker.delegate import TrackerDelegate, number_width
from desktop.ui.tracker.model import Column, Head, TrackerModel

_WIDTHS = {
    Column.CLEARED: 226,
    Column.NUMBER: 150,
    Column.TRANSACTION: 130,
    Column.TRIP: 140,
    Column.OFFICE: 148,
    Column.ETA: 100,
}
_LEAST_CLEARED = 180
_LONGEST, _MEASURED = 26, 40
_SERVICE_FROM = 880
"""A narrower list leaves out the service option first, then columns (ui design 6)."""
_DROPS = (Column.TRANSACTION, Column.OFFICE, Column.TRIP)


class TrackerView(RowList):
    """Numbers in groups, with their keys; they act only while the list has the focus.

    Signals: `open_asked(TrackedRow)` by Enter or a double click, `attach_asked(TrackedRow)` by a click on the offer,
    `peek_asked` by Space, `current_changed`.
    """

    open_asked = Signal(object)
    attach_asked = Signal(object)
    peek_asked = Signal()
    current_changed = Signal()

    def __init__(self, model: TrackerModel, parent: QWidget | None = None) -> None:
        super().__init__("tracked", texts.text("tracker.list"), model, parent)
        self._model = model
        self.setItemDelegate(TrackerDelegate(self))
        self.doubleClicked.connect(self._on_double_clicked)
        self.clicked.connect(self._on_clicked)
        self.selectionModel().currentRowChanged.connect(lambda *_: self.current_changed.emit())
        model.modelReset.connect(self._on_reset)

    def current_row(self) -> TrackedRow | None:
        """Return the current number, or None on a group's head."""
        found = self.currentIndex().data(Role.OBJECT)
        return found if isinstance(found, TrackedRow) else None

    def select(self, key: str) -> bool:
        """Make a number the current one; tell whether it is in the list."""
        position = self._model.position(key)
        if position < 0:
            return False
        index = self._model.index(position, 0)
        pieces.stand_on(self, index)
        self.scrollTo(index)
        return True

    def select_first(self) -> None:
        """Make the first number the current one."""
        lines = range(self._model.rowCount())
        first = next((place for place in lines if isinstance(self._model.line(place), TrackedRow)), 0)
        if self._model.rowCount():
            pieces.stand_on(self, self._model.index(first, 0))

    def _on_reset(self) -> None:
        for place in range(self._model.rowCount()):
            if isinstance(self._model.line(place), Head):
                self.setFirstColumnSpanned(place, QModelIndex(), True)
        self.lay_columns()

    def fold(self, *, is_folded: bool) -> None:
        """Fold the group of the current line away, or show it; the head becomes the current line."""
        line = self.currentIndex().data(Role.OBJECT)
        if not isinstance(line, Head | TrackedRow):
            return
        self._model.fold(line.group, is_folded=is_folded)
        for place in range(self._model.rowCount()):
            one = self._model.line(place)
            if isinstance(one, Head) and one.group is line.group:
                pieces.stand_on(self, self._model.index(place, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the current line."""
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        key = Qt.Key(event.key())
        if plain and key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.fold(is_folded=key is Qt.Key.Key_Left)
        elif plain and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if not event.isAutoRepeat():
                self._enter()
        elif plain and key is Qt.Key.Key_Space:
            self.peek_asked.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _enter(self) -> None:
        line = self.currentIndex().data(Role.OBJECT)
        if isinstance(line, Head):
            self.fold(is_folded=not line.is_folded)
        elif isinstance(line, TrackedRow):
            self.open_asked.emit(line)

    def _numbers_need(self) -> int:
        longest = sorted({row.number for row in self._model.rows()}, key=len)[-_MEASURED:]
        return max((number_width(number[:_LONGEST]) for number in longest), default=0)

    def lay_columns(self) -> None:
        """Show as many columns as fit; control numbers are whole before anything else has its room."""
        width, scale = self.viewport().width(), letter_scale()
        shown = {column: round(wide * scale) for column, wide in _WIDTHS.items()}
        shown[Column.NUMBER] = max(shown[Column.NUMBER], self._numbers_need())
        for column in _DROPS:
            if sum(shown.values()) - shown[Column.CLEARED] + _LEAST_CLEARED * scale <= width:
                break
            del shown[column]
        rest = sum(wide for column, wide in shown.items() if column is not Column.CLEARED)
        spare = max(0, width - rest - shown[Column.CLEARED])
        shown[Column.CLEARED] = max(round(120 * scale), min(shown[Column.CLEARED], width - rest))
        if spare:
            shown[Column.CLEARED] += spare // 3
            shown[Column.NUMBER] += spare // 4
        self.give_widths(shown)
        self._model.show_service(is_shown=width >= _SERVICE_FROM * scale)

    def _on_clicked(self, index: QModelIndex) -> None:
        line = index.data(Role.OBJECT)
        if isinstance(line, Head):
            self.fold(is_folded=not line.is_folded)
        elif isinstance(line, TrackedRow) and index.column() == Column.TRIP:
            words = self._model.words(line)
            if words.is_trip_offered:
                self.attach_asked.emit(line)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        line = index.data(Role.OBJECT)
        if isinstance(line, TrackedRow):
            self.open_asked.emit(line)
