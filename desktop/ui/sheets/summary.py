"""The driver's sheet: who and what, may it go, the shipments, whom to phone, the control numbers' bars.

The first page is for the booth. For CBP the control numbers' bars stand on a part of their own, because its officer is
to be handed none.
"""

from __future__ import annotations

from typing import NamedTuple

from desktop.domain.lifecycle import Verdict
from desktop.printing.bars import SHIPMENT_SIZES
from desktop.printing.sheet import Paper
from desktop.printing.summary import SheetShipment, TripSheet
from desktop.texts import text
from desktop.ui.sheets.ink import Bars, Box, Ink, Symbol
from desktop.ui.sheets.lettering import Face
from desktop.ui.sheets.page import LABEL, LARGE, SHIPMENT_BAR_POINTS, SMALL, Pages, head
from desktop.ui.sign import Sign

_VALUE = Face(12.5, is_bold=True)
_CELL = Face(8.7)
_CELL_BOLD = Face(8.7, is_bold=True)
_NUMBER = Face(9.5, is_bold=True)
_PAD = 7.0
_MOST_VALUE_LINES = 6
_MOST_CELL_LINES = 8
_MOST_HALF_LINES = 1
_ALL = 99
_TABLE_HEAD = 16.0
_BEFORE_CONTACTS = 10.0

_SIGNS = {Verdict.STOP: Sign.STOP, Verdict.UNKNOWN: Sign.NOT_KNOWN}


def lay_out(sheet: TripSheet, paper: Paper, dots_per_inch: int) -> list[list[Ink]]:
    """Return what stands on each page of a sheet, in dots of a device."""
    pages = Pages(sheet, paper, dots_per_inch)
    pages.begin()
    head(pages)
    _people(pages)
    _facts(pages)
    _verdict(pages)
    rows = [_Row(pages, shipment) for shipment in sheet.shipments]
    table = sum(row.height + pages.dots(0.5) for row in rows) + pages.dots(_TABLE_HEAD + (0 if rows else 20))
    table += pages.dots(_BEFORE_CONTACTS)
    is_short = pages.has_room(table + _contacts_height(pages))
    if not is_short:  # whom to phone stays on the first page, however long the trip
        _contacts(pages)
    _table(pages, rows)
    if is_short:
        pages.down(_BEFORE_CONTACTS)
        _contacts(pages)
    if not sheet.has_bars_in_table and any(shipment.number for shipment in sheet.shipments):
        _bars_part(pages)
    return pages.finish()


def _people(pages: Pages) -> None:
    """Write driver and plate beside each other, or below each other where the name needs the whole width."""
    sheet = pages.sheet
    kind = pages.type
    gap = pages.dots(12)
    half = (pages.width - gap) // 2
    name, plate = sheet.driver or text("sheet.no_driver"), sheet.plate or text("sheet.no_plate")
    is_wide = max(len(kind.wrap(words, LARGE, half, _MOST_VALUE_LINES)) for words in (name, plate)) > _MOST_HALF_LINES
    room = pages.width if is_wide else half
    end = _large(pages, pages.left, text("sheet.driver"), kind.wrap(name, LARGE, room, 4))
    if sheet.crew:
        crew = kind.wrap(text("sheet.crew", names=", ".join(sheet.crew)), LABEL, room, 3)
        end = pages.lines(pages.left, end, crew, LABEL)
    if is_wide:
        pages.top = end + pages.dots(4)
    left = pages.left if is_wide else pages.left + half + gap
    pages.top = max(end, _large(pages, left, text("sheet.plate"), kind.wrap(plate, LARGE, room, 4))) + pages.dots(6)


def _large(pages: Pages, left: int, label: str, lines: list[str]) -> int:
    pages.text(left, pages.top, label, LABEL)
    return pages.lines(left, pages.top + pages.dots(12), lines, LARGE)


class _Fact(NamedTuple):
    label: str
    values: list[str]
    share: float


