"""Paints a line of the list of shipments: a group head, or a row of two lines (ui design 5 and 6)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QTreeView

from desktop.ui import pieces, signs, theme
from desktop.ui.legible import legible
from desktop.ui.models.role import Role
from desktop.ui.tracker.model import Column, Head, TrackerModel, cell_lines
from desktop.ui.tracker.words import TrackedWords

_SIGN = 20
_SMALL_SIGN = 14
_GAP = 10
Index = QModelIndex | QPersistentModelIndex


class TrackerDelegate(QStyledItemDelegate):
    """Two lines in each cell, heads in one; the current line has a frame while the list has the focus."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's arguments
        """Return the height of a line."""
        return QSize(60, head_height() if isinstance(index.data(Role.OBJECT), Head) else row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        head = index.data(Role.OBJECT)
        words: TrackedWords | None = index.data(Role.WORDS)
        rect = _rect(option)
        painter.fillRect(rect, _background(option))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colours().border)
        if isinstance(head, Head):
            _paint_head(painter, rect, head)
        elif words is not None:
            self._paint_cell(painter, rect, words, index)
        self._paint_frame(painter, option, index)
        painter.restore()

    def _paint_cell(self, painter: QPainter, rect: QRect, words: TrackedWords, index: Index) -> None:
        colours = theme.colours()
        column = Column(index.column())
        inner = _inner(rect, column)
        first, second = cell_lines(words, column, has_service=_has_service(index))
        is_quiet = words.sign.shape.role == "slate"  # progress is grey; its words are plain text
        role = colours.text if is_quiet else signs.word_colour(words.sign, colours)
        colour, font, second_colour = colours.text, theme.font("body"), colours.text2
        if column is Column.CLEARED:
            place = QRect(rect.left() + theme.PAGE_MARGIN, rect.top() + (rect.height() - _SIGN) // 2, _SIGN, _SIGN)
            signs.paint_sign(painter, place, words.sign, colours)
            colour, font = role, theme.font("strong")
        elif column in {Column.NUMBER, Column.ETA}:
            font = theme.font("strong")
        elif column is Column.TRIP and words.is_trip_offered:
            colour = colours.accent
        elif column is Column.OFFICE and words.is_office_flagged:
            top = inner.top() + (theme.line_height("body") - _SMALL_SIGN) // 2
            signs.paint_sign(painter, QRect(inner.left(), top, _SMALL_SIGN, _SMALL_SIGN), signs.Sign.ASK, colours)
            _paint_line(painter, inner, 1, second, theme.font("caption"), colours.attention)
            inner.setLeft(inner.left() + _SMALL_SIGN + theme.STEP_4)
            _paint_line(painter, inner, 0, first, theme.font("strong"), colours.attention)
            return
        if column is Column.ETA and words.is_urgent:
            second_colour = role
        _paint_line(painter, inner, 0, first, font, colour)
        _paint_line(painter, inner, 1, second, theme.font("caption"), second_colour)

    def _paint_frame(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = _view(option)
        if not isinstance(view, QTreeView) or index.row() != view.currentIndex().row():
            return
        if not view.hasFocus() or not view.currentIndex().isValid():
            return
        rect = _rect(option)
        header = view.header()
        shown = [column for column in range(header.count()) if not header.isSectionHidden(column)]
        is_head = isinstance(index.data(Role.OBJECT), Head)
        painter.setPen(QPen(theme.colours().accent, theme.FOCUS_WIDTH))
        top, bottom = rect.top() + 1, rect.bottom()
        painter.drawLine(rect.left(), top, rect.right() + 1, top)
        painter.drawLine(rect.left(), bottom, rect.right() + 1, bottom)
        if is_head or index.column() == shown[0]:
            painter.drawLine(rect.left() + 1, top, rect.left() + 1, bottom)
        if is_head or index.column() == shown[-1]:
            painter.drawLine(rect.right(), top, rect.right(), bottom)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Show what does not fit into the cell."""
        words: TrackedWords | None = index.data(Role.WORDS)
        if event.type() is not QEvent.Type.ToolTip or words is None:
            return super().helpEvent(event, view, option, index)
        column = Column(index.column())
        lines = cell_lines(words, column)
        tip = pieces.plain_tip("\n".join(lines)) if is_cut(words, column, _rect(option)) else ""
        QToolTip.showText(event.globalPos(), tip, view)
        return True


def row_height() -> int:
    """Return the height of a row at the user's text size."""
    return max(theme.BOARD_ROW_HEIGHT, theme.line_height("body") + theme.line_height("caption") + 9)


def head_height() -> int:
    """Return the height of a group's head at the user's text size."""
    return max(theme.GROUP_HEAD_HEIGHT, theme.line_height("body") + 9)


def number_width(number: str) -> int:
    """Return the room a control number needs: of all words it must not be cut."""
    return QFontMetrics(theme.font("strong")).horizontalAdvance(number) + theme.STEP_12


def is_cut(words: TrackedWords, column: Column, rect: QRect) -> bool:
    """Tell whether a line of the cell does not fit into `rect`."""
    first, second = cell_lines(words, column)
    width = _inner(rect, column).width()
    sign = _SMALL_SIGN + theme.STEP_4 if column is Column.OFFICE and words.is_office_flagged else 0
    return (
        QFontMetrics(theme.font("strong")).horizontalAdvance(first) + sign > width
        or QFontMetrics(theme.font("caption")).horizontalAdvance(second) > width
    )


def _paint_head(painter: QPainter, rect: QRect, head: Head) -> None:
    colours = theme.colours()
    middle = QPointF(rect.left() + theme.PAGE_MARGIN + 6, rect.center().y() + 1)
    painter.setPen(QPen(colours.text2, 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    points = ((-2, -4), (2, 0), (-2, 4)) if head.is_folded else ((-4, -2), (0, 2), (4, -2))
    painter.drawPolyline(QPolygonF([middle + QPointF(*point) for point in points]))
    room = rect.adjusted(theme.PAGE_MARGIN + 18, 0, -theme.STEP_8, -1)
    painter.setFont(theme.font("strong"))
    painter.setPen(colours.text)
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, head.words)
    room.setLeft(room.left() + QFontMetrics(painter.font()).horizontalAdvance(head.words) + theme.STEP_8)
    painter.setFont(theme.font("body"))
    painter.setPen(colours.text2)
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, str(head.number))


def _rect(option: QStyleOptionViewItem) -> QRect:
    return option.rect


def _view(option: QStyleOptionViewItem) -> object:
    return option.widget


def _has_service(index: Index) -> bool:
    model = index.model()
    return isinstance(model, TrackerModel) and model.has_service


def _background(option: QStyleOptionViewItem) -> QColor:
    colours = theme.colours()
    if option.state & QStyle.StateFlag.State_Selected:
        return colours.selection
    return colours.hover if option.state & QStyle.StateFlag.State_MouseOver else colours.surface


def _inner(rect: QRect, column: Column) -> QRect:
    left = theme.PAGE_MARGIN + _SIGN + _GAP if column is Column.CLEARED else 0
    lines = theme.line_height("body") + theme.line_height("caption")
    top = max(0, (rect.height() - lines) // 2 - 1)
    return rect.adjusted(left, top, -theme.STEP_8, 0)


def _paint_line(painter: QPainter, inner: QRect, line: int, text: str, font: QFont, colour: QColor) -> None:
    height = theme.line_height("body")
    rect = QRect(
        *(inner.left(), inner.top() + (height if line else 0), inner.width()),
        theme.line_height("caption") if line else height,
    )
    painter.setFont(font)
    painter.setPen(colour)
    shown = QFontMetrics(font).elidedText(legible(text), Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
