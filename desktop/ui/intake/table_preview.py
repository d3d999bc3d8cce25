"""Third step of a table's way in: what would happen to each row, which cells are wrong, which rows to leave out."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop import texts
from desktop.services.tables.table import Happens, Preview
from desktop.ui import pieces, theme
from desktop.ui.intake.rows import RowsView
from desktop.ui.intake.table_model import FIRST_CELL, TableModel
from desktop.ui.legible import legible

_CELL = 140
_SAID = 4


class PreviewPage(QWidget):
    """The rows with their marks.

    Signals: `changed` after rows were left out or taken in again.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.says = pieces.prose()
        self.model = TableModel(self)
        self.view = RowsView("table_rows", texts.text("intake.table.list"), (70, 190))
        self.view.setModel(self.model)
        self.view.selectionModel().currentRowChanged.connect(lambda now, _before: self._say(now))
        pieces.on_key(self.view, "Space", self._on_out, only_with_focus=True)
        pieces.on_key(self.view, "Del", self._on_out, only_with_focus=True)
        self.only_problems = QCheckBox(texts.text("intake.table.only_problems"))
        self.only_problems.setObjectName("table_only_problems")
        self.only_problems.toggled.connect(self._on_only_problems)
        self.out = pieces.button(texts.text("intake.table.leave_out"), name="table_leave_out")
        self.out.clicked.connect(self._on_out)
        self.all_out = pieces.button(texts.text("intake.table.leave_all_out"), name="table_leave_all_out")
        self.all_out.clicked.connect(self._on_all_out)
        self.detail = pieces.prose(look="muted")
        self.detail.setMinimumHeight(3 * theme.line_height("body"))
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        table = pieces.frame("table")
        inner = QVBoxLayout(table)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(self.view)
        row = QHBoxLayout()
        row.setSpacing(theme.STEP_8)
        row.addWidget(self.only_problems)
        row.addStretch(1)
        row.addWidget(self.out)
        row.addWidget(self.all_out)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.STEP_8)
        column.addWidget(self.says)
        column.addLayout(row)
        column.addWidget(table, 1)
        column.addWidget(self.detail)

    @property
    def preview(self) -> Preview | None:
        """What would come in, without the rows left out."""
        return None if self.model.preview is None else self.model.preview.without(self.model.excluded)

    def show_preview(self, preview: Preview) -> None:
        """Show what would happen."""
        self.only_problems.blockSignals(True)
        self.only_problems.setChecked(False)
        self.only_problems.blockSignals(False)
        self.model.show_only_problems(False)
        self.model.show(preview)
        self.view.lay_columns()
        for column in range(FIRST_CELL, self.model.columnCount()):
            self.view.header().resizeSection(column, round(_CELL * theme.line_height("body") / 18))
        self.only_problems.setEnabled(any(row.issues for row in preview.rows))
        self._go_to(next((place for place, row in enumerate(preview.rows) if row.happens is Happens.CANNOT), 0))
        self._count()

    def _go_to(self, line: int) -> None:
        if self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(min(line, self.model.rowCount() - 1), 0))
        self._say(self.view.currentIndex())

    def _say(self, index: QModelIndex) -> None:
        row = self.model.row(index.row())
        if row is None:
            self.detail.setText("")
            return
        position = self.model.shown[index.row()]
        is_out = position in self.model.excluded
        self.out.setText(texts.text("intake.table.take_in" if is_out else "intake.table.leave_out"))
        said = [issue.text for issue in row.issues[:_SAID]]
        if len(row.issues) > _SAID:
            said.append(texts.text("intake.table.more_issues", count=len(row.issues) - _SAID))
        self.detail.setText(legible("\n".join(said)) or texts.text("intake.table.nothing_to_say"))

    def _count(self) -> None:
        preview = self.preview
        if preview is None:
            return
        counts = preview.counts
        parts = [texts.text(f"intake.table.count.{one.value}", count=counts[one]) for one in Happens if counts[one]]
        if preview.excluded:
            parts.append(texts.text("intake.table.count.out", count=len(preview.excluded)))
        cannot = counts[Happens.CANNOT]
        words = " ".join(parts) or texts.text("intake.table.count.none")
        self.says.setText(f"{words} {texts.text('intake.table.mend')}" if cannot else words)
        self.all_out.setVisible(bool(cannot))
        self.changed.emit()

    def _on_only_problems(self, is_on: bool) -> None:
        current = self.view.currentIndex().row()
        kept = self.model.shown[current] if 0 <= current < len(self.model.shown) else 0
        self.model.show_only_problems(is_on)
        self._go_to(self.model.shown.index(kept) if kept in self.model.shown else 0)

    def _on_out(self) -> None:
        current = self.view.currentIndex().row()
        if 0 <= current < len(self.model.shown):
            position = self.model.shown[current]
            self.model.leave_out([position], position not in self.model.excluded)
            self._say(self.view.currentIndex())
            self._count()

    def _on_all_out(self) -> None:
        preview = self.preview
        if preview is not None:
            self.model.leave_out(list(preview.without_faulty().excluded), True)
            self._say(self.view.currentIndex())
            self._count()
            self.view.setFocus()
