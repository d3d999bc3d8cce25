"""Pages under construction and what every page of every sheet has: marks, head, foot (ui design 6; domain 7).

Long trips flow on with the trip number repeated. All is in whole dots of the device.
"""

from __future__ import annotations

from desktop.domain.lifecycle import Regime
from desktop.printing.bars import TRIP_SIZES, BarCode, NotEncodableError, Size, Symbology, fit
from desktop.printing.qr import QrCode
from desktop.printing.sheet import Paper, Sheet, SheetKind
from desktop.texts import text
from desktop.ui.sheets import style
from desktop.ui.sheets.ink import QR_QUIET, Across, Arrow, Bars, Box, Ink, Line, Picture, Qr
from desktop.ui.sheets.lettering import Face, SheetType
from desktop.ui.sheets.logo import logo_of

PAPER_POINTS: dict[Paper, tuple[float, float]] = {Paper.LETTER: (612.0, 792.0), Paper.A4: (595.28, 841.89)}


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
        self.left = self.dots(style.MARGIN)
        self.width = self.paper_width - 2 * self.left
        self.right = self.left + self.width
        foot = style.FOOT + (style.SMALL.points * 1.25 if sheet.look.foot else 0)
        self.bottom = self.paper_height - self.dots(style.MARGIN + foot)
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
        self.top = self.dots(style.MARGIN)
        if not self.sheet.marks:
            return
        self.add(Across(self.paper_width, self.paper_height, self.sheet.marks[0]))
        words = " · ".join(self.sheet.marks)
        face = self.type.shrunk(words, Face(15, is_bold=True), self.width, 9)
        height = self.dots(style.BAND)
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
        gap = self.type.width(label + " ", style.LARGE)
        face = self.type.shrunk(number, largest, round(self.width - gap), style.LARGE.points)
        height = self.type.line(face)
        base = self.top + self.type.ascent(face)
        self.add(Line(self.left, base, label, style.LARGE))
        if gap + self.type.width(number, face) <= self.width:
            self.add(Line(round(self.left + gap), base, number, face))
            self.top += height
            return
        self.top = self.lines(
            self.left, self.top + height, self.type.wrap(number, style.LARGE, self.width, 3), style.LARGE
        )

    def finish(self) -> list[list[Ink]]:
        """Write the feet, now that the number of pages is known, and return the pages."""
        sheet = self.sheet
        printed = text("sheet.printed", at=sheet.printed_at, version=sheet.version)
        name = "foot_evidence" if sheet.kind is SheetKind.EVIDENCE else f"throw_away_{sheet.regime.lower()}"
        advice = text("sheet.foot_private" if getattr(sheet, "with_private", False) else f"sheet.{name}")
        count = len(self.pages)
        for number, page in enumerate(self.pages, start=1):
            top = self.bottom + self.dots(6)
            page.append(Box(self.left, top, self.width, max(1, self.dots(0.75))))
            top += self.dots(5)
            lines = [(printed, text("sheet.page", page=number, pages=count)), (advice, text("sheet.product"))]
            for left_words, right_words in [*lines, *([(sheet.look.foot, "")] if sheet.look.foot else [])]:
                base = top + self.type.ascent(style.SMALL)
                right = round(self.right - self.type.width(right_words, style.SMALL))
                shown = self.type.wrap(left_words, style.SMALL, right - self.left - self.dots(8), 1)
                page.extend(Line(self.left, base, line, style.SMALL) for line in shown)
                page.append(Line(right, base, right_words, style.SMALL))
                top += self.type.line(style.SMALL)
        return self.pages


def head(pages: Pages, *, qr: QrCode | None = None, no_qr: str = "") -> None:
    """Write the first page's title, direction, carrier, trip number and its bars, and a QR code or why not."""
    title(pages)
    pages.trip_number(style.NUMBER)
    pages.down(4)
    number_bars(pages, qr)
    if no_qr:
        lines = pages.type.wrap(text("sheet.no_qr", reason=no_qr), style.LABEL, pages.width, 3)
        pages.top = pages.lines(pages.left, pages.top, lines, style.LABEL)
        pages.down(4)
    pages.rule(0.75)
    pages.down(7)


