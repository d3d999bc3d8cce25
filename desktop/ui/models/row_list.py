"""A list of rows in two lines: what the lists of trips, of crossings and of shipments have in common."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import TypeVar

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QTreeView, QWidget

from desktop.ui import theme
from desktop.ui.models.header import QuietHeader

ColumnT = TypeVar("ColumnT", bound=IntEnum)
_PROBE = "Sample Driver One"
"""107 pixels wide in the font the widths were drawn for."""


def letter_scale() -> float:
    """Return how much larger letters are than those the widths of columns were drawn for."""
    return max(theme.line_height("body") / 18, QFontMetrics(theme.font("body")).horizontalAdvance(_PROBE) / 107)


class RowList(QTreeView):
    """Rows whose columns are laid by the width; letters are keys, and the delegate paints the frame of the current row.

    A subclass lays its columns in `lay_columns`; where heads of groups stand between rows, it knows the first row.
    """

    def __init__(self, name: str, spoken: str, model: QAbstractItemModel, parent: QWidget | None = None) -> None:
        """Make the list.

        Args:
            name: its object name.
            spoken: what a screen reader calls it.
            model: its rows.
            parent: its page.
        """
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setModel(model)
        self.setRootIsDecorated(False)
        self.setAllColumnsShowFocus(False)  # the delegate paints the frame
        self.setSelectionBehavior(QTreeView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTreeView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setHeader(QuietHeader(parent=self))
        self.header().setStretchLastSection(True)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def lay_columns(self) -> None:
        """Give the columns their widths; a list that says nothing leaves them as they are."""

    def select_first(self) -> None:
        """Make the topmost row the current one."""
        model = self.model()
        if model is not None and model.rowCount():
            self.setCurrentIndex(model.index(0, 0))

    def give_widths(self, shown: Mapping[ColumnT, int]) -> None:
        """Show these columns at these widths, in pixels; the last one takes the rest."""
        header, last = self.header(), max(shown)
        for column in type(last):
            header.setSectionHidden(column, column not in shown)
            if column in shown and column is not last:
                header.resizeSection(column, shown[column])

    def keyboardSearch(self, search: str) -> None:
        """Leave letters to the keys of the list."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the frame of the current row; there is always one."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.select_first()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the frame away."""
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the columns their widths."""
        super().resizeEvent(event)
        self.lay_columns()
