"""The shipments of a trip as lines: number, type, parties, pieces, weight, unit, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from desktop.domain.documents import JSON, is_object
from desktop.domain.lifecycle import Regime
from desktop.domain.shipment import control_number
from desktop.texts import text
from desktop.ui import sign as signs
from desktop.ui import theme
from desktop.ui.binding.session import Editing
from desktop.ui.editors.problem import Problem
from desktop.ui.editors.problem_list import SIGNS
from desktop.ui.pieces import plain_tip

Index = QModelIndex | QPersistentModelIndex
PROBLEM_ROLE = Qt.ItemDataRole.UserRole + 1


class Column(IntEnum):
    """Columns of the table."""

    NUMBER = 0
    TYPE = 1
    PARTIES = 2
    PIECES = 3
    WEIGHT = 4
    ON = 5
    CHECK = 6


_KEYS = ("number", "type", "parties", "pieces", "weight", "on", "check")
_PAD = "\u00a0"  # a heading stands as far from the edge as its cells
_LARGEST = 1e12  # above it a sum is a slip of the keys
_RIGHT = {Column.PIECES, Column.WEIGHT}


def shipments_of(session: Editing) -> list[JSON]:
    """Return the trip's shipments, whatever stands there."""
    rows = session.value("/shipments")
    return rows if isinstance(rows, list) else []


def parties_of(shipment: JSON) -> str:
    """Return shipper and consignee in a line."""
    names = []
    for who in ("shipper", "consignee"):
        party = shipment.get(who) if is_object(shipment) else None
        names.append(_text(party, "name") or text("editor.table.none"))
    return " → ".join(names)


def _text(value: JSON, name: str) -> str:
    found = value.get(name) if is_object(value) else None
    return found if isinstance(found, str) else ""


def _goods(shipment: JSON) -> list[dict[str, JSON]]:
    rows = shipment.get("commodities") if is_object(shipment) else None
    return [row for row in rows if is_object(row)] if isinstance(rows, list) else []


def _sum(goods: list[dict[str, JSON]], name: str) -> float | None:
    total = 0.0
    for row in goods:
        value = row.get(name)
        try:
            total += float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else 0.0
        except ValueError:
            return None
    return total


def _amount(total: float | None) -> str:
    if total is None or total == 0 or total != total or abs(total) > _LARGEST:  # noqa: PLR0124 - nan
        return text("editor.table.none")
    return f"{total:,.0f}" if total == int(total) else f"{total:,.2f}"


def _units(goods: list[dict[str, JSON]]) -> frozenset[str]:
    return frozenset(str(row.get("weightUnit", ""))[:1].upper() for row in goods if row.get("weightUnit"))


class Amounts(NamedTuple):
    """Pieces and weight of one shipment; None where they cannot be added up."""

    pieces: float | None
    weight: float | None
    units: frozenset[str]


