"""A number in large letters, one in each cell; those that differ are framed (ui design 5, sticker check)."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui import theme

_WIDEST_CELL = 30
_GAP = " "
_SHOWN_GAP = "␣"


class LetterStrip(QWidget):
    """Shows a number; not to be typed in, so it takes no focus.

    Attributes:
        text: what it shows.
        marks: the places, from 0, that are framed.
    """

    def __init__(self, name: str, spoken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._spoken = spoken
        self.text = ""
        self.marks: frozenset[int] = frozenset()
        self.setFixedHeight(theme.line_height("title") + theme.STEP_12)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(spoken)

    def show_text(self, text: str, marks: Collection[int] = ()) -> None:
        """Show a number and frame the letters at `marks`."""
        self.text, self.marks = text, frozenset(marks)
        self.setAccessibleName(f"{self._spoken}: {text}" if text else self._spoken)
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for room for a usual number."""
        return QSize(14 * _WIDEST_CELL, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint each letter in its cell; a marked one is framed and on a tint, so that grey tells it too."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.colours()
        font = theme.font("title")
        widest = max(_WIDEST_CELL, QFontMetrics(font).horizontalAdvance("W") + theme.STEP_8)
        width = min(widest, self.width() / max(1, len(self.text)))
        if QFontMetrics(font).horizontalAdvance("W") > width - 1:
            font.setPointSizeF(font.pointSizeF() * (width - 1) / QFontMetrics(font).horizontalAdvance("W"))
        painter.setFont(font)
        for place, letter in enumerate(self.text):
            cell = QRectF(place * width, 2, width, self.height() - 4)
            if place in self.marks:
                painter.setPen(QPen(colours.stop, 1.5))
                painter.setBrush(colours.stop_tint)
                painter.drawRoundedRect(cell.adjusted(1, 1, -1, -1), theme.RADIUS_TAG, theme.RADIUS_TAG)
            painter.setPen(colours.stop if place in self.marks else colours.text)
            painter.drawText(cell, int(Qt.AlignmentFlag.AlignCenter), _SHOWN_GAP if letter == _GAP else letter)
        painter.end()
