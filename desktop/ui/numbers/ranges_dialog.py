"""The number ranges of a carrier: what for, for whom, the next number, how many are left."""

from __future__ import annotations

from collections.abc import Coroutine, Sequence
from typing import Any

import shiboken6
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop import texts
from desktop.services.numbering import RangeRow, running_low
from desktop.services.views import Changed, CompanyRow, LibraryRow, Subject
from desktop.ui import dialogs, pieces, theme
from desktop.ui.desk import Desk
from desktop.ui.legible import legible
from desktop.ui.numbers.frame import keep_calm, put_up
from desktop.ui.numbers.kinds import NumbersFor, kind_name
from desktop.ui.numbers.range_dialog import RangeDialog
from desktop.ui.numbers.used_dialog import UsedDialog
from desktop.ui.reload import Reload

_SIZE = (880, 480)
_ROW = Qt.ItemDataRole.UserRole
_COLUMNS = ("what", "numbers", "whom", "next", "left")


class RangesDialog(QDialog):
    """Lists ranges and changes them; everything is kept at once.

    Keys in the list: Enter changes a range, Ins adds one, Del puts one aside or takes it up again.
    """

    def __init__(
        self, desk: Desk, companies: Sequence[CompanyRow], company: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        title = texts.text("number_ranges.title")
        pieces.dress(self, title, "ranges_dialog")
        self._desk = desk
        self._drivers: list[LibraryRow] = []
        self.rows: list[RangeRow] = []
        self._low: set[str] = set()
        self.reload = Reload(desk.keeper, self._read, "numbers.read")
        self.company = self._company_box(companies, company)
        self.about = pieces.prose(texts.text("number_ranges.about"), look="muted")
        self.add = pieces.button(texts.text("number_ranges.add"), "plus", name="ranges_add")
        self.add.clicked.connect(lambda: self._start(self._open(None), "add"))
        self.change = pieces.button(texts.text("number_ranges.change"), name="ranges_change")
        self.change.clicked.connect(self._on_change)
        self.aside = pieces.button(texts.text("number_ranges.aside"), name="ranges_aside")
        self.aside.clicked.connect(self._on_aside)
        self.used = pieces.button(texts.text("number_ranges.used"), "import", name="ranges_used")
        self.used.clicked.connect(lambda: self._start(self._bring_in(), "used"))
        self.shut = pieces.button(texts.text("window.dialog.close"), is_primary=True, name="ranges_close")
        self.shut.clicked.connect(self.accept)
        self.list = self._make_list()
        self._build(title)
        self._leave = desk.changes.subscribe(self._on_changed)
        self.finished.connect(lambda _result: self._leave())
        self._show_current()
        self.reload.ask()
        self.list.setFocus()

    # Making

    def _company_box(self, companies: Sequence[CompanyRow], company: str) -> QComboBox:
        box = QComboBox()
        box.setObjectName("ranges_company")
        box.setMinimumHeight(theme.FIELD_HEIGHT)
        box.setAccessibleName(texts.text("number_ranges.carrier"))
        for row in companies:
            box.addItem(legible(row.name), row.id)
        box.setCurrentIndex(max(0, box.findData(company)))
        box.currentIndexChanged.connect(lambda _place: self.reload.ask())
        return box

    def _make_list(self) -> QTreeWidget:
        made = QTreeWidget()
        made.setObjectName("ranges_list")
        made.setAccessibleName(texts.text("number_ranges.title"))
        made.setRootIsDecorated(False)
        made.setUniformRowHeights(True)
        made.setMinimumHeight(4 * theme.TABLE_ROW_HEIGHT)
        made.setAlternatingRowColors(False)
        made.setAllColumnsShowFocus(True)
        made.setHeaderLabels([texts.text(f"number_ranges.column.{name}") for name in _COLUMNS])
        made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        keep_calm(made)
        head = made.header()
        head.setSectionsMovable(False)
        head.setStretchLastSection(False)
        head.setMinimumSectionSize(
            head.fontMetrics().horizontalAdvance(texts.text("number_ranges.column.numbers")) + 24
        )
        for column in range(len(_COLUMNS)):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(_COLUMNS.index("numbers"), QHeaderView.ResizeMode.Stretch)
        made.currentItemChanged.connect(lambda *_: self._show_current())
        made.itemActivated.connect(lambda *_: self._on_change())
        pieces.on_key(made, "Ins", self.add.click, only_with_focus=True)
        pieces.on_key(made, "Del", self.aside.click, only_with_focus=True)
        return made

    def _build(self, title: str) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.STEP_12)
        top.addWidget(pieces.label(title, "title"))
        top.addStretch(1)
        top.addWidget(self.company)
        self.company.setMaximumWidth(320)
        foot = QHBoxLayout()
        foot.setSpacing(theme.STEP_8)
        for button in (self.add, self.change, self.aside, self.used):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.shut)
        column = QVBoxLayout()
        column.setSpacing(theme.STEP_12)
        column.addWidget(self.about)
        column.addWidget(self.list, 1)
        put_up(self, top, column, foot, _SIZE)

    # Showing

    def _on_changed(self, changed: Changed) -> None:
        if changed.subject in {Subject.NUMBERS, Subject.LIBRARY}:
            self.reload.ask()

    @property
    def company_id(self) -> str:
        """The carrier whose ranges are shown."""
        return str(self.company.currentData() or "")

    async def _read(self) -> None:
        company = self.company_id
        rows = await self._desk.numbering.ranges(company)
        drivers = [row for row in await self._desk.library.items("driver") if row.company in {"", company}]
        if not shiboken6.isValid(self) or company != self.company_id:
            return
        self._drivers = drivers
        current = self._current()
        self.rows = rows
        self._low = {one.id for one in running_low(rows)}
        self.list.clear()
        for row in rows:
            item = self._item(row)
            self.list.addTopLevelItem(item)
            if current is not None and row.id == current.id:
                self.list.setCurrentItem(item)
        first = self.list.topLevelItem(0)
        if first is not None and self.list.currentItem() is None:
            self.list.setCurrentItem(first)
        self._show_current()

    def _item(self, row: RangeRow) -> QTreeWidgetItem:
        cells = cells_of(row)
        item = QTreeWidgetItem([legible(cell) for cell in cells])
        item.setData(0, _ROW, row)
        width = self.list.fontMetrics().horizontalAdvance(cells[0]) + theme.STEP_16
        item.setSizeHint(0, QSize(width, max(theme.TABLE_ROW_HEIGHT, self.list.fontMetrics().height() + theme.STEP_8)))
        item.setTextAlignment(_COLUMNS.index("left"), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        said = legible(spoken(row))
        for column, cell in enumerate(cells):
            item.setData(column, Qt.ItemDataRole.AccessibleTextRole, said if column == 0 else cell)
            item.setToolTip(column, pieces.plain_tip(cell))
            if not row.is_active:
                item.setForeground(column, QColor(theme.colours().text2))
        if row.id in self._low:
            item.setForeground(_COLUMNS.index("left"), QColor(theme.colours().attention))
            item.setFont(_COLUMNS.index("left"), theme.font("strong"))
        return item

    def _current(self) -> RangeRow | None:
        item = self.list.currentItem()
        row: RangeRow | None = item.data(0, _ROW) if item is not None else None
        return row

    def _show_current(self) -> None:
        row = self._current()
        self.change.setEnabled(row is not None)
        self.aside.setEnabled(row is not None)
        is_aside = row is not None and not row.is_active
        self.aside.setText(texts.text("number_ranges.take_up" if is_aside else "number_ranges.aside"))
        low = running_low(self.rows)
        if not self.rows:
            words = texts.text("number_ranges.none")
        elif low:
            words = " ".join(low_sentence(one) for one in low)
        else:
            words = texts.text("number_ranges.about")
        self.about.setText(legible(words))

    # Doing

    def _start(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self._desk.keeper.start(dialogs.told(self, work), name=f"numbers.{name}")

    def _on_change(self) -> None:
        row = self._current()
        if row is not None:
            self._start(self._open(row), "change")

    async def _open(self, row: RangeRow | None) -> None:
        dialog = RangeDialog(self._desk.numbering, self._desk.keeper, self.company_id, self._drivers, row, self)
        await dialogs.finished(dialog)
        if dialog.saved is not None and shiboken6.isValid(self):
            await self.reload.now()
            if shiboken6.isValid(self):
                self._go_to(dialog.saved.id)

    def _go_to(self, range_id: str) -> None:
        for place in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(place)
            if item is not None and item.data(0, _ROW).id == range_id:
                self.list.setCurrentItem(item)
        self.list.setFocus()

    def _on_aside(self) -> None:
        row = self._current()
        if row is not None:
            self._start(self._set_active(row), "aside")

    async def _set_active(self, row: RangeRow) -> None:
        await self._desk.numbering.edit(row, is_active=not row.is_active)
        await self.reload.now()

    async def _bring_in(self) -> None:
        row = self._current()
        what = NumbersFor(row.regime, row.kind) if row is not None else None
        dialog = UsedDialog(self._desk.numbering, self._desk.keeper, self.company_id, what, self)
        await dialogs.finished(dialog)


async def show_ranges(desk: Desk, parent: QWidget, company: str = "") -> None:
    """Show the ranges of a carrier; empty for the first one."""
    companies = await desk.companies.all()
    if not companies:
        title, text = texts.text("window.carriers.no_company"), texts.text("window.carriers.no_company.text")
        await dialogs.tell(parent, title, text, is_problem=True)
        return
    await dialogs.finished(RangesDialog(desk, companies, company, parent))


def cells_of(row: RangeRow) -> tuple[str, ...]:
    """Return what stands in the columns of a range."""
    if not row.is_active:
        upcoming = texts.text("number_ranges.is_aside")
    else:
        upcoming = row.next or texts.text("number_ranges.used_up")
    return (
        kind_name(NumbersFor(row.regime, row.kind)),
        texts.text("number_ranges.from_to", first=row.first, last=row.last) if row.size > 1 else row.first,
        row.driver_name or texts.text("number_ranges.everybody"),
        upcoming,
        texts.text("number_ranges.left", left=f"{row.left:,}", size=f"{row.size:,}"),
    )


def spoken(row: RangeRow) -> str:
    """Return a range as one sentence, for a screen reader."""
    what, numbers, whom, upcoming, left = cells_of(row)
    return texts.text("number_ranges.spoken", what=what, numbers=numbers, whom=whom, next=upcoming, left=left)


def low_sentence(row: RangeRow) -> str:
    """Return the warning that a range runs out: which, how many are left, what to do."""
    what = kind_name(NumbersFor(row.regime, row.kind))
    whom = f"{what}, {row.driver_name}" if row.driver_name else what
    if not row.left:
        return texts.text("number_ranges.gone", what=whom)
    return texts.text("number_ranges.low", count=row.left, what=whom)
