"""How rows of two lines are painted, and the heads of their groups: the same in every list (ui design 4 and 5)."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QTreeView

from desktop.ui import theme
from desktop.ui.legible import legible
from desktop.ui.models.role import Index

_ARROW = 12
_MOST = 300
"""No line has room for more letters; foreign words can be of any length."""


def row_height() -> int:
    """Return the height of a row at the user's text size, in pixels."""
    return max(theme.BOARD_ROW_HEIGHT, theme.line_height("body") + theme.line_height("caption") + 9)


def group_height() -> int:
    """Return the height of a group's head at the user's text size, in pixels."""
    return theme.fitted(theme.GROUP_HEAD_HEIGHT, "caption", theme.STEP_8)


def ground(option: QStyleOptionViewItem) -> QColor:
    """Return the ground of a cell: selected, under the mouse, or plain."""
    colours = theme.colours()
    if option.state & QStyle.StateFlag.State_Selected:
        return colours.selection
    return colours.hover if option.state & QStyle.StateFlag.State_MouseOver else colours.surface


def paint_ground(painter: QPainter, rect: QRect, colour: QColor) -> None:
    """Paint the ground of a cell and the line below it."""
    painter.fillRect(rect, colour)
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colours().border)


def room(rect: QRect, sign: int = 0) -> QRect:
    """Return the room of a cell's two lines; `sign` is the width of the sign before them, with the gap after it."""
    lines = theme.line_height("body") + theme.line_height("caption")
    top = max(0, (rect.height() - lines) // 2 - 1)
    return rect.adjusted(theme.PAGE_MARGIN + sign if sign else 0, top, -theme.STEP_8, 0)


def paint_line(painter: QPainter, inner: QRect, line: int, text: str, font: QFont, colour: QColor) -> None:
    """Paint the first (0) or second (1) line of a cell in its room, with … where it is too long."""
    height = theme.line_height("body")
    top = inner.top() + (height if line else 0)
    rect = QRect(inner.left(), top, inner.width(), theme.line_height("caption") if line else height)
    paint_words(painter, rect, text, font, colour)


def paint_words(painter: QPainter, rect: QRect, text: str, font: QFont, colour: QColor) -> None:
    """Paint words from anywhere in one line, with … where they are too long."""
    painter.setFont(font)
    painter.setPen(colour)
    shown = QFontMetrics(font).elidedText(legible(text[:_MOST]), Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def paint_frame(painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
    """Paint a cell's part of the frame around the current row, while its list has the focus."""
    view: object = option.widget
    if not isinstance(view, QTreeView) or not view.hasFocus() or not view.currentIndex().isValid():
        return
    if index.row() != view.currentIndex().row() or index.parent() != view.currentIndex().parent():
        return
    rect = QRect(option.rect)
    header = view.header()
    shown = [column for column in range(header.count()) if not header.isSectionHidden(column)]
    painter.setPen(QPen(theme.colours().accent, theme.FOCUS_WIDTH))
    top, bottom = rect.top() + 1, rect.bottom()
    painter.drawLine(rect.left(), top, rect.right() + 1, top)
    painter.drawLine(rect.left(), bottom, rect.right() + 1, bottom)
    if index.column() == shown[0]:
        painter.drawLine(rect.left() + 1, top, rect.left() + 1, bottom)
    if index.column() == shown[-1]:
        painter.drawLine(rect.right(), top, rect.right(), bottom)


def paint_group(
    painter: QPainter, option: QStyleOptionViewItem, index: Index, name: str, count: int, *, is_open: bool
) -> None:
    """Paint the head of a group over the whole width: its name, and how many rows stand in it."""
    colours, rect = theme.colours(), QRect(option.rect)
    paint_ground(painter, rect, ground(option))
    top = rect.center().y() - _ARROW // 2
    arrow = theme.icon("chevron-down" if is_open else "chevron-right")
    arrow.paint(painter, QRect(rect.left() + theme.PAGE_MARGIN, top, _ARROW, _ARROW))
    strong = theme.font("caption")
    strong.setWeight(theme.font("strong").weight())
    middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    left = theme.PAGE_MARGIN + _ARROW + theme.STEP_8
    painter.setFont(strong)
    painter.setPen(colours.text)
    painter.drawText(rect.adjusted(left, 0, -theme.STEP_8, -1), middle, name)
    left += QFontMetrics(strong).horizontalAdvance(name) + theme.STEP_8
    painter.setFont(theme.font("caption"))
    painter.setPen(colours.text2)
    painter.drawText(rect.adjusted(left, 0, -theme.STEP_8, -1), middle, str(count))
    view: object = option.widget
    if isinstance(view, QTreeView) and view.hasFocus() and view.currentIndex().siblingAtColumn(0) == index:
        painter.setPen(QPen(colours.accent, theme.FOCUS_WIDTH))
        painter.drawRect(rect.adjusted(1, 1, -1, -1))
