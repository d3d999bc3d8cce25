"""What was tried and what came of it: the contingency sheet, and the evidence file with every message."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.printing.record import ContingencySheet, EvidenceFile, Happened
from desktop.printing.sheet import Paper
from desktop.printing.summary import TripSheet
from desktop.texts import text
from desktop.ui.sheets import style
from desktop.ui.sheets.ink import Box, Ink
from desktop.ui.sheets.lettering import Face
from desktop.ui.sheets.page import Pages, head, title
from desktop.ui.sheets.parts import contacts_line, facts, people
from desktop.ui.sheets.table import Row, table

_TIME_COLUMN = 168.0
_ALL = 1_000_000


def lay_out_contingency(sheet: ContingencySheet, paper: Paper, dots_per_inch: int) -> list[list[Ink]]:
    """Return the pages for a booth when lines are down: what this is, the trip, what was tried, the shipments."""
    pages = Pages(sheet, paper, dots_per_inch)
    pages.begin()
    head(pages)
    people(pages, sheet)
    facts(pages, sheet)
    _standing(pages, sheet)
    contacts_line(pages, sheet)
    _section(pages, text("sheet.attempts_title"))
    _lines(pages, sheet.attempts, text("sheet.no_attempts"), text("sheet.attempts_title"))
    pages.down(12)
    table(pages, [Row(pages, sheet, shipment) for shipment in sheet.shipments])
    return pages.finish()


def lay_out_evidence(sheet: EvidenceFile, paper: Paper, dots_per_inch: int) -> list[list[Ink]]:
    """Return the pages of an evidence file: which trip, its history, every message word for word."""
    pages = Pages(sheet, paper, dots_per_inch)
    pages.begin()
    title(pages)
    pages.trip_number(style.LARGE)
    pages.down(3)
    for words in (" · ".join(filter(None, (sheet.port, sheet.eta))), _equipment(sheet)):
        lines = pages.type.wrap(words, style.ADVICE, pages.width, 2)
        pages.top = pages.lines(pages.left, pages.top, lines, style.ADVICE)
    pages.down(4)
    note = text("sheet.with_private") if sheet.with_private else _covered(sheet)
    pages.top = pages.lines(pages.left, pages.top, pages.type.wrap(note, style.SMALL, pages.width, 4), style.SMALL)
    pages.down(8)
    _section(pages, text("sheet.history_title"))
    _lines(pages, sheet.history, text("sheet.no_history"), text("sheet.history_title"))
    pages.down(14)
    _section(pages, text("sheet.messages_title"))
    if not sheet.messages:
        pages.text(pages.left, pages.top, text("sheet.no_messages"), style.LABEL)
        pages.down(14)
    for message in sheet.messages:
        _message(pages, message)
    return pages.finish()


def _equipment(sheet: TripSheet) -> str:
    truck = " ".join(filter(None, (sheet.truck, sheet.plate)))
    return " · ".join(filter(None, (sheet.driver, truck, *sheet.trailers)))


def _covered(sheet: EvidenceFile) -> str:
    return text("sheet.covered", what=", ".join(sheet.covered)) if sheet.covered else text("sheet.nothing_covered")


def _standing(pages: Pages, sheet: ContingencySheet) -> None:
    """Write in a heavy frame how far the filing got and what that means to the officer."""
    kind = pages.type
    pad = pages.dots(12)
    room = pages.width - 2 * pad
    said = kind.wrap(sheet.standing, style.HEADING, room, 3)
    why = kind.wrap(text(f"sheet.contingency_for_{sheet.regime.lower()}"), style.ADVICE, room, 4)
    height = len(said) * kind.line(style.HEADING) + len(why) * kind.line(style.ADVICE) + pages.dots(20)
    start = pages.top
    end = pages.lines(pages.left + pad, start + pages.dots(9), said, style.HEADING)
    pages.lines(pages.left + pad, end + pages.dots(2), why, style.ADVICE)
    pages.add(Box(pages.left, start, pages.width, height, line=pages.dots(2.5)))
    pages.top = start + height
    pages.down(12)


def _section(pages: Pages, words: str) -> None:
    if not pages.has_room(pages.dots(60)):
        pages.begin_next()
    pages.text(pages.left, pages.top, words, style.HEADING)
    pages.down(18)
    pages.rule(0.75)


def _lines(pages: Pages, happened: Sequence[Happened], none: str, name: str) -> None:
    """Write time and sentence of each thing that happened."""
    kind = pages.type
    left = pages.left + pages.dots(_TIME_COLUMN)
    if not happened:
        pages.text(pages.left, pages.top + pages.dots(4), none, style.LABEL)
        pages.down(18)
    for one in happened:
        times = kind.wrap(one.at, style.LABEL, left - pages.left - pages.dots(8), 2)
        words = kind.wrap(one.words, style.LABEL, pages.right - left, 8)
        height = max(len(times), len(words)) * kind.line(style.LABEL) + pages.dots(6)
        _make_room(pages, height, lambda: _again(pages, name))
        pages.lines(pages.left, pages.top + pages.dots(3), times, style.LABEL)
        pages.lines(left, pages.top + pages.dots(3), words, style.LABEL)
        pages.top += height
        pages.rule(0.4)


def _message(pages: Pages, message: Happened) -> None:
    """Write a message: when and what in bold, what is known of it, then its text in small."""
    kind = pages.type
    head_lines = [*kind.wrap(message.at, style.LABEL, pages.width, 1)]
    words = kind.wrap(message.words, style.STRONG, pages.width, 4)
    height = len(words) * kind.line(style.STRONG) + kind.line(style.LABEL) + pages.dots(30)
    _make_room(pages, height, lambda: _again(pages, text("sheet.messages_title")))
    pages.down(8)
    pages.top = pages.lines(pages.left, pages.top, words, style.STRONG)
    pages.top = pages.lines(pages.left, pages.top, head_lines, style.LABEL)
    for line in message.detail:
        _flow(pages, line, style.SMALL, message.words)
    pages.down(3)
    for line in message.body.splitlines():
        _flow(pages, line, style.FINE, message.words)
    pages.down(6)
    pages.rule(0.4)


def _flow(pages: Pages, words: str, face: Face, name: str) -> None:
    """Write text of any length, on further pages where it must be; what was indented stays so."""
    indent = min(len(words) - len(words.lstrip(" ")), 12) * pages.dots(5)
    for line in pages.type.wrap(words, face, pages.width - indent, _ALL):
        _make_room(pages, pages.type.line(face), lambda: _again(pages, name))
        pages.text(pages.left + indent, pages.top, line, face)
        pages.top += pages.type.line(face)


def _make_room(pages: Pages, height: int, start_next: Callable[[], None]) -> None:
    if not pages.has_room(height):
        start_next()


def _again(pages: Pages, name: str) -> None:
    """Start a further page and say what goes on there."""
    pages.begin_next()
    lines = pages.type.wrap(text("sheet.continued", title=name), style.SMALL_BOLD, pages.width, 1)
    pages.top = pages.lines(pages.left, pages.top, lines, style.SMALL_BOLD)
    pages.down(4)
    pages.rule(0.75)
