"""The sheets of a day: which trips, which sheet, where to; then how far it is, and what could not be printed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QListView,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import texts
from desktop.domain.times import parse_wall
from desktop.printing.sheet import Paper, SheetKind
from desktop.services.views import TripRow
from desktop.ui import pieces, theme, times
from desktop.ui.legible import legible
from desktop.ui.printing.batch import OFFICER, Batch

_WIDTH, _HEIGHT = 640, 560
JOINED, EACH, PRINTER = "joined", "each", "printer"
_WHAT = (SheetKind.SUMMARY.value, OFFICER, SheetKind.SHIPMENT_LIST.value)


class BatchDialog(QDialog):
    """Asks, shows how far it is, and says what came of it.

    Signals: `begin_asked()`, `batch` and `target` are what is wanted; `stop_asked()`.
    """

    begin_asked = Signal()
    stop_asked = Signal()

    def __init__(
        self, rows: Sequence[TripRow], today: date, *, size: str, can_print: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        pieces.dress(self, texts.text("printing.batch.heading"), "print_batch")
        self._rows = list(rows)
        self.is_running = False
        self.days = _box("batch_day", texts.text("printing.batch.day"))
        self._fill_days(today)
        self.what = _box("batch_sheet", texts.text("printing.sheet"))
        for name in _WHAT:
            words = texts.text("printing.batch.officer") if name == OFFICER else texts.text(SheetKind(name).name_key)
            self.what.addItem(words, name)
        self.sizes = _box("batch_paper", texts.text("window.print.paper"))
        for paper in Paper:
            self.sizes.addItem(texts.text(f"window.print.{paper.value}"), paper.value)
        self.sizes.setCurrentIndex(self.sizes.findData(Paper(size).value))
        self.target_box = _box("batch_target", texts.text("printing.batch.target"))
        for name in (JOINED, EACH, *((PRINTER,) if can_print else ())):
            self.target_box.addItem(texts.text(f"printing.batch.{name}"), name)
        self.model = QStandardItemModel(self)
        self.list = QListView()
        self.list.setObjectName("batch_trips")
        self.list.setAccessibleName(texts.text("printing.batch.trips"))
        self.list.setModel(self.model)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._choosing())
        self.stack.addWidget(self._running())
        self.leave = pieces.button(texts.text("window.dialog.close"), name="batch_close")
        self.leave.clicked.connect(self.reject)
        self.begin = pieces.button(texts.text("printing.batch.begin"), "print", is_primary=True, name="batch_begin")
        self.begin.setDefault(True)
        self.begin.clicked.connect(self.begin_asked)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.leave)
        row.addWidget(self.begin)
        column = QVBoxLayout(pieces.ground(self))
        column.setContentsMargins(theme.STEP_16, theme.STEP_16, theme.STEP_16, theme.STEP_12)
        column.setSpacing(theme.STEP_12)
        column.addWidget(self.stack, 1)
        column.addLayout(row)
        self.days.currentIndexChanged.connect(self._show_trips)
        self.model.itemChanged.connect(self._count)
        self._show_trips()
        pieces.fit(self, _WIDTH, _HEIGHT)
        self.list.setFocus()

    # What is asked

    def _choosing(self) -> QWidget:
        page = QWidget()
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for key, box in (
            ("printing.batch.day", self.days),
            ("printing.sheet", self.what),
            ("window.print.paper", self.sizes),
            ("printing.batch.target", self.target_box),
        ):
            form.addRow(pieces.label(texts.text(key)), box)
        self.says = pieces.label("", look="muted")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.STEP_8)
        column.addLayout(form)
        column.addWidget(self.list, 1)
        column.addWidget(self.says)
        return page

    def _running(self) -> QWidget:
        page = QWidget()
        self.progress_words = pieces.prose("", "heading")
        self.bar = QProgressBar()
        self.bar.setObjectName("batch_progress")
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(texts.text("printing.batch.progress"))
        self.problems = pieces.prose("")
        self.problems.setObjectName("batch_problems")
        self.problems.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, theme.STEP_24, 0, 0)
        column.setSpacing(theme.STEP_12)
        column.addWidget(self.progress_words)
        column.addWidget(self.bar)
        column.addWidget(pieces.scrolling(self.problems), 1)
        return page

    def _fill_days(self, today: date) -> None:
        days = sorted({day for row in self._rows if (day := _day(row)) is not None})
        for day in days:
            count = sum(_day(row) == day for row in self._rows)
            words = times.day(day)
            self.days.addItem(texts.text("printing.batch.of_day", day=words, count=count), day)
        self.days.addItem(texts.text("printing.batch.all", count=len(self._rows)), None)
        best = today if today in days else next((day for day in days if day > today), None)
        self.days.setCurrentIndex(days.index(best) if best in days else len(days))

    def _show_trips(self) -> None:
        day = self.days.currentData()
        self.model.clear()
        for row in self._rows:
            if day is None or _day(row) == day:
                number = row.number or texts.text("window.no_number")
                words = texts.text(
                    "printing.batch.trip", trip=number, port=row.port_name or row.port, eta=row.eta.local[:16]
                )
                item = QStandardItem(legible(words))
                item.setCheckable(True)
                item.setCheckState(Qt.CheckState.Checked)
                item.setData(row)
                self.model.appendRow(item)
        self._count()

    def _count(self) -> None:
        count = len(self.chosen)
        self.says.setText(texts.text("printing.batch.chosen", count=count))
        self.begin.setEnabled(count > 0)

    @property
    def chosen(self) -> list[TripRow]:
        """The trips that are ticked."""
        items = (self.model.item(place) for place in range(self.model.rowCount()))
        return [item.data() for item in items if item.checkState() is Qt.CheckState.Checked]

    @property
    def target(self) -> str:
        """Where they go: `joined`, `each` or `printer`."""
        return str(self.target_box.currentData())

    def batch(self) -> Batch:
        """Return what is wanted."""
        return Batch(self.chosen, str(self.what.currentData()), Paper(self.sizes.currentData()))

    # How it goes

    def show_running(self) -> None:
        """Show how far it is, from now on."""
        self.is_running = True
        self.stack.setCurrentIndex(1)
        self.begin.hide()
        self.leave.setText(texts.text("printing.batch.stop"))
        self.leave.setFocus()
        self.show_progress(0, 0)

    def show_progress(self, done: int, total: int) -> None:
        """Show that so many of `total` steps are done."""
        if not shiboken6.isValid(self) or not self.is_running:  # told from another thread, and late
            return
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        count = len(self.chosen)
        self.progress_words.setText(
            texts.text("printing.batch.running", done=done * count // total if total else 0, count=count)
        )

    def show_result(self, batch: Batch) -> None:
        """Say what came of it; it stays until it is read."""
        self.is_running = False
        self.bar.hide()
        words = texts.text("printing.batch.stopped" if batch.is_stopped else "printing.batch.done", count=batch.done)
        self.progress_words.setText(words)
        lines = [texts.text("printing.batch.problem", trip=trip, why=why) for trip, why in batch.problems]
        if lines:
            lines.insert(0, texts.text("printing.batch.not_printed", count=len(batch.problems)))
        self.problems.setText(legible("\n".join(lines)))
        self.leave.setText(texts.text("window.dialog.close"))
        self.leave.setFocus()

    def reject(self) -> None:
        """Stop what runs; else leave."""
        if self.is_running:
            self.leave.setEnabled(False)
            self.stop_asked.emit()
            self.leave.setEnabled(True)
            return
        super().reject()


def _day(row: TripRow) -> date | None:
    wall = parse_wall(row.eta.local)
    return None if wall is None else wall.date()


def _box(name: str, words: str) -> QComboBox:
    made = QComboBox()
    made.setObjectName(name)
    made.setAccessibleName(words)
    made.setMinimumHeight(theme.FIELD_HEIGHT)
    return made
