"""A line to type a date, or a date and time, the way it is said: `tomorrow 0430`, `t`, `+`, `1430`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.domain.times import parse_day, parse_wall
from desktop.ui.binding import when

_QUARTER, _HOUR = 15, 60


class DateTimeEdit(QLineEdit):
    """A plain line whose text is read by `when`; the wire value or the text as typed is its value.

    Once the text is complete, `+` and `-` move a day, `h` an hour and `m` a quarter of an hour (Shift: back), and
    `t` goes to today.

    Signals:
        edited: the user changed the value.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None, *, has_time: bool = True) -> None:
        super().__init__(parent)
        self._has_time = has_time
        self._value = ""
        self._zone: Callable[[], str] = str
        self._now: Callable[[], datetime] = datetime.now
        self.textEdited.connect(self._on_text_edited)

    def set_now(self, now: Callable[[], datetime], zone: Callable[[], str] | None = None) -> None:
        """Read words like `today` at the port: its wall time and the zone's short name."""
        self._now = now
        self._zone = zone or str

    def value(self) -> str:
        """Return the wire text, or what was typed where it is not yet a date."""
        return self._value

    def set_value(self, value: str) -> None:
        """Show a wire text."""
        self._value = value
        self.setText(when.shown_moment(value) if self._has_time else value)

    def settle(self) -> bool:
        """Write what was typed in its plain form (on leaving); the value does not change."""
        self.set_value(self._value)
        return False

    def in_words(self) -> str:
        """Return the parsed value in words with its zone; empty while it cannot be read."""
        return when.in_words(self._value, self._zone() if self._has_time else "")

    def _read(self, typed: str) -> str:
        now = self._now()
        read = when.read_moment(typed, now, self._value) if self._has_time else when.read_date(typed, now.date())
        return read or typed

    def _on_text_edited(self, typed: str) -> None:
        value = self._read(typed)
        if value != self._value:
            self._value = value
            self.edited.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step a complete date; type everything else."""
        moved = self._stepped(event.text())
        if moved is None:
            super().keyPressEvent(event)
            return
        self.set_value(moved)
        self.edited.emit()

    def _stepped(self, key: str) -> str | None:
        is_complete = self.text() == (when.shown_moment(self._value) if self._has_time else self._value)
        if not key or not is_complete or not self._value or self.isReadOnly() or self.hasSelectedText():
            return None
        moves: dict[str, tuple[int, int]] = {"+": (1, 0), "-": (-1, 0)}
        if self._has_time:
            moves |= {"h": (0, _HOUR), "H": (0, -_HOUR), "m": (0, _QUARTER), "M": (0, -_QUARTER)}
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

    def inputMethodHints(self) -> Qt.InputMethodHint:
        """Ask touch keyboards for no capitals."""
        return Qt.InputMethodHint.ImhNoAutoUppercase
