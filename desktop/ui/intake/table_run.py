"""Last steps of a table's way in: how far it is, with a way to stop, and what came of it."""

from __future__ import annotations

import shiboken6
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from desktop import texts
from desktop.ui import pieces, theme

_PARTS = 200
"""How many steps the bar takes at most: each one paints."""


class RunPage(QWidget):
    """A bar and a sentence. `is_stopped` is what the work asks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_stopped = False
        self.says = pieces.prose("", "heading")
        self.bar = QProgressBar()
        self.bar.setObjectName("table_progress")
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(texts.text("intake.table.progress"))
        self.count = pieces.label(look="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.STEP_24, 0, 0)
        column.setSpacing(theme.STEP_12)
        column.addWidget(self.says)
        column.addWidget(self.bar)
        column.addWidget(self.count)
        column.addWidget(pieces.prose(texts.text("intake.table.stop_why"), "caption", look="muted"))
        column.addStretch(1)
        self._part = -1

    def begin(self, words: str) -> None:
        """Start anew."""
        self.is_stopped = False
        self._part = -1
        self.says.setText(words)
        self.count.setText("")
        self.bar.setRange(0, 0)

    def on_progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        part = done * _PARTS // total if total else 0
        if part == self._part or not shiboken6.isValid(self):  # told from another thread, and late
            return
        self._part = part
        self.bar.setRange(0, _PARTS)
        self.bar.setValue(part)
        self.count.setText(texts.text("intake.table.done_of", done=done, total=total))


class ResultPage(QWidget):
    """What came of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.says = pieces.prose("", "heading")
        self.detail = pieces.prose(look="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.STEP_24, 0, 0)
        column.setSpacing(theme.STEP_12)
        column.addWidget(self.says)
        column.addWidget(self.detail)
        column.addStretch(1)
