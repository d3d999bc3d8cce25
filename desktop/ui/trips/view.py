"""The list of trips itself: columns by width, keys that act on the current trip."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop import texts
from desktop.ui import pieces
from desktop.ui.models.role import Role
from desktop.ui.models.row_list import RowList, letter_scale
from desktop.ui.trips import columns
from desktop.ui.trips.delegate import TripDelegate
from desktop.ui.trips.model import Column, TripsModel

_LEAST_VERDICT = 220
_DROPS = (Column.CLEARED, Column.DRIVER, Column.PORT, Column.CUSTOMS)
"""What a narrower list leaves out, in this order (ui design 6)."""


class TripsView(RowList):
    """Trips with their keys; they act only while the list has the focus.

    Attributes:
        is_deleted: the trips are those taken out of the list; keys bring them back.

    Signals, each with a trip's id: `open_asked`, `copy_asked`, `mirror_asked`, `repeat_asked`, `template_asked`,
    `delete_asked`, `print_asked`, `send_asked`, `swap_asked`, `cancel_asked`; `bring_back_asked` of a deleted trip.
    """

    open_asked = Signal(str)
    copy_asked = Signal(str)
    mirror_asked = Signal(str)
    repeat_asked = Signal(str)
    template_asked = Signal(str)
    bring_back_asked = Signal(str)
    delete_asked = Signal(str)
    print_asked = Signal(str)
    send_asked = Signal(str)
    swap_asked = Signal(str)
    cancel_asked = Signal(str)

    def __init__(self, model: TripsModel, parent: QWidget | None = None) -> None:
        super().__init__("trips", texts.text("window.trips.list"), model, parent)
        self.setItemDelegate(TripDelegate(self))
        self.setUniformRowHeights(True)
        self.doubleClicked.connect(self._on_double_clicked)
        model.modelReset.connect(self.lay_columns)
        self._deleted_keys = {
            Qt.Key.Key_Return: self.bring_back_asked,
            Qt.Key.Key_Enter: self.bring_back_asked,
            Qt.Key.Key_B: self.bring_back_asked,
            Qt.Key.Key_C: self.copy_asked,
        }
        self.is_deleted = False
        self._keys = {
            Qt.Key.Key_Return: self.open_asked,
            Qt.Key.Key_Enter: self.open_asked,
            Qt.Key.Key_C: self.copy_asked,
            Qt.Key.Key_M: self.mirror_asked,
            Qt.Key.Key_R: self.repeat_asked,
            Qt.Key.Key_T: self.template_asked,
            Qt.Key.Key_Delete: self.delete_asked,
            Qt.Key.Key_P: self.print_asked,
            Qt.Key.Key_S: self.send_asked,
            Qt.Key.Key_E: self.swap_asked,
            Qt.Key.Key_X: self.cancel_asked,
        }

    def current_id(self) -> str:
        """Return the current trip's id, or an empty text."""
        found = self.currentIndex().data(Role.ID)
        return found if isinstance(found, str) else ""

    def select(self, trip_id: str) -> bool:
        """Make a trip the current one; tell whether it is in the list."""
        model = self.model()
        if not isinstance(model, TripsModel):
            return False
        position = model.position(trip_id)
        if position < 0:
            return False
        pieces.stand_on(self, model.index(position, 0))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the current trip."""
        signal = (self._deleted_keys if self.is_deleted else self._keys).get(Qt.Key(event.key()))
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        if signal is not None and plain:
            if not event.isAutoRepeat() and self.current_id():
                signal.emit(self.current_id())
            event.accept()
            return
        super().keyPressEvent(event)

    def _numbers_need(self) -> int:
        model = self.model()
        if not isinstance(model, TripsModel):
            return 0
        return columns.numbers_need(model.row(row).number for row in range(model.rowCount()))

    def lay_columns(self) -> None:
        """Show as many columns as fit; trip numbers are whole before anything else has its room."""
        width, scale = self.viewport().width(), letter_scale()
        shown = {column: round(wide * scale) for column, wide in columns.WIDTHS.items()}
        shown[Column.TRIP] = max(shown[Column.TRIP], self._numbers_need())
        for column in _DROPS:
            if sum(shown.values()) - shown[Column.VERDICT] + _LEAST_VERDICT * scale <= width:
                break
            del shown[column]
        rest = sum(wide for column, wide in shown.items() if column is not Column.VERDICT)
        shown[Column.VERDICT] = max(round(120 * scale), min(shown[Column.VERDICT], width - rest))
        self.give_widths(shown)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        if isinstance(index.data(Role.ID), str):
            (self.bring_back_asked if self.is_deleted else self.open_asked).emit(index.data(Role.ID))
