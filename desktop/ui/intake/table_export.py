"""What goes out to a table: which records, in which form, and whether private columns go with it."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop import texts
from desktop.ui import pieces, theme
from desktop.ui.intake.table_source import KINDS, labelled

_ENDINGS = ("xlsx", "csv")
_PRIVATE = frozenset({"drivers"})
"""What has columns that are private to a person."""


class ExportDialog(QDialog):
    """Asks what and how; private columns stay out until they are asked for."""

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = texts.text("intake.export.title")
        pieces.dress(self, title, "export_table")
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
        self.go.clicked.connect(self.accept)
        back = pieces.button(texts.text("window.dialog.cancel"), name="export_back")
        back.clicked.connect(self.reject)
        body = QVBoxLayout()
        body.setContentsMargins(20, theme.STEP_16, 20, theme.STEP_16)
        body.setSpacing(theme.FIELD_ROW_GAP)
        body.addWidget(pieces.prose(title, "title"))
        labelled(body, texts.text("intake.export.kind"), self._kind, "export_kind")
        labelled(body, texts.text("intake.export.form"), self._ending, "export_form")
        body.addWidget(self.private)
        body.addWidget(self._why)
        body.addStretch(1)
        foot = pieces.frame("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(20, theme.STEP_12, 20, theme.STEP_12)
        row.addStretch(1)
        row.addWidget(back)
        row.addWidget(self.go)
        column = QVBoxLayout(pieces.ground(self))
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(body, 1)
        column.addWidget(foot)
        self._kind.currentIndexChanged.connect(lambda _position: self._say_why())
        self._say_why()
        pieces.fit(self, 29 * theme.line_height("body"), 0)
        self._kind.setFocus()

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
