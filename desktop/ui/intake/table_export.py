"""What goes out to a table: which records, in which form, and whether private columns go with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop import texts
from desktop.ui import pieces, theme
from desktop.ui.company_dialog import MessageLine
from desktop.ui.intake.table_run import RunPage
from desktop.ui.intake.table_source import KINDS, labelled

_ENDINGS = ("xlsx", "csv")
_PRIVATE = frozenset({"drivers"})
"""What has columns that are private to a person."""


class ExportDialog(QDialog):
    """Asks what and how; private columns stay out until they are asked for. Then it shows how far the writing is.

    Signals: `file_asked`.

    Attributes:
        written: how many records stand in the file; None until then.
    """

    file_asked = Signal()

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = texts.text("intake.export.title")
        pieces.dress(self, title, "export_table")
        self.written: int | None = None
        self.run = RunPage()
        self.message = MessageLine()
        self._kind, self._ending = QComboBox(), QComboBox()
        for one in KINDS:
            self._kind.addItem(texts.text(f"intake.table.kind.{one}"), one)
        self._kind.setCurrentIndex(KINDS.index(kind))
        for one in _ENDINGS:
            self._ending.addItem(texts.text(f"intake.export.{one}"), one)
        self.private = QCheckBox(texts.text("intake.export.private"))
        self.private.setObjectName("export_private")
        self._why = pieces.prose("", "caption", look="muted")
        self.go = pieces.button(texts.text("intake.choose_file"), "export", is_primary=True, name="export_go")
        self.go.setDefault(True)
        self.go.clicked.connect(self.file_asked)
        self.back = pieces.button(texts.text("window.dialog.cancel"), name="export_back")
        self.back.clicked.connect(self.reject)
        form = QWidget()
        body = QVBoxLayout(form)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.FIELD_ROW_GAP)
        labelled(body, texts.text("intake.export.kind"), self._kind, "export_kind")
        labelled(body, texts.text("intake.export.form"), self._ending, "export_form")
        body.addWidget(self.private)
        body.addWidget(self._why)
        body.addStretch(1)
        foot = pieces.frame("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(20, theme.STEP_12, 20, theme.STEP_12)
        row.addWidget(self.message, 1)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.go)
        column = QVBoxLayout(pieces.ground(self))
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.pages = QStackedWidget()
        self.pages.addWidget(form)
        self.pages.addWidget(self.run)
        inner = QVBoxLayout()
        inner.setContentsMargins(20, theme.STEP_16, 20, theme.STEP_16)
        inner.addWidget(pieces.prose(title, "title"))
        inner.addWidget(self.pages, 1)
        column.addLayout(inner, 1)
        column.addWidget(foot)
        self._kind.currentIndexChanged.connect(lambda _position: self._say_why())
        self._say_why()
        pieces.fit(self, 29 * theme.line_height("body"), 0)
        self._kind.setFocus()

    def begin(self) -> None:
        """Show how far the writing is; "Stop" is what is left to do."""
        self.run.begin(texts.text("intake.export.writing"))
        self.message.say("")
        self.pages.setCurrentWidget(self.run)
        self.go.setVisible(False)
        self.back.setText(texts.text("intake.table.stop"))
        self.back.setFocus()

    def ask_again(self, words: str) -> None:
        """Show the questions again, and why."""
        self.pages.setCurrentIndex(0)
        self.go.setVisible(True)
        self.back.setText(texts.text("window.dialog.cancel"))
        self.go.setFocus()
        self.message.say(words)

    def reject(self) -> None:
        """Leave; while it writes, stop it instead: no file is left."""
        if self.pages.currentWidget() is self.run:
            self.run.is_stopped = True
            self.back.setText(texts.text("intake.table.stopping"))
            return
        super().reject()

    def _say_why(self) -> None:
        has_private = self.kind in _PRIVATE
        self.private.setVisible(has_private)
        words = texts.text("intake.export.private.drivers" if has_private else "intake.export.no_private")
        self._why.setText(words)
        self.private.setAccessibleDescription(words)

    @property
    def kind(self) -> str:
        """What goes out."""
        return str(self._kind.currentData())

    @property
    def ending(self) -> str:
        """In which form: `xlsx` or `csv`."""
        return str(self._ending.currentData())

    @property
    def with_private(self) -> bool:
        """Whether private columns go with it."""
        return self.kind in _PRIVATE and self.private.isChecked()
