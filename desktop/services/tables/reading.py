"""Reads CSV, TSV and XLSX into cells of text. Everything here blocks: call it in a thread."""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Final, NamedTuple

from desktop.errors import UsageError

MOST_ROWS: Final = 100_000
MOST_COLUMNS: Final = 500
MOST_CELLS: Final = 4_000_000
MOST_BYTES: Final = 64 * 1024 * 1024
MOST_UNPACKED: Final = 400 * 1024 * 1024
"""Bytes of an XLSX once unpacked: ten thousand shipments take about 30 MiB."""

_PIECE = 1 << 20
_LONGEST_CELL = 1 << 24
_SEPARATORS = ",;\t|"
_END = "\0end"  # no cell holds a zero byte: such a file is refused before
_GUARDED = frozenset("=+-@\t\r'")
_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*)>")
_PLACE = re.compile(rb"""(?:^|\s)r\s*=\s*["']([^"']*)["']""")
_REFERENCE = re.compile(rb"([A-Z]{1,3})([0-9]{1,7})")
_CELL_TAIL = 512
"""Bytes in which the head of one cell ends."""
_TOP, _DIGITS = 1_000_000_000_000_000, 15


class Cells(NamedTuple):
    """The cells of a table: heads, rows that are not empty and their numbers, and whether numbers were numbers."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    is_typed: bool


def cells_in(data: bytes, name: str) -> Cells:
    """Return the cells of a file.

    Raises:
        UsageError: no table, too large, damaged, or empty.
    """
    if len(data) > MOST_BYTES:
        raise UsageError("tables.too_large", file=name, limit=MOST_BYTES >> 20)
    if data.startswith(_OLD_EXCEL):
        raise UsageError("tables.old_excel", file=name)
    if data.startswith(_ZIP):
        return _table(_spreadsheet(data, name), name, is_typed=True)
    return cells_of_text(_decoded(data), name)


def cells_of_text(text: str, name: str) -> Cells:
    """Return the cells of delimited text: commas, semicolons, tabs or bars, whichever parts its heads.

    Raises:
        UsageError: too large, or empty.
    """
    if "\0" in text:
        raise UsageError("tables.not_a_table", file=name)
    return _table(_delimited(text.removeprefix("\ufeff"), name), name, is_typed=False)


def _decoded(data: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 or, where it is neither, Windows' own encoding."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _in_pieces(data, encoding, "replace")
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):  # no mark, but every other byte is nothing
        sample = data[first:1024:2]
        if len(sample) > 1 and sample.count(0) > len(sample) * 0.7:
            return _in_pieces(data, encoding, "replace")
    try:
        return _in_pieces(data, "utf-8", "strict")
    except UnicodeDecodeError:
        return _in_pieces(data, "cp1252", "replace")


def _in_pieces(data: bytes, encoding: str, errors: str) -> str:
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    found = [decoder.decode(data[start : start + _PIECE]) for start in range(0, len(data), _PIECE)]
    return "".join([*found, decoder.decode(b"", final=True)])


def _delimited(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(_LONGEST_CELL)
    number = 0
    separator, text = _separator(text)
    lines = chain(io.StringIO(text, newline=""), [_END])  # a quotation mark left open takes the end with it
    try:
        for number, row in enumerate(csv.reader(lines, delimiter=separator), 1):
            if row and row[-1].endswith(_END):
                if row != [_END]:
                    raise UsageError("tables.unclosed", file=name, row=number)
                return
            yield number, [unguarded(cell.strip()) for cell in row]
    except csv.Error as error:
        raise UsageError("tables.damaged", file=name, row=number + 1) from error


def _separator(text: str) -> tuple[str, str]:
    """Return what parts the cells, and the text without Excel's line that says so."""
    said = re.match(r"sep=([,;\t|])\r?\n", text, re.IGNORECASE)
    if said is not None:
        return said[1], text[said.end() :]
    count: Counter[str] = Counter()
    is_quoted = False
    for letter in text[:_PIECE].lstrip("\r\n"):
        if letter == '"':
            is_quoted = not is_quoted
        elif not is_quoted and letter in "\r\n":
            break
        elif not is_quoted and letter in _SEPARATORS:
            count[letter] += 1
    return (max(_SEPARATORS, key=lambda one: count[one]) if count else ","), text


def guarded(text: str) -> str:
    """Return a text as it stands in a CSV file, so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text[:1] in _GUARDED and text else text


def unguarded(cell: str) -> str:
    """Return the text that `guarded` guarded; any other as it is."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _GUARDED and len(cell) > 1 else cell


