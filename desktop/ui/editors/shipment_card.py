"""How a shipment looks in the list beside its detail."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.ui import sign as signs
from desktop.ui import theme
from desktop.ui.editors.problem import Problem
from desktop.ui.editors.problem_list import SIGNS
from desktop.ui.editors.shipment_table import PROBLEM_ROLE, Column

Index = QModelIndex | QPersistentModelIndex


class ShipmentCard(QStyledItemDelegate):
    """Draws a shipment in the list: number, parties, and the worst that is wrong."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's signature
        """Return three lines."""
        return QSize(100, theme.line_height("strong") + 2 * theme.line_height("caption") + 18)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw it."""
        colours = theme.colours()
        room: QRect = option.rect
        state: QStyle.StateFlag = option.state
        is_current = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(room, colours.selection if is_current else colours.alt)
        if is_current:
            painter.fillRect(QRect(room.left(), room.top(), 3, room.height()), colours.accent)
        painter.setPen(colours.border)
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        model = index.model()
        row = index.row()
        problem = model.index(row, Column.CHECK).data(PROBLEM_ROLE)
        sign = SIGNS[problem.group] if isinstance(problem, Problem) else signs.Sign.NOT_SENT
        signs.paint_sign(painter, QRect(room.left() + 12, room.top() + 9, 18, 18), sign, colours)
        words_colour = signs.word_colour(sign, colours) if isinstance(problem, Problem) else colours.text2
        left, top, width = room.left() + 40, room.top() + 7, room.width() - 50
        lines: tuple[tuple[object, theme.Token, QColor], ...] = (
            (model.index(row, Column.NUMBER).data(), "strong", colours.text),
            (model.index(row, Column.PARTIES).data(), "caption", colours.text2),
            (model.index(row, Column.CHECK).data(), "caption", words_colour),
        )
        for words, size, colour in lines:
            painter.setFont(theme.font(size))
            painter.setPen(colour)
            height = theme.line_height(size)
            shown = painter.fontMetrics().elidedText(str(words), Qt.TextElideMode.ElideRight, width)
            painter.drawText(QRect(left, top, width, height), int(Qt.AlignmentFlag.AlignVCenter), shown)
            top += height
        painter.restore()
