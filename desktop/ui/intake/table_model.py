"""The rows of a table's preview: its own cells, marked where there is something to say about them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from desktop import texts
from desktop.services.tables.table import CellIssue, Happens, Preview, PreviewRow
from desktop.ui.intake.rows import Look, hidden
from desktop.ui.legible import legible
from desktop.ui.models.role import Index, Role
from desktop.ui.signs import Sign
from desktop.validation.issue import Severity

_NO_PARENT = QModelIndex()
_SIGNS = {
    Happens.NEW: Sign.HINT,
    Happens.CHANGE: Sign.ASK,
    Happens.SAME: Sign.NOT_SENT,
    Happens.CANNOT: Sign.ERROR,
}
ROW, HAPPENS, FIRST_CELL = 0, 1, 2


class TableModel(QAbstractTableModel):
    """Row number, what happens, then the columns that hold something. Nothing is copied: cells are read when painted.

    Attributes:
        preview: what is shown; None before there is one.
        excluded: positions of rows that are left out.
        shown: positions of the rows on show.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.preview: Preview | None = None
        self.excluded: set[int] = set()
        self.shown: list[int] = []
        self._columns: list[int] = []
        self._private: set[int] = set()
        self._places: dict[int, int] = {}
        self._only_problems = False

    def show(self, preview: Preview) -> None:
        """Replace the rows; nothing is left out."""
        self.beginResetModel()
        self.preview = preview
        self.excluded = set(preview.excluded)
        self._columns = [place for place, pointer in enumerate(preview.mapping.columns) if pointer]
        self._private = {place for place in self._columns if preview.mapping.is_private(place)}
        self._places = {number: place for place, number in enumerate(preview.table.numbers)}
        self._filter()
        self.endResetModel()

    def _filter(self) -> None:
        rows = self.preview.rows if self.preview is not None else ()
        self.shown = [place for place, row in enumerate(rows) if row.issues or not self._only_problems]

    def show_only_problems(self, is_on: bool) -> None:
        """Show only rows that there is something to say about, or all."""
        self.beginResetModel()
        self._only_problems = is_on
        self._filter()
        self.endResetModel()

    def row(self, position: int) -> PreviewRow | None:
        """Return the record in a line of the view."""
        if self.preview is None or not 0 <= position < len(self.shown):
            return None
        return self.preview.rows[self.shown[position]]

    def leave_out(self, positions: list[int], is_out: bool) -> None:
        """Leave records out, or take them in again, by their place in the preview."""
        if is_out:
            self.excluded.update(positions)
        else:
            self.excluded.difference_update(positions)
        self.dataChanged.emit(self.index(0, 0), self.index(max(0, len(self.shown) - 1), self.columnCount() - 1))

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return how many rows are on show."""
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else FIRST_CELL + len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the head of a column, as the table has it."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        if section < FIRST_CELL:
            return texts.text("intake.table.head.row" if section == ROW else "intake.table.head.happens")
        return legible(self.preview.table.heads[self._columns[section - FIRST_CELL]]) if self.preview else ""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what Qt or the delegate asks of a cell."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        is_out = self.shown[index.row()] in self.excluded
        if role == Role.OBJECT:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(row, index.column(), is_out)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._sentence(row, is_out) if index.column() == ROW else self._cell(row, index.column(), is_out)
        if role == Look.SIGN:
            return self._sign(row, index.column(), is_out)
        if role == Look.TONE:
            return "muted" if is_out or row.happens is Happens.SAME else self._tone(row, index.column())
        return None

    def _cell(self, row: PreviewRow, column: int, is_out: bool) -> str:
        if column == ROW:
            return str(row.numbers[0])
        if column == HAPPENS:
            return texts.text("intake.table.out" if is_out else f"intake.table.happens.{row.happens.value}")
        if self.preview is None:
            return ""
        place = self._places.get(row.numbers[0])
        if place is None:
            return ""
        position = self._columns[column - FIRST_CELL]
        words = self.preview.table.rows[place][position].replace("\n", " ")
        return hidden(words) if position in self._private else legible(words)

    def _said(self, row: PreviewRow, column: int) -> CellIssue | None:
        if column < FIRST_CELL:
            return None
        here = [issue for issue in row.issues if issue.column == self._columns[column - FIRST_CELL]]
        return min(here, key=lambda issue: issue.severity is not Severity.ERROR, default=None)

    def _sign(self, row: PreviewRow, column: int, is_out: bool) -> Sign | None:
        if column == HAPPENS:
            return Sign.NOT_SENT if is_out else _SIGNS[row.happens]
        issue = self._said(row, column)
        if issue is None or is_out:
            return None
        return Sign.ERROR if issue.severity is Severity.ERROR else Sign.ASK

    def _tone(self, row: PreviewRow, column: int) -> str:
        if column == HAPPENS:
            return "stop" if row.happens is Happens.CANNOT else ""
        issue = self._said(row, column)
        if issue is None:
            return "muted" if column == ROW else ""
        return "stop" if issue.severity is Severity.ERROR else "attention"

    def _sentence(self, row: PreviewRow, is_out: bool) -> str:
        parts = [
            texts.text("intake.table.row", row=row.numbers[0]),
            row.title,
            self._cell(row, HAPPENS, is_out),
            *(issue.text for issue in row.issues),
        ]
        return legible(", ".join(part for part in parts if part))
