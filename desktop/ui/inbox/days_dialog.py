"""Asks from which day to which messages are wanted."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QDialog, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop import texts
from desktop.ui import pieces, theme


class DayField(QDateEdit):
    """A day; Tab leaves it at once, the arrows go between year, month and day."""

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Go to the next field."""
        return QWidget.focusNextPrevChild(self, is_next)


class DaysDialog(QDialog):
    """Two days; the first is never after the last."""

    def __init__(self, first: date, last: date, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        pieces.dress(self, texts.text("inbox_list.days.title"), "days_dialog")
        ground = pieces.ground(self)
        self.first = self._field(first, today, "days_first")
        self.last = self._field(last, today, "days_last")
        self.first.dateChanged.connect(self._keep_order)
        self.last.dateChanged.connect(self._keep_order)
        form = QFormLayout()
        form.setSpacing(theme.STEP_12)
        for key, field in (("first", self.first), ("last", self.last)):
            label = pieces.label(texts.text(f"inbox_list.days.{key}"))
            label.setBuddy(field)
            form.addRow(label, field)
        cancel = pieces.button(texts.text("inbox_list.days.cancel"), name="days_cancel")
        cancel.clicked.connect(self.reject)
        show = pieces.button(texts.text("inbox_list.days.show"), is_primary=True, name="days_show")
        show.setDefault(True)
        show.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(show)
        column = QVBoxLayout(ground)
        column.setContentsMargins(theme.STEP_24, theme.STEP_24, theme.STEP_24, theme.STEP_16)
        column.setSpacing(theme.STEP_16)
        column.addLayout(form)
        column.addLayout(row)
        pieces.fit(self, 320, 0)

    def _field(self, day: date, today: date, name: str) -> DayField:
        made = DayField(QDate(day.year, day.month, day.day))
        made.setObjectName(name)
        made.setCalendarPopup(True)
        made.setDisplayFormat("yyyy-MM-dd")
        made.setMaximumDate(QDate(today.year, today.month, today.day))
        made.setMinimumHeight(theme.FIELD_HEIGHT)
        return made

    def _keep_order(self) -> None:
        if self.first.date() > self.last.date():
            other = self.last if self.sender() is self.first else self.first
            other.setDate(self.first.date() if other is self.last else self.last.date())

    def days(self) -> tuple[date, date]:
        """Return the two days."""
        return _day(self.first.date()), _day(self.last.date())


def _day(chosen: QDate) -> date:
    return date(chosen.year(), chosen.month(), chosen.day())
