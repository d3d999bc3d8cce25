"""Which messages are shown: a list of kinds with unread counts, or a combo box where there is no room."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop import texts
from desktop.domain.lifecycle import Category
from desktop.ui import signs, theme
from desktop.ui.models.role import Index, Role


class Shelf(StrEnum):
    """Lists of messages a person put somewhere, whatever their kind."""

    SNOOZED = "snoozed"
    PINNED = "pinned"


Shown = Category | Shelf | None
"""One kind, one shelf, or everything."""
ORDER: tuple[Shown, ...] = (
    None,
    Category.REJECTED,
    Category.ALERT,
    Category.RNS,
    Category.NOTICE,
    Category.ACCEPTED,
    Category.UPLOAD,
    Category.UNRECOGNISED,
    Category.CAS,
    Shelf.SNOOZED,
    Shelf.PINNED,
)
_ICONS: dict[Shown, str] = {None: "inbox", Shelf.SNOOZED: "snooze", Shelf.PINNED: "pin"}
_NO_PARENT = QModelIndex()
_ROW = 32


class FilterModel(QAbstractListModel):
    """The kinds of messages with how many are unread, and the shelves with how many lie there."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._counts: dict[Shown, int] = {}

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of kinds."""
        return 0 if parent.isValid() else len(ORDER)

    def count(self, shown: Shown) -> int:
        """Return how many are unread of a kind or of all, or how many lie on a shelf."""
        return self._counts.get(shown, 0)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what Qt or the delegate asks of a kind."""
        if not index.isValid() or index.row() >= len(ORDER):
            return None
        shown = ORDER[index.row()]
        name = texts.text(f"inbox.filter.{shown.value if shown else 'all'}")
        count = self.count(shown)
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{name}  {count}" if count else name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            key = "inbox_list.shelf.sentence" if isinstance(shown, Shelf) else "inbox.filter.sentence"
            return texts.text(key, name=name, count=count) if count else name
        if role == Role.WORDS:
            return name
        return None

    def show(self, unread: Mapping[Category, int], *, pinned: int = 0, snoozed: int = 0) -> None:
        """Show new counts."""
        counts: dict[Shown, int] = {None: sum(unread.values()), Shelf.PINNED: pinned, Shelf.SNOOZED: snoozed}
        counts |= dict(unread.items())
        if counts != self._counts:
            self._counts = counts
            self.dataChanged.emit(self.index(0), self.index(len(ORDER) - 1))


class FilterDelegate(QStyledItemDelegate):
    """Sign, name, count at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's arguments
        """Return the height of a kind."""
        return QSize(60, max(_ROW, theme.line_height("body") + 12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one kind."""
        colours = theme.colours()
        box = QRect(option.rect).adjusted(theme.STEP_8, 1, -theme.STEP_8, -1)
        shown = ORDER[index.row()]
        model = index.model()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        view = option.widget
        is_current = isinstance(view, QListView) and view.currentIndex() == index
        if is_current or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.selection if is_current else colours.hover)
            painter.drawRoundedRect(box, 4, 4)
        if is_current and isinstance(view, QListView) and (view.hasFocus() or colours.is_contrast):
            painter.setPen(QPen(colours.accent, theme.FOCUS_WIDTH))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.toRectF().adjusted(1, 1, -1, -1), 4, 4)
        mark = QRect(box.left() + 10, box.center().y() - 7, 14, 14)
        if isinstance(shown, Category):
            signs.paint_sign(painter, mark, signs.category_sign(shown), colours)
        else:
            theme.icon(_ICONS[shown]).paint(painter, mark.adjusted(-1, -1, 1, 1))
        if shown is Category.CAS:
            painter.fillRect(QRect(box.left(), option.rect.top(), box.width(), 1), colours.border)
        font = theme.font("strong" if is_current else "body")
        count = model.count(shown) if isinstance(model, FilterModel) else 0
        number = str(count) if count else ""
        width = QFontMetrics(font).horizontalAdvance(number)
        room = box.adjusted(34, 0, -theme.STEP_8 - width, 0)
        painter.setFont(font)
        painter.setPen(colours.text)
        name = QFontMetrics(font).elidedText(index.data(Role.WORDS), Qt.TextElideMode.ElideRight, room.width() - 4)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        painter.setPen(colours.text2)
        painter.drawText(
            box.adjusted(0, 0, -theme.STEP_8, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, number
        )
        painter.restore()


class FilterList(QListView):
    """The kinds as a list.

    Signals: `chosen(Category, Shelf or None)`.
    """

    chosen = Signal(object)

    def __init__(self, model: FilterModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inbox_filters")
        self.setAccessibleName(texts.text("inbox.filter.name"))
        self.setModel(model)
        self.setItemDelegate(FilterDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setFixedWidth(174)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setCurrentIndex(model.index(0))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Show the kind that the arrows or the mouse reached."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.chosen.emit(ORDER[current.row()])
