"""The driver's sheet: who and what, may it go, the shipments, whom to phone, the control numbers' bars.

The first page is for the booth. For CBP the control numbers' bars stand on a part of their own, because its officer is
to be handed none.
"""

from __future__ import annotations

from desktop.domain.lifecycle import Verdict
from desktop.printing.sheet import Paper
from desktop.printing.summary import TripSheet
from desktop.texts import text
from desktop.ui.sheets import style
from desktop.ui.sheets.barred import bars_of
from desktop.ui.sheets.ink import Box, Ink, Symbol
from desktop.ui.sheets.page import Pages, head
from desktop.ui.sheets.parts import contacts, contacts_height, facts, people
from desktop.ui.sheets.table import Row, table, table_height
from desktop.ui.sign import Sign

_MOST_ADVICE_LINES = 6
_BEFORE_CONTACTS = 10.0

_SIGNS = {Verdict.GO: Sign.GO, Verdict.STOP: Sign.STOP, Verdict.UNKNOWN: Sign.NOT_KNOWN}


def lay_out(sheet: TripSheet, paper: Paper, dots_per_inch: int) -> list[list[Ink]]:
    """Return what stands on each page of a driver's sheet, in dots of a device."""
    pages = Pages(sheet, paper, dots_per_inch)
    pages.begin()
    head(pages, qr=sheet.qr, no_qr=sheet.no_qr)
    people(pages, sheet)
    facts(pages, sheet)
    _verdict(pages, sheet)
    rows = [Row(pages, sheet, shipment) for shipment in sheet.shipments]
    is_short = pages.has_room(table_height(pages, rows) + pages.dots(_BEFORE_CONTACTS) + contacts_height(pages))
    if not is_short:  # whom to phone stays on the first page, however long the trip
        contacts(pages, sheet)
    table(pages, rows)
    if is_short:
        pages.down(_BEFORE_CONTACTS)
        contacts(pages, sheet)
    if not sheet.has_bars_in_table and any(shipment.number for shipment in sheet.shipments):
        _bars_part(pages, sheet)
    return pages.finish()


def _verdict(pages: Pages, sheet: TripSheet) -> None:
    """Write the one answer in a heavy frame, with its sign."""
    sign = pages.dots(42)
    start = pages.top
    left = pages.left + pages.dots(68)
    room = pages.right - left - pages.dots(14)
    headline, advice = style.HEADLINE, style.ADVICE
    said = pages.type.wrap(sheet.headline, headline, room, 3)
    why = [part for line in sheet.advice for part in pages.type.wrap(line, advice, room, 3)][:_MOST_ADVICE_LINES]
    words_height = len(said) * pages.type.line(headline) + len(why) * pages.type.line(advice)
    height = max(words_height, sign) + pages.dots(20)
    top = pages.lines(left, start + (height - words_height) // 2, said, headline)
    pages.lines(left, top, why, advice)
    shape = _SIGNS.get(sheet.verdict, Sign.WAIT_ACT).shape
    pages.add(Symbol(pages.left + pages.dots(14), start + (height - sign) // 2, sign, shape))
    pages.add(Box(pages.left, start, pages.width, height, line=pages.dots(3)))
    pages.top = start + height
    pages.down(12)


def _bars_part(pages: Pages, sheet: TripSheet) -> None:
    """Write every control number with its bars, on pages of their own."""
    numbers = [shipment.number for shipment in sheet.shipments if shipment.number]
    _bars_head(pages)
    bars_of(pages, numbers, lambda: _bars_head(pages))


def _bars_head(pages: Pages) -> None:
    pages.begin_next()
    pages.text(pages.left, pages.top, text("sheet.bars_title"), style.HEADING)
    pages.down(17)
    lines = pages.type.wrap(text("sheet.bars_for"), style.LABEL, pages.width, 2)
    pages.top = pages.lines(pages.left, pages.top, lines, style.LABEL)
    pages.down(12)
