"""The navigation rail: places with counts, 168 or 52 pixels wide (ui design 5 and 6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop import texts
from desktop.ui import theme
from desktop.ui.models.role import Index, Role
from desktop.ui.place import GROUP_STARTS, Place

_ROW = 38
_LINE = 13
_NO_PARENT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Count:
    """A number beside a place; `tone` is `stop`, `attention` or empty for grey."""

    number: int
    tone: str
    words: str


class RailModel(QAbstractListModel):
    """The places of this release with their counts."""

    def __init__(self, places: Sequence[Place], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.places = tuple(places)
        rows: list[Place | None] = list(places)
        if Place.SETTINGS in rows:
            rows.insert(rows.index(Place.SETTINGS), None)  # the room that keeps Settings at the bottom
        self.rows = tuple(rows)
        self._counts: dict[Place, Count] = {}

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of places."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Nothing can be done with the room between."""
        if index.isValid() and self.rows[index.row()] is None:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what Qt or the delegate asks of a place."""
        place = self.rows[index.row()] if index.isValid() and index.row() < len(self.rows) else None
        if place is None:
            return None
        name = texts.text(f"window.place.{place.value}")
        count = self._counts.get(place)
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return texts.text("window.rail.with_count", place=name, count=count.words) if count else name
        if role == Qt.ItemDataRole.ToolTipRole:
            return texts.text("window.rail.tip", place=name, number=self.places.index(place) + 1)
        if role == Role.OBJECT:
            return place
        if role == Role.WORDS:
            return count
        return None

    def set_count(self, place: Place, count: Count | None) -> None:
        """Show a count beside a place, or none."""
        if place not in self.places or self._counts.get(place) == count:
            return
        if count is None or count.number == 0:
            self._counts.pop(place, None)
        else:
            self._counts[place] = count
        where = self.index(self.rows.index(place))
        self.dataChanged.emit(where, where)


class RailDelegate(QStyledItemDelegate):
    """Icon, name, count; the current place has a bar, a filled icon and bold letters."""

    def __init__(self, rail: Rail) -> None:
        super().__init__(rail)
        self._rail = rail

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's arguments
        """Return the height of a place, with the line above a group."""
        height = max(_ROW, theme.line_height("body") + 2 * theme.STEP_8)
        if index.data(Role.OBJECT) is None:
            return QSize(40, self._rail.room_above_last(height, _LINE * len(GROUP_STARTS)))
        return QSize(40, height + (_LINE if index.data(Role.OBJECT) in GROUP_STARTS else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one place."""
        if index.data(Role.OBJECT) is None:
            return
        colours = theme.colours()
        place = Place(index.data(Role.OBJECT))  # Qt hands a text back
        rect = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if place in GROUP_STARTS:
            line = rect.top() + _LINE // 2
            painter.fillRect(QRect(rect.left() + 18, line, rect.width() - 36, 1), colours.border)
            rect.setTop(rect.top() + _LINE)
        box = rect.adjusted(theme.STEP_8, 1, -theme.STEP_8, -1)
        is_current = self._rail.currentIndex() == index
        if is_current:
            painter.setPen(QPen(colours.border, 1))
            painter.setBrush(colours.surface)
            painter.drawRoundedRect(box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            painter.fillRect(QRect(box.left(), box.top() + 10, 3, box.height() - 20), colours.accent)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.hover)
            painter.drawRoundedRect(box, 6, 6)
        if is_current and self._rail.hasFocus():
            painter.setPen(QPen(colours.accent, theme.FOCUS_WIDTH))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.toRectF().adjusted(1, 1, -1, -1), 6, 6)
        name = f"{place.value}-filled" if is_current else place.value
        icon = theme.icon(name, "accent" if is_current else "text2")
        size = theme.ICON_RAIL
        count: Count | None = index.data(Role.WORDS)
        left = box.center().x() - size // 2 if self._rail.is_narrow else box.left() + 10
        aside = 4 if count and self._rail.is_narrow else 0  # room for the count
        icon.paint(painter, QRect(left - aside, box.center().y() - size // 2 + aside // 2, size, size))
        used = self._paint_count(painter, box, count) if count else 0
        if not self._rail.is_narrow:
            font = theme.font("strong" if is_current else "body")
            painter.setFont(font)
            painter.setPen(colours.text)
            room = box.adjusted(10 + size + 12, 0, -used - theme.STEP_8, 0)
            text = QFontMetrics(font).elidedText(
                index.data(Qt.ItemDataRole.DisplayRole), Qt.TextElideMode.ElideRight, room.width()
            )
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()

    def _paint_count(self, painter: QPainter, box: QRect, count: Count) -> int:
        colours = theme.colours()
        font = theme.font("caption")
        font.setWeight(QFont.Weight.DemiBold)
        text = str(count.number) if count.number < 100 else "99+"  # noqa: PLR2004 - two digits fit
        if self._rail.is_narrow:
            font.setPointSizeF(font.pointSizeF() * 0.8)
        height = max(14 if self._rail.is_narrow else 18, QFontMetrics(font).ascent() + 4)
        width = max(height, QFontMetrics(font).horizontalAdvance(text) + 10)
        top = box.top() + 2 if self._rail.is_narrow else box.center().y() - height // 2
        rect = QRect(box.right() - width - (0 if self._rail.is_narrow else theme.STEP_8), top, width, height)
        background, text_colour = {
            "stop": (colours.stop, colours.surface),
            "attention": (colours.attention_tint, colours.attention),
        }.get(count.tone, (colours.track, colours.text))
        painter.setPen(QPen(colours.text, 1) if colours.is_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(background)
        painter.drawRoundedRect(rect.toRectF(), height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(text_colour)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
        return width + theme.STEP_8


class Rail(QListView):
    """The list of places. Arrows move, Enter opens.

    Signals: `place_chosen(Place)`.
    """

    place_chosen = Signal(object)

    def __init__(self, places: Sequence[Place], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_narrow = False
        self.setObjectName("rail")
        self.setAccessibleName(texts.text("window.rail.name"))
        self.rail_model = RailModel(places, self)
        self.setModel(self.rail_model)
        self.setItemDelegate(RailDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.viewport().setAutoFillBackground(False)
        self.clicked.connect(self._on_chosen)
        self.set_narrow(False)

    def set_narrow(self, is_narrow: bool) -> None:
        """Show icons alone, or icons with names."""
        self.is_narrow = is_narrow
        self.setFixedWidth(theme.RAIL_NARROW_WIDTH if is_narrow else max(theme.RAIL_WIDTH, self._wanted()))
        self.scheduleDelayedItemsLayout()

    def _wanted(self) -> int:
        """Return the width that shows every name beside a count, in whatever size letters are."""
        names, counts = QFontMetrics(theme.font("strong")), QFontMetrics(theme.font("caption"))
        widest = max(names.horizontalAdvance(texts.text(f"window.place.{one.value}")) for one in self.rail_model.places)
        return widest + counts.horizontalAdvance("00") + theme.ICON_RAIL + 2 * theme.STEP_32

    def room_above_last(self, row_height: int, lines: int) -> int:
        """Return how much room is left over between the places and the last one."""
        return max(0, self.viewport().height() - row_height * len(self.rail_model.places) - lines - 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the last place at the bottom."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def show_place(self, place: Place) -> None:
        """Mark a place as the current one."""
        self.setCurrentIndex(self.rail_model.index(self.rail_model.rows.index(place)))

    def _on_chosen(self, index: QModelIndex) -> None:
        if index.data(Role.OBJECT) is None:
            return
        self.place_chosen.emit(Place(index.data(Role.OBJECT)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current place with Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._on_chosen(self.currentIndex())
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Paint again in other colours."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.viewport().update()
