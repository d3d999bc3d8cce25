"""A button that looks like a link: `+ Trailer`."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.ui import theme


class LinkButton(QPushButton):
    """A flat native button in the accent colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFlat(True)
        self.setAutoDefault(False)
        self.setFixedHeight(_height())
        self._colour()

    def sizeHint(self) -> QSize:
        """Ask for the words and a little room, not for the width of a push button."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 12, _height())

    def minimumSizeHint(self) -> QSize:
        """Be no narrower than the words."""
        return self.sizeHint()

    def event(self, event: QEvent) -> bool:
        """Follow the colours of the program."""
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            self._colour()
        return super().event(event)

    def _colour(self) -> None:
        made = QPalette()
        made.setColor(QPalette.ColorGroup.Active, QPalette.ColorRole.ButtonText, theme.colours().accent)
        made.setColor(QPalette.ColorGroup.Inactive, QPalette.ColorRole.ButtonText, theme.colours().accent)
        self.setPalette(made)


def _height() -> int:
    return max(theme.TARGET_HEIGHT, theme.line_height("body") + theme.STEP_8)
