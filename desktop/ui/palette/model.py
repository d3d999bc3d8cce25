"""The lines of the palette under their heads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from desktop import texts
from desktop.ui.models.role import Index, Role
from desktop.ui.palette.entry import EXACT, Entry, Group, ordered

_NO_PARENT = QModelIndex()
MOST: dict[Group, int] = {Group.DO: 8, Group.SETTINGS: 6}
_MOST = 6


class PaletteModel(QAbstractListModel):
    """Heads and entries in one list; heads cannot be chosen.

    Attributes:
        typed: what the entries answer.
        rows: a group stands for its head.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.typed = ""
        self.rows: list[Group | Entry] = []

    @property
    def entries(self) -> list[Entry]:
        """The entries alone."""
        return [row for row in self.rows if isinstance(row, Entry)]

    def show(self, entries: Sequence[Entry], typed: str, lately: Sequence[str]) -> None:
        """Show what answers `typed`; a group with a number typed exactly stands first."""
        found = ordered(entries, typed, lately)
        groups = sorted(
            {entry.group for _, entry in found},
            key=lambda group: (
                not any(rank == EXACT and entry.group is group for rank, entry in found),
                list(Group).index(group),
            ),
        )
        rows: list[Group | Entry] = []
        for group in groups:
            most = MOST.get(group, _MOST) if typed.strip() else len(found)
            rows += [group, *[entry for _, entry in found if entry.group is group][:most]]
        self.beginResetModel()
        self.typed = typed
        self.rows = rows
        self.endResetModel()

    def position(self, key: str) -> int:
        """Return the row of an entry; -1 where it is not shown."""
        return next((n for n, row in enumerate(self.rows) if isinstance(row, Entry) and row.key == key), -1)

    def step(self, row: int, by: int) -> int:
        """Return the row of the entry `by` entries away from `row`; it stops at both ends. -1 where there is none."""
        places = [number for number, one in enumerate(self.rows) if isinstance(one, Entry)]
        if not places:
            return -1
        here = places.index(row) if row in places else 0 if by > 0 else len(places) - 1
        return places[max(0, min(len(places) - 1, here + by if row in places else here))]

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of lines, heads too."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A head cannot be chosen."""
        if index.isValid() and isinstance(self.rows[index.row()], Entry):
            return super().flags(index)
        return Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what Qt or the delegate asks of a line."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if isinstance(row, Entry):
            if role == Qt.ItemDataRole.DisplayRole:
                return row.title
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return row.sentence
            return row if role == Role.OBJECT else None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return texts.text(f"palette.group.{row.value}")
        return None
