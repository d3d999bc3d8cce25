"""Writes tables as CSV, TSV and XLSX. Everything here blocks: call it in a thread."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from desktop.domain.field import Kind
from desktop.domain.lifecycle import Regime
from desktop.errors import UsageError
from desktop.services.tables.column import layout
from desktop.services.tables.reading import breathe, guarded, number_text

SUFFIXES: Final = (".csv", ".tsv", ".xlsx")
_STEP = 50
_LONGEST_CELL = 32_767
_NUMBER = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)
_NUMBERS: Final = frozenset({Kind.NUMBER, Kind.INTEGER})
_WIDTHS: Final = (8, 40)

Tick = Callable[[int], None]
"""Hears how many rows are written; may raise to end it."""


def table_bytes(suffix: str, kind: str, columns: Sequence[str], rows: Iterable[Sequence[str]], tick: Tick) -> bytes:
    """Return a table as the bytes of a file.

    Args:
        suffix: one of `SUFFIXES`.
        kind: what it holds.
        columns: the pointers of its columns.
        rows: the cells of each row.
        tick: hears of each fiftieth row.

    Raises:
        UsageError: a cell is longer than a spreadsheet takes.
    """
    heads = [layout(kind).label(pointer) for pointer in columns]
    if suffix == ".xlsx":
        return _spreadsheet(kind, columns, heads, rows, tick)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter="\t" if suffix == ".tsv" else ",", lineterminator="\r\n")
    writer.writerow(guarded(head) for head in heads)
    for position, row in enumerate(rows):
        if position % _STEP == 0:
            tick(position)
        writer.writerow([guarded(cell) for cell in row])
        breathe()
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _spreadsheet(
    kind: str, columns: Sequence[str], heads: Sequence[str], rows: Iterable[Sequence[str]], tick: Tick
) -> bytes:
    from xlsxwriter import Workbook

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(target, options)
    sheet = book.add_worksheet(kind)
    strong = book.add_format({"bold": True})
    as_text = book.add_format({"num_format": "@"})
    numbers = [_is_number(kind, pointer) for pointer in columns]
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, strong)
        width = min(max(len(head) + 2, _WIDTHS[0]), _WIDTHS[1])
        sheet.set_column(column, column, width, None if numbers[column] else as_text)
    sheet.freeze_panes(1, 0)
    for position, row in enumerate(rows):
        if position % _STEP == 0:
            tick(position)
        for column, cell in enumerate(row):
            if not cell:
                continue
            if numbers[column] and _NUMBER.fullmatch(cell) and number_text(float(cell)) == cell:
                sheet.write_number(position + 1, column, float(cell))
            elif len(cell) > _LONGEST_CELL:
                raise UsageError("tables.long_cell")
            else:
                sheet.write_string(position + 1, column, cell)
        breathe()
    book.close()
    return target.getvalue()


def _is_number(kind: str, pointer: str) -> bool:
    """Tell whether a column's cells are numbers to a spreadsheet; text with digits is not."""
    fields = [layout(kind).field(pointer, regime) for regime in Regime]
    found = [field for field in fields if field is not None]
    return bool(found) and all(field.kind in _NUMBERS for field in found)
