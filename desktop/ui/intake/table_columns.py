"""Second step of a table's way in: what each column holds, guessed, shown with its first values, and changed here."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop import texts
from desktop.services.tables.table import Choice, Mapping, Table
from desktop.ui import pieces, theme
from desktop.ui.intake.rows import hidden
from desktop.ui.intake.table_source import labelled
from desktop.ui.legible import legible

_SAMPLES = 3
_LOOKED_THROUGH = 200
_MOST_COLUMNS = 300
_DECIMALS = ("", ".", ",")
_DAYS = ("", "mdy", "dmy")


def samples(table: Table, column: int, *, is_private: bool = False) -> str:
    """Return the first different values of a column; masked where they are private."""
    found: list[str] = []
    for row in table.rows[:_LOOKED_THROUGH]:
        cell = row[column].strip()
        if cell and cell not in found:
            found.append(cell)
        if len(found) == _SAMPLES:
            break
    return " · ".join(hidden(cell) if is_private else legible(cell.replace("\n", " ")) for cell in found)


class ColumnsPage(QWidget):
    """A line for each column: head, first values, what it holds.

    Signals: `changed` after any choice.

    Attributes:
        mapping: how the columns are understood now; None before a table was shown.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mapping: Mapping | None = None
        self.boxes: list[QComboBox] = []
        self._values: list[pieces.ElidedLabel] = []
        self._table: Table | None = None
        self._pointers: list[str] = []
        self._rows: QWidget | None = None
        self.says = pieces.prose(look="muted")
        self.decimal_box, self.days_box = QComboBox(), QComboBox()
        for box, values, key in ((self.decimal_box, _DECIMALS, "decimal"), (self.days_box, _DAYS, "days")):
            names = {"": "auto", ".": "point", ",": "comma"}
            for value in values:
                box.addItem(texts.text(f"intake.table.{key}.{names.get(value, value)}"), value)
            box.currentIndexChanged.connect(self._on_how)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.STEP_8)
        self._column.addWidget(self.says)
        how = QHBoxLayout()
        for box, key in ((self.decimal_box, "decimal"), (self.days_box, "days")):
            part = QVBoxLayout()
            labelled(part, texts.text(f"intake.table.{key}"), box, f"table_{key}")
            how.addLayout(part)
        how.addStretch(1)
        self._column.addLayout(how)

    def show_table(self, table: Table, mapping: Mapping, choices: tuple[Choice, ...]) -> None:
        """Show the columns of a table and how they are understood."""
        if self._rows is not None:
            self._column.removeWidget(self._rows)
            self._rows.deleteLater()
        self._pointers = ["", *(choice.pointer for choice in choices)]
        model = QStandardItemModel(self)
        for label in (texts.text("intake.table.left_out"), *(choice.label for choice in choices)):
            model.appendRow(QStandardItem(legible(label)))
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, theme.STEP_12, 0)
        grid.setHorizontalSpacing(theme.STEP_16)
        grid.setVerticalSpacing(theme.STEP_8)
        grid.setColumnStretch(0, 1)
        self.boxes, self._values, self._table = [], [], table
        for position, head in enumerate(table.heads[:_MOST_COLUMNS]):
            words = QVBoxLayout()
            words.setSpacing(0)
            name = pieces.ElidedLabel("strong")
            name.setText(head or texts.text("intake.table.no_head", number=position + 1))
            values = pieces.ElidedLabel("caption", look="muted")
            words.addWidget(name)
            words.addWidget(values)
            box = QComboBox()
            box.setModel(model)
            box.setObjectName(f"column_{position}")
            box.setMinimumHeight(theme.FIELD_HEIGHT)
            box.setFixedWidth(16 * theme.line_height("body"))
            box.setMaxVisibleItems(16)
            box.setAccessibleName(legible(texts.text("intake.table.column_holds", head=name.text())))
            box.activated.connect(partial(self._on_chosen, position))
            name.setBuddy(box)
            grid.addLayout(words, position, 0)
            grid.addWidget(box, position, 1)
            self.boxes.append(box)
            self._values.append(values)
        grid.setRowStretch(len(self.boxes), 1)
        self._rows = pieces.scrolling(inner)
        self._column.addWidget(self._rows, 1)
        self._show(mapping)

    def _show(self, mapping: Mapping) -> None:
        self.mapping = mapping
        for box, pointer in zip(self.boxes, mapping.columns, strict=False):
            known = self._pointers.index(pointer) if pointer in self._pointers else 0
            box.setCurrentIndex(known)
        self._show_values(mapping)
        self._set(self.decimal_box, mapping.how.decimal)
        self._set(self.days_box, mapping.how.days)
        left = sum(not pointer for pointer in mapping.columns)
        said = texts.text("intake.table.remembered" if mapping.is_remembered else "intake.table.guessed")
        if left:
            said = f"{said} {texts.text('intake.table.columns_left_out', count=left)}"
        self.says.setText(said)
        self.changed.emit()

    def _show_values(self, mapping: Mapping) -> None:
        """Show the first values of each column; what is private is masked as soon as that is known."""
        if self._table is None:
            return
        for position, values in enumerate(self._values):
            found = samples(self._table, position, is_private=mapping.is_private(position))
            values.setText(found or texts.text("intake.table.no_values"))
            self.boxes[position].setAccessibleDescription(values.text())

    def _set(self, box: QComboBox, value: str) -> None:
        box.blockSignals(True)
        box.setCurrentIndex(max(0, box.findData(value)))
        box.blockSignals(False)

    def _on_chosen(self, column: int, choice: int) -> None:
        if self.mapping is not None:
            self._show(self.mapping.with_column(column, self._pointers[choice]))

    def _on_how(self, _position: int) -> None:
        if self.mapping is not None:
            how = self.mapping.how._replace(decimal=self.decimal_box.currentData(), days=self.days_box.currentData())
            self._show(replace(self.mapping, how=how, is_remembered=False))

    @property
    def is_understood(self) -> bool:
        """Whether any column holds something."""
        return self.mapping is not None and any(self.mapping.columns)