class Adding:
    """Adds shipments up; one that is still the same object is added up once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[JSON, Amounts]] = {}

    def totals(self, shipments: list[JSON]) -> tuple[str, str]:
        """Return pieces and weight of shipments in words; a dash where they cannot be added up."""
        known: dict[int, tuple[JSON, Amounts]] = {}
        found: list[Amounts] = []
        for shipment in shipments:
            before = self._known.get(id(shipment))
            if before is None or before[0] is not shipment:
                before = (shipment, _amounts(shipment))
            known[id(shipment)] = before
            found.append(before[1])
        self._known = known
        return _in_words(found)


def totals(shipment: JSON) -> tuple[str, str]:
    """Return pieces and weight of one shipment in words; a dash where they cannot be added up."""
    return _in_words([_amounts(shipment)])


def _amounts(shipment: JSON) -> Amounts:
    goods = _goods(shipment)
    return Amounts(_sum(goods, "quantity"), _sum(goods, "weight"), _units(goods))


def _in_words(found: list[Amounts]) -> tuple[str, str]:
    pieces, weight = _amount(_all(one.pieces for one in found)), _amount(_all(one.weight for one in found))
    units: frozenset[str] = frozenset().union(*(one.units for one in found))
    unit = {frozenset("L"): " lb", frozenset("K"): " kg"}.get(units, "")
    none = text("editor.table.none")
    return pieces, f"{weight}{unit}" if weight != none and unit else none


def _all(amounts: Iterable[float | None]) -> float | None:
    total = 0.0
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total


class ShipmentTable(QAbstractTableModel):
    """Shipments of the session, read anew on `refresh`; only changed rows are painted again."""

    widths = (146, 92, 0, 72, 96, 76, 190)

    def __init__(self, session: Editing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: list[JSON] = []
        self._worst: dict[int, tuple[Problem, int]] = {}
        self.adding = Adding()

    def refresh(self) -> None:
        """Read the shipments again."""
        rows = shipments_of(self._session)
        if len(rows) != len(self._rows):
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        changed = [row for row, (old, new) in enumerate(zip(self._rows, rows, strict=True)) if old is not new]
        self._rows = rows
        for row in changed:
            self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Show the worst problem of each shipment."""
        found: dict[int, tuple[Problem, int]] = {}
        for problem in problems:
            steps = problem.path.split("/", 3)
            if len(steps) > 2 and steps[1] == "shipments" and steps[2].isdigit():  # noqa: PLR2004 - list and position
                first, count = found.get(int(steps[2]), (problem, 0))
                found[int(steps[2])] = (first, count + 1)
        if found != self._worst:
            self._worst = found
            if self._rows:
                self.dataChanged.emit(self.index(0, Column.CHECK), self.index(len(self._rows) - 1, Column.CHECK))

    def worst(self, row: int) -> Problem | None:
        """Return the worst problem of a shipment."""
        found = self._worst.get(row)
        return found[0] if found else None

    def summary(self) -> str:
        """Return count, pieces and weight of all."""
        pieces, weight = self.adding.totals(self._rows)
        count = text("editor.summary.shipments", count=len(self._rows))
        return text("editor.summary.totals", shipments=count, pieces=pieces, weight=weight) if self._rows else count

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of shipments."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a column's heading."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and Column(section) in _RIGHT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        words = text(f"editor.table.{_KEYS[section]}")
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(words)
        return f"{_PAD}{words}{_PAD}" if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(index.row(), column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._cell(index.row(), column))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if column is not Column.NUMBER:
                return f"{text(f'editor.table.{_KEYS[column]}')}: {self._cell(index.row(), column)}"
            return ", ".join(part for one in Column if (part := self._cell(index.row(), one)))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column in _RIGHT else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole and column is Column.NUMBER:
            return theme.font("strong")
        return self.worst(index.row()) if role == PROBLEM_ROLE and column is Column.CHECK else None

    def _cell(self, row: int, column: Column) -> str:
        shipment = self._rows[row]
        goods = _goods(shipment)
        match column:
            case Column.NUMBER:
                return control_number(shipment) or text("editor.table.no_number")
            case Column.TYPE:
                return _text(shipment, "type") or _text(shipment, "shipmentType")
            case Column.PARTIES:
                return parties_of(shipment)
            case Column.PIECES:
                return totals(shipment)[0]
            case Column.WEIGHT:
                return totals(shipment)[1]
            case Column.ON:
                own = [shipment] if self._session.regime is Regime.ACI else list(goods)
                places = [row.get("loadedOn") for row in own if is_object(row)]
                return ", ".join(dict.fromkeys(number for place in places if (number := _text(place, "number"))))
            case Column.CHECK:
                found = self._worst.get(row)
                if found is None:
                    return text("editor.table.sound")
                return found[0].text if found[1] == 1 else text("editor.table.problems", count=found[1])


class ShipmentDelegate(QStyledItemDelegate):
    """Draws lines on the selection's own colour, and the sign before what is wrong."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a cell."""
        from PySide6.QtWidgets import QStyle

        colours = theme.colours()
        room: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.fillRect(room, colours.selection if state & QStyle.StateFlag.State_Selected else colours.surface)
        painter.setPen(colours.border)
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        inner = room.adjusted(8, 0, -8, 0)
        problem = index.data(PROBLEM_ROLE)
        colour = colours.text
        if index.column() == Column.CHECK:
            colour = colours.text2
            if isinstance(problem, Problem):
                sign = SIGNS[problem.group]
                square = QRect(inner.left(), inner.center().y() - 6, 14, 14)
                signs.paint_sign(painter, square, sign, colours)
                inner.setLeft(inner.left() + 20)
                colour = signs.word_colour(sign, colours)
        painter.setFont(index.data(Qt.ItemDataRole.FontRole) or theme.font("body"))
        painter.setPen(colour)
        words = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, max(0, inner.width()))
        painter.drawText(inner, int(index.data(Qt.ItemDataRole.TextAlignmentRole)), words)
        painter.restore()
