"""PARS and PAPS labels, on rolls and on sheets of labels."""

from __future__ import annotations

from desktop.printing.label import PADDING_POINTS, LabelSheet, label_bars
from desktop.printing.sheet import Paper
from desktop.ui.sheets import style
from desktop.ui.sheets.ink import Bars, Ink, Line
from desktop.ui.sheets.lettering import Face, SheetType

_HEAD_SHARE, _NUMBER_SHARE = 0.125, 0.14
_LEAST_HEAD, _MOST_HEAD = 9.0, 20.0
_LEAST_NUMBER, _MOST_NUMBER = 10.5, 20.0
_LEAST_CARRIER = 5.5
_MOST_BARS = 100.0
"""Higher bars scan no better, and a large label keeps room to write on."""

_HIGH = 90.0
"""From so many points a label has room for a line of its own that says PRACTICE."""


def lay_out(sheet: LabelSheet, _paper: Paper, dots_per_inch: int) -> list[list[Ink]]:
    """Return the pages of labels; each label keeps to its own place, whatever stands on it."""
    kind = SheetType(dots_per_inch)
    stock = sheet.stock
    pages: list[list[Ink]] = []
    for place, number in enumerate(sheet.numbers, start=sheet.first):
        page, cell = divmod(place, stock.on_page)
        while len(pages) <= page:
            pages.append([])
        row, column = divmod(cell, stock.columns)
        left = stock.start[0] + column * stock.pitch[0]
        top = stock.start[1] + row * stock.pitch[1]
        pages[-1].extend(_label(sheet, number, kind, left, top))
    return pages


def _label(sheet: LabelSheet, number: str, kind: SheetType, left_points: float, top_points: float) -> list[Ink]:
    """Return one label: the carrier and the word, the bars, the number to read."""
    width_points, height_points = sheet.stock.label
    pad = kind.dots(PADDING_POINTS)
    left, top = kind.dots(left_points) + pad, kind.dots(top_points) + pad
    room = kind.dots(width_points) - 2 * pad
    bottom = kind.dots(top_points + height_points) - pad
    word = Face(min(_MOST_HEAD, max(_LEAST_HEAD, height_points * _HEAD_SHARE)), is_bold=True)
    word_width = round(kind.width(sheet.word, word))
    inks: list[Ink] = [Line(left + room - word_width, top + kind.ascent(word), sheet.word, word)]
    mark = " · ".join(sheet.marks)
    has_line = bool(mark) and height_points >= _HIGH
    beside = sheet.company if has_line or not mark else mark
    inks += _one_line(kind, left, top + kind.ascent(word), beside, word.points * 0.72, room - word_width - pad)
    top += kind.line(word)
    if has_line:
        face = kind.shrunk(mark, Face(10, is_bold=True), room, _LEAST_CARRIER)
        inks.append(Line(left, top + kind.ascent(face), mark, face))
        top += kind.line(face)
    largest = Face(min(_MOST_NUMBER, max(_LEAST_NUMBER, height_points * _NUMBER_SHARE)), is_bold=True)
    face = kind.shrunk(number, largest, room, _LEAST_CARRIER)
    bottom = min(bottom, top + kind.dots(_MOST_BARS) + kind.line(face) + kind.dots(3))
    base = bottom - (kind.line(face) - kind.ascent(face))
    inks.append(Line(left + round((room - kind.width(number, face)) / 2), base, number, face))
    code = label_bars(number, sheet.symbology, sheet.stock, kind.dots_per_inch)
    if code is not None:
        end = bottom - kind.line(face) - kind.dots(2)
        height = max(kind.dots(style.SHIPMENT_BARS), end - top - kind.dots(1))
        inks.append(Bars(left + (room - code.width) // 2, end - height, height, code))
    return inks


def _one_line(kind: SheetType, left: int, base: int, words: str, points: float, room: int) -> list[Ink]:
    face = kind.shrunk(words, Face(points, is_bold=True), room, _LEAST_CARRIER)
    return [Line(left, base, line, face) for line in kind.wrap(words, face, room, 1)]
