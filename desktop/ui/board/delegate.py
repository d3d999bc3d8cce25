"""Paints the board: a trip as in the list of trips, a group as a line with its name and how many stand in it."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QTreeView

from desktop import texts
from desktop.services.board_row import Group
from desktop.ui.models.role import Index, Role
from desktop.ui.models.two_lines import group_height, paint_group, row_height
from desktop.ui.trips.delegate import TripDelegate


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
            view: object = option.widget
            model = index.model()
            painter.save()
            paint_group(
                painter,
                option,
                index,
                texts.text(f"board.group.{Group(index.data(Role.OBJECT)).value}"),
                model.rowCount(index) if model is not None else 0,
                is_open=isinstance(view, QTreeView) and view.isExpanded(index),
            )
            painter.restore()
