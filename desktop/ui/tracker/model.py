"""The list of shipments: group heads and rows in one flat table, words made when they are painted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from itertools import groupby
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from desktop import texts
from desktop.clock import Clock
from desktop.services.tracked_row import Group, TrackedRow
from desktop.ui.legible import legible
from desktop.ui.models.role import Index, Role
from desktop.ui.tracker.words import TrackedWords, row_words


class Column(IntEnum):
    """Columns from left to right (ui design 6)."""

    CLEARED = 0
    NUMBER = 1
    TRANSACTION = 2
    TRIP = 3
    OFFICE = 4
    ETA = 5


class Head(NamedTuple):
    """The head of a group: how many there are, and whether they are folded away."""

    group: Group
    words: str
    number: int
    is_folded: bool


_NO_PARENT: Final = QModelIndex()
_HEAD_ROLES: Final = frozenset({Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole})
_SUFFIXED: Final = {Column.NUMBER: ("paps", "all"), Column.TRANSACTION: ("paps",)}


def cell_lines(words: TrackedWords, column: Column, *, has_service: bool = True) -> tuple[str, str]:
    """Return both lines of a cell."""
    match column:
        case Column.CLEARED:
            return words.headline, words.detail
        case Column.NUMBER:
            return words.number, words.broker
        case Column.TRANSACTION:
            return words.entry, words.service if has_service else ""
        case Column.TRIP:
            return words.trip, words.driver
        case Column.OFFICE:
            return words.office, words.office_note
        case Column.ETA:
            return words.eta, words.countdown


class TrackerModel(QAbstractTableModel):
    """Numbers under the heads of their groups, in the order of the service.

    Attributes:
        kind: which tab is on show, for the words that depend on it: `pars`, `paps` or `all`.
        has_service: the second line of the transaction is shown.
    """

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._rows: list[TrackedRow] = []
        self._lines: list[Head | TrackedRow] = []
        self._words: dict[str, TrackedWords] = {}
        self._folded: set[Group] = set()
        self._carriers: Mapping[str, str] = {}
        self.kind = "all"
        self.has_service = True

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of lines, heads among them."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what Qt or the delegate asks of a cell."""
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == Role.OBJECT:
            return line
        if isinstance(line, Head):
            shown = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}  # in each column: it spans them
            words = texts.text("tracker.group.sentence", group=line.words, count=line.number)
            return words if role in shown else None
        if role == Role.ID:
            return line.key
        words_of = self.words(line)
        if role == Role.WORDS:
            return words_of
        if role == Qt.ItemDataRole.DisplayRole:
            lines = cell_lines(words_of, Column(index.column()), has_service=self.has_service)
            return legible(" · ".join(part for part in lines if part))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return legible(words_of.sentence) if index.column() == 0 else None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Return the head of a column; the tooltip has it whole where it is cut."""
        if orientation is not Qt.Orientation.Horizontal or role not in _HEAD_ROLES:
            return None
        column = Column(section)
        name = column.name.lower()
        if self.kind in _SUFFIXED.get(column, ()):
            name = f"{name}_{self.kind}"
        return texts.text(f"tracker.column.{name}")

    def words(self, row: TrackedRow) -> TrackedWords:
        """Return a row in words; kept until the row or the minute changes."""
        if row.key not in self._words:
            self._words[row.key] = row_words(row, self._clock.now(), carrier=self._carriers.get(row.company, ""))
        return self._words[row.key]

    def show(self, rows: Sequence[TrackedRow], *, kind: str = "all") -> None:
        """Show these rows under their heads; where only their content changed, nothing moves."""
        kept = {row.key: row for row in self._rows}
        for row in rows:
            if kept.get(row.key) != row:
                self._words.pop(row.key, None)
        self._rows = list(rows)
        lines = self._laid(rows, kind)
        if kind == self.kind and [_name(line) for line in lines] == [_name(line) for line in self._lines]:
            old, self._lines = self._lines, lines
            for position, (before, after) in enumerate(zip(old, lines, strict=True)):
                if before != after:
                    self._announce(position, position)
            return
        self.beginResetModel()
        self.kind = kind
        self._lines = lines
        self.endResetModel()

    def _laid(self, rows: Sequence[TrackedRow], kind: str) -> list[Head | TrackedRow]:
        lines: list[Head | TrackedRow] = []
        for group, found in groupby(rows, key=lambda row: row.group):
            of_it = list(found)
            name = f"set_{kind}" if group is Group.SET and kind != "pars" else group.value
            lines.append(Head(group, texts.text(f"tracker.group.{name}"), len(of_it), group in self._folded))
            if group not in self._folded:
                lines += of_it
        return lines

    def fold(self, group: Group, *, is_folded: bool) -> None:
        """Fold a group away, or show it again."""
        if (group in self._folded) != is_folded:
            self._folded ^= {group}
            self.beginResetModel()
            self._lines = self._laid(self._rows, self.kind)
            self.endResetModel()

    def show_carriers(self, names: Mapping[str, str]) -> None:
        """Say whose each number is, by the names of carriers by id; empty where that goes without saying."""
        if names != self._carriers:
            self._carriers = names
            self.tick()

    def show_service(self, *, is_shown: bool) -> None:
        """Show the service option below the transaction, or leave it out."""
        if self.has_service != is_shown:
            self.has_service = is_shown
            self._announce(0, len(self._lines) - 1)

    def tick(self) -> None:
        """The minute changed: countdowns are worth painting again."""
        self._words.clear()
        self._announce(0, len(self._lines) - 1)

    def position(self, key: str) -> int:
        """Return the line of a number, or -1."""
        found = (place for place, line in enumerate(self._lines) if isinstance(line, TrackedRow) and line.key == key)
        return next(found, -1)

    def line(self, position: int) -> Head | TrackedRow:
        """Return what stands in a line."""
        return self._lines[position]

    def rows(self) -> list[TrackedRow]:
        """Return all rows of the list, those folded away among them."""
        return list(self._rows)

    def _announce(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))


def _name(line: Head | TrackedRow) -> tuple[str, ...]:
    return (line.group.value,) if isinstance(line, Head) else (line.group.value, line.key)