def _facts(pages: Pages) -> None:
    sheet = pages.sheet
    missing = text("sheet.missing")
    none = [text("sheet.none")]
    seals = [", ".join(sheet.seals)] if sheet.seals else none
    trailers = text("sheet.trailers", count=len(sheet.trailers))
    rows = [
        [
            _Fact(text(f"sheet.port_{sheet.regime.lower()}"), [sheet.port or missing], 0.52),
            _Fact(text("sheet.eta"), [sheet.eta or missing], 0.48),
        ],
        [
            _Fact(trailers, list(sheet.trailers) or none, 0.36),
            _Fact(text("sheet.seals"), seals, 0.34),
            _Fact(text("sheet.truck"), [sheet.truck or missing], 0.15),
            _Fact(text("sheet.shipments"), [str(len(sheet.shipments))], 0.15),
        ],
    ]
    if sheet.containers:
        rows.append([_Fact(text("sheet.containers"), [", ".join(sheet.containers)], 1.0)])
    start, line = pages.top, max(1, pages.dots(0.75))
    for row in rows:
        _fact_row(pages, row, line)
    pages.add(Box(pages.left, start, pages.width, pages.top - start + line, line=line))
    pages.top += line
    pages.down(11)


def _fact_row(pages: Pages, row: list[_Fact], line: int) -> None:
    pad = pages.dots(_PAD)
    left = pages.left
    end = pages.top
    edges = []
    for fact in row:
        width = round(pages.width * fact.share)
        pages.text(left + pad, pages.top + pages.dots(5), fact.label, LABEL)
        lines = [part for value in fact.values for part in pages.type.wrap(value, _VALUE, width - 2 * pad, _ALL)]
        shown = lines
        if len(lines) > _MOST_VALUE_LINES:
            shown = [*lines[: _MOST_VALUE_LINES - 1], text("sheet.and_more")]
        end = max(end, pages.lines(left + pad, pages.top + pages.dots(17), shown, _VALUE))
        left += width
        edges.append(left)
    end += pages.dots(4)
    for edge in edges[:-1]:
        pages.add(Box(edge, pages.top, line, end - pages.top))
    pages.top = end
    pages.add(Box(pages.left, pages.top, pages.width, line))


