"""The table of trips: rows as the service gave them, words made when they are painted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from desktop import texts
from desktop.clock import Clock
from desktop.services.views import TripRow
from desktop.ui.legible import legible
from desktop.ui.models.role import Index, Role
from desktop.ui.trips.words import RowWords, row_words


class Column(IntEnum):
    """Columns from left to right (ui design 6)."""

    VERDICT = 0
    TRIP = 1
    PORT = 2
    ETA = 3
    DRIVER = 4
    CLEARED = 5
    CUSTOMS = 6


_NO_PARENT = QModelIndex()
_HEAD_ROLES = frozenset({Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole})


def cell_lines(words: RowWords, column: Column) -> tuple[str, str]:
    """Return both lines of a cell; the ladder's bar stands in place of its first."""
    match column:
        case Column.VERDICT:
            return words.verdict, words.reason
        case Column.TRIP:
            return words.number, words.load
        case Column.PORT:
            return words.port, words.crossing
        case Column.ETA:
            return words.eta, words.countdown
        case Column.DRIVER:
            return words.driver, words.equipment
        case Column.CLEARED:
            return words.cleared, words.cleared_of
        case Column.CUSTOMS:
            return "", words.ladder.word


class TripsModel(QAbstractTableModel):
    """Trips in the order of the service."""

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._rows: list[TripRow] = []
        self._words: dict[str, RowWords] = {}
        self._fresh: set[str] = set()
        self._carriers: Mapping[str, str] = {}

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of trips."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what Qt or the delegate asks of a cell."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Role.ID:
            return row.id
        if role == Role.OBJECT:
            return row
        if role == Role.IS_FRESH:
            return row.id in self._fresh
        words = self.words(row)
        if role == Role.WORDS:
            return words
        if role == Qt.ItemDataRole.DisplayRole:
            return legible(" · ".join(line for line in cell_lines(words, Column(index.column())) if line))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return legible(words.sentence) if index.column() == 0 else None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Return the head of a column; the tooltip has it whole where it is cut."""
        if orientation is Qt.Orientation.Horizontal and role in _HEAD_ROLES:
            return texts.text(f"window.column.{Column(section).name.lower()}")
        return None

    def words(self, row: TripRow) -> RowWords:
        """Return the row in words; kept until the row or the minute changes."""
        if row.id not in self._words:
            self._words[row.id] = row_words(row, self._clock.now(), carrier=self._carriers.get(row.company, ""))
        return self._words[row.id]

    def show(self, rows: Sequence[TripRow]) -> None:
        """Show these rows; where only their content changed, nothing moves."""
        if [row.id for row in rows] == [row.id for row in self._rows]:
            old, self._rows = self._rows, list(rows)
            for position, (before, after) in enumerate(zip(old, rows, strict=True)):
                if before != after:
                    self._words.pop(after.id, None)
                    self._announce(position, position)
            return
        self.beginResetModel()
        self._rows = list(rows)
        self._words.clear()
        self.endResetModel()

    def show_carriers(self, names: Mapping[str, str]) -> None:
        """Say whose each trip is, by the names of carriers by id; empty where that goes without saying."""
        if names != self._carriers:
            self._carriers = names
            self.tick()

    def tick(self) -> None:
        """The minute changed: countdowns are worth painting again."""
        self._words.clear()
        if self._rows:
            self._announce(0, len(self._rows) - 1)

    def mark_fresh(self, ids: frozenset[str]) -> None:
        """Tint these rows as just changed; an empty set ends that."""
        touched, self._fresh = self._fresh | ids, set(ids)
        for position, row in enumerate(self._rows):
            if row.id in touched:
                self._announce(position, position)

    def position(self, trip_id: str) -> int:
        """Return the row of a trip, or -1."""
        return next((position for position, row in enumerate(self._rows) if row.id == trip_id), -1)

    def beside(self, trip_id: str, rows: Sequence[TripRow]) -> str:
        """Return which of `rows` stands nearest below a trip as the list is now, else above it; empty: none."""
        position, kept = self.position(trip_id), {row.id for row in rows}
        below = [*self._rows[position + 1 :], *reversed(self._rows[:position])] if position >= 0 else []
        return next((row.id for row in below if row.id in kept), "")

    def row(self, position: int) -> TripRow:
        """Return the trip in a row."""
        return self._rows[position]

    def now(self) -> datetime:
        """Return the moment countdowns are made for."""
        return self._clock.now()

    def _announce(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))
