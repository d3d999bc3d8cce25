"""Gathers the rows of a table into records: what each cell means, and which rows make one shipment."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final, NamedTuple

from desktop import texts
from desktop.domain.documents import JSON, JSONObject, is_object, join
from desktop.domain.field import Field
from desktop.domain.lifecycle import Regime
from desktop.domain.numbers import normal_number
from desktop.services.tables.column import (
    ACTIVE,
    EXPIRY,
    EXPIRY_FIELD,
    GOODS,
    ID,
    LOCAL,
    OTHER,
    REGIME,
    TRIP,
    layout,
)
from desktop.services.tables.spreading import Steps, steps_of, unpacked_other
from desktop.services.tables.table import CellIssue, Mapping, Table
from desktop.services.tables.value import Read, from_text
from desktop.validation.issue import Severity
from desktop.validation.rule import shown

_CONTROL: Final = frozenset({"/shipmentControlNumber", "/cargoControlNumber"})
_YES_NO: Final = {"yes": True, "true": True, "y": True, "1": True, "no": False, "false": False, "n": False, "0": False}
_LOOK_BACK = 200_000
"""Cells whose meaning is remembered: states, units and cities come again and again."""


class Column(NamedTuple):
    """A column that is not left out.

    Attributes:
        position: among the heads.
        pointer: what it holds.
        head: its head as it is shown.
    """

    position: int
    pointer: str
    head: str


class Gathered(NamedTuple):
    """One record as the table says it.

    Attributes:
        rows: positions of its rows in the table.
        regime: of a shipment.
        leaves: values by place below the record; what no cell holds comes first.
        cells: which cell each of them is from, as row number and column, by JSON Pointer.
        goods: whether the table says what it consists of.
        id: the record it says it is.
        active: whether it is in use; None where the table does not say.
        local: facts that are not on the wire.
        issues: what there is to say about its cells.
    """

    rows: tuple[int, ...]
    regime: Regime
    leaves: list[tuple[Steps, JSON]]
    cells: dict[str, tuple[int, Column]]
    goods: bool
    id: str
    active: bool | None
    local: JSONObject
    issues: list[CellIssue]


class Gatherer:
    """Reads the rows of one table."""

    def __init__(self, table: Table, mapping: Mapping, regime: Regime) -> None:
        self._table = table
        self._how = mapping.how._replace(is_typed=table.is_typed)
        self._regime = regime
        self._layout = layout(mapping.kind)
        self.is_shipments = mapping.kind == "shipments"
        self.columns = [
            Column(position, pointer, shown(table.heads[position]) or texts.text("tables.column", number=position + 1))
            for position, pointer in enumerate(mapping.columns)
            if pointer
        ]
        self._by_pointer = {column.pointer: column for column in self.columns}
        self._values = [column for column in self.columns if not column.pointer.startswith("#")]
        self._steps: dict[tuple[str, int], tuple[Steps, str]] = {}
        self._known: dict[tuple[str, str, Regime], Read] = {}

    def groups(self) -> list[tuple[int, ...]]:
        """Return the rows of each record: rows of one record id, or one control number, are one shipment."""
        if not self.is_shipments:
            return [(row,) for row in range(len(self._table.rows))]
        found: dict[object, list[int]] = {}
        numbers = [self._by_pointer[pointer] for pointer in _CONTROL if pointer in self._by_pointer]
        for row, cells in enumerate(self._table.rows):
            name = self._about(cells, ID)
            number = next((cells[column.position] for column in numbers if cells[column.position]), "")
            if name:
                found.setdefault(("id", name), []).append(row)
            elif number:
                regime = self._regime_of(cells) or self._regime
                found.setdefault((regime, normal_number(regime, number)), []).append(row)
            else:
                found[row] = [row]
        return [tuple(rows) for rows in found.values()]

    def gather(self, rows: Sequence[int]) -> Gathered:
        """Return the record that `rows` make."""
        first = self._table.rows[rows[0]]
        issues: list[CellIssue] = []
        said = self._regime_of(first) if self.is_shipments else self._regime
        if said is None:
            issues.append(self._issue(rows[0], self._by_pointer[REGIME], texts.text("tables.regime_unknown")))
        record = Gathered(tuple(rows), said or self._regime, [], {}, False, self._about(first, ID), None, {}, issues)
        active, local = self._facts(rows[0], record)
        self._other(rows[0], record)
        for line, row in enumerate(rows):
            self._row(row, line, record)
        goods = any(len(steps) > 1 and steps[0] == "commodities" for steps, _ in record.leaves)
        return record._replace(goods=goods, active=active, local=local)

    def _row(self, row: int, line: int, record: Gathered) -> None:
        cells = self._table.rows[row]
        for column in self._values:
            text = cells[column.position]
            if not text:
                continue
            pointer = self._layout.at_home(column.pointer, record.regime)
            field = self._layout.field(pointer, record.regime) or self._library_field(pointer)
            if field is None:
                sentence = texts.text("tables.not_in_regime", regime=record.regime.value)
                record.issues.append(self._issue(row, column, sentence, Severity.WARNING))
                continue
            steps, name = self._place(pointer, line)
            read = self._read(field, text, record.regime)
            earlier = record.cells.get(name)
            if earlier is not None:
                self._agree(row, column, record, steps, read, earlier)
                continue
            if read.said:
                record.issues.append(self._said(row, column, field, text, read))
            record.leaves.append((steps, read.value))
            record.cells[name] = (row, column)

    def _library_field(self, pointer: str) -> Field | None:
        place = self._layout.place(pointer)
        return None if self.is_shipments or place is None else place.field

    def _agree(
        self, row: int, column: Column, record: Gathered, steps: Steps, read: Read, earlier: tuple[int, Column]
    ) -> None:
        """Complain where two rows of one shipment say different things about it."""
        value = next(value for known, value in record.leaves if known == steps)
        if type(value) is not type(read.value) or value != read.value:
            sentence = texts.text("tables.differs", row=self._table.numbers[earlier[0]])
            record.issues.append(self._issue(row, column, sentence))

    def _place(self, pointer: str, line: int) -> tuple[Steps, str]:
        key = pointer, line if pointer.startswith(GOODS) else 0
        found = self._steps.get(key)
        if found is None:
            steps = steps_of(self._layout.kind, pointer.replace(GOODS, f"/commodities/{line}", 1))
            found = self._steps[key] = steps, join(*steps)
        return found

    def _read(self, field: Field, text: str, regime: Regime) -> Read:
        if field.is_secret:
            return from_text(field, text, regime, self._how)
        key = field.name, text, regime
        read = self._known.get(key)
        if read is None:
            read = from_text(field, text, regime, self._how)
            if len(self._known) < _LOOK_BACK:
                self._known[key] = read
        return read

    def _about(self, cells: Sequence[str], pointer: str) -> str:
        column = self._by_pointer.get(pointer)
        return "" if column is None else cells[column.position]

    def _regime_of(self, cells: Sequence[str]) -> Regime | None:
        """Return the regime a row names, or the one asked for; None where it names no regime."""
        text = self._about(cells, REGIME).upper()
        if not text:
            return self._regime
        return Regime(text) if text in set(Regime) else None

    def _facts(self, row: int, record: Gathered) -> tuple[bool | None, JSONObject]:
        """Return what the row says beside the document."""
        cells = self._table.rows[row]
        local: JSONObject = {}
        active: bool | None = None
        for column in self.columns:
            text = cells[column.position]
            if not text or not column.pointer.startswith("#") or column.pointer in {ID, OTHER, REGIME, TRIP}:
                continue
            if column.pointer == ACTIVE:
                active = _YES_NO.get(text.casefold())
                if active is None:
                    record.issues.append(self._issue(row, column, _value_words("not_yes_no", shown(text))))
            elif column.pointer == LOCAL:
                value = _object(text)
                if value is None:
                    record.issues.append(self._issue(row, column, texts.text("tables.not_json")))
                else:
                    local = merged(value, local)
            elif column.pointer.startswith(EXPIRY):
                read = from_text(EXPIRY_FIELD, text, record.regime, self._how)
                if read.said:
                    record.issues.append(self._said(row, column, EXPIRY_FIELD, text, read))
                local = merged(local, {"expiries": {column.pointer.removeprefix(EXPIRY): read.value}})
        return active, local

    def _other(self, row: int, record: Gathered) -> None:
        text = self._about(self._table.rows[row], OTHER)
        if not text:
            return
        other = unpacked_other(text)
        if other is None:
            record.issues.append(self._issue(row, self._by_pointer[OTHER], texts.text("tables.not_json")))
            return
        record.leaves.extend((steps_of(self._layout.kind, pointer), value) for pointer, value in other.items())

    def _said(self, row: int, column: Column, field: Field, text: str, read: Read) -> CellIssue:
        value = texts.text("tables.hidden") if field.is_secret else texts.text("tables.quoted", value=shown(text))
        return self._issue(row, column, _value_words(read.said, value, read.normal), read.severity)

    def _issue(self, row: int, column: Column, sentence: str, severity: Severity = Severity.ERROR) -> CellIssue:
        return cell_issue(self._table.numbers[row], column, sentence, severity)


def cell_issue(number: int, column: Column, sentence: str, severity: Severity) -> CellIssue:
    """Return an issue of a cell, in words with its row and column."""
    words = texts.text("tables.cell", row=number, column=column.head, what=sentence)
    return CellIssue(number, column.position, column.head, words, severity)


def row_issue(number: int, sentence: str, severity: Severity) -> CellIssue:
    """Return an issue of a row as a whole."""
    return CellIssue(number, -1, "", texts.text("tables.row", row=number, what=sentence), severity)


def merged(facts: JSONObject, more: JSONObject) -> JSONObject:
    """Return local facts with more of them; objects in both are put together."""
    found = dict(facts)
    for name, value in more.items():
        known = found.get(name)
        found[name] = {**known, **value} if is_object(known) and is_object(value) else value
    return found


def _value_words(said: str, value: str, normal: str = "") -> str:
    return texts.text(f"tables.value.{said}", value=value, normal=normal)


def _object(text: str) -> JSONObject | None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
