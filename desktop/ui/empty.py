"""What an empty list says, with one button that gets on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui import pieces, theme
from desktop.ui.legible import legible


class EmptyState(QWidget):
    """A sentence in the middle and a button below it.

    Signals: `asked` when the button is pressed.
    """

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = pieces.label(parent=self)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setWordWrap(True)
        self.button = pieces.button("", name="empty_action")
        self.button.clicked.connect(self.asked)
        column = QVBoxLayout(self)
        column.setSpacing(theme.STEP_16)
        column.addStretch(2)
        column.addWidget(self._words)
        column.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.setFocusProxy(self.button)

    def say(self, words: str, action: str) -> None:
        """Show a sentence and the name of the button; no name, no button."""
        self._words.setText(legible(words))
        self.button.setText(action)
        self.button.setVisible(bool(action))
