"""Paints a line of the list of shipments: a group head, or a row of two lines (ui design 5 and 6)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from desktop.ui import pieces, signs, theme
from desktop.ui.models import two_lines
from desktop.ui.models.role import Index, Role
from desktop.ui.tracker.model import Column, Head, TrackerModel, cell_lines
from desktop.ui.tracker.words import TrackedWords

_SIGN = 20
_SMALL_SIGN = 14
_GAP = 10


class TrackerDelegate(QStyledItemDelegate):
    """Two lines in each cell, heads in one; the current line has a frame while the list has the focus."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's arguments
        """Return the height of a line."""
        return QSize(
            60, two_lines.group_height() if isinstance(index.data(Role.OBJECT), Head) else two_lines.row_height()
        )

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        head = index.data(Role.OBJECT)
        words: TrackedWords | None = index.data(Role.WORDS)
        rect = QRect(option.rect)
        if isinstance(head, Head):
            two_lines.paint_group(painter, option, index, head.words, head.number, is_open=not head.is_folded)
        elif words is not None:
            two_lines.paint_ground(painter, rect, two_lines.ground(option))
            self._paint_cell(painter, rect, words, index)
            two_lines.paint_frame(painter, option, index)
        painter.restore()

    def _paint_cell(self, painter: QPainter, rect: QRect, words: TrackedWords, index: Index) -> None:
        colours = theme.colours()
        column = Column(index.column())
        inner = _room(rect, column)
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
            two_lines.paint_line(painter, inner, 1, second, theme.font("caption"), colours.attention)
            inner.setLeft(inner.left() + _SMALL_SIGN + theme.STEP_4)
            two_lines.paint_line(painter, inner, 0, first, theme.font("strong"), colours.attention)
            return
        if column is Column.ETA and words.is_urgent:
            second_colour = role
        two_lines.paint_line(painter, inner, 0, first, font, colour)
        two_lines.paint_line(painter, inner, 1, second, theme.font("caption"), second_colour)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Show what does not fit into the cell."""
        words: TrackedWords | None = index.data(Role.WORDS)
        if event.type() is not QEvent.Type.ToolTip or words is None:
            return super().helpEvent(event, view, option, index)
        column = Column(index.column())
        lines = cell_lines(words, column)
        tip = pieces.plain_tip("\n".join(lines)) if is_cut(words, column, QRect(option.rect)) else ""
        QToolTip.showText(event.globalPos(), tip, view)
        return True


def number_width(number: str) -> int:
    """Return the room a control number needs: of all words it must not be cut."""
    return QFontMetrics(theme.font("strong")).horizontalAdvance(number) + theme.STEP_12


def is_cut(words: TrackedWords, column: Column, rect: QRect) -> bool:
    """Tell whether a line of the cell does not fit into `rect`."""
    first, second = cell_lines(words, column)
    width = _room(rect, column).width()
    sign = _SMALL_SIGN + theme.STEP_4 if column is Column.OFFICE and words.is_office_flagged else 0
    return (
        QFontMetrics(theme.font("strong")).horizontalAdvance(first) + sign > width
        or QFontMetrics(theme.font("caption")).horizontalAdvance(second) > width
    )


def _has_service(index: Index) -> bool:
    model = index.model()
    return isinstance(model, TrackerModel) and model.has_service


def _room(rect: QRect, column: Column) -> QRect:
    return two_lines.room(rect, _SIGN + _GAP if column is Column.CLEARED else 0)
