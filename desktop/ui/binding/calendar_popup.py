"""A month to pick a day from, opened from a date field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QVBoxLayout, QWidget

from desktop.texts import text
from desktop.ui import theme


class CalendarPopup(QFrame):
    """Shows a month below `field`; Enter or a click takes the day, Esc takes none."""

    def __init__(self, field: QWidget, day: date, take: Callable[[date], None]) -> None:
        super().__init__(field, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._take = take
        self.calendar = QCalendarWidget(self)
        self.calendar.setAccessibleName(text("trip_editor.calendar"))
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setGridVisible(False)
        plain = QTextCharFormat()
        plain.setForeground(theme.colours().text)
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(weekend, plain)  # a border works all week
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.calendar.clicked.connect(self._on_day_taken)
        self.calendar.activated.connect(self._on_day_taken)
        self.calendar.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.STEP_4, theme.STEP_4, theme.STEP_4, theme.STEP_4)
        column.addWidget(self.calendar)
        self.move(field.mapToGlobal(QPoint(0, field.height() + 2)))
        self.show()
        self.calendar.setFocus()

    def _on_day_taken(self, day: QDate) -> None:
        self.close()
        self._take(date(day.year(), day.month(), day.day()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close on Esc; the field keeps what it had."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.close()
            return True
        return super().eventFilter(watched, event)
