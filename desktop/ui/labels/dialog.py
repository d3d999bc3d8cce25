"""The dialog of new labels: for which country, how many, on which labels, and where they go."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from desktop import texts
from desktop.domain.lifecycle import Regime
from desktop.printing.label import LabelSheet
from desktop.services.files import write_output
from desktop.services.mailing import safe_name
from desktop.services.sheets import SheetOptions
from desktop.services.views import CompanyRow
from desktop.ui import dialogs, paper, pieces, theme
from desktop.ui.company_dialog import MessageLine
from desktop.ui.desk import Desk
from desktop.ui.legible import legible
from desktop.ui.numbers.frame import put_up
from desktop.ui.printing import printers
from desktop.ui.reload import Reload
from desktop.ui.signs import Sign
from desktop.ui.window_state import WindowState

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from desktop.ui.printing.printing import Printing

_MOST = 500
_SIZE = (480, 420)


class LabelsDialog(QDialog):
    """Numbers are taken only once it is known where the labels go; where that fails, the same ones go next time.

    Attributes:
        taken: labels whose numbers are taken and that have not left yet; None where there are none.
    """

    def __init__(
        self,
        desk: Desk,
        printing: Printing,
        state: WindowState,
        companies: Sequence[CompanyRow],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        title = texts.text("labels.title")
        pieces.dress(self, title, "labels_dialog")
        self._desk = desk
        self._printing = printing
        self._state = state
        self.taken: LabelSheet | None = None
        self.company = self._box("company", [(row.id, legible(row.name)) for row in companies])
        self.regime = self._box("regime", [(one.value, texts.text(f"labels.regime.{one.lower()}")) for one in Regime])
        self.regime.setCurrentIndex(self.regime.findData(Regime.ACI.value))
        self.stock = self._box("stock", [(one.name, one.title) for one in desk.labels.stocks()])
        self.count = self._spin("count", 1, _MOST, 10)
        self.copies = self._spin("copies", 1, 9, 1)
        self.first = self._spin("first", 0, 0, 0)
        self.left = pieces.prose("", "caption", look="muted")
        self.left.setObjectName("labels_left")
        self.message = MessageLine()
        self.shut = pieces.button(texts.text("window.dialog.close"), name="labels_close")
        self.shut.clicked.connect(self.reject)
        self.pdf = pieces.button(texts.text("window.print.pdf"), "export", name="labels_pdf")
        self.pdf.clicked.connect(lambda: self._start(self._save(), "save"))
        self.printer = pieces.button(texts.text("window.print.print"), "print", name="labels_print", is_primary=True)
        self.printer.clicked.connect(lambda: self._start(self._print(), "print"))
        if not printers.names():
            self.printer.setEnabled(False)
            self.printer.setToolTip(texts.text("window.print.no_printer"))
        self._build(title)
        self.reload = Reload(desk.keeper, self._read, "labels.read")
        for box in (self.company, self.regime):
            box.currentIndexChanged.connect(self._on_other)
        self.stock.currentIndexChanged.connect(self._on_stock)
        self._on_stock()
        self.reload.ask()
        self.count.setFocus()
        self.count.selectAll()

    # Making

    def _box(self, name: str, shown: Sequence[tuple[str, str]]) -> QComboBox:
        box = QComboBox()
        for value, words in shown:
            box.addItem(words, value)
        self._name(name, box)
        return box

    def _spin(self, name: str, least: int, most: int, value: int) -> QSpinBox:
        spin = QSpinBox()
        spin.setRange(least, most)
        spin.setValue(value)
        self._name(name, spin)
        return spin

    def _name(self, name: str, widget: QWidget) -> None:
        widget.setObjectName(f"labels_{name}")
        widget.setAccessibleName(texts.text(f"labels.{name}"))
        widget.setMinimumHeight(theme.FIELD_HEIGHT)

    def _build(self, title: str) -> None:
        form = QFormLayout()
        form.setSpacing(theme.STEP_8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for name in ("company", "regime", "count", "copies", "stock", "first"):
            field: QWidget = getattr(self, name)
            label = QLabel(texts.text(f"labels.{name}"))
            label.setBuddy(field)
            form.addRow(label, field)
        column = QVBoxLayout()
        column.setSpacing(theme.STEP_12)
        column.addLayout(form)
        column.addWidget(self.left)
        column.addWidget(pieces.prose(texts.text("labels.about"), "caption", look="muted"))
        column.addWidget(self.message)
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(theme.STEP_8)
        row.addStretch(1)
        for button in (self.shut, self.pdf, self.printer):
            row.addWidget(button)
        put_up(self, pieces.label(title, "title"), column, row, _SIZE)

    # What is chosen

    def _on_other(self) -> None:
        self.taken = None
        self.message.say("")
        self.reload.ask()

    def _on_stock(self) -> None:
        stock = next((one for one in self._desk.labels.stocks() if one.name == self.stock.currentData()), None)
        most = stock.on_page - 1 if stock is not None else 0
        self.first.setMaximum(most)
        self.first.setEnabled(most > 0)

    async def _read(self) -> None:
        company, regime = str(self.company.currentData() or ""), Regime(self.regime.currentData())
        found = await self._desk.numbering.standing(company, regime, "control") if company else None
        if found is None:
            self.left.setText(texts.text("labels.no_range"))
            return
        ranges = await self._desk.numbering.ranges(company)
        left = sum(
            one.left
            for one in ranges
            if one.is_active and not one.driver and (one.regime, one.kind) == (regime, "control")
        )
        self.left.setText(texts.text("labels.left", count=left, number=legible(found.next or "–")))

    def _start(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self._desk.keeper.start(dialogs.told(self, work), name=f"labels.{name}")

    # Ways out

    async def _labels(self) -> LabelSheet:
        """Return labels of what has not left yet, as they are wanted now, else of new numbers."""
        options = SheetOptions(
            stock=str(self.stock.currentData()), first=self.first.value(), copies=self.copies.value()
        )
        company, regime = str(self.company.currentData()), Regime(self.regime.currentData())
        if self.taken is None:
            self.taken = await self._desk.labels.take(company, regime, self.count.value(), options=options)
        else:
            numbers = tuple(dict.fromkeys(self.taken.numbers))
            self.taken = await self._desk.labels.again(company, regime, numbers, options=options)
        return self.taken

    def _left(self, sheet: LabelSheet, key: str, **values: str) -> None:
        self.taken = None
        said = texts.text("labels.numbers", first=sheet.numbers[0], last=sheet.numbers[-1])
        self.message.say(legible(f"{texts.text(key, **values)} {said}"), Sign.CONNECTED)
        self.reload.ask()

    async def _save(self) -> None:
        words = texts.text(f"labels.regime.{Regime(self.regime.currentData()).lower()}")
        path = await self._printing.ask_file(self, texts.text("window.print.file", trip=safe_name(words)))
        if not path:
            return
        sheet = await self._labels()
        data = await asyncio.to_thread(paper.pdf, sheet)
        await asyncio.to_thread(write_output, path, data)
        self._left(sheet, "labels.saved")

    async def _print(self) -> None:
        printer = await self._ask_printer()
        if printer is None:
            return
        sheet = await self._labels()
        paper.print_to(sheet, printer)
        self._left(sheet, "labels.printed")

    async def _ask_printer(self) -> QPrinter | None:
        from PySide6.QtPrintSupport import QPrintDialog

        from desktop.printing.sheet import SheetKind

        state = self._state
        printer = printers.printer_for(state, SheetKind.LABELS, None)
        if await dialogs.finished(QPrintDialog(printer, self)) != QPrintDialog.DialogCode.Accepted:
            return None
        printers.remember(state, SheetKind.LABELS, printer.printerName())
        return printer


async def show_labels(desk: Desk, printing: Printing, state: WindowState, parent: QWidget) -> None:
    """Show the dialog until it is closed."""
    await dialogs.finished(LabelsDialog(desk, printing, state, await desk.companies.all(), parent))
