"""The row of open trips above the page: a quiet tab for each, with its worst problem and a way to close it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QIcon,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QTabBar, QToolButton, QWidget

from desktop import texts
from desktop.ui import pieces, theme
from desktop.ui import sign as signs
from desktop.ui.legible import legible
from desktop.ui.signs import Sign

HEIGHT = 34
_WIDEST = 320  # a trip number of 25 letters is whole
_SIGN = 14
_CLOSE = 22
_DRAG_OUT = 40
"""So far below or above the strip a tab is let go to become a window."""


class Tab(NamedTuple):
    """What the tab of a trip shows.

    Attributes:
        trip_id: which trip.
        number: its number, or that it has none.
        words: what stands on the tab.
        spoken: the same for a screen reader and the tooltip.
        sign: its worst problem; None where there is none.
    """

    trip_id: str
    number: str
    words: str
    spoken: str
    sign: Sign | None = None


class TripTabs(QTabBar):
    """The tabs. None of them looks chosen while a page is shown over the trips.

    Signals: `chosen(trip id)`, `close_asked(trip id)`, `close_others_asked(trip id)`,
    `out_asked(trip id, place on the screen or None)`, `reordered()`.
    """

    chosen = Signal(str)
    close_asked = Signal(str)
    close_others_asked = Signal(str)
    out_asked = Signal(str, object)
    reordered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("open_trips")
        self.setAccessibleName(texts.text("open.strip"))
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideMiddle)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Ctrl+F6 goes round; Tab goes on in the page
        self.setIconSize(QSize(_SIGN, _SIGN))
        self.is_away = False
        self._hovered = -1
        self._dragged = ""
        self._tabs: dict[str, Tab] = {}
        self.setMouseTracking(True)

    # What it shows

    def trip_ids(self) -> list[str]:
        """Return the trips in the order of their tabs."""
        return [self.tabData(index) for index in range(self.count())]

    def tab(self, trip_id: str) -> Tab | None:
        """Return what the tab of a trip shows."""
        return self._tabs.get(trip_id)

    def show_tabs(self, tabs: Sequence[Tab], current: str) -> None:
        """Show these tabs in this order; `current` is empty while a page is shown."""
        self.blockSignals(True)
        wanted = [tab.trip_id for tab in tabs]
        for index in reversed(range(self.count())):
            if self.tabData(index) not in wanted:
                self.removeTab(index)
        for index, tab in enumerate(tabs):
            ids = self.trip_ids()
            if tab.trip_id not in ids:
                self.insertTab(index, "")
                self.setTabData(index, tab.trip_id)
                self._give_close_button(index, tab)
            elif ids.index(tab.trip_id) != index:
                self.moveTab(ids.index(tab.trip_id), index)
            if self._tabs.get(tab.trip_id) != tab:
                self._dress(index, tab)
        self._tabs = {tab.trip_id: tab for tab in tabs}
        self.is_away = current not in wanted
        if not self.is_away:
            self.setCurrentIndex(wanted.index(current))
        self.blockSignals(False)
        self.update()

    def _dress(self, index: int, tab: Tab) -> None:
        self.setTabText(index, legible(tab.words).replace("&", "&&"))
        ratio = self.devicePixelRatioF()
        drawn = None if tab.sign is None else signs.sign_pixmap(tab.sign, _SIGN, theme.colours(), ratio)
        self.setTabIcon(index, QIcon() if drawn is None else QIcon(drawn))
        self.setTabToolTip(index, pieces.plain_tip(texts.text("open.tab.tip", what=tab.spoken)))
        self.setAccessibleTabName(index, legible(tab.spoken))
        close = self.tabButton(index, QTabBar.ButtonPosition.RightSide)
        words = legible(texts.text("open.close", number=tab.number))
        if close is not None and close.accessibleName() != words:
            close.setAccessibleName(words)
            close.setToolTip(pieces.plain_tip(words))

    def _give_close_button(self, index: int, tab: Tab) -> None:
        made = QToolButton(self)
        made.setObjectName("close_open_trip")
        theme.set_icon(made, "close")
        made.setIconSize(QSize(12, 12))
        made.setFixedSize(_CLOSE, _CLOSE)
        made.setAutoRaise(True)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.clicked.connect(lambda _checked=False, trip_id=tab.trip_id: self.close_asked.emit(trip_id))
        self.setTabButton(index, QTabBar.ButtonPosition.RightSide, made)

    # Look

    def tabSizeHint(self, index: int) -> QSize:
        """Return room for sign, words and the close button, up to a limit."""
        words = QFontMetrics(theme.font("strong")).horizontalAdvance(self.tabText(index).replace("&&", "&"))
        sign = 0 if self.tabIcon(index).isNull() else _SIGN + theme.STEP_8
        needed = theme.STEP_12 + sign + words + theme.STEP_8 + _CLOSE + theme.STEP_8
        return QSize(min(max(needed, 96), _WIDEST), self.height_needed())

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Tabs keep their width; where there is no room for all, they scroll."""
        return self.tabSizeHint(index)

    def height_needed(self) -> int:
        """Return the height at the size of type in force."""
        return max(HEIGHT, theme.line_height("body") + theme.STEP_16)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's argument
        """Paint the tabs as the rail paints its places: the one on show is a page with an accent bar."""
        colours = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in range(self.count()):
            rect = self.tabRect(index)
            is_current = index == self.currentIndex() and not self.is_away
            if is_current:
                painter.fillRect(rect, colours.surface)
                painter.fillRect(rect.x(), rect.y(), rect.width(), 2, colours.accent)
            elif index == self._hovered:
                painter.fillRect(rect.adjusted(0, 2, 0, -1), colours.hover)
            painter.setPen(QPen(colours.border, 1))
            painter.drawLine(rect.right(), rect.top() + (0 if is_current else 8), rect.right(), rect.bottom() - 8)
            left = rect.left() + theme.STEP_12
            icon = self.tabIcon(index)
            if not icon.isNull():
                icon.paint(painter, left, rect.center().y() - _SIGN // 2, _SIGN, _SIGN)
                left += _SIGN + theme.STEP_8
            painter.setPen(colours.text if is_current else colours.text2)
            font = theme.font("strong" if is_current else "body")
            painter.setFont(font)
            room = rect.right() - _CLOSE - theme.STEP_12 - left
            words = self.tabText(index).replace("&&", "&")
            shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideMiddle, room)
            painter.drawText(left, rect.top(), room, rect.height(), Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the signs in the new colours."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            for index in range(self.count()):
                self._dress(index, self._tabs[self.tabData(index)])

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose with the left button; the others leave the choice as it is."""
        if event.button() is not Qt.MouseButton.LeftButton:
            event.accept()
            return
        index = self.tabAt(event.position().toPoint())
        super().mousePressEvent(event)
        if index >= 0:
            self._dragged = self.tabData(index)
            self.chosen.emit(self._dragged)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which tab the mouse is on; one that is held changes places with those it is moved over."""
        spot = event.position().toPoint()
        over = self.tabAt(spot)
        self._hover(over)
        ids = self.trip_ids()
        if over >= 0 and self._dragged in ids and event.buttons() & Qt.MouseButton.LeftButton:
            held, middle = ids.index(self._dragged), self.tabRect(over).center().x()
            if (over > held and spot.x() > middle) or (over < held and spot.x() < middle):
                self.moveTab(held, over)
                self.reordered.emit()

    def leaveEvent(self, event: QEvent) -> None:
        """The mouse is on none."""
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, index: int) -> None:
        if index != self._hovered:
            self._hovered = index
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Close with the middle button; a tab that is let go away from the strip becomes a window."""
        spot = event.position().toPoint()
        if event.button() is Qt.MouseButton.MiddleButton:
            index = self.tabAt(spot)
            if index >= 0:
                self.close_asked.emit(self.tabData(index))
            return
        super().mouseReleaseEvent(event)
        dragged, self._dragged = self._dragged, ""
        is_out = spot.y() < -_DRAG_OUT or spot.y() > self.height() + _DRAG_OUT
        if event.button() is Qt.MouseButton.LeftButton and is_out and dragged in self.trip_ids():
            self.out_asked.emit(dragged, event.globalPosition().toPoint())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the tab below the mouse."""
        index = self.tabAt(event.pos())
        if index >= 0:
            self.pop_menu(self.tabData(index), event.globalPos())

    def pop_menu(self, trip_id: str, spot: QPoint) -> QMenu:
        """Open the menu of a tab; returns it."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(texts.text("open.menu.out"), lambda: self.out_asked.emit(trip_id, None))
        menu.addSeparator()
        menu.addAction(texts.text("open.menu.close"), lambda: self.close_asked.emit(trip_id))
        others = menu.addAction(texts.text("open.menu.close_others"), lambda: self.close_others_asked.emit(trip_id))
        others.setEnabled(self.count() > 1)
        menu.popup(spot)
        return menu


class Strip(QFrame):
    """The row with its line below; hidden while no trip is open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "strip")
        self.setObjectName("open_trips_strip")
        self.tabs = TripTabs(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.tabs, 1)
        self.tabs.setFixedHeight(self.tabs.height_needed())
        self.setFixedHeight(self.tabs.height_needed() + 1)
        self.hide()

    def show_tabs(self, tabs: Sequence[Tab], current: str) -> None:
        """Show these tabs, or nothing where there are none."""
        self.tabs.show_tabs(tabs, current)
        self.setVisible(bool(tabs))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line between the strip and the page; it is open below the tab on show."""
        super().paintEvent(event)
        painter = QPainter(self)
        colours = theme.colours()
        bottom = self.height() - 1
        painter.fillRect(self.rect(), colours.window)
        painter.fillRect(0, bottom, self.width(), 1, colours.border)
        if not self.tabs.is_away and self.tabs.count():
            rect = self.tabs.tabRect(self.tabs.currentIndex())
            painter.fillRect(self.tabs.x() + rect.x(), bottom, rect.width(), 1, colours.surface)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of type."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "tabs"):
            self.tabs.setFixedHeight(self.tabs.height_needed())
            self.setFixedHeight(self.tabs.height_needed() + 1)
