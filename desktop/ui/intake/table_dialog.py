"""Brings a table in, step by step: file, columns, preview, result. Nothing is kept before the last word."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from desktop import texts
from desktop.errors import DesktopError
from desktop.services.tables.table import Brought, Happens, Table
from desktop.services.words import error_words
from desktop.ui import pieces, theme
from desktop.ui.company_dialog import MessageLine
from desktop.ui.intake.table_columns import ColumnsPage
from desktop.ui.intake.table_preview import PreviewPage
from desktop.ui.intake.table_run import ResultPage, RunPage
from desktop.ui.intake.table_source import OpenTrip, SourcePage
from desktop.ui.legible import legible
from desktop.ui.signs import Sign, SignLabel
from desktop.ui.toast import announce

if TYPE_CHECKING:
    from desktop.ui.desk import Desk

_SIDE = 200
_NARROW = 860


class Step(IntEnum):
    """The dialog's pages; `RUN` stands between two of them and is no step of its own."""

    SOURCE = 0
    COLUMNS = 1
    PREVIEW = 2
    RESULT = 3
    RUN = 4


STEPS = (Step.SOURCE, Step.COLUMNS, Step.PREVIEW, Step.RESULT)


class TableDialog(QDialog):
    """A wizard of our own: Enter next, Alt+Left back, Esc leaves; while it works Esc stops it.

    Signals: `file_asked`.

    Attributes:
        brought: what was kept; None until then.
    """

    file_asked = Signal()

    def __init__(
        self, desk: Desk, kind: str, company: str, trip: OpenTrip | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        pieces.dress(self, texts.text("intake.table.title"), "import_table")
        self._desk = desk
        self._company = company
        self._source: Path | str | None = None
        self._table: Table | None = None
        self._work: asyncio.Task[None] | None = None
        self._before = Step.SOURCE
        self.brought: Brought | None = None
        self.source = SourcePage(kind, trip)
        self.columns = ColumnsPage()
        self.rows = PreviewPage()
        self.outcome = ResultPage()
        self.run = RunPage()
        self.message = MessageLine()
        self.pages = QStackedWidget()
        for page in (self.source, self.columns, self.rows, self.outcome, self.run):
            self.pages.addWidget(page)
        self._side = self._make_side()
        self._progress = pieces.label(look="muted")
        self._title = pieces.prose("", "title")
        column = QVBoxLayout()
        column.setContentsMargins(theme.STEP_24, theme.STEP_16, theme.STEP_24, theme.STEP_12)
        column.setSpacing(theme.STEP_8)
        column.addWidget(self._progress)
        column.addWidget(self._title)
        column.addWidget(self.pages, 1)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addLayout(column, 1)
        right.addWidget(self._make_foot())
        row = QHBoxLayout(pieces.ground(self))
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side)
        row.addLayout(right, 1)
        self.source.file_asked.connect(self.file_asked)
        self.source.changed.connect(self._on_source_changed)
        self.columns.changed.connect(self._show_buttons)
        self.rows.changed.connect(self._show_buttons)
        pieces.on_key(self, "Alt+Left", self._on_back)
        line = theme.line_height("body")
        pieces.fit(self, 58 * line, 34 * line)
        self.go(Step.SOURCE)

    def _make_side(self) -> QWidget:
        side = pieces.frame("side")
        side.setFixedWidth(_SIDE)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.STEP_12)
        grid.setVerticalSpacing(theme.STEP_16)
        grid.setColumnStretch(1, 1)
        self._steps: list[tuple[SignLabel, QLabel]] = []
        for step in STEPS:
            sign = SignLabel(Sign.NOT_SENT, 18)
            words = pieces.label(texts.text(f"intake.table.step.{step.name.lower()}"))
            grid.addWidget(sign, step, 0)
            grid.addWidget(words, step, 1)
            self._steps.append((sign, words))
        column = QVBoxLayout(side)
        column.setContentsMargins(theme.STEP_24, theme.STEP_32, theme.STEP_16, theme.STEP_16)
        column.addLayout(grid)
        column.addStretch(1)
        return side

    def _make_foot(self) -> QWidget:
        foot = pieces.frame("foot")
        self.leave = pieces.button("", name="table_leave")
        self.leave.clicked.connect(self.reject)
        self.back = pieces.button(texts.text("intake.table.back"), name="table_back")
        self.back.setToolTip(texts.text("intake.table.back_tip"))
        self.back.clicked.connect(self._on_back)
        self.next = pieces.button("", is_primary=True, name="table_next")
        self.next.clicked.connect(self._on_next)
        row = QHBoxLayout()
        row.addWidget(self.leave)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.next)
        column = QVBoxLayout(foot)
        column.setContentsMargins(theme.STEP_24, theme.STEP_8, theme.STEP_24, theme.STEP_12)
        column.addWidget(self.message)
        column.addLayout(row)
        return foot

    # Steps

    @property
    def step(self) -> Step:
        """The page on show."""
        return Step(self.pages.currentIndex())

    def go(self, step: Step) -> None:
        """Show a page with the focus where its work begins."""
        self.pages.setCurrentIndex(step)
        if step is not Step.RUN:
            self._before = step
            for number, (sign, words) in enumerate(self._steps):
                is_past = number < step or step is Step.RESULT
                sign.set_sign(Sign.ENTRY_ON_FILE if is_past else Sign.HINT if number == step else Sign.NOT_SENT)
                words.setFont(theme.font("strong" if number == step else "body"))
            self._progress.setText(texts.text("intake.table.step_of", number=step + 1, count=len(STEPS)))
            self._title.setText(texts.text(f"intake.table.head.{step.name.lower()}"))
        self.message.say("")
        self._show_buttons()
        first: dict[Step, QWidget] = {
            Step.SOURCE: self.next if self._source is not None else self.source.choose,
            Step.COLUMNS: self.columns.boxes[0] if self.columns.boxes else self.next,
            Step.PREVIEW: self.rows.view,
            Step.RESULT: self.next,
            Step.RUN: self.leave,
        }
        first[step].setFocus()

    def _show_buttons(self) -> None:
        step, preview = self.step, self.rows.preview
        self.back.setVisible(step in {Step.COLUMNS, Step.PREVIEW})
        self.leave.setVisible(step is not Step.RESULT)
        self.leave.setText(texts.text("intake.table.stop" if step is Step.RUN else "intake.table.leave"))
        self.next.setVisible(step is not Step.RUN)
        may_go, words = True, texts.text("intake.table.next")
        if step is Step.SOURCE:
            may_go = self._source is not None
        elif step is Step.COLUMNS:
            may_go = self.columns.is_understood
        elif step is Step.PREVIEW and preview is not None:
            may_go, counts = preview.can_bring_in, preview.counts
            words = texts.text("intake.import_count", number=counts[Happens.NEW] + counts[Happens.CHANGE])
        elif step is Step.RESULT:
            words = texts.text("window.dialog.close")
        self.next.setText(words)
        self.next.setEnabled(may_go)
        self.next.setDefault(may_go)

    def _on_back(self) -> None:
        if self.step in {Step.COLUMNS, Step.PREVIEW}:
            self.go(Step(self.step - 1))

    def _on_next(self) -> None:
        match self.step:
            case Step.SOURCE:
                self._start(self._read())
            case Step.COLUMNS:
                self._start(self._preview())
            case Step.PREVIEW:
                self._start(self._bring_in())
            case Step.RESULT:
                self.accept()

    # Work

    def take(self, source: Path | str, name: str) -> None:
        """Take a file, or the text of the clipboard, as the table; `name` is what to call it."""
        self._source = source
        self.source.source.setText(name)
        self._start(self._read())

    def _on_source_changed(self) -> None:
        self._show_buttons()

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        if self._work is not None and not self._work.done():
            work.close()
            return
        self._work = self._desk.keeper.start(self._told(work), name="import.table")

    async def _told(self, work: Coroutine[Any, Any, None]) -> None:
        """Do a step's work; where it fails, say why on the page it began on."""
        before = self._before
        try:
            await work
        except DesktopError as error:
            words = error_words(error)
            is_stopped = self.run.is_stopped
            self.go(before)
            self.message.say(
                texts.text("intake.table.stopped") if is_stopped else legible(f"{words.text} {words.remedy}"),
                Sign.HINT if is_stopped else Sign.ERROR,
            )

    async def _read(self) -> None:
        source = self._source
        if source is None:
            return
        self.run.begin(texts.text("intake.reading"))
        self.go(Step.RUN)
        kind = self.source.kind
        table = await self._desk.tables.read(source, kind=kind)
        self._table = table
        choices = self._desk.tables.choices(kind, self.source.regime)
        self.columns.show_table(table, self._desk.tables.guess(table, kind), choices)
        if self.run.is_stopped:
            self.go(Step.SOURCE)
            return
        self.go(Step.COLUMNS)

    async def _preview(self) -> None:
        table, mapping = self._table, self.columns.mapping
        if table is None or mapping is None:
            return
        self.run.begin(texts.text("intake.table.checking", count=len(table.rows)))
        self.go(Step.RUN)
        preview = await self._desk.tables.preview(
            table,
            mapping,
            regime=self.source.regime,
            company=self._company,
            trip_id=self.source.trip_id,
            progress=self.run.on_progress,
            cancelled=lambda: self.run.is_stopped,
        )
        if self.run.is_stopped:
            self.go(Step.COLUMNS)
            return
        self.rows.show_preview(preview)
        self.go(Step.PREVIEW)
        announce(self, self.rows.says.text())

    async def _bring_in(self) -> None:
        preview = self.rows.preview
        if preview is None:
            return
        self.run.begin(texts.text("intake.table.importing", count=len(preview.rows) - len(preview.excluded)))
        self.go(Step.RUN)
        brought = await self._desk.tables.bring_in(
            preview, progress=self.run.on_progress, cancelled=lambda: self.run.is_stopped
        )
        if brought.is_cancelled:
            self.go(Step.PREVIEW)
            self.message.say(texts.text("intake.table.stopped"), Sign.HINT)
            return
        self.brought = brought
        parts = [texts.text("intake.table.added", count=brought.added)]
        if brought.changed:
            parts.append(texts.text("intake.table.changed", count=brought.changed))
        if brought.same:
            parts.append(texts.text("intake.table.same", count=brought.same))
        self.outcome.says.setText(" ".join(parts))
        self.outcome.detail.setText(texts.text("intake.table.result_why"))
        self.go(Step.RESULT)
        announce(self, self.outcome.says.text())

    def reject(self) -> None:
        """Leave; while it works, stop it instead: nothing of it is kept."""
        if self.step is Step.RUN:
            self.run.is_stopped = True
            self.leave.setText(texts.text("intake.table.stopping"))
            return
        if self.step is Step.RESULT:
            self.accept()
            return
        super().reject()

    def give_up(self) -> None:
        """Stop whatever still works: the dialog goes."""
        self.run.is_stopped = True
        if self._work is not None:
            self._work.cancel()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the list of steps out where there is no room."""
        super().resizeEvent(event)
        is_narrow = self.width() < _NARROW
        self._side.setVisible(not is_narrow)
        self._progress.setVisible(is_narrow)
