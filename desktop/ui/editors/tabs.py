"""The tabs of the trip editor: flat words, the sign of the worst problem, a count, and the accent below the current."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QTabBar, QWidget

from desktop.texts import text
from desktop.ui import sign as signs
from desktop.ui import theme

TABS = ("trip", "equipment", "crew", "shipments", "in_bond", "customs", "history")
"""Names of the sections, in the order of their tabs."""

_SIDE, _GAP, _SIGN = 12, 6, 14


@dataclass(slots=True)
class _Tab:
    """What stands in a tab besides its word."""

    sign: signs.Sign | None = None
    spoken: str = ""
    count: str = ""
    tag: str = ""


class EditorTabs(QTabBar):
    """One tab for each section; painted flat, as the page below it (ui design, trip editor)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs = [_Tab() for _ in TABS]
        for name in TABS:
            self.addTab(text(f"trip_editor.tab.{name}"))
        self.setDrawBase(False)
        self.setDocumentMode(True)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setMouseTracking(True)
        self.setAccessibleName(text("editor.head.tabs"))
        self.setTabVisible(TABS.index("in_bond"), False)

    def show_sign(self, name: str, sign: signs.Sign | None, spoken: str) -> None:
        """Show the gravest sign of a section and say it."""
        tab = self._tabs[TABS.index(name)]
        if (tab.sign, tab.spoken) != (sign, spoken):
            tab.sign, tab.spoken = sign, spoken
            self._lay(TABS.index(name))

    def show_count(self, name: str, count: str) -> None:
        """Show how many there are, in muted figures."""
        tab = self._tabs[TABS.index(name)]
        if tab.count != count:
            tab.count = count
            self._lay(TABS.index(name))

    def show_tag(self, name: str, tag: str) -> None:
        """Show a few words in a box ("1 change"); empty takes them away."""
        entry = self._tabs[TABS.index(name)]
        if entry.tag != tag:
            entry.tag = tag
            self._lay(TABS.index(name))

    def _lay(self, index: int) -> None:
        tab = self._tabs[index]
        word = self.tabText(index)
        parts = [part for part in (word, tab.count, tab.tag) if part]
        self.setTabToolTip(index, tab.spoken)
        self.setAccessibleTabName(index, ". ".join(part for part in (" ".join(parts), tab.spoken) if part))
        self.setTabText(index, word)  # lays the tabs anew: the widths have changed

    def tabSizeHint(self, index: int) -> QSize:
        """Return the room for the word in bold and what stands beside it."""
        tab = self._tabs[index] if index < len(self._tabs) else _Tab()
        width = 2 * _SIDE + QFontMetrics(theme.font("strong")).horizontalAdvance(self.tabText(index))
        plain = QFontMetrics(theme.font("body"))
        if tab.count:
            width += _GAP + plain.horizontalAdvance(tab.count)
        if tab.sign is not None:
            width += _GAP + _SIGN
        if tab.tag:
            width += _GAP + QFontMetrics(theme.font("caption")).horizontalAdvance(tab.tag) + 12
        return QSize(width, max(34, theme.line_height("body") + 16))

    def minimumTabSizeHint(self, index: int) -> QSize:
        """No tab is cut; the bar scrolls instead."""
        return self.tabSizeHint(index)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint the words, their signs, and the line below the current one."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colours().surface)
        for index in range(self.count()):
            if self.isTabVisible(index):
                self._paint_tab(painter, index, self.tabRect(index))
        painter.end()

    def _paint_tab(self, painter: QPainter, index: int, room: QRect) -> None:
        colours, tab = theme.colours(), self._tabs[index]
        is_current = index == self.currentIndex()
        if room.contains(self.mapFromGlobal(self.cursor().pos())) and not is_current and self.underMouse():
            painter.fillRect(room.adjusted(0, 2, 0, -1), colours.hover)
        font: QFont = theme.font("strong" if is_current else "body")
        painter.setFont(font)
        painter.setPen(colours.text if is_current else colours.text2)
        metrics = QFontMetrics(font)
        word = self.tabText(index)
        left = room.left() + _SIDE
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(QRect(left, room.top(), room.width(), room.height()), middle, word)
        left += metrics.horizontalAdvance(word)
        if tab.count:
            painter.setFont(theme.font("body"))
            painter.setPen(colours.text2)
            left += _GAP
            painter.drawText(QRect(left, room.top(), room.width(), room.height()), middle, tab.count)
            left += QFontMetrics(theme.font("body")).horizontalAdvance(tab.count)
        if tab.sign is not None:
            left += _GAP
            signs.paint_sign(painter, QRect(left, room.center().y() - _SIGN // 2, _SIGN, _SIGN), tab.sign, colours)
            left += _SIGN
        if tab.tag:
            self._paint_tag(painter, tab.tag, left + _GAP, room)
        if is_current:
            line = QRect(room.left() + _SIDE - 2, room.bottom() - 1, room.width() - 2 * _SIDE + 4, 2)
            painter.fillRect(line, colours.accent)
        if is_current and self.hasFocus():
            painter.setPen(QPen(colours.accent, 1))
            painter.drawRect(room.adjusted(_SIDE - 8, 4, 8 - _SIDE, -6))

    def _paint_tag(self, painter: QPainter, words: str, left: int, room: QRect) -> None:
        colours = theme.colours()
        font = theme.font("caption")
        width = QFontMetrics(font).horizontalAdvance(words) + 12
        height = theme.line_height("caption") + 2
        box = QRect(left, room.center().y() - height // 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.hover)
        painter.drawRoundedRect(box, theme.RADIUS_TAG, theme.RADIUS_TAG)
        painter.setFont(font)
        painter.setPen(colours.text)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)
