"""Paints the board: a trip as in the list of trips, a group as a line with its name and how many stand in it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QTreeView

from desktop import texts
from desktop.services.board_row import Group
from desktop.ui import theme
from desktop.ui.models.role import Index, Role
from desktop.ui.trips.delegate import TripDelegate, row_height

_ARROW = 12


def group_height() -> int:
    """Return the height of a group's line at the user's text size."""
    return theme.fitted(theme.GROUP_HEAD_HEIGHT, "caption", theme.STEP_8)


class BoardDelegate(TripDelegate):
    """Trips in two lines, groups in one."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's arguments
        """Return the height of a trip or of a group."""
        return QSize(60, row_height() if index.parent().isValid() else group_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell, or a group over the whole width."""
        if index.parent().isValid():
            super().paint(painter, option, index)
        elif index.column() == 0:
            self._paint_group(painter, option, index)

    def _paint_group(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view: object = option.widget
        colours, rect = theme.colours(), QRect(option.rect)
        group = index.data(Role.OBJECT)
        is_open = isinstance(view, QTreeView) and view.isExpanded(index)
        painter.save()
        is_under_mouse = option.state & QStyle.StateFlag.State_MouseOver
        painter.fillRect(rect, colours.hover if is_under_mouse else colours.surface)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colours.border)
        top = rect.center().y() - _ARROW // 2
        arrow = theme.icon("chevron-down" if is_open else "chevron-right")
        arrow.paint(painter, QRect(rect.left() + theme.PAGE_MARGIN, top, _ARROW, _ARROW))
        strong = theme.font("caption")
        strong.setWeight(theme.font("strong").weight())
        left = rect.left() + theme.PAGE_MARGIN + _ARROW + theme.STEP_8
        name = texts.text(f"board.group.{Group(group).value}")
        painter.setFont(strong)
        painter.setPen(colours.text)
        room = rect.adjusted(left - rect.left(), 0, -theme.STEP_8, -1)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        model = index.model()
        painter.setFont(theme.font("caption"))
        painter.setPen(colours.text2)
        room.setLeft(left + QFontMetrics(strong).horizontalAdvance(name) + theme.STEP_8)
        count = str(model.rowCount(index)) if model is not None else ""
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, count)
        if isinstance(view, QTreeView) and view.hasFocus() and view.currentIndex().siblingAtColumn(0) == index:
            painter.setPen(QPen(colours.accent, theme.FOCUS_WIDTH))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()
