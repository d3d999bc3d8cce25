"""A shade over the window below the palette."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui import theme

_LIGHT, _DARK = 70, 140  # how much of black, of 255


class Scrim(QWidget):
    """Covers its window as long as it is shown.

    Signals: `pressed` when the mouse is pressed on it; `came_back` when the window comes to the front.
    """

    pressed = Signal()
    came_back = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("scrim")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setGeometry(window.rect())
        window.installEventFilter(self)
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window; tell when it comes to the front."""
        if event.type() is QEvent.Type.Resize and watched is self.parent() and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        elif event.type() is QEvent.Type.WindowActivate and watched is self.parent():
            self.came_back.emit()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Nothing below it is pressed."""
        event.accept()
        self.pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shade what is below."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(0, 0, 0, _DARK if theme.colours().is_dark else _LIGHT))
        painter.end()
