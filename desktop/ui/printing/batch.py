"""Prints the sheets of many trips: made one after the other, painted in another thread, so that the window goes on.

A trip whose sheet cannot be made is told at the end and holds up no other. What is stopped half-way leaves whole files
only: of one PDF for all, none.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from desktop import texts
from desktop.domain.lifecycle import Regime, Way
from desktop.errors import DesktopError
from desktop.printing.sheet import Paper, Sheet, SheetKind
from desktop.services.files import write_output
from desktop.services.mailing import safe_name
from desktop.services.printed import Seen
from desktop.services.views import TripRow
from desktop.services.words import error_words
from desktop.ui import paper as on_paper
from desktop.ui.sheets import ink
from desktop.ui.sheets.layout import lay_out
from desktop.ui.sheets.lettering import SheetType

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from desktop.ui.desk import Desk

_SIZES = {Paper.LETTER: QPageSize.PageSizeId.Letter, Paper.A4: QPageSize.PageSizeId.A4}
OFFICER = "officer"
"""Stands for the cover or lead sheet, as each trip's customs has it."""

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Batch:
    """What is wanted, and what came of it.

    Attributes:
        rows: the trips.
        what: a kind of sheet by name, or `OFFICER`.
        paper: the paper.
        problems: number of each trip that was not printed, and why, in words.
        done: how many trips were printed.
        is_stopped: whether the user stopped it; asked between two trips.
    """

    rows: Sequence[TripRow]
    what: str
    paper: Paper
    problems: list[tuple[str, str]] = field(default_factory=list)
    done: int = 0
    is_stopped: bool = False

    def kind_for(self, regime: Regime) -> SheetKind:
        """Return the sheet a trip gets."""
        if self.what == OFFICER:
            return SheetKind.ACE_COVER if regime is Regime.ACE else SheetKind.ACI_LEAD
        return SheetKind(self.what)


async def one_each(desk: Desk, batch: Batch, folder: str, progress: Progress) -> None:
    """Write a PDF for each trip into a folder; nothing that is there already is written over."""

    async def write(row: TripRow, sheet: Sheet) -> None:
        await asyncio.to_thread(_write_one, Path(folder), row, sheet, batch.paper)

    await _each(desk, batch, progress, write, Way.PDF)


async def onto_printer(desk: Desk, batch: Batch, printer: QPrinter, progress: Progress) -> None:
    """Print each trip on a printer that was set up, as a job of its own."""

    async def write(_row: TripRow, sheet: Sheet) -> None:
        await asyncio.to_thread(on_paper.print_to, sheet, printer)

    await _each(desk, batch, progress, write, Way.PRINTER)


async def joined(desk: Desk, batch: Batch, path: str, progress: Progress) -> None:
    """Write one PDF with all trips, whole or not at all.

    Raises:
        EnvironmentFailure: the file cannot be written.
    """
    sheets: list[Sheet] = []

    async def keep(_row: TripRow, sheet: Sheet) -> None:
        sheets.append(sheet)

    made = await _made(desk, batch, lambda done, total: progress(done, 2 * total), keep)
    if not sheets or batch.is_stopped:
        batch.done = 0
        return
    loop = asyncio.get_running_loop()

    def painted(done: int) -> None:
        loop.call_soon_threadsafe(progress, len(batch.rows) + done, 2 * len(batch.rows))

    data = await asyncio.to_thread(pdf_of, sheets, batch.paper, painted, lambda: batch.is_stopped)
    if not data:
        batch.done = 0
        return
    await asyncio.to_thread(write_output, path, data)
    await desk.printed.note_all(made, Way.PDF)


async def _each(
    desk: Desk, batch: Batch, progress: Progress, write: Callable[[TripRow, Sheet], object], way: Way
) -> None:
    made: list[tuple[Seen, Sheet]] = []
    try:
        await _made(desk, batch, progress, write, made)
    finally:
        if made:
            await desk.printed.note_all(made, way)


async def _made(
    desk: Desk,
    batch: Batch,
    progress: Progress,
    write: Callable[[TripRow, Sheet], object],
    made: list[tuple[Seen, Sheet]] | None = None,
) -> list[tuple[Seen, Sheet]]:
    """Make the sheet of each trip and hand it to `write`; return those that went through."""
    made = [] if made is None else made
    total = len(batch.rows)
    for place, row in enumerate(batch.rows):
        if batch.is_stopped:
            break
        progress(place, total)
        try:
            seen = await desk.printed.look(row.id)
            sheet = await desk.sheets.make(batch.kind_for(row.regime), row.id)
            result = write(row, sheet)
            if asyncio.iscoroutine(result):
                await result
        except DesktopError as error:
            words = error_words(error)
            batch.problems.append((row.number or texts.text("window.no_number"), words.text))
        else:
            made.append((seen, sheet))
            batch.done += 1
        await asyncio.sleep(0)
    progress(total, total)
    return made


def _write_one(folder: Path, row: TripRow, sheet: Sheet, paper: Paper) -> None:
    name = row.number or texts.text("window.no_number")
    if sheet.kind is not SheetKind.SUMMARY:
        name = f"{name} {texts.text(sheet.kind.name_key)}"
    path, count = folder / f"{safe_name(name)}.pdf", 2
    while path.exists():
        path = folder / f"{safe_name(name)} ({count}).pdf"
        count += 1
    write_output(str(path), on_paper.pdf(sheet, paper))


def pdf_of(
    sheets: Sequence[Sheet], paper: Paper, painted: Callable[[int], None], is_stopped: Callable[[], bool]
) -> bytes:
    """Return one PDF of many sheets; nothing where it was stopped. Made for another thread than the window's."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(on_paper.PDF_DOTS_PER_INCH)
    size = QPageSize(_SIZES[paper])
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    writer.setTitle(texts.text("printing.batch.title", count=len(sheets)))
    writer.setCreator(texts.text("sheet.product"))
    painter = QPainter(writer)
    kind = SheetType(on_paper.PDF_DOTS_PER_INCH)
    is_first = True
    for done, sheet in enumerate(sheets):
        if is_stopped():
            painter.end()
            return b""
        painted(done)
        for page in lay_out(sheet, paper, on_paper.PDF_DOTS_PER_INCH):
            if not is_first:
                writer.newPage()
            is_first = False
            ink.paint(painter, page, kind)
    painter.end()
    buffer.close()
    return bytes(buffer.data().data())
