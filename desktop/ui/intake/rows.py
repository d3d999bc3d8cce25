"""The quiet table of a preview: one line a row, a sign before its word, thousands of rows without a stall."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QFrame, QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from desktop.ui import theme
from desktop.ui.binding.secret_edit import DOT
from desktop.ui.models.header import QuietHeader
from desktop.ui.models.role import Index
from desktop.ui.signs import Sign, paint_sign

_MARGIN = 12
_SIGN = 16
_DOTS = 8


class Look(IntEnum):
    """What the delegate asks a model for beside Qt's own roles."""

    SIGN = Qt.ItemDataRole.UserRole + 20
    TONE = Qt.ItemDataRole.UserRole + 21


def hidden(words: str) -> str:
    """Return a private cell as it is shown: nothing of it, not even how long it is."""
    return DOT * _DOTS if words else ""


class _Cells(QStyledItemDelegate):
    """Paints plain text, with a sign before it where there is one."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's signature
        """Return one line."""
        return QSize(60, max(theme.TABLE_ROW_HEIGHT, theme.line_height("body") + 12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell."""
        colours = theme.colours()
        room: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        is_current = bool(state & QStyle.StateFlag.State_Selected)
        is_hover = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(room, colours.selection if is_current else colours.hover if is_hover else colours.surface)
        painter.setPen(colours.border)
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        inner = room.adjusted(_MARGIN if index.column() == 0 else 0, 0, -8, 0)
        sign = index.data(Look.SIGN)
        if isinstance(sign, Sign):
            paint_sign(painter, QRectF(inner.left(), inner.center().y() - _SIGN / 2 + 1, _SIGN, _SIGN), sign, colours)
            inner.setLeft(inner.left() + _SIGN + 6)
        painter.setFont(theme.font("body"))
        painter.setPen(_ink(str(index.data(Look.TONE) or "")))
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
        painter.restore()


def _ink(tone: str) -> QColor:
    colours = theme.colours()
    return {"muted": colours.text2, "stop": colours.stop, "attention": colours.attention}.get(tone, colours.text)


class RowsView(QTreeView):
    """Rows of one line. The last column takes what room is left."""

    def __init__(self, name: str, words: str, widths: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widths = widths
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setItemDelegate(_Cells(self))
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setUniformRowHeights(True)
        self.setIndentation(0)
        self.setAllColumnsShowFocus(True)
        self.setSelectionBehavior(QTreeView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTreeView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setHeader(QuietHeader(_MARGIN, parent=self))
        self.header().setStretchLastSection(True)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def lay_columns(self) -> None:
        """Give the columns their widths, once there is a model."""
        for column, width in enumerate(self._widths):
            self.header().resizeSection(column, round(width * theme.line_height("body") / 18))

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Frame the row that keys act on."""
        super().drawRow(painter, option, index)
        current = self.currentIndex()
        if self.hasFocus() and current.isValid() and current.row() == index.row():
            painter.setPen(QPen(theme.colours().accent, theme.FOCUS_WIDTH))
            painter.drawRect(QRect(option.rect).adjusted(1, 1, -2, -2))
