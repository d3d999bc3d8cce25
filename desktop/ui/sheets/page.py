"""Pages under construction and what every page of every sheet has: marks, head, foot (ui design 6; domain 7).

Long trips flow on with the trip number repeated. All is in whole dots of the device.
"""

from __future__ import annotations

from desktop.domain.lifecycle import Regime
from desktop.printing.bars import TRIP_SIZES, BarCode, NotEncodableError, Size, Symbology, fit
from desktop.printing.sheet import Paper, Sheet, SheetKind
from desktop.texts import text
from desktop.ui.sheets.ink import Across, Arrow, Bars, Box, Ink, Line
from desktop.ui.sheets.lettering import Face, SheetType

PAPER_POINTS: dict[Paper, tuple[float, float]] = {Paper.LETTER: (612.0, 792.0), Paper.A4: (595.28, 841.89)}
MARGIN_POINTS = 36.0
_FOOT_POINTS = 34.0
_BAND_POINTS = 27.0
BAR_POINTS = 0.66 * 72
SHIPMENT_BAR_POINTS = 0.48 * 72  # 12 mm (domain 6)

LABEL = Face(9.5)
SMALL = Face(8.5)
LARGE = Face(22, is_bold=True)  # what CBP asks at the least (domain 7.1)


def page_points(sheet: Sheet, paper: Paper) -> tuple[float, float]:
    """Return width and height of a sheet's pages in points."""
    return sheet.page_points or PAPER_POINTS[paper]


def title_of(sheet: Sheet) -> str:
    """Return what stands at the head of a sheet."""
    return text(f"sheet.title_{sheet.kind.name.lower()}_{sheet.regime.lower()}")


class Pages:
    """Pages under construction: a pen that moves down, and what every page has."""

    def __init__(self, sheet: Sheet, paper: Paper, dots_per_inch: int) -> None:
        self.sheet = sheet
        self.type = SheetType(dots_per_inch)
        self.paper_width, self.paper_height = (self.dots(side) for side in page_points(sheet, paper))
        self.left = self.dots(MARGIN_POINTS)
        self.width = self.paper_width - 2 * self.left
        self.right = self.left + self.width
        foot = _FOOT_POINTS + (SMALL.points * 1.25 if sheet.look.foot else 0)
        self.bottom = self.paper_height - self.dots(MARGIN_POINTS + foot)
        self.pages: list[list[Ink]] = []
        self.top = 0

    # --- pen

    def dots(self, points: float) -> int:
        """Return points in whole dots."""
        return self.type.dots(points)

    def add(self, *inks: Ink) -> None:
        """Put something on the page under construction."""
        self.pages[-1].extend(inks)

    def down(self, points: float) -> None:
        """Move the pen down."""
        self.top += self.dots(points)

    def rule(self, points: float, left: int | None = None) -> None:
        """Draw a line across the page and move below it."""
        start = self.left if left is None else left
        self.add(Box(start, self.top, self.right - start, max(1, self.dots(points))))
        self.top += max(1, self.dots(points))

    def text(self, left: int, top: int, words: str, face: Face) -> None:
        """Write one line whose top is at `top`."""
        self.add(Line(left, top + self.type.ascent(face), words, face))

    def text_right(self, right: int, top: int, words: str, face: Face) -> None:
        """Write one line that ends at `right`."""
        self.text(round(right - self.type.width(words, face)), top, words, face)

    def lines(self, left: int, top: int, lines: list[str], face: Face) -> int:
        """Write lines below each other and return where the next would begin."""
        for line in lines:
            self.text(left, top, line, face)
            top += self.type.line(face)
        return top

    def bar_code(self, number: str, sizes: dict[Symbology, tuple[Size, ...]], room: int) -> BarCode | None:
        """Return the number's bars, or None where it has none: a sheet is printed all the same."""
        symbology = self.sheet.symbology
        try:
            return fit(number, symbology, sizes[symbology], room=room, dots_per_inch=self.type.dots_per_inch)
        except NotEncodableError:
            return None

    def has_room(self, dots: int) -> bool:
        """Whether that much fits below the pen."""
        return self.top + dots <= self.bottom

    # --- pages

    def begin(self) -> None:
        """Start a page: what must be read first across it and at its head."""
        self.pages.append([])
        self.top = self.dots(MARGIN_POINTS)
        if not self.sheet.marks:
            return
        self.add(Across(self.paper_width, self.paper_height, self.sheet.marks[0]))
        words = " · ".join(self.sheet.marks)
        face = self.type.shrunk(words, Face(15, is_bold=True), self.width, 9)
        height = self.dots(_BAND_POINTS)
        self.add(Box(self.left, self.top, self.width, height))
        base = self.top + (height - self.type.line(face)) // 2 + self.type.ascent(face)
        left = self.left + round((self.width - self.type.width(words, face)) / 2)
        self.add(Line(left, base, words, face, is_white=True))
        self.top += height
        self.down(10)

    def begin_next(self) -> None:
        """Start a further page with the trip number repeated."""
        self.begin()
        sheet = self.sheet
        regime = sheet.regime.lower()
        title = text("sheet.continued", title=title_of(sheet))
        self.text(self.left, self.top, title, Face(11, is_bold=True))
        self.text_right(self.right, self.top, text(f"sheet.to_{regime}"), Face(11, is_bold=True))
        self.down(16)
        self.trip_number(Face(22, is_bold=True))
        self.down(5)
        self.rule(2)
        self.down(10)

    def trip_number(self, largest: Face) -> None:
        """Write "Trip number:" and the number as large as fits, never below 22 points, on two lines if it must be."""
        label = text(f"sheet.trip_number_{self.sheet.regime.lower()}")
        number = self.sheet.trip_number or text("sheet.no_trip_number")
        gap = self.type.width(label + " ", LARGE)
        face = self.type.shrunk(number, largest, round(self.width - gap), LARGE.points)
        height = self.type.line(face)
        base = self.top + self.type.ascent(face)
        self.add(Line(self.left, base, label, LARGE))
        if gap + self.type.width(number, face) <= self.width:
            self.add(Line(round(self.left + gap), base, number, face))
            self.top += height
            return
        self.top = self.lines(self.left, self.top + height, self.type.wrap(number, LARGE, self.width, 3), LARGE)

    def finish(self) -> list[list[Ink]]:
        """Write the feet, now that the number of pages is known, and return the pages."""
        sheet = self.sheet
        printed = text("sheet.printed", at=sheet.printed_at, version=sheet.version)
        is_file = sheet.kind is SheetKind.EVIDENCE
        advice = text("sheet.foot_evidence" if is_file else f"sheet.throw_away_{sheet.regime.lower()}")
        count = len(self.pages)
        for number, page in enumerate(self.pages, start=1):
            top = self.bottom + self.dots(6)
            page.append(Box(self.left, top, self.width, max(1, self.dots(0.75))))
            top += self.dots(5)
            lines = [(printed, text("sheet.page", page=number, pages=count)), (advice, text("sheet.product"))]
            for left_words, right_words in [*lines, *([(sheet.look.foot, "")] if sheet.look.foot else [])]:
                base = top + self.type.ascent(SMALL)
                right = round(self.right - self.type.width(right_words, SMALL))
                shown = self.type.wrap(left_words, SMALL, right - self.left - self.dots(8), 1)
                page.extend(Line(self.left, base, line, SMALL) for line in shown)
                page.append(Line(right, base, right_words, SMALL))
                top += self.type.line(SMALL)
        return self.pages


