"""What several sheets have: who and which plate, port and time and equipment, whom to phone."""

from __future__ import annotations

from typing import NamedTuple

from desktop.printing.summary import TripSheet
from desktop.texts import text
from desktop.ui.sheets import style
from desktop.ui.sheets.ink import Box
from desktop.ui.sheets.page import Pages

_PAD = 7.0
_MOST_VALUE_LINES = 6
_MOST_HALF_LINES = 1
_ALL = 99


def people(pages: Pages, sheet: TripSheet) -> None:
    """Write driver and plate beside each other, or below each other where one needs the whole width."""
    kind = pages.type
    gap = pages.dots(12)
    half = (pages.width - gap) // 2
    shown = _who_and_plate(sheet)
    longest = max(len(kind.wrap(words, style.LARGE, half, _MOST_VALUE_LINES)) for _, words in shown)
    is_wide = len(shown) == 1 or longest > _MOST_HALF_LINES
    room = pages.width if is_wide else half
    left = pages.left
    end = pages.top
    for place, (label, words) in enumerate(shown):
        below = _large(pages, left, label, kind.wrap(words, style.LARGE, room, 4))
        if place == 0 and sheet.crew:
            crew = kind.wrap(text("sheet.crew", names=", ".join(sheet.crew)), style.LABEL, room, 3)
            below = pages.lines(left, below, crew, style.LABEL)
        end = max(end, below)
        if is_wide:
            pages.top = end + pages.dots(4)
        else:
            left += half + gap
    pages.top = end + pages.dots(6)


def people_below(pages: Pages, sheet: TripSheet) -> None:
    """Write driver and plate below each other, as large as they fit, never below what CBP asks."""
    for label, words in _who_and_plate(sheet):
        face = pages.type.shrunk(words, style.DISPLAY, pages.width, style.LARGE.points)
        pages.text(pages.left, pages.top, label, style.ADVICE)
        lines = pages.type.wrap(words, face, pages.width, 4)
        pages.top = pages.lines(pages.left, pages.top + pages.dots(15), lines, face)
        pages.down(12)


def _who_and_plate(sheet: TripSheet) -> list[tuple[str, str]]:
    driver = (
        [(text(f"sheet.driver_{sheet.regime.lower()}"), sheet.driver or text("sheet.no_driver"))]
        if sheet.has_driver
        else []
    )
    return [*driver, (text(f"sheet.plate_{sheet.regime.lower()}"), sheet.plate or text("sheet.no_plate"))]


def _large(pages: Pages, left: int, label: str, lines: list[str]) -> int:
    pages.text(left, pages.top, label, style.LABEL)
    return pages.lines(left, pages.top + pages.dots(12), lines, style.LARGE)


class _Fact(NamedTuple):
    label: str
    values: list[str]
    share: float


def facts(pages: Pages, sheet: TripSheet) -> None:
    """Write port and arrival, trailers, seals, truck and number of shipments in boxes."""
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
        pages.text(left + pad, pages.top + pages.dots(5), fact.label, style.LABEL)
        lines = [part for value in fact.values for part in pages.type.wrap(value, style.VALUE, width - 2 * pad, _ALL)]
        shown = lines
        if len(lines) > _MOST_VALUE_LINES:
            shown = [*lines[: _MOST_VALUE_LINES - 1], text("sheet.and_more")]
        end = max(end, pages.lines(left + pad, pages.top + pages.dots(17), shown, style.VALUE))
        left += width
        edges.append(left)
    end += pages.dots(4)
    for edge in edges[:-1]:
        pages.add(Box(edge, pages.top, line, end - pages.top))
    pages.top = end
    pages.add(Box(pages.left, pages.top, pages.width, line))


def contacts_height(pages: Pages) -> int:
    """Return the dots that whom to phone takes."""
    return pages.dots(72)


def contacts(pages: Pages, sheet: TripSheet) -> None:
    """Write whom to phone, and a box for notes or the stamp."""
    if not pages.has_room(contacts_height(pages)):
        pages.begin_next()
    start = pages.top
    gap = pages.dots(14)
    notes = pages.dots(174)
    shown = sheet.contacts[:2]
    room = (pages.width - notes - gap * len(shown)) // max(1, len(shown))
    left = pages.left
    for contact in shown:
        top = pages.lines(left, start, pages.type.wrap(contact.label, style.LABEL, room, 1), style.LABEL)
        name = style.STRONG
        top = pages.lines(left, top, pages.type.wrap(contact.name, name, room, 2), name)
        phone = style.PHONE
        if contact.phone:
            pages.lines(left, top, pages.type.wrap(contact.phone, phone, room, 1), phone)
        else:
            pages.text(left, top, text("sheet.no_phone"), style.LABEL)
        left += room + gap
    box = Box(pages.right - notes, start, notes, pages.dots(62), line=max(1, pages.dots(0.75)), is_dashed=True)
    pages.add(box)
    pad = pages.dots(6)
    words = text(f"sheet.notes_{sheet.regime.lower()}")
    pages.lines(box.left + pad, start + pad, pages.type.wrap(words, style.LABEL, notes - 2 * pad, 3), style.LABEL)
    pages.top = start + contacts_height(pages)


def contacts_line(pages: Pages, sheet: TripSheet) -> None:
    """Write whom to phone on lines of their own, where there is no box beside them."""
    for contact in sheet.contacts[:2]:
        if not contact.phone:
            continue
        label = text("sheet.phone_line", label=contact.label, name=contact.name)
        lines = pages.type.wrap(label, style.ADVICE, pages.width - pages.dots(180), 2)
        pages.text_right(pages.right, pages.top - pages.dots(1), contact.phone, style.HEADING)
        pages.top = pages.lines(pages.left, pages.top, lines, style.ADVICE)
        pages.down(2)
    pages.down(8)
