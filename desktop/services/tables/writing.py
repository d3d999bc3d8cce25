"""Writes tables as CSV, TSV and XLSX. Everything here blocks: call it in a thread."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from desktop.domain.field import Kind
from desktop.domain.lifecycle import Regime
from desktop.errors import UsageError
from desktop.services.tables.column import layout
from desktop.services.tables.reading import guarded, number_text
from desktop.services.tables.workbook import workbook_bytes

SUFFIXES: Final = (".csv", ".tsv", ".xlsx")
_STEP = 50
_LONGEST_CELL = 32_767
_NUMBER = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)
_NUMBERS: Final = frozenset({Kind.NUMBER, Kind.INTEGER})

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
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _spreadsheet(
    kind: str, columns: Sequence[str], heads: Sequence[str], rows: Iterable[Sequence[str]], tick: Tick
) -> bytes:
    numbers = [_is_number(kind, pointer) for pointer in columns]

    def cells() -> Iterator[list[str | float]]:
        for position, row in enumerate(rows):
            if position % _STEP == 0:
                tick(position)
            yield [_cell(text, is_number=is_number) for text, is_number in zip(row, numbers, strict=True)]

    return workbook_bytes(kind, heads, cells(), text=[not is_number for is_number in numbers])


def _cell(text: str, *, is_number: bool) -> str | float:
    """Return a cell's text, or the number it is where that comes back as the same text.

    Raises:
        UsageError: longer than a spreadsheet takes.
    """
    if is_number and _NUMBER.fullmatch(text) and number_text(float(text)) == text:
        return float(text) if "." in text else int(text)
    if len(text) > _LONGEST_CELL:
        raise UsageError("tables.long_cell")
    return text


def _is_number(kind: str, pointer: str) -> bool:
    """Tell whether a column's cells are numbers to a spreadsheet; text with digits is not."""
    fields = [layout(kind).field(pointer, regime) for regime in Regime]
    found = [field for field in fields if field is not None]
    return bool(found) and all(field.kind in _NUMBERS for field in found)
