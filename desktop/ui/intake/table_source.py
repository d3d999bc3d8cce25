"""First step of a table's way in: what is in it, where it comes from, where its shipments go."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop import texts
from desktop.domain.lifecycle import Regime
from desktop.ui import pieces, theme

KINDS = ("shipments", "drivers", "trucks", "trailers", "partners")


@dataclass(frozen=True, slots=True)
class OpenTrip:
    """The trip that shipments can go onto."""

    id: str
    number: str
    regime: Regime


def labelled(column: QVBoxLayout, words: str, box: QComboBox, name: str) -> QWidget:
    """Put a choice with its label above it into a column; return both as one widget."""
    both = QWidget()
    inner = QVBoxLayout(both)
    inner.setContentsMargins(0, 0, 0, 0)
    inner.setSpacing(theme.LABEL_TO_FIELD)
    label = pieces.label(words, "caption", look="muted")
    label.setBuddy(box)
    box.setObjectName(name)
    box.setAccessibleName(words)
    box.setMinimumHeight(theme.FIELD_HEIGHT)
    box.setMaximumWidth(20 * theme.line_height("body"))
    inner.addWidget(label)
    inner.addWidget(box)
    column.addWidget(both)
    return both


class SourcePage(QWidget):
    """Asks for kind and file.

    Signals: `file_asked`; `changed` after any choice.
    """

    file_asked = Signal()
    changed = Signal()

    def __init__(self, kind: str, trip: OpenTrip | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trip = trip
        self.kind_box = QComboBox()
        for one in KINDS:
            self.kind_box.addItem(texts.text(f"intake.table.kind.{one}"), one)
        self.kind_box.setCurrentIndex(KINDS.index(kind))
        self.target_box = QComboBox()
        if trip is not None:
            number = trip.number or texts.text("window.no_number")
            self.target_box.addItem(texts.text("intake.table.onto", trip=number), trip.regime)
        for regime in Regime:
            key = "intake.table.alone_usa" if regime is Regime.ACE else "intake.table.alone_canada"
            self.target_box.addItem(texts.text(key), regime)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.FIELD_ROW_GAP)
        labelled(column, texts.text("intake.table.kind"), self.kind_box, "table_kind")
        self._target = labelled(column, texts.text("intake.table.target"), self.target_box, "table_target")
        self.source = pieces.ElidedLabel()
        self.source.setText(texts.text("intake.table.no_file"))
        self.choose = pieces.button(texts.text("intake.choose_file"), "folder", name="table_choose")
        self.choose.clicked.connect(self.file_asked)
        row = QHBoxLayout()
        row.setSpacing(theme.STEP_12)
        row.addWidget(self.choose)
        row.addWidget(self.source, 1)
        column.addSpacing(theme.STEP_4)
        column.addLayout(row)
        column.addWidget(pieces.prose(texts.text("intake.table.formats"), "caption", look="muted"))
        column.addStretch(1)
        self.kind_box.currentIndexChanged.connect(self._on_changed)
        self.target_box.currentIndexChanged.connect(self._on_changed)
        self._show_target()

    def _on_changed(self, _position: int) -> None:
        self._show_target()
        self.changed.emit()

    def _show_target(self) -> None:
        self._target.setVisible(self.kind == "shipments")

    @property
    def kind(self) -> str:
        """What the table holds."""
        return str(self.kind_box.currentData())

    @property
    def regime(self) -> Regime:
        """Whose customs the shipments are for; of no matter for the library."""
        return Regime(self.target_box.currentData())

    @property
    def trip_id(self) -> str | None:
        """The trip the shipments go onto; None where they stand alone."""
        is_onto = self._trip is not None and self.target_box.currentIndex() == 0 and self.kind == "shipments"
        return self._trip.id if is_onto and self._trip is not None else None
