"""Paints a row of the list of trips: two lines, sign first, colour last (ui design 5 and 6)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from desktop.ui import pieces, signs, theme
from desktop.ui.models import two_lines
from desktop.ui.models.role import Index, Role
from desktop.ui.trips.model import Column, cell_lines
from desktop.ui.trips.words import RowWords

_SIGN = 22
_SMALL_SIGN = 14
_GAP = 10
_CHIP_PADDING = 5


class TripDelegate(QStyledItemDelegate):
    """Two lines in each cell; the current row has a frame while the list has the focus."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's arguments
        """Return the height of every row."""
        return QSize(60, two_lines.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        words: RowWords | None = index.data(Role.WORDS)
        if words is None:
            return
        colours = theme.colours()
        rect = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        two_lines.paint_ground(painter, rect, _ground(option, is_fresh=bool(index.data(Role.IS_FRESH))))
        column = Column(index.column())
        inner = _room(rect, column)
        first, second = cell_lines(words, column)
        if column is Column.VERDICT:
            signs.paint_sign(painter, _sign_rect(rect), words.sign, colours)
        is_quiet = words.sign.shape.role == "slate"  # progress is grey; its words are plain text
        word_colour = colours.text if is_quiet else signs.word_colour(words.sign, colours)
        colour = word_colour if column is Column.VERDICT else colours.text
        if column is Column.CUSTOMS:
            bar = QRect(inner.left(), inner.top() - 1, signs.LADDER_SIZE.width(), theme.line_height("body"))
            signs.paint_ladder(painter, bar, words.ladder.filled, words.ladder.marks, colours)
        elif column is Column.TRIP:
            inner_first = inner.adjusted(_paint_chip(painter, inner, words.chip) + 6, 0, 0, 0)
            two_lines.paint_line(painter, inner_first, 0, first, _strong(), colour)
        else:
            is_strong = column in {Column.VERDICT, Column.ETA}
            two_lines.paint_line(painter, inner, 0, first, _strong() if is_strong else theme.font("body"), colour)
        is_urgent = column is Column.ETA and words.is_eta_urgent
        caption = theme.font("caption")
        if is_urgent:
            caption.setWeight(QFont.Weight.DemiBold)
        is_bad_paper = column is Column.VERDICT and words.has_bad_paper
        if is_bad_paper:
            inner.setLeft(inner.left() + _paint_small_sign(painter, inner))
        second_colour = word_colour if is_urgent else colours.text2
        if column in getattr(option.widget, "one_line", ()):
            second = ""
        two_lines.paint_line(painter, inner, 1, second, caption, colours.attention if is_bad_paper else second_colour)
        two_lines.paint_frame(painter, option, index)
        painter.restore()

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Show what does not fit into the cell."""
        words: RowWords | None = index.data(Role.WORDS)
        if event.type() is not QEvent.Type.ToolTip or words is None:
            return super().helpEvent(event, view, option, index)
        column = Column(index.column())
        lines = cell_lines(words, column)
        tip = pieces.plain_tip("\n".join(lines)) if is_cut(words, column, QRect(option.rect)) else ""
        QToolTip.showText(event.globalPos(), tip, view)
        return True


def number_width(number: str, chip: str) -> int:
    """Return the room a trip's number needs beside its direction: of all words it must not be cut."""
    return _chip_width(chip) + 6 + QFontMetrics(_strong()).horizontalAdvance(number) + theme.STEP_12


def is_cut(words: RowWords, column: Column, rect: QRect) -> bool:
    """Tell whether a line of the cell does not fit into `rect`."""
    first, second = cell_lines(words, column)
    width = _room(rect, column).width()
    chip = _chip_width(words.chip) + 6 if column is Column.TRIP else 0
    sign = _SMALL_SIGN + theme.STEP_4 if column is Column.VERDICT and words.has_bad_paper else 0
    return (
        QFontMetrics(_strong()).horizontalAdvance(first) + chip > width
        or QFontMetrics(theme.font("caption")).horizontalAdvance(second) + sign > width
    )


def _strong() -> QFont:
    return theme.font("strong")


def _ground(option: QStyleOptionViewItem, *, is_fresh: bool) -> QColor:
    colours = theme.colours()
    if is_fresh and not option.state & QStyle.StateFlag.State_Selected:
        return colours.practice_tint if colours.is_contrast else colours.hover
    return two_lines.ground(option)


def _room(rect: QRect, column: Column) -> QRect:
    return two_lines.room(rect, _SIGN + _GAP if column is Column.VERDICT else 0)


def _sign_rect(rect: QRect) -> QRect:
    return QRect(rect.left() + theme.PAGE_MARGIN, rect.top() + (rect.height() - _SIGN) // 2, _SIGN, _SIGN)


def _paint_small_sign(painter: QPainter, inner: QRect) -> int:
    """Paint what asks for a look before the second line; return the room it took."""
    size = _SMALL_SIGN
    top = inner.top() + theme.line_height("body") + (theme.line_height("caption") - size) // 2
    signs.paint_sign(painter, QRect(inner.left(), top, size, size), signs.Sign.ASK, theme.colours())
    return size + theme.STEP_4


def _chip_font() -> QFont:
    made = theme.font("caption")
    made.setPointSizeF(made.pointSizeF() * 0.85)
    made.setWeight(QFont.Weight.DemiBold)
    return made


def _chip_width(text: str) -> int:
    return QFontMetrics(_chip_font()).horizontalAdvance(text) + 2 * _CHIP_PADDING


def _paint_chip(painter: QPainter, inner: QRect, text: str) -> int:
    colours = theme.colours()
    width = _chip_width(text)
    rect = QRect(inner.left(), inner.top() + 1, width, theme.line_height("body") - 2)
    painter.setPen(QPen(colours.strong, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS_TAG, theme.RADIUS_TAG)
    painter.setFont(_chip_font())
    painter.setPen(colours.text)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
    return width
