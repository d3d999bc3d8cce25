"""The board as a tree of two levels: three groups, their trips below them; words made when they are painted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt

from desktop import texts
from desktop.clock import Clock
from desktop.services.board_row import BoardRow, Group
from desktop.ui.legible import legible
from desktop.ui.models.role import Index, Role
from desktop.ui.trips.model import Column, cell_lines
from desktop.ui.trips.words import RowWords, row_words

GROUPS = tuple(Group)
_NO_PARENT = QModelIndex()
_HEAD_ROLES = frozenset({Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole})


class BoardModel(QAbstractItemModel):
    """Three groups that are always there, and the trips in them in the order given.

    What a trip says may change at any time (`refresh`); where it stands changes only with `arrange`.
    """

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._rows: dict[str, BoardRow] = {}
        self._ids: list[list[str]] = [[] for _ in GROUPS]
        self._words: dict[str, RowWords] = {}
        self._fresh: frozenset[str] = frozenset()
        self._carriers: Mapping[str, str] = {}

    # What Qt asks

    def index(self, row: int, column: int, parent: Index = _NO_PARENT) -> QModelIndex:
        """Return a group, or a trip below one; the number Qt keeps is that of the group, from 1."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = _NO_PARENT) -> QModelIndex:  # type: ignore[override]  # Qt has two of them
        """Return the group of a trip."""
        number = index.internalId() if index.isValid() else 0
        return self.createIndex(number - 1, 0, 0) if number else QModelIndex()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return how many groups there are, or trips in one."""
        if not parent.isValid():
            return len(GROUPS)
        return 0 if parent.internalId() or parent.column() else len(self._ids[parent.row()])

    def columnCount(self, parent: Index = _NO_PARENT) -> int:  # noqa: ARG002 - Qt's argument
        """Return the number of columns."""
        return len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A group can be gone to and folded, but nothing can be done with it."""
        if index.isValid() and not index.internalId():
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what Qt or the delegate asks of a group or of a cell."""
        if not index.isValid():
            return None
        number = index.internalId()
        if not number:
            return self._group_data(index.row(), index.column(), role)
        ids = self._ids[number - 1]
        if index.row() >= len(ids):
            return None
        row = self._rows[ids[index.row()]]
        if role == Role.ID:
            return row.trip.id
        if role == Role.OBJECT:
            return row
        if role == Role.IS_FRESH:
            return row.trip.id in self._fresh
        words = self.words(row)
        if role == Role.WORDS:
            return words
        if role == Qt.ItemDataRole.DisplayRole:
            return legible(" · ".join(line for line in cell_lines(words, Column(index.column())) if line))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return legible(words.sentence) if index.column() == 0 else None
        return None

    def _group_data(self, position: int, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.AccessibleTextRole or (role == Qt.ItemDataRole.DisplayRole and not column):
            name = texts.text(f"board.group.{GROUPS[position].value}")
            return texts.text("board.group.spoken", group=name, count=len(self._ids[position]))
        return GROUPS[position] if role == Role.OBJECT and not column else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Return the head of a column; the tooltip has it whole where it is cut."""
        if orientation is Qt.Orientation.Horizontal and role in _HEAD_ROLES:
            return texts.text(f"window.column.{Column(section).name.lower()}")
        return None

    # What is shown

    def words(self, row: BoardRow) -> RowWords:
        """Return a row in words; those of what is shown are kept until the row or the minute changes."""
        trip = row.trip
        if self._rows.get(trip.id) is not row:
            return self._put(row)
        if trip.id not in self._words:
            self._words[trip.id] = self._put(row)
        return self._words[trip.id]

    def _put(self, row: BoardRow) -> RowWords:
        return row_words(row.trip, self._clock.now(), carrier=self._carriers.get(row.trip.company, ""))

    def row(self, trip_id: str) -> BoardRow | None:
        """Return a trip of the board."""
        return self._rows.get(trip_id)

    def rows(self) -> list[BoardRow]:
        """Return the trips from top to bottom."""
        return [self._rows[one] for ids in self._ids for one in ids]

    def count(self, group: Group) -> int:
        """Return how many trips stand in a group."""
        return len(self._ids[GROUPS.index(group)])

    def stands_as(self, rows: Sequence[BoardRow]) -> bool:
        """Tell whether these trips stand in this order already."""
        return self._ids == _arranged(rows)

    def where(self, trip_id: str) -> QModelIndex:
        """Return the first cell of a trip; an invalid index where it is not shown."""
        for position, ids in enumerate(self._ids):
            if trip_id in ids:
                return self.createIndex(ids.index(trip_id), 0, position + 1)
        return QModelIndex()

    def refresh(self, rows: Iterable[BoardRow]) -> None:
        """Say what is known now of those trips that are shown; nothing moves."""
        for row in rows:
            before = self._rows.get(row.trip.id)
            if before is not None and before != row:
                self._rows[row.trip.id] = row
                self._words.pop(row.trip.id, None)
                self._announce(row.trip.id)

    def arrange(self, rows: Sequence[BoardRow]) -> None:
        """Show these trips in this order; what was selected and current stays so."""
        wanted, known = _arranged(rows), {row.trip.id: row for row in rows}
        self._take_out(set(known))
        self._put_in(wanted, known)
        self.refresh(rows)
        if self._ids != wanted:
            self._move(wanted)
        for position in range(len(GROUPS)):
            head = self.createIndex(position, 0, 0)
            self.dataChanged.emit(head, head)

    def _take_out(self, kept: set[str]) -> None:
        for position, ids in enumerate(self._ids):
            for row in reversed(range(len(ids))):
                if ids[row] not in kept:
                    self.beginRemoveRows(self.createIndex(position, 0, 0), row, row)
                    gone = ids.pop(row)
                    self._rows.pop(gone, None)
                    self._words.pop(gone, None)
                    self.endRemoveRows()

    def _put_in(self, wanted: list[list[str]], known: Mapping[str, BoardRow]) -> None:
        for position, ids in enumerate(wanted):
            new = [one for one in ids if one not in self._rows]
            if new:
                first = len(self._ids[position])
                self.beginInsertRows(self.createIndex(position, 0, 0), first, first + len(new) - 1)
                self._rows.update((one, known[one]) for one in new)
                self._ids[position] += new
                self.endInsertRows()

    def _move(self, wanted: list[list[str]]) -> None:
        self.layoutAboutToBeChanged.emit()
        kept = [index for index in self.persistentIndexList() if index.internalId()]
        ids = [self._ids[index.internalId() - 1][index.row()] for index in kept]
        self._ids = wanted
        places = {one: (row, number) for number, group in enumerate(wanted, start=1) for row, one in enumerate(group)}
        moved = [self.createIndex(places[one][0], i.column(), places[one][1]) for one, i in zip(ids, kept, strict=True)]
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()

    def show_carriers(self, names: Mapping[str, str]) -> None:
        """Say whose each trip is, by the names of carriers by id; empty where that goes without saying."""
        if names != self._carriers:
            self._carriers = names
            self.tick()

    def tick(self) -> None:
        """The minute changed: countdowns are worth painting again."""
        self._words.clear()
        for position, ids in enumerate(self._ids):
            if ids:
                first = self.createIndex(0, 0, position + 1)
                self.dataChanged.emit(first, self.createIndex(len(ids) - 1, len(Column) - 1, position + 1))

    def mark_fresh(self, ids: frozenset[str]) -> None:
        """Tint these rows as just changed; an empty set ends that."""
        touched, self._fresh = self._fresh | ids, ids
        for one in touched:
            self._announce(one)

    def _announce(self, trip_id: str) -> None:
        first = self.where(trip_id)
        if first.isValid():
            self.dataChanged.emit(first, first.siblingAtColumn(len(Column) - 1))


def _arranged(rows: Sequence[BoardRow]) -> list[list[str]]:
    return [[row.trip.id for row in rows if row.group is group] for group in GROUPS]
