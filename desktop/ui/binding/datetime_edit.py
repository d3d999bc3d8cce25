"""A line to type a date, or a date and time, the way it is said: `tomorrow 0430`, `t`, `+`, `1430`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.domain.times import parse_day, parse_wall, wall_text
from desktop.texts import text
from desktop.ui import theme
from desktop.ui.binding import when
from desktop.ui.binding.calendar_popup import CalendarPopup

_QUARTER, _HOUR = 15, 60
STILL_HERE = {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}
"""Reasons for which the focus goes and the caret stays where it was."""


class DateTimeEdit(QLineEdit):
    """A plain line whose text is read by `when`; the wire value or the text as typed is its value.

    Once the text is complete, `+` and `-` move a day, `h` an hour and `m` a quarter of an hour (Shift: back), and
    `t` goes to today. A moment is shown as it is said (`Tue 24 Nov 13:55`), and as it is kept while the caret is in it.

    Signals:
        edited: the user changed the value.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None, *, has_time: bool = True) -> None:
        super().__init__(parent)
        self._has_time = has_time
        self._value = ""
        self._settled = ""  # the last value that was not half typed
        self._zone: Callable[[], str] = str
        self._now: Callable[[], datetime] = datetime.now
        self.textEdited.connect(self._on_text_edited)
        self.calendar_action = QAction(text("trip_editor.calendar.open"), self)
        self.calendar_action.setToolTip(text("trip_editor.calendar.open"))
        theme.set_icon(self.calendar_action, "calendar")
        self.calendar_action.triggered.connect(self.open_calendar)
        self.addAction(self.calendar_action, QLineEdit.ActionPosition.TrailingPosition)

    def set_now(self, now: Callable[[], datetime], zone: Callable[[], str] | None = None) -> None:
        """Read words like `today` at the port: its wall time and the zone's short name."""
        self._now = now
        self._zone = zone or str

    def value(self) -> str:
        """Return the wire text, or what was typed where it is not yet a date."""
        return self._value

    def set_value(self, value: str) -> None:
        """Show a wire text."""
        self._value = self._settled = value
        self.setText(self._plain() if self.hasFocus() else self._said())

    def _plain(self) -> str:
        return when.shown_moment(self._value) if self._has_time else self._value

    def _said(self) -> str:
        return when.said_moment(self._value, self._now()) if self._has_time else self._value

    def settle(self) -> bool:
        """Write what was typed in its plain form (on leaving); the value does not change."""
        self.set_value(self._value)
        return False

    def in_words(self) -> str:
        """Return the parsed value in words with its zone; empty while it cannot be read."""
        return when.in_words(self._value, self._zone() if self._has_time else "")

    def open_calendar(self) -> None:
        """Show a month to pick the day from; the time of day stays."""
        moment = parse_wall(self._value)
        day = moment.date() if moment else parse_day(self._value) or self._now().date()
        CalendarPopup(self, day, self._take_day)

    def _take_day(self, day: date) -> None:
        moment = parse_wall(self._value)
        if not self._has_time:
            self.set_value(day.isoformat())
        elif moment is not None:
            self.set_value(wall_text(datetime.combine(day, moment.time())))
        else:
            self.setText(f"{day.isoformat()} ")  # the time is still to be typed
            self._value = self._read(self.text().strip())
        self.setFocus()
        self.edited.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write the zone after the time, in muted letters."""
        super().paintEvent(event)
        moment = parse_wall(self._value) if self._has_time else None
        if moment is None or self.text() not in {self._plain(), self._said()}:
            return
        words = f"{self._zone()} {when.weekday(moment) if self.hasFocus() else ''}".strip()
        left = self.cursorRect().height() // 3 + 4 + self.fontMetrics().horizontalAdvance(self.text())
        room = self.rect().adjusted(left, 0, -self.textMargins().right() - 28, 0)
        if self.fontMetrics().horizontalAdvance(words) <= room.width():
            painter = QPainter(self)
            painter.setPen(theme.colours().text2)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)
            painter.end()

    def _read(self, typed: str) -> str:
        now = self._now()
        read = when.read_moment(typed, now, self._settled) if self._has_time else when.read_date(typed, now.date())
        return self._moved_by(typed) or read or typed

    def _moved_by(self, typed: str) -> str | None:
        """Read keys that step, typed over the whole text: `++` is two days from what stood there."""
        moves = self._moves().get(typed[:1])
        if moves is None or set(typed) != {typed[0]}:
            return None
        days, minutes = (len(typed) * move for move in moves)
        return when.step(self._settled, days=days, minutes=minutes)

    def _moves(self) -> dict[str, tuple[int, int]]:
        """Return how many days and minutes each key steps."""
        moves: dict[str, tuple[int, int]] = {"+": (1, 0), "-": (-1, 0)}
        if self._has_time:
            moves |= {"h": (0, _HOUR), "H": (0, -_HOUR), "m": (0, _QUARTER), "M": (0, -_QUARTER)}
        return moves

    def _on_text_edited(self, typed: str) -> None:
        value = self._read(typed)
        if value != self._value:
            self._value = value
            self.edited.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step a complete date; F4 opens the month; type everything else."""
        if event.key() == Qt.Key.Key_F4 and not self.isReadOnly():
            self.open_calendar()
            return
        moved = self._stepped(event.text())
        if moved is None:
            super().keyPressEvent(event)
            return
        self.set_value(moved)
        self.edited.emit()

    def _stepped(self, key: str) -> str | None:
        is_complete = self.text() == self._plain()
        if not key or not is_complete or not self._value or self.isReadOnly() or self.hasSelectedText():
            return None
        moves = self._moves()
        if key in moves:
            days, minutes = moves[key]
            return when.step(self._value, days=days, minutes=minutes)
        if key in {"t", "T"}:
            today = self._now().date()
            moment = parse_wall(self._value)
            if moment is not None:
                return when.step(self._value, days=(today - moment.date()).days)
            day = parse_day(self._value)
            return today.isoformat() if day is not None else None
        return None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the moment as it is kept: the caret is in it now."""
        if self.text() == self._said():
            self.setText(self._plain())
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it as it is said; behind a menu or another window nothing moves."""
        super().focusOutEvent(event)
        if event.reason() not in STILL_HERE and self.text() == self._plain():
            self.setText(self._said())

    def inputMethodHints(self) -> Qt.InputMethodHint:
        """Ask touch keyboards for no capitals."""
        return Qt.InputMethodHint.ImhNoAutoUppercase
