"""The reason codes customs wants for a change: words first, code behind; none is chosen unless the plan says why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from desktop import texts
from desktop.services.views import ReasonAsked
from desktop.ui import pieces, theme
from desktop.ui.legible import legible


class ReasonFields(QWidget):
    """A field for each reason that is asked.

    Signals: `changed` when another one was chosen.

    Attributes:
        fields: by what they are the reason of, `trip` or `shipment`.
    """

    changed = Signal()

    def __init__(self, asked: Sequence[ReasonAsked], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, QComboBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.STEP_4)
        for one in asked:
            self._add(one, column)

    def _add(self, asked: ReasonAsked, column: QVBoxLayout) -> None:
        words = texts.text(f"sending.reason.{asked.what}")
        field = QComboBox()
        field.setObjectName(f"send_reason_{asked.what}")
        field.setAccessibleName(words)
        field.setMinimumHeight(theme.FIELD_HEIGHT)
        field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        field.setMinimumContentsLength(20)
        field.setMaxVisibleItems(len(asked.codes) + 1)
        field.addItem(texts.text("sending.reason.choose"), "")
        for code, meaning in asked.codes:
            field.addItem(legible(texts.text("sending.reason.code", words=meaning, code=code)), code)
        field.setCurrentIndex(max(0, field.findData(asked.suggested)) if asked.suggested else 0)
        field.currentIndexChanged.connect(lambda _row: self.changed.emit())
        label = pieces.label(words, "caption", look="muted")
        label.setWordWrap(True)
        label.setBuddy(field)
        column.addWidget(label)
        column.addWidget(field)
        self.fields[asked.what] = field

    def chosen(self, what: str) -> str:
        """Return the code chosen for `trip` or `shipment`; empty where none is asked or chosen."""
        field = self.fields.get(what)
        return "" if field is None else str(field.currentData())

    @property
    def first_open(self) -> QComboBox | None:
        """The first one that still has to be chosen."""
        return next((field for field in self.fields.values() if not field.currentData()), None)
