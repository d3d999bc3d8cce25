"""Tells the program below what is open and where the caret is, whenever that changes; asked for it once a write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from desktop.ui.open_trips.open_trip import OpenTrip

if TYPE_CHECKING:
    from desktop.services.open_trips import OpenTripRow
    from desktop.ui.desk import Desk


class Memory(QObject):
    """Follows the caret of the whole program; a key costs no more than a timer.

    Attributes:
        is_on: off while the trips of the last time are not back yet, and once all are closed for the end.
    """

    def __init__(
        self, desk: Desk, trips: Sequence[OpenTrip], is_current: Callable[[OpenTrip], bool], parent: QObject
    ) -> None:
        super().__init__(parent)
        self.is_on = False
        self._desk = desk
        self._trips = trips
        self._is_current = is_current
        self._moved: set[OpenTrip] = set()
        self._line: QLineEdit | QPlainTextEdit | None = None
        self._inside: OpenTrip | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def changed(self, moved: Iterable[OpenTrip] = ()) -> None:
        """Note that something changed; in `moved`, also where the caret is."""
        if self.is_on:
            self._moved.update(moved)
            self._desk.open_trips.changed(self._rows)

    async def flush(self) -> None:
        """Make all of it durable now."""
        self.changed(self._trips)
        await self._desk.open_trips.flush()

    def _rows(self) -> list[OpenTripRow]:
        moved, self._moved = self._moved, set()
        for trip in moved:
            trip.read_caret()
        return [trip.row(is_current=self._is_current(trip)) for trip in self._trips]

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._line is not None and shiboken6.isValid(self._line):
            self._line.cursorPositionChanged.disconnect(self._on_caret_moved)
        self._line = None
        self._inside = None
        if now is None or not shiboken6.isValid(now):
            return
        editors = {trip.editor: trip for trip in self._trips if trip.editor is not None}
        self._inside = next((trip for editor, trip in editors.items() if editor.isAncestorOf(now)), None)
        if self._inside is None:
            return
        if isinstance(now, QLineEdit | QPlainTextEdit):
            self._line = now
            now.cursorPositionChanged.connect(self._on_caret_moved)
        self.changed([self._inside])

    def _on_caret_moved(self) -> None:
        if self._inside is not None:
            self.changed([self._inside])
