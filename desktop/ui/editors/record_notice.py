"""A question about the record in the form, above it: it waits, and stops nobody from typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from desktop.texts import text
from desktop.ui import theme
from desktop.ui.legible import legible
from desktop.ui.pieces import button, prose, set_tone
from desktop.ui.toast import announce

Answer = tuple[str, Callable[[], object]]


class RecordNotice(QFrame):
    """One question with its answers as buttons; hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "banner")
        self.setAccessibleName(text("library.notice"))
        self.words = prose(parent=self)
        self.buttons: list[QPushButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.STEP_16, theme.STEP_4, theme.STEP_12, theme.STEP_4)
        self._row.setSpacing(theme.STEP_8)
        self._row.addWidget(self.words, 1)
        self.hide()

    def ask(self, words: str, answers: Sequence[Answer], *, tone: str = "attention") -> None:
        """Show a question; the same one again changes nothing."""
        words = legible(words)
        if not self.isHidden() and self.words.text() == words:
            return
        self._clear()
        set_tone(self, tone)
        self.words.setText(words)
        for title, function in answers:
            made = button(title)
            made.clicked.connect(lambda _checked=False, run=function: run())
            self._row.addWidget(made)
            self.buttons.append(made)
        self.show()
        announce(self, words)

    def drop(self) -> None:
        """Take the question away."""
        if not self.isHidden():
            self.hide()
            self._clear()

    def _clear(self) -> None:
        for made in self.buttons:
            self._row.removeWidget(made)
            made.hide()
            made.deleteLater()
        self.buttons = []