def _spreadsheet(data: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    _examine(data, name)
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ is SheetTypeEnum.WorkSheet and sheet.visible is SheetVisibleEnum.Visible
        ]
        for sheet in map(book.get_sheet_by_name, names):
            if sheet.start is not None:
                for number, row in enumerate(sheet.iter_rows(), 1):
                    yield number, [cell_text(cell) for cell in row]
                return
    except (CalamineError, OSError, ValueError) as error:
        raise UsageError("tables.damaged_xlsx", file=name) from error
    except BaseException as error:
        if (
            type(error).__name__ == "PanicException"
        ):  # the Rust reader gave up; no kind of Exception, but no more than that
            raise UsageError("tables.damaged_xlsx", file=name) from error
        raise


def _examine(data: bytes, name: str) -> None:
    """Refuse what would unpack to more than anybody's table, before the reader makes room for it."""
    unpacked = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                raise UsageError("tables.not_a_table", file=name)
            for info in archive.infolist():
                is_sheet = info.filename.startswith("xl/worksheets/") and info.filename.endswith(".xml")
                tail = b""
                with archive.open(info) as file:
                    while piece := file.read(_PIECE):
                        unpacked += len(piece)
                        if unpacked > MOST_UNPACKED:
                            raise UsageError("tables.too_large", file=name, limit=MOST_UNPACKED >> 20)
                        if is_sheet:
                            _look_at_places(tail + piece, name)
                            tail = piece[-_CELL_TAIL:]
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError) as error:
        raise UsageError("tables.damaged_xlsx", file=name) from error


def _look_at_places(xml: bytes, name: str) -> None:
    """Refuse a sheet with a value far out: the reader makes room for everything up to it."""
    width = height = 0
    for cell in _CELL.finditer(xml):
        said = cell[1]
        if said.endswith(b"/"):  # formatted, but empty
            continue
        place = _PLACE.search(said)
        found = _REFERENCE.fullmatch(place[1]) if place else None
        if place and found is None:
            raise UsageError("tables.damaged_xlsx", file=name)
        if found:
            column = 0
            for letter in found[1]:
                column = column * 26 + letter - 64
            width, height = max(width, column), max(height, int(found[2]))
    if width > MOST_COLUMNS:
        raise UsageError("tables.too_wide", file=name, limit=MOST_COLUMNS)
    if height > MOST_ROWS + 1:
        raise UsageError("tables.too_long", file=name, limit=f"{MOST_ROWS:,}")
    if width * height > 8 * MOST_CELLS:
        raise UsageError("tables.too_large", file=name, limit=MOST_UNPACKED >> 20)


def cell_text(value: object) -> str:
    """Return what a user sees in a spreadsheet's cell; days and times as the wire writes them."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S") if value.year >= 1000 else value.isoformat(" ")  # noqa: PLR2004 - four digits
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else str(value)


def number_text(value: float) -> str:
    """Return a number as a spreadsheet shows it: without needless decimals, of 15 digits at most."""
    if value.is_integer() and abs(value) < _TOP:
        return str(int(value))
    shown = format(value, f".{_DIGITS}g")
    return repr(value) if "e" in shown else shown


def _table(lines: Iterable[tuple[int, list[str]]], name: str, *, is_typed: bool) -> Cells:
    heads: list[str] | None = None
    rows: list[list[str]] = []
    numbers: list[int] = []
    width = cells = 0
    for number, line in lines:
        while line and not line[-1]:
            line.pop()
        if not line:
            continue
        if heads is None:
            heads = line
        else:
            rows.append(line)
            numbers.append(number)
        width, cells = max(width, len(line)), cells + len(line)
        if len(line) > MOST_COLUMNS:
            raise UsageError("tables.too_wide", file=name, limit=MOST_COLUMNS)
        if len(rows) > MOST_ROWS:
            raise UsageError("tables.too_long", file=name, limit=f"{MOST_ROWS:,}")
        if cells > MOST_CELLS:
            raise UsageError("tables.too_large", file=name, limit=MOST_UNPACKED >> 20)
    if heads is None or not rows:
        raise UsageError("tables.empty", file=name)
    filled = tuple((*row, *([""] * (width - len(row)))) for row in rows)
    return Cells((*heads, *([""] * (width - len(heads)))), filled, tuple(numbers), is_typed)
