"""Shows the report of a mistake of ours."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop import texts
from desktop.ui import pieces, theme


class CrashDialog(QDialog):
    """Says that a step did not work, what is safe, and shows the whole report."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = texts.text("window.crash.title")
        pieces.dress(self, title, "crash_dialog")
        self.setAccessibleDescription(texts.text("window.crash.text"))
        self.report = QPlainTextEdit(report)
        self.report.setObjectName("crash_report")
        self.report.setAccessibleName(texts.text("window.crash.name"))
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        copy = pieces.button(texts.text("window.crash.copy"), "copy", name="crash_copy")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
        close = pieces.button(texts.text("window.dialog.close"), is_primary=True, name="crash_close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(copy)
        row.addStretch(1)
        row.addWidget(close)
        column = QVBoxLayout(pieces.ground(self))
        column.setContentsMargins(20, theme.STEP_16, 20, theme.STEP_16)
        column.setSpacing(theme.STEP_12)
        column.addWidget(pieces.label(title, "title"))
        column.addWidget(pieces.prose(texts.text("window.crash.text")))
        column.addWidget(self.report, 1)
        column.addLayout(row)
        pieces.fit(self, 620, 460)
        close.setFocus()
