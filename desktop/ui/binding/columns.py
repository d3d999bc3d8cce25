"""Twelve columns that become six, then two, then one as the window narrows (ui design 6)."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.ui import theme

FULL = 12
_WIDE, _MIDDLE, _NARROW = 560, 440, 280
_BODY_LINE = 18  # ui design 2


class _Cell(NamedTuple):
    widget: QWidget
    row: int
    span: int


def at_normal_size(width: int) -> int:
    """Return a width in logical pixels as it would be with letters of the normal size: larger ones need more room."""
    return round(width * _BODY_LINE / theme.line_height("body"))


def at_this_size(width: int) -> int:
    """Return the width that something `width` pixels wide at the normal size needs with letters of this size."""
    return max(width, round(width * theme.line_height("body") / _BODY_LINE))


def columns_for(width: int) -> int:
    """Return how many of the twelve columns fit a form `width` logical pixels wide."""
    if width >= _WIDE:
        return FULL
    if width >= _MIDDLE:
        return FULL // 2
    return 2 if width >= _NARROW else 1


class Columns(QObject):
    """Lays the cells of a section's `QGridLayout` anew for its width; hidden fields leave no hole.

    In the file of the form the section has twelve columns; each row there stays a row here as long as it fits.
    """

    def __init__(self, section: QWidget) -> None:
        super().__init__(section)
        self._section = section
        self._cells: list[_Cell] = []
        self._count = 0
        layout = section.layout()
        if not isinstance(layout, QGridLayout):
            raise TypeError(f"{section.objectName()} has no grid")
        self._grid = layout
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.COLUMN_GAP - 4)  # a field box holds 2 px of outline on either side
        self._grid.setVerticalSpacing(4)
        for index in range(layout.count()):
            item = layout.itemAt(index)
            widget = item.widget() if item is not None else None
            place = layout.getItemPosition(index)
            if widget is not None and isinstance(place, tuple):
                self._cells.append(_Cell(widget, place[0], place[3]))
        positions = {id(cell.widget): index for index, cell in enumerate(self._cells)}
        self._cells.sort(key=lambda cell: (cell.row, self._column_of(cell.widget), positions[id(cell.widget)]))
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(0)
        self._late.timeout.connect(self._reflow)
        section.installEventFilter(self)
        self._reflow()

    def _column_of(self, widget: QWidget) -> int:
        place = self._grid.getItemPosition(self._grid.indexOf(widget))
        return place[1] if isinstance(place, tuple) else 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lay anew when the width has changed class."""
        if event.type() == QEvent.Type.Resize and columns_for(at_normal_size(self._section.width())) != self._count:
            self._late.start()
        return super().eventFilter(watched, event)

    def reflow(self) -> None:
        """Lay anew because fields came or went."""
        self._count = 0
        self._reflow()

    def _reflow(self) -> None:
        self._late.stop()
        count = columns_for(at_normal_size(self._section.width()))
        self._count = count
        for cell in self._cells:
            self._grid.removeWidget(cell.widget)
        for column in range(FULL):
            self._grid.setColumnStretch(column, 1 if column < count else 0)
        row, column, last = 0, 0, -1
        for cell in self._cells:
            if cell.widget.isHidden():
                continue
            span = _span(cell.span, count)
            starts_row = count > 2 and cell.row != last  # noqa: PLR2004 - narrow forms are one stream
            if column and (starts_row or column + span > count):
                row, column = row + 1, 0
            self._grid.addWidget(cell.widget, row, column, 1, span)
            column += span
            last = cell.row


def _span(span: int, count: int) -> int:
    if count == FULL:
        return span
    if count == FULL // 2:
        return 2 if span <= 3 else 3 if span <= 6 else 6  # noqa: PLR2004 - the table of spans
    return 1 if count == 1 else (2 if span > FULL // 2 else 1)
