"""Pages of the trip editor that only show lines: what customs has, and the history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStackedWidget, QTableView, QVBoxLayout, QWidget

from desktop.texts import text
from desktop.ui import pieces, theme
from desktop.ui.legible import legible

Index = QModelIndex | QPersistentModelIndex
_PAD = "\u00a0"
_MOST_LINES = 4


class Line(NamedTuple):
    """One line: its cells, and where it leads (a JSON Pointer; empty for nowhere)."""

    cells: tuple[str, ...]
    pointer: str = ""


class LinesModel(QAbstractTableModel):
    """Lines of words below heads."""

    def __init__(self, heads: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heads = tuple(heads)
        self.lines: tuple[Line, ...] = ()

    def show(self, lines: Sequence[Line]) -> None:
        """Replace the lines; nothing happens where they are the same."""
        if tuple(lines) != self.lines:
            self.beginResetModel()
            self.lines = tuple(lines)
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a column's heading."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return f"{_PAD}{self._heads[section]}" if 0 <= section < len(self._heads) else None
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell; the first one of a line is the whole line to a screen reader."""
        if not index.isValid() or not 0 <= index.row() < len(self.lines):
            return None
        cells = self.lines[index.row()].cells
        if role == Qt.ItemDataRole.DisplayRole:
            return legible(cells[index.column()])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            whole = (f"{head}: {legible(cell)}" for head, cell in zip(self._heads, cells, strict=True))
            return ". ".join(whole) if index.column() == 0 else legible(cells[index.column()])
        return None


class LinesPage(QWidget):
    """A heading, what it is about, and the lines; or a sentence where there are none.

    Signals:
        chosen: pointer of the line that was opened with Enter or a click.
    """

    chosen = Signal(str)

    def __init__(self, name: str, heads: Sequence[str], shares: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}_page")
        self._shares = tuple(shares)
        self.heading = pieces.prose(text(f"compared.{'name' if name == 'customs' else 'history.name'}"), "heading")
        self.detail = pieces.prose("", "caption", look="muted")
        self.model = LinesModel(heads, self)
        self.view = QTableView()
        self.view.setObjectName(f"{name}_lines")
        self.view.setModel(self.model)
        self.view.setAccessibleName(self.heading.text())
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setTabKeyNavigation(False)
        self.view.setShowGrid(False)
        self.view.setWordWrap(True)
        self.view.setAlternatingRowColors(False)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.verticalHeader().hide()
        head = self.view.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setStretchLastSection(True)
        self.view.activated.connect(self._on_chosen)
        self.view.clicked.connect(self._on_chosen)
        self.empty = pieces.prose("", "body", look="muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.PAGE_MARGIN, theme.STEP_12, theme.PAGE_MARGIN, theme.STEP_12)
        column.setSpacing(theme.STEP_4)
        for widget in (self.heading, self.detail):
            column.addWidget(widget)
        column.addSpacing(theme.STEP_8)
        column.addWidget(self._stack, 1)
        self.setBackgroundRole(self.view.viewport().backgroundRole())
        self.setAutoFillBackground(True)

    def show_lines(self, heading: str, detail: str, lines: Sequence[Line], empty: str) -> None:
        """Show lines below a heading; the current line stays where its pointer is still among them."""
        current = self.view.currentIndex().row()
        kept = self.model.lines[current].pointer if 0 <= current < len(self.model.lines) else ""
        self.heading.setText(legible(heading))
        self.detail.setText(legible(detail))
        self.detail.setVisible(bool(detail))
        self.empty.setText(legible(empty))
        self.model.show(lines)
        self._stack.setCurrentWidget(self.view if lines else self.empty)
        self._fit()
        row = next((row for row, line in enumerate(lines) if kept and line.pointer == kept), -1)
        if row >= 0:
            self.view.setCurrentIndex(self.model.index(row, 0))

    def focus_first(self) -> None:
        """Put the focus on the lines; the first one is current where none is."""
        if self.model.lines:
            if not self.view.currentIndex().isValid():
                self.view.setCurrentIndex(self.model.index(0, 0))
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.empty.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_chosen(self, index: QModelIndex) -> None:
        pointer = self.model.lines[index.row()].pointer
        if pointer:
            self.chosen.emit(pointer)

    def _fit(self) -> None:
        room = self.view.viewport().width()
        whole = sum(self._shares)
        widths = [room * share // whole for share in self._shares]
        for column, width in enumerate(widths):
            self.view.setColumnWidth(column, width)
        metrics = QFontMetrics(theme.font("body"))
        least = theme.line_height("body") + theme.STEP_12
        for row, line in enumerate(self.model.lines):
            lines = max(
                -(-metrics.horizontalAdvance(legible(cell)) // max(1, width - 14))
                for cell, width in zip(line.cells, widths, strict=True)
            )
            self.view.setRowHeight(row, least + (min(max(1, lines), _MOST_LINES) - 1) * metrics.lineSpacing())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Share the width that the page has now: it may have grown behind another one."""
        super().showEvent(event)
        column = self.layout()
        if column is not None:
            column.activate()
        self._fit()
