"""The quiet head of a list: muted words on the page's own ground, a line below."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop import texts
from desktop.ui import theme


class QuietHeader(QHeaderView):
    """Paints its sections as the delegate paints its cells; `first_left` is the margin of the first one."""

    def __init__(self, first_left: int = theme.PAGE_MARGIN, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._first_left = first_left
        self.setAccessibleName(texts.text("window.columns"))
        self.setSectionsMovable(False)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(24)
        self.setFixedHeight(max(theme.TABLE_HEAD_HEIGHT, theme.line_height("caption") + 10))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's name
        """Paint one head."""
        colours = theme.colours()
        painter.save()
        painter.fillRect(rect, colours.alt)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colours.border)
        model = self.model()
        words = str(model.headerData(logicalIndex, Qt.Orientation.Horizontal) or "") if model is not None else ""
        room = rect.adjusted(self._first_left if self.visualIndex(logicalIndex) == 0 else 0, 0, -theme.STEP_4, -1)
        painter.setFont(theme.font("caption"))
        painter.setPen(colours.text2)
        shown = QFontMetrics(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()
