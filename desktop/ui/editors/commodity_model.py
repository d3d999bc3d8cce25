"""The goods of one shipment as a table over the session."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.domain.amount import Amount, Point
from desktop.domain.documents import JSONObject, Missing, is_object, join
from desktop.domain.fields import Field, by_name, path_for
from desktop.domain.lifecycle import Regime
from desktop.texts import text
from desktop.ui.binding import value as values
from desktop.ui.binding.field_paint import Remark
from desktop.ui.binding.session import Editing, put_value
from desktop.ui.editors.commodity_filling import (
    LOADED_ON,
    Block,
    amount_of,
    filled,
    pasted,
    shown_cell,
    told_by,
    value_of,
)
from desktop.ui.editors.problem import GRADES, Problem
from desktop.ui.editors.surroundings import units_of
from desktop.ui.pieces import plain_tip

Index = QModelIndex | QPersistentModelIndex
REMARK_ROLE = Qt.ItemDataRole.UserRole + 1
FIELD_ROLE = Qt.ItemDataRole.UserRole + 2
VALUE_ROLE = Qt.ItemDataRole.UserRole + 3

_PAD = "\u00a0"  # a heading stands as far from the edge as its cells
_PREFIX = "/shipments/*/commodities/*"


def columns_of(regime: Regime) -> tuple[Field, ...]:
    """Return the fields that stand in the grid; the rest stands below it for the current line."""
    end = regime.lower()
    names = [
        f"commodity_description_{end}",
        "commodity_quantity",
        f"commodity_packaging_unit_{end}",
        f"commodity_weight_{end}",
        f"commodity_weight_unit_{end}",
        f"commodity_marks_{end}",
    ]
    names.append("commodity_loaded_on_number" if regime is Regime.ACE else "commodity_un_code")
    return tuple(by_name(name) for name in names)


class CommodityModel(QAbstractTableModel):
    """The lines of the shipment at `position`; every edit goes to the session at once.

    Attributes:
        point: the sign before decimals, once somebody said what `1,500` means.
    """

    def __init__(self, session: Editing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.fields = columns_of(session.regime)
        self.position = 0
        self.point: Point | None = None
        self._lines: list[object] = []
        self._remarks: dict[str, Remark] = {}

    @property
    def pointer(self) -> str:
        """Where the lines stand."""
        return f"/shipments/{self.position}/commodities"

    def show(self, position: int) -> None:
        """Show another shipment's lines."""
        self.beginResetModel()
        self.position = position
        self._lines = self._read()
        self.endResetModel()

    def refresh(self) -> None:
        """Read the lines again; where none came or went the current cell stays."""
        lines = self._read()
        if len(lines) != len(self._lines):
            self.beginResetModel()
            self._lines = lines
            self.endResetModel()
        elif any(old is not new for old, new in zip(self._lines, lines, strict=True)):
            self._lines = lines
            self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, len(self.fields) - 1))

    def _read(self) -> list[object]:
        rows = self._session.value(self.pointer)
        return list(rows) if isinstance(rows, list) else []

    def pointer_of(self, index: Index) -> str:
        """Return where a cell stands in the document."""
        template = path_for(self.fields[index.column()], self._session.regime) or ""
        return f"{self.pointer}/{index.row()}{template.removeprefix(_PREFIX)}"

    def index_at(self, path: str) -> QModelIndex:
        """Return the cell a path is about; an invalid index where no cell is."""
        for row in range(self.rowCount()):
            for column in range(len(self.fields)):
                index = self.index(row, column)
                own = self.pointer_of(index)
                if path == own or path.startswith(own + "/"):
                    return index
        return QModelIndex()

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Show what is wrong in its cell."""
        inside = [problem for problem in problems if problem.path.startswith(self.pointer + "/")]
        found: dict[str, Remark] = {}
        for problem in inside:
            index = self.index_at(problem.path)
            if index.isValid():
                found.setdefault(self.pointer_of(index), Remark(GRADES[problem.group], problem.text))
        if found != self._remarks:
            self._remarks = found
            if self._lines:
                self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, len(self.fields) - 1))

    def remark(self, index: Index) -> Remark | None:
        """Return what is said about a cell."""
        return self._remarks.get(self.pointer_of(index)) if index.isValid() else None

    # Lines

    def add(self, row: int | None = None) -> int:
        """Put in a line; goods stand on the only trailer until said otherwise (protocol 2). Return its row."""
        place = len(self._lines) if row is None else row
        self._session.insert(
            join(*_steps(self.pointer), place if place < len(self._lines) else "-"), new_line(self._session)
        )
        return place

    def repeat_above(self, row: int) -> None:
        """Make a line like the one above it; in the first line nothing happens."""
        if 0 < row < len(self._lines):
            above = self._lines[row - 1]
            if is_object(above):
                self._session.set(f"{self.pointer}/{row}", dict(above))

    def remove(self, row: int) -> None:
        """Take out a line; undo brings it back."""
        if 0 <= row < len(self._lines):
            self._session.remove(f"{self.pointer}/{row}")

    def paste(self, index: Index, block: Block) -> None:
        """Put a block of cells in, from a cell rightwards and downwards, as one step; bad ones stay as they came."""
        fields = self.fields[index.column() :]
        templates = [(path_for(field, self._session.regime) or "").removeprefix(_PREFIX) for field in fields]
        point = self.point or told_by(fields, block)
        lines = self._session.value(self.pointer)
        rows = lines if isinstance(lines, list) else []
        empty = new_line(self._session)
        self._session.set(
            self.pointer, pasted(self._session, rows, index.row(), fields, templates, block, point, empty)
        )

    def fill(self, row: int, goods: JSONObject, description: str) -> None:
        """Fill the empty cells of a line from goods shipped before, as one step."""
        if 0 <= row < len(self._lines):
            pointer = f"{self.pointer}/{row}"
            line = self._session.value(pointer)
            self._session.set(pointer, filled(None if isinstance(line, Missing) else line, goods, description))

    def doubt(self, index: Index) -> tuple[str, Amount] | None:
        """Return the amount of a cell that has two readings, as typed; None where all is clear."""
        typed = str(index.data(VALUE_ROLE) or "") if index.isValid() else ""
        is_text = isinstance(self._session.value(self.pointer_of(index)), str) if index.isValid() else False
        amount = amount_of(self.fields[index.column()], typed) if is_text else None
        return (typed, amount) if amount is not None and amount.is_doubtful else None

    # Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.fields)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a column's label."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.fields):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{_PAD}{text(f'editor.grid.{_short(self.fields[section])}')}{_PAD}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return text(f"fields.{self.fields[section].name}")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(self.fields[section])
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every cell be edited."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell in the form a role wants."""
        if not index.isValid() or not 0 <= index.row() < len(self._lines):
            return None
        field = self.fields[index.column()]
        typed = values.to_text(field, self._session.value(self.pointer_of(index)))
        if role == Qt.ItemDataRole.DisplayRole:
            return shown_cell(field, typed)
        if role in {Qt.ItemDataRole.EditRole, VALUE_ROLE}:
            return typed
        if role == Qt.ItemDataRole.AccessibleTextRole:
            remark = self.remark(index)
            words = f"{text(f'fields.{field.name}')}: {typed or text('editor.table.none')}"
            return f"{words}. {remark.text}" if remark else words
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(field)
        if role == Qt.ItemDataRole.ToolTipRole:
            remark = self.remark(index)
            return plain_tip(remark.text if remark else typed)
        if role == REMARK_ROLE:
            return self.remark(index)
        return field if role == FIELD_ROLE else None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Put what was typed into the document."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        field = self.fields[index.column()]
        made = value_of(field, str(value), self.point)
        if field.name == LOADED_ON:
            unit = next((unit for unit in units_of(self._session) if unit.number == made), None)
            if unit is not None:
                place = self.pointer_of(index).removesuffix("/number")
                put_value(self._session, place, {"type": unit.kind, "number": unit.number})
                return True
        put_value(self._session, self.pointer_of(index), made)
        return True


def new_line(session: Editing) -> JSONObject:
    """Return an empty line of goods, on the only trailer where there is just one."""
    trailers = [unit for unit in units_of(session) if unit.kind == "TRAILER"]
    if session.regime is Regime.ACE and len(trailers) == 1:
        return {"loadedOn": {"type": "TRAILER", "number": trailers[0].number}}
    return {}


def _short(field: Field) -> str:
    return field.name.removeprefix("commodity_").removesuffix("_ace").removesuffix("_aci")


def _side(field: Field) -> Qt.AlignmentFlag:
    is_number = _short(field) in {"quantity", "weight"}
    side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _steps(pointer: str) -> tuple[str, ...]:
    return tuple(pointer.split("/")[1:])
