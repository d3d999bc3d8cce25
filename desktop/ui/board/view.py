"""The board itself: groups that fold, columns by width, keys that act on the current trip or on all selected."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QTreeView, QWidget

from desktop import texts
from desktop.services.board_row import Group
from desktop.ui import pieces
from desktop.ui.board.delegate import BoardDelegate
from desktop.ui.board.model import GROUPS, BoardModel
from desktop.ui.models.role import Role
from desktop.ui.models.row_list import RowList, letter_scale
from desktop.ui.models.two_lines import row_height
from desktop.ui.trips import columns
from desktop.ui.trips.model import Column

_LEAST_VERDICT, _MOST_VERDICT = 240, 420
_ONE_LINE = 112
_NARROW = 800
_FEW = (Column.VERDICT, Column.TRIP, Column.ETA)
_KEYS = {
    Qt.Key.Key_Return: "open",
    Qt.Key.Key_Enter: "open",
    Qt.Key.Key_Space: "peek",
    Qt.Key.Key_C: "copy",
    Qt.Key.Key_M: "mirror",
    Qt.Key.Key_R: "repeat",
    Qt.Key.Key_T: "template",
    Qt.Key.Key_P: "print",
    Qt.Key.Key_S: "send",
    Qt.Key.Key_E: "swap",
    Qt.Key.Key_X: "cancel",
    Qt.Key.Key_Delete: "delete",
    Qt.Key.Key_L: "late",
    Qt.Key.Key_K: "looked",
}


class BoardView(RowList):
    """Groups with their trips; the letters act only while the list has the focus.

    Signals: `asked(str)` with the name of what is to be done; `touched` by a key or the mouse; `folded` when a group
    was folded or unfolded.

    Attributes:
        one_line: columns whose second line has no room.
    """

    asked = Signal(str)
    touched = Signal()
    folded = Signal()

    def __init__(self, model: BoardModel, parent: QWidget | None = None) -> None:
        super().__init__("board", texts.text("board.list"), model, parent)
        self.one_line: frozenset[Column] = frozenset()
        self.board = model
        self.setItemDelegate(BoardDelegate(self))
        self.setIndentation(0)
        self.setSelectionMode(QTreeView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.doubleClicked.connect(self._on_double_clicked)
        for position in range(len(GROUPS)):
            self.setFirstColumnSpanned(position, QModelIndex(), True)
        self.fold(())
        self.expanded.connect(lambda _index: self.folded.emit())
        self.collapsed.connect(lambda _index: self.folded.emit())

    # Groups

    def fold(self, groups: Iterable[Group]) -> None:
        """Fold these groups and unfold the others."""
        for position, group in enumerate(GROUPS):
            self.setExpanded(self.board.index(position, 0), group not in groups)

    def folded_groups(self) -> list[Group]:
        """Return the groups that are folded."""
        return [group for place, group in enumerate(GROUPS) if not self.isExpanded(self.board.index(place, 0))]

    def hide_empty_groups(self) -> None:
        """Show the heads of those groups in which trips stand."""
        for position, group in enumerate(GROUPS):
            self.setRowHidden(position, QModelIndex(), not self.board.count(group))

    # Trips

    def current_id(self) -> str:
        """Return the current trip's id, or an empty text."""
        found = self.currentIndex().data(Role.ID)
        return found if isinstance(found, str) else ""

    def selected_ids(self) -> list[str]:
        """Return the ids of the selected trips from top to bottom."""
        chosen = {index.data(Role.ID) for index in self.selectionModel().selectedRows()}
        return [row.trip.id for row in self.board.rows() if row.trip.id in chosen]

    def select(self, trip_id: str) -> bool:
        """Make a trip the current one; tell whether it is on the board."""
        found = self.board.where(trip_id)
        if found.isValid():
            self.setExpanded(found.parent(), True)
            pieces.stand_on(self, found)
        return found.isValid()

    def select_first(self) -> None:
        """Make the topmost trip the current one."""
        rows = self.board.rows()
        if rows:
            folded = self.folded_groups()
            self.select(next((row.trip.id for row in rows if row.group not in folded), rows[0].trip.id))

    def anchor(self) -> tuple[str, int]:
        """Return the current trip if it is in sight, else the topmost one, and where it stands."""
        current = self.visualRect(self.currentIndex())
        if self.current_id() and self.viewport().rect().contains(current.center()):
            return self.current_id(), current.top()
        for y in range(2, self.viewport().height(), max(8, row_height() // 2)):
            found = self.indexAt(QPoint(4, y))
            trip_id = found.data(Role.ID)
            if isinstance(trip_id, str):
                return trip_id, self.visualRect(found).top()
        return "", 0

    def put_back(self, anchor: tuple[str, int]) -> None:
        """Scroll so that a trip stands where it stood."""
        found = self.board.where(anchor[0])
        bar = self.verticalScrollBar()
        if found.isValid() and bar.value():
            bar.setValue(bar.value() + self.visualRect(found).top() - anchor[1])

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the current trip, fold groups, else go about the list."""
        self.touched.emit()
        name = _KEYS.get(Qt.Key(event.key()))
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        group = self.currentIndex().isValid() and not self.currentIndex().parent().isValid()
        if plain and group and name in {"open", "peek"}:
            self.setExpanded(self.currentIndex(), not self.isExpanded(self.currentIndex()))
        elif plain and event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self._on_sideways(is_left=event.key() == Qt.Key.Key_Left)
        elif plain and name is not None:
            if not event.isAutoRepeat() and self.current_id():
                self.asked.emit(name)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _on_sideways(self, *, is_left: bool) -> None:
        """Left goes from a trip to its group and folds a group; right unfolds it and goes to its first trip."""
        index = self.currentIndex().siblingAtColumn(0)
        if index.parent().isValid():
            if is_left:
                pieces.stand_on(self, index.parent())
        elif is_left:
            self.collapse(index)
        elif self.isExpanded(index):
            pieces.stand_on(self, self.board.index(0, 0, index))
        else:
            self.expand(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell that the pointer moves over the board."""
        self.touched.emit()
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Fold or unfold a group; select a trip."""
        self.touched.emit()
        index = self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)
        is_group = index.isValid() and not index.parent().isValid()
        if is_group and event.button() is Qt.MouseButton.LeftButton:
            self.setExpanded(index.siblingAtColumn(0), not self.isExpanded(index.siblingAtColumn(0)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Tell that the board moves."""
        self.touched.emit()
        super().wheelEvent(event)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        if isinstance(index.data(Role.ID), str):
            self.asked.emit("open")

    # Columns

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the columns their widths; the wheel goes by rows."""
        super().resizeEvent(event)
        self.verticalScrollBar().setSingleStep(row_height())

    def lay_columns(self) -> None:
        """Show as many columns as fit; trip numbers are whole before anything else has its room."""
        width, scale = self.viewport().width(), letter_scale()
        shown = {column: round(wide * scale) for column, wide in columns.WIDTHS.items()}
        shown[Column.TRIP] = max(shown[Column.TRIP], columns.numbers_need(row.trip.number for row in self.board.rows()))
        one_line: set[Column] = set()

        def is_wide() -> bool:
            return sum(shown.values()) - shown[Column.VERDICT] + round(_LEAST_VERDICT * scale) > width

        if is_wide():
            del shown[Column.CLEARED]
        for column in (Column.DRIVER, Column.PORT):
            if is_wide():
                shown[column] = round(_ONE_LINE * scale)
                one_line.add(column)
        for column in (Column.DRIVER, Column.PORT, Column.CUSTOMS):
            if is_wide():
                del shown[column]
        if self.window().width() < _NARROW:
            shown = {column: wide for column, wide in shown.items() if column in _FEW}
        rest = width - sum(wide for column, wide in shown.items() if column is not Column.VERDICT)
        most = max(shown[Column.VERDICT], round((shown[Column.VERDICT] + rest) / 2))
        shown[Column.VERDICT] = max(round(120 * scale), min(most, rest, round(_MOST_VERDICT * scale)))
        self.one_line = frozenset(one_line)
        self.give_widths(shown)
