"""The two sheets an officer is handed: CBP's cover sheet and CBSA's lead sheet (domain 7.1, 7.2)."""

from __future__ import annotations

from desktop.printing.cover import CoverSheet, LeadSheet
from desktop.printing.sheet import Paper
from desktop.printing.summary import SheetShipment
from desktop.texts import text
from desktop.ui.sheets import style
from desktop.ui.sheets.barred import bars_of
from desktop.ui.sheets.ink import Box, Ink
from desktop.ui.sheets.page import Pages, head, title
from desktop.ui.sheets.parts import contacts_line, facts, people, people_below

_MOST_DESCRIPTION = 6
_STAMP = 150.0
_LINE_TO_WRITE = 44.0


def lay_out_cover(sheet: CoverSheet, paper: Paper, dots_per_inch: int) -> list[list[Ink]]:
    """Return the pages of a cover sheet: what CBP asks in large type, then the shipments in small."""
    pages = Pages(sheet, paper, dots_per_inch)
    pages.begin()
    head(pages, qr=sheet.qr, no_qr=sheet.no_qr)
    people_below(pages, sheet)
    if sheet.has_list and sheet.shipments:
        _list(pages, sheet)
    return pages.finish()


def _list(pages: Pages, sheet: CoverSheet) -> None:
    """Write control number and description of each shipment, 12 points at the most (domain 7.1)."""
    kind = pages.type
    number_width = max(kind.width(shipment.number, style.LIST_BOLD) for shipment in sheet.shipments)
    left = pages.left + min(round(number_width) + pages.dots(16), pages.width // 2)
    rows = [(shipment, _described(shipment)) for shipment in sheet.shipments]
    pages.down(10)
    _list_head(pages)
    for shipment, words in rows:
        lines = kind.wrap(words, style.LIST, pages.right - left, _MOST_DESCRIPTION)
        number = kind.wrap(shipment.number or text("sheet.missing"), style.LIST_BOLD, left - pages.left, 3)
        height = max(len(lines), len(number)) * kind.line(style.LIST) + pages.dots(7)
        if not pages.has_room(height):
            pages.begin_next()
            _list_head(pages)
        top = pages.top + pages.dots(3)
        pages.lines(pages.left, top, number, style.LIST_BOLD)
        pages.lines(left, top, lines, style.LIST)
        pages.top += height
        pages.rule(0.4)


def _list_head(pages: Pages) -> None:
    pages.text(pages.left, pages.top, text("sheet.list_title"), style.ADVICE_BOLD)
    pages.down(16)
    pages.rule(1)


def _described(shipment: SheetShipment) -> str:
    """Return type and description; one that moves in bond must have a description."""
    if not shipment.is_in_bond:
        return ". ".join(filter(None, (shipment.type, shipment.description))) or text("sheet.missing")
    if not shipment.description:
        return text("sheet.no_in_bond_description")
    return text("sheet.in_bond_description", description=shipment.description)


def lay_out_lead(sheet: LeadSheet, paper: Paper, dots_per_inch: int) -> list[list[Ink]]:
    """Return the pages of a lead sheet: the number CBSA scans, or a line for it and the cargo numbers in bars."""
    pages = Pages(sheet, paper, dots_per_inch)
    pages.begin()
    if sheet.is_by_hand:
        title(pages)
        _line_to_write(pages)
    else:
        head(pages)
    people(pages, sheet)
    facts(pages, sheet)
    contacts_line(pages, sheet)
    _stamp(pages)
    numbers = [shipment.number for shipment in sheet.shipments if shipment.number]
    if sheet.is_by_hand and numbers:
        if not pages.has_room(pages.dots(style.SHIPMENT_BARS + 60)):
            pages.begin_next()
        _numbers_head(pages)

        def start_next() -> None:
            pages.begin_next()
            _numbers_head(pages)

        bars_of(pages, numbers, start_next)
    return pages.finish()


def _line_to_write(pages: Pages) -> None:
    """Leave room to write the trip number by hand; it stands there in small, to copy from."""
    pages.text(pages.left, pages.top, text("sheet.crn_by_hand"), style.HEADING)
    pages.down(_LINE_TO_WRITE)
    pages.rule(1.5)
    pages.down(3)
    number = pages.sheet.trip_number
    if number:
        lines = pages.type.wrap(text("sheet.crn_to_copy", number=number), style.ADVICE, pages.width, 2)
        pages.top = pages.lines(pages.left, pages.top, lines, style.ADVICE)
    pages.down(8)


def _numbers_head(pages: Pages) -> None:
    pages.text(pages.left, pages.top, text("sheet.ccns_title"), style.HEADING)
    pages.down(20)


def _stamp(pages: Pages) -> None:
    """Draw the field for the stamp, and say that the sheet is the proof."""
    if not pages.has_room(pages.dots(_STAMP)):
        pages.begin_next()
    height = pages.dots(_STAMP - 14)
    pad = pages.dots(8)
    pages.add(
        Box(pages.left, pages.top, pages.width, height, line=max(1, pages.dots(0.75)), is_dashed=True),
    )
    pages.text(pages.left + pad, pages.top + pad, text("sheet.stamp"), style.LABEL)
    lines = pages.type.wrap(text("sheet.keep_stamped"), style.HEADING, pages.width - 2 * pad, 2)
    top = pages.top + height - pad - len(lines) * pages.type.line(style.HEADING)
    pages.lines(pages.left + pad, top, lines, style.HEADING)
    pages.top += pages.dots(_STAMP)
