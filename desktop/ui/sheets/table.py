"""The table of shipments: one row each, as high as its longest cell, with its head repeated on every page."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.printing.bars import SHIPMENT_SIZES
from desktop.printing.summary import SheetShipment, TripSheet
from desktop.texts import text
from desktop.ui.sheets import style
from desktop.ui.sheets.ink import Bars
from desktop.ui.sheets.page import Pages

_MOST_CELL_LINES = 8
_TABLE_HEAD = 16.0


class Columns:
    """Where the columns of the table stand."""

    def __init__(self, pages: Pages) -> None:
        gap = pages.dots(9)
        number, pieces, weight, clearance = (pages.dots(points) for points in (100, 38, 46, 90))
        rest = pages.width - number - pieces - weight - clearance - 5 * gap
        parties = round(rest * 0.7)
        self.widths = (number, parties, pieces, weight, rest - parties, clearance)
        self.lefts = []
        left = pages.left
        for width in self.widths:
            self.lefts.append(left)
            left += width + gap


class Row:
    """One shipment broken into lines, so that its height is known before it is placed."""

    def __init__(self, pages: Pages, sheet: TripSheet, shipment: SheetShipment) -> None:
        self._pages = pages
        self._columns = columns = Columns(pages)
        kind = pages.type
        number, parties, pieces, weight, description, clearance = columns.widths
        missing = text("sheet.missing")
        is_long = kind.width(shipment.number, style.CELL_NUMBER) > number  # then it has a line of its own, never broken
        self._number = kind.wrap(shipment.number or missing, style.CELL_NUMBER, pages.width, 2)
        self._first = len(self._number) * kind.line(style.CELL_NUMBER) if is_long else 0
        self._type = kind.wrap(shipment.type, style.CELL, number, 2)
        consignee = text("sheet.to_consignee", name=shipment.consignee) if shipment.consignee else ""
        self._parties = kind.wrap(shipment.shipper or missing, style.CELL, parties, 4)
        self._parties += kind.wrap(consignee, style.CELL, parties, 4)
        self._pieces = kind.wrap(shipment.pieces or missing, style.CELL, pieces, _MOST_CELL_LINES)
        self._weight = kind.wrap(shipment.weight or missing, style.CELL, weight, _MOST_CELL_LINES)
        self._description = kind.wrap(shipment.description or missing, style.CELL, description, _MOST_CELL_LINES)
        self._clearance = kind.wrap(shipment.clearance.words, style.CELL_BOLD, clearance, 3)
        self._detail = kind.wrap(shipment.clearance.detail, style.CELL, clearance, 4)
        self._code = None
        has_bars = sheet.has_bars_in_table and bool(shipment.number)
        if has_bars:
            self._code = pages.bar_code(shipment.number, SHIPMENT_SIZES, pages.width)
        self._no_bars = (
            kind.wrap(text("sheet.no_bars"), style.SMALL, pages.width, 2) if has_bars and not self._code else []
        )
        counts = (
            (0 if is_long else len(self._number)) + len(self._type),
            len(self._parties),
            len(self._pieces),
            len(self._weight),
            len(self._description),
            len(self._clearance) + len(self._detail),
        )
        taken = pages.left + self._code.full_width if self._code else pages.right
        above = [count for count, left in zip(counts, columns.lefts, strict=True) if left < taken]
        self._text_height = self._height_of(max(above))  # columns right of the bars run on beside them
        bars_height = pages.dots(style.SHIPMENT_BARS + 6) if self._code else 0
        below = bars_height + len(self._no_bars) * kind.line(style.SMALL)
        self.height = max(self._text_height + below, self._height_of(max(counts)))

    def _height_of(self, lines: int) -> int:
        return self._first + lines * self._pages.type.line(style.CELL) + self._pages.dots(8)

    def draw(self) -> None:
        """Write the row where the pen is."""
        pages, lefts, widths = self._pages, self._columns.lefts, self._columns.widths
        top = pages.top + pages.dots(4)
        end = pages.lines(lefts[0], top, self._number, style.CELL_NUMBER)
        pages.lines(lefts[0], end, self._type, style.CELL)
        top += self._first
        pages.lines(lefts[1], top, self._parties, style.CELL)
        for column, lines in ((2, self._pieces), (3, self._weight)):
            for place, line in enumerate(lines):
                right = lefts[column] + widths[column]
                pages.text_right(right, top + place * pages.type.line(style.CELL), line, style.CELL)
        pages.lines(lefts[4], top, self._description, style.CELL)
        end = pages.lines(lefts[5], top, self._clearance, style.CELL_BOLD)
        pages.lines(lefts[5], end, self._detail, style.CELL)
        if self._code:
            bars_top = pages.top + self._text_height
            pages.add(Bars(pages.left + self._code.quiet, bars_top, pages.dots(style.SHIPMENT_BARS), self._code))
        pages.lines(pages.left, pages.top + self._text_height, self._no_bars, style.SMALL)
        pages.top += self.height


def _table_head(pages: Pages) -> None:
    columns = Columns(pages)
    regime = pages.sheet.regime.lower()
    names = (
        f"column_number_{regime}",
        "column_parties",
        "column_pieces",
        "column_weight",
        "column_description",
        "column_clearance",
    )
    face = style.SMALL_BOLD
    for place, name in enumerate(names):
        words = text(f"sheet.{name}")
        if name in {"column_pieces", "column_weight"}:
            pages.text_right(columns.lefts[place] + columns.widths[place], pages.top, words, face)
        else:
            pages.text(columns.lefts[place], pages.top, words, face)
    pages.down(13)
    pages.rule(0.75)


def table_height(pages: Pages, rows: Sequence[Row]) -> int:
    """Return the dots that head and rows take on one page."""
    return sum(row.height + pages.dots(0.5) for row in rows) + pages.dots(_TABLE_HEAD + (0 if rows else 20))


def table(pages: Pages, rows: Sequence[Row]) -> None:
    """Write the table, on further pages where it must be."""
    head_height = pages.dots(_TABLE_HEAD)
    if not pages.has_room(head_height + (rows[0].height if rows else pages.dots(20))):
        pages.begin_next()
    _table_head(pages)
    if not rows:
        pages.text(pages.left, pages.top + pages.dots(4), text("sheet.no_shipments"), style.CELL)
        pages.down(20)
        pages.rule(0.5)
    for row in rows:
        if not pages.has_room(row.height):
            pages.begin_next()
            _table_head(pages)
        row.draw()
        pages.rule(0.5)
