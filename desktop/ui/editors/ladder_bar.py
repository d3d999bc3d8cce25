"""How far a trip got, as six segments with the word below."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui import signs, theme

_WIDTH, _HEIGHT = 88, 6


class LadderBar(QWidget):
    """The ladder of one trip. Not focusable: the word is its accessible name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ladder = signs.Ladder(1.0, (), "")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_ladder(self, ladder: signs.Ladder) -> None:
        """Show how far it got."""
        self._ladder = ladder
        self.setAccessibleName(ladder.word)
        self.setToolTip(ladder.word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for segments and word."""
        width = QFontMetrics(theme.font("caption")).horizontalAdvance(self._ladder.word)
        return QSize(max(_WIDTH, width), _HEIGHT + 6 + theme.line_height("caption"))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's argument
        """Paint them."""
        painter = QPainter(self)
        colours = theme.colours()
        signs.paint_ladder(painter, QRect(0, 2, _WIDTH, _HEIGHT), self._ladder.filled, self._ladder.marks, colours)
        painter.setFont(theme.font("caption"))
        painter.setPen(colours.text2)
        word = painter.fontMetrics().elidedText(self._ladder.word, Qt.TextElideMode.ElideRight, self.width())
        room = QRect(0, _HEIGHT + 5, self.width(), theme.line_height("caption"))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), word)
        painter.end()
