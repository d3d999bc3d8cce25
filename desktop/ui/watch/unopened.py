"""Says that no mail program took a letter, and gives its words to be copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop import texts
from desktop.ui import pieces, theme
from desktop.ui.legible import legible

if TYPE_CHECKING:
    from desktop.services.nudge import Nudge

_WIDTH, _HEIGHT = 600, 440


class Unopened(QDialog):
    """The letter, to be copied, or opened by its address."""

    def __init__(self, nudge: Nudge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = texts.text("watch.broker.unopened")
        pieces.dress(self, title, "broker_letter")
        self._nudge = nudge
        to = nudge.to or texts.text("watch.broker.no_address")
        self.words = QPlainTextEdit()
        self.words.setObjectName("broker_letter_words")
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName(texts.text("watch.broker.words"))
        self.words.setPlainText(legible(f"{nudge.subject}\n\n{nudge.body}"))
        self.copy = pieces.button(texts.text("watch.broker.copy"), "copy", name="broker_letter_copy")
        self.copy.clicked.connect(self._on_copy)
        self.mailto = pieces.button(texts.text("watch.broker.mailto"), "mail", name="broker_letter_mailto")
        self.mailto.clicked.connect(self._on_mailto)
        leave = pieces.button(texts.text("window.dialog.close"), is_primary=True, name="broker_letter_close")
        leave.setDefault(True)
        leave.clicked.connect(self.accept)
        self.says = pieces.prose("", "caption")
        self.says.hide()
        foot = QHBoxLayout()
        foot.addWidget(self.copy)
        foot.addWidget(self.mailto)
        foot.addStretch(1)
        foot.addWidget(leave)
        column = QVBoxLayout(pieces.ground(self))
        column.setContentsMargins(theme.STEP_16, theme.STEP_16, theme.STEP_16, theme.STEP_12)
        column.setSpacing(theme.STEP_8)
        column.addWidget(pieces.prose(title, "heading"))
        column.addWidget(pieces.prose(texts.text("watch.broker.to", to=to)))
        column.addWidget(self.words, 1)
        column.addWidget(self.says)
        column.addLayout(foot)
        pieces.fit(self, _WIDTH, _HEIGHT)
        self.copy.setFocus()

    def _say(self, words: str) -> None:
        self.says.setText(words)
        self.says.show()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self._nudge.subject}\n\n{self._nudge.body}")
        self._say(texts.text("watch.broker.copied"))

    def _on_mailto(self) -> None:
        if not QDesktopServices.openUrl(QUrl(self._nudge.mailto)):
            self._say(texts.text("watch.broker.neither"))