def head(pages: Pages) -> None:
    """Write the first page's title, direction, carrier, trip number and its bars."""
    sheet = pages.sheet
    regime = sheet.regime.lower()
    direction = text(f"sheet.to_{regime}")
    face = Face(17, is_bold=True)
    arrow = pages.dots(14)
    box = round(pages.type.width(direction, face)) + arrow + pages.dots(28)
    box_height = pages.dots(31)
    pages.add(Box(pages.right - box, pages.top, box, box_height, line=pages.dots(2)))
    pages.add(
        Arrow(
            pages.right - box + pages.dots(10), pages.top + (box_height - arrow) // 2, arrow, sheet.regime is Regime.ACI
        )
    )
    base = pages.top + (box_height - pages.type.line(face)) // 2
    pages.text(pages.right - box + arrow + pages.dots(17), base, direction, face)
    pages.text(pages.left, pages.top, title_of(sheet), LARGE)
    pages.down(28)
    _carrier(pages, pages.width - box - pages.dots(12))
    pages.down(4)
    pages.rule(2.5)
    pages.down(8)
    pages.trip_number(Face(28, is_bold=True))
    pages.down(4)
    code = pages.bar_code(sheet.trip_number, TRIP_SIZES, pages.width)
    if code is None:
        pages.text(pages.left, pages.top, text("sheet.no_bars"), LABEL)
        pages.down(14)
    else:
        pages.add(Bars(pages.left + code.quiet, pages.top, pages.dots(BAR_POINTS), code))
        pages.down(BAR_POINTS + 9)
    pages.rule(0.75)
    pages.down(7)


def _carrier(pages: Pages, room: int) -> None:
    sheet = pages.sheet
    bold, plain = Face(11.5, is_bold=True), Face(11.5)
    lines = pages.type.wrap(sheet.company, bold, room, 2)
    tail = f" · {sheet.codes}" if sheet.codes and lines else sheet.codes
    top = pages.lines(pages.left, pages.top, lines, bold)
    start = round(pages.type.width(lines[-1], bold)) if lines else 0
    if not lines or start + pages.type.width(tail, plain) > room:
        pages.top = pages.lines(pages.left, top, pages.type.wrap(sheet.codes, plain, room, 2), plain)
        return
    pages.text(pages.left + start, top - pages.type.line(bold), tail, plain)
    pages.top = top
