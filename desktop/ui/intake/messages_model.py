"""The rows of a preview of BorderConnect messages."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from desktop import texts
from desktop.domain.lifecycle import Regime
from desktop.services.import_preview import Fate, Foreseen
from desktop.services.words import error_words
from desktop.ui.intake.rows import Look
from desktop.ui.legible import legible
from desktop.ui.models.role import Index, Role
from desktop.ui.signs import Sign

_NO_PARENT = QModelIndex()
_SIGNS = {
    Fate.NEW: Sign.HINT,
    Fate.SAME: Sign.NOT_SENT,
    Fate.CHANGED: Sign.ASK,
    Fate.NEXT: Sign.ASK,
    Fate.REFUSED: Sign.REFUSED,
}


class Column(IntEnum):
    """Columns from left to right."""

    NUMBER = 0
    DIRECTION = 1
    HAPPENS = 2
    PROBLEMS = 3


def kind_words(item: Foreseen) -> str:
    """Return what a message is and its number."""
    if item.regime is None:
        return texts.text("intake.messages.other", position=item.position)
    if item.is_trip:
        return item.number or texts.text("intake.messages.trip_without_number")
    return texts.text("intake.messages.shipment", number=item.number or texts.text("intake.messages.no_number"))


def direction_words(item: Foreseen) -> str:
    """Return where a message goes."""
    if item.regime is None:
        return ""
    return texts.text("window.chip.usa" if item.regime is Regime.ACE else "window.chip.canada")


def problem_words(item: Foreseen) -> str:
    """Return how much there is to fix before it is sent."""
    if item.regime is None or item.fate is Fate.REFUSED:
        return ""
    if item.errors:
        return texts.text("intake.messages.errors", count=item.errors)
    return texts.text("intake.messages.warnings", count=item.warnings) if item.warnings else texts.text("intake.none")


def detail_words(item: Foreseen) -> str:
    """Return everything there is to say about what would happen to a message."""
    if item.reason is not None:
        words = error_words(item.reason)
        return legible(f"{words.text} {words.remedy}")
    return texts.text(f"intake.messages.{item.fate.value}.detail")


class MessagesModel(QAbstractTableModel):
    """Messages in the order of their files."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: tuple[Foreseen, ...] = ()

    def show(self, items: tuple[Foreseen, ...]) -> None:
        """Replace the rows."""
        self.beginResetModel()
        self.items = items
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return how many messages there are."""
        return 0 if parent.isValid() else len(self.items)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the head of a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return texts.text(f"intake.messages.column.{Column(section).name.lower()}")
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what Qt or the delegate asks of a cell."""
        if not index.isValid() or index.row() >= len(self.items):
            return None
        item = self.items[index.row()]
        column = Column(index.column())
        if role == Role.OBJECT:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return legible(_cell(item, column))
        if role == Look.SIGN:
            return _SIGNS[item.fate] if column is Column.HAPPENS else _problem_sign(item, column)
        if role == Look.TONE:
            is_quiet = item.fate is Fate.SAME or column is Column.DIRECTION
            return "stop" if item.fate is Fate.REFUSED and column is Column.HAPPENS else "muted" if is_quiet else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if column is not Column.NUMBER:
                return legible(_cell(item, column))
            parts = [_cell(item, each) for each in Column]
            return legible(", ".join(part for part in parts if part))
        return None


def _cell(item: Foreseen, column: Column) -> str:
    match column:
        case Column.NUMBER:
            return kind_words(item)
        case Column.DIRECTION:
            return direction_words(item)
        case Column.HAPPENS:
            return texts.text(f"intake.messages.{item.fate.value}")
        case Column.PROBLEMS:
            return problem_words(item)


def _problem_sign(item: Foreseen, column: Column) -> Sign | None:
    if column is not Column.PROBLEMS or item.fate is Fate.REFUSED or item.regime is None:
        return None
    return Sign.ERROR if item.errors else Sign.ASK if item.warnings else None
