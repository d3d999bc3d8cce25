"""Asks in which form evidence is wanted, and whether private data of people are to be in it."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QDialog, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from desktop import texts
from desktop.ui import pieces, theme

FORMS: Final = ("pdf", "json")


class EvidenceDialog(QDialog):
    """A PDF for people or JSON for programs; private data stay covered unless ticked.

    Attributes:
        form: `pdf` or `json`, once it was accepted.
        with_private: whether private data are wanted.
    """

    def __init__(self, trip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = FORMS[0]
        self.with_private = False
        pieces.dress(self, texts.text("evidence.title", trip=trip), "evidence_dialog")
        ground = pieces.ground(self)
        column = QVBoxLayout(ground)
        column.setContentsMargins(theme.STEP_24, theme.STEP_16, theme.STEP_24, theme.STEP_16)
        column.setSpacing(theme.STEP_8)
        column.addWidget(pieces.prose(texts.text("evidence.title", trip=trip), "heading"))
        column.addWidget(pieces.prose(texts.text("evidence.about"), look="muted"))
        self._group = QButtonGroup(self)
        for number, form in enumerate(FORMS):
            choice = QRadioButton(texts.text(f"evidence.form.{form}"))
            choice.setObjectName(f"evidence_{form}")
            choice.setChecked(not number)
            self._group.addButton(choice, number)
            column.addWidget(choice)
        column.addSpacing(theme.STEP_8)
        self.private = QCheckBox(texts.text("evidence.private"))
        self.private.setObjectName("evidence_private")
        column.addWidget(self.private)
        self._note = pieces.prose(texts.text("evidence.private_off"), "caption", look="muted")
        column.addWidget(self._note)
        self.private.toggled.connect(self._on_private)
        column.addSpacing(theme.STEP_8)
        row = QHBoxLayout()
        row.addStretch(1)
        leave = pieces.button(texts.text("evidence.leave"), name="evidence_leave")
        leave.clicked.connect(self.reject)
        self.go = pieces.button(texts.text("evidence.go"), is_primary=True, name="evidence_go")
        self.go.setDefault(True)
        self.go.clicked.connect(self.accept)
        row.addWidget(leave)
        row.addWidget(self.go)
        column.addLayout(row)
        pieces.fit(self, 520, 0)

    def accept(self) -> None:
        """Keep what was chosen: the widgets are gone when it is read."""
        self.form = FORMS[self._group.checkedId()]
        self.with_private = self.private.isChecked()
        super().accept()

    def _on_private(self, is_on: bool) -> None:
        self._note.setText(texts.text("evidence.private_on" if is_on else "evidence.private_off"))
