"""A road sign as a widget, for places that are no list."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from desktop.ui import theme
from desktop.ui.sign import Sign, paint_sign, word


class SignLabel(QLabel):
    """A sign outside a list; its accessible name is its word, or the sentence given with it."""

    def __init__(self, sign: Sign = Sign.NOT_SENT, size: int = 18, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = sign
        self._size = size
        self.setFixedSize(size, size)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.set_sign(sign)

    @property
    def sign(self) -> Sign:
        """The sign shown now."""
        return self._sign

    def set_sign(self, sign: Sign, sentence: str = "") -> None:
        """Show another sign; `sentence` is what a screen reader says where the word alone is not enough."""
        self._sign = sign
        self.setAccessibleName(sentence or word(sign))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size it was made with."""
        return QSize(self._size, self._size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sign in the colours in force."""
        del event
        painter = QPainter(self)
        paint_sign(painter, QRectF(self.rect()), self._sign, theme.colours())
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Paint again when the colours change."""
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)