def title(pages: Pages) -> None:
    """Write title, direction and carrier, with the carrier's logo before them, and a heavy line below."""
    sheet = pages.sheet
    direction = text(f"sheet.to_{sheet.regime.lower()}")
    face = Face(17, is_bold=True)
    arrow = pages.dots(14)
    box = round(pages.type.width(direction, face)) + arrow + pages.dots(28)
    box_height = pages.dots(31)
    start, box_left = pages.top, pages.right - box
    pages.add(Box(box_left, start, box, box_height, line=pages.dots(2)))
    pages.add(
        Arrow(box_left + pages.dots(10), start + (box_height - arrow) // 2, arrow, is_up=sheet.regime is Regime.ACI)
    )
    pages.text(box_left + arrow + pages.dots(17), start + (box_height - pages.type.line(face)) // 2, direction, face)
    left = pages.left + _logo(pages, start)
    room = box_left - pages.dots(12) - left
    pages.top = pages.lines(left, start, pages.type.wrap(title_of(sheet), style.LARGE, room, 2), style.LARGE)
    _carrier(pages, left, room)
    pages.top = max(pages.top, start + (pages.dots(style.LOGO[1]) if left > pages.left else 0))
    pages.down(4)
    pages.rule(2.5)
    pages.down(8)


def _logo(pages: Pages, top: int) -> int:
    """Draw the logo at the left margin and return the dots it takes with the white beside it; 0 for none."""
    image = logo_of(pages.sheet.look.logo)
    if image is None:
        return 0
    most_width, most_height = (pages.dots(side) for side in style.LOGO)
    scale = min(most_width / image.width(), most_height / image.height())
    width, height = max(1, round(image.width() * scale)), max(1, round(image.height() * scale))
    pages.add(Picture(pages.left, top + (most_height - height) // 2, width, height, image))
    return width + pages.dots(14)


def number_bars(pages: Pages, qr: QrCode | None = None) -> None:
    """Draw the trip number's bars, and the QR code to their right, or below where they leave no room."""
    start = pages.top
    code = pages.bar_code(pages.sheet.trip_number, TRIP_SIZES, pages.width)
    if code is None:
        pages.top = pages.lines(
            pages.left, start, pages.type.wrap(text("sheet.no_bars"), style.LABEL, pages.width, 2), style.LABEL
        )
        pages.down(3)
    else:
        pages.add(Bars(pages.left + code.quiet, start, pages.dots(style.TRIP_BARS), code))
        pages.down(style.TRIP_BARS + 9)
    if qr is None:
        return
    module = pages.dots(style.QR_MODULE)
    side, quiet = qr.size * module, QR_QUIET * module
    is_beside = code is not None and code.full_width + side + quiet <= pages.width
    top = start if is_beside else pages.top + quiet
    left = pages.right - side if is_beside else pages.left + quiet
    pages.add(Qr(left, top, module, qr))
    pages.top = max(pages.top, top + side + pages.dots(9))


def _carrier(pages: Pages, left: int, room: int) -> None:
    sheet = pages.sheet
    bold, plain = style.ADVICE_BOLD, style.ADVICE
    lines = pages.type.wrap(sheet.company, bold, room, 2)
    tail = f" · {sheet.codes}" if sheet.codes and lines else sheet.codes
    top = pages.lines(left, pages.top, lines, bold)
    start = round(pages.type.width(lines[-1], bold)) if lines else 0
    if not lines or start + pages.type.width(tail, plain) > room:
        pages.top = pages.lines(left, top, pages.type.wrap(sheet.codes, plain, room, 2), plain)
        return
    pages.text(left + start, top - pages.type.line(bold), tail, plain)
    pages.top = top