def _verdict(pages: Pages) -> None:
    """Write the one answer in a heavy frame, with its sign."""
    sheet = pages.sheet
    sign = pages.dots(42)
    start = pages.top
    left = pages.left + pages.dots(68)
    room = pages.right - left - pages.dots(14)
    headline, advice = Face(20, is_bold=True), Face(11.5)
    said = pages.type.wrap(sheet.headline, headline, room, 3)
    why = [part for line in sheet.advice for part in pages.type.wrap(line, advice, room, 3)][:_MOST_VALUE_LINES]
    words_height = len(said) * pages.type.line(headline) + len(why) * pages.type.line(advice)
    height = max(words_height, sign) + pages.dots(20)
    top = pages.lines(left, start + (height - words_height) // 2, said, headline)
    pages.lines(left, top, why, advice)
    shape = _SIGNS.get(sheet.verdict, Sign.WAIT_ACT).shape
    pages.add(Symbol(pages.left + pages.dots(14), start + (height - sign) // 2, sign, shape))
    pages.add(Box(pages.left, start, pages.width, height, line=pages.dots(3)))
    pages.top = start + height
    pages.down(12)


# --- shipments -------------------------------------------------------------------------------------------------------


class _Columns:
    """Where the columns of the table stand."""

    def __init__(self, pages: Pages) -> None:
        gap = pages.dots(7)
        number, pieces, weight, clearance = (pages.dots(points) for points in (100, 38, 46, 90))
        rest = pages.width - number - pieces - weight - clearance - 5 * gap
        parties = round(rest * 0.7)
        self.widths = (number, parties, pieces, weight, rest - parties, clearance)
        self.lefts = []
        left = pages.left
        for width in self.widths:
            self.lefts.append(left)
            left += width + gap


class _Row:
    """One shipment broken into lines, so that its height is known before it is placed."""

    def __init__(self, pages: Pages, shipment: SheetShipment) -> None:
        self._pages = pages
        self._columns = columns = _Columns(pages)
        kind = pages.type
        number, parties, pieces, weight, description, clearance = columns.widths
        missing = text("sheet.missing")
        is_long = kind.width(shipment.number, _NUMBER) > number  # then it has a line of its own, never broken
        self._number = kind.wrap(shipment.number or missing, _NUMBER, pages.width, 2)
        self._first = len(self._number) * kind.line(_NUMBER) if is_long else 0
        self._type = kind.wrap(shipment.type, _CELL, number, 2)
        consignee = text("sheet.to_consignee", name=shipment.consignee) if shipment.consignee else ""
        self._parties = kind.wrap(shipment.shipper or missing, _CELL, parties, 4)
        self._parties += kind.wrap(consignee, _CELL, parties, 4)
        self._pieces = kind.wrap(shipment.pieces or missing, _CELL, pieces, _MOST_CELL_LINES)
        self._weight = kind.wrap(shipment.weight or missing, _CELL, weight, _MOST_CELL_LINES)
        self._description = kind.wrap(shipment.description or missing, _CELL, description, _MOST_CELL_LINES)
        self._clearance = kind.wrap(shipment.clearance.words, _CELL_BOLD, clearance, 3)
        self._detail = kind.wrap(shipment.clearance.detail, _CELL, clearance, 4)
        self._code = None
        has_bars = pages.sheet.has_bars_in_table and bool(shipment.number)
        if has_bars:
            self._code = pages.bar_code(shipment.number, SHIPMENT_SIZES, pages.width)
        self._no_bars = kind.wrap(text("sheet.no_bars"), SMALL, pages.width, 2) if has_bars and not self._code else []
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
        bars_height = pages.dots(SHIPMENT_BAR_POINTS + 6) if self._code else 0
        below = bars_height + len(self._no_bars) * kind.line(SMALL)
        self.height = max(self._text_height + below, self._height_of(max(counts)))

    def _height_of(self, lines: int) -> int:
        return self._first + lines * self._pages.type.line(_CELL) + self._pages.dots(8)

    def draw(self) -> None:
        """Write the row where the pen is."""
        pages, lefts, widths = self._pages, self._columns.lefts, self._columns.widths
        top = pages.top + pages.dots(4)
        end = pages.lines(lefts[0], top, self._number, _NUMBER)
        pages.lines(lefts[0], end, self._type, _CELL)
        top += self._first
        pages.lines(lefts[1], top, self._parties, _CELL)
        for column, lines in ((2, self._pieces), (3, self._weight)):
            for place, line in enumerate(lines):
                right = lefts[column] + widths[column]
                pages.text_right(right, top + place * pages.type.line(_CELL), line, _CELL)
        pages.lines(lefts[4], top, self._description, _CELL)
        end = pages.lines(lefts[5], top, self._clearance, _CELL_BOLD)
        pages.lines(lefts[5], end, self._detail, _CELL)
        if self._code:
            bars_top = pages.top + self._text_height
            pages.add(Bars(pages.left + self._code.quiet, bars_top, pages.dots(SHIPMENT_BAR_POINTS), self._code))
        pages.lines(pages.left, pages.top + self._text_height, self._no_bars, SMALL)
        pages.top += self.height


def _table_head(pages: Pages) -> None:
    columns = _Columns(pages)
    regime = pages.sheet.regime.lower()
    names = (
        f"column_number_{regime}",
        "column_parties",
        "column_pieces",
        "column_weight",
        "column_description",
        "column_clearance",
    )
    face = Face(8.5, is_bold=True)
    for place, name in enumerate(names):
        words = text(f"sheet.{name}")
        if name in {"column_pieces", "column_weight"}:
            pages.text_right(columns.lefts[place] + columns.widths[place], pages.top, words, face)
        else:
            pages.text(columns.lefts[place], pages.top, words, face)
    pages.down(13)
    pages.rule(0.75)


def _table(pages: Pages, rows: list[_Row]) -> None:
    head_height = pages.dots(_TABLE_HEAD)
    if not pages.has_room(head_height + (rows[0].height if rows else pages.dots(20))):
        pages.begin_next()
    _table_head(pages)
    if not rows:
        pages.text(pages.left, pages.top + pages.dots(4), text("sheet.no_shipments"), _CELL)
        pages.down(20)
        pages.rule(0.5)
    for row in rows:
        if not pages.has_room(row.height):
            pages.begin_next()
            _table_head(pages)
        row.draw()
        pages.rule(0.5)


# --- whom to phone, and the bars --------------------------------------------------------------------------------------


def _contacts_height(pages: Pages) -> int:
    return pages.dots(72)


def _contacts(pages: Pages) -> None:
    if not pages.has_room(_contacts_height(pages)):
        pages.begin_next()
    start = pages.top
    gap = pages.dots(14)
    notes = pages.dots(174)
    shown = pages.sheet.contacts[:2]
    room = (pages.width - notes - gap * len(shown)) // max(1, len(shown))
    left = pages.left
    for contact in shown:
        top = pages.lines(left, start, pages.type.wrap(contact.label, LABEL, room, 1), LABEL)
        name = Face(11, is_bold=True)
        top = pages.lines(left, top, pages.type.wrap(contact.name, name, room, 2), name)
        phone = Face(14, is_bold=True)
        if contact.phone:
            pages.lines(left, top, pages.type.wrap(contact.phone, phone, room, 1), phone)
        else:
            pages.text(left, top, text("sheet.no_phone"), LABEL)
        left += room + gap
    box = Box(pages.right - notes, start, notes, pages.dots(62), line=max(1, pages.dots(0.75)), is_dashed=True)
    pages.add(box)
    pad = pages.dots(6)
    words = text(f"sheet.notes_{pages.sheet.regime.lower()}")
    pages.lines(box.left + pad, start + pad, pages.type.wrap(words, LABEL, notes - 2 * pad, 3), LABEL)
    pages.top = start + _contacts_height(pages)


def _bars_part(pages: Pages) -> None:
    """Write every control number with its bars, two beside each other where the longest allows it."""
    gap = pages.dots(12)
    numbers = [shipment.number for shipment in pages.sheet.shipments if shipment.number]
    half = (pages.width - gap) // 2
    is_double = all(pages.bar_code(number, SHIPMENT_SIZES, half) for number in numbers)
    room = half if is_double else pages.width
    height = pages.dots(SHIPMENT_BAR_POINTS + 32)
    name = Face(11, is_bold=True)
    places = [pages.left, pages.left + half + gap] if is_double else [pages.left]
    _bars_head(pages)
    for start in range(0, len(numbers), len(places)):
        if not pages.has_room(height):
            _bars_head(pages)
        for left, number in zip(places, numbers[start:], strict=False):
            code = pages.bar_code(number, SHIPMENT_SIZES, room)
            inset = code.quiet if code else 0
            pages.lines(left + inset, pages.top, pages.type.wrap(number, name, room - inset, 1), name)
            top = pages.top + pages.dots(16)
            if code:
                pages.add(Bars(left + inset, top, pages.dots(SHIPMENT_BAR_POINTS), code))
            else:
                pages.lines(left, top, pages.type.wrap(text("sheet.no_bars"), SMALL, room, 3), SMALL)
        pages.top += height


def _bars_head(pages: Pages) -> None:
    pages.begin_next()
    pages.text(pages.left, pages.top, text("sheet.bars_title"), Face(13, is_bold=True))
    pages.down(17)
    lines = pages.type.wrap(text("sheet.bars_for"), LABEL, pages.width, 2)
    pages.top = pages.lines(pages.left, pages.top, lines, LABEL)
    pages.down(12)
