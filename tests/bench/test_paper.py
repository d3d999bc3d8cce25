"""One-page sheets as PDF, beside a bare QPdfWriter page with the same words, bars and lines."""

from __future__ import annotations

import pytest
from bench.measure import in_turns, line, seconds
from fakes.paper import sheets_of, trip
from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRect, Qt
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter, QPdfWriter

from desktop.domain.lifecycle import Regime
from desktop.printing.sheet import Paper, Sheet
from desktop.ui import fonts, paper
from desktop.ui.sheets.ink import Bars, Box, Ink, Line
from desktop.ui.sheets.layout import lay_out

pytestmark = [pytest.mark.bench]

ROUNDS = 30


def bare(inks: list[Ink], points: dict[float, QFont]) -> bytes:
    """Draw the same page with nothing of ours: words, bars and boxes at places that are known already."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(paper.PDF_DOTS_PER_INCH)
    writer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.Letter), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    )
    painter = QPainter(writer)
    for ink in inks:
        match ink:
            case Line():
                painter.setFont(points[ink.face.points])
                painter.drawText(ink.left, ink.base, ink.text)
            case Box():
                painter.fillRect(QRect(ink.left, ink.top, ink.width, ink.line or ink.height), Qt.GlobalColor.black)
            case Bars():
                left = ink.left
                for place, width in enumerate(ink.code.widths):
                    if place % 2 == 0:
                        painter.fillRect(QRect(left, ink.top, width, ink.height), Qt.GlobalColor.black)
                    left += width
    painter.end()
    buffer.close()
    return bytes(buffer.data().data())


@pytest.mark.parametrize("regime", list(Regime))
def test_a_page_beside_a_bare_one(qapp, show, regime: Regime) -> None:
    """Aim: at most three times the bare page."""
    sheets: dict[str, Sheet] = sheets_of(regime, trip(regime, 2))
    for name, sheet in sheets.items():
        pages = lay_out(sheet, Paper.LETTER, paper.PDF_DOTS_PER_INCH)
        if len(pages) != 1:
            continue
        made: dict[float, QFont] = {}
        for ink in pages[0]:
            if isinstance(ink, Line):
                font = QFont(fonts.ensure_fonts())
                font.setPixelSize(max(1, round(ink.face.points * paper.PDF_DOTS_PER_INCH / 72)))
                made[ink.face.points] = font
        figures = in_turns(
            {
                "ours": lambda sheet=sheet: seconds(lambda: paper.pdf(sheet)),
                "bare": lambda inks=pages[0], made=made: seconds(lambda: bare(inks, made)),
            },
            ROUNDS,
        )
        show(line(f"{regime} {name}", figures["ours"]))
        show(line("floor: a bare page of the same", figures["bare"]))
        assert b"%PDF" in paper.pdf(sheet)[:8]
