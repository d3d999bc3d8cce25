"""One number range: typed or scanned as its first and last number, for all drivers or one of them."""

from __future__ import annotations

from collections.abc import Sequence

import shiboken6
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop import texts
from desktop.domain.number_range import RangeFault, series_of
from desktop.errors import DesktopError
from desktop.services.numbering import RangeRow
from desktop.services.views import LibraryRow
from desktop.services.words import error_words
from desktop.tasks import TaskKeeper
from desktop.ui import pieces, theme
from desktop.ui.binding.field_paint import Grade
from desktop.ui.legible import legible
from desktop.ui.numbers.asks import Numbers
from desktop.ui.numbers.frame import put_up
from desktop.ui.numbers.kinds import KINDS, NumbersFor, kind_box
from desktop.ui.numbers.line import NumberLine, labelled

_SIZE = (520, 400)


def sentence(error: DesktopError) -> str:
    """Return what is wrong and what to do, as it stands beside a field."""
    words = error_words(error)
    return " ".join(part for part in (words.text, words.remedy) if part)


class RangeDialog(QDialog):
    """Add a range, or change one. It stays open until the range is kept.

    Attributes:
        saved: the range as kept; None where the dialog was left.
    """

    def __init__(
        self,
        numbers: Numbers,
        keeper: TaskKeeper,
        company: str,
        drivers: Sequence[LibraryRow],
        row: RangeRow | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        title = texts.text("number_ranges.title.edit" if row else "number_ranges.title.add")
        pieces.dress(self, title, "range_dialog")
        self.saved: RangeRow | None = None
        self._numbers = numbers
        self._keeper = keeper
        self._company = company
        self._row = row
        self.kind = kind_box("range_kind", NumbersFor(row.regime, row.kind) if row else KINDS[-1])
        self.kind.setEnabled(row is None)
        self.first = NumberLine("range_first", texts.text("number_ranges.first"))
        self.last = NumberLine("range_last", texts.text("number_ranges.last"))
        self.start = NumberLine("range_next", texts.text("number_ranges.next"))
        self.driver = self._driver_box(drivers)
        if row is not None:
            self.first.edit.setText(row.first)
            self.last.edit.setText(row.last)
            self.start.edit.setText(row.next)
        self._fields = {"first": self.first, "last": self.last, "next": self.start}
        self._build(title)
        for line in (self.first, self.last, self.start):
            line.edited.connect(self._preview)
        for line in (self.first, self.last):
            line.left.connect(self._on_left)
        self.kind.currentIndexChanged.connect(lambda _place: self._on_kind())
        self._preview()
        (self.kind if row is None else self.first).setFocus()

    def _driver_box(self, drivers: Sequence[LibraryRow]) -> QComboBox:
        box = QComboBox()
        box.setObjectName("range_driver")
        box.setMinimumHeight(theme.FIELD_HEIGHT)
        box.addItem(texts.text("number_ranges.everybody"), "")
        for driver in drivers:
            words = " · ".join(part for part in (driver.title, driver.key) if part)
            box.addItem(legible(words), driver.id)
        row = self._row
        if row is not None and row.driver and box.findData(row.driver) < 0:
            box.addItem(legible(row.driver_name), row.driver)
        box.setCurrentIndex(max(0, box.findData(row.driver)) if row is not None else 0)
        return box

    def _build(self, title: str) -> None:
        self.save = pieces.button(texts.text("number_ranges.save"), is_primary=True, name="range_save")
        self.save.setDefault(True)
        self.save.clicked.connect(lambda: self._keeper.start(self._keep(), name="numbers.keep"))
        back = pieces.button(texts.text("window.dialog.cancel"), name="range_back")
        back.clicked.connect(self.reject)
        pieces.on_key(self, "Ctrl+Return", self.save.click)
        ends = QHBoxLayout()
        ends.setSpacing(theme.COLUMN_GAP)
        ends.addWidget(self.first, 1)
        ends.addWidget(self.last, 1)
        more = QHBoxLayout()
        more.setSpacing(theme.COLUMN_GAP)
        who = QVBoxLayout()
        who.setSpacing(0)
        who.addWidget(labelled(texts.text("number_ranges.whom"), self.driver))
        who.addStretch(1)
        more.addLayout(who, 1)
        more.addWidget(self.start, 1)
        foot = QHBoxLayout()
        foot.setSpacing(theme.STEP_8)
        foot.addStretch(1)
        foot.addWidget(back)
        foot.addWidget(self.save)
        column = QVBoxLayout()
        column.setSpacing(theme.FIELD_ROW_GAP)
        column.addWidget(labelled(texts.text("number_ranges.what"), self.kind))
        column.addLayout(ends)
        column.addLayout(more)
        column.addStretch(1)
        put_up(self, pieces.label(title, "title"), column, foot, _SIZE)

    @property
    def _what(self) -> NumbersFor:
        return KINDS[self.kind.currentIndex()]

    def _on_kind(self) -> None:
        for line in self._fields.values():
            line.say("")
        self._preview()
        self._on_left()

    def _preview(self) -> None:
        """Say what the two ends hold as soon as they make a range."""
        self.first.set_note(texts.text("number_ranges.first.note"))
        note = "number_ranges.next.note" if self._row is None else "number_ranges.next.note_edit"
        self.start.set_note(texts.text(note))
        try:
            series = series_of(*self._what, self.first.text(), self.last.text())
        except RangeFault:
            self.last.set_note("")
        else:
            self.last.set_note(texts.text("number_ranges.holds", count=series.size))

    def _on_left(self) -> None:
        """Find fault with an end once the caret has gone on; what is odd is asked about."""
        typed = self.first.text()
        if not typed or not self.isVisible():
            return
        try:
            series_of(*self._what, self.first.text(), self.last.text() or typed)
        except RangeFault as fault:
            self._fields[fault.field].say(sentence(fault))
        else:
            self._keeper.start(self._doubt(self._what, typed), name="numbers.doubt")

    async def _doubt(self, what: NumbersFor, typed: str) -> None:
        found = await self._numbers.doubts(self._company, *what, typed)
        if found and shiboken6.isValid(self) and self.first.text() == typed:
            words = " ".join(texts.text(f"number_ranges.doubt.{doubt}") for doubt in found)
            self.first.say(words, Grade.ASK)

    async def _keep(self) -> None:
        self.save.setEnabled(False)
        blamed: DesktopError | None = None
        try:
            self.saved = await (self._add() if self._row is None else self._edit(self._row))
        except DesktopError as error:
            blamed = error
        if not shiboken6.isValid(self):  # left meanwhile
            return
        self.save.setEnabled(True)
        if blamed is None:
            self.accept()
        else:
            self._blame(blamed.field if isinstance(blamed, RangeFault) else "last", blamed)

    async def _add(self) -> RangeRow:
        return await self._numbers.add(
            self._company,
            *self._what,
            self.first.text(),
            self.last.text(),
            driver=str(self.driver.currentData()),
            start=self.start.text(),
        )

    async def _edit(self, row: RangeRow) -> RangeRow:
        first, last, start = self.first.text(), self.last.text(), self.start.text()
        has_other_ends = (first, last) != (row.first, row.last)
        return await self._numbers.edit(
            row,
            first=first if has_other_ends else None,
            last=last if has_other_ends else None,
            driver=str(self.driver.currentData()),
            start=start if start != row.next else None,
        )

    def _blame(self, field: str, error: DesktopError) -> None:
        line = self._fields[field]
        line.say(sentence(error))
        line.setFocus()
        line.edit.selectAll()
