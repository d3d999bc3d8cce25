"""The list of a trip's shipments."""

from __future__ import annotations

from desktop.printing.listing import ShipmentList
from desktop.printing.sheet import Paper
from desktop.texts import text
from desktop.ui.sheets import style
from desktop.ui.sheets.ink import Ink
from desktop.ui.sheets.page import Pages, title
from desktop.ui.sheets.table import Row, table


def lay_out(sheet: ShipmentList, paper: Paper, dots_per_inch: int) -> list[list[Ink]]:
    """Return the pages of a list: which trip in short, every shipment, what they come to."""
    pages = Pages(sheet, paper, dots_per_inch)
    pages.begin()
    title(pages)
    pages.trip_number(style.LARGE)
    pages.down(3)
    for words in (" · ".join(filter(None, (sheet.port, sheet.eta))), _equipment(sheet)):
        lines = pages.type.wrap(words, style.ADVICE, pages.width, 2)
        pages.top = pages.lines(pages.left, pages.top, lines, style.ADVICE)
    pages.down(9)
    table(pages, [Row(pages, sheet, shipment) for shipment in sheet.shipments])
    if sheet.shipments:
        _totals(pages, sheet)
    return pages.finish()


def _equipment(sheet: ShipmentList) -> str:
    truck = " ".join(filter(None, (sheet.truck, sheet.plate)))
    return " · ".join(filter(None, (sheet.driver, truck, *sheet.trailers)))


def _totals(pages: Pages, sheet: ShipmentList) -> None:
    words = [
        text("sheet.total", count=len(sheet.shipments)),
        *([text("sheet.total_pieces", amount=sheet.pieces)] if sheet.pieces else []),
        *([text("sheet.total_weight", amount=sheet.weight)] if sheet.weight else []),
    ]
    lines = pages.type.wrap(" · ".join(words), style.STRONG, pages.width, 4)
    if not pages.has_room(len(lines) * pages.type.line(style.STRONG) + pages.dots(6)):
        pages.begin_next()
    pages.top = pages.lines(pages.left, pages.top + pages.dots(6), lines, style.STRONG)
