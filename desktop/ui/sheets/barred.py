"""Numbers with their bars, in rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.printing.bars import SHIPMENT_SIZES
from desktop.texts import text
from desktop.ui.sheets import style
from desktop.ui.sheets.ink import Bars
from desktop.ui.sheets.page import Pages


def bars_of(pages: Pages, numbers: Sequence[str], start_next: Callable[[], None]) -> None:
    """Write numbers with their bars, two beside each other where the longest allows it; `start_next` begins a page."""
    gap = pages.dots(12)
    half = (pages.width - gap) // 2
    is_double = all(pages.bar_code(number, SHIPMENT_SIZES, half) for number in numbers)
    room = half if is_double else pages.width
    height = pages.dots(style.SHIPMENT_BARS + 32)
    name = style.STRONG
    places = [pages.left, pages.left + half + gap] if is_double else [pages.left]
    for start in range(0, len(numbers), len(places)):
        if not pages.has_room(height):
            start_next()
        for left, number in zip(places, numbers[start:], strict=False):
            code = pages.bar_code(number, SHIPMENT_SIZES, room)
            inset = code.quiet if code else 0
            pages.lines(left + inset, pages.top, pages.type.wrap(number, name, room - inset, 1), name)
            top = pages.top + pages.dots(16)
            if code:
                pages.add(Bars(left + inset, top, pages.dots(style.SHIPMENT_BARS), code))
            else:
                pages.lines(left, top, pages.type.wrap(text("sheet.no_bars"), style.SMALL, room, 3), style.SMALL)
        pages.top += height
